//! Swaps, by these crates and by the peers that give the same bits.

use alloy_primitives::aliases::{I24, U24};
use alloy_primitives::{I256, U256 as PeersU256};
use tokenomics_fixed_math::{Amount, U256};
use tokenomics_liquidity_curves::{
    Amplification, Concentrated, ConcentratedParams, ConcentratedPosition, ConstantProduct, Exact,
    Fee, FixedTicks, Market, Sell, SqrtPrice, StableSwap, SwapStep, Tick,
};
use uniswap_v3_math::{swap_math, tick_math};
use uniswap_v3_sdk::prelude as sdk;

use crate::random::Random;
use crate::CALLS;

/// What these crates are called here.
pub const OURS: &str = "tokenomics-liquidity-curves";

/// The parts of a million that the fee is.
const PIPS: u32 = 3_000;

/// A step of a swap, in one direction or the other.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    current: U256,
    target: U256,
    liquidity: u128,
    exact: Exact,
}

/// The same as a peer takes it.
#[derive(Debug, Clone, Copy)]
pub struct PeersStep {
    current: PeersU256,
    target: PeersU256,
    liquidity: u128,
    /// Below zero for an amount out.
    remaining: I256,
}

/// [`CALLS`] steps between neighbouring multiples of a spacing of 60, of which one in four reaches its
/// target, at prices of 1e-6 to 1e6 and liquidity of 1e15 to 1e27.
pub fn steps() -> Vec<Step> {
    let mut random = Random::new(0x7377_6170);
    let mut step = || {
        let tick = i32::try_from(random.below(276_000)).expect("it is below 2^31") - 138_000;
        let (lower, upper) = (tick - tick.rem_euclid(60), tick - tick.rem_euclid(60) + 60);
        let at = |tick| {
            Tick::new(tick)
                .expect("it is in range")
                .sqrt_price()
                .units()
        };
        let target = if random.below(2) == 0 { lower } else { upper };
        let liquidity = 10_u128.pow(15) << random.below(40);
        // What takes the price there is about 0.3% of the liquidity times the root of the price.
        let to_target = at(target).low() >> 96;
        let part = (liquidity / 340 * (to_target.max(1))) >> 2;
        let amount = Amount::new(1 + part / 8 * u128::from(random.below(11)));
        let exact = match random.below(2) {
            0 => Exact::In(amount),
            _ => Exact::Out(amount),
        };
        let (current, target) = (at(tick), at(target));
        Step {
            current,
            target,
            liquidity,
            exact,
        }
    };
    (0..CALLS).map(|_| step()).collect()
}

fn peers(number: U256) -> PeersU256 {
    (PeersU256::from(number.high()) << 128) | PeersU256::from(number.low())
}

impl Step {
    pub fn for_peers(&self) -> PeersStep {
        let remaining = match self.exact {
            Exact::In(amount) => I256::try_from(amount.get()).expect("it is small"),
            Exact::Out(amount) => -I256::try_from(amount.get()).expect("it is small"),
        };
        PeersStep {
            current: peers(self.current),
            target: peers(self.target),
            liquidity: self.liquidity,
            remaining,
        }
    }
}

pub fn our_step(step: &Step) -> [u128; 4] {
    let fee = Fee::new(PIPS.into(), 1_000_000).expect("a fee");
    let step = SwapStep::new(step.current, step.target, step.liquidity, step.exact, fee);
    let step = step.expect("the amounts fit");
    let amounts = [step.amount_in, step.amount_out, step.fee].map(Amount::get);
    [step.sqrt_price.low(), amounts[0], amounts[1], amounts[2]]
}

fn low(number: PeersU256) -> u128 {
    let limbs = number.as_limbs();
    u128::from(limbs[1]) << 64 | u128::from(limbs[0])
}

pub fn step_of_uniswap_v3_math(step: &PeersStep) -> [u128; 4] {
    let PeersStep {
        current,
        target,
        liquidity,
        remaining,
    } = *step;
    let step = swap_math::compute_swap_step(current, target, liquidity, remaining, PIPS);
    let (price, amount_in, amount_out, fee) = step.expect("the amounts fit");
    [price, amount_in, amount_out, fee].map(low)
}

pub fn step_of_uniswap_v3_sdk(step: &PeersStep) -> [u128; 4] {
    let PeersStep {
        current,
        target,
        liquidity,
        remaining,
    } = *step;
    let fee = U24::from(PIPS);
    let step = sdk::compute_swap_step(current, target, liquidity, remaining, fee);
    let (price, amount_in, amount_out, fee) = step.expect("the amounts fit");
    [price, amount_in, amount_out, fee].map(low)
}

/// [`CALLS`] ticks.
pub fn ticks() -> Vec<i32> {
    let mut random = Random::new(0x7469_636b);
    let mut tick = || i32::try_from(random.below(1_774_545)).expect("below 2^31") - 887_272;
    (0..CALLS).map(|_| tick()).collect()
}

pub fn our_price(tick: &i32) -> u128 {
    Tick::new(*tick)
        .expect("it is in range")
        .sqrt_price()
        .units()
        .low()
}

pub fn price_of_uniswap_v3_math(tick: &i32) -> u128 {
    low(tick_math::get_sqrt_ratio_at_tick(*tick).expect("it is in range"))
}

pub fn price_of_uniswap_v3_sdk(tick: &i32) -> u128 {
    let tick = I24::try_from(*tick).expect("it has 24 bits");
    let price = sdk::get_sqrt_ratio_at_tick(tick).expect("it is in range");
    let limbs = price.as_limbs();
    u128::from(limbs[1]) << 64 | u128::from(limbs[0])
}

