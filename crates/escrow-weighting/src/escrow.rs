//! The locks of all holders, as one.

mod changes;
mod leave;
#[cfg(feature = "alloc")]
mod state;

#[cfg(feature = "alloc")]
pub use self::state::EscrowState;
use tokenomics_fixed_math::{Amount, Timestamp, U256};
use tokenomics_internals::Store;

use crate::check::in_order;
use crate::totals::{Checkpoint, History, Node, RingSlot, SlotRing};
use crate::{Error, Lock, Power, Terms, Totals};

/// The totals that an escrow keeps in memory, for all time.
#[cfg(feature = "alloc")]
pub type InMemory = History<alloc::vec::Vec<Node>, alloc::vec::Vec<Checkpoint>>;

/// A vote escrow: the total weight of all locks through time, of whatever kinds.
///
/// It keeps sums and no holders: each [`Lock`] is kept by whoever holds it, and handed in to be
/// changed. What is handed in must be one of the locks it made, in its latest version. One of more
/// than is held until its end is an error; one that passes for part of another holder's is not, since
/// there is nothing here to tell them apart. On chain, that is what the account or storage slot that
/// holds the lock is for.
///
/// The clock of the changes must not run backwards. `T` keeps the totals: a [`History`] of all time, in
/// memory or in a chain's storage, or a [`SlotRing`] from the last change on. What a change or a read costs
/// is theirs, and doesn't depend on how long nobody called.
///
/// # Laws
/// `sum_is_total`: at every time, Σ of the undivided weights of the locks that existed then is
/// [`total_at`](Self::total_at), exactly, over all kinds together. `bounded`: the total weight is at
/// most what was locked times the largest multiplier. `independent`: no change alters the weight of any
/// lock but the one it is about.
///
/// ```
/// # #[cfg(feature = "alloc")] {
/// use tokenomics_escrow_weighting::{Escrow, Terms};
/// use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
///
/// let terms = Terms::new(Span::new(1_000), Span::new(10))?;
/// let mut escrow = Escrow::new(terms);
/// let at = Timestamp::new;
/// let until = |end| terms.decaying(wad!("1"), at(end));
///
/// let alice = escrow.create(at(0), Amount::new(500), until(1_000)?)?;
/// let bob = escrow.create(at(200), Amount::new(100), until(700)?)?;
/// assert_eq!(escrow.total_weight_at(at(100))?, Amount::new(450));
/// assert_eq!(escrow.total_weight_at(at(200))?, Amount::new(450)); // 400 and 50
///
/// let carol = escrow.create(at(200), Amount::new(30), terms.permanent(wad!("1"))?)?;
/// assert_eq!(escrow.total_weight_at(at(5_000))?, carol.amount());
///
/// let bob = escrow.extend(at(300), bob, at(1_000))?;
/// assert_eq!(escrow.total_weight_at(at(250))?, Amount::new(450)); // the past stays as it was
/// assert_eq!(escrow.withdraw(at(9_999), bob)?, Amount::new(100));
/// assert_eq!(escrow.locked(), Amount::new(530));
/// # }
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
///
/// # Source
/// Curve VotingEscrow (2020). There the total is brought up to date by a loop over at most 255
/// weeks: after a longer silence it stays wrong for good, and at 208 weeks the loop costs 14.7M
/// gas, to be paid by whoever comes first.
#[doc(alias("VotingEscrow", "veCRV", "vote_escrow"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Escrow<T> {
    terms: Terms,
    clock: Timestamp,
    // All that is held: what is locked, has ended, or cools down.
    locked: Amount,
    // What cools down.
    cooling: Amount,
    totals: T,
}

/// The state of an escrow beside its totals, of fixed size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct EscrowHead {
    /// The terms on which it locks.
    pub terms: Terms,
    /// The time of the last change.
    pub clock: Timestamp,
    /// All that is held: what is locked, has ended, or cools down.
    pub locked: Amount,
    /// The amount that cools down.
    pub cooling: Amount,
}

#[cfg(feature = "alloc")]
impl Escrow<InMemory> {
    /// Creates an escrow in which nothing was ever locked, with all its totals in memory.
    #[must_use]
    pub const fn new(terms: Terms) -> Self {
        let totals = History::new(alloc::vec::Vec::new(), alloc::vec::Vec::new());
        Self::with_totals(terms, totals)
    }
}

impl<T> Escrow<T> {
    /// Creates an escrow in which nothing was ever locked, whose totals are kept in `totals`, which
    /// must be empty.
    #[must_use]
    pub const fn with_totals(terms: Terms, totals: T) -> Self {
        Self {
            terms,
            clock: Timestamp::ZERO,
            locked: Amount::ZERO,
            cooling: Amount::ZERO,
            totals,
        }
    }

    /// Returns the escrow of which `head` and `totals` were kept.
    ///
    /// # Errors
    /// [`Error::Stored`] if more cools down than is held.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Escrow, Ring, Terms};
    /// # use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
    /// let terms = Terms::new(Span::new(40), Span::new(4))?;
    /// let mut escrow = Escrow::with_totals(terms, Ring::<10>::new(terms.granule())?);
    /// let kind = terms.decaying(wad!("1"), Timestamp::new(8))?;
    /// escrow.create(Timestamp::new(3), Amount::new(5), kind)?;
    ///
    /// let totals = Ring::restore(escrow.totals().state())?;
    /// assert_eq!(Escrow::resume(escrow.head(), totals)?, escrow);
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn resume(head: EscrowHead, totals: T) -> Result<Self, Error> {
        let EscrowHead {
            terms,
            clock,
            locked,
            cooling,
        } = head;
        if cooling > locked {
            return Err(Error::Stored { at: clock });
        }
        Ok(Self {
            terms,
            clock,
            locked,
            cooling,
            totals,
        })
    }

