//! The parameters of an adaptive rate, and the curve that they are.

use tokenomics_fixed_math::{mul_div, Fraction, Rounding, Span, Wad};

use crate::check::{in_range, year, yearly};
use crate::{Error, Quantity};

/// The parameters of an [`AdaptiveRate`](crate::AdaptiveRate), which [`AdaptiveRate::new`](crate::AdaptiveRate::new) checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
pub struct AdaptiveRateParams {
    /// The utilisation at which the rate stays; above 0 and below 1.
    pub target: Fraction,
    /// The rate at a utilisation of 1 over that at the target, which is also that at the target over
    /// that at 0; 1 to 100.
    pub steepness: Wad,
    /// The exponent a year by which the rate at the target grows at a utilisation of 1, and falls at
    /// 0; at most 1,000.
    pub speed: Wad,
    /// The least rate a year at the target; above 0.
    pub min: Wad,
    /// The largest; at most 100 (10,000%).
    pub max: Wad,
    /// The length of a year on the clock; 1 to 10^10.
    pub year: Span,
}

impl AdaptiveRateParams {
    /// Morpho's constants, on a clock of seconds: a target of 90%, a steepness of 4, 50 a year, 0.1 to
    /// 200%.
    pub const MORPHO: Self = Self {
        target: tokenomics_fixed_math::fraction!("0.9"),
        steepness: tokenomics_fixed_math::wad!("4"),
        speed: tokenomics_fixed_math::wad!("50"),
        min: tokenomics_fixed_math::wad!("0.001"),
        max: tokenomics_fixed_math::wad!("2"),
        year: Span::new(31_536_000),
    };

    pub(super) fn check(&self) -> Result<(), Error> {
        let (one, target) = (Wad::SCALE, self.target.raw().into());
        in_range(Quantity::Target, target, 1, one.wrapping_sub(1))?;
        let steepest = one.wrapping_mul(100);
        in_range(Quantity::Steepness, self.steepness.raw(), one, steepest)?;
        let fastest = one.wrapping_mul(1_000);
        in_range(Quantity::Speed, self.speed.raw(), 0, fastest)?;
        yearly(Quantity::LargestRate, self.max)?;
        in_range(Quantity::LeastRate, self.min.raw(), 1, self.max.raw())?;
        year(self.year)
    }

    /// Computes ln(rate / least rate) in 10^−18 times the length of a year, from below.
    pub(super) fn logarithm(&self, rate: Wad) -> Result<u128, Error> {
        let above = Wad::from_ratio(rate.raw(), self.min.raw(), Rounding::Floor)?;
        let logarithm = above.ln(Rounding::Floor)?.raw();
        // The rate isn't below the least, so its logarithm isn't below 0, nor above 47 · 10^18.
        let year = u128::from(self.year.get());
        Ok(u128::try_from(logarithm).unwrap_or(0).wrapping_mul(year))
    }

    /// Computes by how much a unit of the clock moves the exponent, at most 10^21, and whether up.
    pub(super) fn step(&self, utilisation: Fraction) -> Result<(u128, bool), Error> {
        let (used, target) = (utilisation.raw(), self.target.raw());
        let rises = used > target;
        let whole = if rises {
            Fraction::ONE.raw().saturating_sub(target)
        } else {
            target
        };
        // The error is at most the whole, which isn't 0.
        let (speed, error) = (self.speed.raw(), used.abs_diff(target));
        let step = mul_div(speed, error.into(), whole.into(), Rounding::Floor)?;
        Ok((step, rises))
    }

    /// Computes the rate over the rate at the target, in 10^−18, from above.
    pub(super) fn curve(&self, utilisation: Fraction) -> u128 {
        let (used, target) = (utilisation.raw(), self.target.raw());
        let steepness = self.steepness.raw();
        let (one, error) = (Wad::SCALE, u128::from(used.abs_diff(target)));
        let above = steepness.saturating_sub(one);
        if used > target {
            let all = Fraction::ONE.raw().saturating_sub(target);
            let more = mul_div(above, error, all.into(), Rounding::Ceil);
            // At most 100 and 1.
            return one.wrapping_add(more.unwrap_or(above));
        }
        // (1 − 1 / steepness) · error / target; the products are at most 10^36 and 10^38.
        let whole = steepness.wrapping_mul(target.into());
        let less = mul_div(above, error.wrapping_mul(one), whole, Rounding::Floor);
        one.saturating_sub(less.unwrap_or(0))
    }
}
