//! Faults that splits of streams had elsewhere, and corners of ours.

use tokenomics_fee_split::{
    largest_remainder, nest_weights, split_by_weights, Error, HeldFraction, Position, Quantity,
    RewardPool, SplitStream, SplitStreamState,
};
use tokenomics_fixed_math::Amount;

/// Split for themselves, 1,000 payments of 9 units to holders of 900, 99 and 1 of 1,000 starve the last
/// by floors (0xSplits, issue 21), and pay it a hundred times its share by running sums.
#[test]
fn tiny_payments_starve_nobody() {
    let weights = [900, 99, 1];
    let (mut floored, mut telescoped, mut streamed) = ([0; 3], [0; 3], [0; 3]);
    let mut stream = SplitStream::new(weights).unwrap();
    for _ in 0..1_000 {
        let mut parts = [Amount::ZERO; 3];
        split_by_weights(Amount::new(9), &weights, &mut parts).unwrap();
        let streams = stream.distribute(Amount::new(9));
        for who in 0..3 {
            floored[who] += u128::from(9 * weights[who] / 1_000);
            telescoped[who] += parts[who].get();
            streamed[who] += streams[who].get();
        }
    }
    assert_eq!(floored, [8_000, 0, 0]);
    assert_eq!(telescoped, [8_000, 0, 1_000]);
    assert_eq!(streamed, [8_100, 891, 9]);
}

/// Why a stream is split by floors: of a total that grows, a part by running sums falls, and so does one by
/// largest remainders.
#[test]
fn other_rules_take_back_what_they_paid() {
    let mut parts = [Amount::ZERO; 3];
    let seconds = [2, 3].map(|total| {
        split_by_weights(Amount::new(total), &[2, 1, 2], &mut parts).unwrap();
        parts[1].get()
    });
    assert_eq!(seconds, [1, 0]);
    let thirds = [10, 11].map(|total| {
        largest_remainder(Amount::new(total), &[6, 6, 2], &mut parts).unwrap();
        parts[2].get()
    });
    assert_eq!(thirds, [2, 1]);
}

/// Rebuilding a splitter with new weights, as a PaymentSplitter asks for, drops what the old one owed.
#[test]
fn new_weights_take_no_fraction() {
    let mut stream = SplitStream::new([1, 2]).unwrap();
    let mut paid = [0; 2];
    // A third and two thirds each time, by weights that come and go.
    for _ in 0..3_000 {
        for (paid, part) in paid.iter_mut().zip(stream.distribute(Amount::new(1))) {
            *paid += part.get();
        }
        stream.set_weights([7, 7]).unwrap();
        stream.set_weights([1, 2]).unwrap();
    }
    // A few 2^-64 of a unit may be on the other side, never a unit.
    let rest = stream.close().map(Amount::get);
    assert_eq!([paid[0] + rest[0], paid[1] + rest[1]], [1_000, 2_000]);
}

/// A fraction next to a whole unit takes no more of what a change of the weights rounds: another one does.
#[test]
fn a_fraction_stays_below_a_unit() {
    let held = [(0, 1), (u64::MAX, 2)].map(|(parts, rest)| HeldFraction { parts, rest });
    let weights = [1, 2];
    let mut stream = SplitStream::restore(SplitStreamState { weights, held }).unwrap();
    assert_eq!(stream.carried(), Amount::new(1));
    stream.set_weights([5, 5]).unwrap();
    let held = [(1, 0), (u64::MAX, 0)].map(|(parts, rest)| HeldFraction { parts, rest });
    assert_eq!(stream.state().held, held);
    assert_eq!(stream.distribute(Amount::ZERO), [Amount::ZERO; 2]);
    assert_eq!(stream.close().map(Amount::get), [0, 1]);
}

#[test]
fn the_largest_payments_are_split_to_the_last_unit() {
    let mut stream = SplitStream::new([u64::MAX, 0]).unwrap();
    for _ in 0..3 {
        assert_eq!(stream.distribute(Amount::MAX), [Amount::MAX, Amount::ZERO]);
    }
    let mut stream = SplitStream::new([u64::MAX - 1, 1]).unwrap();
    let [first, second] = stream
        .distribute(Amount::new(u128::MAX - 1))
        .map(Amount::get);
    assert_eq!(second, 1 << 64); // of a hair below 2^64 + 1
    assert_eq!(u128::MAX - 1 - first - second, 1);
    assert_eq!(stream.carried(), Amount::new(1));
    assert_eq!(stream.distribute(Amount::new(1)).map(Amount::get), [1, 1]);
}

