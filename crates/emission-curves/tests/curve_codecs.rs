//! Curves and lists of them are written as what `new` takes, and read through `new`.

#![cfg(all(feature = "serde", feature = "borsh", feature = "scale"))]

use core::fmt::Debug;

use borsh::{BorshDeserialize, BorshSerialize};
use parity_scale_codec::{Decode, Encode};
use serde::de::DeserializeOwned;
use serde::Serialize;
use tokenomics_emission_curves::{
    Baseline, Capped, Compounding, CompoundingParams, Constant, Decay, Disinflation,
    DisinflationParams, Exponential, Geometric, GeometricParams, LinearRate, Logistic, PerBlock,
    Phase, Phases, Point, SimpleCurve, StepEpochs, Tail,
};
use tokenomics_fixed_math::{Amount, LogisticGrowth, Ratio, Span, Timestamp};

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

fn ratio(numerator: u128, denominator: u128) -> Ratio {
    Ratio::new(numerator, denominator).unwrap()
}

trait Value: Debug + Clone + PartialEq + Serialize + BorshSerialize + Encode {}
impl<T: Debug + Clone + PartialEq + Serialize + BorshSerialize + Encode> Value for T {}

/// Reads back what it wrote in all formats, and refuses the text with each of `bad` in place of a
/// part of it.
fn check<T>(value: &T, text: &str, bad: &[(&str, &str)])
where
    T: Value + DeserializeOwned + BorshDeserialize + Decode,
{
    assert_eq!(serde_json::to_string(value).unwrap(), text);
    assert_eq!(serde_json::from_str::<T>(text).as_ref().unwrap(), value);
    let bytes = borsh::to_vec(value).unwrap();
    assert_eq!(borsh::from_slice::<T>(&bytes).as_ref().unwrap(), value);
    assert_eq!(T::decode(&mut &value.encode()[..]).as_ref(), Ok(value));
    for (good, bad) in bad {
        let refused = text.replacen(good, bad, 1);
        assert_ne!(refused, text);
        let read = serde_json::from_str::<T>(&refused);
        assert!(read.is_err(), "{refused} gave {read:?}");
    }
}

