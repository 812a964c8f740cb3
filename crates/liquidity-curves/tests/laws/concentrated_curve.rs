//! The laws of the curve between two prices: a step along it, and what a range on it is worth.

use num_bigint::BigUint;
use tokenomics_fixed_math::{Amount, Ratio, Wad, U256};
use tokenomics_liquidity_curves::{Error, Exact, Fee, Position, Range, SqrtPrice, SwapStep};

use super::concentrated::ConcentratedDraw;
use super::draw::big;
use super::position::{concave, Stated};

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

/// What a range is worth at the root of a price, its delta and its dollar gamma, and the liquidity that amounts
/// pay for, are the exact fractions, rounded once, or errors above 128 bits.
pub fn concentrated_range_is_exact(ends: [(i32, u64); 3], liquidity: u128, other: u128) {
    let roots = ends.map(|start| ConcentratedDraw { start, ..EMPTY }.start());
    let (low, high, price) = (roots[0].min(roots[1]), roots[0].max(roots[1]), roots[2]);
    let Ok(range) = Range::new(low, high, Amount::new(liquidity)) else {
        assert_eq!(low, high);
        return;
    };
    most_liquidity(&range, roots, [liquidity, other]);
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
    floored(range.value_at_sqrt_price(price), value, by, fits);
    let at = s.clone().clamp(a, b.clone());
    floored(
        range.delta_at_sqrt_price(price),
        (&l * &one) * (&b - &at),
        at * &b,
        true,
    );
    let held = if low <= price && price < high {
        &l * &s
    } else {
        BigUint::ZERO
    };
    let gamma = (held + &one * 2_u8 - 1_u8) / (one * 2_u8);
    floored(
        range.gamma_at_sqrt_price(price),
        gamma,
        BigUint::from(1_u8),
        true,
    );
}

/// A range, and a pool of positions, at prices that arbitrage takes them to: as every position.
pub fn concentrated_position_is_concave(
    draw: ConcentratedDraw,
    prices: [[u128; 2]; 2],
    liquidity: u128,
    variance: u128,
) {
    let prices = prices.map(|[above, below]| Ratio::new(above.max(1), below.max(1)).unwrap());
    let ((pool, positions), own) = (draw.pool(), draw.start().price().unwrap());
    // Of each of up to five ranges.
    let all = draw.positions.iter().map(|(.., liquidity)| liquidity >> 2);
    let most = all.fold(4, u128::saturating_add);
    concave(&pool, prices, Some(own), variance, &stated(most, 5));
    for price in prices.into_iter().chain([own]) {
        let each = |value: &dyn Fn(&Range) -> Result<Amount, Error>| {
            let values = positions.iter().map(|position| value(&position.range()));
            values
                .map(|value| value.map(|value| big(value.get())))
                .sum()
        };
        let all: Result<BigUint, Error> = each(&|range| range.value_at(price));
        if let (Ok(value), Ok(all)) = (pool.value_at(price), all) {
            let slack = big(8 * (2 + (most >> 93)));
            let value = big(value.get());
            assert!(value <= &all + &slack && all <= value + slack);
        }
    }
    let tick = draw.start().tick().sqrt_price();
    for (low, high) in [(tick, SqrtPrice::MAX), (SqrtPrice::MIN, SqrtPrice::ONE)] {
        if let Ok(range) = Range::new(low, high, Amount::new(liquidity)) {
            concave(
                &range,
                prices,
                Some(own),
                variance,
                &stated(liquidity >> 2, 1),
            );
            for price in prices {
                sides(&range, [low, high], liquidity, price);
            }
        }
    }
}

/// Value and delta are at most the real numbers, and the dollar gamma is at least its own: by squares, as these have
/// roots of prices, in integers without a limit.
fn sides(range: &Range, ends: [SqrtPrice; 2], liquidity: u128, price: Ratio) {
    let [a, b] = ends.map(|root| wide(root.units()));
    let [n, d, l] = [price.numerator(), price.denominator(), liquidity].map(big);
    let one = BigUint::from(1_u8) << 96;
    // The price and the squares of the ends, over d·2^192.
    let (now, at) = (&n * &one * &one, |root: &BigUint| root * root * &d);
    if now < at(&a) || now >= at(&b) {
        return;
    }
    if let Ok(value) = range.value_at(price) {
        let sum = big(value.get()) * &one * &d * &b + &l * &a * &d * &b + &l * &n * &one * &one;
        let root = &l * &one * &d * &b * 2_u8;
        assert!(&sum * &sum * &d <= &root * &root * &n, "{value}");
    }
    if let Ok(delta) = range.delta_at(price) {
        let sum = big(delta.get()) * &b + &l * &one;
        let root = &l * &b;
        assert!(&sum * &sum * &n <= &root * &root * &d, "{delta}");
    }
    if let Ok(gamma) = range.gamma_at(price) {
        let twice = big(gamma.get()) * 2_u8;
        assert!(&twice * &twice * &d >= &l * &l * &n, "{gamma}");
    }
}

/// What so many ranges may be below the real numbers, of a quarter of their liquidity.
fn stated(quarter: u128, ranges: u128) -> Stated {
    let root = 1 + (quarter >> 93);
    Stated {
        value: [ranges * (1 + root), 0],
        delta: [ranges, ranges * root],
        reserves: None,
    }
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
