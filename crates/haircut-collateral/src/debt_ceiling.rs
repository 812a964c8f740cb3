//! Caps on a debt.

use tokenomics_fixed_math::Amount;

use crate::check::in_range;
use crate::{Error, Quantity};

/// A cap on how much may be owed, or supplied, at a time: of an asset, of a market, or against one
/// isolated collateral.
///
/// # Laws
/// `capped`: what is used is what was taken less what was released, never above the largest ceiling
/// there was; lowering the ceiling takes nothing from anybody.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_haircut_collateral::DebtCeiling;
///
/// let mut ceiling = DebtCeiling::new(Amount::new(100));
/// ceiling.take(Amount::new(80))?;
/// ceiling.set_limit(Amount::new(50));
/// assert_eq!((ceiling.used(), ceiling.room()), (Amount::new(80), Amount::ZERO));
/// ceiling.release(Amount::new(40))?;
/// assert_eq!(ceiling.room(), Amount::new(10));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// Aave v3: supply and borrow caps, and the debt ceiling of isolation mode, which counts in quote units
/// with two decimals; here in whatever units the caller counts.
#[doc(alias("borrow_cap", "supply_cap", "isolation_mode"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct DebtCeiling {
    limit: Amount,
    used: Amount,
}

impl DebtCeiling {
    /// Creates a ceiling under which nothing is used.
    #[must_use]
    pub const fn new(limit: Amount) -> Self {
        Self::restore(limit, Amount::ZERO)
    }

    /// Restores a ceiling from its [`limit`](Self::limit) and what is [`used`](Self::used), which may be
    /// above it.
    ///
    /// ```
    /// # use tokenomics_fixed_math::Amount;
    /// # use tokenomics_haircut_collateral::DebtCeiling;
    /// let ceiling = DebtCeiling::restore(Amount::new(5), Amount::new(7));
    /// assert_eq!((ceiling.limit(), ceiling.used()), (Amount::new(5), Amount::new(7)));
    /// ```
    #[must_use]
    pub const fn restore(limit: Amount, used: Amount) -> Self {
        Self { limit, used }
    }

    /// Returns the ceiling.
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

    /// Sets the ceiling. Below what is used, nothing may be taken until enough is released.
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
    /// # use tokenomics_haircut_collateral::DebtCeiling;
    /// let mut ceiling = DebtCeiling::new(Amount::new(5));
    /// assert!(ceiling.take(Amount::new(6)).is_err());
    /// ceiling.take(Amount::new(5))?;
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn take(&mut self, amount: Amount) -> Result<(), Error> {
        let room = self.room().get();
        in_range(Quantity::DebtCeilingRoom, amount.get(), 0, room)?;
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
    /// # use tokenomics_haircut_collateral::DebtCeiling;
    /// let mut ceiling = DebtCeiling::restore(Amount::new(5), Amount::new(4));
    /// ceiling.release(Amount::new(3))?;
    /// assert!(ceiling.release(Amount::new(3)).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn release(&mut self, amount: Amount) -> Result<(), Error> {
        in_range(Quantity::DebtReleased, amount.get(), 0, self.used.get())?;
        self.used = self.used.checked_sub(amount)?;
        Ok(())
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl DebtCeiling {
    #[allow(
        clippy::unnecessary_wraps,
        reason = "the codec takes a constructor that can fail"
    )]
    const fn read(limit: Amount, used: Amount) -> Result<Self, Error> {
        Ok(Self::restore(limit, used))
    }
}

tokenomics_internals::checked_codec! {
    DebtCeiling::read as RawDebtCeiling {
        limit: Amount = DebtCeiling::limit,
        used: Amount = DebtCeiling::used,
    }
}
