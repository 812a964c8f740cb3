//! The laws of the simulation, as functions over plain inputs: property tests and the fuzzer call
//! the same ones.

use std::fmt::Write as _;

use tokenomics_fixed_math::{Amount, Rounding, Timestamp, Wad};
use tokenomics_simulation::{
    run, DateOrder, DecimalMark, Design, Import, Overrides, Percent, Row, VestingFrom,
};

pub use collateral::{breakdown_sums, ladder_conserves};
pub use draw::Unit;
pub use ledgers::ledger_conserves;
pub use step_independence::{
    agrees_with_every_instant, revenue_takes_its_routes, step_independent, Seen,
};

mod collateral;
#[path = "../common/mod.rs"]
pub mod common;
mod draw;
mod followed;
mod ledgers;
mod liquidated;
mod oracle;
mod programmes;
mod readings;
mod revenue;
mod routes;
mod step_independence;
mod sums;
mod tables;
mod ticks;
mod votes;

pub use tables::imports_conserve;

/// A design from a few numbers: whatever they are, the design is one that can be written, though
/// it may be refused.
pub fn design_text(seed: &[u64]) -> String {
    let mut numbers = seed.iter().copied().chain(std::iter::repeat(7));
    let mut next = |below: u64| numbers.next().unwrap_or(0) % below;
    let mut text = String::new();
    let decimals = [0, 0, 2, 18][next(4) as usize];
    let genesis = match next(4) {
        // The last day of a month, from which months are counted.
        0 => 1_643_587_200,
        _ => 1_600_000_000 + next(1_000_000),
    };
    let _ = write!(
        text,
        "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = {decimals}\ngenesis = {}\n[simulation]\nend = \"{}d\"\nstep = \"{}\"\n",
        genesis,
        30 + next(700),
        ["1d", "9d", "1mo", "100000s"][next(4) as usize],
    );
    for index in 0..next(4) {
        allocation(&mut text, decimals, index, &mut next);
    }
    if next(2) == 0 {
        let _ = write!(
            text,
            "[[emission]]\nname = \"E\"\nstakeholder = \"operators\"\nkind = \"geometric-epochs\"\ntick = \"{}s\"\nrate = {}\nepoch = {}\ndecay = \"{}/7\"\nmax_epochs = {}\nto = \"{}\"\n",
            1 + next(100_000),
            1 + next(50),
            1 + next(500),
            next(9),
            1 + next(20),
            ["circulating", "treasury"][next(2) as usize],
        );
    }
    if next(2) == 0 {
        let tick = [20_000, 86_400, 100_000][next(3) as usize];
        let keys = followed::keys(tick, &mut next).join("\n");
        let _ = write!(
            text,
            "[[emission]]\nname = \"F\"\nstakeholder = \"operators\"\ntick = \"{tick}s\"\n{keys}\n"
        );
    }
    if next(2) == 0 {
        let _ = write!(
            text,
            "[escrow]\nshare = 0.{:02}\nduration = \"{}d\"\nmax = \"400d\"\ngranule = \"{}d\"\nrenew = {}\n{}{}",
            next(100),
            7 + next(390),
            1 + next(7),
            next(2) == 0,
            ["", "start = \"45d\"\n", "start = \"2mo\"\n"][next(3) as usize],
            ["", "every = \"1mo\"\n", "every = \"70d\"\n"][next(3) as usize],
        );
    }
    // One number, whichever it is: revenue by routes is drawn with all other numbers.
    let by_routes = next(3) == 0;
    if !by_routes {
        fees(&mut text, decimals, &mut next);
    }
    // Drawn last, so that what a seed drew before stays as it is.
    if !text.contains("[escrow]") && next(2) == 0 {
        programmes::write(&mut text, &mut next);
    }
    if text.contains("[escrow]") && next(2) == 0 {
        programmes::gauges(&mut text, &mut next);
    }
    if by_routes {
        let (scarce, mut length) = (next(2) == 0, period_of);
        let mut source = routes::Source {
            next: &mut next,
            period: &mut length,
            scarce,
            assets: Vec::new(),
            vaults: 0,
        };
        routes::write(&mut text, &mut source);
    }
    text
}

/// The length of a period of revenue, of an epoch or between deposits.
fn period_of(number: u64) -> String {
    match number % 3 {
        0 => "1mo".to_owned(),
        1 => format!("{}h", 1 + number / 3 % 60),
        _ => format!("{}d", 1 + number / 3 % 20),
    }
}

/// An allocation of several schedules, each with its amount.
fn list(text: &mut String, index: u64, next: &mut impl FnMut(u64) -> u64) {
    let _ = write!(
        text,
        "[[allocation]]\nname = \"L{index}\"\nstakeholder = \"users\"\nschedule = [\n"
    );
    for _ in 0..1 + next(3) {
        let _ = writeln!(
            text,
            "    {{ amount = {}, kind = \"linear\", start = \"{}d\", end = \"{}d\" }},",
            next(1_000),
            1 + next(50),
            1 + next(500),
        );
    }
    text.push_str("]\n");
}

