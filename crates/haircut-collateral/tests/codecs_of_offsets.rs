//! Offsets and protections are read as they were written: their bytes in borsh and SCALE, in hexadecimal,
//! and their JSON; and what `new` refuses can't be read.
#![cfg(all(feature = "serde", feature = "borsh", feature = "scale"))]

use parity_scale_codec::{Decode, Encode, MaxEncodedLen};
use tokenomics_fixed_math::{fraction, Amount, Ratio, Span, Timestamp};
use tokenomics_haircut_collateral::*;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn is_stored<T>(rule: T, bytes: &str, json: &str)
where
    T: PartialEq + std::fmt::Debug + Encode + Decode + MaxEncodedLen,
    T: borsh::BorshSerialize + borsh::BorshDeserialize,
    T: serde::Serialize + serde::de::DeserializeOwned,
{
    let written = borsh::to_vec(&rule).unwrap();
    assert_eq!(
        (hex(&written), hex(&rule.encode())),
        (bytes.into(), bytes.into())
    );
    assert_eq!(T::max_encoded_len(), written.len());
    assert_eq!(borsh::from_slice::<T>(&written).unwrap(), rule);
    assert_eq!(T::decode(&mut &written[..]).unwrap(), rule);
    assert_eq!(serde_json::to_string(&rule).unwrap(), json);
    assert_eq!(serde_json::from_str::<T>(json).unwrap(), rule);
}

