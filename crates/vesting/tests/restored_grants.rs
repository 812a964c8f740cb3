//! The states from which no part of a grant is restored.

use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_vesting::{Error, Grant, GrantState, Linear, Quantity};

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

fn amount(units: u128) -> Amount {
    Amount::new(units)
}

/// 1,000 units over 100 instants.
fn grant() -> Grant<Linear> {
    Grant::new(Linear::new(at(0), at(100), amount(1_000)).unwrap())
}

/// A part is not restored that has more than the schedule, or earlier, or claimed what hasn't vested.
#[test]
fn a_forged_part_is_refused() {
    let mut whole = grant();
    whole.claim(at(50)).unwrap();
    let (part, _) = whole.split(amount(333)).unwrap();
    let state = part.state();
    assert_eq!(state.others, amount(667));
    assert_eq!(
        (state.checkpoint, state.settled),
        (amount(500), amount(167))
    );
    let refused = |state, what, value, bound| {
        let refused = Err(Error::OutOfRange { what, value, bound });
        assert_eq!(Grant::restore(*part.schedule(), state), refused);
    };
    let others = amount(1_001);
    refused(
        GrantState { others, ..state },
        Quantity::Others,
        1_001,
        1_000,
    );
    let checkpoint = amount(501);
    refused(
        GrantState {
            checkpoint,
            ..state
        },
        Quantity::Checkpoint,
        501,
        500,
    );
    let settled = amount(334);
    refused(GrantState { settled, ..state }, Quantity::Settled, 334, 333);
    let (others, settled) = (amount(100), amount(501));
    let much = GrantState {
        others,
        settled,
        ..state
    };
    refused(much, Quantity::Settled, 501, 500);
    let claimed = amount(168);
    refused(GrantState { claimed, ..state }, Quantity::Claimed, 168, 167);
}
