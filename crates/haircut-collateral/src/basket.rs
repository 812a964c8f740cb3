//! Holdings, debts, and the basket that weighs the ones against the others.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding, Wad};

use crate::check::in_range;
use crate::wide::Wide;
use crate::{Error, Haircut, Margin, Quantity};

/// The number of units of 1e-36, those of price times weight, in one quote unit.
const SCALE: u128 = 1_000_000_000_000_000_000_000_000_000_000_000_000;

/// An asset that is held as collateral.
///
/// `amount` is in the asset's base units; `price` is in quote base units for one base unit of the
/// asset (see [`unit_price`](crate::unit_price)). A price of 0 is allowed: the holding counts for
/// nothing.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Fraction, Wad};
/// use tokenomics_haircut_collateral::{Basket, Haircut, Holding, Margin};
///
/// // 1,000 units at 3 each, of which a fifth doesn't count for borrowing.
/// let haircut = Haircut::new(Fraction::from_percent(20)?, Fraction::from_percent(16)?)?;
/// let held = Holding::new(Amount::new(1_000), Wad::from_integer(3)?, haircut);
/// assert_eq!(Basket::new(&[held], &[]).credit(Margin::Initial)?, Amount::new(2_400));
///
/// let unpriced = Holding::new(Amount::new(1_000), Wad::ZERO, haircut);
/// assert_eq!(Basket::new(&[unpriced], &[]).credit(Margin::Initial)?, Amount::ZERO);
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    )
)]
pub struct Holding {
    amount: Amount,
    price: Wad,
    haircut: Haircut,
}

impl Holding {
    /// Creates a holding of `amount` of an asset at `price`, of which `haircut` doesn't count.
    #[must_use]
    pub const fn new(amount: Amount, price: Wad, haircut: Haircut) -> Self {
        Self {
            amount,
            price,
            haircut,
        }
    }

    /// Returns the amount of the asset, in its base units.
    #[must_use]
    pub const fn amount(&self) -> Amount {
        self.amount
    }

    /// Returns the price, in quote base units for one base unit of the asset.
    #[must_use]
    pub const fn price(&self) -> Wad {
        self.price
    }

    /// Returns the haircut: the part of its value that doesn't count.
    #[must_use]
    pub const fn haircut(&self) -> Haircut {
        self.haircut
    }

    /// Returns the holding with another amount of the same asset.
    #[must_use]
    pub const fn with_amount(self, amount: Amount) -> Self {
        Self { amount, ..self }
    }

    /// Returns its value at 1 − haircut, in 1e-36 quote units.
    fn credit(&self, margin: Margin) -> Wide {
        let weight = self.haircut.weight(margin).raw();
        Wide::product(self.amount.get(), self.price.raw(), weight)
    }
}

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
/// use tokenomics_fixed_math::{Amount, Fraction, Wad};
/// use tokenomics_haircut_collateral::{Basket, Debt, Haircut, Margin};
///
/// // A debt of 1,000 at 3 each, with a liability weight of 1.1 for opening and 1.05 after it.
/// let add_on = Haircut::new(Fraction::from_percent(10)?, Fraction::from_percent(5)?)?;
/// let owed = [Debt::new(Amount::new(1_000), Wad::from_integer(3)?, add_on)?];
/// let basket = Basket::new(&[], &owed);
/// assert_eq!(basket.owed(Margin::Initial)?, Amount::new(3_300));
/// assert_eq!(basket.owed(Margin::Maintenance)?, Amount::new(3_150));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Debt {
    amount: Amount,
    // Never 0.
    price: Wad,
    add_on: Haircut,
}

