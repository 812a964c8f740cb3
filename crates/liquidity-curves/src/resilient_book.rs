//! A book of constant depth that refills: impact that fades.

mod schedule;
mod state;

use core::cmp::Ordering;

use tokenomics_fixed_math::{Amount, Growth, Ratio, Rounding, Timestamp, U256};

pub use schedule::{ContinuousSchedule, OptimalSchedule};
pub use state::{Impact, ResilientBookState};

use crate::check::{in_range, quotient};
use crate::{Error, Quantity, Sell, Swap};

/// A block-shaped book with exponential resilience: q units of Token0 for each unit of price, and an impact
/// that fades by e^(−ρt).
///
/// Buying x moves the price up by x/q, each next unit being dearer, and selling moves it down. What was taken
/// refills at the rate ρ, until the price is back where it would be without the trades. With an impact E, in
/// units of Token0 and negative below that price P, a purchase of x costs P·x + ((E + x)² − E²)/(2q).
///
/// So a trade that is split over time costs less, and [`OptimalSchedule`] the least.
///
/// # Laws
/// `resilient_round_trip`: no sequence of trades that ends with what it began with gains, from a book without
/// an impact · `resilient_impact_fades`: the impact never grows by time, nor does it depend on who asks ·
/// `resilient_trade_is_exact`: a trade is the closed form, less than two units against the trader ·
/// `optimal_schedule_costs_least`: no other schedule of the same times costs less, beyond the roundings.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
/// use tokenomics_liquidity_curves::{ResilientBook, Sell};
///
/// // A price of 2, 1,000 units for each thousandth of it, and a half-life of 69 seconds.
/// let (price, depth) = (Ratio::new(2, 1)?, Ratio::new(1_000_000, 1)?);
/// let (rate, start) = (Ratio::new(1, 100)?, Timestamp::new(0));
/// let mut book = ResilientBook::new(price, depth, rate, start)?;
/// let sale = book.execute(Sell::Token0, Amount::new(100_000), start)?;
/// assert_eq!(sale.amount_out, Amount::new(195_000)); // 1.95 each, down to 1.9
/// assert_eq!(book.price_at(start)?, Ratio::new(19, 10)?);
/// assert_eq!(book.impact_at(Timestamp::new(69))?.sold, Amount::new(50_158));
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
///
/// # Source
/// Obizhaeva, Wang, Optimal Trading Strategy and Supply/Demand Dynamics (2005); Alfonsi, Fruth, Schied, Optimal
/// Execution Strategies in Limit Order Books with General Shape Functions (2010). Here buying and selling have
/// one impact and no spread between them.
#[doc(alias("obizhaeva", "alfonsi", "transient_impact"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ResilientBook {
    price: Ratio,
    depth: Ratio,
    resilience: Ratio,
    // As it was after the last trade.
    impact: Impact,
    last: Timestamp,
}

impl ResilientBook {
    /// Creates a book without an impact: the price without one, the depth in units of Token0 per unit of the
    /// price, and the resilience ρ per unit of time.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a price or a depth of 0; [`Error::Math`] for a resilience of 2^63 or more.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Ratio, Timestamp};
    /// use tokenomics_liquidity_curves::ResilientBook;
    ///
    /// let (one, start) = (Ratio::ONE, Timestamp::new(0));
    /// assert!(ResilientBook::new(one, one, Ratio::ZERO, start).is_ok());
    /// assert!(ResilientBook::new(one, Ratio::ZERO, one, start).is_err());
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(
        price: Ratio,
        depth: Ratio,
        resilience: Ratio,
        start: Timestamp,
    ) -> Result<Self, Error> {
        Self::restore(ResilientBookState {
            price,
            depth,
            resilience,
            impact: Impact::NONE,
            last: start,
        })
    }

