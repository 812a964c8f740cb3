//! Strategies of proptest, for the tests of crates that embed the curves. Both endpoints of each
//! parameter are drawn often.

use proptest::prelude::*;
use tokenomics_fixed_math::strategies::{amount, fraction, ratio, span, timestamp};
use tokenomics_fixed_math::Ratio;

use crate::table::Table;
use crate::{
    fitted, Compounding, Constant, Decay, Disinflation, Exponential, Geometric, GeometricEpochs,
    LinearRate, Logistic,
};

/// The reason given for parameters that are not drawn. There are none: all of them are made to fit.
const FITS: &str = "no part of it fits";

/// Generates any constant rate, over one unit of the clock up to all of it.
pub fn constant() -> impl Strategy<Value = Constant> {
    (timestamp(), timestamp(), ratio())
        .prop_filter_map(FITS, |(from, to, rate)| fitted::constant(from, to, rate))
}

/// Generates any line, up or down.
pub fn linear_rate() -> impl Strategy<Value = LinearRate> {
    let parameters = (timestamp(), timestamp(), ratio(), amount());
    parameters.prop_filter_map(FITS, |(from, to, initial, last)| {
        fitted::linear_rate(from, to, initial, last.get())
    })
}

/// Generates any kind of decay, however slow or fast.
pub fn any_decay() -> impl Strategy<Value = Decay> {
    (0..3_u8, ratio(), span()).prop_filter_map(FITS, |(kind, rate, half_life)| {
        fitted::decay(kind, rate, half_life)
    })
}

/// Generates any exponential decay of a reserve.
pub fn exponential() -> impl Strategy<Value = Exponential> {
    let parameters = (timestamp(), timestamp(), amount(), any_decay());
    parameters.prop_filter_map(FITS, |(from, to, reserve, decay)| {
        fitted::exponential(from, to, reserve, decay)
    })
}

/// Generates any geometric series of epochs.
pub fn geometric() -> impl Strategy<Value = Geometric> {
    let parameters = (timestamp(), timestamp(), span(), amount(), decay());
    parameters.prop_filter_map(FITS, |(from, to, epoch, total, decay)| {
        fitted::geometric(from, to, epoch, total, decay)
    })
}

/// Generates any compounding inflation.
pub fn compounding() -> impl Strategy<Value = Compounding> {
    let parameters = (timestamp(), timestamp(), amount(), ratio(), span());
    parameters.prop_filter_map(FITS, |(from, to, supply, rate, period)| {
        fitted::compounding(from, to, supply, rate, period)
    })
}

/// Generates any S-curve.
pub fn logistic() -> impl Strategy<Value = Logistic> {
    let parameters = (timestamp(), timestamp(), amount(), amount(), ratio());
    parameters.prop_filter_map(FITS, |(from, to, supply, ceiling, rate)| {
        fitted::logistic(from, to, supply, ceiling, rate)
    })
}

/// Generates any disinflation that comes to its terminal rate, or to its end, in time.
pub fn disinflation() -> impl Strategy<Value = Disinflation> {
    let rates = [fraction(), fraction(), fraction()];
    let parameters = (timestamp(), timestamp(), amount(), span(), rates);
    parameters.prop_filter_map(FITS, |(from, to, supply, year, rates)| {
        fitted::disinflation(from, to, supply, year, rates)
    })
}

/// Generates the factor of a rate: 0, a half, CRV's and 1 often, any fraction, and any ratio.
fn decay() -> impl Strategy<Value = Ratio> + Clone {
    const KNOWN: [(u128, u128); 4] = [
        (0, 1),
        (1, 2),
        (1_000_000_000_000_000_000, 1_189_207_115_002_721_024),
        (1, 1),
    ];
    let known = prop::sample::select(&KNOWN[..]);
    prop_oneof![
        2 => known.prop_map(|(n, d)| Ratio::new(n, d).unwrap_or(Ratio::ONE)),
        2 => fraction().prop_map(Ratio::from),
        1 => ratio(),
    ]
}

/// Generates any table of epochs: one epoch and as many as the table holds often, up to the end of
/// the clock and the largest amount.
pub fn geometric_epochs<E: Table + core::fmt::Debug>() -> impl Strategy<Value = GeometricEpochs<E>>
{
    let epochs = prop_oneof![2 => Just(1), 1 => Just(E::max()), 6 => 1..=64_u32];
    (timestamp(), span(), amount(), decay(), epochs).prop_filter_map(
        "the table has no room",
        |(start, length, rate, decay, epochs)| {
            fitted::geometric_epochs(start, length, rate, decay, epochs)
        },
    )
}
