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
    EpochLength = "the length of an epoch",
    ClaimWithin = "the time within which an epoch can be claimed",
    EpochNumber = "the number of an epoch",
    EpochEntries = "the number of epochs with funds",
    EpochLeft = "what is left of an epoch's pot, in units rounded up,",
    LineStart = "the first instant of a weight's line",
    Owed = "the amount owed, in units rounded up,",
}
