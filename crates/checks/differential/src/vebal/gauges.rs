//! Balancer's GaugeController as it is deployed, and the gauges that are to do the same.

mod calls;
mod read;
mod recorded;
mod speed;
mod tally;
mod votes;

use revm::primitives::{Address, U256};
use tokenomics_escrow_weighting::{Error as Refusal, Gauges};
use tokenomics_fixed_math::Timestamp;

use self::calls::{draw_silence, Call};
use self::tally::Difference;
use self::votes::{check_parts, end_of, shares_with, Cast, Vote, Voter, WHOLE};
use super::calls::Call as LockCall;
use super::{account, to_week, word, Answer, Beside, Codes, Failure, START, USERS, WEEK};
use crate::chain::{refused, CALLER};
use crate::draw::Random;

pub use self::recorded::record_gauges;
pub use self::speed::measure_gauges;
pub use self::tally::Tally as GaugeTally;

const ONE: u128 = 1_000_000_000_000_000_000;
/// How long after a vote for a gauge the contract refuses another.
const DELAY: u64 = 10 * 86_400;
/// Gauges at most, at first, and those that are never removed.
const GAUGES: u64 = 10;
const FIRST: u64 = 4;
const KEPT: u64 = 2;
/// Kinds of gauges there, all of weight 1: a weight of kinds has no counterpart here.
const TYPES: u64 = 2;
/// Operations on one controller.
const OPERATIONS: u64 = 1_000;
/// Every so many, all is brought up to date and read.
const ALL: u64 = 8;

/// What the contract says, in the order in which it looks.
const SOON: &str = "Your token lock expires too soon";
const ABOVE: &str = "You used all your voting power";
const OFTEN: &str = "Cannot vote so often";
const UNKNOWN: &str = "Gauge not added";
const USED: &str = "Used too much power";

/// A gauge that was added.
struct Listed {
    removed: Option<u64>,
    /// The week up to which the contract has written its weight.
    written: u64,
}

impl Listed {
    fn is_live(&self, at: u64) -> bool {
        self.removed.is_none_or(|removed| at < removed)
    }
}

/// Gauges here and there, over the locks of one escrow, and what each user votes.
struct Controllers {
    beside: Beside,
    there: Address,
    here: Gauges<u64>,
    voters: Vec<Voter>,
    listed: Vec<Listed>,
    /// The week up to which the contract has written its total.
    written: u64,
}

impl Controllers {
    fn new(codes: &Codes) -> Result<Self, Failure> {
        let mut beside = Beside::new(codes)?;
        let there = beside.deploy_gauges(codes)?;
        let mut both = Self {
            beside,
            there,
            here: Gauges::new(),
            voters: (0..USERS).map(|_| Voter::default()).collect(),
            listed: Vec::new(),
            written: START + WEEK,
        };
        for _ in 0..TYPES {
            both.beside.add_type(there)?;
        }
        for gauge in 0..FIRST {
            both.add(gauge, &mut GaugeTally::default())?;
        }
        Ok(both)
    }

    fn next_week(&self) -> u64 {
        to_week(self.beside.now) + WEEK
    }

    fn make(&mut self, call: Call, tally: &mut GaugeTally) -> Result<(), Failure> {
        tally.operations += 1;
        match call {
            Call::Lock(call) => self.change_lock(call, tally),
            Call::Vote { user, gauge, bps } => self.vote(user, gauge, bps, tally),
            Call::Add { gauge } => self.add(gauge, tally),
            Call::Remove { gauge } => self.remove(gauge, tally),
            Call::Checkpoint { gauge } => self.checkpoint(gauge),
        }
    }

    /// Here the votes of a lock follow it, which there they don't.
    fn change_lock(&mut self, call: LockCall, tally: &mut GaugeTally) -> Result<(), Failure> {
        let user = call.user();
        let before = user.and_then(|user| self.beside.lock_of(user));
        self.beside.make(call, &mut tally.locks)?;
        let after = user.and_then(|user| self.beside.lock_of(user));
        let now = self.beside.now;
        let voter = user.map(|user| &mut self.voters[user as usize]);
        let Some(voter) = voter.filter(|_| before != after) else {
            return Ok(());
        };
        if let Some(old) = voter.held_at(now) {
            let new = after.map(|lock| Vote { lock, ..old });
            self.here
                .settle(Timestamp::new(now), &[old], new.as_slice())?;
            voter.hold(now, new);
            tally.moved += 1;
        }
        Ok(())
    }

