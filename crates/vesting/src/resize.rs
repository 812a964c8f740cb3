//! Schedules that can have another total.

use tokenomics_fixed_math::Amount;

use crate::{Error, Schedule};

/// A schedule whose total can be another one, with the same times.
///
/// # Laws
/// `non_expansive`: of the two, the one with the larger total vests at any time at least as much as
/// the other, and at most the difference of the totals more.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Linear, Resize, Schedule};
///
/// let at = Timestamp::new;
/// let linear = Linear::new(at(0), at(4), Amount::new(10))?;
/// assert_eq!(linear.with_total(Amount::new(18))?.vested_at(at(3)), Amount::new(13));
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
pub trait Resize: Schedule + Sized {
    /// Returns the same schedule with `total` in place of its own.
    ///
    /// # Errors
    /// Those of its constructor, where a part of a fixed amount is above the total, such as the
    /// lump of a [`LumpLinear`](crate::LumpLinear). [`Error::NotResizable`] for a value of which what has vested could
    /// fall, such as a [`Step`](crate::Step) whose dust goes to a single tranche.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Error, LumpLinear, Resize, Schedule};
    ///
    /// let (cliff, end) = (Timestamp::new(0), Timestamp::new(100));
    /// let grant = LumpLinear::new(cliff, end, Amount::new(250), Amount::new(1_000))?;
    /// // The lump stays; what follows grows.
    /// let larger = grant.with_total(Amount::new(1_250))?;
    /// assert_eq!(larger.vested_at(cliff), Amount::new(250));
    /// assert_eq!(larger.vested_at(Timestamp::new(50)), Amount::new(750));
    ///
    /// let less = grant.with_total(Amount::new(249));
    /// assert!(matches!(less, Err(Error::OutOfRange { value: 250, bound: 249, .. })));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    fn with_total(&self, total: Amount) -> Result<Self, Error>;
}
