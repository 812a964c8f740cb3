//! What the deployed GaugeController makes of the voters' power.

use revm::primitives::{Address, U256};

use super::{account, to_week, word, Beside, Call, Codes, Failure, Tally, START, WEEK};
use crate::draw::Random;

const VOTERS: u64 = 12;
const GAUGES: u64 = 3;
const ONE: u128 = 1_000_000_000_000_000_000;

/// Has voters divide their power in thirds, and records what the gauges lack of it: at once, and after
/// one of the locks was doubled.
///
/// # Errors
/// What failed on the chain, or gauges that don't lack anything.
pub fn record_gauges(codes: &Codes) -> Result<(), Failure> {
    let mut beside = Beside::new(codes)?;
    let gauges = beside.open_gauges(codes)?;
    let (mut random, mut tally) = (Random::new(1), Tally::default());
    beside.now = START + 1;
    for user in 0..VOTERS {
        let amount = ONE + u128::from(random.word());
        let end = beside.now + (2 + random.up_to(50)) * WEEK;
        beside.make(Call::Create { user, amount, end }, &mut tally)?;
        beside.vote(user, gauges)?;
    }
    let (power, weight) = beside.powers(gauges)?;
    let lock = beside.lock_of(0).ok_or("no lock")?;
    let extra = lock.amount().get();
    beside.make(
        Call::Increase {
            user: 0,
            by: 0,
            extra,
        },
        &mut tally,
    )?;
    let (raised, stale) = beside.powers(gauges)?;
    if weight >= power || stale != weight || raised <= power {
        return Err(format!("gauges of {weight}, {stale} to powers of {power}, {raised}").into());
    }
    println!(
        "GaugeController: {VOTERS} voters with a power of {power} leave {GAUGES} gauges {} short of it, and \
         {} after one of the locks was doubled",
        power - weight,
        raised - stale
    );
    Ok(())
}

impl Beside {
    fn open_gauges(&mut self, codes: &Codes) -> Result<Address, Failure> {
        // Only the admin makes gauges, which here is whoever calls.
        let admin = word(crate::chain::CALLER);
        let gauges = self
            .chain
            .deploy(&codes.gauges, &[word(self.there), admin])?;
        let text = [64, ONE, 1].map(U256::from);
        let kind = [text, [U256::from(0x76) << 248, U256::ZERO, U256::ZERO]].concat();
        let signature = "add_type(string,uint256)";
        self.chain.call(gauges, START, signature, &kind[..4])?;
        for gauge in 0..GAUGES {
            let arguments = [gauge_word(gauge), U256::ZERO];
            self.chain
                .call(gauges, START, "add_gauge(address,int128)", &arguments)?;
        }
        Ok(gauges)
    }

    fn vote(&mut self, user: u64, gauges: Address) -> Result<(), Failure> {
        for (gauge, part) in [3_333_u64, 3_333, 3_334].into_iter().enumerate() {
            let arguments = [gauge_word(gauge as u64), U256::from(part)];
            let signature = "vote_for_gauge_weights(address,uint256)";
            let (chain, now) = (&mut self.chain, self.now);
            chain.answers_to(account(user), gauges, now, signature, &arguments)?;
        }
        Ok(())
    }

    /// What all voters weigh at the next week, and what all gauges do.
    fn powers(&mut self, gauges: Address) -> Result<(u128, u128), Failure> {
        let (mut power, mut weight, now) = (0, 0, self.now);
        let next = U256::from(to_week(now) + WEEK);
        for user in 0..VOTERS {
            let arguments = [word(account(user)), next];
            let signature = "balanceOf(address,uint256)";
            power += u128::try_from(self.chain.call(self.there, now, signature, &arguments)?)?;
        }
        for gauge in 0..GAUGES {
            let signature = "get_gauge_weight(address)";
            let there = self
                .chain
                .call(gauges, now, signature, &[gauge_word(gauge)])?;
            weight += u128::try_from(there)?;
        }
        Ok((power, weight))
    }
}

fn gauge_word(gauge: u64) -> U256 {
    word(account(1_000 + gauge))
}
