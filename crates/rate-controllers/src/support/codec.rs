//! serde, borsh and SCALE: a controller is written as its parameters and its state, and read through
//! the check of `new`.

use tokenomics_fixed_math::{Amount, SignedWad, Timestamp};
use tokenomics_internals::checked_codec;

use crate::{
    AdaptiveRate, AdaptiveRateParams, BaseFee, BaseFeeParams, BlobFee, BlobFeeParams, Error,
    KinkedRate, KinkedRateParams, NposInflation, NposInflationParams, Pid, PidParams, SqrtIssuance,
    SqrtIssuanceParams, SupplyTarget, SupplyTargetParams, TargetBonded, TargetBondedParams,
};

/// Returns what the binary formats say of a controller that the checks refuse: their errors hold a
/// message that is known at compile time, not a format.
#[cfg(any(feature = "borsh", feature = "scale"))]
const fn refused(error: Error) -> &'static str {
    match error {
        Error::OutOfRange { what, .. } => what.name(),
        _ => "a value outside of its range",
    }
}

checked_codec! {
    error: Error, refused: refused;
    BaseFee::new as RawBaseFee {
        params: BaseFeeParams = BaseFee::params,
        fee: Amount = BaseFee::fee,
        next: Timestamp = BaseFee::next,
    }
    BlobFee::new as RawBlobFee {
        params: BlobFeeParams = BlobFee::params,
        excess: u64 = BlobFee::excess,
        next: Timestamp = BlobFee::next,
    }
    TargetBonded::restore as RawTargetBonded {
        params: TargetBondedParams = TargetBonded::params,
        numerator: Amount = TargetBonded::numerator,
        carried: Amount = TargetBonded::carried,
        last: Timestamp = TargetBonded::last,
    }
    NposInflation::restore as RawNposInflation {
        params: NposInflationParams = NposInflation::params,
        carried: Amount = NposInflation::carried,
        last: Timestamp = NposInflation::last,
    }
    SqrtIssuance::new as RawSqrtIssuance {
        params: SqrtIssuanceParams = SqrtIssuance::params,
        last: Timestamp = SqrtIssuance::last,
    }
    KinkedRate::restore as RawKinkedRate {
        params: KinkedRateParams = KinkedRate::params,
        accrued: Amount = KinkedRate::interest,
        last: Timestamp = KinkedRate::last,
    }
    AdaptiveRate::restore as RawAdaptiveRate {
        params: AdaptiveRateParams = AdaptiveRate::params,
        exponent: Amount = AdaptiveRate::exponent,
        accrued: Amount = AdaptiveRate::interest,
        last: Timestamp = AdaptiveRate::last,
    }
    Pid::restore as RawPid {
        params: PidParams = Pid::params,
        integral: SignedWad = Pid::integral,
        filtered: SignedWad = Pid::filtered,
        output: SignedWad = Pid::output,
        last: Timestamp = Pid::last,
    }
    SupplyTarget::new as RawSupplyTarget {
        params: SupplyTargetParams = SupplyTarget::params,
        next: Timestamp = SupplyTarget::next,
    }
}
