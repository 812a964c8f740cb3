//! The chart of accounts of a token.

use tokenomics_fixed_math::Amount;

use crate::design::{Design, Destination};
use crate::ledger::{Account, Ledger, LedgerError};

/// The accounts of a token.
#[derive(Debug, Clone)]
pub struct Accounts {
    /// The genesis supply before genesis.
    pub unissued: Account,
    /// What each emission has yet to mint.
    pub unminted: Vec<Account>,
    /// What of each allocation has yet to vest.
    pub unvested: Vec<Account>,
    /// What of each allocation is vested and not claimed.
    pub claimable: Vec<Account>,
    /// What holders have and can move.
    pub circulating: Account,
    /// What holders have locked for votes.
    pub locked: Account,
    /// Revenue in the token that waits for lockers.
    pub rewards: Account,
    /// What the treasury has.
    pub treasury: Account,
    /// What is gone.
    pub burned: Account,
}

impl Accounts {
    pub(super) fn open(ledger: &mut Ledger, design: &Design) -> Result<Self, LedgerError> {
        let unissued = ledger.open("unissued", design.token.supply)?;
        let mut each =
            |kind: &str, name: &str, opening| ledger.open(format!("{kind}:{name}"), opening);
        let mut unminted = Vec::new();
        for emission in &design.emissions {
            unminted.push(each("unminted", &emission.name, emission.cap())?);
        }
        let (mut unvested, mut claimable) = (Vec::new(), Vec::new());
        for allocation in &design.allocations {
            unvested.push(each("unvested", &allocation.name, Amount::ZERO)?);
            claimable.push(each("claimable", &allocation.name, Amount::ZERO)?);
        }
        Ok(Self {
            unissued,
            unminted,
            unvested,
            claimable,
            circulating: ledger.open("circulating", Amount::ZERO)?,
            locked: ledger.open("locked", Amount::ZERO)?,
            rewards: ledger.open("rewards", Amount::ZERO)?,
            treasury: ledger.open("treasury", Amount::ZERO)?,
            burned: ledger.open("burned", Amount::ZERO)?,
        })
    }

    /// The account that a destination means.
    #[must_use]
    pub fn of(&self, destination: Destination) -> Account {
        match destination {
            Destination::Circulating => self.circulating,
            Destination::Treasury => self.treasury,
        }
    }
}
