//! The same types as the pallet's, run on the host in memory, beside what the chain keeps.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use frame_support::traits::fungible::{Inspect as _, InspectHold as _};
use tokenomics_escrow_weighting::{Checkpoint, Escrow, History, Lock, Node, Store};
use tokenomics_fee_split::{Position, RewardPool};
use tokenomics_fixed_math::{Amount, Timestamp, Wad};
use tokenomics_haircut_collateral::Account;
use tokenomics_vesting::{Gate, Grant, Linear};

use super::runtime::{
    units, Balances, Call, LockTerms, Runtime, Stable, Tokenomics, EXISTENTIAL, HOLDERS,
};
use crate::{Error, Granted, HoldReason, Prices};

/// Entries in memory, which can be looked at while an escrow has them.
#[derive(Debug)]
pub(super) struct Shared<E>(Rc<RefCell<Vec<E>>>);

impl<E> Clone for Shared<E> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<E: Copy> Shared<E> {
    fn new(entries: Vec<E>) -> Self {
        Self(Rc::new(RefCell::new(entries)))
    }

    pub(super) fn all(&self) -> Vec<E> {
        self.0.borrow().clone()
    }
}

impl<E: Copy> Store for Shared<E> {
    type Entry = E;

    fn get(&self, index: u32) -> Option<E> {
        Store::get(self.0.borrow().as_slice(), index)
    }

    fn set(&mut self, index: u32, entry: E) {
        self.0.borrow_mut().set(index, entry);
    }
}

/// An escrow in memory, and its entries.
pub(super) struct Votes {
    pub(super) escrow: Escrow<History<Shared<Node>, Shared<Checkpoint>>>,
    pub(super) nodes: Shared<Node>,
    pub(super) checkpoints: Shared<Checkpoint>,
}

impl Votes {
    pub(super) fn new() -> Self {
        let (nodes, checkpoints) = (Shared::new(Vec::new()), Shared::new(Vec::new()));
        let totals = History::new(nodes.clone(), checkpoints.clone());
        let escrow = Escrow::with_totals(LockTerms::get(), totals);
        Self {
            escrow,
            nodes,
            checkpoints,
        }
    }

    /// Writes it where the pallet reads it.
    pub(super) fn store(&self) {
        let state = (self.escrow.head(), self.escrow.totals().head());
        crate::EscrowState::<Runtime>::put(state);
        for (index, node) in (0..).zip(self.nodes.all()) {
            crate::Nodes::<Runtime>::insert(index, node);
        }
        for (index, point) in (0..).zip(self.checkpoints.all()) {
            crate::Checkpoints::<Runtime>::insert(index, point);
        }
    }
}

impl Clone for Votes {
    /// Copies the entries too: what becomes of the one changes nothing of the other.
    fn clone(&self) -> Self {
        let nodes = Shared::new(self.nodes.all());
        let checkpoints = Shared::new(self.checkpoints.all());
        let head = self.escrow.totals().head();
        let totals = History::restore(head, nodes.clone(), checkpoints.clone());
        let escrow = Escrow::resume(self.escrow.head(), totals).unwrap();
        Self {
            escrow,
            nodes,
            checkpoints,
        }
    }
}

/// All that the pallet keeps.
#[derive(Clone)]
pub(super) struct Host {
    pub(super) now: Timestamp,
    grants: BTreeMap<u32, Granted<u64>>,
    next_grant: u32,
    pub(super) votes: Votes,
    locks: BTreeMap<u64, Lock>,
    pool: RewardPool,
    positions: BTreeMap<u64, Position>,
    prices: Option<Prices>,
    loans: BTreeMap<u64, Account<1>>,
}

type Done = Result<(), Error<Runtime>>;

impl Host {
    pub(super) fn new() -> Self {
        Self {
            now: Timestamp::ZERO,
            grants: BTreeMap::new(),
            next_grant: 0,
            votes: Votes::new(),
            locks: BTreeMap::new(),
            pool: RewardPool::new(),
            positions: BTreeMap::new(),
            prices: None,
            loans: BTreeMap::new(),
        }
    }

