//! Books, what they cost and who gains, an issuer's own market and routes.

use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
use tokenomics_liquidity_curves::{
    Arbitrage, BlockTimes, ContinuousSchedule, Kyle, Ladder, Level, OptimalSchedule, PrimaryMarket,
    PrimaryMarketParams, ResilientBook, Router,
};

use super::liquidity::{a_product, fee, greeks, quotes, sell};
use super::Mechanism;
use crate::answers::Answers;
use crate::numbers::Numbers;

pub(super) const MECHANISMS: &[(&str, Mechanism)] = &[
    ("ladder", ladder),
    ("resilient_book", resilient_book),
    ("optimal_schedule", optimal_schedule),
    ("kyle", kyle),
    ("arbitrage", arbitrage),
    ("primary_market", primary_market),
    ("router", router),
];

fn ladder(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let middle = n.within(1_000, 1 << 40);
    let mut level = |price| Level {
        price,
        amount: n.amount_to(1 << 40),
    };
    let bids = [level(middle - 1), level(middle - 20)];
    let asks = [level(middle + 1), level(middle + 20)];
    let (tick, fee) = (n.ratio_to(1 << 10), fee(n, a)?);
    let ladder = Ladder::<3>::new(tick, &bids, &asks, fee);
    let mut book = a.of("Ladder::new", ladder)?;
    let names = [
        "Ladder::quote_exact_in",
        "Ladder::quote_exact_out",
        "Ladder::price_after",
        "Ladder::price",
    ];
    quotes(n, a, names, &book);
    greeks(
        n,
        a,
        ["Ladder::value_at", "Ladder::delta_at", "Ladder::gamma_at"],
        &book,
    );
    let swap = book.swap_exact_in(sell(n), n.amount_to(1 << 40));
    a.of("Ladder::swap_exact_in", swap);
    let bid = Level {
        price: middle - 5,
        amount: n.amount_to(1 << 40),
    };
    a.of("Ladder::add_bid", book.add_bid(bid));
    a.of("Ladder::remove_ask", book.remove_ask(asks[1]));
    a.of("Ladder::held", book.held());
    a.is("Ladder::state", book.state());
    Some(())
}

fn resilient_book(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let mut now = n.after(Timestamp::ZERO, 1 << 40);
    let (price, depth) = (n.ratio_to(1 << 20), n.ratio_to(1 << 30));
    let book = ResilientBook::new(price, depth, n.part(), now);
    let mut book = a.of("ResilientBook::new", book)?;
    for _ in 0..2 {
        now = n.after(now, 1 << 10);
        a.of("ResilientBook::impact_at", book.impact_at(now));
        let (sell, amount) = (sell(n), n.amount_to(1 << 30));
        a.of("ResilientBook::execute", book.execute(sell, amount, now));
        a.of(
            "ResilientBook::quote",
            book.quote(sell.opposite(), amount, now),
        );
        a.of("ResilientBook::price_at", book.price_at(now));
    }
    a.of(
        "ResilientBook::restore",
        ResilientBook::restore(book.state()),
    );
    Some(())
}

fn optimal_schedule(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (amount, resilience) = (n.amount_to(u64::MAX), n.part());
    let (time, count) = (n.span_to(1 << 20), n.within(1, 1_000) as u32);
    let schedule = OptimalSchedule::new(amount, resilience, time, count);
    let schedule = a.of("OptimalSchedule::new", schedule)?;
    let k = n.within(0, count.into()) as u32;
    a.of("OptimalSchedule::trade", schedule.trade(k));
    a.of("OptimalSchedule::traded_by", schedule.traded_by(k));
    a.of("OptimalSchedule::time_of", schedule.time_of(k));
    a.of("OptimalSchedule::cost", schedule.cost(n.ratio_to(1 << 30)));
    let limit = ContinuousSchedule::new(amount, resilience, time);
    a.of("ContinuousSchedule::rate", limit.rate());
    a.is(
        "ContinuousSchedule::traded_by",
        (limit.block(), limit.traded_by(n.span_to(1 << 20))),
    );
    Some(())
}

fn kyle(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let model = Kyle::new(n.ratio_to(1 << 30), n.amount_to(u64::MAX));
    let model = a.of("Kyle::new", model)?;
    let of = n.within(1, 6) as u32;
    let auction = model.auction(n.within(1, of.into()) as u32, of);
    let auction = a.of("Kyle::auction", auction)?;
    a.of("Auction::lambda", auction.lambda());
    a.of("Auction::beta", auction.beta());
    a.of("Auction::impact", auction.impact(n.amount_to(1 << 40)));
    a.of("Auction::order", auction.order(n.ratio_to(1 << 20)));
    a.of("Auction::expected_profit", auction.expected_profit());
    a.is("Auction::variance_left", auction.variance_left());
    Some(())
}

fn arbitrage(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (variance, blocks, fee) = (n.wad_to(4), n.within(1, 1 << 24), fee(n, a)?);
    let times = [BlockTimes::Poisson, BlockTimes::Constant][n.choice(2) as usize];
    let made = Arbitrage::new(variance, blocks, fee, times);
    let made = a.of("Arbitrage::new", made)?;
    a.is(
        "Arbitrage::share",
        (made.share(), made.loss_rate(), made.profit_rate()),
    );
    a.is("Arbitrage::profit_of", made.profit_of(n.amount()));
    Some(())
}

fn primary_market(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (redeem, more) = (n.within(1, 1 << 20), n.within(0, 1 << 10));
    let params = PrimaryMarketParams {
        mint_price: Ratio::from_integer((redeem + more).into()),
        redeem_price: Ratio::from_integer(redeem.into()),
        minimum_backing: n.part(),
        mint_fee: fee(n, a)?,
        redeem_fee: fee(n, a)?,
        period: n.span_to(1 << 20),
        mint_capacity: n.amount(),
        redeem_capacity: n.amount(),
    };
    let mut now = n.after(Timestamp::ZERO, 1 << 40);
    let mut market = a.of("PrimaryMarket::new", PrimaryMarket::new(params, now))?;
    let minted = market.mint(n.amount_to(u64::MAX), now);
    let minted = a.of("PrimaryMarket::mint", minted)?;
    let lost = Amount::new(n.number() % (minted.amount.get() / 8 + 1));
    a.of(
        "PrimaryMarket::lose_backing",
        market.lose_backing(lost, now),
    );
    now = n.after(now, 1 << 21);
    let claims = n.part_of(minted.claims);
    a.of("PrimaryMarket::backing_after", market.backing_after(claims));
    if let Some(mut redemption) = a.of("PrimaryMarket::redeem", market.redeem(claims, now)) {
        now = n.after(now, 1 << 21);
        let paid = market.claim(&mut redemption.ticket, now);
        a.of("PrimaryMarket::claim", paid);
    }
    a.is("PrimaryMarket::state", market.state());
    a.of(
        "PrimaryMarket::settled_at",
        market.settled_at(n.after(now, 1 << 21)),
    );
    a.of(
        "PrimaryMarket::restore",
        PrimaryMarket::restore(market.state()),
    );
    Some(())
}

fn router(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (one, other) = (a_product(n, a)?, a_product(n, a)?);
    let router = Router::new([&one, &other]).with_even_splits(10);
    let amount = n.amount_to(1 << 40);
    let route = router.quote_exact_in(sell(n), amount);
    let route = a.made("Router::quote_exact_in", route)?;
    a.is(
        "Router::quote_exact_in",
        (route.parts, route.amount_in, route.amount_out),
    );
    Some(())
}
