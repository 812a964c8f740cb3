//! Exact sums of amount · price · weight, and what is compared, multiplied and divided of them.

use core::cmp::Ordering;

use tokenomics_fixed_math::{Fraction, Ratio, Rounding, U256};

const WORD_SCALE: u64 = Fraction::SCALE;
const SCALE: u128 = 1_000_000_000_000_000_000;

/// An unsigned integer of 512 bits, for sums of weighted values in units of 1e-36. [`U256`] is what it
/// is made of, and has no room for them: an amount times a price takes all of its bits, and the weight
/// comes on top.
///
/// A weight is at most 2e18, so a term is below 2^377. A slice holds fewer than 2^58 entries, since
/// each takes 64 of at most 2^63 bytes, so the sum over a slice is below 2^435: it can't overflow.
/// Nor can its product with a factor of 64 bits.
///
/// The limbs stand with the most significant first, so their order is that of the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Wide([u128; 4]);

/// Returns a + b + carry, and whether that carries.
pub(crate) fn carrying(a: u128, b: u128, carry: bool) -> (u128, bool) {
    let (sum, over) = a.overflowing_add(b);
    let (sum, over_again) = sum.overflowing_add(carry.into());
    (sum, over || over_again)
}

/// Returns a − b − borrow, and whether that borrows.
fn borrowing(a: u128, b: u128, borrow: bool) -> (u128, bool) {
    let (rest, under) = a.overflowing_sub(b);
    let (rest, under_again) = rest.overflowing_sub(borrow.into());
    (rest, under || under_again)
}

/// Returns a product of 256 bits. All products that a position costs are this one, and a test counts them.
pub(crate) fn product(a: u128, b: u128) -> U256 {
    #[cfg(test)]
    compute::count_product();
    U256::product(a, b)
}

/// Returns quotient and remainder of 256 bits by 128, if the divisor isn't 0. All divisions that a position
/// costs are this one, and a test counts them.
#[cfg_attr(target_arch = "bpf", inline(always))]
fn quotient(number: U256, divisor: u128) -> Option<(U256, u128)> {
    #[cfg(test)]
    compute::count_division();
    number.div_rem(divisor).ok()
}

/// Returns the number of units of 1e-18 in one over a denominator, if that is whole.
#[cfg_attr(target_arch = "bpf", inline(always))]
pub(crate) fn units_over(denominator: u128) -> Option<u64> {
    if denominator == SCALE {
        return Some(1);
    }
    // What divides a word is a word, and one is divided at far less cost.
    let denominator = u64::try_from(denominator).ok()?;
    match WORD_SCALE.checked_rem(denominator) {
        Some(0) => WORD_SCALE.checked_div(denominator),
        _ => None,
    }
}

/// Returns the product of two words, which not every processor has an instruction for.
pub(crate) fn product_of_words(a: u64, b: u64) -> u128 {
    U256::product(a.into(), b.into()).low()
}

/// Returns amount · numerator · weight as what is above 256 bits, and the rest.
#[cfg_attr(not(target_arch = "bpf"), inline)]
#[cfg_attr(target_arch = "bpf", inline(always))]
pub(crate) fn weighed(amount: u128, price: Ratio, weight: u128) -> (u128, U256) {
    let value = product(amount, price.numerator());
    let low = product(value.low(), weight);
    if value.high() == 0 {
        return (0, low);
    }
    let high = product(value.high(), weight);
    let (middle, over) = high.low().overflowing_add(low.high());
    // The upper limb of a product is at most 2^128 − 2.
    let top = high.high().wrapping_add(over.into());
    (top, U256::new(middle, low.low()))
}

/// Returns limb · by + carry as its upper and lower limb.
#[cfg_attr(target_arch = "bpf", inline(always))]
fn row(limb: u128, by: u128, carry: u128) -> (u128, u128) {
    let product = product(limb, by);
    let (low, over) = product.low().overflowing_add(carry);
    // The upper limb of a product is at most 2^128 − 2.
    (product.high().wrapping_add(over.into()), low)
}

impl Wide {
    pub(crate) const ZERO: Self = Self([0; 4]);
    /// The number of units of 1e-18 in 1.
    pub(crate) const SCALE: u128 = SCALE;

    /// Returns a number of one limb.
    pub(crate) const fn from_u128(value: u128) -> Self {
        Self([0, 0, 0, value])
    }

    /// Returns the product of two numbers of 256 bits.
    pub(crate) fn of_product(a: U256, b: U256) -> Self {
        let wide = |number: U256| Self([0, 0, number.high(), number.low()]);
        // Below 2^512.
        wide(a).product(wide(b)).1
    }

