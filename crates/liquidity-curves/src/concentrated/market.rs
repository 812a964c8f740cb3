//! The pool as a market.

use tokenomics_fixed_math::{Amount, Ratio};

use super::swap::{Course, NOTHING};
use super::{Concentrated, Exact, Moment, SqrtPrice, Ticks};
use crate::check::in_range;
use crate::{Error, Market, Quantity, Sell, Swap};

impl<T: Ticks> Concentrated<T> {
    /// Sells exactly `amount_in` and returns what was moved: nothing for 0, which [`swap`](Self::swap) refuses.
    ///
    /// # Rounding
    /// The amount paid out is floored.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more than all positions can take; otherwise as [`swap`](Self::swap).
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{
    ///     Concentrated, ConcentratedParams, ConcentratedPosition, FixedTicks, Sell, SqrtPrice, Tick,
    /// };
    ///
    /// let params = ConcentratedParams::UNISWAP_V3_030;
    /// let mut pool = Concentrated::new(params, SqrtPrice::ONE, FixedTicks::<2>::new())?;
    /// let mut position = ConcentratedPosition::new(Tick::new(-60)?, Tick::new(60)?)?;
    /// pool.add_liquidity(&mut position, Amount::new(1_000_000))?;
    /// let swap = pool.swap_exact_in(Sell::Token1, Amount::new(1_000))?;
    /// assert_eq!(swap.amount_out, Amount::new(996));
    /// assert!(pool.swap_exact_in(Sell::Token1, Amount::new(10_000)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn swap_exact_in(&mut self, sell: Sell, amount_in: Amount) -> Result<Swap, Error> {
        self.swap_all(sell, Exact::In(amount_in))
    }

    /// Buys exactly `amount_out` and returns what was moved: nothing for 0, which [`swap`](Self::swap) refuses.
    ///
    /// # Rounding
    /// The amount handed in is ceiled.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more than all positions hold; otherwise as [`swap`](Self::swap).
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{
    ///     Concentrated, ConcentratedParams, ConcentratedPosition, FixedTicks, Sell, SqrtPrice, Tick,
    /// };
    ///
    /// let params = ConcentratedParams::UNISWAP_V3_030;
    /// let mut pool = Concentrated::new(params, SqrtPrice::ONE, FixedTicks::<2>::new())?;
    /// let mut position = ConcentratedPosition::new(Tick::new(-60)?, Tick::new(60)?)?;
    /// pool.add_liquidity(&mut position, Amount::new(1_000_000))?;
    /// let swap = pool.swap_exact_out(Sell::Token1, Amount::new(1_000))?;
    /// assert_eq!(swap.amount_in, Amount::new(1_006));
    /// assert!(pool.swap_exact_out(Sell::Token1, Amount::new(10_000)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn swap_exact_out(&mut self, sell: Sell, amount_out: Amount) -> Result<Swap, Error> {
        self.swap_all(sell, Exact::Out(amount_out))
    }

    fn swap_all(&mut self, sell: Sell, exact: Exact) -> Result<Swap, Error> {
        match self.course_of_all(sell, exact)? {
            Some(course) => self.settle(course),
            None => Ok(NOTHING),
        }
    }

    /// Computes a swap, and the moment after it.
    fn quote_all(&self, sell: Sell, exact: Exact) -> Result<(Swap, Moment), Error> {
        let course = self.course_of_all(sell, exact)?;
        let quote = course.map(|course| (course.moved(), course.after()));
        Ok(quote.unwrap_or((NOTHING, self.now)))
    }

    /// Computes the course of a swap to the furthest price, which must move all of the amount; `None` for
    /// an amount of 0, which moves nothing.
    fn course_of_all(&self, sell: Sell, exact: Exact) -> Result<Option<Course>, Error> {
        let (Exact::In(amount) | Exact::Out(amount)) = exact;
        if amount.is_zero() {
            return Ok(None);
        }
        let course = self.course(sell, exact, furthest(sell))?;
        let (what, moved) = match exact {
            Exact::In(_) => (Quantity::AmountIn, course.moved().amount_in),
            Exact::Out(_) => (Quantity::AmountOut, course.moved().amount_out),
        };
        in_range(what, amount.get(), 0, moved.get())?;
        Ok(Some(course))
    }
}

/// Returns the last price that a swap can reach.
fn furthest(sell: Sell) -> SqrtPrice {
    match sell {
        Sell::Token0 => SqrtPrice::MIN.above(),
        Sell::Token1 => SqrtPrice::MAX.below(),
    }
}

impl<T: Ticks> Market for Concentrated<T> {
    fn quote_exact_in(&self, sell: Sell, amount_in: Amount) -> Result<Swap, Error> {
        Ok(self.quote_all(sell, Exact::In(amount_in))?.0)
    }

    fn quote_exact_out(&self, sell: Sell, amount_out: Amount) -> Result<Swap, Error> {
        Ok(self.quote_all(sell, Exact::Out(amount_out))?.0)
    }

    /// Computes the price of Token0 in Token1 at the margin, after a sale of `amount_in`.
    ///
    /// # Rounding
    /// Floor, at a relative precision of 2^−127: the square of a price's root can have 320 bits.
    fn price_after(&self, sell: Sell, amount_in: Amount) -> Result<Ratio, Error> {
        let (_, after) = self.quote_all(sell, Exact::In(amount_in))?;
        after.sqrt_price.price()
    }
}
