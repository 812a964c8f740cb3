//! The S-curve: logistic growth towards a ceiling.

use tokenomics_fixed_math::{mul_div, Amount, Growth, Ratio, Rounding, Timestamp, U256};
use tokenomics_internals::{difference, earliest};

use crate::check::{elapsed, in_range, length};
use crate::{Curve, Error, Quantity};

/// Logistic growth: a supply that grows like an exponential at first, fastest at half of a ceiling,
/// and comes ever closer to it.
///
/// With K for the ceiling, S for the supply at the start and r for the rate, the supply after t is
/// K / (1 + (K − S)/S·e^(−r·t)). It never comes to K, so the curve has an end: [`Timestamp::MAX`]
/// if it is to go on for ever.
///
/// # Rounding
/// Floor for the supply: the exact real number, rounded once.
///
/// # Laws
/// Those of [`Curve`]. `emitted_at` is one [`Growth`] and one division, and a few more where these
/// leave the last unit open; `time_of` is a search.
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
/// Verhulst, Notice sur la loi que la population suit dans son accroissement (1838). Ampleforth
/// bounds its rebases by such a curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Logistic {
    start: Timestamp,
    // After the start.
    end: Timestamp,
    // Above 0 and below the ceiling.
    supply: Amount,
    ceiling: Amount,
    rate: Ratio,
    growth: Growth,
    // (K − S)/S and S/(K − S).
    missing: Share,
    there: Share,
    // How long it takes to half of the ceiling, if it gets there before the end.
    falls_from: Option<u64>,
}

/// The bound on the error of 1/v and v, where they are at most 1, in units of the fixed-point
/// numbers: they are off by less than this, two for what a share has lost, and one that is cut off.
/// It is a power of two, by which it is quick to multiply.
const ERROR: u128 = 4;

/// Returns the 1 of fixed-point numbers that leave a gap of 2^-8 units of the supply or, for
/// ceilings above 2^116, of up to sixteen.
fn one(ceiling: Amount) -> u128 {
    let bits = 138_u32.saturating_sub(ceiling.get().leading_zeros());
    1_u128.wrapping_shl(bits.min(126))
}

/// A quotient as product / power, cut off: worked out once, so that no call has to divide for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Share {
    product: U256,
    // A power of two.
    power: u128,
}

impl Share {
    /// Returns part·one / whole.
    fn new(part: u128, whole: u128, one: u128) -> Result<Self, Error> {
        let product = U256::product(part, one);
        // As far up as there is room. With all 127 places less than 2^-127 is lost, and what that is a part
        // of grows by at most whole / part, which is below 2^128; with fewer the product has 256 bits, of
        // which the quotient has 127 or more.
        let room = match product.high() {
            0 => 127,
            high => high.leading_zeros().min(127),
        };
        let product = product
            .checked_shl(room)?
            .checked_div(whole, Rounding::Floor)?;
        Ok(Self {
            product,
            power: 1_u128.wrapping_shl(room),
        })
    }
}

impl Logistic {
    /// Creates the growth of a supply from `supply` at `start` towards `ceiling`, at a continuous
    /// `rate` per unit of the clock, until `end`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an end that is not after the start, a supply of 0, a ceiling that
    /// is not above it, and a rate of 2^63 or more.
    ///
    /// ```
    /// # use tokenomics_emission_curves::{Curve, Error, Logistic, Quantity};
    /// # use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
    /// let (start, end) = (Timestamp::ZERO, Timestamp::new(100));
    /// let (ceiling, rate) = (Amount::new(1_000), Ratio::new(1, 10)?);
    /// let from = |supply| Logistic::new(start, end, Amount::new(supply), ceiling, rate);
    /// // Ten e-foldings later all but the last unit of the ceiling is there.
    /// assert_eq!(from(100)?.cap(), Amount::new(899));
    ///
    /// // Nothing grows from nothing.
    /// let (what, value, bound) = (Quantity::StartSupply, 0, 1);
    /// assert_eq!(from(0), Err(Error::OutOfRange { what, value, bound }));
    /// # Ok::<(), tokenomics_emission_curves::Error>(())
    /// ```
    pub fn new(
        start: Timestamp,
        end: Timestamp,
        supply: Amount,
        ceiling: Amount,
        rate: Ratio,
    ) -> Result<Self, Error> {
        let length = length(start, end)?;
        let most = ceiling.get().saturating_sub(1);
        in_range(Quantity::StartSupply, supply.get(), 1, most)?;
        let missing = ceiling.get().saturating_sub(supply.get());
        let mut curve = Self {
            start,
            end,
            supply,
            ceiling,
            rate,
            growth: Growth::continuous(rate)?,
            missing: Share::new(missing, supply.get(), one(ceiling))?,
            there: Share::new(supply.get(), missing, one(ceiling))?,
            falls_from: None,
        };
        let half = ceiling.get().div_ceil(2);
        let reached = |after: Timestamp| curve.reaches(half, after.get());
        let last = Timestamp::new(length);
        if reached(last) {
            curve.falls_from = Some(earliest(Timestamp::ZERO, last, reached).get());
        }
        Ok(curve)
    }

