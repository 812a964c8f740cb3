//! The laws of concentrated liquidity.

use num_bigint::BigInt;
use tokenomics_fixed_math::{Amount, U256};
use tokenomics_liquidity_curves::{
    Concentrated, ConcentratedParams, ConcentratedPosition, ConcentratedState, Error, Exact, Fee,
    FixedTicks, Market, Sell, SqrtPrice, Swap, Tick, TickState, Ticks,
};

use super::draw::{big, sell};

/// The numbers that a pool is made of.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct ConcentratedDraw {
    pub spacing: u16,
    /// Millionths.
    pub fee: u32,
    /// A tick, and units of the root above it.
    pub start: (i32, u64),
    /// The protocol's parts, where they are any.
    pub protocol: [u8; 2],
    /// Between two multiples of the spacing, in any order.
    pub positions: [(i32, i32, u128); 3],
}

/// What happens to a pool.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct ConcentratedCall {
    pub kind: u8,
    pub amount: u128,
    /// The tick at a limit of the price, if it lies ahead.
    pub limit: i32,
}

pub(super) type Room = FixedTicks<6>;
pub(super) type Pool = Concentrated<Room>;

/// A pool, its positions, and what it holds of both tokens: what was handed in, less what was paid.
#[derive(Clone)]
struct World {
    pool: Pool,
    positions: Vec<ConcentratedPosition>,
    held: [BigInt; 2],
}

fn tick(number: i32) -> Tick {
    let span = 2 * i64::from(Tick::MAX.get()) + 1;
    let tick = i64::from(number).rem_euclid(span) - i64::from(Tick::MAX.get());
    Tick::new(tick.try_into().unwrap()).unwrap()
}

fn int(amount: Amount) -> BigInt {
    big(amount.get()).into()
}

impl ConcentratedDraw {
    fn params(&self) -> ConcentratedParams {
        let fee = Fee::new((self.fee % 1_000_000).into(), 1_000_000).unwrap();
        let spacing = 1 + i32::from(self.spacing % 16_383);
        ConcentratedParams::new(fee, spacing).unwrap()
    }

    pub(super) fn start(&self) -> SqrtPrice {
        let (number, above) = self.start;
        let at = tick(number).sqrt_price();
        let units = at.units().checked_add(u128::from(above).into()).unwrap();
        let most = SqrtPrice::MAX.units().checked_sub(U256::ONE).unwrap();
        SqrtPrice::new(units.min(most)).unwrap()
    }

    /// The pool, and what is drawn of positions.
    pub(super) fn pool(&self) -> (Pool, Vec<ConcentratedPosition>) {
        let World {
            pool, positions, ..
        } = self.world();
        (pool, positions)
    }

    fn world(&self) -> World {
        let params = self.params();
        let mut pool = Concentrated::new(params, self.start(), Room::new()).unwrap();
        let _ = pool.set_protocol_fee(self.protocol[0], self.protocol[1]);
        let mut world = World {
            pool,
            positions: Vec::new(),
            held: [BigInt::ZERO; 2],
        };
        for (from, to, liquidity) in self.positions {
            let ends = [from, to].map(|number| {
                let spacing = params.tick_spacing();
                Tick::new(tick(number).get() / spacing * spacing).unwrap()
            });
            let (lower, upper) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
            if let Ok(position) = ConcentratedPosition::new(lower, upper) {
                world.positions.push(position);
                let which = world.positions.len() - 1;
                world.add(which, liquidity % (params.liquidity_per_tick() + 1));
            }
        }
        world
    }
}

impl World {
    fn add(&mut self, which: usize, liquidity: u128) {
        let before = (self.pool.state(), self.positions[which]);
        let position = &mut self.positions[which];
        let quote = self
            .pool
            .quote_add_liquidity(position, Amount::new(liquidity));
        let added = self.pool.add_liquidity(position, Amount::new(liquidity));
        // Only the store of the ticks knows that it is full.
        assert!(added == quote || matches!(added, Err(Error::Full { .. })));
        match added {
            Ok(added) => {
                self.held[0] += int(added.amounts[0]);
                self.held[1] += int(added.amounts[1]);
            }
            Err(_) => assert_eq!(before, (self.pool.state(), self.positions[which])),
        }
    }

    fn remove(&mut self, which: usize, liquidity: u128) {
        let before = (self.pool.state(), self.positions[which]);
        let position = &mut self.positions[which];
        let quote = self
            .pool
            .quote_remove_liquidity(position, Amount::new(liquidity));
        let removed = self.pool.remove_liquidity(position, Amount::new(liquidity));
        assert_eq!(removed, quote);
        if removed.is_err() {
            assert_eq!(before, (self.pool.state(), self.positions[which]));
        }
    }

    fn collect(&mut self, which: usize) {
        let (paid0, paid1) = self.positions[which].collect(Amount::MAX, Amount::MAX);
        self.held[0] -= int(paid0);
        self.held[1] -= int(paid1);
        self.solvent();
    }