fn allocation(text: &mut String, decimals: u32, index: u64, next: &mut impl FnMut(u64) -> u64) {
    if next(4) == 0 {
        return list(text, index, next);
    }
    let amount = match next(8) {
        0..=2 => next(21).to_string(),
        3..=6 => next(u64::MAX).to_string(),
        _ => near_the_maximum(decimals, next),
    };
    let mut schedule = schedule(next);
    if next(4) == 0 {
        let other = self::schedule(next);
        schedule = combined(&schedule, &other, next);
    }
    let _ = write!(
        text,
        "[[allocation]]\nname = \"A{index}\"\nstakeholder = \"{}\"\namount = {amount}\nto = \"{}\"\nschedule = {schedule}\n",
        ["users", "builders", "investors", "operators"][next(4) as usize],
        ["circulating", "circulating", "treasury"][next(3) as usize],
    );
    if next(3) == 0 {
        let _ = writeln!(text, "claim_every = \"{}d\"", 1 + next(100));
    }
}

/// A third or an eighth of all that can be counted, or a little less.
fn near_the_maximum(decimals: u32, next: &mut impl FnMut(u64) -> u64) -> String {
    let most = [u128::MAX / 3, u128::MAX / 8][next(2) as usize] / 10_u128.pow(decimals);
    format!("\"{}\"", most - u128::from(next(21)))
}

/// Of any kind that is made of no other.
fn schedule(next: &mut impl FnMut(u64) -> u64) -> String {
    match next(10) {
        0 => format!("{{ kind = \"cliff\", at = \"{}d\" }}", 1 + next(400)),
        1 => format!(
            "{{ kind = \"linear\", end = \"{}d\", gate = \"{}d\" }}",
            100 + next(400),
            1 + next(90)
        ),
        2 => format!(
            "{{ kind = \"step\", period = \"{}d\", count = {}, dust = \"{}\" }}",
            1 + next(40),
            1 + next(30),
            ["front-loaded", "back-loaded-to-single-tranche"][next(2) as usize],
        ),
        3 => format!(
            "{{ kind = \"lump-linear\", cliff = \"{}d\", end = \"300d\", lump_share = 0.{} }}",
            1 + next(200),
            next(10)
        ),
        4 => format!(
            "{{ kind = \"linear\", start = 1500000000, end = \"{}d\" }}",
            1 + next(4000)
        ),
        5 => format!(
            "{{ kind = \"power\", end = \"{}d\", exponent = {}.{} }}",
            1 + next(600),
            next(4),
            1 + next(9)
        ),
        6 => format!(
            "{{ kind = \"exponential\", end = \"{}d\", steepness = {}{} }}",
            1 + next(600),
            ["", "-"][next(2) as usize],
            next(60)
        ),
        7 => format!(
            "{{ kind = \"calendar\", every = \"{}mo\", day = {}, count = {} }}",
            1 + next(4),
            1 + next(31),
            1 + next(20)
        ),
        8 => format!(
            "{{ kind = \"graded\", grades = [{{ at = \"{}d\", share = 0.3 }}, {{ at = \"300d\", share = 0.7 }}] }}",
            1 + next(300)
        ),
        _ => format!(
            "{{ kind = \"linear\", end = \"200d\", milestones = {{ needed = 2, reached = [\"{}d\", \"{}d\"], graded = {} }} }}",
            1 + next(300),
            1 + next(300),
            next(2) == 0
        ),
    }
}

fn combined(one: &str, other: &str, next: &mut impl FnMut(u64) -> u64) -> String {
    let share = |of: &str, share: u64| of.replacen('{', &format!("{{ share = 0.{share},"), 1);
    match next(4) {
        0 => format!("{{ kind = \"min\", parts = [{one}, {other}] }}"),
        1 => {
            let first = 1 + next(8);
            let (one, other) = (share(one, first), share(other, 10 - first));
            format!("{{ kind = \"sum\", parts = [{one}, {other}] }}")
        }
        2 => format!(
            "{{ kind = \"shift\", by = \"{}d\", of = {one} }}",
            1 + next(99)
        ),
        _ => {
            let amount = one.replacen('{', &format!("{{ amount = {},", 1 + next(999)), 1);
            format!("{{ kind = \"scale\", of = {amount} }}")
        }
    }
}