impl Debt {
    /// Creates a debt of `amount` of an asset at `price`, which counts for `add_on` more than its
    /// value.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a price of 0.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Wad};
    /// # use tokenomics_haircut_collateral::{Debt, Error, Haircut, Quantity};
    /// let amount = Amount::new(1_000);
    /// assert!(Debt::new(amount, Wad::from_raw(1), Haircut::NONE).is_ok());
    /// let unpriced = Debt::new(amount, Wad::ZERO, Haircut::NONE);
    /// let what = Quantity::DebtPrice;
    /// assert_eq!(unpriced, Err(Error::OutOfRange { what, value: 0, bound: 1 }));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub const fn new(amount: Amount, price: Wad, add_on: Haircut) -> Result<Self, Error> {
        match in_range(Quantity::DebtPrice, price.raw(), 1, u128::MAX) {
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
    pub const fn price(&self) -> Wad {
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
    fn owed(&self, margin: Margin) -> Wide {
        Wide::product(self.amount.get(), self.price.raw(), self.weight(margin))
    }
}

/// A borrower's position: holdings against debts, all priced in one quote.
///
/// The sums are exact at every amount, price and haircut that can be given, and for any number of
/// entries: what rounds, rounds the whole sum once.
///
/// # Laws
/// `against_the_borrower`: credit ≤ exact, owed ≥ exact. `monotone`: a lower amount or price, or a
/// larger haircut, never raises credit. `split_invariant`: splitting an entry changes nothing, and
/// two positions never get more credit than one that holds what both do. `inverse_is_tight`, for
/// [`Basket::max_borrow`] and [`Basket::max_withdraw`].
///
/// ```
/// use tokenomics_fixed_math::{Amount, Fraction, Wad};
/// use tokenomics_haircut_collateral::{Basket, Debt, Haircut, Holding, Margin};
///
/// let haircut = Haircut::new(Fraction::from_percent(20)?, Fraction::from_percent(16)?)?;
/// let held = [Holding::new(Amount::new(1_000), Wad::from_integer(3)?, haircut)];
/// let owed = [Debt::new(Amount::new(2_500), Wad::ONE, Haircut::NONE)?];
/// let basket = Basket::new(&held, &owed);
///
/// assert_eq!(basket.value()?, Amount::new(3_000));
/// assert_eq!(basket.credit(Margin::Initial)?, Amount::new(2_400));
/// assert!(!basket.is_healthy(Margin::Initial)); // could not be opened now,
/// assert!(basket.is_healthy(Margin::Maintenance)); // but 2,520 covers it while it is open
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Basket<'a> {
    pub(crate) holdings: &'a [Holding],
    debts: &'a [Debt],
}

impl<'a> Basket<'a> {
    /// Creates the basket of what is held and what is owed.
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
    /// # use tokenomics_fixed_math::{Amount, Wad};
    /// # use tokenomics_haircut_collateral::{Basket, Error, Haircut, Holding};
    /// // Half a quote unit each: 3 of them are worth 1.5, in one entry or in three.
    /// let price = Wad::from_percent(50)?;
    /// let held = |amount| Holding::new(amount, price, Haircut::NONE);
    /// assert_eq!(Basket::new(&[held(Amount::new(3))], &[]).value()?, Amount::new(1));
    /// assert_eq!(Basket::new(&[held(Amount::new(1)); 3], &[]).value()?, Amount::new(1));
    ///
    /// let too_much = Basket::new(&[held(Amount::MAX); 3], &[]).value();
    /// assert!(matches!(too_much, Err(Error::Overflow { .. })));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("sum", "total_value"))]
    pub fn value(&self) -> Result<Amount, Error> {
        let full =
            |held: &Holding| Wide::product(held.amount.get(), held.price.raw(), Fraction::SCALE);
        quote_units(total(self.holdings, full), Rounding::Floor)
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
    /// # use tokenomics_fixed_math::{Amount, Fraction, Wad};
    /// # use tokenomics_haircut_collateral::{Basket, Haircut, Holding, Margin};
    /// let haircut = Haircut::new(Fraction::from_percent(20)?, Fraction::from_percent(16)?)?;
    /// let held = [Holding::new(Amount::new(9), Wad::ONE, haircut)];
    /// let basket = Basket::new(&held, &[]);
    /// assert_eq!(basket.credit(Margin::Initial)?, Amount::new(7)); // of 7.2
    /// assert_eq!(basket.credit(Margin::Maintenance)?, Amount::new(7)); // of 7.56
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
    /// # use tokenomics_fixed_math::{Amount, Fraction, Wad};
    /// # use tokenomics_haircut_collateral::{Basket, Debt, Haircut, Margin};
    /// let add_on = Haircut::new(Fraction::from_percent(10)?, Fraction::ZERO)?;
    /// let owed = [Debt::new(Amount::new(9), Wad::ONE, add_on)?];
    /// let basket = Basket::new(&[], &owed);
    /// assert_eq!(basket.owed(Margin::Initial)?, Amount::new(10)); // 9.9
    /// assert_eq!(basket.owed(Margin::Maintenance)?, Amount::new(9));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("debt", "total_debt"))]
    pub fn owed(&self, margin: Margin) -> Result<Amount, Error> {
        quote_units(self.exact_owed(margin), Rounding::Ceil)
    }

    /// Returns whether Σ amount · price · (1 − haircut) ≥ Σ debt · price · (1 + add-on), both
    /// exact: no division, no rounding, no overflow. A basket without debt is healthy.
    #[doc(alias("health_factor", "is_liquidatable", "liquidation", "solvent"))]
    #[must_use]
    pub fn is_healthy(&self, margin: Margin) -> bool {
        self.exact_credit(margin) >= self.exact_owed(margin)
    }

    /// Returns the health factor, credit over debt, for people to look at; `None` without debt.
    /// Decide with [`Basket::is_healthy`].
    ///
    /// # Rounding
    /// Floor over Ceil: never above the exact factor, so at 1 or more the position is healthy.
    ///
    /// # Errors
    /// [`Error::Overflow`] where [`Basket::credit`] or [`Basket::owed`] has no result.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Fraction, Ratio, Wad};
    /// # use tokenomics_haircut_collateral::{Basket, Debt, Haircut, Holding, Margin};
    /// let haircut = Haircut::new(Fraction::from_percent(20)?, Fraction::from_percent(16)?)?;
    /// let held = [Holding::new(Amount::new(3_000), Wad::ONE, haircut)];
    /// let owed = [Debt::new(Amount::new(2_000), Wad::ONE, Haircut::NONE)?];
    /// let health = Basket::new(&held, &owed).health(Margin::Initial)?;
    /// assert_eq!(health, Some(Ratio::new(2_400, 2_000)?)); // 1.2
    /// assert_eq!(Basket::new(&held, &[]).health(Margin::Initial)?, None);
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("health_factor", "collateral_ratio"))]
    pub fn health(&self, margin: Margin) -> Result<Option<Ratio>, Error> {
        let (credit, owed) = (self.credit(margin)?, self.owed(margin)?);
        Ok(Ratio::new(credit.get(), owed.get()).ok())
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

fn quote_units(exact: Wide, rounding: Rounding) -> Result<Amount, Error> {
    let (whole, rest) = exact.div_rem(SCALE)?;
    let up = rounding == Rounding::Ceil && rest != 0;
    let rounded = if up { whole.plus(Wide::ONE) } else { whole };
    Ok(Amount::new(rounded.to_u128()?))
}

tokenomics_internals::checked_codec! {
    Debt::new as RawDebt {
        amount: Amount = Debt::amount,
        price: Wad = Debt::price,
        add_on: Haircut = Debt::add_on,
    }
}
