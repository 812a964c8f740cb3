//! Emission: unminted → the holder, the treasury or what waits for gauges; where there is no maximum, newly
//! issued to them.
//!
//! Between two events what has been minted is a closed form of time. An event is a change of what an
//! emission follows: of its signal, or of the supply by which it mints. It moves nothing by itself: what
//! was minted up to it, by what was in force until then, is settled first.

mod minter;

use tokenomics_fixed_math::{Amount, Error, Timestamp};

use self::minter::Minter;
use crate::error::{agree, Cause};
use crate::ledger::{Batch, Ledger};
use crate::record::{EventKind, Log};
use crate::watch::earliest;
use crate::Accounts;
use tokenomics_design::{Design, Destination, Emission};

/// The sums that are minted so far.
#[derive(Debug)]
pub(crate) struct Minting<'d> {
    emissions: &'d [Emission],
    minters: Vec<Minter<'d>>,
    minted: Vec<Amount>,
    /// The sum of `minted`, and the part of it that circulates.
    all: Amount,
    streamed: Amount,
    /// The sum of the token's accounts: what they were opened with, and what was issued.
    supply: Amount,
    /// The emissions of which something may still be minted.
    active: Vec<usize>,
    next: Timestamp,
}

/// The sums that emissions will have minted once their batch is applied.
pub(crate) type Planned = Vec<(usize, Amount)>;

impl<'d> Minting<'d> {
    pub(crate) fn new(design: &'d Design) -> Self {
        let emissions = design.emissions.as_slice();
        let minters = emissions
            .iter()
            .map(|emission| Minter::new(&emission.source));
        let mut minting = Self {
            emissions,
            minters: minters.collect(),
            minted: vec![Amount::ZERO; emissions.len()],
            all: Amount::ZERO,
            streamed: Amount::ZERO,
            supply: design.all,
            active: (0..emissions.len()).collect(),
            next: Timestamp::MAX,
        };
        minting.schedule();
        minting
    }

    /// Writes the sum that each emission will have minted by `at`, which is not before what is settled, nor
    /// after the next event, and returns what of it is not settled: in circulation, in the treasury, and
    /// waiting for gauges.
    pub(crate) fn read(
        &self,
        at: Timestamp,
        minted: &mut Vec<Amount>,
    ) -> Result<[Amount; 3], Cause> {
        minted.clear();
        minted.extend_from_slice(&self.minted);
        let mut pending = [Amount::ZERO; 3];
        for &index in &self.active {
            let now = self.minted_by(index, at)?;
            let newly = now.checked_sub(std::mem::replace(&mut minted[index], now))?;
            let emission = &self.emissions[index];
            let place = match emission.to {
                _ if emission.gauges.is_some() => 2,
                Destination::Circulating => 0,
                Destination::Treasury => 1,
            };
            let sum = &mut pending[place];
            *sum = sum.checked_add(newly)?;
        }
        Ok(pending)
    }

    /// Returns whether more has been issued by `at` than can be counted. It is so from some instant on.
    pub(crate) fn overflows_by(&self, at: Timestamp) -> bool {
        self.supply_by(at).is_err()
    }

    fn supply_by(&self, at: Timestamp) -> Result<Amount, Cause> {
        let mut supply = self.supply;
        for &index in &self.active {
            if self.emissions[index].max.is_none() {
                let newly = self.minted_by(index, at)?.checked_sub(self.minted[index])?;
                supply = supply.checked_add(newly)?;
            }
        }
        Ok(supply)
    }

    /// Returns what all emissions have minted, as far as it is settled.
    pub(crate) fn all(&self) -> Amount {
        self.all
    }

    /// Returns the most that is still to come of the emissions that have a maximum, once so much is
    /// minted.
    pub(crate) fn to_come(&self, minted: &[Amount]) -> Result<Amount, Error> {
        let mut sum = Amount::ZERO;
        for &index in &self.active {
            if let Some(max) = self.emissions[index].max {
                sum = sum.checked_add(max.checked_sub(minted[index])?)?;
            }
        }
        Ok(sum)
    }

    /// Returns when what an emission follows changes next; the clock's last second if nothing does.
    pub(crate) fn next(&self) -> Timestamp {
        self.next
    }

    fn schedule(&mut self) {
        let next = self.active.iter().filter_map(|&index| self.next_of(index));
        self.next = next.min().unwrap_or(Timestamp::MAX);
    }