    /// Returns amount · price · weight in units of 1e-36, where the weight is in 1e-18 and at most 2.
    ///
    /// It is exact for a price whose denominator divides 1e18, which is one of at most 18 decimals,
    /// and then nothing is divided.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(crate) fn term(amount: u128, price: Ratio, weight: u64, rounding: Rounding) -> Self {
        let term = |units: u64| {
            let (high, low) = weighed(amount, price, product_of_words(weight, units));
            Self([0, high, low.high(), low.low()])
        };
        match units_over(price.denominator()) {
            Some(units) => term(units),
            None => term(WORD_SCALE).divided(price.denominator(), rounding),
        }
    }

    /// Returns the product of a number and a factor that are known to have a product below 2^512.
    pub(crate) fn within(self, by: u128) -> Self {
        self.row(by).1
    }

    /// Returns self · by as what is above 512 bits, and the rest.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn row(self, by: u128) -> (u128, Self) {
        let [a, b, c, d] = self.0;
        let (carry, d) = row(d, by, 0);
        let (carry, c) = row(c, by, carry);
        let (carry, b) = row(b, by, carry);
        let (carry, a) = row(a, by, carry);
        (carry, Self([a, b, c, d]))
    }

    /// Returns the product, if it is below 2^512.
    pub(crate) fn times(self, by: u128) -> Option<Self> {
        let (carry, product) = self.row(by);
        (carry == 0).then_some(product)
    }

    /// Returns the sum; see the type for why it doesn't overflow.
    pub(crate) fn plus(self, rhs: Self) -> Self {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, rhs.0);
        let (d, carry) = carrying(d, h, false);
        let (c, carry) = carrying(c, g, carry);
        let (b, carry) = carrying(b, f, carry);
        let (a, _) = carrying(a, e, carry);
        Self([a, b, c, d])
    }

    /// Returns the difference, if it isn't negative.
    pub(crate) fn checked_sub(self, rhs: Self) -> Option<Self> {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, rhs.0);
        let (d, borrow) = borrowing(d, h, false);
        let (c, borrow) = borrowing(c, g, borrow);
        let (b, borrow) = borrowing(b, f, borrow);
        let (a, borrow) = borrowing(a, e, borrow);
        (!borrow).then_some(Self([a, b, c, d]))
    }

    /// Returns quotient and remainder. A divisor of 0, which nobody gives, divides nothing.
    pub(crate) fn div_rem(self, divisor: u128) -> (Self, u128) {
        // Long division, a limb at a time: a remainder is below the divisor, so what it heads
        // divides to one limb.
        let step = |rest: u128, limb: u128| {
            let divided = quotient(U256::new(rest, limb), divisor);
            divided.map_or((0, 0), |(quotient, rest)| (quotient.low(), rest))
        };
        let [a, b, c, d] = self.0;
        let (a, rest) = if a == 0 { (0, 0) } else { step(0, a) };
        let (b, rest) = if b == 0 && rest == 0 {
            (0, 0)
        } else {
            step(rest, b)
        };
        let (c, rest) = step(rest, c);
        let (d, rest) = step(rest, d);
        (Self([a, b, c, d]), rest)
    }

    /// Returns the quotient.
    ///
    /// # Rounding
    /// Ceil for that, Floor for all others.
    pub(crate) fn divided(self, divisor: u128, rounding: Rounding) -> Self {
        let (quotient, rest) = self.div_rem(divisor);
        if rounding == Rounding::Ceil && rest != 0 {
            // A quotient with a remainder is below the largest number.
            return quotient.plus(Self::from_u128(1));
        }
        quotient
    }

    /// Returns self · multiply[0] · … / (divide[0] · …), if it fits 128 bits; `None` where a product is
    /// above 512 bits too, which a quotient by at most 384 bits of divisors leaves above 128.
    ///
    /// # Rounding
    /// The exact quotient, once: ⌈⌈x / a⌉ / b⌉ is ⌈x / ab⌉, and so with floors.
    pub(crate) fn scaled<const M: usize, const D: usize>(
        self,
        multiply: [u128; M],
        divide: [u128; D],
        rounding: Rounding,
    ) -> Option<u128> {
        let product = multiply
            .into_iter()
            .try_fold(self, |product, by| product.times(by))?;
        let quotient = divide
            .into_iter()
            .fold(product, |rest, by| rest.divided(by, rounding));
        quotient.to_u128()
    }

    /// Returns the number as 128 bits, if it fits.
    pub(crate) const fn to_u128(self) -> Option<u128> {
        match self.0 {
            [0, 0, 0, low] => Some(low),
            _ => None,
        }
    }

    /// Returns the number as 256 bits, or the largest of these.
    pub(crate) const fn to_u256(self) -> U256 {
        match self.0 {
            [0, 0, high, low] => U256::new(high, low),
            _ => U256::MAX,
        }
    }

    pub(crate) fn is_zero(self) -> bool {
        self == Self::ZERO
    }

    const fn bits(self) -> u32 {
        match self.0 {
            [0, 0, 0, d] => length(d, 0),
            [0, 0, c, _] => length(c, 128),
            [0, b, _, _] => length(b, 256),
            [a, _, _, _] => length(a, 384),
        }
    }

    /// Returns ⌊self / 2^by⌋, of a shift below 512.
    fn shr(self, by: u32) -> Self {
        let [a, b, c, d] = self.0;
        let [a, b, c, d] = match by {
            0..=127 => [a, b, c, d],
            128..=255 => [0, a, b, c],
            256..=383 => [0, 0, a, b],
            _ => [0, 0, 0, a],
        };
        // What the limb above moves down; a shift by all of 128 bits moves nothing.
        let by = by & 127;
        let join = |high: u128, low: u128| {
            let moved = high.checked_shl(128_u32.wrapping_sub(by)).unwrap_or(0);
            low.wrapping_shr(by) | moved
        };
        Self([a.wrapping_shr(by), join(a, b), join(b, c), join(c, d)])
    }

    /// Returns numerator / denominator as two numbers of 128 bits, if the denominator isn't 0.
    ///
    /// # Rounding
    /// Floor, or Ceil where that is asked for: both are cut to the same power of two, and then to the
    /// side that is asked for. The result is within 2^-126 of the larger of the two numbers. Two numbers
    /// of whole units, multiples of 1e36, are those units instead, so that 2,400 over 1,500 is 1.6.
    pub(crate) fn ratio(numerator: Self, denominator: Self, rounding: Rounding) -> Option<Ratio> {
        // A multiple of 10^36 is one of 2^36: most numbers are told from one without a division.
        let multiple = |wide: Self| {
            let [.., low] = wide.0;
            low.trailing_zeros() >= 36
        };
        let whole = |wide: Self| {
            let (units, rest) = wide.div_rem(SCALE.wrapping_mul(SCALE));
            (rest == 0).then_some(units)
        };
        let large = numerator.bits().max(denominator.bits()) > 127;
        if large && multiple(numerator) && multiple(denominator) {
            if let (Some(numerator), Some(denominator)) = (whole(numerator), whole(denominator)) {
                return Self::cut(numerator, denominator, rounding);
            }
        }
        Self::cut(numerator, denominator, rounding)
    }

    /// Returns the ratio of two numbers, cut to 127 bits.
    fn cut(numerator: Self, denominator: Self, rounding: Rounding) -> Option<Ratio> {
        let by = numerator.bits().max(denominator.bits()).saturating_sub(127);
        let floor = |wide: Self| wide.shr(by).to_u128();
        let ceil = |wide: Self| match wide.checked_sub(Self::from_u128(1)) {
            // Below 2^127, so one more fits.
            Some(less) => less.shr(by).to_u128().map(|cut| cut.wrapping_add(1)),
            None => Some(0),
        };
        let (above, below) = match rounding {
            Rounding::Ceil => (ceil(numerator)?, floor(denominator)?),
            _ => (floor(numerator)?, ceil(denominator)?),
        };
        Ratio::new(above, below).ok()
    }

    /// Compares a · b with c · d, exactly.
    pub(crate) fn cmp_products(a: Self, b: Self, c: Self, d: Self) -> Ordering {
        a.product(b).cmp(&c.product(d))
    }

    /// Returns the product as its upper and lower 512 bits.
    fn product(self, rhs: Self) -> (Self, Self) {
        rhs.0
            .into_iter()
            .fold((Self::ZERO, Self::ZERO), |(high, low), by| {
                // What is there moves up by a limb, and the next row comes below.
                let ([_, a, b, c], [d, e, f, g]) = (high.0, low.0);
                let (carry, row) = self.row(by);
                let ([r, s, t, u], [e, f, g, h]) = (row.0, [e, f, g, 0]);
                let (h, over) = carrying(h, u, false);
                let (g, over) = carrying(g, t, over);
                let (f, over) = carrying(f, s, over);
                let (e, over) = carrying(e, r, over);
                let (d, over) = carrying(d, carry, over);
                let high = Self([a, b, c, d]).plus(Self([0, 0, u128::from(over), 0]));
                (high, Self([e, f, g, h]))
            })
    }
}

/// Returns the length in bits of a number with this limb on top of that many bits.
const fn length(limb: u128, below: u32) -> u32 {
    below.wrapping_add(128).wrapping_sub(limb.leading_zeros())
}

/// The weight of all of a value.
pub(crate) const FULL: u64 = Fraction::SCALE;

#[cfg(test)]
mod compute;
#[cfg(test)]
mod tests;
