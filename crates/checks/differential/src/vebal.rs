//! Balancer's VotingEscrow as it is deployed, and the escrow that is to do the same.

mod calls;
mod distributor;
mod gauges;
mod known;
mod lost;
mod speed;
mod tally;

use std::cmp::Ordering;
use std::error::Error;

use revm::primitives::{Address, U256};
use tokenomics_escrow_weighting::{Error as Refusal, Escrow, InMemory, Lock, LockHistory, Terms};
use tokenomics_fixed_math::{Amount, Span, Timestamp, Wad, U256 as Undivided};

use calls::{draw_read, draw_silence, Call};
pub use distributor::{compare_fees, record_fees, FeeTally};
pub use gauges::{compare_gauges, measure_gauges, record_gauges, GaugeTally};
use known::Known;
pub use lost::lost_total;
pub use speed::measure;
pub use tally::Tally;
use tally::{Difference, SECOND};

use crate::chain::{refused, Chain, Reverted, CALLER};
use crate::draw::Random;

type Failure = Box<dyn Error>;
type Answer = Result<Vec<U256>, Reverted>;

const WEEK: u64 = 7 * 86_400;
/// The longest lock there.
const YEAR: u64 = 365 * 86_400;
/// As many weeks a call there catches up with.
const WEEKS: u64 = 255;
/// When it is deployed: a Thursday at midnight.
const START: u64 = 1_632_960_000;
const USERS: u64 = 40;
/// Operations on one escrow, and those after its total is lost.
const OPERATIONS: u64 = 400;
const AFTER: u64 = 25;
/// Every so many operations, all users are read.
const ALL: u64 = 8;
/// From here on the contract's integers hold no amount.
const WIDE: u128 = 1 << 127;

/// The code that creates the contracts.
pub struct Codes {
    pub token: Vec<u8>,
    pub escrow: Vec<u8>,
    pub gauges: Vec<u8>,
    /// The token of the fees, and what distributes it.
    pub coin: Vec<u8>,
    pub fees: Vec<u8>,
    /// The same as it was deployed first.
    pub old_fees: Vec<u8>,
}

/// An escrow here and there, and each user's lock.
struct Beside {
    chain: Chain,
    there: Address,
    escrow: Escrow<InMemory>,
    users: Vec<LockHistory>,
    now: u64,
    /// How far the contract's total is brought up.
    point: u64,
    /// How far each call came that didn't catch up, and when it was.
    lost: Vec<(u64, u64)>,
}

impl Beside {
    fn new(codes: &Codes) -> Result<Self, Failure> {
        let mut chain = Chain::new();
        let token = chain.deploy(&codes.token, &[])?;
        // At that time, which a call sets.
        chain.call(token, START, "decimals()", &[])?;
        // Two texts of one letter: where each lies, its length, and it.
        let letter = [U256::from(1), U256::from(0x76) << 248];
        let [at, then] = [4_u64, 6].map(|word| U256::from(32 * word));
        let mut arguments = vec![word(token), at, then, word(CALLER)];
        arguments.extend([letter, letter].concat());
        let there = chain.deploy(&codes.escrow, &arguments)?;
        let terms = Terms::new(Span::new(YEAR), Span::new(WEEK))?;
        Ok(Self {
            chain,
            there,
            escrow: Escrow::new(terms),
            users: (0..USERS).map(|_| LockHistory::new()).collect(),
            now: START,
            point: START,
            lost: Vec::new(),
        })
    }

    fn clock(&self) -> Timestamp {
        Timestamp::new(self.now)
    }

    fn lock_of(&self, user: u64) -> Option<Lock> {
        self.users[user as usize].lock_at(self.clock())
    }

    fn send(&mut self, user: u64, signature: &str, arguments: &[U256]) -> Answer {
        let (chain, there, now) = (&mut self.chain, self.there, self.now);
        chain.answers_to(account(user), there, now, signature, arguments)
    }

    fn make(&mut self, call: Call, tally: &mut Tally) -> Result<(), Failure> {
        tally.operations += 1;
        match call {
            Call::Create { user, amount, end } => self.create(user, amount, end, tally),
            Call::Increase { user, by, extra } => self.increase(user, by, extra, tally),
            Call::Extend { user, end } => self.extend(user, end, tally),
            Call::Withdraw { user } => self.withdraw(user, tally),
            Call::Checkpoint => {
                self.send(0, "checkpoint()", &[])?;
                self.catch_up();
                tally.checkpoints += 1;
                Ok(())
            }
        }
    }

