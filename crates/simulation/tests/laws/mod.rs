//! The laws of the simulation, as functions over plain inputs: property tests and the fuzzer call
//! the same ones.

use std::fmt::Write as _;

use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_simulation::{
    import, run, write_series, Design, Engine, Ledger, Overrides, Row, Transfer,
};

/// A design from a few numbers: whatever they are, the design is one that can be written, though
/// it may be refused.
pub fn design_text(seed: &[u64]) -> String {
    let mut numbers = seed.iter().copied().chain(std::iter::repeat(7));
    let mut next = |below: u64| numbers.next().unwrap_or(0) % below;
    let mut text = String::new();
    let decimals = [0, 0, 2, 18][next(4) as usize];
    let _ = write!(
        text,
        "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = {decimals}\ngenesis = {}\n[simulation]\nend = \"{}d\"\nstep = \"{}\"\n",
        1_600_000_000 + next(1_000_000),
        30 + next(700),
        ["1d", "9d", "1mo", "100000s"][next(4) as usize],
    );
    for index in 0..next(4) {
        allocation(&mut text, index, &mut next);
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
        let _ = write!(
            text,
            "[escrow]\nshare = 0.{:02}\nduration = \"{}d\"\nmax = \"400d\"\ngranule = \"{}d\"\nrenew = {}\n",
            next(100),
            7 + next(390),
            1 + next(7),
            next(2) == 0,
        );
    }
    fees(&mut text, &mut next);
    text
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

fn allocation(text: &mut String, index: u64, next: &mut impl FnMut(u64) -> u64) {
    if next(4) == 0 {
        return list(text, index, next);
    }
    let amount = if next(2) == 0 {
        next(21)
    } else {
        next(u64::MAX)
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

fn fees(text: &mut String, next: &mut impl FnMut(u64) -> u64) {
    let lockers = next(10);
    let burn = 10 - lockers;
    match next(3) {
        0 => {}
        1 => {
            let _ = write!(
                text,
                "[fees]\nrevenue = {}\nper = \"{}d\"\nroutes = {{ lockers = 0.{lockers}, burn = {} }}\n",
                next(1_000),
                1 + next(20),
                if burn == 10 { "1".to_owned() } else { format!("0.{burn}") },
            );
        }
        _ => {
            let _ = write!(
                text,
                "[fees]\nasset = \"USD\"\ndecimals = 2\nprice = \"{}/{}\"\nrevenue = {}\nper = \"1mo\"\nroutes = {{ lockers = 0.{lockers}, buyback = 0.0{burn:02}, burn = 0.{:03} }}\n",
                1 + next(50),
                1 + next(50),
                next(100_000),
                1_000 - 100 * lockers - 10 * burn / 10,
            );
        }
    }
}

/// Every base unit is in exactly one account at every step, and the accounts sum to the supply.
/// False where the design was refused.
pub fn every_unit_once(seed: &[u64]) -> bool {
    let text = design_text(seed);
    let Ok(design) = Design::parse("law", &text, Overrides::default()) else {
        return false;
    };
    let Ok(run) = run(&design, |_, _| {}) else {
        return false;
    };
    let max = design.max_supply();
    let mut before: Option<&Row> = None;
    for row in &run.rows {
        let held = [
            row.circulating,
            row.treasury,
            row.rewards,
            row.claimable,
            row.unvested,
        ];
        let gone = [row.unminted, row.burned];
        let sum = Amount::try_sum(held.into_iter().chain(gone)).unwrap();
        assert_eq!(sum, max, "{text}");
        assert!(
            row.locked <= row.circulating && row.vote_weight <= row.locked,
            "{text}"
        );
        let all = row.total_supply.checked_add(row.unminted).unwrap();
        assert_eq!(all.checked_add(row.burned).unwrap(), max, "{text}");
        if let Some(before) = before {
            assert!(
                before.emitted <= row.emitted && before.burned <= row.burned,
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
        max,
        "{text}"
    );
    assert_eq!(run.audits, run.rows.len() as u64);
    true
}

/// What vests and is minted by a point does not depend on how many steps led to it.
pub fn step_independent(seed: &[u64]) -> bool {
    let text = design_text(seed);
    let Ok(design) = Design::parse("law", &text, Overrides::default()) else {
        return false;
    };
    let Ok(fine) = run(&design, |_, _| {}) else {
        return false;
    };
    let mut engine = Engine::new(&design).unwrap();
    let coarse = engine.advance(design.window.end).unwrap();
    let last = fine.last();
    assert_eq!(last.vested, coarse.vested, "{text}");
    assert_eq!(last.minted, coarse.minted, "{text}");
    if !text.contains("claim_every") {
        // All that has vested is claimed at each step.
        assert!(
            last.claimable.is_zero() && coarse.claimable.is_zero(),
            "{text}"
        );
    }
    if !text.contains("[escrow]") && text.contains("asset") {
        assert_eq!(last.routed, coarse.routed, "{text}");
    }
    true
}

/// A ledger after any transfers, refused ones included, holds what it was opened with.
pub fn ledger_conserves(openings: &[u128], transfers: &[(u8, u8, u128)]) {
    let mut ledger = Ledger::default();
    let mut accounts = Vec::new();
    for opening in openings {
        if let Ok(account) = ledger.open("a", Amount::new(*opening)) {
            accounts.push(account);
        }
    }
    if accounts.is_empty() {
        return;
    }
    let supply = ledger.supply();
    for batch in transfers.chunks(3) {
        let account = |at: u8| accounts[usize::from(at) % accounts.len()];
        let transfer = |(from, to, amount): &(u8, u8, u128)| Transfer {
            from: account(*from),
            to: account(*to),
            amount: Amount::new(*amount),
        };
        let batch: Vec<_> = batch.iter().map(transfer).collect();
        let before: Vec<_> = ledger.accounts().map(|(_, held)| held).collect();
        if ledger.apply(&batch).is_err() {
            let after: Vec<_> = ledger.accounts().map(|(_, held)| held).collect();
            assert_eq!(before, after, "a refused batch moved something");
        }
        ledger.audit().unwrap();
        assert_eq!(ledger.supply(), supply);
    }
}

/// Hostile text never panics, as a design or as a table; and what is accepted runs, if it is small.
pub fn hostile_text(text: &str) {
    let _ = import("hostile.csv", text, None);
    let Ok(mut design) = Design::parse("hostile.toml", text, Overrides::default()) else {
        return;
    };
    let window = design.window;
    let short = window.start.get().saturating_add(40 * 86_400);
    design.window.end = window.end.min(Timestamp::new(short));
    if window.step.count_between(window.start, design.window.end) < 1_000 {
        if let Ok(run) = run(&design, |_, _| {}) {
            write_series(&run, std::io::sink()).unwrap();
        }
    }
}