    /// Returns what is to be kept beside the totals, for [`resume`](Self::resume).
    #[must_use]
    pub const fn head(&self) -> EscrowHead {
        EscrowHead {
            terms: self.terms,
            clock: self.clock,
            locked: self.locked,
            cooling: self.cooling,
        }
    }

    /// Returns the terms on which it locks.
    #[must_use]
    pub const fn terms(&self) -> Terms {
        self.terms
    }

    /// Returns the time of the last change.
    ///
    /// Totals at earlier times are final; the one at this very time can still change within it, so
    /// a vote counts weights at a [`Closed`](crate::Closed) one.
    #[must_use]
    pub const fn clock(&self) -> Timestamp {
        self.clock
    }

    /// Returns the amount that is held: locked, ended and not yet withdrawn, or cooling down.
    #[must_use]
    pub const fn locked(&self) -> Amount {
        self.locked
    }

    /// Returns the amount that cools down.
    #[must_use]
    pub const fn cooling(&self) -> Amount {
        self.cooling
    }

    /// Returns the totals.
    #[must_use]
    pub const fn totals(&self) -> &T {
        &self.totals
    }
}

impl<N, C> Escrow<History<N, C>>
where
    N: Store<Entry = Node>,
    C: Store<Entry = Checkpoint>,
{
    /// Returns the undivided total, in base units × time × 10^−18: the sum of the weights of the locks
    /// that existed at `at`, for a time after the last change if nothing changes until then.
    ///
    /// # Rounding
    /// None: it is exact.
    ///
    /// # Laws
    /// `sum_is_total`.
    #[doc(alias("total_supply", "totalSupplyAt"))]
    #[must_use]
    pub fn total_at(&self, at: Timestamp) -> U256 {
        self.totals.weight_at(at)
    }

    /// Returns the total weight in base units of the token: the undivided total over the longest
    /// lock.
    ///
    /// # Rounding
    /// Floor, once, of the exact total.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`], which it never is with multipliers up to 1.
    ///
    /// # Laws
    /// `bounded`: at most what was locked then, times the largest multiplier.
    ///
    /// ```
    /// # #[cfg(feature = "alloc")] {
    /// # use tokenomics_escrow_weighting::{Escrow, Terms};
    /// # use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
    /// let terms = Terms::new(Span::new(1_000), Span::new(10))?;
    /// let mut escrow = Escrow::new(terms);
    /// let kind = terms.decaying(wad!("1"), Timestamp::new(500))?;
    /// escrow.create(Timestamp::ZERO, Amount::new(100), kind)?;
    /// assert_eq!(escrow.total_weight_at(Timestamp::new(100))?, Amount::new(40));
    /// # }
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[doc(alias("total_voting_power"))]
    pub fn total_weight_at(&self, at: Timestamp) -> Result<Amount, Error> {
        self.terms.weight(self.total_at(at))
    }
}

impl<S: Store<Entry = RingSlot>> Escrow<SlotRing<S>> {
    /// Returns the undivided total, in base units × time × 10^−18, at a time from the last change on,
    /// if nothing changes until then.
    ///
    /// # Rounding
    /// None: it is exact.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last change.
    ///
    /// # Laws
    /// `sum_is_total`.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Escrow, Ring, Terms};
    /// # use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
    /// let terms = Terms::new(Span::new(40), Span::new(4))?;
    /// let mut escrow = Escrow::with_totals(terms, Ring::<10>::new(terms.granule())?);
    /// let kind = terms.decaying(wad!("1"), Timestamp::new(8))?;
    /// let lock = escrow.create(Timestamp::new(3), Amount::new(5), kind)?;
    /// assert_eq!(escrow.total_at(Timestamp::new(7))?, lock.weight_at(Timestamp::new(7)));
    /// assert!(escrow.total_at(Timestamp::new(2)).is_err());
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn total_at(&self, at: Timestamp) -> Result<U256, Error> {
        self.totals.weight_at(at)
    }

    /// Returns the total weight in base units of the token: the undivided total over the longest
    /// lock.
    ///
    /// # Rounding
    /// Floor, once, of the exact total.
    ///
    /// # Errors
    /// As [`total_at`](Self::total_at); [`Error::Overflow`] above [`Amount::MAX`], which it never is
    /// with multipliers up to 1.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Escrow, Ring, Terms};
    /// # use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
    /// let terms = Terms::new(Span::new(40), Span::new(4))?;
    /// let mut escrow = Escrow::with_totals(terms, Ring::<10>::new(terms.granule())?);
    /// let kind = terms.decaying(wad!("1"), Timestamp::new(40))?;
    /// escrow.create(Timestamp::ZERO, Amount::new(80), kind)?;
    /// assert_eq!(escrow.total_weight_at(Timestamp::new(10))?, Amount::new(60));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn total_weight_at(&self, at: Timestamp) -> Result<Amount, Error> {
        self.terms.weight(self.total_at(at)?)
    }
}

impl<T: Totals> Escrow<T> {
    /// Counts `new` from now on, in place of `old`, and holds `locked` in all.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn replace(
        &mut self,
        now: Timestamp,
        old: Option<Lock>,
        new: Option<Lock>,
        locked: Amount,
    ) -> Result<(), Error> {
        in_order(self.clock, now)?;
        self.totals
            .replace(now, old.map(Power::from), new.map(Power::from))?;
        self.clock = now;
        self.locked = locked;
        Ok(())
    }

    fn check_live(&self, now: Timestamp, lock: &Lock) -> Result<(), Error> {
        in_order(self.clock, now)?;
        match lock.end() {
            Some(end) if end <= now => Err(Error::Ended { end, at: now }),
            _ => Ok(()),
        }
    }
}
