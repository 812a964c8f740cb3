//! Revenue, and who gets it.

use tokenomics_fixed_math::Amount;
use tokenomics_simulation::run;

use super::common::rows;
use super::with_allocation;

#[test]
fn revenue_in_another_asset_is_paid_bought_and_burned_to_the_last_unit() {
    let fees = "[escrow]\nshare = 0.1\nduration = \"300d\"\n[fees]\nasset = \"USD\"\ndecimals = 2\nprice = 3\nrevenue = 100\nper = \"10d\"\nroutes = { lockers = 0.5, treasury = 0.2, buyback = 0.2, burn = 0.1 }\n[simulation]\nend = \"25d\"\nstep = \"5d\"\n";
    let design = with_allocation(1_000, "{ kind = \"cliff\" }", fees);
    let run = run(&design).unwrap();
    let row = &run.last;
    // Two periods of 100.00 USD are over: 100.00 to lockers, 40.00 to the treasury.
    let received: Vec<u128> = row.received.iter().map(|it| it.get()).collect();
    assert_eq!(received, [10_000, 4_000, 4_000, 2_000]);
    assert_eq!(row.revenue, [Amount::new(20_000)]);
    // 20.00 USD buy 6 tokens for 18.00 and leave 2.00, which with the next 20.00 buy 7 more.
    assert_eq!(run.last.totals.bought.get(), 13);
    // 10.00 buy 3 for 9.00, and 11.00 buy 3 again.
    assert_eq!(row.totals.burned.get(), 6);
    assert_eq!(row.totals.treasury.get(), 13);
    assert_eq!(row.totals.total_supply.get(), 994);
    let held = |name: &str| {
        let accounts = &run.fee_accounts[0].1;
        let account = accounts.iter().find(|(account, _)| account == name);
        account.unwrap_or_else(|| panic!("{accounts:?}")).1.get()
    };
    assert_eq!(held("sellers of the token"), 13 * 300 + 6 * 300);
    assert_eq!((held("buyback"), held("burn")), (100, 200));
    assert_eq!((held("lockers"), held("waiting for lockers")), (10_000, 0));
    assert_eq!(held("outside"), 0);
}

#[test]
fn revenue_for_lockers_waits_for_the_first_of_them() {
    let fees = "[fees]\nasset = \"USD\"\ndecimals = 0\nrevenue = 100\nper = \"10d\"\nroutes = { lockers = 1 }\n[escrow]\nshare = 0.1\nduration = \"300d\"\nstart = \"15d\"\n[simulation]\nstep = \"5d\"\n";
    let waiting = |end: &str| {
        let design = with_allocation(
            1_000,
            "{ kind = \"cliff\" }",
            &format!("{fees}end = \"{end}\"\n"),
        );
        let run = run(&design).unwrap();
        let accounts = &run.fee_accounts[0].1;
        let account = accounts
            .iter()
            .find(|(name, _)| name == "waiting for lockers");
        (account.unwrap().1.get(), run.last.unallocated[0].get())
    };
    assert_eq!(waiting("10d"), (100, 100));
    // On day 20 the locks of day 15 get what waited, too.
    assert_eq!(waiting("20d"), (0, 0));
}

#[test]
fn revenue_in_the_token_is_paid_as_far_as_it_circulates() {
    let fees = "[fees]\nrevenue = 60\nper = \"10d\"\nroutes = { burn = 0.5, treasury = 0.5 }\n[simulation]\nend = \"20d\"\nstep = \"10d\"\n";
    let design = with_allocation(100, "{ kind = \"cliff\" }", fees);
    let run = run(&design).unwrap();
    let row = &run.last;
    assert_eq!(
        (
            row.totals.burned.get(),
            row.totals.treasury.get(),
            row.totals.circulating.get()
        ),
        (50, 50, 0)
    );
    assert_eq!(run.last.totals.unpaid.get(), 20);
}

#[test]
fn revenue_ends_where_the_design_says() {
    let fees = "[fees]\nasset = \"USD\"\ndecimals = 0\nrevenue = 100\nper = \"10d\"\nstart = \"5d\"\nend = \"25d\"\nroutes = { treasury = 1 }\n[simulation]\nend = \"60d\"\nstep = \"1d\"\n";
    let design = with_allocation(1, "{ kind = \"cliff\" }", fees);
    // Periods are over on days 15, 25 (and would be on 35, 45 and 55).
    let earned: Vec<_> = rows(&design)
        .iter()
        .map(|row| row.received[0].get())
        .collect();
    assert_eq!(
        (earned[14], earned[15], earned[24], earned[25], earned[26]),
        (0, 100, 100, 200, 200)
    );
    assert_eq!(earned[60], 200);
}

#[test]
fn sellers_are_paid_the_price_rounded_up() {
    let fees = "[fees]\nasset = \"USD\"\ndecimals = 0\nprice = \"3/2\"\nrevenue = 5\nper = \"10d\"\nroutes = { buyback = 1 }\n[simulation]\nend = \"10d\"\n";
    let design = with_allocation(100, "{ kind = \"cliff\" }", fees);
    let run = run(&design).unwrap();
    // 5 buy 3 at 1.5, which cost 4.5: the half that can't be paid goes to the sellers.
    assert_eq!(run.last.totals.bought.get(), 3);
    let paid = run.fee_accounts[0]
        .1
        .iter()
        .find(|(name, _)| name == "sellers of the token");
    assert_eq!(paid.unwrap().1.get(), 5);
}

#[test]
fn no_more_is_bought_than_circulates() {
    let fees = "[fees]\nasset = \"USD\"\ndecimals = 0\nprice = 1\nrevenue = 1000\nper = \"10d\"\nroutes = { buyback = 0.5, burn = 0.5 }\n[simulation]\nend = \"10d\"\n";
    let design = with_allocation(700, "{ kind = \"cliff\" }", fees);
    let run = run(&design).unwrap();
    let row = &run.last;
    assert_eq!(
        (
            row.totals.treasury.get(),
            row.totals.burned.get(),
            row.totals.circulating.get()
        ),
        (500, 200, 0)
    );
}
