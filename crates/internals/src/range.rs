//! The range check that constructors share.

/// A number outside of its range, with the bound that it crossed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfRange {
    /// The number.
    pub value: u128,
    /// The least allowed number if it is below it, otherwise the largest.
    pub bound: u128,
}

/// Checks that a number is at least `min` and at most `max`.
///
/// # Errors
/// [`OutOfRange`] with the bound that it crossed.
///
/// ```
/// use tokenomics_internals::{in_range, OutOfRange};
///
/// assert_eq!(in_range(1, 1, 10), Ok(()));
/// assert_eq!(in_range(0, 1, 10), Err(OutOfRange { value: 0, bound: 1 }));
/// assert_eq!(in_range(11, 1, 10), Err(OutOfRange { value: 11, bound: 10 }));
/// ```
#[cfg_attr(target_arch = "bpf", inline(always))]
pub const fn in_range(value: u128, min: u128, max: u128) -> Result<(), OutOfRange> {
    if value < min {
        return Err(OutOfRange { value, bound: min });
    }
    if value > max {
        return Err(OutOfRange { value, bound: max });
    }
    Ok(())
}
