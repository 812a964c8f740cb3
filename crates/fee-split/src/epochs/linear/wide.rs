//! Numbers of 512 bits: 128 of whole units, and 384 of fractions.

use tokenomics_fixed_math::{Error, Rounding, U256};
use tokenomics_internals::Wrapping256;

/// A number in units of 2^-384, modulo 2^512: of a difference that is between 0 and 2^512, all that
/// wrapped on the way cancels.
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
pub(super) struct Wide {
    // The lower half first, as codecs write a little-endian integer.
    low: U256,
    high: U256,
}

impl Wide {
    pub(super) const ZERO: Self = Self {
        low: U256::ZERO,
        high: U256::ZERO,
    };

    pub(super) const fn from_halves([low, high]: [U256; 2]) -> Self {
        Self { low, high }
    }

    pub(super) const fn halves(&self) -> [U256; 2] {
        [self.low, self.high]
    }

    /// Returns amount / weight, rounded down; 0 for a weight of 0.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(super) fn quotient(amount: U256, weight: U256) -> Result<Self, Error> {
        if weight.is_zero() {
            return Ok(Self::ZERO);
        }
        let (whole, rest) = amount.div_rem_wide(weight)?;
        let (first, rest) = digit(rest, weight)?;
        let (second, rest) = digit(rest, weight)?;
        let (third, _) = digit(rest, weight)?;
        Ok(Self::from_limbs([third, second, first, whole.low()]))
    }

    /// Returns the number in units of 2^-128, rounded down.
    pub(super) const fn in_parts(self) -> U256 {
        self.high
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let [a, b, c, d] = self.limbs();
        let [e, f, g, h] = other.limbs();
        let (first, carry) = sum(a, e, false);
        let (second, carry) = sum(b, f, carry);
        let (third, carry) = sum(c, g, carry);
        let (fourth, _) = sum(d, h, carry);
        Self::from_limbs([first, second, third, fourth])
    }

    /// Returns it with so many units of 2^-384 more.
    pub(super) fn plus_units(self, units: u32) -> Self {
        self.plus(Self::from_limbs([units.into(), 0, 0, 0]))
    }

    pub(super) fn minus(self, other: Self) -> Self {
        self.plus(other.negated())
    }

    /// Returns what sums to zero with it: two's complement.
    pub(super) fn negated(self) -> Self {
        let flipped = self.limbs().map(|limb| !limb);
        Self::from_limbs(flipped).plus_units(1)
    }

    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(super) fn times(self, factor: U256) -> Self {
        let [a, b, c, _] = self.times_limb(factor.high()).limbs();
        let upper = Self::from_limbs([0, a, b, c]);
        upper.plus(self.times_limb(factor.low()))
    }

    fn times_limb(self, factor: u128) -> Self {
        let mut carry = 0;
        Self::from_limbs(self.limbs().map(|limb| {
            let product = U256::product(limb, factor);
            let (low, over) = sum(product.low(), carry, false);
            // The upper half of a product is below 2^128 − 1.
            carry = product.high().wrapping_add(over.into());
            low
        }))
    }

    /// Returns the four digits in base 2^128, the lowest first.
    const fn limbs(self) -> [u128; 4] {
        let Self { low, high } = self;
        [low.low(), low.high(), high.low(), high.high()]
    }

    const fn from_limbs([first, second, third, fourth]: [u128; 4]) -> Self {
        Self {
            low: U256::new(second, first),
            high: U256::new(fourth, third),
        }
    }
}

/// Returns the next digit in base 2^128 of rest / weight, which is below 1, and what it leaves.
fn digit(rest: U256, weight: U256) -> Result<(u128, U256), Error> {
    let digit = rest.mul_div(U256::new(1, 0), weight, Rounding::Floor)?;
    // What is left is below the weight, so that modulo 2^256 it is exact.
    let taken = Wrapping256::from(weight).times(digit.low());
    let left = Wrapping256::new(rest.low(), 0).plus(taken.negated());
    Ok((digit.low(), left.into()))
}

fn sum(a: u128, b: u128, carry: bool) -> (u128, bool) {
    let (sum, over) = a.overflowing_add(b);
    let (sum, again) = sum.overflowing_add(carry.into());
    (sum, over || again)
}
