//! What a route misses of the best even split, and how many quotes it takes.

mod laws;

use core::cell::Cell;

use laws::{priced, Draw, Kind, Size};
use tokenomics_fixed_math::{mul_div, Amount, Ratio, Rounding};
use tokenomics_liquidity_curves::{
    Concentrated, ConcentratedParams, ConcentratedPosition, Error, Fee, FixedTicks, Market, Route,
    Router, Sell, SqrtPrice, Swap, Tick,
};

/// Numbers that are the same on every machine: splitmix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

/// A market of about 2^bits units and a price of about 1, of one of the kinds of [`Kind`] or concentrated.
fn market(kind: usize, bits: u64, random: &mut Random) -> Box<dyn Market> {
    let one = (1_u128 << bits) + (u128::from(random.next()) % (1 << (bits - 4)));
    if kind == Kind::ALL.len() {
        return Box::new(concentrated(one, random));
    }
    let kind = Kind::ALL[kind];
    // The integers of a stable pool and a book are of a price of 1; others are within a part in 200.
    let off = match kind {
        Kind::StableSwap => 0,
        _ => one / 10_000 * u128::from(random.below(50)),
    };
    let draw = Draw {
        kind,
        reserves: [one; 2],
        fee: [random.below(40), 10_000],
        shape: [random.below(100), random.below(16)],
    };
    priced(draw, [one, one + off])
}

/// Three ranges around a price of about 1, one in the other.
fn concentrated(liquidity: u128, random: &mut Random) -> Concentrated<FixedTicks<6>> {
    let tick =
        |index: u64, side: i32| Tick::new(i32::try_from(index).unwrap() * 60 * side).unwrap();
    let fee = Fee::new(random.below(40), 10_000).unwrap();
    let params = ConcentratedParams::new(fee, 60).unwrap();
    let mut pool = Concentrated::new(params, SqrtPrice::ONE, FixedTicks::new()).unwrap();
    for width in [1, 10, 7_000] {
        let width = width + random.below(width);
        let [lower, upper] = [-1, 1].map(|side| tick(width, side));
        let mut position = ConcentratedPosition::new(lower, upper).unwrap();
        let liquidity = Amount::new(1 + liquidity / u128::from(1 + random.below(5)));
        pool.add_liquidity(&mut position, liquidity).unwrap();
    }
    pool
}

/// A direction, and whether the amount is sold or bought.
#[derive(Debug, Clone, Copy)]
struct Order {
    sell: Sell,
    is_sale: bool,
}

impl Order {
    fn any(random: &mut Random) -> Self {
        let [sell, is_sale] = [(); 2].map(|()| random.below(2) == 1);
        Self {
            sell: Sell::BOTH[usize::from(sell)],
            is_sale,
        }
    }

    fn route<const N: usize>(self, router: Router<'_, N>, amount: u128) -> Result<Route<N>, Error> {
        match self.is_sale {
            true => router.quote_exact_in(self.sell, Amount::new(amount)),
            false => router.quote_exact_out(self.sell, Amount::new(amount)),
        }
    }

    /// What an amount fetches, or what it costs below 0; `None` where it isn't taken whole.
    fn worth(self, market: &dyn Market, amount: u128) -> Option<i128> {
        let exact = Amount::new(amount);
        if amount == 0 {
            return Some(0);
        }
        let (taken, worth) = match self.is_sale {
            true => {
                let swap = market.quote_exact_in(self.sell, exact).ok()?;
                (swap.amount_in, swap.amount_out.get().try_into().ok()?)
            }
            false => {
                let swap = market.quote_exact_out(self.sell, exact).ok()?;
                let cost: i128 = swap.amount_in.get().try_into().ok()?;
                (swap.amount_out, -cost)
            }
        };
        (taken == exact).then_some(worth)
    }

    fn total<const N: usize>(self, route: &Route<N>) -> i128 {
        match self.is_sale {
            true => route.amount_out.get().try_into().unwrap(),
            false => -i128::try_from(route.amount_in.get()).unwrap(),
        }
    }
}

/// The even splits that are tried.
const PARTS: u32 = 10_000;

/// The best of all even splits over two markets; `None` where no split is taken.
fn best(order: Order, [one, other]: [&dyn Market; 2], amount: u128) -> Option<i128> {
    let totals = (0..=PARTS).filter_map(|part| {
        let first = mul_div(amount, part.into(), PARTS.into(), Rounding::Floor).unwrap();
        let worth = order.worth(one, first)?;
        Some(worth + order.worth(other, amount - first)?)
    });
    totals.max()
}

