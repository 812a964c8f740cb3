//! The orders of makers, and what they hold at a price.

use tokenomics_fixed_math::{Amount, Ratio, Rounding, U256};

use super::{levels, Ladder, LadderState, Level};
use crate::check::cmp_products;
use crate::Error;

impl<const N: usize> Ladder<N> {
    /// Adds a bid, to the level of its price or as a new one.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a price or an amount of 0, for a price that isn't below all asks, and
    /// without room for another level; [`Error::Overflow`] as in [`Ladder::new`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::{Fee, Ladder, Level};
    ///
    /// let level = |price, amount| Level { price, amount: Amount::new(amount) };
    /// let mut book = Ladder::<2>::new(Ratio::ONE, &[level(9, 5)], &[level(12, 5)], Fee::NONE)?;
    /// book.add_bid(level(9, 2))?;
    /// book.add_bid(level(11, 1))?;
    /// assert!(book.bids().eq([level(11, 1), level(9, 7)]));
    /// assert!(book.add_bid(level(12, 1)).is_err() && book.add_bid(level(8, 1)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn add_bid(&mut self, bid: Level) -> Result<(), Error> {
        let bids = levels::with(&self.bids, bid, true)?;
        self.replace(bids, self.asks)
    }

    /// Adds an ask, to the level of its price or as a new one.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a price or an amount of 0, for a price that isn't above all bids, and
    /// without room for another level; [`Error::Overflow`] as in [`Ladder::new`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::{Fee, Ladder, Level};
    ///
    /// let level = |price, amount| Level { price, amount: Amount::new(amount) };
    /// let mut book = Ladder::<2>::new(Ratio::ONE, &[level(9, 5)], &[level(12, 5)], Fee::NONE)?;
    /// book.add_ask(level(10, 1))?;
    /// assert!(book.asks().eq([level(10, 1), level(12, 5)]));
    /// assert!(book.add_ask(level(9, 1)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn add_ask(&mut self, ask: Level) -> Result<(), Error> {
        let asks = levels::with(&self.asks, ask, false)?;
        self.replace(self.bids, asks)
    }

    /// Takes a bid back: that much of the level of its price.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more than is bid at that price.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::{Fee, Ladder, Level};
    ///
    /// let level = |price, amount| Level { price, amount: Amount::new(amount) };
    /// let bids = [level(9, 5), level(8, 5)];
    /// let mut book = Ladder::<2>::new(Ratio::ONE, &bids, &[], Fee::NONE)?;
    /// book.remove_bid(level(9, 5))?;
    /// book.remove_bid(level(8, 1))?;
    /// assert!(book.bids().eq([level(8, 4)]));
    /// assert!(book.remove_bid(level(9, 1)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn remove_bid(&mut self, bid: Level) -> Result<(), Error> {
        self.bids = levels::less(&self.bids, bid)?;
        Ok(())
    }

    /// Takes an ask back: that much of the level of its price.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more than is asked for at that price.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::{Fee, Ladder, Level};
    ///
    /// let ask = Level { price: 9, amount: Amount::new(5) };
    /// let mut book = Ladder::<2>::new(Ratio::ONE, &[], &[ask], Fee::NONE)?;
    /// book.remove_ask(ask)?;
    /// assert!(book.asks().next().is_none() && book.remove_ask(ask).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn remove_ask(&mut self, ask: Level) -> Result<(), Error> {
        self.asks = levels::less(&self.asks, ask)?;
        Ok(())
    }

    /// Computes the delta at a price, which is the amount of Token0 that the makers then hold: asks that
    /// are not below the price, and bids above it, which are filled. Between two levels it doesn't change:
    /// a ladder has all of its gamma at its levels.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::{Fee, Ladder, Level};
    ///
    /// let level = |price, amount| Level { price, amount: Amount::new(amount) };
    /// let (bids, asks) = ([level(9, 5), level(8, 6)], [level(11, 7)]);
    /// let book = Ladder::<2>::new(Ratio::ONE, &bids, &asks, Fee::NONE)?;
    /// let delta = |price| book.delta_at(Ratio::from_integer(price));
    /// assert_eq!(delta(10)?, Amount::new(7));
    /// assert_eq!(delta(8)?, Amount::new(12)); // and the bid at 9
    /// assert_eq!(delta(12)?, Amount::ZERO);
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn delta_at(&self, price: Ratio) -> Result<Amount, Error> {
        let bids = self.bids().filter(|bid| self.is_above(bid, price));
        let asks = self.asks().filter(|ask| !self.is_below(ask, price));
        Ok(Amount::try_sum(bids.chain(asks).map(|level| level.amount))?)
    }

    /// Computes the value at a price, in Token1, of what the makers then hold: their delta, what the bids
    /// offer that the price hasn't come down to, and what was paid to asks that it has passed.
    ///
    /// # Rounding
    /// Floor, of Token0 and of Token1 each.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::{Fee, Ladder, Level};
    ///
    /// let level = |price, amount| Level { price, amount: Amount::new(amount) };
    /// let book = Ladder::<1>::new(Ratio::ONE, &[level(9, 5)], &[level(11, 7)], Fee::NONE)?;
    /// let value = |price| book.value_at(Ratio::from_integer(price));
    /// assert_eq!(value(10)?, Amount::new(115)); // 7 at 10, and 45 bid
    /// assert_eq!(value(6)?, Amount::new(72)); // 12 at 6
    /// assert_eq!(value(20)?, Amount::new(122)); // 77 paid, and 45 bid
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn value_at(&self, price: Ratio) -> Result<Amount, Error> {
        let bids = self.bids().filter(|bid| !self.is_above(bid, price));
        let asks = self.asks().filter(|ask| self.is_below(ask, price));
        let mut worth = U256::ZERO;
        for level in bids.chain(asks) {
            worth = worth.checked_add(U256::product(level.amount.get(), level.price.into()))?;
        }
        let held0 = self.delta_at(price)?.mul_ratio(price, Rounding::Floor)?;
        Ok(held0.checked_add(self.worth(worth, Rounding::Floor)?)?)
    }

    fn replace(&mut self, bids: [Level; N], asks: [Level; N]) -> Result<(), Error> {
        let state = self.state();
        *self = Self::restore(LadderState {
            bids,
            asks,
            ..state
        })?;
        Ok(())
    }

    fn is_above(&self, level: &Level, price: Ratio) -> bool {
        self.against(level, price).is_gt()
    }

    fn is_below(&self, level: &Level, price: Ratio) -> bool {
        self.against(level, price).is_lt()
    }

    /// Compares the price of a level with another one, both exact.
    fn against(&self, level: &Level, price: Ratio) -> core::cmp::Ordering {
        cmp_products(
            [
                self.tick.numerator(),
                level.price.into(),
                price.denominator(),
            ],
            [price.numerator(), self.tick.denominator(), 1],
        )
    }
}
