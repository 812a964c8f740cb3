//! Each rule of haircuts is read as it was written: its bytes in borsh and SCALE, in hexadecimal, and its
//! JSON; and what `new` refuses can't be read.
#![cfg(all(feature = "serde", feature = "borsh", feature = "scale"))]

use parity_scale_codec::{Decode, Encode};
use tokenomics_fixed_math::{fraction, wad, Amount, Decimals, Ratio, Span, Wad};
use tokenomics_haircut_collateral::*;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn is_stored<T>(rule: T, bytes: &str, json: &str)
where
    T: PartialEq + std::fmt::Debug + Encode + Decode,
    T: borsh::BorshSerialize + borsh::BorshDeserialize,
    T: serde::Serialize + serde::de::DeserializeOwned,
{
    let written = borsh::to_vec(&rule).unwrap();
    assert_eq!(
        (hex(&written), hex(&rule.encode())),
        (bytes.into(), bytes.into())
    );
    assert_eq!(borsh::from_slice::<T>(&written).unwrap(), rule);
    assert_eq!(T::decode(&mut &written[..]).unwrap(), rule);
    assert_eq!(serde_json::to_string(&rule).unwrap(), json);
    assert_eq!(serde_json::from_str::<T>(json).unwrap(), rule);
}

#[test]
fn each_is_read_as_it_was_written() {
    is_stored(
        DepthBudget::new(Amount::new(1), fraction!("0.02")).unwrap(),
        "01000000000000000000000000000000000082dfe40d4700",
        r#"{"depth":"1","cost":"0.02"}"#,
    );
    is_stored(
        ConcentrationCap::new(Amount::new(2)),
        "02000000000000000000000000000000",
        r#"{"cap":"2"}"#,
    );
    is_stored(
        ConcentrationThreshold::new(Amount::new(3)).unwrap(),
        "03000000000000000000000000000000",
        r#"{"threshold":"3"}"#,
    );
    is_stored(
        Confidence::new(wad!("2.12")),
        "0000d48bc4c06b1d0000000000000000",
        r#"{"multiple":"2.12"}"#,
    );
    is_stored(
        PriceAge::new(Span::new(4), Span::new(5)).unwrap(),
        "04000000000000000500000000000000",
        r#"{"fresh":"4","stale":"5"}"#,
    );
    is_stored(
        SquareRootSize::new(fraction!("0.01"), Decimals::new(9).unwrap()),
        "0000c16ff286230009",
        r#"{"factor":"0.01","decimals":9}"#,
    );
    is_stored(
        Volatility::new(wad!("3"), Span::new(6), fraction!("0.25")).unwrap(),
        "00002cf61a24a229000000000000000006000000000000000000d9e9ac2d7803",
        r#"{"multiple":"3","period":"6","floor":"0.25"}"#,
    );
}

