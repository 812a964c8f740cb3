//! Two coins as a position in the first of them, and the value of all coins.

use tokenomics_fixed_math::{Amount, Ratio, Rounding, U256};

use super::arbitraged::Exchange;
use super::exact::Fine;
use super::{coin, Amplified, StablePair, StableSwap, RATE};
use crate::check::{in_range, largest};
use crate::wide::Wide;
use crate::{Error, Position, Quantity};

impl<const N: usize> StableSwap<N> {
    /// Computes the value of all reserves in base units of one coin, at the prices at the margin.
    ///
    /// # Rounding
    /// That of each coin is floored.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a coin that there isn't and in an empty pool; [`Error::Overflow`] above
    /// [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let reserves = [Amount::new(1_000_000), Amount::new(3_000_000)];
    /// let pool = StableSwap::new(Amplification::new(50)?, Fee::NONE, [10_u128.pow(18); 2], reserves)?;
    /// assert_eq!(pool.value_in(0)?, Amount::new(3_899_665));
    /// assert!(pool.value_in(2).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn value_in(&self, index: usize) -> Result<Amount, Error> {
        let mut value = coin(&self.reserves, index)?;
        for (other, reserve) in (0..N).zip(self.reserves) {
            if other != index {
                let price = self.pair(other, index)?.margin()?;
                value = value.checked_add(reserve.mul_ratio(price, Rounding::Floor)?)?;
            }
        }
        Ok(value)
    }
}

/// The pool's holding of the two coins, while all others stay as they are: arbitrage trades the two for each
/// other alone along the exact invariant, until Token0 has a price in Token1.
///
/// The state at a price is found by bisection in exact integers, of the invariant with as many binary digits
/// more as 112 bits of the sum have room for. There are two states next to it, mostly one such finer unit
/// apart, of which each is proven to be on its side of the price. It takes some 110 solutions of the invariant:
/// it is for a report, not for a program on chain.
///
/// # Rounding
/// In what follows a finer unit is one of what counts, by 2^k where k more digits have room: at most a base unit
/// of either coin, where the sum of the pool has 112 bits or more, and less by as many bits as it has fewer.
///
/// ```
/// use tokenomics_fixed_math::{fraction, wad, Amount, Ratio};
/// use tokenomics_liquidity_curves::{Amplification, Fee, Position, StableSwap};
///
/// let reserves = [Amount::new(1_000_000); 2];
/// let pool = StableSwap::new(Amplification::new(50)?, Fee::NONE, [10_u128.pow(18); 2], reserves)?;
/// let pair = pool.pair(0, 1)?;
/// assert_eq!(pair.value_at(Ratio::ONE)?, Amount::new(2_000_000));
/// // 51 times the dollar gamma of a constant product, which is half of a reserve.
/// assert_eq!(pair.gamma_at(Ratio::ONE)?, Amount::new(25_500_000));
/// // 0.1% a day, for a day.
/// let loss = pair.loss_versus_rebalancing_at(Ratio::ONE, wad!("0.000001"))?;
/// assert_eq!(loss, Amount::new(13));
/// // At 0.98 the pool has sold 38% of its Token1 for Token0.
/// let low = Ratio::new(98, 100)?;
/// assert_eq!(pair.delta_at(low)?, Amount::new(1_383_295));
/// assert_eq!(pair.value_at(low)?, Amount::new(1_975_652));
/// assert!(pair.delta_at(Ratio::ZERO).is_err());
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
impl<const N: usize> Position for StablePair<'_, N> {
    /// Computes the value of both coins at a price.
    ///
    /// # Rounding
    /// Floor: below the real number by less than a unit and 8·(1 + p) finer ones.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] in an empty pool; [`Error::Overflow`] above [`Amount::MAX`], for a price that is
    /// some 2^32 from parity or more, and as at [`StableSwap::invariant`].
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn value_at(&self, price: Ratio) -> Result<Amount, Error> {
        if price.numerator() == 0 {
            return Ok(Amount::ZERO);
        }
        let exchange = Exchange::new(self, price)?;
        let [held0, held1] = exchange.least(&exchange.bracket()?);
        let [rate0, rate1] = self.rates()?;
        let (by, of) = (price.numerator(), price.denominator());
        let of = U256::product(rate0, of);
        let worth0 = U256::product(held0, RATE).mul_div(by.into(), of, Rounding::Floor)?;
        let worth1 = U256::product(held1, RATE).checked_div(rate1, Rounding::Floor)?;
        let value = worth0.checked_add(worth1)?.shr_floor(exchange.by);
        Ok(Amount::new(value.to_u128()?))
    }

    /// Computes the delta at a price.
    ///
    /// # Rounding
    /// Floor: below the real number by less than a unit and 8 finer ones, and 8/p.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] at a price of 0; otherwise as of the value.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn delta_at(&self, price: Ratio) -> Result<Amount, Error> {
        in_range(Quantity::Price, price.numerator(), 1, u128::MAX)?;
        let exchange = Exchange::new(self, price)?;
        let [held0, _] = exchange.least(&exchange.bracket()?);
        let [rate0, _] = self.rates()?;
        let held0 = U256::product(held0, RATE).checked_div(rate0, Rounding::Floor)?;
        Ok(Amount::new(held0.shr_floor(exchange.by).to_u128()?))
    }

    /// Computes the dollar gamma at a price: p² over the second derivative of what there is of Token1 by what
    /// there is of Token0.
    ///
    /// # Rounding
    /// Ceil, of the greater one of both states next to the price: less than a unit above the real number but for
    /// what a few finer units make of it, which is some 2^-80 of itself unless a coin is all but gone.
    ///
    /// # Errors
    /// As of the value.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn gamma_at(&self, price: Ratio) -> Result<Amount, Error> {
        if price.numerator() == 0 {
            return Ok(Amount::ZERO);
        }
        let exchange = Exchange::new(self, price)?;
        let [_, rate] = self.rates()?;
        let mut most = Amount::ZERO;
        for slopes in exchange.slopes(&exchange.bracket()?)? {
            most = most.max(slopes.gamma(rate, exchange.by)?);
        }
        Ok(most)
    }
}

