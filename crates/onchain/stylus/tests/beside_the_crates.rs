//! The contract in the SDK's machine for tests, beside the types that it embeds: the same outcome of every
//! call, and the same state after it.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolError;
use stylus_embedder::{Embedder, Refused};
use stylus_sdk::testing::TestVM;
use tokenomics_fee_split::{Position, RewardPool};
use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_vesting::{Gate, Grant, Linear};

const HOLDERS: usize = 4;

/// Numbers that are the same on every machine: splitmix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// A few units mostly, and now and then as many as there are, or more.
    fn amount(&mut self) -> U256 {
        match self.below(16) {
            0 => U256::from(u128::MAX - u128::from(self.below(3))),
            1 => U256::from(u128::MAX) + U256::from(self.below(3)),
            2 => U256::from(self.next()),
            _ => U256::from(self.below(21)),
        }
    }
}

fn who(number: usize) -> Address {
    Address::repeat_byte(u8::try_from(number + 1).unwrap())
}

/// The state of the contract, kept by hand.
#[derive(Default)]
struct Here {
    pool: RewardPool,
    positions: [Position; HOLDERS],
    grants: Vec<(Grant<Gate<Linear>>, usize, usize)>,
}

struct World {
    vm: TestVM,
    contract: Embedder,
    here: Here,
    now: u64,
}

impl World {
    fn new() -> Self {
        let vm = TestVM::new();
        let contract = Embedder::from(&vm);
        Self {
            vm,
            contract,
            here: Here::default(),
            now: 0,
        }
    }

    fn by(&mut self, number: usize, value: U256) -> &mut Embedder {
        self.vm.set_sender(who(number));
        self.vm.set_value(value);
        self.vm.set_block_timestamp(self.now);
        &mut self.contract
    }
}

/// The number of a refusal.
fn coded<T>(done: Result<T, Vec<u8>>) -> Result<T, u16> {
    done.map_err(|bytes| Refused::abi_decode(&bytes).unwrap().code)
}

/// What is sent along, as the contract reads it.
fn sent(value: U256) -> Result<Amount, u16> {
    let amount = Amount::try_from(value).map_err(|error| error.code())?;
    if amount.is_zero() {
        return Err(4);
    }
    Ok(amount)
}

impl World {
    /// Makes a drawn call here and there; returns whether it was done.
    fn call(&mut self, random: &mut Random) -> bool {
        self.now += random.below(30);
        let by = random.below(HOLDERS as u64) as usize;
        let value = random.amount();
        match random.below(8) {
            0 => {
                let there = coded(self.by(by, value).stake());
                let position = &mut self.here.positions[by];
                let here = sent(value).and_then(|amount| {
                    let done = self.here.pool.deposit(position, amount.get());
                    done.map_err(|error| error.code())
                });
                assert_eq!(there, here);
                here.is_ok()
            }
            1 => {
                let there = coded(self.by(by, U256::ZERO).unstake(value));
                let position = &mut self.here.positions[by];
                let amount = Amount::try_from(value).map_err(|error| error.code());
                let here = amount.and_then(|amount| {
                    let done = self.here.pool.withdraw(position, amount.get());
                    done.map_err(|error| error.code())
                });
                assert_eq!(there, here);
                here.is_ok()
            }
            2 | 3 => {
                let there = coded(self.by(by, value).fund());
                let here = sent(value).and_then(|amount| {
                    let done = self.here.pool.fund(amount);
                    done.map_err(|error| error.code())
                });
                assert_eq!(there, here);
                here.is_ok()
            }
            4 => {
                let there = coded(self.by(by, U256::ZERO).claim_reward());
                let here = self.here.pool.claim(&mut self.here.positions[by]);
                let here = here.map(Into::<U256>::into).map_err(|error| error.code());
                assert_eq!(there, here);
                here.is_ok_and(|paid| !paid.is_zero())
            }
            5 => self.create_grant(by, value, random),
            _ => self.end_or_claim(by, random),
        }
    }

    fn create_grant(&mut self, by: usize, value: U256, random: &mut Random) -> bool {
        let holder = random.below(HOLDERS as u64) as usize;
        let start = self.now + random.below(20);
        let [cliff, end] = [start + random.below(50), start + random.below(100)];
        let there = coded(
            self.by(by, value)
                .create_grant(who(holder), start, cliff, end),
        );
        let here = sent(value).and_then(|amount| {
            let linear = Linear::new(Timestamp::new(start), Timestamp::new(end), amount);
            linear.map_err(|error| error.code())
        });
        let id = U256::from(self.here.grants.len());
        assert_eq!(there, here.map(|_| id));
        let Ok(linear) = here else { return false };
        let grant = Grant::new(Gate::new(linear, Timestamp::new(cliff)));
        self.here.grants.push((grant, holder, by));
        true
    }

