//! OpenZeppelin's PaymentSplitter, and the split of a stream that is to pay the same.

use std::error::Error;
use std::fmt;

use revm::primitives::{Address, U256};
use tokenomics_fee_split::SplitStream;
use tokenomics_fixed_math::Amount;

use crate::chain::{refused, Chain};
use crate::draw::Random;

type Failure = Box<dyn Error>;

const PARTIES: usize = 5;
/// Payments to one contract.
const PAYMENTS: u64 = 60;
const NOW: u64 = 1_700_000_000;
/// The most that is paid in: the contract multiplies by a share.
const MOST: u128 = u128::MAX >> 8;

/// How much was compared.
#[derive(Debug, Default)]
pub struct Tally {
    pub splits: u64,
    pub payments: u64,
    /// What a party is due, the same to the unit.
    due: u64,
    released: u64,
    /// Releases of nothing, which are refused there.
    refused: u64,
    /// Payments after which some units are nobody's there, which here are known as carried.
    carried: u64,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "PaymentSplitter: {} payments to {} splits; {} sums of a party and {} releases, the same to the \
             unit; {} releases of nothing are refused there; after {} payments units are left that it has \
             no name for, each of them carried here",
            self.payments, self.splits, self.due, self.released, self.refused, self.carried
        )
    }
}

fn account(party: usize) -> Address {
    Address::from_word(U256::from(0x1_0000 + party).into())
}

fn word(party: usize) -> U256 {
    account(party).into_word().into()
}

/// What the constructor takes: two lists behind where they begin.
fn arguments(weights: &[u64; PARTIES]) -> Vec<U256> {
    let (length, first) = (U256::from(PARTIES), 64);
    let second = first + 32 * (PARTIES + 1);
    let mut words = vec![U256::from(first), U256::from(second), length];
    words.extend((0..PARTIES).map(word));
    words.push(length);
    words.extend(weights.map(U256::from));
    words
}

/// A split here and there, and what was paid out.
struct Beside {
    chain: Chain,
    there: Address,
    here: SplitStream<PARTIES>,
    total: u128,
    paid_here: [u128; PARTIES],
    paid_there: [u128; PARTIES],
}

impl Beside {
    fn pay(&mut self, amount: u128) -> Result<(), Failure> {
        self.chain.endow(self.there, amount)?;
        self.total += amount;
        let parts = self.here.distribute(Amount::new(amount));
        for (paid, part) in self.paid_here.iter_mut().zip(parts) {
            *paid += part.get();
        }
        Ok(())
    }

    /// Releases what is due to a party there, which here was paid at once.
    fn release(&mut self, party: usize, tally: &mut Tally) -> Result<(), Failure> {
        let due = self.paid_here[party] - self.paid_there[party];
        let answer = self
            .chain
            .answers(self.there, NOW, "release(address)", &[word(party)]);
        if due == 0 {
            refused(answer, &["PaymentSplitter: account is not due payment"])?;
            tally.refused += 1;
            return Ok(());
        }
        answer?;
        self.paid_there[party] += due;
        tally.released += 1;
        Ok(())
    }

    /// Compares what each is due, and what is nobody's.
    fn compare(&mut self, tally: &mut Tally) -> Result<(), Failure> {
        for party in 0..PARTIES {
            let due = self
                .chain
                .call(self.there, NOW, "releasable(address)", &[word(party)])?;
            let here = self.paid_here[party] - self.paid_there[party];
            if due != U256::from(here) {
                return Err(format!("{party} is due {here} here, {due} there").into());
            }
            tally.due += 1;
        }
        let paid: u128 = self.paid_here.iter().sum();
        let carried = self.here.carried().get();
        if paid + carried != self.total || carried >= PARTIES as u128 {
            return Err(format!("{paid} paid and {carried} carried of {}", self.total).into());
        }
        tally.carried += u64::from(carried > 0);
        Ok(())
    }
}

/// Pays the same into both, and compares what each party is due and was paid.
///
/// # Errors
/// The first difference, or what failed on the chain.
pub fn compare(code: &[u8], random: &mut Random, tally: &mut Tally) -> Result<(), Failure> {
    // It refuses a party without a share.
    let few = random.up_to(1) == 0;
    let weights = [(); PARTIES].map(|()| match few {
        true => 1 + random.up_to(9),
        false => 1 + (random.word() >> (4 + random.up_to(59))),
    });
    let mut chain = Chain::new();
    let there = chain.deploy(code, &arguments(&weights))?;
    let mut beside = Beside {
        chain,
        there,
        here: SplitStream::new(weights)?,
        total: 0,
        paid_here: [0; PARTIES],
        paid_there: [0; PARTIES],
    };
    tally.splits += 1;
    let bits = random.up_to(120);
    for _ in 0..PAYMENTS {
        let few = u128::from(random.up_to(20));
        let any = random.wide() >> 8 >> bits;
        beside.pay(random.one_of(&[few, few, any]).min(MOST - beside.total))?;
        tally.payments += 1;
        if random.up_to(2) == 0 {
            beside.release(random.up_to(PARTIES as u64 - 1) as usize, tally)?;
        }
        beside.compare(tally)?;
    }
    Ok(())
}
