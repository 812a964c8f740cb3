//! The encoded length of each type that has a largest size, for an account that is made before its value.

use tokenomics_fixed_math::{
    encoded_len, Amount, Fraction, PackedError, SignedWad, Span, Timestamp, Wad,
};

use crate::{
    AdaptiveRate, AdaptiveRateParams, AdaptiveRateState, BaseFee, BaseFeeParams, BlobExponential,
    BlobFee, BlobFeeParams, BlobReserve, Burn, Error, KinkedRate, KinkedRateParams,
    KinkedRateState, NposInflation, NposInflationParams, NposInflationState, Pid, PidParams,
    PidState, Quantity, RebaseRule, SqrtIssuance, SqrtIssuanceParams, SupplyChange, SupplyTarget,
    SupplyTargetParams, TargetBonded, TargetBondedParams, TargetBondedState,
};

encoded_len! {
    struct [] AdaptiveRate: AdaptiveRateParams, Amount, Amount, Timestamp;
    struct [] AdaptiveRateParams: Fraction, Wad, Wad, Wad, Wad, Span;
    struct [] AdaptiveRateState: Amount, Amount, Timestamp;
    struct [] BaseFee: BaseFeeParams, Amount, Timestamp;
    struct [] BaseFeeParams: u64, u64, Amount, Amount;
    struct [] BlobFee: BlobFeeParams, u64, Timestamp;
    struct [] BlobFeeParams: Amount, u64, u64, u64, BlobExponential;
    struct [] BlobReserve: u64, u64, u64, u64;
    struct [] Burn: Amount, Amount;
    struct [] KinkedRate: KinkedRateParams, Amount, Timestamp;
    struct [] KinkedRateParams: Fraction, Wad, Wad, Wad, Span;
    struct [] KinkedRateState: Amount, Timestamp;
    struct [] NposInflation: NposInflationParams, Amount, Timestamp;
    struct [] NposInflationParams: Wad, Wad, Fraction, Fraction, Span;
    struct [] NposInflationState: Amount, Timestamp;
    struct [] Pid: PidParams, SignedWad, SignedWad, SignedWad, Timestamp;
    struct [] PidParams: SignedWad, Wad, Wad, Wad, Wad, Wad, Wad, Span, SignedWad, SignedWad, SignedWad, Option<Wad>;
    struct [] PidState: SignedWad, SignedWad, SignedWad, Timestamp;
    struct [] SqrtIssuance: SqrtIssuanceParams, Timestamp;
    struct [] SqrtIssuanceParams: u64, u64;
    struct [] SupplyTarget: SupplyTargetParams, Timestamp;
    struct [] SupplyTargetParams: Wad, Fraction, RebaseRule, Span, Amount;
    struct [] TargetBonded: TargetBondedParams, Amount, Amount, Timestamp;
    struct [] TargetBondedParams: Fraction, Wad, Wad, Wad, Span;
    struct [] TargetBondedState: Amount, Amount, Timestamp;
    enum [] BlobExponential: ();
    enum [] Error: (Quantity, u128, u128), (Timestamp, Timestamp), (u32, u128), (PackedError);
    enum [] RebaseRule: (u64), (Fraction, Fraction, Wad);
    enum [] SupplyChange: (), (Amount);
}
