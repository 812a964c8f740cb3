//! The encoded length of each type that has a largest size, for an account that is made before its value.

use tokenomics_fixed_math::{
    encoded_len, Amount, EncodedLen, Fraction, PackedError, Ratio, Span, Timestamp,
};

use crate::{
    ArrayEpochs, Baseline, Capped, Compounding, CompoundingParams, Constant, Decay, Disinflation,
    DisinflationParams, Drift, Epoch, Error, Exponential, Geometric, GeometricEpochs,
    GeometricEpochsParams, GeometricParams, LinearRate, Logistic, PerBlock, Phase, Phases, Point,
    Quantity, StepEpochs, Tail,
};

encoded_len! {
    struct [C: EncodedLen] Capped<C>: C, Amount;
    struct [C: EncodedLen] PerBlock<C>: C, Timestamp, Ratio;
    struct [C: EncodedLen] Phase<C>: Timestamp, C;
    struct [C: EncodedLen] Tail<C>: C, Ratio, Timestamp;
    struct [E: EncodedLen] GeometricEpochs<E>: Timestamp, Span, Amount, Ratio, Option<u32>;
    struct [L: EncodedLen] Phases<L>: L;
    struct [L: EncodedLen] StepEpochs<L>: L;
    struct [] Baseline: Amount, Decay, u128, Ratio;
    struct [] Compounding: Timestamp, Timestamp, Amount, Ratio, Span;
    struct [] CompoundingParams: Timestamp, Timestamp, Amount, Ratio, Span;
    struct [] Constant: Timestamp, Timestamp, Ratio;
    struct [] Disinflation: Timestamp, Timestamp, Amount, Span, Fraction, Fraction, Fraction;
    struct [] DisinflationParams: Timestamp, Timestamp, Amount, Span, Fraction, Fraction, Fraction;
    struct [] Drift: Timestamp, Amount, Amount;
    struct [] Epoch: Amount, Amount;
    struct [] Exponential: Timestamp, Timestamp, Amount, Decay;
    struct [] Geometric: Timestamp, Timestamp, Span, Amount, Ratio;
    struct [] GeometricEpochsParams: Timestamp, Span, Amount, Ratio, Option<u32>;
    struct [] GeometricParams: Timestamp, Timestamp, Span, Amount, Ratio;
    struct [] LinearRate: Timestamp, Timestamp, Ratio, Ratio;
    struct [] Logistic: Timestamp, Timestamp, Amount, Amount, Ratio;
    struct [] Point: Timestamp, Amount;
    struct [const N: usize] ArrayEpochs<N>: [Epoch; N], u32;
    enum [] Decay: (Ratio), (Span);
    enum [] Error: (Quantity, u128, u128), (Ratio), (u32), (u32, u128), (PackedError);
}
