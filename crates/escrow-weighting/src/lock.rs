//! A lock, and its weight at any time.

use tokenomics_fixed_math::{Amount, Timestamp, U256};

use crate::check::in_range;
use crate::{Error, LockKind, Quantity};

/// A lock of a vote escrow: an amount, and how much each unit of it weighs through time.
///
/// The holder keeps it; an escrow keeps only the totals. It doesn't say since when it exists: the
/// weight at a past time is told by a `LockHistory` (feature `alloc`). Whoever holds it may hand it
/// over: neither the escrow nor any total changes by that.
///
/// # Laws
/// `neutral`: [`split`](Self::split) and [`merge`](Self::merge) change no weight at any time.
/// `bounded`: its weight is at most its amount times the largest multiplier. `independent`: it is a
/// function of the lock and the time alone.
///
/// ```
/// use tokenomics_escrow_weighting::{Lock, Terms};
/// use tokenomics_fixed_math::{wad, Amount, Span, Timestamp};
///
/// let terms = Terms::new(Span::new(100), Span::new(1))?;
/// let kind = terms.decaying(wad!("1"), Timestamp::new(100))?;
/// let lock = Lock::new(Amount::new(1_000), kind)?;
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
    // A unit's weight never has more than 128 bits, at any time.
    kind: LockKind,
}

impl Lock {
    /// Creates a lock as its holder kept it. New ones are made by an escrow, which counts them.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an amount of 0, and for a bonus that is full before it begins;
    /// [`Error::Overflow`] if a unit weighs 2^128 or more at some time.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Error, Lock, LockKind, Quantity};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let kind = LockKind::Constant { level: 1, end: None };
    /// assert_eq!(Lock::new(Amount::new(1), kind)?.amount(), Amount::new(1));
    /// let (what, none) = (Quantity::Amount, Lock::new(Amount::ZERO, kind));
    /// assert_eq!(none, Err(Error::OutOfRange { what, value: 0, bound: 1 }));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn new(amount: Amount, kind: LockKind) -> Result<Self, Error> {
        in_range(Quantity::Amount, amount.get(), 1, u128::MAX)?;
        if let LockKind::Growing { since, full, .. } = kind {
            let most = u64::MAX.into();
            in_range(Quantity::Full, full.get().into(), since.get().into(), most)?;
        }
        let peak = kind.peak_from(Timestamp::ZERO);
        peak.ok_or(Error::Overflow {
            bits: 129,
            max: u128::MAX,
        })?;
        Ok(Self { amount, kind })
    }

    /// Returns the amount that is locked, in base units; never 0.
    #[must_use]
    pub const fn amount(&self) -> Amount {
        self.amount
    }

    /// Returns how much each unit weighs through time.
    #[must_use]
    pub const fn kind(&self) -> LockKind {
        self.kind
    }

    /// Returns the end: the first time at which the amount is no longer locked; `None` for a
    /// permanent lock.
    #[must_use]
    pub const fn end(&self) -> Option<Timestamp> {
        self.kind.end()
    }

    /// Returns whether the lock has ended, so that it weighs nothing and can be withdrawn.
    #[must_use]
    pub fn has_ended(self, now: Timestamp) -> bool {
        self.end().is_some_and(|end| end <= now)
    }

    /// Returns the undivided weight, the amount times what a unit weighs, in base units × time ×
    /// 10^−18: zero from the end on. [`Terms::weight`](crate::Terms::weight) divides it.
    ///
    /// # Rounding
    /// None: it is exact.
    #[doc(alias("voting_power", "balanceOf", "get_votes"))]
    #[must_use]
    pub fn weight_at(self, at: Timestamp) -> U256 {
        // The constructor has seen that a unit's weight has 128 bits at most.
        let unit = self.kind.unit_weight_at(at).unwrap_or(0);
        U256::product(self.amount.get(), unit)
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
    /// # use tokenomics_escrow_weighting::{Error, Lock, LockKind, Quantity};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let kind = LockKind::Decaying { rate: 1, end: Timestamp::new(100) };
    /// let lock = Lock::new(Amount::new(1_000), kind)?;
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
            ..self
        };
        let part = Self {
            amount: part,
            ..self
        };
        Ok((part, rest))
    }

    /// Merges two locks of the same kind and end into one.
    ///
    /// Others have no neutral merge: extend the earlier one first, which is a change of weight and
    /// says so. As with [`split`](Self::split), no total changes.
    ///
    /// # Errors
    /// [`Error::KindsDiffer`]; [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// # Laws
    /// `neutral`: the one weight is the sum of the two, at every time.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Error, Lock, LockKind};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let until = |end| Lock::new(Amount::new(50), LockKind::Decaying { rate: 1, end });
    /// let (left, right) = (Timestamp::new(100), Timestamp::new(200));
    /// assert_eq!(until(left)?.merge(until(left)?)?.amount(), Amount::new(100));
    ///
    /// let refused = until(left)?.merge(until(right)?);
    /// assert_eq!(refused, Err(Error::KindsDiffer { left: Some(left), right: Some(right) }));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn merge(self, other: Self) -> Result<Self, Error> {
        if self.kind != other.kind {
            let (left, right) = (self.end(), other.end());
            return Err(Error::KindsDiffer { left, right });
        }
        let amount = self.amount.checked_add(other.amount)?;
        Ok(Self { amount, ..self })
    }
}

tokenomics_internals::checked_codec! {
    Lock::new as RawLock {
        amount: Amount = Lock::amount,
        kind: LockKind = Lock::kind,
    }
}