    fn collect_for_the_protocol(&mut self) {
        let (paid0, paid1) = self.pool.collect_protocol_fees(Amount::MAX, Amount::MAX);
        self.held[0] -= int(paid0);
        self.held[1] -= int(paid1);
        self.solvent();
    }

    fn swap(&mut self, sell: Sell, exact: Exact, limit: SqrtPrice) -> Result<Swap, Error> {
        let before = (self.pool.state(), all_ticks(&self.pool));
        let swap = self.pool.swap(sell, exact, limit);
        let Ok(moved) = swap else {
            assert_eq!(before, (self.pool.state(), all_ticks(&self.pool)));
            return swap;
        };
        let (sold, bought) = match sell {
            Sell::Token0 => (0, 1),
            Sell::Token1 => (1, 0),
        };
        self.held[sold] += int(moved.amount_in);
        self.held[bought] -= int(moved.amount_out);
        self.solvent();
        swap
    }

    fn solvent(&self) {
        for held in &self.held {
            assert!(*held >= BigInt::ZERO, "{:?}", self.held);
        }
    }

    fn call(&mut self, call: ConcentratedCall) {
        let ConcentratedCall {
            kind,
            amount,
            limit,
        } = call;
        let exact = [Exact::In, Exact::Out][usize::from(kind / 4 % 2)](Amount::new(amount));
        let which = usize::from(kind / 8) % self.positions.len().max(1);
        match kind % 4 {
            0 | 1 => {
                let _ = self.swap(sell(kind % 4 == 1), exact, tick(limit).sqrt_price());
            }
            _ if self.positions.is_empty() => {}
            2 => self.add(which, amount),
            _ => {
                let liquidity = self.positions[which].liquidity().get();
                self.remove(which, amount.min(liquidity));
                self.collect_for_the_protocol();
                self.collect(which);
            }
        }
    }
}

fn all_ticks(pool: &Pool) -> Vec<(Tick, TickState)> {
    let first = pool.ticks().at_or_below(Tick::MIN);
    let next = |(tick, _): &(Tick, TickState)| pool.ticks().above(*tick);
    let first = first.or_else(|| pool.ticks().above(Tick::MIN));
    std::iter::successors(first, next).collect()
}

fn furthest(sell: Sell) -> SqrtPrice {
    let units = match sell {
        Sell::Token0 => SqrtPrice::MIN.units().checked_add(U256::ONE),
        Sell::Token1 => SqrtPrice::MAX.units().checked_sub(U256::ONE),
    };
    SqrtPrice::new(units.unwrap()).unwrap()
}

/// Whatever happens, a pool never pays more than was handed in, and after all is taken out none of the
/// ticks is left; its liquidity is always that of the ticks below the price, and what is refused changes
/// nothing.
pub fn concentrated_is_solvent(draw: ConcentratedDraw, calls: [ConcentratedCall; 6]) {
    let mut world = draw.world();
    for call in calls {
        world.call(call);
        let restored = Concentrated::restore(world.pool.state(), *world.pool.ticks());
        assert_eq!(restored.unwrap().state(), world.pool.state());
    }
    for which in 0..world.positions.len() {
        let liquidity = world.positions[which].liquidity().get();
        world.remove(which, liquidity);
        world.collect(which);
    }
    world.collect_for_the_protocol();
    if world
        .positions
        .iter()
        .all(|position| position.liquidity().is_zero())
    {
        assert_eq!(all_ticks(&world.pool), []);
        assert!(world.pool.liquidity().is_zero());
    }
}

/// Selling what was bought fetches no more than it cost.
pub fn concentrated_round_trip(draw: ConcentratedDraw, direction: bool, amount: u128) {
    let (mut world, sell) = (draw.world(), sell(direction));
    let exact = Exact::In(Amount::new(amount));
    let Ok(there) = world.swap(sell, exact, furthest(sell)) else {
        return;
    };
    let back = sell.opposite();
    let exact = Exact::In(there.amount_out);
    if let Ok(back) = world.swap(back, exact, furthest(back)) {
        assert!(back.amount_out <= there.amount_in, "{there:?} {back:?}");
    }
}

