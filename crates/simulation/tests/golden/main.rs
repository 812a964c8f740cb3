//! Deployed tokens: what a run gives against what the chains' own integer arithmetic gives.

use std::path::{Path, PathBuf};

use tokenomics_fixed_math::{Amount, Wad};
use tokenomics_haircut_collateral::Margin;
use tokenomics_simulation::collateral::{haircut_steps, Observed};
use tokenomics_simulation::{run, starter, write_report, Design, Engine, FlowPoint, Overrides};

#[allow(unreachable_pub)]
#[path = "../common/mod.rs"]
mod common;

mod supplies;
mod unlock_tables;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn real_design(name: &str, overrides: Overrides) -> Design {
    let path = repository().join("docs/designs").join(name);
    Design::parse(name, &read(&path), overrides).unwrap_or_else(|error| {
        panic!("{error}: {:?}", error.problems());
    })
}

#[test]
fn the_starter_of_the_documentation_is_the_one_that_new_writes() {
    let path = repository().join("docs/designs/starter.toml");
    assert_eq!(read(&path), starter("Starter"));
}

#[test]
fn every_design_of_the_documentation_runs_and_conserves() {
    let folder = repository().join("docs/designs");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let design = real_design(&name, Overrides::default());
        let mut engine = Engine::new(&design).unwrap();
        engine.advance(design.window.start).unwrap();
        engine.advance(design.window.end).unwrap();
        let token = engine.accounts().token;
        engine.settle().unwrap();
        let minted = engine.row().unwrap().minted;
        let emissions = design.emissions.iter().zip(minted);
        let endless = emissions.filter(|(emission, _)| emission.max.is_none());
        let all = endless.fold(design.all.get(), |sum, (_, minted)| sum + minted.get());
        assert_eq!(engine.ledger().supply(token).get(), all, "{name}");
        engine.ledger().audit().unwrap();
        seen += 1;
    }
    assert!(seen >= 4);
}

/// The kinds that a table of docs/design-file.md lists.
fn kinds(page: &str, head: &str) -> Vec<String> {
    let (_, table) = page.split_once(head).unwrap();
    let (table, _) = table.split_once("\n\n").unwrap();
    let rows = table.split("\n| `\"").skip(1);
    rows.map(|row| row.split_once('"').unwrap().0.to_owned())
        .collect()
}

#[test]
fn the_design_of_gauges_has_every_kind_of_lock_and_directs_all_that_it_mints() {
    let text = read(&repository().join("docs/designs/gauges.toml"));
    let page = read(&repository().join("docs/design-file.md"));
    for kind in kinds(&page, "| `kind` | keys | a token weighs |") {
        assert!(text.contains(&format!("kind = \"{kind}\"")), "{kind}");
    }
    let design = real_design("gauges.toml", Overrides::default());
    let last = run(&design).unwrap().last;
    assert!(last
        .locked
        .iter()
        .chain(&last.gauges)
        .all(|amount| !amount.is_zero()));
    // The first votes are four weeks older than the emission, and the window ends within an epoch.
    assert!(last.unvoted[0].is_zero());
    let minted = last.directed[0].checked_add(last.totals.directed).unwrap();
    assert_eq!(minted, last.minted[0]);
}

/// Of 208 weeks of interest, 1,402 days of swaps and 48 months of liquidations, two of which find no lockers.
#[test]
fn the_design_of_revenue_has_every_kind_of_route_and_pays_what_it_says() {
    let text = read(&repository().join("docs/designs/revenue.toml"));
    let page = read(&repository().join("docs/design-file.md"));
    for kind in kinds(&page, "| `kind` | keys | what comes to it is |") {
        assert!(text.contains(&format!("kind = \"{kind}\"")), "{kind}");
    }
    let design = real_design("revenue.toml", Overrides::default());
    let run = run(&design).unwrap();
    let plan = design.fees.as_ref().unwrap();
    let name = |point: FlowPoint| match point {
        FlowPoint::Stream(place) => plan.streams[place].name.as_str(),
        FlowPoint::Route(place) => plan.routes[place].name.as_str(),
        FlowPoint::Programme(_) => "a programme",
    };
    let flows = run.flows().into_iter().zip(&run.last.flows);
    let flows: Vec<_> = flows
        .map(|(flow, amount)| (name(flow.from), name(flow.to), amount.get()))
        .collect();
    let usd = |units: u128| units * 1_000_000;
    let eth = |tenths: u128| tenths * 10_u128.pow(17);
    let hbr = |units: u128| units * 10_u128.pow(18);
    for wanted in [
        ("Interest", "Reserve", usd(208 * 72_000)),
        ("Interest", "Weekly", usd(208 * 48_000)),
        ("Reserve", "Surplus", usd(208 * 72_000 - 2_000_000)),
        ("Surplus", "burn", usd(12_976_000 / 2)),
        ("Surplus", "Grants", usd(12_976_000 / 5)),
        ("Swap fees", "Notes", usd(1_402 * 18_800)),
        ("Notes", "investors", usd(3_000_000 + 900_000)),
        ("Notes", "builders", usd(600_000)),
        ("Notes", "treasury", usd((1_402 * 18_800 - 4_500_000) / 2)),
        ("Liquidations", "lockers", eth(48 * 45 / 2)),
        ("lockers", "treasury", eth(2 * 45 / 2)),
        ("Listings", "burn", hbr(48 * 2_500)),
        ("Listings", "xHBR yield", hbr(48 * 2_500)),
    ] {
        assert!(flows.contains(&wanted), "{wanted:?} in {flows:?}");
    }
    // What is bought and given makes shares worth more.
    let vault = &run.last.vaults[0];
    assert!(vault.price > Wad::ONE && run.last.totals.unpaid.is_zero());
}

