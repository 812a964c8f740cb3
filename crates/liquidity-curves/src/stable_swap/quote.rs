//! The amounts that swaps move.

use tokenomics_fixed_math::{mul_div, Amount, Rounding};

use super::search::least;
use super::{coin, count, exact, integers, replaced, uncount, Amplified, StableSwap};
use crate::check::in_range;
use crate::{Error, Quantity, Swap};

/// A pool between two swaps: what all quotes of a state share.
pub(super) struct Quotes<'a, const N: usize> {
    pool: &'a StableSwap<N>,
    from: usize,
    to: usize,
    counted: [u128; N],
    amplified: Amplified,
    /// The contract's invariant.
    d: u128,
}

impl<const N: usize> StableSwap<N> {
    pub(super) fn quotes(&self, from: usize, to: usize) -> Result<Quotes<'_, N>, Error> {
        let (counted, amplified) = (self.counted()?, self.amplified());
        Ok(Quotes {
            pool: self,
            from,
            to,
            counted,
            amplified,
            d: integers::invariant(&counted, amplified)?,
        })
    }

    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(super) fn quote_in(&self, from: usize, to: usize, amount: Amount) -> Result<Swap, Error> {
        self.pair(from, to)?;
        self.quotes(from, to)?.exact_in(amount)
    }

    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(super) fn quote_out(&self, from: usize, to: usize, amount: Amount) -> Result<Swap, Error> {
        self.pair(from, to)?;
        self.quotes(from, to)?.exact_out(amount)
    }
}

