//! The sizes that callers count on, the texts of errors, and the bounds that they name.

use tokenomics_fee_split::{
    split_by_weights, Error, Position, Quantity, RewardPool, RewardPoolState, WeightedSplit,
};
use tokenomics_fixed_math::{Amount, Error as MathError, U256};

#[test]
fn an_error_takes_no_more_than_48_bytes_and_neither_does_a_result() {
    assert!(size_of::<Error>() <= 48);
    assert!(size_of::<Result<Amount, Error>>() <= 48);
}

#[test]
fn a_split_names_the_quantity_and_the_bound_that_it_crossed() {
    let nothing = WeightedSplit::new([0; 3]).unwrap_err();
    assert_eq!(nothing.to_string(), "the sum of the weights is 0, below 1");
    let fill = |count: usize| {
        let mut parts = [Amount::ZERO; 4];
        let filled = split_by_weights(Amount::new(9), &[1, 2, 3], &mut parts[..count]);
        filled.unwrap_err().to_string()
    };
    assert_eq!(fill(2), "the number of parts is 2, below 3");
    assert_eq!(fill(4), "the number of parts is 4, above 3");
}

/// The pool stands at 2.5 a share: what is a hair above it is refused, and shown as above.
#[test]
fn a_position_settled_further_on_than_its_pool_is_shown_as_above_it() {
    let (mut pool, mut both) = (RewardPool::new(), Position::new());
    pool.set_shares(&mut both, 2).unwrap();
    pool.fund(Amount::new(5)).unwrap();
    let stands = U256::new(2, 1 << 127);
    assert_eq!(pool.state().accumulated, stands);
    let at = |checkpoint| pool.owed(&Position::restore(2, checkpoint, U256::ZERO));
    assert_eq!(at(stands), Ok(U256::ZERO));
    for (checkpoint, value) in [
        (stands.checked_add(U256::ONE).unwrap(), 3),
        (U256::new(3, 0), 3),
        (U256::new(3, 1), 4),
        (U256::MAX, u128::MAX),
    ] {
        let (what, bound) = (Quantity::Checkpoint, 2);
        assert_eq!(
            at(checkpoint),
            Err(Error::OutOfRange { what, value, bound })
        );
    }
    assert_eq!(
        at(U256::new(3, 0)).unwrap_err().to_string(),
        "the reward a share at which a position was settled, in units rounded up, is 3, above 2"
    );
}

#[test]
fn a_pool_names_what_it_refuses() {
    let (mut pool, mut alice) = (RewardPool::new(), Position::new());
    pool.set_shares(&mut alice, 2).unwrap();
    pool.fund(Amount::new(5)).unwrap();
    let twice = pool.carried(Amount::new(10)).unwrap_err();
    assert_eq!(twice.to_string(), "the amount to claim is 10, above 5");
    let mut bob = Position::new();
    let more = pool.transfer(&mut alice, &mut bob, 3).unwrap_err();
    assert_eq!(more.to_string(), "the number of shares is 3, above 2");
    let max = u128::MAX;
    let shares = pool.set_shares(&mut bob, max);
    assert_eq!(shares, Err(Error::Overflow { bits: 129, max }));
    let full = pool.fund(Amount::MAX).unwrap_err();
    assert_eq!(full, Error::Overflow { bits: 129, max });
    assert_eq!(
        full.to_string(),
        format!("a result of 129 bits is above the largest value of its type, {max}")
    );
}

/// It isn't that a result is too long for its type, but that there is none of 256 bits.
#[test]
fn what_a_strange_position_is_owed_is_told_by_its_lengths() {
    let (mut pool, mut alice) = (RewardPool::new(), Position::new());
    pool.set_shares(&mut alice, 2).unwrap();
    pool.fund(Amount::new(5)).unwrap();
    let owed = pool.owed(&Position::restore(1, U256::ZERO, U256::MAX));
    let (left_bits, right_bits) = (256, 130);
    let wide = MathError::Wide {
        left_bits,
        right_bits,
    };
    assert_eq!(owed, Err(Error::Math(wide.into())));
    assert_eq!(owed.unwrap_err().to_string(), wide.to_string());
}

/// Each changes one thing of a pool that distributed 9 of 10 to 2 shares, and paid 8.
#[test]
fn a_state_is_restored_up_to_its_bounds() {
    let amount = Amount::new;
    let state = RewardPoolState {
        total_shares: amount(2),
        accumulated: U256::new(4, 1 << 127),
        rest: Amount::MAX,
        funded: amount(10),
        paid: amount(8),
        unallocated: amount(1),
    };
    assert_eq!(RewardPool::restore(state).unwrap().state(), state);
    let most = RewardPoolState {
        accumulated: U256::new(8, 1), // with the rest 9
        ..state
    };
    assert!(RewardPool::restore(most).is_ok());
    let all_paid = RewardPoolState {
        paid: amount(9),
        ..state
    };
    let wrong = [
        (
            RewardPoolState {
                unallocated: amount(11),
                ..state
            },
            (Quantity::Unallocated, 11, 10),
        ),
        (
            RewardPoolState {
                paid: amount(10),
                ..state
            },
            (Quantity::Paid, 10, 9),
        ),
        (
            RewardPoolState {
                accumulated: U256::new(8, 2),
                ..state
            },
            (Quantity::RewardPerShare, 10, 9),
        ),
        (all_paid, (Quantity::Rest, u128::MAX, 0)),
    ];
    for (state, (what, value, bound)) in wrong {
        let refused = RewardPool::restore(state);
        assert_eq!(refused, Err(Error::OutOfRange { what, value, bound }));
    }
    // Above the largest amount by a hair.
    let largest = RewardPoolState {
        accumulated: U256::new(u128::MAX, 0),
        rest: amount(1),
        funded: Amount::MAX,
        ..RewardPoolState::default()
    };
    assert!(RewardPool::restore(largest).is_err());
    let accumulated = U256::MAX;
    let refused = RewardPool::restore(RewardPoolState {
        accumulated,
        ..state
    });
    assert!(matches!(refused, Err(Error::Math(_))));
}
