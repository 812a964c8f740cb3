//! Uniswap v2's pair, and the constant-product pool that is to do the same.

mod calls;
mod tally;

use std::error::Error;

use revm::primitives::{Address, U256};
use tokenomics_fixed_math::Amount;
use tokenomics_liquidity_curves::{ConstantProduct, ConstantProductState, Fee, Sell};

use calls::{draw_reserve, Call};
use tally::Difference;
pub use tally::Tally;

use crate::chain::{refused, Chain, Reverted};
use crate::draw::Random;

type Failure = Box<dyn Error>;

/// The largest reserve of a pair.
const WIDEST: u128 = (1 << 112) - 1;
/// The shares that a pair locks at its first deposit.
const LOCKED: u128 = 1_000;
/// The calls after the first deposit into a pool.
const CALLS: u64 = 16;

/// What it says to whoever asks for a unit more, or hands in one less.
const TOO_GOOD: [&str; 3] = [
    "UniswapV2: K",
    "UniswapV2: INSUFFICIENT_LIQUIDITY",
    "UniswapV2: INSUFFICIENT_INPUT_AMOUNT",
];

/// What it, or the trader, says to a deposit that is a unit short of the shares wanted.
const TOO_LITTLE: [&str; 2] = ["too few shares", "UniswapV2: INSUFFICIENT_LIQUIDITY_MINTED"];

/// A pool here and there.
struct Pair<'a> {
    chain: &'a mut Chain,
    trader: Address,
    pool: ConstantProduct,
}

impl Pair<'_> {
    fn answers(&mut self, signature: &str, arguments: &[u128]) -> Result<Vec<U256>, Reverted> {
        let arguments: Vec<_> = arguments.iter().copied().map(U256::from).collect();
        self.chain.answers(self.trader, 0, signature, &arguments)
    }

    fn swap(&mut self, sell: Sell, sold: u128, bought: u128) -> Result<Vec<U256>, Reverted> {
        let arguments = match sell {
            Sell::Token0 => [sold, 0, 0, bought],
            Sell::Token1 => [0, sold, bought, 0],
        };
        self.answers("swap(uint256,uint256,uint256,uint256)", &arguments)
    }

    fn deposit(&mut self, amounts: [u128; 2]) -> Result<Vec<U256>, Reverted> {
        self.deposit_for(amounts, 0)
    }

    /// A deposit that is refused if it doesn't fetch so many shares.
    fn deposit_for(
        &mut self,
        [amount0, amount1]: [u128; 2],
        least: u128,
    ) -> Result<Vec<U256>, Reverted> {
        let arguments = [amount0, amount1, least];
        self.answers("deposit(uint256,uint256,uint256)", &arguments)
    }

    /// The first deposit. There is no pool unless both take it.
    fn open(&mut self, amounts: [u128; 2], tally: &mut Tally) -> Result<bool, Failure> {
        let [reserve0, reserve1] = amounts.map(Amount::new);
        let answer = self.deposit(amounts);
        let Ok(pool) = ConstantProduct::new(reserve0, reserve1, Fee::UNISWAP_V2) else {
            tally.refused_by_both(answer)?;
            return Ok(false);
        };
        if is_wide(&pool) {
            tally.refused_for(Difference::Wide, answer)?;
            return Ok(false);
        }
        if pool.shares().get() <= LOCKED {
            tally.refused_for(Difference::AllLocked, answer)?;
            return Ok(false);
        }
        same("shares", &[pool.shares().get() - LOCKED], &answer?)?;
        tally.deposits += 1;
        self.settle(pool)?;
        Ok(true)
    }

    fn make(&mut self, call: &Call, tally: &mut Tally) -> Result<(), Failure> {
        match *call {
            Call::Sale(sell, amount) => self.sell(sell, amount, tally),
            Call::Purchase(sell, amount) => self.buy(sell, amount, tally),
            Call::Deposit(offered, all) => self.add(offered, all, tally),
            Call::Withdrawal(shares) => self.remove(shares, tally),
        }
    }

    fn sell(&mut self, sell: Sell, amount: u128, tally: &mut Tally) -> Result<(), Failure> {
        let mut pool = self.pool;
        let Ok(swap) = pool.swap_exact_in(sell, Amount::new(amount)) else {
            return tally.refused_by_both(self.swap(sell, amount, 1));
        };
        let out = swap.amount_out.get();
        if out == 0 {
            return tally.refused_for(Difference::Unpaid, self.swap(sell, amount, out));
        }
        if is_wide(&pool) {
            return tally.refused_for(Difference::Wide, self.swap(sell, amount, out));
        }
        refused(self.swap(sell, amount, out + 1), &TOO_GOOD)?;
        self.swap(sell, amount, out)?;
        tally.sales += 1;
        self.settle(pool)
    }

    fn buy(&mut self, sell: Sell, amount: u128, tally: &mut Tally) -> Result<(), Failure> {
        let mut pool = self.pool;
        let Ok(swap) = pool.swap_exact_out(sell, Amount::new(amount)) else {
            let sold = match sell {
                Sell::Token0 => self.pool.reserve0(),
                Sell::Token1 => self.pool.reserve1(),
            };
            // Not for all that it can store.
            return tally.refused_by_both(self.swap(sell, WIDEST - sold.get(), amount));
        };
        let handed = swap.amount_in.get();
        if amount == 0 {
            return tally.refused_for(Difference::Unpaid, self.swap(sell, handed, amount));
        }
        if is_wide(&pool) {
            return tally.refused_for(Difference::Wide, self.swap(sell, handed, amount));
        }
        refused(self.swap(sell, handed - 1, amount), &TOO_GOOD)?;
        self.swap(sell, handed, amount)?;
        tally.purchases += 1;
        self.settle(pool)
    }

    fn add(&mut self, offered: [u128; 2], all: bool, tally: &mut Tally) -> Result<(), Failure> {
        let mut pool = self.pool;
        let [amount0, amount1] = offered.map(Amount::new);
        let Ok(added) = pool.add_liquidity(amount0, amount1) else {
            return tally.refused_by_both(self.deposit(offered));
        };
        let taken = added.amounts.map(Amount::get);
        let sent = if all { offered } else { taken };
        let before = [self.pool.reserve0(), self.pool.reserve1()].map(Amount::get);
        let after = [0, 1].map(|token: usize| before[token].saturating_add(sent[token]));
        if after.iter().any(|reserve| *reserve > WIDEST) {
            return tally.refused_for(Difference::Wide, self.deposit(sent));
        }
        let [amount0, amount1] = taken;
        for less in [[amount0 - 1, amount1], [amount0, amount1 - 1]] {
            refused(self.deposit_for(less, added.shares.get()), &TOO_LITTLE)?;
        }
        let answer = self.deposit(sent);
        same("shares", &[added.shares.get()], &answer?)?;
        if sent != taken {
            tally.note(Difference::Kept);
            let [reserve0, reserve1] = after.map(Amount::new);
            pool = ConstantProduct::restore(ConstantProductState {
                reserve0,
                reserve1,
                ..pool.state()
            })?;
        }
        tally.deposits += 1;
        self.settle(pool)
    }

    fn remove(&mut self, shares: u128, tally: &mut Tally) -> Result<(), Failure> {
        let mut pool = self.pool;
        let removed = pool.remove_liquidity(Amount::new(shares));
        let answer = self.answers("withdraw(uint256)", &[shares]);
        let Ok(removed) = removed else {
            return tally.refused_by_both(answer);
        };
        if shares > self.pool.shares().get() - LOCKED {
            return tally.refused_for(Difference::Locked, answer);
        }
        let paid = removed.amounts.map(Amount::get);
        if paid.contains(&0) {
            return tally.refused_for(Difference::HalfPaid, answer);
        }
        same("amounts", &paid, &answer?)?;
        tally.withdrawals += 1;
        self.settle(pool)
    }

    /// Checks that the pair's state is this pool's.
    fn settle(&mut self, pool: ConstantProduct) -> Result<(), Failure> {
        let ours = [pool.reserve0(), pool.reserve1(), pool.shares()].map(Amount::get);
        same("reserves and shares", &ours, &self.answers("state()", &[])?)?;
        self.pool = pool;
        Ok(())
    }
}

