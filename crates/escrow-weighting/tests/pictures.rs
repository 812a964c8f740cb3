//! The pictures of docs/mechanisms/escrow-weighting.md are drawn from the locks themselves. To draw them anew:
//! `DRAW=1 cargo test -p tokenomics-escrow-weighting --features alloc --test pictures`.
#![cfg(feature = "alloc")]

#[allow(dead_code, reason = "these pictures have fewer colours")]
#[path = "../../liquidity-curves/tests/pictures/draw.rs"]
mod draw;

use std::path::Path;

use draw::{Line, Picture, BLUE, GRAY, GREEN, ORANGE, PURPLE, STEPS};
use tokenomics_escrow_weighting::{
    Escrow, ExitPenalty, Growth, LengthTable, Lock, LockKind, Terms, TermsParams,
};
use tokenomics_fixed_math::{fraction, wad, Amount, Fraction, Span, Timestamp};

const WEEK: u64 = 604_800;
/// What is locked in each picture: a million.
const AMOUNT: Amount = Amount::new(1_000_000);

/// Four years of weeks, and multipliers up to two.
fn terms() -> Terms {
    Terms::from_params(TermsParams {
        max: Span::from_weeks(208),
        granule: Span::from_weeks(1),
        min: Span::from_weeks(1),
        most: wad!("2"),
    })
    .unwrap()
}

/// The time of a step of a picture that is so many weeks wide.
fn at(step: u128, weeks: u64) -> Timestamp {
    let step = u64::try_from(step).unwrap();
    Timestamp::new(step * weeks * WEEK / u64::try_from(STEPS).unwrap())
}

fn weeks(number: u64) -> Timestamp {
    Timestamp::new(number * WEEK)
}

/// What a million weighs over five years, of each kind.
fn kinds() -> Picture {
    let terms = terms();
    let of = |name, color, kind: LockKind| {
        let lock = Lock::new(AMOUNT, kind).unwrap();
        Line::of(name, color, 2_200_000, move |step| {
            let weight = lock.weight_at(at(step, 260));
            Some(terms.weight(weight).unwrap().get())
        })
    };
    let growth = Growth {
        from: wad!("1"),
        to: wad!("2"),
        since: Timestamp::ZERO,
        over: Span::from_weeks(156),
        end: None,
    };
    let table = LengthTable::new([(Span::from_weeks(52), wad!("1.5"))]).unwrap();
    let fixed = table.multiplier_for(Span::from_weeks(78));
    Picture {
        name: "kinds",
        axes: ["time, five years", "weight"],
        legend: [250, 90],
        lines: vec![
            of(
                "decaying",
                BLUE,
                terms.decaying(wad!("1"), weeks(208)).unwrap(),
            ),
            of(
                "fixed by its length",
                ORANGE,
                terms.constant(fixed, weeks(78)).unwrap(),
            ),
            of("growing with age", GREEN, terms.growing(growth).unwrap()),
            of("permanent", PURPLE, terms.permanent(wad!("0.5")).unwrap()),
        ],
    }
}

/// The total of locks that come, change and go over eight years, most of them in silence.
fn total() -> Picture {
    let terms = terms();
    let mut escrow = Escrow::new(terms);
    let until = |end| terms.decaying(wad!("1"), weeks(end)).unwrap();
    let alice = escrow.create(weeks(0), AMOUNT, until(208)).unwrap();
    let bob = escrow.create(weeks(20), AMOUNT, until(100)).unwrap();
    let later = escrow.extend(weeks(60), bob, weeks(180)).unwrap();
    let carol = escrow.create(weeks(330), AMOUNT, until(400)).unwrap();
    let line = |name, color, weight: &dyn Fn(Timestamp) -> Amount| {
        Line::of(name, color, 1_800_000, |step| {
            Some(weight(at(step, 416)).get())
        })
    };
    let known = |lock: Lock, from: Timestamp, now: Timestamp| {
        let weight = terms.weight(lock.weight_at(now)).unwrap();
        if now < from {
            Amount::ZERO
        } else {
            weight
        }
    };
    let of_bob = |now: Timestamp| {
        let version = if now < weeks(60) { bob } else { later };
        known(version, weeks(20), now)
    };
    Picture {
        name: "total",
        axes: ["time, eight years", "weight"],
        legend: [300, 20],
        lines: vec![
            line("total", BLUE, &|now| escrow.total_weight_at(now).unwrap()),
            line("a lock of four years", GRAY, &|now| {
                known(alice, weeks(0), now)
            }),
            line("one that is extended", GRAY, &of_bob),
            line("one after a silence", GRAY, &|now| {
                known(carol, weeks(330), now)
            }),
        ],
    }
}

/// What leaving costs by the time left, of two years.
fn penalty() -> Picture {
    let two_years = Span::from_weeks(104);
    let line = |name, color, penalty: ExitPenalty| {
        Line::of(name, color, Fraction::SCALE.into(), move |step| {
            let left = Span::new(at(step, 104).get());
            Some(penalty.part_for(Some(left)).raw().into())
        })
    };
    let linear = |cap| ExitPenalty::linear(two_years, cap).unwrap();
    Picture {
        name: "penalty",
        axes: ["time left, two years", "part that is lost"],
        legend: [20, 40],
        lines: vec![
            line("the time left", BLUE, linear(Fraction::ONE)),
            line(
                "and three quarters at most",
                ORANGE,
                linear(fraction!("0.75")),
            ),
            line("flat", GREEN, ExitPenalty::flat(fraction!("0.5"))),
        ],
    }
}

#[test]
fn the_pictures_are_drawn_from_the_locks() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let folder = docs.join("images/escrow-weighting");
    let page = std::fs::read_to_string(docs.join("mechanisms/escrow-weighting.md")).unwrap();
    let pictures = [kinds(), total(), penalty()];
    for picture in &pictures {
        let (name, text) = (picture.name, picture.svg());
        let file = folder.join(format!("{name}.svg"));
        if std::env::var_os("DRAW").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&file, &text).unwrap();
        }
        let found = std::fs::read_to_string(&file).unwrap();
        assert!(found == text, "{name}.svg is another than its locks");
        let link = format!("(../images/escrow-weighting/{name}.svg)");
        assert_eq!(page.matches(&link).count(), 1, "{name}.svg, once");
    }
    let kept = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(pictures.len(), kept);
}
