//! Streams of revenue and the routes that they take, worked by hand.

use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_simulation::{run, Design, Engine, EventKind, Row, Run};

use super::common::rows;
use super::with_allocation;

const CLIFF: &str = "{ kind = \"cliff\" }";

/// A stream of so much a ten days, in an asset that isn't the token.
fn stream(name: &str, revenue: u64, routes: &str) -> String {
    format!("[[fees.stream]]\nname = \"{name}\"\nasset = \"USD\"\ndecimals = 0\nprice = 2\nrevenue = {revenue}\nper = \"10d\"\nroutes = {{ {routes} }}\n")
}

fn in_token(name: &str, revenue: u64, routes: &str) -> String {
    let stream = stream(name, revenue, routes);
    stream.replace("asset = \"USD\"\ndecimals = 0\nprice = 2\n", "")
}

/// What has come to a route, by the days of rows.
fn received(design: &Design, route: &str) -> Vec<u128> {
    let plan = design.fees.as_ref().unwrap();
    let place = plan.routes.iter().position(|one| one.name == route);
    let rows = rows(design);
    rows.iter()
        .map(|row| row.received[place.unwrap()].get())
        .collect()
}

fn held(run: &Run<'_>, name: &str) -> u128 {
    let others = run.fee_accounts.iter().flat_map(|(_, accounts)| accounts);
    let account = run.accounts.iter().chain(others).find(|one| one.0 == name);
    account.unwrap_or_else(|| panic!("no {name}")).1.get()
}

/// The last row, to which the engine comes at once as it does day by day.
fn at_once_and_by_day(design: &Design) -> Row {
    let mut at_once = Engine::new(design).unwrap();
    at_once.advance(design.window.end).unwrap();
    let mut by_day = Engine::new(design).unwrap();
    for day in 0..=60 {
        let at = design.token.genesis.get() + day * 86_400;
        by_day.advance(Timestamp::new(at)).unwrap();
    }
    let row = at_once.row().unwrap();
    assert_eq!(row, by_day.row().unwrap());
    row
}

const TEN_DAYS: &str = "[simulation]\nend = \"60d\"\nstep = \"10d\"\n";

#[test]
fn a_buffer_keeps_up_to_its_target_and_passes_on_what_is_above() {
    let buffer = "[[fees.route]]\nname = \"Safety\"\nkind = \"buffer\"\ntarget = 250\nthen = { treasury = 0.5, users = 0.5 }\n";
    let rest = [TEN_DAYS, &stream("Swaps", 101, "Safety = 1"), buffer].concat();
    let design = with_allocation(1_000, CLIFF, &rest);
    // 303 are 53 above the target, of which the first boundary is floored.
    let treasury = received(&design, "treasury");
    assert_eq!(treasury, [0, 0, 0, 26, 76, 126, 176]);
    let users = received(&design, "users");
    assert_eq!(users, [0, 0, 0, 27, 78, 129, 180]);
    let run = run(&design).unwrap();
    assert_eq!(held(&run, "Safety"), 250);
    assert_eq!((held(&run, "treasury"), held(&run, "users")), (0, 180));
}

#[test]
fn a_waterfall_pays_its_tiers_one_after_the_other() {
    let waterfall = "[[fees.route]]\nname = \"Notes\"\nkind = \"waterfall\"\ntiers = [{ name = \"Senior\", cap = 150, to = { investors = 1 } }, { name = \"Junior\", cap = 101, to = { builders = 0.5, users = 0.5 } }]\nthen = { treasury = 1 }\n";
    let rest = [TEN_DAYS, &in_token("Swaps", 100, "Notes = 1"), waterfall].concat();
    let design = with_allocation(1_000, CLIFF, &rest);
    assert_eq!(
        received(&design, "investors"),
        [0, 100, 150, 150, 150, 150, 150]
    );
    // Of 51 the halves are floored to 25, and when the tier is full the first of the two gets the unit.
    assert_eq!(received(&design, "users"), [0, 0, 25, 51, 51, 51, 51]);
    assert_eq!(received(&design, "builders"), [0, 0, 25, 50, 50, 50, 50]);
    assert_eq!(received(&design, "treasury"), [0, 0, 0, 49, 149, 249, 349]);
    // On day 20 the half units of both.
    assert_eq!(rows(&design)[2].totals.reserves, Amount::ZERO);
    assert_eq!(rows(&design)[2].totals.treasury, Amount::ZERO);
    let run = run(&design).unwrap();
    assert_eq!(held(&run, "route:Notes"), 0);
}

