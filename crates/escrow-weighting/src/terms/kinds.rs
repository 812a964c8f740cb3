//! The kinds of locks that terms make of multipliers.

use tokenomics_fixed_math::{Span, Timestamp, Wad};

use super::Terms;
use crate::check::{in_range, units};
use crate::{Error, LockKind, Quantity};

/// The parameters of a lock that grows with its age, for [`Terms::growing`].
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
pub struct Growth {
    /// The multiplier at first.
    pub from: Wad,
    /// The multiplier once it is full.
    pub to: Wad,
    /// The time at which it begins to grow: when the lock is made, as a rule.
    pub since: Timestamp,
    /// The time that it grows for.
    pub over: Span,
    /// The end of the lock; none for one that doesn't end.
    #[cfg_attr(
        feature = "borsh",
        borsh(deserialize_with = "tokenomics_internals::borsh_read::option")
    )]
    pub end: Option<Timestamp>,
}

impl Terms {
    /// Creates the kind of a lock that weighs multiplier · (end − t) / max a unit: vote escrow.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] above the largest multiplier.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Escrow, Lock, Terms};
    /// # use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
    /// let terms = Terms::new(Span::new(100), Span::new(1))?;
    /// let half = terms.decaying(wad!("0.5"), Timestamp::new(100))?;
    /// let lock = Lock::new(Amount::new(1_000), half)?;
    /// assert_eq!(terms.weight(lock.weight_at(Timestamp::new(60)))?, Amount::new(200));
    ///
    /// assert!(terms.decaying(wad!("1.5"), Timestamp::new(100)).is_err());
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn decaying(self, multiplier: Wad, end: Timestamp) -> Result<LockKind, Error> {
        self.check_multiplier(multiplier)?;
        let rate = multiplier.raw();
        Ok(LockKind::Decaying { rate, end })
    }

    /// Creates the kind of a lock that weighs `multiplier` a unit until its end: a weight fixed by
    /// the length of the lock, as [`LengthTable`](crate::LengthTable) has it.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] above the largest multiplier.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Lock, Terms};
    /// # use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
    /// let terms = Terms::new(Span::new(100), Span::new(1))?;
    /// let fixed = terms.constant(wad!("0.1"), Timestamp::new(100))?;
    /// let lock = Lock::new(Amount::new(1_000), fixed)?;
    /// assert_eq!(terms.weight(lock.weight_at(Timestamp::new(99)))?, Amount::new(100));
    /// assert_eq!(terms.weight(lock.weight_at(Timestamp::new(100)))?, Amount::ZERO);
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn constant(self, multiplier: Wad, end: Timestamp) -> Result<LockKind, Error> {
        let (level, end) = (self.level(multiplier)?, Some(end));
        Ok(LockKind::Constant { level, end })
    }

    /// Creates the kind of a lock that weighs `multiplier` a unit for good.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] above the largest multiplier.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Lock, Terms};
    /// # use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
    /// let terms = Terms::new(Span::new(100), Span::new(1))?;
    /// let lock = Lock::new(Amount::new(1_000), terms.permanent(wad!("1"))?)?;
    /// assert_eq!(terms.weight(lock.weight_at(Timestamp::MAX))?, Amount::new(1_000));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn permanent(self, multiplier: Wad) -> Result<LockKind, Error> {
        let (level, end) = (self.level(multiplier)?, None);
        Ok(LockKind::Constant { level, end })
    }

    /// Creates the kind of a lock that weighs more with its age, up to a cap.
    ///
    /// # Rounding
    /// Floor, of what a unit weighs more with each unit of time, to 10^−18 / max: once, here. From
    /// then on all is exact.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] above the largest multiplier, for one that falls, and for a growth over
    /// no time; [`Error::Overflow`] past the last timestamp.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Growth, Lock, Terms, TermsParams};
    /// # use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
    /// let (max, one) = (Span::new(100), Span::new(1));
    /// let most = wad!("3");
    /// let terms = Terms::from_params(TermsParams { max, granule: one, min: one, most })?;
    /// let (since, over, end) = (Timestamp::new(10), Span::new(50), None);
    /// let kind = terms.growing(Growth { from: wad!("1"), to: most, since, over, end })?;
    /// let lock = Lock::new(Amount::new(1_000), kind)?;
    /// let weight = |at| terms.weight(lock.weight_at(Timestamp::new(at)));
    /// assert_eq!((weight(10)?, weight(35)?), (Amount::new(1_000), Amount::new(2_000)));
    /// assert_eq!((weight(60)?, weight(900)?), (Amount::new(3_000), Amount::new(3_000)));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn growing(self, growth: Growth) -> Result<LockKind, Error> {
        let Growth {
            from,
            to,
            since,
            over,
            end,
        } = growth;
        let (level, most) = (self.level(from)?, self.level(to)?);
        in_range(Quantity::Multiplier, to.raw(), from.raw(), u128::MAX)?;
        let over_units = units(over.get());
        in_range(Quantity::Duration, over_units, 1, u128::MAX)?;
        let rate = most.saturating_sub(level).checked_div(over_units);
        Ok(LockKind::Growing {
            level,
            // The time isn't 0.
            rate: rate.unwrap_or(0),
            since,
            full: since.checked_add(over)?,
            end,
        })
    }
}
