//! The limb of the exhaustive tests: a byte of two halves of 4 bits.

use core::ops::{BitAnd, BitOr};

use super::{limb, Half, Limb};

/// 4 bits, in the lower half of a byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Nibble(u8);

impl Nibble {
    pub(crate) const fn truncate(byte: u8) -> Self {
        Self(byte & 15)
    }
}

impl From<Nibble> for u8 {
    fn from(nibble: Nibble) -> Self {
        nibble.0
    }
}

impl From<bool> for Nibble {
    fn from(bit: bool) -> Self {
        Self(bit.into())
    }
}

impl BitAnd for Nibble {
    type Output = Self;
    fn bitand(self, rhs: Self) -> Self {
        Self(self.0 & rhs.0)
    }
}

impl BitOr for Nibble {
    type Output = Self;
    fn bitor(self, rhs: Self) -> Self {
        Self(self.0 | rhs.0)
    }
}

impl Half for Nibble {
    const ZERO: Self = Self(0);
    const ONE: Self = Self(1);
    const MAX: Self = Self(15);
    const DIGIT: u32 = 2;
    fn wrapping_add(self, rhs: Self) -> Self {
        Self::truncate(self.0.wrapping_add(rhs.0))
    }
    fn wrapping_sub(self, rhs: Self) -> Self {
        Self::truncate(self.0.wrapping_sub(rhs.0))
    }
    fn wrapping_mul(self, rhs: Self) -> Self {
        Self::truncate(self.0.wrapping_mul(rhs.0))
    }
    fn checked_div(self, rhs: Self) -> Option<Self> {
        self.0.checked_div(rhs.0).map(Self)
    }
    fn shl(self, by: u32) -> Self {
        assert!(by < 4);
        Self::truncate(self.0 << by)
    }
    fn shr(self, by: u32) -> Self {
        assert!(by < 4);
        Self(self.0 >> by)
    }
    fn leading_zeros(self) -> u32 {
        self.0.leading_zeros() - 4
    }
    fn sqrt_and_rest(self) -> (Self, Self) {
        let root = self.0.isqrt();
        (Self(root), Self(self.0 - root * root))
    }
}

limb!(u8, Nibble, Nibble::truncate, u8::leading_zeros);