/// Over 25 pairs of kinds: none is better than a route, and none by more than a unit than one that tries
/// none, which mostly is as good.
#[test]
fn no_even_split_in_10_000_is_better() {
    let mut random = Random(1);
    let mut behind = [0; 2];
    let kinds = Kind::ALL.len() + 1;
    for number in 0..100 {
        let bits = 24 + random.below(60);
        let owned =
            [number % kinds, number / kinds % kinds].map(|kind| market(kind, bits, &mut random));
        let two = owned.each_ref().map(|market| &**market);
        let order = Order::any(&mut random);
        let amount = 1 + (u128::from(random.next()) << (bits - 23) >> (41 + random.below(16)));
        let Some(best) = best(order, two, amount) else {
            continue;
        };
        let router = Router::new(two);
        let even = order.route(router, amount).unwrap();
        assert!(order.total(&even) >= best, "{number} {order:?} {amount}");
        let plain = order.route(router.with_even_splits(0), amount).unwrap();
        let plain = order.total(&plain);
        assert!(plain + 1 >= best, "{number} {order:?} {amount}");
        behind[usize::from(plain < best)] += 1;
    }
    let [as_good, by_a_unit] = behind;
    assert!(as_good >= 90 && by_a_unit <= 5, "{behind:?}");
}

/// A market that counts what it is asked.
struct Counting<'a> {
    market: &'a dyn Market,
    quotes: &'a Cell<u32>,
}

impl Market for Counting<'_> {
    fn quote_exact_in(&self, sell: Sell, amount_in: Amount) -> Result<Swap, Error> {
        self.quotes.set(self.quotes.get() + 1);
        self.market.quote_exact_in(sell, amount_in)
    }

    fn quote_exact_out(&self, sell: Sell, amount_out: Amount) -> Result<Swap, Error> {
        self.quotes.set(self.quotes.get() + 1);
        self.market.quote_exact_out(sell, amount_out)
    }

    fn price_after(&self, sell: Sell, amount_in: Amount) -> Result<Ratio, Error> {
        self.market.price_after(sell, amount_in)
    }
}

/// Counts the quotes of a route over N markets, and what its documentation allows.
fn quotes<const N: usize>(
    order: Order,
    owned: &[Box<dyn Market>; N],
    amount: u128,
    parts: u32,
) -> [u32; 2] {
    let quotes = Cell::new(0);
    let counting = owned.each_ref().map(|market| Counting {
        market: &**market,
        quotes: &quotes,
    });
    let router = Router::new(counting.each_ref().map(|market| {
        let market: &dyn Market = market;
        market
    }));
    let _ = order.route(router.with_even_splits(parts), amount);
    let markets = u32::try_from(N).unwrap();
    let moves = 2 * markets * (markets - 1);
    let bits = u128::BITS - amount.leading_zeros();
    let splits = match parts {
        0 => 0,
        _ => moves / 2 * (parts + 1),
    };
    [
        quotes.get(),
        bits * (5 * markets + moves) + 22 * markets + splits,
    ]
}

/// Counts the quotes of routes of so many bits, and returns the most of them in percent of what is allowed.
fn most_quotes<const N: usize>(random: &mut Random) -> u32 {
    let mut most = 0;
    for number in 0..100 {
        let bits = 8 + random.below(80);
        let owned = [(); N].map(|()| {
            let kind = usize::try_from(random.below(5)).unwrap();
            market(kind, bits.saturating_sub(random.below(4)), random)
        });
        let order = Order::any(random);
        let amount = u128::from(random.next()) << 40 >> random.below(104);
        let [taken, allowed] = quotes(order, &owned, amount, number % 4 * 5);
        assert!(taken <= allowed, "{taken} of {allowed}: {order:?} {amount}");
        if number % 4 == 0 {
            most = most.max(taken * 100 / allowed);
        }
    }
    most
}

#[test]
fn a_route_takes_no_more_quotes_than_it_says() {
    let mut random = Random(2);
    // In percent: what is said is no more than a fifth above what was taken.
    let most = [
        most_quotes::<1>(&mut random),
        most_quotes::<2>(&mut random),
        most_quotes::<3>(&mut random),
        most_quotes::<5>(&mut random),
    ];
    assert!(most.iter().all(|most| *most >= 80), "{most:?}");
}

/// A pool that pays nearly all that it has for the first units, beside one that pays a unit for each: about
/// the largest amount the best split is worth more than fits, and the route is the best of those that do.
#[test]
fn a_split_worth_more_than_fits_is_none() {
    let one_for_one = Draw {
        kind: Kind::StableSwap,
        reserves: [1 << 20; 2],
        fee: [0, 1],
        shape: [0, 0],
    };
    let empty = Draw {
        kind: Kind::ConstantProduct,
        reserves: [0, 0],
        ..one_for_one
    };
    for (less, other) in [(13, 24), (9, 37), (2, 8), (0, 11)] {
        let steep = Draw {
            kind: Kind::Weighted,
            reserves: [u128::MAX - less, other],
            fee: [3, 1_000],
            shape: [0, 20],
        };
        for amount in 1..=20 {
            let size = Size {
                amount,
                is_sale: true,
                direction: true,
            };
            laws::route_is_the_best([steep, empty, one_for_one], size, 20);
        }
    }
}
