//! Strategies for the terms of liquidations.

use proptest::prelude::*;
use tokenomics_fixed_math::strategies::{amount, fraction, span, wad};
use tokenomics_fixed_math::Wad;

use super::{offset, FromSeed, MADE};
use crate::liquidation::{MOST_FACTOR, MOST_TARGET};
use crate::{
    CloseFactor, Decay, DutchAuction, FixedIncentive, HealthIncentive, Incentive, LiquidationTerms,
    ThresholdIncentive,
};

/// Returns a strategy for how far a factor is above 1: nothing, the most and up to a fifth often.
fn factor() -> impl Strategy<Value = Wad> + Clone {
    let bonus = (0..=20_u128).prop_map(|percent| Wad::from_raw(percent.saturating_mul(PERCENT)));
    prop_oneof![1 => bonus, 1 => offset(MOST_FACTOR.saturating_sub(Wad::SCALE))]
}

const PERCENT: u128 = Wad::SCALE / 100;

/// Returns a strategy for any close factor: the least part and all often.
pub fn close_factor() -> impl Strategy<Value = CloseFactor> + Clone {
    let parts = (fraction(), wad(), amount()).prop_filter_map(MADE, CloseFactor::from_seed);
    prop_oneof![1 => Just(CloseFactor::WHOLE), 3 => parts]
}

/// Returns a strategy for any decay: of each kind, at once and never often.
pub fn decay() -> impl Strategy<Value = Decay> + Clone {
    (any::<u8>(), fraction(), span()).prop_filter_map(MADE, Decay::from_seed)
}

/// Returns a strategy for any auction: a start at 1 and at 8 often.
pub fn dutch_auction() -> impl Strategy<Value = DutchAuction> + Clone {
    (factor(), decay()).prop_filter_map(MADE, DutchAuction::from_seed)
}

/// Returns a strategy for any factor that is always the same: 1 and 8 often.
pub fn fixed_incentive() -> impl Strategy<Value = FixedIncentive> + Clone {
    factor().prop_filter_map(MADE, FixedIncentive::from_seed)
}

/// Returns a strategy for any incentive by a threshold: a cursor of 0 and of 1 often.
pub fn threshold_incentive() -> impl Strategy<Value = ThresholdIncentive> + Clone {
    (fraction(), factor()).prop_filter_map(MADE, ThresholdIncentive::from_seed)
}

/// Returns a strategy for any incentive by health: factors that are equal and far apart often.
pub fn health_incentive() -> impl Strategy<Value = HealthIncentive> + Clone {
    let most_at = offset(Wad::SCALE.saturating_sub(1));
    (factor(), factor(), most_at).prop_filter_map(MADE, HealthIncentive::from_seed)
}

/// Returns a strategy for any incentive, each kind as often.
pub fn incentive() -> impl Strategy<Value = Incentive> + Clone {
    let kinds = (fixed_incentive(), threshold_incentive(), health_incentive());
    (any::<u8>(), kinds, (dutch_auction(), span())).prop_filter_map(MADE, Incentive::from_seed)
}

/// Returns a strategy for any terms: a target of 1 and of 10, and no dust, often.
pub fn liquidation_terms() -> impl Strategy<Value = LiquidationTerms> + Clone {
    let target = offset(MOST_TARGET.saturating_sub(Wad::SCALE));
    (target, close_factor(), incentive(), amount())
        .prop_filter_map(MADE, LiquidationTerms::from_seed)
}