fn fees(text: &mut String, decimals: u32, next: &mut impl FnMut(u64) -> u64) {
    let lockers = next(10);
    let (rest, burn) = (10 - lockers, next(10));
    let kind = next(6);
    let other = match kind {
        1 => "buyback",
        _ => ["treasury", "users"][next(2) as usize],
    };
    let asset = match kind {
        0 => return,
        1 => format!(
            "asset = \"USD\"\ndecimals = 2\nprice = \"{}/{}\"\n",
            1 + next(50),
            1 + next(50)
        ),
        2 => "asset = \"USD\"\ndecimals = 2\nprice = 1\n".to_owned(),
        _ => String::new(),
    };
    let share = |hundredths: u64| format!("\"{}.{:02}\"", hundredths / 100, hundredths % 100);
    let (lockers, all) = (share(10 * lockers), share(10 * rest));
    let parts = [rest * burn, rest * (10 - burn)].map(share);
    let routes = match kind {
        // Nothing is bought, so that periods are taken together.
        2 => format!("lockers = {lockers}, users = {all}"),
        _ => format!(
            "lockers = {lockers}, burn = {}, {other} = {}",
            parts[0], parts[1]
        ),
    };
    let revenue = match next(6) {
        5 => near_the_maximum(decimals, next),
        4 => next(100_000).to_string(),
        // Balances that bind, recover and bind again: as much as is minted or vests, about.
        _ => next(40).to_string(),
    };
    let per = match next(3) {
        0 => "1mo".to_owned(),
        1 => format!("{}h", 1 + next(60)),
        _ => format!("{}d", 1 + next(20)),
    };
    let start = ["", "start = \"20d\"\n", "start = \"1mo\"\n"][next(3) as usize];
    let end = ["", "end = \"200d\"\n", "end = \"7mo\"\n"][next(3) as usize];
    let _ = write!(
        text,
        "[fees]\n{asset}revenue = {revenue}\nper = \"{per}\"\n{start}{end}routes = {{ {routes} }}\n"
    );
}

/// All that there is at a row: what there is from the start, and what was issued since.
fn all(design: &Design, row: &Row) -> Amount {
    let minted = design.emissions.iter().zip(&row.minted);
    let issued = minted.filter(|(emission, _)| emission.max.is_none());
    let issued = Amount::try_sum(issued.map(|(_, minted)| *minted)).unwrap();
    design.all.checked_add(issued).unwrap()
}

/// Every base unit is in exactly one account at every step, and the accounts sum to the supply.
/// False where the design was refused.
pub fn every_unit_once(seed: &[u64]) -> bool {
    let text = design_text(seed);
    let Ok(design) = Design::parse("law", &text, Overrides::default()) else {
        return false;
    };
    let Ok(run) = run(&design) else {
        return false;
    };
    let mut before: Option<Row> = None;
    for row in common::rows(&design) {
        let totals = row.totals;
        let held = [
            totals.circulating,
            totals.treasury,
            totals.rewards,
            totals.reserves,
            totals.directed,
            totals.claimable,
            totals.unvested,
        ];
        let exists = Amount::try_sum(held).unwrap();
        assert_eq!(exists, totals.total_supply, "{text}");
        let ever = Amount::try_sum([exists, totals.unminted, totals.burned]).unwrap();
        assert_eq!(ever, all(&design, &row), "{text}");
        let most = design
            .escrow
            .as_ref()
            .map_or(Wad::ONE, |plan| plan.terms.most());
        let most = totals
            .locked
            .mul_div(most.raw(), Wad::SCALE, Rounding::Floor);
        assert!(
            totals.locked <= totals.circulating && totals.vote_weight <= most.unwrap(),
            "{text}"
        );
        programmes::sum_to_all(&row, &text);
        sums::revenue_is_somewhere(&design, &row, &text);
        programmes::gauges_get_all(&design, &row, &text);
        if let Some(before) = before {
            assert!(
                before.totals.emitted <= totals.emitted && before.totals.burned <= totals.burned,
                "{text}"
            );
            assert!(
                before.vested.iter().zip(&row.vested).all(|(a, b)| a <= b),
                "{text}"
            );
        }
        before = Some(row);
    }
    assert_eq!(
        Amount::try_sum(run.accounts.iter().map(|(_, held)| *held)).unwrap(),
        all(&design, &run.last),
        "{text}"
    );
    assert!(run.audits > 0);
    for (symbol, accounts) in &run.fee_accounts {
        let outside = sums::outside(&design, symbol);
        let held = Amount::try_sum(accounts.iter().map(|(_, held)| *held));
        assert_eq!(held, Ok(outside), "{symbol}\n{text}");
    }
    true
}

/// Hostile bytes never panic as a table of any kind, however they are to be read; of one that is read, the
/// design is sound.
pub fn hostile_table(bytes: &[u8]) {
    let genesis = Some(Timestamp::new(1_800_000_000));
    let supply = Some("1000".to_owned());
    let ways = [
        Import::default(),
        Import {
            genesis,
            supply,
            percent: Some(Percent::Parts),
            decimal_mark: Some(DecimalMark::Comma),
            date_order: Some(DateOrder::MonthFirst),
            vesting: VestingFrom::Start,
            ..Import::default()
        },
    ];
    for way in ways {
        if let Ok(imported) = way.read("hostile", bytes) {
            let text = &imported.design;
            let design = Design::parse("hostile.toml", text, Overrides::default());
            assert!(design.is_ok(), "{text}");
        }
    }
}

/// Hostile text never panics, as a design or as a table; and what is accepted runs, if it is small.
pub fn hostile_text(text: &str) {
    hostile_table(text.as_bytes());
    let Ok(mut design) = Design::parse("hostile.toml", text, Overrides::default()) else {
        return;
    };
    let window = design.window;
    let short = window.start.get().saturating_add(40 * 86_400);
    design.window.end = window.end.min(Timestamp::new(short));
    let few = window.step.count_between(window.start, design.window.end) < 1_000;
    if few && run(&design).is_ok() {
        common::csv(&design);
    }
}