    /// Does what a call does, or returns what the pallet refuses it with. On an error it may be half done.
    pub(super) fn apply(&mut self, who: u64, call: &Call) -> Done {
        match *call {
            Call::create_grant { .. } | Call::claim_grant { .. } | Call::revoke_grant { .. } => {
                self.grant(who, call)
            }
            Call::lock { .. } | Call::extend_lock { .. } | Call::withdraw_lock {} => {
                self.lock(who, call)
            }
            Call::stake { .. } | Call::fund { .. } => self.reward(who, call),
            Call::claim_rewards {} | Call::unstake { .. } => self.reward(who, call),
            Call::set_prices { prices } => {
                prices.empty()?;
                self.prices = Some(prices);
                Ok(())
            }
            _ => self.loan(who, call),
        }
    }

    fn grant(&mut self, who: u64, call: &Call) -> Done {
        let now = self.now;
        match *call {
            Call::create_grant {
                grantee,
                total,
                start,
                cliff,
                end,
            } => {
                let linear = Linear::new(start, end, total)?;
                let grant = Grant::new(Gate::new(linear, cliff));
                let granted = Granted {
                    funder: who,
                    grantee,
                    grant,
                };
                self.grants.insert(self.next_grant, granted);
                self.next_grant += 1;
            }
            Call::claim_grant { id } => {
                let granted = self.granted(id)?;
                owned(granted.grantee, who)?;
                granted.grant.claim(now)?;
                self.drop_if_empty(id);
            }
            Call::revoke_grant { id } => {
                let granted = self.granted(id)?;
                owned(granted.funder, who)?;
                granted.grant.revoke(now)?;
                self.drop_if_empty(id);
            }
            _ => unreachable!("{call:?}"),
        }
        Ok(())
    }

    fn drop_if_empty(&mut self, id: u32) {
        let grant = &self.grants[&id].grant;
        if grant.claimed() == grant.kept() {
            self.grants.remove(&id);
        }
    }

    fn granted(&mut self, id: u32) -> Result<&mut Granted<u64>, Error<Runtime>> {
        self.grants.get_mut(&id).ok_or(Error::NoSuchGrant)
    }

    fn lock(&mut self, who: u64, call: &Call) -> Done {
        let (now, escrow) = (self.now, &mut self.votes.escrow);
        let held = self.locks.get(&who).copied();
        match *call {
            Call::lock { amount, end } => {
                if held.is_some() {
                    return Err(Error::AlreadyLocked);
                }
                let kind = escrow.terms().decaying(Wad::ONE, end)?;
                let lock = escrow.create(now, amount, kind)?;
                self.locks.insert(who, lock);
            }
            Call::extend_lock { end } => {
                let lock = escrow.extend(now, held.ok_or(Error::NoLock)?, end)?;
                self.locks.insert(who, lock);
            }
            Call::withdraw_lock {} => {
                escrow.withdraw(now, held.ok_or(Error::NoLock)?)?;
                self.locks.remove(&who);
            }
            _ => unreachable!("{call:?}"),
        }
        Ok(())
    }

    fn reward(&mut self, who: u64, call: &Call) -> Done {
        let position = self.positions.entry(who).or_default();
        match *call {
            Call::stake { amount } => self.pool.deposit(position, amount.get())?,
            Call::fund { amount } => self.pool.fund(amount)?,
            Call::claim_rewards {} => drop(self.pool.claim(position)?),
            Call::unstake { amount } => self.pool.withdraw(position, amount.get())?,
            _ => unreachable!("{call:?}"),
        }
        Ok(())
    }

    fn loan(&mut self, who: u64, call: &Call) -> Done {
        let prices = self.prices.ok_or(Error::NoPrices)?;
        for loan in self.loans.values_mut() {
            prices.apply(loan)?;
        }
        let mut loan = match self.loans.get(&who) {
            Some(loan) => *loan,
            None => prices.empty()?,
        };
        match *call {
            Call::deposit { amount } => loan.deposit(0, amount)?,
            Call::withdraw { amount } => loan.withdraw(0, amount)?,
            Call::borrow { amount } => loan.borrow(0, amount)?,
            Call::repay { amount } => loan.repay(0, amount)?,
            _ => unreachable!("{call:?}"),
        }
        self.loans.insert(who, loan);
        Ok(())
    }

