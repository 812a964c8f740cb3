//! The pictures of docs/mechanisms/haircut-collateral.md are drawn from the rules themselves. To draw them
//! anew: `DRAW=1 cargo test -p tokenomics-haircut-collateral --test pictures`.

mod bands;
mod draw;
mod liquidations;
mod losses;

use std::path::Path;

use draw::{Line, Picture, BLUE, GRAY, GREEN, ORANGE, PURPLE, RED, STEPS};
use tokenomics_fixed_math::{
    fraction, wad, Amount, Decimals, Fraction, Ratio, Span, Timestamp, Wad,
};
use tokenomics_haircut_collateral::{
    ConcentrationCap, ConcentrationThreshold, DepthBudget, EarlyExit, LiquidityRange,
    SquareRootSize, TimeToExit, Volatility,
};
use tokenomics_haircut_collateral::{
    Correlation, CorrelationMatrix, CorrelationOffset, CorrelationStress, Exposure, Haircut,
    Holding, Margin, Payer, PostedMeans, ProtectedHolding, Protection, ProtectionTerms,
};

fn line(name: &'static str, color: &'static str, cut: impl Fn(u128) -> Fraction) -> Line {
    let top = Fraction::SCALE.into();
    Line::of(name, color, top, |step| Some(cut(step).raw().into()))
}

/// Over a total of up to 10,000 tokens.
fn size() -> Picture {
    let total = |step: u128| Amount::new(step * 10_000 / STEPS);
    let budget = DepthBudget::new(Amount::new(100), fraction!("0.02")).unwrap();
    let cap = ConcentrationCap::new(Amount::new(4_000));
    let threshold = ConcentrationThreshold::new(Amount::new(2_000)).unwrap();
    let root = SquareRootSize::new(fraction!("0.02"), Decimals::ZERO);
    let tenth = |step| Amount::new(total(step).get() / 10);
    Picture {
        name: "size",
        axes: ["total, to 10,000", "haircut, to 100%"],
        legend: [10, 30],
        lines: vec![
            line("depth of 100 at 2%", BLUE, |step| {
                budget.haircut(total(step))
            }),
            line("cap of 4,000", ORANGE, |step| cap.haircut(total(step))),
            line("threshold of 2,000, on 20%", GREEN, |step| {
                threshold.haircut(fraction!("0.2"), total(step))
            }),
            line("root of one account, f = 0.02", PURPLE, |step| {
                root.haircut(total(step))
            }),
            line("the same, split over ten", GRAY, |step| {
                root.haircut(tenth(step))
            }),
        ],
    }
}

/// Over a horizon of up to 20 days.
fn volatility() -> Picture {
    let horizon = |step: u128| Span::from_hours(u32::try_from(step * 480 / STEPS).unwrap());
    let rule = |floor| Volatility::new(wad!("2.33"), Span::from_days(1), floor).unwrap();
    let (alone, stressed) = (rule(Fraction::ZERO), rule(fraction!("0.47")));
    Picture {
        name: "volatility",
        axes: ["horizon, to 20 days", "haircut, to 100%"],
        legend: [10, 20],
        lines: vec![
            line("σ = 5% a day, with a floor of 47%", BLUE, |step| {
                stressed.haircut(wad!("0.05"), horizon(step))
            }),
            line("σ = 10% a day, with that floor", ORANGE, |step| {
                stressed.haircut(wad!("0.1"), horizon(step))
            }),
            line("σ = 5% a day, without one", GRAY, |step| {
                alone.haircut(wad!("0.05"), horizon(step))
            }),
        ],
    }
}

/// Over a fall of up to all.
fn liquidity() -> Picture {
    let fall = |step: u128| Fraction::from_raw((step * 1_000_000_000_000_000_000 / STEPS) as u64);
    let variance = wad!("0.01");
    let around = |lower, upper| {
        let price = |percent| Ratio::new(percent, 100).unwrap();
        LiquidityRange::new(price(lower), Some(price(upper))).unwrap()
    };
    let of = |name, color, range: LiquidityRange| {
        line(name, color, move |step| {
            range.haircut(Ratio::ONE, fall(step).unwrap(), variance)
        })
    };
    Picture {
        name: "liquidity",
        axes: ["fall of the price, to 100%", "haircut, to 100%"],
        legend: [10, 20],
        lines: vec![
            line("the token itself", GRAY, |step| fall(step).unwrap()),
            of("a share of a pool", BLUE, LiquidityRange::FULL),
            of("a range, ½ to 2", ORANGE, around(50, 200)),
            of("a range, 0.9 to 1.11", RED, around(90, 111)),
            of("a range that ends at the price", PURPLE, around(50, 100)),
        ],
    }
}

