//! Losses, limits, guards and treasuries are read back as they were, and what no calls lead to is not read.
#![cfg(all(feature = "serde", feature = "borsh", feature = "scale"))]

use borsh::BorshDeserialize;
use parity_scale_codec::{Decode, Encode, MaxEncodedLen};
use serde_json::json;
use tokenomics_fixed_math::{fraction, wad, Amount, Fraction, Ratio, Span, Timestamp, U256};
use tokenomics_haircut_collateral::{
    Cap, CircuitBreaker, GrowthCap, GrowthCapTerms, Isolation, LossShares, LossWaterfall,
    PoolDeposit, RateLimit, RatioSnapshot, StabilityPool, StabilityPoolState, TreasuryAsset,
};

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

/// The integers of a U256: the lower half first.
fn wide(wide: U256) -> (u128, u128) {
    (wide.low(), wide.high())
}

fn waterfall() -> (LossWaterfall<2>, LossShares) {
    let (mut waterfall, mut held) = (LossWaterfall::new(), LossShares::NONE);
    waterfall.insure(Amount::new(3)).unwrap();
    waterfall
        .deposit(1, &mut held, Amount::new(1 << 40))
        .unwrap();
    // All but one unit: once to the next scale.
    waterfall.absorb(Amount::new(2 + (1 << 40))).unwrap();
    waterfall.deposit(1, &mut held, Amount::new(4)).unwrap();
    (waterfall, held)
}

#[test]
fn a_waterfall_and_its_shares() {
    let (waterfall, held) = waterfall();
    assert_eq!(by_each(&waterfall), [waterfall; 3]);
    assert_eq!(by_each(&waterfall.state()), [waterfall.state(); 3]);
    assert_eq!(by_each(&held), [held; 3]);
    // 2^72 shares were cut to 2^40, of one unit, and 4 more units were added.
    let shares = 5_u128 << 40;
    let tranches = [(0_u128, (0_u128, 0_u128), 0_u32), (5, (shares, 0), 1)];
    assert_eq!(waterfall.encode(), (0_u128, tranches).encode());
    assert_eq!(held.encode(), (1_u32, (shares, 0_u128)).encode());
    let text = serde_json::to_value(waterfall).unwrap();
    let tranche = |assets: &str, shares: &str, scale| json!({"assets": assets, "shares": shares, "scale": scale});
    let tranches = [tranche("0", "0", 0), tranche("5", "5497558138880", 1)];
    assert_eq!(text, json!({"insurance": "0", "tranches": tranches}));
    // Fewer than 2^32 shares a unit, more than 2^64, shares of nothing, and a unit of nobody.
    for (assets, low, high) in [
        (5_u128, (5_u128 << 32) - 1, 0_u128),
        (5, (5 << 64) + 1, 0),
        (0, 1, 0),
        (1, 0, 0),
        (1, 0, 1),
    ] {
        let stored = (0_u128, [(assets, (low, high), 0_u32); 2]).encode();
        assert!(LossWaterfall::<2>::decode(&mut stored.as_slice()).is_err());
    }
    for (assets, low) in [(5_u128, 5_u128 << 32), (5, 5 << 64), (0, 0)] {
        let stored = (0_u128, [(assets, (low, 0_u128), 0_u32); 2]).encode();
        assert!(LossWaterfall::<2>::decode(&mut stored.as_slice()).is_ok());
    }
}

#[test]
fn a_stability_pool_and_a_deposit() {
    let (mut pool, mut alice) = (StabilityPool::new([U256::ZERO; 8]), PoolDeposit::new());
    pool.deposit(&mut alice, Amount::new(9)).unwrap();
    pool.absorb(Amount::new(2), Amount::new(5)).unwrap();
    pool.claim(&mut alice).unwrap();
    let state = pool.state();
    assert_eq!(by_each(&state), [state; 3]);
    assert_eq!(by_each(&alice), [alice; 3]);
    let shares = 9_u128 << 32;
    // 5·2^160 by 9·2^32, and 2^128 / 9 has the rest 4.
    let quotient = U256::new(5, 0).div_rem(9).unwrap();
    let deposits = (7_u128, (shares, 0_u128), 0_u32);
    let rest = (quotient.1 << 32, 0_u128);
    let gains = (wide(quotient.0), rest, 5_u128, 4_u128);
    assert_eq!(state.encode(), (deposits, gains).encode());
    let owed = quotient.0.checked_mul(9).unwrap().low();
    let deposit = (0_u32, (shares, 0_u128), wide(quotient.0), (owed, 0_u128));
    assert_eq!(alice.encode(), deposit.encode());
    let refused = [
        StabilityPoolState {
            paid: Amount::new(6),
            ..state
        },
        StabilityPoolState {
            per_share: U256::new(5, 1),
            ..state
        },
        StabilityPoolState {
            rest: U256::new((5 << 32) + 1, 0),
            ..state
        },
    ];
    for state in refused {
        assert!(StabilityPool::restore(state, [U256::ZERO; 8]).is_err());
    }
    let mut later = state;
    later.deposits.scale = 9;
    assert!(StabilityPool::restore(later, [U256::ZERO; 8]).is_err());
    later.deposits.scale = 8;
    assert!(StabilityPool::restore(later, [U256::ZERO; 8]).is_ok());
}

