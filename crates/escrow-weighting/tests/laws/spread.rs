//! Locks of any kind and shares of them, from plain numbers, and what they should come to by
//! definition: for the laws of what spreads the power of locks over names.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "a fuzz target includes this file too, and laws that need a part of it"
)]

use tokenomics_escrow_weighting::{Lock, LockKind, Shares};
use tokenomics_fixed_math::{Amount, Fraction, Rounding, Timestamp, U256};

/// How many names a lock is spread over at most.
pub const PARTS: usize = 3;
/// How many names there are.
pub const NAMES: u8 = 5;
/// How many locks a sequence of calls works on.
pub const SLOTS: usize = 6;
/// All locks together are below 2^128.
const MOST: u128 = u128::MAX >> 10;

/// One change, by plain numbers of any size.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Call {
    /// Which change.
    pub what: u8,
    pub who: u8,
    pub other: u8,
    /// How long after the last one.
    pub gap: u64,
    pub amount: u128,
    pub time: u64,
    /// To whom, and how much, in 10^−18.
    pub shares: [(u8, u64); PARTS],
}

pub fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

pub fn sum(terms: impl IntoIterator<Item = U256>) -> U256 {
    let terms = terms.into_iter();
    terms.fold(U256::ZERO, |sum, term| sum.checked_add(term).unwrap())
}

/// At least one unit, and of the largest numbers at most what leaves room for the others.
pub fn amount(raw: u128) -> Amount {
    let amount = if raw > u128::MAX - 20 {
        MOST - (u128::MAX - raw)
    } else {
        raw % MOST
    };
    Amount::new(amount.max(1))
}

/// A lock of any kind, made at `now`.
pub fn lock(call: &Call, now: u64) -> Lock {
    let end = now.saturating_add(call.time).saturating_add(1);
    let (level, rate) = (u128::from(call.other), u128::from(call.other % 4));
    let (since, full) = (at(now), at(now.saturating_add(call.time / 2)));
    let growing = |end| LockKind::Growing {
        level,
        rate,
        since,
        full,
        end,
    };
    let kind = match call.other % 7 {
        0..=2 => LockKind::Decaying { rate, end: at(end) },
        3 => LockKind::Constant {
            level,
            end: Some(at(end)),
        },
        4 => LockKind::Constant { level, end: None },
        5 => growing(Some(at(end))),
        _ => growing(None),
    };
    Lock::new(amount(call.amount), kind).unwrap()
}

/// Any names and shares that sum to at most one.
pub fn shares(raw: &[(u8, u64); PARTS], names: u8) -> Shares<u8, PARTS> {
    let mut left = Fraction::SCALE;
    let shares = raw.map(|(name, share)| {
        // The largest number is all that is left.
        let share = if share == u64::MAX {
            left
        } else {
            share.min(left)
        };
        left -= share;
        (name % names, Fraction::from_raw(share).unwrap())
    });
    Shares::new(&shares).unwrap()
}

/// The parts of an amount and the rest, by the definition of largest remainders.
pub fn parts(shares: &Shares<u8, PARTS>, amount: Amount) -> Vec<(Option<u8>, u128)> {
    let scale = u128::from(Fraction::SCALE);
    let mut all: Vec<_> = shares
        .iter()
        .map(|(name, share)| (Some(*name), share))
        .collect();
    let given: u64 = all.iter().map(|(_, share)| share.raw()).sum();
    all.push((None, Fraction::from_raw(Fraction::SCALE - given).unwrap()));
    let quotas = all.iter().map(|(_, share)| {
        let exact = U256::product(amount.get(), share.raw().into());
        let (floor, remainder) = exact.div_rem(scale).unwrap();
        (floor.to_u128().unwrap(), remainder)
    });
    let mut quotas: Vec<_> = quotas.collect();
    let mut left = amount.get() - quotas.iter().map(|quota| quota.0).sum::<u128>();
    while left > 0 {
        let largest = quotas.iter().map(|quota| quota.1).max().unwrap();
        let first = quotas.iter().position(|quota| quota.1 == largest).unwrap();
        quotas[first] = (quotas[first].0 + 1, 0);
        left -= 1;
    }
    all.into_iter()
        .zip(quotas)
        .map(|((name, _), (part, _))| (name, part))
        .collect()
}

/// What so much of a lock weighs.
pub fn weight(lock: Lock, part: u128, time: u64) -> U256 {
    let unit = lock.kind().unit_weight_at(at(time)).unwrap();
    U256::product(part, unit)
}

/// A time and the ones next to it.
pub fn around(time: u64) -> [u64; 3] {
    [time.saturating_sub(1), time, time.saturating_add(1)]
}

/// The times at which a lock's weight changes its pace.
pub fn bends(lock: Lock) -> impl Iterator<Item = u64> {
    let full = match lock.kind() {
        LockKind::Growing { full, .. } => Some(full),
        _ => None,
    };
    [lock.end(), full].into_iter().flatten().map(Timestamp::get)
}

/// A change of a lock that its holder can make, if it is one of this lock.
pub fn changed(lock: Lock, call: &Call) -> Lock {
    let more = lock.amount().checked_add(amount(call.amount)).unwrap();
    let later = |end: Timestamp| at(end.get().saturating_add(call.time));
    let kind = match lock.kind() {
        LockKind::Decaying { rate, end } => LockKind::Decaying {
            rate,
            end: later(end),
        },
        other => other,
    };
    let amount = if call.time % 2 == 0 && more.get() < MOST {
        more
    } else {
        lock.amount()
    };
    Lock::new(amount, kind).unwrap()
}

/// Shares sum to exactly one, none is 10^−18 off its quota, and of two the heavier has no less.
pub fn check_shares(weights: &[U256], shares: &[Fraction]) {
    let raw = shares.iter().map(|share| share.raw());
    assert_eq!(raw.sum::<u64>(), Fraction::SCALE, "they sum to one");
    let all = sum(weights.iter().copied());
    for (&weight, &share) in weights.iter().zip(shares) {
        let scale = U256::from(u128::from(Fraction::SCALE));
        let floor = weight.mul_div(scale, all, Rounding::Floor).unwrap();
        let ceil = weight.mul_div(scale, all, Rounding::Ceil).unwrap();
        let share = U256::from(u128::from(share.raw()));
        assert!(
            floor <= share && share <= ceil,
            "{share} of {floor}..={ceil}"
        );
        for (&other, &its) in weights.iter().zip(shares) {
            assert!(
                other > weight || U256::from(u128::from(its.raw())) <= share || other == weight
            );
        }
    }
}
