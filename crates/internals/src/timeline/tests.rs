extern crate std;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::vec::Vec;

use super::node::Link;
use super::*;

impl Change for i64 {
    const NONE: Self = 0;

    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
    }

    fn negated(self) -> Self {
        self.wrapping_neg()
    }
}

type Sum<const N: usize> = Timeline<[Node<i64>; N]>;

/// Returns how many branches and leaves a read touches at most.
fn depth<const N: usize>(timeline: &Sum<N>, link: Link) -> u32 {
    let links = timeline.at_branch(link, &mut { ALL }, |branch| branch.links);
    let below = links.map(|links| links.map(|link| depth(timeline, link)).into_iter().max());
    1 + below.flatten().unwrap_or(0)
}

/// Each shares one bit more with the clock's last instant, and so makes that path longer.
fn hostile() -> impl Iterator<Item = u64> {
    (0..=64).map(|ones| !u64::MAX.checked_shr(ones).unwrap_or(0))
}

#[test]
fn no_path_is_longer_than_the_clock_has_pairs_of_bits_and_one() {
    let mut timeline: Sum<1_200> = Timeline::new([Node::EMPTY; 1_200]);
    // What would make a list of a tree that isn't balanced: all in order, from both ends.
    let times = hostile().chain(1..500).chain((1_000..1_500).rev());
    for time in times {
        timeline.add(time, 1, 1).unwrap();
    }
    assert_eq!(depth(&timeline, timeline.head.root), 33);
}

#[test]
fn times_that_are_spread_have_short_paths() {
    let mut timeline: Sum<208> = Timeline::new([Node::EMPTY; 208]);
    for week in 2_700..2_908 {
        timeline.add(week * 604_800, 1, 1).unwrap();
    }
    assert!(depth(&timeline, timeline.head.root) <= 8);
}

#[test]
fn what_was_taken_out_leaves_the_sums_and_the_room() {
    let mut timeline: Sum<48> = Timeline::new([Node::EMPTY; 48]);
    let mut left = BTreeMap::new();
    let mut random = 7_u64;
    for _ in 0..5_000 {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let (time, change) = (random >> 33 & 63, (random >> 55) as i64 - 200);
        match left.remove(&time) {
            Some(old) => timeline.remove(time, old, 1).unwrap(),
            None if left.len() == 48 => {
                let full = Err(Unchanged::Full { capacity: 48 });
                assert_eq!(timeline.add(time, change, 1), full);
            }
            None => {
                let missing = Err(Unchanged::Missing { kept: 0 });
                assert_eq!(timeline.remove(time, change, 1), missing);
                timeline.add(time, change, 1).unwrap();
                left.insert(time, change);
            }
        }
        for by in 0..64 {
            let sum: i64 = left.range(..=by).map(|(_, change)| change).sum();
            assert_eq!(timeline.sum(by), sum);
            let next = left.range(by..).next().map(|(&time, _)| time);
            assert_eq!(timeline.next(by), next);
        }
    }
}

#[test]
fn a_time_stays_while_a_change_or_what_stands_behind_it_does() {
    let mut timeline: Sum<2> = Timeline::new([Node::EMPTY; 2]);
    timeline.add(9, 5, 3).unwrap();
    timeline.remove(9, 0, 3).unwrap();
    assert_eq!((timeline.at(9), timeline.next(0)), ((5, 0), Some(9)));
    timeline.remove(9, 5, 0).unwrap();
    assert_eq!((timeline.at(9), timeline.next(0)), ((0, 0), None));
    assert_eq!(
        timeline.remove(9, 5, 0),
        Err(Unchanged::Missing { kept: 0 })
    );
}

#[test]
fn every_order_of_a_few_times_gives_every_sum() {
    let times = [0, 1, 2, 6, 7, u64::MAX];
    let mut order: Vec<usize> = (0..times.len()).collect();
    permutations(&mut order, 0, &mut |order| {
        let mut timeline: Sum<6> = Timeline::new([Node::EMPTY; 6]);
        for &index in order {
            timeline.add(times[index], 1 << index, 1).unwrap();
        }
        let mut left = (1 << times.len()) - 1;
        for &index in order.iter().rev() {
            for by in [0, 1, 2, 3, 5, 6, 7, 8, u64::MAX - 1, u64::MAX] {
                let earlier = (0..times.len()).filter(|&index| times[index] <= by);
                let sum: i64 = earlier.map(|index| left & 1 << index).sum();
                assert_eq!(timeline.sum(by), sum, "{order:?} by {by}");
            }
            timeline.remove(times[index], 1 << index, 1).unwrap();
            left &= !(1 << index);
        }
        assert_eq!(
            (timeline.head.root, timeline.next(0)),
            (Link::NOTHING, None)
        );
    });
}