#[test]
fn rates_are_read_through_their_checks() {
    check(
        &Constant::new(at(10), at(20), ratio(7, 2)).unwrap(),
        r#"{"start":"10","end":"20","rate":"7/2"}"#,
        &[
            (r#""20""#, r#""10""#),
            (r#""7/2""#, r#""7/0""#),
            (r#""rate""#, r#""cap""#),
            (r#""7/2""#, r#""340282366920938463463374607431768211455/2""#),
        ],
    );
    check(
        &LinearRate::new(at(10), at(20), ratio(7, 2), ratio(1, 3)).unwrap(),
        r#"{"start":"10","end":"20","initial":"7/2","last":"1/3"}"#,
        &[
            (r#""20""#, r#""9""#),
            (r#""1/3""#, r#""1/340282366920938463463374607431768211455""#),
        ],
    );
}

#[test]
fn a_capped_curve_is_the_curve_and_its_cap() {
    let curve = Constant::new(at(10), at(20), ratio(7, 2)).unwrap();
    check(
        &Capped::new(curve, Amount::new(5)),
        r#"{"inner":{"start":"10","end":"20","rate":"7/2"},"most":"5"}"#,
        &[(r#""20""#, r#""10""#), (r#""most""#, r#""cap""#)],
    );
}

#[test]
fn lists_are_read_through_their_checks() {
    let point = |time, emitted| Point::new(at(time), Amount::new(emitted));
    check(
        &StepEpochs::new(vec![point(10, 0), point(20, 50)]).unwrap(),
        r#"{"points":[{"at":"10","emitted":"0"},{"at":"20","emitted":"50"}]}"#,
        &[
            (r#""20""#, r#""10""#),
            (r#""emitted":"0""#, r#""emitted":"1""#),
            (
                r#"[{"at":"10","emitted":"0"},{"at":"20","emitted":"50"}]"#,
                "[]",
            ),
        ],
    );
    let curve = Constant::new(at(10), at(20), ratio(7, 2)).unwrap();
    let phases = [Phase::new(at(10), curve), Phase::new(at(15), curve)];
    let read = r#"{"from":"10","curve":{"start":"10","end":"20","rate":"7/2"}}"#;
    let second = read.replacen("10", "15", 1);
    let of_vec = serde_json::to_string(&Phases::new(phases).unwrap()).unwrap();
    assert_eq!(of_vec, format!(r#"{{"phases":[{read},{second}]}}"#));
    #[cfg(feature = "alloc")]
    check(
        &Phases::new(phases.to_vec()).unwrap(),
        &of_vec,
        &[
            (r#""15""#, r#""10""#),
            (r#""7/2""#, r#""7/0""#),
            // What is emitted before a phase follows from the others, and isn't read.
            (r#""from":"15""#, r#""from":"15","emitted_before":"3""#),
        ],
    );
}

#[test]
fn curves_of_real_numbers_are_read_through_their_checks() {
    let (amount, span) = (Amount::new, Span::new);
    let of = |decay| Exponential::new(at(10), at(20), amount(900), decay).unwrap();
    check(
        &of(Decay::Continuous(ratio(1, 5))),
        r#"{"start":"10","end":"20","reserve":"900","decay":{"continuous":"1/5"}}"#,
        &[(r#""20""#, r#""10""#), ("1/5", "36893488147419103232/1")],
    );
    check(
        &of(Decay::HalfLife(span(5))),
        r#"{"start":"10","end":"20","reserve":"900","decay":{"half_life":"5"}}"#,
        &[(r#""5""#, r#""0""#), ("half_life", "half")],
    );
    check(
        &of(Decay::PerUnit(ratio(4, 5))),
        r#"{"start":"10","end":"20","reserve":"900","decay":{"per_unit":"4/5"}}"#,
        &[("4/5", "5/5"), ("4/5", "0/5")],
    );
    check(
        &Geometric::new(GeometricParams {
            start: at(10),
            end: at(20),
            epoch: span(3),
            total: amount(900),
            decay: ratio(1, 2),
        })
        .unwrap(),
        r#"{"start":"10","end":"20","epoch":"3","total":"900","decay":"1/2"}"#,
        &[
            ("1/2", "2/2"),
            ("1/2", "0/2"),
            (r#""3""#, r#""0""#),
            ("1/2", "1/340282366920938463463374607431768211455"),
        ],
    );
    check(
        &Compounding::new(CompoundingParams {
            start: at(10),
            end: at(20),
            supply: amount(900),
            rate: ratio(1, 50),
            period: span(3),
        })
        .unwrap(),
        r#"{"start":"10","end":"20","supply":"900","rate":"1/50","period":"3"}"#,
        &[
            (r#""3""#, r#""0""#),
            (r#""900""#, r#""340282366920938463463374607431768211455""#),
            ("1/50", "1/340282366920938463463374607431768211455"),
        ],
    );
    check(
        &Logistic::new(
            at(10),
            at(20),
            LogisticGrowth::new(amount(9), amount(900), ratio(1, 5)).unwrap(),
        )
        .unwrap(),
        r#"{"start":"10","end":"20","supply":"9","ceiling":"900","rate":"1/5"}"#,
        &[
            (r#""9""#, r#""0""#),
            (r#""9""#, r#""900""#),
            ("1/5", "36893488147419103232/1"),
        ],
    );
}

#[test]
fn a_tail_and_a_disinflation_are_read_through_their_checks() {
    let curve = Constant::new(at(10), at(20), ratio(7, 2)).unwrap();
    check(
        &Tail::new(curve, ratio(1, 2), at(90)).unwrap(),
        r#"{"inner":{"start":"10","end":"20","rate":"7/2"},"floor":"1/2","end":"90"}"#,
        &[
            ("1/2", "0/2"),
            (r#""90""#, r#""19""#),
            // Where it begins follows from the others, and isn't read.
            (r#""90""#, r#""90","from":"20""#),
        ],
    );
    let fraction = |text: &str| text.parse().unwrap();
    let curve = Disinflation::new(DisinflationParams {
        start: at(10),
        end: at(900),
        supply: Amount::new(1_000),
        year: Span::new(9),
        initial: fraction("0.08"),
        taper: fraction("0.15"),
        terminal: fraction("0.015"),
    });
    check(
        &curve.unwrap(),
        concat!(
            r#"{"start":"10","end":"900","supply":"1000","year":"9","#,
            r#""initial":"0.08","taper":"0.15","terminal":"0.015"}"#
        ),
        &[
            (r#""9""#, r#""0""#),
            (r#""1000""#, r#""340282366920938463463374607431768211455""#),
            // As slow a fall leads to no terminal rate within 63 years.
            ("0.15", "0.001"),
            ("0.15", "1.15"),
        ],
    );
}

#[test]
fn a_schedule_per_block_is_read_through_its_checks() {
    let curve = Constant::new(at(10), at(20), ratio(7, 2)).unwrap();
    check(
        &PerBlock::new(curve, at(900), ratio(12, 1)).unwrap(),
        r#"{"inner":{"start":"10","end":"20","rate":"7/2"},"genesis":"900","block_time":"12/1"}"#,
        &[
            ("12/1", "0/1"),
            (r#""900""#, r#""18446744073709551600""#),
            ("12/1", "1844674407370955162/1"),
        ],
    );
}

#[test]
fn a_baseline_is_read_through_its_checks() {
    let decay = Decay::HalfLife(Span::new(5));
    check(
        &Baseline::new(Amount::new(900), decay, 7, ratio(3, 2)).unwrap(),
        r#"{"reserve":"900","decay":{"half_life":"5"},"power":"7","factor":"3/2"}"#,
        &[
            (r#""7""#, r#""0""#),
            ("3/2", "2/2"),
            ("3/2", "5/2"),
            (r#""5""#, r#""0""#),
        ],
    );
}

/// A kind's number stays, so that what was written can be read by later versions.
#[cfg(feature = "alloc")]
#[test]
fn a_curve_of_any_kind_is_written_with_its_name_or_its_number() {
    let texts = [
        r#"{"constant":{"start":"10","end":"20","rate":"7/2"}}"#,
        r#"{"linear_rate":{"start":"10","end":"20","initial":"7/2","last":"1/3"}}"#,
        r#"{"step_epochs":{"points":[{"at":"10","emitted":"0"},{"at":"20","emitted":"50"}]}}"#,
        r#"{"exponential":{"start":"10","end":"20","reserve":"900","decay":{"half_life":"5"}}}"#,
        r#"{"geometric":{"start":"10","end":"20","epoch":"3","total":"900","decay":"1/2"}}"#,
        concat!(
            r#"{"geometric_epochs":{"start":"10","length":"3","initial_rate":"4","#,
            r#""decay":"1/2","max_epochs":3}}"#
        ),
        r#"{"compounding":{"start":"10","end":"20","supply":"900","rate":"1/50","period":"3"}}"#,
        concat!(
            r#"{"disinflation":{"start":"10","end":"900","supply":"1000","year":"9","#,
            r#""initial":"0.08","taper":"0.15","terminal":"0.015"}}"#
        ),
        r#"{"logistic":{"start":"10","end":"20","supply":"9","ceiling":"900","rate":"1/5"}}"#,
    ];
    for (number, text) in (0_u8..).zip(texts) {
        let curve: SimpleCurve = serde_json::from_str(text).unwrap();
        check(&curve, text, &[(r#""10""#, r#""-1""#)]);
        assert_eq!(borsh::to_vec(&curve).unwrap().first(), Some(&number));
        assert_eq!(curve.encode().first(), Some(&number));
    }
    let unknown = [u8::try_from(texts.len()).unwrap(); 64];
    assert!(borsh::from_slice::<SimpleCurve>(&unknown).is_err());
    assert!(SimpleCurve::decode(&mut &unknown[..]).is_err());
}
