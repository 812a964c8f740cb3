//! Portfolios, liquidations, and what bears losses.

use tokenomics_fixed_math::{Amount, Decimals, Fraction, Ratio, Span, Timestamp, Wad, U256};
use tokenomics_haircut_collateral::{
    max_leverage, unit_price, Account, Band, BandGrid, BandPosition, Cap, CircuitBreaker,
    CloseFactor, Debt, Decay, DutchAuction, FixedIncentive, GrowthCap, GrowthCapTerms,
    HealthIncentive, Holding, Incentive, LiquidationTerms, LossShares, LossWaterfall, Pair,
    PoolDeposit, Portfolio, RateLimit, RatioSnapshot, SoftLiquidation, StabilityPool,
    ThresholdIncentive, Treasury, TreasuryAsset,
};

use super::haircuts::{a_haircut, margin};
use super::Mechanism;
use crate::answers::Answers;
use crate::numbers::Numbers;

pub(super) const MECHANISMS: &[(&str, Mechanism)] = &[
    ("portfolio", portfolio),
    ("headroom", headroom),
    ("account", account),
    ("liquidation", liquidation),
    ("auction", auction),
    ("write_off", write_off),
    ("soft_liquidation", soft_liquidation),
    ("loss_waterfall", loss_waterfall),
    ("stability_pool", stability_pool),
    ("cap", cap),
    ("rate_limit", rate_limit),
    ("circuit_breaker", circuit_breaker),
    ("growth_cap", growth_cap),
    ("treasury", treasury),
];

fn holding(n: &mut Numbers, a: &mut Answers) -> Option<Holding> {
    let (amount, price) = (n.amount_to(u64::MAX), n.ratio_to(1 << 20));
    Some(Holding::new(amount, price, a_haircut(n, a)?))
}

fn debt(n: &mut Numbers, a: &mut Answers) -> Option<Debt> {
    let (amount, price) = (n.amount_to(1 << 62), n.ratio_to(1 << 20));
    let add_on = a_haircut(n, a)?;
    a.of("Debt::new", Debt::new(amount, price, add_on))
}

fn portfolio(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let held = [holding(n, a)?, holding(n, a)?, holding(n, a)?];
    let owed = [debt(n, a)?, debt(n, a)?];
    let (all, margin) = (Portfolio::new(&held, &owed), margin(n));
    a.of("Portfolio::value", all.value());
    a.of("Portfolio::liabilities", all.liabilities());
    a.of("Portfolio::credit", all.credit(margin));
    a.of("Portfolio::owed", all.owed(margin));
    a.is("Portfolio::health", all.health(margin));
    a.is("Portfolio::is_healthy", all.is_healthy(margin));
    a.is(
        "Portfolio::is_liquidatable",
        (all.is_liquidatable(), all.is_solvent()),
    );
    a.is(
        "Portfolio::is_healthy_with",
        all.is_healthy_with(n.amount(), margin),
    );
    Some(())
}

fn headroom(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let held = [holding(n, a)?, holding(n, a)?];
    let owed = [debt(n, a)?];
    let (all, margin) = (Portfolio::new(&held, &owed), margin(n));
    let (add_on, price) = (a_haircut(n, a)?, n.ratio_to(1 << 20));
    a.of(
        "Portfolio::max_borrow",
        all.max_borrow(price, add_on, margin),
    );
    a.of(
        "Portfolio::max_withdraw",
        all.max_withdraw(n.choice(2) as usize, margin),
    );
    let price = all.liquidation_price(n.choice(2) as usize, margin);
    a.of("Portfolio::liquidation_price", price);
    let haircut = a_haircut(n, a)?;
    a.is("max_leverage", max_leverage(haircut, add_on, margin));
    let [asset, quote] = [
        Decimals::new(n.within(0, 18) as u8),
        Decimals::new(n.within(0, 18) as u8),
    ];
    a.of(
        "unit_price",
        unit_price(n.wad_to(1_000_000), asset.ok()?, quote.ok()?),
    );
    Some(())
}

