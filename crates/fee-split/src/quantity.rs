//! The quantities that an error can be about.

tokenomics_fixed_math::quantities! {
    "an argument of a split or of a call to a pool, or a part of a stored pool.";
    WeightSum = "the sum of the weights",
    PartCount = "the number of parts",
    Shares = "the number of shares",
    Claim = "the amount to claim",
    Checkpoint = "the reward a share at which a position was settled, in units rounded up,",
    RewardPerShare = "the reward a share of the pool, in units rounded up,",
    Unallocated = "the unallocated amount",
    Paid = "the amount paid",
    Rest = "the carried remainder, in 2^-128 units,",
    Assets = "the amount of assets",
    DecimalsOffset = "the decimals that shares have more than assets",
    FeePeriod = "the period of the management fee",
    FeeRest = "the remainder of a fee",
    HighWaterMark = "the high-water mark, in units over all shares,",
    Loss = "the loss",
    Claims = "the number of claims",
    ClaimRate = "the assets that all claims are worth",
    ClaimTime = "the time of the claim",
    Era = "the era of a withdrawal",
    LossRest = "the remainder of the losses of the queue, in 2^-64 units,",
}
