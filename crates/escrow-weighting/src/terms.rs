//! The terms of an escrow: how long one may lock, until which ends, and what a multiplier is.

mod kinds;

pub use self::kinds::Growth;
use tokenomics_fixed_math::{Amount, Rounding, Span, Timestamp, Wad, U256};

use crate::check::{in_range, units};
use crate::{Error, LockKind, Quantity};

/// The terms of an escrow: the longest and the shortest lock, the granule on whose multiples locks
/// end, and the largest multiplier.
///
/// The longest lock needn't be a whole number of granules: Curve's four years of 365 days are
/// 208.57 weeks. A granule of 1 lets locks end at any time.
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
    // In 1..=max − granule + 1, so that at any time there is an end between the two.
    min: Span,
    // Times the longest lock in 128 bits, so that no unit weighs more.
    most: Wad,
}

/// The parameters of [`Terms`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct TermsParams {
    /// The length of the longest lock, whose weight at its start is its amount.
    pub max: Span,
    /// The span of which all ends are multiples.
    pub granule: Span,
    /// The length of the shortest lock; at most max − granule + 1, so that there is an end to lock until
    /// at any time.
    pub min: Span,
    /// The largest multiplier that a lock may have.
    pub most: Wad,
}

impl Terms {
    /// Creates the terms for locks of up to `max` that end on multiples of `granule`, of any length,
    /// and with multipliers up to 1.
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
        Self::from_params(TermsParams {
            max,
            granule,
            min: Span::new(1),
            most: Wad::ONE,
        })
    }

    /// Creates terms that also say how short a lock may be, and how much a unit may weigh.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless 1 ≤ granule ≤ max, 1 ≤ min ≤ max − granule + 1, and the largest
    /// multiplier, in 10^−18, times the longest lock is below 2^128. Were the shortest lock longer, there
    /// would be no end to lock until at some times.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Error, Quantity, Terms, TermsParams};
    /// # use tokenomics_fixed_math::{wad, Span};
    /// let (max, granule, min) = (Span::new(100), Span::new(7), Span::new(94));
    /// let terms = Terms::from_params(TermsParams { max, granule, min, most: wad!("6") })?;
    /// assert_eq!(terms.min(), min);
    ///
    /// // From a multiple of 7 on, no other lies 95 to 100 later.
    /// let none = TermsParams { max, granule, min: Span::new(95), most: wad!("6") };
    /// let (what, value, bound) = (Quantity::Min, 95, 94);
    /// assert_eq!(Terms::from_params(none), Err(Error::OutOfRange { what, value, bound }));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub const fn from_params(params: TermsParams) -> Result<Self, Error> {
        let TermsParams {
            max,
            granule,
            min,
            most,
        } = params;
        let longest = units(max.get());
        if let Err(error) = in_range(Quantity::Granule, units(granule.get()), 1, longest) {
            return Err(error);
        }
        let shortest = longest
            .saturating_sub(units(granule.get()))
            .saturating_add(1);
        if let Err(error) = in_range(Quantity::Min, units(min.get()), 1, shortest) {
            return Err(error);
        }
        let bound = match u128::MAX.checked_div(longest) {
            Some(bound) => bound,
            // There is no granule then.
            None => 0,
        };
        if let Err(error) = in_range(Quantity::Most, most.raw(), 0, bound) {
            return Err(error);
        }
        Ok(Self {
            max,
            granule,
            min,
            most,
        })
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

    /// Returns the length of the shortest lock; never 0.
    #[must_use]
    pub const fn min(&self) -> Span {
        self.min
    }

    /// Returns the largest multiplier.
    #[must_use]
    pub const fn most(&self) -> Wad {
        self.most
    }

    /// Returns the end of a lock of `duration` made at `now`; there always is one for the longest.
    ///
    /// # Rounding
    /// Floor, to the granule: never later than asked for.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a duration longer than the longest lock, and for an end that is less
    /// than the shortest lock after `now`, if no multiple of the granule lies in between;
    /// [`Error::Overflow`] past the last timestamp.
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
        self.check_end(now, end)?;
        Ok(end)
    }

    /// Divides an undivided weight, in base units × time × 10^−18, by the longest lock, and returns
    /// the weight in base units of the token.
    ///
    /// # Rounding
    /// Floor, once: this is the only division there is. The floors of many weights sum to at most
    /// the floor of their sum, so what is shared by weight should be shared by the undivided ones.
    ///
    /// # Errors
    /// [`Error::Overflow`] if the quotient is above [`Amount::MAX`], which no weight is with
    /// multipliers up to 1.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::Terms;
    /// # use tokenomics_fixed_math::{Amount, Span, U256};
    /// let terms = Terms::new(Span::new(100), Span::new(1))?;
    /// let undivided = U256::product(1_999, 10_u128.pow(18));
    /// assert_eq!(terms.weight(undivided)?, Amount::new(19));
    /// assert!(terms.weight(U256::MAX).is_err());
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn weight(self, undivided: U256) -> Result<Amount, Error> {
        let divisor = units(self.max.get()).saturating_mul(Wad::ONE.raw());
        let weight = undivided.checked_div(divisor, Rounding::Floor)?;
        Ok(Amount::new(weight.to_u128()?))
    }

    /// Computes the square root of a weight in base units of the token: quadratic voting.
    ///
    /// It is taken of what one voter weighs in all, at the read: roots don't sum to the root of the
    /// sum, and a holder who splits a weight over several voters gains by it, which only the host's
    /// knowledge of who is who can prevent.
    ///
    /// # Rounding
    /// Floor, once, of the exact root.
    ///
    /// # Errors
    /// As [`weight`](Self::weight).
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::Terms;
    /// # use tokenomics_fixed_math::{Amount, Span, U256};
    /// let terms = Terms::new(Span::new(1), Span::new(1))?;
    /// let undivided = U256::product(99, 10_u128.pow(18));
    /// assert_eq!(terms.quadratic_weight(undivided)?, Amount::new(9));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn quadratic_weight(self, undivided: U256) -> Result<Amount, Error> {
        // The floor of the root of a floor is the floor of the root.
        Ok(Amount::new(self.weight(undivided)?.get().isqrt()))
    }

    /// Returns what a unit of a multiplier weighs, in units of time × 10^−18.
    pub(super) fn level(self, multiplier: Wad) -> Result<u128, Error> {
        self.check_multiplier(multiplier)?;
        // The constructor has seen that the largest fits.
        Ok(multiplier.raw().saturating_mul(self.max.get().into()))
    }

    pub(super) fn check_multiplier(self, multiplier: Wad) -> Result<(), Error> {
        let most = self.most.raw();
        in_range(Quantity::Multiplier, multiplier.raw(), 0, most)
    }

    /// Checks that no unit of a kind ever weighs more, from `now` on, than the largest multiplier.
    pub(crate) fn check_kind(self, now: Timestamp, kind: LockKind) -> Result<(), Error> {
        if let Some(end) = kind.end() {
            self.check_end(now, end)?;
        }
        if let LockKind::Growing { since, .. } = kind {
            in_range(Quantity::Since, units(since.get()), 0, units(now.get()))?;
        }
        let peak = kind.peak_from(now).unwrap_or(u128::MAX);
        in_range(Quantity::Multiplier, peak, 0, self.level_of_most())
    }

    /// Returns the most that a unit weighs, in units of time × 10^−18.
    pub(crate) fn level_of_most(self) -> u128 {
        // The constructor has seen that it fits.
        self.most.raw().saturating_mul(self.max.get().into())
    }

    /// Checks that `end` is on the granule, and at least the shortest lock and at most the longest
    /// from `now`.
    pub(crate) fn check_end(self, now: Timestamp, end: Timestamp) -> Result<(), Error> {
        let least = units(now.get()).saturating_add(units(self.min.get()));
        // Where the longest lock reaches past the last timestamp, that one is the limit.
        let latest = now.checked_add(self.max).unwrap_or(Timestamp::MAX);
        in_range(Quantity::End, units(end.get()), least, units(latest.get()))?;
        self.check_granule(end)
    }

    pub(crate) fn check_granule(self, end: Timestamp) -> Result<(), Error> {
        let granule = self.granule;
        if end.get().checked_rem(granule.get()) != Some(0) {
            let (what, at) = (Quantity::End, end);
            return Err(Error::OffGranule { what, at, granule });
        }
        Ok(())
    }
}

tokenomics_internals::checked_codec! {
    Terms::from_params(TermsParams) as RawTerms {
        max: Span = Terms::max,
        granule: Span = Terms::granule,
        min: Span = Terms::min,
        most: Wad = Terms::most,
    }
}