/// Over a time of up to four years.
fn time_to_exit() -> Picture {
    let left = |step: u128| Span::from_days(u32::try_from(step * 1_460 / STEPS).unwrap());
    let rule = |rate: Wad| TimeToExit::new(rate, Span::from_days(365)).unwrap();
    let (slow, fast) = (rule(wad!("0.1")), rule(wad!("0.4")));
    let exit = EarlyExit {
        penalty: fraction!("0.3"),
        wait: Span::from_days(30),
    };
    Picture {
        name: "time-to-exit",
        axes: ["time left, to 4 years", "haircut, to 100%"],
        legend: [10, 20],
        lines: vec![
            line("40% a year", BLUE, |step| fast.haircut(left(step), None)),
            line("with an exit at 30% and 30 days", ORANGE, |step| {
                fast.haircut(left(step), Some(exit))
            }),
            line("10% a year", GREEN, |step| slow.haircut(left(step), None)),
        ],
    }
}

/// Over a correlation from −1 to 1, of two equal risks.
fn offset() -> Picture {
    let half = Fraction::from_percent(50).unwrap();
    let risk = |step: u128, stress, most_offset, owed: bool| {
        let bps = i16::try_from(step * 20_000 / STEPS).unwrap() - 10_000;
        let matrix = CorrelationMatrix::new(2, &[Correlation::from_bps(bps).unwrap()]).unwrap();
        let rule = CorrelationOffset::new(matrix, stress, most_offset);
        let value = Amount::new(10_000);
        let other = if owed {
            Exposure::owed(1, value, half)
        } else {
            Exposure::held(1, value, half)
        };
        let risk = rule.risk(&[Exposure::held(0, value, half), other]).unwrap();
        Some(risk.whole.get())
    };
    let (to_one, to_zero) = (half, half);
    let (none, stress) = (
        CorrelationStress::NONE,
        CorrelationStress { to_one, to_zero },
    );
    let (all, most) = (Fraction::ONE, fraction!("0.4"));
    let of = |name, color, stress, most, owed| {
        Line::of(name, color, 10_000, move |step| {
            risk(step, stress, most, owed)
        })
    };
    Picture {
        name: "offset",
        axes: ["correlation, −1 to 1", "risk, to the sum of the parts"],
        legend: [150, 120],
        lines: vec![
            of("two that are held", GRAY, none, all, false),
            of("and half of the way to 1", BLUE, stress, all, false),
            of(
                "a hedge, and half of the way to 0",
                ORANGE,
                stress,
                all,
                true,
            ),
            of("with an offset of at most 40%", RED, stress, most, true),
        ],
    }
}

/// Over a fall of up to all, of a holding of 100 with a put at 80.
fn protection() -> Picture {
    let amount = Amount::new(1_000_000);
    let terms = ProtectionTerms::new(Span::ZERO, Span::new(1)).unwrap();
    let credit = |step: u128, joint: Fraction, claims: u128, means: u128| {
        let fall = Fraction::from_raw((step * 1_000_000_000_000_000_000 / STEPS) as u64).unwrap();
        let strike = Ratio::new(80, 100).unwrap();
        let protection = Protection::new(amount, strike, Timestamp::MAX, Timestamp::MAX);
        let posted = PostedMeans {
            value: Amount::new(means),
            haircut: Fraction::ZERO,
            joint,
        };
        let claim = protection.claim(Ratio::ONE, fall).unwrap().get();
        let holding = Holding::new(amount, Ratio::ONE, Haircut::uniform(fall));
        let payer = Payer::new(posted.recoverable(fall), Amount::new(claim * claims));
        let protected = ProtectedHolding {
            holding,
            protection,
            payer,
        };
        let credit = protected.credit(&terms, Margin::Initial, Timestamp::new(0));
        Some(credit.unwrap().get())
    };
    let of = |name, color, joint, claims, means| {
        Line::of(name, color, amount.get(), move |step| {
            credit(step, joint, claims, means)
        })
    };
    let (none, all) = (Fraction::ZERO, Fraction::ONE);
    Picture {
        name: "protection",
        axes: ["fall of the price, to 100%", "credit, to the value before"],
        legend: [10, 120],
        lines: vec![
            of("without protection", GRAY, none, 1, 0),
            of("by dollars", GREEN, none, 1, 2_000_000),
            of("by the asset itself", BLUE, all, 1, 2_000_000),
            of("and three more claim as much", RED, all, 4, 2_000_000),
        ],
    }
}

#[test]
fn the_pictures_are_drawn_from_the_rules() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let folder = docs.join("images/haircut-collateral");
    let page = std::fs::read_to_string(docs.join("mechanisms/haircut-collateral.md")).unwrap();
    let pictures = [
        size(),
        volatility(),
        liquidity(),
        time_to_exit(),
        offset(),
        protection(),
        bands::bands(),
        liquidations::liquidation(),
        liquidations::incentive(),
        liquidations::auction(),
        losses::waterfall(),
        losses::stability_pool(),
        losses::rate_limit(),
        losses::growth_cap(),
    ];
    for picture in pictures {
        let (name, text) = (picture.name, picture.svg());
        let file = folder.join(format!("{name}.svg"));
        if std::env::var_os("DRAW").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&file, &text).unwrap();
        }
        let found = std::fs::read_to_string(&file).unwrap();
        assert!(found == text, "{name}.svg is another than its rule");
        let link = format!("(../images/haircut-collateral/{name}.svg)");
        assert_eq!(
            page.matches(&link).count(),
            1,
            "{name}.svg stands on the page once"
        );
    }
}
