//! What is written is read back, and what `new` refuses can't be read.

#[allow(
    unused_imports,
    reason = "which of them are used depends on the features"
)]
use tokenomics_fixed_math::{Amount, Fraction, Ratio};
#[allow(
    unused_imports,
    reason = "which of them are used depends on the features"
)]
use tokenomics_haircut_collateral::{Debt, Haircut, Holding, Margin};

#[allow(dead_code, reason = "not without features")]
fn sample() -> (Haircut, Holding, Debt) {
    let percent = |percent| Fraction::from_percent(percent).unwrap();
    let haircut = Haircut::new(percent(20), percent(16)).unwrap();
    let holding = Holding::new(Amount::new(1 << 70), Ratio::new(5, 7).unwrap(), haircut);
    let debt = Debt::new(Amount::MAX, Ratio::MAX, haircut).unwrap();
    (haircut, holding, debt)
}

/// The two integers of a haircut.
type Integers = (u64, u64);

/// The stored form of the sample: integers in little endian, in the order of the fields.
#[allow(dead_code, reason = "not without features")]
fn integers() -> (Integers, [(u128, (u128, u128), Integers); 2]) {
    let haircut = (200_000_000_000_000_000, 160_000_000_000_000_000);
    let (holding, debt) = (
        (1 << 70, (5, 7), haircut),
        (u128::MAX, (u128::MAX, 1), haircut),
    );
    (haircut, [holding, debt])
}

#[cfg(feature = "serde")]
#[test]
fn json_holds_text_and_is_checked() {
    let (haircut, holding, debt) = sample();
    let text = serde_json::to_string(&haircut).unwrap();
    assert_eq!(text, r#"{"initial":"0.2","maintenance":"0.16"}"#);
    assert_eq!(serde_json::from_str::<Haircut>(&text).unwrap(), haircut);

    let text = serde_json::to_string(&(holding, debt)).unwrap();
    let back: (Holding, Debt) = serde_json::from_str(&text).unwrap();
    assert_eq!(back, (holding, debt));

    let crossed = r#"{"initial":"0.1","maintenance":"0.16"}"#;
    let error = serde_json::from_str::<Haircut>(crossed).unwrap_err();
    assert!(error
        .to_string()
        .contains("the initial haircut is 0.1, below 0.16"));
    let unpriced = r#"{"amount":"7","price":"0","add_on":{"initial":"0","maintenance":"0"}}"#;
    assert!(serde_json::from_str::<Debt>(unpriced).is_err());
    let unknown = r#"{"initial":"0.2","maintenance":"0.1","ltv":"0.8"}"#;
    assert!(serde_json::from_str::<Haircut>(unknown).is_err());
}

#[cfg(feature = "borsh")]
#[test]
fn borsh_holds_integers_and_is_checked() {
    let (haircut, holding, debt) = sample();
    let bytes = borsh::to_vec(&(haircut, holding, debt)).unwrap();
    assert_eq!(bytes, borsh::to_vec(&integers()).unwrap());
    assert_eq!(
        borsh::from_slice::<(Haircut, Holding, Debt)>(&bytes).unwrap(),
        sample()
    );

    // The text is the quantity.
    let crossed = borsh::to_vec(&(1_u64, 2_u64)).unwrap();
    let crossed = borsh::from_slice::<Haircut>(&crossed).unwrap_err();
    assert_eq!(crossed.to_string(), "the initial haircut");
    let unpriced = borsh::to_vec(&(7_u128, (0_u128, 1_u128), haircut)).unwrap();
    assert!(borsh::from_slice::<Debt>(&unpriced).is_err());
}

#[cfg(feature = "scale")]
#[test]
fn scale_holds_integers_and_is_checked() {
    use parity_scale_codec::{Decode, Encode};

    let bytes = sample().encode();
    assert_eq!(bytes, integers().encode());
    let back = <(Haircut, Holding, Debt)>::decode(&mut &bytes[..]).unwrap();
    assert_eq!(back, sample());

    let crossed = (1_u64, 2_u64).encode();
    assert!(Haircut::decode(&mut &crossed[..]).is_err());
    let unpriced = (7_u128, (0_u128, 1_u128), sample().0).encode();
    assert!(Debt::decode(&mut &unpriced[..]).is_err());
}

#[cfg(feature = "arbitrary")]
#[test]
fn any_bytes_make_valid_values() {
    use arbitrary::{Arbitrary, Unstructured};

    for byte in [0, 1, 0x7f, 0xff] {
        let bytes = [byte; 256];
        let mut bytes = Unstructured::new(&bytes);
        let (haircut, debt, margin) = <(Haircut, Debt, Margin)>::arbitrary(&mut bytes).unwrap();
        assert!(haircut.fraction(Margin::Initial) >= haircut.fraction(Margin::Maintenance));
        assert!(!debt.price().is_zero());
        assert!(Margin::ALL.contains(&margin));
    }
}

#[cfg(feature = "proptest")]
mod strategies {
    use super::*;
    use proptest::prelude::*;
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    use tokenomics_haircut_collateral::strategies;

    #[test]
    fn both_endpoints_are_drawn() {
        let mut runner = TestRunner::deterministic();
        let mut seen = [false; 4];
        for _ in 0..2_000 {
            let draw = (strategies::haircut(), strategies::debt())
                .new_tree(&mut runner)
                .unwrap()
                .current();
            let (haircut, debt) = draw;
            seen[0] |= haircut == Haircut::NONE;
            seen[1] |= haircut == Haircut::FULL;
            seen[2] |= debt.price().denominator() == u128::MAX;
            seen[3] |= debt.price() == Ratio::MAX && debt.amount() == Amount::MAX;
        }
        assert_eq!(seen, [true; 4]);
    }

    proptest! {
        #[test]
        fn what_may_be_opened_is_not_liquidatable(
            held in strategies::holding(),
            owed in strategies::debt(),
            margin in strategies::margin(),
        ) {
            let (held, owed) = ([held], [owed]);
            let portfolio = tokenomics_haircut_collateral::Portfolio::new(&held, &owed);
            let healthy = portfolio.is_healthy(margin);
            prop_assert!(!healthy || portfolio.is_healthy(Margin::Maintenance));
        }
    }
}
