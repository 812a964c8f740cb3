//! Sums of weights that are linear in time.

use tokenomics_fixed_math::{Timestamp, U256};
use tokenomics_internals::{Change, Wrapping256};

/// A weight that is linear in time, slope·t + intercept, undivided; or a change of one.
///
/// Sums wrap at 2^256: weights that are counted come to less, so that whatever wrapped on the way
/// cancels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
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
pub struct Line {
    slope: Wrapping256,
    intercept: Wrapping256,
}

impl Line {
    /// Creates the weight of `amount` units of which each weighs the same at any time.
    pub(crate) fn constant(amount: u128, level: u128) -> Self {
        Self {
            slope: Wrapping256::ZERO,
            intercept: U256::product(amount, level).into(),
        }
    }

    /// Creates the weight of `amount` units of which each weighs `rate` · (`zero` − t).
    pub(crate) fn falling(amount: u128, rate: u128, zero: Timestamp) -> Self {
        let slope = Wrapping256::from(U256::product(amount, rate));
        Self {
            slope: slope.negated(),
            intercept: slope.times(zero.get().into()),
        }
    }

    /// Creates the weight of `amount` units of which each weighs `rate` · (t − `zero`).
    pub(crate) fn rising(amount: u128, rate: u128, zero: Timestamp) -> Self {
        Self::falling(amount, rate, zero).negated()
    }

    /// Returns the weight at a time, in base units × time × 10^−18.
    #[must_use]
    pub fn at(self, time: Timestamp) -> U256 {
        self.intercept
            .plus(self.slope.times(time.get().into()))
            .into()
    }

    /// Returns the slope and the intercept, each modulo 2^256, for a store.
    #[must_use]
    pub fn parts(self) -> (U256, U256) {
        (self.slope.into(), self.intercept.into())
    }

    /// Creates a line of its [`parts`](Self::parts).
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn from_parts(slope: U256, intercept: U256) -> Self {
        Self {
            slope: slope.into(),
            intercept: intercept.into(),
        }
    }
}

impl Change for Line {
    const NONE: Self = Self {
        slope: Wrapping256::ZERO,
        intercept: Wrapping256::ZERO,
    };

    fn plus(self, other: Self) -> Self {
        Self {
            slope: self.slope.plus(other.slope),
            intercept: self.intercept.plus(other.intercept),
        }
    }

    fn negated(self) -> Self {
        Self {
            slope: self.slope.negated(),
            intercept: self.intercept.negated(),
        }
    }
}
