//! Aave's lending pool as its package has it compiled, and the portfolio that is to be exact where the pool
//! rounds.

mod account;
mod here;
mod known;
mod liquidation;
mod market;
mod model;
mod position;
mod tally;
#[cfg(test)]
mod tests;

use here::{Fault, Here};
pub use known::known;
pub use market::{Codes, Market};
use model::{Account, Taken};
use position::{Asset, Position};
pub use tally::Tally;

use crate::draw::Random;
use crate::Failure;

/// Positions in which a fault here must show.
const FAULTY: u64 = 600;

/// What is asked of the pool about the position that it has.
trait There {
    fn account(&mut self) -> Result<Account, Failure>;
    /// Whether so much may be borrowed of an asset.
    fn borrows(&mut self, index: usize, amount: u128) -> Result<bool, Failure>;
    /// What a liquidation takes of the first asset for repaying so much of the second.
    fn liquidates(&mut self, pair: [usize; 2], cover: u128) -> Result<Taken, Failure>;
}

/// What is asked about a position.
#[derive(Debug, Clone, Copy)]
struct Question {
    /// Which asset is borrowed.
    borrowed: usize,
    /// What is seized and what is repaid, where there is such a pair, and how much of it at most.
    pair: Option<[usize; 2]>,
    cover: u128,
}

impl Question {
    fn draw(position: &Position, random: &mut Random) -> Self {
        let held = position.one_of(random, |asset| asset.held);
        let owed = position.one_of(random, |asset| asset.owed);
        let may_borrow = |asset: &Asset| u128::from(position.group.is_none() || asset.is_grouped);
        let borrowed = (0..position.assets.len())
            .filter(|index| may_borrow(&position.assets[*index]) > 0)
            .collect::<Vec<_>>();
        let pair = held.zip(owed).map(|(held, owed)| [held, owed]);
        let all = pair.map_or(1, |[_, owed]| position.assets[owed].owed);
        let part = random.about(all).max(1);
        let rest = pair.map_or(1, |pair| position.rest(random, pair));
        Self {
            // The last one is in the group of the position.
            borrowed: random.one_of(&borrowed),
            pair,
            cover: random.one_of(&[u128::MAX, u128::MAX, part, rest]),
        }
    }
}

/// Compares all answers about a position.
fn judge(
    there: &mut dyn There,
    position: &Position,
    question: &Question,
    fault: Option<Fault>,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let here = Here::new(position, fault)?;
    let account = there.account()?;
    let model = Account::of(position);
    if account != model {
        return Err(format!("{account:?} there, in plain numbers {model:?}").into());
    }
    tally.positions += 1;
    tally.assets += position.assets.len() as u64;
    tally.grouped += u64::from(position.group.is_some());
    account::sums(&here, position, &account, tally)?;
    account::health(&here, position, &account, tally)?;
    account::offers(&here, position, &account, tally)?;
    account::borrows(&here, position, &account, question.borrowed, there, tally)?;
    match question.pair {
        Some(pair) => {
            let cover = question.cover;
            liquidation::judge(&here, position, &account, (pair, cover), there, tally)
        }
        None => Ok(()),
    }
}

/// Compares a new position.
fn compare(
    market: &mut Market,
    random: &mut Random,
    fault: Option<Fault>,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let position = Position::draw(random);
    let question = Question::draw(&position, random);
    market.set(&position)?;
    let judged = judge(market, &position, &question, fault, tally);
    judged.map_err(|why| format!("{question:?} of {position:?}: {why}").into())
}

/// Compares so many positions.
///
/// # Errors
/// The first difference that isn't a [`tally::Difference`], or what failed on the chain.
pub fn compare_all(market: &mut Market, count: u64, random: &mut Random) -> Result<Tally, Failure> {
    let mut tally = Tally::default();
    for _ in 0..count {
        compare(market, random, None, &mut tally)?;
    }
    Ok(tally)
}

/// Sees that each fault here is seen, and tells within how many positions all are.
///
/// # Errors
/// A fault that isn't.
pub fn see_faults(market: &mut Market, seed: u64) -> Result<String, Failure> {
    let mut most = 0;
    for fault in Fault::ALL {
        let (mut random, mut tally) = (Random::new(seed), Tally::default());
        let is_seen = |_: &u64| compare(market, &mut random, Some(fault), &mut tally).is_err();
        let seen = (1..=FAULTY).find(is_seen);
        most = most.max(seen.ok_or_else(|| format!("{fault:?} isn't seen"))?);
    }
    let faults = Fault::ALL.len();
    Ok(format!(
        "Pool of Aave v3: {faults} faults by a unit here are seen, each within {most} positions"
    ))
}
