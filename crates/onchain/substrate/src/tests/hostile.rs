//! Bytes in storage that no call has left: a call that reads them fails or goes on, and never panics.

use frame_support::storage::with_transaction;
use sp_io::hashing::twox_128;
use sp_io::storage::{get, next_key, set};
use sp_runtime::{DispatchError, TransactionOutcome};

use super::runtime::{
    at, call, on_chain, own, prices, set_prices, units, Call, Runtime, Seconds, Tokenomics, ALICE,
    BOB,
};
use crate::Error;

/// Leaves something of every kind in storage.
fn populate() {
    let grantee = BOB;
    for end in [20, 40] {
        let (total, start, cliff, end) = (units(1_000), at(0), at(5), at(end));
        call(
            ALICE,
            Call::create_grant {
                grantee,
                total,
                start,
                cliff,
                end,
            },
        )
        .unwrap();
    }
    set_prices(prices()).unwrap();
    for (who, end) in [ALICE, BOB].into_iter().zip([20, 40]) {
        Seconds::set(who);
        call(
            who,
            Call::lock {
                amount: units(50),
                end: at(end),
            },
        )
        .unwrap();
        call(who, Call::stake { amount: units(60) }).unwrap();
        call(who, Call::fund { amount: units(7) }).unwrap();
        call(who, Call::deposit { amount: units(100) }).unwrap();
        call(who, Call::borrow { amount: units(40) }).unwrap();
    }
}

/// All keys of the pallet, but that of its version, which it never reads.
fn keys() -> Vec<Vec<u8>> {
    let prefix = twox_128(b"Tokenomics");
    let version = [prefix, twox_128(b":__STORAGE_VERSION__:")].concat();
    let mut keys = Vec::new();
    let mut last = prefix.to_vec();
    while let Some(key) = next_key(&last).filter(|key| key.starts_with(&prefix)) {
        keys.push(key.clone());
        last = key;
    }
    keys.retain(|key| *key != version);
    keys
}

/// Every call of an account's but that of root.
fn calls(who: u64) -> Vec<Call> {
    let amount = units(9);
    let (total, start, cliff, end) = (units(7), at(0), at(5), at(40));
    let grantee = who;
    vec![
        Call::claim_grant { id: 0 },
        Call::claim_grant { id: 1 },
        Call::revoke_grant { id: 0 },
        Call::revoke_grant { id: 1 },
        Call::create_grant {
            grantee,
            total,
            start,
            cliff,
            end,
        },
        Call::extend_lock { end: at(44) },
        Call::withdraw_lock {},
        Call::lock {
            amount,
            end: at(44),
        },
        Call::stake { amount },
        Call::fund { amount },
        Call::claim_rewards {},
        Call::unstake { amount },
        Call::deposit { amount },
        Call::borrow { amount },
        Call::repay { amount },
        Call::withdraw { amount },
        Call::check_health { who },
    ]
}

/// Makes all calls and reads all there is to read, then takes all of it back; returns how often it was
/// said that storage is corrupt.
fn use_all() -> u32 {
    with_transaction(|| TransactionOutcome::Rollback(Ok::<_, DispatchError>(used()))).unwrap()
}

fn used() -> u32 {
    let mut corrupt = 0;
    let mut is_corrupt = |error: Option<Error<Runtime>>| {
        corrupt += u32::from(error == Some(Error::Corrupt));
    };
    for now in [8, 50] {
        Seconds::set(now);
        for who in [BOB, ALICE] {
            for made in calls(who) {
                is_corrupt(call(who, made).err().and_then(own));
            }
            is_corrupt(Tokenomics::weight_of(who).err());
            is_corrupt(Tokenomics::rewards_of(who).err());
        }
        for time in [0, 1, 2, 3, 4, 5, 8, 30, 60] {
            is_corrupt(Tokenomics::total_weight_at(at(time)).err());
        }
        is_corrupt(Tokenomics::claimable_of(0).err());
    }
    corrupt
}

/// Runs `test` with each key and its value as it is.
fn each_key(test: impl Fn(&[u8], &[u8])) {
    on_chain(|| {
        populate();
        for key in keys() {
            let value = get(&key).unwrap();
            test(&key, &value);
            set(&key, &value);
        }
    });
}

#[test]
fn truncated_bytes_are_an_error() {
    each_key(|key, value| {
        set(key, &value[..value.len() - 1]);
        assert!(use_all() > 0, "{key:?}");
    });
}

#[test]
fn no_bytes_at_all_are_an_error() {
    each_key(|key, _| {
        set(key, &[]);
        assert!(use_all() > 0, "{key:?}");
    });
}

#[test]
fn garbage_never_panics() {
    let mut seed = 7_u64;
    let mut noise = move |len: usize| -> Vec<u8> {
        let next = |_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            seed.to_be_bytes()[0]
        };
        (0..len).map(next).collect()
    };
    let noises: Vec<Vec<u8>> = (0..2).map(|_| noise(1_000)).collect();
    each_key(|key, value| {
        for byte in [0, 0xff] {
            set(key, &vec![byte; value.len()]);
            use_all();
            set(key, &vec![byte; 100_000]);
            use_all();
        }
        for noise in &noises {
            set(key, noise);
            use_all();
        }
    });
}

/// One byte after another is another: most of what comes of it decodes, and is no state of any escrow.
#[test]
fn any_byte_changed_never_panics() {
    each_key(|key, value| {
        for place in (0..value.len()).step_by(13) {
            let mut changed = value.to_vec();
            changed[place] ^= 0x80;
            set(key, &changed);
            use_all();
        }
    });
}

/// A counter that was set back doesn't bring a new grant over an old one.
#[test]
fn a_grant_is_never_overwritten() {
    on_chain(|| {
        populate();
        crate::NextGrant::<Runtime>::put(1);
        let before = crate::Grants::<Runtime>::get(1);
        let (total, start, end) = (units(7), at(0), at(40));
        let grantee = ALICE;
        let cliff = start;
        let made = Call::create_grant {
            grantee,
            total,
            start,
            cliff,
            end,
        };
        assert_eq!(call(ALICE, made).err().and_then(own), Some(Error::Corrupt));
        assert_eq!(crate::Grants::<Runtime>::get(1), before);
    });
}
