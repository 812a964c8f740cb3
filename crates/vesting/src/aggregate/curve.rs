//! Sums of lines, exact to 2^−128 of a unit.

use tokenomics_fixed_math::{Amount, Rounding, Timestamp, U256};
use tokenomics_internals::{Change, Wrapping256};

use crate::{Linear, Schedule};

/// The sum of some lines, which vests slope · t + intercept by t; or a change of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
pub struct Curve {
    // Both with 128 bits behind the point.
    slope: Wrapping256,
    intercept: Wrapping256,
    // How many of the lines vest a fraction of a unit in an instant; negative changes wrap.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    uneven: u64,
}

tokenomics_fixed_math::encoded_len! {
    struct [] Curve: Wrapping256, Wrapping256, u64;
}

impl Curve {
    pub(super) fn constant(amount: Amount) -> Self {
        Self {
            intercept: Wrapping256::new(amount.get(), 0),
            ..Self::NONE
        }
    }

    /// Creates the curve of a line that runs `later`, through its start at a slope of ⌈total · 2^128 / duration⌉.
    ///
    /// Its fraction is 0 only where the duration divides the total, and then nothing is ever
    /// rounded: any other fraction lies between 1 / duration and 1 − 1 / duration, far from both
    /// ends.
    pub(super) fn of(line: &Linear, later: i128) -> Self {
        let total = U256::new(line.total().get(), 0);
        // The duration is not 0, and a quotient is at most what is divided.
        let slope = total
            .checked_div(line.duration().get().into(), Rounding::Ceil)
            .unwrap_or(U256::ZERO);
        let slope = Wrapping256::from(slope);
        // Far from either end: each shift moves it by less than 2^64.
        let start = i128::from(line.start().get()).saturating_add(later);
        let by_zero = slope.times(start.unsigned_abs());
        Self {
            slope,
            intercept: if start < 0 {
                by_zero
            } else {
                by_zero.negated()
            },
            uneven: u64::from(slope.low() != 0),
        }
    }

    /// Returns the value at a time, in whole units, and how many lines of it vest fractions of
    /// them.
    ///
    /// # Rounding
    /// Floor.
    pub(super) fn at(self, time: Timestamp) -> (Amount, u64) {
        let value = self.intercept.plus(self.slope.times(time.get().into()));
        (Amount::new(value.high()), self.uneven)
    }
}

impl Change for Curve {
    const NONE: Self = Self {
        slope: Wrapping256::ZERO,
        intercept: Wrapping256::ZERO,
        uneven: 0,
    };

    fn plus(self, other: Self) -> Self {
        Self {
            slope: self.slope.plus(other.slope),
            intercept: self.intercept.plus(other.intercept),
            uneven: self.uneven.wrapping_add(other.uneven),
        }
    }

    fn negated(self) -> Self {
        Self {
            slope: self.slope.negated(),
            intercept: self.intercept.negated(),
            uneven: self.uneven.wrapping_neg(),
        }
    }
}
