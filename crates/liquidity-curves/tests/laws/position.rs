//! The law of positions.

use num_bigint::BigUint;
use tokenomics_fixed_math::{Amount, Fraction, Ratio, Wad};
use tokenomics_liquidity_curves::{
    Fee, Market, Part, Position, StablePair, Weighted, WeightedPair,
};

use super::draw::{big, Draw, Kind, RATE};

/// By how much the results may be below the real numbers, and what the position was made of.
pub(super) struct Stated {
    /// Of a value: so many units, and so many for each unit of the price.
    pub(super) value: [u128; 2],
    /// Of a delta: so many units, and so many for each unit of the price of Token1.
    pub(super) delta: [u128; 2],
    pub(super) reserves: Option<[Amount; 2]>,
}

impl Stated {
    fn units(value: u128, delta: u128, reserves: [Amount; 2]) -> Self {
        Self {
            value: [value, 0],
            delta: [delta, 0],
            reserves: Some(reserves),
        }
    }
}

/// What a holder has of a pool is floored, and its gamma ceiled, of what the pool has at the same price.
fn is_its_share(
    pool: &impl Position,
    part: &impl Position,
    [shares, all]: [Amount; 2],
    price: Ratio,
) {
    let of = |whole: Amount| big(whole.get()) * big(shares.get());
    let all = big(all.get());
    if let (Ok(whole), Ok(part)) = (pool.value_at(price), part.value_at(price)) {
        assert_eq!(big(part.get()), of(whole) / &all, "value");
    }
    if let (Ok(whole), Ok(part)) = (pool.delta_at(price), part.delta_at(price)) {
        assert_eq!(big(part.get()), of(whole) / &all, "delta");
    }
    if let (Ok(whole), Ok(part)) = (pool.gamma_at(price), part.gamma_at(price)) {
        let ceiled = (of(whole) + &all - 1_u8) / &all;
        assert_eq!(big(part.get()), ceiled, "gamma");
    }
}

/// The value at any price is at most that at another one and its slope there times the distance, and at most
/// what the reserves are worth, up to what is stated of the rounding: so it is concave, the delta is its slope,
/// and impermanent loss is a loss. The loss versus rebalancing is half of the variance of the dollar gamma.
pub fn position_is_concave(draw: Draw, prices: [[u128; 2]; 2], variance: u128, shares: u128) {
    let prices = prices.map(|[above, below]| Ratio::new(above.max(1), below.max(1)).unwrap());
    let reserves = draw.reserves();
    match draw.kind {
        Kind::ConstantProduct => {
            let pool = draw.constant_product();
            let price = pool.price().ok();
            let stated = || Stated::units(1, 1, reserves);
            concave(&pool, prices, price, variance, &stated());
            let shares = Amount::new(shares % pool.shares().get());
            let part = Part::new(&pool, shares, pool.shares()).unwrap();
            let stated = Stated {
                reserves: None,
                ..Stated::units(2, 2, reserves)
            };
            concave(&part, prices, price, variance, &stated);
            is_its_share(&pool, &part, [shares, pool.shares()], prices[0]);
        }
        Kind::Ladder => {
            let book = draw.ladder();
            let held = book.held().unwrap();
            // What the bids are worth is floored.
            let [held0, held1] = held.map(Amount::get);
            let held = [held0, held1.saturating_add(1)].map(Amount::new);
            concave(
                &book,
                prices,
                book.price().ok(),
                variance,
                &Stated::units(2, 0, held),
            );
        }
        Kind::StableSwap => {
            stable(
                draw.stable_swap([RATE; 2]).pair(0, 1).unwrap(),
                prices,
                variance,
                reserves,
            );
            let pool = draw.stable_swap([RATE, RATE * 3 / 2, 7 * RATE]);
            stable(pool.pair(0, 1).unwrap(), prices, variance, reserves);
            // Of reserves with no room for more digits.
            let large = draw
                .reserves
                .map(|reserve| (1 << 113) + reserve % (1 << 113));
            let draw = Draw {
                reserves: large,
                ..draw
            };
            let pool = draw.stable_swap([RATE; 2]);
            stable(pool.pair(0, 1).unwrap(), prices, variance, draw.reserves());
        }
        Kind::Weighted => {
            let pool = draw.weighted();
            let weights = pool.weights();
            weighted(
                &pool.pair(0, 1).unwrap(),
                weights,
                prices,
                variance,
                reserves,
            );
            // The same in half of a pool of three.
            let [first, second] = weights.map(|weight| weight.raw().div_ceil(2));
            let rest = Fraction::SCALE - first - second;
            let weights = [first, second, rest].map(|raw| Fraction::from_raw(raw).unwrap());
            let reserves3 = [reserves[0], reserves[1], reserves[0]];
            if let Ok(pool) = Weighted::new(reserves3, weights, Fee::NONE) {
                let pair = pool.pair(0, 1).unwrap();
                weighted(&pair, [weights[0], weights[1]], prices, variance, reserves);
            }
        }
    }
}

