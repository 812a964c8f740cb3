//! A ring whose slots are its own.

use tokenomics_fixed_math::{Amount, Span, Timestamp};
use tokenomics_internals::Change;

use super::{RingHead, RingSlot, SlotRing};
use crate::line::Line;
use crate::Error;

/// A [`SlotRing`] of `N` slots that are its own: the whole of it is one value of fixed size, which is
/// passed along and stored as such. Where that is more than a stack has room for, such as 16 KB for four
/// years of weeks on Solana, keep the slots in the account and make a [`SlotRing`] over them.
///
/// ```
/// use tokenomics_escrow_weighting::{Lock, LockKind, Ring, Totals};
/// use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};
///
/// let at = Timestamp::new;
/// let mut sum = Ring::<209>::new(Span::from_weeks(1))?;
/// let end = at(100 * 604_800);
/// let lock = Lock::new(Amount::new(7), LockKind::Decaying { rate: 1, end })?;
/// sum.replace(at(10), None, Some(lock.into()))?;
/// assert_eq!(sum.weight_at(at(40))?, lock.weight_at(at(40)));
/// assert_eq!(sum.weight_at(end)?, U256::ZERO);
/// assert!(sum.weight_at(at(9)).is_err());
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
pub type Ring<const N: usize> = SlotRing<[RingSlot; N]>;

/// The state of a [`Ring`]: what it is stored as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "Ring", deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; period: (Span), clock: (Timestamp), passed: (u64), sum: (Line), slots: ([(Line, Amount); N]), permanent: (Amount), ended: (Amount))),
    schemaifier(mute_warnings)
)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(rename = "Ring_for_{N}")
)]
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
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("RingState", "Ring"))
)]
pub struct RingState<const N: usize> {
    /// The period: each slot is one of its multiples.
    pub period: Span,
    /// The time of the last change.
    pub clock: Timestamp,
    /// The number of the last period of which all is added up.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub passed: u64,
    /// The weight since the last change, but for what is in the slots.
    pub sum: Line,
    /// The changes at the multiples of the period to come, that of number k in slot k mod N, each with the
    /// amount that is held until then.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<(Line, Amount), N>")
    )]
    pub slots: [(Line, Amount); N],
    /// The amount that is held of permanent locks.
    pub permanent: Amount,
    /// The amount that is held of locks that have ended.
    pub ended: Amount,
}

impl<const N: usize> Ring<N> {
    /// Creates the sum of nothing, in slots of a period.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a period of 0.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::Ring;
    /// # use tokenomics_fixed_math::Span;
    /// assert!(Ring::<4>::new(Span::new(7)).is_ok());
    /// assert!(Ring::<4>::new(Span::ZERO).is_err());
    /// ```
    pub const fn new(period: Span) -> Result<Self, Error> {
        match RingHead::new(period) {
            Ok(head) => Ok(Self {
                head,
                slots: [(Line::NONE, Amount::ZERO); N],
            }),
            Err(error) => Err(error),
        }
    }

    /// Restores a ring from its state.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a period of 0; [`Error::Stored`] if what is added up isn't what has
    /// passed.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Ring, RingState};
    /// # use tokenomics_fixed_math::Span;
    /// let ring = Ring::<4>::new(Span::new(7))?;
    /// assert_eq!(Ring::restore(ring.state())?, ring);
    /// assert!(Ring::restore(RingState { passed: 1, ..ring.state() }).is_err());
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn restore(state: RingState<N>) -> Result<Self, Error> {
        let RingState {
            period,
            clock,
            passed,
            sum,
            slots,
            permanent,
            ended,
        } = state;
        let head = RingHead {
            period,
            clock,
            passed,
            sum,
            permanent,
            ended,
        };
        Self::resume(head, slots)
    }

    /// Returns the state, for [`restore`](Self::restore).
    #[must_use]
    pub const fn state(&self) -> RingState<N> {
        RingState {
            period: self.head.period,
            clock: self.head.clock,
            passed: self.head.passed,
            sum: self.head.sum,
            slots: self.slots,
            permanent: self.head.permanent,
            ended: self.head.ended,
        }
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> From<&Ring<N>> for RingState<N> {
    fn from(ring: &Ring<N>) -> Self {
        ring.state()
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> TryFrom<RingState<N>> for Ring<N> {
    type Error = Error;

    fn try_from(state: RingState<N>) -> Result<Self, Error> {
        Self::restore(state)
    }
}

tokenomics_internals::checked_codec! {
    [const N: usize] Ring<N> as RingState<N>: MaxEncodedLen
}
