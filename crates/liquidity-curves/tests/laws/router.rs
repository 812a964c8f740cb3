//! The laws of the router.

use num_bigint::BigUint;
use tokenomics_fixed_math::{mul_div, Amount, Fraction, Ratio, Rounding};
use tokenomics_liquidity_curves::{
    Error, Ladder, Level, Market, Quantity, Route, Router, Sell, Swap, Weighted,
};

use super::draw::{big, sell, Draw, Kind, Trade};

/// A size, and whether it is sold or bought.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Size {
    pub amount: u128,
    pub is_sale: bool,
    pub direction: bool,
}

impl Size {
    fn sell(&self) -> Sell {
        sell(self.direction)
    }

    fn route<const N: usize>(&self, router: Router<'_, N>) -> Result<Route<N>, Error> {
        match self.is_sale {
            true => router.quote_exact_in(self.sell(), Amount::new(self.amount)),
            false => router.quote_exact_out(self.sell(), Amount::new(self.amount)),
        }
    }

    fn quote(&self, market: &dyn Market, amount: u128) -> Result<Swap, Error> {
        match self.is_sale {
            true => market.quote_exact_in(self.sell(), Amount::new(amount)),
            false => market.quote_exact_out(self.sell(), Amount::new(amount)),
        }
    }

    /// What an amount fetches or costs, where it is taken whole.
    fn worth(&self, market: &dyn Market, amount: u128) -> Option<BigUint> {
        if amount == 0 {
            return Some(big(0_u8));
        }
        let swap = self.quote(market, amount).ok()?;
        match self.is_sale {
            true => (swap.amount_in.get() == amount).then(|| big(swap.amount_out.get())),
            false => Some(big(swap.amount_in.get())),
        }
    }

    fn is_better(&self, one: &BigUint, other: &BigUint) -> bool {
        match self.is_sale {
            true => one > other,
            false => one < other,
        }
    }

    fn total<const N: usize>(&self, route: &Route<N>) -> BigUint {
        match self.is_sale {
            true => big(route.amount_out.get()),
            false => big(route.amount_in.get()),
        }
    }

    /// What each of these splits fetches or costs in all, where its parts are taken whole.
    fn totals<const N: usize>(
        &self,
        markets: [&dyn Market; N],
        splits: impl Iterator<Item = [u128; N]>,
    ) -> Vec<BigUint> {
        let totals = splits.filter_map(|parts| {
            let worths = markets.into_iter().zip(parts);
            worths.map(|(market, part)| self.worth(market, part)).sum()
        });
        totals.collect()
    }

    /// The best of some totals.
    fn best(&self, totals: impl IntoIterator<Item = BigUint>) -> Option<BigUint> {
        let totals = totals.into_iter();
        totals.reduce(|one, other| match self.is_better(&other, &one) {
            true => other,
            false => one,
        })
    }
}

/// Whether an amount can be so large.
fn fits(total: &BigUint) -> bool {
    *total <= big(u128::MAX)
}

fn markets<const N: usize>(owned: &[Box<dyn Trade>; N]) -> [&dyn Market; N] {
    owned.each_ref().map(|market| {
        let market: &dyn Market = &**market;
        market
    })
}

/// A router that tries no even splits, which take longer than all else.
fn quick<const N: usize>(markets: [&dyn Market; N]) -> Router<'_, N> {
    Router::new(markets).with_even_splits(0)
}

/// Of two markets no even split is better than a route that tries them, and no better than any route by
/// more than rounding; up to 20 units no split of three is better at all. A split that fetches or costs more
/// than fits isn't one, and is refused where the search ends at it.
pub fn route_is_the_best(draws: [Draw; 3], size: Size, parts: u16) {
    let owned = draws.map(|draw| draw.market());
    let three = markets(&owned);
    let few = Size {
        amount: size.amount % 21,
        ..size
    };
    no_split_of_a_few_is_better(three, few);
    no_even_split_is_better([three[0], three[1]], size, 1 + parts % 64);
}

fn no_split_of_a_few_is_better(markets: [&dyn Market; 3], few: Size) {
    let splits = (0..=few.amount).flat_map(|first| {
        (0..=few.amount - first).map(move |second| [first, second, few.amount - first - second])
    });
    let totals = few.totals(markets, splits);
    match few.route(quick(markets)) {
        Ok(route) => {
            let best = few.best(totals.into_iter().filter(fits));
            assert_eq!(Some(few.total(&route)), best);
        }
        Err(Error::Overflow { .. }) => {
            assert!(few.best(totals).is_none_or(|best| !fits(&best)));
        }
        Err(_) => assert_eq!(totals, []),
    }
}

fn no_even_split_is_better(markets: [&dyn Market; 2], size: Size, parts: u16) {
    let even = (0..=parts).map(|part| {
        let (part, parts) = (part.into(), parts.into());
        let first = mul_div(size.amount, part, parts, Rounding::Floor).unwrap();
        [first, size.amount - first]
    });
    let totals = size.totals(markets, even);
    if totals.is_empty() {
        return;
    }
    let router = Router::new(markets).with_even_splits(parts.into());
    match size.route(router) {
        Ok(route) => {
            let best = size.best(totals.into_iter().filter(fits));
            let is_better = |best: &BigUint| size.is_better(best, &size.total(&route));
            assert!(!best.as_ref().is_some_and(is_better), "{route:?} {best:?}");
        }
        Err(error) => {
            assert!(matches!(error, Error::Overflow { .. }), "{error}");
            assert!(size.best(totals) > Some(big(u128::MAX >> 1_u32)));
        }
    }
}

