//! The errors of all modules as one, and the sizes that callers count on.

use tokenomics::{
    emission_curves, escrow_weighting, fee_split, fixed_math, haircut_collateral, liquidity_curves,
    rate_controllers, vesting, Amount, Error, Fraction, Growth, Ratio, Rounding, SignedWad, Span,
    Timestamp, Wad, U256,
};

/// Each module's error is the one of all, and says the same.
#[test]
fn an_error_of_any_module_is_one_of_all() {
    fn same<E: Into<Error> + core::fmt::Display>(own: E, is: fn(&Error) -> bool) {
        let text = own.to_string();
        let joined = own.into();
        assert!(is(&joined), "{joined:?}");
        assert_eq!(joined.to_string(), text);
    }
    let (at, amount) = (Timestamp::new(7), Amount::new(1));
    let math = amount.checked_sub(Amount::new(2)).unwrap_err();
    same(math, |error| matches!(error, Error::Math(_)));
    let parse = "no number".parse::<Wad>().unwrap_err();
    same(parse, |error| matches!(error, Error::Parse(_)));
    let linear = vesting::Linear::new(at, at, amount).unwrap_err();
    same(linear, |error| matches!(error, Error::Vesting(_)));
    let constant = emission_curves::Constant::new(at, at, Ratio::ONE).unwrap_err();
    same(constant, |error| matches!(error, Error::EmissionCurves(_)));
    let params = rate_controllers::BaseFeeParams {
        denominator: 0,
        ..rate_controllers::BaseFeeParams::ETHEREUM
    };
    let fee = rate_controllers::BaseFee::new(params, amount, at).unwrap_err();
    same(fee, |error| matches!(error, Error::RateControllers(_)));
    let terms = escrow_weighting::Terms::new(Span::new(1), Span::new(2)).unwrap_err();
    same(terms, |error| matches!(error, Error::EscrowWeighting(_)));
    let split = fee_split::WeightedSplit::new([0]).unwrap_err();
    same(split, |error| matches!(error, Error::FeeSplit(_)));
    let haircut = haircut_collateral::Haircut::new(Fraction::ZERO, Fraction::ONE).unwrap_err();
    same(haircut, |error| {
        matches!(error, Error::HaircutCollateral(_))
    });
    let fee = liquidity_curves::Fee::new(1, 1).unwrap_err();
    same(fee, |error| matches!(error, Error::LiquidityCurves(_)));
}

/// The errors of the numbers that a program may meet, with one of each that a text gives.
fn errors_of_the_numbers() -> Vec<fixed_math::Error> {
    let (one, two) = (Amount::new(1), Amount::new(2));
    let doubling = Growth::per_unit(Ratio::from_integer(2)).unwrap();
    let base = Wad::from_integer(2).unwrap();
    vec![
        Amount::MAX.checked_add(one).unwrap_err(),
        one.checked_sub(two).unwrap_err(),
        U256::MAX.checked_add(U256::ONE).unwrap_err(),
        SignedWad::MIN.checked_neg().unwrap_err(),
        Ratio::new(1, 0).unwrap_err(),
        Fraction::from_bps(10_001).unwrap_err(),
        SignedWad::ZERO.ln(Rounding::Floor).unwrap_err(),
        base.powi(99, Rounding::Floor).unwrap_err(),
        base.geometric_sum(99, Rounding::Floor).unwrap_err(),
        doubling.of(one, 128, Rounding::Floor).unwrap_err(),
        "1.".parse::<Wad>().unwrap_err().into(),
    ]
}

/// Whichever module an error of the numbers goes through, it says what happened.
#[test]
fn an_error_of_the_numbers_says_the_same_in_each_module() {
    fn texts<E: From<fixed_math::Error> + core::fmt::Display>() -> Vec<String> {
        let errors = errors_of_the_numbers().into_iter();
        errors.map(|error| E::from(error).to_string()).collect()
    }
    let own = errors_of_the_numbers();
    let own: Vec<String> = own.iter().map(ToString::to_string).collect();
    assert_eq!(texts::<Error>(), own);
    assert_eq!(texts::<vesting::Error>(), own);
    assert_eq!(texts::<emission_curves::Error>(), own);
    assert_eq!(texts::<rate_controllers::Error>(), own);
    assert_eq!(texts::<escrow_weighting::Error>(), own);
    assert_eq!(texts::<fee_split::Error>(), own);
    assert_eq!(texts::<haircut_collateral::Error>(), own);
    assert_eq!(texts::<liquidity_curves::Error>(), own);
}

#[test]
fn an_error_of_a_module_takes_48_bytes_at_most_and_that_of_all_64() {
    fn most<E>() -> usize {
        size_of::<E>().max(size_of::<Result<Amount, E>>())
    }
    let sizes = [
        most::<fixed_math::Error>(),
        most::<vesting::Error>(),
        most::<emission_curves::Error>(),
        most::<rate_controllers::Error>(),
        most::<escrow_weighting::Error>(),
        most::<fee_split::Error>(),
        most::<haircut_collateral::Error>(),
        most::<liquidity_curves::Error>(),
    ];
    assert!(sizes.into_iter().all(|size| size <= 48), "{sizes:?}");
    assert!(most::<Error>() <= 64);
}
