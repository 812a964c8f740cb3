//! What is written is read back as it was, and what no changes lead to is not read at all.
#![cfg(all(
    feature = "alloc",
    feature = "serde",
    feature = "borsh",
    feature = "scale"
))]

use borsh::BorshDeserialize;
use parity_scale_codec::{Decode, Encode};
use serde_json::{json, Value};
use tokenomics_escrow_weighting::{Escrow, Lock, LockHistory, Terms};
use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};

mod laws;
use laws::{at, Call, Kind, Model};

fn ran() -> Model {
    let mut model = Model::new(Terms::new(Span::new(40), Span::new(4)).unwrap(), 10);
    let mut seed = 7_u64;
    for _ in 0..300 {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let [kind, who, gap, ..] = seed.to_be_bytes();
        model.call(Call {
            kind: Kind::of(kind),
            who,
            gap: u64::from(gap % 4),
            amount: u128::from(seed % 1_000),
            time: seed >> 40,
        });
    }
    model
}

fn by_serde<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
    serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
}

fn by_borsh<T: borsh::BorshSerialize + BorshDeserialize>(value: &T) -> T {
    T::try_from_slice(&borsh::to_vec(value).unwrap()).unwrap()
}

fn by_scale<T: Encode + Decode>(value: &T) -> T {
    let bytes = value.encode();
    let mut input = bytes.as_slice();
    let value = T::decode(&mut input).unwrap();
    assert!(input.is_empty());
    value
}

#[test]
fn every_type_is_read_as_it_was_written() {
    let model = ran();
    let escrow = &model.escrow;
    for read in [by_serde(escrow), by_borsh(escrow), by_scale(escrow)] {
        for time in (0..model.now + 60).map(at) {
            assert_eq!(read.total_at(time), escrow.total_at(time));
        }
        assert_eq!(
            (read.locked(), read.clock()),
            (escrow.locked(), escrow.clock())
        );
        assert_eq!(by_serde(&read), read);
    }
    for history in &model.histories {
        assert_eq!(
            [by_serde(history), by_borsh(history), by_scale(history)],
            [(); 3].map(|()| history.clone())
        );
    }
    let lock = Lock::new(Amount::MAX, Timestamp::MAX).unwrap();
    assert_eq!(
        [by_serde(&lock), by_borsh(&lock), by_scale(&lock)],
        [lock; 3]
    );
    assert_eq!(by_borsh(&escrow.state()), escrow.state());
    let terms = escrow.terms();
    assert_eq!(
        [by_serde(&terms), by_borsh(&terms), by_scale(&terms)],
        [terms; 3]
    );
}

/// A stored escrow goes on as if it had never been stored.
#[test]
fn a_read_escrow_goes_on_like_the_one_that_was_written() {
    let mut model = ran();
    let mut read = by_borsh(&model.escrow);
    for step in 1..40 {
        let now = at(model.now + step);
        let end = model.escrow.terms().end_for(now, Span::new(40)).unwrap();
        let locks = [&mut read, &mut model.escrow].map(|escrow| {
            let lock = escrow.create(now, Amount::new(9), end).unwrap();
            escrow.increase(now, lock, Amount::new(1)).unwrap()
        });
        assert_eq!(locks[0], locks[1]);
        for time in (0..model.now + 99).map(at) {
            assert_eq!(read.total_at(time), model.escrow.total_at(time));
        }
    }
}

#[test]
fn amounts_and_times_are_strings_where_people_read_them() {
    let lock = Lock::new(Amount::MAX, Timestamp::new(9)).unwrap();
    let written = json!({"amount": "340282366920938463463374607431768211455", "end": "9"});
    assert_eq!(serde_json::to_value(lock).unwrap(), written);
    let mut escrow = Escrow::new(Terms::new(Span::new(40), Span::new(4)).unwrap());
    escrow.create(at(3), Amount::new(5), at(8)).unwrap();
    let written = json!({
        "terms": {"max": "40", "granule": "4"},
        "clock": "3",
        "checkpoints": [["3", "5", "40"]],
        "ends": [["8", "5"]],
        "held": [["8", "5"]],
    });
    assert_eq!(serde_json::to_value(&escrow).unwrap(), written);
}

