//! The pictures of docs/mechanisms/emission-curves.md are drawn from the curves themselves, which stand
//! as JSON in a comment under each. To draw them anew:
//! `DRAW=1 cargo test -p tokenomics-emission-curves --all-features --test pictures`.
#![cfg(all(feature = "serde", feature = "alloc"))]

use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;
use tokenomics_emission_curves::{
    Baseline, Capped, Curve, PerBlock, Phase, Phases, SimpleCurve, Tail,
};
use tokenomics_fixed_math::Timestamp;

const WIDTH: u64 = 480;
const HEIGHT: u128 = 160;
/// As high as the picture.
const TOTAL: u128 = 1_000_000;

/// What a line of a picture shows.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Drawn {
    Capped(Capped<SimpleCurve>),
    Tail(Tail<SimpleCurve>),
    PerBlock(PerBlock<SimpleCurve>),
    Phases(Phases<Vec<Phase<SimpleCurve>>>),
    Baseline(Baseline),
    #[serde(skip)]
    Simple(SimpleCurve),
}

impl Drawn {
    fn emitted_at(&self, time: u64) -> u128 {
        let at = Timestamp::new(time);
        let emitted = match self {
            Self::Capped(curve) => curve.emitted_at(at),
            Self::Tail(curve) => curve.emitted_at(at),
            Self::PerBlock(curve) => curve.emitted_at(at),
            Self::Phases(curve) => curve.emitted_at(at),
            Self::Baseline(baseline) => {
                // A network at a constant power, which the baseline outgrows.
                let on = baseline.baseline_by(Timestamp::new(time.min(70))).unwrap();
                let realized = on + u128::from(time.saturating_sub(70)) * 2 * baseline.power();
                baseline.minted_by(baseline.effective_time(realized).unwrap())
            }
            Self::Simple(curve) => curve.emitted_at(at),
        };
        emitted.get()
    }
}

/// What has been emitted by each of so many times, as a path.
fn path(drawn: &Drawn) -> String {
    let height = |x: u64| HEIGHT - drawn.emitted_at(x).min(TOTAL) * HEIGHT / TOTAL;
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

/// Curves in the order in which they are drawn, each with its class: what a curve is made of or told
/// from is dashed, and lies below it.
fn picture(lines: &[(&str, Drawn)]) -> String {
    let (width, height) = (WIDTH + 16, HEIGHT + 16);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-8 -8 {width} {height}\" width=\"{width}\" height=\"{height}\">\n<style>{STYLE}</style>\n<path class=\"f\" d=\"M0 -4V{HEIGHT}H{}\"/>\n",
        WIDTH + 4,
    );
    let (parts, own): (Vec<_>, Vec<_>) = lines.iter().partition(|(class, _)| *class == "c");
    for (class, drawn) in parts.into_iter().chain(own) {
        let _ = writeln!(text, "<path class=\"{class}\" d=\"{}\"/>", path(drawn));
    }
    text.push_str("</svg>\n");
    text
}

/// What a line of the comment under a picture says.
fn line(line: &str) -> (&'static str, Drawn) {
    let (how, curve) = line.split_once(' ').unwrap();
    let class = match how {
        "blue" => "a",
        "dashed" => "c",
        other => panic!("{other} is no line"),
    };
    let simple = serde_json::from_str(curve).map(Drawn::Simple);
    (
        class,
        simple.or_else(|_| serde_json::from_str(curve)).unwrap(),
    )
}

/// The name of each picture of the page, and the picture.
fn pictures(page: &str) -> impl Iterator<Item = (&str, String)> {
    page.split("(../images/emission-curves/")
        .skip(1)
        .map(|rest| {
            let (name, rest) = rest.split_once(".svg)\n<!-- draw\n").unwrap();
            let (comment, _) = rest.split_once("-->").unwrap();
            let lines: Vec<_> = comment.trim().lines().map(line).collect();
            (name, picture(&lines))
        })
}

#[test]
fn the_pictures_are_drawn_from_the_curves() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let folder = docs.join("images/emission-curves");
    let page = std::fs::read_to_string(docs.join("mechanisms/emission-curves.md")).unwrap();
    let mut drawn = 0;
    for (name, text) in pictures(&page) {
        let file = folder.join(format!("{name}.svg"));
        if std::env::var_os("DRAW").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&file, &text).unwrap();
        }
        let found = std::fs::read_to_string(&file).unwrap();
        assert!(found == text, "{name}.svg is another than its curve");
        drawn += 1;
    }
    let kept = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(drawn, kept, "each picture stands on the page once");
}
