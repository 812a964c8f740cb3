//! The state of an escrow: its sums, and the checks that changes could have led to them.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use tokenomics_fixed_math::{Amount, Timestamp, U256};

use super::{Checkpoint, Escrow};
use crate::schedule::Sums;
use crate::{Error, Terms};

/// The state of an [`Escrow`]: what it is stored as, and restored from by [`Escrow::restore`], which
/// checks it.
///
/// Its size grows with the distinct times of changes and with the distinct ends, and not with the
/// locks.
///
/// ```
/// use tokenomics_escrow_weighting::{Escrow, EscrowState, Terms};
/// use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};
///
/// let (terms, at) = (Terms::new(Span::new(40), Span::new(4))?, Timestamp::new);
/// let mut escrow = Escrow::new(terms);
/// escrow.create(at(3), Amount::new(5), at(8))?;
/// let state = EscrowState {
///     terms,
///     clock: at(3),
///     checkpoints: vec![(at(3), U256::from(5), U256::from(5 * 8))],
///     ends: vec![(at(8), U256::from(5))],
///     held: vec![(at(8), Amount::new(5))],
/// };
/// assert_eq!(escrow.state(), state);
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "Escrow", deny_unknown_fields)
)]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        scale_info::TypeInfo
    ),
    scale_info(replace_segment("EscrowState", "Escrow"))
)]
pub struct EscrowState {
    /// The terms on which it locks.
    pub terms: Terms,
    /// The time of the last change.
    pub clock: Timestamp,
    /// The times at which something was locked or extended, in order, each with Σ amount and
    /// Σ amount·end over all locks made until then.
    pub checkpoints: Vec<(Timestamp, U256, U256)>,
    /// The ends of all locks ever made, in order, each with all that was locked until it, as of the
    /// last change.
    pub ends: Vec<(Timestamp, U256)>,
    /// The ends until which something is held, each with what wasn't withdrawn of it.
    pub held: Vec<(Timestamp, Amount)>,
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl From<&Escrow> for EscrowState {
    fn from(escrow: &Escrow) -> Self {
        escrow.state()
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl TryFrom<EscrowState> for Escrow {
    type Error = Error;

    fn try_from(state: EscrowState) -> Result<Self, Error> {
        Self::restore(state)
    }
}

impl Escrow {
    /// Restores an escrow from its state: it answers and goes on as the one that gave it.
    ///
    /// # Errors
    /// [`Error::Stored`], [`Error::OutOfRange`], [`Error::OffGranule`] or [`Error::Overflow`] for a
    /// state that no sequence of changes leads to.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Error, Escrow, EscrowState, Terms};
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// let mut escrow = Escrow::new(Terms::new(Span::new(40), Span::new(4))?);
    /// let end = Timestamp::new(8);
    /// escrow.create(Timestamp::new(3), Amount::new(5), end)?;
    /// assert_eq!(Escrow::restore(escrow.state())?, escrow);
    ///
    /// // More can't be held than was locked.
    /// let held = vec![(end, Amount::new(6))];
    /// let refused = Escrow::restore(EscrowState { held, ..escrow.state() });
    /// assert_eq!(refused, Err(Error::Stored { at: end }));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn restore(state: EscrowState) -> Result<Self, Error> {
        let mut escrow = Self::new(state.terms);
        escrow.clock = state.clock;
        escrow.read_ends(&state.ends)?;
        escrow.read_held(&state.held, &state.ends)?;
        escrow.read_checkpoints(state.checkpoints)?;
        escrow.check_totals()?;
        Ok(escrow)
    }

    /// Returns the state, for [`restore`](Self::restore).
    #[must_use]
    pub fn state(&self) -> EscrowState {
        let checkpoints = self.checkpoints.iter();
        let ends = self.schedule.amounts();
        EscrowState {
            terms: self.terms,
            clock: self.clock,
            checkpoints: checkpoints
                .map(|point| (point.at, point.issued.amount, point.issued.amount_end))
                .collect(),
            ends: ends
                .map(|(granules, amount)| (self.terms.end_of(granules), amount))
                .collect(),
            held: self.held.iter().map(|(&end, &held)| (end, held)).collect(),
        }
    }

    /// Reads the ends, and checks that each can have been locked until, at the latest at the last
    /// change.
    fn read_ends(&mut self, ends: &[(Timestamp, U256)]) -> Result<(), Error> {
        let mut last = Timestamp::ZERO;
        for &(end, amount) in ends {
            if end > self.clock {
                self.terms.check_end(self.clock, last, end)?;
            }
            if end <= last || amount.is_zero() {
                return Err(Error::Stored { at: end });
            }
            self.terms.check_granule(end)?;
            self.read_end(end, amount)
                .map_err(|_| Error::Stored { at: end })?;
            last = end;
        }
        Ok(())
    }

    /// Adds what was locked until an end: an error for more than any changes sum to.
    fn read_end(&mut self, end: Timestamp, amount: U256) -> Result<(), Error> {
        let amount_end = amount.checked_mul(end.get().into())?;
        let sums = Sums { amount, amount_end };
        self.schedule.add(self.terms.granules(end), sums)
    }

    /// Reads what is held, and checks that it is a part of what was locked, and all of it until an
    /// end that hasn't passed.
    fn read_held(
        &mut self,
        held: &[(Timestamp, Amount)],
        ends: &[(Timestamp, U256)],
    ) -> Result<(), Error> {
        let issued: BTreeMap<Timestamp, U256> = ends.iter().copied().collect();
        for &(end, amount) in held {
            let most = issued.get(&end).copied().unwrap_or_default();
            let fits = !amount.is_zero() && U256::from(amount.get()) <= most;
            if !fits || self.held.insert(end, amount).is_some() {
                return Err(Error::Stored { at: end });
            }
            self.locked = self.locked.checked_add(amount)?;
        }
        for (&end, &amount) in issued.iter().filter(|(&end, _)| end > self.clock) {
            if U256::from(self.held_until(end).get()) != amount {
                return Err(Error::Stored { at: end });
            }
        }
        Ok(())
    }

    /// Reads the checkpoints, and checks that they are in order, that nothing is ever taken away,
    /// and that the last ones are the sums of all ends.
    fn read_checkpoints(&mut self, points: Vec<(Timestamp, U256, U256)>) -> Result<(), Error> {
        for (at, amount, amount_end) in points {
            let issued = Sums { amount, amount_end };
            let in_order = self.checkpoints.last().is_none_or(|last| last.at < at);
            if !in_order || at > self.clock || issued.checked_sub(self.issued()).is_err() {
                return Err(Error::Stored { at });
            }
            self.checkpoints.push(Checkpoint { at, issued });
        }
        // No end is at 0, and so the sum from the first granule on is that of all.
        if self.schedule.from(1) != Ok(self.issued()) {
            return Err(Error::Stored { at: self.clock });
        }
        Ok(())
    }

    /// Checks that every total has a value.
    ///
    /// From one checkpoint to the next the total falls, and the amount that is live as well: where
    /// neither is too much at the first nor below zero just before the next, no total in between is
    /// without one.
    fn check_totals(&self) -> Result<(), Error> {
        let times = || self.checkpoints.iter().map(|point| point.at);
        let before_next = times()
            .skip(1)
            .map(|at| Timestamp::new(at.get().saturating_sub(1)));
        for at in times().chain(before_next) {
            let total = self.sum_at(at).map_err(|_| Error::Stored { at })?;
            self.terms.weight(total).map_err(|_| Error::Stored { at })?;
        }
        Ok(())
    }
}
