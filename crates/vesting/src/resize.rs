//! Schedules that can have another total.

use tokenomics_fixed_math::Amount;

use crate::{
    Allocation, AnySchedule, Calendar, Cliff, Error, Exponential, Gate, Linear, LumpLinear, Power,
    Scale, Schedule, Shift, SimpleSchedule, Step,
};

/// A schedule whose total can be another one, with the same times.
///
/// # Laws
/// `non_expansive`: of the two, the one with the larger total vests at any time at least as much as
/// the other, and at most the difference of the totals more.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Linear, Resize, Schedule};
///
/// let at = Timestamp::new;
/// let linear = Linear::new(at(0), at(4), Amount::new(10))?;
/// assert_eq!(linear.with_total(Amount::new(18))?.vested_at(at(3)), Amount::new(13));
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
pub trait Resize: Schedule + Sized {
    /// Returns the same schedule with `total` in place of its own.
    ///
    /// # Errors
    /// Those of its constructor, where a part of a fixed amount is above the total, such as the
    /// lump of a [`LumpLinear`]. [`Error::NotResizable`] for a value of which what has vested could
    /// fall, such as a [`Step`] whose dust goes to a single tranche.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Error, LumpLinear, Resize, Schedule};
    ///
    /// let (cliff, end) = (Timestamp::new(0), Timestamp::new(100));
    /// let grant = LumpLinear::new(cliff, end, Amount::new(250), Amount::new(1_000))?;
    /// // The lump stays; what follows grows.
    /// let larger = grant.with_total(Amount::new(1_250))?;
    /// assert_eq!(larger.vested_at(cliff), Amount::new(250));
    /// assert_eq!(larger.vested_at(Timestamp::new(50)), Amount::new(750));
    ///
    /// let less = grant.with_total(Amount::new(249));
    /// assert!(matches!(less, Err(Error::OutOfRange { value: 250, max: 249, .. })));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    fn with_total(&self, total: Amount) -> Result<Self, Error>;
}

impl Resize for Cliff {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        Ok(Self::new(self.start(), total))
    }
}

impl Resize for Linear {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        Self::new(self.start(), self.end(), total)
    }
}

/// Returns [`Error::NotResizable`] where a single tranche takes the dust: a unit more of the
/// total can move all of it.
impl Resize for Step {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        let allocation = non_expansive(self.allocation())?;
        Self::new(self.start(), self.period(), self.count(), total, allocation)
    }
}

/// Returns [`Error::NotResizable`] where a single tranche takes the dust, as of a [`Step`].
impl Resize for Calendar {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        let allocation = non_expansive(self.allocation())?;
        let (start, every, day) = (self.start(), self.every(), self.day());
        Self::new(start, every, day, self.count(), total, allocation)
    }
}

fn non_expansive(allocation: Allocation) -> Result<Allocation, Error> {
    match allocation {
        Allocation::FrontLoadedToSingleTranche | Allocation::BackLoadedToSingleTranche => {
            let what = "a schedule whose dust goes to a single tranche";
            Err(Error::NotResizable { what })
        }
        _ => Ok(allocation),
    }
}

/// The lump stays what it is.
impl Resize for LumpLinear {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        Self::new(self.start(), self.end(), self.lump(), total)
    }
}

impl<S: Resize> Resize for Gate<S> {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        Ok(Self::new(self.inner().with_total(total)?, self.until()))
    }
}

impl<S: Resize + Clone> Resize for Shift<S> {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        Self::new(
            self.inner().with_total(total)?,
            self.by(),
            self.is_earlier(),
        )
    }
}

impl Resize for Power {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        Self::new(self.start(), self.end(), self.exponent(), total)
    }
}

impl Resize for Exponential {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        Self::new(self.start(), self.end(), self.steepness(), total)
    }
}

/// Any schedule that is scaled can be scaled to another total.
impl<S: Schedule + Clone> Resize for Scale<S> {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        Self::new(self.inner().clone(), total)
    }
}

/// Returns [`Error::NotResizable`] for a list of amounts: [`Scale`] one that is to have
/// another total.
impl Resize for SimpleSchedule {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        Ok(match self {
            Self::Cliff(schedule) => schedule.with_total(total)?.into(),
            Self::Linear(schedule) => schedule.with_total(total)?.into(),
            Self::Step(schedule) => schedule.with_total(total)?.into(),
            Self::LumpLinear(schedule) => schedule.with_total(total)?.into(),
            Self::Calendar(schedule) => schedule.with_total(total)?.into(),
            Self::Power(schedule) => schedule.with_total(total)?.into(),
            Self::Exponential(schedule) => schedule.with_total(total)?.into(),
            #[cfg(feature = "alloc")]
            Self::Graded(schedule) => schedule.with_total(total)?.into(),
            #[cfg(feature = "alloc")]
            Self::Tranches(_) | Self::Piecewise(_) => {
                let what = "a list of amounts";
                return Err(Error::NotResizable { what });
            }
        })
    }
}

/// Returns [`Error::NotResizable`] where two schedules, or a time, decide what the total is.
impl<S: Resize + Clone> Resize for AnySchedule<S> {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        Ok(match self {
            Self::Simple(schedule) => Self::Simple(schedule.with_total(total)?),
            Self::Gate(schedule) => Self::Gate(schedule.with_total(total)?),
            Self::Shift(schedule) => Self::Shift(schedule.with_total(total)?),
            Self::Scale(schedule) => Self::Scale(schedule.with_total(total)?),
            Self::Sum(_) | Self::Min(_) | Self::Truncate(_) => {
                let what = "a sum, a minimum or a truncation";
                return Err(Error::NotResizable { what });
            }
        })
    }
}
