//! Strategies for correlations and protections.

use proptest::prelude::*;
use tokenomics_fixed_math::strategies::{amount, fraction, ratio, span, timestamp};

use super::MADE;
use crate::support::seed::FromSeed;
use crate::{
    Correlation, CorrelationMatrix, CorrelationOffset, CorrelationStress, Payer, PostedMeans,
    Protection, ProtectionTerms,
};

/// Basis points of a correlation: −1, 0 and 1 often.
fn bps() -> impl Strategy<Value = i16> + Clone {
    prop_oneof![
        1 => prop::sample::select(&[-Correlation::SCALE, 0, Correlation::SCALE][..]),
        2 => Correlation::MINUS_ONE.bps()..=Correlation::ONE.bps(),
    ]
}

/// The numbers that a matrix is made of: 1 and 16 assets often.
fn matrix_seed() -> impl Strategy<Value = (u8, [i16; 16])> + Clone {
    let assets = prop_oneof![1 => Just(1), 1 => Just(16), 4 => 1..=16_u8];
    let ones = prop::sample::select(&[-Correlation::SCALE, Correlation::SCALE][..]);
    let loadings = prop_oneof![
        1 => prop::array::uniform16(ones),
        3 => prop::array::uniform16(bps()),
    ];
    (assets, loadings)
}

/// Returns a strategy for any correlation: −1, 0 and 1 often.
pub fn correlation() -> impl Strategy<Value = Correlation> + Clone {
    bps().prop_filter_map(MADE, Correlation::from_seed)
}

/// Returns a strategy for matrices of one factor: of 1 and 16 assets, and singular, often.
pub fn correlation_matrix() -> impl Strategy<Value = CorrelationMatrix> + Clone {
    matrix_seed().prop_filter_map(MADE, CorrelationMatrix::from_seed)
}

/// Returns a strategy for any stress: none and all of the way often.
pub fn correlation_stress() -> impl Strategy<Value = CorrelationStress> + Clone {
    (fraction(), fraction()).prop_filter_map(MADE, CorrelationStress::from_seed)
}

/// Returns a strategy for any offset over those matrices: none and all of the sum often.
pub fn correlation_offset() -> impl Strategy<Value = CorrelationOffset> + Clone {
    let stress = (fraction(), fraction());
    let numbers = (matrix_seed(), stress, fraction());
    numbers.prop_filter_map(MADE, CorrelationOffset::from_seed)
}

/// Returns a strategy for any protection: of nothing and of all, ended and endless often.
pub fn protection() -> impl Strategy<Value = Protection> + Clone {
    let numbers = (amount(), ratio(), timestamp(), timestamp());
    numbers.prop_filter_map(MADE, Protection::from_seed)
}

/// Returns a strategy for any terms of protections: next to each other and far apart often.
pub fn protection_terms() -> impl Strategy<Value = ProtectionTerms> + Clone {
    (span(), span()).prop_filter_map(MADE, ProtectionTerms::from_seed)
}

/// Returns a strategy for any means: that share none and all of a fall often.
pub fn posted_means() -> impl Strategy<Value = PostedMeans> + Clone {
    (amount(), fraction(), fraction()).prop_filter_map(MADE, PostedMeans::from_seed)
}

/// Returns a strategy for any payer: without means and without claims often.
pub fn payer() -> impl Strategy<Value = Payer> + Clone {
    (amount(), amount()).prop_filter_map(MADE, Payer::from_seed)
}