/// Each line changes one thing of a valid escrow so that no changes lead to it.
#[test]
fn an_escrow_that_cannot_be_is_not_read() {
    let mut escrow = Escrow::new(Terms::new(Span::new(40), Span::new(4)).unwrap());
    let lock = escrow.create(at(3), Amount::new(5), at(8)).unwrap();
    escrow.create(at(6), Amount::new(7), at(40)).unwrap();
    escrow.create(at(9), Amount::new(1), at(12)).unwrap();
    escrow.withdraw(at(9), lock).unwrap();
    let valid = serde_json::to_value(&escrow).unwrap();
    assert_eq!(
        valid["checkpoints"],
        json!([["3", "5", "40"], ["6", "12", "320"], ["9", "13", "332"]])
    );
    assert_eq!(valid["ends"], json!([["8", "5"], ["12", "1"], ["40", "7"]]));
    assert_eq!(valid["held"], json!([["12", "1"], ["40", "7"]]));
    assert!(serde_json::from_value::<Escrow>(valid.clone()).is_ok());

    let points = |points: [[&str; 3]; 3]| ("checkpoints", json!(points));
    let wrong: Vec<(&str, Value)> = vec![
        ("terms", json!({"max": "4", "granule": "5"})),
        ("terms", json!({"max": "20", "granule": "4"})), // an end out of reach
        ("terms", json!({"max": "40", "granule": "8"})), // an end off the granule
        ("clock", json!("8")),                           // before the last checkpoint
        ("ends", json!([["8", "5"], ["12", "1"], ["40", "8"]])),
        ("ends", json!([["8", "5"], ["40", "7"], ["12", "1"]])),
        ("ends", json!([["8", "5"], ["12", "0"], ["40", "7"]])),
        ("ends", json!([["0", "5"], ["12", "1"], ["40", "7"]])),
        ("held", json!([["40", "7"]])), // a live lock withdrawn
        ("held", json!([["12", "1"], ["40", "8"]])), // more than was locked
        ("held", json!([["8", "6"], ["12", "1"], ["40", "7"]])),
        ("held", json!([["8", "0"], ["12", "1"], ["40", "7"]])),
        ("held", json!([["12", "1"], ["16", "1"], ["40", "7"]])),
        ("held", json!([["12", "1"], ["40", "7"], ["40", "7"]])),
        points([["3", "5", "40"], ["6", "12", "320"], ["9", "13", "333"]]),
        points([["3", "5", "40"], ["6", "14", "320"], ["9", "13", "332"]]),
        points([["6", "5", "40"], ["6", "12", "320"], ["9", "13", "332"]]),
        points([["3", "5", "40"], ["6", "12", "320"], ["10", "13", "332"]]),
        // 12 until 24 would have been live at 6, and 7 until 40 weren't yet.
        points([["3", "5", "10"], ["6", "12", "320"], ["9", "13", "332"]]),
        points([["3", "0", "0"], ["6", "12", "40"], ["9", "13", "332"]]),
        ("surprise", json!(0)),
    ];
    for (field, value) in wrong {
        let mut stored = valid.clone();
        stored[field] = value.clone();
        let read = serde_json::from_value::<Escrow>(stored);
        assert!(read.is_err(), "{field}: {value}");
    }
}

/// Each sum may be plausible for itself, and yet no totals go with them.
#[test]
fn an_escrow_without_totals_in_its_past_is_not_read() {
    let stored = |points: Value, ended: &str| {
        json!({
            "terms": {"max": "40", "granule": "4"},
            "clock": "10",
            "checkpoints": points,
            "ends": [["8", ended], ["40", "7"]],
            "held": [["40", "7"]],
        })
    };
    let read = serde_json::from_value::<Escrow>;
    assert!(read(stored(json!([["3", "5", "40"], ["10", "12", "320"]]), "5")).is_ok());
    // One of the five until 8 would have been locked at 10: at 9 there would be less than nothing.
    assert!(read(stored(json!([["3", "4", "32"], ["10", "12", "320"]]), "5")).is_err());

    // 2^140 units until 8, at once: more than any token has, and no weight in its units.
    let (many, by_end) = (U256::new(1 << 12, 0), U256::new(1 << 15, 0));
    let with_seven = many.checked_add(U256::from(7)).unwrap();
    let by_end_with_seven = by_end.checked_add(U256::from(7 * 40)).unwrap();
    let points = json!([["3", many, by_end], ["10", with_seven, by_end_with_seven]]);
    assert!(read(stored(points, &many.to_string())).is_err());
}

#[test]
fn a_history_out_of_order_and_a_lock_of_nothing_are_not_read() {
    let read = serde_json::from_value::<LockHistory>;
    let lock = json!({"amount": "1", "end": "9"});
    assert!(read(json!({"versions": [["1", lock], ["2", null]]})).is_ok());
    assert!(read(json!({"versions": [["1", lock], ["1", null]]})).is_err());
    assert!(read(json!({"versions": [["2", lock], ["1", null]]})).is_err());
    // borsh names the quantity.
    let borsh = Lock::try_from_slice(&[0; 24]).unwrap_err();
    assert_eq!(borsh.to_string(), "the amount of a lock");
    assert!(Terms::decode(&mut [0; 16].as_slice()).is_err());
    assert!(Lock::decode(&mut [0; 24].as_slice()).is_err());
    assert!(Terms::try_from_slice(&[0; 16]).is_err());
}

/// The bytes of stored values: integers in little endian, in the order of the fields, a length before
/// each list.
#[test]
fn stored_bytes_stay_as_they_are() {
    let mut escrow = Escrow::new(Terms::new(Span::new(40), Span::new(4)).unwrap());
    let lock = escrow.create(at(3), Amount::new(5), at(8)).unwrap();
    let mut history = LockHistory::new();
    history.record(at(3), lock).unwrap();
    let (time, wide) = (
        |time: u64| time.to_le_bytes(),
        |low: u128| (low.to_le_bytes(), [0_u8; 16]),
    );
    let terms = (time(40), time(4));
    let of_lock = (5_u128.to_le_bytes(), time(8));
    let points = [(time(3), wide(5), wide(40))];
    let (ends, held) = ([(time(8), wide(5))], [(time(8), 5_u128.to_le_bytes())]);
    let version = (time(3), Some(of_lock));

    let of_escrow = (
        terms,
        time(3),
        points.to_vec(),
        ends.to_vec(),
        held.to_vec(),
    );
    assert_eq!(
        borsh::to_vec(&escrow).unwrap(),
        borsh::to_vec(&of_escrow).unwrap()
    );
    assert_eq!(escrow.encode(), of_escrow.encode());
    assert_eq!(escrow.state().encode(), of_escrow.encode());
    assert_eq!(
        borsh::to_vec(&history).unwrap(),
        borsh::to_vec(&vec![version]).unwrap()
    );
    assert_eq!(history.encode(), vec![version].encode());
    assert_eq!(
        borsh::to_vec(&lock).unwrap(),
        borsh::to_vec(&of_lock).unwrap()
    );
    assert_eq!(lock.encode(), of_lock.encode());
}