    fn vote(
        &mut self,
        user: u64,
        gauge: u64,
        bps: u64,
        tally: &mut GaugeTally,
    ) -> Result<(), Failure> {
        let arguments = [gauge_word(gauge), U256::from(bps)];
        let signature = "vote_for_gauge_weights(address,uint256)";
        let there = self.send(account(user), signature, &arguments);
        let (at, lock) = (self.beside.now, self.beside.lock_of(user));
        let cast = lock.map(|lock| Cast {
            at,
            gauge,
            bps,
            lock,
        });
        let why = self.refusal(user, gauge, bps);
        if let (None, Some(cast)) = (why, cast) {
            there?;
            return self.take(user, cast, tally);
        }
        refused(there, &[why.unwrap_or(SOON)])?;
        let mut here = self.here.clone();
        match cast.map(|cast| self.vote_here(&mut here, user, cast)) {
            Some(Ok(_)) => self.note_refused(user, why, tally)?,
            _ => tally.refused += 1,
        }
        Ok(())
    }

    /// Why the contract must refuse a vote.
    fn refusal(&self, user: u64, gauge: u64, bps: u64) -> Option<&'static str> {
        let end = self.beside.lock_of(user).map_or(0, end_of);
        let voter = &self.voters[user as usize];
        let (at, last) = (self.beside.now, voter.last_cast(gauge));
        let others = voter.used(self.listed.len() as u64) - last.map_or(0, |cast| cast.bps);
        let is_early = last.is_some_and(|cast| at < cast.at + DELAY);
        let rules = [
            (end <= self.next_week(), SOON),
            (bps > WHOLE, ABOVE),
            (is_early, OFTEN),
            (gauge as usize >= self.listed.len(), UNKNOWN),
            (others + bps > WHOLE, USED),
        ];
        rules.into_iter().find(|rule| rule.0).map(|rule| rule.1)
    }

    /// The same vote here.
    fn vote_here(&self, here: &mut Gauges<u64>, user: u64, cast: Cast) -> Result<Vote, Refusal> {
        if cast.gauge as usize >= self.listed.len() {
            return Err(Refusal::NotListed);
        }
        let old = self.voters[user as usize].held_at(cast.at);
        let on = shares_with(old.as_ref(), cast.gauge, cast.bps)?;
        let lock = cast.lock;
        let new = Vote { lock, on };
        here.settle(self.beside.clock(), old.as_slice(), &[new])?;
        Ok(new)
    }

    /// Takes a vote that the contract took.
    fn take(&mut self, user: u64, cast: Cast, tally: &mut GaugeTally) -> Result<(), Failure> {
        let Cast { at, gauge, .. } = cast;
        let mut here = std::mem::take(&mut self.here);
        let taken = self.vote_here(&mut here, user, cast);
        self.here = here;
        let voter = &mut self.voters[user as usize];
        voter.cast(cast);
        match taken {
            Ok(vote) => {
                check_parts(&vote)?;
                voter.hold(at, Some(vote));
                tally.votes += 1;
            }
            Err(Refusal::NotListed) if !self.listed[gauge as usize].is_live(at) => {
                tally.note(Difference::Taken);
            }
            Err(other) => return Err(format!("{other:?} here, taken there").into()),
        }
        self.write(gauge);
        Ok(())
    }

    /// A vote that only the contract refuses.
    fn note_refused(
        &self,
        user: u64,
        why: Option<&str>,
        tally: &mut GaugeTally,
    ) -> Result<(), Failure> {
        let difference = match why {
            Some(SOON) => Difference::Soon,
            Some(OFTEN) => Difference::Often,
            Some(USED) if self.is_over(user) => Difference::Used,
            other => return Err(format!("taken here, but {other:?} there").into()),
        };
        tally.note(difference);
        Ok(())
    }

    fn add(&mut self, gauge: u64, tally: &mut GaugeTally) -> Result<(), Failure> {
        let arguments = [gauge_word(gauge), U256::from(gauge % TYPES)];
        let there = self.send(CALLER, "add_gauge(address,int128)", &arguments);
        match self.here.add(self.beside.clock(), gauge) {
            Ok(()) => {
                there?;
                let (removed, written) = (None, self.next_week());
                self.listed.push(Listed { removed, written });
            }
            Err(Refusal::ListedBefore) => {
                refused(there, &[""])?;
                tally.refused += 1;
            }
            Err(other) => return Err(other.into()),
        }
        Ok(())
    }

    /// Only here: the contract has no removal.
    fn remove(&mut self, gauge: u64, tally: &mut GaugeTally) -> Result<(), Failure> {
        let removed = self.here.remove(self.beside.clock(), &gauge);
        let now = self.beside.now;
        let listed = self.listed.get_mut(gauge as usize);
        match (removed, listed.filter(|listed| listed.removed.is_none())) {
            (Ok(()), Some(listed)) => listed.removed = Some(now),
            (Err(Refusal::NotListed), None) => tally.refused += 1,
            (other, _) => return Err(format!("removed here: {other:?}").into()),
        }
        Ok(())
    }

    fn checkpoint(&mut self, gauge: u64) -> Result<(), Failure> {
        self.send(CALLER, "checkpoint_gauge(address)", &[gauge_word(gauge)])?;
        self.write(gauge);
        Ok(())
    }

    /// Brings all gauges up to date, as a new epoch has it.
    fn checkpoint_all(&mut self) -> Result<(), Failure> {
        (0..self.listed.len() as u64).try_for_each(|gauge| self.checkpoint(gauge))
    }

    /// The contract has brought up a gauge and its total.
    fn write(&mut self, gauge: u64) {
        let next = self.next_week();
        self.listed[gauge as usize].written = next;
        self.written = next;
    }

    fn send(&mut self, from: Address, signature: &str, arguments: &[U256]) -> Answer {
        let (chain, now) = (&mut self.beside.chain, self.beside.now);
        chain.answers_to(from, self.there, now, signature, arguments)
    }
}