#[test]
fn each_stream_pays_before_the_next_and_what_holders_lack_lapses_by_stream() {
    let rest = [
        TEN_DAYS,
        &in_token("First", 30, "treasury = 0.5, users = 0.5"),
        &in_token("Second", 50, "burn = 1"),
    ]
    .concat();
    let design = with_allocation(100, CLIFF, &rest);
    let run = run(&design).unwrap();
    // 15 leave with the first and what the second finds: 50, then 20 of 50, then 15 of what is left.
    let burned: Vec<_> = rows(&design)
        .iter()
        .map(|row| row.totals.burned.get())
        .collect();
    assert_eq!(burned, [0, 50, 70, 70, 70, 70, 70]);
    let unpaid: Vec<_> = run
        .log
        .events()
        .iter()
        .filter_map(|one| match one.kind {
            EventKind::Unpaid(unpaid) => Some((unpaid.stream, unpaid.periods, unpaid.amount.get())),
            _ => None,
        })
        .collect();
    let [first, second] = [0, 1].map(|stream| run.log.shortfall_of(stream).amount.get());
    assert_eq!(unpaid, [(1, 5, second), (0, 4, first)]);
    assert_eq!(run.last.totals.unpaid.get(), first + second);
    assert_eq!(run.last.revenue[0].get() + first, 6 * 30);
    assert_eq!(run.last.revenue[1].get() + second, 6 * 50);
}

const TWO_PROGRAMMES: &str = "[escrow]\ngranule = \"1d\"\n[[escrow.programme]]\nname = \"Long\"\nkind = \"permanent\"\nmultiplier = 2\nshare = 0.1\nstart = \"25d\"\n[[escrow.programme]]\nname = \"Short\"\nkind = \"permanent\"\nmultiplier = 1\nshare = 0.1\nstart = \"25d\"\n";

#[test]
fn lockers_are_paid_by_programme_and_what_they_missed_waits() {
    let rest = [
        TEN_DAYS,
        TWO_PROGRAMMES,
        &stream("Swaps", 100, "lockers = 1"),
    ]
    .concat();
    let design = with_allocation(1_000, CLIFF, &rest);
    // Two periods wait; of 300, 100 and so on two thirds are the first programme's.
    let flows: Vec<Vec<u128>> = rows(&design)
        .iter()
        .map(|row| row.flows.iter().map(|flow| flow.get()).collect())
        .collect();
    assert_eq!(flows[2], [200, 0, 0]);
    assert_eq!(
        flows[3],
        [300, 199, 99],
        "a whole number of units ends just below"
    );
    assert_eq!(flows[4], [400, 266, 133]);
    let run = run(&design).unwrap();
    assert_eq!(
        held(&run, "lockers") + held(&run, "waiting for lockers"),
        600
    );
    assert_eq!(run.flows().len(), 3);
}

#[test]
fn what_lockers_missed_is_spread_over_as_many_periods() {
    let without =
        "[[fees.route]]\nname = \"Votes\"\nkind = \"lockers\"\nwithout_lockers = \"extend\"\n";
    let one = "[escrow]\nshare = 0.1\nduration = \"300d\"\nstart = \"25d\"\n";
    let rest = [TEN_DAYS, one, &in_token("Swaps", 50, "Votes = 1"), without].concat();
    let design = with_allocation(1_000, CLIFF, &rest);
    let paid: Vec<u128> = rows(&design).iter().map(|row| row.flows[1].get()).collect();
    assert_eq!(paid, [0, 0, 0, 100, 200, 250, 300]);
    let waits: Vec<_> = rows(&design)
        .iter()
        .map(|row| row.unallocated[0].get())
        .collect();
    assert_eq!(waits, [0, 50, 100, 50, 0, 0, 0]);
    assert_eq!(rows(&design)[2].totals.rewards.get(), 100);
    at_once_and_by_day(&design);
}

