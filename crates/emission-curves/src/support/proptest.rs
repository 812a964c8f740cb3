//! Strategies of proptest, for the tests of crates that embed the curves. Both endpoints of each
//! parameter are drawn often.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::fmt::Debug;

use proptest::prelude::*;
use tokenomics_fixed_math::strategies::{amount, fraction, ratio, span, timestamp};
use tokenomics_fixed_math::{Amount, Fraction, Ratio, Span, Timestamp};

use super::seed::FromSeed;
pub use crate::simple_curve::strategies::*;
use crate::{ArrayEpochs, Baseline, Decay, GeometricEpochs};

/// The reason why a strategy would draw again. None does: the parameters are brought into range
/// before.
const NEVER: &str = "parameters are in range";

/// A number that a seed is made of, and how it is drawn.
pub(crate) trait Drawn: Sized + Debug {
    /// Returns its strategy.
    fn drawn() -> impl Strategy<Value = Self> + Clone;
}

/// Implements [`Drawn`] by a strategy.
macro_rules! drawn {
    ($($type:ty: $strategy:expr;)+) => {$(
        impl Drawn for $type {
            fn drawn() -> impl Strategy<Value = Self> + Clone {
                $strategy
            }
        }
    )+};
}

drawn! {
    u8: any::<u8>();
    u32: prop_oneof![2 => Just(1), 1 => Just(u32::MAX), 6 => 1..=64_u32];
    Timestamp: timestamp();
    Span: span();
    Amount: amount();
    Fraction: fraction();
    Ratio: rate();
    Decay: any_decay();
}

#[cfg(feature = "alloc")]
impl Drawn for Vec<(Timestamp, Amount)> {
    fn drawn() -> impl Strategy<Value = Self> + Clone {
        prop::collection::vec((timestamp(), amount()), 1..8)
    }
}

/// Implements [`Drawn`] for tuples.
macro_rules! drawn_together {
    ($(($($part:ident),+))+) => {$(
        impl<$($part: Drawn),+> Drawn for ($($part,)+) {
            fn drawn() -> impl Strategy<Value = Self> + Clone {
                ($($part::drawn(),)+)
            }
        }
    )+};
}

drawn_together! { (A, B, C) (A, B, C, D) (A, B, C, D, E) }

/// Returns the strategy for values of any seeds.
pub(crate) fn seeded<T>() -> impl Strategy<Value = T> + Clone
where
    T: FromSeed<Seed: Drawn> + Debug,
{
    T::Seed::drawn().prop_filter_map(NEVER, T::from_seed)
}

/// Declares a strategy for each kind of simple curves, and one for any of them.
macro_rules! simple_curves {
    ($($(#[cfg($when:meta)])? $number:literal: $type:ty, $name:ident;)+) => {
        pub(crate) mod strategies {
            use proptest::prelude::*;

            use super::*;

            $(
                $(#[cfg($when)])?
                #[doc = concat!("Returns a strategy for `", stringify!($type), "`, over all its parameters.")]
                pub fn $name() -> impl Strategy<Value = $type> + Clone {
                    crate::support::proptest::seeded()
                }
            )+

            /// Returns a strategy for any curve that is made of no other.
            pub fn simple_curve() -> impl Strategy<Value = SimpleCurve> + Clone {
                // What is drawn holds a state for each kind, several of which would fill a stack.
                proptest::strategy::Union::new([
                    $($(#[cfg($when)])? $name().prop_map(SimpleCurve::from).boxed(),)+
                ])
            }
        }
    };
}

pub(crate) use simple_curves;

/// Returns a strategy for rates and factors: 0, a half, CRV's decay and 1 often, any fraction, and
/// any ratio.
fn rate() -> impl Strategy<Value = Ratio> + Clone {
    const KNOWN: [(u128, u128); 4] = [
        (0, 1),
        (1, 2),
        (1_000_000_000_000_000_000, 1_189_207_115_002_721_024),
        (1, 1),
    ];
    let known = prop::sample::select(&KNOWN[..]);
    prop_oneof![
        1 => known.prop_map(|(n, d)| Ratio::new(n, d).unwrap_or(Ratio::ONE)),
        1 => fraction().prop_map(Ratio::from),
        2 => ratio(),
    ]
}

/// Returns a strategy for any kind of decay, however slow or fast.
pub fn any_decay() -> impl Strategy<Value = Decay> + Clone {
    seeded()
}

/// Returns a strategy for any minting against a baseline.
pub fn baseline() -> impl Strategy<Value = Baseline> + Clone {
    seeded()
}

/// Returns a strategy for any table of epochs in an array: one epoch and as many as it holds often,
/// up to the end of the clock and the largest amount.
pub fn geometric_epochs_in_array<const N: usize>(
) -> impl Strategy<Value = GeometricEpochs<ArrayEpochs<N>>> + Clone {
    seeded()
}
