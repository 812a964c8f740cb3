//! The law that no figure depends on how a run is looked at.

use std::fmt::Write as _;

use serde_json::Value;
use tokenomics_fixed_math::Timestamp;
use tokenomics_simulation::{run, Design, Engine, Month, Overrides, Period, Row, Summary};

use super::common::rows;
use super::design_text;
use super::followed;
use super::oracle::every_second;

fn parse(text: &str, overrides: Overrides) -> Option<Design> {
    Design::parse("law", text, overrides).ok()
}

/// The summary without what tells how it was sampled.
fn summary(design: &Design) -> Value {
    let mut summary = serde_json::to_value(Summary::new(&run(design).unwrap())).unwrap();
    for key in ["step", "steps"] {
        assert!(summary.as_object_mut().unwrap().remove(key).is_some());
    }
    let conservation = summary["conservation"].as_object_mut().unwrap();
    assert!(conservation.remove("audits").is_some());
    summary
}

/// The summary is the same at any step; the rows of a window that begins later are those of the whole
/// one at the same instants; and so are the flows of the months that lie in both.
pub fn step_independent(seed: &[u64]) -> bool {
    let text = design_text(seed);
    let Some(design) = parse(&text, Overrides::default()) else {
        return false;
    };
    if run(&design).is_err() {
        return false;
    }
    let expected = summary(&design);
    let day = 86_400;
    for step in [day, 7 * day, 50_000, 31 * day, 5_000 * day] {
        let mut other = design.clone();
        other.window.step = Period::Seconds(step);
        assert_eq!(summary(&other), expected, "{step}\n{text}");
    }
    shifted_windows(&design, seed, &text);
    true
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
    assert_eq!(whole.reached, part.reached, "{text}");
}

/// A design in which everything happens within an hour, so that it can be walked second by second.
fn short_text(seed: &[u64]) -> String {
    let mut numbers = seed.iter().copied().chain(std::iter::repeat(5));
    let mut next = |below: u64| numbers.next().unwrap_or(0) % below;
    let mut text = format!(
        "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\ngenesis = {}\n[simulation]\nend = \"{}s\"\nstep = \"{}s\"\n",
        1_700_000_000 + next(5_000),
        600 + next(2_400),
        1 + next(400),
    );
    for index in 0..1 + next(3) {
        let schedule = match next(3) {
            0 => format!("{{ kind = \"cliff\", at = \"{}s\" }}", 1 + next(2_000)),
            1 => format!("{{ kind = \"linear\", end = \"{}s\" }}", 1 + next(2_500)),
            _ => format!(
                "{{ kind = \"step\", period = \"{}s\", count = {} }}",
                1 + next(300),
                1 + next(9)
            ),
        };
        let to = ["circulating", "circulating", "treasury"][next(3) as usize];
        let _ = write!(text, "[[allocation]]\nname = \"A{index}\"\nstakeholder = \"users\"\namount = {}\nto = \"{to}\"\nschedule = {schedule}\n", [1 + next(20), next(9_000)][next(2) as usize]);
        if next(3) == 0 {
            let _ = writeln!(text, "claim_every = \"{}s\"", 1 + next(500));
        }
    }
    if next(3) != 0 {
        let _ = write!(text, "[[emission]]\nname = \"E\"\nstakeholder = \"operators\"\nkind = \"constant\"\ntick = \"{}s\"\nrate = {}\nend = \"{}s\"\n", [1, 1, 13][next(3) as usize], next(9), 13 * (1 + next(200)));
    }
    short_followed(&mut text, &mut next);
    if next(3) != 0 {
        let granule = 1 + next(60);
        let _ = write!(text, "[escrow]\nshare = 0.{:02}\nduration = \"{}s\"\nmax = \"4000s\"\ngranule = \"{granule}s\"\nrenew = {}\nstart = \"{}s\"\n", next(100), granule + next(900), next(2) == 0, 1 + next(700));
        if next(2) == 0 {
            let _ = writeln!(text, "every = \"{}s\"", 1 + next(200));
        }
    }
    short_fees(&mut text, &mut next);
    text
}

/// An emission that follows a signal, alone or with another phase.
fn short_followed(text: &mut String, next: &mut impl FnMut(u64) -> u64) {
    let tick = [1, 1, 7][next(3) as usize];
    let keys = followed::keys(tick, next);
    let constant = format!("kind = \"constant\", rate = {}", next(4));
    let keys = match next(4) {
        0 => return,
        1 => {
            let other = format!("{{ {constant}, from = \"{}s\" }}", tick * (1 + next(300)));
            let list = [followed::inline(None, &keys), other];
            format!("kind = \"phases\"\nphases = [{}]", list.join(", "))
        }
        2 => {
            let from = tick * (1 + next(100));
            let list = [
                format!("{{ {constant} }}"),
                followed::inline(Some(from), &keys),
            ];
            format!(
                "kind = \"phases\"\nphases = [{}]\ncap = {}",
                list.join(", "),
                1 + next(9_000)
            )
        }
        _ => keys.join("\n"),
    };
    let to = ["circulating", "circulating", "treasury"][next(3) as usize];
    let _ = write!(text, "[[emission]]\nname = \"F\"\nstakeholder = \"operators\"\ntick = \"{tick}s\"\nto = \"{to}\"\n{keys}\n");
}

fn short_fees(text: &mut String, next: &mut impl FnMut(u64) -> u64) {
    let (per, end) = (1 + next(90), 1 + next(3_000));
    let lockers = next(10);
    let rest = 10 - lockers;
    let all = |rest: u64| {
        if rest == 10 {
            "1".to_owned()
        } else {
            format!("0.{rest}")
        }
    };
    let _ = match next(5) {
        0 => Ok(()),
        1 => write!(text, "[fees]\nasset = \"USD\"\ndecimals = 0\nprice = \"{}/{}\"\nrevenue = {}\nper = \"{per}s\"\nroutes = {{ lockers = 0.{lockers}, {} = {} }}\n", 1 + next(9), 1 + next(9), next(90), ["buyback", "burn"][next(2) as usize], all(rest)),
        2 => write!(text, "[fees]\nrevenue = {}\nper = \"{per}s\"\nroutes = {{ burn = 1 }}\n", next(40)),
        _ => write!(text, "[fees]\nrevenue = {}\nper = \"{per}s\"\nend = \"{end}s\"\nroutes = {{ lockers = 0.{lockers}, {} = {} }}\n", next(40), ["burn", "treasury", "users"][next(3) as usize], all(rest)),
    };
}

/// The rows are those of a walk second by second, by the rules of the design file alone: of a run, whose
/// record is read in between, and of the engine by itself, which takes periods together as it can.
pub fn agrees_with_every_second(seed: &[u64]) -> bool {
    let text = short_text(seed);
    let Some(design) = parse(&text, Overrides::default()) else {
        return false;
    };
    let walked = every_second(&design);
    let start = design.window.start.get();
    let compare = |row: &Row| {
        let at = usize::try_from(row.time.get() - start).unwrap();
        walked[at].compare(row, &text);
    };
    rows(&design).iter().for_each(compare);
    let end = design.window.end.get();
    for stride in [
        1,
        60,
        end - start,
        seed.last().copied().unwrap_or(0) % 700 + 1,
    ] {
        let mut engine = Engine::new(&design).unwrap();
        for at in (start..=end).step_by(usize::try_from(stride).unwrap()) {
            engine.advance(Timestamp::new(at)).unwrap();
            compare(&engine.row().unwrap());
        }
    }
    true
}
