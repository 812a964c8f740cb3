//! The contract beside the types that it embeds: the same calls, the same outcomes, the same state, and every
//! token where it belongs.

mod common;

use common::{outcome, World, LONGEST};
use soroban_embedder::stored::{get, Key};
use soroban_embedder::{GrantParts, Stake};
use tokenomics_escrow_weighting::{Escrow, EscrowHead, HistoryHead, InMemory, Lock, Terms};
use tokenomics_fee_split::{Error as FeeError, Position, RewardPool};
use tokenomics_fixed_math::{Amount, Span, Timestamp, Wad};
use tokenomics_vesting::{Gate, Grant, Linear};

/// What a call pays, or the number of the error that refuses it.
type Outcome = Result<i128, u32>;

/// The types of the crates, on this machine.
struct Here {
    escrow: Escrow<InMemory>,
    locks: [Option<Lock>; 4],
    pool: RewardPool,
    positions: [Position; 4],
    grants: Vec<Grant<Gate<Linear>>>,
}

fn units(amount: Amount) -> i128 {
    i128::try_from(amount).unwrap()
}

fn of_fees(error: FeeError) -> u32 {
    error.code().into()
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

    fn create_lock(&mut self, by: usize, now: Timestamp, amount: i128, end: u64) -> Outcome {
        let amount = positive(amount)?;
        if self.locks[by].is_some() {
            return Err(2);
        }
        let kind = self.escrow.terms().decaying(Wad::ONE, Timestamp::new(end));
        let lock = kind.and_then(|kind| self.escrow.create(now, amount, kind));
        self.locks[by] = Some(lock.map_err(|error| u32::from(error.code()))?);
        Ok(0)
    }

    fn extend_lock(&mut self, by: usize, now: Timestamp, end: u64) -> Outcome {
        let lock = self.locks[by].ok_or(1_u32)?;
        let lock = self.escrow.extend(now, lock, Timestamp::new(end));
        self.locks[by] = Some(lock.map_err(|error| u32::from(error.code()))?);
        Ok(0)
    }

    fn withdraw_lock(&mut self, by: usize, now: Timestamp) -> Outcome {
        let lock = self.locks[by].ok_or(1_u32)?;
        let paid = self.escrow.withdraw(now, lock);
        let paid = paid.map_err(|error| u32::from(error.code()))?;
        self.locks[by] = None;
        Ok(units(paid))
    }

    fn create_grant(&mut self, amount: i128, [start, cliff, end]: [u64; 3]) -> Outcome {
        let [start, cliff, end] = [start, cliff, end].map(Timestamp::new);
        let linear = Linear::new(start, end, positive(amount)?);
        let linear = linear.map_err(|error| u32::from(error.code()))?;
        self.grants.push(Grant::new(Gate::new(linear, cliff)));
        Ok(self.grants.len() as i128 - 1)
    }

    /// Claims a grant, or revokes it.
    fn of_grant(&mut self, id: u64, now: Timestamp, is_claim: bool) -> Outcome {
        let grant = self.grants.get_mut(id as usize).ok_or(1_u32)?;
        let paid = match is_claim {
            true => grant.claim(now),
            false => grant.revoke(now),
        };
        paid.map(units).map_err(|error| error.code().into())
    }

    /// Returns the tokens and the rewards that a contract in this state holds.
    fn held(&self) -> [i128; 2] {
        let granted = self.grants.iter().map(|grant| {
            units(grant.funded()) - units(grant.claimed()) - units(grant.clawed_back())
        });
        let staked = i128::try_from(self.pool.total_shares()).unwrap();
        let tokens = granted.sum::<i128>() + staked + units(self.escrow.locked());
        [tokens, units(self.pool.funded()) - units(self.pool.paid())]
    }
}

fn positive(units: i128) -> Result<Amount, u32> {
    match Amount::try_from(units) {
        Ok(amount) if !amount.is_zero() => Ok(amount),
        _ => Err(4),
    }
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

    /// A few units mostly, now and then many, and now and then none or fewer.
    fn amount(&mut self) -> i128 {
        match self.below(8) {
            0 => i128::from(self.below(u64::MAX)) << 40 | 1,
            1 => -i128::from(self.below(2)),
            _ => i128::from(1 + self.below(20)),
        }
    }
}