    /// Returns what an account is to hold for a reason.
    fn on_hold(&self, who: u64, reason: HoldReason) -> u128 {
        let sum = match reason {
            HoldReason::Granted => {
                let of = |granted: &Granted<u64>| {
                    let left = granted.grant.kept().get() - granted.grant.claimed().get();
                    if granted.funder == who {
                        left
                    } else {
                        0
                    }
                };
                return self.grants.values().map(of).sum();
            }
            HoldReason::Locked => self.locks.get(&who).map(|lock| lock.amount()),
            HoldReason::Staked => {
                let shares = self.positions.get(&who).map(|position| position.shares());
                shares.map(units)
            }
            HoldReason::Collateral => self.loans.get(&who).map(|loan| loan.holdings()[0].amount()),
        };
        sum.unwrap_or(Amount::ZERO).get()
    }

    /// Compares everything that the chain keeps with what is here.
    pub(super) fn is_kept(&self) {
        let granted: BTreeMap<_, _> = crate::Grants::<Runtime>::iter().collect();
        assert_eq!(granted, self.grants);
        let locks: BTreeMap<_, _> = crate::Locks::<Runtime>::iter().collect();
        assert_eq!(locks, self.locks);
        self.entries_are_kept();
        assert_eq!(crate::Pool::<Runtime>::get().unwrap_or_default(), self.pool);
        let mut positions = self.positions.clone();
        positions.retain(|_, position| position.shares() > 0 || position.owed() != 0.into());
        let kept: BTreeMap<_, _> = crate::Positions::<Runtime>::iter().collect();
        assert_eq!(kept, positions);
        assert_eq!(crate::CurrentPrices::<Runtime>::get(), self.prices);
        // At the prices of the last change, which aren't always those of now.
        for (who, mut loan) in crate::Loans::<Runtime>::iter() {
            let mut here = self.loans[&who];
            for loan in [&mut loan, &mut here] {
                self.prices.unwrap().apply(loan).unwrap();
            }
            assert_eq!(loan, here);
        }
    }

    fn entries_are_kept(&self) {
        let state = crate::EscrowState::<Runtime>::get();
        let here = (self.votes.escrow.head(), self.votes.escrow.totals().head());
        // There is none before the first lock.
        if state.is_some() || self.votes.escrow.clock() > Timestamp::ZERO {
            assert_eq!(state, Some(here));
        }
        let nodes: BTreeMap<_, _> = crate::Nodes::<Runtime>::iter().collect();
        assert_eq!(nodes, (0..).zip(self.votes.nodes.all()).collect());
        let points: BTreeMap<_, _> = crate::Checkpoints::<Runtime>::iter().collect();
        assert_eq!(points, (0..).zip(self.votes.checkpoints.all()).collect());
    }

    /// Checks that every unit is where the mechanisms say, and that there are as many as at first.
    pub(super) fn is_conserved(&self, issued: u128) {
        let mut sum = Balances::total_balance(&Tokenomics::pot());
        let unclaimed = self.pool.funded().get() - self.pool.paid().get();
        assert_eq!(sum, EXISTENTIAL + unclaimed);
        let mut owed = 0;
        for who in HOLDERS {
            for reason in [
                HoldReason::Granted,
                HoldReason::Locked,
                HoldReason::Staked,
                HoldReason::Collateral,
            ] {
                let held = Balances::balance_on_hold(&reason.into(), &who);
                assert_eq!(held, self.on_hold(who, reason), "{who}: {reason:?}");
            }
            sum += Balances::total_balance(&who);
            owed += self
                .loans
                .get(&who)
                .map_or(0, |loan| loan.debts()[0].amount().get());
        }
        assert_eq!(sum, issued);
        assert_eq!(Balances::total_issuance(), issued);
        assert_eq!(Stable::total_issuance(), owed);
    }
}

fn owned(owner: u64, who: u64) -> Done {
    if owner == who {
        return Ok(());
    }
    Err(Error::NotYours)
}
