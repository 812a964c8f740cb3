//! The pictures of docs/mechanisms/vesting.md are drawn from the schedules themselves, which stand as
//! JSON in a comment under each. To draw them anew:
//! `DRAW=1 cargo test -p tokenomics-vesting --all-features --test pictures`.
#![cfg(all(feature = "serde", feature = "alloc"))]

use std::fmt::Write as _;
use std::path::Path;

use tokenomics_fixed_math::Timestamp;
use tokenomics_vesting::{AnySchedule, Schedule};

const WIDTH: u64 = 480;
const HEIGHT: u128 = 160;
/// What is all of a schedule: as high as the picture.
const TOTAL: u128 = 1_000_000;

/// One line of a picture: of the schedule itself, or dashed, of what it is made of.
struct Line {
    schedule: AnySchedule,
    class: &'static str,
}

/// What the comment under a picture says.
struct Drawing {
    from: u64,
    /// The length of a picture's point.
    unit: u64,
    lines: Vec<Line>,
}

impl Drawing {
    fn read(comment: &str) -> Self {
        let mut drawing = Self {
            from: 0,
            unit: 1,
            lines: Vec::new(),
        };
        for line in comment.trim().lines() {
            let (how, what) = line.split_once(' ').unwrap();
            let class = match how {
                "blue" => "a",
                "orange" => "b",
                "dashed" => "c",
                "days" => {
                    drawing.from = what.trim_start_matches("from ").parse().unwrap();
                    drawing.unit = 86_400;
                    continue;
                }
                other => panic!("{other} is no line"),
            };
            let schedule = serde_json::from_str(what).unwrap();
            drawing.lines.push(Line { schedule, class });
        }
        drawing
    }
}

/// What has vested at each of so many times, as a path.
fn path(schedule: &dyn Schedule, from: u64, unit: u64) -> String {
    let height = |x: u64| {
        let vested = schedule.vested_at(Timestamp::new(from + x * unit)).get();
        HEIGHT - vested * HEIGHT / TOTAL
    };
    let mut path = format!("M0 {}", height(0));
    for x in 1..=WIDTH {
        let (before, now) = (height(x - 1), height(x));
        // What jumps goes straight up; what stands is one line.
        if before > now + 3 {
            let _ = write!(path, "H{x}V{now}");
        } else if before != now {
            let _ = write!(path, "L{x} {now}");
        } else if x == WIDTH || height(x + 1) != now {
            let _ = write!(path, "H{x}");
        }
    }
    path
}

const STYLE: &str = "path{fill:none;stroke-width:2.5;stroke-linejoin:round}\
.a{stroke:#0969da}.b{stroke:#bc4c00}.c{stroke:#8c959f;stroke-dasharray:5 4;stroke-width:1.5}\
.f{stroke:#8c959f;stroke-width:1}";

fn picture(drawing: &Drawing) -> String {
    let bottom = HEIGHT + 8;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-8 -8 {} {}\" width=\"{}\" height=\"{}\">\n<style>{STYLE}</style>\n<path class=\"f\" d=\"M0 -4V{HEIGHT}H{}\"/>\n",
        WIDTH + 16,
        bottom + 8,
        WIDTH + 16,
        bottom + 8,
        WIDTH + 4,
    );
    // The schedule itself over what it is made of.
    let (parts, own): (Vec<_>, Vec<_>) = drawing.lines.iter().partition(|line| line.class == "c");
    for line in parts.into_iter().chain(own) {
        let path = path(&line.schedule, drawing.from, drawing.unit);
        let _ = writeln!(text, "<path class=\"{}\" d=\"{path}\"/>", line.class);
    }
    text.push_str("</svg>\n");
    text
}

/// The name of each picture of the page, and the comment under it.
fn drawings(page: &str) -> impl Iterator<Item = (&str, Drawing)> {
    page.split("(../images/vesting/").skip(1).map(|rest| {
        let (name, rest) = rest.split_once(".svg)\n<!-- draw\n").unwrap();
        let (comment, _) = rest.split_once("-->").unwrap();
        (name, Drawing::read(comment))
    })
}

#[test]
fn the_pictures_are_drawn_from_the_schedules() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = root.join("docs/images/vesting");
    let page = std::fs::read_to_string(root.join("docs/mechanisms/vesting.md")).unwrap();
    let mut drawn = 0;
    for (name, drawing) in drawings(&page) {
        let file = folder.join(format!("{name}.svg"));
        let text = picture(&drawing);
        if std::env::var_os("DRAW").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&file, &text).unwrap();
        }
        let found = std::fs::read_to_string(&file).unwrap();
        assert!(found == text, "{name}.svg is another than its schedule");
        drawn += 1;
    }
    let kept = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(drawn, kept, "each picture stands on the page once");
}
