//! The quantities that an error can be about.

use core::fmt;

use tokenomics_fixed_math::Wad;

tokenomics_fixed_math::quantities! {
    "a part of a haircut, of a rule, of a debt or of a liquidation.";
    InitialHaircut = "the initial haircut",
    DebtPrice = "the price of a debt",
    // Of accounts.
    RemovedAmount = "the amount of an entry that is removed",
    HeldValue = "the value that is still held",
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
    // Of offsets and protections.
    Correlation = "the size of a correlation, in basis points,",
    CorrelatedAsset = "the number of an asset of a matrix",
    CorrelatedAssets = "the number of assets of a matrix",
    CorrelationCount = "the number of correlations of a matrix",
    FullProtection = "the time left of a protection that counts fully",
    // Of liquidations.
    TargetHealth = "the health that a liquidation restores",
    CloseFactor = "the close factor",
    IncentiveFactor = "the factor of an incentive",
    HealthOfMostIncentive = "the health of the largest incentive",
    AuctionStart = "the start of an auction",
    AuctionSpan = "the time of an auction",
    Repaid = "the amount repaid",
    // Of losses, limits, guards and treasuries.
    LossShares = "the number of shares, in 2^64,",
    LossScale = "the scale of a holder's shares",
    TrancheIndex = "the index of a tranche",
    TrancheShares = "the shares of a unit of a tranche",
    Loss = "the loss",
    Claim = "the amount taken",
    Gain = "the gain of a pool without deposits",
    GainCheckpoint = "the gain a share at which a deposit was settled, in 2^-32 units rounded up,",
    GainPerShare = "the gain a share of a pool, in 2^-32 units rounded up,",
    GainPaid = "the gain paid",
    GainRest = "the remainder of a pool's gains, in 2^-32 units rounded up,",
    RateLimitPeriod = "the period of a rate limit",
    Allowance = "the amount under a rate limit",
    CapRoom = "the amount under a cap",
    CapReleased = "the amount released from a cap",
    CollateralKinds = "the number of collaterals beside an isolated one",
    MaxMove = "the largest move of a price",
    Year = "the length of a year",
    Growth = "the growth a year",
    SnapshotRatio = "the ratio of a snapshot",
    SnapshotStep = "the step of a snapshot's ratio",
    SnapshotTime = "the time of a snapshot",
    SnapshotDelay = "the time since the last snapshot was set",
    GuardedRatio = "the present ratio under a growth cap",
    // Of soft liquidation.
    Amplification = "the amplification of a grid of bands",
    BandCount = "the number of bands",
    BandIndex = "the index of a band",
    BandMeanPrice = "the length in bits of the mean price of a band, in 2^-128,",
    BandFee = "the fee of a trade with bands",
    BandShares = "the shares of a band",
    PositionBands = "the number of bands of a position",
    DepositPrice = "the price at a deposit",
    BandUpperPrice = "the upper price of its first band",
    Expense = "the operating expense",
    TreasuryValue = "the value of a treasury",
    TargetSum = "the sum of the targets",
    TargetCount = "the number of targets",
}

/// A number in the units of a quantity.
pub(crate) enum Shown {
    /// In 1e-18.
    Decimal(Wad),
    /// A number of whole units.
    Whole(u128),
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decimal(value) => value.fmt(f),
            Self::Whole(value) => value.fmt(f),
        }
    }
}

impl Quantity {
    /// Returns a value of this quantity in its units.
    pub(crate) const fn shown(self, value: u128) -> Shown {
        if self.is_whole() {
            Shown::Whole(value)
        } else {
            Shown::Decimal(Wad::from_raw(value))
        }
    }

    /// Returns `true` for what is counted in whole numbers and not in 1e-18.
    const fn is_whole(self) -> bool {
        use Quantity::*;
        matches!(
            self,
            RemovedAmount
                | HeldValue
                | AuctionSpan
                | Repaid
                | ConcentrationThreshold
                | Period
                | StaleAge
                | Correlation
                | CorrelatedAsset
                | CorrelatedAssets
                | CorrelationCount
                | FullProtection
                | LossShares
                | LossScale
                | TrancheIndex
                | TrancheShares
                | Loss
                | Claim
                | Gain
                | GainCheckpoint
                | GainPerShare
                | GainPaid
                | GainRest
                | RateLimitPeriod
                | Allowance
                | CapRoom
                | CapReleased
                | CollateralKinds
                | Year
                | SnapshotTime
                | SnapshotDelay
                | Amplification
                | BandCount
                | BandIndex
                | BandMeanPrice
                | BandShares
                | PositionBands
                | Expense
                | TreasuryValue
                | TargetCount
        )
    }
}
