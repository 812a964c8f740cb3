//! Vesting: unvested → claimable → the holder or the treasury.

use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_vesting::{Error, Grant, Schedule as _};

use super::Accounts;
use crate::design::{Allocation, Design, VestingPlan};
use crate::ledger::Transfer;

/// The grants of every allocation and what they have vested so far.
#[derive(Debug)]
pub(super) struct VestingState {
    grants: Vec<Vec<Grant<VestingPlan>>>,
    vested: Vec<Amount>,
    /// How many claim periods of an allocation have passed.
    claims: Vec<u64>,
}

impl VestingState {
    pub(super) fn new(allocations: &[Allocation]) -> Self {
        let grants = |allocation: &Allocation| {
            allocation
                .schedules
                .iter()
                .cloned()
                .map(Grant::new)
                .collect()
        };
        Self {
            grants: allocations.iter().map(grants).collect(),
            vested: vec![Amount::ZERO; allocations.len()],
            claims: vec![0; allocations.len()],
        }
    }

    /// Vested so far, for each allocation.
    pub(super) fn vested(&self) -> &[Amount] {
        &self.vested
    }

    pub(super) fn propose(
        &mut self,
        design: &Design,
        to: Timestamp,
        accounts: &Accounts,
        proposal: &mut Vec<Transfer>,
    ) -> Result<(), Error> {
        for (index, allocation) in design.allocations.iter().enumerate() {
            let schedules = &allocation.schedules;
            let vested = Amount::try_sum(schedules.iter().map(|one| one.vested_at(to)))?;
            let newly = vested.checked_sub(self.vested[index])?;
            self.vested[index] = vested;
            let (unvested, claimable) = (accounts.unvested[index], accounts.claimable[index]);
            if !newly.is_zero() {
                proposal.push(Transfer {
                    from: unvested,
                    to: claimable,
                    amount: newly,
                });
            }
            if !self.claim_is_due(index, allocation, design.token.genesis, to) {
                continue;
            }
            let mut claimed = Amount::ZERO;
            for grant in &mut self.grants[index] {
                claimed = claimed.checked_add(grant.claim(to)?)?;
            }
            if !claimed.is_zero() {
                let holder = accounts.of(allocation.to);
                proposal.push(Transfer {
                    from: claimable,
                    to: holder,
                    amount: claimed,
                });
            }
        }
        Ok(())
    }

    fn claim_is_due(
        &mut self,
        index: usize,
        allocation: &Allocation,
        genesis: Timestamp,
        to: Timestamp,
    ) -> bool {
        let Some(every) = allocation.claim_every else {
            return true;
        };
        let passed = every.count_between(genesis, to);
        let due = passed > self.claims[index];
        self.claims[index] = passed;
        due
    }
}
