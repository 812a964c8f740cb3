//! A sequence of curves, each from where the one before it stops.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_internals::difference;

use crate::check::in_range;
use crate::{Curve, Error, Quantity};

/// A phase of [`Phases`]: a curve that is in force from a time on.
///
/// ```
/// use tokenomics_emission_curves::{Constant, Phase, Phases};
/// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
///
/// // 3 a second, and 1 a second from 100 on: the first curve is cut off there.
/// let (start, end) = (Timestamp::ZERO, Timestamp::new(1_000));
/// let at = |rate| Constant::new(start, end, Ratio::from_integer(rate));
/// let list = [Phase::new(start, at(3)?), Phase::new(Timestamp::new(100), at(1)?)];
/// assert_eq!(list[1].emitted_before(), Amount::ZERO);
/// let phases = Phases::new(list)?;
/// assert_eq!(phases.phases()[1].emitted_before(), Amount::new(300));
/// # Ok::<(), tokenomics_emission_curves::Error>(())
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
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; from: (Timestamp), curve: (C))),
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
pub struct Phase<C> {
    from: Timestamp,
    curve: C,
    // What all phases before it emit. `Phases::new` fills it in.
    #[cfg_attr(feature = "serde", serde(skip))]
    #[cfg_attr(feature = "borsh", borsh(skip))]
    #[cfg_attr(feature = "scale", codec(skip))]
    emitted_before: Amount,
}

impl<C> Phase<C> {
    /// Creates a phase that begins at `from` and emits what `curve` emits after that; an amount
    /// that `curve` has emitted by then is not part of it.
    #[must_use]
    pub const fn new(from: Timestamp, curve: C) -> Self {
        Self {
            from,
            curve,
            emitted_before: Amount::ZERO,
        }
    }

    /// Returns the time at which the phase takes over.
    #[must_use]
    pub const fn takes_over_at(&self) -> Timestamp {
        self.from
    }

    /// Returns the curve that is in force.
    #[must_use]
    pub const fn curve(&self) -> &C {
        &self.curve
    }

    /// Returns the amount that all phases before this one emit: 0 until it is part of [`Phases`].
    #[must_use]
    pub const fn emitted_before(&self) -> Amount {
        self.emitted_before
    }
}

impl<C: Curve> Phase<C> {
    /// Returns the amount emitted when the next phase takes over, which must be later.
    fn emitted_until(&self, next: Timestamp) -> Result<Amount, Error> {
        let earliest = u128::from(self.from.get()).saturating_add(1);
        let at = next.get().into();
        in_range(Quantity::PhaseStart, at, earliest, u64::MAX.into())?;
        let emitted = self.curve.emitted_between(self.from, next);
        Ok(self.emitted_before.checked_add(emitted)?)
    }

    /// Returns the amount emitted when the phase is over, if no other takes over.
    fn emitted_in_all(&self) -> Result<Amount, Error> {
        let emitted = self.curve.remaining_after(self.from);
        Ok(self.emitted_before.checked_add(emitted)?)
    }
}

/// A list of phases. It is public only for being a bound: its module isn't.
pub trait PhaseList {
    /// The curve of each phase.
    type Curve: Curve;

    /// Returns the phases, in order.
    fn phases(&self) -> &[Phase<Self::Curve>];

    /// Returns the phases, in order, to fill in what is emitted before each.
    fn phases_mut(&mut self) -> &mut [Phase<Self::Curve>];
}

impl<C: Curve, const N: usize> PhaseList for [Phase<C>; N] {
    type Curve = C;

    fn phases(&self) -> &[Phase<C>] {
        self
    }

    fn phases_mut(&mut self) -> &mut [Phase<C>] {
        self
    }
}

#[cfg(feature = "alloc")]
impl<C: Curve> PhaseList for Vec<Phase<C>> {
    type Curve = C;

    fn phases(&self) -> &[Phase<C>] {
        self
    }

    fn phases_mut(&mut self) -> &mut [Phase<C>] {
        self
    }
}

