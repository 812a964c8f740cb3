//! Instalments on a day of the month.

use tokenomics_fixed_math::{Amount, Span, Timestamp};

use crate::check::positive;
use crate::date::second_of_day;
use crate::pieces::jumps;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::FromSeed;
use crate::{Allocation, Date, Each, Error, Pieces, Quantity, Resize, Schedule};

/// The parameters of a [`Calendar`], which [`Calendar::new`] checks.
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
pub struct CalendarParams {
    /// The start, of which the time of day is that of each instalment.
    pub start: Timestamp,
    /// The number of months from each instalment to the next; above 0.
    pub every: u16,
    /// The day of the month, 1 to 31; for the one that the start falls on,
    /// [`Date::of`]`(start)?.day()`.
    pub day: u8,
    /// The number of instalments; above 0.
    pub count: u32,
    /// The sum of all instalments.
    pub total: Amount,
    /// The rule by which the total is cut into them.
    pub allocation: Allocation,
}

/// A schedule of `count` instalments on a day of the month, `every` so many months, in UTC.
///
/// The k-th is in the k·`every`-th month after that of the start, on `day` or on the last day of a
/// month that is shorter, at the start's time of day. So 31 means the last day of every month, and
/// the day never drifts: after a February it is the 31st again.
///
/// Timestamps are Unix seconds, from 1970 to the end of 9999.
///
/// # Rounding
/// That of the allocation for what has vested, Ceil for the time of an amount.
///
/// # Laws
/// Those of [`Schedule`], `non_expansive` but for the dust of the two single tranches: see
/// [`Allocation`].
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Allocation, Calendar, CalendarParams, Date, Schedule};
///
/// // Monthly from 2024-01-31, at noon.
/// let start = Timestamp::new(Date::new(2024, 1, 31)?.midnight().get() + 43_200);
/// let schedule = Calendar::new(CalendarParams {
///     start,
///     every: 1,
///     day: 31,
///     count: 12,
///     total: Amount::new(1_200),
///     allocation: Allocation::FrontLoaded,
/// })?;
/// let days = [1, 2, 3, 12].map(|k| schedule.unlock(k).and_then(|at| Date::of(at).ok()));
/// let date = |year, month, day| Date::new(year, month, day).ok();
/// assert_eq!(
///     days,
///     [date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30), date(2025, 1, 31)],
/// );
/// assert_eq!(schedule.vested_at(Date::new(2024, 3, 31)?.midnight()), Amount::new(100));
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
///
/// # Source
/// The Open Cap Format's vesting period in months, with a day of the month "or last day of month"
/// (`VestingDayOfMonth`). What is on chain counts seconds or blocks of an average month, which
/// drifts from the calendar by days within a few years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Calendar {
    start: Timestamp,
    // Of the last instalment: computed once, where it is checked.
    end: Timestamp,
    total: Amount,
    // Never 0, and nor is any of the next two.
    count: u32,
    every: u16,
    day: u8,
    allocation: Allocation,
}

