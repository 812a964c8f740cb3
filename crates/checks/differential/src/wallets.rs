//! OpenZeppelin's vesting wallets, and the schedules and grants that are to do the same.

use std::error::Error;

use revm::primitives::{Address, U256};
use tokenomics_fixed_math::{Amount, Span, Timestamp};
use tokenomics_vesting::{AnySchedule, Cliff, Gate, Grant, Linear, Schedule, SimpleSchedule};

use crate::chain::Chain;
use crate::draw::{Case, Random};

type Failure = Box<dyn Error>;

/// How much was compared.
#[derive(Debug, Default)]
pub struct Tally {
    pub schedules: u64,
    pub answers: u64,
    pub inverses: u64,
    pub claims: u64,
    /// Schedules that end past the clock, which a wallet takes and a schedule doesn't.
    pub refused: u64,
}

/// One wallet on the chain.
struct Wallet<'a> {
    chain: &'a mut Chain,
    address: Address,
}

impl Wallet<'_> {
    fn vested(&mut self, at: u64) -> Result<U256, Failure> {
        let at = [U256::from(at)];
        Ok(self
            .chain
            .call(self.address, 0, "vestedAmount(uint64)", &at)?)
    }

    /// What a release at a time pays.
    fn release(&mut self, at: u64) -> Result<U256, Failure> {
        let before = self.chain.call(self.address, at, "released()", &[])?;
        self.chain.call(self.address, at, "release()", &[])?;
        let after = self.chain.call(self.address, at, "released()", &[])?;
        Ok(after - before)
    }
}

/// The same schedule as a wallet's. A duration of 0 is a cliff.
fn ours(case: &Case) -> Result<AnySchedule, Failure> {
    let (start, total) = (Timestamp::new(case.start), Amount::new(case.total));
    let end = start.checked_add(Span::new(case.duration))?;
    let line: SimpleSchedule = if case.duration == 0 {
        Cliff::new(start, total).into()
    } else {
        Linear::new(start, end, total)?.into()
    };
    Ok(match case.cliff {
        None => AnySchedule::Simple(line),
        Some(cliff) => {
            let until = start.checked_add(Span::new(cliff))?;
            AnySchedule::Gate(Gate::new(line, until))
        }
    })
}

/// Deploys the wallet of a case and compares all that it answers.
///
/// # Errors
/// The first difference, or what failed on the chain.
pub fn compare(
    chain: &mut Chain,
    code: &[u8],
    case: &Case,
    random: &mut Random,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let beneficiary = Address::repeat_byte(7).into_word().into();
    let mut arguments = vec![
        beneficiary,
        U256::from(case.start),
        U256::from(case.duration),
    ];
    arguments.extend(case.cliff.map(U256::from));
    let address = chain.deploy(code, &arguments)?;
    chain.endow(address, case.total)?;
    let mut wallet = Wallet { chain, address };
    tally.schedules += 1;
    if case.end().is_none() {
        tally.refused += 1;
        return match ours(case) {
            Ok(schedule) => Err(format!("{schedule:?} ends past the clock").into()),
            Err(_) => Ok(()),
        };
    }
    let schedule = ours(case)?;
    let times = case.times(random);
    for &time in &times {
        let vested = schedule.vested_at(Timestamp::new(time));
        same("vested", time, vested, wallet.vested(time)?)?;
        tally.answers += 1;
    }
    for _ in 0..3 {
        inverse(&mut wallet, &schedule, random.amount(), tally)?;
    }
    claims(&mut wallet, schedule, times, random, tally)
}

fn same(what: &str, time: u64, ours: Amount, theirs: U256) -> Result<(), Failure> {
    if U256::from(ours.get()) != theirs {
        return Err(format!("{what} at {time}: {ours} here, {theirs} there").into());
    }
    Ok(())
}

/// By the time of an amount the wallet has vested it, and an instant before it hasn't.
fn inverse(
    wallet: &mut Wallet<'_>,
    schedule: &AnySchedule,
    amount: u128,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let total = schedule.total().get();
    let amount = total.checked_add(1).map_or(amount, |all| amount % all);
    let time = schedule.time_of(Amount::new(amount));
    let time = time.ok_or("an amount of the total never vests")?.get();
    let early = match time.checked_sub(1) {
        Some(before) => wallet.vested(before)? >= U256::from(amount),
        None => false,
    };
    if early || wallet.vested(time)? < U256::from(amount) {
        return Err(format!("the time of {amount} is not {time} there").into());
    }
    tally.inverses += 1;
    Ok(())
}

/// A life of releases, and of money that comes in between, to the end.
fn claims(
    wallet: &mut Wallet<'_>,
    schedule: AnySchedule,
    mut times: Vec<u64>,
    random: &mut Random,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let mut grant = Grant::new(schedule);
    times.sort_unstable();
    times.retain(|_| random.up_to(1) == 0);
    times.push(u64::MAX);
    for time in times {
        if random.up_to(3) == 0 {
            let room = u128::MAX - grant.funded().get();
            let more = random.amount().min(room);
            wallet.chain.endow(wallet.address, more)?;
            grant.top_up(Amount::new(more))?;
        }
        let paid = grant.claim(Timestamp::new(time))?;
        same("paid", time, paid, wallet.release(time)?)?;
        tally.claims += 1;
    }
    if grant.claimed() != grant.funded() {
        return Err(format!("{} of {} was paid", grant.claimed(), grant.funded()).into());
    }
    Ok(())
}