#[test]
fn a_state_is_restored_up_to_its_bounds() {
    let restore = |weights, held: [(u64, u64); 2]| {
        let held = held.map(|(parts, rest)| HeldFraction { parts, rest });
        SplitStream::restore(SplitStreamState { weights, held })
    };
    let refused = |what, value, bound| Err(Error::OutOfRange { what, value, bound });
    let half = 1 << 63;
    assert!(restore([1, 2], [(half, 0), (half, 0)]).is_ok());
    assert!(restore([1, 2], [(half, 1), (half - 1, 2)]).is_ok());
    let rest = Quantity::HeldRest;
    assert_eq!(restore([1, 2], [(half, 0), (half, 3)]), refused(rest, 3, 2));
    assert_eq!(restore([1, 2], [(half, 1), (half, 1)]), refused(rest, 2, 0));
    let parts = Quantity::HeldFraction;
    assert_eq!(
        restore([1, 2], [(half, 1), (half, 2)]),
        refused(parts, 1, 0)
    );
    let sum = Quantity::WeightSum;
    assert_eq!(restore([0, 0], [(0, 0), (0, 0)]), refused(sum, 0, 1));
    let most = u64::MAX.into();
    let wide = restore([u64::MAX, 1], [(0, 0), (0, 0)]);
    assert_eq!(wide, refused(sum, 1 << 64, most));
}

/// A cut of a cut of a cut: a fee on a fee on a fee is one split, whose parts are rounded once.
#[test]
fn a_fee_on_a_fee_is_rounded_once() {
    // 3% to the broker; of that 20% to the protocol; of that 50% to its insurance.
    let (mut two, mut three) = ([0; 3], [0; 4]);
    nest_weights(&[97, 3], 1, &[80, 20], &mut two).unwrap();
    nest_weights(&two, 2, &[50, 50], &mut three).unwrap();
    assert_eq!(three, [970, 24, 3, 3]);
    let mut stream = SplitStream::new(three).unwrap();
    let mut paid = [0; 4];
    for _ in 0..1_000 {
        for (paid, part) in paid.iter_mut().zip(stream.distribute(Amount::new(7))) {
            *paid += part.get();
        }
    }
    assert_eq!(paid, [6_790, 168, 21, 21]);
}

#[test]
fn weights_that_cannot_be_nested_are_refused() {
    let mut flat = [7; 3];
    let mut nest = |outer: &[u64], index, inner: &[u64]| {
        let done = nest_weights(outer, index, inner, &mut flat);
        done.map(|()| flat).unwrap_err()
    };
    let refused = |what, value, bound| Error::OutOfRange { what, value, bound };
    let sum = refused(Quantity::WeightSum, 0, 1);
    assert_eq!(nest(&[0, 0], 0, &[1, 1]), sum);
    assert_eq!(nest(&[1, 1], 0, &[0, 0]), sum);
    assert_eq!(nest(&[], 0, &[1]), sum);
    let places = refused(Quantity::PartCount, 3, 4);
    assert_eq!(nest(&[1, 1], 0, &[1, 1, 1]), places);
    let max = u64::MAX.into();
    let wide = nest(&[u64::MAX, 1], 1, &[1, 1]);
    assert_eq!(wide, Error::Overflow { bits: 65, max });
    let max = u128::MAX;
    let inner = [u64::MAX, u64::MAX - 1];
    let wide = nest(&[u64::MAX - 2, 1], 1, &inner);
    assert_eq!(wide, Error::Overflow { bits: 129, max });
    assert_eq!(flat, [7; 3]);
    // A part of no weight leaves the others as they are.
    nest_weights(&[6, 0], 1, &[1, 2], &mut flat).unwrap();
    assert_eq!(flat, [1, 0, 0]);
}

/// A million parties are the shares of a pool: a payment costs one division, and each pulls its part.
#[test]
fn a_payment_to_a_million_is_one_division() {
    let mut pool = RewardPool::new();
    let mut parties = vec![Position::new(); 1_000_000];
    for (weight, party) in (1..).zip(&mut parties) {
        pool.set_shares(party, weight).unwrap();
    }
    let total = pool.total_shares();
    for _ in 0..1_000 {
        pool.fund(Amount::new(total / 1_000 + 1)).unwrap();
    }
    for index in [0, 1, 499_999, 999_999] {
        let claimed = pool.claim(&mut parties[index]).unwrap().get();
        assert_eq!(claimed, index as u128 + 1);
    }
}
