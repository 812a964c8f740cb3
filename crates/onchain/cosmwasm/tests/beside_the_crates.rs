//! The contract beside the types that it embeds: the same calls, the same outcomes, and every coin where it
//! belongs.

mod common;

use std::collections::BTreeMap;

use common::{rewards, seconds, tokens, who, World, HOLDERS, REWARD, TOKEN};
use cosmwasm_embedder::msg::{ExecuteMsg, GrantAnswer, GrantTerms, QueryMsg, RewardAnswer};
use cosmwasm_std::{Coin, Uint256};
use cw_multi_test::AppResponse;
use tokenomics_escrow_weighting::{Escrow, InMemory, Lock, Terms};
use tokenomics_fee_split::{Position, RewardPool};
use tokenomics_fixed_math::{Amount, Span, Timestamp, Wad};
use tokenomics_vesting::{Gate, Grant, Linear};

/// The types of the crates, on the host.
struct Here {
    escrow: Escrow<InMemory>,
    locks: BTreeMap<&'static str, Lock>,
    pool: RewardPool,
    positions: BTreeMap<&'static str, Position>,
    grants: Vec<(&'static str, Grant<Gate<Linear>>)>,
}

/// What a call pays, or the number of the error that refuses it.
type Outcome = Result<Amount, u16>;

/// Makes a change to a copy of an escrow and of a lock: what fails leaves both.
impl Here {
    fn new(granule: u64) -> Self {
        let terms = Terms::new(Span::new(1_000), Span::new(granule)).unwrap();
        Self {
            escrow: Escrow::new(terms),
            locks: BTreeMap::new(),
            pool: RewardPool::new(),
            positions: BTreeMap::new(),
            grants: Vec::new(),
        }
    }

    fn create_lock(
        &mut self,
        by: &'static str,
        now: Timestamp,
        amount: Amount,
        end: u64,
    ) -> Outcome {
        if self.locks.contains_key(by) {
            return Err(4);
        }
        let end = Timestamp::new(end);
        let kind = self.escrow.terms().decaying(Wad::ONE, end);
        let lock = kind.and_then(|kind| self.escrow.create(now, amount, kind));
        self.locks.insert(by, lock.map_err(|error| error.code())?);
        Ok(Amount::ZERO)
    }

    fn extend_lock(&mut self, by: &'static str, now: Timestamp, end: u64) -> Outcome {
        let lock = *self.locks.get(by).ok_or(3_u16)?;
        let lock = self.escrow.extend(now, lock, Timestamp::new(end));
        self.locks.insert(by, lock.map_err(|error| error.code())?);
        Ok(Amount::ZERO)
    }

    fn withdraw_lock(&mut self, by: &'static str, now: Timestamp) -> Outcome {
        let lock = *self.locks.get(by).ok_or(3_u16)?;
        let paid = self.escrow.withdraw(now, lock);
        let paid = paid.map_err(|error| error.code())?;
        self.locks.remove(by);
        Ok(paid)
    }

    fn with_position(
        &mut self,
        by: &'static str,
        make: impl FnOnce(&mut RewardPool, &mut Position) -> Result<Amount, tokenomics_fee_split::Error>,
    ) -> Outcome {
        let position = self.positions.entry(by).or_default();
        make(&mut self.pool, position).map_err(|error| error.code())
    }

