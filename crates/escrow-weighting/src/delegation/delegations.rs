//! The powers of delegates and owners through time.

use tokenomics_fixed_math::{Timestamp, U256};

use super::Delegated;
use crate::check::in_order;
use crate::totals::by_name;
#[cfg(feature = "alloc")]
use crate::NamesInMemory;
use crate::{Closed, Error, TotalsByName};

/// The power of each name through time: what is delegated to it, and what it has of its own.
///
/// It keeps a sum for each name, and no locks: each [`Delegated`] is kept by whoever owns the lock, and
/// handed in to be replaced, in its latest version, as at an [`Escrow`](crate::Escrow). A change costs
/// O(log n) of the locks that a name was ever delegated, for each of at most N + 1 names, and a read
/// the same of one. However many delegate to a name, it costs nobody else anything, and to the name
/// itself only the depth of its own tree, at most 33 nodes.
///
/// `T` keeps the sums, an entry at a time: [`NamesInMemory`](crate::NamesInMemory) (feature `alloc`), or
/// whatever is [`TotalsByName`], such as the maps of a chain's storage, for which only the
/// [`clock`](Self::clock) is to be kept beside them.
///
/// # Laws
/// `delegation_conserves`: over all names, the powers sum to the weights of all locks, at any past,
/// present or future time. `delegation_expires`. `independent`: a change alters the power of no name
/// but the owner's and those of the old and the new delegates.
///
/// ```
/// # #[cfg(feature = "alloc")] {
/// use tokenomics_escrow_weighting::{Delegated, Delegations, Escrow, NamesInMemory, Shares, Terms};
/// use tokenomics_fixed_math::{fraction, wad, Amount, Span, Timestamp, U256};
///
/// let at = Timestamp::new;
/// let terms = Terms::new(Span::new(1_000), Span::new(10))?;
/// let mut escrow = Escrow::new(terms);
/// let mut powers = Delegations::new();
///
/// let lock = escrow.create(at(0), Amount::new(100), terms.decaying(wad!("1"), at(500))?)?;
/// let alone = Delegated::to_nobody("alice", lock);
/// powers.settle(at(0), &[], &[alone])?;
///
/// let to = Shares::<_, 4>::new(&[("bob", fraction!("0.25"))])?;
/// let shared = Delegated { to, expires: Some(at(300)), ..alone };
/// powers.settle(at(100), &[alone], &[shared])?;
/// type Powers = Delegations<NamesInMemory<&'static str>>;
/// let weight = |powers: &Powers, name, time| terms.weight(powers.power_at(&name, at(time)));
/// assert_eq!(weight(&powers, "bob", 100)?, Amount::new(10));
/// assert_eq!(weight(&powers, "alice", 100)?, Amount::new(30));
/// assert_eq!(weight(&powers, "bob", 300)?, Amount::ZERO);
/// assert_eq!(weight(&powers, "alice", 300)?, Amount::new(20));
///
/// // What changes the lock changes what is delegated.
/// let lock = escrow.increase(at(200), lock, Amount::new(300))?;
/// powers.settle(at(200), &[shared], &[Delegated { lock, ..shared }])?;
/// assert_eq!(weight(&powers, "bob", 200)?, Amount::new(30));
/// # }
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
#[doc(alias("Votes", "getVotes", "delegate"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delegations<T> {
    clock: Timestamp,
    totals: T,
}

#[cfg(feature = "alloc")]
impl<K: Clone + Ord> Default for Delegations<NamesInMemory<K>> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(feature = "alloc")]
impl<K: Clone + Ord> Delegations<NamesInMemory<K>> {
    /// Creates the powers of nobody, in memory.
    #[must_use]
    pub const fn new() -> Self {
        Self::with_totals(NamesInMemory::new())
    }

    /// Returns the names that ever had any power, in order.
    pub fn names(&self) -> impl Iterator<Item = &K> {
        self.totals.names()
    }
}

impl<T> Delegations<T> {
    /// Creates the powers of nobody, to be kept in `totals`, which must be empty.
    #[must_use]
    pub const fn with_totals(totals: T) -> Self {
        Self::resume(Timestamp::ZERO, totals)
    }

    /// Returns the powers that `totals` keep, of which [`clock`](Self::clock) was kept.
    #[must_use]
    pub const fn resume(clock: Timestamp, totals: T) -> Self {
        Self { clock, totals }
    }

    /// Returns the time of the last change.
    #[must_use]
    pub const fn clock(&self) -> Timestamp {
        self.clock
    }

    /// Returns the totals.
    #[must_use]
    pub const fn totals(&self) -> &T {
        &self.totals
    }
}

impl<T: TotalsByName> Delegations<T> {
    /// Counts the new locks in place of the old ones from `now` on, with their delegations: none for
    /// one for a lock that is made, one for one for a change or another delegation, one for two for a
    /// split, one for none for an exit or a withdrawal.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last change; [`Error::NotHeld`] for an old one that can't have
    /// been counted; [`Error::Overflow`] if a name would hold more than [`Amount::MAX`]. Nothing is
    /// changed then.
    ///
    /// [`Amount::MAX`]: tokenomics_fixed_math::Amount::MAX
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// # use tokenomics_escrow_weighting::{Delegated, Delegations, Error, Lock, LockKind, Shares};
    /// # use tokenomics_fixed_math::{fraction, Amount, Timestamp};
    /// let now = Timestamp::new(3);
    /// let kind = LockKind::Constant { level: 1, end: None };
    /// let whole = Delegated::to_nobody("alice", Lock::new(Amount::new(7), kind)?);
    /// let mut powers = Delegations::new();
    /// powers.settle(now, &[], &[whole])?;
    ///
    /// let (part, rest) = whole.lock.split(Amount::new(3))?;
    /// let to = Shares::<_, 2>::new(&[("bob", fraction!("1"))])?;
    /// let (part, rest) = (Delegated { lock: part, to, ..whole }, Delegated { lock: rest, ..whole });
    /// powers.settle(now, &[whole], &[part, rest])?;
    /// assert_eq!(powers.power_at(&"bob", now).low(), 3);
    ///
    /// // It isn't there any more.
    /// assert!(matches!(powers.settle(now, &[whole], &[]), Err(Error::NotHeld { .. })));
    /// # }
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn settle<const N: usize>(
        &mut self,
        now: Timestamp,
        old: &[Delegated<T::Name, N>],
        new: &[Delegated<T::Name, N>],
    ) -> Result<(), Error> {
        in_order(self.clock, now)?;
        let [old, new] = [old, new].map(|all| all.iter().flat_map(Delegated::powers));
        by_name::settle(&mut self.totals, now, old, new)?;
        self.clock = now;
        Ok(())
    }

    /// Returns the undivided power of a name at any time, in base units × time × 10^−18: what it has
    /// of its own and has not delegated, and what is delegated to it. For a time to come, it is what it
    /// will be if nothing changes until then.
    ///
    /// # Rounding
    /// None: it is exact.
    #[must_use]
    pub fn power_at(&self, name: &T::Name, at: Timestamp) -> U256 {
        by_name::weight_at(&self.totals, name, at)
    }

    /// Returns the undivided power of a name at a time that is over, for a vote.
    ///
    /// # Rounding
    /// None: it is exact.
    #[doc(alias("getPastVotes", "getPriorVotes"))]
    #[must_use]
    pub fn past_power(&self, name: &T::Name, at: Closed) -> U256 {
        self.power_at(name, at.get())
    }
}
