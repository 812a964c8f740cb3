//! The amounts of a swap.

use tokenomics_fixed_math::Amount;

/// The amounts that a swap moves.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_liquidity_curves::{ConstantProduct, Fee, Market, Sell};
///
/// let pool = ConstantProduct::new(Amount::new(10_000), Amount::new(10_000), Fee::UNISWAP_V2)?;
/// let swap = pool.quote_exact_in(Sell::Token0, Amount::new(1_000))?;
/// assert_eq!(swap.amount_in, Amount::new(1_000));
/// assert_eq!(swap.amount_out, Amount::new(906));
/// assert_eq!(swap.fee, Amount::new(3));
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
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
pub struct Swap {
    /// The amount of the token sold that the trader hands in, the fee with it.
    pub amount_in: Amount,
    /// The amount of the other token that the trader is paid.
    pub amount_out: Amount,
    /// The fee: a part of what is handed in where it is taken from that, otherwise what was kept back of
    /// what is paid. It is ceiled, but in a stable pool floored, as its contract does.
    pub fee: Amount,
}
