//! The questions that every market of two tokens answers.

use core::cmp::Ordering;

use tokenomics_fixed_math::{Amount, Fraction, Ratio};

use crate::check::{cmp_products, largest};
use crate::{Error, Sell, Swap};

/// A market of two tokens: a pool, a book, or two coins of a larger pool.
///
/// A quote is what a swap would move, to the unit, and changes nothing. The price is that of Token0 in
/// Token1, in base units of both, at the margin and before the fee.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount};
/// use tokenomics_liquidity_curves::{ConstantProduct, Error, Fee, Market, Sell};
///
/// /// What selling all of a position fetches, or as much of it as costs 2% at most.
/// fn exit(market: &impl Market, position: Amount) -> Result<Amount, Error> {
///     let usable = market.largest_sale(Sell::Token0, fraction!("0.02"))?;
///     Ok(market.quote_exact_in(Sell::Token0, position.min(usable))?.amount_out)
/// }
///
/// let reserve = Amount::new(49_000_000_000);
/// let pool = ConstantProduct::new(reserve, reserve, Fee::NONE)?;
/// assert_eq!(exit(&pool, Amount::new(5_000_000))?, Amount::new(4_999_489));
/// // Of a sale of 1,000,000,000 each unit would fetch 0.98.
/// assert_eq!(exit(&pool, reserve)?, Amount::new(979_999_975));
/// # Ok::<(), Error>(())
/// ```
pub trait Market {
    /// Computes what selling `amount_in` would move.
    ///
    /// # Rounding
    /// The amount paid out is floored.
    ///
    /// # Errors
    /// As the market's swap of an exact amount in.
    fn quote_exact_in(&self, sell: Sell, amount_in: Amount) -> Result<Swap, Error>;

    /// Computes what buying `amount_out` would move.
    ///
    /// # Rounding
    /// The amount handed in is ceiled.
    ///
    /// # Errors
    /// As the market's swap of an exact amount out.
    fn quote_exact_out(&self, sell: Sell, amount_out: Amount) -> Result<Swap, Error>;

    /// Computes the price of Token0 in Token1 at the margin, after a sale of `amount_in`.
    ///
    /// # Errors
    /// As the market's swap of an exact amount in.
    fn price_after(&self, sell: Sell, amount_in: Amount) -> Result<Ratio, Error>;

    /// Computes the price of Token0 in Token1 at the margin. Where the two directions have prices of
    /// their own, as in a book, it is the one at which Token0 is sold.
    ///
    /// # Errors
    /// As [`Market::price_after`].
    fn price(&self) -> Result<Ratio, Error> {
        self.price_after(Sell::Token0, Amount::ZERO)
    }

    /// Computes the largest sale whose proceeds are no more than `cost` below its value at the price:
    /// the size that can leave at an average cost, price impact and fee together.
    ///
    /// # Rounding
    /// What is paid is floored, and that counts as a cost too. So where a unit of the other token is much of
    /// the size, one size may pass and the next not and a later one again; the search then goes by what is
    /// paid, unit by unit, and finds the largest. Where it is little, larger ones may pass, by what less than
    /// a unit of the proceeds comes to. It is 0 where not even the first unit's worth passes.
    ///
    /// # Laws
    /// `inverse_is_tight`: it passes, and one unit more doesn't.
    ///
    /// # Errors
    /// As [`Market::price_after`].
    fn largest_sale(&self, sell: Sell, cost: Fraction) -> Result<Amount, Error> {
        let price = self.price_after(sell, Amount::ZERO)?;
        let (bought, sold) = sell.ordered(price.numerator(), price.denominator());
        let least = cost.complement().raw().into();
        let is_cheap = |amount: u128, proceeds: u128| {
            cmp_products([proceeds, sold, WHOLE], [amount, bought, least]) != Ordering::Less
        };
        let passes = |amount: u128| {
            let swap = self.quote_exact_in(sell, Amount::new(amount));
            swap.is_ok_and(|swap| {
                swap.amount_in.get() == amount && is_cheap(amount, swap.amount_out.get())
            })
        };
        if bought < sold {
            // A unit that is paid is worth more than one that is sold: the least sale for each tells more.
            let proceeds = largest(u128::MAX, |proceeds| {
                let swap = self.quote_exact_out(sell, Amount::new(proceeds));
                swap.is_ok_and(|swap| is_cheap(swap.amount_in.get(), proceeds))
            });
            let most = largest(u128::MAX, |amount| is_cheap(amount, proceeds));
            if passes(most) {
                return Ok(Amount::new(most));
            }
        }
        Ok(Amount::new(largest(u128::MAX, passes)))
    }

    /// Computes the depth within `cost`: the largest sale that moves the price at the margin by no more
    /// than that share of itself.
    ///
    /// # Laws
    /// `inverse_is_tight`: it passes, and one unit more doesn't.
    ///
    /// # Errors
    /// As [`Market::price_after`].
    fn depth(&self, sell: Sell, cost: Fraction) -> Result<Amount, Error> {
        let price = self.price_after(sell, Amount::ZERO)?;
        let (bought, sold) = sell.ordered(price.numerator(), price.denominator());
        let least = cost.complement().raw().into();
        let most = largest(u128::MAX, |amount| {
            let after = self.price_after(sell, Amount::new(amount));
            after.is_ok_and(|after| {
                let (numerator, denominator) = sell.ordered(after.numerator(), after.denominator());
                // after ≥ (1 − cost)·price, of the token sold in the one bought.
                let now = cmp_products([numerator, sold, WHOLE], [denominator, bought, least]);
                now != Ordering::Less
            })
        });
        Ok(Amount::new(most))
    }
}

/// The whole of a fraction.
const WHOLE: u128 = 1_000_000_000_000_000_000;
