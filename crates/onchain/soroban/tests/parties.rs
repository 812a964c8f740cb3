//! Who has to agree to what, and who is paid.

mod common;

use common::World;
use soroban_sdk::token::TokenClient;
use soroban_sdk::Address;

/// Checks that the last call asked for one account alone.
fn asked(world: &World, who: &Address) {
    let asked = world.env.auths();
    assert!(!asked.is_empty() && asked.iter().all(|(one, _)| one == who));
}

#[test]
fn a_grant_is_its_holder_s_and_what_has_not_vested_its_funder_s() {
    let world = World::new(1);
    let [funder, holder, ..] = &world.holders;
    let balance = |of: &Address| TokenClient::new(&world.env, &world.token).balance(of);
    let before = [balance(funder), balance(holder)];
    let client = world.at(0);
    let id = client.create_grant(funder, holder, &1_000, &0, &25, &100);
    asked(&world, funder);
    assert_eq!(world.at(24).claim_grant(&id), 0);
    assert_eq!(world.at(25).claim_grant(&id), 250);
    asked(&world, holder);
    assert_eq!(world.at(60).revoke_grant(&id), 400);
    asked(&world, funder);
    assert_eq!(world.at(99).claim_grant(&id), 350);
    let after = [balance(funder), balance(holder)];
    assert_eq!(after, [before[0] - 600, before[1] + 600]);
    assert_eq!(world.held(), [0, 0]);
}

#[test]
fn a_change_asks_for_the_one_whose_it_is() {
    let world = World::new(1);
    let holder = &world.holders[2];
    let changes: [&dyn Fn(); 7] = [
        &|| world.at(0).create_lock(holder, &5, &500),
        &|| world.at(0).extend_lock(holder, &600),
        &|| world.at(0).stake(holder, &7),
        &|| world.at(0).fund(holder, &14),
        &|| assert_eq!(world.at(0).claim_reward(holder), 14),
        &|| world.at(0).unstake(holder, &3),
        &|| assert_eq!(world.at(600).withdraw_lock(holder), 5),
    ];
    for change in changes {
        change();
        asked(&world, holder);
    }
    assert_eq!(world.held(), [4, 0]);
}
