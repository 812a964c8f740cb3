//! The calls that are made here and there.

use revm::primitives::U256;
use tokenomics_fixed_math::Amount;
use tokenomics_liquidity_curves::{ConcentratedPosition, Exact, Sell, SqrtPrice, Tick};

use super::pool::Pool;
use super::words::{to_theirs, Range};
use crate::draw::Random;

/// A call, in base units. Ticks and prices need not be any.
#[derive(Debug, Clone, Copy)]
pub enum Call {
    Swap(Order),
    Mint(Range, u128),
    Burn(Range, u128),
    Collect(Range, [u128; 2]),
    /// One part in so many of each fee in Token0, and in Token1.
    SetProtocol([u8; 2]),
    CollectProtocol([u128; 2]),
}

#[derive(Debug, Clone, Copy)]
pub struct Order {
    pub sell: Sell,
    pub exact: Exact,
    pub limit: U256,
}

/// Fees of 10^-6 with their tick spacings: those of the deployed factory mostly, and as far as it goes.
pub const FEES: [(u64, i32); 14] = [
    (500, 10),
    (500, 10),
    (500, 10),
    (3_000, 60),
    (3_000, 60),
    (3_000, 60),
    (10_000, 200),
    (10_000, 200),
    (10_000, 200),
    (100, 1),
    (999_999, 500),
    (300_000, 1_000),
    (1, 8_000),
    (0, 16_383),
];

impl Call {
    pub fn draw(pool: &Pool, random: &mut Random) -> Self {
        match random.up_to(19) {
            0 | 1 => Self::draw_mint(pool, random),
            2 | 3 => {
                let position = draw_position(pool, random);
                let held = position.map_or(1, |position| position.liquidity().get());
                Self::Burn(range(position), random.about(held))
            }
            4 | 5 => Self::Collect(range(draw_position(pool, random)), draw_most(random)),
            6 => Self::SetProtocol([0, 1].map(|_| random.one_of(&[0, 3, 4, 4, 6, 10, 10, 11]))),
            7 => Self::CollectProtocol(draw_most(random)),
            _ => Self::draw_swap(pool, random),
        }
    }

    /// Into a new position, or into one that is there, as much again as well.
    pub fn draw_mint(pool: &Pool, random: &mut Random) -> Self {
        match draw_position(pool, random) {
            Some(position) if random.up_to(3) == 0 => {
                let (range, held) = (range(Some(position)), position.liquidity().get());
                let more = draw_liquidity(range, pool, random);
                Self::Mint(range, random.one_of(&[more, held]))
            }
            _ => {
                let range = draw_range(pool, random);
                Self::Mint(range, draw_liquidity(range, pool, random))
            }
        }
    }

    fn draw_swap(pool: &Pool, random: &mut Random) -> Self {
        let position = draw_position(pool, random);
        // Toward a position as often as not, so that the price doesn't stay where there is none.
        let toward = match range(position) {
            [lower, _] if lower < pool.tick() => Sell::Token0,
            _ => Sell::Token1,
        };
        let sell = random.one_of(&[toward, toward, Sell::Token0, Sell::Token1]);
        let held = position.map_or(1, |position| position.liquidity().get());
        let part = random.about(pool.ours.liquidity().get().max(held));
        let any = random.amount();
        let amount = Amount::new(random.one_of(&[part, part, part, any]));
        Self::Swap(Order {
            sell,
            exact: random.one_of(&[Exact::In(amount), Exact::Out(amount)]),
            limit: draw_limit(pool, sell, random),
        })
    }
}

/// How much to collect: all, or up to anything.
fn draw_most(random: &mut Random) -> [u128; 2] {
    let most = [random.amount(), random.amount()];
    random.one_of(&[most, [u128::MAX; 2]])
}

fn draw_position<'a>(pool: &'a Pool, random: &mut Random) -> Option<&'a ConcentratedPosition> {
    let last = pool.positions.len().checked_sub(1)?;
    pool.positions
        .values()
        .nth(random.up_to(last as u64) as usize)
}

