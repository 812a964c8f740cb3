//! The two exponentials that make a blob fee of an excess.

#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is 0 or 1"
    )
)]

use tokenomics_fixed_math::{mul_div, Rounding, SignedWad, Wad};

use crate::BlobFeeParams;

/// The exponential that makes the fee of an excess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(
    feature = "cosmwasm",
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
pub enum BlobExponential {
    /// The real exponential, rounded down once: one evaluation, whatever the excess.
    Exact,
    /// The specification's sum of truncated terms, to the bit: as many rounds as there are terms
    /// above 0.
    Deployed,
}

tokenomics_internals::borsh_variants! {
    [] BlobExponential {
        0: Exact,
        1: Deployed,
    }
}

/// Computes bounds of `10^18 · min_fee · e^(excess / update_fraction)`: `None` if it is far too large.
pub(crate) fn scaled_bounds(params: &BlobFeeParams, excess: u64) -> Option<(u128, u128)> {
    let (scale, fraction) = (Wad::SCALE, u128::from(params.update_fraction));
    // The exponent in units of 10^-18, and how much more of a unit: below 2^124 both.
    let dividend = u128::from(excess).wrapping_mul(scale);
    let (units, rest) = (
        dividend.checked_div(fraction)?,
        dividend.checked_rem(fraction)?,
    );
    let exponent = SignedWad::from_raw(i128::try_from(units).ok()?);
    let power = exponent.exp(Rounding::Floor).ok()?.raw();
    let below = params.min_fee.get().checked_mul(power)?;
    let above = params.min_fee.get().checked_mul(power.checked_add(1)?)?;
    // With δ for that part of a unit, 1 + δ ≤ e^δ ≤ 1 + δ + δ². δ² is below 10^-36, which of 2^64
    // fees of 10^18 units is below 16.
    let unit = fraction.wrapping_mul(scale);
    let least = mul_div(below, rest, unit, Rounding::Floor).ok()?;
    let most = mul_div(above, rest, unit, Rounding::Ceil).ok()?;
    Some((
        below.checked_add(least)?,
        above.checked_add(most)?.checked_add(16)?,
    ))
}

/// Computes the specification's exponential: each term from the one before it, rounded down, until
/// one is 0.
///
/// The k-th is below `min_fee · update_fraction · x^k / k!` for an excess of x update fractions, so
/// for the largest parameters it is 0 after 210 rounds, and for Ethereum's after 160.
pub(crate) fn sum_of_terms(params: &BlobFeeParams, excess: u64) -> Option<u128> {
    let fraction = u128::from(params.update_fraction);
    // Two factors below 2^64.
    let mut term = params.min_fee.get().wrapping_mul(fraction);
    let (mut sum, mut k) = (0_u128, 0_u128);
    while term > 0 {
        sum = sum.checked_add(term)?;
        k = k.wrapping_add(1);
        let divisor = fraction.checked_mul(k)?;
        term = mul_div(term, excess.into(), divisor, Rounding::Floor).ok()?;
    }
    sum.checked_div(fraction)
}