    /// Returns the supply at the start.
    #[must_use]
    pub const fn supply(&self) -> Amount {
        self.supply
    }

    /// Returns the ceiling, which the supply grows to but never reaches.
    #[must_use]
    pub const fn ceiling(&self) -> Amount {
        self.ceiling
    }

    /// Returns the continuous rate at which the supply would grow without a ceiling.
    #[must_use]
    pub const fn rate(&self) -> Ratio {
        self.rate
    }

    /// Returns the supply after `time`, rounded down.
    fn supply_after(&self, time: u64) -> Option<u128> {
        let (least, most) = self.bounds(time)?;
        // Between them there are more than two integers only for a ceiling above 2^115, and then few.
        let mut supply = least;
        while supply < most && self.reaches(supply.saturating_add(1), time) {
            supply = supply.saturating_add(1);
        }
        Some(supply)
    }

    /// Returns two integers between which the supply's floor lies, themselves not excluded; nearly
    /// always they are the same.
    fn bounds(&self, time: u64) -> Option<(u128, u128)> {
        let (ceiling, one) = (self.ceiling.get(), one(self.ceiling));
        let (time, floor) = (Ratio::from_integer(time.into()), Rounding::Floor);
        // v = (K − S)/S·e^(−rt), where it is at most 1: K / (1 + v).
        if self
            .falls_from
            .is_some_and(|middle| time.numerator() >= middle.into())
        {
            let Share { product, power } = self.missing;
            let decay = self.growth.inverse();
            let v = decay.mul_div(product, power, time, floor).ok()?;
            // N / d, and N / (d + ERROR), which is as much in whole units where the rest suffices.
            let divisor = one.saturating_add(v);
            let (most, rest) = U256::product(ceiling, one).div_rem(divisor).ok()?;
            let most = most.to_u128().ok()?;
            if rest >= most.saturating_mul(ERROR) {
                return Some((most, most));
            }
            let divisor = divisor.saturating_add(ERROR);
            return Some((mul_div(ceiling, one, divisor, floor).ok()?, most));
        }
        // Else 1/v, which is at most 1: K·(1/v) / (1 + 1/v).
        let Share { product, power } = self.there;
        let u = self.growth.mul_div(product, power, time, floor).ok()?;
        // N / d, and (N + K·ERROR) / (d + ERROR), which is as much in whole units where the rest lets it.
        let divisor = one.saturating_add(u);
        let (least, rest) = U256::product(ceiling, u).div_rem(divisor).ok()?;
        let least = least.to_u128().ok()?;
        let more = ceiling.saturating_sub(least);
        if divisor.saturating_sub(rest) > more.saturating_mul(ERROR) {
            return Some((least, least));
        }
        let (u, divisor) = (u.saturating_add(ERROR), divisor.saturating_add(ERROR));
        Some((least, mul_div(ceiling, u, divisor, floor).ok()?))
    }

    /// Returns whether the supply after `time` is at least c: c·(K − S)/S·e^(−rt) ≤ K − c, and
    /// since that is whole, the left side may be rounded up.
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

tokenomics_internals::checked_codec! {
    Logistic::new as RawLogistic {
        start: Timestamp = Curve::start,
        end: Timestamp = Curve::end,
        supply: Amount = Logistic::supply,
        ceiling: Amount = Logistic::ceiling,
        rate: Ratio = Logistic::rate,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Logistic;
    use tokenomics_fixed_math::{Amount, Ratio, Timestamp};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        /// Towards ceilings above 2^116 a unit of the fixed-point numbers is up to four of the
        /// supply's.
        #[test]
        fn the_supply_lies_within_its_bounds(
            ceiling in (any::<u128>(), 0..24_u32).prop_map(|(c, down)| (c >> down).max(2)),
            (part, down) in (any::<u128>(), 0..128_u32),
            rate in 1..100_000_u128,
            time in 0..2_000_u64,
        ) {
            let supply = 1 + (part >> down) % (ceiling - 1);
            let (supply, total) = (Amount::new(supply), Amount::new(ceiling));
            let rate = Ratio::new(rate, 1_000_000).unwrap();
            let end = Timestamp::new(2_001);
            let curve = Logistic::new(Timestamp::ZERO, end, supply, total, rate).unwrap();
            let (least, most) = curve.bounds(time).unwrap();
            prop_assert!(curve.reaches(least, time), "{} is too much", least);
            prop_assert!(!curve.reaches(most + 1, time), "{} is too little", most);
        }
    }
}
