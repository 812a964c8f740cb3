//! What is written of a controller is read back, and what `new` refuses can't be read.

#![cfg(all(feature = "serde", feature = "borsh", feature = "scale"))]

use core::fmt::Debug;

use borsh::{BorshDeserialize, BorshSerialize};
use parity_scale_codec::{Decode, Encode};
use serde::de::DeserializeOwned;
use serde::Serialize;
use tokenomics_fixed_math::{fraction, signed_wad, wad, Amount, SignedWad, Span, Timestamp, Wad};
use tokenomics_rate_controllers::{
    AdaptiveRate, AdaptiveRateParams, BaseFee, BaseFeeParams, BlobFee, BlobFeeParams, KinkedRate,
    KinkedRateParams, NposInflation, NposInflationParams, Pid, PidParams, RebaseRule, SqrtIssuance,
    SqrtIssuanceParams, SupplyTarget, SupplyTargetParams, TargetBonded, TargetBondedParams,
};

fn round_trip<C>(controller: C, json: &str)
where
    C: Copy + PartialEq + Debug + Serialize + DeserializeOwned,
    C: BorshSerialize + BorshDeserialize + Encode + Decode,
{
    let text = serde_json::to_string(&controller).unwrap();
    assert_eq!(text, json);
    assert_eq!(serde_json::from_str::<C>(&text).unwrap(), controller);
    let bytes = borsh::to_vec(&controller).unwrap();
    assert_eq!(borsh::from_slice::<C>(&bytes).unwrap(), controller);
    assert_eq!(controller.encode(), bytes);
    assert_eq!(C::decode(&mut &bytes[..]).unwrap(), controller);
    assert!(borsh::from_slice::<C>(&bytes[..bytes.len() - 1]).is_err());
}

/// Replaces one text of a valid controller's JSON, which must then be refused with this message.
fn refused<C: DeserializeOwned + Debug>(json: &str, good: &str, bad: &str, message: &str) {
    let text = json.replacen(good, bad, 1);
    assert_ne!(text, json);
    let error = serde_json::from_str::<C>(&text).unwrap_err().to_string();
    assert!(error.contains(message), "{error}");
}

