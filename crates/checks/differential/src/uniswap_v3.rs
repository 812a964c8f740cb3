//! Uniswap v3's pool, and the pool of concentrated liquidity that is to do the same.

mod calls;
mod pool;
mod tally;
mod words;

use std::error::Error;

use revm::primitives::{Address, U256};
use tokenomics_fixed_math::Amount;
use tokenomics_liquidity_curves::{
    Concentrated, ConcentratedParams, ConcentratedPosition, Error as Refusal, Exact, Fee,
    Liquidity, Sell, SqrtPrice, Tick, Ticks,
};

use calls::{draw_price, Call, Order, FEES};
use pool::{Ours, Pool};
use tally::Difference;
pub use tally::Tally;
use words::{arguments, both, fees, is_wide, signed, to_ours, Range};

use crate::chain::{refused, Chain, Reverted};
use crate::draw::Random;

type Failure = Box<dyn Error>;

/// Positions made at first in a pool, and the calls after that.
const POSITIONS: u64 = 4;
const CALLS: u64 = 40;

const SWAP: &str = "swap(bool,int256,uint160)";
const MINT: &str = "mint(int24,int24,uint128)";
const BURN: &str = "burn(int24,int24,uint128)";
const COLLECT: &str = "collect(int24,int24,uint128,uint128)";
const SET_PROTOCOL: &str = "setFeeProtocol(uint8,uint8)";
const COLLECT_PROTOCOL: &str = "collectProtocol(uint128,uint128)";

/// A change of a position's liquidity.
type Change = fn(&mut Ours, &mut ConcentratedPosition, Amount) -> Result<Liquidity, Refusal>;

/// A pool here and there.
struct Beside<'a> {
    chain: &'a mut Chain,
    trader: Address,
    pool: Pool,
}

