//! The quantities that an error can be about.

tokenomics_fixed_math::quantities! {
    "a part of a haircut, of a rule or of a debt.";
    InitialHaircut = "the initial haircut",
    DebtPrice = "the price of a debt",
    // Of the rules of haircuts.
    AddOn = "the add-on of a debt",
    ConcentrationThreshold = "the threshold of concentration",
    DepthCost = "the cost of the depth",
    Interval = "the confidence interval",
    LowerPrice = "the lower price",
    LiabilityWeight = "the weight of a debt",
    Period = "the period of a volatility",
    StaleAge = "the age of a stale price",
    UpperPrice = "the upper price",
    Year = "the length of a year",
}

impl Quantity {
    /// Returns whether it is an integer, and not a number with 18 decimals.
    pub(crate) const fn is_integer(self) -> bool {
        matches!(
            self,
            Self::ConcentrationThreshold | Self::Period | Self::StaleAge | Self::Year
        )
    }
}
