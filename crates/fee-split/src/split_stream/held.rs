//! The fraction of a unit that is held for one party.

use tokenomics_fixed_math::{Amount, U256};

/// The fraction of a unit that a [`SplitStream`](crate::SplitStream) holds for one party:
/// parts/2^64 + rest/(W·2^64), where W sums the weights.
///
/// ```
/// use tokenomics_fee_split::{HeldFraction, SplitStream};
/// use tokenomics_fixed_math::Amount;
///
/// let mut stream = SplitStream::new([1, 3])?;
/// assert_eq!(stream.distribute(Amount::new(1)).map(Amount::get), [0, 0]);
/// let quarter = HeldFraction { parts: 1 << 62, rest: 0 };
/// assert_eq!(stream.state().held[0], quarter);
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
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
pub struct HeldFraction {
    /// The units of 2^-64.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub parts: u64,
    /// The rest of the division by the sum of the weights, and below it.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub rest: u64,
}

impl HeldFraction {
    /// Returns the whole units of the fraction and a share of an amount, and the fraction that is left.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(super) fn earn(self, amount: Amount, weight: u64, total: u128) -> (Amount, Self) {
        let product = U256::product(amount.get(), weight.into());
        // The product has 192 bits, so none is lost, and the rest fills the lowest 64.
        let high = (product.high() << 64) | (product.low() >> 64);
        let shifted = U256::new(high, (product.low() << 64) | u128::from(self.rest));
        // The sum of the weights isn't 0.
        let (earned, rest) = shifted.div_rem(total).unwrap_or((U256::ZERO, 0));
        let (parts, over) = low(earned.low()).overflowing_add(self.parts);
        // A share is at most the amount, and what is held less than a unit; where the share is the
        // whole amount it has no fraction. So their sum is less than a unit above the amount.
        let units = (earned.high() << 64) | (earned.low() >> 64);
        let part = Amount::new(units.wrapping_add(over.into()));
        // Below the sum of the weights, which has 64 bits.
        let rest = low(rest);
        (part, Self { parts, rest })
    }

    /// Returns a number that orders fractions, below `u128::MAX`, as a rest is below a number of 64 bits.
    pub(super) fn key(self) -> u128 {
        (u128::from(self.parts) << 64) | u128::from(self.rest)
    }

    /// Drops the rest and adds as many of these units of 2^-64 as leave it a fraction. Returns their
    /// number.
    pub(super) fn take_units(&mut self, due: u128) -> u128 {
        let room = u64::MAX.wrapping_sub(self.parts);
        let taken = u64::try_from(due).unwrap_or(u64::MAX).min(room);
        // At most u64::MAX, as it is at most the room.
        self.parts = self.parts.wrapping_add(taken);
        self.rest = 0;
        taken.into()
    }
}

/// Returns the lowest 64 bits.
fn low(number: u128) -> u64 {
    u64::try_from(number & u128::from(u64::MAX)).unwrap_or(u64::MAX)
}
