//! Adding and removing liquidity, and shares.

use tokenomics_fixed_math::{mul_div, Amount, Rounding, Wad};

use super::imbalance_fee::ImbalanceFee;
use super::quote::others;
use super::{coin, exact, integers, replaced, uncount, StableSwap, RATE};
use crate::check::in_range;
use crate::{Error, Quantity};

/// The amounts that adding or removing liquidity moves, and the shares that are made or taken back.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
///
/// let (rates, thousand) = ([10_u128.pow(18); 2], Amount::new(1_000));
/// let fee = Fee::new(4_000_000, 10_000_000_000)?;
/// let mut pool = StableSwap::new(Amplification::new(100)?, fee, rates, [thousand; 2])?;
/// let added = pool.add_liquidity([thousand; 2])?;
/// assert_eq!(added.amounts, [thousand; 2]);
/// assert_eq!(added.fees, [Amount::ZERO; 2]); // in proportion
/// assert_eq!(added.shares, Amount::new(2_000));
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StableLiquidity<const N: usize> {
    /// The amounts that are handed in or paid out.
    pub amounts: [Amount; N],
    /// The fees on what is out of proportion, which stay in the pool: parts of the amounts handed in, or
    /// beside those paid out.
    pub fees: [Amount; N],
    /// The shares.
    pub shares: Amount,
}

