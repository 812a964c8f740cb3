//! Support of num-traits, as far as it needs no operator.
//!
//! `Zero`, `One`, `Num`, `CheckedAdd` and most others demand `Add`, `Mul` or `Neg`, and an operator
//! would have to panic at the end of a range or to hide a rounding. `ToPrimitive` and
//! `FromPrimitive` convert to and from floats, with a rounding that nobody named.

use num_traits::bounds::Bounded;
use num_traits::ops::bytes::{FromBytes, ToBytes};
use num_traits::ops::checked::CheckedNeg;

use crate::{Amount, Fraction, Ratio, SignedWad, Span, Timestamp, Wad, U256};

/// `type: the least value, the largest`.
macro_rules! bounded {
    ($($type:ty: $min:expr, $max:expr;)+) => {$(
        impl Bounded for $type {
            fn min_value() -> Self {
                $min
            }

            fn max_value() -> Self {
                $max
            }
        }
    )+};
}

bounded! {
    Amount: Self::ZERO, Self::MAX;
    Timestamp: Self::ZERO, Self::MAX;
    Span: Self::ZERO, Self::MAX;
    Fraction: Self::ZERO, Self::ONE;
    Wad: Self::ZERO, Self::MAX;
    SignedWad: Self::MIN, Self::MAX;
    Ratio: Self::ZERO, Self::MAX;
    U256: Self::ZERO, Self::MAX;
}

impl CheckedNeg for SignedWad {
    fn checked_neg(&self) -> Option<Self> {
        Self::checked_neg(*self).ok()
    }
}

/// Types of which any bytes are a value: `type as raw of so many bytes: into raw, out of raw`. The
/// bytes are those that borsh and SCALE write, or their reverse.
macro_rules! any_bytes {
    ($($type:ty as $raw:ty, $len:literal: $to:expr, $from:expr;)+) => {$(
        impl ToBytes for $type {
            type Bytes = [u8; $len];

            fn to_be_bytes(&self) -> Self::Bytes {
                $to(*self).to_be_bytes()
            }

            fn to_le_bytes(&self) -> Self::Bytes {
                $to(*self).to_le_bytes()
            }
        }

        impl FromBytes for $type {
            type Bytes = [u8; $len];

            fn from_be_bytes(bytes: &Self::Bytes) -> Self {
                $from(<$raw>::from_be_bytes(*bytes))
            }

            fn from_le_bytes(bytes: &Self::Bytes) -> Self {
                $from(<$raw>::from_le_bytes(*bytes))
            }
        }
    )+};
}

any_bytes! {
    Amount as u128, 16: Self::get, Self::new;
    Timestamp as u64, 8: Self::get, Self::new;
    Span as u64, 8: Self::get, Self::new;
    Wad as u128, 16: Self::raw, Self::from_raw;
    SignedWad as i128, 16: Self::raw, Self::from_raw;
}
