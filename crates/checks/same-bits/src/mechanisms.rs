//! The mechanisms by name: each calls constructors and functions on numbers, and adds what they answer.

use crate::answers::Answers;
use crate::numbers::{Numbers, COUNT};
use crate::OUTCOME_BYTES;

mod books;
mod collateral;
mod emission;
mod escrow;
mod fees;
mod haircuts;
mod liquidity;
mod rates;
mod vaults;
mod vesting;

/// Constructs a mechanism from numbers and calls it; `None` where a constructor has refused.
pub type Mechanism = fn(&mut Numbers<'_>, &mut Answers) -> Option<()>;

/// A case as one machine hands it to another: the place of its mechanism and its numbers, little-endian.
pub const CASE_BYTES: usize = 4 + COUNT * 16;

/// The mechanisms of each crate.
const CRATES: [&[(&str, Mechanism)]; 10] = [
    vesting::MECHANISMS,
    emission::MECHANISMS,
    rates::MECHANISMS,
    escrow::MECHANISMS,
    fees::MECHANISMS,
    vaults::MECHANISMS,
    haircuts::MECHANISMS,
    collateral::MECHANISMS,
    liquidity::MECHANISMS,
    books::MECHANISMS,
];

/// Returns the mechanisms by their names in the file of cases.
pub fn mechanisms() -> impl Iterator<Item = &'static (&'static str, Mechanism)> {
    CRATES.iter().copied().flatten()
}

/// Calls a mechanism by its place.
pub fn call(mechanism: u32, numbers: &[u128; COUNT]) -> Answers {
    let mut answers = Answers::new();
    if let Some((_, mechanism)) = mechanisms().nth(mechanism as usize) {
        mechanism(&mut Numbers::new(numbers), &mut answers);
    }
    answers
}

/// Calls a batch of cases, and writes their outcomes.
pub fn run(cases: &[u8], outcomes: &mut [u8]) {
    let outcomes = outcomes.chunks_exact_mut(OUTCOME_BYTES);
    for (case, to) in cases.chunks_exact(CASE_BYTES).zip(outcomes) {
        crate::forget();
        let (mechanism, numbers) = case.split_at(4);
        let Ok(mechanism) = mechanism.try_into().map(u32::from_le_bytes) else {
            continue;
        };
        let mut all = [0; COUNT];
        for (number, bytes) in all.iter_mut().zip(numbers.chunks_exact(16)) {
            *number = bytes.try_into().map_or(0, u128::from_le_bytes);
        }
        call(mechanism, &all).outcome().write(to);
    }
}