    fn create(
        &mut self,
        user: u64,
        amount: u128,
        end: u64,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        let arguments = [U256::from(amount), U256::from(end)];
        let there = self.send(user, "create_lock(uint256,uint256)", &arguments);
        if amount > 0 && self.lock_of(user).is_some() {
            refused(there, SECOND)?;
            tally.note(Difference::Second);
            return Ok(());
        }
        let now = self.clock();
        let create = |escrow: &mut Escrow<InMemory>, end| {
            let kind = escrow.terms().decaying(Wad::ONE, Timestamp::new(end))?;
            escrow.create(now, Amount::new(amount), kind)
        };
        if amount >= WIDE && create(&mut self.escrow.clone(), to_week(end)).is_ok() {
            return tally.refused_there(Difference::Wide, there);
        }
        self.sees_off_week(create(&mut self.escrow.clone(), end), end, &there, tally)?;
        let here = create(&mut self.escrow, to_week(end));
        self.settle(user, here.map(Some), there, tally)
    }

    /// By the user, or by another for the user.
    fn increase(
        &mut self,
        user: u64,
        by: u64,
        extra: u128,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        let amount = U256::from(extra);
        let there = match by == user {
            true => self.send(user, "increase_amount(uint256)", &[amount]),
            false => {
                let arguments = [word(account(user)), amount];
                self.send(by, "deposit_for(address,uint256)", &arguments)
            }
        };
        let Some(lock) = self.lock_of(user) else {
            return tally.refused_by_both(there);
        };
        let now = self.clock();
        if extra >= WIDE && !lock.has_ended(now) {
            self.escrow
                .clone()
                .increase(now, lock, Amount::new(extra))?;
            return tally.refused_there(Difference::Wide, there);
        }
        let here = self.escrow.increase(now, lock, Amount::new(extra));
        self.settle(user, here.map(Some), there, tally)
    }

    fn extend(&mut self, user: u64, end: u64, tally: &mut Tally) -> Result<(), Failure> {
        let there = self.send(user, "increase_unlock_time(uint256)", &[U256::from(end)]);
        let Some(lock) = self.lock_of(user) else {
            return tally.refused_by_both(there);
        };
        let now = self.clock();
        let exact = self.escrow.clone().extend(now, lock, Timestamp::new(end));
        self.sees_off_week(exact, end, &there, tally)?;
        let here = self.escrow.extend(now, lock, Timestamp::new(to_week(end)));
        self.settle(user, here.map(Some), there, tally)
    }

    fn withdraw(&mut self, user: u64, tally: &mut Tally) -> Result<(), Failure> {
        let there = self.send(user, "withdraw()", &[]);
        let Some(lock) = self.lock_of(user) else {
            there?;
            self.catch_up();
            tally.note(Difference::Nothing);
            return Ok(());
        };
        let here = self.escrow.withdraw(self.clock(), lock);
        self.settle(user, here.map(|_| None), there, tally)
    }

    /// An end within a week is floored there, and refused here: the caller says how it is rounded.
    fn sees_off_week(
        &self,
        exact: Result<Lock, Refusal>,
        end: u64,
        there: &Answer,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        if end == to_week(end) || there.is_err() {
            return Ok(());
        }
        match exact {
            // The latest end there is, or the earliest, may be in range only once it is floored.
            Err(Refusal::OffGranule { .. } | Refusal::OutOfRange { .. }) => {
                tally.note(Difference::OffWeek);
                Ok(())
            }
            other => Err(format!("an end at {end} is {other:?} here").into()),
        }
    }

    /// Takes what both sides say to one call: the user's lock from now on, or a refusal.
    fn settle(
        &mut self,
        user: u64,
        here: Result<Option<Lock>, Refusal>,
        there: Answer,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        match (here, there) {
            (Ok(lock), Ok(_)) => {
                let (now, history) = (self.clock(), &mut self.users[user as usize]);
                match lock {
                    Some(lock) => history.record(now, lock)?,
                    None => history.close(now)?,
                }
                self.catch_up();
                tally.changes += 1;
                Ok(())
            }
            (Err(_), there @ Err(_)) => tally.refused_by_both(there),
            (here, there) => Err(format!("{here:?} here, {there:?} there").into()),
        }
    }

