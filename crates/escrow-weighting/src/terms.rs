//! The terms of an escrow: how long one may lock, and until which ends.

use tokenomics_fixed_math::{Amount, Rounding, Span, Timestamp, U256};

use crate::check::{in_range, units};
use crate::{Error, Quantity};

/// The terms of an escrow: the longest lock, and the granule on whose multiples locks end.
///
/// The longest lock needn't be a whole number of granules: Curve's four years of 365 days are
/// 208.57 weeks.
///
/// ```
/// use tokenomics_escrow_weighting::Terms;
/// use tokenomics_fixed_math::{Span, Timestamp};
///
/// const WEEK: u64 = 7 * 86_400;
/// let curve = Terms::new(Span::new(4 * 365 * 86_400), Span::new(WEEK))?;
/// // Four years from a Thursday at midnight, back to the Thursday before.
/// let end = curve.end_for(Timestamp::new(2_700 * WEEK), curve.max())?;
/// assert_eq!(end, Timestamp::new((2_700 + 208) * WEEK));
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Terms {
    max: Span,
    // In 1..=max, so that there is always an end to lock until.
    granule: Span,
}

impl Terms {
    /// Creates the terms for locks of up to `max` that end on multiples of `granule`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless 1 ≤ granule ≤ max.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Error, Quantity, Terms};
    /// # use tokenomics_fixed_math::Span;
    /// // A granule of all of it is the coarsest there is.
    /// let (max, granule) = (Span::new(10), Span::new(10));
    /// assert_eq!(Terms::new(max, granule)?.granule(), granule);
    /// let refused = Terms::new(max, Span::new(11));
    /// let what = Quantity::Granule;
    /// assert_eq!(refused, Err(Error::OutOfRange { what, value: 11, bound: 10 }));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub const fn new(max: Span, granule: Span) -> Result<Self, Error> {
        let most = units(max.get());
        match in_range(Quantity::Granule, units(granule.get()), 1, most) {
            Ok(()) => Ok(Self { max, granule }),
            Err(error) => Err(error),
        }
    }

    /// Returns the length of the longest lock, whose weight at its start is its amount.
    #[must_use]
    pub const fn max(&self) -> Span {
        self.max
    }

    /// Returns the granule, of which all ends are multiples; never 0.
    #[must_use]
    pub const fn granule(&self) -> Span {
        self.granule
    }

    /// Returns the end of a lock of `duration` made at `now`.
    ///
    /// # Rounding
    /// Floor, to the granule: never later than asked for.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a duration longer than the longest lock, and for an end that isn't
    /// after `now`, if no multiple of the granule lies in the duration; [`Error::Overflow`] past the
    /// last timestamp.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Error, Quantity, Terms};
    /// # use tokenomics_fixed_math::{Span, Timestamp};
    /// const DAY: u64 = 86_400;
    /// let terms = Terms::new(Span::new(365 * DAY), Span::new(7 * DAY))?;
    /// let now = Timestamp::new(10 * DAY); // three days into the second week
    /// assert_eq!(terms.end_for(now, Span::new(30 * DAY))?, Timestamp::new(35 * DAY));
    ///
    /// // Three days on there is no end yet.
    /// let none = terms.end_for(now, Span::new(3 * DAY));
    /// assert!(matches!(none, Err(Error::OutOfRange { what: Quantity::End, .. })));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn end_for(self, now: Timestamp, duration: Span) -> Result<Timestamp, Error> {
        let longest = units(self.max.get());
        in_range(Quantity::Duration, units(duration.get()), 0, longest)?;
        let exact = now.checked_add(duration)?;
        // The granule isn't 0, and the remainder is at most what it is taken from.
        let past = exact.get().checked_rem(self.granule.get()).unwrap_or(0);
        let end = exact.checked_sub(Span::new(past))?;
        self.check_end(now, now, end)?;
        Ok(end)
    }

    /// Divides an undivided weight, in base units × time, by the longest lock, and returns the
    /// weight in base units of the token.
    ///
    /// # Rounding
    /// Floor, once: this is the only division there is. The floors of many weights sum to at most
    /// the floor of their sum, so what is shared by weight should be shared by the undivided ones.
    ///
    /// # Errors
    /// [`Error::Overflow`] if the quotient is above [`Amount::MAX`], which no lock's weight is while it
    /// is locked.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::Terms;
    /// # use tokenomics_fixed_math::{Amount, Span, U256};
    /// let terms = Terms::new(Span::new(100), Span::new(1))?;
    /// assert_eq!(terms.weight(U256::from(1_999))?, Amount::new(19));
    /// assert!(terms.weight(U256::MAX).is_err());
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn weight(self, undivided: U256) -> Result<Amount, Error> {
        let weight = undivided.checked_div(self.max.get().into(), Rounding::Floor)?;
        Ok(Amount::new(weight.to_u128()?))
    }

    /// Returns which multiple of the granule is the last one at or before `at`.
    #[cfg(feature = "alloc")]
    pub(crate) fn granules(self, at: Timestamp) -> u64 {
        // The granule isn't 0.
        at.get().checked_div(self.granule.get()).unwrap_or(0)
    }

    /// Returns the end that is a given multiple of the granule.
    #[cfg(feature = "alloc")]
    pub(crate) fn end_of(self, granules: u64) -> Timestamp {
        // At most the end that the multiple was counted from.
        Timestamp::new(granules.saturating_mul(self.granule.get()))
    }

    /// Checks that `end` is on the granule, after `after`, and at most the longest lock from `now`.
    pub(crate) fn check_end(
        self,
        now: Timestamp,
        after: Timestamp,
        end: Timestamp,
    ) -> Result<(), Error> {
        let least = units(after.get()).saturating_add(1);
        // Where the longest lock reaches past the last timestamp, that one is the limit.
        let latest = now.checked_add(self.max).unwrap_or(Timestamp::MAX);
        in_range(Quantity::End, units(end.get()), least, units(latest.get()))?;
        self.check_granule(end)
    }

    pub(crate) fn check_granule(self, end: Timestamp) -> Result<(), Error> {
        let granule = self.granule;
        if end.get().checked_rem(granule.get()) != Some(0) {
            return Err(Error::OffGranule { end, granule });
        }
        Ok(())
    }
}

tokenomics_internals::checked_codec! {
    Terms::new as RawTerms {
        max: Span = Terms::max,
        granule: Span = Terms::granule,
    }
}
