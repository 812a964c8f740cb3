//! The parameters and the state of the controllers.

use tokenomics_fixed_math::{Amount, SignedWad, Timestamp};

#[cfg(feature = "borsh")]
use super::invalid;
#[cfg(feature = "scale")]
use super::message;
use crate::{
    AdaptiveRate, AdaptiveRateParams, BaseFee, BaseFeeParams, BlobFee, BlobFeeParams, Error,
    KinkedRate, KinkedRateParams, NposInflation, NposInflationParams, Pid, PidParams, SqrtIssuance,
    SqrtIssuanceParams, SupplyTarget, SupplyTargetParams, TargetBonded, TargetBondedParams,
};

/// Writes what a checked constructor takes, and reads it through that. The order is that of its
/// parameters.
macro_rules! through {
    ($($type:ident::$make:ident as $raw:ident { $($field:ident: $kind:ty = $get:ident,)+ })+) => {$(
        /// What the constructor takes, unchecked.
        #[cfg_attr(
            feature = "serde",
            derive(serde::Serialize, serde::Deserialize),
            serde(deny_unknown_fields)
        )]
        #[cfg_attr(
            feature = "borsh",
            derive(borsh::BorshSerialize, borsh::BorshDeserialize)
        )]
        #[cfg_attr(
            feature = "scale",
            derive(parity_scale_codec::Encode, parity_scale_codec::Decode)
        )]
        pub(crate) struct $raw {
            $($field: $kind,)+
        }

        impl From<$type> for $raw {
            fn from(controller: $type) -> Self {
                Self {
                    $($field: controller.$get(),)+
                }
            }
        }

        impl TryFrom<$raw> for $type {
            type Error = Error;

            fn try_from(raw: $raw) -> Result<Self, Error> {
                Self::$make($(raw.$field),+)
            }
        }

        #[cfg(feature = "borsh")]
        impl borsh::BorshSerialize for $type {
            fn serialize<W: borsh::io::Write>(&self, writer: &mut W) -> borsh::io::Result<()> {
                $raw::from(*self).serialize(writer)
            }
        }

        #[cfg(feature = "borsh")]
        impl borsh::BorshDeserialize for $type {
            fn deserialize_reader<R: borsh::io::Read>(reader: &mut R) -> borsh::io::Result<Self> {
                let raw = $raw::deserialize_reader(reader)?;
                raw.try_into().map_err(invalid)
            }
        }

        #[cfg(feature = "scale")]
        impl parity_scale_codec::Encode for $type {
            fn encode_to<T: parity_scale_codec::Output + ?Sized>(&self, output: &mut T) {
                $raw::from(*self).encode_to(output);
            }
        }

        #[cfg(feature = "scale")]
        impl parity_scale_codec::EncodeLike for $type {}

        #[cfg(feature = "scale")]
        impl parity_scale_codec::Decode for $type {
            fn decode<I: parity_scale_codec::Input>(
                input: &mut I,
            ) -> Result<Self, parity_scale_codec::Error> {
                let raw = $raw::decode(input)?;
                raw.try_into().map_err(|error| message(error).into())
            }
        }
    )+};
}

through! {
    BaseFee::new as RawBaseFee {
        params: BaseFeeParams = params,
        fee: Amount = fee,
        next: Timestamp = next,
    }
    BlobFee::new as RawBlobFee {
        params: BlobFeeParams = params,
        excess: u64 = excess,
        next: Timestamp = next,
    }
    TargetBonded::restore as RawTargetBonded {
        params: TargetBondedParams = params,
        numerator: Amount = numerator,
        carried: Amount = carried,
        last: Timestamp = last,
    }
    NposInflation::restore as RawNposInflation {
        params: NposInflationParams = params,
        carried: Amount = carried,
        last: Timestamp = last,
    }
    SqrtIssuance::new as RawSqrtIssuance {
        params: SqrtIssuanceParams = params,
        last: Timestamp = last,
    }
    KinkedRate::restore as RawKinkedRate {
        params: KinkedRateParams = params,
        accrued: Amount = interest,
        last: Timestamp = last,
    }
    AdaptiveRate::restore as RawAdaptiveRate {
        params: AdaptiveRateParams = params,
        exponent: Amount = exponent,
        accrued: Amount = interest,
        last: Timestamp = last,
    }
    Pid::restore as RawPid {
        params: PidParams = params,
        integral: SignedWad = integral,
        filtered: SignedWad = filtered,
        output: SignedWad = output,
        last: Timestamp = last,
    }
    SupplyTarget::new as RawSupplyTarget {
        params: SupplyTargetParams = params,
        next: Timestamp = next,
    }
}
