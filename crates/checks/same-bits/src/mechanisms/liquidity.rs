//! Pools and their positions.

use tokenomics_fixed_math::{Amount, Rounding, Wad};
use tokenomics_liquidity_curves::{
    Amplification, Concentrated, ConcentratedParams, ConcentratedPosition, ConstantProduct, Exact,
    Fee, FixedTicks, GradualWeights, Market, Part, Position, Range, Sell, SqrtPrice, StableSwap,
    Tick, Weighted,
};

use super::Mechanism;
use crate::answers::Answers;
use crate::numbers::Numbers;

pub(super) const MECHANISMS: &[(&str, Mechanism)] = &[
    ("constant_product", constant_product),
    ("constant_product_position", constant_product_position),
    ("weighted", weighted),
    ("weighted_liquidity", weighted_liquidity),
    ("gradual_weights", gradual_weights),
    ("stable_swap", stable_swap),
    ("stable_swap_liquidity", stable_swap_liquidity),
    ("concentrated", concentrated),
    ("range", range),
    ("tick", tick),
];

pub(super) fn sell(n: &mut Numbers) -> Sell {
    [Sell::Token0, Sell::Token1][n.choice(2) as usize]
}

pub(super) fn fee(n: &mut Numbers, a: &mut Answers) -> Option<Fee> {
    let denominator = n.within(2, 1_000_000);
    a.of(
        "Fee::new",
        Fee::new(n.within(0, denominator / 2), denominator),
    )
}

