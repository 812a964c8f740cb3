//! Programmes of locks of all kinds, from a few numbers, and what their sums keep to.

use std::fmt::Write as _;

use tokenomics_fixed_math::Amount;
use tokenomics_simulation::{Design, Row};

/// An escrow of one to three programmes.
pub fn write(text: &mut String, next: &mut impl FnMut(u64) -> u64) {
    let _ = write!(text, "[escrow]\ngranule = \"{}d\"\n", 1 + next(7));
    for index in 0..1 + next(3) {
        let _ = write!(
            text,
            "[[escrow.programme]]\nname = \"P{index}\"\nshare = 0.{:02}\n{}\n{}{}",
            next(34),
            kind(next),
            ["", "start = \"45d\"\n", "start = \"2mo\"\n"][next(3) as usize],
            ["", "every = \"1mo\"\n", "every = \"70d\"\n"][next(3) as usize],
        );
    }
}

fn kind(next: &mut impl FnMut(u64) -> u64) -> String {
    let duration = format!("duration = \"{}d\"", 7 + next(390));
    let renew = format!("renew = {}", next(2) == 0);
    match next(6) {
        0 => "kind = \"permanent\"\nmultiplier = 0.7".to_owned(),
        1 => format!("kind = \"constant\"\n{duration}\n{renew}\nmultiplier = 1.25"),
        2 => format!(
            "kind = \"constant\"\n{duration}\n{renew}\nmultipliers = \"conviction\"\nperiod = \"{}d\"",
            1 + next(40)
        ),
        3 => format!("{duration}\n{renew}\nmultiplier = 4"),
        kind => {
            let ends = [format!("\n{duration}\n{renew}"), String::new()];
            format!(
                "kind = \"growing\"\nfrom = 0.{}\nto = 3\nover = \"{}d\"{}",
                next(10),
                1 + next(300),
                ends[kind as usize - 4]
            )
        }
    }
}

/// What is locked is the sum over all programmes; so are the votes, but for less than one vote of each,
/// as each is divided by itself.
pub fn sum_to_all(row: &Row, text: &str) {
    let sum = |each: &[Amount]| Amount::try_sum(each.iter().copied()).unwrap().get();
    assert_eq!(sum(&row.locked), row.totals.locked.get(), "{text}");
    let (votes, all) = (sum(&row.votes), row.totals.vote_weight.get());
    let lost = row.votes.len().saturating_sub(1) as u128;
    assert!(votes <= all && all - votes <= lost, "{text}");
}

/// Up to three gauges, and an emission that goes to them.
pub fn gauges(text: &mut String, next: &mut impl FnMut(u64) -> u64) {
    for index in 0..1 + next(3) {
        let _ = write!(
            text,
            "[[gauge]]\nname = \"G{index}\"\nstakeholder = \"{}\"\nvotes = 0.{:02}\n",
            ["users", "operators"][next(2) as usize],
            next(34),
        );
    }
    let _ = write!(
        text,
        "[[emission]]\nname = \"D\"\nstakeholder = \"builders\"\nkind = \"constant\"\ntick = \"{}s\"\nrate = {}\n{}gauges = \"{}\"\n{}{}",
        1 + next(100_000),
        1 + next(20),
        ["", "start = \"20d\"\n", "start = \"1mo\"\n"][next(3) as usize],
        ["1w", "1mo", "100000s"][next(3) as usize],
        ["", "to = \"circulating\"\n"][next(2) as usize],
        ["", "end = \"9mo\"\n"][next(2) as usize],
    );
}

/// Gauges have got what was directed to them, no more than was minted and doesn't wait; and what they weigh is
/// one altogether, or nothing.
pub fn gauges_get_all(design: &Design, row: &Row, text: &str) {
    let sum = |each: &[Amount]| Amount::try_sum(each.iter().copied()).unwrap();
    assert_eq!(sum(&row.gauges), sum(&row.directed), "{text}");
    let minted = design.emissions.iter().zip(&row.minted);
    let minted = minted.filter(|(emission, _)| emission.gauges.is_some());
    let minted = Amount::try_sum(minted.map(|(_, minted)| *minted)).unwrap();
    let accounted = sum(&row.directed).checked_add(row.totals.directed);
    assert!(accounted.unwrap() <= minted, "{text}");
    let weights: u64 = row.gauge_weights.iter().sum();
    assert!(
        weights == 0 || weights == 1_000_000_000_000_000_000,
        "{text}"
    );
}