impl Beside<'_> {
    fn answers(&mut self, signature: &str, arguments: &[U256]) -> Result<Vec<U256>, Reverted> {
        self.chain.answers(self.trader, 0, signature, arguments)
    }

    fn make(&mut self, call: &Call, tally: &mut Tally) -> Result<(), Failure> {
        let (made, count) = match *call {
            Call::Swap(order) => (self.swap(order, tally)?, &mut tally.swaps),
            Call::Mint(range, liquidity) => {
                let made = self.change(MINT, Ours::add_liquidity, range, liquidity, tally)?;
                (made, &mut tally.mints)
            }
            Call::Burn(range, liquidity) => {
                let made = self.change(BURN, Ours::remove_liquidity, range, liquidity, tally)?;
                (made, &mut tally.burns)
            }
            Call::Collect(range, most) => (self.collect(range, most)?, &mut tally.collects),
            Call::SetProtocol(parts) => (self.set_protocol(parts, tally)?, &mut tally.protocol),
            Call::CollectProtocol(most) => {
                let made = self.collect_protocol(most, tally)?;
                (made, &mut tally.protocol)
            }
        };
        *count += u64::from(made);
        self.same_state()
    }

    /// Swaps, unless both refuse to.
    fn swap(&mut self, order: Order, tally: &mut Tally) -> Result<bool, Failure> {
        let before = self.pool.tick();
        let limit = SqrtPrice::new(to_ours(order.limit));
        let swap = limit.and_then(|limit| self.pool.ours.swap(order.sell, order.exact, limit));
        let swap = match swap {
            Ok(swap) => swap,
            Err(why) => return self.refuse(why, SWAP, &words_of(order), None, tally),
        };
        let sold = U256::from(swap.amount_in.get());
        let bought = U256::from(swap.amount_out.get()).wrapping_neg();
        let ours = match order.sell {
            Sell::Token0 => [sold, bought],
            Sell::Token1 => [bought, sold],
        };
        same("amounts", &ours, &self.answers(SWAP, &words_of(order))?)?;
        tally.limited += u64::from(self.pool.price() == order.limit);
        tally.passed += self.pool.ticks_since(before);
        Ok(true)
    }

    /// Changes the liquidity of a position, unless both refuse to.
    fn change(
        &mut self,
        signature: &str,
        change: Change,
        range: Range,
        liquidity: u128,
        tally: &mut Tally,
    ) -> Result<bool, Failure> {
        let words = arguments(range, &[liquidity]);
        let changed = self.pool.position(range).and_then(|mut position| {
            let moved = change(&mut self.pool.ours, &mut position, Amount::new(liquidity))?;
            Ok((position, moved))
        });
        let (position, moved) = match changed {
            Ok(changed) => changed,
            Err(why) => return self.refuse(why, signature, &words, Some(range), tally),
        };
        let ours = moved.amounts.map(|amount| U256::from(amount.get()));
        same("amounts", &ours, &self.answers(signature, &words)?)?;
        self.keep(position)
    }

    fn collect(&mut self, range: Range, most: [u128; 2]) -> Result<bool, Failure> {
        let mut position = self.pool.position(range)?;
        let [most0, most1] = most.map(Amount::new);
        let (paid0, paid1) = position.collect(most0, most1);
        let ours = [paid0, paid1].map(|amount| U256::from(amount.get()));
        let theirs = self.answers(COLLECT, &arguments(range, &most))?;
        same("amounts", &ours, &theirs)?;
        self.keep(position)
    }

    fn set_protocol(&mut self, parts: [u8; 2], tally: &mut Tally) -> Result<bool, Failure> {
        let words = parts.map(U256::from);
        match self.pool.ours.set_protocol_fee(parts[0], parts[1]) {
            Ok(()) => self
                .answers(SET_PROTOCOL, &words)
                .map(|_| true)
                .map_err(Into::into),
            Err(why) => self.refuse(why, SET_PROTOCOL, &words, None, tally),
        }
    }

    /// Collects what the protocol is owed. The contract keeps a unit of it back, so that storage isn't
    /// cleared.
    fn collect_protocol(&mut self, most: [u128; 2], tally: &mut Tally) -> Result<bool, Failure> {
        let owed = self.pool.owed_to_protocol();
        let mut pay = most;
        for (most, owed) in pay.iter_mut().zip(owed) {
            if owed > 0 && *most >= owed {
                *most = owed - 1;
                tally.note(Difference::KeptBack);
            }
        }
        let [most0, most1] = pay.map(Amount::new);
        let (paid0, paid1) = self.pool.ours.collect_protocol_fees(most0, most1);
        let ours = [paid0, paid1].map(|amount| U256::from(amount.get()));
        let theirs = self.answers(COLLECT_PROTOCOL, &most.map(U256::from))?;
        same("the protocol's", &ours, &theirs)?;
        Ok(true)
    }

    fn same_state(&mut self) -> Result<(), Failure> {
        let state = self.pool.ours.state();
        let [growth0, growth1] = both(state.fee_growth);
        let (tick, liquidity) = (signed(state.tick.get().into()), state.liquidity.get());
        let liquidity = U256::from(liquidity);
        let [owed0, owed1] = self.pool.owed_to_protocol().map(U256::from);
        let ours = [
            self.pool.price(),
            tick,
            liquidity,
            growth0,
            growth1,
            owed0,
            owed1,
        ];
        let theirs = self.answers("state()", &[])?;
        same(
            "price, tick, liquidity, fees and the protocol's",
            &ours,
            &theirs,
        )
    }

    /// Keeps a position after a change, and checks that it and its ticks are the same there.
    fn keep(&mut self, position: ConcentratedPosition) -> Result<bool, Failure> {
        let state = position.state();
        let range = [state.lower, state.upper].map(Tick::get);
        self.pool.positions.insert(range, position);
        let [inside0, inside1] = both(state.inside);
        let [liquidity, owed0, owed1] =
            [state.liquidity, state.owed0, state.owed1].map(|amount| U256::from(amount.get()));
        let ours = [liquidity, inside0, inside1, owed0, owed1];
        same("position", &ours, &self.position_there(range)?)?;
        self.same_tick(state.lower)?;
        self.same_tick(state.upper)?;
        Ok(true)
    }

    fn position_there(&mut self, range: Range) -> Result<Vec<U256>, Reverted> {
        self.answers("position(int24,int24)", &arguments(range, &[]))
    }

    fn same_tick(&mut self, tick: Tick) -> Result<(), Failure> {
        let state = Ticks::get(self.pool.ours.ticks(), tick).unwrap_or_default();
        let [outside0, outside1] = both(state.outside);
        let (gross, net) = (U256::from(state.gross), signed(state.net));
        let theirs = self.answers("tickState(int24)", &[signed(tick.get().into())])?;
        let same = same("tick", &[gross, net, outside0, outside1], &theirs);
        same.map_err(|e| format!("at {tick}: {e}").into())
    }

    /// Checks that what was refused here is refused there too, or differs in a way that is known.
    fn refuse(
        &mut self,
        why: Refusal,
        signature: &str,
        arguments: &[U256],
        range: Option<Range>,
        tally: &mut Tally,
    ) -> Result<bool, Failure> {
        let before = self.chain.save();
        let answers = match self.answers(signature, arguments) {
            Ok(answers) => answers,
            refusal => {
                refused(refusal, &[""])?;
                tally.refused += 1;
                return Ok(false);
            }
        };
        let is_overflow = matches!(why, Refusal::Overflow { .. });
        if is_overflow && answers.iter().any(|amount| is_wide(*amount)) {
            tally.note(Difference::Wide);
        } else if is_overflow && self.is_too_much_owed(range, signature, &answers)? {
            tally.note(Difference::Dropped);
        } else {
            return Err(format!("{why} here, {answers:?} there").into());
        }
        self.chain.restore(before);
        Ok(false)
    }

    /// Whether a position, or the protocol, is owed more than 128 bits after a call that gave these amounts.
    fn is_too_much_owed(
        &mut self,
        range: Option<Range>,
        signature: &str,
        amounts: &[U256],
    ) -> Result<bool, Failure> {
        let Some(range) = range else {
            // A swap adds less than 2^128 to what the protocol is owed.
            let after = self.answers("state()", &[])?;
            let before = self.pool.owed_to_protocol().into_iter().map(U256::from);
            return Ok(before
                .zip(&after[5..])
                .any(|(before, after)| *after < before));
        };
        let before = self.pool.position(range)?.state();
        let after = self.position_there(range)?;
        let owed = [before.owed0, before.owed1].map(|owed| U256::from(owed.get()));
        Ok([0, 1].into_iter().any(|token: usize| {
            let each = after[1 + token].wrapping_sub(both(before.inside)[token]);
            let fees = fees(each, before.liquidity.get());
            // What is minted isn't owed.
            let removed = if signature == BURN {
                amounts[token]
            } else {
                U256::ZERO
            };
            is_wide(fees.saturating_add(owed[token] + removed))
        }))
    }
}

