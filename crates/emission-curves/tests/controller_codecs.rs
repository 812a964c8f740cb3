//! What is written of a controller is read back, and what `new` refuses can't be read.

#![cfg(all(feature = "serde", feature = "borsh", feature = "scale"))]

use core::fmt::Debug;

use borsh::{BorshDeserialize, BorshSerialize};
use parity_scale_codec::{Decode, Encode};
use serde::de::DeserializeOwned;
use serde::Serialize;
use tokenomics_emission_curves::{BaseFee, BaseFeeParams, BlobFee, BlobFeeParams};
use tokenomics_fixed_math::{Amount, Timestamp};

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
