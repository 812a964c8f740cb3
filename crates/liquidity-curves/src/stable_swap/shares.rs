//! The amounts and the shares of deposits and withdrawals.

use tokenomics_fixed_math::{mul_div, Amount, Rounding};

use super::imbalance_fee::ImbalanceFee;
use super::quote::others;
use super::{coin, exact, integers, replaced, uncount, StableSwap};
use crate::check::in_range;
use crate::{Error, Liquidity, Quantity};

impl<const N: usize> StableSwap<N> {
    /// Computes a deposit, and the pool after it.
    pub(super) fn added(&self, amounts: &[Amount; N]) -> Result<(Liquidity<N>, Self), Error> {
        if self.shares.is_zero() {
            let first = Self::new(self.amplification, self.fee, self.rates, *amounts)?;
            let added = Liquidity::without_fees(*amounts, first.shares);
            return Ok((added, first));
        }
        let before = self.contract_invariant()?;
        let reserves = paired(&self.reserves, amounts, |reserve, amount| {
            Ok(reserve.checked_add(amount)?)
        })?;
        let (fees, after) = self.imbalanced(before, reserves)?;
        let grown = after.saturating_sub(before);
        let shares = self.shares.mul_div(grown, before, Rounding::Floor)?;
        in_range(Quantity::Shares, shares.get(), 1, u128::MAX)?;
        let after = self.fair(reserves, self.shares.checked_add(shares)?)?;
        let amounts = *amounts;
        let added = Liquidity {
            amounts,
            fees,
            shares,
        };
        Ok((added, after))
    }

    /// Computes a deposit of one coin alone, and the pool after it.
    pub(super) fn added_single(
        &self,
        token: usize,
        amount: Amount,
    ) -> Result<(Liquidity<N>, Self), Error> {
        coin(&self.reserves, token)?;
        in_range(Quantity::Shares, self.shares.get(), 1, u128::MAX)?;
        self.added(&replaced([Amount::ZERO; N], token, amount))
    }

    /// Computes a withdrawal in proportion, and the pool after it.
    pub(super) fn removed(&self, shares: Amount) -> Result<(Liquidity<N>, Self), Error> {
        let all = self.shares;
        in_range(Quantity::Shares, shares.get(), 1, all.get())?;
        let (mut after, mut amounts) = (*self, [Amount::ZERO; N]);
        for (reserve, amount) in after.reserves.iter_mut().zip(&mut amounts) {
            *amount = reserve.mul_div(shares.get(), all.get(), Rounding::Floor)?;
            *reserve = reserve.checked_sub(*amount)?;
        }
        after.shares = all.checked_sub(shares)?;
        Ok((Liquidity::without_fees(amounts, shares), after))
    }

    /// Computes a withdrawal in one coin, and the pool after it.
    pub(super) fn removed_single(
        &self,
        token: usize,
        shares: Amount,
    ) -> Result<(Liquidity<N>, Self), Error> {
        let rate = coin(&self.rates, token)?;
        // Some must be left, as the other coins are.
        let most = self.shares.get().saturating_sub(1);
        in_range(Quantity::Shares, shares.get(), 1, most)?;
        let (paid, whole) = self.one_coin(shares, token)?;
        let paid = uncount(paid, rate, Rounding::Floor)?;
        let fee = uncount(whole, rate, Rounding::Floor)?.checked_sub(paid)?;
        let left = coin(&self.reserves, token)?.checked_sub(paid)?;
        in_range(Quantity::Reserve, left.get(), 1, u128::MAX)?;
        let reserves = replaced(self.reserves, token, left);
        let after = self.fair(reserves, self.shares.checked_sub(shares)?)?;
        Ok((Liquidity::of_single(token, paid, fee, shares), after))
    }

    /// Computes a withdrawal of just these amounts, and the pool after it.
    pub(super) fn removed_amounts(
        &self,
        amounts: &[Amount; N],
    ) -> Result<(Liquidity<N>, Self), Error> {
        let before = self.contract_invariant()?;
        let reserves = paired(&self.reserves, amounts, |reserve, amount| {
            let most = reserve.get().saturating_sub(1);
            in_range(Quantity::AmountOut, amount.get(), 0, most)?;
            Ok(reserve.checked_sub(amount)?)
        })?;
        let (fees, after) = self.imbalanced(before, reserves)?;
        let fallen = before.saturating_sub(after);
        let shares = self.shares.mul_div(fallen, before, Rounding::Floor)?;
        let most = self.shares.get().saturating_sub(2);
        in_range(Quantity::Shares, shares.get(), 1, most)?;
        let shares = shares.checked_add(Amount::new(1))?;
        let after = self.fair(reserves, self.shares.checked_sub(shares)?)?;
        let amounts = *amounts;
        let removed = Liquidity {
            amounts,
            fees,
            shares,
        };
        Ok((removed, after))
    }

    /// Returns the pool with other reserves and shares, unless what a share is worth of the exact invariant
    /// falls by more than the contract's steps explain near parity: n² units of the invariant, and as it is
    /// floored before and after, less than 2 more.
    fn fair(&self, reserves: [Amount; N], shares: Amount) -> Result<Self, Error> {
        let amplified = self.amplified();
        let least = self.invariant(Rounding::Floor)?.get();
        let slack = amplified.n.saturating_mul(amplified.n);
        let least = least.saturating_sub(slack);
        let least = mul_div(least, shares.get(), self.shares.get(), Rounding::Floor)?;
        let after = Self {
            reserves,
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
        Ok(after)
    }

    /// Computes the fee of each coin where the reserves become these, and the contract's invariant of
    /// what is left without them.
    fn imbalanced(
        &self,
        before: u128,
        reserves: [Amount; N],
    ) -> Result<([Amount; N], u128), Error> {
        let after = integers::invariant(&self.count(&reserves)?, self.amplified())?;
        let fee = ImbalanceFee::new(self.fee, self.amplified().n)?;
        let fees = paired(&self.reserves, &reserves, |old, new| {
            let proportion = old.mul_div(after, before, Rounding::Floor)?;
            let away = proportion.abs_diff(new);
            Ok(Amount::new(fee.of(away.get())?))
        })?;
        let left = paired(&reserves, &fees, |reserve, fee| {
            Ok(reserve.checked_sub(fee)?)
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
        let y = integers::reserve(others(&counted, index), after, amplified, held)?;
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
        let least = integers::reserve(others(&reduced, index), after, amplified, y)?;
        let paid = coin(&reduced, index)?
            .saturating_sub(least)
            .saturating_sub(1);
        Ok((paid, held.saturating_sub(y)))
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
