//! The bisection for the first time at which something holds.

use crate::Timestamp;

/// Returns the earliest time from `low` to `high` at which `reached` holds. It must hold at `high`
/// and, from the first time at which it does, ever after.
///
/// Each question halves the interval, so there are at most 65.
///
/// ```
/// use tokenomics_fixed_math::{earliest, Timestamp};
///
/// let first = earliest(Timestamp::ZERO, Timestamp::MAX, |at| at.get() >= 34);
/// assert_eq!(first, Timestamp::new(34));
/// ```
#[must_use]
pub fn earliest(low: Timestamp, high: Timestamp, reached: impl Fn(Timestamp) -> bool) -> Timestamp {
    if reached(low) {
        return low;
    }
    // It doesn't hold at `before`, and does at `by`.
    let (mut before, mut by) = (low.get(), high.get());
    loop {
        let half = by.saturating_sub(before) >> 1;
        if half == 0 {
            return Timestamp::new(by);
        }
        // Between the two, so it doesn't wrap.
        let middle = before.saturating_add(half);
        if reached(Timestamp::new(middle)) {
            by = middle;
        } else {
            before = middle;
        }
    }
}
