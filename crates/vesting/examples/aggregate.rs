//! How long an aggregate of many grants takes beside asking each of them:
//!
//! ```sh
//! cargo run --release -p tokenomics-vesting --features alloc --example aggregate [MOST]
//! ```

use std::hint::black_box;
use std::time::Instant;

use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_vesting::{Aggregate, Error, Gate, Linear, Node};

type Schedules = Vec<Gate<Linear>>;

const DAY: u64 = 86_400;
const YEAR: u64 = 365 * DAY;
/// Reads and changes that are timed.
const CALLS: u64 = 100_000;

/// SplitMix64, below a limit.
fn draw(state: &mut u64, limit: u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)) % limit
}

/// One to four years from some second of two years, with a cliff of up to one, of up to 18 tokens of
/// 18 decimals: three times of its own each, and hardly any even line.
fn grant(state: &mut u64) -> Result<Gate<Linear>, Error> {
    let start = 1_700_000_000 + draw(state, 2 * YEAR);
    let end = start + YEAR + draw(state, 3 * YEAR);
    let total = Amount::new(draw(state, u64::MAX).into());
    let line = Linear::new(Timestamp::new(start), Timestamp::new(end), total)?;
    Ok(Gate::new(line, Timestamp::new(start + draw(state, YEAR))))
}

/// Nanoseconds a call.
fn timed(calls: u64, mut call: impl FnMut(u64) -> Result<(), Error>) -> Result<f64, Error> {
    let begin = Instant::now();
    for index in 0..calls {
        call(index)?;
    }
    Ok(begin.elapsed().as_secs_f64() * 1e9 / calls as f64)
}

fn measure(count: u64) -> Result<(), Error> {
    let mut state = count;
    let mut grants = (0..count)
        .map(|_| grant(&mut state))
        .collect::<Result<Schedules, Error>>()?;
    let mut all = Aggregate::new(Vec::<Node>::new());
    let add = timed(count, |index| all.add(&grants[index as usize]))?;
    let mut moment = || Timestamp::new(1_700_000_000 + draw(&mut state, 6 * YEAR));
    let read = timed(CALLS, |_| {
        black_box(all.vested_at(black_box(moment())));
        Ok(())
    })?;
    let each = timed(100_000_000 / count.max(100_000), |_| {
        black_box(all.exactly(moment(), &grants)?);
        Ok(())
    })?;
    let replace = timed(CALLS, |_| {
        let chosen = draw(&mut state, count) as usize;
        let new = grant(&mut state)?;
        all.replace(&grants[chosen], &new)?;
        grants[chosen] = new;
        Ok(())
    })?;
    let at = Timestamp::new(1_700_000_000 + 2 * YEAR);
    let exactly = all.exactly(at, &grants)?;
    let vested = all.vested_at(at);
    let width = vested.at_most.checked_sub(vested.at_least)?;
    println!("| {count} | {add:.0} | {replace:.0} | {read:.0} | {each:.0} | {width} | {exactly} |");
    Ok(())
}

fn main() -> Result<(), Error> {
    let most = std::env::args().nth(1).and_then(|most| most.parse().ok());
    println!(
        "| grants | add (ns) | replace (ns) | read (ns) | of each (ns) | bracket | of (units) |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    let mut count = 1;
    while count <= most.unwrap_or(1_000_000) {
        measure(count)?;
        count *= 10;
    }
    Ok(())
}
