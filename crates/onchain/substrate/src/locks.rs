//! A vote escrow: tokens on hold until an end, which weigh the more the further off it is.

use frame_support::pallet_prelude::*;
use frame_support::traits::fungible::MutateHold as _;
use frame_support::traits::tokens::Precision;
use tokenomics_escrow_weighting::{
    self as escrow_weighting, Checkpoint, Escrow, History, Lock, Node,
};
use tokenomics_fixed_math::{Amount, Timestamp, Wad};

use crate::stored::{entry, value, Entries};
use crate::{Checkpoints, Config, Error, EscrowState, Event, HoldReason, Locks, Nodes, Pallet};

/// What the maps of storage keep of the totals, an entry at a time.
pub(crate) struct Maps<T: Config> {
    nodes: Entries<Node, Nodes<T>>,
    checkpoints: Entries<Checkpoint, Checkpoints<T>>,
}

/// The escrow over them. A change reads and writes O(log n) of their entries, and no value grows.
type Stored<'a, T> =
    Escrow<History<&'a mut Entries<Node, Nodes<T>>, &'a mut Entries<Checkpoint, Checkpoints<T>>>>;

impl<T: Config> Maps<T> {
    fn new() -> Self {
        Self {
            nodes: Entries::new(),
            checkpoints: Entries::new(),
        }
    }

    fn escrow(&mut self) -> Result<Stored<'_, T>, Error<T>> {
        let (nodes, checkpoints) = (&mut self.nodes, &mut self.checkpoints);
        match value::<_, EscrowState<T>>()? {
            Some((head, totals)) => {
                let totals = History::restore(totals, nodes, checkpoints);
                Ok(Escrow::resume(head, totals)?)
            }
            None => Ok(Escrow::with_totals(
                T::Terms::get(),
                History::new(nodes, checkpoints),
            )),
        }
    }

    fn check(&self) -> Result<(), Error<T>> {
        self.nodes.check()?;
        Ok(self.checkpoints.check()?)
    }
}

impl<T: Config> Pallet<T> {
    pub(crate) fn make_lock(who: T::AccountId, amount: Amount, end: Timestamp) -> DispatchResult {
        let there_is = entry::<_, _, Locks<T>>(&who).map_err(Error::<T>::from)?;
        ensure!(there_is.is_none(), Error::<T>::AlreadyLocked);
        let lock = Self::change(|escrow| {
            let kind = escrow.terms().decaying(Wad::ONE, end)?;
            escrow.create(Self::now(), amount, kind)
        })?;
        T::Currency::hold(&HoldReason::Locked.into(), &who, amount.get())?;
        Locks::<T>::insert(&who, lock);
        Self::deposit_event(Event::Locked { who, amount, end });
        Ok(())
    }

    pub(crate) fn move_end(who: T::AccountId, end: Timestamp) -> DispatchResult {
        let lock = Self::lock_of(&who)?;
        let lock = Self::change(|escrow| escrow.extend(Self::now(), lock, end))?;
        Locks::<T>::insert(&who, lock);
        Self::deposit_event(Event::LockExtended { who, end });
        Ok(())
    }

    pub(crate) fn end_lock(who: T::AccountId) -> DispatchResult {
        let lock = Self::lock_of(&who)?;
        let amount = Self::change(|escrow| escrow.withdraw(Self::now(), lock))?;
        let reason = HoldReason::Locked.into();
        T::Currency::release(&reason, &who, amount.get(), Precision::Exact)?;
        Locks::<T>::remove(&who);
        Self::deposit_event(Event::LockWithdrawn { who, amount });
        Ok(())
    }

    /// Returns what an account's lock weighs now, floored.
    pub(crate) fn weight_now(who: &T::AccountId) -> Result<Amount, Error<T>> {
        let lock = Self::lock_of(who)?;
        Self::look(|escrow| escrow.terms().weight(lock.weight_at(Self::now())))
    }

    /// Returns the total weight at any time, floored once.
    pub(crate) fn weight_of_all(at: Timestamp) -> Result<Amount, Error<T>> {
        Self::look(|escrow| escrow.total_weight_at(at))
    }

    fn lock_of(who: &T::AccountId) -> Result<Lock, Error<T>> {
        entry::<_, _, Locks<T>>(who)?.ok_or(Error::NoLock)
    }

    /// Makes a transition of the escrow, and keeps what came of it.
    fn change<R>(
        transition: impl FnOnce(&mut Stored<'_, T>) -> Result<R, escrow_weighting::Error>,
    ) -> Result<R, Error<T>> {
        let mut maps = Maps::new();
        let mut escrow = maps.escrow()?;
        let done = transition(&mut escrow);
        let state = (escrow.head(), escrow.totals().head());
        // First, as what can't be read may be why it was refused.
        maps.check()?;
        let done = done?;
        EscrowState::<T>::put(state);
        Ok(done)
    }

    fn look<R>(
        read: impl FnOnce(&Stored<'_, T>) -> Result<R, escrow_weighting::Error>,
    ) -> Result<R, Error<T>> {
        let mut maps = Maps::new();
        let found = read(&maps.escrow()?);
        maps.check()?;
        Ok(found?)
    }
}
