//! The vote escrow: what the machine keeps and answers is what the library does.

use borsh::BorshDeserialize as _;
use embedded::escrow::{EscrowAccount, LockAccount, Weights, SLOTS};
use embedded::slots::Slots;
use embedded::State;
use solana_tests::scene::{terms, Scene, START, WEEK};
use solana_tests::{code, ProgramError, Pubkey};
use tokenomics_escrow_weighting::{Error, Escrow, Lock, Ring, RingSlot, SlotRing, Terms};
use tokenomics_fixed_math::{Amount, Timestamp, Wad};

/// The library's own ring, of the same length.
type Host = Escrow<Ring<SLOTS>>;

fn at(weeks: u64) -> Timestamp {
    Timestamp::new(START + weeks * WEEK)
}

/// The escrow of the scene, with its two locks.
fn host() -> (Host, Lock, Lock) {
    let terms: Terms = terms();
    let mut host = Escrow::with_totals(terms, Ring::new(terms.granule()).unwrap());
    let mut lock = |weeks| {
        let kind = terms.decaying(Wad::ONE, at(weeks)).unwrap();
        host.create(at(0), Amount::new(1_000), kind).unwrap()
    };
    let (long, short) = (lock(52), lock(1));
    (host, long, short)
}

fn held(scene: &Scene, lock: Pubkey) -> Option<Lock> {
    scene.world.state::<LockAccount>(lock).lock
}

/// Sees that the account holds what the host does, in its bytes and in all that can be asked.
fn same(scene: &mut Scene, host: &Host, asked: u64) {
    let data = &scene.world.accounts[&scene.escrow].data;
    let (head, slots) = data.split_at(EscrowAccount::SPACE);
    let stored = EscrowAccount::decode(head).unwrap();
    assert_eq!(stored.escrow, host.head());
    assert_eq!(stored.ring, host.totals().head());
    let slots = SlotRing::resume(stored.ring, Slots(slots.to_vec())).unwrap();
    for (index, slot) in (0..).zip(host.totals().slots()) {
        let place = &data[EscrowAccount::SPACE + index * 80..][..80];
        assert_eq!(&RingSlot::try_from_slice(place).unwrap(), slot);
    }
    let time = at(asked);
    assert_eq!(slots.weight_at(time), host.total_at(time));
    let call = scene.weight(time);
    let answered = Weights::try_from_slice(&scene.call(&call).unwrap()).unwrap();
    assert_eq!(answered.total, host.total_weight_at(time).unwrap());
    let own = held(scene, scene.lock).unwrap().weight_at(time);
    assert_eq!(answered.lock, host.terms().weight(own).unwrap());
}

#[test]
fn locks_are_made_extended_and_withdrawn_as_the_library_does() {
    let mut scene = Scene::new();
    let (mut host, long, short) = host();
    assert_eq!(held(&scene, scene.lock), Some(long));
    same(&mut scene, &host, 0);
    same(&mut scene, &host, 51);

    let (extend, withdraw) = (scene.extend(at(150)), scene.withdraw());
    scene.call(&extend).unwrap();
    let long = host.extend(at(1), long, at(150)).unwrap();
    assert_eq!(held(&scene, scene.lock), Some(long));
    same(&mut scene, &host, 149);

    let purse = scene.world.amount(scene.alices[0]);
    scene.call(&withdraw).unwrap();
    host.withdraw(at(1), short).unwrap();
    assert_eq!(held(&scene, scene.ended), None);
    assert_eq!(scene.world.amount(scene.alices[0]), purse + 1_000);
    same(&mut scene, &host, 2);
    // What was withdrawn is no lock any more.
    let again = scene.call(&withdraw);
    assert_eq!(again, Err(ProgramError::UninitializedAccount));
}

#[test]
fn a_hundred_locks_through_ten_years_are_the_library_s() {
    let mut scene = Scene::new();
    let (mut host, ..) = host();
    let mut locked = 2_000;
    for step in 1..101_u64 {
        let now = step * 5;
        scene.world.at((START + now * WEEK + step) as i64);
        let time = Timestamp::new(START + now * WEEK + step);
        let (end, amount) = (at(now + step * 31 % 200 + 2), step * step % 97 + 1);
        let lock = scene.world.blank(LockAccount::SPACE);
        let call = scene.lock(lock, amount, end);
        scene.call(&call).unwrap();
        let kind = host.terms().decaying(Wad::ONE, end).unwrap();
        let made = host.create(time, Amount::from(amount), kind).unwrap();
        assert_eq!(held(&scene, lock), Some(made));
        locked += amount;
        assert_eq!(scene.world.amount(scene.locked), locked);
        same(&mut scene, &host, now + 3);
    }
}

#[test]
fn what_the_library_refuses_is_refused_by_its_code() {
    let mut scene = Scene::new();
    let (mut host, long, _) = host();
    let lock = scene.world.blank(LockAccount::SPACE);
    let refusals = [
        (scene.lock(lock, 0, at(5)), host_lock(&mut host, 0, at(5))),
        (
            scene.lock(lock, 5, Timestamp::new(START + 1 + 5 * WEEK)),
            host_lock(&mut host, 5, Timestamp::new(START + 1 + 5 * WEEK)),
        ),
        (scene.lock(lock, 5, at(1)), host_lock(&mut host, 5, at(1))),
        (
            scene.lock(lock, 5, at(300)),
            host_lock(&mut host, 5, at(300)),
        ),
        (scene.extend(at(52)), host.extend(at(1), long, at(52)).err()),
        (
            scene.weight(Timestamp::new(1)),
            host.total_at(Timestamp::new(1)).err(),
        ),
    ];
    for (call, refused) in refusals {
        let refused = refused.unwrap();
        assert_eq!(scene.call(&call), Err(code(refused.code())), "{refused:?}");
    }
    // A lock that has not ended.
    let mut early = scene.withdraw();
    early.accounts[3].pubkey = scene.lock;
    let refused = host.withdraw(at(1), long).unwrap_err();
    assert!(matches!(refused, Error::NotEnded { .. }));
    assert_eq!(scene.call(&early), Err(code(refused.code())));
}

fn host_lock(host: &mut Host, amount: u64, end: Timestamp) -> Option<Error> {
    let kind = host.terms().decaying(Wad::ONE, end).unwrap();
    host.create(at(1), Amount::from(amount), kind).err()
}
