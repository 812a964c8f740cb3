//! The state of an escrow in memory, and the checks that changes could have led to it.

use alloc::vec::Vec;

use tokenomics_fixed_math::{Amount, Timestamp, U256};
use tokenomics_internals::Change;

use super::{Escrow, InMemory};
use crate::line::Line;
use crate::totals::{Checkpoint, History};
use crate::{Error, Terms};

/// The state of an [`Escrow`] in memory: what it is stored as, and restored from by
/// [`Escrow::restore`], which checks it.
///
/// Its size grows with the distinct times of changes and with the distinct ends, and not with the
/// locks. A weight that is linear in time is its slope and its intercept, each modulo 2^256.
///
/// ```
/// use tokenomics_escrow_weighting::{Escrow, EscrowState, Terms};
/// use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
///
/// let (terms, at) = (Terms::new(Span::new(40), Span::new(4))?, Timestamp::new);
/// let mut escrow = Escrow::new(terms);
/// escrow.create(at(3), Amount::new(5), terms.decaying(wad!("1"), at(8))?)?;
/// let EscrowState { clock, locked, checkpoints, changes, .. } = escrow.state();
/// assert_eq!((clock, locked), (at(3), Amount::new(5)));
/// assert_eq!((checkpoints.len(), changes.len()), (1, 1));
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "Escrow", deny_unknown_fields)
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
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("EscrowState", "Escrow"))
)]
pub struct EscrowState {
    /// The terms on which it locks.
    pub terms: Terms,
    /// The time of the last change.
    pub clock: Timestamp,
    /// All that is held: what is locked, has ended, or cools down.
    pub locked: Amount,
    /// The amount that cools down.
    pub cooling: Amount,
    /// The times of changes, in order, each with the slope and the intercept of what changed at once
    /// until then.
    pub checkpoints: Vec<(Timestamp, U256, U256)>,
    /// The times at which a weight changes pace later on, or did, in order, each with the change of
    /// the slope and the intercept, and what is held until then: at the clock's last instant, of
    /// permanent locks.
    pub changes: Vec<(Timestamp, U256, U256, Amount)>,
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl From<&Escrow<InMemory>> for EscrowState {
    fn from(escrow: &Escrow<InMemory>) -> Self {
        escrow.state()
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl TryFrom<EscrowState> for Escrow<InMemory> {
    type Error = Error;

    fn try_from(state: EscrowState) -> Result<Self, Error> {
        Self::restore(state)
    }
}

impl Escrow<InMemory> {
    /// Restores an escrow from its state: it answers and goes on as the one that gave it.
    ///
    /// # Errors
    /// [`Error::Stored`], [`Error::OffGranule`] or [`Error::Overflow`] for a state that no sequence of
    /// changes leads to, as far as the sums tell: times out of order or past the longest lock, more or
    /// less held than is locked, and a total that is more than all that is held can weigh.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Error, Escrow, EscrowState, Terms};
    /// # use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
    /// let terms = Terms::new(Span::new(40), Span::new(4))?;
    /// let mut escrow = Escrow::new(terms);
    /// let now = Timestamp::new(3);
    /// escrow.create(now, Amount::new(5), terms.decaying(wad!("1"), Timestamp::new(8))?)?;
    /// assert_eq!(Escrow::restore(escrow.state())?.state(), escrow.state());
    ///
    /// // More can't be held than is locked until some end.
    /// let locked = Amount::new(6);
    /// let refused = Escrow::restore(EscrowState { locked, ..escrow.state() });
    /// assert_eq!(refused.map(drop), Err(Error::Stored { at: now }));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn restore(state: EscrowState) -> Result<Self, Error> {
        let mut totals = History::new(Vec::new(), Vec::new());
        read_checkpoints(&state, &mut totals)?;
        read_changes(&state, &mut totals)?;
        let escrow = Self {
            terms: state.terms,
            clock: state.clock,
            locked: state.locked,
            cooling: state.cooling,
            totals,
        };
        escrow.check_totals()?;
        Ok(escrow)
    }

    /// Returns the state, for [`restore`](Self::restore).
    #[must_use]
    pub fn state(&self) -> EscrowState {
        let point = |point: Checkpoint| {
            let (slope, intercept) = point.sum.parts();
            (point.at, slope, intercept)
        };
        let change = |(at, line, held): (Timestamp, Line, u128)| {
            let (slope, intercept) = line.parts();
            (at, slope, intercept, Amount::new(held))
        };
        EscrowState {
            terms: self.terms,
            clock: self.clock,
            locked: self.locked,
            cooling: self.cooling,
            checkpoints: self.totals.points().map(point).collect(),
            changes: self.totals.changes().map(change).collect(),
        }
    }

    /// Checks that every total is one that what was held can weigh.
    ///
    /// Between two times of a change a total is linear: where it is in range at both ends, and doesn't
    /// wrap on the way, it is between them.
    fn check_totals(&self) -> Result<(), Error> {
        self.check_lines()?;
        let points = self.totals.points().map(|point| point.at);
        let past = self.totals.changes().map(|(at, ..)| at);
        let past = past.take_while(|&at| at <= self.clock);
        for at in points.chain(past) {
            // What was held then is forgotten.
            self.check_total(before(at), Amount::MAX)?;
            self.check_total(at, Amount::MAX)?;
        }
        let mut live = self.live()?;
        self.check_total(self.clock, live)?;
        for (at, _, held) in self.totals.changes().filter(|&(at, ..)| at > self.clock) {
            self.check_total(before(at), live)?;
            if at < Timestamp::MAX {
                live = live.checked_sub(Amount::new(held))?;
            }
            self.check_total(at, live)?;
        }
        self.check_total(Timestamp::MAX, live)
    }

    /// Checks that no total wraps between two times of a change, or after the last.
    fn check_lines(&self) -> Result<(), Error> {
        let points = self.totals.points().map(|point| point.at);
        let mut times: Vec<_> = points
            .chain(self.totals.changes().map(|(at, ..)| at))
            .collect();
        times.sort_unstable();
        let ends = times.iter().skip(1).map(|&next| before(next));
        for (&from, to) in times.iter().zip(ends.chain([Timestamp::MAX])) {
            let units = to.get().saturating_sub(from.get());
            let line = self.totals.line_at(from);
            let (first, last) = (line.at(from), line.at(to));
            let (low, high, up) = if first <= last {
                (first, last, line)
            } else {
                (last, first, line.negated())
            };
            let (slope, _) = up.parts();
            let rise = high.checked_sub(low)?;
            if units > 0 && rise.div_rem(units.into()).ok() != Some((slope, 0)) {
                return Err(Error::Stored { at: from });
            }
        }
        Ok(())
    }

    /// Returns what is held of locks that haven't ended.
    fn live(&self) -> Result<Amount, Error> {
        let changes = self.totals.changes();
        let is_over = |at: Timestamp| at <= self.clock && at < Timestamp::MAX;
        let mut ended = changes.filter(|&(at, ..)| is_over(at));
        let held = self.locked.checked_sub(self.cooling)?;
        ended.try_fold(held, |live, (_, _, held)| {
            Ok(live.checked_sub(Amount::new(held))?)
        })
    }

    fn check_total(&self, at: Timestamp, held: Amount) -> Result<(), Error> {
        if self.total_at(at) > U256::product(held.get(), self.terms.level_of_most()) {
            return Err(Error::Stored { at });
        }
        Ok(())
    }
}

fn before(at: Timestamp) -> Timestamp {
    Timestamp::new(at.get().saturating_sub(1))
}

/// Reads the checkpoints, and checks that they are in order.
fn read_checkpoints(state: &EscrowState, totals: &mut InMemory) -> Result<(), Error> {
    let mut last = None;
    for &(at, slope, intercept) in &state.checkpoints {
        if at > state.clock || last.is_some_and(|last| at <= last) {
            return Err(Error::Stored { at });
        }
        let sum = Line::from_parts(slope, intercept);
        totals.push(Checkpoint { at, sum })?;
        last = Some(at);
    }
    Ok(())
}

/// Reads the later changes, and checks that they are in order, and what is held.
fn read_changes(state: &EscrowState, totals: &mut InMemory) -> Result<(), Error> {
    let (mut last, mut held_in_all) = (None, state.cooling);
    for &(at, slope, intercept, held) in &state.changes {
        let line = Line::from_parts(slope, intercept);
        let is_empty = held.is_zero() && line == Line::default();
        if is_empty || last.is_some_and(|last| at <= last) {
            return Err(Error::Stored { at });
        }
        if !held.is_zero() {
            check_end(state, at)?;
        }
        totals
            .add_change(at, line, held.get())
            .map_err(|_| Error::Stored { at })?;
        held_in_all = held_in_all.checked_add(held)?;
        last = Some(at);
    }
    if held_in_all != state.locked {
        return Err(Error::Stored { at: state.clock });
    }
    Ok(())
}

/// Checks that locks may end then: at the clock's last instant, permanent ones are held too.
fn check_end(state: &EscrowState, at: Timestamp) -> Result<(), Error> {
    if at == Timestamp::MAX {
        return Ok(());
    }
    state.terms.check_granule(at)?;
    let reach = state.clock.checked_add(state.terms.max());
    if reach.is_ok_and(|reach| at > reach) {
        return Err(Error::Stored { at });
    }
    Ok(())
}

tokenomics_internals::checked_codec! {
    [] Escrow<InMemory> as EscrowState
}