/// Three assets, the first two alike.
fn matrix() -> (CorrelationMatrix, String, String) {
    let below = [9_900, 6_000, -1].map(|bps| Correlation::from_bps(bps).unwrap());
    let matrix = CorrelationMatrix::new(2, &below[..1]).unwrap();
    let bytes = format!("02ac26{}", "0000".repeat(119));
    let json = format!(r#"{{"assets":2,"below":[9900{}]}}"#, ",0".repeat(119));
    (matrix, bytes, json)
}

#[test]
fn an_offset_is_read_as_it_was_written() {
    is_stored(Correlation::from_bps(-2).unwrap(), "feff", "-2");
    let (matrix, bytes, json) = matrix();
    is_stored(matrix, &bytes, &json);
    let (to_one, to_zero) = (fraction!("0.5"), fraction!("0.25"));
    let stress = CorrelationStress { to_one, to_zero };
    let stressed = "0000b2d3595bf0060000d9e9ac2d7803";
    is_stored(stress, stressed, r#"{"to_one":"0.5","to_zero":"0.25"}"#);
    is_stored(
        CorrelationOffset::new(matrix, stress, fraction!("1")),
        &format!("{bytes}{stressed}000064a7b3b6e00d"),
        &format!(
            r#"{{"correlations":{json},"stress":{{"to_one":"0.5","to_zero":"0.25"}},"most_offset":"1"}}"#
        ),
    );
}

#[test]
fn a_protection_is_read_as_it_was_written() {
    let strike = Ratio::new(3, 2).unwrap();
    is_stored(
        Protection::new(Amount::new(1), strike, Timestamp::new(4), Timestamp::new(5)),
        "01000000000000000000000000000000030000000000000000000000000000000200000000000000000000000000000004000000000000000500000000000000",
        r#"{"amount":"1","strike":"3/2","ends":"4","paid_until":"5"}"#,
    );
    is_stored(
        ProtectionTerms::new(Span::new(6), Span::new(7)).unwrap(),
        "06000000000000000700000000000000",
        r#"{"horizon":"6","full":"7"}"#,
    );
    let (value, haircut, joint) = (Amount::new(8), fraction!("0.5"), fraction!("1"));
    is_stored(
        PostedMeans {
            value,
            haircut,
            joint,
        },
        "080000000000000000000000000000000000b2d3595bf006000064a7b3b6e00d",
        r#"{"value":"8","haircut":"0.5","joint":"1"}"#,
    );
}

#[test]
fn what_new_refuses_cant_be_read() {
    fn refused<T: Decode + borsh::BorshDeserialize>(bytes: &[u8], text: &str) {
        assert!(T::decode(&mut &bytes[..]).is_err());
        let error = borsh::from_slice::<T>(bytes).err().unwrap();
        assert_eq!(error.to_string(), text);
    }
    refused::<Correlation>(
        &10_001_i16.encode(),
        "the size of a correlation, in basis points,",
    );
    refused::<Correlation>(
        &(-10_001_i16).encode(),
        "the size of a correlation, in basis points,",
    );
    refused::<ProtectionTerms>(
        &(7_u64, 7_u64).encode(),
        "the time left of a protection that counts fully",
    );
    let of = |assets: u8, below: [i16; 3]| {
        let mut raw = (assets, [0_i16; 120]);
        raw.1[..3].copy_from_slice(&below);
        raw.encode()
    };
    refused::<CorrelationMatrix>(&of(0, [0; 3]), "the number of assets of a matrix");
    refused::<CorrelationMatrix>(&of(17, [0; 3]), "the number of assets of a matrix");
    refused::<CorrelationMatrix>(&of(2, [1, 0, 1]), "the number of correlations of a matrix");
    refused::<CorrelationMatrix>(
        &of(3, [10_000, 10_000, 9_999]),
        "correlations that contradict each other",
    );
    assert!(CorrelationMatrix::decode(&mut &of(3, [10_000, 9_999, 9_999])[..]).is_ok());
    assert!(CorrelationMatrix::decode(&mut &of(16, [10_000, 9_999, 9_999])[..]).is_ok());
    let (_, _, json) = matrix();
    let torn = json.replace("9900", "10001");
    assert!(serde_json::from_str::<CorrelationMatrix>(&torn).is_err());
    let more = json.replace("assets", "size");
    assert!(serde_json::from_str::<CorrelationMatrix>(&more).is_err());
}

#[cfg(feature = "arbitrary")]
#[test]
fn any_bytes_make_offsets_and_protections() {
    use arbitrary::{Arbitrary, Unstructured};

    for byte in [0, 1, 0x7f, 0x80, 0xff] {
        let bytes = [byte; 512];
        let mut bytes = Unstructured::new(&bytes);
        let offset = CorrelationOffset::arbitrary(&mut bytes).unwrap();
        let matrix = offset.correlations();
        assert!((1..=16).contains(&matrix.assets()));
        let again = CorrelationMatrix::new(matrix.assets(), matrix.below());
        assert_eq!(again.as_ref(), Ok(matrix));
        let terms = ProtectionTerms::arbitrary(&mut bytes).unwrap();
        assert!(terms.horizon() < terms.full());
        let rest = <(Correlation, Protection, PostedMeans, Payer)>::arbitrary(&mut bytes);
        assert!(rest.is_ok());
    }
}

#[cfg(feature = "proptest")]
#[test]
fn both_endpoints_of_offsets_are_drawn() {
    use proptest::strategy::{Strategy, ValueTree};
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let mut seen = [false; 12];
    for _ in 0..2_000 {
        let draw = (
            (strategies::correlation(), strategies::correlation_matrix()),
            (
                strategies::correlation_stress(),
                strategies::correlation_offset(),
            ),
            (strategies::protection(), strategies::protection_terms()),
            (strategies::posted_means(), strategies::payer()),
        );
        let draw = draw.new_tree(&mut runner).unwrap().current();
        let ((rho, matrix), (stress, offset), (protection, terms), (means, payer)) = draw;
        seen[0] |= rho == Correlation::MINUS_ONE;
        seen[1] |= rho == Correlation::ONE;
        seen[2] |= matrix.assets() == 1;
        seen[3] |= matrix.assets() == 16 && matrix.below().contains(&Correlation::MINUS_ONE);
        seen[4] |= stress == CorrelationStress::NONE;
        seen[5] |= offset.most_offset() == fraction!("0");
        seen[6] |= offset.most_offset() == fraction!("1");
        seen[7] |= protection.ends() == Timestamp::MAX;
        seen[8] |= protection.paid_until() == Timestamp::new(0);
        seen[9] |= terms.full() == Span::MAX && terms.horizon() == Span::ZERO;
        seen[10] |= means.joint == fraction!("1");
        seen[11] |= payer.means() == Amount::MAX && payer.claims() == Amount::ZERO;
    }
    assert_eq!(seen, [true; 12]);
}
