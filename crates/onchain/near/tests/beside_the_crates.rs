//! The contract beside the types that it embeds: the same calls, the same outcomes, the same state.

mod common;

use common::{account, at, STORAGE};
use near_embedder::stored::{get, Key};
use near_embedder::{Embedder, GrantParts, Refusal, Stake};
use near_sdk::AccountId;
use tokenomics_escrow_weighting::{Escrow, InMemory, Lock, Terms};
use tokenomics_fee_split::{Position, RewardPool};
use tokenomics_fixed_math::{Amount, Span, Timestamp, Wad};
use tokenomics_vesting::{Gate, Grant, Linear};

/// What a call pays, or the number of the error that refuses it.
type Outcome = Result<Amount, u16>;

const LONGEST: u64 = 1_000;

/// The types of the crates, by themselves.
struct Here {
    escrow: Escrow<InMemory>,
    locks: [Option<Lock>; 4],
    pool: RewardPool,
    positions: [Position; 4],
    grants: Vec<(usize, Grant<Gate<Linear>>)>,
}

impl Here {
    fn new(granule: u64) -> Self {
        let terms = Terms::new(Span::new(LONGEST), Span::new(granule)).unwrap();
        Self {
            escrow: Escrow::new(terms),
            locks: [None; 4],
            pool: RewardPool::new(),
            positions: [Position::new(); 4],
            grants: Vec::new(),
        }
    }

    fn create_lock(
        &mut self,
        by: usize,
        now: Timestamp,
        amount: Amount,
        end: Timestamp,
    ) -> Outcome {
        let amount = positive(amount)?;
        if self.locks[by].is_some() {
            return Err(2);
        }
        let kind = self.escrow.terms().decaying(Wad::ONE, end);
        let lock = kind.and_then(|kind| self.escrow.create(now, amount, kind));
        self.locks[by] = Some(lock.map_err(|error| error.code())?);
        Ok(Amount::ZERO)
    }

    fn extend_lock(&mut self, by: usize, now: Timestamp, end: Timestamp) -> Outcome {
        let lock = self.locks[by].ok_or(1_u16)?;
        let lock = self.escrow.extend(now, lock, end);
        self.locks[by] = Some(lock.map_err(|error| error.code())?);
        Ok(Amount::ZERO)
    }

    fn withdraw_lock(&mut self, by: usize, now: Timestamp) -> Outcome {
        let lock = self.locks[by].ok_or(1_u16)?;
        let paid = self.escrow.withdraw(now, lock);
        let paid = paid.map_err(|error| error.code())?;
        self.locks[by] = None;
        Ok(paid)
    }

    fn create_grant(
        &mut self,
        by: usize,
        amount: Amount,
        [start, cliff, end]: [Timestamp; 3],
    ) -> Outcome {
        let linear = Linear::new(start, end, positive(amount)?);
        let grant = Grant::new(Gate::new(linear.map_err(|error| error.code())?, cliff));
        self.grants.push((by, grant));
        Ok(Amount::ZERO)
    }

    /// Claims a grant, or revokes it: its holder made it, and is its funder.
    fn of_grant(&mut self, by: usize, id: u32, now: Timestamp, is_claim: bool) -> Outcome {
        let (holder, grant) = self.grants.get_mut(id as usize).ok_or(1_u16)?;
        if *holder != by {
            return Err(4);
        }
        let paid = match is_claim {
            true => grant.claim(now),
            false => grant.revoke(now),
        };
        paid.map_err(|error| error.code())
    }

    fn of_stakes(&mut self, by: usize, amount: Amount, which: u64) -> Outcome {
        let (pool, position) = (&mut self.pool, &mut self.positions[by]);
        let done = match which {
            3 => pool.deposit(position, positive(amount)?.get()),
            4 => pool.withdraw(position, positive(amount)?.get()),
            5 => pool.fund(amount),
            _ => return pool.claim(position).map_err(|error| error.code()),
        };
        done.map(|()| Amount::ZERO).map_err(|error| error.code())
    }
}

fn positive(amount: Amount) -> Result<Amount, u16> {
    if amount.is_zero() {
        return Err(5);
    }
    Ok(amount)
}

/// A stream of numbers that is the same in every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }

    /// A few units mostly, and now and then many, or none.
    fn amount(&mut self) -> Amount {
        Amount::new(match self.below(8) {
            0 => u128::MAX / u128::from(20 + self.below(4)),
            1 => u128::from(self.below(u64::MAX)) << 32 | 1,
            2 => 0,
            _ => u128::from(1 + self.below(20)),
        })
    }
}

