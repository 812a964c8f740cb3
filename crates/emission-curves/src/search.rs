//! The earliest time of something that, once so, stays so.

use tokenomics_fixed_math::Timestamp;

/// The earliest time from `low` to `high` by which `reached` holds, where it holds at `high` and, from
/// the first time at which it does, ever after.
///
/// Each question halves the interval, so there are at most 65.
pub(crate) fn earliest(
    low: Timestamp,
    high: Timestamp,
    reached: impl Fn(Timestamp) -> bool,
) -> Timestamp {
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
