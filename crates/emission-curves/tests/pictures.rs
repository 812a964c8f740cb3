//! The pictures of docs/mechanisms/emission-curves.md are drawn from the curves themselves. To draw them
//! anew: `DRAW=1 cargo test -p tokenomics-emission-curves --test pictures`.

use std::fmt::Write as _;
use std::path::Path;

use tokenomics_emission_curves::{
    ArrayEpochs, Baseline, Capped, Compounding, CompoundingParams, Constant, Curve, Decay,
    Disinflation, DisinflationParams, Exponential, Geometric, GeometricEpochs,
    GeometricEpochsParams, GeometricParams, LinearRate, Logistic, PerBlock, Phase, Phases, Point,
    StepEpochs, Tail,
};
use tokenomics_fixed_math::{fraction, Amount, LogisticGrowth, Ratio, Span, Timestamp};

const WIDTH: u64 = 480;
const HEIGHT: u128 = 160;
/// As high as the picture.
const TOTAL: u128 = 1_000_000;
const START: Timestamp = Timestamp::ZERO;
const END: Timestamp = Timestamp::new(400);

/// What has been emitted by each of so many times, as a path.
fn path(emitted: &dyn Fn(u64) -> u128) -> String {
    let height = |x: u64| HEIGHT - emitted(x).min(TOTAL) * HEIGHT / TOTAL;
    let mut path = format!("M0 {}", height(0));
    for x in 1..=WIDTH {
        let (before, now) = (height(x - 1), height(x));
        if before != now {
            let _ = write!(path, "L{x} {now}");
        } else if x == WIDTH || height(x + 1) != now {
            let _ = write!(path, "H{x}");
        }
    }
    path
}

const STYLE: &str = "path{fill:none;stroke-width:2.5;stroke-linejoin:round}\
.a{stroke:#0969da}.c{stroke:#8c959f;stroke-dasharray:5 4;stroke-width:1.5}\
.f{stroke:#8c959f;stroke-width:1}";

type Line<'l> = &'l dyn Fn(u64) -> u128;

/// A curve over what it is made of or told from.
fn picture(own: Line<'_>, others: &[Line<'_>]) -> String {
    let (width, height) = (WIDTH + 16, HEIGHT + 16);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-8 -8 {width} {height}\" width=\"{width}\" height=\"{height}\">\n<style>{STYLE}</style>\n<path class=\"f\" d=\"M0 -4V{HEIGHT}H{}\"/>\n",
        WIDTH + 4,
    );
    for other in others {
        let _ = writeln!(text, "<path class=\"c\" d=\"{}\"/>", path(other));
    }
    let _ = writeln!(text, "<path class=\"a\" d=\"{}\"/>\n</svg>", path(own));
    text
}

fn of(curve: &impl Curve) -> impl Fn(u64) -> u128 + '_ {
    |time| curve.emitted_at(Timestamp::new(time)).get()
}

fn per(amount: u128, time: u128) -> Ratio {
    Ratio::new(amount, time).unwrap()
}

fn of_one_rate(draw: &mut impl FnMut(&str, Line<'_>, &[Line<'_>])) {
    let all = Amount::new(TOTAL);
    let constant = Constant::of_total(START, END, all).unwrap();
    draw("constant", &of(&constant), &[]);
    let falling = LinearRate::new(START, END, per(TOTAL, 200), Ratio::ZERO).unwrap();
    draw("linear-rate", &of(&falling), &[&of(&constant)]);
    let point = |time, emitted| Point::new(Timestamp::new(time), Amount::new(emitted));
    let points = [
        point(0, 0),
        point(120, 500_000),
        point(200, 500_000),
        point(400, TOTAL),
    ];
    draw("step-epochs", &of(&StepEpochs::new(points).unwrap()), &[]);
    let ramp = |from, to, first, last| {
        let (from, to) = (Timestamp::new(from), Timestamp::new(to));
        Phase::new(from, LinearRate::new(from, to, first, last).unwrap())
    };
    let (none, most) = (Ratio::ZERO, per(TOTAL, 225));
    let phases = [
        ramp(0, 150, none, most),
        ramp(150, 225, most, most),
        ramp(225, 375, most, none),
    ];
    draw("phases", &of(&Phases::new(phases).unwrap()), &[]);
    let capped = Capped::new(constant, Amount::new(600_000));
    draw("capped", &of(&capped), &[&of(&constant)]);
    // Ten blocks, one in each 40 units of time.
    let by_height = Constant::of_total(START, Timestamp::new(10), all).unwrap();
    let blocks = PerBlock::new(by_height, START, per(40, 1)).unwrap();
    draw("per-block", &of(&blocks), &[&of(&constant)]);
}

