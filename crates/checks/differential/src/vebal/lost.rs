//! The total that a silence takes from the deployed contract.

use super::{Beside, Call, Codes, Failure, Tally, START, WEEK};

/// Five years in which nobody calls: the contract's total is lost, and this one isn't.
///
/// # Errors
/// Any other reading than those that are known.
pub fn lost_total(codes: &Codes) -> Result<(), Failure> {
    const ONE: u128 = 1_000_000_000_000_000_000;
    let (mut beside, mut tally) = (Beside::new(codes)?, Tally::default());
    let lock = |user, now| Call::Create {
        user,
        amount: ONE,
        end: now + 52 * WEEK,
    };
    beside.now = START + 1;
    beside.make(lock(0, START), &mut tally)?;
    beside.now += 260 * WEEK;
    let now = beside.now;
    let idle = [beside.supply(now)?, beside.read(0, now, &mut tally)?.0];
    beside.make(lock(1, now - 1), &mut tally)?;
    let (balance, undivided) = beside.read(1, now, &mut tally)?;
    let supply = beside.supply(now)?;
    let known = ([0, 0], 997_260_242_238_764_817, 901_369_799_572_380_834);
    if (idle, balance, supply) != known || beside.escrow.total_at(beside.clock()) != undivided {
        return Err(format!("after 260 weeks: {idle:?}, {balance} of {supply}").into());
    }
    println!(
        "VotingEscrow: after 260 weeks without a call, of one lock that weighs {balance} it says that \
         all weigh {supply}; here the total is the lock's weight"
    );
    Ok(())
}
