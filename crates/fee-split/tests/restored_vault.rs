//! The states in which a vault is restored, and those in which none can be.

use tokenomics_fee_split::{Error, Quantity, Vault, VaultState, VaultTerms};
use tokenomics_fixed_math::{Amount, Ratio, Timestamp};

const NOW: Timestamp = Timestamp::ZERO;

fn units(units: u128) -> Amount {
    Amount::new(units)
}

fn vault(decimals_offset: u8) -> Vault {
    let terms = VaultTerms {
        decimals_offset,
        ..VaultTerms::PLAIN
    };
    Vault::new(terms, NOW).unwrap()
}

fn refused(what: Quantity, value: u128, bound: u128) -> Error {
    Error::OutOfRange { what, value, bound }
}

/// Each changes one thing of the state of a vault so that no calls lead to it, up to its bounds.
#[test]
fn a_state_is_restored_up_to_its_bounds() {
    let mut vault = vault(0);
    vault.deposit(units(9), NOW).unwrap();
    vault.recognise_gain(units(10), NOW).unwrap(); // a price of 2
    vault.request_withdrawal(2, NOW).unwrap();
    let state = vault.state();
    assert_eq!(
        (state.claims, vault.assets(), state.shares),
        (units(4), units(15), units(7))
    );
    let restored = |state: VaultState| Vault::restore(state).map(|vault| vault.state());
    assert_eq!(restored(state), Ok(state));

    let rate = |numerator, denominator| VaultState {
        claim_rate: Ratio::new(numerator, denominator).unwrap(),
        ..state
    };
    assert!(restored(rate(1, 9)).is_ok());
    assert_eq!(
        restored(rate(0, 9)),
        Err(refused(Quantity::ClaimRate, 0, 1))
    );
    assert_eq!(
        restored(rate(9, 8)),
        Err(refused(Quantity::ClaimRate, 9, 8))
    );
    let unclaimed = VaultState {
        claims: Amount::ZERO,
        ..state
    };
    assert!(restored(unclaimed).is_ok());
    let lost = VaultState {
        loss_rest: 1,
        ..unclaimed
    };
    assert_eq!(restored(lost), Err(refused(Quantity::LossRest, 1, 0)));
    assert!(restored(VaultState {
        loss_rest: u64::MAX,
        ..state
    })
    .is_ok());

    let mark = |numerator| VaultState {
        high_water_mark: Ratio::new(numerator, 1_000).unwrap(),
        ..state
    };
    assert!(restored(mark(2_000)).is_ok() && restored(mark(9_000)).is_ok());
    assert_eq!(
        restored(mark(1_999)),
        Err(refused(Quantity::HighWaterMark, 15, 16))
    );
    let nobody = VaultState {
        shares: Amount::ZERO,
        assets: units(1),
        ..mark(2_000)
    };
    assert!(restored(nobody).is_ok());
    let above = VaultState {
        shares: Amount::ZERO,
        assets: units(1),
        ..mark(2_001)
    };
    assert_eq!(restored(above), Err(refused(Quantity::HighWaterMark, 3, 2)));

    // Five assets of whom nine tenths are counted elsewhere.
    let full = units(u128::MAX - 5);
    let high_water_mark = Ratio::MAX;
    assert!(restored(VaultState {
        assets: full,
        high_water_mark,
        ..state
    })
    .is_ok());
    let over = units(u128::MAX - 4);
    assert!(restored(VaultState {
        assets: over,
        high_water_mark,
        ..state
    })
    .is_err());
    let pending_fee = units(1);
    assert!(restored(VaultState {
        assets: full,
        pending_fee,
        high_water_mark,
        ..state
    })
    .is_err());
    let shares = units(u128::MAX - 1);
    assert!(restored(VaultState { shares, ..state }).is_ok());
    let performance_shares = units(1);
    assert!(restored(VaultState {
        shares,
        performance_shares,
        ..state
    })
    .is_err());
    assert!(restored(VaultState {
        shares: Amount::MAX,
        ..state
    })
    .is_err());
}
