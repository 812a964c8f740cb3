//! What is written is read back as it was, and what no changes lead to is not read at all.
#![cfg(all(
    feature = "alloc",
    feature = "serde",
    feature = "borsh",
    feature = "scale"
))]

use borsh::BorshDeserialize;
use parity_scale_codec::{Decode, Encode, MaxEncodedLen};
use serde_json::{json, Value};
use tokenomics_escrow_weighting::{
    Checkpoint, Cooldown, Escrow, Exit, ExitPenalty, History, InMemory, LengthTable, Lock,
    LockHistory, LockKind, Node, Power, Ring, Terms, TermsParams, Totals,
};
use tokenomics_fixed_math::{fraction, wad, Amount, Span, Timestamp, U256};

mod laws;
use laws::{at, Call, Chain, Kind, Model};

fn terms() -> Terms {
    Terms::new(Span::new(40), Span::new(4)).unwrap()
}

fn until(end: u64) -> LockKind {
    terms().decaying(wad!("1"), at(end)).unwrap()
}

fn ran() -> Model<InMemory> {
    let mut model = Model::new(Escrow::new(terms()), 6, 10);
    let mut seed = 7_u64;
    for _ in 0..300 {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let [kind, who, gap, shape, ..] = seed.to_be_bytes();
        model.call(Call {
            kind: Kind::of(kind),
            who,
            gap: u64::from(gap % 4),
            amount: u128::from(seed % 1_000),
            time: seed >> 40,
            shape,
            rate: seed,
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

/// Sees that each format gives back what it was given, and SCALE within the length that it promises.
fn check_read<T>(value: &T)
where
    T: serde::Serialize
        + serde::de::DeserializeOwned
        + borsh::BorshSerialize
        + BorshDeserialize
        + Encode
        + Decode
        + MaxEncodedLen
        + PartialEq
        + core::fmt::Debug,
{
    assert_eq!(&by_serde(value), value);
    // Through a tree, which has no integers above 64 bits: they are written as text.
    let tree = serde_json::to_value(value).unwrap();
    assert_eq!(&serde_json::from_value::<T>(tree).unwrap(), value);
    assert_eq!(&by_borsh(value), value);
    assert_eq!(&by_scale(value), value);
    assert!(value.encoded_size() <= T::max_encoded_len());
}

#[test]
fn an_escrow_and_a_history_are_read_as_they_were_written() {
    let model = ran();
    let escrow = &model.escrow;
    for read in [by_serde(escrow), by_borsh(escrow), by_scale(escrow)] {
        for time in (0..model.now + 60).map(at) {
            assert_eq!(read.total_at(time), escrow.total_at(time));
        }
        assert_eq!(read.head(), escrow.head());
        assert_eq!(read.state(), escrow.state());
    }
    for history in &model.histories {
        assert_eq!(
            [by_serde(history), by_borsh(history), by_scale(history)],
            [(); 3].map(|()| history.clone())
        );
    }
    assert_eq!(by_borsh(&escrow.state()), escrow.state());
}

fn kinds() -> [LockKind; 4] {
    let (level, end) = (u128::MAX >> 1, Some(Timestamp::MAX));
    let growing = LockKind::Growing {
        level,
        rate: u128::MAX >> 65,
        since: Timestamp::ZERO,
        full: Timestamp::MAX,
        end: None,
    };
    let constant = LockKind::Constant { level, end };
    let permanent = LockKind::Constant { level, end: None };
    [until(8), constant, permanent, growing]
}

#[test]
fn what_a_holder_or_a_program_keeps_is_read_as_it_was_written() {
    for kind in kinds() {
        check_read(&kind);
        check_read(&Lock::new(Amount::MAX, kind).unwrap());
    }
    check_read(&terms());
    let (max, granule, min) = (Span::MAX, Span::new(7), Span::new(9));
    let most = wad!("18");
    check_read(
        &Terms::from_params(TermsParams {
            max,
            granule,
            min,
            most,
        })
        .unwrap(),
    );
    let cooldown = Cooldown::new(Span::ZERO, Span::MAX).unwrap();
    check_read(&cooldown);
    check_read(&cooldown.cooling(Amount::MAX, at(5)).unwrap());
    let linear = ExitPenalty::linear(Span::new(9), fraction!("0.75")).unwrap();
    for penalty in [linear, ExitPenalty::flat(fraction!("1"))] {
        check_read(&penalty);
        let lock = Lock::new(Amount::new(7), until(8)).unwrap();
        let exit: Exit = penalty.of(&lock, at(3));
        check_read(&exit);
    }
    check_read(&LengthTable::conviction(Span::from_weeks(1)).unwrap());
    check_read(&LengthTable::new([]).unwrap());
}

/// All that a chain keeps of an escrow, an entry at a time.
#[test]
fn heads_and_entries_of_stores_are_read_as_they_were_written() {
    let (nodes, points) = (Chain::<Node>::default(), Chain::<Checkpoint>::default());
    let totals = History::new(nodes.clone(), points.clone());
    let mut escrow = Escrow::with_totals(terms(), totals);
    for (now, end) in [(4, 8), (5, 12), (6, 40)] {
        let amount = Amount::new(1 << 126);
        let lock = escrow.create(at(now), amount, until(end)).unwrap();
        // A node of those that are given back again.
        escrow.extend(at(now), lock, at(end + 4)).unwrap();
    }
    check_read(&escrow.head());
    check_read(&escrow.totals().head());
    nodes.each(check_read);
    points.each(check_read);
    nodes.each(|node: &Node| assert!(node.encoded_size() < 512));
}

#[test]
fn a_ring_is_read_as_it_was_written_and_goes_on() {
    let mut ring = Ring::<12>::new(Span::new(4)).unwrap();
    check_read(&ring);
    let power = |amount, kind| Power::from(Lock::new(Amount::new(amount), kind).unwrap());
    ring.replace(at(3), None, Some(power(5, until(8)))).unwrap();
    let (level, end) = (7, None);
    let permanent = power(9, LockKind::Constant { level, end });
    ring.replace(at(6), None, Some(permanent)).unwrap();
    ring.replace(at(9), None, Some(power(1 << 99, until(12))))
        .unwrap();
    check_read(&ring);
    check_read(&ring.state());
    for read in [by_serde(&ring), by_borsh(&ring), by_scale(&ring)] {
        for time in (9..60).map(at) {
            assert_eq!(read.weight_at(time), ring.weight_at(time));
        }
    }
    // What is added up isn't what has passed, slots of no time, and a slot too few.
    let valid = serde_json::to_value(ring).unwrap();
    let read = serde_json::from_value::<Ring<12>>;
    let with = |field: &str, value: Value| {
        let mut ring = valid.clone();
        ring[field] = value;
        ring
    };
    assert!(read(valid.clone()).is_ok());
    assert!(read(with("passed", json!(1))).is_err());
    assert!(read(with("period", json!("0"))).is_err());
    assert!(read(with("surprise", json!(0))).is_err());
    assert!(serde_json::from_value::<Ring<13>>(valid.clone()).is_err());
}

/// A stored escrow goes on as if it had never been stored.
#[test]
fn a_read_escrow_goes_on_like_the_one_that_was_written() {
    let mut model = ran();
    let mut read = by_borsh(&model.escrow);
    for step in 1..40 {
        let now = at(model.now + step);
        let end = terms().end_for(now, Span::new(40)).unwrap();
        let locks = [&mut read, &mut model.escrow].map(|escrow| {
            let lock = escrow.create(now, Amount::new(9), until(end.get()));
            escrow.increase(now, lock.unwrap(), Amount::new(1)).unwrap()
        });
        assert_eq!(locks[0], locks[1]);
        for time in (0..model.now + 99).map(at) {
            assert_eq!(read.total_at(time), model.escrow.total_at(time));
        }
    }
}

#[test]
fn amounts_and_times_are_strings_where_people_read_them() {
    let lock = Lock::new(Amount::MAX, until(9)).unwrap();
    let kind = json!({"Decaying": {"rate": "1000000000000000000", "end": "9"}});
    let written = json!({"amount": "340282366920938463463374607431768211455", "kind": kind});
    assert_eq!(serde_json::to_value(lock).unwrap(), written);
    let mut escrow = Escrow::new(terms());
    escrow.create(at(3), Amount::new(5), until(8)).unwrap();
    let terms = json!({"max": "40", "granule": "4", "min": "1", "most": "1"});
    // A slope of −5, modulo 2^256, until 8: 5 · 8 at zero.
    let slope = U256::MAX
        .checked_sub(U256::from(5 * laws::ONE - 1))
        .unwrap();
    let written = json!({
        "terms": terms,
        "clock": "3",
        "locked": "5",
        "cooling": "0",
        "checkpoints": [["3", slope.to_string(), (40 * laws::ONE).to_string()]],
        "changes": [["8", (5 * laws::ONE).to_string(), minus(40).to_string(), "5"]],
    });
    assert_eq!(serde_json::to_value(&escrow).unwrap(), written);
    let penalty = ExitPenalty::flat(fraction!("0.5"));
    assert_eq!(
        serde_json::to_value(penalty).unwrap(),
        json!({"Flat": {"part": "0.5"}})
    );
}

/// So many units below zero, modulo 2^256.
fn minus(units: u128) -> U256 {
    let less = U256::product(units, laws::ONE).checked_sub(U256::from(1));
    U256::MAX.checked_sub(less.unwrap()).unwrap()
}

/// Each line changes one thing of a valid escrow so that no changes lead to it.
#[test]
fn an_escrow_that_cannot_be_is_not_read() {
    let mut escrow = Escrow::new(terms());
    let lock = escrow.create(at(3), Amount::new(5), until(8)).unwrap();
    escrow.create(at(6), Amount::new(7), until(40)).unwrap();
    escrow.create(at(9), Amount::new(1), until(12)).unwrap();
    escrow.withdraw(at(9), lock).unwrap();
    let valid = serde_json::to_value(&escrow).unwrap();
    let text = |units: u128| U256::product(units, laws::ONE).to_string();
    let less = |units: u128| minus(units).to_string();
    let points = |points: [[String; 2]; 3]| {
        let at = ["3", "6", "9"];
        let rows = at.iter().zip(points);
        let rows = rows.map(|(at, [slope, by])| json!([at, slope, by]));
        ("checkpoints", rows.collect::<Value>())
    };
    let good = [
        [less(5), text(40)],
        [less(12), text(320)],
        [less(13), text(332)],
    ];
    assert_eq!(valid["checkpoints"], points(good.clone()).1);
    let changes = |rows: [(&str, u128, u128, &str); 3]| {
        let rows = rows.map(|(at, slope, by, held)| json!([at, text(slope), less(by), held]));
        ("changes", json!(rows))
    };
    let rows = [("8", 5, 40, "0"), ("12", 1, 12, "1"), ("40", 7, 280, "7")];
    assert_eq!(valid["changes"], changes(rows).1);
    let read = serde_json::from_value::<Escrow<InMemory>>;
    assert!(read(valid.clone()).is_ok());

    let with = |index: usize, row| {
        let mut rows = rows;
        rows[index] = row;
        changes(rows)
    };
    let point = |index: usize, row: [String; 2]| {
        let mut rows = good.clone();
        rows[index] = row;
        points(rows)
    };
    let terms = |max: &str, granule: &str| {
        let terms = json!({"max": max, "granule": granule, "min": "1", "most": "1"});
        ("terms", terms)
    };
    let wrong: Vec<(&str, Value)> = vec![
        terms("4", "5"),
        terms("20", "4"),      // an end out of reach
        terms("40", "8"),      // an end off the granule
        ("clock", json!("8")), // before the last checkpoint
        ("locked", json!("9")),
        ("locked", json!("7")),
        ("cooling", json!("1")),
        with(1, ("12", 1, 12, "2")),
        with(1, ("12", 1, 12, "0")),
        with(1, ("4", 1, 12, "1")),   // out of order
        with(1, ("8", 1, 12, "1")),   // twice
        with(2, ("40", 8, 280, "7")), // more is let go than was counted
        with(2, ("40", 7, 320, "7")),
        point(2, [less(13), text(333)]), // more than nothing is left in the end
        point(2, [less(14), text(332)]),
        point(0, [less(5), text(10)]), // less than nothing at 3
        point(1, [less(12), less(1)]),
        ("surprise", json!(0)),
    ];
    for (field, value) in wrong {
        let mut stored = valid.clone();
        stored[field] = value.clone();
        assert!(read(stored).is_err(), "{field}: {value}");
    }
}

#[test]
fn what_a_constructor_refuses_is_not_read() {
    let read = serde_json::from_value::<LockHistory>;
    let kind = json!({"Constant": {"level": "1", "end": null}});
    let lock = json!({"amount": "1", "kind": kind});
    assert!(read(json!({"versions": [["1", lock], ["2", null]]})).is_ok());
    assert!(read(json!({"versions": [["1", lock], ["1", null]]})).is_err());
    assert!(read(json!({"versions": [["2", lock], ["1", null]]})).is_err());
    // borsh names the quantity.
    let borsh = Lock::try_from_slice(&[0; 41]).unwrap_err();
    assert_eq!(borsh.to_string(), "the amount of a lock");
    assert!(Terms::decode(&mut [0; 40].as_slice()).is_err());
    assert!(Lock::decode(&mut [0; 41].as_slice()).is_err());
    assert!(Terms::try_from_slice(&[0; 40]).is_err());
    let none = Cooldown::try_from_slice(&[0; 16]).unwrap_err();
    assert_eq!(none.to_string(), "the window of a cooldown");
    assert!(Cooldown::decode(&mut [0; 16].as_slice()).is_err());
    let linear = [&[1_u8][..], &[0; 16]].concat();
    let never = ExitPenalty::try_from_slice(&linear).unwrap_err();
    assert_eq!(never.to_string(), "the time over which a penalty falls");
    let rows = serde_json::from_value::<LengthTable<2>>;
    assert!(rows(json!([["1", "1"], ["2", "1"]])).is_ok());
    assert!(rows(json!([["1", "1"], ["1", "1"]])).is_err());
    assert!(LengthTable::<2>::try_from_slice(&[0; 48]).is_err());
    let unheard = serde_json::from_value::<LockKind>;
    assert!(unheard(json!({"Constant": {"level": "1", "end": null, "more": 1}})).is_err());
}
