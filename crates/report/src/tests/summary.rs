//! The contents of a summary, to the last digit.

use super::{TEAM, TOKEN};
use crate::Summary;
use tokenomics_design::{starter, Design, Overrides};
use tokenomics_engine::run;

fn summary(text: &str) -> Summary {
    let design = Design::parse("design.toml", text, Overrides::default());
    let design = design.unwrap_or_else(|problems| panic!("{problems:?}"));
    Summary::new(&run(&design).unwrap())
}

#[test]
fn the_starter_comes_to_this() {
    let summary = summary(&starter("Demo"));
    let allocations = summary.allocations.iter();
    let allocations =
        allocations.map(|one| (&*one.name, one.stakeholder, &*one.amount, &*one.vested));
    assert_eq!(
        allocations.collect::<Vec<_>>(),
        [
            ("Community", "users", "400000000", "400000000"),
            ("Team", "builders", "180000000", "180000000"),
            ("Investors", "investors", "170000000", "170000000"),
            ("Treasury", "builders", "200000000", "200000000"),
            ("Liquidity", "operators", "50000000", "50000000"),
        ]
    );
    let conservation = summary.conservation;
    assert!(conservation.holds);
    assert_eq!(conservation.sum_of_accounts, "1137400752.25830078125");
    let fees = summary.fees.unwrap();
    let routes = fees
        .routes
        .iter()
        .map(|route| (&*route.route, &*route.amount));
    assert_eq!(
        routes.collect::<Vec<_>>(),
        [
            ("lockers", "9000000"),
            ("treasury", "5400000"),
            ("buyback", "1800000"),
            ("burn", "1800000")
        ]
    );
    assert_eq!(
        (fees.unpaid_periods, fees.unpaid_first, fees.unpaid_last),
        (0, None, None)
    );
    let collateral = summary.collateral.unwrap();
    assert_eq!(
        (&*collateral.quote, &*collateral.value, &*collateral.owed),
        ("USD", "3000000", "1500000")
    );
    assert_eq!(
        (&*collateral.initial_credit, &*collateral.maintenance_credit),
        ("2250000", "2400000")
    );
    assert_eq!(
        (collateral.healthy, collateral.survives_fall_bps),
        (true, Some(3_750))
    );
}

#[test]
fn what_could_not_be_paid_is_told_with_the_first_and_the_last_of_its_periods() {
    let cliff = TEAM.replace("\"linear\", end = \"2y\"", "\"cliff\", at = \"31d\"");
    let fees = "[fees]\nrevenue = 2\nper = \"1d\"\nroutes = { burn = 1 }\n";
    let window = "[simulation]\nend = \"1y\"\n";
    let fees = summary(&format!("{TOKEN}{window}{cliff}{fees}"))
        .fees
        .unwrap();
    assert_eq!((&*fees.unpaid, fees.unpaid_periods), ("60", 30));
    assert_eq!(fees.unpaid_first.as_deref(), Some("2024-01-02T00:00:00Z"));
    assert_eq!(fees.unpaid_last.as_deref(), Some("2024-01-31T00:00:00Z"));
}

#[test]
fn each_stakeholder_has_its_own_part_of_revenue() {
    let fees = "[fees]\nasset = \"USDC\"\ndecimals = 6\nprice = 1\nrevenue = 100\nper = \"1mo\"\nend = \"1mo\"\n\
                routes = { users = 0.4, builders = 0.3, investors = 0.2, operators = 0.1 }\n";
    let summary = summary(&format!("{TOKEN}[simulation]\nend = \"1y\"\n{TEAM}{fees}"));
    let paid = summary.stakeholders.iter();
    let paid = paid.map(|one| (one.stakeholder, one.fees.as_deref().unwrap()));
    assert_eq!(
        paid.collect::<Vec<_>>(),
        [
            ("users", "40"),
            ("builders", "30"),
            ("investors", "20"),
            ("operators", "10")
        ]
    );
}

#[test]
fn every_stream_route_and_flow_is_in_the_summary() {
    let summary = summary(&super::flows::all_kinds());
    let fees = summary.fees.unwrap();
    assert_eq!((fees.asset, fees.unallocated), (None, None));
    let streams = fees.streams.iter();
    let streams = streams.map(|one| (&*one.stream, &*one.asset, &*one.amount));
    // 91 weeks and 21 months are over, and 639 days.
    assert_eq!(
        streams.take(3).collect::<Vec<_>>(),
        [
            ("Swaps", "USDC", "91091"),
            ("Loans", "USDC", "6999.999993"),
            ("Gas", "ETH", "0.000000000000004473"),
        ]
    );
    let route = |name: &str| fees.routes.iter().find(|one| one.route == name).unwrap();
    let safety = route("Safety");
    assert_eq!(
        (safety.kind, &*safety.amount, &*safety.kept),
        ("buffer", "45545.5", "9000")
    );
    let levels = route("Notes").levels.iter();
    let levels = levels.map(|one| (&*one.name, &*one.amount, &*one.most));
    assert_eq!(
        levels.collect::<Vec<_>>(),
        [
            ("Senior", "2000", "2000"),
            ("Junior", "4999.999993", "1000000")
        ]
    );
    let flow = |from: &str, to: &str| {
        let mut flows = fees.flows.iter();
        let found = flows.find(|one| one.from == from && one.to == to);
        &*found.unwrap().amount
    };
    assert_eq!(flow("Swaps", "Safety"), "45545.5");
    assert_eq!(flow("Safety", "Halves"), "36545.5");
    assert_eq!(flow("Halves", "Grants"), "18272.75");
    let accrued = fees.value_accrued.iter();
    let accrued: Vec<_> = accrued.map(|one| (&*one.asset, &*one.burned)).collect();
    assert_eq!(accrued[0], ("USDC", "0"));
    assert_eq!(accrued.len(), 3);
    assert_eq!(summary.vaults.len(), 1);
    let paid = summary.stakeholders.iter();
    let paid = paid.map(|one| (one.stakeholder, one.fees.as_deref().unwrap_or_default()));
    // Builders have two routes, by a tier that carries a unit of an odd payment; users are paid in the token.
    let paid: Vec<_> = paid.collect();
    assert_eq!(
        paid[1..],
        [
            ("builders", "23272.749992"),
            ("investors", "2000"),
            ("operators", "0")
        ]
    );
    assert_eq!(paid[0].0, "users");
    assert!(paid[0].1.starts_with("252"), "{}", paid[0].1);
}
