//! Ziv's test, and what is rounded without one.

use num_bigint::BigUint;
use proptest::prelude::*;

use crate::elementary::decide::{decide, round_halves, round_just_below};
use crate::Rounding;

/// With an error of 3 units: at 3 units from a boundary the number may be on it, at 4 it isn't.
#[test]
fn a_decision_is_in_doubt_as_far_as_the_error_reaches_and_no_further() {
    const HALF: u128 = 1 << 127;
    let all = |fraction: u128| Rounding::ALL.map(|rounding| decide(5, fraction, 3, rounding));
    let (floor, ceil, next_to_5, next_to_6) = (Some(5), Some(6), Some(5), Some(6));
    let from_integer = [(0, false), (2, false), (3, false), (4, true), (5, true)];
    for (by, decided) in from_integer {
        let directed = |of: Option<u128>| of.filter(|_| decided);
        let above = [directed(floor), directed(ceil), next_to_5, next_to_5];
        assert_eq!(all(by), above, "{by} above 5");
        if by > 0 {
            let below = [directed(floor), directed(ceil), next_to_6, next_to_6];
            assert_eq!(all(by.wrapping_neg()), below, "{by} below 6");
        }
        let nearest = |of: Option<u128>| of.filter(|_| decided);
        let above = [floor, ceil, nearest(next_to_6), nearest(next_to_6)];
        assert_eq!(all(HALF + by), above, "{by} above the tie");
        if by > 0 {
            let below = [floor, ceil, nearest(next_to_5), nearest(next_to_5)];
            assert_eq!(all(HALF - by), below, "{by} below the tie");
        }
    }
    // No error: all but the boundaries is decided. All is in doubt: nothing is.
    let exact = |fraction| Rounding::ALL.map(|rounding| decide(5, fraction, 0, rounding));
    assert_eq!(exact(0), [None, None, floor, floor]);
    assert_eq!(exact(1), [floor, ceil, floor, floor]);
    assert_eq!(exact(HALF), [floor, ceil, None, None]);
    for error in [HALF - 1, HALF, HALF + 1, u128::MAX] {
        let doubtful =
            |fraction| Rounding::ALL.map(|rounding| decide(5, fraction, error, rounding));
        let nearest = (error < HALF).then_some(5);
        assert_eq!(doubtful(0), [None, None, nearest, nearest]);
        let directed = (error < HALF).then_some(());
        let (down, up) = (directed.and(floor), directed.and(ceil));
        assert_eq!(doubtful(HALF), [down, up, None, None]);
        assert_eq!(doubtful(1), [None; 4]);
        assert_eq!(doubtful(u128::MAX), [None; 4]);
    }
    // Beyond the type.
    let last = |rounding| decide(u128::MAX, HALF + 4, 3, rounding);
    assert_eq!(Rounding::ALL.map(last), [Some(u128::MAX), None, None, None]);
}

/// From just below 1 half unit to just below 2 whole ones.
#[test]
fn a_number_just_below_half_units_rounds_as_its_direction_says() {
    let all = |halves| Rounding::ALL.map(|rounding| round_just_below(halves, rounding));
    assert_eq!(all(1), [0, 1, 0, 0]);
    assert_eq!(all(2), [0, 1, 1, 1]);
    assert_eq!(all(3), [1, 2, 1, 1]);
    assert_eq!(all(4), [1, 2, 2, 2]);
}

#[test]
fn half_units_round_as_their_direction_says() {
    let all = |halves, carry| Rounding::ALL.map(|rounding| round_halves(halves, carry, rounding));
    assert_eq!(all(4, false), [Some(2); 4]);
    assert_eq!(all(5, false), [Some(2), Some(3), Some(2), Some(3)]);
    assert_eq!(all(7, false), [Some(3), Some(4), Some(4), Some(4)]);
    assert_eq!(all(u128::MAX, true), [Some(u128::MAX), None, None, None]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 2 } else { 512 }))]

    #[test]
    fn a_decision_holds_over_all_of_the_doubt(
        whole: u64, fraction: u128, bits in 0..128_u32, of: u128, beside in 0..8_u8,
    ) {
        let (whole, error) = (u128::from(whole), of >> bits);
        // Half the time as far from a boundary as the error reaches, or a unit to either side.
        let reach = error.wrapping_add((u128::from(beside) >> 1) % 3).wrapping_sub(1);
        let fraction = match beside {
            0..=1 => reach,
            2..=3 => reach.wrapping_neg(),
            4 => (1_u128 << 127).wrapping_add(reach),
            5 => (1_u128 << 127).wrapping_sub(reach),
            _ => fraction,
        };
        for rounding in Rounding::ALL {
            let Some(decided) = decide(whole, fraction, error, rounding) else {
                continue;
            };
            // The exact value may be anywhere in between but at an integer or a tie: round both ends
            // in units of 2^-130, a little inside.
            let value = (BigUint::from(whole) << 130) + (BigUint::from(fraction) << 2);
            let reach = (BigUint::from(error) << 2) + BigUint::from(1_u8);
            let low = if value < reach { BigUint::from(1_u8) } else { &value - &reach };
            for end in [low, &value + &reach] {
                let down = &end >> 130;
                let rest = &end - (&down << 130);
                let half = BigUint::from(1_u8) << 129;
                let up = match rounding {
                    Rounding::Floor => false,
                    Rounding::Ceil => true,
                    _ => rest > half,
                };
                prop_assert_eq!(BigUint::from(decided), down + u8::from(up));
            }
        }
    }
}
