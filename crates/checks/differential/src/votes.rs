//! OpenZeppelin's Votes, and the histories of permanent locks that are to say the same of the past.

use std::error::Error;

use revm::primitives::{Address, U256};
use tokenomics_escrow_weighting::{Closed, InMemory, Lock, LockKind, Power, Totals};
use tokenomics_fixed_math::{Amount, Timestamp};

use crate::chain::Chain;
use crate::draw::Random;

type Failure = Box<dyn Error>;

const USERS: usize = 12;
const START: u64 = 1_700_000_000;
/// Changes of one contract.
const CHANGES: u64 = 500;

/// How much was compared.
#[derive(Debug, Default)]
pub struct Tally {
    pub changes: u64,
    pub past: u64,
    pub refused: u64,
}

/// Units, delegates and their votes, here and there.
struct Beside {
    chain: Chain,
    there: Address,
    now: u64,
    /// What each holds, and who votes with it.
    users: [(u128, Option<usize>); USERS],
    votes: Vec<InMemory>,
    total: InMemory,
}

impl Beside {
    fn send(&mut self, user: usize, signature: &str, arguments: &[U256]) -> Result<(), Failure> {
        let (there, now) = (self.there, self.now);
        let from = account(user);
        self.chain
            .answers_to(from, there, now, signature, arguments)?;
        Ok(())
    }

    /// Makes units, or takes them from a holder, or moves them to another.
    fn shift(&mut self, random: &mut Random) -> Result<(), Failure> {
        let [from, to] = [(); 2].map(|()| random.up_to(USERS as u64 - 1) as usize);
        let held = self.users[from].0;
        let part = random.about(held).min(held);
        let made = random.wide() >> (20 + random.up_to(100));
        let (from, to, amount) = match random.up_to(3) {
            0 if held > 0 => (Some(from), None, part),
            1 if from != to => (Some(from), Some(to), part),
            _ => (None, Some(to), made),
        };
        let word = |user: Option<usize>| user.map_or(U256::ZERO, word);
        let arguments = [word(from), word(to), U256::from(amount)];
        self.send(0, "move(address,address,uint256)", &arguments)?;
        if let Some(from) = from {
            self.hold(from, self.users[from].0 - amount)?;
        }
        if let Some(to) = to {
            self.hold(to, self.users[to].0 + amount)?;
        }
        Ok(())
    }

    fn hold(&mut self, user: usize, amount: u128) -> Result<(), Failure> {
        let (held, delegate) = self.users[user];
        let (now, old, new) = (Timestamp::new(self.now), power(held), power(amount));
        self.total.replace(now, old, new)?;
        if let Some(delegate) = delegate {
            self.votes[delegate].replace(now, old, new)?;
        }
        self.users[user].0 = amount;
        Ok(())
    }

    fn delegate(&mut self, random: &mut Random) -> Result<(), Failure> {
        let [user, to] = [(); 2].map(|()| random.up_to(USERS as u64 - 1) as usize);
        self.send(user, "delegate(address)", &[word(to)])?;
        let (held, delegate) = self.users[user];
        let now = Timestamp::new(self.now);
        if let Some(delegate) = delegate {
            self.votes[delegate].replace(now, power(held), None)?;
        }
        self.votes[to].replace(now, None, power(held))?;
        self.users[user].1 = Some(to);
        Ok(())
    }

    /// What is over; neither tells what isn't.
    fn compare(&mut self, random: &mut Random, tally: &mut Tally) -> Result<(), Failure> {
        let user = random.up_to(USERS as u64 - 1) as usize;
        let ago = random.up_to(self.now - START + 100);
        let at = random.one_of(&[self.now, self.now - 1, self.now - ago, self.now - ago]);
        let reads: [(&str, &[U256], &InMemory); 2] = [
            (
                "getPastVotes(address,uint256)",
                &[word(user), U256::from(at)],
                &self.votes[user],
            ),
            (
                "getPastTotalSupply(uint256)",
                &[U256::from(at)],
                &self.total,
            ),
        ];
        let closed = Closed::before(Timestamp::new(at), Timestamp::new(self.now));
        for (signature, arguments, history) in reads {
            let there = self.chain.call(self.there, self.now, signature, arguments);
            match (closed, there) {
                (Ok(closed), Ok(there)) => {
                    let here = history.weight_at(closed.get());
                    if U256::from(here.to_u128()?) != there {
                        return Err(format!("{signature} {at}: {here} here, {there} there").into());
                    }
                    tally.past += 1;
                }
                (Err(_), Err(_)) => tally.refused += 1,
                (here, there) => return Err(format!("{at}: {here:?}, {there:?}").into()),
            }
        }
        Ok(())
    }
}

/// A lock of which each unit weighs one, for good.
fn power(amount: u128) -> Option<Power> {
    let kind = LockKind::Constant {
        level: 1,
        end: None,
    };
    // There is none of nothing.
    Lock::new(Amount::new(amount), kind).ok().map(Power::from)
}

fn account(user: usize) -> Address {
    Address::from_word(U256::from(0x1_0000 + user).into())
}

fn word(user: usize) -> U256 {
    account(user).into_word().into()
}

/// Makes the same changes here and there, and reads the past after each.
///
/// # Errors
/// The first difference, or what failed on the chain.
pub fn compare(code: &[u8], random: &mut Random, tally: &mut Tally) -> Result<(), Failure> {
    let mut chain = Chain::new();
    let there = chain.deploy(code, &[])?;
    let mut beside = Beside {
        chain,
        there,
        now: START,
        users: [(0, None); USERS],
        votes: (0..USERS).map(|_| InMemory::default()).collect(),
        total: InMemory::default(),
    };
    for _ in 0..CHANGES {
        let silence = random.up_to(1_000_000);
        beside.now += random.one_of(&[0, 0, 1, silence]);
        match random.up_to(2) {
            0 => beside.delegate(random)?,
            _ => beside.shift(random)?,
        }
        tally.changes += 1;
        for _ in 0..3 {
            beside.compare(random, tally)?;
        }
    }
    Ok(())
}