fn permutations(order: &mut Vec<usize>, from: usize, each: &mut impl FnMut(&[usize])) {
    if from == order.len() {
        each(order);
    }
    for at in from..order.len() {
        order.swap(from, at);
        permutations(order, from + 1, each);
        order.swap(from, at);
    }
}

#[test]
fn a_store_that_no_changes_led_to_ends_every_call() {
    // Two branches that lead to each other, and two free lists in a circle.
    let leaf = Leaf {
        at: 5,
        own: 1,
        kept: 1,
    };
    let branch = |links| {
        Slot::Taken(Branch {
            prefix: 5,
            bits: 4,
            links,
            sums: [1; 3],
        })
    };
    let [zero, one, far] = [0, 1, 9].map(Link::to_branch);
    let nodes = [
        Node {
            leaf: Slot::Taken(leaf),
            branch: branch([one, zero, zero, one]),
        },
        Node {
            leaf: Slot::Taken(leaf),
            branch: branch([zero, Link::to_leaf(9), far, Link::NOTHING]),
        },
        Node {
            leaf: Slot::Free { next: Some(2) },
            branch: Slot::Free { next: Some(2) },
        },
    ];
    let pool = Pool {
        len: 2,
        free: Some(2),
    };
    let head = Head {
        root: zero,
        leaves: pool,
        branches: pool,
    };
    let mut timeline: Sum<3> = Timeline::restore(head, nodes);
    for time in [0, 5, 8, 15, 16, u64::MAX] {
        let _ = (timeline.sum(time), timeline.at(time), timeline.next(time));
        let _ = timeline.add(time, 1, 1);
        let _ = timeline.remove(time, 1, 1);
    }
}

#[test]
fn what_cancels_leaves_no_node_whichever_way_it_came() {
    let mut timeline: Sum<2> = Timeline::new([Node::EMPTY; 2]);
    timeline.add(5, 7, 0).unwrap();
    timeline.add(5, -7, 0).unwrap();
    assert_eq!(timeline.next(0), None);
    // There is room for two others, then, and for the one again when they are gone.
    timeline.add(8, 1, 0).unwrap();
    timeline.add(9, 1, 0).unwrap();
    assert_eq!(timeline.add(5, 7, 0), Err(Unchanged::Full { capacity: 2 }));
    timeline.add(9, -1, 0).unwrap();
    timeline.add(5, 7, 0).unwrap();
    assert_eq!((timeline.sum(5), timeline.sum(8)), (7, 8));
}

/// A chain's storage, which keeps what was set and nothing else.
#[derive(Default)]
struct Chain {
    entries: BTreeMap<u32, Node<i64>>,
    sets: Cell<u32>,
}

impl Store for Chain {
    type Entry = Node<i64>;

    fn get(&self, index: u32) -> Option<Node<i64>> {
        self.entries.get(&index).copied()
    }

    fn set(&mut self, index: u32, node: Node<i64>) {
        self.sets.set(self.sets.get() + 1);
        self.entries.insert(index, node);
    }
}

#[test]
fn what_changes_is_set_and_nothing_else() {
    let mut timeline = Timeline::new(Chain::default());
    let mut array: Sum<64> = Timeline::new([Node::EMPTY; 64]);
    for time in (0..64).rev().map(|time| time * 37 % 64) {
        timeline.add(time, 1 << (time % 40), 1).unwrap();
        array.add(time, 1 << (time % 40), 1).unwrap();
    }
    for by in 0..64 {
        assert_eq!(timeline.sum(by), array.sum(by));
    }
    assert_eq!(timeline.head(), array.head());
    // The last time is in no sum, and what is kept isn't either: only the leaves change. The first is
    // in a sum of each of three branches.
    let before = timeline.nodes().sets.get();
    timeline.add(63, 5, 1).unwrap();
    timeline.add(0, 0, 1).unwrap();
    assert_eq!(timeline.nodes().sets.get() - before, 2);
    timeline.add(0, 5, 1).unwrap();
    assert_eq!(timeline.nodes().sets.get() - before, 2 + 4);
}
