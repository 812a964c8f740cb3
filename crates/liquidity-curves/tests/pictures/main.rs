//! The pictures of docs/mechanisms/liquidity-curves.md are drawn from the markets themselves. To draw them anew:
//! `DRAW=1 cargo test -p tokenomics-liquidity-curves --test pictures`.

mod draw;

use std::path::Path;

use draw::{Line, Picture, BLUE, GRAY, GREEN, HEIGHT, ORANGE, PURPLE, RED, STEPS, WIDTH};

use tokenomics_fixed_math::{fraction, Amount, Fraction, Ratio, Rounding, Span, Timestamp, U256};
use tokenomics_liquidity_curves::{
    Amplification, Concentrated, ConcentratedParams, ConcentratedPosition, ConstantProduct, Fee,
    FixedTicks, GradualWeights, Ladder, Level, Market, OptimalSchedule, Position, Range,
    ResilientBook, Sell, SqrtPrice, StablePair, StableSwap, Tick, Weighted,
};

/// A reserve of each pool at a price of 1.
const RESERVE: u128 = 1_000_000_000_000;
/// Keeps a pool as long as the pictures are drawn, so that a pair of it can be kept too.
fn kept<P>(pool: P) -> &'static P {
    Box::leak(Box::new(pool))
}

/// A pool that is worth twice [`RESERVE`] at a price of 1.
struct Pool {
    name: &'static str,
    color: &'static str,
    market: &'static dyn Market,
    position: &'static dyn Position,
    reserves: [u128; 2],
}

impl Pool {
    fn of<P: Market + Position + 'static>(
        name: &'static str,
        color: &'static str,
        pool: P,
        reserves: [u128; 2],
    ) -> Self {
        let pool = kept(pool);
        Self {
            name,
            color,
            market: pool,
            position: pool,
            reserves,
        }
    }

    /// What is left of Token1 where the pool has so much of Token0.
    fn other_reserve(&self, reserve: u128) -> Option<u128> {
        let [now, other] = self.reserves;
        if reserve >= now {
            let swap = self
                .market
                .quote_exact_in(Sell::Token0, Amount::new(reserve - now));
            return Some(other - swap.ok()?.amount_out.get());
        }
        let swap = self
            .market
            .quote_exact_out(Sell::Token1, Amount::new(now - reserve));
        Some(other + swap.ok()?.amount_in.get())
    }

    /// What a sale of Token0 is paid less than the price, of a thousand.
    fn cost(&self, amount: u128) -> Option<u128> {
        let swap = self
            .market
            .quote_exact_in(Sell::Token0, Amount::new(amount));
        let swap = swap.ok().filter(|_| amount > 0)?;
        Some(1_000 - swap.amount_out.get() * 1_000 / amount)
    }

    fn value(&self, price: Ratio) -> Option<u128> {
        Some(self.position.value_at(price).ok()?.get())
    }

    /// What a position is worth less than its tokens at a price of 1, kept apart, of a thousand.
    fn loss(&self, price: Ratio) -> Option<u128> {
        let [token0, token1] = self.reserves;
        let kept = token0 * price.numerator() / price.denominator() + token1;
        Some((kept - self.value(price)?.min(kept)) * 1_000 / kept)
    }
}

fn pools() -> [Pool; 5] {
    let even = [RESERVE; 2];
    let [reserve0, reserve1] = even.map(Amount::new);
    let product = ConstantProduct::new(reserve0, reserve1, Fee::NONE).unwrap();
    let heavy = [RESERVE * 8 / 5, RESERVE * 2 / 5];
    let weights = [fraction!("0.8"), fraction!("0.2")];
    let weighted = Weighted::new(heavy.map(Amount::new), weights, Fee::NONE).unwrap();
    let (range, held) = range();
    [
        Pool::of("constant product", BLUE, product, even),
        Pool::of("weighted, 80 to 20", ORANGE, weighted, heavy),
        Pool::of("stable, A = 10", GREEN, stable(10), even),
        Pool::of("stable, A = 100", PURPLE, stable(100), even),
        Pool::of("range, ½ to 2", RED, range, held),
    ]
}

fn stable(amplification: u32) -> StablePair<'static, 2> {
    let amplification = Amplification::new(amplification).unwrap();
    let reserves = [Amount::new(RESERVE); 2];
    let rates = [1_000_000_000_000_000_000; 2];
    let pool = StableSwap::new(amplification, Fee::NONE, rates, reserves).unwrap();
    kept(pool).pair(0, 1).unwrap()
}

