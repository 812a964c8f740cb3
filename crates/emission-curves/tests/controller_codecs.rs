//! What is written of a controller is read back, and what `new` refuses can't be read.

#![cfg(all(feature = "serde", feature = "borsh", feature = "scale"))]

use core::fmt::Debug;

use borsh::{BorshDeserialize, BorshSerialize};
use parity_scale_codec::{Decode, Encode};
use serde::de::DeserializeOwned;
use serde::Serialize;
use tokenomics_emission_curves::{
    AdaptiveRate, AdaptiveRateParams, BaseFee, BaseFeeParams, BlobFee, BlobFeeParams, KinkedRate,
    KinkedRateParams, NposInflation, NposInflationParams, SqrtIssuance, SqrtIssuanceParams,
    TargetBonded, TargetBondedParams,
};
use tokenomics_fixed_math::{fraction, wad, Amount, Span, Timestamp};

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
    let json = r#"{"params":{"elasticity":2,"denominator":8,"min":"0","max":"18446744073709551615"},"fee":"7","next":"9"}"#;
    let fee = BaseFee::new(BaseFeeParams::ETHEREUM, Amount::new(7), Timestamp::new(9)).unwrap();
    round_trip(fee, json);
    refused::<BaseFee>(
        json,
        r#""denominator":8"#,
        r#""denominator":0"#,
        "denominator",
    );
    refused::<BaseFee>(json, r#""min":"0""#, r#""min":"8""#, "the fee is 7");
    refused::<BaseFee>(
        json,
        r#""fee":"7""#,
        r#""fee":"7","gas":1"#,
        "unknown field",
    );

    let json = r#"{"params":{"min_fee":"1","target":393216,"update_fraction":3338477,"max_excess":146892988,"exponential":"deployed"},"excess":5,"next":"9"}"#;
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
    refused::<TargetBonded>(json, carried, more, "what is carried is");

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

    let json = r#"{"params":{"increment":1000000000,"factor":64},"last":"3"}"#;
    let issuance = SqrtIssuance::new(SqrtIssuanceParams::ETHEREUM, Timestamp::new(3)).unwrap();
    round_trip(issuance, json);
    refused::<SqrtIssuance>(json, ":64", ":18446744074", "the factor");
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