/// That of a position, or one without any.
fn range(position: Option<&ConcentratedPosition>) -> Range {
    let state = position.map(ConcentratedPosition::state);
    state.map_or([0, 6_000], |state| [state.lower.get(), state.upper.get()])
}

/// Any two ends; seldom two that a position can't have.
fn draw_range(pool: &Pool, random: &mut Random) -> Range {
    let [a, b] = [draw_end(pool, random), draw_end(pool, random)];
    let (lower, upper) = (a.min(b), a.max(b));
    let wrong = random.one_of(&[[upper, lower], [lower + 1, upper], [lower, upper + 1]]);
    match random.up_to(19) {
        0 => wrong,
        _ => [lower, upper],
    }
}

/// At the price, next to it, some way off, at the end of all ticks, or at another position's.
fn draw_end(pool: &Pool, random: &mut Random) -> i32 {
    let spacing = pool.spacing();
    let most = Tick::MAX.get() / spacing;
    let at = pool.tick().div_euclid(spacing);
    let reach = random.one_of(&[1, 5, 50, 5_000]);
    let way = random.up_to(2 * reach) as i32 - reach as i32;
    let last = random.one_of(&[-most, most]);
    let [lower, upper] = range(draw_position(pool, random)).map(|end| end.div_euclid(spacing));
    let place = random.one_of(&[at, at + 1, at + way, at + way, at + way, last, lower, upper]);
    // One place beyond the last one, at most.
    place.clamp(-most - 1, most + 1) * spacing
}

/// Some, of up to 110 bits; a few units; up to the most that a tick may have, and a unit more; and what
/// takes amounts of about 127 bits.
fn draw_liquidity(range: Range, pool: &Pool, random: &mut Random) -> u128 {
    let most = pool.ours.params().liquidity_per_tick();
    let few = u128::from(random.up_to(19));
    let usual = random.wide() >> (18 + random.up_to(80));
    let (any, part) = (random.amount(), random.about(most));
    let heavy = heaviest(range) >> random.up_to(1);
    let edge = random.one_of(&[few, most - few, most, most + 1, part, any]);
    random.one_of(&[usual, usual, usual, usual, usual, heavy, heavy, edge])
}

/// The liquidity that is 2^127 of one of the tokens at one end of a range or the other.
fn heaviest(range: Range) -> u128 {
    let [lower, upper] = range.map(at_tick);
    let width = upper.saturating_sub(lower).max(U256::from(1));
    let in_token1 = (U256::from(1) << (127 + 96)) / width;
    let in_token0: U256 = (lower << 31) / width;
    in_token0
        .saturating_mul(upper)
        .min(in_token1)
        .saturating_to()
}

/// The furthest, near the price, at the end of a position or next to it; seldom one on the wrong side.
fn draw_limit(pool: &Pool, sell: Sell, random: &mut Random) -> U256 {
    let (unit, few) = (U256::from(1), U256::from(random.up_to(3)));
    let [least, most] = [SqrtPrice::MIN, SqrtPrice::MAX].map(|price| to_theirs(price.units()));
    let price = pool.price();
    let reach = random.one_of(&[10, 1_000, 100_000, 100 * pool.spacing() as u64]);
    let way = random.up_to(reach) as i32;
    let [lower, upper] = range(draw_position(pool, random)).map(at_tick);
    let end = random.one_of(&[lower, upper, lower - unit, upper + unit]);
    let (furthest, near, next) = match sell {
        Sell::Token0 => (least + unit, at_tick(pool.tick() - way), price - few),
        Sell::Token1 => (most - unit, at_tick(pool.tick() + way), price + few),
    };
    let edge = random.one_of(&[next, next, price, least, most, least - unit, most + unit]);
    match random.up_to(15) {
        0 => edge,
        1 | 2 => end,
        3..=7 => furthest,
        _ => near,
    }
}

