//! The record of names that have voted.

#[cfg(feature = "alloc")]
use alloc::collections::BTreeSet;

use tokenomics_fixed_math::U256;

use super::{Choice, Tally};
use crate::{Closed, Delegations, Error, TotalsByName};

/// The names that have voted, in a host's storage: a set in memory (feature `alloc`), or a map of a
/// chain's, an entry a name.
///
/// ```
/// # #[cfg(feature = "alloc")] {
/// use std::collections::BTreeSet;
/// use tokenomics_escrow_weighting::Voters;
///
/// let mut voters = BTreeSet::new();
/// voters.set_voted(&7);
/// assert!(voters.has_voted(&7) && !voters.has_voted(&8));
/// # }
/// ```
#[doc(alias = "hasVoted")]
pub trait Voters {
    /// The type of a name.
    type Name;

    /// Returns whether a name has voted.
    fn has_voted(&self, name: &Self::Name) -> bool;

    /// Sets that a name has voted.
    fn set_voted(&mut self, name: &Self::Name);
}

#[cfg(feature = "alloc")]
impl<K: Clone + Ord> Voters for BTreeSet<K> {
    type Name = K;

    fn has_voted(&self, name: &K) -> bool {
        self.contains(name)
    }

    fn set_voted(&mut self, name: &K) {
        self.insert(name.clone());
    }
}

impl<V: Voters + ?Sized> Voters for &mut V {
    type Name = V::Name;

    fn has_voted(&self, name: &V::Name) -> bool {
        (**self).has_voted(name)
    }

    fn set_voted(&mut self, name: &V::Name) {
        (**self).set_voted(name);
    }
}

/// A tally and the names of those who have voted: each counts once.
///
/// `V` keeps the names: a `BTreeSet` (feature `alloc`), or a map of a chain's storage, for which only the
/// [`tally`](Self::tally), of fixed size, is to be kept beside it. A vote costs the same however many
/// have voted.
///
/// # Laws
/// `tally_is_exact`: a second vote of the same name is refused, and changes nothing.
///
/// ```
/// # #[cfg(feature = "alloc")] {
/// use tokenomics_escrow_weighting::{Ballots, Choice, Closed, Delegated, Delegations, Error};
/// use tokenomics_escrow_weighting::{Lock, LockKind};
/// use tokenomics_fixed_math::{fraction, Amount, Timestamp, U256};
///
/// let at = Timestamp::new;
/// let lock = Lock::new(Amount::new(7), LockKind::Constant { level: 1, end: None })?;
/// let mut powers = Delegations::new();
/// powers.settle(at(1), &[], &[Delegated::<_, 1>::to_nobody("alice", lock)])?;
/// powers.settle(at(2), &[], &[Delegated::<_, 1>::to_nobody("bob", lock)])?;
///
/// // Of what was at 1, where bob had nothing yet.
/// let mut ballots = Ballots::new(Closed::before(at(1), at(2))?);
/// ballots.vote(&powers, &"alice", Choice::For)?;
/// ballots.vote(&powers, &"bob", Choice::Against)?;
/// assert_eq!(ballots.vote(&powers, &"alice", Choice::For), Err(Error::VotedBefore));
/// assert_eq!(ballots.tally().cast(), U256::from(7));
/// # }
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ballots<V> {
    tally: Tally,
    voters: V,
}

#[cfg(feature = "alloc")]
impl<K: Clone + Ord> Ballots<BTreeSet<K>> {
    /// Creates the ballots of nobody, of weights at a time that is over, in memory.
    #[must_use]
    pub const fn new(at: Closed) -> Self {
        Self::resume(Tally::new(at), BTreeSet::new())
    }

    /// Returns the names of those who have voted, in order.
    pub fn voted(&self) -> impl Iterator<Item = &K> {
        self.voters.iter()
    }
}

impl<V> Ballots<V> {
    /// Creates the ballots of nobody, of weights at a time that is over, to be kept in `voters`, which
    /// must be empty.
    #[must_use]
    pub const fn with_voters(at: Closed, voters: V) -> Self {
        Self::resume(Tally::new(at), voters)
    }

    /// Returns the ballots of which the tally and the voters were kept.
    #[must_use]
    pub const fn resume(tally: Tally, voters: V) -> Self {
        Self { tally, voters }
    }

    /// Returns the tally.
    #[must_use]
    pub const fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Returns the voters.
    #[must_use]
    pub const fn voters(&self) -> &V {
        &self.voters
    }
}

impl<V: Voters> Ballots<V> {
    /// Counts a vote with the power that a name had, of its own and delegated to it, at the time of the
    /// tally.
    ///
    /// # Errors
    /// [`Error::VotedBefore`]; [`Error::Math`] as [`Tally::count`]. Nothing is counted then.
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// # use tokenomics_escrow_weighting::{Ballots, Choice, Closed, Delegations, Error};
    /// # use tokenomics_fixed_math::Timestamp;
    /// let powers = Delegations::new();
    /// let mut ballots = Ballots::new(Closed::before(Timestamp::new(1), Timestamp::new(2))?);
    /// ballots.vote(&powers, &"alice", Choice::For)?;
    /// assert_eq!(ballots.vote(&powers, &"alice", Choice::For), Err(Error::VotedBefore));
    /// # }
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn vote<T: TotalsByName<Name = V::Name>>(
        &mut self,
        powers: &Delegations<T>,
        name: &V::Name,
        choice: Choice,
    ) -> Result<(), Error> {
        let weight = powers.past_power(name, self.tally.at());
        self.count(name, choice, weight)
    }

    /// Counts a vote of a weight that the host has read at the time of the tally: of a lock, or the root
    /// of one for a quadratic tally.
    ///
    /// # Errors
    /// [`Error::VotedBefore`]; [`Error::Math`] as [`Tally::count`]. Nothing is counted then.
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// # use tokenomics_escrow_weighting::{Ballots, Choice, Closed, Error, Terms};
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};
    /// // Nine times the weight has three times the votes.
    /// let terms = Terms::new(Span::new(1), Span::new(1))?;
    /// let root = |weight: u128| {
    ///     let root = terms.quadratic_weight(U256::product(weight, 10_u128.pow(18)))?;
    ///     Ok::<_, Error>(U256::from(root.get()))
    /// };
    /// let mut ballots = Ballots::new(Closed::before(Timestamp::new(1), Timestamp::new(2))?);
    /// ballots.count(&"alice", Choice::For, root(900)?)?;
    /// ballots.count(&"bob", Choice::Against, root(100)?)?;
    /// assert_eq!(ballots.tally().of(Choice::For), U256::from(30));
    /// assert_eq!(ballots.tally().of(Choice::Against), U256::from(10));
    /// # }
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn count(&mut self, name: &V::Name, choice: Choice, weight: U256) -> Result<(), Error> {
        if self.voters.has_voted(name) {
            return Err(Error::VotedBefore);
        }
        self.tally.count(choice, weight)?;
        self.voters.set_voted(name);
        Ok(())
    }
}
