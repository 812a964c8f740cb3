//! Who bears a loss, and what limits and guards let through.

use tokenomics_fixed_math::{fraction, wad, Amount, Span, Timestamp, Wad, U256};
use tokenomics_haircut_collateral::{
    GrowthCap, GrowthCapTerms, LossShares, LossWaterfall, PoolDeposit, RateLimit, RatioSnapshot,
    StabilityPool,
};

use super::draw::{Line, Picture, BLUE, GRAY, GREEN, ORANGE, PURPLE, RED, STEPS};

/// Over a loss, to 1,000.
pub(crate) fn waterfall() -> Picture {
    let loss = |step: u128| Amount::new(step * 1_000 / STEPS);
    let mut full = LossWaterfall::<2>::new();
    full.insure(Amount::new(150)).unwrap();
    for (tranche, amount) in [(0, 250), (1, 500)] {
        let mut held = LossShares::NONE;
        full.deposit(tranche, &mut held, Amount::new(amount))
            .unwrap();
    }
    let of = |name, color, left: fn(&LossWaterfall<2>, Amount) -> u128| {
        Line::of(name, color, 600, move |step| {
            let mut waterfall = full;
            let borne = waterfall.absorb(loss(step)).unwrap();
            Some(left(&waterfall, borne.uncovered))
        })
    };
    Picture {
        name: "waterfall",
        axes: ["loss, to 1,000", "amount, to 600"],
        legend: [300, 20],
        lines: vec![
            of("senior tranche", BLUE, |left, _| {
                left.assets(1).unwrap().get()
            }),
            of("junior tranche", ORANGE, |left, _| {
                left.assets(0).unwrap().get()
            }),
            of("insurance", GREEN, |left, _| left.insurance().get()),
            of("uncovered", RED, |_, uncovered| uncovered.get()),
        ],
    }
}

/// The base units of one, so that a picture shows no rounding.
const UNIT: u128 = 1_000_000;

/// Two deposits and their gains after each of the losses, the second of which comes after a third of them:
/// both deposits and both gains.
fn pool() -> Vec<[u128; 4]> {
    let mut pool = StabilityPool::new([U256::ZERO; 8]);
    let mut deposits = [PoolDeposit::new(); 2];
    pool.deposit(&mut deposits[0], Amount::new(600 * UNIT))
        .unwrap();
    let mut points = Vec::new();
    for step in 0..=STEPS {
        if step == STEPS / 3 {
            pool.deposit(&mut deposits[1], Amount::new(300 * UNIT))
                .unwrap();
        }
        // Twelve falls: of a fifth each, for collateral worth a tenth more.
        if step % (STEPS / 12) == 10 {
            let debt = pool.assets().get() / 5;
            let gain = Amount::new(debt * 11 / 10);
            pool.absorb(Amount::new(debt), gain).unwrap();
        }
        let [alice, bob] = deposits.map(|deposit| {
            let gain = pool.claimable(&deposit).unwrap().get();
            [pool.amount(&deposit).unwrap().get(), gain]
        });
        points.push([alice[0], alice[1], bob[0], bob[1]]);
    }
    points
}

/// Over twelve losses.
pub(crate) fn stability_pool() -> Picture {
    let points = pool();
    let of = |name, color, which: usize| {
        Line::of(name, color, 700 * UNIT, |step| {
            let point = points[usize::try_from(step).unwrap()];
            Some(point[which])
        })
    };
    Picture {
        name: "stability-pool",
        axes: ["time, twelve losses of a fifth", "amount, to 700"],
        legend: [90, 14],
        lines: vec![
            of("a deposit of 600", BLUE, 0),
            of("the collateral it gains", GREEN, 1),
            of("one of 300, made later", ORANGE, 2),
            of("the collateral it gains", PURPLE, 3),
        ],
    }
}

