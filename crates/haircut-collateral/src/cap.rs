//! Caps on what is supplied or owed.

use tokenomics_fixed_math::Amount;

use crate::check::in_range;
use crate::{Error, Quantity};

/// A cap on how much may be supplied, or owed, at a time.
///
/// A supply cap, a borrow cap and the debt ceiling of an isolated collateral are each a cap: one is kept
/// for each asset, market or collateral that has one, and counts in whatever units the caller does.
///
/// It counts the amounts that it is told. Where a total grows by itself, such as a debt by its interest,
/// the total is the market's: [`restore`](Self::restore) the cap with it before each [`take`](Self::take) and
/// each [`release`](Self::release), or what is repaid may be more than the cap knows of.
///
/// # Laws
/// `capped`: what is used is what was taken less what was released, never above the largest limit
/// there was, unless it is restored with more; lowering the limit takes nothing from anybody.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_haircut_collateral::Cap;
///
/// let mut supply = Cap::new(Amount::new(100));
/// supply.take(Amount::new(80))?;
/// supply.set_limit(Amount::new(50));
/// assert_eq!((supply.used(), supply.room()), (Amount::new(80), Amount::ZERO));
/// supply.release(Amount::new(40))?;
/// assert_eq!(supply.room(), Amount::new(10));
///
/// // 90 that were borrowed have become 97.
/// let mut borrow = Cap::new(Amount::new(100));
/// borrow.take(Amount::new(90))?;
/// assert!(borrow.release(Amount::new(97)).is_err());
/// let mut borrow = Cap::restore(borrow.limit(), Amount::new(97));
/// assert!(borrow.take(Amount::new(4)).is_err());
/// borrow.release(Amount::new(97))?;
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// Aave v3: supply and borrow caps, and the debt ceiling of isolation mode, which counts in quote units
/// with two decimals.
#[doc(alias("borrow_cap", "supply_cap", "debt_ceiling", "isolation_mode"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Cap {
    limit: Amount,
    used: Amount,
}

impl Cap {
    /// Creates a cap under which nothing is used.
    #[must_use]
    pub const fn new(limit: Amount) -> Self {
        Self::restore(limit, Amount::ZERO)
    }

    /// Restores a cap from its [`limit`](Self::limit) and what is [`used`](Self::used), which may be
    /// above it.
    ///
    /// ```
    /// # use tokenomics_fixed_math::Amount;
    /// # use tokenomics_haircut_collateral::Cap;
    /// let cap = Cap::restore(Amount::new(5), Amount::new(7));
    /// assert_eq!((cap.limit(), cap.used()), (Amount::new(5), Amount::new(7)));
    /// ```
    #[must_use]
    pub const fn restore(limit: Amount, used: Amount) -> Self {
        Self { limit, used }
    }

    /// Returns the limit.
    #[must_use]
    pub const fn limit(&self) -> Amount {
        self.limit
    }

    /// Returns the amount that is used.
    #[must_use]
    pub const fn used(&self) -> Amount {
        self.used
    }

    /// Returns the amount that may still be taken.
    #[must_use]
    pub fn room(&self) -> Amount {
        self.limit.checked_sub(self.used).unwrap_or(Amount::ZERO)
    }

    /// Sets the limit. Below what is used, nothing may be taken until enough is released.
    pub fn set_limit(&mut self, limit: Amount) {
        self.limit = limit;
    }

    /// Uses an amount.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more than there is [room](Self::room).
    ///
    /// ```
    /// # use tokenomics_fixed_math::Amount;
    /// # use tokenomics_haircut_collateral::Cap;
    /// let mut cap = Cap::new(Amount::new(5));
    /// assert!(cap.take(Amount::new(6)).is_err());
    /// cap.take(Amount::new(5))?;
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn take(&mut self, amount: Amount) -> Result<(), Error> {
        let room = self.room().get();
        in_range(Quantity::CapRoom, amount.get(), 0, room)?;
        self.used = self.used.checked_add(amount)?;
        Ok(())
    }

    /// Releases an amount that was used.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more than is used.
    ///
    /// ```
    /// # use tokenomics_fixed_math::Amount;
    /// # use tokenomics_haircut_collateral::Cap;
    /// let mut cap = Cap::restore(Amount::new(5), Amount::new(4));
    /// cap.release(Amount::new(3))?;
    /// assert!(cap.release(Amount::new(3)).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn release(&mut self, amount: Amount) -> Result<(), Error> {
        in_range(Quantity::CapReleased, amount.get(), 0, self.used.get())?;
        self.used = self.used.checked_sub(amount)?;
        Ok(())
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl Cap {
    #[allow(
        clippy::unnecessary_wraps,
        reason = "the codec takes a constructor that can fail"
    )]
    const fn read(limit: Amount, used: Amount) -> Result<Self, Error> {
        Ok(Self::restore(limit, used))
    }
}

tokenomics_internals::checked_codec! {
    Cap::read as RawCap {
        limit: Amount = Cap::limit,
        used: Amount = Cap::used,
    }
}
