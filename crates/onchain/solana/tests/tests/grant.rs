//! Grants: what the machine pays and keeps is what the library does, and its refusals come by their codes.

use embedded::grant::{GrantAccount, Vesting};
use embedded::Instruction;
use solana_tests::scene::{Scene, RICH, START, WEEK};
use solana_tests::{code, ProgramError};
use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_vesting::{Error, Gate, Grant, Linear};

fn now(seconds: u64) -> Timestamp {
    Timestamp::new(START + seconds)
}

fn expected() -> Vesting {
    let linear = Linear::new(now(0), now(10 * WEEK), Amount::new(10_007)).unwrap();
    Grant::new(Gate::new(linear, now(WEEK)))
}

fn vesting(scene: &Scene) -> Vesting {
    scene.world.state::<GrantAccount>(scene.grant).vesting
}

#[test]
fn a_grant_begins_as_the_library_makes_it_and_all_of_it_is_in_the_vault() {
    let scene = Scene::new();
    assert_eq!(vesting(&scene), expected());
    assert_eq!(scene.world.amount(scene.granted), 10_007);
    assert_eq!(scene.world.amount(scene.bobs[0]), RICH - 10_007);
}

#[test]
fn claims_pay_what_the_library_says_to_the_last_unit() {
    let (mut scene, mut host) = (Scene::new(), expected());
    let before = scene.world.amount(scene.alices[0]);
    let mut sum = 0;
    for seconds in [
        1,
        WEEK - 1,
        WEEK,
        WEEK,
        3 * WEEK + 5,
        10 * WEEK - 1,
        10 * WEEK,
        99 * WEEK,
    ] {
        scene.world.at((START + seconds) as i64);
        let call = scene.claim_grant();
        scene.call(&call).unwrap();
        sum += host.claim(now(seconds)).unwrap().get();
        assert_eq!(vesting(&scene), host);
        let paid = scene.world.amount(scene.alices[0]) - before;
        assert_eq!(u128::from(paid), sum);
        assert_eq!(scene.world.amount(scene.granted), 10_007 - paid);
    }
    assert_eq!(sum, 10_007);
}

#[test]
fn a_revocation_returns_what_has_not_vested_and_no_more_vests() {
    let (mut scene, mut host) = (Scene::new(), expected());
    let before = scene.world.amount(scene.bobs[0]);
    scene.world.at((START + 4 * WEEK + 1) as i64);
    let revoke = scene.revoke_grant();
    scene.call(&revoke).unwrap();
    let returned = host.revoke(now(4 * WEEK + 1)).unwrap();
    assert_eq!(vesting(&scene), host);
    let back = scene.world.amount(scene.bobs[0]) - before;
    assert_eq!(u128::from(back), returned.get());

    scene.world.at((START + 99 * WEEK) as i64);
    let claim = scene.claim_grant();
    scene.call(&claim).unwrap();
    host.claim(now(99 * WEEK)).unwrap();
    assert_eq!(vesting(&scene), host);
    assert_eq!(scene.world.amount(scene.granted), 0);

    let refused = host.revoke(now(99 * WEEK)).unwrap_err();
    assert!(matches!(refused, Error::AlreadyRevoked { .. }));
    assert_eq!(scene.call(&revoke), Err(code(refused.code())));
}

#[test]
fn a_clock_that_runs_back_claims_nothing_and_revokes_nothing() {
    let mut scene = Scene::new();
    scene.world.at((START + 5 * WEEK) as i64);
    let (claim, revoke) = (scene.claim_grant(), scene.revoke_grant());
    scene.call(&claim).unwrap();
    let vault = scene.world.amount(scene.granted);
    scene.world.at((START + 4 * WEEK) as i64);
    scene.call(&claim).unwrap();
    assert_eq!(scene.world.amount(scene.granted), vault);
    let (at, last) = (now(4 * WEEK), now(5 * WEEK));
    let refused = Error::Backdated { at, last };
    assert_eq!(scene.call(&revoke), Err(code(refused.code())));
}

#[test]
fn a_schedule_that_ends_before_it_starts_is_refused_by_its_code() {
    let mut scene = Scene::new();
    let mut call = scene.calls().remove(0);
    let Instruction::CreateGrant(mut new) = call.instruction else {
        unreachable!()
    };
    new.end = new.start;
    call.instruction = Instruction::CreateGrant(new);
    let refused = Linear::new(new.start, new.end, Amount::ZERO).unwrap_err();
    assert_eq!(scene.call(&call), Err(code(refused.code())));
    new.end = Timestamp::new(START + WEEK);
    new.total = RICH;
    call.instruction = Instruction::CreateGrant(new);
    assert_eq!(scene.call(&call), Err(ProgramError::InsufficientFunds));
}
