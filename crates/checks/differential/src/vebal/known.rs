//! The weight of a lock, as the deployed contract floors it.

use tokenomics_escrow_weighting::Lock;
use tokenomics_fixed_math::Timestamp;

use super::{WIDE, YEAR};

/// What the contract must make of a lock at a time.
pub struct Known {
    pub slope: u128,
    pub weight: u128,
    /// The part of a unit a second that its slope lacks, for each second left: less than a unit for each.
    pub floored: u128,
}

impl Known {
    pub fn of(lock: Option<Lock>, at: u64) -> Self {
        let amount = lock.map_or(0, |lock| lock.amount().get());
        let end = lock.and_then(|lock| lock.end()).map_or(0, Timestamp::get);
        let (year, left) = (u128::from(YEAR), u128::from(end.saturating_sub(at)));
        Self {
            slope: amount / year,
            weight: amount / year * left,
            floored: amount % year * left / year,
        }
    }

    /// Whether the contract's integers can't hold how much would be gone by then.
    pub fn is_far(&self, at: u64) -> bool {
        let gone = self.slope.checked_mul(at.into());
        gone.is_none_or(|gone| gone >= WIDE)
    }
}
