//! What is written is read back, and what the constructors refuse can't be read.

#![cfg(any(
    feature = "serde",
    feature = "borsh",
    feature = "scale",
    feature = "arbitrary",
    feature = "proptest"
))]
#![allow(
    unused_imports,
    dead_code,
    reason = "which are used depends on the features"
)]

use tokenomics_emission_curves::{ArrayEpochs, Curve, GeometricEpochs, GeometricEpochsParams};
use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};

type Epochs = GeometricEpochs<ArrayEpochs<33>>;

fn bitcoin() -> Epochs {
    let params = GeometricEpochsParams {
        start: Timestamp::ZERO,
        length: Span::new(210_000),
        initial_rate: Amount::new(5_000_000_000),
        decay: Ratio::new(1, 2).unwrap(),
        max_epochs: None,
    };
    GeometricEpochs::in_array(params).unwrap()
}

#[cfg(feature = "serde")]
#[test]
fn json_holds_the_parameters_as_text_and_is_checked() {
    let text = serde_json::to_string(&bitcoin()).unwrap();
    let parameters =
        r#"{"start":"0","length":"210000","initial_rate":"5000000000","decay":"1/2","max_epochs":"#;
    assert_eq!(text, format!("{parameters}33}}"));
    for max_epochs in ["33", "34", "null"] {
        let text = format!("{parameters}{max_epochs}}}");
        assert_eq!(serde_json::from_str::<Epochs>(&text).unwrap(), bitcoin());
    }
    let left_out = text.replace(r#","max_epochs":33"#, "");
    assert_eq!(
        serde_json::from_str::<Epochs>(&left_out).unwrap(),
        bitcoin()
    );

    let small = serde_json::from_str::<GeometricEpochs<ArrayEpochs<32>>>(&text).unwrap_err();
    assert!(small.to_string().contains("still above 0 after 32 epochs"));
    for (good, bad) in [
        ("210000", "0"),
        ("5000000000", "0"),
        (r#""max_epochs":33"#, r#""max_epochs":0"#),
        (r#""max_epochs":33"#, r#""cap":33"#),
        (r#""1/2","max_epochs":33"#, r#""2/2""#),
        (r#""start":"0""#, r#""start":"18446744073709551615""#),
    ] {
        let refused = text.replace(good, bad);
        assert_ne!(refused, text);
        assert!(
            serde_json::from_str::<Epochs>(&refused).is_err(),
            "{refused}"
        );
    }
}

#[cfg(feature = "borsh")]
#[test]
fn borsh_holds_the_parameters_as_integers_and_is_checked() {
    let bytes = borsh::to_vec(&bitcoin()).unwrap();
    assert_eq!(bytes.len(), 8 + 8 + 16 + 32 + 5);
    assert_eq!(borsh::from_slice::<Epochs>(&bytes).unwrap(), bitcoin());
    assert!(borsh::from_slice::<GeometricEpochs<ArrayEpochs<32>>>(&bytes).is_err());
    let endless = borsh::to_vec(&(0_u64, 1_u64, 5_u128, (2_u128, 2_u128), None::<u32>)).unwrap();
    assert!(borsh::from_slice::<Epochs>(&endless).is_err());
}

#[cfg(feature = "scale")]
#[test]
fn scale_holds_the_parameters_as_integers_and_is_checked() {
    use parity_scale_codec::{Decode, Encode};

    let bytes = bitcoin().encode();
    assert_eq!(bytes.len(), 8 + 8 + 16 + 32 + 5);
    assert_eq!(Epochs::decode(&mut &bytes[..]).unwrap(), bitcoin());
    assert!(GeometricEpochs::<ArrayEpochs<32>>::decode(&mut &bytes[..]).is_err());
    let endless = (0_u64, 1_u64, 5_u128, (2_u128, 2_u128), None::<u32>).encode();
    assert!(Epochs::decode(&mut &endless[..]).is_err());
}

#[cfg(all(feature = "serde", feature = "alloc"))]
#[test]
fn a_table_on_the_heap_is_read_as_one_in_an_array_is() {
    let text = serde_json::to_string(&bitcoin()).unwrap();
    let heap: GeometricEpochs<Vec<_>> = serde_json::from_str(&text).unwrap();
    assert_eq!(heap.epochs(), bitcoin().epochs());
    assert_eq!(serde_json::to_string(&heap).unwrap(), text);
}

#[cfg(feature = "arbitrary")]
#[test]
fn any_bytes_make_a_valid_curve() {
    use arbitrary::{Arbitrary, Unstructured};

    for byte in 0..=255 {
        let bytes = [byte; 128];
        let curve = Epochs::arbitrary(&mut Unstructured::new(&bytes)).unwrap();
        assert!(!curve.epochs().is_empty());
        assert_eq!(curve.emitted_at(curve.end()), curve.cap());
    }
}

#[cfg(feature = "arbitrary")]
#[test]
fn any_bytes_make_valid_curves_of_every_kind() {
    use arbitrary::{Arbitrary, Unstructured};
    use tokenomics_emission_curves::{
        Baseline, Compounding, Constant, Disinflation, Exponential, Geometric, LinearRate,
        Logistic, SimpleCurve,
    };

    fn check<'a, C: Curve + Arbitrary<'a>>(bytes: &'a [u8]) {
        let curve = C::arbitrary(&mut Unstructured::new(bytes)).unwrap();
        assert!(curve.start() < curve.end());
        assert_eq!(curve.emitted_at(Timestamp::MAX), curve.cap());
    }
    for byte in (0..=255_u8).step_by(5) {
        let step = usize::from(byte % 7) + 1;
        let bytes: Vec<u8> = (0..160)
            .map(|at| byte.wrapping_mul((at / step) as u8 + 1))
            .collect();
        for bytes in [&bytes[..], &[byte; 160]] {
            check::<Constant>(bytes);
            check::<LinearRate>(bytes);
            check::<Exponential>(bytes);
            check::<Geometric>(bytes);
            check::<Compounding>(bytes);
            check::<Logistic>(bytes);
            check::<Disinflation>(bytes);
            SimpleCurve::arbitrary(&mut Unstructured::new(bytes)).unwrap();
            Baseline::arbitrary(&mut Unstructured::new(bytes)).unwrap();
        }
    }
}

#[cfg(feature = "proptest")]
mod strategies {
    use proptest::prelude::*;
    use tokenomics_emission_curves::strategies::{
        baseline, compounding, constant, disinflation, exponential, geometric,
        geometric_epochs_in_array, linear_rate, logistic, simple_curve,
    };
    use tokenomics_emission_curves::Curve;

    use super::Epochs;

    fn check(curve: &impl Curve) {
        let time = curve.time_of(curve.cap());
        assert!(time.is_some_and(|time| time <= curve.end()));
        assert!(curve.start() < curve.end());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_generated_curve_of_any_kind_is_valid(
            constant in constant(), line in linear_rate(), exponential in exponential(),
            geometric in geometric(), compounding in compounding(), logistic in logistic(),
            disinflation in disinflation(), any in simple_curve(), baseline in baseline(),
        ) {
            check(&constant);
            check(&line);
            check(&exponential);
            check(&geometric);
            check(&compounding);
            check(&logistic);
            check(&disinflation);
            // A list of points may hold one only.
            prop_assert_eq!(any.emitted_at(any.end()), any.cap());
            prop_assert!(baseline.power() > 0);
        }

        #[test]
        fn a_generated_curve_is_valid_and_can_be_written(
            curve in geometric_epochs_in_array::<33>(),
        ) {
            prop_assert_eq!(curve.time_of(curve.cap()), Some(curve.end()));
            #[cfg(feature = "serde")]
            {
                let text = serde_json::to_string(&curve).unwrap();
                prop_assert_eq!(serde_json::from_str::<Epochs>(&text).unwrap(), curve);
            }
            #[cfg(feature = "borsh")]
            {
                let bytes = borsh::to_vec(&curve).unwrap();
                prop_assert_eq!(borsh::from_slice::<Epochs>(&bytes).unwrap(), curve);
            }
        }
    }
}