/// The level of a limit and what was taken within a day, of who takes all that there is each two hours from
/// the 20th hour on.
fn taken() -> Vec<[u128; 2]> {
    let at = |step: u128| Timestamp::new(u64::try_from(step * 3 * 86_400 / STEPS).unwrap());
    let day = Span::from_days(1);
    let mut limit = RateLimit::new(Amount::new(100), Amount::new(100), day, at(0)).unwrap();
    let (mut calls, mut points) = (Vec::new(), Vec::new());
    for step in 0..=STEPS {
        let now = at(step);
        // Two hours are a 36th of three days.
        if step >= STEPS * 10 / 36 && step * 36 / STEPS != (step - 1) * 36 / STEPS {
            let all = limit.allowed(now).unwrap();
            limit.take(all, now).unwrap();
            calls.push((now, all.get()));
        }
        let within = calls
            .iter()
            .filter(|(then, _)| now.since(*then) < Some(day));
        let level = 100 - limit.allowed(now).unwrap().get();
        points.push([level, within.map(|(_, amount)| amount).sum()]);
    }
    points
}

/// Over three days.
pub(crate) fn rate_limit() -> Picture {
    let points = taken();
    let of = |name, color, which: usize| {
        Line::of(name, color, 220, |step| {
            Some(points[usize::try_from(step).unwrap()][which])
        })
    };
    Picture {
        name: "rate-limit",
        axes: ["time, to 3 days", "amount, to 220"],
        legend: [10, 40],
        lines: vec![
            Line::of("burst and a day's leak", GRAY, 220, |_| Some(200)),
            of("taken within a day", ORANGE, 1),
            of("level, of a burst of 100", BLUE, 0),
        ],
    }
}

/// Over 60 days: a ratio that grows by 4% a year and is pushed up by 3% for ten days, under a cap that
/// grows by 8.72% and is moved twice.
pub(crate) fn growth_cap() -> Picture {
    let at = |step: u128| Timestamp::new(u64::try_from(step * 60 * 86_400 / STEPS).unwrap());
    let terms = GrowthCapTerms {
        growth: wad!("0.0872"),
        year: Span::from_days(365),
        max_step: fraction!("0.03"),
        min_delay: Span::from_days(3),
    };
    let first = wad!("1.15");
    let truth = move |step: u128| {
        let growth = first.raw() * 4 * 60 / 365 / 100;
        Wad::from_raw(first.raw() + growth * step / STEPS)
    };
    let pushed = move |step: u128| {
        let true_ratio = truth(step).raw();
        let is_pushed = (STEPS / 2..STEPS * 2 / 3).contains(&step);
        Wad::from_raw(true_ratio + if is_pushed { true_ratio * 3 / 100 } else { 0 })
    };
    let snapshot = RatioSnapshot {
        ratio: first,
        at: at(0),
    };
    let mut cap = GrowthCap::new(terms, snapshot, first, at(0)).unwrap();
    let mut points = Vec::new();
    for step in 0..=STEPS {
        if step == STEPS / 4 || step == STEPS * 3 / 4 {
            let snapshot = RatioSnapshot {
                ratio: truth(step),
                at: at(step),
            };
            cap.update(snapshot, truth(step), at(step)).unwrap();
        }
        let counted = cap.capped(pushed(step), at(step)).unwrap();
        points.push([cap.cap_at(at(step)).unwrap(), counted]);
    }
    let (least, range) = (wad!("1.15").raw(), wad!("0.04").raw());
    let of = |name, color, ratio: &dyn Fn(u128) -> Wad| {
        Line::of(name, color, range, |step| {
            ratio(step).raw().checked_sub(least)
        })
    };
    let point = |step: u128| points[usize::try_from(step).unwrap()];
    Picture {
        name: "growth-cap",
        axes: ["time, to 60 days", "ratio, 1.15 to 1.19"],
        legend: [10, 20],
        lines: vec![
            of("ratio, pushed up by 3% for ten days", GRAY, &pushed),
            of("cap, moved twice", ORANGE, &|step| point(step)[0]),
            of("what counts", BLUE, &|step| point(step)[1]),
        ],
    }
}
