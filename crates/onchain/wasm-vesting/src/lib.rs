//! A program for a wasm chain: the exports that a contract would call, and nothing else in it.
//!
//! Amounts cross the boundary as 128-bit integers, each as two i64, low half first; what is
//! returned is written to the address that comes as the first parameter, 16 bytes of value and 4
//! of status.

#![cfg_attr(target_arch = "wasm32", no_std)]

use tokenomics_fixed_math as math;

/// There is a result.
pub const OK: u32 = 0;
/// There is none: it would overflow, a divisor is 0, or the parameters can't be.
pub const ERROR: u32 = 1;

/// What an export returns.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The result; 0 on an error.
    pub value: u128,
    /// [`OK`] or [`ERROR`].
    pub status: u32,
}

impl Outcome {
    fn of(result: Option<u128>) -> Self {
        match result {
            Some(value) => Self { value, status: OK },
            None => Self {
                value: 0,
                status: ERROR,
            },
        }
    }
}

#[cfg(any(feature = "mul_div", feature = "exp", feature = "ln", feature = "pow"))]
fn rounding(ceil: u32) -> math::Rounding {
    if ceil == 0 {
        math::Rounding::Floor
    } else {
        math::Rounding::Ceil
    }
}

/// `a·b / c`, floored, or ceiled if `ceil` isn't 0.
#[cfg(feature = "mul_div")]
#[no_mangle]
pub extern "C" fn mul_div(a: u128, b: u128, c: u128, ceil: u32) -> Outcome {
    Outcome::of(math::mul_div(a, b, c, rounding(ceil)).ok())
}

/// e^x, of 18 decimals as x, floored, or ceiled if `ceil` isn't 0.
#[cfg(feature = "exp")]
#[no_mangle]
pub extern "C" fn exp(x: i128, ceil: u32) -> Outcome {
    let power = math::SignedWad::from_raw(x).exp(rounding(ceil));
    Outcome::of(power.ok().map(math::Wad::raw))
}

/// The natural logarithm of x, as the bits of an i128, of 18 decimals as x; floored, or ceiled if
/// `ceil` isn't 0.
#[cfg(feature = "ln")]
#[no_mangle]
pub extern "C" fn ln(x: u128, ceil: u32) -> Outcome {
    let logarithm = math::Wad::from_raw(x).ln(rounding(ceil));
    Outcome::of(logarithm.ok().map(|ln| ln.raw() as u128))
}

/// x^y, all of 18 decimals, floored, or ceiled if `ceil` isn't 0.
#[cfg(feature = "pow")]
#[no_mangle]
pub extern "C" fn pow(x: u128, y: i128, ceil: u32) -> Outcome {
    let y = math::SignedWad::from_raw(y);
    let power = math::Wad::from_raw(x).pow(y, rounding(ceil));
    Outcome::of(power.ok().map(math::Wad::raw))
}

/// What of `total` has vested at `at`, between `start` and `end`.
#[cfg(feature = "vested_at")]
#[no_mangle]
pub extern "C" fn vested_at(start: u64, end: u64, total: u128, at: u64) -> Outcome {
    use math::{Amount, Timestamp};
    use tokenomics_vesting::{Linear, Schedule};

    let (start, end) = (Timestamp::new(start), Timestamp::new(end));
    let schedule = Linear::new(start, end, Amount::new(total));
    let vested = schedule.map(|schedule| schedule.vested_at(Timestamp::new(at)));
    Outcome::of(vested.ok().map(Amount::get))
}

/// What a sale of `amount` fetches in a pool of Uniswap v2 with these reserves of the token sold and of the
/// one bought.
#[cfg(feature = "constant_product")]
#[no_mangle]
pub extern "C" fn constant_product(sold: u128, bought: u128, amount: u128) -> Outcome {
    use math::Amount;
    use tokenomics_liquidity_curves::{ConstantProduct, Fee, Market, Sell};

    let pool = ConstantProduct::new(Amount::new(sold), Amount::new(bought), Fee::UNISWAP_V2);
    let swap = pool.and_then(|pool| pool.quote_exact_in(Sell::Token0, Amount::new(amount)));
    Outcome::of(swap.ok().map(|swap| swap.amount_out.get()))
}

