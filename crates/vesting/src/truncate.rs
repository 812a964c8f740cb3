//! A schedule that ends early.

use tokenomics_fixed_math::{Amount, Timestamp};

use crate::pieces::cut;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::FromSeed;
use crate::{Each, Error, Pieces, Schedule};

/// A schedule that ends early: what has vested by `until`, and no more after it.
///
/// Its total is what the schedule has vested by then. This is the curve of a grant that is revoked
/// at `until`. To end at an amount instead, take the [`Min`](crate::Min) with a
/// [`Cliff`](crate::Cliff) of it.
///
/// # Rounding
/// That of the schedule.
///
/// # Laws
/// Those of [`Schedule`], as far as the schedule keeps them; `non_expansive` in the schedule's own
/// total.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Linear, Schedule, Truncate};
///
/// let linear = Linear::new(Timestamp::new(0), Timestamp::new(100), Amount::new(1_000))?;
/// let revoked = Truncate::new(linear, Timestamp::new(60));
/// assert_eq!(revoked.total(), Amount::new(600));
/// assert_eq!(revoked.vested_at(Timestamp::new(59)), Amount::new(590));
/// assert_eq!(revoked.vested_at(Timestamp::new(99)), Amount::new(600));
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
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
pub struct Truncate<S> {
    inner: S,
    until: Timestamp,
}

impl<S: Schedule> Truncate<S> {
    /// Creates `inner` ended early: nothing of it vests after `until`.
    #[must_use]
    pub const fn new(inner: S, until: Timestamp) -> Self {
        Self { inner, until }
    }

    /// Returns the schedule as it would go on.
    #[must_use]
    pub const fn inner(&self) -> &S {
        &self.inner
    }

    /// Returns the last time at which anything vests.
    #[must_use]
    pub const fn until(&self) -> Timestamp {
        self.until
    }
}

impl<S: Schedule> Schedule for Truncate<S> {
    fn total(&self) -> Amount {
        self.inner.vested_at(self.until)
    }

    fn start(&self) -> Timestamp {
        self.inner.start().min(self.until)
    }

    fn end(&self) -> Timestamp {
        self.inner.end().min(self.until)
    }

    fn vested_at(&self, at: Timestamp) -> Amount {
        self.inner.vested_at(at.min(self.until))
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        let at = self.inner.time_of(amount)?;
        (at <= self.until).then_some(at)
    }
}

impl<S: Pieces> Pieces for Truncate<S> {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        let pieces = |last: Timestamp, each: &mut Each<'_>| self.inner().pieces_by(last, each);
        cut(self.until(), self.total(), last, pieces, each)
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl<S: Schedule> FromSeed for Truncate<S> {
    type Seed = (S, Timestamp);

    fn from_seed((inner, until): Self::Seed) -> Option<Self> {
        Some(Self::new(inner, until))
    }
}
