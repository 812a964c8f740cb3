//! The law that no figure depends on how a run is looked at.

use serde_json::Value;
use tokenomics_fixed_math::Timestamp;
use tokenomics_simulation::{
    run, Design, Engine, Log, Month, Overrides, Period, Row, RunError, Summary,
};

use super::common::rows;
use super::design_text;
use super::draw::{windows, Draw, Unit};
use super::oracle::{walk, Walk};
use super::readings::{compare_days, compare_months};

fn parse(text: &str, overrides: Overrides) -> Option<Design> {
    Design::parse("law", text, overrides).ok()
}

/// The summary without what tells how it was sampled, or why there is none.
fn summary(design: &Design) -> Result<Value, RunError> {
    let mut summary = serde_json::to_value(Summary::new(&run(design)?)).unwrap();
    for key in ["step", "steps"] {
        assert!(summary.as_object_mut().unwrap().remove(key).is_some());
    }
    let conservation = summary["conservation"].as_object_mut().unwrap();
    assert!(conservation.remove("audits").is_some());
    Ok(summary)
}

/// The summary is the same at any step, and so is the error of a run that comes to none; the rows of a window that begins later are those of the whole
/// one at the same instants; and so are the flows of the months that lie in both.
pub fn step_independent(seed: &[u64]) -> bool {
    let text = design_text(seed);
    let Some(design) = parse(&text, Overrides::default()) else {
        return false;
    };
    let expected = summary(&design);
    let day = 86_400;
    for step in [day, 7 * day, 50_000, 31 * day, 5_000 * day] {
        let mut other = design.clone();
        other.window.step = Period::Seconds(step);
        assert_eq!(summary(&other), expected, "{step}\n{text}");
    }
    // Nothing is read on the way, so that nothing else parts what may be taken together.
    let at_once = by_itself(&design, u64::MAX);
    for stride in [day, 40_000, 9 * day] {
        assert_eq!(by_itself(&design, stride), at_once, "{stride}\n{text}");
    }
    assert_eq!(at_once.err(), expected.as_ref().err().cloned(), "{text}");
    if expected.is_ok() {
        shifted_windows(&design, seed, &text);
    }
    expected.is_ok()
}

/// The end of a run: its sums, and all that happened.
type End = (Row, Log);

/// The end that the engine by itself comes to, stopping every so many seconds.
fn by_itself(design: &Design, stride: u64) -> Result<End, RunError> {
    let mut engine = Engine::new(design)?;
    let (mut at, end) = (design.token.genesis, design.window.end);
    while at < end {
        at = Timestamp::new(at.get().saturating_add(stride)).min(end);
        engine.advance(at)?;
    }
    engine.settle()?;
    Ok((engine.row()?, engine.log().clone()))
}

fn shifted_windows(design: &Design, seed: &[u64], text: &str) {
    let (start, end) = (design.window.start.get(), design.window.end.get());
    let shift = seed.first().copied().unwrap_or(7) % (end - start);
    let mut whole = design.clone();
    whole.window.step = Period::Seconds(40_000);
    let mut part = whole.clone();
    // On the same grid.
    part.window.start = Timestamp::new(start + shift / 40_000 * 40_000);
    let find = |row: &Row| row.time >= part.window.start;
    let all = rows(&whole);
    let tail = &all[all.iter().position(find).unwrap()..];
    assert_eq!(tail, rows(&part), "{text}");
    let (whole, part) = (run(&whole).unwrap(), run(&part).unwrap());
    let same: Vec<&Month> = part.months.iter().skip(1).collect();
    let of_whole = &whole.months[whole.months.len() - same.len()..];
    assert_eq!(of_whole.iter().collect::<Vec<_>>(), same, "{text}");
    assert_eq!(whole.accounts, part.accounts, "{text}");
    assert_eq!(whole.log, part.log, "{text}");
}

