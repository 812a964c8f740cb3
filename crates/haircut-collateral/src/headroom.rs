//! The headroom of a position, how far it may still go: the exact inverses of
//! [`Basket::is_healthy`].

use tokenomics_fixed_math::{Amount, Wad};

use crate::wide::Wide;
use crate::{Basket, Debt, Error, Haircut, Margin};

impl Basket<'_> {
    /// Returns the largest amount that may be borrowed on top, in base units of an asset at `price`
    /// with `add_on`; 0 if the basket isn't healthy as it is.
    ///
    /// # Rounding
    /// Floor, the exact quotient rounded once.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a price of 0.
    ///
    /// # Laws
    /// `inverse_is_tight`: with that debt a healthy basket is still healthy, and with one unit more
    /// it isn't. Where even a debt of [`Amount::MAX`] is covered, that is the result.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Fraction, Wad};
    /// use tokenomics_haircut_collateral::{Basket, Error, Haircut, Holding, Margin, Quantity};
    ///
    /// let haircut = Haircut::new(Fraction::from_percent(20)?, Fraction::from_percent(16)?)?;
    /// let held = [Holding::new(Amount::new(1_000), Wad::from_integer(3)?, haircut)];
    /// let most = Basket::new(&held, &[])
    ///     .max_borrow(Wad::from_integer(7)?, Haircut::NONE, Margin::Initial)?;
    /// assert_eq!(most, Amount::new(342)); // 2,400 / 7
    ///
    /// let unpriced = Basket::new(&held, &[])
    ///     .max_borrow(Wad::ZERO, Haircut::NONE, Margin::Initial);
    /// let what = Quantity::DebtPrice;
    /// assert_eq!(unpriced, Err(Error::OutOfRange { what, value: 0, bound: 1 }));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("ltv", "available_borrows", "borrowing_power"))]
    pub fn max_borrow(&self, price: Wad, add_on: Haircut, margin: Margin) -> Result<Amount, Error> {
        let unit = Debt::new(Amount::ZERO, price, add_on)?;
        let Some(free) = self.free(margin) else {
            return Ok(Amount::ZERO);
        };
        covered(free, price, unit.weight(margin))
    }

    /// Returns the largest amount of the holding at `index` that may be withdrawn, in its base
    /// units; 0 if the basket isn't healthy as it is.
    ///
    /// # Rounding
    /// Floor, the exact quotient rounded once.
    ///
    /// # Errors
    /// [`Error::NoSuchHolding`] for an index that isn't below the number of holdings.
    ///
    /// # Laws
    /// `inverse_is_tight`: without that much a healthy basket is still healthy, and without one
    /// unit more it isn't, unless all of the holding may leave.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Fraction, Wad};
    /// use tokenomics_haircut_collateral::{Basket, Debt, Error, Haircut, Holding, Margin};
    ///
    /// let haircut = Haircut::new(Fraction::from_percent(20)?, Fraction::from_percent(16)?)?;
    /// let held = [Holding::new(Amount::new(1_000), Wad::from_integer(3)?, haircut)];
    /// let owed = [Debt::new(Amount::new(2_000), Wad::ONE, Haircut::NONE)?];
    /// let most = Basket::new(&held, &owed).max_withdraw(0, Margin::Initial)?;
    /// assert_eq!(most, Amount::new(166)); // (2,400 − 2,000) / 2.4
    ///
    /// let beyond = Basket::new(&held, &owed).max_withdraw(1, Margin::Initial);
    /// assert_eq!(beyond, Err(Error::NoSuchHolding { index: 1, len: 1 }));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("withdrawable", "free_collateral"))]
    pub fn max_withdraw(&self, index: usize, margin: Margin) -> Result<Amount, Error> {
        let len = self.holdings().len();
        let held = self
            .holdings()
            .get(index)
            .ok_or(Error::NoSuchHolding { index, len })?;
        let Some(free) = self.free(margin) else {
            return Ok(Amount::ZERO);
        };
        let weight = held.haircut().weight(margin).raw();
        if weight == 0 || held.price().is_zero() {
            // It counts for nothing, so nothing depends on it.
            return Ok(held.amount());
        }
        Ok(covered(free, held.price(), weight)?.min(held.amount()))
    }

    /// Returns by how much the credit exceeds the debt, in 1e-36 quote units; `None` if it falls
    /// short.
    fn free(&self, margin: Margin) -> Option<Wide> {
        self.exact_credit(margin)
            .checked_sub(self.exact_owed(margin))
    }
}

/// Returns the largest amount whose amount · price · weight is at most `free`.
fn covered(free: Wide, price: Wad, weight: u64) -> Result<Amount, Error> {
    // ⌊⌊free / weight⌋ / price⌋ = ⌊free / (weight · price)⌋ for integers: two divisors of one limb
    // in place of one of two limbs, with nothing lost.
    let (quotient, _) = free.div_rem(weight.into())?;
    let (most, _) = quotient.div_rem(price.raw())?;
    // Beyond 128 bits every amount there is is covered.
    Ok(most.to_u128().map_or(Amount::MAX, Amount::new))
}