/// What every kind of rule leaves of 6,705,000 dollars, to the last digit.
#[test]
fn the_design_of_lending_has_every_kind_of_rule() {
    let text = read(&repository().join("docs/designs/lending.toml"));
    let page = read(&repository().join("docs/design-file.md"));
    for kind in kinds(&page, "| `kind` | keys of a holding's rule | cuts |") {
        assert!(text.contains(&format!("kind = \"{kind}\"")), "{kind}");
    }
    let design = real_design("lending.toml", Overrides::default());
    let plan = design.collateral.as_ref().unwrap();
    let initial = plan.holdings.iter().map(|holding| {
        let steps = haircut_steps(holding, &Observed::declared(holding)).unwrap();
        steps.last().unwrap().after.fraction(Margin::Initial)
    });
    let initial: Vec<_> = initial.map(|cut| cut.to_string()).collect();
    // 1 − 0.73 · 0.98, the same, 1 − 0.9 · 0.999, 1 − 0.73 · 0.97.
    let [ether, staked, dollar, luna] = &initial[..4] else {
        panic!("{initial:?}");
    };
    assert_eq!((&**ether, &**staked), ("0.2846", "0.2846"));
    assert_eq!((&**dollar, &**luna), ("0.1009", "0.2919"));
    let view = run(&design).unwrap().collateral.unwrap();
    let cents = |amount: Amount| amount.get() / 1_000_000;
    assert_eq!(cents(view.value), 670_500_000);
    // 3,000,000 · 1.00212 + 660,000 · 1.05
    assert_eq!(cents(view.owed), 369_936_000);
    assert!(view.healthy_initial && view.healthy);
}

#[test]
fn the_unlock_calendar_shows_every_kind_of_schedule() {
    let path = repository().join("docs/designs/schedules.toml");
    let text = read(&path);
    let page = read(&repository().join("docs/design-file.md"));
    for kind in kinds(&page, "| `kind` | keys | what vests |") {
        assert!(text.contains(&format!("kind = \"{kind}\"")), "{kind}");
    }
    let design = real_design("schedules.toml", Overrides::default());
    let run = run(&design).unwrap();
    let mut page = Vec::new();
    write_report(&run, &mut page).unwrap();
    let page = String::from_utf8(page).unwrap();
    let (_, unlocks) = page.split_once("<h3>Allocations</h3>").unwrap();
    let (unlocks, _) = unlocks.split_once("</table>").unwrap();
    // First unlock, half and all.
    for (name, dates) in [
        ("Liquidity", ["2027-01-01", "2027-01-01", "2027-01-01"]),
        ("Airdrop", ["2027-01-01", "2027-02-16", "2028-01-01"]),
        ("Strategic sale", ["2027-07-01", "2027-07-01", "2027-07-01"]),
        ("Seed sale", ["2028-01-01", "2028-11-20", "2030-01-01"]),
        ("Series A", ["2027-10-01", "2028-07-02", "2030-01-01"]),
        ("Founders", ["2028-01-01", "2029-10-30", "2031-01-01"]),
        ("Employees", ["2028-01-01", "2028-12-31", "2030-12-31"]),
        ("Later hires", ["2028-04-01", "2028-09-30", "2029-06-30"]),
        ("Leavers", ["2027-01-01", "2027-07-02", "2028-01-01"]),
        ("Advisors", ["2028-01-01", "2030-01-01", "2031-01-01"]),
        ("Contractors", ["2027-07-01", "2027-07-02", "2028-07-01"]),
        ("Grants", ["2027-03-01", "2027-09-01", "2028-09-01"]),
        ("Rewards", ["2027-01-01", "2028-08-20", "2032-01-01"]),
        ("Treasury", ["2027-01-01", "2029-07-02", "2032-01-01"]),
    ] {
        let row = unlocks
            .split("<tr>")
            .find(|row| row.contains(&format!(">{name}")));
        let row = row.unwrap_or_else(|| panic!("no row of {name}"));
        let cells: Vec<&str> = row.split("<td class=\"n\">").skip(1).collect();
        let found: Vec<&str> = cells
            .iter()
            .rev()
            .take(3)
            .rev()
            .map(|cell| &cell[..10])
            .collect();
        assert_eq!(found, dates, "{name}");
    }
}
