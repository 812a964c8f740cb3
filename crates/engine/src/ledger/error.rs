//! The reasons why a ledger refuses a batch, or is unsound.

use tokenomics_fixed_math::Amount;

/// A refusal or a finding of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// An account holds less than is to be taken out of it.
    #[error("account `{account}` holds {held} and cannot pay {asked}")]
    Short {
        /// Its name.
        account: String,
        /// The amount that it holds.
        held: Amount,
        /// The amount that it was asked for.
        asked: Amount,
    },
    /// A batch gives more of an asset than it has taken by then.
    #[error("account `{account}` is given {given} of {asset}, of which {left} are left to give")]
    Unfunded {
        /// The account's name.
        account: String,
        /// The asset's symbol.
        asset: String,
        /// The amount that it is given.
        given: Amount,
        /// The amount that was taken and not given yet.
        left: Amount,
    },
    /// A batch takes more of an asset than it gives.
    #[error("{left} of {asset} are taken and given to nobody")]
    Unallocated {
        /// The asset's symbol.
        asset: String,
        /// The amount.
        left: Amount,
    },
    /// The accounts of an asset together would hold more than can be counted.
    #[error("the accounts would hold more than {} base units", Amount::MAX)]
    TooMuch,
    /// The accounts of an asset do not sum to its supply: a fault of this program.
    #[error("the accounts of {asset} sum to {sum}, but the supply is {supply}")]
    Imbalance {
        /// The asset's symbol.
        asset: String,
        /// Their sum.
        sum: Amount,
        /// The supply, which should be their sum.
        supply: Amount,
    },
    /// An account or asset of another ledger.
    #[error("there is no account or asset number {0} in this ledger")]
    Unknown(usize),
}
