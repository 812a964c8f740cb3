//! Gauges: what an emission minted in an epoch → those to whom votes direct it, once the epoch is over.
//!
//! An epoch goes by the votes strictly before it begins: what holders lock in that instant counts from the
//! next epoch on. Where there were none, what was minted goes where the emission says.

use tokenomics_design::{Design, Gauge, Period};
use tokenomics_fee_split::largest_remainder;
use tokenomics_fixed_math::{Amount, Error, Fraction, Rounding, Timestamp, U256};

use crate::error::{agree, Cause};
use crate::ledger::{Batch, Ledger};
use crate::Accounts;

/// The sums that gauges got, and the epochs that run.
#[derive(Debug)]
pub(crate) struct Gauges<'d> {
    design: &'d Design,
    epochs: Vec<Epochs>,
    /// The sum that each gauge got.
    paid: Vec<Amount>,
    /// The sum that gauges got of each emission.
    directed: Vec<Amount>,
    /// The part of each emission that no gauge got, as none had votes.
    unvoted: Vec<Amount>,
    next: Timestamp,
}

/// The epochs of an emission.
#[derive(Debug)]
struct Epochs {
    emission: usize,
    length: Period,
    /// The number of epochs that have begun.
    begun: u64,
    next: Timestamp,
    /// The relative weights of the gauges in the epoch that runs; all zero where nobody voted.
    weights: Vec<u64>,
}

/// The parts of what was minted in epochs that end, and the relative weights in those that begin.
#[derive(Debug)]
pub(crate) struct Planned {
    /// The place of each epoch that ends, what was minted in it, and what each gauge gets of that.
    parts: Vec<(usize, Amount, Vec<Amount>)>,
    weights: Vec<u64>,
}

impl<'d> Gauges<'d> {
    pub(crate) fn new(design: &'d Design) -> Self {
        let emissions = design.emissions.iter().enumerate();
        let epochs = emissions.filter_map(|(emission, one)| {
            Some(Epochs {
                emission,
                length: one.gauges?,
                begun: 0,
                next: one.start,
                weights: vec![0; design.gauges.len()],
            })
        });
        let mut gauges = Self {
            design,
            epochs: epochs.collect(),
            paid: vec![Amount::ZERO; design.gauges.len()],
            directed: vec![Amount::ZERO; design.emissions.len()],
            unvoted: vec![Amount::ZERO; design.emissions.len()],
            next: Timestamp::MAX,
        };
        gauges.schedule();
        gauges
    }

    /// Returns what each gauge got.
    pub(crate) fn paid(&self) -> &[Amount] {
        &self.paid
    }

    /// Returns what gauges got of each emission.
    pub(crate) fn directed(&self) -> &[Amount] {
        &self.directed
    }

    /// Returns what of each emission was minted in epochs before which no gauge had votes.
    pub(crate) fn unvoted(&self) -> &[Amount] {
        &self.unvoted
    }

    /// Returns when an epoch next begins or ends.
    pub(crate) fn next(&self) -> Timestamp {
        self.next
    }

    fn schedule(&mut self) {
        let next = self.epochs.iter().map(|epochs| epochs.next).min();
        self.next = next.unwrap_or(Timestamp::MAX);
    }

    /// Plans what gauges get at `at`, by whose last instant holders had `votes` under each programme.
    pub(crate) fn plan(
        &self,
        at: Timestamp,
        votes: &[U256],
        (ledger, accounts): (&Ledger, &Accounts),
        batch: &mut Batch,
    ) -> Result<Planned, Cause> {
        let mut planned = Planned {
            parts: Vec::new(),
            weights: relative_weights(&self.design.gauges, votes)?,
        };
        for (place, epochs) in self.epochs.iter().enumerate() {
            let Some(waiting) = accounts.directed[epochs.emission] else {
                continue;
            };
            // Nothing has ended where the first one begins.
            if epochs.next != at || epochs.begun == 0 {
                continue;
            }
            let minted = ledger.balance(waiting);
            let mut parts = vec![Amount::ZERO; epochs.weights.len()];
            let to = if epochs.weights.iter().all(|weight| *weight == 0) {
                accounts.of(self.design.emissions[epochs.emission].to)
            } else {
                largest_remainder(minted, &epochs.weights, &mut parts)?;
                accounts.circulating
            };
            batch.transfer(waiting, to, minted);
            planned.parts.push((place, minted, parts));
        }
        Ok(planned)
    }

    /// Takes over what was planned for `at`, now that the ledger has moved it.
    pub(crate) fn commit(
        &mut self,
        at: Timestamp,
        planned: Planned,
        (ledger, accounts): (&Ledger, &Accounts),
    ) -> Result<(), Cause> {
        for (place, minted, parts) in planned.parts {
            let emission = self.epochs[place].emission;
            for (paid, part) in self.paid.iter_mut().zip(&parts) {
                *paid = paid.checked_add(*part)?;
            }
            let all = Amount::try_sum(parts)?;
            self.directed[emission] = self.directed[emission].checked_add(all)?;
            let unvoted = minted.checked_sub(all)?;
            self.unvoted[emission] = self.unvoted[emission].checked_add(unvoted)?;
            let waiting = accounts.directed[emission];
            let left = waiting.map_or(Amount::ZERO, |account| ledger.balance(account));
            agree("gauges", Amount::ZERO, left)?;
        }
        for epochs in self.epochs.iter_mut().filter(|epochs| epochs.next == at) {
            epochs.begun += 1;
            epochs.weights.clone_from(&planned.weights);
            let start = self.design.emissions[epochs.emission].start;
            let next = epochs.length.after(start, epochs.begun);
            epochs.next = next.unwrap_or(Timestamp::MAX);
        }
        self.schedule();
        Ok(())
    }
}

/// Returns the relative weight of each gauge in 10^−18, which sum to exactly one; all zero where nobody
/// voted for any.
///
/// # Rounding
/// Each boundary between two gauges is floored; nothing is left over.
pub(crate) fn relative_weights(gauges: &[Gauge], votes: &[U256]) -> Result<Vec<u64>, Error> {
    let scale = U256::from(u128::from(Fraction::SCALE));
    let mut sums = Vec::with_capacity(gauges.len());
    let mut sum = U256::ZERO;
    for gauge in gauges {
        for (votes, share) in votes.iter().zip(&gauge.votes) {
            let share = U256::from(u128::from(share.raw()));
            // Of a unit of 10^−18 base units for a unit of time, so that no vote of anybody is lost.
            sum = sum.checked_add(votes.mul_div(share, scale, Rounding::Floor)?)?;
        }
        sums.push(sum);
    }
    if sum == U256::ZERO {
        return Ok(vec![0; gauges.len()]);
    }
    let mut before = 0;
    let relative = sums.into_iter().map(|upto| {
        let upto = upto.mul_div(scale, sum, Rounding::Floor)?.to_u128()?;
        // At most the scale, which has 64 bits, and never less than the boundary before.
        let weight = u64::try_from(upto - before).unwrap_or(Fraction::SCALE);
        before = upto;
        Ok(weight)
    });
    relative.collect()
}