/// A range from half the price to twice it, and what it holds.
fn range() -> (Concentrated<FixedTicks<2>>, [u128; 2]) {
    let params = ConcentratedParams::new(Fee::NONE, 1).unwrap();
    let mut pool = Concentrated::new(params, SqrtPrice::ONE, FixedTicks::new()).unwrap();
    let [lower, upper] = [-6_932, 6_932].map(|tick| Tick::new(tick).unwrap());
    let mut position = ConcentratedPosition::new(lower, upper).unwrap();
    let range = Range::new(lower.sqrt_price(), upper.sqrt_price(), Amount::ZERO).unwrap();
    let most = Amount::new(RESERVE);
    let liquidity = range.liquidity_for(SqrtPrice::ONE, most, most);
    let held = pool.add_liquidity(&mut position, liquidity).unwrap();
    (pool, held.amounts.map(Amount::get))
}

/// Reserves beside each other, the cost of a size, and value and loss over the price.
fn of_pools() -> [Picture; 4] {
    let pools = pools();
    let lines = |top, of: &dyn Fn(&Pool, u128) -> Option<u128>| -> Vec<Line> {
        let lines = pools
            .iter()
            .map(|pool| Line::of(pool.name, pool.color, top, |step| of(pool, step)));
        lines.collect()
    };
    // Up to four times the price.
    let price = |step: u128| Ratio::new(step * 4, STEPS).unwrap();
    let curves = lines(3 * RESERVE, &|pool, step| {
        pool.other_reserve(3 * RESERVE * step / STEPS)
    });
    let costs = lines(600, &|pool, step| pool.cost(RESERVE * step / STEPS));
    let mut values = lines(5 * RESERVE, &|pool, step| pool.value(price(step)));
    values.remove(1);
    let holding = Line::of("half of each, held apart", GRAY, 5 * RESERVE, |step| {
        Some(RESERVE + RESERVE * step * 4 / STEPS)
    });
    values.insert(0, holding);
    let losses = lines(600, &|pool, step| pool.loss(price(step)));
    [
        Picture {
            name: "curves",
            axes: ["Token0, to 3 million", "Token1, to 3 million"],
            legend: [340, 20],
            lines: curves,
        },
        Picture {
            name: "cost",
            axes: ["size, to a million", "cost, to 60%"],
            legend: [10, 30],
            lines: costs,
        },
        Picture {
            name: "value",
            axes: ["price, to 4", "value, to 5 million"],
            legend: [10, 30],
            lines: values,
        },
        Picture {
            name: "loss",
            axes: ["price, to 4", "loss beside holding, to 60%"],
            legend: [75, 22],
            lines: losses,
        },
    ]
}

/// What can be sold down to a price, and bought up to it.
fn depth() -> Picture {
    let level = |price, amount| Level {
        price,
        amount: Amount::new(amount),
    };
    let bids = [
        level(99, 20),
        level(98, 30),
        level(96, 50),
        level(93, 60),
        level(91, 20),
    ];
    let asks = [
        level(101, 10),
        level(102, 40),
        level(105, 30),
        level(107, 70),
        level(109, 20),
    ];
    let book = Ladder::<5>::new(Ratio::new(1, 100).unwrap(), &bids, &asks, Fee::NONE).unwrap();
    // Prices from 0.90 to 1.10 across, 200 units up.
    let side = |levels: &mut dyn Iterator<Item = Level>, end: u64| {
        let (mut sum, mut points) = (0, Vec::new());
        let mut to = |price: u64, sum: u128| {
            points.push([u128::from(price - 90) * WIDTH / 20, sum * HEIGHT / 200]);
        };
        for level in levels {
            to(level.price, sum);
            sum += level.amount.get();
            to(level.price, sum);
        }
        to(end, sum);
        points
    };
    let (bids, asks) = (side(&mut book.bids(), 90), side(&mut book.asks(), 110));
    let line = |name, color, points| Line {
        color,
        name,
        points,
    };
    Picture {
        name: "depth",
        axes: ["price, 0.90 to 1.10", "units, to 200"],
        legend: [200, 20],
        lines: vec![line("bids", GREEN, bids), line("asks", RED, asks)],
    }
}