/// Prices between two ticks, of which each is one's own and something more.
pub fn prices() -> Vec<U256> {
    let price = |tick: i32| {
        let at = |tick| {
            Tick::new(tick)
                .expect("it is in range")
                .sqrt_price()
                .units()
        };
        let step = at(tick + 1).checked_sub(at(tick)).expect("it grows");
        at(tick)
            .checked_add(step.shr_floor(1))
            .expect("it is below 2^160")
    };
    ticks()
        .into_iter()
        .map(|tick| price(tick.min(887_270)))
        .collect()
}

pub fn our_tick(price: &U256) -> i32 {
    SqrtPrice::new(*price).expect("it is in range").tick().get()
}

pub fn tick_of_uniswap_v3_math(price: &PeersU256) -> i32 {
    tick_math::get_tick_at_sqrt_ratio(*price).expect("it is in range")
}

pub fn tick_of_uniswap_v3_sdk(price: &PeersU256) -> i32 {
    sdk::get_tick_at_sqrt_ratio(*price)
        .expect("it is in range")
        .as_i32()
}

pub fn for_peers(prices: &[U256]) -> Vec<PeersU256> {
    prices.iter().copied().map(peers).collect()
}

/// Amounts of a hundred-thousandth to a hundredth of [`RESERVE`].
pub fn amounts() -> Vec<Amount> {
    let mut random = Random::new(0x616d_7473);
    let part = RESERVE / 100_000;
    let mut amount = || Amount::new(part + u128::from(random.below(999)) * part);
    (0..CALLS).map(|_| amount()).collect()
}

/// A million tokens of 18 decimals.
const RESERVE: u128 = 1_000_000_000_000_000_000_000_000;

pub fn constant_product() -> ConstantProduct {
    let reserves = [RESERVE, RESERVE / 3].map(Amount::new);
    ConstantProduct::new(reserves[0], reserves[1], Fee::UNISWAP_V2).expect("a pool")
}

/// Curve's amplification of 100 and fee of 0.04%, with so many parts of [`RESERVE`] of each coin.
pub fn stable<const N: usize>(parts: [u128; N]) -> StableSwap<N> {
    let (amplification, fee) = (Amplification::new(100), Fee::new(4, 10_000));
    let (amplification, fee) = (amplification.expect("in range"), fee.expect("a fee"));
    let reserves = parts.map(|part| Amount::new(RESERVE * part));
    let rates = [1_000_000_000_000_000_000; N];
    StableSwap::new(amplification, fee, rates, reserves).expect("a pool")
}

/// A pool of the spacing 60 with liquidity from tick -887,220 to 887,220, at a price between two ticks.
pub fn concentrated() -> Concentrated<FixedTicks<2>> {
    let at = |tick| Tick::new(tick).expect("it is in range");
    let start =
        SqrtPrice::new(U256::from(79_000_000_000_000_000_000_000_000_000)).expect("a price");
    let params = ConcentratedParams::UNISWAP_V3_030;
    let mut pool = Concentrated::new(params, start, FixedTicks::new()).expect("a pool");
    let mut position = ConcentratedPosition::new(at(-887_220), at(887_220)).expect("a range");
    let added = pool.add_liquidity(&mut position, Amount::new(RESERVE * 1_000));
    added.expect("the amounts fit");
    pool
}

/// Sells and buys in turn, so that the price stays where it is.
pub fn swap(pool: &mut Concentrated<FixedTicks<2>>, turn: usize, amount: Amount) -> Amount {
    let sell = Sell::BOTH[turn % 2];
    pool.swap_exact_in(sell, amount)
        .expect("the amounts fit")
        .amount_out
}

pub fn quote(pool: &impl Market, amount: Amount) -> Amount {
    pool.quote_exact_in(Sell::Token0, amount)
        .expect("the amounts fit")
        .amount_out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_give_the_same_steps() {
        let steps = steps();
        let reached = |step: &&Step| our_step(step)[0] == step.target.low();
        let whole = steps.iter().filter(reached).count();
        assert!(whole > CALLS / 8 && whole < CALLS / 2, "{whole}");
        for step in steps {
            let (ours, theirs) = (our_step(&step), step.for_peers());
            assert_eq!(step_of_uniswap_v3_math(&theirs), ours, "{step:?}");
            // Short of the target this one takes the fee as Uniswap v4 does: the sum is the same.
            let [price, amount_in, amount_out, fee] = step_of_uniswap_v3_sdk(&theirs);
            let [our_price, our_in, our_out, our_fee] = ours;
            let (sum, our_sum) = (amount_in + fee, our_in + our_fee);
            assert_eq!((price, amount_out), (our_price, our_out), "{step:?}");
            assert_eq!(sum, our_sum, "{step:?}");
        }
    }

    #[test]
    fn all_give_the_same_prices_and_ticks() {
        for tick in ticks() {
            assert_eq!(price_of_uniswap_v3_math(&tick), our_price(&tick), "{tick}");
            assert_eq!(price_of_uniswap_v3_sdk(&tick), our_price(&tick), "{tick}");
        }
        let prices = prices();
        for (price, theirs) in prices.iter().zip(for_peers(&prices)) {
            assert_eq!(tick_of_uniswap_v3_math(&theirs), our_tick(price), "{price}");
            assert_eq!(tick_of_uniswap_v3_sdk(&theirs), our_tick(price), "{price}");
        }
    }
}
