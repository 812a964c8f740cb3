//! A linear schedule whose division is done once.

use tokenomics_fixed_math::{Amount, Timestamp};

use crate::{Linear, Schedule};

/// A [`Linear`] for callers who ask often: its total is divided by its duration once, so that each
/// answer takes one division of 64 bits instead of one of 256.
///
/// # Rounding
/// Floor for what has vested, Ceil for the time of an amount, as for [`Linear`].
///
/// # Laws
/// `prepared_is_the_same`: every answer is that of the line that it was made of.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Linear, PreparedLinear, Schedule};
///
/// let line = Linear::new(Timestamp::new(0), Timestamp::new(3), Amount::new(10))?;
/// let prepared = PreparedLinear::from(line);
/// let vested = [0, 1, 2, 3, 4].map(|at| prepared.vested_at(Timestamp::new(at)).get());
/// assert_eq!(vested, [0, 3, 6, 10, 10]);
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PreparedLinear {
    line: Linear,
    // total = quotient · duration + rest, and rest < duration.
    quotient: u128,
    rest: u64,
}

impl PreparedLinear {
    /// Returns the line that it was made of.
    #[must_use]
    pub const fn line(&self) -> &Linear {
        &self.line
    }

    /// Computes floor(rest · elapsed / duration), of an elapsed time below the duration.
    #[inline]
    fn part(&self, elapsed: u64, duration: u64) -> u128 {
        // The duration isn't 0.
        match self.rest.checked_mul(elapsed) {
            Some(product) => product.checked_div(duration).unwrap_or(0).into(),
            None => u128::from(self.rest)
                // A product of 64 bits each.
                .wrapping_mul(elapsed.into())
                .checked_div(duration.into())
                .unwrap_or(0),
        }
    }
}

impl From<Linear> for PreparedLinear {
    fn from(line: Linear) -> Self {
        let (total, duration) = (line.total().get(), line.duration().get());
        // The duration isn't 0, and the rest is below it.
        let rest = total.checked_rem(duration.into()).unwrap_or(0);
        Self {
            line,
            quotient: total.checked_div(duration.into()).unwrap_or(0),
            rest: u64::try_from(rest).unwrap_or(u64::MAX),
        }
    }
}

impl Schedule for PreparedLinear {
    fn total(&self) -> Amount {
        self.line.total()
    }

    fn start(&self) -> Timestamp {
        self.line.start()
    }

    fn end(&self) -> Timestamp {
        self.line.end()
    }

    #[inline]
    fn vested_at(&self, at: Timestamp) -> Amount {
        let (start, end) = (self.line.start().get(), self.line.end().get());
        if at.get() >= end {
            return self.line.total();
        }
        let Some(elapsed) = at.get().checked_sub(start) else {
            return Amount::ZERO;
        };
        // total · elapsed = quotient · elapsed · duration + rest · elapsed. Both terms over the
        // duration sum to at most the total, as the elapsed time is below it, so neither wraps.
        let whole = self.quotient.wrapping_mul(elapsed.into());
        let part = self.part(elapsed, end.wrapping_sub(start));
        Amount::new(whole.wrapping_add(part))
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        self.line.time_of(amount)
    }
}
