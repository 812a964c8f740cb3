//! Faults that stability pools, vaults and gauges had, and calls on stakes that must be refused.

use tokenomics_fee_split::{
    ClosedGeneration, Error, Quantity, Stake, StakePool, StakePoolState, StakeState, Store,
};
use tokenomics_fixed_math::{fraction, Amount, Fraction, Ratio};

const EMPTY: [ClosedGeneration; 2] = [ClosedGeneration::NONE; 2];

fn amount(units: u128) -> Amount {
    Amount::new(units)
}

fn out_of_range<T>(what: Quantity, value: u128, bound: u128) -> Result<T, Error> {
    Err(Error::OutOfRange { what, value, bound })
}

/// A pool of two stakes of 6 and 4.
fn staked() -> (StakePool<[ClosedGeneration; 2]>, [Stake; 2]) {
    let (mut pool, mut stakes) = (StakePool::new(EMPTY), [Stake::new(); 2]);
    pool.deposit(&mut stakes[0], amount(6)).unwrap();
    pool.deposit(&mut stakes[1], amount(4)).unwrap();
    (pool, stakes)
}

/// An ERC-4626 vault's first depositor raises the price of a share by a donation and takes the next one's
/// deposit. Here nothing raises it above a unit.
#[test]
fn a_first_staker_cannot_dilute_the_next() {
    let (mut pool, [mut thief, mut victim]) = (StakePool::new(EMPTY), [Stake::new(); 2]);
    pool.deposit(&mut thief, amount(1)).unwrap();
    pool.fund(amount(10_000)).unwrap(); // a donation is a reward, and no stake
    pool.deposit(&mut victim, amount(9_999)).unwrap();
    assert_eq!(pool.amount(&victim), Ok(amount(9_999)));
    assert_eq!(pool.amount(&thief), Ok(amount(1)));
}

/// A boost that was raised counts from then on, and not for what was earned before.
#[test]
fn a_boost_is_settled_when_it_changes() {
    let (mut pool, mut stakes) = staked();
    pool.fund(amount(10 << 20)).unwrap();
    pool.set_boost(&mut stakes[1], Ratio::from_integer(100))
        .unwrap();
    assert_eq!(pool.claimable(&stakes[1]), Ok(amount(4 << 20)));
    pool.set_boost(&mut stakes[1], Ratio::ZERO).unwrap();
    pool.fund(amount(6)).unwrap();
    assert_eq!(pool.claimable(&stakes[0]), Ok(amount((6 << 20) + 6)));
    assert_eq!(pool.amount(&stakes[1]), Ok(amount(4)));
}

/// Rewards that are the staked token are staked, and worth what they were.
#[test]
fn compounding_stakes_what_was_earned() {
    let (mut pool, mut alice) = (StakePool::new(EMPTY), Stake::new());
    pool.deposit(&mut alice, amount(8)).unwrap();
    pool.slash(amount(4)).unwrap();
    pool.fund(amount(16)).unwrap();
    assert_eq!(pool.compound(&mut alice), Ok(amount(16)));
    assert_eq!((pool.amount(&alice), alice.shares()), (Ok(amount(20)), 40));
    assert_eq!(
        (pool.assets(), pool.rewards().paid()),
        (amount(20), amount(16))
    );
}

/// Stakes of other pools are refused: with more shares, of a later generation, or of one that is missing.
#[test]
fn a_stake_of_another_pool_is_refused() {
    let (mut pool, [mut alice, _]) = staked();
    let before = pool;
    let state = |generation, shares| StakeState {
        generation,
        shares: amount(shares),
        boost: Ratio::ZERO,
        ..Stake::new().state()
    };
    for (state, what, value, bound) in [
        (state(0, 11), Quantity::Shares, 11, 10),
        (state(1, 1), Quantity::Generation, 1, 0),
        (state(u32::MAX, 0), Quantity::Generation, u32::MAX.into(), 0),
    ] {
        let mut stake = Stake::restore(state).unwrap();
        let refused = [
            pool.deposit(&mut stake, amount(1)),
            pool.withdraw(&mut stake, amount(0)),
            pool.set_boost(&mut stake, Ratio::ONE),
            pool.claim(&mut stake).map(drop),
            pool.take_released(&mut stake).map(drop),
            pool.amount(&stake).map(drop),
            pool.transfer(&mut stake, &mut alice, amount(0)),
            pool.transfer(&mut alice, &mut stake, amount(0)),
        ];
        assert_eq!(refused, [out_of_range(what, value, bound); 8]);
        assert_eq!((pool, stake.state()), (before, state));
    }
}

