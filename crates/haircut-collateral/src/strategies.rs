//! Strategies of proptest, for the tests of crates that embed the types. Both endpoints are drawn
//! often.

use proptest::prelude::*;
use tokenomics_fixed_math::strategies::{amount, fraction, wad};
use tokenomics_fixed_math::Wad;

use crate::{Debt, Haircut, Holding, Margin};

/// Generates each margin.
pub fn margin() -> impl Strategy<Value = Margin> + Clone {
    prop::sample::select(&Margin::ALL[..])
}

/// Generates any haircut: none and all often, and the two margins equal or apart.
pub fn haircut() -> impl Strategy<Value = Haircut> + Clone {
    (fraction(), fraction())
        .prop_map(|(a, b)| Haircut::new(a.max(b), a.min(b)).unwrap_or(Haircut::FULL))
}

/// Generates any holding: an amount or a price of 0 and of the maximum often.
pub fn holding() -> impl Strategy<Value = Holding> + Clone {
    (amount(), wad(), haircut())
        .prop_map(|(amount, price, haircut)| Holding::new(amount, price, haircut))
}

/// Generates any debt: an amount of 0 and the least and largest price often.
pub fn debt() -> impl Strategy<Value = Debt> + Clone {
    // A price is all that is checked, and this one is above 0: nothing is filtered out.
    let price = wad().prop_map(|price| price.max(Wad::from_raw(1)));
    (amount(), price, haircut()).prop_filter_map("an unpriced debt", |(amount, price, add_on)| {
        Debt::new(amount, price, add_on).ok()
    })
}
