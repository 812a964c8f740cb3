//! Assets that are owed.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding};

use crate::check::in_range;
use crate::wide::{Wide, FULL};
use crate::{Error, Haircut, Margin, Quantity};

/// An asset that is owed.
///
/// `amount` is in the asset's base units; `price` is in quote base units for one base unit of the
/// asset and above 0, so that a missing price never forgives a debt.
///
/// The `add_on` is the fraction by which the debt counts for more than its value: [`Haircut::NONE`]
/// where only collateral is weighted (Aave, Comet, Morpho), a liability weight less 1 where both
/// sides are (Mango, Drift).
///
/// ```
/// use tokenomics_fixed_math::{Amount, Fraction, Ratio};
/// use tokenomics_haircut_collateral::{Debt, Haircut, Margin, Portfolio};
///
/// // A debt of 1,000 at 3 each, with a liability weight of 1.1 for opening and 1.05 after it.
/// let add_on = Haircut::new(Fraction::from_percent(10)?, Fraction::from_percent(5)?)?;
/// let owed = [Debt::new(Amount::new(1_000), Ratio::from_integer(3), add_on)?];
/// let portfolio = Portfolio::new(&[], &owed);
/// assert_eq!(portfolio.owed(Margin::Initial)?, Amount::new(3_300));
/// assert_eq!(portfolio.owed(Margin::Maintenance)?, Amount::new(3_150));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Debt {
    amount: Amount,
    // Never 0.
    price: Ratio,
    add_on: Haircut,
}

impl Debt {
    /// The debt of nothing, for entries that aren't there.
    pub(crate) const NOTHING: Self = Self {
        amount: Amount::ZERO,
        price: Ratio::ONE,
        add_on: Haircut::NONE,
    };

    /// Creates a debt of `amount` of an asset at `price`, which counts for `add_on` more than its
    /// value.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a price of 0.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Ratio};
    /// # use tokenomics_haircut_collateral::{Debt, Error, Haircut, Quantity};
    /// let amount = Amount::new(1_000);
    /// assert!(Debt::new(amount, Ratio::new(1, 1_000_000)?, Haircut::NONE).is_ok());
    /// let unpriced = Debt::new(amount, Ratio::ZERO, Haircut::NONE);
    /// let what = Quantity::DebtPrice;
    /// assert_eq!(unpriced, Err(Error::OutOfRange { what, value: 0, bound: 1 }));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub const fn new(amount: Amount, price: Ratio, add_on: Haircut) -> Result<Self, Error> {
        match in_range(Quantity::DebtPrice, price.numerator(), 1, u128::MAX) {
            Ok(()) => Ok(Self {
                amount,
                price,
                add_on,
            }),
            Err(error) => Err(error),
        }
    }

    /// Returns the amount of the asset, in its base units.
    #[must_use]
    pub const fn amount(&self) -> Amount {
        self.amount
    }

    /// Returns the price, in quote base units for one base unit of the asset; never 0.
    #[must_use]
    pub const fn price(&self) -> Ratio {
        self.price
    }

    /// Returns the add-on: the fraction by which the debt counts for more than its value.
    #[must_use]
    pub const fn add_on(&self) -> Haircut {
        self.add_on
    }

    /// Returns the debt with another amount of the same asset.
    #[must_use]
    pub const fn with_amount(self, amount: Amount) -> Self {
        Self { amount, ..self }
    }

    /// Returns 1 + add-on, in 1e-18: at most 2e18, which 64 bits hold.
    pub(crate) const fn weight(&self, margin: Margin) -> u64 {
        let add_on = self.add_on.fraction(margin).raw();
        Fraction::SCALE.wrapping_add(add_on)
    }

    /// Returns its value at 1 + add-on, in 1e-36 quote units.
    pub(crate) fn owed(&self, margin: Margin) -> Wide {
        self.weighted(self.weight(margin))
    }

    /// Returns its value, in 1e-36 quote units.
    pub(crate) fn value(&self) -> Wide {
        self.weighted(FULL)
    }

    /// Returns its value at a weight, in 1e-36 quote units.
    pub(crate) fn weighted(&self, weight: u64) -> Wide {
        Wide::term(self.amount.get(), self.price, weight, Rounding::Ceil)
    }
}

tokenomics_internals::checked_codec! {
    Debt::new as RawDebt {
        amount: Amount = Debt::amount,
        price: Ratio = Debt::price,
        add_on: Haircut = Debt::add_on,
    }
}
