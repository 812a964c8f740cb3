//! The points that lists of unlocks are made of.

use tokenomics_fixed_math::{Amount, Timestamp};

use crate::check::in_range;
use crate::{Error, Quantity};

/// A time, and what has vested in all by then: an [`Amount`], or a share of a total as a
/// [`Fraction`](tokenomics_fixed_math::Fraction).
///
/// Lists hold running totals and not the tranches themselves, so that a look-up is a binary search
/// and a list that many grants share can be a constant.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Point, Schedule, Tranches};
///
/// const LAUNCH: [Point; 2] = [
///     Point::new(Timestamp::new(100), Amount::new(40)),
///     Point::new(Timestamp::new(200), Amount::new(100)),
/// ];
/// let schedule = Tranches::new(&LAUNCH)?;
/// assert_eq!(schedule.vested_at(Timestamp::new(150)), Amount::new(40));
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct Point<V = Amount> {
    at: Timestamp,
    vested: V,
}

impl<V> Point<V> {
    /// Creates the point at which `vested` has vested in all by `at`.
    #[must_use]
    pub const fn new(at: Timestamp, vested: V) -> Self {
        Self { at, vested }
    }

    /// Returns the time.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        self.at
    }
}

impl<V: Copy> Point<V> {
    /// Returns what has vested by then, counted from the beginning.
    #[must_use]
    pub const fn vested(&self) -> V {
        self.vested
    }
}

/// Checks that there is a point, and that neither times nor what has vested ever fall, and returns
/// the last point. `raw` is for what an error says.
pub(crate) fn check<V: Copy>(
    points: &[Point<V>],
    raw: impl Fn(V) -> u128,
) -> Result<&Point<V>, Error> {
    let Some((mut last, rest)) = points.split_first() else {
        let (what, value, bound) = (Quantity::Points, 0, 1);
        return Err(Error::OutOfRange { what, value, bound });
    };
    for point in rest {
        let (time, before) = (point.at.get(), last.at.get());
        in_range(Quantity::PointTime, time.into(), before.into(), u128::MAX)?;
        let (vested, before) = (raw(point.vested), raw(last.vested));
        in_range(Quantity::PointVested, vested, before, u128::MAX)?;
        last = point;
    }
    Ok(last)
}

/// Returns the last point that is not after `at`, and the one after it. O(log n).
pub(crate) fn around<V: Copy>(
    points: &[Point<V>],
    at: Timestamp,
) -> (Option<&Point<V>>, Option<&Point<V>>) {
    let after = points.partition_point(|point| point.at <= at);
    let before = after.checked_sub(1).and_then(|index| points.get(index));
    (before, points.get(after))
}

/// Returns the last point by which less than `vested` has vested, and the one after it. O(log n).
pub(crate) fn around_value<V: Copy + Ord>(
    points: &[Point<V>],
    vested: V,
) -> (Option<&Point<V>>, Option<&Point<V>>) {
    let reached = points.partition_point(|point| point.vested < vested);
    let before = reached.checked_sub(1).and_then(|index| points.get(index));
    (before, points.get(reached))
}