#[test]
fn an_epoch_pays_what_came_in_it_and_with_its_end() {
    let votes = "[[fees.route]]\nname = \"Votes\"\nkind = \"lockers\"\nevery = \"20d\"\nwithout_lockers = { to = \"treasury\" }\n";
    let one = "[escrow]\nshare = 0.1\nduration = \"300d\"\nstart = \"25d\"\n";
    let rest = [TEN_DAYS, one, &stream("Swaps", 50, "Votes = 1"), votes].concat();
    let design = with_allocation(1_000, CLIFF, &rest);
    assert_eq!(
        received(&design, "treasury"),
        [0, 0, 100, 100, 100, 100, 100]
    );
    let run = run(&design).unwrap();
    let rows = rows(&design);
    let paid: Vec<u128> = rows
        .iter()
        .map(|row| row.accruals[0].to_lockers.get())
        .collect();
    assert_eq!(paid, [0, 0, 0, 0, 100, 100, 200]);
    assert_eq!(held(&run, "waiting for lockers"), 0);
}

#[test]
fn what_an_epoch_passes_on_goes_through_all_routes_after_it() {
    let votes = "[[fees.route]]\nname = \"Votes\"\nkind = \"lockers\"\nevery = \"20d\"\nwithout_lockers = { to = \"Both\" }\n[[fees.route]]\nname = \"Both\"\nkind = \"split\"\nroutes = { treasury = 0.5, users = 0.5 }\n";
    let rest = [TEN_DAYS, &in_token("Swaps", 51, "Votes = 1"), votes].concat();
    let design = with_allocation(1_000, CLIFF, &rest);
    assert_eq!(received(&design, "Both"), [0, 0, 102, 102, 204, 204, 306]);
    assert_eq!(received(&design, "users"), [0, 0, 51, 51, 102, 102, 153]);
    let last = run(&design).unwrap().last.totals;
    assert_eq!((last.treasury.get(), last.circulating.get()), (153, 847));
}

#[test]
fn a_programme_whose_locks_end_with_a_period_is_paid_for_it() {
    let escrow = "[escrow]\ngranule = \"1d\"\n[[escrow.programme]]\nname = \"Ends\"\nkind = \"constant\"\nduration = \"10d\"\nrenew = false\nevery = \"1y\"\nmultiplier = 1\nshare = 0.1\n[[escrow.programme]]\nname = \"Stays\"\nkind = \"permanent\"\nmultiplier = 1\nshare = 0.1\n";
    let rest = [TEN_DAYS, escrow, &stream("Swaps", 101, "lockers = 1")].concat();
    let design = with_allocation(1_000, CLIFF, &rest);
    let flows: Vec<Vec<u128>> = rows(&design)
        .iter()
        .map(|row| row.flows.iter().map(|flow| flow.get()).collect())
        .collect();
    // Half of 101 each; then all is the other's, with what was carried but the half of the first.
    assert_eq!(flows[1], [101, 50, 50]);
    assert_eq!(flows[2][1], 50);
    assert!(flows[2][2] >= 150, "{:?}", flows[2]);
}

/// Locks that grow from nothing weigh nothing in their first second, and are there.
#[test]
fn a_programme_with_locks_of_no_weight_yet_has_a_share() {
    let grows = |name: &str| {
        format!("[[escrow.programme]]\nname = \"{name}\"\nkind = \"growing\"\nfrom = 0\nto = 1\nover = \"100d\"\nshare = 0.1\nstart = \"863999s\"\nevery = \"10d\"\n")
    };
    let escrow = ["[escrow]\ngranule = \"1s\"\n", &grows("A"), &grows("B")].concat();
    let rest = [TEN_DAYS, &escrow, &stream("Swaps", 101, "lockers = 1")].concat();
    let design = with_allocation(1_000, CLIFF, &rest);
    let row = &rows(&design)[1];
    assert_eq!(row.flows, [101, 50, 50].map(Amount::new));
    assert!(row.unallocated[0].is_zero());
}

/// Votes that run down have another part of each period, so that none are taken together.
#[test]
fn periods_under_several_programmes_are_paid_one_by_one() {
    let escrow = "[escrow]\ngranule = \"1d\"\n[[escrow.programme]]\nname = \"Falls\"\nduration = \"80d\"\nrenew = false\nevery = \"1y\"\nshare = 0.1\n[[escrow.programme]]\nname = \"Stays\"\nkind = \"permanent\"\nmultiplier = 1\nshare = 0.1\nevery = \"1y\"\n";
    let rest = [TEN_DAYS, escrow, &stream("Swaps", 10_000, "lockers = 1")].concat();
    let design = with_allocation(1_000, CLIFF, &rest);
    let at_once = at_once_and_by_day(&design);
    let [all, falls, stays] = at_once.flows[..] else {
        panic!("three flows");
    };
    assert_eq!(all.get(), 60_000);
    assert!(falls < stays && falls.get() > 0);
}

