//! The types of arguments and results.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

/// 1 in units of 1e-18.
pub(super) const ONE: u128 = 1_000_000_000_000_000_000;

/// What a raw integer of 128 bits stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// u128 units of 1e-18.
    Wad,
    /// i128 units of 1e-18.
    SignedWad,
    /// u64 units of 1e-18, up to 1.
    Fraction,
    /// An integer of 128 bits.
    Integer,
    /// An integer of 64 bits.
    Count,
    /// A signed integer of 64 bits.
    Exponent,
    /// An integer of 32 bits.
    Degree,
}

impl Kind {
    /// The magnitude of its least value.
    pub const fn lowest(self) -> u128 {
        match self {
            Self::SignedWad => 1 << 127,
            Self::Exponent => 1 << 63,
            _ => 0,
        }
    }

    /// Its largest value.
    pub const fn highest(self) -> u128 {
        match self {
            Self::Wad | Self::Integer => u128::MAX,
            Self::SignedWad => (1 << 127) - 1,
            Self::Fraction => ONE,
            Self::Count => u64::MAX as u128,
            Self::Exponent => (1 << 63) - 1,
            Self::Degree => u32::MAX as u128,
        }
    }

    /// How many raw units make 1.
    pub fn unit(self) -> UBig {
        match self {
            Self::Wad | Self::SignedWad | Self::Fraction => UBig::from(ONE),
            Self::Integer | Self::Count | Self::Exponent | Self::Degree => UBig::ONE,
        }
    }

    /// The raw integer in some bits.
    pub fn integer(self, bits: u128) -> IBig {
        match self {
            Self::SignedWad | Self::Exponent => IBig::from(bits as i128),
            _ => IBig::from(bits),
        }
    }

    /// The number that some bits stand for.
    pub fn value(self, bits: u128) -> RBig {
        RBig::from_parts(self.integer(bits), self.unit())
    }

    /// The bits of a raw integer, if it is one of the type.
    pub fn bits(self, integer: &IBig) -> Option<u128> {
        let fits = *integer <= IBig::from(self.highest()) && *integer >= -IBig::from(self.lowest());
        let bits = || match i128::try_from(integer) {
            Ok(signed) => Some(signed as u128),
            Err(_) => u128::try_from(integer).ok(),
        };
        fits.then(bits).flatten()
    }
}
