//! A schedule behind a gate: the cliff with catch-up.

use tokenomics_fixed_math::{Amount, Timestamp};

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::FromSeed;
use crate::{Each, Error, Piece, Pieces, Resize, Schedule};

/// A schedule behind a gate: nothing before `until`, from then on what the schedule says.
///
/// This is the cliff with catch-up: vesting runs while the gate is shut, and what has vested
/// meanwhile is there when it opens. For the cliff that has an amount of its own, see
/// [`LumpLinear`](crate::LumpLinear).
///
/// # Laws
/// Those of [`Schedule`], as far as the schedule behind it keeps them.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Gate, Linear, Schedule};
///
/// // Four years, of which the first must be served.
/// let linear = Linear::new(Timestamp::new(0), Timestamp::new(48), Amount::new(4_800))?;
/// let schedule = Gate::new(linear, Timestamp::new(12));
/// assert_eq!(schedule.vested_at(Timestamp::new(11)), Amount::ZERO);
/// assert_eq!(schedule.vested_at(Timestamp::new(12)), Amount::new(1_200));
/// assert_eq!(schedule.vested_at(Timestamp::new(13)), Amount::new(1_300));
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
///
/// # Source
/// OpenZeppelin VestingWalletCliff, `_vestingSchedule`. Theirs requires the cliff to lie within
/// the duration; here a gate after the end is allowed, and all vests when it opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
pub struct Gate<S> {
    inner: S,
    until: Timestamp,
}

impl<S: Schedule> Gate<S> {
    /// Creates `inner` behind a gate: nothing of it vests before `until`.
    #[doc(alias("with_cliff", "cliff"))]
    #[must_use]
    pub const fn new(inner: S, until: Timestamp) -> Self {
        Self { inner, until }
    }

    /// Returns the schedule behind the gate.
    #[must_use]
    pub const fn inner(&self) -> &S {
        &self.inner
    }

    /// Returns the time at which the gate opens.
    #[must_use]
    pub const fn until(&self) -> Timestamp {
        self.until
    }
}

impl<S: Schedule> Schedule for Gate<S> {
    fn total(&self) -> Amount {
        self.inner.total()
    }

    fn start(&self) -> Timestamp {
        self.inner.start().max(self.until)
    }

    fn end(&self) -> Timestamp {
        self.inner.end().max(self.until)
    }

    fn vested_at(&self, at: Timestamp) -> Amount {
        if at < self.until {
            Amount::ZERO
        } else {
            self.inner.vested_at(at)
        }
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        if amount.is_zero() {
            return Some(Timestamp::ZERO);
        }
        self.inner.time_of(amount).map(|at| at.max(self.until))
    }
}

impl<S: Pieces> Pieces for Gate<S> {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        let open = self.until();
        if last < open {
            return Ok(());
        }
        self.inner().pieces_by(last, &mut |piece| match piece {
            Piece::Jump { at, amount } => each(Piece::Jump {
                at: at.max(open),
                amount,
            }),
            Piece::Line {
                line,
                later,
                from,
                until,
            } if open < until => each(Piece::Line {
                line,
                later,
                from: from.max(open),
                until,
            }),
            Piece::Line { .. } => Ok(()),
        })
    }
}

impl<S: Resize> Resize for Gate<S> {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        Ok(Self::new(self.inner().with_total(total)?, self.until()))
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl<S: Schedule> FromSeed for Gate<S> {
    type Seed = (S, Timestamp);

    fn from_seed((inner, until): Self::Seed) -> Option<Self> {
        Some(Self::new(inner, until))
    }
}
