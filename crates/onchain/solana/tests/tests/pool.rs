//! The reward pool: what the machine pays and keeps is what the library does.

use embedded::pool::{PoolAccount, StakeAccount};
use solana_tests::code;
use solana_tests::scene::{Scene, RICH};
use tokenomics_fee_split::{Position, RewardPool};
use tokenomics_fixed_math::Amount;

/// The pool and the stake of the scene, as the library has them.
fn expected() -> (RewardPool, Position) {
    let (mut pool, mut position) = (RewardPool::new(), Position::new());
    pool.deposit(&mut position, 300).unwrap();
    pool.fund(Amount::new(1_001)).unwrap();
    (pool, position)
}

fn held(scene: &Scene) -> (RewardPool, Position) {
    let pool: PoolAccount = scene.world.state(scene.pool);
    let stake: StakeAccount = scene.world.state(scene.stake);
    (pool.pool, stake.position)
}

#[test]
fn a_sequence_of_calls_is_the_library_s_own() {
    let mut scene = Scene::new();
    let (mut pool, mut position) = expected();
    assert_eq!(held(&scene), (pool, position));
    let claim = scene.claim_rewards();
    let mut claimed = 0;
    for round in 1..40_u64 {
        let (more, less, reward) = (round * 7 % 11 + 1, round * 5 % 7, round * 3 % 5);
        let (stake, unstake) = (scene.stake(more), scene.unstake(less));
        let fund = scene.fund(reward);
        for call in [&stake, &fund, &unstake] {
            scene.call(call).unwrap();
        }
        pool.deposit(&mut position, more.into()).unwrap();
        pool.fund(Amount::from(reward)).unwrap();
        pool.withdraw(&mut position, less.into()).unwrap();
        if round % 3 == 0 {
            scene.call(&claim).unwrap();
            claimed += pool.claim(&mut position).unwrap().get();
        }
        assert_eq!(held(&scene), (pool, position));
        let paid = scene.world.amount(scene.alices[1]) - RICH;
        assert_eq!(u128::from(paid), claimed);
        let (staked, rewards) = (
            scene.world.amount(scene.staked),
            scene.world.amount(scene.rewards),
        );
        assert_eq!(u128::from(staked), pool.total_shares());
        let left = pool.funded().get() - pool.paid().get();
        assert_eq!(u128::from(rewards), left);
    }
    assert!(claimed > 1_000);
}

#[test]
fn more_than_is_staked_is_refused_by_its_code() {
    let mut scene = Scene::new();
    let (pool, mut position) = expected();
    let refused = { pool }.withdraw(&mut position, 301).unwrap_err();
    let (more, all) = (scene.unstake(301), scene.unstake(300));
    assert_eq!(scene.call(&more), Err(code(refused.code())));
    assert_eq!(scene.call(&all), Ok(vec![]));
    assert_eq!(scene.world.amount(scene.staked), 0);
}

#[test]
fn a_stake_that_the_pool_can_not_have_made_is_refused_by_its_code() {
    let mut scene = Scene::new();
    let (mut pool, _) = expected();
    let mut stranger = Position::restore(301, 0_u128.into(), 0_u128.into());
    let mut state: StakeAccount = scene.world.state(scene.stake);
    state.position = stranger;
    scene.world.set(scene.stake, &state);
    let refused = pool.claim(&mut stranger).unwrap_err();
    let claim = scene.claim_rewards();
    assert_eq!(scene.call(&claim), Err(code(refused.code())));
}
