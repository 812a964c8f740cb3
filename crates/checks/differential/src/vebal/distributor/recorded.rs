//! What is known to be lost, stuck and overpaid there, and what is paid here.

use std::fmt::Debug;

use revm::primitives::U256;

use super::super::{account, word, Call as LockCall, Codes, Failure, START, WEEK};
use super::{FeeTally, Fees, FIRST};

const ONE: u128 = 1_000_000_000_000_000_000;
/// What is distributed, in base units.
const POT: u128 = 20_000 * ONE;
/// More weeks than one checkpoint of the token goes through.
const SILENCE: u64 = 30;
/// More weeks than one of the escrow does.
const LONG: u64 = 260;

/// What a user was paid there, nothing if the contract refused, and here.
type Paid = (Option<u128>, u128);

/// Runs four cases in which the contract pays too little, or too much.
///
/// # Errors
/// Any other reading than those that are known.
pub fn record_fees(codes: &Codes) -> Result<(), Failure> {
    record_silence(codes)?;
    record_empty(codes)?;
    record_lost(codes)?;
    record_second(codes)
}

/// What is sent is seen 30 weeks later, and assigned to the first 20 of them.
fn record_silence(codes: &Codes) -> Result<(), Failure> {
    let (mut fees, mut tally) = begun(&codes.fees, codes, 52)?;
    fees.transfer(POT, &mut tally)?;
    fees.beside.now += SILENCE * WEEK;
    fees.checkpoint_token(&mut tally)?;
    let paid = [fees.paid(0)?, fees.paid(1)?];
    let again = [fees.paid(0)?, fees.paid(1)?];
    let known = [
        (Some(9_999_999_173_332_983_276_059), 15_000 * ONE),
        (Some(3_333_333_057_707_581_097_806), 5_000 * ONE),
    ];
    check("a silence", (paid, again), (known, [(Some(0), 0); 2]))?;
    println!(
        "FeeDistributor: of 20,000 that are sent, and seen {SILENCE} weeks later, it pays {}, and {} are \
         assigned to no week; here 20,000 are paid",
        tokens(known[0].0.zip(known[1].0).map(|(one, other)| one + other)),
        tokens(Some(fees.assigned.forgotten))
    );
    Ok(())
}

/// In a week nobody weighs anything: a claim that comes to it divides by nothing.
fn record_empty(codes: &Codes) -> Result<(), Failure> {
    let (mut fees, mut tally) = begun(&codes.fees, codes, 4)?;
    fees.beside.now += WEEK;
    fees.deposit(POT, &mut tally)?;
    fees.beside.now += 4 * WEEK;
    let late = [fees.paid(0)?, fees.paid(1)?];
    fees.beside
        .make(LockCall::Withdraw { user: 0 }, &mut tally.locks)?;
    fees.lock(0, ONE, 52)?;
    fees.beside.now += 4 * WEEK;
    let known = [(None, 15_000 * ONE), (None, 5_000 * ONE)];
    check(
        "a week without weights",
        (late, fees.paid(0)?),
        (known, (None, 0)),
    )?;
    println!(
        "FeeDistributor: of 20,000 it pays nothing to who claims after a week in which nobody weighs \
         anything, nor later; here 15,000 and 5,000"
    );
    Ok(())
}

/// The escrow loses its total in a silence: all claims are more than the pot.
fn record_lost(codes: &Codes) -> Result<(), Failure> {
    let mut fees = with_lost_total(codes)?;
    let weights = fees.weights(LONG + 2)?;
    let paid = [2, 3, 4, 5].map(|user| fees.paid(user).ok());
    let part = Some((Some(5_154_639_219_190_114_983_824), 5_000 * ONE));
    let known = [part, part, part, Some((None, 5_000 * ONE))];
    let sums = (3_835_616_438_263_680_000, 3_720_547_913_405_977_617);
    check("a lost total", (paid, weights), (known, sums))?;
    println!(
        "FeeDistributor: after {LONG} weeks without a call, of 20,000 for four equal locks it pays {} each to \
         three, and the fourth is refused; here 5,000 each",
        tokens(part.and_then(|paid| paid.0))
    );
    Ok(())
}

/// Returns a distributor of a week in which four locks, made after the silence, weigh the same.
fn with_lost_total(codes: &Codes) -> Result<Fees, Failure> {
    let (mut fees, mut tally) = begun(&codes.fees, codes, 4)?;
    fees.beside.now += LONG * WEEK;
    for user in 2..6 {
        fees.lock(user, ONE, LONG + 52)?;
    }
    for _ in 0..LONG / 20 + 1 {
        fees.checkpoint_total()?;
    }
    fees.beside.now += WEEK;
    fees.deposit(POT, &mut tally)?;
    fees.beside.now += WEEK;
    fees.checkpoint_total()?;
    Ok(fees)
}

