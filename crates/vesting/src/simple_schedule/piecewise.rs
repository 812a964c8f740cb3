//! Straight lines through points.

#[cfg(all(feature = "alloc", any(feature = "arbitrary", feature = "proptest")))]
use alloc::vec::Vec;

use tokenomics_fixed_math::{mul_div, Amount, Rounding, Span, Timestamp};

use crate::pieces::jump;
use crate::points::{around, around_value, check, Point};
#[cfg(all(feature = "alloc", any(feature = "arbitrary", feature = "proptest")))]
use crate::support::seed::{points, FromSeed};
use crate::{Each, Error, Linear, Pieces, Schedule};
use tokenomics_internals::difference;

/// A schedule of straight lines through points: at each point exactly its amount has vested, and
/// between two the floor of the line that joins them.
///
/// `L` is what holds the list, as for [`Tranches`](crate::Tranches). Before the first point nothing
/// has vested, so an amount there unlocks at once; so does what lies between two points of the same
/// time.
///
/// # Rounding
/// Floor for what has vested, Ceil for the time of an amount.
///
/// # Laws
/// Those of [`Schedule`]; `non_expansive` in the amounts of the points. `vested_at` and `time_of`
/// are a binary search and one division.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Piecewise, Point, Schedule};
///
/// // 10 at the cliff, slowly to 20, then fast to 100.
/// let points = [(100, 10), (200, 20), (220, 100)];
/// let points = points.map(|(at, vested)| Point::new(Timestamp::new(at), Amount::new(vested)));
/// let schedule = Piecewise::new(points)?;
/// let times = [99, 100, 119, 120, 200, 210];
/// let vested = times.map(|at| schedule.vested_at(Timestamp::new(at)).get());
/// assert_eq!(vested, [0, 10, 11, 12, 20, 60]);
/// assert_eq!(schedule.time_of(Amount::new(21)), Some(Timestamp::new(201)));
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
///
/// # Source
/// cw-vesting's `Curve::PiecewiseLinear`, and Sablier Lockup Dynamic with exponents of 1. A segment
/// here ends exactly where the next begins; Sablier's gives up a segment's streaming where a
/// rounding would pass its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(
        try_from = "RawPiecewise<L>",
        bound(deserialize = "L: AsRef<[Point]> + serde::Deserialize<'de>")
    )
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "borsh", derive(borsh::BorshSerialize))]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct Piecewise<L> {
    points: L,
}

impl<L: AsRef<[Point]>> Piecewise<L> {
    /// Creates the schedule whose lines go through `points`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for no points, and for a time or an amount below the one before it.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Error, Piecewise, Point, Schedule};
    ///
    /// let point = |at, vested| Point::new(Timestamp::new(at), Amount::new(vested));
    /// // A tenth at genesis, and the rest evenly until 100.
    /// let schedule = Piecewise::new([point(0, 100), point(100, 1_000)])?;
    /// assert_eq!(schedule.vested_at(Timestamp::new(50)), Amount::new(550));
    ///
    /// let falling = Piecewise::new([point(0, 100), point(100, 99)]);
    /// assert!(matches!(falling, Err(Error::OutOfRange { value: 99, bound: 100, .. })));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn new(points: L) -> Result<Self, Error> {
        check(points.as_ref(), Amount::get)?;
        Ok(Self { points })
    }

    /// Returns the points: each time, and what has vested in all by then.
    #[must_use]
    pub fn points(&self) -> &[Point] {
        self.points.as_ref()
    }
}

/// Returns what vests from `a` to `b`, and how long that takes. Neither is below 0, by the
/// constructor.
fn rise_and_run(a: &Point, b: &Point) -> (u128, u128) {
    let rise = b.vested().checked_sub(a.vested()).unwrap_or(Amount::ZERO);
    let run = b.at().since(a.at()).unwrap_or(Span::ZERO);
    (rise.get(), run.get().into())
}

impl<L: AsRef<[Point]>> Schedule for Piecewise<L> {
    fn total(&self) -> Amount {
        self.points().last().map_or(Amount::ZERO, Point::vested)
    }

    fn start(&self) -> Timestamp {
        self.points().first().map_or(Timestamp::ZERO, Point::at)
    }

    fn end(&self) -> Timestamp {
        self.points().last().map_or(Timestamp::ZERO, Point::at)
    }

    fn vested_at(&self, at: Timestamp) -> Amount {
        let (a, b) = match around(self.points(), at) {
            (None, _) => return Amount::ZERO,
            (Some(last), None) => return last.vested(),
            (Some(a), Some(b)) => (a, b),
        };
        let (rise, run) = rise_and_run(a, b);
        let elapsed = at.since(a.at()).unwrap_or(Span::ZERO).get();
        // a ≤ t < b, so the run isn't 0 and this is at most the rise; the sum is at most b's
        // amount.
        let risen = mul_div(rise, elapsed.into(), run, Rounding::Floor).unwrap_or(0);
        let vested = a.vested().checked_add(Amount::new(risen));
        vested.unwrap_or(a.vested())
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        if amount.is_zero() {
            return Some(Timestamp::ZERO);
        }
        let (a, b) = match around_value(self.points(), amount) {
            (_, None) => return None,
            (None, Some(first)) => return Some(first.at()),
            (Some(a), Some(b)) => (a, b),
        };
        // A < x ≤ B, so the rise isn't 0, and A + floor(rise·e/run) ≥ x ⟺ e ≥ ⌈(x − A)·run/rise⌉,
        // at most the run. Where the run is 0 so is that: both points are of one time.
        let (rise, run) = rise_and_run(a, b);
        let above = amount.checked_sub(a.vested()).ok()?;
        let elapsed = mul_div(above.get(), run, rise, Rounding::Ceil).ok()?;
        let elapsed = Span::new(u64::try_from(elapsed).ok()?);
        a.at().checked_add(elapsed).ok()
    }
}

impl<L: AsRef<[Point]>> Pieces for Piecewise<L> {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        let mut before = Point::new(self.start(), Amount::ZERO);
        for point in self.points() {
            let amount = difference(point.vested(), before.vested());
            match Linear::new(before.at(), point.at(), amount) {
                Ok(line) => line.pieces_by(last, each)?,
                // Two points at one time.
                Err(_) => jump(point.at(), amount, last, each)?,
            }
            before = *point;
        }
        Ok(())
    }
}

tokenomics_internals::checked_codec! {
    Piecewise<L: AsRef<[Point]>>::new as RawPiecewise {
        points: L,
    }
}

#[cfg(all(feature = "alloc", any(feature = "arbitrary", feature = "proptest")))]
impl FromSeed for Piecewise<Vec<Point>> {
    type Seed = Vec<(Timestamp, Amount)>;

    fn from_seed(list: Self::Seed) -> Option<Self> {
        Self::new(points(&list)).ok()
    }
}
