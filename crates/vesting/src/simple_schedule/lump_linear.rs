//! A lump at the cliff, and the rest evenly.

use tokenomics_fixed_math::{Amount, Timestamp};

use crate::check::at_most;
use crate::pieces::jump;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{interval, FromSeed};
use crate::{Each, Error, Linear, Pieces, Quantity, Resize, Schedule};
use tokenomics_internals::difference;

/// A schedule that vests nothing before the cliff, a lump at it, and the rest evenly from the cliff
/// to the end.
///
/// This is the cliff that has an amount of its own. For the cliff that only holds back what has
/// vested meanwhile, see [`Gate`](crate::Gate).
///
/// # Rounding
/// Floor for what has vested, Ceil for the time of an amount.
///
/// # Laws
/// Those of [`Schedule`]; `non_expansive` with the lump held fixed.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{LumpLinear, Schedule};
///
/// let (cliff, end) = (Timestamp::new(100), Timestamp::new(200));
/// let schedule = LumpLinear::new(cliff, end, Amount::new(250), Amount::new(1_000))?;
/// assert_eq!(schedule.vested_at(Timestamp::new(99)), Amount::ZERO);
/// assert_eq!(schedule.vested_at(cliff), Amount::new(250));
/// assert_eq!(schedule.vested_at(Timestamp::new(150)), Amount::new(625));
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
///
/// # Source
/// Sablier Lockup Linear with `unlockAmounts.cliff`, and `unlockAmounts.start` 0. Theirs divides
/// twice, with 18 decimals between; this divides once, so it is never less, and exact at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LumpLinear {
    total: Amount,
    lump: Amount,
    // Of total − lump.
    rest: Linear,
}

impl LumpLinear {
    /// Creates the schedule of `lump` base units at `cliff`, and `total` − `lump` evenly from there
    /// to `end`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a lump above the total, [`Error::NotAfter`] unless `cliff` <
    /// `end`.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Error, LumpLinear, Schedule};
    ///
    /// // A tenth at genesis, the rest evenly.
    /// let (genesis, end, total) = (Timestamp::new(0), Timestamp::new(90), Amount::new(1_000));
    /// let schedule = LumpLinear::new(genesis, end, Amount::new(100), total)?;
    /// assert_eq!(schedule.vested_at(genesis), Amount::new(100));
    /// assert_eq!(schedule.vested_at(Timestamp::new(9)), Amount::new(190));
    ///
    /// let more = LumpLinear::new(genesis, end, Amount::new(1_001), total);
    /// assert!(matches!(more, Err(Error::OutOfRange { value: 1_001, bound: 1_000, .. })));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    #[doc(alias("with_cliff", "cliff_amount"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(
        cliff: Timestamp,
        end: Timestamp,
        lump: Amount,
        total: Amount,
    ) -> Result<Self, Error> {
        at_most(Quantity::Lump, lump.get(), total.get())?;
        let rest = Linear::new(cliff, end, total.checked_sub(lump)?)?;
        Ok(Self { total, lump, rest })
    }

    /// Returns the lump that vests at the cliff.
    #[must_use]
    pub const fn lump(&self) -> Amount {
        self.lump
    }
}

impl Schedule for LumpLinear {
    fn total(&self) -> Amount {
        self.total
    }

    fn start(&self) -> Timestamp {
        self.rest.start()
    }

    fn end(&self) -> Timestamp {
        self.rest.end()
    }

    fn vested_at(&self, at: Timestamp) -> Amount {
        if at < self.start() {
            return Amount::ZERO;
        }
        // At most lump + (total − lump), so the sum can't overflow.
        self.lump
            .checked_add(self.rest.vested_at(at))
            .unwrap_or(self.total)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        if amount.is_zero() {
            return Some(Timestamp::ZERO);
        }
        match amount.checked_sub(self.lump) {
            // More than the lump: the rest must bring what is above it.
            Ok(above) if !above.is_zero() => self.rest.time_of(above),
            _ => Some(self.start()),
        }
    }
}

impl Pieces for LumpLinear {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        jump(self.start(), self.lump(), last, each)?;
        let rest = difference(self.total(), self.lump());
        Linear::new(self.start(), self.end(), rest)?.pieces_by(last, each)
    }
}

/// The lump stays what it is.
impl Resize for LumpLinear {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        Self::new(self.start(), self.end(), self.lump(), total)
    }
}

tokenomics_internals::checked_codec! {
    LumpLinear::new as RawLumpLinear {
        cliff: Timestamp = Schedule::start,
        end: Timestamp = Schedule::end,
        lump: Amount = LumpLinear::lump,
        total: Amount = Schedule::total,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for LumpLinear {
    type Seed = (Timestamp, Timestamp, Amount, Amount);

    fn from_seed((a, b, lump, total): Self::Seed) -> Option<Self> {
        let (cliff, end) = interval(a, b);
        Self::new(cliff, end, lump.min(total), total).ok()
    }
}
