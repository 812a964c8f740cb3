//! The quantities that an error can be about.

tokenomics_fixed_math::quantities! {
    "a part of a haircut or of a debt, in 1e-18.";
    InitialHaircut = "the initial haircut",
    DebtPrice = "the price of a debt",
}