/// A route is the markets' own quotes, which sum to the size. What all markets together don't take is
/// refused, and what they are said to take is taken.
pub fn route_sums(draws: [Draw; 3], size: Size) {
    let owned = draws.map(|draw| draw.market());
    let three = markets(&owned);
    match size.route(quick(three)) {
        Ok(route) => {
            let sum = |of: fn(&Swap) -> Amount| -> BigUint {
                route.parts.iter().map(|part| big(of(part).get())).sum()
            };
            assert_eq!(sum(|part| part.amount_in), big(route.amount_in.get()));
            assert_eq!(sum(|part| part.amount_out), big(route.amount_out.get()));
            let exact = match size.is_sale {
                true => route.amount_in,
                false => route.amount_out,
            };
            assert_eq!(exact.get(), size.amount);
            for (market, part) in three.into_iter().zip(&route.parts) {
                let amount = match size.is_sale {
                    true => part.amount_in,
                    false => part.amount_out,
                };
                assert!(amount.is_zero() || size.quote(market, amount.get()) == Ok(*part));
            }
        }
        Err(Error::OutOfRange { what, value, bound }) => {
            let exact = match size.is_sale {
                true => Quantity::AmountIn,
                false => Quantity::AmountOut,
            };
            assert!(what == exact && value == size.amount && bound < value);
            let most = Size {
                amount: bound,
                ..size
            };
            let taken = most.route(quick(three));
            assert!(matches!(taken, Ok(_) | Err(Error::Overflow { .. })));
        }
        Err(error) => assert!(matches!(error, Error::Overflow { .. }), "{error}"),
    }
}

/// Units that are far less than a millionth of a deep market, and of which a unit is less than that.
const SOME: u128 = 1 << 34;

/// At the end of a route over deep markets, no market's price at the margin after its fee is better than
/// that of a curve in use by more than a millionth.
pub fn margins_equal(draws: [Draw; 3], size: Size) {
    // About 2^60 units and the same price; fees below 2%.
    let deep = |number: u128| (1 << 60) + number % (1 << 58);
    let draws = draws.map(|draw| Draw {
        reserves: draw.reserves.map(deep),
        fee: [draw.fee[0] % 20, 1_000],
        shape: draw.shape.map(|number| 20 + number % 60),
        ..draw
    });
    let size = Size {
        amount: (1 << 50) + size.amount % (1 << 62),
        is_sale: true,
        ..size
    };
    let owned = draws.map(|draw| draw.market());
    let Ok(route) = size.route(quick(markets(&owned))) else {
        return;
    };
    let mut used = Vec::new();
    let mut margins = Vec::new();
    for (market, part) in owned.iter().zip(&route.parts) {
        let is_book = market.is_book();
        // By the quotes, as the fee that stays in a pool moves its price too.
        let amount = part.amount_in.get();
        let (now, then) = (
            size.worth(&**market, amount),
            size.worth(&**market, amount + SOME),
        );
        let Some((now, then)) = now.zip(then) else {
            continue;
        };
        let margin = then - now;
        // What a part of a few units is worth is below rounding.
        if !is_book && part.amount_in.get() > 1 << 30 {
            used.push(margin.clone());
        }
        margins.push(margin);
    }
    for used in &used {
        for other in &margins {
            assert!(other * 1_000_000_u32 <= used * 1_000_001_u32, "{route:?}");
        }
    }
}

/// Selling what a route has bought by a route back fetches no more than was handed in, where all markets
/// have the same price at first: out of line, there and back is arbitrage.
pub fn route_never_gains(draws: [Draw; 3], size: Size) {
    let stable = draws.iter().any(|draw| draw.kind == Kind::StableSwap);
    let [x, y] = draws[0].reserves.map(|reserve| 1 + (reserve >> 12));
    let price = [x, if stable { x } else { y }];
    let mut owned = draws.map(|draw| priced(draw, price));
    let Ok(route) = size.route(quick(markets(&owned))) else {
        return;
    };
    for (market, part) in owned.iter_mut().zip(&route.parts) {
        let swap = match size.is_sale {
            true => market.swap_exact_in(size.sell(), part.amount_in),
            false => market.swap_exact_out(size.sell(), part.amount_out),
        };
        assert!(part.amount_in.is_zero() || swap == Ok(*part));
    }
    let back = quick(markets(&owned));
    let opposite = size.sell().opposite();
    if let Ok(back) = back.quote_exact_in(opposite, route.amount_out) {
        assert!(back.amount_out <= route.amount_in, "{route:?} {back:?}");
    }
}

/// A market at the price y/x.
pub fn priced(draw: Draw, [x, y]: [u128; 2]) -> Box<dyn Trade> {
    let [number, form] = draw.shape;
    let times = 1 + u128::from(form % 16);
    let reserves = [x * times, y * times];
    match draw.kind {
        Kind::Weighted => {
            let percent = 1 + number % 99;
            let weights = [percent, 100 - percent];
            let [one, other] = weights.map(u128::from);
            let reserves = [x * one, y * other].map(Amount::new);
            let weights = weights.map(|each| Fraction::from_percent(each).unwrap());
            Box::new(Weighted::new(reserves, weights, draw.fee()).unwrap())
        }
        Kind::Ladder => {
            let level = |price| Level {
                price,
                amount: Amount::new(1 + x / 1_000 * times),
            };
            let tick = Ratio::new(y, x * 100).unwrap();
            let (bids, asks) = ([level(100), level(99)], [level(101), level(104)]);
            let book = Ladder::<4>::new(tick, &bids, &asks, draw.fee());
            Box::new(book.unwrap())
        }
        _ => Draw { reserves, ..draw }.market(),
    }
}
