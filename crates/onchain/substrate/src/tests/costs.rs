//! What a lock reads and writes, however many there are: within three times of the same.

use codec::MaxEncodedLen as _;
use tokenomics_escrow_weighting::{Checkpoint, EscrowHead, HistoryHead, Lock, Node, Terms};
use tokenomics_fee_split::{Position, RewardPool};
use tokenomics_fixed_math::{Span, Wad};
use tokenomics_haircut_collateral::Account;

use super::counted::counted;
use super::host::Votes;
use super::runtime::{at, cost_of, on_chain, units, Call, LockTerms, Seconds, Tokenomics, HOLDERS};
use crate::weights::Accesses;
use crate::Granted;

/// The embedder's guide, which tells the figures.
const PAGE: &str = include_str!("../../../../../docs/onchain.md");

const YEARS: u64 = 4 * 365 * 86_400;

/// An end like no other, anywhere within the longest lock.
fn end(number: u64) -> u64 {
    Seconds::get() + 1 + number.wrapping_mul(0x9e37_79b9_7f4a_7c15) % (YEARS - 1)
}

/// Makes so many locks a second apart, each with an end of its own, and stores what they come to.
fn store_locks(count: u64) {
    let mut votes = Votes::new();
    for number in 0..count {
        Seconds::set(number);
        let kind = votes.escrow.terms().decaying(Wad::ONE, at(end(number)));
        let lock = votes.escrow.create(at(number), units(7), kind.unwrap());
        lock.unwrap();
    }
    votes.store();
}

/// Returns the most that each of five more locks reads and writes, its move to a later end, and a look at a
/// past total.
fn one_more(after: u64) -> [Accesses; 3] {
    on_chain(|| {
        LockTerms::set(Terms::new(Span::new(YEARS), Span::new(1)).unwrap());
        store_locks(after);
        let mut most = [Accesses {
            reads: 0,
            writes: 0,
        }; 3];
        for (number, who) in (after..).zip(HOLDERS) {
            Seconds::set(number);
            let (amount, end) = (units(1_000), end(number) / 2);
            let later = end + YEARS / 3;
            let (end, later) = (at(end), at(later));
            let past = at(after * who / 7);
            let costs = [
                cost_of(who, Call::lock { amount, end }),
                cost_of(who, Call::extend_lock { end: later }),
                counted(|| Tokenomics::total_weight_at(past).unwrap()).1,
            ];
            for (most, cost) in most.iter_mut().zip(costs) {
                most.reads = most.reads.max(cost.reads);
                most.writes = most.writes.max(cost.writes);
            }
        }
        most
    })
}

/// Says that the page holds a row of figures.
fn is_told(name: &str, figures: &[String]) {
    let row = format!("| {name} | {} |\n", figures.join(" | "));
    assert!(PAGE.contains(&row), "docs/onchain.md doesn't say {row}");
}

#[test]
fn one_more_lock_costs_within_three_times_of_the_same_after_10_1_000_and_100_000() {
    let costs = [10, 1_000, 100_000].map(one_more);
    let names = [
        "one more lock",
        "its move to a later end",
        "the total at a past time",
    ];
    for (which, name) in names.into_iter().enumerate() {
        let each = costs.map(|cost| cost[which]);
        let [few, more, many] = each;
        for (least, most) in [(few, more), (few, many), (more, many)] {
            assert!(most.reads <= 3 * least.reads, "{least:?}, {most:?}");
            assert!(most.writes <= 3 * least.writes, "{least:?}, {most:?}");
        }
        is_told(
            name,
            &each.map(|Accesses { reads, writes }| format!("{reads}, {writes}")),
        );
    }
}

#[test]
fn the_page_tells_the_sizes_of_what_is_stored() {
    let sizes = [
        (
            "`Grant<Gate<Linear>>`, and two accounts of 32 bytes",
            Granted::<[u8; 32]>::max_encoded_len(),
        ),
        ("`Lock`", Lock::max_encoded_len()),
        (
            "`(EscrowHead, HistoryHead)`",
            <(EscrowHead, HistoryHead)>::max_encoded_len(),
        ),
        ("`Node` of a `History`", Node::max_encoded_len()),
        ("`Checkpoint` of it", Checkpoint::max_encoded_len()),
        ("`RewardPool`", RewardPool::max_encoded_len()),
        ("`Position` in it", Position::max_encoded_len()),
        ("`Account<1>`", Account::<1>::max_encoded_len()),
    ];
    for (name, size) in sizes {
        is_told(name, &[size.to_string()]);
    }
}

/// Ends that part at every pair of bits make the longest path that there is, to the earliest of them.
#[test]
fn the_longest_path_is_within_the_weights() {
    on_chain(|| {
        LockTerms::set(Terms::new(Span::new(u64::MAX), Span::new(1)).unwrap());
        let mut votes = Votes::new();
        for end in (0..32).map(|pair| at(3 << (2 * pair))) {
            let kind = votes.escrow.terms().decaying(Wad::ONE, end).unwrap();
            votes.escrow.create(at(0), units(1), kind).unwrap();
        }
        votes.store();
        let (amount, end) = (units(1_000), at(1));
        let locked = cost_of(1, Call::lock { amount, end });
        assert!(locked.reads > 33, "{locked:?}");
        cost_of(1, Call::extend_lock { end: at(2) });
        cost_of(2, Call::lock { amount, end: at(2) });
        Seconds::set(2);
        cost_of(1, Call::withdraw_lock {});
        cost_of(2, Call::withdraw_lock {});
    });
}
