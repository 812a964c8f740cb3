//! Flows of revenue: nothing is lost on their way, in any stretch of time.

use proptest::prelude::*;
use tokenomics_design::{Design, FeePlan, Overrides, RouteKind};
use tokenomics_engine::{run, Run};
use tokenomics_fixed_math::{Amount, Timestamp};

use super::{assert_balanced, report, TOKEN};
use crate::flows::{passes_on, Movements, Place};

/// A design with each kind of route, in three assets, over a year and a half.
pub(crate) fn all_kinds() -> String {
    let parts = r#"
[simulation]
start = 2024-03-01
end = "19mo"
step = "1mo"
[[allocation]]
name = "All"
stakeholder = "users"
amount = 1_000_000
[escrow]
[[escrow.programme]]
name = "Short"
share = 0.1
duration = "364d"
start = "100d"
[[escrow.programme]]
name = "Long"
share = 0.2
duration = "1456d"
start = "200d"
[[vault]]
name = "xDMO"
share = 0.1
every = "1w"
[[fees.stream]]
name = "Swaps"
asset = "USDC"
decimals = 6
price = 2
revenue = 1_001
per = "1w"
routes = { Safety = 0.5, Stakers = 0.3, buyback = 0.1, "Into the vault" = 0.1 }
[[fees.stream]]
name = "Loans"
asset = "USDC"
revenue = "333.333333"
per = "1mo"
routes = { Notes = 1 }
[[fees.stream]]
name = "Gas"
asset = "ETH"
decimals = 18
revenue = "0.000000000000000007"
per = "1d"
routes = { lockers = 0.5, treasury = 0.5 }
[[fees.stream]]
name = "Listings"
revenue = 100_000
per = "1mo"
end = "14mo"
routes = { burn = 0.3, users = 0.2, lockers = 0.3, Yield = 0.2 }
[[fees.route]]
name = "Safety"
kind = "buffer"
target = 9_000
then = { Halves = 1 }
[[fees.route]]
name = "Halves"
kind = "split"
routes = { treasury = 0.5, Grants = 0.5 }
[[fees.route]]
name = "Notes"
kind = "waterfall"
tiers = [ { name = "Senior", cap = 2_000, to = { investors = 1 } },
          { name = "Junior", cap = 1_000_000, to = { builders = 0.5, Grants = 0.5 } } ]
then = { treasury = 1 }
[[fees.route]]
name = "Stakers"
kind = "lockers"
every = "4w"
without_lockers = "extend"
[[fees.route]]
name = "Grants"
kind = "account"
stakeholder = "builders"
[[fees.route]]
name = "Into the vault"
kind = "buyback"
to = "xDMO"
[[fees.route]]
name = "Yield"
kind = "vault"
vault = "xDMO"
"#;
    format!("{TOKEN}{parts}")
}