impl<const N: usize> Quotes<'_, N> {
    /// Computes what the contract pays, cut to what keeps the exact invariant.
    pub(super) fn exact_in(&self, amount_in: Amount) -> Result<Swap, Error> {
        let swap = self.contract(amount_in)?;
        if self.is_kept(&swap)? {
            return Ok(swap);
        }
        let most = self.ideal(amount_in)?;
        if swap.amount_out <= most {
            return Ok(swap);
        }
        Ok(Swap {
            amount_out: most,
            fee: Amount::ZERO,
            ..swap
        })
    }

    /// Computes what the contract pays: its reserve of the coin bought falls to y + 1, and the fee is
    /// floored of what counts.
    pub(super) fn contract(&self, amount_in: Amount) -> Result<Swap, Error> {
        let bought = coin(&self.counted, self.to)?;
        let y = self.balance_after(amount_in)?;
        let paid = bought.saturating_sub(y).saturating_sub(1);
        let [parts, whole] = [self.pool.fee.numerator(), self.pool.fee.denominator()];
        let fee = mul_div(paid, parts.into(), whole.into(), Rounding::Floor)?;
        let rate = coin(&self.pool.rates, self.to)?;
        let gross = uncount(paid, rate, Rounding::Floor)?;
        let amount_out = uncount(paid.saturating_sub(fee), rate, Rounding::Floor)?;
        Ok(Swap {
            amount_in,
            amount_out,
            fee: gross.checked_sub(amount_out)?,
        })
    }

    /// Computes the most that can be paid without a fee so that the exact invariant doesn't fall.
    pub(super) fn ideal(&self, amount_in: Amount) -> Result<Amount, Error> {
        let Self { pool, from, to, .. } = *self;
        let held = coin(&pool.reserves, to)?;
        let sold = coin(&pool.reserves, from)?.checked_add(amount_in)?;
        let counted = replaced(self.counted, from, count(sold, coin(&pool.rates, from)?)?);
        let d = exact::ceil(&self.counted, self.amplified, self.d)?;
        let bought = coin(&counted, to)?;
        let hint = self.balance_after(amount_in).unwrap_or(bought).min(bought);
        let reaches =
            |y: u128| y > 0 && exact::reaches(&replaced(counted, to, y), self.amplified, d);
        // It is reached before the swap, so it is with more of the coin sold.
        let y = least(hint, bought, &reaches).unwrap_or(bought);
        let left = uncount(y, coin(&pool.rates, to)?, Rounding::Ceil)?;
        Ok(held.checked_sub(left).unwrap_or(Amount::ZERO))
    }

    /// Computes an amount in that fetches `amount_out`, of which one unit less doesn't.
    pub(super) fn exact_out(&self, amount_out: Amount) -> Result<Swap, Error> {
        let held = coin(&self.pool.reserves, self.to)?;
        // A reserve is at least 1.
        let most = held.get().saturating_sub(1);
        in_range(Quantity::AmountOut, amount_out.get(), 0, most)?;
        let sold = coin(&self.pool.reserves, self.from)?;
        let room = u128::MAX.saturating_sub(sold.get());
        let hint = self.cost(amount_out).unwrap_or(amount_out.get()).min(room);
        // Amounts that leave more than 128 bits have no quote, and mustn't hide smaller ones that have.
        let left = self.counted_without(amount_out)?;
        let fetches = |amount: u128| {
            let amount = Amount::new(amount);
            let swap = self.exact_in(amount);
            swap.is_ok_and(|swap| swap.amount_out >= amount_out) || self.exceeds(left, amount)
        };
        // Where none is found, not even all that there is room for fetches as much.
        let amount_in = least(hint, room, &fetches).unwrap_or(room);
        let swap = self.exact_in(Amount::new(amount_in))?;
        let most = swap.amount_out.get();
        in_range(Quantity::AmountOut, amount_out.get(), 0, most)?;
        Ok(Swap { amount_out, ..swap })
    }

    /// Sums what counts once an amount is paid.
    fn counted_without(&self, amount_out: Amount) -> Result<u128, Error> {
        let paid = count(amount_out, coin(&self.pool.rates, self.to)?)?;
        let sum = integers::sum(self.counted.iter().copied())?;
        Ok(sum.saturating_sub(paid))
    }

    /// Returns `true` if more than 128 bits count once an amount is handed in.
    fn exceeds(&self, left: u128, amount_in: Amount) -> bool {
        let rate = coin(&self.pool.rates, self.from);
        let more = rate.and_then(|rate| count(amount_in, rate));
        more.map_or(true, |more| left.checked_add(more).is_none())
    }

    /// Computes about what an amount out costs: the contract's reserve of the coin sold.
    fn cost(&self, amount_out: Amount) -> Result<u128, Error> {
        let [kept, whole] = [self.pool.fee.kept(), self.pool.fee.denominator()].map(u128::from);
        let paid = count(amount_out, coin(&self.pool.rates, self.to)?)?;
        let paid = mul_div(paid, whole, kept, Rounding::Ceil)?;
        let bought = coin(&self.counted, self.to)?;
        let left = bought.saturating_sub(paid).saturating_sub(1).max(1);
        let counted = replaced(self.counted, self.to, left);
        let x = integers::reserve(
            others(&counted, self.from),
            self.d,
            self.amplified,
            coin(&self.counted, self.from)?.saturating_add(paid),
        )?;
        let more = x.saturating_sub(coin(&self.counted, self.from)?);
        let amount = uncount(more, coin(&self.pool.rates, self.from)?, Rounding::Ceil)?;
        Ok(amount.get())
    }

    /// Computes the contract's reserve of the coin bought after `amount_in` of the other.
    fn balance_after(&self, amount_in: Amount) -> Result<u128, Error> {
        let more = count(amount_in, coin(&self.pool.rates, self.from)?)?;
        let sold = Amount::new(coin(&self.counted, self.from)?);
        let sold = sold.checked_add(Amount::new(more))?.get();
        let counted = replaced(self.counted, self.from, sold);
        // About as much of one coin is worth as much of the other.
        let hint = coin(&self.counted, self.to)?.saturating_sub(more);
        let others = others(&counted, self.to);
        integers::reserve(others, self.d, self.amplified, hint)
    }

    /// Returns `true` if the exact invariant surely doesn't fall, by a number that it is below before.
    ///
    /// A fee of a few units is enough for that, so that what is really traded needs no more.
    fn is_kept(&self, swap: &Swap) -> Result<bool, Error> {
        let reserves = self.pool.after(self.from, self.to, swap)?;
        let after = self.pool.count(&reserves)?;
        // Above 128 bits no further swap could be computed.
        integers::sum(after.iter().copied())?;
        let above = self.d.saturating_add(2);
        Ok(exact::passes(&self.counted, &after, self.amplified, above))
    }
}

/// Returns the reserves of all coins but one.
pub(super) fn others<const N: usize>(
    counted: &[u128; N],
    but: usize,
) -> impl Iterator<Item = u128> + Clone + '_ {
    // By a range, as the count of `enumerate` keeps its check for an overflow.
    let coins = (0..N).zip(counted);
    coins.filter_map(move |(at, &x)| (at != but).then_some(x))
}