/// What a sale of `amount` fetches without a fee in a pool of weights, with these reserves of the token sold
/// and of the one bought, where that one's weight is `weight` in 1e-18 and the other's the rest.
#[cfg(feature = "weighted")]
#[no_mangle]
pub extern "C" fn weighted(sold: u128, bought: u128, weight: u64, amount: u128) -> Outcome {
    use math::{Amount, Fraction};
    use tokenomics_liquidity_curves::{Fee, Market, Sell, Weighted};

    let swap = Fraction::from_raw(weight).ok().and_then(|weight| {
        let (reserves, weights) = ([sold, bought], [weight.complement(), weight]);
        let pool = Weighted::new(reserves.map(Amount::new), weights, Fee::NONE).ok()?;
        pool.quote_exact_in(Sell::Token0, Amount::new(amount)).ok()
    });
    Outcome::of(swap.map(|swap| swap.amount_out.get()))
}

/// What a sale of `amount` fetches in a pool of Curve of two coins of 18 decimals, with these balances of the
/// coin sold and of the one bought and a fee of 4 basis points.
#[cfg(feature = "stable_swap")]
#[no_mangle]
pub extern "C" fn stable_swap(a: u32, sold: u128, bought: u128, amount: u128) -> Outcome {
    use math::Amount;
    use tokenomics_liquidity_curves::{Amplification, Fee, Market, Sell, StableSwap};

    let swap = || {
        let balances = [sold, bought].map(Amount::new);
        let (fee, rates) = (Fee::new(4, 10_000)?, [1_000_000_000_000_000_000; 2]);
        let pool = StableSwap::new(Amplification::new(a)?, fee, rates, balances)?;
        pool.quote_exact_in(Sell::Token0, Amount::new(amount))
    };
    Outcome::of(swap().ok().map(|swap| swap.amount_out.get()))
}

/// What a step of a swap in Uniswap v3 pays out, from one root of a price toward another of up to 128 bits,
/// for `amount` of the token sold and a fee of 0.3%.
#[cfg(feature = "swap_step")]
#[no_mangle]
pub extern "C" fn swap_step(current: u128, target: u128, liquidity: u128, amount: u128) -> Outcome {
    use math::Amount;
    use tokenomics_liquidity_curves::{Exact, Fee, SwapStep};

    let step = Fee::new(3_000, 1_000_000).and_then(|fee| {
        let exact = Exact::In(Amount::new(amount));
        SwapStep::new(current.into(), target.into(), liquidity, exact, fee)
    });
    Outcome::of(step.ok().map(|step| step.amount_out.get()))
}

/// Locks `amount` from `now` until `end`, on Curve's terms but for a year at most, in an escrow whose totals
/// a ring keeps, and returns what all weighs at a time.
#[cfg(feature = "escrow_ring")]
#[no_mangle]
pub extern "C" fn escrow_ring(now: u64, amount: u128, end: u64, at: u64) -> Outcome {
    use tokenomics_escrow_weighting::{Escrow, Ring};

    let weight = || {
        let terms = terms()?;
        let mut escrow = Escrow::with_totals(terms, Ring::<53>::new(terms.granule())?);
        create(&mut escrow, now, amount, end)?;
        escrow.total_weight_at(math::Timestamp::new(at))
    };
    Outcome::of(weight().ok().map(math::Amount::get))
}

/// The same with the totals of all time, past, present and future, in a tree and checkpoints.
#[cfg(feature = "escrow_history")]
#[no_mangle]
pub extern "C" fn escrow_history(now: u64, amount: u128, end: u64, at: u64) -> Outcome {
    use tokenomics_escrow_weighting::{Checkpoint, Escrow, History, Node};

    let weight = || {
        let totals = History::new([Node::EMPTY; 8], [Checkpoint::NONE; 8]);
        let mut escrow = Escrow::with_totals(terms()?, totals);
        create(&mut escrow, now, amount, end)?;
        escrow.total_weight_at(math::Timestamp::new(at))
    };
    Outcome::of(weight().ok().map(math::Amount::get))
}

#[cfg(any(feature = "escrow_ring", feature = "escrow_history"))]
fn terms() -> Result<tokenomics_escrow_weighting::Terms, tokenomics_escrow_weighting::Error> {
    let (year, week) = (math::Span::from_days(365), math::Span::from_weeks(1));
    tokenomics_escrow_weighting::Terms::new(year, week)
}

#[cfg(any(feature = "escrow_ring", feature = "escrow_history"))]
fn create(
    escrow: &mut tokenomics_escrow_weighting::Escrow<impl tokenomics_escrow_weighting::Totals>,
    now: u64,
    amount: u128,
    end: u64,
) -> Result<(), tokenomics_escrow_weighting::Error> {
    let [now, end] = [now, end].map(math::Timestamp::new);
    let kind = escrow.terms().decaying(math::Wad::ONE, end)?;
    escrow
        .create(now, math::Amount::new(amount), kind)
        .map(drop)
}

#[cfg(target_arch = "wasm32")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
