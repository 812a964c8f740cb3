//! A list of amounts, each at its time.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use tokenomics_fixed_math::{Amount, Fraction, Rounding, Timestamp};

use crate::check::in_range;
use crate::pieces::jumps;
use crate::points::{around, around_value, check, Point};
#[cfg(all(feature = "alloc", any(feature = "arbitrary", feature = "proptest")))]
use crate::support::seed::{points, FromSeed};
use crate::{Allocation, Each, Error, Pieces, Quantity, Schedule};

/// A list of unlocks, each of its own amount at its own time.
///
/// `L` is what holds the list: a slice `&[Point]`, an array `[Point; N]`, or a `Vec<Point>` with
/// the feature `alloc`. What its `as_ref` gives must stay the same.
///
/// # Rounding
/// None; where shares of a total are cut, that of the [`Allocation`].
///
/// # Laws
/// Those of [`Schedule`]; `non_expansive` in any one of the amounts. `vested_at` and `time_of` are
/// binary searches.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Schedule, Tranches};
///
/// let (at, units) = (Timestamp::new, Amount::new);
/// let schedule = Tranches::of([(at(10), units(5)), (at(20), units(0)), (at(30), units(7))])?;
/// assert_eq!(schedule.vested_at(at(29)), units(5));
/// assert_eq!(schedule.vested_at(at(30)), units(12));
/// assert_eq!(schedule.next_unlock_after(at(10)), Some(at(30)));
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
///
/// # Source
/// Sablier Lockup Tranched, Bonfida token-vesting, Cosmos `PeriodicVestingAccount`. Theirs hold
/// each tranche's amount and walk the list; this holds what has vested by each, and searches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(
        try_from = "RawTranches<L>",
        bound(deserialize = "L: AsRef<[Point]> + serde::Deserialize<'de>")
    )
)]
#[cfg_attr(
    all(feature = "cosmwasm", not(doc)),
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
#[cfg_attr(doc, doc(alias("unlocks", "schedule_list")))]
pub struct Tranches<L> {
    points: L,
}

impl<L: AsRef<[Point]>> Tranches<L> {
    /// Creates the schedule from running totals: by the time of each point, its amount has vested
    /// in all.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for no points, and for a time or an amount below the one before it.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Error, Point, Schedule, Tranches};
    ///
    /// let point = |at, vested| Point::new(Timestamp::new(at), Amount::new(vested));
    /// // 40 at 100, and 60 more at 200.
    /// let schedule = Tranches::new([point(100, 40), point(200, 100)])?;
    /// assert_eq!(schedule.total(), Amount::new(100));
    ///
    /// // These would be the amounts themselves, of which the second is below the first.
    /// let amounts = Tranches::new([point(100, 40), point(200, 30)]);
    /// assert!(matches!(amounts, Err(Error::OutOfRange { value: 30, bound: 40, .. })));
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

impl<const N: usize> Tranches<[Point; N]> {
    /// Creates the schedule from the time of each tranche and its own amount.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for no tranches, and for a time below the one before it;
    /// [`Error::Overflow`] for a total above [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Error, Schedule, Tranches};
    ///
    /// let (at, units) = (Timestamp::new, Amount::new);
    /// let schedule = Tranches::of([(at(100), units(40)), (at(200), units(60))])?;
    /// assert_eq!(schedule.vested_at(at(199)), units(40));
    /// assert_eq!(schedule.vested_at(at(200)), units(100));
    ///
    /// let swapped = Tranches::of([(at(200), units(60)), (at(100), units(40))]);
    /// assert!(matches!(swapped, Err(Error::OutOfRange { value: 100, bound: 200, .. })));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn of(tranches: [(Timestamp, Amount); N]) -> Result<Self, Error> {
        let mut points = tranches.map(|(at, amount)| Point::new(at, amount));
        accumulate(&mut points)?;
        Self::new(points)
    }

