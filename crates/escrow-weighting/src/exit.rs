//! The leaving of a lock before its end, for a penalty.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

use tokenomics_fixed_math::{Amount, Fraction, Rounding, Span, Timestamp};

use crate::check::{in_range, units};
use crate::{Error, Lock, Quantity};

/// The part of a lock that leaving before its end costs.
///
/// ```
/// use tokenomics_escrow_weighting::ExitPenalty;
/// use tokenomics_fixed_math::{fraction, Span};
///
/// // Three quarters at most, and no more than the time left of two years.
/// let ribbon = ExitPenalty::linear(Span::from_days(730), fraction!("0.75"))?;
/// assert_eq!(ribbon.part_for(Some(Span::from_days(365))), fraction!("0.5"));
/// assert_eq!(ribbon.part_for(Some(Span::from_days(700))), fraction!("0.75"));
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
///
/// # Source
/// Ribbon's VotingEscrow: min(0.75, time left / 2 years), given to the lockers that stay. FIAT DAO's
/// `quitLock`: a rate times the time left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ExitPenalty {
    // Never 0.
    over: Span,
    cap: Fraction,
    is_flat: bool,
}

impl ExitPenalty {
    /// Creates a penalty of the same part whenever one leaves.
    #[must_use]
    pub const fn flat(part: Fraction) -> Self {
        Self {
            over: Span::new(1),
            cap: part,
            is_flat: true,
        }
    }

    /// Creates a penalty of the time left over `over`, and at most `cap`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an `over` of 0.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::ExitPenalty;
    /// # use tokenomics_fixed_math::{Fraction, Span};
    /// assert!(ExitPenalty::linear(Span::new(1), Fraction::ONE).is_ok());
    /// assert!(ExitPenalty::linear(Span::ZERO, Fraction::ONE).is_err());
    /// ```
    pub const fn linear(over: Span, cap: Fraction) -> Result<Self, Error> {
        match in_range(Quantity::Penalty, units(over.get()), 1, u128::MAX) {
            Ok(()) => Ok(Self {
                over,
                cap,
                is_flat: false,
            }),
            Err(error) => Err(error),
        }
    }

    /// Returns the part that is lost with so much time left; a permanent lock has no end of it.
    ///
    /// # Rounding
    /// Ceil: against whoever leaves.
    #[must_use]
    pub fn part_for(&self, left: Option<Span>) -> Fraction {
        let Some(left) = left.filter(|_| !self.is_flat) else {
            return self.cap;
        };
        if left >= self.over {
            return self.cap;
        }
        let part = Fraction::from_ratio(units(left.get()), units(self.over.get()), Rounding::Ceil);
        part.map_or(self.cap, |part| part.min(self.cap))
    }

    /// Returns what leaving a lock at `now` gives back, and what it costs.
    ///
    /// # Rounding
    /// Ceil for the penalty, once, of the exact part; the rest is given back, so that the two sum to
    /// the amount.
    pub fn of(&self, lock: &Lock, now: Timestamp) -> Exit {
        let amount = lock.amount();
        let left = lock.end().map(|end| end.since(now).unwrap_or(Span::ZERO));
        let penalty = self.penalty(amount, left);
        Exit {
            returned: amount.checked_sub(penalty).unwrap_or(Amount::ZERO),
            penalty,
        }
    }

    fn penalty(&self, amount: Amount, left: Option<Span>) -> Amount {
        let most = amount.mul_fraction(self.cap, Rounding::Ceil);
        let Some(left) = left.filter(|&left| !self.is_flat && left < self.over) else {
            return most;
        };
        let exact = amount.mul_div(units(left.get()), units(self.over.get()), Rounding::Ceil);
        exact.map_or(most, |exact| exact.min(most))
    }
}

/// The outcome of leaving a lock early: two amounts that sum to the lock's.
///
/// ```
/// use tokenomics_escrow_weighting::{ExitPenalty, Lock, LockKind};
/// use tokenomics_fixed_math::{fraction, Amount, Timestamp};
///
/// let kind = LockKind::Decaying { rate: 1, end: Timestamp::new(100) };
/// let lock = Lock::new(Amount::new(7), kind)?;
/// let exit = ExitPenalty::flat(fraction!("0.5")).of(&lock, Timestamp::new(10));
/// assert_eq!((exit.returned, exit.penalty), (Amount::new(3), Amount::new(4)));
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
#[must_use = "the penalty is the host's to send on"]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
pub struct Exit {
    /// The amount that the holder gets back.
    pub returned: Amount,
    /// The amount for the sink that the host names: those who stay, a treasury, or nobody.
    pub penalty: Amount,
}

/// The penalty, unchecked.
#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "ExitPenalty", deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "borsh", derive(borsh::BorshSerialize))]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("RawExitPenalty", "ExitPenalty"))
)]
pub(crate) enum RawExitPenalty {
    Flat { part: Fraction },
    Linear { over: Span, cap: Fraction },
}

tokenomics_internals::borsh_variants! {
    [] RawExitPenalty {
        0: Flat { part },
        1: Linear { over, cap },
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl From<&ExitPenalty> for RawExitPenalty {
    fn from(penalty: &ExitPenalty) -> Self {
        let ExitPenalty { over, cap, is_flat } = *penalty;
        if is_flat {
            Self::Flat { part: cap }
        } else {
            Self::Linear { over, cap }
        }
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl TryFrom<RawExitPenalty> for ExitPenalty {
    type Error = Error;

    fn try_from(raw: RawExitPenalty) -> Result<Self, Error> {
        match raw {
            RawExitPenalty::Flat { part } => Ok(Self::flat(part)),
            RawExitPenalty::Linear { over, cap } => Self::linear(over, cap),
        }
    }
}

tokenomics_internals::checked_codec! {
    [] ExitPenalty as RawExitPenalty: MaxEncodedLen
}