pub(super) fn quotes(
    n: &mut Numbers,
    a: &mut Answers,
    names: [&'static str; 4],
    market: &impl Market,
) {
    let (sell, amount) = (sell(n), n.amount_to(1 << 62));
    a.of(names[0], market.quote_exact_in(sell, amount));
    a.of(names[1], market.quote_exact_out(sell, n.amount_to(1 << 50)));
    a.of(names[2], market.price_after(sell, amount));
    a.of(names[3], market.price());
}

pub(super) fn greeks(
    n: &mut Numbers,
    a: &mut Answers,
    names: [&'static str; 3],
    position: &impl Position,
) {
    let price = n.ratio_to(1 << 20);
    a.of(names[0], position.value_at(price));
    a.of(names[1], position.delta_at(price));
    a.of(names[2], position.gamma_at(price));
}

pub(super) fn a_product(n: &mut Numbers, a: &mut Answers) -> Option<ConstantProduct> {
    let (reserves, fee) = ([n.amount_to(u64::MAX), n.amount_to(u64::MAX)], fee(n, a)?);
    let pool = ConstantProduct::new(reserves[0], reserves[1], fee);
    a.of("ConstantProduct::new", pool)
}

const PRODUCT: [&str; 4] = [
    "ConstantProduct::quote_exact_in",
    "ConstantProduct::quote_exact_out",
    "ConstantProduct::price_after",
    "ConstantProduct::price",
];

fn constant_product(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let mut pool = a_product(n, a)?;
    quotes(n, a, PRODUCT, &pool);
    let largest = pool.largest_sale(sell(n), n.fraction());
    a.of("ConstantProduct::largest_sale", largest);
    let swap = pool.swap_exact_in(sell(n), n.amount_to(u64::MAX));
    a.of("ConstantProduct::swap_exact_in", swap);
    let out = n.part_of(pool.reserve1());
    a.of(
        "ConstantProduct::swap_exact_out",
        pool.swap_exact_out(Sell::Token0, out),
    );
    let added = pool.add_liquidity(n.amount_to(u64::MAX), n.amount_to(u64::MAX));
    a.of("ConstantProduct::add_liquidity", added);
    let removed = pool.remove_liquidity(n.part_of(pool.shares()));
    a.of("ConstantProduct::remove_liquidity", removed);
    a.is("ConstantProduct::state", pool.state());
    a.of(
        "ConstantProduct::restore",
        ConstantProduct::restore(pool.state()),
    );
    Some(())
}

fn constant_product_position(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let pool = a_product(n, a)?;
    let names = [
        "ConstantProduct::value_at",
        "ConstantProduct::delta_at",
        "ConstantProduct::gamma_at",
    ];
    greeks(n, a, names, &pool);
    let all = pool.shares();
    let part = Part::new(&pool, n.part_of(all), all);
    let part = a.made("Part::new", part)?;
    greeks(
        n,
        a,
        ["Part::value_at", "Part::delta_at", "Part::gamma_at"],
        &part,
    );
    Some(())
}

fn a_weighted(n: &mut Numbers, a: &mut Answers) -> Option<Weighted<3>> {
    let reserves = [
        n.amount_to(1 << 62),
        n.amount_to(1 << 62),
        n.amount_to(1 << 62),
    ];
    let (weights, fee) = (n.weights(), fee(n, a)?);
    a.of("Weighted::new", Weighted::new(reserves, weights, fee))
}

fn weighted(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let mut pool = a_weighted(n, a)?;
    let names = [
        "WeightedPair::quote_exact_in",
        "WeightedPair::quote_exact_out",
        "WeightedPair::price_after",
        "WeightedPair::price",
    ];
    let pair = a.of("Weighted::pair", pool.pair(0, 2))?;
    quotes(n, a, names, &pair);
    let swap = pool.swap_exact_in(0, 1, n.amount_to(1 << 62));
    a.of("Weighted::swap_exact_in", swap);
    let out = n.part_of(pool.reserves()[2]);
    a.of("Weighted::swap_exact_out", pool.swap_exact_out(1, 2, out));
    a.is("Weighted::state", pool.state());
    Some(())
}

fn weighted_liquidity(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let mut pool = a_weighted(n, a)?;
    a.of("Weighted::invariant", pool.invariant(Rounding::Ceil));
    let amounts = [
        n.amount_to(1 << 62),
        n.amount_to(1 << 62),
        n.amount_to(1 << 62),
    ];
    a.of("Weighted::add_liquidity", pool.add_liquidity(amounts));
    a.of(
        "Weighted::add_single",
        pool.add_single(1, n.amount_to(1 << 62)),
    );
    let part = Amount::new(n.number() % (pool.shares().get() / 4 + 1));
    a.of("Weighted::remove_single", pool.remove_single(0, part));
    let part = n.part_of(pool.shares());
    a.of("Weighted::remove_liquidity", pool.remove_liquidity(part));
    a.is("Weighted::state", pool.state());
    a.of("Weighted::restore", Weighted::restore(pool.state()));
    Some(())
}

fn gradual_weights(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let [start, end] = n.interval();
    let weights = GradualWeights::new(start, end, n.weights(), n.weights());
    let weights = a.of("GradualWeights::new", weights)?;
    a.is(
        "GradualWeights::weights_at",
        weights.weights_at(n.near([start, end])),
    );
    Some(())
}

fn a_stable(n: &mut Numbers, a: &mut Answers) -> Option<StableSwap<2>> {
    let least = n.within(1, 1 << 40);
    let more = n.within(0, least.saturating_mul(100));
    let reserves = [least, least + more].map(|units| Amount::new(units.into()));
    let units = Amplification::new(n.within(1, 10_000) as u32);
    let (amplification, fee) = (a.of("Amplification::new", units)?, fee(n, a)?);
    let pool = StableSwap::new(amplification, fee, [Wad::SCALE; 2], reserves);
    a.of("StableSwap::new", pool)
}

fn stable_swap(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let mut pool = a_stable(n, a)?;
    let (sell, amount) = (sell(n), n.amount_to(1 << 40));
    let pair = a.made("StableSwap::pair", pool.pair(0, 1))?;
    a.of(
        "StablePair::quote_exact_in",
        pair.quote_exact_in(sell, amount),
    );
    a.of(
        "StablePair::contract_exact_in",
        pair.contract_exact_in(sell, amount),
    );
    a.of("StablePair::price", pair.price());
    let out = n.part_of(pool.reserves()[1]);
    a.of("StableSwap::swap_exact_out", pool.swap_exact_out(0, 1, out));
    a.of(
        "StableSwap::swap_exact_in",
        pool.swap_exact_in(1, 0, amount),
    );
    a.of("StableSwap::virtual_price", pool.virtual_price());
    a.is("StableSwap::state", pool.state());
    Some(())
}

fn stable_swap_liquidity(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let mut pool = a_stable(n, a)?;
    a.of("StableSwap::invariant", pool.invariant(Rounding::Floor));
    let amounts = [n.amount_to(1 << 40), n.amount_to(1 << 40)];
    a.of("StableSwap::add_liquidity", pool.add_liquidity(amounts));
    let part = Amount::new(n.number() % (pool.shares().get() / 4 + 1));
    a.of("StableSwap::remove_single", pool.remove_single(0, part));
    let part = n.part_of(pool.shares());
    a.of("StableSwap::remove_liquidity", pool.remove_liquidity(part));
    a.is("StableSwap::state", pool.state());
    a.of("StableSwap::restore", StableSwap::restore(pool.state()));
    Some(())
}

fn a_tick(n: &mut Numbers, a: &mut Answers, spacing: i32) -> Option<Tick> {
    let place = n.within(0, 200) as i32 - 100;
    a.of("Tick::new", Tick::new(place * spacing))
}

fn two_ticks(n: &mut Numbers, a: &mut Answers, spacing: i32) -> Option<[Tick; 2]> {
    let lower = a_tick(n, a, spacing)?;
    let upper = lower.get() + n.within(1, 100) as i32 * spacing;
    Some([lower, a.of("Tick::new", Tick::new(upper))?])
}

fn concentrated(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let spacing = n.within(1, 200) as i32;
    let params = ConcentratedParams::new(fee(n, a)?, spacing);
    let params = a.of("ConcentratedParams::new", params)?;
    let price = a_tick(n, a, spacing)?.sqrt_price();
    let pool = Concentrated::new(params, price, FixedTicks::<4>::new());
    let mut pool = a.made("Concentrated::new", pool)?;
    let places = [n.within(90, 200), n.within(90, 200)].map(|it| it as i32);
    let lower = a.of("Tick::new", Tick::new(-places[0] * spacing))?;
    let upper = a.of("Tick::new", Tick::new(places[1] * spacing))?;
    let position = ConcentratedPosition::new(lower, upper);
    let mut position = a.of("ConcentratedPosition::new", position)?;
    let liquidity = Amount::new(n.within(1 << 45, u64::MAX).into());
    let added = pool.add_liquidity(&mut position, liquidity);
    a.of("Concentrated::add_liquidity", added);
    let swap = pool.swap_exact_in(sell(n), n.amount_to(1 << 34));
    a.of("Concentrated::swap_exact_in", swap);
    let limit = a_tick(n, a, spacing)?.sqrt_price();
    let exact = Exact::In(n.amount_to(1 << 40));
    a.of("Concentrated::swap", pool.swap(sell(n), exact, limit));
    a.of("Concentrated::swap_to", pool.swap_to(limit));
    let removed = pool.remove_liquidity(&mut position, n.part_of(liquidity));
    a.of("Concentrated::remove_liquidity", removed);
    a.is(
        "ConcentratedPosition::collect",
        position.collect(Amount::MAX, n.amount()),
    );
    a.is("Concentrated::state", (pool.state(), position));
    Some(())
}

fn range(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let [lower, upper] = two_ticks(n, a, 10)?.map(Tick::sqrt_price);
    let range = a.of(
        "Range::new",
        Range::new(lower, upper, n.amount_to(u64::MAX)),
    )?;
    let price = a_tick(n, a, 10)?.sqrt_price();
    a.of(
        "Range::value_at_sqrt_price",
        range.value_at_sqrt_price(price),
    );
    a.of(
        "Range::delta_at_sqrt_price",
        range.delta_at_sqrt_price(price),
    );
    a.of(
        "Range::gamma_at_sqrt_price",
        range.gamma_at_sqrt_price(price),
    );
    a.is(
        "Range::liquidity_for",
        range.liquidity_for(price, n.amount(), n.amount()),
    );
    a.of("Range::concentration_at", range.concentration_at(price));
    greeks(
        n,
        a,
        ["Range::value_at", "Range::delta_at", "Range::gamma_at"],
        &range,
    );
    Some(())
}

fn tick(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let tick = Tick::new(n.within(0, 1_774_544) as i32 - 887_272);
    let price = a.of("Tick::new", tick)?.sqrt_price();
    a.is("Tick::sqrt_price", (price, price.tick()));
    a.of("SqrtPrice::price", price.price());
    let price = a.of(
        "SqrtPrice::from_price",
        SqrtPrice::from_price(n.ratio_to(1 << 62)),
    )?;
    a.is("SqrtPrice::tick", price.tick());
    Some(())
}