    /// Creates the schedule from the time of each tranche and its share of `total`, cut into whole
    /// units as `allocation` says.
    ///
    /// An [`Allocation`] speaks of equal parts. For shares that differ it means this: the two
    /// cumulative rules, and `Fractional`, round total · (sum of the shares so far). The others
    /// round each tranche down by itself and give what is left a unit at a time to the first or the
    /// last tranches, or all to the first or the last; never to a tranche whose share is 0.
    ///
    /// # Rounding
    /// That of the allocation.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for no tranches, for a time below the one before it, and for shares
    /// that don't sum to 1.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Fraction, Timestamp};
    /// use tokenomics_vesting::{Allocation, Schedule, Tranches};
    ///
    /// // A half, a quarter and a quarter of 11, the dust first.
    /// let percent = |percent| Fraction::from_percent(percent);
    /// let shares = [(1, percent(50)?), (2, percent(25)?), (3, percent(25)?)];
    /// let shares = shares.map(|(at, share)| (Timestamp::new(at), share));
    /// let schedule = Tranches::cut(Amount::new(11), shares, Allocation::FrontLoaded)?;
    /// let vested = [1, 2, 3].map(|at| schedule.vested_at(Timestamp::new(at)).get());
    /// assert_eq!(vested, [6, 9, 11]); // 5.5 and 2.75 twice: 6, 3 and 2
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn cut(
        total: Amount,
        shares: [(Timestamp, Fraction); N],
        allocation: Allocation,
    ) -> Result<Self, Error> {
        let mut points = shares.map(|(at, _)| Point::new(at, Amount::ZERO));
        cut(&mut points, total, &shares, allocation)?;
        Self::new(points)
    }
}

#[cfg(feature = "alloc")]
impl Tranches<Vec<Point>> {
    /// Creates the schedule from a list of any length, as [`of`](Tranches::of) does from an array.
    ///
    /// # Errors
    /// Those of [`of`](Tranches::of).
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Schedule, Tranches};
    ///
    /// // Every 10 from 10 to 120, a hundred each.
    /// let list: Vec<_> =
    ///     (1..=12).map(|k| (Timestamp::new(10 * k), Amount::new(100))).collect();
    /// let schedule = Tranches::of_list(&list)?;
    /// assert_eq!(schedule.vested_at(Timestamp::new(65)), Amount::new(600));
    /// assert!(Tranches::of_list(&[]).is_err());
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn of_list(tranches: &[(Timestamp, Amount)]) -> Result<Self, Error> {
        let points = tranches.iter().map(|(at, amount)| Point::new(*at, *amount));
        let mut points: Vec<_> = points.collect();
        accumulate(&mut points)?;
        Self::new(points)
    }

    /// Creates the schedule from a list of any length, as [`cut`](Tranches::cut) does from an
    /// array.
    ///
    /// # Rounding
    /// That of the allocation.
    ///
    /// # Errors
    /// Those of [`cut`](Tranches::cut).
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount, Timestamp};
    /// use tokenomics_vesting::{Allocation, Schedule, Tranches};
    ///
    /// // Four quarters of 18, the dust in the last.
    /// let list: Vec<_> = (1..=4).map(|k| (Timestamp::new(k), fraction!("0.25"))).collect();
    /// let rule = Allocation::BackLoadedToSingleTranche;
    /// let schedule = Tranches::cut_list(Amount::new(18), &list, rule)?;
    /// let vested = [1, 2, 3, 4].map(|at| schedule.vested_at(Timestamp::new(at)).get());
    /// assert_eq!(vested, [4, 8, 12, 18]);
    ///
    /// // Three quarters are no whole.
    /// assert!(Tranches::cut_list(Amount::new(18), &list[1..], rule).is_err());
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn cut_list(
        total: Amount,
        shares: &[(Timestamp, Fraction)],
        allocation: Allocation,
    ) -> Result<Self, Error> {
        let points = shares.iter().map(|(at, _)| Point::new(*at, Amount::ZERO));
        let mut points: Vec<_> = points.collect();
        cut(&mut points, total, shares, allocation)?;
        Self::new(points)
    }
}

