//! What the laws of epochs are told in plain numbers, and where entries are kept.

use num_bigint::BigUint;
use tokenomics_fee_split::{EpochReading, EpochTerms, EpochTermsParams, Store, ZeroWeight};
use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};

/// The number of holders.
pub const HOLDERS: usize = 4;

/// The terms, as plain numbers.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct EpochShape {
    pub start: u64,
    pub length: u64,
    pub within: u64,
    pub reads_last: bool,
    pub carries: bool,
}

/// One call.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct EpochCall {
    pub what: u8,
    pub who: u8,
    pub gap: u64,
    pub amount: u128,
    pub limit: u8,
}

impl EpochShape {
    /// Within 0 is without a deadline.
    pub fn terms(self) -> EpochTerms {
        EpochTerms::new(EpochTermsParams {
            start: Timestamp::new(self.start),
            length: Span::new(self.length.max(1)),
            reading: if self.reads_last {
                EpochReading::Last
            } else {
                EpochReading::First
            },
            zero_weight: if self.carries {
                ZeroWeight::Hold
            } else {
                ZeroWeight::Sink
            },
            claim_within: Some(Span::new(self.within)).filter(|within| !within.is_zero()),
        })
        .unwrap()
    }
}

pub fn big(wide: U256) -> BigUint {
    (BigUint::from(wide.high()) << 128) + wide.low()
}

/// A number of units in 2^-128.
pub fn parts(units: Amount) -> BigUint {
    BigUint::from(units.get()) << 128
}

/// A chain's storage: it grows, up to a capacity.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept<T> {
    pub entries: Vec<T>,
    pub capacity: u32,
}

impl<T: Copy> Store for Kept<T> {
    type Entry = T;

    fn get(&self, index: u32) -> Option<T> {
        self.entries.as_slice().get(index as usize).copied()
    }

    fn set(&mut self, index: u32, entry: T) {
        assert!(index < self.capacity && index as usize <= self.entries.len());
        if index as usize == self.entries.len() {
            self.entries.push(entry);
        } else {
            self.entries[index as usize] = entry;
        }
    }

    fn capacity(&self) -> u32 {
        self.capacity
    }
}

/// A lock, and from when until when a holder has it: the weight is amount·(end − t).
#[derive(Debug, Clone, Copy)]
pub struct Held {
    pub from: u64,
    pub until: u64,
    pub amount: u128,
    pub end: u64,
}

/// All that a holder ever held.
pub type History = Vec<Held>;

pub fn weight(history: &[Held], at: Timestamp) -> U256 {
    let at = at.get();
    let held = history
        .iter()
        .filter(|held| held.from <= at && at < held.until);
    let weights = held.map(|held| U256::product(held.amount, held.end.saturating_sub(at).into()));
    weights.fold(U256::ZERO, |sum, one| sum.checked_add(one).unwrap())
}
