//! The laws of the curve between two prices: a step along it, and what a range on it is worth.

use num_bigint::BigUint;
use tokenomics_fixed_math::{Amount, Wad, U256};
use tokenomics_liquidity_curves::{Error, Exact, Fee, Range, SqrtPrice, SwapStep};

use super::concentrated::ConcentratedDraw;
use super::draw::big;

/// A step moves the price no further than it is paid for, and pays no more than that: by the real numbers,
/// in integers without a limit.
pub fn concentrated_step_keeps_its_curve(
    prices: [(u32, u128); 2],
    liquidity: u128,
    amount: u128,
    is_out: bool,
    pips: u32,
) {
    let [current, target] = prices.map(|(high, low)| U256::new(high.into(), low.max(1)));
    let fee = Fee::new((pips % 1_000_000).into(), 1_000_000).unwrap();
    let exact = [Exact::In, Exact::Out][usize::from(is_out)](Amount::new(amount));
    let Ok(step) = SwapStep::new(current, target, liquidity, exact, fee) else {
        return;
    };
    let next = step.sqrt_price;
    let (low, high) = (current.min(next), current.max(next));
    assert!(target.min(current) <= low && high <= target.max(current));
    let [low, high] = [low, high].map(wide);
    let width = &high - &low;
    let liquidity = big(liquidity);
    let [amount_in, amount_out] = [step.amount_in, step.amount_out].map(|moved| big(moved.get()));
    // Amounts by these are those of Token0 and of Token1, exact.
    let (of0, by0) = ((&liquidity * &width) << 96, &low * &high);
    let (of1, by1) = (&liquidity * &width, BigUint::from(1_u8) << 96);
    let ((of_in, by_in), (of_out, by_out)) = match current >= target {
        true => ((of0, by0), (of1, by1)),
        false => ((of1, by1), (of0, by0)),
    };
    assert!(&amount_in * &by_in >= of_in);
    assert!(amount_in.clone() == BigUint::ZERO || (amount_in.clone() - 1_u8) * by_in < of_in);
    assert!(&amount_out * by_out <= of_out);
    match exact {
        Exact::In(all) => {
            let paid = amount_in + big(step.fee.get());
            assert!(paid <= big(all.get()));
            assert!(next == target || paid == big(all.get()));
        }
        Exact::Out(all) => {
            assert!(amount_out <= big(all.get()));
            assert!(next == target || amount_out == big(all.get()));
        }
    }
}

/// What a range is worth at a price, its delta, its dollar gamma and what it loses, and the liquidity that
/// amounts pay for, are the exact fractions, rounded once, or errors above 128 bits.
pub fn concentrated_range_is_exact(ends: [(i32, u64); 3], liquidity: u128, variance: u128) {
    let roots = ends.map(|start| ConcentratedDraw { start, ..EMPTY }.start());
    let (low, high, price) = (roots[0].min(roots[1]), roots[0].max(roots[1]), roots[2]);
    let Ok(range) = Range::new(low, high, Amount::new(liquidity)) else {
        assert_eq!(low, high);
        return;
    };
    most_liquidity(&range, roots, [liquidity, variance]);
    concentration(&range, roots);
    let l = big(liquidity);
    let [a, b, s] = [low, high, price].map(|root| wide(root.units()));
    let one = BigUint::from(1_u8) << 96;
    let (value, by) = if price < low {
        (&l * &s * &s * (&b - &a), &a * &b * &one)
    } else {
        let s = s.clone().min(b.clone());
        let twice = &s * &b * 2_u8 - &s * &s - &a * &b;
        (&l * twice, &b * &one)
    };
    // A product of the liquidity and the root of more than 256 bits is an error.
    let fits = price < low || (&l * &s).bits() <= 256;
    floored(range.value_at(price), value, by, fits);
    let at = s.clone().clamp(a, b.clone());
    floored(
        range.delta_at(price),
        (&l * &one) * (&b - &at),
        at * &b,
        true,
    );
    let held = if low <= price && price < high {
        &l * &s
    } else {
        BigUint::ZERO
    };
    floored(range.gamma_at(price), held.clone(), &one * 2_u8, true);
    let (loss, unit) = (
        held * big(variance),
        one * big(4_000_000_000_000_000_000_u64),
    );
    let lost = range.loss_versus_rebalancing_at(price, Wad::from_raw(variance));
    let ceiled = (loss + &unit - 1_u8) / unit;
    floored(lost, ceiled, BigUint::from(1_u8), true);
}

/// The most liquidity that amounts pay for is the floor of the lesser of the two that each pays for.
fn most_liquidity(range: &Range, roots: [SqrtPrice; 3], amounts: [u128; 2]) {
    let (low, high) = (roots[0].min(roots[1]), roots[0].max(roots[1]));
    let [a, b] = [low, high].map(|root| wide(root.units()));
    let s = wide(roots[2].units()).clamp(a.clone(), b.clone());
    let one = BigUint::from(1_u8) << 96;
    let [x, y] = amounts.map(big);
    let mut most = big(u128::MAX);
    if s < b {
        most = most.min(x * &s * &b / (&one * (&b - &s)));
    }
    if a < s {
        most = most.min(y * &one / (&s - &a));
    }
    let [x, y] = amounts.map(Amount::new);
    assert_eq!(big(range.liquidity_for(roots[2], x, y).get()), most);
}

/// The concentration is 2/(2 − √(a/p) − √(p/b)) within the range.
fn concentration(range: &Range, roots: [SqrtPrice; 3]) {
    let (low, high) = (roots[0].min(roots[1]), roots[0].max(roots[1]));
    let [a, b, s] = [low, high, roots[2]].map(|root| wide(root.units()));
    let units = range.concentration_at(roots[2]);
    let units = units.map(|units| Amount::new(units.raw()));
    if roots[2] < low || roots[2] >= high {
        assert_eq!(units, Ok(Amount::ZERO));
        return;
    }
    let whole = &s * &b * 2_u8 * big(Wad::SCALE);
    floored(units, whole, &b * (&s - a) + &s * (&b - &s), true);
}

/// A result is the floor of a fraction, where that has at most 128 bits.
fn floored(result: Result<Amount, Error>, dividend: BigUint, divisor: BigUint, fits: bool) {
    let floor = dividend / divisor;
    match result {
        Ok(amount) => assert_eq!(big(amount.get()), floor),
        Err(error) => assert!(floor.bits() > 128 || !fits, "{error}"),
    }
}

const EMPTY: ConcentratedDraw = ConcentratedDraw {
    spacing: 0,
    fee: 0,
    start: (0, 0),
    protocol: [0; 2],
    positions: [(0, 0, 0); 3],
};

fn wide(number: U256) -> BigUint {
    (big(number.high()) << 128) + big(number.low())
}
