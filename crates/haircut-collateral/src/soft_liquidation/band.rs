//! The state of one band.

use tokenomics_fixed_math::{Amount, Rounding};

use crate::check::in_range;
use crate::{Error, Quantity};

/// The shares of a unit of the first deposit.
const FIRST_SHARES: u128 = 1 << 20;
/// The fewest shares that a deposit makes, so that their floor takes less than this part of it.
const LEAST_SHARES: u128 = 1 << 10;

/// A price band: collateral, the debt asset that it was sold for, and the shares by which holders own both.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_haircut_collateral::Band;
///
/// let band = Band::restore(Amount::new(3), Amount::ZERO, Amount::new(3 << 20))?;
/// assert_eq!(band.collateral(), Amount::new(3));
/// assert!(Band::restore(Amount::new(3), Amount::ZERO, Amount::ZERO).is_err());
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Band {
    collateral: Amount,
    proceeds: Amount,
    // 0 where there is nothing, and nowhere else.
    shares: Amount,
}

impl Band {
    /// The band that holds nothing.
    pub const EMPTY: Self = Self {
        collateral: Amount::ZERO,
        proceeds: Amount::ZERO,
        shares: Amount::ZERO,
    };

    /// Restores a band from what it holds and the shares of it.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for shares of nothing, and for something without shares.
    ///
    /// ```
    /// # use tokenomics_fixed_math::Amount;
    /// # use tokenomics_haircut_collateral::Band;
    /// let none = Amount::ZERO;
    /// assert_eq!(Band::restore(none, none, none)?, Band::EMPTY);
    /// assert!(Band::restore(none, none, Amount::new(1)).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub const fn restore(
        collateral: Amount,
        proceeds: Amount,
        shares: Amount,
    ) -> Result<Self, Error> {
        let range = if collateral.is_zero() && proceeds.is_zero() {
            in_range(Quantity::BandShares, shares.get(), 0, 0)
        } else {
            in_range(Quantity::BandShares, shares.get(), 1, u128::MAX)
        };
        match range {
            Ok(()) => Ok(Self {
                collateral,
                proceeds,
                shares,
            }),
            Err(error) => Err(error),
        }
    }

    /// Returns the collateral that it holds.
    #[must_use]
    pub const fn collateral(&self) -> Amount {
        self.collateral
    }

    /// Returns the debt asset that it holds.
    #[must_use]
    pub const fn proceeds(&self) -> Amount {
        self.proceeds
    }

    /// Returns the number of shares of both.
    #[must_use]
    pub const fn shares(&self) -> Amount {
        self.shares
    }

    /// Returns the band with other amounts, of the same shares. A trade leaves one of them at least.
    pub(super) const fn with(self, collateral: Amount, proceeds: Amount) -> Self {
        Self {
            collateral,
            proceeds,
            shares: self.shares,
        }
    }

    /// Adds collateral to a band that has no proceeds, and returns the shares of it, floored.
    ///
    /// Who owns all of a band can burn its shares but for one, and raise what that is worth by trading with
    /// it. A deposit of less would be theirs.
    pub(super) fn deposit(&mut self, amount: Amount) -> Result<Amount, Error> {
        let minted = if self.shares.is_zero() {
            amount.mul_div(FIRST_SHARES, 1, Rounding::Floor)?
        } else {
            amount.mul_div(self.shares.get(), self.collateral.get(), Rounding::Floor)?
        };
        if !amount.is_zero() {
            in_range(Quantity::BandShares, minted.get(), LEAST_SHARES, u128::MAX)?;
        }
        let shares = self.shares.checked_add(minted)?;
        self.collateral = self.collateral.checked_add(amount)?;
        self.shares = shares;
        Ok(minted)
    }

    /// Takes what shares are worth, floored: all of it for all shares.
    pub(super) fn withdraw(&mut self, shares: Amount) -> Result<[Amount; 2], Error> {
        let collateral = self.part(self.collateral, shares)?;
        let proceeds = self.part(self.proceeds, shares)?;
        self.collateral = self.collateral.checked_sub(collateral)?;
        self.proceeds = self.proceeds.checked_sub(proceeds)?;
        self.shares = self.shares.checked_sub(shares)?;
        Ok([collateral, proceeds])
    }

    /// Returns the part of an amount that shares are of all, floored.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(super) fn part(&self, amount: Amount, shares: Amount) -> Result<Amount, Error> {
        let (part, all) = (shares.get(), self.shares.get());
        in_range(Quantity::BandShares, part, 0, all)?;
        if part == 0 {
            return Ok(Amount::ZERO);
        }
        Ok(amount.mul_div(part, all, Rounding::Floor)?)
    }
}

tokenomics_internals::checked_codec! {
    Band::restore as RawBand {
        collateral: Amount = Band::collateral,
        proceeds: Amount = Band::proceeds,
        shares: Amount = Band::shares,
    }
}
