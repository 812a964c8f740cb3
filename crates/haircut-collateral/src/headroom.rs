//! The headroom of a position, how far it may still go: the exact inverses of
//! [`Portfolio::is_healthy`].

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding};

use crate::wide::Wide;
use crate::{Debt, Error, Haircut, Holding, Margin, Portfolio};

const SCALE: u128 = Wide::SCALE;

impl Portfolio<'_> {
    /// Returns the largest amount that may be borrowed on top, in base units of an asset at `price`
    /// with `add_on`; 0 if the portfolio isn't healthy as it is.
    ///
    /// # Rounding
    /// Floor, the exact quotient rounded once.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a price of 0.
    ///
    /// # Laws
    /// `inverse_is_tight`: with that debt a healthy portfolio is still healthy, and with one unit more
    /// it isn't. Where even a debt of [`Amount::MAX`] is covered, that is the result.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Fraction, Ratio};
    /// use tokenomics_haircut_collateral::{Error, Haircut, Holding, Margin, Portfolio, Quantity};
    ///
    /// let haircut = Haircut::new(Fraction::from_percent(20)?, Fraction::from_percent(16)?)?;
    /// let held = [Holding::new(Amount::new(1_000), Ratio::from_integer(3), haircut)];
    /// let most = Portfolio::new(&held, &[])
    ///     .max_borrow(Ratio::from_integer(7), Haircut::NONE, Margin::Initial)?;
    /// assert_eq!(most, Amount::new(342)); // 2,400 / 7
    ///
    /// let unpriced = Portfolio::new(&held, &[])
    ///     .max_borrow(Ratio::ZERO, Haircut::NONE, Margin::Initial);
    /// let what = Quantity::DebtPrice;
    /// assert_eq!(unpriced, Err(Error::OutOfRange { what, value: 0, bound: 1 }));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("ltv", "available_borrows", "borrowing_power"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn max_borrow(
        &self,
        price: Ratio,
        add_on: Haircut,
        margin: Margin,
    ) -> Result<Amount, Error> {
        let unit = Debt::new(Amount::ZERO, price, add_on)?;
        let (credit, owed) = (self.exact_credit(margin), self.exact_owed(margin));
        let Some(free) = credit.checked_sub(owed) else {
            return Ok(Amount::ZERO);
        };
        let divide = [price.numerator(), unit.weight(margin).into(), SCALE];
        // A whole number of 1e-36 is covered by as much as its ceiling is.
        let most = free.scaled([price.denominator()], divide, Rounding::Floor);
        // Beyond 128 bits every amount there is is covered.
        Ok(most.map_or(Amount::MAX, Amount::new))
    }

    /// Returns the largest amount of the holding at `index` that may be withdrawn, in its base
    /// units; 0 if the portfolio isn't healthy as it is.
    ///
    /// # Rounding
    /// Floor, the exact quotient rounded once.
    ///
    /// # Errors
    /// [`Error::NoSuchHolding`] for an index that isn't below the number of holdings.
    ///
    /// # Laws
    /// `inverse_is_tight`: without that much a healthy portfolio is still healthy, and without one
    /// unit more it isn't, unless all of the holding may leave.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Fraction, Ratio};
    /// use tokenomics_haircut_collateral::{Debt, Error, Haircut, Holding, Margin, Portfolio};
    ///
    /// let haircut = Haircut::new(Fraction::from_percent(20)?, Fraction::from_percent(16)?)?;
    /// let held = [Holding::new(Amount::new(1_000), Ratio::from_integer(3), haircut)];
    /// let owed = [Debt::new(Amount::new(2_000), Ratio::ONE, Haircut::NONE)?];
    /// let most = Portfolio::new(&held, &owed).max_withdraw(0, Margin::Initial)?;
    /// assert_eq!(most, Amount::new(166)); // (2,400 − 2,000) / 2.4
    ///
    /// let beyond = Portfolio::new(&held, &owed).max_withdraw(1, Margin::Initial);
    /// assert_eq!(beyond, Err(Error::NoSuchHolding { index: 1, len: 1 }));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("withdrawable", "free_collateral"))]
    pub fn max_withdraw(&self, index: usize, margin: Margin) -> Result<Amount, Error> {
        let held = self.holding(index)?;
        if !self.is_healthy(margin) {
            return Ok(Amount::ZERO);
        }
        let Some(needed) = self.needed_of(held, margin) else {
            // The rest covers all.
            return Ok(held.amount());
        };
        let unit = [held.price().numerator(), held.weight(margin), SCALE];
        // A healthy portfolio needs no more of it than there is, so there is a price and a weight.
        let least = needed.scaled([held.price().denominator()], unit, Rounding::Ceil);
        let kept = least.map_or(held.amount(), Amount::new);
        Ok(held.amount().checked_sub(kept)?)
    }

    /// Returns the lowest price of the holding at `index` at which the portfolio is still healthy if
    /// all else stays as it is, over the denominator of its present price; `None` if no price is
    /// enough. It is 0 where the rest covers what is owed.
    ///
    /// The denominator is the resolution: a price that is a [`Wad`](tokenomics_fixed_math::Wad) gives
    /// one of 18 decimals, a price of a whole number a whole number.
    ///
    /// # Rounding
    /// Ceil.
    ///
    /// # Errors
    /// [`Error::NoSuchHolding`] for an index that isn't below the number of holdings.
    ///
    /// # Laws
    /// `inverse_is_tight`: at this price the portfolio is healthy, and at one that is lower by a unit of
    /// its numerator it isn't.
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Amount, Fraction, Ratio};
    /// use tokenomics_haircut_collateral::{Debt, Haircut, Holding, Margin, Portfolio};
    ///
    /// let haircut = Haircut::new(Fraction::from_percent(20)?, Fraction::from_percent(16)?)?;
    /// let held = [Holding::new(Amount::new(1_000), Ratio::from(wad!("3")), haircut)];
    /// let owed = [Debt::new(Amount::new(2_000), Ratio::ONE, Haircut::NONE)?];
    /// let portfolio = Portfolio::new(&held, &owed);
    /// let lowest = portfolio.liquidation_price(0, Margin::Maintenance)?;
    /// assert_eq!(lowest, Some(wad!("2.380952380952380953").into())); // 2,000 / 840
    /// assert!(portfolio.liquidation_price(1, Margin::Maintenance).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("margin_call", "trigger_price"))]
    pub fn liquidation_price(&self, index: usize, margin: Margin) -> Result<Option<Ratio>, Error> {
        let held = self.holding(index)?;
        let denominator = held.price().denominator();
        let Some(needed) = self.needed_of(held, margin) else {
            return Ok(Ratio::new(0, denominator).ok());
        };
        let (amount, weight) = (held.amount().get(), held.weight(margin));
        if amount == 0 || weight == 0 {
            return Ok(None);
        }
        let least = needed.scaled([denominator], [amount, weight, SCALE], Rounding::Ceil);
        Ok(least.and_then(|least| Ratio::new(least, denominator).ok()))
    }

    /// Returns the holding at `index`.
    pub(crate) fn holding(&self, index: usize) -> Result<&Holding, Error> {
        let len = self.holdings().len();
        let held = self.holdings().get(index);
        held.ok_or_else(|| Error::no_holding(index, len))
    }

    /// Returns the debt at `index`.
    pub(crate) fn debt(&self, index: usize) -> Result<&Debt, Error> {
        let len = self.debts().len();
        let debt = self.debts().get(index);
        debt.ok_or_else(|| Error::no_debt(index, len))
    }

    /// Returns the credit that one of the holdings must give at least, in 1e-36 quote units; `None` if
    /// the others cover what is owed.
    fn needed_of(&self, held: &Holding, margin: Margin) -> Option<Wide> {
        // The holding's credit is a part of the sum.
        let others = self.exact_credit(margin).checked_sub(held.credit(margin))?;
        let needed = self.exact_owed(margin).checked_sub(others)?;
        (!needed.is_zero()).then_some(needed)
    }
}

