//! The two parts of a schedule that is split.

use tokenomics_fixed_math::{mul_div, Amount, Rounding, Timestamp};

use crate::check::at_most;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::FromSeed;
use crate::{Error, Quantity, Schedule};
use tokenomics_internals::difference;

/// One of the two parts of a schedule that is split. Each vests in proportion to its total, and the
/// two sum to the whole at every time.
///
/// With T for the whole's total, V for its `vested_at` and a for the first part's total:
///
/// | part | total | vested_at(t) |
/// | --- | --- | --- |
/// | first | a | ⌊V(t) · a / T⌋ |
/// | second | T − a | V(t) − ⌊V(t) · a / T⌋ |
///
/// Both are monotone: as V grows by one, the first grows by one or not at all, as a ≤ T, and the
/// second does what the first does not. The difference of two such shares would not be: a third
/// part is a part of a part.
///
/// # Rounding
/// Floor for the first part of what has vested, and Ceil for the second, which takes what the first
/// leaves. Ceil for the time of an amount.
///
/// # Laws
/// Those of [`Schedule`], as far as the whole keeps them. `split_is_exact`: the two sum to the
/// whole at every time.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Linear, Part, Schedule};
///
/// let at = Timestamp::new;
/// let whole = Linear::new(at(0), at(5), Amount::new(5))?;
/// let (first, second) = Part::both(whole, Amount::new(2))?;
/// let vested = |part: Part<Linear>| [1, 2, 3, 4, 5].map(|t| part.vested_at(at(t)).get());
/// assert_eq!(vested(first), [0, 0, 1, 1, 2]);
/// assert_eq!(vested(second), [1, 2, 2, 3, 3]);
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(
        try_from = "RawPart<S>",
        bound(deserialize = "S: Schedule + serde::Deserialize<'de>")
    )
)]
#[cfg_attr(feature = "borsh", derive(borsh::BorshSerialize))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    )
)]
pub struct Part<S> {
    whole: S,
    // The total of the first part, at most the whole's.
    first: Amount,
    is_second: bool,
}

impl<S: Schedule> Part<S> {
    /// Creates the part of `whole` with a total of `first`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more than the whole's total.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Error, Linear, Part, Schedule};
    ///
    /// let whole = Linear::new(Timestamp::new(0), Timestamp::new(3), Amount::new(10))?;
    /// // 3 of 10 by 1, of which 6 tenths are 1.8.
    /// let first = Part::first(whole, Amount::new(6))?;
    /// assert_eq!(first.vested_at(Timestamp::new(1)), Amount::new(1));
    ///
    /// let more = Part::first(whole, Amount::new(11));
    /// assert!(matches!(more, Err(Error::OutOfRange { value: 11, bound: 10, .. })));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn first(whole: S, first: Amount) -> Result<Self, Error> {
        Self::new(whole, first, false)
    }

    /// Creates the part of `whole` that is left by the one with a total of `first`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more than the whole's total.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Linear, Part, Schedule};
    ///
    /// let whole = Linear::new(Timestamp::new(0), Timestamp::new(3), Amount::new(10))?;
    /// // 3 of 10 by 1, of which the first part has 1.
    /// let second = Part::second(whole, Amount::new(6))?;
    /// assert_eq!(second.vested_at(Timestamp::new(1)), Amount::new(2));
    /// assert_eq!(second.total(), Amount::new(4));
    ///
    /// assert!(Part::second(whole, Amount::new(11)).is_err());
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn second(whole: S, first: Amount) -> Result<Self, Error> {
        Self::new(whole, first, true)
    }

    /// Splits `whole` into the part with a total of `first` and the one with the rest.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more than the whole's total.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Linear, Part, Schedule};
    ///
    /// let whole = Linear::new(Timestamp::new(0), Timestamp::new(3), Amount::new(10))?;
    /// let (first, second) = Part::both(whole, Amount::new(6))?;
    /// let at = Timestamp::new(2);
    /// assert_eq!((first.vested_at(at), second.vested_at(at)), (Amount::new(3), Amount::new(3)));
    /// assert_eq!(whole.vested_at(at), Amount::new(6));
    ///
    /// assert!(Part::both(whole, Amount::new(11)).is_err());
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn both(whole: S, first: Amount) -> Result<(Self, Self), Error>
    where
        S: Clone,
    {
        Ok((
            Self::first(whole.clone(), first)?,
            Self::second(whole, first)?,
        ))
    }

    pub(crate) fn new(whole: S, first: Amount, is_second: bool) -> Result<Self, Error> {
        at_most(Quantity::FirstPart, first.get(), whole.total().get())?;
        Ok(Self {
            whole,
            first,
            is_second,
        })
    }

    /// Returns the schedule that is split.
    #[must_use]
    pub const fn whole(&self) -> &S {
        &self.whole
    }

    /// Returns the total of the first part, be it this one or the other.
    #[must_use]
    pub const fn first_total(&self) -> Amount {
        self.first
    }

    /// Returns whether this is the second part, which takes what the first leaves.
    #[must_use]
    pub const fn is_second(&self) -> bool {
        self.is_second
    }

    /// Returns how much of `amount` of the whole, which is at most its total, falls to this part.
    pub(crate) fn of(&self, amount: Amount) -> Amount {
        // At most the amount, as first ≤ total; of a total of 0 there is only 0.
        let first = amount
            .mul_div(self.first.get(), self.whole.total().get(), Rounding::Floor)
            .unwrap_or(Amount::ZERO);
        if self.is_second {
            difference(amount, first)
        } else {
            first
        }
    }
}

impl<S: Schedule> Schedule for Part<S> {
    fn total(&self) -> Amount {
        if self.is_second {
            difference(self.whole.total(), self.first)
        } else {
            self.first
        }
    }

    fn start(&self) -> Timestamp {
        self.whole.start()
    }

    fn end(&self) -> Timestamp {
        self.whole.end()
    }

    fn vested_at(&self, at: Timestamp) -> Amount {
        self.of(self.whole.vested_at(at))
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        let (total, whole) = (self.total().get(), self.whole.total().get());
        if amount.get() > total {
            return None;
        }
        let Some(before) = amount.get().checked_sub(1) else {
            return Some(Timestamp::ZERO);
        };
        // The least v of the whole of which x falls to this part, at most its total as x is at
        // most this part's. First: ⌊v·a/T⌋ ≥ x ⟺ v ≥ ⌈x·T/a⌉. Second, with b = T − a:
        // v − ⌊v·a/T⌋ = ⌈v·b/T⌉ ≥ x ⟺ v·b/T > x − 1 ⟺ v > (x − 1)·T/b.
        let least = if self.is_second {
            let below = mul_div(before, whole, total, Rounding::Floor).ok()?;
            below.checked_add(1)?
        } else {
            mul_div(amount.get(), whole, total, Rounding::Ceil).ok()?
        };
        self.whole.time_of(Amount::new(least))
    }
}

tokenomics_internals::checked_codec! {
    Part<S: Schedule>::new as RawPart {
        whole: S,
        first: Amount,
        is_second: bool,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl<S: Schedule> FromSeed for Part<S> {
    type Seed = (S, Amount, bool);

    fn from_seed((whole, first, is_second): Self::Seed) -> Option<Self> {
        let first = first.min(whole.total());
        Self::new(whole, first, is_second).ok()
    }
}
