//! What the mechanisms refuse, as the pallet's error: a `#[pallet::error]` has room for a code.

use tokenomics_escrow_weighting as escrow_weighting;
use tokenomics_fee_split as fee_split;
use tokenomics_haircut_collateral as haircut_collateral;
use tokenomics_vesting as vesting;

use crate::stored::Corrupt;
use crate::Error;

impl<T> From<Corrupt> for Error<T> {
    fn from(Corrupt: Corrupt) -> Self {
        Self::Corrupt
    }
}

impl<T> From<vesting::Error> for Error<T> {
    fn from(error: vesting::Error) -> Self {
        Self::Refused(error.code())
    }
}

impl<T> From<escrow_weighting::Error> for Error<T> {
    fn from(error: escrow_weighting::Error) -> Self {
        Self::Refused(error.code())
    }
}

impl<T> From<fee_split::Error> for Error<T> {
    fn from(error: fee_split::Error) -> Self {
        Self::Refused(error.code())
    }
}

impl<T> From<haircut_collateral::Error> for Error<T> {
    fn from(error: haircut_collateral::Error) -> Self {
        Self::Refused(error.code())
    }
}
