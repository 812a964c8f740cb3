//! Any schedule as one type, for lists and files.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 7"
    )
)]

use tokenomics_fixed_math::{Amount, Timestamp};

use crate::{
    Error, Gate, MaybePieces, Min, Pieces, Resize, Scale, Schedule, Shift, SimpleSchedule, Sum,
    Truncate,
};

/// Any schedule of this crate, alone or combined once, as one type: for lists of mixed schedules,
/// and for files.
///
/// The parts of a combination are of type `S`. So an `AnySchedule<AnySchedule>` is combined twice,
/// and the depth of a value that was read from hostile bytes is bounded by its type.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Span, Timestamp};
/// use tokenomics_vesting::{Allocation, AnySchedule, Cliff, Schedule, Step, StepParams};
///
/// // Optimism's core contributors: a lump on 2023-05-31, and 36 instalments after it.
/// let at = Timestamp::new(1_685_491_200);
/// let (month, rest) = (Span::new(2_629_743), Amount::new(36 * 17_000_912_213_333));
/// let team: [AnySchedule; 2] = [
///     Cliff::new(at, Amount::new(204_010_946_560_000)).into(),
///     Step::new(StepParams {
///         start: at,
///         period: month,
///         count: 36,
///         total: rest,
///         allocation: Allocation::CumulativeRoundDown,
///     })?.into(),
/// ];
/// let vested = team.map(|part| part.vested_at(Timestamp::new(1_690_329_600)));
/// assert_eq!(Amount::try_sum(vested)?, Amount::new(221_011_858_773_333));
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(
        rename_all = "snake_case",
        // What the derive of cw-schema reads no further than, and can't read what follows.
        crate = "serde",
        bound(deserialize = "S: Schedule + serde::Deserialize<'de>")
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
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata),
    codec(decode_bound(S: Schedule + parity_scale_codec::Decode)),
    codec(decode_with_mem_tracking_bound(S: Schedule + parity_scale_codec::DecodeWithMemTracking))
)]
#[non_exhaustive]
pub enum AnySchedule<S = SimpleSchedule> {
    /// A schedule by itself.
    Simple(S),
    /// A schedule behind a gate: nothing until a time, then all that has vested.
    Gate(Gate<S>),
    /// The sum of two schedules.
    Sum(Sum<S, S>),
    /// The lesser of two schedules.
    Min(Min<S, S>),
    /// A schedule moved later or earlier.
    Shift(Shift<S>),
    /// A schedule scaled to another total.
    Scale(Scale<S>),
    /// A schedule that ends early.
    Truncate(Truncate<S>),
}

tokenomics_internals::borsh_variants! {
    [S: Schedule + borsh::BorshDeserialize] AnySchedule<S> {
        0: Simple(schedule),
        1: Gate(schedule),
        2: Sum(schedule),
        3: Min(schedule),
        4: Shift(schedule),
        5: Scale(schedule),
        6: Truncate(schedule),
    }
}

impl<S: Schedule> AnySchedule<S> {
    fn get(&self) -> &dyn Schedule {
        match self {
            Self::Simple(schedule) => schedule,
            Self::Gate(schedule) => schedule,
            Self::Sum(schedule) => schedule,
            Self::Min(schedule) => schedule,
            Self::Shift(schedule) => schedule,
            Self::Scale(schedule) => schedule,
            Self::Truncate(schedule) => schedule,
        }
    }
}

impl<S: Schedule> Schedule for AnySchedule<S> {
    fn total(&self) -> Amount {
        self.get().total()
    }

    fn start(&self) -> Timestamp {
        self.get().start()
    }

    fn end(&self) -> Timestamp {
        self.get().end()
    }

    fn vested_at(&self, at: Timestamp) -> Amount {
        self.get().vested_at(at)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        self.get().time_of(amount)
    }
}

/// A minimum, whose breakpoints are none of its parts', and what is scaled, which is rounded twice,
/// are not in pieces.
impl<S: MaybePieces> MaybePieces for AnySchedule<S> {
    fn visit_pieces(&self, then: &mut dyn FnMut(&dyn Pieces)) {
        match self {
            Self::Simple(schedule) => schedule.visit_pieces(then),
            Self::Gate(gate) => gate
                .inner()
                .visit_pieces(&mut |inner| then(&Gate::new(inner, gate.until()))),
            Self::Sum(sum) => sum.left().visit_pieces(&mut |left| {
                sum.right()
                    .visit_pieces(&mut |right| then(&Sum::of(left, right)));
            }),
            Self::Shift(shift) => shift
                .inner()
                .visit_pieces(&mut |inner| then(&shift.of(inner))),
            Self::Truncate(truncate) => truncate
                .inner()
                .visit_pieces(&mut |inner| then(&Truncate::new(inner, truncate.until()))),
            Self::Min(_) | Self::Scale(_) => {}
        }
    }
}

/// Returns [`Error::NotResizable`] where two schedules, or a time, decide what the total is.
impl<S: Resize + Clone> Resize for AnySchedule<S> {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        Ok(match self {
            Self::Simple(schedule) => Self::Simple(schedule.with_total(total)?),
            Self::Gate(schedule) => Self::Gate(schedule.with_total(total)?),
            Self::Shift(schedule) => Self::Shift(schedule.with_total(total)?),
            Self::Scale(schedule) => Self::Scale(schedule.with_total(total)?),
            Self::Sum(_) | Self::Min(_) | Self::Truncate(_) => return Err(Error::NotResizable),
        })
    }
}

impl<T: Into<SimpleSchedule>> From<T> for AnySchedule {
    fn from(schedule: T) -> Self {
        Self::Simple(schedule.into())
    }
}

impl<T: Schedule + Clone + Into<SimpleSchedule>> From<Gate<T>> for AnySchedule {
    fn from(schedule: Gate<T>) -> Self {
        let inner = schedule.inner().clone().into();
        Self::Gate(Gate::new(inner, schedule.until()))
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl<S: Schedule + Clone> AnySchedule<S> {
    /// Returns the sum, or where its total would be too large, the lesser of the two.
    pub(crate) fn sum_or_min(left: S, right: S) -> Self {
        match Sum::new(left.clone(), right.clone()) {
            Ok(sum) => Self::Sum(sum),
            Err(_) => Self::Min(Min::new(left, right)),
        }
    }
}
