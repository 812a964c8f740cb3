//! The quantities that an error can be about.

tokenomics_fixed_math::quantities! {
    "a term of an escrow, a lock, or an argument of a change.";
    Granule = "the granule",
    Duration = "the duration",
    Amount = "the amount of a lock",
    End = "the end of a lock",
    Part = "the part to split off",
    Min = "the shortest lock",
    Most = "the largest multiplier",
    Multiplier = "the multiplier of a lock",
    Since = "the beginning of a bonus",
    Full = "the time at which a bonus is full",
    From = "the time from which a power counts",
    Until = "the time until which a power counts",
    Penalty = "the time over which a penalty falls",
    Window = "the window of a cooldown",
    Share = "the sum of shares",
    Names = "the number of names",
    Alpha = "what stays of conviction",
}
