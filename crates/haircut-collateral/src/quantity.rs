//! The quantities that an error can be about.

tokenomics_fixed_math::quantities! {
    "a part of a haircut, of a debt or of a liquidation.";
    InitialHaircut = "the initial haircut",
    DebtPrice = "the price of a debt",
    TargetHealth = "the health that a liquidation restores",
    CloseFactor = "the close factor",
    IncentiveFactor = "the factor of an incentive",
    HealthOfMostIncentive = "the health of the largest incentive",
    AuctionStart = "the start of an auction",
    AuctionSpan = "the time of an auction",
    Repaid = "the amount repaid",
}