/// Makes a drawn call, here and there.
fn call(world: &World, here: &mut Here, draw: &mut Draw, by: usize, now: u64) -> [Outcome; 2] {
    let (holder, at, client) = (&world.holders[by], Timestamp::new(now), world.at(now));
    let (amount, end) = (draw.amount(), now + draw.below(1_100));
    let none = |done: Result<(), u32>| done.map(|()| 0);
    match draw.below(10) {
        0 => [
            none(outcome(client.try_create_lock(holder, &amount, &end))),
            here.create_lock(by, at, amount, end),
        ],
        1 => [
            none(outcome(client.try_extend_lock(holder, &end))),
            here.extend_lock(by, at, end),
        ],
        2 => [
            outcome(client.try_withdraw_lock(holder)),
            here.withdraw_lock(by, at),
        ],
        3..=6 => of_stakes(world, here, draw, by, amount),
        7 => {
            let (start, cliff) = (now + draw.below(50), now + draw.below(300));
            let times = [start, cliff, start + draw.below(500)];
            let [start, cliff, end] = &times;
            let done = client.try_create_grant(holder, holder, &amount, start, cliff, end);
            let there = outcome(done).map(i128::from);
            [there, here.create_grant(amount, times)]
        }
        other => {
            let id = draw.below(here.grants.len() as u64 + 1);
            let there = match other {
                8 => outcome(client.try_claim_grant(&id)),
                _ => outcome(client.try_revoke_grant(&id)),
            };
            [there, here.of_grant(id, at, other == 8)]
        }
    }
}

fn of_stakes(
    world: &World,
    here: &mut Here,
    draw: &mut Draw,
    by: usize,
    amount: i128,
) -> [Outcome; 2] {
    let (holder, client) = (&world.holders[by], world.at(world.env.ledger().timestamp()));
    let (pool, position) = (&mut here.pool, &mut here.positions[by]);
    let none = |done: Result<(), u32>| done.map(|()| 0);
    match draw.below(4) {
        0 => [
            none(outcome(client.try_stake(holder, &amount))),
            positive(amount)
                .and_then(|units| pool.deposit(position, units.get()).map_err(of_fees))
                .map(|()| 0),
        ],
        1 => [
            none(outcome(client.try_unstake(holder, &amount))),
            positive(amount)
                .and_then(|units| pool.withdraw(position, units.get()).map_err(of_fees))
                .map(|()| 0),
        ],
        2 => [
            none(outcome(client.try_fund(holder, &amount))),
            positive(amount)
                .and_then(|units| pool.fund(units).map_err(of_fees))
                .map(|()| 0),
        ],
        _ => [
            outcome(client.try_claim_reward(holder)),
            pool.claim(position).map(units).map_err(of_fees),
        ],
    }
}

/// Compares all that is stored, and every answer about a holder.
fn compare(world: &World, here: &Here, draw: &mut Draw, by: usize, now: u64) {
    let (holder, env) = (&world.holders[by], &world.env);
    env.as_contract(&world.contract, || {
        let escrow: (EscrowHead, HistoryHead) = get(env, &Key::Escrow).unwrap();
        assert_eq!(escrow, (here.escrow.head(), here.escrow.totals().head()));
        assert_eq!(get(env, &Key::Lock(holder.clone())), here.locks[by]);
        assert_eq!(get(env, &Key::Pool), Some(here.pool));
        let position: Option<Position> = get(env, &Key::Position(holder.clone()));
        assert_eq!(position.unwrap_or_default(), here.positions[by]);
        for (id, grant) in (0..).zip(&here.grants) {
            assert_eq!(get(env, &Key::Grant(id)), Some(*grant));
        }
    });
    let (client, at) = (world.at(now), Timestamp::new(now));
    let time = draw.below(now + 1_000);
    let total = here.escrow.total_weight_at(Timestamp::new(time)).unwrap();
    assert_eq!(client.total_weight(&time), units(total));
    let weight = here.locks[by].map(|lock| here.escrow.terms().weight(lock.weight_at(at)));
    let weight = weight.map_or(0, |weight| units(weight.unwrap()));
    assert_eq!(client.weight(holder), weight);
    let position = here.positions[by];
    let stake = Stake {
        staked: i128::try_from(position.shares()).unwrap(),
        claimable: units(here.pool.claimable(&position).unwrap()),
    };
    assert_eq!(client.reward(holder), stake);
    if let Some(grant) = here.grants.last() {
        let parts = GrantParts {
            claimed: units(grant.claimed()),
            claimable: units(grant.claimable_at(at)),
            unvested: units(grant.unvested_at(at)),
            clawed_back: units(grant.clawed_back()),
        };
        assert_eq!(client.grant(&(here.grants.len() as u64 - 1)), parts);
    }
}

fn run(seed: u64, granule: u64, calls: u64) -> (u64, u64) {
    let (world, mut here, mut draw) = (World::new(granule), Here::new(granule), Draw(seed));
    let (mut now, mut made, mut refused) = (0, 0, 0);
    for step in 0..calls {
        now += draw.below(40);
        let by = draw.below(4) as usize;
        let [there, expected] = call(&world, &mut here, &mut draw, by, now);
        assert_eq!(there, expected, "call {step} of {seed}");
        *(if there.is_ok() {
            &mut made
        } else {
            &mut refused
        }) += 1;
        assert_eq!(world.held(), here.held(), "call {step} of {seed}");
        compare(&world, &here, &mut draw, by, now);
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