/// Turns amounts into running totals.
fn accumulate(points: &mut [Point]) -> Result<(), Error> {
    let mut sum = Amount::ZERO;
    for point in points {
        sum = sum.checked_add(point.vested())?;
        *point = Point::new(point.at(), sum);
    }
    Ok(())
}

/// Writes the running totals of the shares of `total`; there are as many points as shares.
fn cut(
    points: &mut [Point],
    total: Amount,
    shares: &[(Timestamp, Fraction)],
    allocation: Allocation,
) -> Result<(), Error> {
    whole(shares)?;
    let rounding = match allocation {
        Allocation::CumulativeRounding => Rounding::HalfUp,
        Allocation::CumulativeRoundDown | Allocation::Fractional => Rounding::Floor,
        _ => {
            each(points, total, shares, allocation)?;
            return accumulate(points);
        }
    };
    let mut share = Fraction::ZERO;
    for (point, (at, part)) in points.iter_mut().zip(shares) {
        share = share.checked_add(*part)?;
        *point = Point::new(*at, total.mul_fraction(share, rounding));
    }
    Ok(())
}

/// Checks that the shares sum to 1.
fn whole(shares: &[(Timestamp, Fraction)]) -> Result<(), Error> {
    let mut sum = 0_u128;
    for (_, share) in shares {
        // A list of 2^64 shares wouldn't fit a memory.
        sum = sum.saturating_add(share.raw().into());
    }
    let one = u128::from(Fraction::SCALE);
    in_range(Quantity::SumOfShares, sum, one, one)
}

/// Writes each share of `total` by itself, rounded down, and the dust where `allocation` says.
fn each(
    points: &mut [Point],
    total: Amount,
    shares: &[(Timestamp, Fraction)],
    allocation: Allocation,
) -> Result<(), Error> {
    let mut dust = total;
    for (point, (at, share)) in points.iter_mut().zip(shares) {
        let part = total.mul_fraction(*share, Rounding::Floor);
        dust = dust.checked_sub(part)?;
        *point = Point::new(*at, part);
    }
    // Less than a unit for each share above 0: a unit for each is enough.
    let at_once = match allocation {
        Allocation::FrontLoaded | Allocation::BackLoaded => Amount::new(1),
        _ => dust,
    };
    let mut give = |(point, (_, share)): (&mut Point, &(Timestamp, Fraction))| {
        let part = if share.is_zero() {
            Amount::ZERO
        } else {
            at_once.min(dust)
        };
        dust = dust.checked_sub(part)?;
        *point = Point::new(point.at(), point.vested().checked_add(part)?);
        Ok::<_, Error>(())
    };
    let mut all = points.iter_mut().zip(shares);
    match allocation {
        Allocation::FrontLoaded | Allocation::FrontLoadedToSingleTranche => all.try_for_each(give),
        _ => all.rev().try_for_each(&mut give),
    }
}

impl<L: AsRef<[Point]>> Schedule for Tranches<L> {
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
        let (before, _) = around(self.points(), at);
        before.map_or(Amount::ZERO, Point::vested)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        if amount.is_zero() {
            return Some(Timestamp::ZERO);
        }
        let (_, reached) = around_value(self.points(), amount);
        reached.map(Point::at)
    }
}

impl<L: AsRef<[Point]>> Pieces for Tranches<L> {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        jumps(self, last, each)
    }
}

tokenomics_internals::checked_codec! {
    Tranches<L: AsRef<[Point]>>::new as RawTranches {
        points: L,
    }
}

#[cfg(all(feature = "alloc", any(feature = "arbitrary", feature = "proptest")))]
impl FromSeed for Tranches<Vec<Point>> {
    type Seed = Vec<(Timestamp, Amount)>;

    fn from_seed(list: Self::Seed) -> Option<Self> {
        Self::new(points(&list)).ok()
    }
}
