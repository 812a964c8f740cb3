//! The direction of a swap.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 2"
    )
)]

/// The token of a pair that a trader hands in; the other one is paid out.
///
/// ```
/// use tokenomics_liquidity_curves::Sell;
///
/// assert_eq!(Sell::Token0.opposite(), Sell::Token1);
/// ```
#[cfg_attr(doc, doc(alias("zeroForOne", "direction", "side")))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    all(feature = "cosmwasm", not(doc)),
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "borsh", derive(borsh::BorshSerialize))]
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
pub enum Sell {
    /// Token0 is sold for Token1, and its price falls.
    Token0,
    /// Token1 is sold for Token0, and the price of Token0 rises.
    Token1,
}

tokenomics_internals::borsh_variants! {
    [] Sell {
        0: Token0,
        1: Token1,
    }
}

impl Sell {
    /// Both directions.
    pub const BOTH: [Self; 2] = [Self::Token0, Self::Token1];

    /// Returns the direction that buys what this one sells.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Token0 => Self::Token1,
            Self::Token1 => Self::Token0,
        }
    }

    /// Orders (of Token0, of Token1) as (of the token sold, of the token bought), and back.
    #[must_use]
    pub(crate) fn ordered<T>(self, token0: T, token1: T) -> (T, T) {
        match self {
            Self::Token0 => (token0, token1),
            Self::Token1 => (token1, token0),
        }
    }
}