fn stable<const N: usize>(
    pair: StablePair<'_, N>,
    prices: [Ratio; 2],
    variance: u128,
    reserves: [Amount; 2],
) {
    let stated = Stated {
        value: [9, 8],
        delta: [9, 8],
        reserves: Some(reserves),
    };
    concave(&pair, prices, pair.price().ok(), variance, &stated);
}

fn weighted(
    pair: &WeightedPair,
    weights: [Fraction; 2],
    prices: [Ratio; 2],
    variance: u128,
    reserves: [Amount; 2],
) {
    let [first, second] = weights.map(|weight| u128::from(weight.raw()));
    let stated = Stated::units(1 + (first + second).div_ceil(second), 1, reserves);
    concave(pair, prices, pair.price().ok(), variance, &stated);
}

/// The law of any position, at two prices and at the one that it stands at.
pub(super) fn concave(
    position: &impl Position,
    [one, two]: [Ratio; 2],
    own: Option<Ratio>,
    variance: u128,
    stated: &Stated,
) {
    let prices = [Some(one), Some(two), own];
    for from in prices.into_iter().flatten() {
        losing(position, from, variance);
        for to in prices.into_iter().flatten() {
            below_tangent(position, from, to, stated);
        }
        let (Ok(value), Some(held)) = (position.value_at(from), stated.reserves) else {
            continue;
        };
        let [above, below] = terms(from);
        let [held0, held1] = held.map(|held| big(held.get()));
        assert!(
            big(value.get()) * &below <= held0 * above + held1 * below,
            "{value}"
        );
    }
}

fn below_tangent(position: &impl Position, from: Ratio, to: Ratio, stated: &Stated) {
    let results = [
        position.value_at(from),
        position.delta_at(from),
        position.value_at(to),
    ];
    let [Ok(value), Ok(delta), Ok(then)] = results else {
        return;
    };
    let ([above, below], [above_to, below_to]) = (terms(from), terms(to));
    let (there, here) = (&above_to * &below, &above * &below_to);
    let slack = units(stated.value, &above, &below) + (value.get() >> 110);
    let most_value = (big(value.get()) + slack) * &below * &below_to;
    let then = big(then.get()) * &below * &below_to;
    if there >= here {
        let slack = units(stated.delta, &below, &above) + (delta.get() >> 110);
        let most_delta = big(delta.get()) + slack;
        assert!(
            then <= most_value + most_delta * (there - here),
            "{from:?} {to:?}"
        );
    } else {
        assert!(
            then + big(delta.get()) * (here - there) <= most_value,
            "{from:?} {to:?}"
        );
    }
}

/// So many units, and so many for each of a fraction, ceiled.
fn units([fixed, each]: [u128; 2], above: &BigUint, below: &BigUint) -> BigUint {
    big(fixed) + (big(each) * above + below - 1_u8) / below
}

fn terms(price: Ratio) -> [BigUint; 2] {
    [price.numerator(), price.denominator()].map(big)
}

fn losing(position: &impl Position, price: Ratio, variance: u128) {
    let loss = position.loss_versus_rebalancing_at(price, Wad::from_raw(variance));
    let Ok(gamma) = position.gamma_at(price) else {
        assert!(loss.is_err());
        return;
    };
    let twice = big(2_000_000_000_000_000_000_u128);
    let expected = (big(gamma.get()) * big(variance) + &twice - 1_u8) / twice;
    match loss {
        Ok(loss) => assert_eq!(big(loss.get()), expected),
        Err(_) => assert!(expected > big(u128::MAX)),
    }
}