fn is_wide(pool: &ConstantProduct) -> bool {
    pool.reserve0().max(pool.reserve1()).get() > WIDEST
}

fn same(what: &str, ours: &[u128], theirs: &[U256]) -> Result<(), Failure> {
    if ours
        .iter()
        .copied()
        .map(U256::from)
        .eq(theirs.iter().copied())
    {
        return Ok(());
    }
    Err(format!("{what}: {ours:?} here, {theirs:?} there").into())
}

/// Has a factory make a pair and makes the same calls here and there.
///
/// # Errors
/// The first difference that isn't a [`Difference`], or what failed on the chain.
pub fn compare(
    chain: &mut Chain,
    trader: &[u8],
    factory: Address,
    random: &mut Random,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let trader = chain.deploy(trader, &[factory.into_word().into()])?;
    let reserves = [draw_reserve(random), draw_reserve(random)];
    let pool = ConstantProduct::new(Amount::new(1), Amount::new(1), Fee::UNISWAP_V2)?;
    let mut pair = Pair {
        chain,
        trader,
        pool,
    };
    tally.pools += 1;
    let open = pair.open(reserves, tally);
    if !open.map_err(|e| format!("{reserves:?}: {e}"))? {
        return Ok(());
    }
    for _ in 0..CALLS {
        let (before, call) = (pair.pool, Call::draw(&pair.pool, random));
        let made = pair.make(&call, tally);
        made.map_err(|e| format!("{call:?} of {before:?}: {e}"))?;
    }
    Ok(())
}
