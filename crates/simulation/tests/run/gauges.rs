//! Emissions that votes direct to gauges.

use tokenomics_simulation::{run, Design, Row, Stakeholder};

use super::common::rows;
use super::with_allocation;

/// Seven a day, in epochs of a week that begin with the run, and half of 1,000 locked from day 3 on.
fn directed(emission: &str, gauges: &str) -> Design {
    let text = format!("[[emission]]\nname = \"E\"\nstakeholder = \"builders\"\nkind = \"constant\"\ntick = \"1d\"\nrate = 7\nend = \"35d\"\ngauges = true\n{emission}\n[escrow]\ngranule = \"1d\"\n[[escrow.programme]]\nname = \"D\"\nshare = 0.5\nduration = \"20d\"\nrenew = false\nevery = \"500d\"\nstart = \"3d\"\n[[escrow.programme]]\nname = \"P\"\nkind = \"permanent\"\nshare = 0.1\nevery = \"500d\"\nstart = \"14d\"\n{gauges}\n[simulation]\nstep = \"1d\"\nend = \"38d\"\n");
    with_allocation(1_000, "{ kind = \"cliff\" }", &text)
}

fn gauge(name: &str, who: &str, votes: &str) -> String {
    format!("[[gauge]]\nname = \"{name}\"\nstakeholder = \"{who}\"\nvotes = {votes}\n")
}

fn got(row: &Row) -> Vec<u128> {
    row.gauges.iter().map(|amount| amount.get()).collect()
}

#[test]
fn what_an_epoch_mints_goes_by_the_votes_before_it_began() {
    let gauges = gauge("A", "users", "0.5") + &gauge("B", "operators", "{ D = 0.1, P = 0.5 }");
    let design = directed("", &gauges);
    let rows = rows(&design);
    // Minted on each day, and paid at the end of the week. Nobody had votes before day 0.
    let directed = |day: usize| rows[day].totals.directed.get();
    assert_eq!(
        [0, 1, 6, 7, 8, 13, 14].map(directed),
        [0, 7, 42, 0, 7, 42, 0]
    );
    assert_eq!(rows[7].totals.treasury.get(), 49);
    assert_eq!(got(&rows[13]), [0, 0]);
    // On day 7 there are votes: half of them for A and a tenth for B, 49 by 5 to 1 is 40.83 and 8.17.
    assert_eq!(got(&rows[14]), [41, 8]);
    assert_eq!(rows[14].totals.circulating.get(), 1_049);
    // What is locked for good on day 14 itself has no votes strictly before it.
    assert_eq!(got(&rows[21]), [82, 16]);
    // On day 21 those of D have two days left of 20, of 500; P has a tenth of 1,049. Of 50 and 104 votes
    // A has half, 77, and B a tenth and a half: 5 and 52.
    assert_eq!(got(&rows[28]), [82 + 28, 16 + 21]);
    // On day 28 only those locked for good have any, of which half each.
    assert_eq!(got(&rows[35]), [110 + 25, 37 + 24]);
    // All is paid by then, and all that was minted is somewhere.
    assert_eq!(directed(38), 0);
    assert_eq!(rows[38].totals.treasury.get(), 49);
    assert_eq!(rows[38].totals.circulating.get(), 1_000 + 4 * 49);
    assert_eq!(rows[38].directed[0].get(), 4 * 49);
    assert_eq!(rows[38].gauge_weights, [500_000_000_000_000_000; 2]);
    let run = run(&design).unwrap();
    let minted = |who| run.stakeholder(who).minted.get();
    let all = Stakeholder::ALL.map(minted);
    // Users, builders, investors and operators.
    assert_eq!(all, [135, 49, 0, 61]);
    let ever = run.stakeholder(Stakeholder::Builders).to_be_minted;
    assert_eq!(ever.unwrap().get(), 49);
}

#[test]
fn without_votes_it_goes_where_the_emission_says() {
    let gauges = gauge("A", "users", "{ P = 1 }");
    let last = |emission: &str| run(&directed(emission, &gauges)).unwrap().last;
    let treasury = last("");
    // A has no votes before day 21: three weeks.
    assert_eq!(
        (treasury.totals.treasury.get(), got(&treasury)),
        (147, vec![98])
    );
    let circulating = last("to = \"circulating\"");
    assert_eq!(circulating.totals.treasury.get(), 0);
    assert_eq!(circulating.totals.circulating.get(), 1_000 + 5 * 49);
    assert_eq!(got(&circulating), [98]);
}

#[test]
fn an_epoch_that_the_run_does_not_end_waits() {
    let gauges = gauge("A", "users", "1");
    let mut design = directed("", &gauges);
    design.emissions[0].gauges = Some(tokenomics_simulation::Period::Seconds(30 * 86_400));
    let run = run(&design).unwrap();
    let last = run.last.totals;
    assert_eq!((last.treasury.get(), last.directed.get()), (30 * 7, 5 * 7));
    let waits = ("directed:E".to_owned(), last.directed);
    assert!(run.accounts.contains(&waits));
}
