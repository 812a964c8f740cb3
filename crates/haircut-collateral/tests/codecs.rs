//! What is written is read back, and what `new` refuses can't be read.

#[allow(
    unused_imports,
    reason = "which of them are used depends on the features"
)]
use tokenomics_fixed_math::{Amount, Fraction, Ratio, Span, Wad};
#[allow(
    unused_imports,
    reason = "which of them are used depends on the features"
)]
use tokenomics_haircut_collateral::{
    CloseFactor, Debt, Decay, DutchAuction, FixedIncentive, Haircut, HealthIncentive, Holding,
    Incentive, LiquidationTerms, Margin, ThresholdIncentive,
};

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

/// An amount, the two integers of its price, and those of its haircut.
type EntryAsIntegers = (u128, (u128, u128), Integers);

/// The stored form of the sample: integers in little endian, in the order of the fields.
#[allow(dead_code, reason = "not without features")]
fn integers() -> (Integers, [EntryAsIntegers; 2]) {
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

/// Terms with an auction, which hold each kind of a stored value.
#[allow(dead_code, reason = "not without features")]
fn terms() -> LiquidationTerms {
    let decay = Decay::Steps {
        factor: Fraction::from_percent(99).unwrap(),
        step: Span::new(90),
    };
    let auction = DutchAuction::new(Wad::from_percent(120).unwrap(), decay).unwrap();
    let elapsed = Span::new(7);
    let half = Fraction::from_percent(50).unwrap();
    let close_factor = CloseFactor::new(half, Wad::from_percent(95).unwrap(), Amount::new(2_000));
    LiquidationTerms::new(
        Wad::from_percent(105).unwrap(),
        close_factor.unwrap(),
        Incentive::Auction { auction, elapsed },
        Amount::new(100),
    )
    .unwrap()
}

/// Each of the other incentives.
#[allow(dead_code, reason = "not without features")]
fn incentives() -> [Incentive; 3] {
    let percent = |percent| Wad::from_percent(percent).unwrap();
    let cursor = Fraction::from_percent(30).unwrap();
    [
        Incentive::Fixed(FixedIncentive::new(percent(105)).unwrap()),
        Incentive::ByThreshold(ThresholdIncentive::new(cursor, percent(115)).unwrap()),
        Incentive::ByHealth(HealthIncentive::new(percent(102), percent(110), percent(90)).unwrap()),
    ]
}

/// The integers of the terms, with the index of each variant in a byte.
#[allow(dead_code, reason = "not without features")]
type TermsAsIntegers = (
    u128,
    (u64, u128, u128),
    (u8, (u128, (u8, u64, u64)), u64),
    u128,
);

#[allow(dead_code, reason = "not without features")]
fn integers_of_terms() -> TermsAsIntegers {
    let percent = 10_u128.pow(16);
    let close_factor = (50 * 10_u64.pow(16), 95 * percent, 2_000);
    let auction = (120 * percent, (2, 99 * 10_u64.pow(16), 90));
    (105 * percent, close_factor, (3, auction, 7), 100)
}

#[cfg(feature = "serde")]
#[test]
fn json_of_terms_is_checked() {
    let text = serde_json::to_string(&terms()).unwrap();
    let auction = r#"{"auction":{"auction":{"start":"1.2","decay":{"steps":{"factor":"0.99","step":"90"}}},"elapsed":"7"}}"#;
    let close_factor = r#"{"part":"0.5","whole_at":"0.95","whole_under":"2000"}"#;
    let expected = format!(
        r#"{{"target":"1.05","close_factor":{close_factor},"incentive":{auction},"dust":"100"}}"#
    );
    assert_eq!(text, expected);
    assert_eq!(
        serde_json::from_str::<LiquidationTerms>(&text).unwrap(),
        terms()
    );
    for (sound, wrong) in [
        (r#""target":"1.05""#, r#""target":"0.99""#),
        (r#""part":"0.5""#, r#""part":"0""#),
        (r#""step":"90""#, r#""step":"0""#),
        (r#""start":"1.2""#, r#""start":"0.9""#),
    ] {
        assert!(text.contains(sound));
        let text = text.replace(sound, wrong);
        assert!(
            serde_json::from_str::<LiquidationTerms>(&text).is_err(),
            "{text}"
        );
    }
    let text = serde_json::to_string(&incentives()).unwrap();
    let expected = r#"[{"fixed":{"factor":"1.05"}},{"by_threshold":{"cursor":"0.3","most":"1.15"}},{"by_health":{"least":"1.02","most":"1.1","most_at":"0.9"}}]"#;
    assert_eq!(text, expected);
    assert_eq!(
        serde_json::from_str::<[Incentive; 3]>(&text).unwrap(),
        incentives()
    );
    for wrong in [
        r#"{"fixed":{"factor":"0.9"}}"#,
        r#"{"by_health":{"least":"1.2","most":"1.1","most_at":"0.9"}}"#,
    ] {
        assert!(serde_json::from_str::<Incentive>(wrong).is_err());
    }
}

#[cfg(feature = "borsh")]
#[test]
fn borsh_of_terms_is_integers() {
    let bytes = borsh::to_vec(&terms()).unwrap();
    assert_eq!(bytes, borsh::to_vec(&integers_of_terms()).unwrap());
    assert_eq!(
        borsh::from_slice::<LiquidationTerms>(&bytes).unwrap(),
        terms()
    );
    let mut wrong = integers_of_terms();
    wrong.0 = 0;
    let wrong = borsh::to_vec(&wrong).unwrap();
    assert!(borsh::from_slice::<LiquidationTerms>(&wrong).is_err());
    let bytes = borsh::to_vec(&incentives()).unwrap();
    assert_eq!(
        borsh::from_slice::<[Incentive; 3]>(&bytes).unwrap(),
        incentives()
    );
}

#[cfg(feature = "scale")]
#[test]
fn scale_of_terms_is_integers() {
    use parity_scale_codec::{Decode, Encode};

    let bytes = terms().encode();
    assert_eq!(bytes, integers_of_terms().encode());
    assert_eq!(LiquidationTerms::decode(&mut &bytes[..]).unwrap(), terms());
    let mut wrong = integers_of_terms();
    wrong.1 .0 = 0;
    assert!(LiquidationTerms::decode(&mut &wrong.encode()[..]).is_err());
    let bytes = incentives().encode();
    assert_eq!(
        <[Incentive; 3]>::decode(&mut &bytes[..]).unwrap(),
        incentives()
    );
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
