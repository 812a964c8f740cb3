//! The stable pool.

mod arbitraged;
mod exact;
mod imbalance_fee;
mod integers;
mod liquidity;
mod pair;
mod position;
mod quote;
mod roots;
mod search;
mod shares;
mod state;

use tokenomics_fixed_math::{mul_div, Amount, Rounding};

pub use pair::StablePair;
pub use state::StableSwapState;

use crate::check::in_range;
use crate::{Amplification, Error, Fee, Quantity, Swap};

/// A pool of two to eight coins that are worth about the same: Curve's StableSwap.
///
/// Reserves x, each times its rate, keep the invariant D of A·n·∑x + D = A·n·D + D^(n+1)/(n^n·∏x): a
/// constant sum near parity, a constant product far from it. The fee stays in the pool.
///
/// Swaps and liquidity are in the integers of Curve's first contracts, to the unit: Newton's method in
/// floored steps, and one unit kept back. Those steps can miss the real numbers by a few units, against
/// the pool too. So a swap pays what the contract pays, but never more than the exact invariant allows
/// without a fee; only where rounding would cost the pool more than its fee brings are the two not the
/// same. [`StablePair::contract_exact_in`] is the contract's alone, and [`StablePair::ideal_exact_in`] that of the
/// exact invariant.
///
/// # Laws
/// `stable_invariant`: the exact D never falls by a swap · `round_trip`: selling what was bought never
/// gains · `split`: without a fee, two sales never fetch more than the exact invariant allows for one ·
/// `against_the_pool`: what is handed in fetches what it is for, and one unit less doesn't · `bounded`:
/// a swap never pays all of a reserve.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
///
/// // DAI, USDC and USDT, of 18, 6 and 6 decimals.
/// let rates = [10_u128.pow(18), 10_u128.pow(30), 10_u128.pow(30)];
/// let reserves = [10_u128.pow(24), 10_u128.pow(12), 10_u128.pow(12)].map(Amount::new);
/// let fee = Fee::new(4_000_000, 10_000_000_000)?;
/// let mut pool = StableSwap::new(Amplification::new(85)?, fee, rates, reserves)?;
/// let swap = pool.swap_exact_in(0, 1, Amount::new(1_000 * 10_u128.pow(18)))?;
/// assert_eq!(swap.amount_out, Amount::new(999_588_376)); // of 1,000 USDC, with 4 bp of fee
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
///
/// # Source
/// Egorov, StableSwap (2019); the 3pool contract (StableSwap3Pool.vy, 2020), whose formulas are those of
/// the contracts with `A_PRECISION` at any A of hundredths. What differs: a sale that is worth less than
/// a unit pays 0, where the contract reverts; no part of the fee is the admin's; the steps must converge.
/// Pools that add 1 to a divisor against a division by 0, or divide by n^n once, can differ in the last
/// unit.
#[doc(alias("curve", "stableswap", "3pool", "amm"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StableSwap<const N: usize> {
    // All reserves and the shares are 0, or none is.
    reserves: [Amount; N],
    // In 1e-18, from 1 on.
    rates: [u128; N],
    amplification: Amplification,
    fee: Fee,
    shares: Amount,
}

/// One, in the unit of rates.
const RATE: u128 = 1_000_000_000_000_000_000;

/// An amplification as the formulas have it: `ann`/`unit` is A·n.
#[derive(Debug, Clone, Copy)]
struct Amplified {
    ann: u128,
    unit: u128,
    n: u128,
}

