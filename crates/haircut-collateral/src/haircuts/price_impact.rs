//! A haircut by what selling a size really fetches.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding, U256};

use super::share::share;

/// A market that says what selling an amount of the collateral pays.
///
/// A pool, a book or a route over both is one, in the program that knows them: this crate has none. Any
/// function from an amount to what it fetches is one too.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount, Ratio, Rounding};
/// use tokenomics_haircut_collateral::{impact_haircut, Proceeds};
///
/// /// A constant product without a fee.
/// struct Pool {
///     held: Amount,
///     quote: Amount,
/// }
///
/// impl Proceeds for Pool {
///     fn proceeds(&self, amount: Amount) -> Option<Amount> {
///         let after = self.held.checked_add(amount).ok()?;
///         self.quote.mul_div(amount.get(), after.get(), Rounding::Floor).ok()
///     }
/// }
///
/// let (held, quote) = (Amount::new(1_000_000), Amount::new(3_000_000));
/// let pool = Pool { held, quote };
/// let price = Ratio::from_integer(3);
/// assert_eq!(impact_haircut(&pool, price, Amount::new(250_000)), fraction!("0.2"));
/// // A pool that is half as deep.
/// let half = |amount: Amount| {
///     let pool = Pool { held: Amount::new(500_000), quote: Amount::new(1_500_000) };
///     pool.proceeds(amount)
/// };
/// assert!(impact_haircut(&half, price, Amount::new(250_000)) > fraction!("0.33"));
/// ```
pub trait Proceeds {
    /// Computes what selling `amount`, in base units of the collateral, pays in quote base units; `None`
    /// where the market can't take it.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Laws
    /// A larger amount never pays less. Where it is so and a market is concave, no split pays more than
    /// the whole.
    fn proceeds(&self, amount: Amount) -> Option<Amount>;
}

impl<F: Fn(Amount) -> Option<Amount>> Proceeds for F {
    fn proceeds(&self, amount: Amount) -> Option<Amount> {
        self(amount)
    }
}

/// Computes the haircut of a total held by all accounts, in base units, at a price in quote units: the
/// part of its marked value that a sale of all of it wouldn't pay, 1 − min(1, proceeds/(total·price)).
/// Where the market can't take it, and at a price of 0, it is 1.
///
/// A mark that is pushed up gains nothing: the proceeds stay, and the haircut grows with the price. Put
/// in the total of all accounts, which makes the credit of one the same however it is spread; what is
/// put in for one account alone is evaded by splitting.
///
/// # Rounding
/// Ceil, the exact number rounded once. Proceeds are whole units, so of a value of v units the
/// haircut is up to 1/v above that of the real number.
///
/// # Laws
/// `recoverable`: what counts of the total is never more than the proceeds, nor than its value;
/// `monotone_in_impact`: lower proceeds or a higher price never give a smaller haircut.
/// `split_invariant_of_size`.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount, Ratio};
/// use tokenomics_haircut_collateral::impact_haircut;
///
/// // A bid for 1,000 units at 5, and nothing below it.
/// let bid = |amount: Amount| Some(Amount::new(amount.get().min(1_000) * 5));
/// let marked = Ratio::from_integer(5);
/// assert_eq!(impact_haircut(&bid, marked, Amount::new(1_000)), fraction!("0"));
/// assert_eq!(impact_haircut(&bid, marked, Amount::new(4_000)), fraction!("0.75"));
/// // Twenty times the mark is a haircut of 95%.
/// assert_eq!(impact_haircut(&bid, Ratio::from_integer(100), Amount::new(1_000)), fraction!("0.95"));
/// ```
///
/// # Source
/// The accounts that lost 116 million dollars at Mango and 15.6 million at Inverse had credit for marks
/// that their markets could not have paid.
#[doc(alias("slippage", "market_impact", "recoverable"))]
#[must_use]
#[cfg_attr(target_arch = "bpf", inline(always))]
pub fn impact_haircut(market: &impl Proceeds, price: Ratio, total: Amount) -> Fraction {
    if total.is_zero() {
        return Fraction::ZERO;
    }
    let Some(proceeds) = market.proceeds(total) else {
        return Fraction::ONE;
    };
    let value = U256::product(total.get(), price.numerator());
    if value.is_zero() {
        return Fraction::ONE;
    }
    let paid = U256::product(proceeds.get(), price.denominator());
    share(paid, value, Rounding::Floor, Fraction::ZERO).complement()
}

/// Computes the value of an amount that can be recovered: the lesser of its value at a price and of
/// what a sale of it pays; 0 where the market can't take it.
///
/// # Rounding
/// Floor.
///
/// # Laws
/// `recoverable`: a larger amount, a higher price or a deeper market never gives less, and none gives
/// more than the market pays.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Ratio};
/// use tokenomics_haircut_collateral::recoverable_value;
///
/// let bid = |amount: Amount| Some(Amount::new(amount.get().min(1_000) * 5));
/// let value = |price, amount| recoverable_value(&bid, Ratio::from_integer(price), Amount::new(amount));
/// assert_eq!(value(5, 900), Amount::new(4_500));
/// assert_eq!(value(100, 900), Amount::new(4_500)); // the mark is above the bid
/// assert_eq!(value(4, 900), Amount::new(3_600)); // and here below it
/// assert_eq!(value(5, 9_000), Amount::new(5_000));
/// ```
#[must_use]
#[cfg_attr(target_arch = "bpf", inline(always))]
pub fn recoverable_value(market: &impl Proceeds, price: Ratio, amount: Amount) -> Amount {
    let Some(proceeds) = market.proceeds(amount) else {
        return Amount::ZERO;
    };
    // A value above all amounts is above the proceeds too.
    let value = amount.mul_ratio(price, Rounding::Floor);
    value.map_or(proceeds, |value| value.min(proceeds))
}
