//! A vault and its withdrawals are read back as they were, and what no calls lead to is not read at all.
#![cfg(all(feature = "serde", feature = "borsh", feature = "scale"))]

use borsh::BorshDeserialize;
use parity_scale_codec::{Decode, Encode, MaxEncodedLen};
use serde_json::{json, Value};
use tokenomics_fee_split::{Vault, VaultState, VaultTerms, Withdrawal};
use tokenomics_fixed_math::{Amount, Fraction, Span, Timestamp};

fn by_each<T>(value: &T) -> [T; 3]
where
    T: serde::Serialize + serde::de::DeserializeOwned,
    T: borsh::BorshSerialize + BorshDeserialize + Encode + Decode + MaxEncodedLen,
{
    let text = serde_json::to_string(value).unwrap();
    let (borsh, scale) = (borsh::to_vec(value).unwrap(), value.encode());
    assert!(scale.len() <= T::max_encoded_len());
    assert_eq!(borsh, scale);
    let mut input = scale.as_slice();
    let read = [
        serde_json::from_str(&text).unwrap(),
        T::try_from_slice(&borsh).unwrap(),
        T::decode(&mut input).unwrap(),
    ];
    assert!(input.is_empty());
    read
}

/// A vault with fees of both kinds, a remainder of each, and a queue after a loss.
fn ran() -> (Vault, Withdrawal) {
    let terms = VaultTerms {
        decimals_offset: 0,
        performance_fee: Fraction::from_percent(15).unwrap(),
        management_fee: Fraction::from_percent(2).unwrap(),
        fee_period: Span::new(1_000),
        withdrawal_delay: Span::new(9),
    };
    let at = Timestamp::new;
    let mut vault = Vault::new(terms, at(0)).unwrap();
    let shares = vault.deposit(Amount::new(10_000), at(7)).unwrap();
    vault.recognise_gain(Amount::new(777), at(18)).unwrap();
    let withdrawal = vault.request_withdrawal(shares / 3, at(20)).unwrap();
    vault.recognise_loss(Amount::new(1_001), at(31)).unwrap();
    (vault, withdrawal)
}

#[test]
fn every_type_is_read_as_it_was_written() {
    let (vault, withdrawal) = ran();
    let state = vault.state();
    assert!(state.loss_rest > 0 && state.performance_rest > 0);
    assert!(!state.management_rest.is_zero() && state.claim_rate.numerator() > 1);
    assert_eq!(by_each(&vault), [vault; 3]);
    assert_eq!(by_each(&state), [state; 3]);
    assert_eq!(by_each(&state.terms), [state.terms; 3]);
    for read in by_each(&withdrawal) {
        assert_eq!(read, withdrawal);
    }
    let (empty, full) = (VaultTerms::PLAIN, Amount::new(u128::MAX / 1_000 - 1));
    let mut vault = Vault::new(empty, Timestamp::MAX).unwrap();
    assert_eq!(by_each(&vault), [vault; 3]);
    vault.deposit(full, Timestamp::MAX).unwrap();
    assert_eq!(by_each(&vault), [vault; 3]);
}

/// The bytes of a stored vault: integers in little endian, in the order of the fields.
#[test]
fn stored_bytes_stay_as_they_are() {
    let (vault, withdrawal) = ran();
    let state = vault.state();
    let ratio = |ratio: tokenomics_fixed_math::Ratio| (ratio.numerator(), ratio.denominator());
    let of_terms = (
        0_u8,
        150_000_000_000_000_000_u64,
        20_000_000_000_000_000_u64,
        1_000_u64,
        9_u64,
    );
    let of_shares = (
        31_u64,
        (state.assets.get(), state.shares.get()),
        (
            state.management_shares.get(),
            state.performance_shares.get(),
        ),
    );
    let of_fees = (
        (state.management_rest.get(), state.performance_rest),
        state.pending_fee.get(),
        ratio(state.high_water_mark),
    );
    let of_queue = (
        state.claims.get(),
        ratio(state.claim_rate),
        state.era,
        state.loss_rest,
    );
    assert_eq!(
        vault.encode(),
        (of_terms, of_shares, of_fees, of_queue).encode()
    );
    assert_eq!(
        withdrawal.encode(),
        (withdrawal.claims().get(), 0_u64, 29_u64).encode()
    );
    assert_eq!(Vault::max_encoded_len(), vault.encode().len());
}

#[test]
fn amounts_are_strings() {
    let (vault, withdrawal) = ran();
    let claims = withdrawal.claims().to_string();
    assert_eq!(
        serde_json::to_value(&withdrawal).unwrap(),
        json!({"claims": claims, "era": "0", "ready": "29"})
    );
    let written = serde_json::to_value(vault).unwrap();
    assert_eq!(written["shares"], json!("6667"));
    assert_eq!(written["claims"], json!(claims));
    assert_eq!(written["terms"]["fee_period"], json!("1000"));
}

/// Each line changes one thing of a valid vault so that no calls lead to it.
#[test]
fn a_vault_that_cannot_be_is_not_read() {
    let (vault, _) = ran();
    let valid = serde_json::to_value(vault).unwrap();
    let read = |state: Value| serde_json::from_value::<Vault>(state);
    assert!(read(valid.clone()).is_ok());
    let most = u128::MAX.to_string();
    let wrong: [(&str, Value); 9] = [
        ("assets", json!(most)),
        ("shares", json!(most)),
        ("management_shares", json!(most)),
        ("pending_fee", json!(most)),
        ("management_rest", json!("1000000000000000000000")),
        ("performance_rest", json!(1_000_000_000_000_000_000_u64)),
        ("claims", json!("0")),
        ("surprise", json!("0")),
        ("last", json!("never")),
    ];
    for (field, value) in wrong {
        let mut stored = valid.clone();
        stored[field] = value.clone();
        assert!(read(stored).is_err(), "{field}: {value}");
    }
    for (field, value) in [("decimals_offset", 19), ("fee_period", 0)] {
        let mut stored = valid.clone();
        stored["terms"][field] = json!(value);
        assert!(read(stored).is_err(), "{field}: {value}");
    }
    let bytes = vault.encode();
    let mut wrong = bytes.clone();
    wrong[0] = 19;
    assert!(Vault::decode(&mut wrong.as_slice()).is_err());
    let refused = Vault::try_from_slice(&wrong).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the decimals that shares have more than assets"
    );
    assert!(VaultState::decode(&mut bytes.as_slice()).is_ok());
}