/// What the optimal schedule has traded, and the impact that it leaves.
fn schedule() -> Picture {
    let (amount, top) = (Amount::new(100_000_000), 20_000_000);
    let (depth, resilience) = (
        Ratio::from_integer(1_000_000_000),
        Ratio::new(1, 480).unwrap(),
    );
    // ρT is 10, in ten intervals.
    let (start, end) = (Timestamp::new(0), 4_800);
    let schedule = OptimalSchedule::new(amount, resilience, Span::new(end), 10).unwrap();
    let mut book = ResilientBook::new(Ratio::ONE, depth, resilience, start).unwrap();
    let (mut traded, mut impacts) = (vec![[0, 0]], Vec::new());
    let height = |amount: Amount, top: u128| amount.get() * HEIGHT / top;
    let mut trade = 0;
    for time in (0..=end).step_by(60) {
        let (at, x) = (
            Timestamp::new(time),
            u128::from(time) * WIDTH / u128::from(end),
        );
        impacts.push([x, height(book.impact_at(at).unwrap().bought, top)]);
        if schedule.time_of(trade).is_ok_and(|due| due.get() == time) {
            traded.push([x, traded[traded.len() - 1][1]]);
            traded.push([x, height(schedule.traded_by(trade).unwrap(), amount.get())]);
            let size = schedule.trade(trade).unwrap();
            book.execute(Sell::Token1, size, at).unwrap();
            impacts.push([x, height(book.impact_at(at).unwrap().bought, top)]);
            trade += 1;
        }
    }
    let line = |name, color, points| Line {
        color,
        name,
        points,
    };
    Picture {
        name: "schedule",
        axes: ["time", ""],
        legend: [10, 30],
        lines: vec![
            line("bought, up to all", BLUE, traded),
            line("impact, up to a fifth of it", ORANGE, impacts),
        ],
    }
}

/// Weights that move from 90 to 10 to 50 to 50, and the price that falls with them where nobody buys.
fn bootstrapping() -> Picture {
    let (start, end) = (Timestamp::new(40), Timestamp::new(200));
    let [from, to] = [["0.9", "0.1"], ["0.5", "0.5"]];
    let [from, to] = [from, to].map(|set| set.map(|weight| weight.parse().unwrap()));
    let gradual = GradualWeights::new(start, end, from, to).unwrap();
    let reserves = [9 * RESERVE, RESERVE].map(Amount::new);
    let pool = |step: u128| {
        let mut pool = Weighted::new(reserves, from, Fee::NONE).unwrap();
        let now = Timestamp::new(step.try_into().unwrap());
        pool.set_weights(gradual.weights_at(now)).unwrap();
        pool
    };
    let price = Line::of("price, 1 at the start", BLUE, 1_000, |step| {
        let price = pool(step).price().unwrap();
        Some(
            U256::from(price.numerator())
                .mul_div(
                    U256::from(1_000_u128),
                    price.denominator().into(),
                    Rounding::Floor,
                )
                .unwrap()
                .to_u128()
                .unwrap(),
        )
    });
    let weight = Line::of(
        "weight of the token that is sold",
        ORANGE,
        Fraction::SCALE.into(),
        |step| Some(pool(step).weights()[0].raw().into()),
    );
    Picture {
        name: "bootstrapping",
        axes: ["time", ""],
        legend: [260, 20],
        lines: vec![price, weight],
    }
}

#[test]
fn the_pictures_are_drawn_from_the_markets() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let folder = docs.join("images/liquidity-curves");
    let page = std::fs::read_to_string(docs.join("mechanisms/liquidity-curves.md")).unwrap();
    let others = [depth(), schedule(), bootstrapping()];
    let pictures: Vec<_> = of_pools().into_iter().chain(others).collect();
    for picture in &pictures {
        let (name, text) = (picture.name, picture.svg());
        let file = folder.join(format!("{name}.svg"));
        if std::env::var_os("DRAW").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&file, &text).unwrap();
        }
        let found = std::fs::read_to_string(&file).unwrap();
        assert!(found == text, "{name}.svg is another than its market");
        let link = format!("(../images/liquidity-curves/{name}.svg)");
        assert_eq!(
            page.matches(&link).count(),
            1,
            "{name}.svg stands on the page once"
        );
    }
    let kept = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(pictures.len(), kept);
}
