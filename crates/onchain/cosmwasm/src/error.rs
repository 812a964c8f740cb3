//! What is refused, each with a number that a caller can match on.

use cosmwasm_std::{StdError, Uint256};
use thiserror::Error;

/// A reason for which a message was refused. Its text begins with its [`code`](Self::code), since a text is
/// all that leaves a contract.
#[derive(Debug, Error)]
pub enum ContractError {
    #[error("{}: {}", self.code(), .0)]
    Std(StdError),
    #[error("{}: the sender isn't the one who may do that", self.code())]
    Unauthorized,
    #[error("{}: there is none", self.code())]
    NotFound,
    #[error("{}: the holder has a lock already", self.code())]
    LockedAlready,
    #[error("{}: exactly one coin of {denom} is to be sent along", self.code())]
    Payment { denom: String },
    #[error("{}: no coins are to be sent along", self.code())]
    NotPayable,
    #[error("{}: {amount} is more than 128 bits hold", self.code())]
    TooLarge { amount: Uint256 },
    #[error("{}: what is stored under {namespace} can't be read", self.code())]
    Stored { namespace: &'static str },
    #[error("{}: the weight of a lock in the past isn't kept", self.code())]
    Past,
    #[error("{}: an account has at most {most} holdings, and as many debts", self.code())]
    TooMany { most: usize },
    #[error("{}: {}", self.code(), .0)]
    Math(tokenomics_fixed_math::Error),
    #[error("{}: {}", self.code(), .0)]
    Vesting(tokenomics_vesting::Error),
    #[error("{}: {}", self.code(), .0)]
    Escrow(tokenomics_escrow_weighting::Error),
    #[error("{}: {}", self.code(), .0)]
    Reward(tokenomics_fee_split::Error),
    #[error("{}: {}", self.code(), .0)]
    Collateral(tokenomics_haircut_collateral::Error),
}

impl ContractError {
    /// Returns the number of the error: the crates' own from 10,000 on, and this contract's below.
    #[must_use]
    pub fn code(&self) -> u16 {
        match self {
            Self::Std(_) => 1,
            Self::Unauthorized => 2,
            Self::NotFound => 3,
            Self::LockedAlready => 4,
            Self::Payment { .. } => 5,
            Self::NotPayable => 6,
            Self::TooLarge { .. } => 7,
            Self::Stored { .. } => 8,
            Self::Past => 9,
            Self::TooMany { .. } => 10,
            Self::Math(error) => error.code(),
            Self::Vesting(error) => error.code(),
            Self::Escrow(error) => error.code(),
            Self::Reward(error) => error.code(),
            Self::Collateral(error) => error.code(),
        }
    }
}

impl From<StdError> for ContractError {
    fn from(error: StdError) -> Self {
        Self::Std(error)
    }
}

impl From<tokenomics_fixed_math::Error> for ContractError {
    fn from(error: tokenomics_fixed_math::Error) -> Self {
        Self::Math(error)
    }
}

impl From<tokenomics_vesting::Error> for ContractError {
    fn from(error: tokenomics_vesting::Error) -> Self {
        Self::Vesting(error)
    }
}

impl From<tokenomics_escrow_weighting::Error> for ContractError {
    fn from(error: tokenomics_escrow_weighting::Error) -> Self {
        Self::Escrow(error)
    }
}

impl From<tokenomics_fee_split::Error> for ContractError {
    fn from(error: tokenomics_fee_split::Error) -> Self {
        Self::Reward(error)
    }
}

impl From<tokenomics_haircut_collateral::Error> for ContractError {
    fn from(error: tokenomics_haircut_collateral::Error) -> Self {
        Self::Collateral(error)
    }
}
