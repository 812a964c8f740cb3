//! Epochs of any length, each at its own rate: an explicit table.

#[cfg(all(feature = "alloc", any(feature = "arbitrary", feature = "proptest")))]
use alloc::vec::Vec;

use tokenomics_fixed_math::{mul_div, Amount, Rounding, Span, Timestamp};
use tokenomics_internals::difference;

use crate::check::in_range;
#[cfg(all(feature = "alloc", any(feature = "arbitrary", feature = "proptest")))]
use crate::support::seed::FromSeed;
use crate::{Curve, Error, Point, Quantity};

/// An explicit table of emission: at each point exactly its amount has been emitted, and between
/// two points the rate is constant.
///
/// `L` holds the list: an array, a slice or, with `alloc`, a `Vec` of [`Point`]s. A table of rates
/// is written as points too, by [`Point::after`].
///
/// # Rounding
/// Floor for what has been emitted, Ceil for the time of an amount. Nothing is rounded at a point,
/// so no epoch passes a remainder on to the next.
///
/// # Laws
/// Those of [`Curve`]. `emitted_at` and `time_of` are a binary search and one division each.
///
/// ```
/// use tokenomics_emission_curves::{Curve, Point, StepEpochs};
/// use tokenomics_fixed_math::{Amount, Span, Timestamp};
///
/// // 30 a second for a day, 20 for the next, nothing for a day, then 10.
/// let day = Span::new(86_400);
/// let start = Point::new(Timestamp::new(1_000_000), Amount::ZERO);
/// let first = start.after(day, Amount::new(30))?;
/// let second = first.after(day, Amount::new(20))?;
/// let pause = second.after(day, Amount::ZERO)?;
/// let last = pause.after(day, Amount::new(10))?;
/// let curve = StepEpochs::new([start, first, second, pause, last])?;
///
/// assert_eq!(curve.rate_at(Timestamp::new(1_086_399)), Amount::new(30));
/// assert_eq!(curve.rate_at(Timestamp::new(1_086_400)), Amount::new(20));
/// assert_eq!(curve.cap(), Amount::new(60 * 86_400));
/// let after_the_pause = curve.time_of(Amount::new(50 * 86_400 + 1));
/// assert_eq!(after_the_pause, Some(Timestamp::new(1_000_000 + 3 * 86_400 + 1)));
/// # Ok::<(), tokenomics_emission_curves::Error>(())
/// ```
///
/// # Source
/// The tables of Osmosis, Sui and Polkadot's stepped curve. Osmosis truncated at every epoch and
/// minted some 2,600 OSMO too little in a year (osmosis #1917).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(
        try_from = "RawStepEpochs<L>",
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
pub struct StepEpochs<L> {
    // Never empty; the first is of nothing, each is later than the one before, and none of less.
    points: L,
}

impl<L: AsRef<[Point]>> StepEpochs<L> {
    /// Creates the table of `points`: nothing is emitted by the first, and from each to the next it
    /// is at a constant rate.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for no points, for a first one that something has been emitted by, for
    /// a time that is not after the one before it, and for an amount below the one before it.
    ///
    /// ```
    /// # use tokenomics_emission_curves::{Curve, Error, Point, Quantity, StepEpochs};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let by = |at, emitted| Point::new(Timestamp::new(at), Amount::new(emitted));
    /// let table = StepEpochs::new([by(100, 0), by(200, 1_000), by(300, 1_500)])?;
    /// assert_eq!(table.emitted_at(Timestamp::new(250)), Amount::new(1_250));
    ///
    /// // A running total can't fall.
    /// let falling = StepEpochs::new([by(100, 0), by(200, 1_000), by(300, 999)]);
    /// let (what, value, bound) = (Quantity::EmittedByPoint, 999, 1_000);
    /// assert_eq!(falling, Err(Error::OutOfRange { what, value, bound }));
    /// # Ok::<(), tokenomics_emission_curves::Error>(())
    /// ```
    pub fn new(points: L) -> Result<Self, Error> {
        let list = points.as_ref();
        let count = u128::try_from(list.len()).unwrap_or(u128::MAX);
        in_range(Quantity::PointCount, count, 1, u128::MAX)?;
        let emitted = list.first().map_or(0, |first| first.emitted().get());
        in_range(Quantity::EmittedAtFirst, emitted, 0, 0)?;
        for (last, point) in list.iter().zip(list.iter().skip(1)) {
            let earliest = u128::from(last.at().get()).saturating_add(1);
            let at = point.at().get().into();
            in_range(Quantity::PointTime, at, earliest, u64::MAX.into())?;
            let (before, by) = (last.emitted().get(), point.emitted().get());
            in_range(Quantity::EmittedByPoint, by, before, u128::MAX)?;
        }
        Ok(Self { points })
    }

