//! The portfolio, which weighs what is held against what is owed.

mod comparison;

use tokenomics_fixed_math::{Amount, Ratio, Rounding};

use crate::wide::{Wide, FULL};
use crate::{Debt, Error, Holding, Margin};

/// The number of units of 1e-36, those of price times weight, in one quote unit.
pub(crate) const SCALE: u128 = 1_000_000_000_000_000_000_000_000_000_000_000_000;

/// A borrower's position: holdings against debts, all priced in one quote.
///
/// The sums are exact at every amount and haircut that can be given, for any number of entries, and
/// at every price whose denominator divides 1e18, which is one of at most 18 decimals: what rounds,
/// rounds the whole sum once. At any other price an entry is cut to 1e-36 quote units, against the
/// borrower.
///
/// # Laws
/// `against_the_borrower`: credit ≤ exact, owed ≥ exact. `monotone`: a lower amount or price, or a
/// larger haircut, never raises credit. `split_invariant`: splitting an entry changes nothing, and
/// two positions never get more credit than one that holds what both do. `inverse_is_tight`, for
/// [`Portfolio::max_borrow`], [`Portfolio::max_withdraw`] and [`Portfolio::liquidation_price`].
///
/// ```
/// use tokenomics_fixed_math::{Amount, Fraction, Ratio};
/// use tokenomics_haircut_collateral::{Debt, Haircut, Holding, Margin, Portfolio};
///
/// let haircut = Haircut::new(Fraction::from_percent(20)?, Fraction::from_percent(16)?)?;
/// let held = [Holding::new(Amount::new(1_000), Ratio::from_integer(3), haircut)];
/// let owed = [Debt::new(Amount::new(2_500), Ratio::ONE, Haircut::NONE)?];
/// let portfolio = Portfolio::new(&held, &owed);
///
/// assert_eq!(portfolio.value()?, Amount::new(3_000));
/// assert_eq!(portfolio.credit(Margin::Initial)?, Amount::new(2_400));
/// assert!(!portfolio.is_healthy(Margin::Initial)); // could not be opened now,
/// assert!(portfolio.is_healthy(Margin::Maintenance)); // but 2,520 covers it while it is open
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Portfolio<'a> {
    holdings: &'a [Holding],
    debts: &'a [Debt],
}

impl<'a> Portfolio<'a> {
    /// Creates the portfolio of what is held and what is owed.
    #[must_use]
    pub const fn new(holdings: &'a [Holding], debts: &'a [Debt]) -> Self {
        Self { holdings, debts }
    }

