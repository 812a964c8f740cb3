//! The bytes of what is stored, which a new version has to read.
#![cfg(all(feature = "alloc", feature = "borsh", feature = "scale"))]

use parity_scale_codec::Encode;
use tokenomics_escrow_weighting::{Checkpoint, Escrow, Lock, LockHistory, Node, Terms};
use tokenomics_fixed_math::{wad, Amount, Span, Timestamp, U256};

/// A multiplier of one.
const ONE: u128 = 1_000_000_000_000_000_000;

/// The bytes of stored values: integers in little endian, in the order of the fields, a length before
/// each list.
#[test]
fn stored_bytes_stay_as_they_are() {
    let at = Timestamp::new;
    let terms = Terms::new(Span::new(40), Span::new(4)).unwrap();
    let mut escrow = Escrow::new(terms);
    let kind = terms.decaying(wad!("1"), at(8)).unwrap();
    let lock: Lock = escrow.create(at(3), Amount::new(5), kind).unwrap();
    let mut history = LockHistory::new();
    history.record(at(3), lock).unwrap();
    let time = |time: u64| time.to_le_bytes();
    let wide = |wide: U256| (wide.low().to_le_bytes(), wide.high().to_le_bytes());
    let units = |units: u128| wide(U256::product(units, ONE));
    let minus = |units: u128| {
        let less = U256::product(units, ONE).checked_sub(U256::from(1));
        wide(U256::MAX.checked_sub(less.unwrap()).unwrap())
    };
    let (one, five) = (ONE.to_le_bytes(), 5_u128.to_le_bytes());
    let of_terms = (time(40), time(4), time(1), one);
    let of_lock = (five, (0_u8, one, time(8)));
    let points = vec![(time(3), minus(5), units(40))];
    let changes = vec![(time(8), units(5), minus(40), five)];
    let version = vec![(time(3), Some(of_lock))];
    let head = (of_terms, time(3), five, [0_u8; 16]);

    let of_escrow = (head, points, changes);
    assert_eq!(
        borsh::to_vec(&escrow).unwrap(),
        borsh::to_vec(&of_escrow).unwrap()
    );
    assert_eq!(escrow.encode(), of_escrow.encode());
    assert_eq!(escrow.state().encode(), of_escrow.encode());
    assert_eq!(escrow.head().encode(), head.encode());
    assert_eq!(
        borsh::to_vec(&history).unwrap(),
        borsh::to_vec(&version).unwrap()
    );
    assert_eq!(history.encode(), version.encode());
    assert_eq!(
        borsh::to_vec(&lock).unwrap(),
        borsh::to_vec(&of_lock).unwrap()
    );
    assert_eq!(lock.encode(), of_lock.encode());

    // A leaf and a branch that are free, the last of their lists, and the first checkpoint.
    assert_eq!(Node::EMPTY.encode(), [0; 4]);
    let checkpoint = Checkpoint::NONE.encode();
    assert_eq!(checkpoint, [0; 8 + 64]);
}
