//! What can go wrong, with the values and the range that was broken.

use tokenomics_fixed_math::Ratio;

/// A curve that can't be.
///
/// ```
/// use tokenomics_emission_curves::{ArrayEpochs, Error, GeometricEpochs};
/// use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};
///
/// let forever = GeometricEpochs::<ArrayEpochs<8>>::in_array(
///     Timestamp::ZERO, Span::new(10), Amount::new(5), Ratio::ONE, None,
/// );
/// assert_eq!(forever, Err(Error::NeverEnds { decay: Ratio::ONE }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A parameter is outside of its range.
    #[error("{what} is {value}, outside {min}..={max}")]
    OutOfRange {
        /// The parameter's name.
        what: &'static str,
        /// Its value.
        value: u128,
        /// The least allowed.
        min: u128,
        /// The largest allowed.
        max: u128,
    },
    /// The rate doesn't fall, and no number of epochs is given.
    #[error("a rate times {decay} every epoch never falls to 0, and no number of epochs is given")]
    NeverEnds {
        /// The decay.
        decay: Ratio,
    },
    /// The curve has more epochs than the table holds.
    #[error("the rate is still above 0 after {max} epochs, the most that the table holds")]
    TooManyEpochs {
        /// The most it holds.
        max: u32,
    },
    /// A time past the clock's end, or more than the largest amount emitted.
    #[error(transparent)]
    Math(#[from] tokenomics_fixed_math::Error),
}
