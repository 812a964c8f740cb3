//! Synthetix's StakingRewards, and the reward pool that is to pay the same and what is lost there.

mod poked;
mod speed;
mod tally;

use std::error::Error;

use revm::primitives::{Address, U256};
use tokenomics_fee_split::{Position, RewardPool};
use tokenomics_fixed_math::Amount;

pub use poked::poked;
pub use speed::measure;
pub use tally::Tally;
use tally::{Difference, Gap};

use crate::chain::{Chain, CALLER};
use crate::draw::Random;

type Failure = Box<dyn Error>;

const START: u64 = 1_700_000_000;
/// How long one funding is streamed there.
const WEEK: u64 = 7 * 86_400;
const USERS: usize = 12;
/// Operations of one pool.
const OPERATIONS: u64 = 300;
/// The contract's accumulator counts in parts of this.
const SCALE: u128 = 1_000_000_000_000_000_000;

/// The code that creates the contracts.
pub struct Codes {
    pub coin: Vec<u8>,
    pub pool: Vec<u8>,
}

/// A holder here and there, and what is known of the gap between the two.
#[derive(Clone, Copy, Default)]
struct User {
    position: Position,
    paid_here: u128,
    paid_there: u128,
    gap: Gap,
}

/// A pool here and there.
struct Beside {
    chain: Chain,
    coin: Address,
    there: Address,
    pool: RewardPool,
    users: [User; USERS],
    now: u64,
    /// What is streamed there a second, until when, and up to when it was streamed here.
    rate: u128,
    finish: u64,
    streamed: u64,
    /// What was handed in there.
    handed_in: u128,
}

impl Beside {
    fn new(codes: &Codes) -> Result<Self, Failure> {
        let mut chain = Chain::new();
        let coin = chain.deploy(&codes.coin, &[])?;
        let (owner, token) = (word(CALLER), word(coin));
        let there = chain.deploy(&codes.pool, &[owner, owner, token, token])?;
        Ok(Self {
            chain,
            coin,
            there,
            pool: RewardPool::new(),
            users: [User::default(); USERS],
            now: START,
            rate: 0,
            finish: START,
            streamed: START,
            handed_in: 0,
        })
    }

    fn make(&mut self, to: Address, amount: u128) -> Result<(), Failure> {
        let arguments = [word(to), U256::from(amount)];
        let (coin, now) = (self.coin, self.now);
        self.chain
            .call(coin, now, "make(address,uint256)", &arguments)?;
        Ok(())
    }

    fn send(&mut self, user: usize, signature: &str, arguments: &[U256]) -> Result<(), Failure> {
        let (there, now) = (self.there, self.now);
        self.chain
            .answers_to(account(user), there, now, signature, arguments)?;
        Ok(())
    }

    /// Funds the pool here with what is streamed there until now. Of what nobody staked for, nothing is
    /// paid there.
    fn stream(&mut self, tally: &mut Tally) -> Result<(), Failure> {
        let until = self.now.min(self.finish);
        let seconds = until.saturating_sub(self.streamed);
        self.streamed = self.streamed.max(until);
        self.pool
            .fund(Amount::new(self.rate * u128::from(seconds)))?;
        if !self.pool.take_unallocated().is_zero() {
            tally.note(Difference::Silent);
        }
        Ok(())
    }

    /// Takes note that the contract's accumulator is floored, and then a holder's part of it where that
    /// holder is settled.
    fn floored(&mut self, settled: Option<usize>) {
        for (number, user) in self.users.iter_mut().enumerate() {
            user.gap
                .floored(user.position.shares(), settled == Some(number));
        }
    }

    /// Stakes more, or takes some back.
    fn set_stake(&mut self, user: usize, to: u128, tally: &mut Tally) -> Result<(), Failure> {
        let from = self.users[user].position.shares();
        self.stream(tally)?;
        match to.checked_sub(from) {
            Some(0) => return Ok(()),
            Some(more) => {
                self.make(account(user), more)?;
                self.send(user, "stake(uint256)", &[U256::from(more)])?;
            }
            None => self.send(user, "withdraw(uint256)", &[U256::from(from - to)])?,
        }
        self.floored(Some(user));
        self.pool.set_shares(&mut self.users[user].position, to)?;
        Ok(())
    }

    fn claim(&mut self, user: usize, tally: &mut Tally) -> Result<(), Failure> {
        self.stream(tally)?;
        let there = self.earned(user)?;
        self.send(user, "getReward()", &[])?;
        self.floored(Some(user));
        let holder = &mut self.users[user];
        holder.paid_there += there;
        holder.paid_here += self.pool.claim(&mut holder.position)?.get();
        Ok(())
    }

