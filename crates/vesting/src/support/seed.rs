//! Values of any numbers, each brought into the range that the constructors accept: the base of the
//! generators. Numbers that are in range already stay as they are.

#[cfg(feature = "alloc")]
use alloc::{vec, vec::Vec};

use tokenomics_fixed_math::Timestamp;

#[cfg(feature = "alloc")]
use crate::Point;

/// A value that can be made of any numbers. It is public only for being a bound: its module isn't.
#[allow(unreachable_pub, reason = "only what generates is bound by it")]
pub trait FromSeed: Sized {
    /// The numbers that it is made of.
    type Seed;

    /// Returns the value of these numbers. It is never `None`; constructors can't know that.
    fn from_seed(seed: Self::Seed) -> Option<Self>;
}

/// Returns two times in order, the second after the first.
pub(crate) fn interval(a: Timestamp, b: Timestamp) -> (Timestamp, Timestamp) {
    let end = a.max(b).max(Timestamp::new(1));
    let before_end = Timestamp::new(end.get().saturating_sub(1));
    (a.min(b).min(before_end), end)
}

/// Returns a list in order: the times and the values each sorted; one point at least.
#[cfg(feature = "alloc")]
pub(crate) fn points<V: Copy + Ord + Default>(list: &[(Timestamp, V)]) -> Vec<Point<V>> {
    let mut times: Vec<_> = list.iter().map(|(at, _)| *at).collect();
    let mut values: Vec<_> = list.iter().map(|(_, value)| *value).collect();
    times.sort_unstable();
    values.sort_unstable();
    if times.is_empty() {
        return vec![Point::new(Timestamp::ZERO, V::default())];
    }
    let points = times.into_iter().zip(values);
    points.map(|(at, value)| Point::new(at, value)).collect()
}
