//! Equal instalments at a fixed period.

use tokenomics_fixed_math::{Amount, Span, Timestamp};

use crate::check::positive;
use crate::pieces::jumps;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::FromSeed;
use crate::{Allocation, Each, Error, Pieces, Quantity, Resize, Schedule};

/// The parameters of a [`Step`], which [`Step::new`] checks.
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
pub struct StepParams {
    /// The start, one period before the first instalment.
    pub start: Timestamp,
    /// The time from each instalment to the next; above 0.
    pub period: Span,
    /// The number of instalments; above 0.
    pub count: u32,
    /// The sum of all instalments.
    pub total: Amount,
    /// The rule by which the total is cut into them.
    pub allocation: Allocation,
}

/// A schedule of `count` instalments, the k-th at start + k·period for k = 1..=count.
///
/// The instalments are equal where `count` divides the total. Where it doesn't, an [`Allocation`]
/// says where the dust goes; they sum to the total under each.
///
/// # Rounding
/// That of the allocation for what has vested, Ceil for the time of an amount.
///
/// # Laws
/// Those of [`Schedule`], `non_expansive` but for the dust of the two single tranches: see
/// [`Allocation`].
///
/// ```
/// use tokenomics_fixed_math::{Amount, Span, Timestamp};
/// use tokenomics_vesting::{Allocation, Schedule, Step, StepParams};
///
/// let (start, period, total) = (Timestamp::new(100), Span::new(10), Amount::new(18));
/// let schedule = Step::new(StepParams {
///     start,
///     period,
///     count: 4,
///     total,
///     allocation: Allocation::CumulativeRoundDown,
/// })?;
/// let vested = [109, 110, 120, 130, 140].map(|at| schedule.vested_at(Timestamp::new(at)).get());
/// assert_eq!(vested, [0, 4, 9, 13, 18]);
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
///
/// # Source
/// ORML `VestingSchedule` (start, period, period_count), which stores the amount per period where
/// this stores the total. The allocations are those of the Open Cap Format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Step {
    start: Timestamp,
    period: Span,
    // Never 0, and nor is the period.
    count: u32,
    // start + count·period, computed once, where its overflow is checked.
    end: Timestamp,
    total: Amount,
    allocation: Allocation,
}

impl Step {
    /// Creates the schedule of these parameters.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a period or a count of 0; [`Error::Overflow`] if
    /// start + count·period is past [`Timestamp::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// use tokenomics_vesting::{Allocation, Error, Schedule, Step, StepParams};
    ///
    /// // Twelve instalments, 30 days apart.
    /// let (start, month) = (Timestamp::new(0), Span::new(2_592_000));
    /// let params = StepParams {
    ///     start,
    ///     period: month,
    ///     count: 12,
    ///     total: Amount::new(1_200),
    ///     allocation: Allocation::FrontLoaded,
    /// };
    /// let monthly = Step::new(params)?;
    /// assert_eq!(monthly.vested_at(Timestamp::new(2_591_999)), Amount::ZERO);
    /// assert_eq!(monthly.vested_at(Timestamp::new(2_592_000)), Amount::new(100));
    /// assert_eq!(monthly.end(), Timestamp::new(12 * 2_592_000));
    ///
    /// let none = Step::new(StepParams { count: 0, ..params });
    /// assert!(matches!(none, Err(Error::OutOfRange { value: 0, bound: 1, .. })));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn new(params: StepParams) -> Result<Self, Error> {
        let StepParams {
            start,
            period,
            count,
            total,
            allocation,
        } = params;
        positive(Quantity::Period, period.get().into())?;
        positive(Quantity::Instalments, count.into())?;
        let end = start.checked_add(period.checked_mul(count.into())?)?;
        Ok(Self {
            start,
            period,
            count,
            end,
            total,
            allocation,
        })
    }

    /// Returns the time between two instalments; never 0.
    #[must_use]
    pub const fn period(&self) -> Span {
        self.period
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
}

impl Schedule for Step {
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
        let Some(elapsed) = at.since(self.start) else {
            return Amount::ZERO;
        };
        // The period is not 0. Before the end fewer than `count` have passed, so they fit a u32.
        let passed = elapsed.get().checked_div(self.period.get()).unwrap_or(0);
        let passed = u32::try_from(passed).unwrap_or(self.count);
        self.allocation.cumulative(self.total, self.count, passed)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        if amount.is_zero() {
            return Some(Timestamp::ZERO);
        }
        let k = self.allocation.parts_for(self.total, self.count, amount)?;
        let wait = self.period.checked_mul(k.into()).ok()?;
        self.start.checked_add(wait).ok()
    }
}

impl Pieces for Step {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        jumps(self, last, each)
    }
}

/// Returns [`Error::NotResizable`] where a single tranche takes the dust: a unit more of the
/// total can move all of it.
impl Resize for Step {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        let allocation = self.allocation().non_expansive()?;
        Self::new(StepParams {
            start: self.start(),
            period: self.period(),
            count: self.count(),
            total,
            allocation,
        })
    }
}

tokenomics_internals::checked_codec! {
    Step::new(StepParams) as RawStep {
        start: Timestamp = Schedule::start,
        period: Span = Step::period,
        count: u32 = Step::count,
        total: Amount = Schedule::total,
        allocation: Allocation = Step::allocation,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for Step {
    type Seed = (Timestamp, Span, u32, Amount, Allocation);

    /// Often a single instalment or as many as there can be, up to the end of the clock.
    fn from_seed((start, period, count, total, allocation): Self::Seed) -> Option<Self> {
        let start = start.min(Timestamp::new(u64::MAX.saturating_sub(1)));
        let room = Timestamp::MAX.since(start)?.get();
        let count = count.max(1).min(u32::try_from(room).unwrap_or(u32::MAX));
        let period = period.get().max(1).min(room.checked_div(count.into())?);
        let params = StepParams {
            start,
            period: Span::new(period),
            count,
            total,
            allocation,
        };
        Self::new(params).ok()
    }
}