    /// Returns the tokens and the rewards that a contract in this state holds.
    fn held(&self) -> (Uint256, Uint256) {
        let wide = |amount: Amount| Uint256::from(amount.get());
        let granted = self.grants.iter().map(|(_, grant)| {
            wide(grant.funded()) - wide(grant.claimed()) - wide(grant.clawed_back())
        });
        let staked = Uint256::from(self.pool.total_shares());
        let locked = wide(self.escrow.locked());
        let tokens = granted.fold(staked + locked, |sum, amount| sum + amount);
        (tokens, wide(self.pool.funded()) - wide(self.pool.paid()))
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

    /// A few units mostly, and now and then nearly all that there is room for.
    fn amount(&mut self) -> u128 {
        match self.below(8) {
            0 => u128::MAX / u128::from(1 + self.below(4)),
            1 => u128::from(self.below(u64::MAX)) << 32 | 1,
            _ => u128::from(1 + self.below(20)),
        }
    }
}

/// Draws a call: the message, the coins sent with it, and what comes of it here.
fn call(
    draw: &mut Draw,
    here: &mut Here,
    by: &'static str,
    now: u64,
) -> (ExecuteMsg, Vec<Coin>, Outcome) {
    let (at, amount) = (Timestamp::new(now), draw.amount());
    let end = now + draw.below(1_100);
    let units = Amount::new(amount);
    match draw.below(10) {
        0 => {
            let done = here.create_lock(by, at, units, end);
            (
                ExecuteMsg::CreateLock { end: seconds(end) },
                tokens(amount),
                done,
            )
        }
        1 => {
            let done = here.extend_lock(by, at, end);
            (ExecuteMsg::ExtendLock { end: seconds(end) }, vec![], done)
        }
        2 => (
            ExecuteMsg::WithdrawLock {},
            vec![],
            here.withdraw_lock(by, at),
        ),
        3 => {
            let done = here.with_position(by, |pool, position| {
                pool.deposit(position, amount).map(|()| Amount::ZERO)
            });
            (ExecuteMsg::Stake {}, tokens(amount), done)
        }
        4 => {
            let done = here.with_position(by, |pool, position| {
                pool.withdraw(position, amount).map(|()| units)
            });
            (ExecuteMsg::Unstake { amount: units }, vec![], done)
        }
        5 => {
            let done = here.with_position(by, |pool, _| pool.fund(units).map(|()| Amount::ZERO));
            (ExecuteMsg::Fund {}, rewards(amount), done)
        }
        6 => {
            let done = here.with_position(by, RewardPool::claim);
            (ExecuteMsg::ClaimReward {}, vec![], done)
        }
        7 => grant(draw, here, by, now, amount),
        other => {
            let id = draw.below(here.grants.len() as u64 + 1);
            of_grant(here, by, at, id, other == 8)
        }
    }
}

fn grant(
    draw: &mut Draw,
    here: &mut Here,
    by: &'static str,
    now: u64,
    amount: u128,
) -> (ExecuteMsg, Vec<Coin>, Outcome) {
    let (start, cliff) = (now + draw.below(50), now + draw.below(300));
    let end = start + draw.below(500);
    let terms = GrantTerms {
        holder: who(by).into_string(),
        start: seconds(start),
        cliff: seconds(cliff),
        end: seconds(end),
    };
    let time = Timestamp::new;
    let linear = Linear::new(time(start), time(end), Amount::new(amount));
    let done = linear.map(|linear| {
        here.grants
            .push((by, Grant::new(Gate::new(linear, time(cliff)))));
        Amount::ZERO
    });
    let done = done.map_err(|error| error.code());
    (ExecuteMsg::CreateGrant(terms), tokens(amount), done)
}

/// Claims a grant, or revokes it: its holder made it, and is its funder.
fn of_grant(
    here: &mut Here,
    by: &'static str,
    at: Timestamp,
    id: u64,
    is_claim: bool,
) -> (ExecuteMsg, Vec<Coin>, Outcome) {
    let done = match here.grants.get_mut(id as usize) {
        None => Err(3),
        Some((holder, _)) if *holder != by => Err(2),
        Some((_, grant)) if is_claim => grant.claim(at).map_err(|error| error.code()),
        Some((_, grant)) => grant.revoke(at).map_err(|error| error.code()),
    };
    let id = seconds(id);
    let msg = match is_claim {
        true => ExecuteMsg::ClaimGrant { id },
        false => ExecuteMsg::RevokeGrant { id },
    };
    (msg, vec![], done)
}

/// Returns what a response says was paid.
fn paid(response: &AppResponse) -> Amount {
    let attributes = response.events.iter().flat_map(|event| &event.attributes);
    let paid = attributes.filter(|attribute| attribute.key == "paid");
    let mut amounts = paid.map(|attribute| Amount::new(attribute.value.parse().unwrap()));
    amounts.next().unwrap_or(Amount::ZERO)
}

/// Compares every answer about a holder, and the total at a drawn time.
fn compare(world: &World, here: &Here, by: &'static str, now: u64, draw: &mut Draw) {
    let (holder, now) = (who(by).into_string(), Timestamp::new(now));
    let at = Timestamp::new(draw.below(now.get() + 1_000));
    let asked = Some(seconds(at.get()));
    let total: Amount = world.ask(&QueryMsg::TotalWeight { at: asked }).unwrap();
    assert_eq!(Ok(total), here.escrow.total_weight_at(at));

    let weight = here.locks.get(by).map(|lock| {
        let undivided = lock.weight_at(at.max(now));
        here.escrow.terms().weight(undivided).unwrap()
    });
    let at = Some(seconds(at.max(now).get()));
    let question = QueryMsg::Weight {
        holder: holder.clone(),
        at,
    };
    let answer: Amount = world.ask(&question).unwrap();
    assert_eq!(answer, weight.unwrap_or(Amount::ZERO));

    let position = here.positions.get(by).copied().unwrap_or_default();
    let answer: RewardAnswer = world.ask(&QueryMsg::Reward { holder }).unwrap();
    assert_eq!(answer.staked.get(), position.shares());
    assert_eq!(Ok(answer.claimable), here.pool.claimable(&position));
    if let Some((_, grant)) = here.grants.last() {
        let id = seconds(here.grants.len() as u64 - 1);
        let answer: GrantAnswer = world.ask(&QueryMsg::Grant { id }).unwrap();
        let amounts = [grant.claimable_at(now), grant.unvested_at(now)];
        let answers = [answer.claimable, answer.unvested];
        assert_eq!(answers, amounts);
    }
}

fn run(seed: u64, granule: u64, calls: u64) -> (u64, u64) {
    let (mut world, mut here, mut draw) = (World::new(granule), Here::new(granule), Draw(seed));
    let (mut now, mut made, mut refused) = (0, 0, 0);
    for step in 0..calls {
        now += draw.below(40);
        let by = HOLDERS[draw.below(4) as usize];
        let (msg, coins, expected) = call(&mut draw, &mut here, by, now);
        let answer = world.at(now).send(by, &msg, &coins);
        let outcome = answer.map(|response| paid(&response));
        assert_eq!(
            outcome, expected,
            "call {step} of {seed}: {msg:?} with {coins:?}"
        );
        *(if expected.is_ok() {
            &mut made
        } else {
            &mut refused
        }) += 1;
        assert_eq!(
            (world.held(TOKEN), world.held(REWARD)),
            here.held(),
            "call {step} of {seed}"
        );
        compare(&world, &here, by, now, &mut draw);
    }
    (made, refused)
}

#[test]
fn the_same_calls_have_the_same_outcomes() {
    let (mut made, mut refused) = (0, 0);
    for (seed, granule) in [(1, 1), (2, 10), (3, 1), (4, 7)] {
        let counts = run(seed, granule, 400);
        (made, refused) = (made + counts.0, refused + counts.1);
    }
    // Both are drawn often.
    assert!(
        made >= 400 && refused >= 200,
        "{made} made, {refused} refused"
    );
}
