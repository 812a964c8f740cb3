//! The orders of makers.

use super::{levels, Ladder, LadderState, Level};
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

    fn replace(&mut self, bids: [Level; N], asks: [Level; N]) -> Result<(), Error> {
        let state = self.state();
        *self = Self::restore(LadderState {
            bids,
            asks,
            ..state
        })?;
        Ok(())
    }
}
