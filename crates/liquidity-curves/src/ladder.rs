//! The order book as a ladder of levels.

mod levels;
mod orders;
mod position;
mod state;

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding, U256};

pub use levels::Level;
pub use state::LadderState;

use crate::check::in_range;
use crate::{Error, Fee, Market, Quantity, Sell, Swap};

/// An order book as a ladder: up to N levels of bids and as many of asks, each a price and an amount.
///
/// Prices are whole numbers of ticks, as venues have them, and a tick is a [`Ratio`]: so what several
/// levels pay together is summed exactly and rounded once. Amounts are of Token0: bids buy it, from the
/// highest price down, and asks sell it, from the lowest up. What a swap takes leaves the ladder; what
/// it hands in is the makers', and the fee the venue's.
///
/// A sale of an exact amount that is larger than the ladder takes all of it and no more:
/// [`Swap::amount_in`] is then below what was asked for, and [`Market::largest_sale`] doesn't count it.
///
/// # Laws
/// `ladder_is_its_levels`: a swap is the sum of what each level gives, rounded once · `ladder_keeps_orders`:
/// one that is added and taken back leaves the book as it was · `round_trip`, `split`, `against_the_pool` and
/// `bounded`, to the unit.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount, Ratio};
/// use tokenomics_liquidity_curves::{Fee, Ladder, Level, Market, Sell};
///
/// let level = |price, amount| Level { price, amount: Amount::new(amount) };
/// // Ticks of a cent: 99.00 and 98.50, below 100.
/// let bids = [level(9_900, 10), level(9_850, 30)];
/// let asks = [level(10_000, 5)];
/// let mut book = Ladder::<4>::new(Ratio::new(1, 100)?, &bids, &asks, Fee::NONE)?;
/// let depth = book.depth(Sell::Token0, fraction!("0.01"))?;
/// assert_eq!(depth, Amount::new(40));
/// let swap = book.swap_exact_in(Sell::Token0, Amount::new(15))?;
/// assert_eq!(swap.amount_out, Amount::new(1_482)); // 990 and 492.5
/// assert_eq!(book.bids().next(), Some(level(9_850, 25)));
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
#[doc(alias("order_book", "clob", "limit_order_book"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ladder<const N: usize> {
    // Not 0, and the highest price in it fits.
    tick: Ratio,
    // The best first; those that aren't there are at the end. All of either together, and what they are
    // worth, fit.
    bids: [Level; N],
    asks: [Level; N],
    fee: Fee,
}

