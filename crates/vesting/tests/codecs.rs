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

use tokenomics_fixed_math::{Amount, Span, Timestamp};
use tokenomics_vesting::{AnySchedule, Cliff, Gate, Grant, Linear, LumpLinear, Schedule, Step};

fn linear() -> Linear {
    Linear::new(Timestamp::new(10), Timestamp::new(20), Amount::MAX).unwrap()
}

fn step() -> Step {
    Step::new(Timestamp::new(10), Span::new(2), 3, Amount::new(7)).unwrap()
}

/// One of each kind.
fn every_kind() -> [AnySchedule; 6] {
    let (at, end) = (Timestamp::new(10), Timestamp::MAX);
    let lump_linear = LumpLinear::new(at, end, Amount::new(3), Amount::new(7)).unwrap();
    [
        Cliff::new(at, Amount::new(5)).into(),
        linear().into(),
        step().into(),
        lump_linear.into(),
        Gate::new(linear(), Timestamp::new(12)).into(),
        Gate::new(step(), Timestamp::new(13)).into(),
    ]
}

/// Some of it claimed, and revoked.
fn grant() -> Grant<AnySchedule> {
    let mut grant = Grant::new(step().into());
    grant.claim(Timestamp::new(14)).unwrap();
    grant.revoke(Timestamp::new(15)).unwrap();
    grant
}

#[cfg(feature = "serde")]
#[test]
fn json_holds_the_parameters_as_text_and_is_checked() {
    for schedule in every_kind() {
        let text = serde_json::to_string(&schedule).unwrap();
        assert_eq!(
            serde_json::from_str::<AnySchedule>(&text).unwrap(),
            schedule
        );
    }
    let text = serde_json::to_string(&grant()).unwrap();
    assert_eq!(
        text,
        concat!(
            r#"{"schedule":{"step":{"start":"10","period":"2","count":3,"total":"7"}},"#,
            r#""claimed":"4","revoked_at":"15"}"#
        )
    );
    assert_eq!(
        serde_json::from_str::<Grant<AnySchedule>>(&text).unwrap(),
        grant()
    );

    for refused in [
        r#"{"linear":{"start":"20","end":"20","total":"1"}}"#,
        r#"{"step":{"start":"0","period":"0","count":3,"total":"7"}}"#,
        r#"{"step":{"start":"0","period":"1","count":0,"total":"7"}}"#,
        r#"{"step":{"start":"1","period":"18446744073709551615","count":1,"total":"7"}}"#,
        r#"{"lump_linear":{"cliff":"1","end":"2","lump":"8","total":"7"}}"#,
        r#"{"gated_linear":{"inner":{"start":"2","end":"1","total":"1"},"until":"5"}}"#,
        r#"{"cliff":{"at":"1","total":"7","start":"0"}}"#,
    ] {
        assert!(
            serde_json::from_str::<AnySchedule>(refused).is_err(),
            "{refused}"
        );
    }
    let overdrawn = r#"{"schedule":{"at":"1","total":"7"},"claimed":"8","revoked_at":null}"#;
    let error = serde_json::from_str::<Grant<Cliff>>(overdrawn).unwrap_err();
    assert!(error
        .to_string()
        .contains("what was claimed is 8, outside 0..=7"));
}

#[cfg(feature = "borsh")]
#[test]
fn borsh_holds_the_parameters_as_integers_and_is_checked() {
    let (schedules, grant) = (every_kind(), grant());
    let bytes = borsh::to_vec(&(&schedules, &grant)).unwrap();
    let lengths = [24, 32, 36, 48, 40, 44].map(|length| length + 1);
    let grant_length = 37 + 16 + 9;
    assert_eq!(bytes.len(), lengths.iter().sum::<usize>() + grant_length);
    let back: ([AnySchedule; 6], Grant<AnySchedule>) = borsh::from_slice(&bytes).unwrap();
    assert_eq!(back, (schedules, grant));

    let bytes = borsh::to_vec(&(20_u64, 20_u64, 1_u128)).unwrap();
    assert!(borsh::from_slice::<Linear>(&bytes).is_err());
    let bytes = borsh::to_vec(&(1_u64, u64::MAX, 1_u32, 1_u128)).unwrap();
    assert!(borsh::from_slice::<Step>(&bytes).is_err());
    let bytes = borsh::to_vec(&(1_u64, 2_u64, 8_u128, 7_u128)).unwrap();
    assert!(borsh::from_slice::<LumpLinear>(&bytes).is_err());
    let overdrawn = (1_u64, 7_u128, 8_u128, None::<u64>);
    let bytes = borsh::to_vec(&overdrawn).unwrap();
    assert!(borsh::from_slice::<Grant<Cliff>>(&bytes).is_err());
}

#[cfg(feature = "scale")]
#[test]
fn scale_holds_the_parameters_as_integers_and_is_checked() {
    use parity_scale_codec::{Decode, Encode};

    let (schedules, grant) = (every_kind(), grant());
    let bytes = (&schedules, &grant).encode();
    let back = <([AnySchedule; 6], Grant<AnySchedule>)>::decode(&mut &bytes[..]).unwrap();
    assert_eq!(back, (schedules, grant));

    let bytes = (20_u64, 20_u64, 1_u128).encode();
    assert!(Linear::decode(&mut &bytes[..]).is_err());
    let bytes = (1_u64, u64::MAX, 1_u32, 1_u128).encode();
    assert!(Step::decode(&mut &bytes[..]).is_err());
    let bytes = (1_u64, 2_u64, 8_u128, 7_u128).encode();
    assert!(LumpLinear::decode(&mut &bytes[..]).is_err());
    let bytes = (1_u64, 7_u128, 8_u128, None::<u64>).encode();
    assert!(Grant::<Cliff>::decode(&mut &bytes[..]).is_err());
}

#[cfg(feature = "arbitrary")]
#[test]
fn any_bytes_make_a_valid_grant() {
    use arbitrary::{Arbitrary, Unstructured};

    // Every byte alike, so that each kind comes up with its parameters at both ends.
    for byte in 0..=255 {
        let bytes = [byte; 256];
        let grant = Grant::<AnySchedule>::arbitrary(&mut Unstructured::new(&bytes)).unwrap();
        let schedule = grant.schedule();
        assert!(grant.claimed() <= schedule.total());
        assert_eq!(schedule.vested_at(schedule.end()), schedule.total());
    }
}

#[cfg(feature = "proptest")]
mod strategies {
    use proptest::prelude::*;
    use tokenomics_vesting::strategies::{any_schedule, grant};
    use tokenomics_vesting::{AnySchedule, Grant, Schedule};

    proptest! {
        #[test]
        fn a_generated_grant_can_be_written_and_resumed(grant in grant(any_schedule())) {
            let schedule = grant.schedule();
            prop_assert!(schedule.start() <= schedule.end());
            let resumed = Grant::resume(schedule.clone(), grant.claimed(), grant.revoked_at());
            prop_assert_eq!(resumed.as_ref(), Ok(&grant));
            #[cfg(feature = "serde")]
            {
                let text = serde_json::to_string(&grant).unwrap();
                let back: Grant<AnySchedule> = serde_json::from_str(&text).unwrap();
                prop_assert_eq!(&back, &grant);
            }
            #[cfg(feature = "borsh")]
            {
                let bytes = borsh::to_vec(&grant).unwrap();
                let back: Grant<AnySchedule> = borsh::from_slice(&bytes).unwrap();
                prop_assert_eq!(&back, &grant);
            }
        }
    }
}
