//! The errors of haircuts and baskets, with the values and the range that was broken.

use tokenomics_fixed_math::{Amount, Fraction};

/// Parameters that the checks refuse, or a result that can't be represented.
///
/// ```
/// use tokenomics_fixed_math::Fraction;
/// use tokenomics_haircut_collateral::{Error, Haircut};
///
/// let (initial, maintenance) = (Fraction::from_percent(15)?, Fraction::from_percent(20)?);
/// assert_eq!(
///     Haircut::new(initial, maintenance),
///     Err(Error::InitialBelowMaintenance { initial, maintenance }),
/// );
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An initial haircut below the maintenance haircut: opening would be easier than staying open,
    /// and a position could be liquidated in the moment it is opened.
    #[error("the initial haircut {initial} is below the maintenance haircut {maintenance}")]
    InitialBelowMaintenance {
        /// The haircut for opening.
        initial: Fraction,
        /// The haircut for staying open, the least that `initial` may be.
        maintenance: Fraction,
    },
    /// A debt in an asset without a price. Counting it as nothing would forgive it.
    #[error("a debt of {amount} has the price 0, and must have one above it")]
    UnpricedDebt {
        /// The amount owed, in base units; 0 where a new debt was asked about.
        amount: Amount,
    },
    /// An index at which the basket has no holding.
    #[error("there is no holding {index} in a basket of {len}")]
    NoSuchHolding {
        /// The index asked for.
        index: usize,
        /// The number of holdings; an index must be below it.
        len: usize,
    },
    /// An arithmetic result that can't be represented.
    #[error(transparent)]
    Math(#[from] tokenomics_fixed_math::Error),
}
