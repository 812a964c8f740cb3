//! Emission: unminted → the holder or the treasury.

use tokenomics_fixed_math::{Amount, Error, Timestamp};

use crate::error::{agree, Cause};
use crate::ledger::{Batch, Ledger};
use crate::watch::earliest;
use crate::Accounts;
use tokenomics_design::{Destination, Emission};

/// The sums that are minted so far.
#[derive(Debug)]
pub(crate) struct Minting<'d> {
    emissions: &'d [Emission],
    caps: Vec<Amount>,
    minted: Vec<Amount>,
    ended: Vec<Option<Timestamp>>,
    /// The sum of `minted`, and the part of it that circulates.
    all: Amount,
    streamed: Amount,
    /// The emissions of which something is still to be minted.
    active: Vec<usize>,
}

/// The sums that emissions will have minted once their batch is applied.
pub(crate) type Planned = Vec<(usize, Amount)>;

impl<'d> Minting<'d> {
    pub(crate) fn new(emissions: &'d [Emission]) -> Self {
        Self {
            emissions,
            caps: emissions.iter().map(Emission::cap).collect(),
            minted: vec![Amount::ZERO; emissions.len()],
            ended: vec![None; emissions.len()],
            all: Amount::ZERO,
            streamed: Amount::ZERO,
            active: (0..emissions.len()).collect(),
        }
    }

    /// Returns the sum that each emission has minted.
    pub(crate) fn minted(&self) -> &[Amount] {
        &self.minted
    }

    /// Returns when each emission that has a maximum had minted all of it; `None` where it has not.
    pub(crate) fn ended(&self) -> &[Option<Timestamp>] {
        &self.ended
    }

    /// Returns what all emissions have minted.
    pub(crate) fn all(&self) -> Amount {
        self.all
    }

    /// Returns what is still to be minted of the emissions that have a maximum.
    pub(crate) fn to_come(&self) -> Result<Amount, Error> {
        let mut sum = Amount::ZERO;
        for &index in &self.active {
            if !self.emissions[index].is_endless() {
                let left = self.caps[index].checked_sub(self.minted[index])?;
                sum = sum.checked_add(left)?;
            }
        }
        Ok(sum)
    }

    /// Plans what is minted up to `at`.
    pub(crate) fn plan(
        &self,
        at: Timestamp,
        accounts: &Accounts,
        batch: &mut Batch,
        planned: &mut Planned,
    ) -> Result<(), Error> {
        planned.clear();
        for &index in &self.active {
            let emission = &self.emissions[index];
            let minted = emission.emitted_at(at);
            let newly = minted.checked_sub(self.minted[index])?;
            if !newly.is_zero() {
                planned.push((index, minted));
                batch.transfer(accounts.unminted[index], accounts.of(emission.to), newly);
            }
        }
        Ok(())
    }

    /// Takes over what was planned, now that the ledger has moved it. What is new came after `since`
    /// and by `at`.
    pub(crate) fn commit(
        &mut self,
        since: Timestamp,
        at: Timestamp,
        planned: &Planned,
        ledger: &Ledger,
        accounts: &Accounts,
    ) -> Result<(), Cause> {
        let mut done = false;
        for &(index, minted) in planned {
            let newly = minted.checked_sub(self.minted[index])?;
            self.all = self.all.checked_add(newly)?;
            if self.emissions[index].to == Destination::Circulating {
                self.streamed = self.streamed.checked_add(newly)?;
            }
            self.minted[index] = minted;
            if minted == self.caps[index] {
                self.note_end(index, since, at)?;
                done = true;
            }
            let left = self.caps[index].checked_sub(minted)?;
            agree("emission", left, ledger.balance(accounts.unminted[index]))?;
        }
        if done {
            let (minted, caps) = (&self.minted, &self.caps);
            self.active.retain(|&index| minted[index] != caps[index]);
        }
        Ok(())
    }

    /// Notes when an emission that has minted all of its maximum by `at` first had.
    fn note_end(&mut self, index: usize, since: Timestamp, at: Timestamp) -> Result<(), Error> {
        let (emission, cap) = (&self.emissions[index], self.caps[index]);
        if !emission.is_endless() {
            let minted = |at| Ok(emission.emitted_at(at) >= cap);
            self.ended[index] = Some(earliest(since, at, minted)?);
        }
        Ok(())
    }

    /// Returns what has been minted so far of all that circulates.
    pub(crate) fn streamed(&self) -> Amount {
        self.streamed
    }

    /// Returns what will have been minted by `at` of all that circulates, whatever happens.
    pub(crate) fn streamed_by(&self, at: Timestamp) -> Result<Amount, Error> {
        let streams = |emission: &&Emission| emission.to == Destination::Circulating;
        let minted = self.emissions.iter().filter(streams);
        Amount::try_sum(minted.map(|emission| emission.emitted_at(at)))
    }
}