/// A sequence of curves, each in force from its own time until the next one's.
///
/// At a joint exactly as much has been emitted as the phase before it has by then, so the supply is
/// continuous, and no phase gets a remainder of another. A curve may be taken over from its middle,
/// and cut off there; between one that has ended and the next nothing is emitted.
///
/// `L` is an array of [`Phase`]s or, with `alloc`, a `Vec`. Curves of different kinds are one list
/// as `Phase<&dyn Curve>`.
///
/// # Rounding
/// That of the curves.
///
/// # Laws
/// Those of [`Curve`], as far as the curves keep them. `phases_join`: within a phase, what is
/// emitted is what its curve emits; at a joint nothing is lost or gained. A look-up is a binary
/// search and two evaluations.
///
/// ```
/// use tokenomics_emission_curves::{Constant, Curve, LinearRate, Phase, Phases};
/// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
///
/// // A ramp to 10 a second, and 10 a second from then on, as far as the clock goes.
/// let (launch, full) = (Timestamp::new(1_000), Timestamp::new(1_100));
/// let (nothing, ten) = (Ratio::new(0, 1)?, Ratio::new(10, 1)?);
/// let ramp = LinearRate::new(launch, full, nothing, ten)?;
/// let steady = Constant::new(full, Timestamp::MAX, ten)?;
/// let phases: [Phase<&dyn Curve>; 2] = [Phase::new(launch, &ramp), Phase::new(full, &steady)];
/// let curve = Phases::new(phases)?;
/// assert_eq!(curve.emitted_at(full), Amount::new(500));
/// assert_eq!(curve.emitted_at(Timestamp::new(1_101)), Amount::new(510));
/// assert_eq!(curve.time_of(Amount::new(511)), Some(Timestamp::new(1_102)));
/// # Ok::<(), tokenomics_emission_curves::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(
        try_from = "RawPhases<L>",
        bound(deserialize = "L: PhaseList + serde::Deserialize<'de>")
    )
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
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct Phases<L> {
    // Never empty; each is later than the one before.
    phases: L,
}

impl<L: PhaseList> Phases<L> {
    /// Creates the sequence of `phases`, one after the other.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for no phases, and for one that isn't later than the one before it;
    /// [`Error::Overflow`] if all of them emit more than [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_emission_curves::{Constant, Error, Phase, Phases, Quantity};
    /// # use tokenomics_fixed_math::{Ratio, Timestamp};
    /// let steady = Constant::new(Timestamp::ZERO, Timestamp::new(1_000), Ratio::ONE)?;
    /// let at = |time| Phase::new(Timestamp::new(time), steady);
    /// assert!(Phases::new([at(100), at(101)]).is_ok());
    ///
    /// let (what, value, bound) = (Quantity::PhaseStart, 100, 101);
    /// assert_eq!(Phases::new([at(100), at(100)]), Err(Error::OutOfRange { what, value, bound }));
    /// # Ok::<(), tokenomics_emission_curves::Error>(())
    /// ```
    pub fn new(phases: L) -> Result<Self, Error> {
        let mut phases = phases;
        let list = phases.phases_mut();
        let count = u128::try_from(list.len()).unwrap_or(u128::MAX);
        in_range(Quantity::PhaseCount, count, 1, u128::MAX)?;
        let mut last: Option<&Phase<_>> = None;
        for phase in list {
            phase.emitted_before = match last {
                None => Amount::ZERO,
                Some(last) => last.emitted_until(phase.from)?,
            };
            last = Some(phase);
        }
        last.map_or(Ok(Amount::ZERO), Phase::emitted_in_all)?;
        Ok(Self { phases })
    }

    /// Returns all phases, in order; there is at least one.
    #[must_use]
    pub fn phases(&self) -> &[Phase<L::Curve>] {
        self.phases.phases()
    }

    /// Returns the phase in force at `at`, the last that begins at or before it; `None` before the
    /// first.
    #[must_use]
    pub fn phase_at(&self, at: Timestamp) -> Option<&Phase<L::Curve>> {
        let after = self.phases().partition_point(|phase| phase.from <= at);
        self.phases().get(after.checked_sub(1)?)
    }
}

impl<L: PhaseList> Curve for Phases<L> {
    fn cap(&self) -> Amount {
        // Which the constructor has seen fit.
        let cap = self.phases().last().map(Phase::emitted_in_all);
        cap.and_then(Result::ok).unwrap_or(Amount::ZERO)
    }

    fn start(&self) -> Timestamp {
        self.phases()
            .first()
            .map_or(Timestamp::ZERO, |first| first.from)
    }

    fn end(&self) -> Timestamp {
        self.phases()
            .last()
            .map_or(Timestamp::ZERO, |last| last.curve.end().max(last.from))
    }

    fn emitted_at(&self, at: Timestamp) -> Amount {
        let Some(phase) = self.phase_at(at) else {
            return Amount::ZERO;
        };
        // At most what the next one begins with, or the cap.
        let emitted = phase.curve.emitted_between(phase.from, at);
        let emitted = phase.emitted_before.checked_add(emitted);
        emitted.unwrap_or(phase.emitted_before)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        if amount.is_zero() {
            return Some(Timestamp::ZERO);
        }
        if amount > self.cap() {
            return None;
        }
        // The last phase that begins with less emitted reaches it; the first begins with 0, so there
        // is one.
        let phases = self.phases();
        let index = phases.partition_point(|phase| phase.emitted_before < amount);
        let phase = phases.get(index.checked_sub(1)?)?;
        let missing = difference(amount, phase.emitted_before);
        // More than the curve has by `from`, so its time is later.
        let total = phase.curve.emitted_at(phase.from).checked_add(missing);
        phase.curve.time_of(total.ok()?)
    }
}

tokenomics_internals::checked_codec! {
    Phases<L: PhaseList>::new as RawPhases {
        phases: L,
    }
}
