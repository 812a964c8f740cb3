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
    HeldRest = "the rest of a division that a party is held",
    HeldFraction = "the sum of the fractions held, beyond whole units of 2^64,",
    SplitAgain = "the index of the part that is split again",
    UnitFraction = "the fraction of a unit, in 1e-18,",
    ReferralShare = "the share of a referrer, in 1e-18,",
    TierIndex = "the index of a tier",
    TierCap = "the cap of a tier",
    TierRoom = "the room in a tier that is changed",
    TierFilled = "the amount in a tier",
    ResidualHeld = "the number of residual splits that hold a fraction",
    CatchUpRate = "the rate of a catch-up tier, in 1e-18,",
    BufferLevel = "the level of a reserve",
}
