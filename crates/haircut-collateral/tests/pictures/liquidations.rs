//! What a liquidation repays and seizes, and what it pays for it.

use tokenomics_fixed_math::{fraction, wad, Amount, Fraction, Ratio, Span, Wad};
use tokenomics_haircut_collateral::{
    CloseFactor, Debt, Decay, DutchAuction, FixedIncentive, Haircut, HealthIncentive, Holding,
    Incentive, LiquidationTerms, Portfolio, ThresholdIncentive,
};

use super::draw::{Line, Picture, BLUE, GRAY, GREEN, ORANGE, PURPLE, STEPS};

/// What is held, at a weight of 80%.
const HELD: u128 = 1_000_000;
const CREDIT: u128 = 800_000;

/// From 70% to 100%, in units of 3/2400 of 1.
fn health(step: u128) -> Ratio {
    let parts = STEPS * 10;
    Ratio::new(parts * 7 / 10 + step * parts * 3 / 10 / STEPS, parts).unwrap()
}

/// What is owed at this health.
fn owed(step: u128) -> u128 {
    let health = health(step);
    CREDIT * health.denominator() / health.numerator() + 1
}

/// What is repaid and seized at this health.
fn sizes(terms: &LiquidationTerms, step: u128) -> Option<[u128; 2]> {
    let weight = Haircut::uniform(fraction!("0.2"));
    let held = [Holding::new(Amount::new(HELD), Ratio::ONE, weight)];
    let owed = [Debt::new(Amount::new(owed(step)), Ratio::ONE, Haircut::NONE).unwrap()];
    let portfolio = Portfolio::new(&held, &owed);
    let done = terms.liquidate(&portfolio, Amount::MAX).ok()?;
    let (repaid, seized) = (done.repaid_of(0, &owed[0]), done.seized_of(0, &held[0]));
    Some([repaid.get(), seized.get()])
}

/// Over health, from 70% to 100%.
pub(crate) fn liquidation() -> Picture {
    let incentive = Incentive::Fixed(FixedIncentive::new(wad!("1.05")).unwrap());
    let terms = |close_factor| {
        LiquidationTerms::new(wad!("1.1"), close_factor, incentive, Amount::ZERO).unwrap()
    };
    let whole = terms(CloseFactor::WHOLE);
    let half = CloseFactor::new(fraction!("0.5"), wad!("0.95"), Amount::ZERO).unwrap();
    let half = terms(half);
    let top = 1_200_000;
    let of = |name, color, terms: LiquidationTerms, which: usize| {
        Line::of(name, color, top, move |step| {
            sizes(&terms, step).map(|sizes| sizes[which])
        })
    };
    Picture {
        name: "liquidation",
        axes: ["health, 70% to 100%", "value, to 1,200,000"],
        legend: [10, 100],
        lines: vec![
            Line::of("owed, of 1,000,000 held", GRAY, top, |step| {
                Some(owed(step))
            }),
            of("seized, at 5% to a health of 1.1", ORANGE, whole, 1),
            of("repaid", BLUE, whole, 0),
            of("repaid, by half above 95%", GREEN, half, 0),
        ],
    }
}

/// The factor above 1, to 30%.
fn bonus(name: &'static str, color: &'static str, factor: impl Fn(u128) -> Wad) -> Line {
    let top = Wad::SCALE * 3 / 10;
    Line::of(name, color, top, |step| {
        factor(step).raw().checked_sub(Wad::SCALE)
    })
}

/// Over health, from 70% to 100%.
pub(crate) fn incentive() -> Picture {
    let weight = fraction!("0.8");
    let of = |name, color, incentive: Incentive, weight: Fraction| {
        bonus(name, color, move |step| {
            incentive.factor(weight, health(step))
        })
    };
    let fixed = Incentive::Fixed(FixedIncentive::new(wad!("1.05")).unwrap());
    let by_health = HealthIncentive::new(wad!("1.02"), wad!("1.1"), wad!("0.85")).unwrap();
    let by_threshold = ThresholdIncentive::new(fraction!("0.3"), wad!("1.15")).unwrap();
    let by_threshold = Incentive::ByThreshold(by_threshold);
    // Value over debts: health over the weight.
    let cover = |step| {
        let (health, weight) = (health(step), u128::from(weight.raw()));
        Wad::from_raw(health.numerator() * Wad::SCALE / health.denominator() * Wad::SCALE / weight)
    };
    Picture {
        name: "incentive",
        axes: ["health, 70% to 100%", "incentive, to 30%"],
        legend: [10, 20],
        lines: vec![
            bonus(
                "what is held over what is owed, at a weight of 80%",
                GRAY,
                cover,
            ),
            of(
                "by threshold, of a weight of 50%",
                PURPLE,
                by_threshold,
                fraction!("0.5"),
            ),
            of(
                "by threshold, of a weight of 80%",
                ORANGE,
                by_threshold,
                weight,
            ),
            of(
                "by health, 2% to 10%",
                BLUE,
                Incentive::ByHealth(by_health),
                weight,
            ),
            of("fixed, 5%", GREEN, fixed, weight),
        ],
    }
}

/// Over the time since an auction began, to an hour.
pub(crate) fn auction() -> Picture {
    let elapsed = |step: u128| Span::new(u64::try_from(step * 3_600 / STEPS).unwrap());
    let of = |name, color, decay| {
        let auction = DutchAuction::new(wad!("1.2"), decay).unwrap();
        let top = 2 * Wad::SCALE;
        Line::of(name, color, top, move |step| {
            Some(auction.factor_at(elapsed(step)).raw())
        })
    };
    let (factor, step) = (fraction!("0.95"), Span::new(300));
    Picture {
        name: "auction",
        axes: ["time, to an hour", "value seized for one repaid, to 2"],
        legend: [10, 20],
        lines: vec![
            Line::of(
                "1, at which nothing is gained",
                GRAY,
                2 * Wad::SCALE,
                |_| Some(Wad::SCALE),
            ),
            of(
                "a line to 0 in an hour",
                BLUE,
                Decay::Linear(Span::new(3_600)),
            ),
            of(
                "0.01% a second",
                ORANGE,
                Decay::Exponential(fraction!("0.9999")),
            ),
            of("5% each five minutes", GREEN, Decay::Steps { factor, step }),
        ],
    }
}