fn of_a_part(draw: &mut impl FnMut(&str, Line<'_>, &[Line<'_>])) {
    let (all, late) = (Amount::new(TOTAL), Timestamp::MAX);
    let half = Decay::HalfLife(Span::new(100));
    let exponential = Exponential::new(START, late, all, half).unwrap();
    draw("exponential", &of(&exponential), &[]);
    let halving = Geometric::new(GeometricParams {
        start: START,
        end: late,
        epoch: Span::new(100),
        total: all,
        decay: per(1, 2),
    })
    .unwrap();
    draw("geometric", &of(&halving), &[&of(&exponential)]);
    let epochs = GeometricEpochs::<ArrayEpochs<16>>::in_array(GeometricEpochsParams {
        start: START,
        length: Span::new(100),
        initial_rate: Amount::new(4_000),
        decay: per(1, 2),
        max_epochs: None,
    });
    draw("geometric-epochs", &of(&epochs.unwrap()), &[]);
    let year = Span::new(60);
    let supply = Amount::new(TOTAL / 2);
    let compounding = Compounding::new(CompoundingParams {
        start: START,
        end: END,
        supply,
        rate: per(11, 100),
        period: year,
    })
    .unwrap();
    draw("compounding", &of(&compounding), &[]);
    let tail = Tail::new(exponential, per(600, 1), Timestamp::new(1_000)).unwrap();
    draw("tail", &of(&tail), &[&of(&exponential)]);
    let falling = Disinflation::new(DisinflationParams {
        start: START,
        end: END,
        supply,
        year,
        initial: fraction!("0.35"),
        taper: fraction!("0.25"),
        terminal: fraction!("0.05"),
    })
    .unwrap();
    draw("disinflation", &of(&falling), &[]);
    let small = Amount::new(TOTAL / 100);
    let logistic = LogisticGrowth::new(small, all, per(1, 36)).unwrap();
    let logistic = Logistic::new(START, late, logistic).unwrap();
    draw("logistic", &of(&logistic), &[]);
    let baseline = Baseline::new(all, half, 1_000_000, per(101, 100)).unwrap();
    // A network at a constant power, which the baseline outgrows.
    let behind = |time: u64| {
        let on = baseline.baseline_by(Timestamp::new(time.min(70))).unwrap();
        let realized = on + u128::from(time.saturating_sub(70)) * 2_000_000;
        let effective = baseline.effective_time(realized).unwrap();
        baseline.minted_by(effective).get()
    };
    draw("baseline", &behind, &[&of(&exponential)]);
}

#[test]
fn the_pictures_are_drawn_from_the_curves() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let folder = docs.join("images/emission-curves");
    let page = std::fs::read_to_string(docs.join("mechanisms/emission-curves.md")).unwrap();
    let mut drawn = 0;
    let mut draw = |name: &str, own: Line<'_>, others: &[Line<'_>]| {
        let file = folder.join(format!("{name}.svg"));
        let text = picture(own, others);
        if std::env::var_os("DRAW").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&file, &text).unwrap();
        }
        let found = std::fs::read_to_string(&file).unwrap();
        assert!(found == text, "{name}.svg is another than its curve");
        let shown = format!("(../images/emission-curves/{name}.svg)");
        assert!(page.contains(&shown), "{name}.svg stands on no page");
        drawn += 1;
    };
    of_one_rate(&mut draw);
    of_a_part(&mut draw);
    assert_eq!(page.matches("(../images/emission-curves/").count(), drawn);
}
