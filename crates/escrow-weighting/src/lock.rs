//! A lock, and its weight at any time.

use tokenomics_fixed_math::{Amount, Timestamp, U256};

use crate::check::in_range;
use crate::{Error, Quantity};

/// A lock of a vote escrow: an amount that is locked until an end, and whose weight falls linearly
/// to zero there.
///
/// The holder keeps it; an escrow keeps only the totals. It doesn't say since when it exists: the
/// weight at a past time is told by a `LockHistory` (feature `alloc`).
///
/// # Laws
/// `neutral`: [`split`](Self::split) and [`merge`](Self::merge) change no weight at any time.
/// `bounded`: from its making on, its weight is at most its amount. `independent`: it is a function
/// of the lock and the time alone.
///
/// ```
/// use tokenomics_escrow_weighting::{Lock, Terms};
/// use tokenomics_fixed_math::{Amount, Span, Timestamp};
///
/// let terms = Terms::new(Span::new(100), Span::new(1))?;
/// let lock = Lock::new(Amount::new(1_000), Timestamp::new(100))?;
/// assert_eq!(terms.weight(lock.weight_at(Timestamp::new(0)))?, Amount::new(1_000));
/// assert_eq!(terms.weight(lock.weight_at(Timestamp::new(75)))?, Amount::new(250));
/// assert_eq!(terms.weight(lock.weight_at(Timestamp::new(100)))?, Amount::ZERO);
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
///
/// # Source
/// Curve VotingEscrow (2020), which keeps slope = ⌊amount / MAXTIME⌋ and bias = slope·(end − t):
/// there an amount below MAXTIME, 126,144,000 base units, weighs nothing. Here the product
/// amount·(end − t) is kept exactly, and divided once by whoever reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lock {
    // Never 0.
    amount: Amount,
    end: Timestamp,
}

impl Lock {
    /// Creates a lock as its holder kept it. New ones are made by an escrow, which counts them.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an amount of 0.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Error, Lock, Quantity};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let end = Timestamp::new(1_000);
    /// assert_eq!(Lock::new(Amount::new(1), end)?.amount(), Amount::new(1));
    /// let (what, none) = (Quantity::Amount, Lock::new(Amount::ZERO, end));
    /// assert_eq!(none, Err(Error::OutOfRange { what, value: 0, bound: 1 }));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub const fn new(amount: Amount, end: Timestamp) -> Result<Self, Error> {
        match in_range(Quantity::Amount, amount.get(), 1, u128::MAX) {
            Ok(()) => Ok(Self { amount, end }),
            Err(error) => Err(error),
        }
    }

    /// Returns the amount that is locked, in base units; never 0.
    #[must_use]
    pub const fn amount(&self) -> Amount {
        self.amount
    }

    /// Returns the end: the first time at which the amount is no longer locked.
    #[must_use]
    pub const fn end(&self) -> Timestamp {
        self.end
    }

    /// Returns whether the lock has ended, so that it weighs nothing and can be withdrawn.
    #[must_use]
    pub fn has_ended(self, now: Timestamp) -> bool {
        self.end <= now
    }

    /// Returns the undivided weight, amount·(end − at), in base units × time: zero from the end on.
    /// [`Terms::weight`](crate::Terms::weight) divides it.
    ///
    /// # Rounding
    /// None: it is exact.
    #[doc(alias("voting_power", "balanceOf", "get_votes"))]
    #[must_use]
    pub fn weight_at(self, at: Timestamp) -> U256 {
        match self.end.since(at) {
            Some(left) => U256::product(self.amount.get(), left.get().into()),
            None => U256::ZERO,
        }
    }

    /// Splits the lock into two with the same end: one of `part`, and one of the rest.
    ///
    /// An escrow needn't be told, since no total changes.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless 0 < part < amount.
    ///
    /// # Laws
    /// `neutral`: the two weights sum to the one, at every time.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Error, Lock, Quantity};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let lock = Lock::new(Amount::new(1_000), Timestamp::new(100))?;
    /// let (part, rest) = lock.split(Amount::new(300))?;
    /// assert_eq!((part.amount(), rest.amount()), (Amount::new(300), Amount::new(700)));
    /// assert_eq!(part.merge(rest)?, lock);
    ///
    /// // Neither side may be left with nothing.
    /// let (what, value) = (Quantity::Part, 1_000);
    /// let refused = lock.split(Amount::new(value));
    /// assert_eq!(refused, Err(Error::OutOfRange { what, value, bound: 999 }));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn split(self, part: Amount) -> Result<(Self, Self), Error> {
        let whole = self.amount;
        // An amount is never 0.
        let most = whole.get().saturating_sub(1);
        in_range(Quantity::Part, part.get(), 1, most)?;
        let rest = Self {
            amount: whole.checked_sub(part)?,
            end: self.end,
        };
        let part = Self {
            amount: part,
            end: self.end,
        };
        Ok((part, rest))
    }

    /// Merges two locks with the same end into one.
    ///
    /// Locks with different ends have no neutral merge: extend the earlier one first, which is a
    /// change of weight and says so. As with [`split`](Self::split), no total changes.
    ///
    /// # Errors
    /// [`Error::EndsDiffer`]; [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// # Laws
    /// `neutral`: the one weight is the sum of the two, at every time.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Error, Lock};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let until = |end| Lock::new(Amount::new(50), Timestamp::new(end));
    /// assert_eq!(until(100)?.merge(until(100)?)?.amount(), Amount::new(100));
    ///
    /// let (left, right) = (Timestamp::new(100), Timestamp::new(200));
    /// let refused = until(100)?.merge(until(200)?);
    /// assert_eq!(refused, Err(Error::EndsDiffer { left, right }));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn merge(self, other: Self) -> Result<Self, Error> {
        if self.end != other.end {
            let (left, right) = (self.end, other.end);
            return Err(Error::EndsDiffer { left, right });
        }
        let amount = self.amount.checked_add(other.amount)?;
        Ok(Self { amount, ..self })
    }
}

tokenomics_internals::checked_codec! {
    Lock::new as RawLock {
        amount: Amount = Lock::amount,
        end: Timestamp = Lock::end,
    }
}
