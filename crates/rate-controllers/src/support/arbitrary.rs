//! Controllers from a fuzzer's bytes.

use arbitrary::{Arbitrary, Error, Result, Unstructured};

use super::seed::FromSeed;
use crate::{
    AdaptiveRate, BaseFee, BlobFee, KinkedRate, NposInflation, Pid, SqrtIssuance, SupplyTarget,
    TargetBonded,
};

/// Implements `Arbitrary` by the seed that the bytes are.
macro_rules! arbitrary {
    ($($type:ident)+) => {$(
        impl<'a> Arbitrary<'a> for $type {
            fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
                let seed = Arbitrary::arbitrary(bytes)?;
                Self::from_seed(seed).ok_or(Error::IncorrectFormat)
            }
        }
    )+};
}

arbitrary! {
    AdaptiveRate BaseFee BlobFee KinkedRate NposInflation Pid SqrtIssuance SupplyTarget TargetBonded
}