#[test]
fn limits() {
    let (amount, at) = (Amount::new(7), Timestamp::new(100));
    let mut limit = RateLimit::new(Amount::new(9), amount, Span::new(60), at).unwrap();
    limit.take(Amount::new(5), Timestamp::new(103)).unwrap();
    assert_eq!(by_each(&limit), [limit; 3]);
    let row = |level: (u128, u128)| (9_u128, 7_u128, 60_u64, level, 103_u64).encode();
    assert_eq!(limit.encode(), row((300, 0)));
    // The level may be above a burst that was lowered, and is at most 2^128 − 1 units.
    assert!(RateLimit::decode(&mut row((541, 0)).as_slice()).is_ok());
    assert!(RateLimit::decode(&mut row((u128::MAX - 59, 59)).as_slice()).is_ok());
    assert!(RateLimit::try_from_slice(&row((u128::MAX - 58, 59))).is_err());
    let text = json!({"burst": "9", "amount": "7", "period": "60", "level": "300", "at": "103"});
    assert_eq!(serde_json::to_value(limit).unwrap(), text);

    let cap = Cap::restore(Amount::new(5), Amount::new(8));
    assert_eq!(by_each(&cap), [cap; 3]);
    assert_eq!(cap.encode(), (5_u128, 8_u128).encode());
    for (kind, byte) in [(Isolation::Shared, 0), (Isolation::Isolated, 1)] {
        assert_eq!(by_each(&kind), [kind; 3]);
        assert_eq!(kind.encode(), [byte]);
    }
    assert_eq!(
        serde_json::to_value(Isolation::Isolated).unwrap(),
        json!("isolated")
    );
}

#[test]
fn guards() {
    let first = (Ratio::new(3, 7).unwrap(), Timestamp::new(9));
    let (window, cooldown) = (Span::new(60), Span::new(30));
    let mut breaker = CircuitBreaker::new(fraction!("0.1"), window, cooldown, first).unwrap();
    assert_eq!(
        breaker.observe(Ratio::new(5, 7).unwrap(), Timestamp::new(11)),
        Ok(false)
    );
    assert_eq!(by_each(&breaker), [breaker; 3]);
    let tenth = Fraction::SCALE / 10;
    let row = |max_move: u64, since: u64| {
        (
            max_move,
            60_u64,
            30_u64,
            (5_u128, 7_u128),
            (since, 11_u64, true),
        )
            .encode()
    };
    assert_eq!(breaker.encode(), row(tenth, 11));
    assert!(CircuitBreaker::decode(&mut row(0, 11).as_slice()).is_err());
    let late = CircuitBreaker::try_from_slice(&row(tenth, 12)).unwrap_err();
    assert_eq!(late.to_string(), "a time out of order");

    let terms = GrowthCapTerms {
        growth: wad!("0.0872"),
        year: Span::from_days(365),
        max_step: fraction!("0.03"),
        min_delay: Span::from_days(3),
    };
    let snapshot = RatioSnapshot {
        ratio: wad!("1.1572"),
        at: Timestamp::new(5),
    };
    let cap = GrowthCap::new(terms, snapshot, wad!("1.1572"), Timestamp::new(6)).unwrap();
    assert_eq!(by_each(&cap), [cap; 3]);
    let row = |ratio: u128, at: u64| {
        let terms = (
            87_200_000_000_000_000_u128,
            31_536_000_u64,
            30_000_000_000_000_000_u64,
            259_200_u64,
        );
        (terms, ratio, at, 6_u64).encode()
    };
    assert_eq!(cap.encode(), row(1_157_200_000_000_000_000, 5));
    assert!(GrowthCap::decode(&mut row(0, 5).as_slice()).is_err());
    assert!(GrowthCap::decode(&mut row(1, 7).as_slice()).is_err());
}

#[test]
fn a_treasury_asset() {
    let own = TreasuryAsset::native(Amount::new(8), fraction!("0.5"));
    assert_eq!(by_each(&own), [own; 3]);
    assert_eq!(own.encode(), (8_u128, Fraction::SCALE / 2, true).encode());
    let text = json!({"value": "8", "haircut": "0.5", "native": true});
    assert_eq!(serde_json::to_value(own).unwrap(), text);
}