/// What is sold is above 0 there, and what is bought below.
fn words_of(order: Order) -> [U256; 3] {
    let sells0 = U256::from(u8::from(order.sell == Sell::Token0));
    let amount = match order.exact {
        Exact::In(amount) => U256::from(amount.get()),
        Exact::Out(amount) => U256::from(amount.get()).wrapping_neg(),
    };
    [sells0, amount, order.limit]
}

fn same(what: &str, ours: &[U256], theirs: &[U256]) -> Result<(), Failure> {
    if ours == theirs {
        return Ok(());
    }
    Err(format!("{what}: {ours:?} here, {theirs:?} there").into())
}

/// Has a factory make a pool and makes the same calls here and there.
///
/// # Errors
/// The first difference that isn't a [`Difference`], or what failed on the chain.
pub fn compare(
    trader: &[u8],
    factory: &[u8],
    random: &mut Random,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let mut chain = Chain::new();
    let factory = chain.deploy(factory, &[])?;
    let (pips, spacing) = random.one_of(&FEES);
    let price = draw_price(random);
    let params = ConcentratedParams::new(Fee::new(pips, 1_000_000)?, spacing)?;
    enable(&mut chain, factory, pips, spacing)?;
    let constructor = [factory.into_word().into(), U256::from(pips), price];
    let deployed = chain.deploy(trader, &constructor);
    let start = SqrtPrice::new(to_ours(price));
    let ours = start.and_then(|price| Concentrated::new(params, price, Default::default()));
    let (pool, trader) = match (ours, deployed) {
        (Ok(ours), Ok(trader)) => (Pool::new(ours), trader),
        (Err(_), Err(why)) if why.says(&[""]) => {
            tally.refused += 1;
            return Ok(());
        }
        (ours, there) => return Err(format!("at {price}: {ours:?} here, {there:?} there").into()),
    };
    tally.pools += 1;
    // Only the factory's owner sets the protocol's share.
    chain.call(
        factory,
        0,
        "setOwner(address)",
        &[trader.into_word().into()],
    )?;
    let chain = &mut chain;
    run(
        Beside {
            chain,
            trader,
            pool,
        },
        random,
        tally,
    )
}

/// Has the factory make pools with a fee, if it doesn't anyway.
fn enable(chain: &mut Chain, factory: Address, pips: u64, spacing: i32) -> Result<(), Failure> {
    let pips = U256::from(pips);
    let known = chain.call(factory, 0, "feeAmountTickSpacing(uint24)", &[pips])?;
    if known.is_zero() {
        let fee = [pips, signed(spacing.into())];
        chain.call(factory, 0, "enableFeeAmount(uint24,int24)", &fee)?;
    }
    Ok(())
}

fn run(mut beside: Beside<'_>, random: &mut Random, tally: &mut Tally) -> Result<(), Failure> {
    for index in 0..POSITIONS + CALLS {
        let call = match index {
            ..POSITIONS => Call::draw_mint(&beside.pool, random),
            _ => Call::draw(&beside.pool, random),
        };
        let before = beside.pool.clone();
        let made = beside.make(&call, tally);
        made.map_err(|e| format!("{call:?} of {before:?}: {e}"))?;
    }
    let ticks: Vec<_> = beside.pool.ours.ticks().keys().copied().collect();
    ticks
        .into_iter()
        .try_for_each(|tick| beside.same_tick(tick))
}