/// A stake that was copied leaves a closed generation twice only as far as others have left it something.
#[test]
fn no_more_leaves_a_closed_generation_than_was_in_it() {
    let (mut pool, mut alice) = (StakePool::new(EMPTY), Stake::new());
    pool.deposit(&mut alice, amount(1 << 35)).unwrap();
    pool.slash(amount((1 << 35) - 7)).unwrap();
    let mut copy = alice;
    assert_eq!(pool.take_released(&mut alice), Ok(amount(7)));
    let refused = pool.take_released(&mut copy);
    assert_eq!(refused, out_of_range(Quantity::Shares, 1 << 35, 0));
    assert_eq!(pool.take_released(&mut alice), Ok(Amount::ZERO));
    // Nor is a stake that has left worth or transferable anything.
    let mut bob = Stake::new();
    let refused = pool.transfer(&mut alice, &mut bob, amount(1));
    assert_eq!(refused, out_of_range(Quantity::Stake, 1, 0));
}

/// A transfer of nothing from a stake whose generation is closed leaves both as they were.
#[test]
fn a_closed_stake_transfers_nothing() {
    let (mut pool, [mut alice, mut bob]) = staked();
    pool.slash(amount(10)).unwrap();
    let before = (pool, alice, bob);
    assert_eq!(pool.transfer(&mut alice, &mut bob, Amount::ZERO), Ok(()));
    assert_eq!((pool, alice, bob), before);
    let mut late = Stake::new();
    pool.deposit(&mut late, amount(4)).unwrap();
    pool.transfer(&mut late, &mut alice, amount(1)).unwrap();
    assert_eq!((pool.amount(&alice), alice.weight()), (Ok(amount(1)), 1));
    assert_eq!((pool.amount(&late), late.weight()), (Ok(amount(3)), 3));
}

/// More than a stake is worth can't be withdrawn or transferred, nor a unit that rounding would have to make.
#[test]
fn a_stake_is_worth_no_more_than_its_part() {
    let (mut pool, [mut alice, mut bob]) = staked();
    pool.slash(amount(1)).unwrap(); // 5.4 and 3.6
    let before = (pool, alice, bob);
    let refused = out_of_range(Quantity::Stake, 6, 5);
    assert_eq!(pool.withdraw(&mut alice, amount(6)), refused);
    assert_eq!(pool.transfer(&mut alice, &mut bob, amount(6)), refused);
    assert_eq!((pool, alice, bob), before);
    pool.withdraw(&mut alice, amount(5)).unwrap();
    assert_eq!(
        (pool.amount(&bob), pool.assets()),
        (Ok(amount(4)), amount(4))
    );
}

/// A part of an odd amount is ceiled: the pool is never left with more than the loss says.
#[test]
fn a_slash_by_a_fraction_is_ceiled() {
    let (mut pool, mut alice) = (StakePool::new(EMPTY), Stake::new());
    pool.deposit(&mut alice, amount(101)).unwrap();
    assert_eq!(pool.slash_fraction(fraction!("0.5")), Ok(amount(51)));
    assert_eq!(pool.slash_fraction(Fraction::ZERO), Ok(Amount::ZERO));
    assert_eq!(pool.slash_fraction(Fraction::ONE), Ok(amount(50)));
    assert_eq!((pool.assets(), pool.generation()), (Amount::ZERO, 1));
}

/// What two generations left adds up, and a stake that slept through one is paid its part.
#[test]
fn what_generations_left_adds_up() {
    let (mut pool, mut alice) = (StakePool::new(EMPTY), Stake::new());
    for left in [3, 5] {
        pool.deposit(&mut alice, amount(1 << 36)).unwrap();
        pool.slash(amount((1 << 36) - left)).unwrap();
    }
    assert_eq!((pool.generation(), pool.released()), (2, amount(8)));
    assert_eq!(pool.releasable(&alice), Ok(amount(8)));
    assert_eq!(pool.take_released(&mut alice), Ok(amount(8)));
    // The store has room for two.
    pool.deposit(&mut alice, amount(9)).unwrap();
    let before = pool;
    assert_eq!(pool.slash(amount(9)), Err(Error::Full { capacity: 2 }));
    assert_eq!(pool, before);
    assert_eq!(pool.slash(amount(10)), out_of_range(Quantity::Slash, 10, 9));
    pool.slash(amount(8)).unwrap();
    assert_eq!(pool.amount(&alice), Ok(amount(1)));
}