fn account(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let mut account = Account::<4>::new();
    let (held, owed) = (holding(n, a)?, debt(n, a)?);
    a.of("Account::add_holding", account.add_holding(held));
    let second = holding(n, a)?;
    a.of("Account::add_holding", account.add_holding(second));
    a.of("Account::add_debt", account.add_debt(owed));
    a.of(
        "Account::deposit",
        account.deposit(0, n.amount_to(u64::MAX)),
    );
    a.of("Account::borrow", account.borrow(0, n.amount_to(1 << 62)));
    a.of(
        "Account::withdraw",
        account.withdraw(1, n.part_of(second.amount())),
    );
    a.of("Account::repay", account.repay(0, n.part_of(owed.amount())));
    let give = (0, n.part_of(held.amount()));
    a.of(
        "Account::exchange",
        account.exchange(give, (1, n.amount_to(1 << 40))),
    );
    let repriced = account.reprice_holding(0, n.ratio_to(1 << 20), a_haircut(n, a)?);
    a.of("Account::reprice_holding", repriced);
    let repriced = account.reprice_debt(0, n.ratio_to(1 << 20), a_haircut(n, a)?);
    a.of("Account::reprice_debt", repriced);
    a.is("Account::state", account.state());
    a.made("Account::restore", Account::restore(account.state()));
    if n.choice(4) != 0 {
        let held = account.holdings().get(1)?.amount();
        a.of("Account::withdraw", account.withdraw(1, held));
        let owed = account.debts().first()?.amount();
        a.of("Account::repay", account.repay(0, owed));
    }
    a.of("Account::remove_holding", account.remove_holding(1));
    a.of("Account::remove_debt", account.remove_debt(0));
    Some(())
}

fn incentive(n: &mut Numbers, a: &mut Answers) -> Option<Incentive> {
    let (least, more) = (n.wad_between(1, 2), n.wad_to(1));
    let most = least.checked_add(more).ok()?;
    Some(match n.choice(4) {
        0 => {
            let below_one = Wad::from_raw(n.within(0, 999_999_999_999_999_999).into());
            let made = HealthIncentive::new(least, most, below_one);
            Incentive::ByHealth(a.of("HealthIncentive::new", made)?)
        }
        1 => {
            let made = ThresholdIncentive::new(n.fraction(), most);
            Incentive::ByThreshold(a.of("ThresholdIncentive::new", made)?)
        }
        _ => Incentive::Fixed(a.of("FixedIncentive::new", FixedIncentive::new(least))?),
    })
}

fn terms(n: &mut Numbers, a: &mut Answers) -> Option<LiquidationTerms> {
    let (target, incentive) = (n.wad_between(1, 2), incentive(n, a)?);
    let close = CloseFactor::new(n.fraction(), n.wad_to(1), n.amount_to(1 << 20));
    let close = a.of("CloseFactor::new", close)?;
    let made = LiquidationTerms::new(target, close, incentive, n.amount_to(1 << 10));
    a.of("LiquidationTerms::new", made)
}

/// Two holdings and a debt near what they carry.
fn near_the_edge(n: &mut Numbers, a: &mut Answers) -> Option<([Holding; 2], [Debt; 1])> {
    let held = [holding(n, a)?, holding(n, a)?];
    let credit = Portfolio::new(&held, &[]).credit(margin(n));
    let credit = a.of("Portfolio::credit", credit)?.get();
    let owed = credit / 16 * u128::from(n.within(1, 32)) + u128::from(n.within(1, 20));
    let add_on = a_haircut(n, a)?;
    let owed = Debt::new(Amount::new(owed), n.ratio_to(2), add_on);
    Some((held, [a.of("Debt::new", owed)?]))
}

fn liquidation(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let ((held, owed), terms) = (near_the_edge(n, a)?, terms(n, a)?);
    let all = Portfolio::new(&held, &owed);
    let at_most = n.part_of(owed[0].amount());
    let pair = Pair {
        holding: n.choice(2) as u32,
        debt: 0,
    };
    let sized = terms.liquidate_pair(&all, pair, at_most);
    a.of("LiquidationTerms::liquidate_pair", sized);
    let sized = terms.liquidate(&all, at_most);
    if let Some(sized) = a.of("LiquidationTerms::liquidate", sized) {
        a.made(
            "Liquidation::verify",
            sized.verify(&terms, &all).map_err(Refused),
        );
        let taken = [0, 1].map(|index| sized.seized_of(index, &held[index]));
        a.is(
            "Liquidation::seized_of",
            (taken, sized.repaid_of(0, &owed[0])),
        );
    }
    let account = Account::<2>::from_entries(&held, &owed);
    let mut account = a.made("Account::from_entries", account)?;
    a.of("Account::liquidate", account.liquidate(&terms, at_most));
    a.is("Account::state", account.state());
    Some(())
}

/// A breach has no code; that there is one is the answer.
struct Refused<E>(E);

impl<E> crate::answers::Coded for Refused<E> {
    fn number(&self) -> u16 {
        let _ = &self.0;
        1
    }
}

