//! Integers wide enough for the invariant of eight coins, and for all else.

use core::cmp::Ordering;

use tokenomics_fixed_math::U256;

/// Limbs enough for what is compared: D^9 of 128 bits with a factor, and no more than 1,230 bits.
const LIMBS: usize = 20;

/// An unsigned integer of up to 1,280 bits. No product that is made of it is longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wide {
    // The lowest first; all from `len` on are 0.
    limbs: [u64; LIMBS],
    len: usize,
}

impl Wide {
    /// Multiplies by an integer of 256 bits.
    #[inline]
    pub(crate) fn mul(&self, by: impl Into<U256>) -> Self {
        let mut product = Self {
            limbs: [0; LIMBS],
            len: 0,
        };
        let limbs = halves(by.into());
        for (at, &limb) in (0..4).zip(&limbs) {
            if limb != 0 {
                product.add_product(at, &self.limbs, self.len, limb);
            }
        }
        // Both are at most `LIMBS` and 4.
        product.len = self.len.wrapping_add(4).min(LIMBS);
        product.trim();
        product
    }

    /// Adds the two integers.
    pub(crate) fn add(&self, other: &Self) -> Self {
        let (mut sum, mut carry) = (*self, 0_u128);
        for (limb, &more) in sum.limbs.iter_mut().zip(&other.limbs) {
            // Two limbs and a carry of 1.
            carry = carry.wrapping_add((*limb).into()).wrapping_add(more.into());
            *limb = low(carry);
            carry >>= 64;
        }
        sum.len = LIMBS;
        sum.trim();
        sum
    }

    /// Adds `limbs`, of which `len` count, times `by`, from the limb `at` on.
    #[inline]
    fn add_product(&mut self, at: usize, limbs: &[u64; LIMBS], len: usize, by: u64) {
        let mut carry = 0_u128;
        // One limb more than there are takes the carry.
        let factors = limbs.iter().take(len.wrapping_add(1));
        for (sum, &limb) in self.limbs.iter_mut().skip(at).zip(factors) {
            // (B − 1)² + 2(B − 1) < B².
            let product = u128::from(limb).wrapping_mul(by.into());
            carry = carry.wrapping_add(product).wrapping_add((*sum).into());
            *sum = low(carry);
            carry >>= 64;
        }
    }

    /// Forgets the leading limbs of 0.
    #[inline]
    fn trim(&mut self) {
        let count = |limbs: &[u64]| limbs.iter().rposition(|&limb| limb != 0);
        let used = self.limbs.get(..self.len).and_then(count);
        self.len = used.map_or(0, |last| last.wrapping_add(1));
    }

    /// Returns the length in bits.
    pub(crate) fn bits(&self) -> u32 {
        let zeros = |limb: &u64| limb.leading_zeros();
        let last = self.len.checked_sub(1);
        let leading = last.and_then(|last| self.limbs.get(last)).map_or(0, zeros);
        // At most 1,280.
        let bits = u32::try_from(self.len).unwrap_or(0).wrapping_mul(64);
        bits.wrapping_sub(leading)
    }

    /// Returns the lowest 128 bits of the integer shifted right by `by` bits.
    pub(crate) fn shr(&self, by: u32) -> u128 {
        let (limb, bit) = (usize::try_from(by >> 6).unwrap_or(LIMBS), by & 63);
        let mut rest = self.limbs.iter().skip(limb).map(|&limb| u128::from(limb));
        let mut next = || rest.next().unwrap_or(0);
        let [lowest, middle, highest] = [next(), next(), next()];
        // Shifted by less than a limb.
        let pair = lowest | (middle << 64);
        let above = highest.checked_shl(128_u32.wrapping_sub(bit)).unwrap_or(0);
        pair.wrapping_shr(bit) | above
    }
}

impl From<U256> for Wide {
    #[inline]
    fn from(number: U256) -> Self {
        let mut limbs = [0; LIMBS];
        for (limb, half) in limbs.iter_mut().zip(halves(number)) {
            *limb = half;
        }
        let mut wide = Self { limbs, len: 4 };
        wide.trim();
        wide
    }
}

impl From<u128> for Wide {
    #[inline]
    fn from(number: u128) -> Self {
        U256::from(number).into()
    }
}

impl Ord for Wide {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        let limbs = || self.limbs.iter().rev().cmp(other.limbs.iter().rev());
        self.len.cmp(&other.len).then_with(limbs)
    }
}

impl PartialOrd for Wide {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[inline]
fn halves(number: U256) -> [u64; 4] {
    let (lower, upper) = (number.low(), number.high());
    [low(lower), low(lower >> 64), low(upper), low(upper >> 64)]
}

#[allow(clippy::as_conversions, reason = "takes the lower half")]
#[inline]
const fn low(number: u128) -> u64 {
    number as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_shifts_and_order_are_those_of_powers() {
        let top = U256::new(u128::MAX, u128::MAX);
        // (2^256 − 1)^5 = 2^1280 − …, of which the highest 256 bits are 2^256 − 5.
        let power = (0..4).fold(Wide::from(top), |power, _| power.mul(top));
        assert_eq!(power.bits(), 1_280);
        assert_eq!(power.shr(1_152), u128::MAX);
        assert_eq!(power.shr(1_024), u128::MAX - 4);
        let bit = |by: u32| {
            let high = (0..by / 127).fold(Wide::from(1), |wide, _| wide.mul(1_u128 << 127));
            high.mul(1_u128 << (by % 127))
        };
        for by in 0..1_280 {
            assert_eq!(bit(by).bits(), by + 1);
            assert_eq!(bit(by).shr(by), 1);
            assert!(by == 0 || bit(by) > bit(by - 1));
            assert_eq!(bit(by).mul(5).shr(by), 5, "{by}");
            if by > 1_276 {
                break;
            }
        }
        assert_eq!((Wide::from(0).bits(), Wide::from(7).mul(0).bits()), (0, 0));
    }
}
