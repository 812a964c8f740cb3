//! The stored form of an escrow: its sums, and the checks that changes could have led to them.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use tokenomics_fixed_math::{Amount, Timestamp, U256};

use super::{Checkpoint, Escrow};
use crate::schedule::Sums;
use crate::{Error, Terms};

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
        scale_info::TypeInfo
    )
)]
#[cfg_attr(
    feature = "scale",
    scale_info(replace_segment("EscrowFields", "Escrow"))
)]
pub(crate) struct EscrowFields {
    terms: Terms,
    clock: Timestamp,
    // Time, Σ amount and Σ amount·end over all locks made until then.
    checkpoints: Vec<(Timestamp, U256, U256)>,
    // All that was ever locked until each end, as of the last change.
    ends: Vec<(Timestamp, U256)>,
    // What wasn't withdrawn of it.
    held: Vec<(Timestamp, Amount)>,
}

impl From<&Escrow> for EscrowFields {
    fn from(escrow: &Escrow) -> Self {
        let checkpoints = escrow.checkpoints.iter();
        let ends = escrow.schedule.amounts();
        Self {
            terms: escrow.terms,
            clock: escrow.clock,
            checkpoints: checkpoints
                .map(|point| (point.at, point.issued.amount, point.issued.amount_end))
                .collect(),
            ends: ends
                .map(|(granules, amount)| (escrow.terms.end_of(granules), amount))
                .collect(),
            held: escrow
                .held
                .iter()
                .map(|(&end, &held)| (end, held))
                .collect(),
        }
    }
}

impl TryFrom<EscrowFields> for Escrow {
    type Error = Error;

    fn try_from(fields: EscrowFields) -> Result<Self, Error> {
        let mut escrow = Self::new(fields.terms);
        escrow.clock = fields.clock;
        escrow.read_ends(&fields.ends)?;
        escrow.read_held(&fields.held, &fields.ends)?;
        escrow.read_checkpoints(fields.checkpoints)?;
        escrow.check_totals()?;
        Ok(escrow)
    }
}

impl Escrow {
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
            let amount_end = amount.checked_mul(end.get().into())?;
            let sums = Sums { amount, amount_end };
            self.schedule.add(self.terms.granules(end), sums)?;
            last = end;
        }
        Ok(())
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
        if self.issued() != self.schedule.from(1)? {
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