const VAULT: &str = "[[vault]]\nname = \"xT\"\nshare = 0.2\nevery = \"20d\"\noffset = 0\n[[fees.route]]\nname = \"Bought\"\nkind = \"buyback\"\nto = \"xT\"\n";

#[test]
fn a_vault_s_shares_are_worth_what_is_bought_for_them() {
    let rest = [TEN_DAYS, VAULT, &stream("Swaps", 20, "Bought = 1")].concat();
    let design = with_allocation(1_000, CLIFF, &rest);
    let figures: Vec<_> = rows(&design)
        .iter()
        .map(|row| (row.vaults[0].assets.get(), row.vaults[0].shares))
        .collect();
    // 200 are deposited at genesis; then 10 are bought in ten days, and nothing is missing.
    assert_eq!(figures[..3], [(200, 200), (210, 200), (220, 200)]);
    let price = rows(&design)[2].vaults[0].price;
    // 221 with the virtual unit, for 201 shares.
    assert_eq!(price.raw(), 221 * 1_000_000_000_000_000_000 / 201);
    let run = run(&design).unwrap();
    assert_eq!(run.last.totals.circulating.get(), 1_000);
    assert_eq!(run.last.totals.in_vaults.get(), 260);
    assert_eq!(held(&run, "vault:xT"), 260);
    assert_eq!(run.last.accruals[0].spent.get(), 120);
}

#[test]
fn who_deposits_in_the_instant_of_a_gain_has_no_part_of_it() {
    let vault = VAULT.replace("share = 0.2\n", "share = 0.2\nstart = \"20d\"\n");
    let rest = [TEN_DAYS, &vault, &stream("Swaps", 20, "Bought = 1")].concat();
    let design = with_allocation(1_000, CLIFF, &rest);
    let rows = rows(&design);
    // What was bought on days 10 and 20 waits for shares; 180 are missing to 200.
    let figures = [2, 3].map(|row: usize| {
        let vault = rows[row].vaults[0];
        (
            vault.assets.get(),
            vault.shares,
            vault.price.raw() / 1_000_000_000_000_000,
        )
    });
    assert_eq!(figures, [(200, 180, 1_000), (210, 180, 1_165)]);
}

#[test]
fn one_name_in_two_assets_is_two_routes() {
    let other = stream("Loans", 30, "treasury = 1").replace("USD", "EUR");
    let rest = [TEN_DAYS, &stream("Swaps", 100, "treasury = 1"), &other].concat();
    let design = with_allocation(1_000, CLIFF, &rest);
    let run = run(&design).unwrap();
    assert_eq!(run.last.received, [600, 180].map(Amount::new));
    let symbols: Vec<_> = run
        .fee_accounts
        .iter()
        .map(|(symbol, _)| symbol.as_str())
        .collect();
    assert_eq!(symbols, ["USD", "EUR"]);
    let names = tokenomics_simulation::metrics::Group::Routes.names(&design);
    assert_eq!(names, ["treasury (USD)", "treasury (EUR)"]);
}

#[test]
fn the_value_of_a_month_is_by_what_circulates_at_its_first_instant() {
    let one = "[escrow]\nshare = 0.1\nduration = \"300d\"\n";
    let streams = [
        &stream("Swaps", 100, "lockers = 0.5, buyback = 0.3, treasury = 0.2"),
        &in_token("Gas", 20, "burn = 1") as &str,
    ];
    let rest = [TEN_DAYS, one, &streams.concat()].concat();
    let design = with_allocation(1_000, CLIFF, &rest);
    let run = run(&design).unwrap();
    let wad = 1_000_000_000_000_000_000;
    for month in &run.months {
        let [usd, token] = [0, 1].map(|asset| run.value_accrued_in(month, asset).unwrap().raw());
        let circulating = month.circulating.get();
        let periods = month.burned.get() / 20;
        assert_eq!(usd, periods * 80 * wad / circulating);
        assert_eq!(token, periods * 20 * wad / circulating);
    }
    let sum: u128 = run
        .months
        .iter()
        .map(|one| run.value_accrued_in(one, 0).unwrap().raw())
        .sum();
    assert_eq!(run.value_accrued(0).unwrap().raw(), sum);
    assert!(run.value_accrued(2).is_none());
}