impl<const N: usize> Ladder<N> {
    /// Creates a ladder of bids and asks, the best of each first.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a tick of 0, for more than N levels, for a price or an amount of 0,
    /// for bids that don't fall, for asks that don't rise, and for an ask that isn't above all bids;
    /// [`Error::Overflow`] if all amounts of one side together, what they are worth, or the terms of the
    /// highest price have more than 128 bits.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::{Fee, Ladder, Level};
    ///
    /// let levels = |prices: [u64; 2]| prices.map(|price| Level { price, amount: Amount::new(1) });
    /// let book = Ladder::<2>::new(Ratio::ONE, &levels([9, 8]), &levels([10, 11]), Fee::NONE)?;
    /// assert_eq!(book.asks().count(), 2);
    /// assert!(Ladder::<2>::new(Ratio::ONE, &levels([9, 8]), &levels([9, 10]), Fee::NONE).is_err());
    /// assert!(Ladder::<1>::new(Ratio::ONE, &levels([9, 8]), &[], Fee::NONE).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(tick: Ratio, bids: &[Level], asks: &[Level], fee: Fee) -> Result<Self, Error> {
        Self::restore(LadderState {
            tick,
            bids: levels::filled(bids)?,
            asks: levels::filled(asks)?,
            fee,
        })
    }

    /// Returns the price of a tick.
    #[must_use]
    pub const fn tick(&self) -> Ratio {
        self.tick
    }

    /// Returns the bids that are left, from the highest price down.
    pub fn bids(&self) -> impl Iterator<Item = Level> + '_ {
        self.bids
            .iter()
            .copied()
            .take_while(|level| level.is_some())
    }

    /// Returns the asks that are left, from the lowest price up.
    pub fn asks(&self) -> impl Iterator<Item = Level> + '_ {
        self.asks
            .iter()
            .copied()
            .take_while(|level| level.is_some())
    }

    /// Returns the fee.
    #[must_use]
    pub const fn fee(&self) -> Fee {
        self.fee
    }

    /// Computes what the ladder could pay: all that the asks hold of Token0, and all that the bids are
    /// worth in Token1.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// None in a ladder that was made.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::{Fee, Ladder, Level};
    ///
    /// let bid = Level { price: 3, amount: Amount::new(5) };
    /// let book = Ladder::<1>::new(Ratio::new(1, 2)?, &[bid], &[], Fee::NONE)?;
    /// assert_eq!(book.held()?, [Amount::ZERO, Amount::new(7)]);
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn held(&self) -> Result<[Amount; 2], Error> {
        let worth = self.worth(levels::worth(&self.bids, u128::MAX)?, Rounding::Floor)?;
        Ok([levels::total(&self.asks)?, worth])
    }

    /// Sells an amount and returns what was moved: as much of it as the ladder takes.
    ///
    /// # Rounding
    /// The amount paid out is floored, once for all levels.
    ///
    /// # Errors
    /// None in a ladder that was made.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::{Fee, Ladder, Level, Sell};
    ///
    /// let bid = Level { price: 3, amount: Amount::new(5) };
    /// let mut book = Ladder::<1>::new(Ratio::new(1, 2)?, &[bid], &[], Fee::NONE)?;
    /// let swap = book.swap_exact_in(Sell::Token0, Amount::new(8))?;
    /// assert_eq!((swap.amount_in, swap.amount_out), (Amount::new(5), Amount::new(7)));
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn swap_exact_in(&mut self, sell: Sell, amount_in: Amount) -> Result<Swap, Error> {
        let swap = self.quote_exact_in(sell, amount_in)?;
        self.settle(sell, &swap);
        Ok(swap)
    }

    /// Buys exactly `amount_out` and returns what was moved.
    ///
    /// # Rounding
    /// The amount handed in is ceiled, once for all levels: it is the least that fetches as much.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more than the ladder holds; [`Error::Overflow`] if the amount would
    /// exceed [`Amount::MAX`] with its fee.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::{Fee, Ladder, Level, Sell};
    ///
    /// let ask = Level { price: 3, amount: Amount::new(5) };
    /// let mut book = Ladder::<1>::new(Ratio::new(1, 2)?, &[], &[ask], Fee::NONE)?;
    /// let swap = book.swap_exact_out(Sell::Token1, Amount::new(5))?;
    /// assert_eq!(swap.amount_in, Amount::new(8));
    /// assert!(book.swap_exact_out(Sell::Token1, Amount::new(1)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn swap_exact_out(&mut self, sell: Sell, amount_out: Amount) -> Result<Swap, Error> {
        let swap = self.quote_exact_out(sell, amount_out)?;
        self.settle(sell, &swap);
        Ok(swap)
    }

    /// Returns the levels that a sale is filled from.
    const fn side(&self, sell: Sell) -> &[Level; N] {
        match sell {
            Sell::Token0 => &self.bids,
            Sell::Token1 => &self.asks,
        }
    }

    /// Returns the units of Token0 that a swap takes from the levels.
    fn units(sell: Sell, swap: &Swap) -> u128 {
        match sell {
            // The fee is a part of what is handed in.
            Sell::Token0 => swap.amount_in.get().saturating_sub(swap.fee.get()),
            Sell::Token1 => swap.amount_out.get(),
        }
    }

    fn settle(&mut self, sell: Sell, swap: &Swap) {
        let left = levels::without(self.side(sell), Self::units(sell, swap));
        match sell {
            Sell::Token0 => self.bids = left,
            Sell::Token1 => self.asks = left,
        }
    }

    /// Computes what a product of amounts and ticks is worth in Token1.
    fn worth(&self, product: U256, rounding: Rounding) -> Result<Amount, Error> {
        let (numerator, denominator) = (self.tick.numerator(), self.tick.denominator());
        let worth = product.mul_div(numerator.into(), denominator.into(), rounding);
        // More than 256 bits are too many too.
        let (bits, max) = (257, u128::MAX);
        let worth = worth.map_err(|_| Error::Overflow { bits, max })?;
        Ok(Amount::new(worth.to_u128()?))
    }

    /// Computes the product of amounts and ticks that is worth so much of Token1.
    fn product(&self, worth: Amount, rounding: Rounding) -> Result<U256, Error> {
        let product = U256::product(worth.get(), self.tick.denominator());
        Ok(product.checked_div(self.tick.numerator(), rounding)?)
    }

    /// Computes the units of Token0 that `counted`, which is what the fee leaves, takes of the `all` that
    /// there are, and what is paid out.
    fn fill(&self, sell: Sell, counted: Amount, all: u128) -> Result<(u128, Amount), Error> {
        match sell {
            Sell::Token0 => {
                let units = counted.get().min(all);
                let product = levels::worth(&self.bids, units)?;
                Ok((units, self.worth(product, Rounding::Floor)?))
            }
            Sell::Token1 => {
                let most = self.product(counted, Rounding::Floor)?;
                let units = levels::units_within(&self.asks, most)?;
                Ok((units, Amount::new(units)))
            }
        }
    }

    /// Computes the least amount that takes the first `units` of the levels, the fee with it.
    fn cost(&self, sell: Sell, units: u128) -> Result<Amount, Error> {
        let counted = match sell {
            Sell::Token0 => Amount::new(units),
            Sell::Token1 => self.worth(levels::worth(&self.asks, units)?, Rounding::Ceil)?,
        };
        self.fee.before(counted)
    }
}

