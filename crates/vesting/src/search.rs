//! The earliest time of something that, once so, stays so.

use tokenomics_fixed_math::{Amount, Timestamp};

use crate::Schedule;

/// Returns the earliest time from `low` to `high` by which `reached` holds, where it holds at
/// `high`, and at every time after one at which it does: `high` if it holds nowhere before.
///
/// Each question halves the interval, so there are at most 65; none more if it holds at `low`.
pub(crate) fn earliest(
    low: Timestamp,
    high: Timestamp,
    reached: impl Fn(Timestamp) -> bool,
) -> Timestamp {
    if reached(low) {
        return low.min(high);
    }
    // It never holds at `before`, and always at `by`.
    let (mut before, mut by) = (low.get(), high.get());
    loop {
        // Below `by`, so the sum doesn't pass it.
        let middle = before.saturating_add(by.saturating_sub(before) >> 1);
        if middle == before {
            return Timestamp::new(by);
        }
        if reached(Timestamp::new(middle)) {
            by = middle;
        } else {
            before = middle;
        }
    }
}

/// Returns `time_of` of a schedule that only knows what has vested by when.
pub(crate) fn earliest_of(schedule: &impl Schedule, amount: Amount) -> Option<Timestamp> {
    if amount.is_zero() {
        return Some(Timestamp::ZERO);
    }
    if amount > schedule.total() {
        return None;
    }
    let reached = |at| schedule.vested_at(at) >= amount;
    Some(earliest(schedule.start(), schedule.end(), reached))
}
