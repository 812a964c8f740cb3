//! The law of deposits and withdrawals.

use std::fmt::Debug;

use tokenomics_fixed_math::Amount;
use tokenomics_liquidity_curves::Error;

use super::draw::{Draw, Kind, RATE};

/// A quote of a deposit or a withdrawal is what the call then moves, or why it is refused, and a call that is refused
/// changes nothing.
pub fn liquidity_quoted(draw: Draw, amounts: [u128; 2], token: u8) {
    let (token, both) = (usize::from(token % 3), amounts.map(Amount::new));
    let [one, shares] = both;
    match draw.kind {
        Kind::ConstantProduct => {
            let pool = draw.constant_product();
            let [amount0, amount1] = both;
            let quote = pool.quote_add_liquidity(amount0, amount1);
            same(quote, pool, |pool| pool.add_liquidity(amount0, amount1));
            let quote = pool.quote_remove_liquidity(shares);
            same(quote, pool, |pool| pool.remove_liquidity(shares));
        }
        Kind::StableSwap => {
            let pool = draw.stable_swap([RATE; 2]);
            same(pool.quote_add_liquidity(both), pool, |pool| {
                pool.add_liquidity(both)
            });
            let quote = pool.quote_remove_liquidity(shares);
            same(quote, pool, |pool| pool.remove_liquidity(shares));
            same(pool.quote_remove_amounts(both), pool, |pool| {
                pool.remove_amounts(both)
            });
            let quote = pool.quote_add_single(token, one);
            same(quote, pool, |pool| pool.add_single(token, one));
            if token == 0 && quote.is_ok() {
                assert_eq!(quote, pool.quote_add_liquidity([one, Amount::ZERO]));
            }
            let quote = pool.quote_remove_single(token, shares);
            same(quote, pool, |pool| pool.remove_single(token, shares));
        }
        Kind::Weighted => {
            let pool = draw.weighted();
            same(pool.quote_add_liquidity(both), pool, |pool| {
                pool.add_liquidity(both)
            });
            let quote = pool.quote_remove_liquidity(shares);
            same(quote, pool, |pool| pool.remove_liquidity(shares));
            let quote = pool.quote_add_single(token, one);
            same(quote, pool, |pool| pool.add_single(token, one));
            let quote = pool.quote_remove_single(token, shares);
            same(quote, pool, |pool| pool.remove_single(token, shares));
        }
        Kind::Ladder => {}
    }
}

fn same<P: Copy + PartialEq + Debug, T: PartialEq + Debug>(
    quote: Result<T, Error>,
    before: P,
    call: impl Fn(&mut P) -> Result<T, Error>,
) {
    let mut pool = before;
    let moved = call(&mut pool);
    assert_eq!(moved, quote);
    assert_eq!(pool != before, moved.is_ok(), "{before:?} {moved:?}");
}
