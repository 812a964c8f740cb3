//! A list of shares of a total, each at its time.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use tokenomics_fixed_math::{mul_div, Amount, Fraction, Rounding, Timestamp};

use crate::check::{at_most, in_range};
use crate::pieces::jumps;
use crate::points::{around, around_value, check, Point};
#[cfg(all(feature = "alloc", any(feature = "arbitrary", feature = "proptest")))]
use crate::support::seed::{points, FromSeed};
use crate::{Each, Error, Pieces, Quantity, Resize, Schedule};

/// A list of unlocks, each of its own share of a total: floor(total · share so far).
///
/// `L` is what holds the list, as for [`Tranches`](crate::Tranches), of points whose value is the
/// share of the total that has vested by then. The list knows no total, so one constant can serve
/// every grant of a plan, which then keeps its total only. The allocation is "cumulative round
/// down"; for the others see [`Tranches::cut`](crate::Tranches::cut).
///
/// # Rounding
/// Floor for what has vested, Ceil for the time of an amount.
///
/// # Laws
/// Those of [`Schedule`]. `vested_at` and `time_of` are binary searches.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Fraction, Timestamp};
/// use tokenomics_vesting::{Graded, Point, Schedule};
///
/// // A tenth, then two fifths, then a half.
/// let shares = [(100, 10), (200, 40), (300, 50)];
/// let mut plan = [(Timestamp::ZERO, Fraction::ZERO); 3];
/// for (slot, (at, percent)) in plan.iter_mut().zip(shares) {
///     *slot = (Timestamp::new(at), Fraction::from_percent(percent)?);
/// }
/// let schedule = Graded::of(Amount::new(1_001), plan)?;
/// let vested = [99, 100, 200, 300].map(|at| schedule.vested_at(Timestamp::new(at)).get());
/// assert_eq!(vested, [0, 100, 500, 1_001]);
///
/// // Another grant of the same plan.
/// let points: &[Point<Fraction>] = schedule.points();
/// assert_eq!(Graded::new(Amount::new(7), points)?.vested_at(Timestamp::new(200)).get(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Source
/// Graded vesting as in employee plans: a share of the award at each date. Open Cap Format's
/// `VESTING_SCHEDULE` with a portion for each condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(
        try_from = "RawGraded<L>",
        bound(deserialize = "L: AsRef<[Point<Fraction>]> + serde::Deserialize<'de>")
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
pub struct Graded<L> {
    total: Amount,
    points: L,
}

impl<L: AsRef<[Point<Fraction>]>> Graded<L> {
    /// Creates the schedule of `total` base units from running shares: by the time of each point,
    /// its share has vested in all.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for no points, for a time or a share below the one before it, and for
    /// a last share other than 1.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount, Fraction, Timestamp};
    /// use tokenomics_vesting::{Graded, Point, Schedule};
    ///
    /// // One plan for all: a quarter after a year, the rest after four.
    /// const YEAR: u64 = 31_536_000;
    /// const PLAN: [Point<Fraction>; 2] = [
    ///     Point::new(Timestamp::new(YEAR), fraction!("0.25")),
    ///     Point::new(Timestamp::new(4 * YEAR), fraction!("1")),
    /// ];
    /// let grant = Graded::new(Amount::new(1_003), &PLAN)?;
    /// assert_eq!(grant.vested_at(Timestamp::new(YEAR)), Amount::new(250)); // of 250.75
    ///
    /// // A plan that ends at a quarter gives the rest to nobody.
    /// assert!(Graded::new(Amount::new(1_003), &PLAN[..1]).is_err());
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn new(total: Amount, points: L) -> Result<Self, Error> {
        let one = u128::from(Fraction::SCALE);
        let last = check(points.as_ref(), |share| share.raw().into())?.vested();
        in_range(Quantity::SumOfShares, last.raw().into(), one, one)?;
        Ok(Self { total, points })
    }

    /// Returns the points: each time, and the share that has vested in all by then.
    #[must_use]
    pub fn points(&self) -> &[Point<Fraction>] {
        self.points.as_ref()
    }
}

