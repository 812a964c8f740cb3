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
    Asset = "the number of a reward's asset",
    StreamLength = "the length of the stream",
    StreamRate = "the rate of the stream, in units rounded up,",
    Stake = "the staked amount",
    Slash = "the loss",
    Generation = "the generation of the stake",
    Released = "the released amount",
}
