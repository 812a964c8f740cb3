//! The pictures of docs/mechanisms/vesting.md are drawn from the schedules themselves. To draw them
//! anew: `DRAW=1 cargo test -p tokenomics-vesting --test pictures`.

use std::fmt::Write as _;
use std::path::Path;

use tokenomics_fixed_math::{signed_wad, wad, Amount, Fraction, Ratio, Span, Timestamp};
use tokenomics_vesting::{
    Allocation, Calendar, Cliff, Date, Exponential, Gate, Graded, Linear, LumpLinear, Min,
    Piecewise, Point, Power, Scale, Schedule, Shift, Step, Sum, Tranches, Truncate,
};

const WIDTH: u64 = 480;
const HEIGHT: u128 = 160;
/// What is all of a schedule: as high as the picture.
const TOTAL: Amount = Amount::new(1_000_000);

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

/// One line of a picture: of the schedule itself, or of what it is made of.
struct Line<'s> {
    schedule: &'s dyn Schedule,
    class: &'static str,
}

fn line(schedule: &dyn Schedule) -> Line<'_> {
    Line {
        schedule,
        class: "a",
    }
}

fn other(schedule: &dyn Schedule) -> Line<'_> {
    Line {
        schedule,
        class: "b",
    }
}

fn part(schedule: &dyn Schedule) -> Line<'_> {
    Line {
        schedule,
        class: "c",
    }
}

/// What has vested at each of so many times, as a path.
fn path(schedule: &dyn Schedule, from: u64, to: u64) -> String {
    let height = |x: u64| {
        let time = from + (to - from) * x / WIDTH;
        let vested = schedule.vested_at(at(time)).get();
        HEIGHT - vested * HEIGHT / TOTAL.get()
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

fn picture(lines: &[Line<'_>], from: u64, to: u64) -> String {
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
    let (parts, own): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line.class == "c");
    for line in parts.into_iter().chain(own) {
        let path = path(line.schedule, from, to);
        let _ = writeln!(text, "<path class=\"{}\" d=\"{path}\"/>", line.class);
    }
    text.push_str("</svg>\n");
    text
}

/// Of a line from 0 to 400, in a picture up to 480.
fn linear() -> Linear {
    Linear::new(at(0), at(400), TOTAL).unwrap()
}

fn step(period: u64, count: u32) -> Step {
    let rule = Allocation::CumulativeRoundDown;
    Step::new(at(0), Span::new(period), count, TOTAL, rule).unwrap()
}

fn by_formula(draw: &mut impl FnMut(&str, &[Line<'_>])) {
    let linear = linear();
    draw("cliff", &[line(&Cliff::new(at(160), TOTAL))]);
    draw("linear", &[line(&linear)]);
    let lump = LumpLinear::new(at(100), at(400), Amount::new(150_000), TOTAL).unwrap();
    draw("lump-linear", &[line(&lump)]);
    let power = |exponent| Power::new(at(0), at(400), exponent, TOTAL).unwrap();
    let (square, root) = (power(wad!("2")), power(wad!("0.5")));
    draw("power", &[line(&square), other(&root), part(&linear)]);
    let exponential = |k| Exponential::new(at(0), at(400), k, TOTAL).unwrap();
    let (faster, slower) = (
        exponential(signed_wad!("4")),
        exponential(signed_wad!("-4")),
    );
    draw(
        "exponential",
        &[line(&faster), other(&slower), part(&linear)],
    );
    draw("step", &[line(&step(50, 8))]);
    let day = |year, month, day| Date::new(year, month, day).unwrap().midnight();
    let rule = Allocation::CumulativeRoundDown;
    let monthly = Calendar::new(day(2027, 1, 31), 1, 31, 12, TOTAL, rule).unwrap();
    // By days, of the time from the start on.
    let days = |schedule: &Calendar| {
        let start = schedule.start().get();
        let unlocks = (1..=12).map(|k| (schedule.unlock(k).unwrap().get() - start) / 86_400);
        let points = unlocks.map(at).zip(1..).map(|(time, k)| {
            let vested = rule.cumulative(TOTAL, 12, k);
            Point::new(time, vested)
        });
        points.collect::<Vec<_>>()
    };
    let calendar: [Point; 12] = days(&monthly).try_into().unwrap();
    draw("calendar", &[line(&Tranches::new(calendar).unwrap())]);
}

fn by_list(draw: &mut impl FnMut(&str, &[Line<'_>])) {
    let amount = |time, amount| (at(time), Amount::new(amount));
    let tranches = Tranches::of([
        amount(60, 100_000),
        amount(200, 600_000),
        amount(400, 300_000),
    ]);
    draw("tranches", &[line(&tranches.unwrap())]);
    let share = |time, percent| (at(time), Fraction::from_percent(percent).unwrap());
    let shares = [
        share(100, 10),
        share(200, 20),
        share(300, 30),
        share(400, 40),
    ];
    draw("graded", &[line(&Graded::of(TOTAL, shares).unwrap())]);
    let point = |time, vested| Point::new(at(time), Amount::new(vested));
    let points = [
        point(0, 0),
        point(160, 100_000),
        point(240, 800_000),
        point(400, 1_000_000),
    ];
    draw("piecewise", &[line(&Piecewise::new(points).unwrap())]);
}

fn of_others(draw: &mut impl FnMut(&str, &[Line<'_>])) {
    let linear = linear();
    draw("gate", &[line(&Gate::new(linear, at(120))), part(&linear)]);
    let lump = Cliff::new(at(120), Amount::new(300_000));
    let rest = Linear::new(at(120), at(400), Amount::new(700_000)).unwrap();
    let sum = Sum::new(lump, rest).unwrap();
    draw("sum", &[line(&sum), part(&lump), part(&rest)]);
    let lockup = [(80, 400_000), (280, 600_000)].map(|(time, part)| (at(time), Amount::new(part)));
    let lockup = Tranches::of(lockup).unwrap();
    draw(
        "min",
        &[
            line(&Min::new(linear, lockup)),
            part(&linear),
            part(&lockup),
        ],
    );
    let root = Power::new(at(0), at(320), wad!("0.5"), TOTAL).unwrap();
    let later = Shift::later(root, Span::new(120)).unwrap();
    draw("shift", &[line(&later), part(&root)]);
    let scaled = Scale::by(root, Ratio::new(3, 5).unwrap()).unwrap();
    draw("scale", &[line(&scaled), part(&root)]);
    draw(
        "truncate",
        &[line(&Truncate::new(linear, at(240))), part(&linear)],
    );
}

#[test]
fn the_pictures_are_drawn_from_the_schedules() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/images/vesting");
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/mechanisms/vesting.md");
    let page = std::fs::read_to_string(page).unwrap();
    let mut drawn = 0;
    let mut draw = |name: &str, lines: &[Line<'_>]| {
        let file = folder.join(format!("{name}.svg"));
        let text = picture(lines, 0, WIDTH);
        if std::env::var_os("DRAW").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&file, &text).unwrap();
        }
        let found = std::fs::read_to_string(&file).unwrap();
        assert!(found == text, "{name}.svg is another than its schedule");
        let shown = format!("(../images/vesting/{name}.svg)");
        assert!(page.contains(&shown), "{name}.svg stands on no page");
        drawn += 1;
    };
    by_formula(&mut draw);
    by_list(&mut draw);
    of_others(&mut draw);
    assert_eq!(page.matches("(../images/vesting/").count(), drawn);
}
