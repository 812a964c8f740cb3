//! What the deployed GaugeController makes of the voters' power, of a gauge that is set to nothing, and of a
//! long silence.

use revm::primitives::U256;
use tokenomics_fixed_math::{Fraction, Timestamp};

use super::super::calls::Call as LockCall;
use super::super::{account, to_week, word, Codes, Failure, START, WEEK};
use super::votes::WHOLE;
use super::{gauge_word, Controllers, GaugeTally, ONE};
use crate::chain::{refused, CALLER};
use crate::draw::Random;

const VOTERS: u64 = 12;
const VOTED: u64 = 3;
/// Weeks, of which its loops get through 500.
const SILENCE: u64 = 505;

/// What users vote and change before anything is read.
type Made = (Controllers, GaugeTally);

/// Records what the contract falls short by: of the voters' power, once a gauge is set to nothing, and after
/// a silence of ten years.
///
/// # Errors
/// What failed on the chain, or gauges that don't lack anything.
pub fn record_gauges(codes: &Codes) -> Result<(), Failure> {
    record_thirds(codes)?;
    record_zeroed(codes)?;
    record_silence(codes)
}

/// Voters divide their power in thirds, and what the gauges lack of it is read at once, and after one of the
/// locks was doubled.
fn record_thirds(codes: &Codes) -> Result<(), Failure> {
    let (mut both, mut tally) = of_many(codes)?;
    let (power, weight) = both.powers()?;
    let lock = both.beside.lock_of(0).ok_or("no lock")?;
    let (user, by, extra) = (0, 0, lock.amount().get());
    both.change_lock(LockCall::Increase { user, by, extra }, &mut tally)?;
    let (raised, stale) = both.powers()?;
    if weight >= power || stale != weight || raised <= power {
        return Err(format!("gauges of {weight}, {stale} to powers of {power}, {raised}").into());
    }
    println!(
        "GaugeController: {VOTERS} voters with a power of {power} leave {VOTED} gauges {} short of it, and \
         {} after one of the locks was doubled",
        power - weight,
        raised - stale
    );
    Ok(())
}

fn of_many(codes: &Codes) -> Result<Made, Failure> {
    let (mut both, mut tally) = (Controllers::new(codes)?, GaugeTally::default());
    let mut random = Random::new(1);
    both.beside.now = START + 1;
    for user in 0..VOTERS {
        let amount = ONE + u128::from(random.word());
        let end = both.beside.now + (2 + random.up_to(50)) * WEEK;
        both.change_lock(LockCall::Create { user, amount, end }, &mut tally)?;
        for (gauge, bps) in (0..).zip([3_333, 3_333, 3_334]) {
            both.vote(user, gauge, bps, &mut tally)?;
        }
    }
    Ok((both, tally))
}

/// A gauge is set to nothing, and the sum of all goes on to fall by what was voted for it: the other gauge has
/// more than all, and then the sum is nothing before its votes are. The next small vote stops the contract.
fn record_zeroed(codes: &Codes) -> Result<(), Failure> {
    let (mut both, mut tally) = of_two(codes)?;
    let zero = [gauge_word(0), U256::ZERO];
    both.send(CALLER, "change_gauge_weight(address,uint256)", &zero)?;
    both.remove(0, &mut tally)?;
    let (most, none) = (both.relative_after(40, 2)?, both.relative_after(1, 2)?);
    let is_one = both.is_one(START + 41 * WEEK, 2)?;
    if (most, none, is_one) != (U256::from(10 * ONE), U256::ZERO, true) {
        return Err(format!("beside nothing {most} and {none} there, one here: {is_one}").into());
    }
    both.lock_and_vote(2, ONE / 2, 60, 2, &mut tally)?;
    for weeks in [51, 400] {
        both.beside.now = START + weeks * WEEK;
        refused(both.send(CALLER, "checkpoint()", &[]), &[""])?;
    }
    println!(
        "GaugeController: of two gauges one is set to nothing, and 40 weeks later the other's relative \
         weight is {most}, and then {none}; a smaller vote stops the contract for good; here it is one"
    );
    Ok(())
}

/// Nobody calls for more weeks than its loops have steps: it never catches up, and no vote counts any more.
fn record_silence(codes: &Codes) -> Result<(), Failure> {
    let (mut both, mut tally) = of_two(codes)?;
    both.beside.now += SILENCE * WEEK;
    let week = to_week(both.beside.now) / WEEK - START / WEEK;
    both.lock_and_vote(2, ONE, week + 50, 2, &mut tally)?;
    let there = both.relative_after(3, 2)?;
    let is_one = both.is_one(START + (week + 3) * WEEK, 2)?;
    both.vote(2, 2, WHOLE, &mut tally)?;
    let later = both.relative_after(1, 2)?;
    if [there, later] != [U256::ZERO; 2] || !is_one {
        return Err(
            format!("after a silence {there} and {later} there, one here: {is_one}").into(),
        );
    }
    println!(
        "GaugeController: after {SILENCE} weeks without a call, the relative weight of the one gauge that is \
         voted for is {there}, for good; here it is one"
    );
    Ok(())
}

/// Two users with a lock of a token, for 10 and 50 weeks, who each vote for a gauge of their own.
fn of_two(codes: &Codes) -> Result<Made, Failure> {
    let (mut both, mut tally) = (Controllers::new(codes)?, GaugeTally::default());
    both.beside.now = START + 1;
    both.lock_and_vote(0, ONE, 10, 0, &mut tally)?;
    both.lock_and_vote(1, ONE, 50, 2, &mut tally)?;
    Ok((both, tally))
}

impl Controllers {
    fn lock_and_vote(
        &mut self,
        user: u64,
        amount: u128,
        week: u64,
        gauge: u64,
        tally: &mut GaugeTally,
    ) -> Result<(), Failure> {
        let end = START + week * WEEK;
        self.change_lock(LockCall::Create { user, amount, end }, tally)?;
        self.vote(user, gauge, WHOLE, tally)
    }

    /// What the contract says that a gauge's relative weight is some weeks later, when it has brought it up
    /// to date.
    fn relative_after(&mut self, weeks: u64, gauge: u64) -> Result<U256, Failure> {
        self.beside.now += weeks * WEEK;
        let signature = "gauge_relative_weight_write(address)";
        let answer = self.send(CALLER, signature, &[gauge_word(gauge)])?;
        Ok(answer.first().copied().unwrap_or_default())
    }

    /// Whether all that is voted here in a week is for one gauge.
    fn is_one(&mut self, week: u64, gauge: u64) -> Result<bool, Failure> {
        let closed = self.here.close(Timestamp::new(week), self.beside.clock())?;
        let weights = self.here.relative_weights(closed);
        Ok(weights.is_some_and(|weights| weights.contains(&(gauge, Fraction::ONE))))
    }

    /// What all voters weigh at the next week, and what all gauges do.
    fn powers(&mut self) -> Result<(u128, u128), Failure> {
        let (mut power, mut weight, now) = (0, 0, self.beside.now);
        let next = U256::from(to_week(now) + WEEK);
        for user in 0..VOTERS {
            let arguments = [word(account(user)), next];
            let (chain, escrow) = (&mut self.beside.chain, self.beside.there);
            let balance = chain.call(escrow, now, "balanceOf(address,uint256)", &arguments)?;
            power += u128::try_from(balance)?;
        }
        for gauge in 0..VOTED {
            let there = self.send(CALLER, "get_gauge_weight(address)", &[gauge_word(gauge)])?;
            weight += u128::try_from(there.first().copied().unwrap_or_default())?;
        }
        Ok((power, weight))
    }
}