impl<const N: usize> Market for Ladder<N> {
    fn quote_exact_in(&self, sell: Sell, amount_in: Amount) -> Result<Swap, Error> {
        let counted = amount_in.checked_sub(self.fee.of(amount_in))?;
        let all = levels::total(self.side(sell))?.get();
        let (units, amount_out) = self.fill(sell, counted, all)?;
        let amount_in = match units == all {
            true => self.cost(sell, all)?,
            false => amount_in,
        };
        Ok(Swap {
            amount_in,
            amount_out,
            fee: self.fee.of(amount_in),
        })
    }

    fn quote_exact_out(&self, sell: Sell, amount_out: Amount) -> Result<Swap, Error> {
        let [held0, held1] = self.held()?;
        let (_, most) = sell.ordered(held0, held1);
        in_range(Quantity::AmountOut, amount_out.get(), 0, most.get())?;
        let units = match sell {
            Sell::Token0 => {
                let least = self.product(amount_out, Rounding::Ceil)?;
                levels::units_for(&self.bids, least)?
            }
            Sell::Token1 => amount_out.get(),
        };
        let amount_in = self.cost(sell, units)?;
        Ok(Swap {
            amount_in,
            amount_out,
            fee: self.fee.of(amount_in),
        })
    }

    /// Computes the price of the next unit of Token0 after a sale: that of the best bid where Token0 is
    /// sold, and of the best ask where it is bought.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if no level is left on that side.
    fn price_after(&self, sell: Sell, amount_in: Amount) -> Result<Ratio, Error> {
        let swap = self.quote_exact_in(sell, amount_in)?;
        let left = levels::without(self.side(sell), Self::units(sell, &swap));
        let best = left.first().copied().unwrap_or_default();
        in_range(Quantity::LevelAmount, best.amount.get(), 1, u128::MAX)?;
        Ok(self
            .tick
            .checked_mul(Ratio::from_integer(best.price.into()))?)
    }

    /// Computes the depth within `cost`: the least amount that takes all levels whose price is within that
    /// share of the best one, which is exactly their sum.
    ///
    /// # Rounding
    /// Ceil, of Token1: what it buys of the next level is worth less than a unit.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if no level is left on that side; [`Error::Overflow`] above [`Amount::MAX`],
    /// the fee with it.
    fn depth(&self, sell: Sell, cost: Fraction) -> Result<Amount, Error> {
        let units = levels::units_near(self.side(sell), sell, cost)?;
        self.cost(sell, units)
    }
}
