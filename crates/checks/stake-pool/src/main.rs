//! Runs vaults and delayed rates beside spl-stake-pool's own calculations: `cargo xtask differential 2000
//! stake-pool`.

mod cases;
#[path = "../../differential/src/draw.rs"]
#[allow(dead_code, reason = "schedules are drawn beside contracts only")]
mod draw;
mod peer;
mod rates;
mod shares;
mod tally;
#[cfg(test)]
mod tests;

use std::error::Error;

use draw::Random;
use peer::{millionths, Peer};
use rates::{Kind, Rates};
use shares::Shares;
use spl_stake_pool::state::FeeType;
use tally::Tally;

type Failure = Box<dyn Error>;

const SEED: u64 = 0x7374_616b;
/// Operations of one pool.
const OPERATIONS: u64 = 100;

/// A pool there, and what it is here.
struct Beside {
    peer: Peer,
    shares: Shares,
    rates: [Rates; 2],
}

impl Beside {
    fn new(random: &mut Random) -> Result<Self, Failure> {
        let mut peer = Peer::new(1);
        peer.pool.epoch_fee = millionths(fee(random).min(1_000_000));
        peer.pool.sol_withdrawal_fee = millionths(fee(random).min(1_000_000));
        let rates = [
            Rates::new(Kind::Epoch, &peer)?,
            Rates::new(Kind::Withdrawal, &peer)?,
        ];
        let shares = Shares::new()?;
        Ok(Self {
            peer,
            shares,
            rates,
        })
    }

    /// One operation, the same in both.
    fn operate(
        &mut self,
        random: &mut Random,
        size: u32,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        let Self {
            peer,
            shares,
            rates,
        } = self;
        let amount = lamports(random, size);
        match random.up_to(11) {
            0..=3 => shares.deposits(peer, amount, tally)?,
            4 | 5 => {
                let held = peer.pool.pool_token_supply - 1;
                let tokens = random.about(held.into()).try_into().unwrap_or(u64::MAX);
                shares.withdraws(peer, tokens, tally)?;
            }
            6 | 7 => shares.gains(peer, amount, tally)?,
            8 => shares.loses(peer, amount, tally)?,
            9 => {
                let one = usize::from(random.up_to(1) == 1);
                rates[one].announce(peer, fee(random), tally)?;
            }
            10 => set_deposit_fee(peer, random),
            _ => {
                peer.epoch += 1;
                // In some epochs nobody updates the pool.
                if random.up_to(3) > 0 {
                    let _ = peer.update(peer.pool.total_lamports);
                }
            }
        }
        for rates in rates {
            rates.check(peer, tally)?;
        }
        Ok(())
    }
}

fn set_deposit_fee(peer: &mut Peer, random: &mut Random) {
    peer.set_fee(&FeeType::SolDeposit(millionths(fee(random))));
    let percent = random.one_of(&[0, 1, 20, 50, 100]);
    peer.set_fee(&FeeType::SolReferral(percent));
}

/// None, a few units, any number of bits, or near the most.
fn lamports(random: &mut Random, size: u32) -> u64 {
    let few = 1 + random.up_to(19);
    let word = random.word() >> size;
    let small = word >> random.up_to(63);
    let most = u64::MAX - few;
    let edge = random.one_of(&[0, few, most, word]);
    random.one_of(&[few, few, small, small, word, edge])
}

/// In millionths: none, a few points, and everything up to above all.
fn fee(random: &mut Random) -> u64 {
    let (few, points) = (random.up_to(3_000), random.up_to(100_000));
    let any = random.up_to(1_000_001);
    random.one_of(&[0, few, few, points, 1_000_000, any])
}

fn compare(operations: u64) -> Result<Tally, Failure> {
    let (mut random, mut tally) = (Random::new(SEED), Tally::default());
    while tally.operations < operations {
        let mut beside = Beside::new(&mut random)?;
        tally.pools += 1;
        let size = random.up_to(60).try_into()?;
        for _ in 0..OPERATIONS {
            let done = beside.operate(&mut random, size, &mut tally);
            done.map_err(|why| format!("operation {}: {why}", tally.operations))?;
            tally.operations += 1;
        }
    }
    Ok(tally)
}

fn main() -> Result<(), Failure> {
    let count: u64 = match std::env::args().nth(1) {
        Some(count) => count.parse()?,
        None => return Err("usage: stake-pool COUNT".into()),
    };
    cases::measure()?;
    // As many for each that is asked for as beside other vaults.
    println!("{}", compare(5 * count)?);
    Ok(())
}