    /// Returns the points, in order; there is at least one.
    #[must_use]
    pub fn points(&self) -> &[Point] {
        self.points.as_ref()
    }

    /// Returns the point at `index − 1` and, if there is one, that at `index`.
    fn around(&self, index: usize) -> Option<(&Point, Option<&Point>)> {
        let before = self.points().get(index.checked_sub(1)?)?;
        Some((before, self.points().get(index)))
    }
}

/// Returns the amount emitted from `a` to `b`, and how long it takes.
fn rise_and_run(a: &Point, b: &Point) -> (u128, u128) {
    let rise = difference(b.emitted(), a.emitted());
    // Never 0: the times of points rise.
    let run = b.at().since(a.at()).unwrap_or(Span::ZERO);
    (rise.get(), run.get().into())
}

impl<L: AsRef<[Point]>> Curve for StepEpochs<L> {
    fn cap(&self) -> Amount {
        self.points().last().map_or(Amount::ZERO, Point::emitted)
    }

    fn start(&self) -> Timestamp {
        self.points().first().map_or(Timestamp::ZERO, Point::at)
    }

    fn end(&self) -> Timestamp {
        self.points().last().map_or(Timestamp::ZERO, Point::at)
    }

    fn emitted_at(&self, at: Timestamp) -> Amount {
        let index = self.points().partition_point(|point| point.at() <= at);
        let (a, b) = match self.around(index) {
            None => return Amount::ZERO,
            Some((last, None)) => return last.emitted(),
            Some((a, Some(b))) => (a, b),
        };
        let (rise, run) = rise_and_run(a, b);
        let into = at.since(a.at()).unwrap_or(Span::ZERO).get();
        // a ≤ t < b: less than the run, so at most the rise, and the sum at most what b has.
        let risen = mul_div(rise, into.into(), run, Rounding::Floor).unwrap_or(0);
        let emitted = a.emitted().checked_add(Amount::new(risen));
        emitted.unwrap_or(a.emitted())
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        if amount.is_zero() {
            return Some(Timestamp::ZERO);
        }
        let points = self.points();
        let index = points.partition_point(|point| point.emitted() < amount);
        let (a, b) = self.around(index)?;
        let b = b?;
        // a < x ≤ b, so the rise isn't 0, and ⌊rise·e/run⌋ ≥ x − a ⟺ e ≥ ⌈(x − a)·run/rise⌉, at
        // most the run.
        let (rise, run) = rise_and_run(a, b);
        let missing = difference(amount, a.emitted());
        let into = mul_div(missing.get(), run, rise, Rounding::Ceil).ok()?;
        let into = Span::new(u64::try_from(into).ok()?);
        a.at().checked_add(into).ok()
    }
}

tokenomics_internals::checked_codec! {
    StepEpochs<L: AsRef<[Point]>>::new as RawStepEpochs {
        points: L,
    }
}

#[cfg(all(feature = "alloc", any(feature = "arbitrary", feature = "proptest")))]
impl FromSeed for StepEpochs<Vec<Point>> {
    type Seed = Vec<(Timestamp, Amount)>;

    /// The times and the amounts each sorted, from a point of nothing on.
    fn from_seed(list: Self::Seed) -> Option<Self> {
        let mut times: Vec<_> = list.iter().map(|(at, _)| *at).collect();
        let mut amounts: Vec<_> = list.iter().map(|(_, emitted)| *emitted).collect();
        times.sort_unstable();
        times.dedup();
        amounts.sort_unstable();
        if let Some(first) = amounts.first_mut() {
            *first = Amount::ZERO;
        }
        let points = times.into_iter().zip(amounts);
        let mut points: Vec<_> = points.map(|(at, by)| Point::new(at, by)).collect();
        if points.is_empty() {
            points.push(Point::new(Timestamp::ZERO, Amount::ZERO));
        }
        Self::new(points).ok()
    }
}