impl<const N: usize> StableSwap<N> {
    /// Adds all of these amounts and returns them with the shares that are made for them: as many as the
    /// contract's invariant grows by, in proportion, after a fee of fee·n/(4(n − 1)) on what each balance
    /// is away from its proportion. An empty pool takes its first amounts without one.
    ///
    /// # Rounding
    /// The contract's: the shares are floored, and so are the fees and the part that they are, in 1e-10; of
    /// a fee that isn't whole in 1e-10 the part is exact, and the fees are ceiled. The contract's invariant
    /// is a unit or so away from the exact one, and all shares can lose about that together: less than
    /// n² + 2 units of it, by this and every call below.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a deposit that makes no share, for a first one without each coin, where
    /// Newton's steps don't converge, and where shares would lose more, far from parity;
    /// [`Error::Overflow`] and [`Error::Math`] where the contract's integers overflow.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let (rates, million) = ([10_u128.pow(18); 2], Amount::new(1_000_000));
    /// let fee = Fee::new(4_000_000, 10_000_000_000)?;
    /// let mut pool = StableSwap::new(Amplification::new(100)?, fee, rates, [million; 2])?;
    /// let added = pool.add_liquidity([Amount::new(100_000), Amount::ZERO])?;
    /// assert_eq!(added.shares, Amount::new(99_957));
    /// assert!(pool.add_liquidity([Amount::ZERO; 2]).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn add_liquidity(&mut self, amounts: [Amount; N]) -> Result<StableLiquidity<N>, Error> {
        if self.shares.is_zero() {
            *self = Self::new(self.amplification, self.fee, self.rates, amounts)?;
            return Ok(moved(amounts, [Amount::ZERO; N], self.shares));
        }
        let before = self.contract_invariant()?;
        let balances = paired(&self.balances, &amounts, |balance, amount| {
            Ok(balance.checked_add(amount)?)
        })?;
        let (fees, after) = self.imbalanced(before, balances)?;
        let grown = after.saturating_sub(before);
        let shares = self.shares.mul_div(grown, before, Rounding::Floor)?;
        in_range(Quantity::Shares, shares.get(), 1, u128::MAX)?;
        self.become_fair(balances, self.shares.checked_add(shares)?)?;
        Ok(moved(amounts, fees, shares))
    }

    /// Removes liquidity in proportion: takes back `shares` and returns what they are worth in all coins.
    ///
    /// # Rounding
    /// The amounts are floored. The last shares take all.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more shares than there are, and for none.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let balances = [1_000, 1_001].map(Amount::new);
    /// let amplification = Amplification::new(100)?;
    /// let mut pool = StableSwap::new(amplification, Fee::NONE, [10_u128.pow(18); 2], balances)?;
    /// let removed = pool.remove_liquidity(Amount::new(1_000))?;
    /// assert_eq!(removed.amounts, [499, 500].map(Amount::new));
    /// assert!(pool.remove_liquidity(Amount::new(1_002)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn remove_liquidity(&mut self, shares: Amount) -> Result<StableLiquidity<N>, Error> {
        let all = self.shares;
        in_range(Quantity::Shares, shares.get(), 1, all.get())?;
        let (mut amounts, mut left) = ([Amount::ZERO; N], self.balances);
        for (amount, balance) in amounts.iter_mut().zip(&mut left) {
            *amount = balance.mul_div(shares.get(), all.get(), Rounding::Floor)?;
            *balance = balance.checked_sub(*amount)?;
        }
        (self.balances, self.shares) = (left, all.checked_sub(shares)?);
        Ok(moved(amounts, [Amount::ZERO; N], shares))
    }

    /// Removes liquidity in one coin: takes back `shares` and returns what they are worth in the coin
    /// `index`, less the fee on what is out of proportion.
    ///
    /// # Rounding
    /// The contract's: the amount is floored and one unit kept back.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a coin that there isn't, for all shares or more, and for none; otherwise
    /// as [`add_liquidity`](Self::add_liquidity).
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let (rates, million) = ([10_u128.pow(18); 2], Amount::new(1_000_000));
    /// let fee = Fee::new(4_000_000, 10_000_000_000)?;
    /// let mut pool = StableSwap::new(Amplification::new(100)?, fee, rates, [million; 2])?;
    /// let removed = pool.remove_liquidity_one_coin(Amount::new(10_000), 1)?;
    /// assert_eq!(removed.amounts, [0, 9_997].map(Amount::new));
    /// assert_eq!(removed.fees, [0, 3].map(Amount::new));
    /// assert!(pool.remove_liquidity_one_coin(Amount::new(10_000), 2).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn remove_liquidity_one_coin(
        &mut self,
        shares: Amount,
        index: usize,
    ) -> Result<StableLiquidity<N>, Error> {
        let rate = coin(&self.rates, index)?;
        // Some must be left, as the other coins are.
        let most = self.shares.get().saturating_sub(1);
        in_range(Quantity::Shares, shares.get(), 1, most)?;
        let (paid, whole) = self.one_coin(shares, index)?;
        let paid = uncount(paid, rate, Rounding::Floor)?;
        let fee = uncount(whole, rate, Rounding::Floor)?.checked_sub(paid)?;
        let left = coin(&self.balances, index)?.checked_sub(paid)?;
        in_range(Quantity::Reserve, left.get(), 1, u128::MAX)?;
        let balances = replaced(self.balances, index, left);
        self.become_fair(balances, self.shares.checked_sub(shares)?)?;
        let none = [Amount::ZERO; N];
        let amounts = replaced(none, index, paid);
        Ok(moved(amounts, replaced(none, index, fee), shares))
    }

    /// Removes just these amounts, and returns them with the shares that are taken back for them: what
    /// the contract's invariant falls by, in proportion, with the fee on what is out of proportion.
    ///
    /// # Rounding
    /// The contract's: floored shares, and one more.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for as much of a coin as there is, for no amount, and for more shares than
    /// there are; otherwise as [`add_liquidity`](Self::add_liquidity).
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let (rates, million) = ([10_u128.pow(18); 2], Amount::new(1_000_000));
    /// let fee = Fee::new(4_000_000, 10_000_000_000)?;
    /// let mut pool = StableSwap::new(Amplification::new(100)?, fee, rates, [million; 2])?;
    /// let removed = pool.remove_liquidity_imbalance([0, 9_997].map(Amount::new))?;
    /// assert_eq!(removed.shares, Amount::new(9_999));
    /// assert!(pool.remove_liquidity_imbalance([million; 2]).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn remove_liquidity_imbalance(
        &mut self,
        amounts: [Amount; N],
    ) -> Result<StableLiquidity<N>, Error> {
        let before = self.contract_invariant()?;
        let balances = paired(&self.balances, &amounts, |balance, amount| {
            let most = balance.get().saturating_sub(1);
            in_range(Quantity::AmountOut, amount.get(), 0, most)?;
            Ok(balance.checked_sub(amount)?)
        })?;
        let (fees, after) = self.imbalanced(before, balances)?;
        let fallen = before.saturating_sub(after);
        let shares = self.shares.mul_div(fallen, before, Rounding::Floor)?;
        let most = self.shares.get().saturating_sub(2);
        in_range(Quantity::Shares, shares.get(), 1, most)?;
        let shares = shares.checked_add(Amount::new(1))?;
        self.become_fair(balances, self.shares.checked_sub(shares)?)?;
        Ok(moved(amounts, fees, shares))
    }

    /// Computes the virtual price: the contract's invariant by share.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] in an empty pool, and where Newton's steps don't converge;
    /// [`Error::Overflow`] and [`Error::Math`] where the contract's integers overflow.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Wad};
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let balances = [Amount::new(1_000); 2];
    /// let pool = StableSwap::new(Amplification::new(100)?, Fee::NONE, [10_u128.pow(18); 2], balances)?;
    /// assert_eq!(pool.virtual_price()?, Wad::ONE);
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn virtual_price(&self) -> Result<Wad, Error> {
        let invariant = self.contract_invariant()?;
        let price = mul_div(invariant, RATE, self.shares.get(), Rounding::Floor)?;
        Ok(Wad::from_raw(price))
    }

    /// Takes other balances and shares, unless what a share is worth of the exact invariant falls by more
    /// than the contract's steps explain near parity: n² units of the invariant, and as it is floored before
    /// and after, less than 2 more.
    fn become_fair(&mut self, balances: [Amount; N], shares: Amount) -> Result<(), Error> {
        let amplified = self.amplified();
        let least = self.invariant(Rounding::Floor)?.get();
        let slack = amplified.n.saturating_mul(amplified.n);
        let least = least.saturating_sub(slack);
        let least = mul_div(least, shares.get(), self.shares.get(), Rounding::Floor)?;
        let after = Self {
            balances,
            shares,
            ..*self
        };
        let counted = after.counted()?;
        if !exact::reaches(&counted, amplified, least) {
            return Err(Error::OutOfRange {
                what: Quantity::Invariant,
                value: exact::floor(&counted, amplified, least)?,
                bound: least,
            });
        }
        *self = after;
        Ok(())
    }

    /// Computes the fee of each coin where the balances become these, and the contract's invariant of
    /// what is left without them.
    fn imbalanced(
        &self,
        before: u128,
        balances: [Amount; N],
    ) -> Result<([Amount; N], u128), Error> {
        let after = integers::invariant(&self.count(&balances)?, self.amplified())?;
        let fee = ImbalanceFee::new(self.fee, self.amplified().n)?;
        let fees = paired(&self.balances, &balances, |old, new| {
            let proportion = old.mul_div(after, before, Rounding::Floor)?;
            let away = proportion.abs_diff(new);
            Ok(Amount::new(fee.of(away.get())?))
        })?;
        let left = paired(&balances, &fees, |balance, fee| {
            Ok(balance.checked_sub(fee)?)
        })?;
        let left = integers::invariant(&self.count(&left)?, self.amplified())?;
        Ok((fees, left))
    }

    /// Computes what shares are worth in one coin, as it counts: after the fee and a unit, and before.
    fn one_coin(&self, shares: Amount, index: usize) -> Result<(u128, u128), Error> {
        let (counted, amplified) = (self.counted()?, self.amplified());
        let before = integers::invariant(&counted, amplified)?;
        let fallen = mul_div(shares.get(), before, self.shares.get(), Rounding::Floor)?;
        let (after, held) = (before.saturating_sub(fallen), coin(&counted, index)?);
        let fee = ImbalanceFee::new(self.fee, amplified.n)?;
        let y = integers::balance(others(&counted, index), after, amplified, held)?;
        let mut reduced = counted;
        for (at, x) in (0..N).zip(&mut reduced) {
            let proportion = mul_div(*x, after, before, Rounding::Floor)?;
            let away = if at == index {
                Amount::new(proportion).checked_sub(Amount::new(y))?.get()
            } else {
                x.saturating_sub(proportion)
            };
            *x = x.saturating_sub(fee.of(away)?);
        }
        let least = integers::balance(others(&reduced, index), after, amplified, y)?;
        let paid = coin(&reduced, index)?
            .saturating_sub(least)
            .saturating_sub(1);
        Ok((paid, held.saturating_sub(y)))
    }
}

const fn moved<const N: usize>(
    amounts: [Amount; N],
    fees: [Amount; N],
    shares: Amount,
) -> StableLiquidity<N> {
    StableLiquidity {
        amounts,
        fees,
        shares,
    }
}

/// Computes an amount of each pair.
fn paired<const N: usize>(
    left: &[Amount; N],
    right: &[Amount; N],
    of: impl Fn(Amount, Amount) -> Result<Amount, Error>,
) -> Result<[Amount; N], Error> {
    let mut results = [Amount::ZERO; N];
    for (result, (left, right)) in results.iter_mut().zip(left.iter().zip(right)) {
        *result = of(*left, *right)?;
    }
    Ok(results)
}