impl Beside {
    fn deploy_gauges(&mut self, codes: &Codes) -> Result<Address, Failure> {
        // Only the admin makes gauges, which here is whoever calls.
        let arguments = [word(self.there), word(CALLER)];
        Ok(self.chain.deploy(&codes.gauges, &arguments)?)
    }

    /// Adds a kind of gauges, of weight 1.
    fn add_type(&mut self, gauges: Address) -> Result<(), Failure> {
        // Where its name lies and what it weighs, and then the name of one letter.
        let [at, weight, length] = [64, 1, 1].map(U256::from);
        let name = [at, weight, length, U256::from(0x76) << 248];
        self.chain
            .call(gauges, START, "add_type(string,uint256)", &name)?;
        Ok(())
    }
}

fn gauge_word(gauge: u64) -> U256 {
    word(account(1_000 + gauge))
}

/// Makes the same calls here and there, on new gauges.
///
/// # Errors
/// The first difference that isn't on the list, or what failed on the chain.
pub fn compare_gauges(
    codes: &Codes,
    random: &mut Random,
    tally: &mut GaugeTally,
) -> Result<(), Failure> {
    let mut both = Controllers::new(codes)?;
    tally.controllers += 1;
    for step in 0..OPERATIONS {
        both.beside.now += draw_silence(&both, random);
        let call = Call::draw(&both, random);
        let text = format!("{call:?} at {}", both.beside.now);
        let made = both.make(call, tally);
        made.map_err(|e| format!("{text}: {e}"))?;
        let all = step % ALL == 0;
        // Half of the weeks are read as they were left.
        if all && random.up_to(1) == 0 {
            both.checkpoint_all()?;
        }
        let read = both.read_some(all, random, tally);
        read.map_err(|e| format!("after {text}: {e}"))?;
    }
    Ok(())
}
