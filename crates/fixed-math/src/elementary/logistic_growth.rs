//! Logistic growth: a supply that grows towards a ceiling, and the slower the closer it comes.

use super::growth::Growth;
use crate::{earliest, mul_div, Amount, Error, Quantity, Ratio, Rounding, Timestamp, U256};

/// A supply that grows like an exponential at first, fastest at half of a ceiling, and comes ever
/// closer to it: with K for the ceiling, S for the supply at the start and r for the rate, it is
/// K / (1 + (K − S)/S·e^(−r·t)) after t.
///
/// # Rounding
/// Floor: the exact real number, rounded once.
///
/// # Laws
/// `growth_to_a_ceiling`. A supply is one [`Growth`] and one division, and a few more where these
/// leave the last unit open.
///
/// ```
/// use tokenomics_fixed_math::{Amount, LogisticGrowth, Ratio};
///
/// // From 1% of a million, e-fold in 30 units at first.
/// let (supply, ceiling) = (Amount::new(10_000), Amount::new(1_000_000));
/// let growth = LogisticGrowth::new(supply, ceiling, Ratio::new(1, 30)?)?;
/// assert_eq!(growth.after(30), Amount::new(26_723));
/// // A little less than half of the ceiling shortly before ln(99) times as long.
/// assert_eq!(growth.after(137), Amount::new(492_887));
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
///
/// # Source
/// Verhulst, Notice sur la loi que la population suit dans son accroissement (1838).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LogisticGrowth {
    // Above 0 and below the ceiling.
    supply: Amount,
    ceiling: Amount,
    rate: Ratio,
    growth: Growth,
    // (K − S)/S and S/(K − S).
    missing: Share,
    there: Share,
    // How long it takes to half of the ceiling, if it gets there on this clock.
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
    #[cfg_attr(target_arch = "bpf", inline(always))]
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

impl LogisticGrowth {
    /// Creates the growth from `supply` towards `ceiling`, at a continuous `rate` per unit of time.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a supply of 0, one that is not below the ceiling, and a rate of 2^63
    /// or more.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Error, LogisticGrowth, Quantity, Ratio};
    ///
    /// let rate = Ratio::new(1, 30)?;
    /// let from = |supply| LogisticGrowth::new(Amount::new(supply), Amount::new(1_000), rate);
    /// assert_eq!(from(100)?.after(0), Amount::new(100));
    ///
    /// // Nothing grows from nothing.
    /// let (what, value, bound) = (Quantity::StartSupply, 0, 1);
    /// assert_eq!(from(0), Err(Error::OutOfRange { what, value, bound }));
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(supply: Amount, ceiling: Amount, rate: Ratio) -> Result<Self, Error> {
        let (value, most) = (supply.get(), ceiling.get().saturating_sub(1));
        if value == 0 || value > most {
            let what = Quantity::StartSupply;
            let bound = if value == 0 { 1 } else { most };
            return Err(Error::OutOfRange { what, value, bound });
        }
        let missing = ceiling.get().saturating_sub(supply.get());
        let mut growth = Self {
            supply,
            ceiling,
            rate,
            growth: Growth::continuous(rate)?,
            missing: Share::new(missing, supply.get(), one(ceiling))?,
            there: Share::new(supply.get(), missing, one(ceiling))?,
            falls_from: None,
        };
        let half = ceiling.get().div_ceil(2);
        let reached = |after: Timestamp| growth.reaches(half, after.get());
        if reached(Timestamp::MAX) {
            let middle = earliest(Timestamp::ZERO, Timestamp::MAX, reached);
            growth.falls_from = Some(middle.get());
        }
        Ok(growth)
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

    /// Returns the supply after `time`.
    ///
    /// # Rounding
    /// Floor.
    #[must_use]
    pub fn after(&self, time: u64) -> Amount {
        // There are bounds for every time: both ways they divide what is at most the ceiling.
        let Some((least, most)) = self.bounds(time) else {
            return self.supply;
        };
        // Between them there are more than two integers only for a ceiling above 2^115, and then few.
        let mut supply = least;
        while supply < most && self.reaches(supply.saturating_add(1), time) {
            supply = supply.saturating_add(1);
        }
        Amount::new(supply)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::LogisticGrowth;
    use crate::{Amount, Ratio};

    #[test]
    fn a_growth_gives_back_what_it_was_made_of() {
        let (supply, ceiling) = (Amount::new(10), Amount::new(90));
        let rate = Ratio::new(1, 30).unwrap();
        let growth = LogisticGrowth::new(supply, ceiling, rate).unwrap();
        let parts = (growth.supply(), growth.ceiling(), growth.rate());
        assert_eq!(parts, (supply, ceiling, rate));
    }

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
            let growth = LogisticGrowth::new(supply, total, rate).unwrap();
            let (least, most) = growth.bounds(time).unwrap();
            prop_assert!(growth.reaches(least, time), "{} is too much", least);
            prop_assert!(!growth.reaches(most + 1, time), "{} is too little", most);
        }
    }
}