/// What was seen on the way of a walk.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    pub walked: bool,
    pub binds_again: bool,
    pub lockers_come: bool,
    pub lockers_go: bool,
    /// Several periods of revenue were settled as one.
    pub together: bool,
    /// That, and a mark was reached between two events.
    pub marks_between: bool,
    /// There were locks of several kinds at once.
    pub kinds: bool,
    /// Gauges got something.
    pub directed: bool,
    /// What revenue did: it was split, passed a buffer, fell through a waterfall, came to lockers by an epoch,
    /// was passed on by one, and by a period, came back later, came to several programmes, bought, and made a
    /// vault's share worth more.
    pub revenue: [bool; 10],
}

/// The rows, dates, months and days are those of a walk instant by instant, by the rules of the design
/// file alone: of a run, whose record is read in between, in several windows, and of the engine by
/// itself, which takes periods together as it can.
pub fn agrees_with_every_instant(seed: &[u64], unit: Unit) -> Seen {
    agree(&Draw::new(seed, unit).text(), seed, unit)
}

/// The same of designs with streams of revenue, routes of every kind and vaults.
pub fn revenue_takes_its_routes(seed: &[u64], unit: Unit) -> Seen {
    agree(&Draw::new(seed, unit).text_with_routes(), seed, unit)
}

fn agree(text: &str, seed: &[u64], unit: Unit) -> Seen {
    let shift = seed.first().copied().unwrap_or(7);
    let designs = windows(text, unit, shift);
    let Some(design) = designs.first() else {
        return Seen::default();
    };
    let walk = walk(design, unit.seconds());
    for design in &designs {
        a_run_agrees(&walk, design, unit, text);
    }
    engines_agree(&walk, design, unit, shift, text)
}

fn a_run_agrees(walk: &Walk, design: &Design, unit: Unit, text: &str) {
    for row in rows(design) {
        match walk.at(row.time) {
            Some(walked) => walked.compare(design, &row, text),
            None => assert!(row.totals.total_supply.is_zero() && row.totals.emitted.is_zero()),
        }
    }
    let run = run(design).unwrap();
    let last = walk.at(design.window.end).unwrap();
    last.compare(design, &run.last, text);
    last.compare_shortfall(&run.log, text);
    compare_days(&run, text);
    if unit == Unit::Day {
        compare_months(walk, &run, text);
    }
}

fn engines_agree(walk: &Walk, design: &Design, unit: Unit, shift: u64, text: &str) -> Seen {
    let (start, end) = (design.token.genesis.get(), design.window.end.get());
    let mut seen = Seen {
        walked: true,
        binds_again: walk.binds_again(),
        lockers_come: walk.lockers_come(),
        lockers_go: walk.lockers_go(),
        kinds: walk.has_kinds(),
        directed: walk.directs(),
        revenue: walk.states.last().unwrap().revenue.seen(design),
        ..Seen::default()
    };
    for stride in [1, 60, (end - start) / unit.seconds(), shift % 700 + 1] {
        let mut engine = Engine::new(design).unwrap();
        let stride = usize::try_from(stride * unit.seconds()).unwrap();
        for at in (start..=end).step_by(stride) {
            engine.advance(Timestamp::new(at)).unwrap();
            let walked = walk.at(Timestamp::new(at)).unwrap();
            walked.compare(design, &engine.row().unwrap(), text);
            walked.compare_shortfall(engine.log(), text);
            if unit == Unit::Second {
                // Settling between events changes no row.
                let row = engine.row().unwrap();
                engine.settle().unwrap();
                assert_eq!(engine.row().unwrap(), row, "{text}");
                walked.compare_dates(&engine, text);
            }
        }
        // Each event is audited, and so is each stop.
        let stops = (end - start) / stride as u64 + 1;
        seen.together |= engine.audits() < walk.events.len() as u64 && stops < 3;
    }
    seen.marks_between = seen.together && walk.marks_between();
    seen
}