/// A total is read in the first second of a week, and then a lock is made in it. The contract's first version
/// has it so; this one reads none in that second.
fn record_second(codes: &Codes) -> Result<(), Failure> {
    let sum = 20_136_986_301_307_680_000;
    let here = [POT / 7, POT / 21, 17 * POT / 21];
    let [first, other, new] = [
        15_000_000_000_078_840_000_000,
        4_999_999_999_921_159_999_999,
        85_000_000_000_551_880_000_004,
    ];
    let old = ([Some(first), Some(other), None], 3_835_616_438_324_160_000);
    let [other, third] = [952_380_952_360_929_523_809, 16_190_476_190_496_213_333_333];
    let there = ([Some(POT / 7), Some(other), Some(third)], sum);
    let of_old = (&codes.old_fees, old, new);
    for (code, (paid, total), later) in [of_old, (&codes.fees, there, 0)] {
        let known = (paid, here, (sum, total), Some(later));
        check(
            "a lock in the second of the total",
            second(code, codes)?,
            known,
        )?;
    }
    println!("{SECOND}");
    Ok(())
}

const SECOND: &str = "FeeDistributor: a lock in the second in which a total was read makes 5.25 times that \
    total; of 20,000 the first version pays 15,000 and 5,000 to the two locks before it, which are due 2,857 \
    and 952, and 85,000 of the next week's to the new one, which is due 16,190; the second reads no total in \
    that second, and pays all three what they are due, as here";

/// What three users are paid there, and here, the weights there, and what the last is paid when more has come.
type Second = ([Option<u128>; 3], [u128; 3], (u128, u128), Option<u128>);

fn second(code: &[u8], codes: &Codes) -> Result<Second, Failure> {
    let (mut fees, mut tally) = begun(code, codes, 52)?;
    fees.beside.now = FIRST + WEEK;
    fees.send("checkpoint()", &[])?;
    fees.lock(2, 17 * ONE, 52)?;
    fees.deposit(POT, &mut tally)?;
    fees.beside.now += WEEK + 1;
    let paid = [fees.paid(0)?, fees.paid(1)?, fees.paid(2)?];
    let weights = fees.weights(2)?;
    fees.deposit(5 * POT, &mut tally)?;
    let (there, here) = (paid.map(|paid| paid.0), paid.map(|paid| paid.1));
    Ok((there, here, weights, fees.paid(2)?.0))
}

fn check<T: PartialEq + Debug>(case: &str, read: T, known: T) -> Result<(), Failure> {
    match read == known {
        true => Ok(()),
        false => Err(format!("{case}: {read:?}, to be {known:?}").into()),
    }
}

/// In tokens, to two decimals.
fn tokens(units: Option<u128>) -> String {
    let cents = units.unwrap_or(0) / (ONE / 100);
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// Returns a distributor with two locks until so many weeks after the start, of 3 and of 1, which weigh
/// something from the first week on.
fn begun(code: &[u8], codes: &Codes, weeks: u64) -> Result<(Fees, FeeTally), Failure> {
    let (mut fees, mut tally) = (Fees::new(code, codes)?, FeeTally::default());
    fees.beside.now = START + 1;
    fees.lock(0, 3 * ONE, weeks)?;
    fees.lock(1, ONE, weeks)?;
    fees.beside.now = FIRST + 1;
    fees.checkpoint_token(&mut tally)?;
    Ok((fees, tally))
}

impl Fees {
    /// Locks until so many weeks after the start.
    fn lock(&mut self, user: u64, amount: u128, weeks: u64) -> Result<(), Failure> {
        let end = START + weeks * WEEK;
        let call = LockCall::Create { user, amount, end };
        self.beside.make(call, &mut FeeTally::default().locks)
    }

    /// Claims on both sides.
    fn paid(&mut self, user: u64) -> Result<Paid, Failure> {
        let before = self.paid_here;
        self.claim_here(user, &mut FeeTally::default())?;
        let arguments = [word(account(user)), word(self.coin)];
        let there = self.send("claimToken(address,address)", &arguments);
        let there = there.ok().and_then(|paid| paid.first().copied());
        let there = there.map(u128::try_from).transpose()?;
        Ok((there, self.paid_here - before))
    }

    /// What all weigh in a week there, and the total that it has of it.
    fn weights(&mut self, week: u64) -> Result<(u128, u128), Failure> {
        let week = START + week * WEEK;
        let sum = self.known_total(week);
        let arguments = [U256::from(week)];
        let total = self.ask("getTotalSupplyAtTimestamp(uint256)", &arguments)?;
        Ok((sum, u128::try_from(total)?))
    }
}
