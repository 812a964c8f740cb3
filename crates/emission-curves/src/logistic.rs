//! The S-curve.

use tokenomics_fixed_math::{mul_div, Amount, Growth, Ratio, Rounding, Timestamp, U256};

use crate::check::{elapsed, in_range, length};
#[cfg(feature = "serde")]
use crate::codec;
use crate::curve::difference;
use crate::search::earliest;
use crate::{Curve, Error};

/// Logistic growth: a supply that grows like an exponential at first, fastest at half of a ceiling, and
/// comes ever closer to it.
///
/// With K for the ceiling, S for the supply at the start and r for the rate, the supply after t is
/// K / (1 + (K − S)/S·e^(−r·t)). It never comes to K, so the curve has an end: [`Timestamp::MAX`] if it
/// is to go on for ever.
///
/// # Rounding
/// Floor for the supply: the exact real number, rounded once.
///
/// # Laws
/// Those of [`Curve`]. `emitted_at` is one [`Growth`] and two divisions, and where these leave a doubt
/// a few more; `time_of` is a search.
///
/// ```
/// use tokenomics_emission_curves::{Curve, Logistic};
/// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
///
/// // From 1% of a million to all of it, at e-fold a month: half is there in the fifth month.
/// let (start, end) = (Timestamp::ZERO, Timestamp::MAX);
/// let (supply, ceiling) = (Amount::new(10_000), Amount::new(1_000_000));
/// let curve = Logistic::new(start, end, supply, ceiling, Ratio::new(1, 30 * 86_400)?)?;
/// let half = curve.time_of(Amount::new(490_000)).map(|time| time.get() / (30 * 86_400));
/// assert_eq!(half, Some(4));
/// assert_eq!(curve.cap(), Amount::new(989_999));
/// # Ok::<(), tokenomics_emission_curves::Error>(())
/// ```
///
/// # Source
/// Verhulst, Notice sur la loi que la population suit dans son accroissement (1838). Ampleforth bounds
/// its rebases by such a curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "codec::RawLogistic", into = "codec::RawLogistic")
)]
pub struct Logistic {
    start: Timestamp,
    // After the start.
    end: Timestamp,
    // Above 0 and below the ceiling.
    supply: Amount,
    ceiling: Amount,
    rate: Ratio,
    growth: Growth,
    // How long it takes to half of the ceiling, if it gets there before the end.
    middle: Option<u64>,
}

impl Logistic {
    /// From `supply` at `start` towards `ceiling`, at a continuous `rate` per unit of the clock, until
    /// `end`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an end that is not after the start, a supply of 0, and a ceiling that
    /// is not above it; [`Error::Math`] for a rate of 2^63 or more.
    pub fn new(
        start: Timestamp,
        end: Timestamp,
        supply: Amount,
        ceiling: Amount,
        rate: Ratio,
    ) -> Result<Self, Error> {
        let length = length(start, end)?;
        let most = ceiling.get().saturating_sub(1);
        in_range("the supply at the start", supply.get(), 1, most)?;
        let mut curve = Self {
            start,
            end,
            supply,
            ceiling,
            rate,
            growth: Growth::continuous(rate)?,
            middle: None,
        };
        let half = ceiling.get().div_ceil(2);
        let reached = |after: Timestamp| curve.reaches(half, after.get());
        let last = Timestamp::new(length);
        if reached(last) {
            curve.middle = Some(earliest(Timestamp::ZERO, last, reached).get());
        }
        Ok(curve)
    }

    /// The supply at the start.
    #[must_use]
    pub const fn supply(&self) -> Amount {
        self.supply
    }

    /// What the supply grows to but never reaches.
    #[must_use]
    pub const fn ceiling(&self) -> Amount {
        self.ceiling
    }

    /// The continuous rate at which it would grow without a ceiling.
    #[must_use]
    pub const fn rate(&self) -> Ratio {
        self.rate
    }

    /// The supply after `time`, rounded down.
    fn supply_after(&self, time: u64) -> Option<u128> {
        let (least, most) = self.bounds(time)?;
        // Between them there are more than two integers only for a ceiling above 2^126: at most five.
        let mut supply = least;
        while supply < most && self.reaches(supply.saturating_add(1), time) {
            supply = supply.saturating_add(1);
        }
        Some(supply)
    }

    /// Two integers between which the supply's floor lies, themselves not excluded; nearly always the
    /// same.
    fn bounds(&self, time: u64) -> Option<(u128, u128)> {
        let (ceiling, supply) = (self.ceiling.get(), self.supply.get());
        let missing = ceiling.saturating_sub(supply);
        let floor = Rounding::Floor;
        // The 1 of fixed-point numbers that leave a gap of 2^-10 units of the supply or, above 2^116, of
        // four.
        let bits = 138_u32.saturating_sub(ceiling.leading_zeros()).min(126);
        let one = 1_u128.wrapping_shl(bits);
        // v = (K − S)/S·e^(−rt), cut off, where it is at most 1: K / (1 + v).
        if self.middle.is_some_and(|middle| time >= middle) {
            let decay = self.growth.inverse();
            let time = Ratio::from_integer(time.into());
            let v = decay
                .mul_div(U256::product(missing, one), supply, time, floor)
                .ok()?;
            let of = |v: u128| mul_div(ceiling, one, one.saturating_add(v), floor).ok();
            return Some((of(v.saturating_add(1))?, of(v)?));
        }
        // Else 1/v, which is at most 1: K·(1/v) / (1 + 1/v).
        let time = Ratio::from_integer(time.into());
        let share = U256::product(supply, one);
        let u = self.growth.mul_div(share, missing, time, floor).ok()?;
        let of = |u: u128| mul_div(ceiling, u, one.saturating_add(u), floor).ok();
        Some((of(u)?, of(u.saturating_add(1))?))
    }

    /// Whether the supply after `time` is at least c: c·(K − S)/S·e^(−rt) ≤ K − c, and since that
    /// is whole, the left side may be rounded up.
    fn reaches(&self, c: u128, time: u64) -> bool {
        let (ceiling, supply) = (self.ceiling.get(), self.supply.get());
        let product = U256::product(c, ceiling.saturating_sub(supply));
        let decay = self.growth.inverse();
        let time = Ratio::from_integer(time.into());
        let left = decay.mul_div(product, supply, time, Rounding::Ceil);
        left.is_ok_and(|left| left <= ceiling.saturating_sub(c))
    }
}

impl Curve for Logistic {
    fn cap(&self) -> Amount {
        self.emitted_at(self.end)
    }

    fn start(&self) -> Timestamp {
        self.start
    }

    fn end(&self) -> Timestamp {
        self.end
    }

    fn emitted_at(&self, at: Timestamp) -> Amount {
        let supply = self
            .supply_after(elapsed(self.start, self.end, at))
            .map(Amount::new);
        difference(supply.unwrap_or(self.supply), self.supply)
    }
}