impl<const N: usize> StablePair<'_, N> {
    /// Returns the rates of Token0 and Token1.
    pub(super) fn rates(&self) -> Result<[u128; 2], Error> {
        let rates = &self.pool.rates;
        Ok([coin(rates, self.token0)?, coin(rates, self.token1)?])
    }

    /// Computes the price at the margin: rate0·x1·u / (rate1·x0·v).
    pub(super) fn margin(&self) -> Result<Ratio, Error> {
        let (counted, amplified) = (self.pool.counted()?, self.pool.amplified());
        let fine = Fine::new(&counted, amplified, 8)?;
        let Amplified { ann, unit, .. } = amplified;
        // By the invariant q is A·n·(S − D) + D: no division, and below 2^160.
        let rest = U256::product(ann, fine.sum.saturating_sub(fine.floor));
        let q = rest.checked_add(U256::product(unit, fine.floor))?;
        let held = [
            coin(&fine.reserves, self.token0)?,
            coin(&fine.reserves, self.token1)?,
        ];
        let Slopes { u, v, x, y, .. } = Slopes::new(amplified, held, q, 0)?;
        let [rate0, rate1] = self.rates()?;
        let above = Wide::from(u).mul(U256::product(y, rate0));
        let below = Wide::from(v).mul(U256::product(x, rate1));
        if above == below {
            return Ok(Ratio::ONE);
        }
        let by = above.bits().max(below.bits()).saturating_sub(128);
        Ok(Ratio::new(above.shr(by), below.shr(by).max(1))?)
    }
}

/// The terms of the invariant's derivatives: u = A·n·x + q and v = A·n·y + q, where q =
/// D^(n+1)/(n^n·∏x), all with the unit of A, and of so many binary digits more.
pub(super) struct Slopes {
    pub(super) u: U256,
    pub(super) v: U256,
    q: U256,
    x: u128,
    y: u128,
}

impl Slopes {
    pub(super) fn new(
        amplified: Amplified,
        [x, y]: [u128; 2],
        q: U256,
        digits: u32,
    ) -> Result<Self, Error> {
        let with = |reserve: u128| {
            let linear = U256::product(amplified.ann, reserve).checked_shl(digits)?;
            Ok::<_, Error>(linear.checked_add(q)?)
        };
        let (u, v) = (with(x)?, with(y)?);
        Ok(Self { u, v, q, x, y })
    }

    /// Computes u²·v·y / (2q·(u² − u·v + v²)) in base units of the token of y, of which all are finer by some
    /// bits, ceiled.
    fn gamma(&self, rate: u128, by: u32) -> Result<Amount, Error> {
        let Self { u, v, q, y, .. } = *self;
        let above = Wide::from(u).mul(u).mul(v).mul(U256::product(y, RATE));
        // Of the greater one and the lesser one: greater·(greater − lesser) + lesser².
        let (greater, lesser) = (u.max(v), u.min(v));
        let first = Wide::from(greater).mul(greater.checked_sub(lesser)?);
        let sum = first.add(&Wide::from(lesser).mul(lesser));
        let below = sum.mul(q).mul(U256::product(rate, 2));
        let below = below.mul(1_u128.wrapping_shl(by));
        let exceeds = |number: u128| below.mul(number) > above;
        if !exceeds(u128::MAX) {
            let (bits, max) = (quotient_bits(&above, &below)?, u128::MAX);
            return Err(Error::Overflow { bits, max });
        }
        let floor = largest(u128::MAX, |number| !exceeds(number));
        let is_cut = below.mul(floor) != above;
        Ok(Amount::new(floor).checked_add(Amount::new(is_cut.into()))?)
    }
}
/// Returns the length of above/below, floored, in bits, for a quotient of 1 or more: 257 for more than 256.
#[cold]
fn quotient_bits(above: &Wide, below: &Wide) -> Result<u32, Error> {
    let by = above.bits().saturating_sub(below.bits());
    if by > 256 {
        return Ok(257);
    }
    // The quotient is from 2^(by − 1) to 2^(by + 1); below shifted by `by` is as long as above. By halves, as
    // 2^256 is no `U256`.
    let half = by >> 1;
    let first = below.mul(U256::ONE.checked_shl(half)?);
    let shifted = first.mul(U256::ONE.checked_shl(by.saturating_sub(half))?);
    Ok(by.saturating_add((shifted <= *above).into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_a_quotient_is_that_of_its_floor() {
        let power = |by: u32| (0..by).fold(Wide::from(1), |wide, _| wide.mul(2));
        for below in [1, 2, 3, 5, u128::MAX] {
            for by in 0..256 {
                let least = power(by).mul(below);
                let bits = |above: &Wide| quotient_bits(above, &Wide::from(below));
                assert_eq!(bits(&least), Ok(by + 1), "{below}·2^{by}");
                let most = least.mul(2);
                let more = bits(&most.add(&Wide::from(below - 1)));
                assert_eq!(more, Ok((by + 2).min(257)), "{below}·2^{by}");
            }
            assert_eq!(quotient_bits(&power(700), &Wide::from(below)), Ok(257));
        }
    }
}