pub(crate) fn design(text: &str) -> Design {
    let design = Design::parse("design.toml", text, Overrides::default());
    design.unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// What comes to a route that passes on goes from it, what it kept before and keeps after included; and
/// all revenue arrives somewhere.
fn nothing_is_lost(plan: &FeePlan, movements: &Movements) {
    let mut brought = Amount::ZERO;
    for (index, route) in plan.routes.iter().enumerate() {
        let place = Place::Route(index);
        let (came, went) = (
            movements.came(place).unwrap(),
            movements.went(place).unwrap(),
        );
        if passes_on(&route.kind) {
            assert_eq!(came, went, "{}", route.name);
        } else {
            assert!(went.is_zero(), "{}", route.name);
        }
        let before = movements.went(Place::Before(index)).unwrap();
        brought = brought.checked_add(before).unwrap();
    }
    let arrived = movements.arrivals().unwrap();
    let arrived = Amount::try_sum(arrived.iter().map(|(_, amount)| *amount)).unwrap();
    assert_eq!(
        arrived,
        movements.revenue().unwrap().checked_add(brought).unwrap()
    );
}

fn each_year(run: &Run<'_>, mut each: impl FnMut(usize, &Movements)) {
    let plan = run.design.fees.as_ref().unwrap();
    for asset in 0..plan.assets.len() {
        for pair in run.years.windows(2) {
            let sums = [&*pair[0].flows, &*pair[1].flows];
            let movements = Movements::new((plan, asset), &run.flows(), sums).unwrap();
            each(asset, &movements);
        }
    }
}

#[test]
fn nothing_is_lost_in_a_run_nor_in_a_year_of_it() {
    let design = design(&all_kinds());
    let run = run(&design).unwrap();
    let plan = design.fees.as_ref().unwrap();
    let mut revenue = vec![Amount::ZERO; plan.assets.len()];
    each_year(&run, |asset, movements| {
        nothing_is_lost(plan, movements);
        let sum = movements.revenue().unwrap();
        revenue[asset] = revenue[asset].checked_add(sum).unwrap();
    });
    // What came before the window began is in no year of it.
    let first = &run.years[0];
    assert!(first.time > design.token.genesis);
    for (asset, years) in revenue.into_iter().enumerate() {
        let sum = |flows: &[Amount]| {
            let movements = Movements::new((plan, asset), &run.flows(), [&[], flows]).unwrap();
            nothing_is_lost(plan, &movements);
            movements.revenue().unwrap()
        };
        let within = sum(&run.last.flows).checked_sub(sum(&first.flows)).unwrap();
        assert_eq!(within, years);
        assert!(!years.is_zero());
    }
}

#[test]
fn a_route_keeps_what_the_engine_says_that_it_keeps() {
    let design = design(&all_kinds());
    let run = run(&design).unwrap();
    let plan = design.fees.as_ref().unwrap();
    let kept = crate::kept_revenue(&run);
    for (index, route) in plan.routes.iter().enumerate() {
        let sums = [&[][..], &run.last.flows];
        let movements = Movements::new((plan, route.asset), &run.flows(), sums).unwrap();
        let came = movements.came(Place::Route(index)).unwrap();
        assert_eq!(came, run.last.received[index], "{}", route.name);
        assert_eq!(
            movements.kept_by(index).unwrap(),
            kept[index],
            "{}",
            route.name
        );
        if let RouteKind::Buffer { target, .. } = &route.kind {
            assert_eq!(kept[index], *target);
        }
    }
}

/// Any sums of flows that rise, of some units or of very many.
fn sums(count: usize) -> impl Strategy<Value = Vec<[Amount; 2]>> {
    let amount = || prop_oneof![0..=20_u128, 0..=(u128::MAX >> 8)];
    let sums = (amount(), amount()).prop_map(|(one, other)| {
        let [first, last] = [one.min(other), one.max(other)];
        [first, last].map(Amount::new)
    });
    prop::collection::vec(sums, count)
}

#[test]
fn nothing_is_lost_of_any_sums() {
    let design = design(&all_kinds());
    let plan = design.fees.as_ref().unwrap();
    let flows = plan.flows(2);
    proptest!(|(sums in sums(flows.len()))| {
        let [before, after] = [0, 1].map(|end| sums.iter().map(|one| one[end]).collect::<Vec<_>>());
        for asset in 0..plan.assets.len() {
            let movements = Movements::new((plan, asset), &flows, [&before, &after]).unwrap();
            nothing_is_lost(plan, &movements);
            let joined = movements.clone().with_lockers_joined(2);
            prop_assert_eq!(&joined, &movements);
            prop_assert!(movements.all.iter().all(|one| one.from < one.to));
        }
    });
}

#[test]
fn sums_that_fall_or_cannot_be_counted_are_errors() {
    let design = design(&all_kinds());
    let plan = design.fees.as_ref().unwrap();
    let flows = plan.flows(2);
    let all = |units: u128| vec![Amount::new(units); flows.len()];
    Movements::new((plan, 0), &flows, [&all(2), &all(1)]).unwrap_err();
    Movements::new((plan, 0), &flows, [&all(0), &all(u128::MAX)]).unwrap_err();
}

#[test]
fn the_only_lockers_are_told_as_their_route_until_something_waits() {
    let fees = "[[allocation]]\nname = \"All\"\nstakeholder = \"users\"\namount = 1_000\n\
        [escrow]\nshare = 0.5\nduration = \"364d\"\n\
        [fees]\nasset = \"USDC\"\ndecimals = 6\nrevenue = 10\nper = \"1d\"\nroutes = { lockers = 1 }\n";
    let design = design(&format!("{TOKEN}{fees}"));
    let run = run(&design).unwrap();
    let plan = design.fees.as_ref().unwrap();
    let flows = run.flows();
    assert_eq!(flows.len(), 2);
    let told = |came: u128, paid: u128| {
        let sums = [came, paid].map(Amount::new);
        let movements = Movements::new((plan, 0), &flows, [&[], &sums]).unwrap();
        movements.with_lockers_joined(1).places()
    };
    let (stream, route, paid) = (Place::Stream(0), Place::Route(0), Place::Programme(0));
    assert_eq!(told(10, 10), [stream, route]);
    assert_eq!(told(10, 7), [stream, route, paid, Place::Kept(0)]);
    assert_eq!(told(10, 12), [Place::Before(0), stream, route, paid]);
    assert_eq!(told(10, 0), [stream, route, Place::Kept(0)]);
    // Where there are two, the one that is paid is told.
    let sums = [10, 10].map(Amount::new);
    let movements = Movements::new((plan, 0), &flows, [&[], &sums]).unwrap();
    assert_eq!(movements.with_lockers_joined(2).places().len(), 3);
}

#[test]
fn fractions_that_are_carried_are_not_drawn() {
    let design = design(&all_kinds());
    let plan = design.fees.as_ref().unwrap();
    let flows = plan.flows(2);
    let lockers = plan
        .routes
        .iter()
        .position(|route| route.name == "Stakers")
        .unwrap();
    let sums = |waits: u128| {
        let amounts = flows.iter().map(|flow| {
            let [from, to] = [flow.from, flow.to].map(Place::from);
            match () {
                () if to == Place::Route(lockers) => Amount::new(5_000_000_000 + waits),
                () if (from, to) == (Place::Route(lockers), Place::Programme(0)) => {
                    Amount::new(5_000_000_000)
                }
                () => Amount::ZERO,
            }
        });
        let amounts: Vec<Amount> = amounts.collect();
        let movements = Movements::new((plan, 0), &flows, [&[], &amounts]).unwrap();
        movements
            .without_dust()
            .came(Place::Kept(lockers))
            .unwrap()
            .get()
    };
    assert_eq!([sums(0), sums(4), sums(5)], [0, 0, 5]);
}

#[test]
fn every_kind_of_route_has_its_words_on_the_page() {
    let page = report(&all_kinds());
    assert_balanced(&page);
    let told = super::told::told(&page, "fees").join("\n");
    for words in [
        "Revenue in USDC",
        "Safety | 46.4% | 45 545 | kept up to 9.00 K USDC",
        "Notes | 7.1% | 6 999 | paid tier by tier",
        "divided",
        "buys the token for the vault “xDMO”",
        "given to the vault “xDMO”",
        "paid by weight; what waits while there is none is paid bit by bit",
        "Notes · Senior | 2.00 K of 2.00 K USDC | 100.0%",
        "Safety | 9.00 K of 9.00 K USDC | 100.0%",
        "by Stakers, every 4 weeks",
        "2024: ",
        "2025: ",
        "Value accrued to the token",
        "Vaults",
        "xDMO | ",
    ] {
        assert!(told.contains(words), "{words}:\n{told}");
    }
    // A title for each ribbon, and each diagram at three widths.
    assert!(page.contains("<title>Swaps → Safety: "));
    let diagrams = page.matches("<g class=\"ribbons\">").count();
    assert_eq!(diagrams, 3 * (3 + 2 * 3));
    assert!(page
        .replace('\u{a0}', " ")
        .contains("Revenue of “Listings” ends on 1 Mar 2025, with its last period."));
}

/// Years stand in the order of time, and each with what came in it.
#[test]
fn a_year_of_a_diagram_begins_with_what_was_kept_before() {
    let design = design(&all_kinds());
    let run = run(&design).unwrap();
    let plan = design.fees.as_ref().unwrap();
    let stakers = plan
        .routes
        .iter()
        .position(|route| route.name == "Stakers")
        .unwrap();
    let years: Vec<Timestamp> = run.years.iter().map(|year| year.time).collect();
    assert_eq!(years.len(), 3);
    let mut waited = Vec::new();
    each_year(&run, |asset, movements| {
        if asset == 0 {
            waited.push(movements.went(Place::Before(stakers)).unwrap());
        }
    });
    // Dollars wait until there are lockers, and go to them in the weeks after.
    assert_eq!(waited.len(), 2);
    assert!(!waited[0].is_zero());
}