#[test]
fn the_fees() {
    let json = r#"{"params":{"elasticity":"2","denominator":"8","min":"0","max":"18446744073709551615"},"fee":"7","next":"9"}"#;
    let fee = BaseFee::new(BaseFeeParams::ETHEREUM, Amount::new(7), Timestamp::new(9)).unwrap();
    round_trip(fee, json);
    refused::<BaseFee>(
        json,
        r#""denominator":"8""#,
        r#""denominator":"0""#,
        "denominator",
    );
    refused::<BaseFee>(json, r#""min":"0""#, r#""min":"8""#, "the fee is 7");
    refused::<BaseFee>(
        json,
        r#""fee":"7""#,
        r#""fee":"7","gas":1"#,
        "unknown field",
    );

    let json = r#"{"params":{"min_fee":"1","target":"393216","update_fraction":"3338477","max_excess":"146892988","exponential":"deployed"},"excess":"5","next":"9"}"#;
    let fee = BlobFee::new(BlobFeeParams::CANCUN, 5, Timestamp::new(9)).unwrap();
    round_trip(fee, json);
    refused::<BlobFee>(json, "146892988", "4", "the excess is 5");
    refused::<BlobFee>(json, "deployed", "fake", "unknown variant");
    let mut bytes = borsh::to_vec(&fee).unwrap();
    bytes[..16].fill(0);
    assert!(borsh::from_slice::<BlobFee>(&bytes).is_err());
    assert!(BlobFee::decode(&mut &bytes[..]).is_err());
}

/// What is carried and the undivided inflation are part of the state.
#[test]
fn the_issuance() {
    let json = r#"{"params":{"goal":"0.67","change":"0.13","min":"0.07","max":"0.2","year":"6311520"},"numerator":"631152052388059701492537","carried":"631152052388059701492537000","last":"1"}"#;
    let mut mint =
        TargetBonded::new(TargetBondedParams::COSMOS, wad!("0.1"), Timestamp::ZERO).unwrap();
    mint.update(Timestamp::new(1), fraction!("0.4"), Amount::new(1_000))
        .unwrap();
    // 1,000 · 0.1 / 6,311,520 isn't a unit yet.
    round_trip(mint, json);
    refused::<TargetBonded>(
        json,
        r#""max":"0.2""#,
        r#""max":"0.09""#,
        "the inflation is",
    );
    let (carried, more) = (r#""carried":"#, r#""carried":"4","carry":"#);
    refused::<TargetBonded>(json, carried, more, "unknown field");
    let (carried, more) = (r#""carried":"631"#, r#""carried":"63100000000"#);
    refused::<TargetBonded>(json, carried, more, "the carried remainder is");

    let params = NposInflationParams {
        min: wad!("0.025"),
        max: wad!("0.1"),
        ideal: fraction!("0.5"),
        falloff: fraction!("0.05"),
        year: Span::new(100),
    };
    let mut mint = NposInflation::new(params, Timestamp::ZERO).unwrap();
    mint.update(Timestamp::new(3), fraction!("0.25"), Amount::new(700))
        .unwrap();
    // 3 · 700 · 0.0625 / 100 is 1.3125.
    let json = r#"{"params":{"min":"0.025","max":"0.1","ideal":"0.5","falloff":"0.05","year":"100"},"carried":"31250000000000000000","last":"3"}"#;
    round_trip(mint, json);
    refused::<NposInflation>(json, r#""ideal":"0.5""#, r#""ideal":"0""#, "the ideal");

    let json = r#"{"params":{"increment":"1000000000","factor":"64"},"last":"3"}"#;
    let issuance = SqrtIssuance::new(SqrtIssuanceParams::ETHEREUM, Timestamp::new(3)).unwrap();
    round_trip(issuance, json);
    refused::<SqrtIssuance>(json, r#":"64""#, r#":"18446744074""#, "the factor");
}

/// What has accrued, and the rate's logarithm, are part of the state.
#[test]
fn the_rates() {
    let params = KinkedRateParams {
        optimal: fraction!("0.8"),
        base: wad!("0.01"),
        slope1: wad!("0.04"),
        slope2: wad!("0.75"),
        year: Span::new(100),
    };
    let mut pool = KinkedRate::new(params, Timestamp::ZERO).unwrap();
    pool.update(Timestamp::new(7), fraction!("0.4")).unwrap();
    let json = r#"{"params":{"optimal":"0.8","base":"0.01","slope1":"0.04","slope2":"0.75","year":"100"},"accrued":"210000000000000000","last":"7"}"#;
    round_trip(pool, json);
    refused::<KinkedRate>(
        json,
        r#""optimal":"0.8""#,
        r#""optimal":"0""#,
        "the optimum",
    );
    let too_much = r#""accrued":"4600000000000000000001""#;
    let accrued = r#""accrued":"210000000000000000""#;
    refused::<KinkedRate>(json, accrued, too_much, "the accrued interest is");

    let params = AdaptiveRateParams {
        min: wad!("0.5"),
        year: Span::new(100),
        ..AdaptiveRateParams::MORPHO
    };
    let mut irm = AdaptiveRate::new(params, wad!("0.5"), Timestamp::ZERO).unwrap();
    irm.update(Timestamp::new(7), fraction!("0.9")).unwrap();
    irm.update(Timestamp::new(9), fraction!("1")).unwrap();
    // Seven units at 50%; then ln(2) · 2 in two more, after which it would be above 2.
    let text = serde_json::to_string(&irm).unwrap();
    let json = r#"{"params":{"target":"0.9","steepness":"4","speed":"50","min":"0.5","max":"2","year":"100"},"exponent":"100000000000000000000","accrued":"10373127313836180944","last":"9"}"#;
    assert_eq!(text, json);
    round_trip(irm, json);
    let (exponent, above) = (r#""exponent":"100"#, r#""exponent":"139"#);
    refused::<AdaptiveRate>(json, exponent, above, "the rate's logarithm is");
}

/// The integral in all of its digits, and what has passed the filter, are part of the state.
#[test]
fn the_feedback() {
    let params = PidParams {
        setpoint: SignedWad::ONE,
        largest_error: Wad::ONE,
        dead_band: Wad::ZERO,
        proportional: Wad::ZERO,
        integral: wad!("0.5"),
        windup: wad!("5"),
        derivative: Wad::ZERO,
        filter: Span::new(1),
        bias: SignedWad::ZERO,
        min: signed_wad!("-10"),
        max: signed_wad!("10"),
        slew: Some(wad!("0.25")),
    };
    let mut pid = Pid::new(params, signed_wad!("1"), SignedWad::ZERO, Timestamp::ZERO).unwrap();
    pid.update(Timestamp::new(3), signed_wad!("1.000000000000000001"))
        .unwrap();
    let json = r#"{"params":{"setpoint":"1","largest_error":"1","dead_band":"0","proportional":"0","integral":"0.5","windup":"5","derivative":"0","filter":"1","bias":"0","min":"-10","max":"10","slew":"0.25"},"integral":"-1.5","filtered":"-0.000000000000000001","output":"-0.000000000000000002","last":"3"}"#;
    round_trip(pid, json);
    refused::<Pid>(
        json,
        r#""filter":"1""#,
        r#""filter":"0""#,
        "the filter's time",
    );
    refused::<Pid>(
        json,
        r#""output":"-0"#,
        r#""output":"-10"#,
        "the offset of the output",
    );
    refused::<Pid>(
        json,
        r#""filtered":"-0"#,
        r#""filtered":"-1"#,
        "the filtered error",
    );
    let (kept, too_much) = (
        r#""integral":"-1.5""#,
        r#""integral":"-5000000000000000000.1""#,
    );
    refused::<Pid>(json, kept, too_much, "the integral");

    let rule = RebaseRule::Lag(30);
    let mut params = SupplyTargetParams {
        target: Wad::ONE,
        dead_band: fraction!("0.05"),
        rule,
        period: Span::new(86_400),
        max_supply: Amount::new(9),
    };
    let json = r#"{"params":{"target":"1","dead_band":"0.05","rule":{"lag":"30"},"period":"86400","max_supply":"9"},"next":"7"}"#;
    round_trip(SupplyTarget::new(params, Timestamp::new(7)).unwrap(), json);
    refused::<SupplyTarget>(json, r#"{"lag":"30"}"#, r#"{"lag":0}"#, "the lag");
    params.rule = RebaseRule::Sigmoid {
        lower: fraction!("0.2"),
        upper: fraction!("0.1"),
        growth: wad!("3"),
    };
    let sigmoid = r#"{"sigmoid":{"lower":"0.2","upper":"0.1","growth":"3"}}"#;
    let json = json.replace(r#"{"lag":"30"}"#, sigmoid);
    round_trip(SupplyTarget::new(params, Timestamp::new(7)).unwrap(), &json);
    refused::<SupplyTarget>(&json, r#""lower":"0.2""#, r#""lower":"0""#, "the lower end");
}

/// What the generators draw is valid, and any of it is written and read back.
#[cfg(feature = "proptest")]
mod strategies {
    use proptest::prelude::*;
    use tokenomics_rate_controllers::strategies::controller;

    use super::*;

    fn any_round_trip<C>(controller: C)
    where
        C: Copy + PartialEq + Debug + Serialize + DeserializeOwned,
        C: BorshSerialize + BorshDeserialize + Encode + Decode,
    {
        let text = serde_json::to_string(&controller).unwrap();
        round_trip(controller, &text);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn any_fee(base in controller::<BaseFee>(), blob in controller::<BlobFee>()) {
            any_round_trip(base);
            any_round_trip(blob);
        }

        #[test]
        fn any_issuance(
            bonded in controller::<TargetBonded>(),
            npos in controller::<NposInflation>(),
            sqrt in controller::<SqrtIssuance>(),
        ) {
            any_round_trip(bonded);
            any_round_trip(npos);
            any_round_trip(sqrt);
        }

        #[test]
        fn any_rate(kinked in controller::<KinkedRate>(), adaptive in controller::<AdaptiveRate>()) {
            any_round_trip(kinked);
            any_round_trip(adaptive);
        }

        #[test]
        fn any_feedback(pid in controller::<Pid>(), target in controller::<SupplyTarget>()) {
            any_round_trip(pid);
            any_round_trip(target);
        }
    }
}

/// Bytes of one value, whatever it is, make a controller: the ends of every range are in range.
#[cfg(feature = "arbitrary")]
#[test]
fn any_bytes_make_a_valid_controller() {
    fn made<C: for<'a> arbitrary::Arbitrary<'a> + Debug>() {
        for byte in 0..=255 {
            let bytes = [byte; 256];
            C::arbitrary(&mut arbitrary::Unstructured::new(&bytes)).unwrap();
        }
    }
    made::<BaseFee>();
    made::<BlobFee>();
    made::<TargetBonded>();
    made::<NposInflation>();
    made::<SqrtIssuance>();
    made::<KinkedRate>();
    made::<AdaptiveRate>();
    made::<Pid>();
    made::<SupplyTarget>();
}
