//! The quantities that an error can be about.

tokenomics_fixed_math::quantities! {
    "a term of an escrow, a lock, or an argument of a change.";
    Granule = "the granule",
    Duration = "the duration",
    Amount = "the amount of a lock",
    End = "the end of a lock",
    Part = "the part to split off",
}