/// Without a fee, selling in two parts never fetches more than selling at once, and buying in two parts
/// never costs less.
pub fn concentrated_split(draw: ConcentratedDraw, direction: bool, first: u128, second: u128) {
    let world = ConcentratedDraw { fee: 0, ..draw }.world();
    let sell = sell(direction);
    let Some(sum) = first.checked_add(second).map(Amount::new) else {
        return;
    };
    let whole = |of: fn(Amount) -> Exact| world.clone().swap(sell, of(sum), furthest(sell));
    let parts = |of: fn(Amount) -> Exact| {
        let mut world = world.clone();
        let parts =
            [first, second].map(|amount| world.swap(sell, of(Amount::new(amount)), furthest(sell)));
        let [Ok(one), Ok(two)] = parts else {
            return None;
        };
        let amount_in = big(one.amount_in.get()) + big(two.amount_in.get());
        Some((
            amount_in,
            big(one.amount_out.get()) + big(two.amount_out.get()),
        ))
    };
    if let (Ok(whole), Some((_, fetched))) = (whole(Exact::In), parts(Exact::In)) {
        if whole.amount_in == sum {
            assert!(fetched <= big(whole.amount_out.get()), "{whole:?}");
        }
    }
    if let (Ok(whole), Some((cost, bought))) = (whole(Exact::Out), parts(Exact::Out)) {
        if whole.amount_out == sum && bought == big(sum.get()) {
            assert!(cost >= big(whole.amount_in.get()), "{whole:?}");
        }
    }
}

/// What is handed in for an amount fetches it.
pub fn concentrated_against_the_pool(draw: ConcentratedDraw, direction: bool, amount: u128) {
    let (world, sell) = (draw.world(), sell(direction));
    let amount = Amount::new(amount);
    let Ok(bought) = world.pool.quote_exact_out(sell, amount) else {
        return;
    };
    match world.pool.quote_exact_in(sell, bought.amount_in) {
        Ok(fetched) => assert!(fetched.amount_out >= amount, "{bought:?} {fetched:?}"),
        // One unit handed in may fetch so many that they are more than 128 bits count.
        Err(error) => assert!(matches!(error, Error::Overflow { .. }), "{error}"),
    }
}

/// A quote is what the swap moves, all of it or nothing.
pub fn concentrated_quoted(draw: ConcentratedDraw, direction: bool, amount: u128) {
    let (world, sell, amount) = (draw.world(), sell(direction), Amount::new(amount));
    let quotes = [
        world.pool.quote_exact_in(sell, amount),
        world.pool.quote_exact_out(sell, amount),
    ];
    let after = world.pool.price_after(sell, amount);
    let mut pools = [world.pool.clone(), world.pool.clone()];
    let [first, second] = &mut pools;
    let swaps = [
        first.swap_exact_in(sell, amount),
        second.swap_exact_out(sell, amount),
    ];
    assert_eq!(quotes, swaps);
    for (swap, pool) in swaps.iter().zip(&pools) {
        if swap.is_err() {
            assert_eq!(pool.state(), world.pool.state());
        }
    }
    if let [Ok(sold), bought] = swaps {
        assert_eq!(sold.amount_in, amount);
        assert_eq!(pools[0].price(), after);
        assert!(bought.is_err() || bought.unwrap().amount_out == amount);
    }
}

/// Fees are shared by the liquidity that they were paid to: what the positions gather is never more than
/// a swap's fee, and less by a unit for each position and each step at most.
pub fn concentrated_fees_are_shared(draw: ConcentratedDraw, direction: bool, amount: u128) {
    let (mut world, sell) = (draw.world(), sell(direction));
    let start = world.pool.tick().get();
    let exact = Exact::In(Amount::new(amount));
    let Ok(swap) = world.swap(sell, exact, furthest(sell)) else {
        return;
    };
    let places =
        start.abs_diff(world.pool.tick().get()) / world.pool.params().tick_spacing().unsigned_abs();
    let steps = places / 256 + 3 + 6;
    let taken = world.pool.protocol_fees();
    let mut gathered = big(taken.owed0.get()) + big(taken.owed1.get());
    for position in &mut world.positions {
        if world.pool.remove_liquidity(position, Amount::ZERO).is_ok() {
            let (owed, other) = match sell {
                Sell::Token0 => (position.owed0(), position.owed1()),
                Sell::Token1 => (position.owed1(), position.owed0()),
            };
            assert!(other.is_zero());
            gathered += big(owed.get());
        }
    }
    let fee = big(swap.fee.get());
    assert!(gathered <= fee, "{gathered} {fee}");
    if !world
        .positions
        .iter()
        .all(|position| position.liquidity().is_zero())
    {
        // Where no liquidity is, all that is left of a sale is a fee that nobody gathers: there is none.
        assert!(fee <= gathered + steps + 3_u8, "{swap:?}");
    }
}

/// A pool whose state is stored and read back trades on as if it had not been.
pub fn concentrated_restored_is_the_same(draw: ConcentratedDraw, calls: [ConcentratedCall; 6]) {
    let mut world = draw.world();
    let mut stored = world.clone();
    for call in calls {
        let state: ConcentratedState = stored.pool.state();
        stored.pool = Concentrated::restore(state, *stored.pool.ticks()).unwrap();
        for position in &mut stored.positions {
            *position = ConcentratedPosition::restore(position.state()).unwrap();
        }
        world.call(call);
        stored.call(call);
        assert_eq!(world.pool.state(), stored.pool.state());
        assert_eq!(world.positions, stored.positions);
        assert_eq!(all_ticks(&world.pool), all_ticks(&stored.pool));
    }
}
