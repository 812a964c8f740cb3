//! `Growth` and `LogisticGrowth`.

use tokenomics_fixed_math::{Amount, Growth, LogisticGrowth, Span, U256};

use crate::abi::{export, ratio, rounding, Numbers, Outcome};

impl Numbers for Growth {
    fn numbers(self) -> Outcome {
        core::hint::black_box(&self);
        0_u32.numbers()
    }
}

impl Numbers for LogisticGrowth {
    fn numbers(self) -> Outcome {
        core::hint::black_box(&self);
        0_u32.numbers()
    }
}

fn logistic(supply: u128, ceiling: u128, n: u128, d: u128) -> Option<LogisticGrowth> {
    LogisticGrowth::new(Amount::new(supply), Amount::new(ceiling), ratio(n, d)).ok()
}

/// Of any kind, if it is one.
fn growth(kind: u32, n: u128, d: u128) -> Option<Growth> {
    match kind {
        0 => Growth::continuous(ratio(n, d)),
        1 => Growth::per_unit(ratio(n, d)),
        _ => Growth::doubling(Span::new(n as u64)),
    }
    .ok()
}

export! {
    "Growth::continuous" (n: u128, d: u128) => Growth::continuous(ratio(n, d));
    "Growth::per_unit" (n: u128, d: u128) => Growth::per_unit(ratio(n, d));
    "Growth::doubling" (a: u64) => Growth::doubling(Span::new(a));
    "Growth::inverse" (k: u32, n: u128, d: u128) => growth(k, n, d).map(Growth::inverse);
    "Growth::of" (k: u32, n: u128, d: u128, a: u128, t: u64, r: u32) =>
        growth(k, n, d).map(|growth| growth.of(Amount::new(a), t, rounding(r)));
    "Growth::mul_div" (k: u32, n: u128, d: u128, a: u128, b: u128, c: u128, t: u128, u: u128, r: u32) =>
        growth(k, n, d)
            .map(|growth| growth.mul_div(U256::new(a, b), c, ratio(t, u), rounding(r)));
    "LogisticGrowth::new" (s: u128, c: u128, n: u128, d: u128) =>
        LogisticGrowth::new(Amount::new(s), Amount::new(c), ratio(n, d));
    "LogisticGrowth::supply" (s: u128, c: u128, n: u128, d: u128) =>
        logistic(s, c, n, d).map(|growth| growth.supply());
    "LogisticGrowth::ceiling" (s: u128, c: u128, n: u128, d: u128) =>
        logistic(s, c, n, d).map(|growth| growth.ceiling());
    "LogisticGrowth::rate" (s: u128, c: u128, n: u128, d: u128) =>
        logistic(s, c, n, d).map(|growth| growth.rate());
    "LogisticGrowth::after" (s: u128, c: u128, n: u128, d: u128, t: u64) =>
        logistic(s, c, n, d).map(|growth| growth.after(t));
}
