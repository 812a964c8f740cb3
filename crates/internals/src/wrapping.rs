//! Integers of 256 bits that wrap.

use tokenomics_fixed_math::{EncodedLen, U256};

/// An integer of 256 bits in which sums, differences and products wrap: of a sum that comes to
/// something between 0 and 2^256, all that wrapped on the way cancels.
///
/// ```
/// use tokenomics_fixed_math::U256;
/// use tokenomics_internals::Wrapping256;
///
/// let [two, five] = [2, 5].map(|value| Wrapping256::from(U256::from(value)));
/// let below_zero = two.plus(five.negated());
/// assert_eq!(U256::from(below_zero.plus(five)), U256::from(2));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(from = "U256", into = "U256")
)]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
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
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
pub struct Wrapping256 {
    // The lower half first, as codecs write a little-endian integer.
    low: u128,
    high: u128,
}

impl Wrapping256 {
    /// Zero.
    pub const ZERO: Self = Self::new(0, 0);

    /// Creates the integer high·2^128 + low.
    #[must_use]
    pub const fn new(high: u128, low: u128) -> Self {
        Self { high, low }
    }

    /// Returns the upper 128 bits.
    #[must_use]
    pub const fn high(self) -> u128 {
        self.high
    }

    /// Returns the lower 128 bits.
    #[must_use]
    pub const fn low(self) -> u128 {
        self.low
    }

    /// Returns the sum.
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub const fn plus(self, other: Self) -> Self {
        let (low, carry) = self.low.overflowing_add(other.low);
        let high = self.high.wrapping_add(other.high);
        let high = if carry { high.wrapping_add(1) } else { high };
        Self { high, low }
    }

    /// Returns what sums to zero with it: two's complement.
    #[must_use]
    pub const fn negated(self) -> Self {
        let flipped = Self::new(!self.high, !self.low);
        flipped.plus(Self::new(0, 1))
    }

    /// Returns the product.
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn times(self, factor: u128) -> Self {
        let low = U256::product(self.low, factor);
        let high = self.high.wrapping_mul(factor);
        Self::new(low.high().wrapping_add(high), low.low())
    }
}

impl EncodedLen for Wrapping256 {
    const ENCODED_LEN: usize = 32;
}

impl From<U256> for Wrapping256 {
    fn from(value: U256) -> Self {
        Self::new(value.high(), value.low())
    }
}

impl From<Wrapping256> for U256 {
    fn from(value: Wrapping256) -> Self {
        Self::new(value.high, value.low)
    }
}