    fn end_or_claim(&mut self, by: usize, random: &mut Random) -> bool {
        let (is_claim, id) = (random.below(4) > 0, random.below(6) as usize);
        let contract = self.by(by, U256::ZERO);
        let there = coded(match is_claim {
            true => contract.claim_grant(U256::from(id)),
            false => contract.revoke_grant(U256::from(id)),
        });
        let now = Timestamp::new(self.now);
        let here = match self.here.grants.get_mut(id) {
            None => Err(1),
            Some((_, holder, funder)) if by != if is_claim { *holder } else { *funder } => Err(2),
            Some((grant, ..)) if is_claim => grant.claim(now).map_err(|error| error.code()),
            Some((grant, ..)) => grant.revoke(now).map_err(|error| error.code()),
        };
        assert_eq!(there, here.map(Into::<U256>::into));
        here.is_ok()
    }

    /// Compares every answer.
    fn compare(&mut self) {
        self.vm.set_block_timestamp(self.now);
        let now = Timestamp::new(self.now);
        for (number, position) in self.here.positions.iter().enumerate() {
            let claimable = self.here.pool.claimable(position).unwrap();
            let expected = (U256::from(position.shares()), claimable.into());
            assert_eq!(coded(self.contract.reward(who(number))), Ok(expected));
        }
        for (id, (grant, ..)) in self.here.grants.iter().enumerate() {
            let parts = (
                grant.claimed().into(),
                grant.claimable_at(now).into(),
                grant.unvested_at(now).into(),
                grant.clawed_back().into(),
            );
            assert_eq!(coded(self.contract.grant(U256::from(id))), Ok(parts));
        }
    }
}

#[test]
fn every_call_has_the_outcome_that_it_has_here() {
    let mut done = 0;
    for seed in 0..20 {
        let (mut world, mut random) = (World::new(), Random(seed));
        for _ in 0..200 {
            done += usize::from(world.call(&mut random));
            world.compare();
        }
    }
    assert!(done > 1_500, "only {done} of 4,000 calls did something");
}

/// A pool is kept in the first four slots.
#[test]
fn a_stored_value_that_no_calls_led_to_is_refused() {
    let mut refused = 0;
    for seed in 0..600 {
        let (mut world, mut random) = (World::new(), Random(seed));
        coded(world.by(0, U256::from(100)).stake()).unwrap();
        coded(world.by(1, U256::from(7)).fund()).unwrap();
        let place = random.below(4);
        let slot = U256::from(place);
        let mut word = world.vm.get_storage(slot);
        let at = random.below(32) as usize;
        word[at] = random.next().to_le_bytes()[0];
        world.vm.set_storage(slot, word);
        let before = world.vm.snapshot().storage;
        // A spoilt pool is none, or one that calls could have led to.
        let claimed = coded(Embedder::from(&world.vm).claim_reward());
        // Its 112 bytes leave 16 of the last word.
        if place == 3 && at >= 16 && word[at] != 0 {
            assert_eq!(claimed, Err(3));
        }
        if let Err(code) = claimed {
            assert!(
                [3, 15_001, 15_002, 15_003, 15_005].contains(&code),
                "{code}"
            );
            assert_eq!(world.vm.snapshot().storage, before);
            refused += 1;
        }
    }
    assert!(refused > 200, "only {refused} of 600 were refused");
}

/// Whether a call sends so much to a holder: it fails where that holder refuses so much, and else it doesn't.
fn pays(number: usize, units: u128, call: impl FnOnce(&mut World) -> Result<(), Vec<u8>>) -> bool {
    let mut world = World::new();
    coded(world.by(0, U256::from(100)).stake()).unwrap();
    coded(world.by(1, U256::from(100)).stake()).unwrap();
    coded(world.by(3, U256::from(20)).fund()).unwrap();
    coded(world.by(2, U256::from(90)).create_grant(who(3), 0, 0, 90)).unwrap();
    world.now = 30;
    world
        .vm
        .mock_call(who(number), vec![], U256::from(units), Err(vec![]));
    call(&mut world).is_err()
}

#[test]
fn ether_goes_to_whom_it_is_owed() {
    let none = U256::ZERO;
    let unstake = |world: &mut World| world.by(1, none).unstake(U256::from(40));
    let claim = |world: &mut World| world.by(1, none).claim_reward().map(drop);
    let vested = |world: &mut World| world.by(3, none).claim_grant(none).map(drop);
    let revoked = |world: &mut World| world.by(2, none).revoke_grant(none).map(drop);
    let unvested = 60;
    for number in 0..HOLDERS {
        assert_eq!(pays(number, 40, unstake), number == 1);
        assert_eq!(
            pays(number, 10, claim) || pays(number, 9, claim),
            number == 1
        );
        assert_eq!(pays(number, 30, vested), number == 3);
        assert_eq!(pays(number, unvested, revoked), number == 2);
    }
}