    fn next_of(&self, index: usize) -> Option<Timestamp> {
        let next = self.minters[index].next()?;
        self.emissions[index].time_of(next)
    }

    /// Plans what is minted up to `at`, which no event lies before.
    pub(crate) fn plan(
        &self,
        at: Timestamp,
        accounts: &Accounts,
        batch: &mut Batch,
        planned: &mut Planned,
    ) -> Result<(), Cause> {
        planned.clear();
        for &index in &self.active {
            let minted = self.minted_by(index, at)?;
            let newly = minted.checked_sub(self.minted[index])?;
            if newly.is_zero() {
                continue;
            }
            planned.push((index, minted));
            let to = accounts.directed[index].unwrap_or(accounts.of(self.emissions[index].to));
            match accounts.unminted[index] {
                Some(unminted) => batch.transfer(unminted, to, newly),
                None => batch.issue(to, newly),
            }
        }
        Ok(())
    }

    #[inline]
    fn minted_by(&self, index: usize, at: Timestamp) -> Result<Amount, Cause> {
        match self.emissions[index].clock_at(at) {
            Some(clock) => Ok(self.minters[index].minted_by(clock)?),
            None => Ok(Amount::ZERO),
        }
    }

    /// Takes over what was planned, now that the ledger has moved it. What is new came after `since`
    /// and by `at`.
    pub(crate) fn commit(
        &mut self,
        since: Timestamp,
        at: Timestamp,
        planned: &Planned,
        (ledger, accounts): (&Ledger, &Accounts),
        log: &mut Log,
    ) -> Result<(), Cause> {
        let mut done = false;
        for &(index, minted) in planned {
            let newly = minted.checked_sub(self.minted[index])?;
            self.all = self.all.checked_add(newly)?;
            if self.emissions[index].streams() {
                self.streamed = self.streamed.checked_add(newly)?;
            }
            self.minted[index] = minted;
            let (Some(max), Some(unminted)) = (self.emissions[index].max, accounts.unminted[index])
            else {
                self.supply = self.supply.checked_add(newly)?;
                continue;
            };
            if minted == max {
                let end = self.end(index, max, since, at)?;
                log.write(end, EventKind::Minted { emission: index });
                done = true;
            }
            let left = max.checked_sub(minted)?;
            agree("emission", left, ledger.balance(unminted))?;
        }
        agree("emission", self.supply, ledger.supply(accounts.token))?;
        if done {
            let (minted, emissions) = (&self.minted, self.emissions);
            self.active
                .retain(|&index| emissions[index].max != Some(minted[index]));
            self.schedule();
        }
        Ok(())
    }

    /// Returns when an emission that has minted all of its maximum by `at` first had, after `since`.
    fn end(
        &self,
        index: usize,
        max: Amount,
        since: Timestamp,
        at: Timestamp,
    ) -> Result<Timestamp, Cause> {
        earliest(since, at, |at| Ok(self.minted_by(index, at)? >= max))
    }

    /// Lets what emissions follow change, as it is due at `at`. What they minted up to then must have
    /// been committed: a refused batch leaves them as they were.
    pub(crate) fn follow(&mut self, at: Timestamp) -> Result<(), Cause> {
        for place in 0..self.active.len() {
            let index = self.active[place];
            if self.next_of(index) == Some(at) {
                self.minters[index].step()?;
            }
        }
        self.schedule();
        Ok(())
    }

    /// Returns what has been minted so far of all that circulates.
    pub(crate) fn streamed(&self) -> Amount {
        self.streamed
    }

    /// Returns what will have been minted by `at` of all that circulates, whatever happens: no event
    /// lies between the last settlement and then, but one at `at` itself.
    pub(crate) fn streamed_by(&self, at: Timestamp) -> Result<Amount, Cause> {
        let mut sum = Amount::ZERO;
        for (index, emission) in self.emissions.iter().enumerate() {
            if emission.streams() {
                sum = sum.checked_add(self.minted_by(index, at)?)?;
            }
        }
        Ok(sum)
    }
}

#[cfg(test)]
impl Minting<'_> {
    /// Counts a unit that the ledger has not moved.
    pub(crate) fn miscount(&mut self) {
        self.minted[0] = self.minted[0].checked_add(Amount::new(1)).unwrap();
    }
}
