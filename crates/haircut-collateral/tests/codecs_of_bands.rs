//! Bands are read back as they were, and what no calls lead to is not read.
#![cfg(all(feature = "serde", feature = "borsh", feature = "scale"))]

use borsh::BorshDeserialize;
use parity_scale_codec::{Decode, Encode, MaxEncodedLen};
use serde_json::json;
use tokenomics_fixed_math::{fraction, Amount, Ratio};
use tokenomics_haircut_collateral::{
    Band, BandGrid, BandPosition, SoftLiquidation, SoftLiquidationState,
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

fn market() -> (SoftLiquidation<[Band; 3]>, BandPosition<2>) {
    let grid = BandGrid::new(Ratio::from_integer(8), 2, 3).unwrap();
    let mut market = SoftLiquidation::new(grid, fraction!("0.25"), [Band::EMPTY; 3]).unwrap();
    let mut alice = BandPosition::new(1, 2).unwrap();
    market
        .deposit(&mut alice, Amount::new(5), Ratio::from_integer(9))
        .unwrap();
    market
        .buy(Ratio::from_integer(4), Amount::new(8), 3)
        .unwrap();
    (market, alice)
}

#[test]
fn a_market_and_its_bands() {
    let (market, alice) = market();
    let state = market.state();
    assert_eq!(by_each(&state), [state; 3]);
    assert_eq!(by_each(&state.grid), [state.grid; 3]);
    for band in *market.bands() {
        assert_eq!(by_each(&band), [band; 3]);
    }
    assert_eq!(by_each(&alice), [alice; 3]);
    assert_eq!(by_each(&alice.state()), [alice.state(); 3]);

    let grid = (8_u128, 1_u128, 2_u32, 3_u32);
    let quarter = 250_000_000_000_000_000_u64;
    assert_eq!(state.encode(), (grid, quarter, 1_u32).encode());
    let shares = [3_u128 << 20, 2 << 20];
    assert_eq!(alice.encode(), (1_u32, 2_u32, shares).encode());
    // 8 paid, 6 without the fee: of 3 at 4 each at first, 1 is bought.
    let band = market.bands()[1];
    assert_eq!(band.encode(), (2_u128, 8_u128, shares[0]).encode());
    let text = serde_json::to_value(band).unwrap();
    let expected = json!({"collateral": "2", "proceeds": "8", "shares": "3145728"});
    assert_eq!(text, expected);
    let text = serde_json::to_value(alice).unwrap();
    let expected = json!({"first": 1, "count": 2, "shares": ["3145728", "2097152"]});
    assert_eq!(text, expected);
}

#[test]
fn what_no_calls_lead_to_is_not_read() {
    // Shares of nothing, and something without shares.
    for band in [(0_u128, 0_u128, 1_u128), (1, 0, 0), (0, 1, 0)] {
        assert!(Band::decode(&mut band.encode().as_slice()).is_err());
        assert!(Band::try_from_slice(&band.encode()).is_err());
    }
    // Shares beyond the last band, no band, too many, and a last one above all numbers.
    for position in [
        (1_u32, 1_u32, [1_u128, 1]),
        (1, 0, [0, 0]),
        (1, 3, [0, 0]),
        (u32::MAX, 1, [0, 0]),
    ] {
        assert!(BandPosition::<2>::decode(&mut position.encode().as_slice()).is_err());
    }
    let last = (u32::MAX - 1, 1_u32, [1_u128, 0]);
    assert!(BandPosition::<2>::decode(&mut last.encode().as_slice()).is_ok());
    for grid in [
        (8_u128, 1_u128, 1_u32, 3_u32),
        (8, 1, 10_001, 3),
        (8, 1, 2, 0),
        (8, 1, 2, 65),
        (0, 1, 2, 1),
    ] {
        assert!(BandGrid::decode(&mut grid.encode().as_slice()).is_err());
    }
    let (market, _) = market();
    let (state, bands) = (market.state(), *market.bands());
    let refused = [
        SoftLiquidationState { active: 3, ..state },
        SoftLiquidationState {
            fee: fraction!("1"),
            ..state
        },
    ];
    for state in refused {
        assert!(SoftLiquidation::restore(state, bands).is_err());
    }
    assert!(SoftLiquidation::restore(state, [Band::EMPTY; 2]).is_err());
    assert_eq!(SoftLiquidation::restore(state, bands), Ok(market));
}