impl<const N: usize> Graded<[Point<Fraction>; N]> {
    /// Creates the schedule of `total` base units from the time of each tranche and its own share.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for no tranches, for a time below the one before it, and for shares that
    /// don't sum to 1.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount, Timestamp};
    /// use tokenomics_vesting::{Graded, Schedule};
    ///
    /// let (tenth, half) = (fraction!("0.1"), fraction!("0.5"));
    /// let at = Timestamp::new;
    /// let plan = [(at(100), tenth), (at(200), fraction!("0.4")), (at(300), half)];
    /// let schedule = Graded::of(Amount::new(2_000), plan)?;
    /// assert_eq!(schedule.vested_at(at(200)), Amount::new(1_000));
    ///
    /// // Six tenths are no whole.
    /// assert!(Graded::of(Amount::new(2_000), [(at(100), tenth), (at(300), half)]).is_err());
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn of(total: Amount, shares: [(Timestamp, Fraction); N]) -> Result<Self, Error> {
        let mut points = shares.map(|(at, share)| Point::new(at, share));
        accumulate(&mut points)?;
        Self::new(total, points)
    }
}

#[cfg(feature = "alloc")]
impl Graded<Vec<Point<Fraction>>> {
    /// Creates the schedule from a list of any length, as [`of`](Graded::of) does from an array.
    ///
    /// # Errors
    /// Those of [`of`](Graded::of).
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount, Timestamp};
    /// use tokenomics_vesting::{Graded, Schedule};
    ///
    /// // Twenty tranches of 5% each.
    /// let share = fraction!("0.05");
    /// let list: Vec<_> = (1..=20).map(|k| (Timestamp::new(10 * k), share)).collect();
    /// let schedule = Graded::of_list(Amount::new(700), &list)?;
    /// assert_eq!(schedule.vested_at(Timestamp::new(30)), Amount::new(105));
    /// assert!(Graded::of_list(Amount::new(700), &list[1..]).is_err());
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn of_list(total: Amount, shares: &[(Timestamp, Fraction)]) -> Result<Self, Error> {
        let points = shares.iter().map(|(at, share)| Point::new(*at, *share));
        let mut points: Vec<_> = points.collect();
        accumulate(&mut points)?;
        Self::new(total, points)
    }
}

/// Turns shares into running sums.
fn accumulate(points: &mut [Point<Fraction>]) -> Result<(), Error> {
    let one = u128::from(Fraction::SCALE);
    let mut sum = Fraction::ZERO;
    for point in points {
        // Two u64, so the sum fits.
        let raw = u128::from(sum.raw()).saturating_add(point.vested().raw().into());
        at_most(Quantity::SumOfShares, raw, one)?;
        sum = sum.checked_add(point.vested())?;
        *point = Point::new(point.at(), sum);
    }
    Ok(())
}

impl<L: AsRef<[Point<Fraction>]> + Clone> Resize for Graded<L> {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        Ok(Self {
            total,
            points: self.points.clone(),
        })
    }
}

impl<L: AsRef<[Point<Fraction>]>> Schedule for Graded<L> {
    fn total(&self) -> Amount {
        self.total
    }

    fn start(&self) -> Timestamp {
        self.points().first().map_or(Timestamp::ZERO, Point::at)
    }

    fn end(&self) -> Timestamp {
        self.points().last().map_or(Timestamp::ZERO, Point::at)
    }

    fn vested_at(&self, at: Timestamp) -> Amount {
        let (before, _) = around(self.points(), at);
        let share = before.map_or(Fraction::ZERO, Point::vested);
        self.total.mul_fraction(share, Rounding::Floor)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        if amount.is_zero() {
            return Some(Timestamp::ZERO);
        }
        if amount > self.total {
            return None;
        }
        // floor(total·s) ≥ x ⟺ s ≥ x / total, and in whole 1e-18 ⟺ s ≥ ⌈x·1e18 / total⌉, at most
        // 1e18 as x ≤ total.
        let scale = Fraction::SCALE.into();
        let share = mul_div(amount.get(), scale, self.total.get(), Rounding::Ceil).ok()?;
        let share = Fraction::from_raw(u64::try_from(share).ok()?).ok()?;
        let (_, reached) = around_value(self.points(), share);
        reached.map(Point::at)
    }
}

impl<L: AsRef<[Point<Fraction>]>> Pieces for Graded<L> {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        jumps(self, last, each)
    }
}

tokenomics_internals::checked_codec! {
    Graded<L: AsRef<[Point<Fraction>]>>::new as RawGraded {
        total: Amount,
        points: L,
    }
}

#[cfg(all(feature = "alloc", any(feature = "arbitrary", feature = "proptest")))]
impl FromSeed for Graded<Vec<Point<Fraction>>> {
    type Seed = (Amount, Vec<(Timestamp, Fraction)>);

    fn from_seed((total, list): Self::Seed) -> Option<Self> {
        let mut points = points(&list);
        if let Some(last) = points.last_mut() {
            *last = Point::new(last.at(), Fraction::ONE);
        }
        Self::new(total, points).ok()
    }
}
