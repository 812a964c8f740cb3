//! The record of names that have voted.

use alloc::collections::BTreeSet;

use tokenomics_fixed_math::U256;

use super::{Choice, Tally};
use crate::{Closed, Delegations, Error};

/// A tally and the names of those who have voted: each counts once.
///
/// # Laws
/// `tally_is_exact`: a second vote of the same name is refused, and changes nothing.
///
/// ```
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
/// ballots.vote(&powers, "alice", Choice::For)?;
/// ballots.vote(&powers, "bob", Choice::Against)?;
/// assert_eq!(ballots.vote(&powers, "alice", Choice::For), Err(Error::VotedBefore));
/// assert_eq!(ballots.tally().cast(), U256::from(7));
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballots<K> {
    tally: Tally,
    voted: BTreeSet<K>,
}

impl<K: Clone + Ord> Ballots<K> {
    /// Creates the ballots of nobody, of weights at a time that is over.
    #[must_use]
    pub const fn new(at: Closed) -> Self {
        Self {
            tally: Tally::new(at),
            voted: BTreeSet::new(),
        }
    }

    /// Returns the tally.
    #[must_use]
    pub const fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Counts a vote with the power that a name had, of its own and delegated to it, at the time of the
    /// tally.
    ///
    /// # Errors
    /// [`Error::VotedBefore`]; [`Error::Overflow`]. Nothing is counted then.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Ballots, Choice, Closed, Delegations, Error};
    /// # use tokenomics_fixed_math::Timestamp;
    /// let powers = Delegations::new();
    /// let mut ballots = Ballots::new(Closed::before(Timestamp::new(1), Timestamp::new(2))?);
    /// ballots.vote(&powers, "alice", Choice::For)?;
    /// assert_eq!(ballots.vote(&powers, "alice", Choice::For), Err(Error::VotedBefore));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn vote(&mut self, powers: &Delegations<K>, name: K, choice: Choice) -> Result<(), Error> {
        let weight = powers.past_power(&name, self.tally.at());
        self.count(name, choice, weight)
    }

    /// Counts a vote of a weight that the host has read at the time of the tally: of a lock, or the root
    /// of one for a quadratic tally.
    ///
    /// # Errors
    /// [`Error::VotedBefore`]; [`Error::Overflow`]. Nothing is counted then.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Ballots, Choice, Closed, Error, Terms};
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};
    /// // Nine times the weight has three times the votes.
    /// let terms = Terms::new(Span::new(1), Span::new(1))?;
    /// let root = |weight: u128| {
    ///     let root = terms.quadratic_weight(U256::product(weight, 10_u128.pow(18)))?;
    ///     Ok::<_, Error>(U256::from(root.get()))
    /// };
    /// let mut ballots = Ballots::new(Closed::before(Timestamp::new(1), Timestamp::new(2))?);
    /// ballots.count("alice", Choice::For, root(900)?)?;
    /// ballots.count("bob", Choice::Against, root(100)?)?;
    /// assert_eq!(ballots.tally().of(Choice::For), U256::from(30));
    /// assert_eq!(ballots.tally().of(Choice::Against), U256::from(10));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn count(&mut self, name: K, choice: Choice, weight: U256) -> Result<(), Error> {
        if self.voted.contains(&name) {
            return Err(Error::VotedBefore);
        }
        self.tally.count(choice, weight)?;
        self.voted.insert(name);
        Ok(())
    }

    /// Returns the names of those who have voted, in order.
    pub fn voted(&self) -> impl Iterator<Item = &K> {
        self.voted.iter()
    }
}