    /// Returns what is held.
    #[must_use]
    pub const fn holdings(&self) -> &'a [Holding] {
        self.holdings
    }

    /// Returns what is owed.
    #[must_use]
    pub const fn debts(&self) -> &'a [Debt] {
        self.debts
    }

    /// Returns the full value of what is held, Σ amount · price, in quote base units.
    ///
    /// # Rounding
    /// Floor, once for the sum.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Ratio};
    /// # use tokenomics_haircut_collateral::{Error, Haircut, Holding, Portfolio};
    /// // Half a quote unit each: 3 of them are worth 1.5, in one entry or in three.
    /// let price = Ratio::new(1, 2)?;
    /// let held = |amount| Holding::new(amount, price, Haircut::NONE);
    /// assert_eq!(Portfolio::new(&[held(Amount::new(3))], &[]).value()?, Amount::new(1));
    /// assert_eq!(Portfolio::new(&[held(Amount::new(1)); 3], &[]).value()?, Amount::new(1));
    ///
    /// let too_much = Portfolio::new(&[held(Amount::MAX); 3], &[]).value();
    /// assert!(matches!(too_much, Err(Error::Overflow { .. })));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("sum", "total_value"))]
    pub fn value(&self) -> Result<Amount, Error> {
        quote_units(self.exact_value(), Rounding::Floor)
    }

    /// Returns the full value of what is owed, Σ amount · price without add-ons, in quote base units.
    ///
    /// # Rounding
    /// Ceil, once for the sum.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Fraction, Ratio};
    /// # use tokenomics_haircut_collateral::{Debt, Haircut, Portfolio};
    /// let tenth = Fraction::from_percent(10)?;
    /// let owed = [Debt::new(Amount::new(9), Ratio::new(1, 2)?, Haircut::new(tenth, tenth)?)?];
    /// assert_eq!(Portfolio::new(&[], &owed).liabilities()?, Amount::new(5)); // 4.5
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("total_debt", "borrowed"))]
    pub fn liabilities(&self) -> Result<Amount, Error> {
        quote_units(self.exact_liabilities(), Rounding::Ceil)
    }

    /// Returns the credit, the weighted value of what is held: Σ amount · price · (1 − haircut), in
    /// quote base units.
    ///
    /// # Rounding
    /// Floor, once for the sum.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// # Laws
    /// `against_the_borrower`, `monotone`, `split_invariant`.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Fraction, Ratio};
    /// # use tokenomics_haircut_collateral::{Haircut, Holding, Margin, Portfolio};
    /// let haircut = Haircut::new(Fraction::from_percent(20)?, Fraction::from_percent(16)?)?;
    /// let held = [Holding::new(Amount::new(9), Ratio::ONE, haircut)];
    /// let portfolio = Portfolio::new(&held, &[]);
    /// assert_eq!(portfolio.credit(Margin::Initial)?, Amount::new(7)); // of 7.2
    /// assert_eq!(portfolio.credit(Margin::Maintenance)?, Amount::new(7)); // of 7.56
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("borrowing_power", "collateral_value"))]
    pub fn credit(&self, margin: Margin) -> Result<Amount, Error> {
        quote_units(self.exact_credit(margin), Rounding::Floor)
    }

    /// Returns the weighted value of what is owed, Σ amount · price · (1 + add-on), in quote base
    /// units.
    ///
    /// # Rounding
    /// Ceil, once for the sum.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// # Laws
    /// `against_the_borrower`, `monotone`, `split_invariant`.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Fraction, Ratio};
    /// # use tokenomics_haircut_collateral::{Debt, Haircut, Margin, Portfolio};
    /// let add_on = Haircut::new(Fraction::from_percent(10)?, Fraction::ZERO)?;
    /// let owed = [Debt::new(Amount::new(9), Ratio::ONE, add_on)?];
    /// let portfolio = Portfolio::new(&[], &owed);
    /// assert_eq!(portfolio.owed(Margin::Initial)?, Amount::new(10)); // 9.9
    /// assert_eq!(portfolio.owed(Margin::Maintenance)?, Amount::new(9));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("debt", "total_debt"))]
    pub fn owed(&self, margin: Margin) -> Result<Amount, Error> {
        quote_units(self.exact_owed(margin), Rounding::Ceil)
    }

    /// Returns whether Σ amount · price · (1 − haircut) ≥ Σ debt · price · (1 + add-on): the sums are
    /// compared as they are, without a quotient of the two, a rounding or an overflow. A portfolio
    /// without debt is healthy.
    #[doc(alias("health_factor", "solvent"))]
    #[must_use]
    pub fn is_healthy(&self, margin: Margin) -> bool {
        let short = self.covers(
            |held| held.haircut().weight(margin).raw(),
            |debt| debt.weight(margin),
        );
        short.unwrap_or_else(|| self.exact_credit(margin) >= self.exact_owed(margin))
    }

    /// Returns whether it may be liquidated: whether it isn't healthy at [`Margin::Maintenance`].
    #[doc(alias("liquidation", "health_factor"))]
    #[must_use]
    pub fn is_liquidatable(&self) -> bool {
        !self.is_healthy(Margin::Maintenance)
    }

    /// Returns whether what is held is worth what is owed, without haircuts and add-ons.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_haircut_collateral::{Debt, Haircut, Holding, Portfolio};
    ///
    /// let held = [Holding::new(Amount::new(100), Ratio::ONE, Haircut::FULL)];
    /// let owed = [Debt::new(Amount::new(100), Ratio::ONE, Haircut::NONE)?];
    /// let portfolio = Portfolio::new(&held, &owed);
    /// assert!(portfolio.is_solvent() && portfolio.is_liquidatable());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("bad_debt", "insolvent"))]
    #[must_use]
    pub fn is_solvent(&self) -> bool {
        let short = self.covers(|_| FULL, |_| FULL);
        short.unwrap_or_else(|| self.exact_value() >= self.exact_liabilities())
    }

    /// Returns the health factor, credit over debt, for people to look at; `None` without debt.
    /// Decide with [`Portfolio::is_healthy`].
    ///
    /// Its two terms are whole quote units where both sums are, and otherwise the sums cut to 127 bits.
    ///
    /// # Rounding
    /// Floor over Ceil: never above the exact factor, so at 1 or more the position is healthy.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Fraction, Ratio};
    /// # use tokenomics_haircut_collateral::{Debt, Haircut, Holding, Margin, Portfolio};
    /// let haircut = Haircut::new(Fraction::from_percent(20)?, Fraction::from_percent(16)?)?;
    /// let held = [Holding::new(Amount::new(3_000), Ratio::ONE, haircut)];
    /// let owed = [Debt::new(Amount::new(2_000), Ratio::ONE, Haircut::NONE)?];
    /// let health = Portfolio::new(&held, &owed).health(Margin::Initial);
    /// assert_eq!(health, Some(Ratio::new(2_400, 2_000)?)); // 1.2
    /// assert_eq!(Portfolio::new(&held, &[]).health(Margin::Initial), None);
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("health_factor", "collateral_ratio"))]
    #[must_use]
    pub fn health(&self, margin: Margin) -> Option<Ratio> {
        let (credit, owed) = (self.exact_credit(margin), self.exact_owed(margin));
        Wide::ratio(credit, owed, Rounding::Floor)
    }

    /// Returns the exact value, in 1e-36 quote units.
    pub(crate) fn exact_value(&self) -> Wide {
        total(self.holdings, Holding::value)
    }

    /// Returns the exact value of what is owed, in 1e-36 quote units.
    pub(crate) fn exact_liabilities(&self) -> Wide {
        total(self.debts, Debt::value)
    }

    /// Returns the exact credit, in 1e-36 quote units.
    pub(crate) fn exact_credit(&self, margin: Margin) -> Wide {
        total(self.holdings, |held| held.credit(margin))
    }

    /// Returns what is owed exactly, in 1e-36 quote units.
    pub(crate) fn exact_owed(&self, margin: Margin) -> Wide {
        total(self.debts, |debt| debt.owed(margin))
    }
}

fn total<T>(entries: &[T], each: impl Fn(&T) -> Wide) -> Wide {
    let add = |sum: Wide, entry| sum.plus(each(entry));
    entries.iter().fold(Wide::ZERO, add)
}

/// Returns an exact sum in whole quote units, rounded up if that is asked for.
pub(crate) fn quote_units(exact: Wide, rounding: Rounding) -> Result<Amount, Error> {
    let rounded = exact.divided(SCALE, rounding);
    match rounded.to_u128() {
        Some(units) => Ok(Amount::new(units)),
        // A sum below 2^435 that was divided by 1e36 > 2^119 can be above 256 bits only for more
        // entries than there are; the error may then say the largest length that it can hold.
        None => Ok(Amount::new(rounded.to_u256().to_u128()?)),
    }
}