#[test]
fn each_is_read_as_it_was_written_of_what_is_locked() {
    is_stored(
        TimeToExit::new(wad!("0.1"), Span::new(7)).unwrap(),
        "00008a5d7845630100000000000000000700000000000000",
        r#"{"rate":"0.1","year":"7"}"#,
    );
    let (penalty, wait) = (fraction!("0.5"), Span::new(8));
    is_stored(
        EarlyExit { penalty, wait },
        "0000b2d3595bf0060800000000000000",
        r#"{"penalty":"0.5","wait":"8"}"#,
    );
    is_stored(GroupSet::from_bits(0b101), "0500000000000000", r#""5""#);
    is_stored(
        LiquidityRange::new(Ratio::new(1, 2).unwrap(), Some(Ratio::new(3, 1).unwrap())).unwrap(),
        "0100000000000000000000000000000002000000000000000000000000000000010300000000000000000000000000000001000000000000000000000000000000",
        r#"{"lower":"1/2","upper":"3/1"}"#,
    );
    is_stored(
        LiquidityRange::FULL,
        "000000000000000000000000000000000100000000000000000000000000000000",
        r#"{"lower":"0/1","upper":null}"#,
    );
}

#[test]
fn what_new_refuses_cant_be_read() {
    fn refused<T: Decode + borsh::BorshDeserialize>(raw: impl Encode, quantity: &str) {
        let bytes = raw.encode();
        assert!(T::decode(&mut &bytes[..]).is_err());
        let error = borsh::from_slice::<T>(&bytes).err().unwrap();
        assert_eq!(error.to_string(), quantity);
    }

    refused::<DepthBudget>((1_u128, 0_u64), "the cost of the depth");
    refused::<ConcentrationThreshold>(0_u128, "the threshold of concentration");
    refused::<PriceAge>((5_u64, 5_u64), "the age of a stale price");
    refused::<Volatility>((1_u128, 0_u64, 0_u64), "the period of a volatility");
    refused::<TimeToExit>((1_u128, 0_u64), "the length of a year");
    let equal = (1_u128, 1_u128);
    refused::<LiquidityRange>((equal, Some(equal)), "the upper price");
    assert!(serde_json::from_str::<PriceAge>(r#"{"fresh":"5","stale":"4"}"#).is_err());
    assert!(serde_json::from_str::<Confidence>(r#"{"multiple":"1","k":"1"}"#).is_err());
}

#[cfg(feature = "arbitrary")]
#[test]
fn any_bytes_make_rules() {
    use arbitrary::{Arbitrary, Unstructured};

    for byte in [0, 1, 0x7f, 0xff] {
        let bytes = [byte; 512];
        let mut bytes = Unstructured::new(&bytes);
        let budget = DepthBudget::arbitrary(&mut bytes).unwrap();
        assert!(!budget.cost().is_zero() && budget.cost() < fraction!("1"));
        let age = PriceAge::arbitrary(&mut bytes).unwrap();
        assert!(age.fresh() < age.stale());
        let rules = <(ConcentrationThreshold, Volatility, TimeToExit)>::arbitrary(&mut bytes);
        let (threshold, volatility, exit) = rules.unwrap();
        assert!(!threshold.threshold().is_zero());
        assert!(!volatility.period().is_zero() && !exit.year().is_zero());
        let range = LiquidityRange::arbitrary(&mut bytes).unwrap();
        assert!(range.upper().is_none_or(|upper| range.lower() < upper));
        let others = <(ConcentrationCap, Confidence, SquareRootSize)>::arbitrary(&mut bytes);
        assert!(others.is_ok());
        let rest = <(EarlyExit, GroupSet, Composition)>::arbitrary(&mut bytes);
        assert!(rest.is_ok());
    }
}

#[cfg(feature = "proptest")]
#[test]
fn both_endpoints_of_rules_are_drawn() {
    use proptest::strategy::{Strategy, ValueTree};
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let mut seen = [false; 9];
    for _ in 0..2_000 {
        let draw = (
            strategies::depth_budget(),
            strategies::confidence(),
            (strategies::price_age(), strategies::early_exit()),
            (strategies::group_set(), strategies::liquidity_range()),
            (strategies::volatility(), strategies::time_to_exit()),
            (
                strategies::concentration_cap(),
                strategies::concentration_threshold(),
            ),
            (strategies::square_root_size(), strategies::composition()),
        );
        let draw = draw.new_tree(&mut runner).unwrap().current();
        let (budget, confidence, (age, exit), (groups, range), (volatility, time), caps, rest) =
            draw;
        seen[0] |= budget.depth() == Amount::MAX;
        seen[1] |= confidence.multiple() == Wad::MAX;
        seen[2] |= age.stale() == Span::MAX;
        seen[3] |= exit.penalty == fraction!("1");
        seen[4] |= groups == GroupSet::ALL;
        seen[5] |= range.upper().is_none();
        seen[6] |= volatility.period() == Span::new(1) && volatility.floor() == fraction!("0");
        seen[7] |= time.rate() == Wad::ZERO;
        seen[8] |= caps.0.cap() == Amount::ZERO
            && caps.1.threshold() != Amount::ZERO
            && rest.1 == Composition::Worst;
    }
    assert_eq!(seen, [true; 9]);
}
