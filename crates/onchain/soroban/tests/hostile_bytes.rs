//! Stored bytes that the contract never wrote: each call ends, with the number of the error where they can't
//! be read, and leaves nothing behind.

mod common;

use common::{outcome, World};
use soroban_embedder::stored::Key;
use soroban_sdk::Bytes;

/// A contract with a grant, a lock and a stake of each holder.
fn written() -> World {
    let world = World::new(1);
    let client = world.at(0);
    for (holder, end) in world.holders.iter().zip([400, 90, 700, 200]) {
        client.create_grant(holder, holder, &100, &0, &10, &999);
        client.create_lock(holder, &5, &end);
        client.stake(holder, &7);
        client.fund(holder, &11);
    }
    world
}

/// What is stored that the calls below read, beside the parts of the state that all of them share.
fn keys(world: &World) -> Vec<Key> {
    let holder = || world.holders[0].clone();
    let nodes = (0..4).map(Key::Node);
    let others = [
        Key::Escrow,
        Key::Checkpoint(0),
        Key::Lock(holder()),
        Key::Pool,
        Key::Position(holder()),
        Key::NextGrant,
        Key::Grant(0),
    ];
    nodes.chain(others).collect()
}

fn bytes(world: &World, key: &Key) -> Bytes {
    let read = || world.env.storage().persistent().get(key).unwrap();
    world.env.as_contract(&world.contract, read)
}

fn put(world: &World, key: &Key, bytes: &Bytes) {
    let set = || world.env.storage().persistent().set(key, bytes);
    world.env.as_contract(&world.contract, set);
}

/// Makes every call that reads, and returns the numbers of the errors.
fn errors(world: &World) -> Vec<u32> {
    let (client, holder) = (world.at(300), &world.holders[0]);
    let done = [
        outcome(client.try_weight(holder)),
        outcome(client.try_total_weight(&300)),
        outcome(client.try_total_weight(&0)),
        outcome(client.try_reward(holder)).map(|stake| stake.claimable),
        outcome(client.try_grant(&0)).map(|parts| parts.claimable),
        outcome(client.try_create_grant(holder, holder, &1, &0, &0, &1)).map(i128::from),
        outcome(client.try_extend_lock(holder, &900)).map(|()| 0),
        outcome(client.try_claim_reward(holder)),
        outcome(client.try_claim_grant(&0)),
        outcome(client.try_stake(holder, &1)).map(|()| 0),
    ];
    done.into_iter().filter_map(Result::err).collect()
}

#[test]
fn what_is_whole_is_read() {
    assert_eq!(errors(&written()), [0_u32; 0]);
}

#[test]
fn what_is_cut_lengthened_or_garbage_is_refused() {
    for key in keys(&written()) {
        let world = written();
        let good = bytes(&world, &key);
        let mut longer = good.clone();
        longer.push_back(0);
        let huge = Bytes::from_slice(&world.env, &[0; 400]);
        for broken in [
            good.slice(..good.len() - 1),
            longer,
            huge,
            Bytes::new(&world.env),
        ] {
            put(&world, &key, &broken);
            let held = world.held();
            let refused = outcome_of(&world, &key);
            assert_eq!(refused, Err(3));
            assert_eq!(world.held(), held, "a refused call moves nothing");
            assert_eq!(bytes(&world, &key), broken, "nor does it write");
        }
    }
}

/// Makes the call that reads what is under a key.
fn outcome_of(world: &World, key: &Key) -> Result<i128, u32> {
    let (client, holder) = (world.at(300), &world.holders[0]);
    match key {
        Key::Node(index) => {
            // Each is the only one on the way to some end.
            let ends = [400, 90, 700, 200];
            let read = (0..=900).map(|at| outcome(client.try_total_weight(&at)));
            let refused = read.into_iter().find(Result::is_err);
            assert!((*index as usize) < ends.len());
            refused.unwrap_or(Ok(0))
        }
        Key::Escrow | Key::Checkpoint(_) => outcome(client.try_total_weight(&300)),
        Key::Lock(_) => outcome(client.try_extend_lock(holder, &900)).map(|()| 0),
        Key::Pool | Key::Position(_) => outcome(client.try_claim_reward(holder)),
        Key::NextGrant => {
            outcome(client.try_create_grant(holder, holder, &1, &0, &0, &1)).map(i128::from)
        }
        _ => outcome(client.try_claim_grant(&0)),
    }
}

#[test]
fn bytes_that_are_changed_never_abort() {
    let mut refused = 0;
    for key in keys(&written()) {
        let world = written();
        let good = bytes(&world, &key);
        for place in (0..good.len()).step_by(10) {
            let mut broken = good.clone();
            // The lowest bit, the highest or all, by turns.
            let changed = good.get(place).unwrap() ^ [0x01, 0x80, 0xff][place as usize / 10 % 3];
            broken.set(place, changed);
            put(&world, &key, &broken);
            refused += errors(&world).len();
        }
    }
    assert!(refused > 100, "{refused}");
}
