//! The errors of all modules as one, and the sizes that callers count on.

use tokenomics::{
    emission_curves, escrow_weighting, fee_split, fixed_math, haircut_collateral, liquidity_curves,
    rate_controllers, vesting, Amount, Error, Fraction, Ratio, Span, Timestamp, Wad,
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