    /// Hands rewards in, to be streamed for a week with what is left of the last.
    fn notify(&mut self, amount: u128, tally: &mut Tally) -> Result<(), Failure> {
        self.stream(tally)?;
        self.make(self.there, amount)?;
        let signature = "notifyRewardAmount(uint256)";
        let (there, now) = (self.there, self.now);
        self.chain
            .call(there, now, signature, &[U256::from(amount)])?;
        self.floored(None);
        let left = u128::from(self.finish.saturating_sub(now)) * self.rate;
        let sum = amount + left;
        self.rate = sum / u128::from(WEEK);
        if !sum.is_multiple_of(WEEK.into()) {
            tally.note(Difference::Unstreamed);
        }
        (self.finish, self.streamed) = (now + WEEK, now);
        self.handed_in += amount;
        Ok(())
    }

    /// Does nothing but bring the accumulator up, which anybody may.
    fn poke(&mut self, tally: &mut Tally) -> Result<(), Failure> {
        self.stream(tally)?;
        self.send(USERS, "getReward()", &[])?;
        self.floored(None);
        Ok(())
    }

    fn earned(&mut self, user: usize) -> Result<u128, Failure> {
        let (there, now) = (self.there, self.now);
        let earned = self
            .chain
            .call(there, now, "earned(address)", &[word(account(user))])?;
        Ok(earned.to())
    }

    /// Checks that a holder has no less here than there, and no more than floors there explain.
    fn compare(&mut self, user: usize, tally: &mut Tally) -> Result<(), Failure> {
        self.stream(tally)?;
        let there = self.users[user].paid_there + self.earned(user)?;
        let holder = self.users[user];
        let here = holder.paid_here + self.pool.claimable(&holder.position)?.get();
        let most = holder.gap.at_most(holder.position.shares());
        tally.compared += 1;
        match here.checked_sub(there) {
            Some(0) => tally.same += 1,
            Some(less) if U256::from(less) <= most => tally.note(Difference::Floored),
            _ => return Err(format!("{user}: {here} here, {there} there, {most} apart").into()),
        }
        Ok(())
    }

    /// Checks that all that was streamed is somewhere, here to the last unit.
    fn funded(&self) -> Result<(), Failure> {
        let claimable = self
            .users
            .iter()
            .map(|user| self.pool.claimable(&user.position));
        let claimable = Amount::try_sum(claimable.collect::<Result<Vec<_>, _>>()?)?;
        let carried = self.pool.carried(claimable)?;
        let parts = [
            self.pool.paid(),
            claimable,
            carried,
            self.pool.unallocated(),
        ];
        if Amount::try_sum(parts)? != self.pool.funded() || carried.get() > USERS as u128 {
            return Err(format!("{parts:?} of {}", self.pool.funded()).into());
        }
        Ok(())
    }

    fn operate(&mut self, random: &mut Random, tally: &mut Tally) -> Result<(), Failure> {
        let user = random.up_to(USERS as u64 - 1) as usize;
        let held = self.users[user].position.shares();
        let any = random.wide() >> (8 + random.up_to(119));
        match random.up_to(99) {
            // All leave, and what is streamed then is nobody's.
            99 => (0..USERS).try_for_each(|user| self.set_stake(user, 0, tally))?,
            number => self.operate_one(number % 10, (user, held, any), random, tally)?,
        }
        tally.operations += 1;
        Ok(())
    }

    fn operate_one(
        &mut self,
        kind: u64,
        (user, held, any): (usize, u128, u128),
        random: &mut Random,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        match kind {
            0..=2 => self.set_stake(user, any, tally)?,
            3 => {
                let part = random.about(held).min(held);
                self.set_stake(user, part, tally)?;
            }
            4 => self.set_stake(user, 0, tally)?,
            5 | 6 => self.claim(user, tally)?,
            7 => {
                // The sum of all of them has less than 128 bits.
                let bits = 20 + random.up_to(107);
                self.notify(random.wide() >> bits, tally)?;
            }
            _ => self.poke(tally)?,
        }
        Ok(())
    }
}

fn account(user: usize) -> Address {
    Address::from_word(U256::from(0x1_0000 + user).into())
}

fn word(account: Address) -> U256 {
    account.into_word().into()
}

/// Makes the same calls here and there, and compares what each holder has had and can claim.
///
/// # Errors
/// The first difference that isn't known, or what failed on the chain.
pub fn compare(codes: &Codes, random: &mut Random, tally: &mut Tally) -> Result<(), Failure> {
    let mut beside = Beside::new(codes)?;
    tally.pools += 1;
    for _ in 0..OPERATIONS {
        let any = random.up_to(3 * WEEK);
        beside.now += random.one_of(&[0, 1, 12, 987, 3_600, 86_400, any]);
        beside.operate(random, tally)?;
        beside.compare(random.up_to(USERS as u64 - 1) as usize, tally)?;
        beside.funded()?;
    }
    for user in 0..USERS {
        beside.compare(user, tally)?;
    }
    Ok(())
}