impl<const N: usize> StableSwap<N> {
    /// Creates a pool of these reserves, which has as many shares as its invariant has units. A coin's
    /// rate is what its reserve is multiplied by to count, in 1e-18: 10^(36 − decimals), times what the
    /// coin is worth.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for fewer than 2 coins or more than 8, a reserve of 0, and a rate below 1;
    /// as [`virtual_price`](Self::virtual_price).
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let (amplification, rate) = (Amplification::new(100)?, 10_u128.pow(18));
    /// let reserves = [Amount::new(1_000), Amount::new(1_100)];
    /// let pool = StableSwap::new(amplification, Fee::NONE, [rate; 2], reserves)?;
    /// assert_eq!(pool.shares(), Amount::new(2_099));
    /// let empty = [Amount::ZERO, Amount::new(1_100)];
    /// assert!(StableSwap::new(amplification, Fee::NONE, [rate; 2], empty).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn new(
        amplification: Amplification,
        fee: Fee,
        rates: [u128; N],
        reserves: [Amount; N],
    ) -> Result<Self, Error> {
        let mut pool = Self::restore(StableSwapState {
            reserves,
            rates,
            amplification,
            fee,
            // There are some, which is what the check asks.
            shares: Amount::new(1),
        })?;
        pool.shares = Amount::new(pool.contract_invariant()?);
        Ok(pool)
    }

    /// Returns the reserves.
    #[must_use]
    pub const fn reserves(&self) -> [Amount; N] {
        self.reserves
    }

    /// Returns the rates, in 1e-18.
    #[must_use]
    pub const fn rates(&self) -> [u128; N] {
        self.rates
    }

    /// Returns the amplification.
    #[must_use]
    pub const fn amplification(&self) -> Amplification {
        self.amplification
    }

    /// Returns the fee.
    #[must_use]
    pub const fn fee(&self) -> Fee {
        self.fee
    }

    /// Returns the number of all shares.
    #[must_use]
    pub const fn shares(&self) -> Amount {
        self.shares
    }

    /// Computes the exact real invariant D, in units of 1e-18 of what counts.
    ///
    /// # Rounding
    /// As the caller says: the real number, rounded once.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] in an empty pool; [`Error::Overflow`] if what counts sums to 2^128 or more,
    /// or to 2^127 for the nearest integer.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Rounding};
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let reserves = [Amount::new(1_000), Amount::new(3_000)];
    /// let pool = StableSwap::new(Amplification::new(1)?, Fee::NONE, [10_u128.pow(18); 2], reserves)?;
    /// assert_eq!(pool.invariant(Rounding::Floor)?, Amount::new(3_717));
    /// assert_eq!(pool.invariant(Rounding::Ceil)?, Amount::new(3_718));
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn invariant(&self, rounding: Rounding) -> Result<Amount, Error> {
        let (counted, amplified) = (self.counted()?, self.amplified());
        let hint = integers::invariant(&counted, amplified).unwrap_or(u128::MAX);
        exact::rounded(&counted, amplified, hint, rounding).map(Amount::new)
    }

    /// Returns the market of two coins: Token0 is the coin `token0`, and Token1 is `token1`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a coin that there isn't; [`Error::SameToken`] for one coin twice.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::{Amplification, Fee, Market, Sell, StableSwap};
    ///
    /// let reserves = [Amount::new(10_000); 3];
    /// let pool = StableSwap::new(Amplification::new(85)?, Fee::NONE, [10_u128.pow(18); 3], reserves)?;
    /// let pair = pool.pair(0, 2)?;
    /// assert_eq!(pair.price()?.reduced(), Ratio::ONE);
    /// assert_eq!(pair.quote_exact_in(Sell::Token1, Amount::new(100))?.amount_out, Amount::new(99));
    /// assert!(pool.pair(0, 3).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn pair(&self, token0: usize, token1: usize) -> Result<StablePair<'_, N>, Error> {
        StablePair::new(self, token0, token1)
    }

    /// Sells exactly `amount_in` of the coin `from` for the coin `to`, and returns what was moved.
    ///
    /// # Rounding
    /// The amount paid out is the contract's, floored, or less where the exact invariant would fall. Of a
    /// few units it can be 0.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a coin that there isn't, in an empty pool, and where Newton's steps don't
    /// converge; [`Error::SameToken`] for one coin twice; [`Error::Overflow`] and [`Error::Math`] where the
    /// contract's integers overflow.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let reserves = [Amount::new(10_000); 3];
    /// let rates = [10_u128.pow(18); 3];
    /// let mut pool = StableSwap::new(Amplification::new(85)?, Fee::NONE, rates, reserves)?;
    /// assert_eq!(pool.swap_exact_in(0, 2, Amount::new(1_000))?.amount_out, Amount::new(998));
    /// assert_eq!(pool.reserves(), [11_000, 10_000, 9_002].map(Amount::new));
    /// assert!(pool.swap_exact_in(0, 0, Amount::new(1_000)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn swap_exact_in(
        &mut self,
        from: usize,
        to: usize,
        amount_in: Amount,
    ) -> Result<Swap, Error> {
        let swap = self.quote_in(from, to, amount_in)?;
        self.reserves = self.after(from, to, &swap)?;
        Ok(swap)
    }

    /// Buys exactly `amount_out` of the coin `to` with the coin `from`, and returns what was moved.
    ///
    /// # Rounding
    /// The amount handed in fetches as much, and one unit less doesn't. The contract has no such call.
    ///
    /// # Errors
    /// As [`swap_exact_in`](Self::swap_exact_in), and [`Error::OutOfRange`] for as much as the pool
    /// holds or more.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let reserves = [Amount::new(10_000); 3];
    /// let rates = [10_u128.pow(18); 3];
    /// let mut pool = StableSwap::new(Amplification::new(85)?, Fee::NONE, rates, reserves)?;
    /// assert_eq!(pool.swap_exact_out(0, 2, Amount::new(998))?.amount_in, Amount::new(1_000));
    /// assert!(pool.swap_exact_out(0, 2, Amount::new(10_000)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn swap_exact_out(
        &mut self,
        from: usize,
        to: usize,
        amount_out: Amount,
    ) -> Result<Swap, Error> {
        let swap = self.quote_out(from, to, amount_out)?;
        self.reserves = self.after(from, to, &swap)?;
        Ok(swap)
    }

    /// Returns the reserves after a swap.
    fn after(&self, from: usize, to: usize, swap: &Swap) -> Result<[Amount; N], Error> {
        let sold = coin(&self.reserves, from)?.checked_add(swap.amount_in)?;
        let bought = coin(&self.reserves, to)?.checked_sub(swap.amount_out)?;
        Ok(replaced(replaced(self.reserves, from, sold), to, bought))
    }

    /// Returns the reserves of a pool that isn't empty, times their rates.
    fn counted(&self) -> Result<[u128; N], Error> {
        in_range(Quantity::Shares, self.shares.get(), 1, u128::MAX)?;
        self.count(&self.reserves)
    }

    /// Multiplies amounts by the rates, floored as in the contract.
    fn count(&self, amounts: &[Amount; N]) -> Result<[u128; N], Error> {
        let mut counted = [0; N];
        let rates = amounts.iter().zip(&self.rates);
        for (to, (amount, &rate)) in counted.iter_mut().zip(rates) {
            *to = count(*amount, rate)?;
        }
        Ok(counted)
    }

    fn contract_invariant(&self) -> Result<u128, Error> {
        integers::invariant(&self.counted()?, self.amplified())
    }

    /// Returns A·n, in whole units where it has them: the contract's quotients are then the same.
    fn amplified(&self) -> Amplified {
        // Divided in 32 bits, as the compiler's division of 128 is long.
        let hundredths = self.amplification.hundredths();
        let (a, unit) = match hundredths % 100 {
            0 => (hundredths / 100, 1),
            _ => (hundredths, 100),
        };
        // At most 8.
        let n = u128::try_from(N).unwrap_or(8);
        Amplified {
            ann: n.saturating_mul(a.into()),
            unit,
            n,
        }
    }
}

/// Multiplies an amount by a rate, floored.
#[inline]
fn count(amount: Amount, rate: u128) -> Result<u128, Error> {
    if rate == RATE {
        return Ok(amount.get());
    }
    Ok(mul_div(amount.get(), rate, RATE, Rounding::Floor)?)
}

/// Divides what counts by a rate.
#[cfg_attr(not(target_arch = "bpf"), inline)]
#[cfg_attr(target_arch = "bpf", inline(always))]
fn uncount(counted: u128, rate: u128, rounding: Rounding) -> Result<Amount, Error> {
    if rate == RATE {
        return Ok(Amount::new(counted));
    }
    Ok(Amount::new(mul_div(counted, RATE, rate, rounding)?))
}

/// Returns what an array has of a coin.
fn coin<T: Copy, const N: usize>(of: &[T; N], index: usize) -> Result<T, Error> {
    of.get(index)
        .copied()
        .ok_or_else(|| Error::no_token(index, N))
}

/// Returns an array with another value of a coin.
fn replaced<T: Copy, const N: usize>(mut of: [T; N], index: usize, value: T) -> [T; N] {
    if let Some(place) = of.get_mut(index) {
        *place = value;
    }
    of
}
