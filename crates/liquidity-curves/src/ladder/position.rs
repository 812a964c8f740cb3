//! The makers of a ladder, together, as a position in the price.

use core::cmp::Ordering;

use tokenomics_fixed_math::{Amount, Ratio, Rounding, U256};

use super::{Ladder, Level};
use crate::check::cmp_products;
use crate::{Error, Position};

/// The holding of all makers together, once the price has gone from the ladder as it stands to another one: asks
/// below the price were filled, and bids above it. Nobody puts a new order in the place of one that was.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Ratio};
/// use tokenomics_liquidity_curves::{Fee, Ladder, Level, Position};
///
/// let level = |price, amount| Level { price, amount: Amount::new(amount) };
/// let (bids, asks) = ([level(9, 5), level(8, 6)], [level(11, 7)]);
/// let book = Ladder::<2>::new(Ratio::ONE, &bids, &asks, Fee::NONE)?;
/// let delta = |price| book.delta_at(Ratio::from_integer(price));
/// assert_eq!(delta(10)?, Amount::new(7));
/// assert_eq!(delta(8)?, Amount::new(12)); // and the bid at 9
/// assert_eq!(delta(12)?, Amount::ZERO);
///
/// let value = |price| book.value_at(Ratio::from_integer(price));
/// assert_eq!(value(10)?, Amount::new(163)); // 7 at 10, and 93 bid
/// assert_eq!(value(6)?, Amount::new(108)); // 18 at 6
/// assert_eq!(value(20)?, Amount::new(170)); // 77 paid, and 93 bid
///
/// let gamma = |price| book.gamma_at(Ratio::from_integer(price));
/// assert_eq!(gamma(10)?, Amount::ZERO);
/// assert!(gamma(9).is_err());
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
impl<const N: usize> Position for Ladder<N> {
    /// Computes the value at a price: the delta at it, what the bids offer that the price hasn't come down to,
    /// and what was paid to asks that it has passed.
    ///
    /// # Rounding
    /// Floor, of Token0 and of Token1 each: below the real number by less than two units.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn value_at(&self, price: Ratio) -> Result<Amount, Error> {
        let bids = self.bids().filter(|bid| self.against(bid, price).is_le());
        let asks = self.asks().filter(|ask| self.against(ask, price).is_lt());
        let mut worth = U256::ZERO;
        for level in bids.chain(asks) {
            worth = worth.checked_add(U256::product(level.amount.get(), level.price.into()))?;
        }
        let held0 = self.delta_at(price)?.mul_ratio(price, Rounding::Floor)?;
        Ok(held0.checked_add(self.worth(worth, Rounding::Floor)?)?)
    }

    /// Computes the delta at a price: asks that are not below the price, and bids above it. Between two levels
    /// it doesn't change.
    ///
    /// # Rounding
    /// None: it is a sum of amounts.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn delta_at(&self, price: Ratio) -> Result<Amount, Error> {
        let bids = self.bids().filter(|bid| self.against(bid, price).is_gt());
        let asks = self.asks().filter(|ask| self.against(ask, price).is_ge());
        Ok(Amount::try_sum(bids.chain(asks).map(|level| level.amount))?)
    }

    /// Computes the dollar gamma at a price, which is 0 between levels: a ladder has all of its gamma at its
    /// levels, where the delta jumps. There it is without a bound, and so is the loss for any variance: what a
    /// move costs the makers is told by [`value_at`](Position::value_at) beyond the level.
    ///
    /// # Rounding
    /// None.
    ///
    /// # Errors
    /// [`Error::Overflow`] at the price of a level.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn gamma_at(&self, price: Ratio) -> Result<Amount, Error> {
        if self
            .bids()
            .chain(self.asks())
            .any(|level| self.against(&level, price).is_eq())
        {
            let (bits, max) = (257, u128::MAX);
            return Err(Error::Overflow { bits, max });
        }
        Ok(Amount::ZERO)
    }
}

impl<const N: usize> Ladder<N> {
    /// Compares the price of a level with another one, both exact.
    fn against(&self, level: &Level, price: Ratio) -> Ordering {
        let level = [
            self.tick.numerator(),
            level.price.into(),
            price.denominator(),
        ];
        cmp_products(level, [price.numerator(), self.tick.denominator(), 1])
    }
}
