//! Every law, driven with the smallest and the largest rates and times, and for small curves of every
//! kind.
#![cfg(feature = "alloc")]

mod laws;

use laws::{Combined, Kind, Shape, Simple};
use proptest::prelude::*;
use tokenomics_emission_curves::{
    ArrayEpochs, Constant, Curve, Error, GeometricEpochs, GeometricEpochsParams, LinearRate, Point,
    Quantity, StepEpochs,
};
use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};

/// A few units, anything, or a few units from the largest.
fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![0..=20_u128, any::<u128>(), u128::MAX - 20..=u128::MAX]
}

fn time() -> impl Strategy<Value = u64> {
    prop_oneof![0..=60_u64, any::<u64>(), u64::MAX - 60..=u64::MAX]
}

fn shape() -> impl Strategy<Value = Shape> {
    let decay = prop_oneof![
        (0..=20_u128, 1..=20_u128),
        // CRV's, Bitcoin's, and one that is almost 1.
        Just((10_u128.pow(18), 1_189_207_115_002_721_024)),
        Just((1, 2)),
        Just((u128::MAX - 1, u128::MAX)),
        (amount(), amount()),
    ];
    let kind = any::<u8>().prop_map(Kind::of);
    (kind, time(), time(), amount(), decay, 1..=16_u8).prop_map(
        |(kind, start, length, rate, (numerator, denominator), count)| Shape {
            kind,
            start,
            length,
            rate,
            numerator,
            denominator,
            count,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn each_rate_is_the_last_one_decayed(shape in shape(), time in time()) {
        laws::each_rate_is_the_last_one_decayed(shape, time);
    }

    #[test]
    fn correctly_rounded(shape in shape(), time in time()) {
        laws::correctly_rounded(shape, time);
    }

    #[test]
    fn tail_takes_over(shape in shape(), time in time()) {
        laws::tail_takes_over(shape, time);
    }

    #[test]
    fn each_year_is_its_rate(shape in shape(), time in time()) {
        laws::each_year_is_its_rate(shape, time);
    }

    #[test]
    fn blocks_keep_time(shape in shape(), time in time(), height in time()) {
        laws::blocks_keep_time(shape, time, height);
    }

    #[test]
    fn baseline_by_definition(shape in shape(), epoch in time()) {
        laws::baseline_by_definition(shape, epoch);
    }

    #[test]
    fn phases_join(shape in shape(), time in time()) {
        laws::phases_join(shape, time);
    }

    #[test]
    fn stops_at_its_cap(shape in shape(), most in amount(), time in time()) {
        laws::stops_at_its_cap(shape, most, time);
    }

    #[test]
    fn additive(shape in shape(), times in [time(), time(), time()]) {
        laws::additive(shape, times);
    }

    #[test]
    fn capped(shape in shape(), time in time()) {
        laws::capped(shape, time);
    }

    #[test]
    fn monotone(shape in shape(), time in time()) {
        laws::monotone(shape, time);
    }

    #[test]
    fn inverse_is_tight(shape in shape(), x in amount()) {
        laws::inverse_is_tight(shape, x);
    }

    #[test]
    fn rate_is_the_next_unit(shape in shape(), time in time()) {
        laws::rate_is_the_next_unit(shape, time);
    }

    /// Whatever the parameters, there is a curve or an error, and soon.
    #[test]
    fn no_parameters_hang_or_panic(
        shape in shape(),
        max_epochs in prop::option::of(prop_oneof![0..=16_u32, any::<u32>()]),
    ) {
        let built = GeometricEpochs::<ArrayEpochs<16>>::in_array(GeometricEpochsParams {
start: Timestamp::new(shape.start),
length: Span::new(shape.length),
initial_rate: Amount::new(shape.rate),
decay: Ratio::new(shape.numerator, shape.denominator.max(1)).unwrap(),
max_epochs,
});
        if let Ok(curve) = built {
            let epochs = u64::try_from(curve.epochs().len()).unwrap();
            prop_assert_eq!(curve.end().get() - shape.start, epochs * shape.length);
            prop_assert!(max_epochs.is_none_or(|max| epochs <= max.into()));
        }
    }

    #[test]
    fn no_rates_panic(shape in shape(), denominator_of_the_last in amount()) {
        let (start, end) = (Timestamp::new(shape.start), Timestamp::new(shape.length));
        let rate = Amount::new(shape.rate);
        let initial = Ratio::new(rate.get(), shape.denominator.max(1)).unwrap();
        let last = Ratio::new(shape.numerator, denominator_of_the_last.max(1)).unwrap();
        if let Ok(curve) = Constant::new(start, end, initial) {
            prop_assert_eq!(curve.emitted_at(Timestamp::MAX), curve.cap());
        }
        if let Ok(curve) = LinearRate::new(start, end, initial, last) {
            prop_assert_eq!(curve.emitted_at(Timestamp::MAX), curve.cap());
        }
        let first = Point::new(start, Amount::new(u128::from(shape.count % 2)));
        if let Ok(curve) = StepEpochs::new([first, Point::new(end, rate)]) {
            prop_assert_eq!(curve.cap(), rate);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn step_independent(
        shape in shape(),
        times in [time(), time()],
        seed in any::<u64>(),
        parts in prop_oneof![0..=20_u16, Just(10_000)],
    ) {
        laws::step_independent(shape, times, seed, parts);
        laws::step_independent(shape, [0, u64::MAX], seed, parts);
    }
}

fn kinds() -> impl Iterator<Item = Kind> {
    let of = |combined| Simple::ALL.map(|simple| Kind { simple, combined });
    Combined::ALL.into_iter().flat_map(of)
}

#[test]
fn every_small_curve_keeps_every_law_at_every_time() {
    for kind in kinds() {
        for (start, length) in [(0, 1), (5, 13)] {
            for rate in [0, 2, 11] {
                for (numerator, denominator) in [(0, 1), (1, 3), (9, 10)] {
                    for count in [1, 4] {
                        let shape = Shape {
                            kind,
                            start,
                            length,
                            rate,
                            numerator,
                            denominator,
                            count,
                        };
                        for time in [0, 6, 17] {
                            laws::stops_at_its_cap(shape, time.into(), time);
                            laws::additive(shape, [time, 7, 12]);
                            laws::capped(shape, time);
                            laws::monotone(shape, time);
                            laws::rate_is_the_next_unit(shape, time);
                            laws::inverse_is_tight(shape, u128::from(time));
                            if kind.combined == Combined::Alone {
                                laws::correctly_rounded(shape, time);
                                laws::each_rate_is_the_last_one_decayed(shape, time);
                                laws::phases_join(shape, time);
                                laws::tail_takes_over(shape, time);
                                laws::blocks_keep_time(shape, time, 9);
                                laws::each_year_is_its_rate(shape, time);
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Without a number of epochs the curve ends where the rate has decayed to 0, and asking for as
/// many epochs as it has, or more, changes nothing.
#[test]
fn a_curve_without_a_number_of_epochs_ends_at_rate_zero() {
    for rate in 1..200_u128 {
        let build = |max_epochs| {
            GeometricEpochs::<ArrayEpochs<32>>::in_array(GeometricEpochsParams {
                start: Timestamp::new(9),
                length: Span::new(3),
                initial_rate: Amount::new(rate),
                decay: Ratio::new(4, 5).unwrap(),
                max_epochs,
            })
        };
        let curve = build(None).unwrap();
        let last = curve.epochs().last().unwrap().rate().get();
        assert_eq!(last * 4 / 5, 0);
        let epochs = u32::try_from(curve.epochs().len()).unwrap();
        assert_eq!(build(Some(epochs)), Ok(curve));
        assert_eq!(build(Some(u32::MAX)), Ok(curve));
        if epochs > 1 {
            let fewer = build(Some(epochs - 1)).unwrap();
            assert_eq!(fewer.epochs(), &curve.epochs()[..curve.epochs().len() - 1]);
        }
    }
}

#[test]
fn a_table_that_does_not_hold_all_epochs_is_an_error_that_names_its_size() {
    let halvings = |rate| {
        GeometricEpochs::<ArrayEpochs<4>>::in_array(GeometricEpochsParams {
            start: Timestamp::ZERO,
            length: Span::new(1),
            initial_rate: Amount::new(rate),
            decay: Ratio::new(1, 2).unwrap(),
            max_epochs: None,
        })
    };
    assert_eq!(halvings(15).map(|curve| curve.epochs().len()), Ok(4));
    assert_eq!(halvings(16), Err(Error::TooManyEpochs { max: 4 }));
}

#[test]
fn what_would_leave_the_clock_or_the_amounts_is_refused() {
    let build = |start, length, rate, epochs| {
        GeometricEpochs::<ArrayEpochs<4>>::in_array(GeometricEpochsParams {
            start: Timestamp::new(start),
            length: Span::new(length),
            initial_rate: Amount::new(rate),
            decay: Ratio::ONE,
            max_epochs: Some(epochs),
        })
    };
    let largest = build(u64::MAX - 4, 2, u128::MAX / 4, 2).unwrap();
    assert_eq!(largest.end(), Timestamp::MAX);
    assert_eq!(largest.cap(), Amount::new(u128::MAX / 4 * 4));
    for (start, length, rate, epochs) in [
        (u64::MAX - 3, 2, 1, 2),
        (0, u64::MAX, 1, 2),
        (0, 2, u128::MAX / 2 + 1, 1),
        (0, 1, u128::MAX / 2 + 1, 2),
    ] {
        let built = build(start, length, rate, epochs);
        assert!(matches!(built, Err(Error::Overflow { .. })), "{built:?}");
    }
    // The rate after the last epoch is never worked out, so it can't be what fails.
    let growing = GeometricEpochs::<ArrayEpochs<4>>::in_array(GeometricEpochsParams {
        start: Timestamp::ZERO,
        length: Span::new(1),
        initial_rate: Amount::MAX,
        decay: Ratio::new(2, 1).unwrap(),
        max_epochs: Some(1),
    });
    assert_eq!(growing.map(|curve| curve.cap()), Ok(Amount::MAX));
}

#[test]
fn a_zero_parameter_is_refused_by_name() {
    let build = |length, rate, max_epochs| {
        GeometricEpochs::<ArrayEpochs<4>>::in_array(GeometricEpochsParams {
            start: Timestamp::ZERO,
            length: Span::new(length),
            initial_rate: Amount::new(rate),
            decay: Ratio::new(1, 2).unwrap(),
            max_epochs,
        })
    };
    for (built, name) in [
        (build(0, 1, None), Quantity::EpochLength),
        (build(1, 0, None), Quantity::InitialRate),
        (build(1, 1, Some(0)), Quantity::EpochCount),
    ] {
        let Err(Error::OutOfRange { what, value, bound }) = built else {
            panic!("{built:?}");
        };
        assert_eq!((what, value, bound), (name, 0, 1));
    }
}