fn auction(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let decay = match n.choice(3) {
        0 => Decay::Linear(n.span_to(1 << 20)),
        1 => Decay::Exponential(n.fraction_to(Fraction::SCALE - 1)),
        _ => Decay::Steps {
            factor: n.fraction_to(Fraction::SCALE - 1),
            step: n.span_to(1 << 10),
        },
    };
    let auction = DutchAuction::new(n.wad_between(1, 4), decay);
    let auction = a.of("DutchAuction::new", auction)?;
    let elapsed = n.span_to(1 << 12);
    a.is(
        "DutchAuction::price_at",
        (auction.price_at(elapsed), auction.factor_at(elapsed)),
    );
    let health = n.part();
    let factor = Incentive::Auction { auction, elapsed }.factor(n.fraction(), health);
    a.is("Incentive::factor", factor);
    let incentive = incentive(n, a)?;
    a.is("Incentive::factor", incentive.factor(n.fraction(), health));
    Some(())
}

fn write_off(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let amount = Amount::new(u128::from(n.within(0, 3) / 2));
    let held = Holding::new(amount, n.ratio_to(4), a_haircut(n, a)?);
    let owed = debt(n, a)?;
    let account = Account::<2>::from_entries(&[held], &[owed]);
    let mut account = a.made("Account::from_entries", account)?;
    a.of("Account::write_off", account.write_off());
    a.is("Account::state", account.state());
    Some(())
}

fn soft_liquidation(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let base = Ratio::from_integer(n.within(1_000, 1 << 20).into());
    let grid = a.of(
        "BandGrid::new",
        BandGrid::new(base, n.within(20, 200) as u32, 8),
    )?;
    let fee = n.fraction_to(10_000_000_000_000_000);
    let bands = SoftLiquidation::new(grid, fee, [Band::EMPTY; 8]);
    let mut bands = a.made("SoftLiquidation::new", bands)?;
    let position = BandPosition::<4>::new(n.within(1, 4) as u32, n.within(1, 4) as u32);
    let mut position = a.of("BandPosition::new", position)?;
    let paid = bands.deposit(&mut position, n.amount_to(1 << 62), base);
    a.of("SoftLiquidation::deposit", paid)?;
    a.of("SoftLiquidation::credit", bands.credit(&position, base));
    let index = n.within(0, 8) as u32;
    let price = a.of("BandGrid::upper_price", grid.upper_price(index))?;
    a.of(
        "SoftLiquidation::buy",
        bands.buy(price, n.amount_to(1 << 62), 8),
    );
    a.of("SoftLiquidation::pool_price", bands.pool_price(price));
    a.of("SoftLiquidation::amounts", bands.amounts(&position));
    a.of(
        "SoftLiquidation::sell",
        bands.sell(base, n.amount_to(1 << 62), 8),
    );
    a.of(
        "SoftLiquidation::withdraw",
        bands.withdraw(&mut position, n.fraction()),
    );
    a.is(
        "SoftLiquidation::state",
        (bands.state(), bands.bands(), position),
    );
    Some(())
}

fn loss_waterfall(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let mut layers = LossWaterfall::<2>::new();
    let mut held = [LossShares::NONE; 2];
    a.of("LossWaterfall::insure", layers.insure(n.amount()));
    for _ in 0..2 {
        let tranche = n.choice(2) as usize;
        let paid = layers.deposit(tranche, &mut held[tranche], n.amount());
        a.of("LossWaterfall::deposit", paid);
        let loss = n.part_of(layers.insurance());
        a.of("LossWaterfall::absorb", layers.absorb(loss));
        let loss = n.part_of(layers.assets(tranche).unwrap_or(Amount::ZERO));
        a.of("LossWaterfall::absorb", layers.absorb(loss));
    }
    for (tranche, held) in [0_usize, 1].iter().zip(&mut held) {
        let worth = a.of("LossWaterfall::amount", layers.amount(*tranche, held));
        let part = n.part_of(worth.unwrap_or(Amount::ZERO));
        a.of(
            "LossWaterfall::withdraw",
            layers.withdraw(*tranche, held, part),
        );
    }
    let part = n.part_of(layers.insurance());
    a.of("LossWaterfall::take_insurance", layers.take_insurance(part));
    a.is("LossWaterfall::state", (layers.state(), held));
    a.of(
        "LossWaterfall::restore",
        LossWaterfall::restore(layers.state()),
    );
    Some(())
}

fn stability_pool(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let mut pool = StabilityPool::new([U256::ZERO; 6]);
    let mut held = [PoolDeposit::new(), PoolDeposit::new()];
    for each in &mut held {
        a.of("StabilityPool::deposit", pool.deposit(each, n.amount()));
        let debt = n.part_of(pool.absorbable());
        a.of(
            "StabilityPool::absorb",
            pool.absorb(debt, n.amount_to(u64::MAX)),
        );
    }
    for each in &mut held {
        a.of("StabilityPool::claimable", pool.claimable(each));
        a.of("StabilityPool::claim", pool.claim(each));
        let worth = a.of("StabilityPool::amount", pool.amount(each));
        let part = n.part_of(worth.unwrap_or(Amount::ZERO));
        a.of("StabilityPool::withdraw", pool.withdraw(each, part));
    }
    a.is("StabilityPool::state", (pool.state(), pool.ended(), held));
    Some(())
}

