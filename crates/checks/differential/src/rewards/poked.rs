//! A pool in which somebody calls so often that each call earns nothing.

use super::{Beside, Codes, Failure, Tally, START, WEEK};
use tokenomics_fixed_math::{mul_div, Amount, Rounding};

/// 1,000.000017 units of six decimals, and 4·10^24 staked.
const REWARDS: u128 = 1_000_000_017;
const STAKES: [u128; 2] = [
    3_000_000_000_000_000_000_000_000,
    1_000_000_000_000_000_000_000_000,
];
const EACH: u64 = 987;

/// Streams a week's rewards, with a call every 987 seconds.
///
/// # Errors
/// Any other reading than those that are known.
pub fn poked(codes: &Codes) -> Result<(), Failure> {
    let (mut beside, mut tally) = (Beside::new(codes)?, Tally::default());
    for (user, stake) in STAKES.into_iter().enumerate() {
        beside.set_stake(user, stake, &mut tally)?;
    }
    beside.notify(REWARDS, &mut tally)?;
    // Here the whole of it, to the unit by any time.
    let mut funded = 0;
    while beside.now < START + WEEK {
        beside.now = (beside.now + EACH).min(START + WEEK);
        beside.send(super::USERS, "getReward()", &[])?;
        let passed = u128::from(beside.now - START);
        let due = mul_div(REWARDS, passed, WEEK.into(), Rounding::Floor)?;
        beside.pool.fund(Amount::new(due - funded))?;
        funded = due;
    }
    let there = [beside.earned(0)?, beside.earned(1)?];
    let [one, other, ..] = &mut beside.users;
    let here = [one, other].map(|user| beside.pool.claim(&mut user.position));
    let [one, other] = here;
    let here = [one?.get(), other?.get()];
    if (there, here) != ([0, 0], [750_000_012, 250_000_004]) {
        return Err(format!("poked: {here:?} here, {there:?} there").into());
    }
    println!(
        "StakingRewards: of 1,000.000017 units in a week with a call every {EACH} s, two holders are paid \
         {there:?} there, and here {here:?} of 10^-6, the last one carried"
    );
    Ok(())
}
