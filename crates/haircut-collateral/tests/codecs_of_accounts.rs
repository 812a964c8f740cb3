//! Accounts are read back as they were, and a free place ahead of an entry is not read.
#![cfg(all(feature = "serde", feature = "borsh", feature = "scale"))]

use parity_scale_codec::{Decode, Encode, MaxEncodedLen};
use serde_json::json;
use tokenomics_fixed_math::{fraction, Amount, Ratio};
use tokenomics_haircut_collateral::{Account, AccountState, Debt, Haircut, Holding};

fn account() -> Account<2> {
    let haircut = Haircut::new(fraction!("0.2"), fraction!("0.16")).unwrap();
    let held = Holding::new(Amount::new(7), Ratio::new(5, 3).unwrap(), haircut);
    let owed = Debt::new(Amount::MAX, Ratio::ONE, Haircut::NONE).unwrap();
    Account::from_entries(&[held, held], &[owed]).unwrap()
}

/// One of each entry: the byte 1, amount, price and haircuts in little endian; 0 of a free place.
fn bytes() -> Vec<u8> {
    let haircut = (200_000_000_000_000_000_u64, 160_000_000_000_000_000_u64);
    let held = (7_u128, (5_u128, 3_u128), haircut);
    let owed = (u128::MAX, (1_u128, 1_u128), (0_u64, 0_u64));
    let bytes = ((1_u8, held), (1_u8, held), (1_u8, owed), 0_u8).encode();
    assert_eq!(bytes.len(), 3 * 65 + 1);
    bytes
}

#[test]
fn bytes_are_entries_and_free_places() {
    let account = account();
    assert_eq!(account.encode(), bytes());
    assert_eq!(borsh::to_vec(&account).unwrap(), bytes());
    assert_eq!(account.state().encode(), bytes());
    assert_eq!(
        Account::<2>::decode(&mut bytes().as_slice()).unwrap(),
        account
    );
    assert_eq!(borsh::from_slice::<Account<2>>(&bytes()).unwrap(), account);
    assert_eq!(
        AccountState::decode(&mut bytes().as_slice()).unwrap(),
        account.state()
    );
    assert_eq!(Account::<2>::max_encoded_len(), 4 * 65);
    assert_eq!(Account::<2>::new().encode(), [0; 4]);
}

#[test]
fn json_is_entries_and_null() {
    let text = json!({
        "holdings": [
            {"amount": "7", "price": "5/3", "haircut": {"initial": "0.2", "maintenance": "0.16"}},
            {"amount": "7", "price": "5/3", "haircut": {"initial": "0.2", "maintenance": "0.16"}},
        ],
        "debts": [
            {
                "amount": "340282366920938463463374607431768211455",
                "price": "1/1",
                "add_on": {"initial": "0", "maintenance": "0"},
            },
            null,
        ],
    });
    assert_eq!(serde_json::to_value(account()).unwrap(), text);
    assert_eq!(
        serde_json::from_value::<Account<2>>(text).unwrap(),
        account()
    );
    let short = json!({"holdings": [null], "debts": [null, null]});
    assert!(serde_json::from_value::<Account<2>>(short).is_err());
}

#[test]
fn a_gap_is_not_read() {
    let state = account().state();
    let [held, _] = state.holdings;
    let gap = AccountState {
        holdings: [None, held],
        ..state
    };
    assert!(Account::<2>::decode(&mut gap.encode().as_slice()).is_err());
    let refused = borsh::from_slice::<Account<2>>(&gap.encode()).unwrap_err();
    assert_eq!(refused.to_string(), "entries that a store doesn't have");
    let [owed, _] = state.debts;
    let gap = AccountState {
        debts: [None, owed],
        ..state
    };
    let text = serde_json::to_value(gap).unwrap();
    let refused = serde_json::from_value::<Account<2>>(text).unwrap_err();
    assert_eq!(refused.to_string(), "the store has no entry 0");
    // A debt at no price isn't read in an account either.
    let unpriced = (
        0_u8,
        0_u8,
        (1_u8, 7_u128, (0_u128, 1_u128)),
        (0_u64, 0_u64, 0_u8),
    )
        .encode();
    assert!(Account::<2>::decode(&mut unpriced.as_slice()).is_err());
}
