//! A pool as a position, at its own state: value, delta, gamma and loss versus rebalancing.

use tokenomics_fixed_math::{Amount, Ratio, Rounding, Wad, U256};

use super::exact::Fine;
use super::wide::Wide;
use super::{coin, Amplified, StablePair, StableSwap, RATE};
use crate::check::largest;
use crate::Error;

impl<const N: usize> StableSwap<N> {
    /// Computes the value of all balances in base units of one coin, at the prices at the margin.
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
    /// let balances = [Amount::new(1_000_000), Amount::new(3_000_000)];
    /// let pool = StableSwap::new(Amplification::new(50)?, Fee::NONE, [10_u128.pow(18); 2], balances)?;
    /// assert_eq!(pool.value_in(0)?, Amount::new(3_899_665));
    /// assert!(pool.value_in(2).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn value_in(&self, index: usize) -> Result<Amount, Error> {
        let mut value = coin(&self.balances, index)?;
        for (other, balance) in (0..N).zip(self.balances) {
            if other != index {
                let price = self.pair(other, index)?.margin()?;
                value = value.checked_add(balance.mul_ratio(price, Rounding::Floor)?)?;
            }
        }
        Ok(value)
    }
}

/// The terms of the invariant's derivatives: u = A·n·x + q and v = A·n·y + q, where q =
/// D^(n+1)/(n^n·∏x), all with the unit of A, as many bits more as `Fine` has.
struct Slopes {
    u: U256,
    v: U256,
    q: U256,
    x: u128,
    y: u128,
    by: u32,
}

impl<const N: usize> StablePair<'_, N> {
    /// Returns the delta, which is the amount of Token0 that the pool holds.
    #[must_use]
    pub fn delta(&self) -> Amount {
        coin(&self.pool.balances, self.token0).unwrap_or(Amount::ZERO)
    }

    /// Computes the dollar gamma of the pool in this pair, |Γ|·p² in base units of Token1: p² over the
    /// second derivative of what it holds of Token1 by what it holds of Token0. The gamma itself is
    /// negative: the pool sells as the price rises, and buys as it falls.
    ///
    /// # Rounding
    /// Floor, of the lesser one at both ends of an invariant cut to some 120 bits: less than a unit below
    /// the real number but for some 2^-100 of itself.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] in an empty pool; [`Error::Overflow`] above [`Amount::MAX`], and as at
    /// [`StableSwap::invariant`].
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let balances = [Amount::new(1_000_000); 2];
    /// let pool = StableSwap::new(Amplification::new(50)?, Fee::NONE, [10_u128.pow(18); 2], balances)?;
    /// // 51 times that of a constant product, which is half of a reserve.
    /// assert_eq!(pool.pair(0, 1)?.gamma()?, Amount::new(25_500_000));
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn gamma(&self) -> Result<Amount, Error> {
        let [least, _] = self.gammas()?;
        Ok(Amount::new(least))
    }

    /// Computes the loss versus rebalancing at the pool's state, in base units of Token1: what arbitrage
    /// takes from it in this pair while the logarithm of the price gathers `variance`, which is σ² times
    /// the time, as long as the price stays near.
    ///
    /// # Rounding
    /// Ceil, of the ceiled gamma: at most 1 + variance units above the real number.
    ///
    /// # Errors
    /// As [`gamma`](Self::gamma).
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Amount};
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let balances = [Amount::new(1_000_000); 2];
    /// let pool = StableSwap::new(Amplification::new(50)?, Fee::NONE, [10_u128.pow(18); 2], balances)?;
    /// // 0.1% a day, for a day.
    /// let loss = pool.pair(0, 1)?.loss_versus_rebalancing(wad!("0.000001"))?;
    /// assert_eq!(loss, Amount::new(13));
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    ///
    /// # Source
    /// Milionis, Moallemi, Roughgarden, Zhang, Automated Market Making and Loss-Versus-Rebalancing
    /// (2022).
    #[doc(alias("lvr"))]
    pub fn loss_versus_rebalancing(&self, variance: Wad) -> Result<Amount, Error> {
        let [_, most] = self.gammas()?;
        let half = Amount::new(most).mul_div(variance.raw(), 2 * RATE, Rounding::Ceil)?;
        Ok(half)
    }

    /// Computes the price at the margin: rate0·x1·u / (rate1·x0·v).
    pub(super) fn margin(&self) -> Result<Ratio, Error> {
        let (slopes, _) = self.slopes()?;
        let Slopes { u, v, x, y, .. } = slopes;
        let rates = [self.token0, self.token1].map(|index| coin(&self.pool.rates, index));
        let [rate0, rate1] = rates;
        let above = Wide::from(u).mul(U256::product(y, rate0?));
        let below = Wide::from(v).mul(U256::product(x, rate1?));
        if above == below {
            return Ok(Ratio::ONE);
        }
        let by = above.bits().max(below.bits()).saturating_sub(128);
        Ok(Ratio::new(above.shr(by), below.shr(by).max(1))?)
    }

    /// Computes the derivatives at the floored and at the ceiled invariant.
    fn slopes(&self) -> Result<(Slopes, Slopes), Error> {
        let (counted, amplified) = (self.pool.counted()?, self.pool.amplified());
        let fine = Fine::new(&counted, amplified)?;
        let at = |d: u128| {
            let Amplified { ann, unit, .. } = amplified;
            // By the invariant q is A·n·(S − D) + D: no division, and below 2^160.
            let rest = U256::product(ann, fine.sum.saturating_sub(d));
            let q = rest.checked_add(U256::product(unit, d))?;
            let [x, y] = [self.token0, self.token1].map(|index| coin(&fine.balances, index));
            let (x, y) = (x?, y?);
            Ok::<_, Error>(Slopes {
                u: U256::product(ann, x).checked_add(q)?,
                v: U256::product(ann, y).checked_add(q)?,
                q,
                x,
                y,
                by: fine.by,
            })
        };
        Ok((at(fine.floor)?, at(fine.ceil)?))
    }

    /// Computes bounds of the dollar gamma.
    fn gammas(&self) -> Result<[u128; 2], Error> {
        let (low, high) = self.slopes()?;
        let rate = coin(&self.pool.rates, self.token1)?;
        let (low, high) = (low.gamma(rate)?, high.gamma(rate)?);
        let [least, most] = [low.min(high), low.max(high)];
        Ok([least.0, most.0.saturating_add(most.1.into())])
    }
}

impl Slopes {
    /// Computes u²·v·y / (2q·(u² − u·v + v²)) in base units of the token of y, floored, and whether it
    /// isn't whole.
    fn gamma(&self, rate: u128) -> Result<(u128, bool), Error> {
        let Self { u, v, q, y, by, .. } = *self;
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
        Ok((floor, below.mul(floor) != above))
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