impl Calendar {
    /// Creates the schedule of these parameters.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a count or a number of months of 0, a day of 0 or above 31, and a
    /// start or a last instalment past the year 9999.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_vesting::{Allocation, Calendar, CalendarParams, Date, Error, Quantity, Schedule};
    ///
    /// // Sixteen quarters, each on the 15th.
    /// let params = CalendarParams {
    ///     start: Date::new(2025, 1, 15)?.midnight(),
    ///     every: 3,
    ///     day: 15,
    ///     count: 16,
    ///     total: Amount::new(1_600),
    ///     allocation: Allocation::FrontLoaded,
    /// };
    /// let plan = Calendar::new(params)?;
    /// assert_eq!(plan.vested_at(Date::new(2026, 1, 14)?.midnight()), Amount::new(300));
    /// assert_eq!(plan.vested_at(Date::new(2026, 1, 15)?.midnight()), Amount::new(400));
    ///
    /// let none = Calendar::new(CalendarParams { day: 32, ..params });
    /// assert!(matches!(none, Err(Error::OutOfRange { value: 32, bound: 31, .. })));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn new(params: CalendarParams) -> Result<Self, Error> {
        let CalendarParams {
            start,
            every,
            day,
            count,
            total,
            allocation,
        } = params;
        positive(Quantity::Months, every.into())?;
        positive(Quantity::Instalments, count.into())?;
        let end = unlock(start, every, day, count)?;
        Ok(Self {
            start,
            end,
            total,
            count,
            every,
            day,
            allocation,
        })
    }

    /// Returns the time at which the `k`-th instalment unlocks, counted from 1, or `None` for 0 and
    /// beyond the last.
    #[must_use]
    pub fn unlock(&self, k: u32) -> Option<Timestamp> {
        let one = (1..=self.count).contains(&k);
        // Not after the last, which the constructor has made.
        one.then(|| self.nth(k))
    }

    /// Returns the number of months from one instalment to the next; never 0.
    #[must_use]
    pub const fn every(&self) -> u16 {
        self.every
    }

    /// Returns the day of the month, 1 to 31; in a month that is shorter, its last day stands for
    /// it.
    #[must_use]
    pub const fn day(&self) -> u8 {
        self.day
    }

    /// Returns the number of instalments; never 0.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// Returns the rule by which the total is cut.
    #[must_use]
    pub const fn allocation(&self) -> Allocation {
        self.allocation
    }

    /// Returns the time of the k-th instalment for 0 ≤ k ≤ count: there is one, as there is for the
    /// last.
    fn nth(&self, k: u32) -> Timestamp {
        unlock(self.start, self.every, self.day, k).unwrap_or(self.end)
    }

    /// Returns how many instalments have unlocked by `at`, a time between the start and the end.
    fn passed(&self, at: Timestamp) -> u32 {
        let month = |at| Date::of(at).map_or(0, Date::month_index);
        let months = month(at).saturating_sub(month(self.start));
        let k = months.checked_div(self.every.into()).unwrap_or(0);
        // The k-th is in this month or in one before, the next one in a later month: only whether
        // the k-th has been is open. The 0-th, in the start's own month, may come after the start.
        if self.nth(k) > at {
            k.saturating_sub(1)
        } else {
            k
        }
    }
}

/// Returns the time on day `day` of the k·every-th month after that of `start`, at the start's time
/// of day.
fn unlock(start: Timestamp, every: u16, day: u8, k: u32) -> Result<Timestamp, Error> {
    // Where this saturates the year is past 9999, and refused.
    let months = u32::from(every).saturating_mul(k);
    let date = Date::of(start)?.months_later(months, day)?;
    let time = Span::new(second_of_day(start));
    Ok(date.midnight().checked_add(time)?)
}

impl Schedule for Calendar {
    fn total(&self) -> Amount {
        self.total
    }

    fn start(&self) -> Timestamp {
        self.start
    }

    fn end(&self) -> Timestamp {
        self.end
    }

    fn vested_at(&self, at: Timestamp) -> Amount {
        if at >= self.end {
            return self.total;
        }
        if at < self.start {
            return Amount::ZERO;
        }
        let passed = self.passed(at);
        self.allocation.cumulative(self.total, self.count, passed)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        if amount.is_zero() {
            return Some(Timestamp::ZERO);
        }
        let k = self.allocation.parts_for(self.total, self.count, amount)?;
        Some(self.nth(k))
    }
}

impl Pieces for Calendar {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        jumps(self, last, each)
    }
}

/// Returns [`Error::NotResizable`] where a single tranche takes the dust, as of a [`Step`](crate::Step).
impl Resize for Calendar {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        let allocation = self.allocation().non_expansive()?;
        Self::new(CalendarParams {
            start: self.start(),
            every: self.every(),
            day: self.day(),
            count: self.count(),
            total,
            allocation,
        })
    }
}

tokenomics_internals::checked_codec! {
    Calendar::new(CalendarParams) as RawCalendar {
        start: Timestamp = Schedule::start,
        every: u16 = Calendar::every,
        day: u8 = Calendar::day,
        count: u32 = Calendar::count,
        total: Amount = Schedule::total,
        allocation: Allocation = Calendar::allocation,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for Calendar {
    type Seed = (Timestamp, (u16, u8), u32, Amount, Allocation);

    fn from_seed((start, (every, day), count, total, allocation): Self::Seed) -> Option<Self> {
        // The last instalment of all is a month after this, at the latest time of day.
        let last = Date::new(9_999, 11, 30).ok()?.midnight();
        let start = if start > last {
            Timestamp::new(start.get().checked_rem(last.get())?)
        } else {
            start
        };
        let room = Date::new(9_999, 12, 31).ok()?.month_index();
        let room = room.saturating_sub(Date::of(start).ok()?.month_index());
        let every = every.max(1).min(u16::try_from(room).unwrap_or(u16::MAX));
        let count = count.max(1).min(room.checked_div(every.into())?);
        let params = CalendarParams {
            start,
            every,
            day: day.clamp(1, 31),
            count,
            total,
            allocation,
        };
        Self::new(params).ok()
    }
}
