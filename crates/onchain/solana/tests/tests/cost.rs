//! The cost of a lock doesn't depend on how many others there are.

use embedded::escrow::{EscrowAccount, LockAccount};
use embedded::slots::Slots;
use embedded::State as _;
use solana_tests::scene::{Scene, START, WEEK};
use tokenomics_escrow_weighting::{Escrow, SlotRing};
use tokenomics_fixed_math::{Amount, Timestamp, Wad};

/// Makes so many locks by the library, in the bytes of the account.
fn lock_on_the_host(scene: &mut Scene, count: u64) {
    let account = scene.world.accounts.get_mut(&scene.escrow).unwrap();
    let (head, slots) = account.data.split_at_mut(EscrowAccount::SPACE);
    let mut stored = EscrowAccount::decode(head).unwrap();
    let ring = SlotRing::resume(stored.ring, Slots(slots)).unwrap();
    let mut escrow = Escrow::resume(stored.escrow, ring).unwrap();
    for number in 0..count {
        let end = Timestamp::new(START + (2 + number * 7 % 200) * WEEK);
        let kind = escrow.terms().decaying(Wad::ONE, end).unwrap();
        let now = Timestamp::new(START + number * WEEK / count);
        escrow
            .create(now, Amount::new(1 + u128::from(number)), kind)
            .unwrap();
    }
    (stored.escrow, stored.ring) = (escrow.head(), escrow.totals().head());
    stored.encode(head).unwrap();
}

/// The compute units of one more lock after so many, and of one after a year of silence.
fn cost(count: u64) -> [u64; 2] {
    let mut scene = Scene::new();
    lock_on_the_host(&mut scene, count);
    let mut lock = |week: u64| {
        let lock = scene.world.blank(LockAccount::SPACE);
        let end = Timestamp::new(START + (week + 100) * WEEK);
        scene.world.at((START + week * WEEK) as i64);
        let call = scene.lock(lock, 5, end);
        scene.call(&call).unwrap();
        scene.world.units
    };
    [lock(1), lock(53)]
}

#[test]
fn one_more_lock_costs_the_same_after_ten_and_after_a_hundred_thousand() {
    let costs = [10, 1_000, 100_000].map(cost);
    println!("compute units of a lock, and after a year: {costs:?}");
    for which in [0, 1] {
        let of = costs.map(|cost| cost[which]);
        let (least, most) = (of.iter().min().unwrap(), of.iter().max().unwrap());
        assert!(*most <= 3 * least, "{of:?}");
    }
}