fn cap(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let mut cap = Cap::new(n.amount());
    for _ in 0..2 {
        a.of("Cap::take", cap.take(n.part_of(cap.room())));
        a.of("Cap::release", cap.release(n.part_of(cap.used())));
    }
    cap.set_limit(n.amount());
    a.is("Cap::room", (cap, cap.room()));
    Some(())
}

fn rate_limit(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let mut now = Timestamp::new(n.within(0, 1 << 40));
    let limit = RateLimit::new(n.amount(), n.amount(), n.span_to(1 << 20), now);
    let mut limit = a.of("RateLimit::new", limit)?;
    for _ in 0..3 {
        now = n.after(now, 1 << 20);
        let allowed = a.of("RateLimit::allowed", limit.allowed(now))?;
        a.of("RateLimit::take", limit.take(n.part_of(allowed), now));
        a.is("RateLimit::state", limit.state());
    }
    a.of("RateLimit::give_back", limit.give_back(n.amount(), now));
    a.of(
        "RateLimit::most_within",
        limit.most_within(n.span_to(1 << 20)),
    );
    let set = limit.set_limit(n.amount(), n.amount(), n.span_to(1 << 20), now);
    a.of("RateLimit::set_limit", set);
    a.of("RateLimit::restore", RateLimit::restore(limit.state()));
    let windowed = RateLimit::from_window(n.amount(), n.span_to(1 << 20), now);
    a.of("RateLimit::from_window", windowed);
    Some(())
}

fn circuit_breaker(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let mut now = Timestamp::new(n.within(0, 1 << 40));
    let first = (n.ratio_to(1 << 30), now);
    let breaker = CircuitBreaker::new(n.fraction(), n.span_to(1 << 10), n.span_to(1 << 10), first);
    let mut breaker = a.made("CircuitBreaker::new", breaker)?;
    for _ in 0..3 {
        now = n.after(now, 1 << 10);
        a.of(
            "CircuitBreaker::observe",
            breaker.observe(n.ratio_to(1 << 30), now),
        );
        a.is(
            "CircuitBreaker::reference",
            (breaker.reference(), breaker.is_tripped()),
        );
    }
    a.made(
        "CircuitBreaker::restore",
        CircuitBreaker::restore(breaker.state()),
    );
    Some(())
}

fn growth_cap(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let at = n.within(1 << 20, 1 << 40);
    let terms = GrowthCapTerms {
        growth: n.wad_to(1),
        year: n.span_to(31_536_000),
        max_step: n.fraction(),
        min_delay: Span::new(n.within(0, 1 << 10)),
    };
    let snapshot = RatioSnapshot {
        ratio: n.wad_between(1, 2),
        at: Timestamp::new(at - n.within(1 << 10, 1 << 20)),
    };
    let now = Timestamp::new(at);
    let truth = Wad::from_raw(snapshot.ratio.raw() + n.number() % 1_000);
    let cap = GrowthCap::new(terms, snapshot, truth, now);
    let mut cap = a.of("GrowthCap::new", cap)?;
    let later = n.after(now, 1 << 24);
    a.of("GrowthCap::cap_at", cap.cap_at(later));
    a.of("GrowthCap::capped", cap.capped(n.wad_between(1, 4), later));
    let ratio = Wad::from_raw(snapshot.ratio.raw() + n.number() % 1_000_000);
    a.of(
        "GrowthCap::latest_snapshot",
        cap.latest_snapshot(ratio, truth, later),
    );
    a.of("GrowthCap::restore", GrowthCap::restore(cap.state()));
    a.of("GrowthCap::raise", cap.raise(ratio, later));
    a.is("GrowthCap::state", cap.state());
    Some(())
}

fn treasury(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let assets = [
        TreasuryAsset::native(n.amount(), n.fraction()),
        TreasuryAsset::new(n.amount(), n.fraction()),
        TreasuryAsset::new(n.amount(), n.fraction()),
    ];
    let (all, expense) = (Treasury::new(&assets), n.amount());
    a.of("Treasury::value", all.value());
    a.of("Treasury::realisable", all.realisable());
    a.of("Treasury::runway", all.runway(expense));
    a.of(
        "Treasury::runway_without_native",
        all.runway_without_native(expense),
    );
    a.of(
        "Treasury::native_sales_needed",
        all.native_sales_needed(expense),
    );
    a.of("Treasury::native_reliance", all.native_reliance());
    a.of("Treasury::concentration", all.concentration());
    let targets = n.weights();
    let trades = a.made("Treasury::trades", all.trades(&targets))?;
    trades.for_each(|trade| a.is("Treasury::trades", trade));
    Some(())
}