/// Makes a drawn call, there and here.
fn call(
    there: &mut Embedder,
    here: &mut Here,
    draw: &mut Draw,
    by: usize,
    now: u64,
) -> [Outcome; 2] {
    let (amount, time) = (draw.amount(), Timestamp::new(now));
    let end = Timestamp::new(now + draw.below(1_100));
    let which = draw.below(10);
    let pays = matches!(which, 0 | 3 | 5 | 7);
    let deposit = if pays { amount.get() } else { 0 };
    at(now, &account(by), deposit + STORAGE);
    let none = |done: Result<(), Refusal>| done.map(|()| Amount::ZERO);
    let (done, expected) = match which {
        0 => (
            none(there.create_lock(amount, end)),
            here.create_lock(by, time, amount, end),
        ),
        1 => (
            none(there.extend_lock(end)),
            here.extend_lock(by, time, end),
        ),
        2 => (there.withdraw_lock(), here.withdraw_lock(by, time)),
        3 => (none(there.stake(amount)), here.of_stakes(by, amount, which)),
        4 => (
            none(there.unstake(amount)),
            here.of_stakes(by, amount, which),
        ),
        5 => (none(there.fund(amount)), here.of_stakes(by, amount, which)),
        6 => (there.claim_reward(), here.of_stakes(by, amount, which)),
        7 => {
            let start = now + draw.below(50);
            let times = [start, now + draw.below(300), start + draw.below(500)].map(Timestamp::new);
            let [start, cliff, end] = times;
            let done = there.create_grant(account(by), amount, start, cliff, end);
            (
                done.map(|_| Amount::ZERO),
                here.create_grant(by, amount, times),
            )
        }
        other => {
            let id = draw.below(here.grants.len() as u64 + 1) as u32;
            let done = match other {
                8 => there.claim_grant(id),
                _ => there.revoke_grant(id),
            };
            (done, here.of_grant(by, id, time, other == 8))
        }
    };
    [done.map_err(|refusal| refusal.code()), expected]
}

/// Compares all that is stored, and every answer about a holder.
fn compare(there: &Embedder, here: &Here, draw: &mut Draw, by: usize, now: u64) {
    let holder: AccountId = account(by);
    assert_eq!(there.escrow, here.escrow.head());
    assert_eq!(there.totals, here.escrow.totals().head());
    assert_eq!(there.pool, here.pool);
    assert_eq!(there.next_grant as usize, here.grants.len());
    assert_eq!(get::<Lock>(&Key::Lock(&holder)), here.locks[by]);
    assert_eq!(
        get::<Position>(&Key::Position(&holder)).unwrap_or_default(),
        here.positions[by]
    );

    let (time, now) = (Timestamp::new(draw.below(now + 1_000)), Timestamp::new(now));
    let total = there.total_weight(time).map_err(|refusal| refusal.code());
    assert_eq!(
        total,
        here.escrow
            .total_weight_at(time)
            .map_err(|error| error.code())
    );
    let weight = here.locks[by].map(|lock| here.escrow.terms().weight(lock.weight_at(now)));
    let weight = weight.map_or(Amount::ZERO, Result::unwrap);
    assert_eq!(there.weight(holder.clone()), Ok(weight));
    let stake = Stake {
        staked: here.positions[by].shares().into(),
        claimable: here.pool.claimable(&here.positions[by]).unwrap(),
    };
    assert_eq!(there.reward(holder), Ok(stake));
    if let Some((by, grant)) = here.grants.last() {
        let parts = GrantParts {
            holder: account(*by),
            claimed: grant.claimed(),
            claimable: grant.claimable_at(now),
            unvested: grant.unvested_at(now),
            clawed_back: grant.clawed_back(),
        };
        assert_eq!(there.grant(there.next_grant - 1), Ok(parts));
    }
}

fn run(seed: u64, granule: u64, calls: u64) -> (u64, u64) {
    common::fresh();
    let mut there = Embedder::new(Span::new(LONGEST), Span::new(granule)).unwrap();
    let (mut here, mut draw) = (Here::new(granule), Draw(seed));
    let (mut now, mut made, mut refused) = (0, 0, 0);
    for step in 0..calls {
        now += draw.below(40);
        let by = draw.below(4) as usize;
        let [done, expected] = call(&mut there, &mut here, &mut draw, by, now);
        assert_eq!(done, expected, "call {step} of {seed}");
        *(if done.is_ok() {
            &mut made
        } else {
            &mut refused
        }) += 1;
        compare(&there, &here, &mut draw, by, now);
    }
    (made, refused)
}

#[test]
fn the_same_calls_have_the_same_outcomes() {
    let (mut made, mut refused) = (0, 0);
    for (seed, granule) in [(1, 1), (2, 10), (3, 1), (4, 7)] {
        let counts = run(seed, granule, 250);
        (made, refused) = (made + counts.0, refused + counts.1);
    }
    // Both are drawn often.
    assert!(
        made >= 250 && refused >= 125,
        "{made} made, {refused} refused"
    );
}

#[test]
fn a_deposit_pays_for_the_storage_too() {
    common::fresh();
    let mut there = Embedder::new(Span::new(LONGEST), Span::new(1)).unwrap();
    at(0, &account(0), 100);
    let refused = there.create_lock(Amount::new(100), Timestamp::new(500));
    assert_eq!(refused.map_err(|refusal| refusal.code()), Err(6));
}

#[test]
fn the_key_of_nothing_is_another_s() {
    let holder = account(0);
    let keys = [
        Key::Node(1),
        Key::Checkpoint(1),
        Key::Lock(&holder),
        Key::Position(&holder),
        Key::Grant(1),
    ];
    for (index, key) in keys.iter().enumerate() {
        let bytes = key.bytes();
        assert!(!bytes.starts_with(b"S"));
        let others = keys.iter().skip(index + 1).map(Key::bytes);
        assert!(others.into_iter().all(|other| other != bytes));
    }
}
