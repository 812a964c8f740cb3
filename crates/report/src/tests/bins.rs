//! The calendar, in months, years, decades and centuries.

use super::{TEAM, TOKEN};
use crate::bins::Calendar;
use crate::view::View;
use tokenomics_design::{calendar, Design, Overrides};
use tokenomics_engine::run;

/// The form in which a calendar of a design is told: its noun, the names and the first days of its bins, and its end.
fn calendar_of(text: &str, of: fn(&View<'_>) -> Told) -> Told {
    let design = Design::parse("design.toml", text, Overrides::default());
    let design = design.unwrap_or_else(|problems| panic!("{problems:?}"));
    of(&View::new(&run(&design).unwrap()))
}

#[derive(Debug, PartialEq)]
struct Told {
    noun: &'static str,
    bins: Vec<String>,
    end: String,
}

fn told(calendar: &Calendar<'_>) -> Told {
    let date = |at: f64| calendar::date(tokenomics_fixed_math::Timestamp::new(at as u64));
    let bins = calendar.bins.iter();
    let bins = bins.map(|bin| format!("{}: {}", calendar.name(bin), calendar::date(bin.start)));
    let bins = bins.map(|bin| bin.replace('\u{a0}', " "));
    Told {
        noun: calendar.noun(),
        bins: bins.collect(),
        end: date(calendar.end()),
    }
}

fn unlocks(view: &View<'_>) -> Told {
    told(&Calendar::of_unlocks(view).unwrap())
}

fn all(view: &View<'_>) -> Told {
    told(&Calendar::of_all(view).unwrap())
}

fn linear(end: &str, window: &str) -> String {
    format!("{TOKEN}{window}{}", TEAM.replace("2y", end))
}

#[test]
fn months_in_part_are_named_with_their_days() {
    let window = "[simulation]\nstart = 2024-01-20\nend = 2024-03-11\n";
    let told = calendar_of(&linear("2y", window), unlocks);
    assert_eq!(told.noun, "month");
    assert_eq!(
        told.bins,
        [
            "2024-01 (20 Jan to 1 Feb 2024): 2024-01-01",
            "2024-02: 2024-02-01",
            "2024-03 (1 Mar to 11 Mar 2024): 2024-03-01",
        ]
    );
    assert_eq!(told.end, "2024-04-01");
}

#[test]
fn what_is_too_many_months_is_told_in_longer_stretches() {
    let of = |end: &str| calendar_of(&linear(end, ""), unlocks);
    let short = |told: Told| {
        let ends = [
            told.bins[0].clone(),
            told.bins[1].clone(),
            told.bins[told.bins.len() - 1].clone(),
        ];
        (told.noun, told.bins.len(), ends, told.end)
    };
    let told = ["10y", "11y", "121y", "130y", "1300y"].map(|end| short(of(end)));
    let words = |noun: &'static str, count: usize, ends: [&str; 3], end: &str| {
        (noun, count, ends.map(str::to_owned), end.to_owned())
    };
    assert_eq!(
        told,
        [
            words(
                "month",
                120,
                [
                    "2024-01: 2024-01-01",
                    "2024-02: 2024-02-01",
                    "2033-12: 2033-12-01"
                ],
                "2034-01-01"
            ),
            words(
                "year",
                11,
                ["2024: 2024-01-01", "2025: 2025-01-01", "2034: 2034-01-01"],
                "2035-01-01"
            ),
            words(
                "year",
                121,
                ["2024: 2024-01-01", "2025: 2025-01-01", "2144: 2144-01-01"],
                "2145-01-01"
            ),
            words(
                "decade",
                14,
                [
                    "from 2020: 2020-01-01",
                    "from 2030: 2030-01-01",
                    "from 2150: 2150-01-01"
                ],
                "2160-01-01"
            ),
            words(
                "century",
                14,
                [
                    "from 2000: 2000-01-01",
                    "from 2100: 2100-01-01",
                    "from 3300: 3300-01-01"
                ],
                "3400-01-01"
            ),
        ]
    );
}

#[test]
fn a_chart_ends_where_bars_are_too_low_to_be_seen_and_a_table_does_not() {
    // 1,000 in the first month, 1 in the third and 2 in the fifth: a thousandth is not seen.
    let lump = |name: &str, amount: u32, at: &str| {
        format!(
            "[[allocation]]\nname = \"{name}\"\nstakeholder = \"users\"\namount = {amount}\n\
             schedule = {{ kind = \"cliff\", at = \"{at}\" }}\n"
        )
    };
    let first = lump("A", 1_000, "10d") + &lump("B", 1, "70d");
    let last = |text: &str, of: fn(&View<'_>) -> Told| {
        let told = calendar_of(&format!("{TOKEN}[simulation]\nend = \"1y\"\n{text}"), of);
        told.bins.last().unwrap().clone()
    };
    assert_eq!(last(&first, unlocks), "2024-01: 2024-01-01");
    assert_eq!(last(&first, all), "2024-03: 2024-03-01");
    let two = first + &lump("C", 2, "130d");
    assert_eq!(last(&two, unlocks), "2024-05: 2024-05-01");
}