/// What is staked and what was released can be counted together, whatever a slash releases.
#[test]
fn a_deposit_leaves_room_for_what_a_slash_releases() {
    let (mut pool, mut alice) = (StakePool::new(EMPTY), Stake::new());
    pool.deposit(&mut alice, amount(1 << 40)).unwrap();
    pool.slash(amount((1 << 40) - 5)).unwrap();
    let max = u128::MAX;
    let refused = pool.deposit(&mut alice, amount(max - 4));
    assert_eq!(refused, Err(Error::Overflow { bits: 129, max }));
    pool.deposit(&mut alice, amount(max - 5)).unwrap();
    pool.slash(amount(max - 5 - 9)).unwrap();
    assert_eq!(pool.released(), amount(14));
}

/// No weights are restored where nothing is staked, and none from a store that has lost a generation.
#[test]
fn a_pool_of_stakes_needs_its_store() {
    let (mut pool, _) = staked();
    pool.slash(amount(10)).unwrap();
    let state = pool.state();
    assert!(StakePool::restore(state, *pool.generations()).is_ok());
    let none: [ClosedGeneration; 0] = [];
    let (mut nowhere, mut alice) = (StakePool::new(none), Stake::new());
    nowhere.deposit(&mut alice, amount(1)).unwrap();
    let full = nowhere.slash(amount(1)).unwrap_err();
    assert_eq!(full.to_string(), "the store is full, with a capacity of 0");
    let refused = StakePool::restore(state, none).map(|pool| pool.state());
    assert_eq!(refused, Err(Error::Missing { index: 0 }));
    let mut rewards = state.rewards;
    rewards.total_shares = amount(1);
    let refused = StakePool::restore(StakePoolState { rewards, ..state }, *pool.generations());
    assert_eq!(refused, out_of_range(Quantity::Shares, 1, 0));
}

/// A share is at most worth one unit, also in a generation that was closed.
#[test]
fn a_closed_generation_is_restored_up_to_its_bounds() {
    let (mut pool, _) = staked();
    pool.slash(amount(10)).unwrap();
    let closed = pool.generations()[0];
    let (assets, shares, accumulated) = (closed.assets(), closed.shares(), closed.accumulated());
    let again = ClosedGeneration::restore(assets, shares, accumulated);
    assert_eq!(again, Ok(closed));
    let full = ClosedGeneration::restore(amount(shares), shares, accumulated).unwrap();
    assert_eq!(
        (full.assets(), full.accumulated()),
        (amount(shares), accumulated)
    );
    let above = ClosedGeneration::restore(amount(shares + 1), shares, accumulated);
    assert_eq!(above, out_of_range(Quantity::Stake, shares + 1, shares));
}

/// A store that has lost its first entry.
#[derive(Clone, Copy)]
struct Lost([ClosedGeneration; 2]);

impl Store for Lost {
    type Entry = ClosedGeneration;

    fn get(&self, index: u32) -> Option<ClosedGeneration> {
        self.0.get(index).filter(|_| index > 0)
    }

    fn set(&mut self, index: u32, entry: ClosedGeneration) {
        self.0.set(index, entry);
    }
}

/// A stake of a generation that the store has lost is told so, and one of the next isn't touched.
#[test]
fn a_stake_whose_generation_is_lost_is_told_which() {
    let (mut pool, mut stakes) = staked();
    pool.slash(amount(10)).unwrap();
    pool.deposit(&mut stakes[1], amount(5)).unwrap();
    pool.slash(amount(5)).unwrap();
    let mut pool = StakePool::restore(pool.state(), Lost(*pool.generations())).unwrap();
    let missing = Error::Missing { index: 0 };
    assert_eq!(pool.claim(&mut stakes[0]), Err(missing));
    assert_eq!(pool.amount(&stakes[0]), Err(missing));
    assert_eq!(pool.claim(&mut stakes[1]), Ok(Amount::ZERO));
}

#[cfg(feature = "alloc")]
#[test]
fn closed_generations_are_kept_in_a_vec() {
    let (mut pool, mut alice) = (StakePool::new(Vec::new()), Stake::new());
    for _ in 0..5 {
        pool.deposit(&mut alice, amount(3)).unwrap();
        pool.slash(amount(3)).unwrap();
    }
    assert_eq!((pool.generation(), pool.generations().len()), (5, 5));
}
