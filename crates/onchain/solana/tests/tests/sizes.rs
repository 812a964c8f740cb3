//! The lengths of accounts, which docs/onchain.md lists.

use embedded::collateral::{LoanAccount, MarketAccount};
use embedded::escrow::{LockAccount, ESCROW_SPACE};
use embedded::grant::GrantAccount;
use embedded::pool::{PoolAccount, StakeAccount};
use embedded::{Purse, State as _};

#[test]
fn accounts_keep_their_lengths() {
    assert_eq!(Purse::SPACE, 73);
    assert_eq!(GrantAccount::SPACE, 283);
    assert_eq!(ESCROW_SPACE, 16_953);
    assert_eq!(LockAccount::SPACE, 140);
    assert_eq!(PoolAccount::SPACE, 177);
    assert_eq!(StakeAccount::SPACE, 145);
    assert_eq!(MarketAccount::SPACE, 193);
    assert_eq!(LoanAccount::SPACE, 195);
}
