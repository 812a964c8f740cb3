//! A haircut by the age of a price.

use tokenomics_fixed_math::{Fraction, Span};

use super::share::share_up;
use crate::check::in_range;
use crate::{Error, Quantity};

/// The age at which a price begins to count for less, and that at which it counts for nothing.
///
/// In between the haircut grows along a line, so there is no moment at which a position is cut off. It
/// is for what is held: what is owed counts fully at any age, since a feed that stops must not forgive
/// a debt. A feed that is paused, or pinned to a bound of its own, has the age of its last report that
/// was made from trades.
///
/// # Laws
/// `monotone_in_age`: an older price never has a smaller haircut, and neither has one under earlier
/// bounds.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Span};
/// use tokenomics_haircut_collateral::PriceAge;
///
/// let age = PriceAge::new(Span::from_mins(5), Span::from_mins(25))?;
/// assert_eq!(age.haircut(Span::from_mins(5)), fraction!("0"));
/// assert_eq!(age.haircut(Span::from_mins(10)), fraction!("0.25"));
/// assert_eq!(age.haircut(Span::from_mins(25)), fraction!("1"));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// Drift's validity states and marginfi's `max_age` are steps from all to nothing; the line between two
/// ages is this crate's. Venus lost 11.2 million dollars on a feed of LUNA that had been paused at
/// $0.107.
#[doc(alias("staleness", "heartbeat", "max_age"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PriceAge {
    fresh: Span,
    // Above `fresh`.
    stale: Span,
}

impl PriceAge {
    /// Creates the ages up to which a price counts fully, and from which on it counts for nothing.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless `stale` is above `fresh`.
    ///
    /// ```
    /// # use tokenomics_fixed_math::Span;
    /// # use tokenomics_haircut_collateral::PriceAge;
    /// assert!(PriceAge::new(Span::new(59), Span::new(60)).is_ok());
    /// assert!(PriceAge::new(Span::new(60), Span::new(60)).is_err());
    /// ```
    pub fn new(fresh: Span, stale: Span) -> Result<Self, Error> {
        let least = u128::from(fresh.get()).wrapping_add(1);
        in_range(Quantity::StaleAge, stale.get().into(), least, u128::MAX)?;
        Ok(Self { fresh, stale })
    }

    /// Returns the age up to which a price counts fully.
    #[must_use]
    pub const fn fresh(&self) -> Span {
        self.fresh
    }

    /// Returns the age from which on a price counts for nothing.
    #[must_use]
    pub const fn stale(&self) -> Span {
        self.stale
    }

    /// Computes the haircut of a price that was reported `age` ago: (age − fresh)/(stale − fresh),
    /// within 0 and 1.
    ///
    /// # Rounding
    /// Ceil, the exact number rounded once.
    #[must_use]
    pub fn haircut(&self, age: Span) -> Fraction {
        let fresh = self.fresh.get();
        let Some(late) = age.get().checked_sub(fresh) else {
            return Fraction::ZERO;
        };
        // Above 0: see the type.
        let all = self.stale.get().wrapping_sub(fresh);
        share_up(u128::from(late).into(), u128::from(all).into())
    }
}

tokenomics_internals::checked_codec! {
    PriceAge::new as RawPriceAge {
        fresh: Span = PriceAge::fresh,
        stale: Span = PriceAge::stale,
    }
}