fn at_tick(tick: i32) -> U256 {
    let tick = tick.clamp(Tick::MIN.get(), Tick::MAX.get());
    let price = Tick::new(tick).map(Tick::sqrt_price);
    to_theirs(price.unwrap_or(SqrtPrice::ONE).units())
}

/// At 1, at any tick and beside it, and at both ends of all, where there is none either.
pub fn draw_price(random: &mut Random) -> U256 {
    let [least, most] = [SqrtPrice::MIN, SqrtPrice::MAX].map(|price| to_theirs(price.units()));
    let unit = U256::from(1);
    let [near, far] = [20_000, 887_272].map(|reach| {
        let tick = random.up_to(2 * reach) as i32 - reach as i32;
        at_tick(tick) + U256::from(random.word() % 1_000)
    });
    let edge = random.one_of(&[least - unit, least, least + unit, most - unit, most]);
    random.one_of(&[
        near,
        near,
        near,
        near,
        at_tick(0),
        at_tick(0),
        far,
        far,
        far,
        edge,
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokenomics_liquidity_curves::{Concentrated, ConcentratedParams};

    fn pool() -> Pool {
        let params = ConcentratedParams::UNISWAP_V3_030;
        let ours = Concentrated::new(params, SqrtPrice::ONE, Default::default());
        let mut pool = Pool::new(ours.unwrap());
        let mut position = pool.position([-120, 60]).unwrap();
        let added = pool.ours.add_liquidity(&mut position, Amount::new(1 << 80));
        added.unwrap();
        pool.positions.insert([-120, 60], position);
        pool
    }

    #[test]
    fn every_edge_of_a_swap_is_drawn() {
        let (pool, mut random) = (pool(), Random::new(1));
        let orders: Vec<_> = (0..5_000)
            .filter_map(|_| match Call::draw(&pool, &mut random) {
                Call::Swap(order) => Some(order),
                _ => None,
            })
            .collect();
        let some = |edge: &dyn Fn(&Order) -> bool| orders.iter().filter(|it| edge(it)).count() > 9;
        assert!(some(&|it| match it.exact {
            Exact::In(amount) | Exact::Out(amount) => amount.get() > u128::MAX - 20,
        }));
        for exact in [Exact::In, Exact::Out] {
            assert!(some(&|it| it.exact == exact(Amount::new(1))));
        }
        let unit = U256::from(1);
        let [least, most] = [SqrtPrice::MIN, SqrtPrice::MAX].map(|price| to_theirs(price.units()));
        let ends = [at_tick(-120), at_tick(60)];
        let limits = [
            least,
            least + unit,
            most - unit,
            most,
            pool.price(),
            ends[0],
            ends[1],
        ];
        for limit in limits.into_iter().chain([ends[0] - unit, ends[1] + unit]) {
            assert!(some(&|it| it.limit == limit), "{limit}");
        }
    }

    #[test]
    fn every_edge_of_a_position_is_drawn() {
        let (pool, mut random) = (pool(), Random::new(1));
        let most = pool.ours.params().liquidity_per_tick();
        let minted: Vec<_> = (0..20_000)
            .filter_map(|_| match Call::draw_mint(&pool, &mut random) {
                Call::Mint(range, liquidity) => Some((range, liquidity)),
                _ => None,
            })
            .collect();
        let some = |edge: &dyn Fn(Range, u128) -> bool| {
            minted.iter().filter(|it| edge(it.0, it.1)).count() > 9
        };
        assert!(some(&|range, _| range == [-887_220, 887_220]));
        assert!(some(
            &|range, liquidity| range == [-120, 60] && liquidity == 1 << 80
        ));
        assert!(some(&|range, _| range[0] == 0 || range[1] == 0));
        assert!(some(&|range, _| range[0] >= range[1]));
        assert!(some(&|range, _| range[0] % 60 != 0));
        for liquidity in [0, 1, most, most + 1] {
            assert!(some(&|_, drawn| drawn == liquidity), "{liquidity}");
        }
    }
}