    /// The contract brings its total up by so many weeks and no more.
    fn catch_up(&mut self) {
        let reached = to_week(self.point) + WEEKS * WEEK;
        if reached < self.now {
            self.lost.push((reached, self.now));
        }
        self.point = reached.min(self.now);
    }

    /// A user's weight at a time; what it is there, and undivided here.
    fn read(
        &mut self,
        user: u64,
        at: u64,
        tally: &mut Tally,
    ) -> Result<(u128, Undivided), Failure> {
        let (time, history) = (Timestamp::new(at), &self.users[user as usize]);
        let (known, undivided) = (
            Known::of(history.lock_at(time), at),
            history.weight_at(time),
        );
        let arguments = [word(account(user)), U256::from(at)];
        let signature = "balanceOf(address,uint256)";
        let there = self.chain.call(self.there, self.now, signature, &arguments);
        if there.is_err() && known.is_far(at) {
            refused(there.map(|answer| vec![answer]), &[""])?;
            tally.note(Difference::Far);
            return Ok((0, undivided));
        }
        let there = u128::try_from(there?)?;
        let here = self.escrow.terms().weight(undivided)?.get();
        if there != known.weight || here != there + known.floored {
            return Err(format!("user {user} at {at}: {here} here, {there} there").into());
        }
        tally.balances += 1;
        if known.slope == 0 && !undivided.is_zero() {
            tally.note(Difference::Dust);
        } else if known.floored > 0 {
            tally.note(Difference::Floored);
        }
        Ok((there, undivided))
    }

    /// One weight, or also all of now and of another time.
    fn read_some(
        &mut self,
        all: bool,
        random: &mut Random,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        let (user, at) = (random.up_to(USERS - 1), draw_read(self.now, random));
        self.read(user, at, tally)?;
        if all {
            for at in [self.now, draw_read(self.now, random)] {
                self.read_all(at, tally)?;
            }
        }
        Ok(())
    }

    /// The weights of all at a time, and their total.
    fn read_all(&mut self, at: u64, tally: &mut Tally) -> Result<(), Failure> {
        let (mut there, mut here) = (0, Undivided::ZERO);
        for user in 0..USERS {
            let (weight, undivided) = self.read(user, at, tally)?;
            there += weight;
            here = here.checked_add(undivided)?;
        }
        let total = self.escrow.total_at(Timestamp::new(at));
        if total != here {
            return Err(format!("at {at} a total of {total}, but a sum of {here}").into());
        }
        tally.sums += 1;
        let supply = self.supply(at)?;
        let is_lost = self.lost.iter().any(|&(reached, _)| reached <= at);
        let mut silences = self.lost.iter();
        let is_silent = silences.any(|&(reached, called)| reached <= at && at < called);
        let difference = match supply.cmp(&there) {
            Ordering::Equal => return Ok(()),
            Ordering::Less if is_lost => Difference::Short,
            Ordering::Greater if is_silent => Difference::Early,
            _ => return Err(format!("at {at} a total of {supply}, {there} in all").into()),
        };
        tally.note(difference);
        Ok(())
    }

    fn supply(&mut self, at: u64) -> Result<u128, Failure> {
        let (there, now, at) = (self.there, self.now, U256::from(at));
        let supply = self.chain.call(there, now, "totalSupply(uint256)", &[at])?;
        Ok(u128::try_from(supply)?)
    }
}

fn to_week(at: u64) -> u64 {
    at - at % WEEK
}

fn account(user: u64) -> Address {
    Address::from_word(U256::from(0x1_0000 + user).into())
}

fn word(account: Address) -> U256 {
    account.into_word().into()
}

/// Makes the same calls here and there, on a new escrow.
///
/// # Errors
/// The first difference that isn't a [`Difference`], or what failed on the chain.
pub fn compare(codes: &Codes, random: &mut Random, tally: &mut Tally) -> Result<(), Failure> {
    let mut beside = Beside::new(codes)?;
    tally.escrows += 1;
    let (mut left, mut step) = (OPERATIONS, 0);
    while left > 0 {
        beside.now += draw_silence(beside.now, random);
        let call = Call::draw(&beside, random);
        let text = format!("{call:?} at {}", beside.now);
        let made = beside.make(call, tally);
        made.map_err(|e| format!("{text}: {e}"))?;
        let read = beside.read_some(step % ALL == 0, random, tally);
        read.map_err(|e| format!("after {text}: {e}"))?;
        let most = if beside.lost.is_empty() { left } else { AFTER };
        left = left.min(most) - 1;
        step += 1;
    }
    Ok(())
}
