//! The linear schedule.

use tokenomics_fixed_math::{
    mul_div, Amount, Error as MathError, Ratio, Rounding, Span, Timestamp,
};

use crate::pieces::jump;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{interval, FromSeed};
use crate::{Each, Error, Piece, Pieces, Resize, Schedule};

/// A schedule that vests evenly from a start to an end: floor(total · (t − start) / (end − start)).
///
/// The total is kept, not a rate, so no dust is left at the end and the end never moves.
///
/// # Rounding
/// Floor for what has vested, Ceil for the time of an amount.
///
/// # Laws
/// Those of [`Schedule`].
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Linear, Schedule};
///
/// let schedule = Linear::new(Timestamp::new(0), Timestamp::new(3), Amount::new(10))?;
/// let vested = [0, 1, 2, 3, 4].map(|at| schedule.vested_at(Timestamp::new(at)).get());
/// assert_eq!(vested, [0, 3, 6, 10, 10]);
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
///
/// # Source
/// OpenZeppelin VestingWallet, `_vestingSchedule`: the same formula over an allocation that here
/// is fixed, where theirs is the wallet's balance plus what was released. A duration of 0, which
/// theirs accepts, is a [`Cliff`](crate::Cliff) here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "RawLinear")
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
pub struct Linear {
    start: Timestamp,
    end: Timestamp,
    total: Amount,
}

impl Linear {
    /// Creates the schedule of `total` base units that vest evenly from `start` to `end`.
    ///
    /// # Errors
    /// [`Error::NotAfter`] unless `start` < `end`.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Error, Linear, Schedule};
    ///
    /// // Four years of 365 days, in seconds; a quarter after the first.
    /// let (start, year) = (Timestamp::new(1_700_000_000), 31_536_000);
    /// let end = Timestamp::new(start.get() + 4 * year);
    /// let salary = Linear::new(start, end, Amount::new(1_000_000))?;
    /// let first = Timestamp::new(start.get() + year);
    /// assert_eq!(salary.vested_at(first), Amount::new(250_000));
    ///
    /// let swapped = Linear::new(end, start, Amount::new(1_000_000));
    /// assert_eq!(swapped, Err(Error::NotAfter { start: end, end: start }));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub const fn new(start: Timestamp, end: Timestamp, total: Amount) -> Result<Self, Error> {
        if start.get() >= end.get() {
            return Err(Error::NotAfter { start, end });
        }
        Ok(Self { start, end, total })
    }

    /// Returns the time from start to end; never 0.
    #[must_use]
    pub fn duration(&self) -> Span {
        // The constructor has start < end.
        self.end.since(self.start).unwrap_or(Span::MAX)
    }

    /// Returns how much of the total has vested by `at` along a curve between the start and the end:
    /// there `part` of it, for the share of the duration that has passed.
    ///
    /// `part` is floored, which keeps the order of times, and of totals of which one is larger by whole
    /// units, since it is at most the total. Nor does it fail, of a share below 1.
    pub(crate) fn along(
        &self,
        at: Timestamp,
        part: impl FnOnce(Amount, Ratio) -> Result<Amount, MathError>,
    ) -> Amount {
        if at >= self.end {
            return self.total;
        }
        let share = at.since(self.start).map(|elapsed| {
            let duration = self.duration().get();
            Ratio::new(elapsed.get().into(), duration.into())
        });
        // Before the start there is no share.
        match share {
            Some(Ok(share)) => part(self.total, share).unwrap_or(Amount::ZERO),
            _ => Amount::ZERO,
        }
    }
}

impl Schedule for Linear {
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
        // elapsed < duration, so the quotient is at most the total and the division can't fail.
        self.total
            .mul_div(
                elapsed.get().into(),
                self.duration().get().into(),
                Rounding::Floor,
            )
            .unwrap_or(Amount::ZERO)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        if amount.is_zero() {
            return Some(Timestamp::ZERO);
        }
        if amount > self.total {
            return None;
        }
        // floor(total·e/d) ≥ x ⟺ total·e ≥ x·d ⟺ e ≥ ⌈x·d/total⌉, at most d as x ≤ total.
        let duration = self.duration().get().into();
        let elapsed = mul_div(amount.get(), duration, self.total.get(), Rounding::Ceil).ok()?;
        let elapsed = Span::new(u64::try_from(elapsed).ok()?);
        self.start.checked_add(elapsed).ok()
    }
}

impl Pieces for Linear {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        let (from, until) = (self.start(), self.end());
        if !self.total().is_zero() && from <= last {
            each(Piece::Line {
                line: *self,
                later: 0,
                from,
                until,
            })?;
        }
        jump(until, self.total(), last, each)
    }
}

impl Resize for Linear {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        Self::new(self.start(), self.end(), total)
    }
}

tokenomics_internals::checked_codec! {
    Linear::new as RawLinear {
        start: Timestamp,
        end: Timestamp,
        total: Amount,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for Linear {
    type Seed = (Timestamp, Timestamp, Amount);

    fn from_seed((a, b, total): Self::Seed) -> Option<Self> {
        let (start, end) = interval(a, b);
        Self::new(start, end, total).ok()
    }
}