    /// Computes the impact that is left at a time.
    ///
    /// # Rounding
    /// Ceil: a unit of it stays.
    ///
    /// # Errors
    /// [`Error::Backdated`] for a time before the last trade.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
    /// use tokenomics_liquidity_curves::{ResilientBook, Sell};
    ///
    /// let (one, start) = (Ratio::ONE, Timestamp::new(5));
    /// let mut book = ResilientBook::new(one, Ratio::from_integer(1_000_000), one, start)?;
    /// book.execute(Sell::Token1, Amount::new(1_000), start)?;
    /// assert_eq!(book.impact_at(Timestamp::new(6))?.bought, Amount::new(368)); // 1,000/e
    /// assert!(book.impact_at(Timestamp::new(4)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn impact_at(&self, at: Timestamp) -> Result<Impact, Error> {
        let last = self.last;
        let time = at.since(last).ok_or(Error::Backdated { at, last })?;
        let decay = Growth::continuous(self.resilience)?.inverse();
        let left = |impact: Amount| decay.of(impact, time.get(), Rounding::Ceil);
        Ok(Impact {
            bought: left(self.impact.bought)?,
            sold: left(self.impact.sold)?,
        })
    }

    /// Computes the price of the next unit at a time: P + E/q.
    ///
    /// # Rounding
    /// Floor, where the terms have more than 128 bits, by less than one part in 2^125. The impact is ceiled
    /// before.
    ///
    /// # Errors
    /// As [`ResilientBook::impact_at`]; [`Error::Overflow`] where a term has more than 256 bits, and
    /// [`Error::Math`] for a price near 2^128 or its reciprocal.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
    /// use tokenomics_liquidity_curves::{ResilientBook, Sell};
    ///
    /// let (one, start) = (Ratio::ONE, Timestamp::new(0));
    /// let mut book = ResilientBook::new(one, Ratio::from_integer(1_000), Ratio::ZERO, start)?;
    /// book.execute(Sell::Token1, Amount::new(500), start)?;
    /// assert_eq!(book.price_at(start)?, Ratio::new(3, 2)?);
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn price_at(&self, at: Timestamp) -> Result<Ratio, Error> {
        let Impact { bought, sold } = self.impact_at(at)?;
        let (price, depth) = (self.price, self.depth);
        let term = |impact: Amount| {
            U256::product(impact.get(), depth.denominator()).checked_mul(price.denominator())
        };
        let whole = U256::product(price.numerator(), depth.numerator());
        let above = whole.checked_add(term(bought)?)?.checked_sub(term(sold)?)?;
        let below = U256::product(price.denominator(), depth.numerator());
        quotient(above, below, Rounding::Floor)
    }

    /// Computes what a trade of an amount of Token0 would move at a time: [`Sell::Token0`] sells just that, and
    /// [`Sell::Token1`] buys it.
    ///
    /// # Rounding
    /// The worth at the price and what the impact adds to it or takes from it are each rounded against the
    /// trader: Token1 is ceiled where it is handed in and floored where it is paid, by less than two units.
    ///
    /// # Errors
    /// [`Error::Backdated`] for a time before the last trade; [`Error::OutOfRange`] for a sale that would take
    /// the price below 0; [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
    /// use tokenomics_liquidity_curves::{ResilientBook, Sell};
    ///
    /// let (one, start) = (Ratio::ONE, Timestamp::new(0));
    /// let book = ResilientBook::new(one, Ratio::from_integer(1_000), one, start)?;
    /// let hundred = Amount::new(100);
    /// assert_eq!(book.quote(Sell::Token1, hundred, start)?.amount_in, Amount::new(105));
    /// assert_eq!(book.quote(Sell::Token0, hundred, start)?.amount_out, Amount::new(95));
    /// assert!(book.quote(Sell::Token0, Amount::new(1_001), start).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn quote(&self, sell: Sell, amount: Amount, at: Timestamp) -> Result<Swap, Error> {
        Ok(self.traded(sell, amount, at)?.1)
    }

    /// Trades an amount of Token0 at a time, moves the price by it, and returns what was moved.
    ///
    /// # Rounding
    /// As [`ResilientBook::quote`].
    ///
    /// # Errors
    /// As [`ResilientBook::quote`]. The book is left as it was.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
    /// use tokenomics_liquidity_curves::{ResilientBook, Sell};
    ///
    /// let (one, start) = (Ratio::ONE, Timestamp::new(0));
    /// let mut book = ResilientBook::new(one, Ratio::from_integer(1_000), Ratio::ZERO, start)?;
    /// let hundred = Amount::new(100);
    /// assert_eq!(book.execute(Sell::Token1, hundred, start)?.amount_in, Amount::new(105));
    /// assert_eq!(book.execute(Sell::Token1, hundred, start)?.amount_in, Amount::new(115));
    /// assert!(book.execute(Sell::Token1, Amount::MAX, start).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn execute(&mut self, sell: Sell, amount: Amount, at: Timestamp) -> Result<Swap, Error> {
        let (impact, swap) = self.traded(sell, amount, at)?;
        (self.impact, self.last) = (impact, at);
        Ok(swap)
    }

    /// Returns the impact after a trade, and what it moves.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn traded(&self, sell: Sell, amount: Amount, at: Timestamp) -> Result<(Impact, Swap), Error> {
        let before = self.impact_at(at)?;
        let after = before.after(sell, amount)?;
        if sell == Sell::Token0 {
            // Above what can be sold in all by what the impact has of purchases.
            let most = self.most_sold().saturating_add(before.bought.get());
            let most = most.saturating_sub(before.sold.get());
            let is_over = after.sold.get() > self.most_sold();
            let bound = if is_over { most } else { u128::MAX };
            in_range(Quantity::AmountIn, amount.get(), 0, bound)?;
        }
        let token1 = self.token1(sell, amount, before, after)?;
        let (amount_in, amount_out) = sell.ordered(amount, token1);
        let fee = Amount::ZERO;
        Ok((
            after,
            Swap {
                amount_in,
                amount_out,
                fee,
            },
        ))
    }

    /// Computes the Token1 of a trade: P·x, and what the impact adds to it or takes from it.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn token1(
        &self,
        sell: Sell,
        amount: Amount,
        before: Impact,
        after: Impact,
    ) -> Result<Amount, Error> {
        let (before, after) = (before.square(), after.square());
        // Further from the price without an impact is dearer, and back to it cheaper.
        let (is_dearer, difference) = match after.cmp(&before) {
            Ordering::Less => (false, before.checked_sub(after)?),
            _ => (true, after.checked_sub(before)?),
        };
        // Token1 is ceiled where it is handed in, and a cost of the impact either way.
        let worth = match sell {
            Sell::Token0 => Rounding::Floor,
            Sell::Token1 => Rounding::Ceil,
        };
        let impact = if is_dearer {
            Rounding::Ceil
        } else {
            Rounding::Floor
        };
        let worth = amount.mul_ratio(self.price, worth)?;
        let twice = U256::product(self.depth.numerator(), 2);
        let impact = difference.mul_div(self.depth.denominator().into(), twice, impact)?;
        let impact = Amount::new(impact.to_u128()?);
        if (sell == Sell::Token1) == is_dearer {
            return Ok(worth.checked_add(impact)?);
        }
        // The price doesn't fall below 0, so the impact is no more than the worth, but for its rounding.
        Ok(worth.checked_sub(impact).unwrap_or(Amount::ZERO))
    }

    /// Returns the largest impact of sales: the price is 0 there.
    fn most_sold(&self) -> u128 {
        let above = U256::product(self.price.numerator(), self.depth.numerator());
        let below = U256::product(self.price.denominator(), self.depth.denominator());
        let most = above.checked_div_wide(below, Rounding::Floor);
        most.and_then(U256::to_u128).unwrap_or(u128::MAX)
    }
}