/// Returns the largest leverage, the value of an asset over the equity in it, at which that asset
/// covers the debt it is bought with: (1 + add-on) / (haircut + add-on); `None` if there is no bound.
///
/// It is exact: a position of equity `e` may hold ⌊e · leverage⌋, and not a unit more.
///
/// # Laws
/// `inverse_is_tight`.
///
/// ```
/// use tokenomics_fixed_math::{Fraction, Ratio};
/// use tokenomics_haircut_collateral::{max_leverage, Haircut, Margin};
///
/// let haircut = Haircut::new(Fraction::from_percent(20)?, Fraction::from_percent(16)?)?;
/// let most = max_leverage(haircut, Haircut::NONE, Margin::Initial);
/// assert_eq!(most, Some(Ratio::from_integer(5)));
/// assert_eq!(max_leverage(Haircut::NONE, Haircut::NONE, Margin::Initial), None);
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[doc(alias("multiply", "looping"))]
#[must_use]
pub fn max_leverage(haircut: Haircut, add_on: Haircut, margin: Margin) -> Option<Ratio> {
    let (cut, added) = (
        haircut.fraction(margin).raw(),
        add_on.fraction(margin).raw(),
    );
    // Each is at most 1e18.
    let owed = Fraction::SCALE.wrapping_add(added);
    Ratio::new(owed.into(), cut.wrapping_add(added).into()).ok()
}
