//! What is written of grants and gates is read back, and what no calls lead to can't be read.

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

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Span, Timestamp};
use tokenomics_vesting::{
    AnySchedule, Cliff, Grant, GrantState, Linear, Milestones, PriceGate, PriceTerms, Schedule,
};

type Halves = (Grant<Linear>, Grant<Linear>);

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

/// 700 units over 100 instants, to which everything has happened.
fn grant() -> Grant<Linear> {
    let mut grant = Grant::new(Linear::new(at(10), at(110), Amount::new(700)).unwrap());
    grant.claim(at(14)).unwrap();
    grant.pause(at(20)).unwrap();
    grant.resume(at(25)).unwrap();
    let quarter = Fraction::from_percent(25).unwrap();
    grant.accelerate(at(25), quarter).unwrap();
    let from = tokenomics_vesting::SlashFrom::Unvested;
    grant.slash(at(26), Amount::new(9), from).unwrap();
    grant.revoke_at(at(27), at(60)).unwrap();
    grant.pause(at(30)).unwrap();
    grant
}

fn halves() -> Halves {
    grant().split(Amount::new(200)).unwrap()
}

fn milestones() -> Milestones {
    let mut milestones = Milestones::new(2, 3).unwrap();
    milestones.reach(2).unwrap();
    milestones
}

type Terms = PriceTerms<[(Ratio, Fraction); 2]>;

fn price_gate() -> (Terms, PriceGate) {
    let levels = [
        (Ratio::new(3, 2).unwrap(), Fraction::from_bps(1).unwrap()),
        (Ratio::new(2, 1).unwrap(), Fraction::ONE),
    ];
    let terms = PriceTerms::new(levels, Span::new(60), Span::new(30)).unwrap();
    let terms = terms.with_floor(Fraction::from_raw(7).unwrap());
    let terms = terms.with_expiry(at(99), Fraction::ONE);
    (terms, PriceGate::new(Fraction::from_raw(8).unwrap()))
}

#[cfg(feature = "serde")]
mod json {
    use serde::{de::DeserializeOwned, Serialize};

    use super::*;

    fn back<T: Serialize + DeserializeOwned>(value: &T) -> (String, T) {
        let text = serde_json::to_string(value).unwrap();
        let value = serde_json::from_str(&text).unwrap();
        (text, value)
    }

    #[test]
    fn holds_the_schedule_and_the_counters_as_text() {
        let (text, same) = back(&grant());
        assert_eq!(same, grant());
        assert_eq!(
            text,
            concat!(
                r#"{"schedule":{"start":"10","end":"110","total":"700"},"state":{"#,
                r#""others":"0","checkpoint":"0","settled":"0","#,
                r#""claimed":"28","clawed_back":"219","slashed":"9","accelerated":"157","#,
                r#""delay":"5","paused_at":"30","revoked_at":"60","clock":"30"}}"#
            )
        );
        let (text, same) = back(&halves());
        assert_eq!(same, halves());
        let part = r#""others":"404","checkpoint":"105","settled":"45","#;
        assert!(text.contains(part), "{text}");
        // What was written of a grant that was never split needs none of it.
        let (text, _) = back(&grant());
        let whole = text.replace(r#""others":"0","checkpoint":"0","settled":"0","#, "");
        assert_ne!(whole, text);
        assert_eq!(
            serde_json::from_str::<Grant<Linear>>(&whole).unwrap(),
            grant()
        );
        let (text, same) = back(&milestones());
        assert_eq!(same, milestones());
        assert_eq!(text, r#"{"needed":2,"of":3,"reached":"4"}"#);
        assert_eq!(back(&price_gate()).1, price_gate());
    }

    fn refused<T: DeserializeOwned + std::fmt::Debug>(text: &str, why: &str) {
        let error = serde_json::from_str::<T>(text).unwrap_err().to_string();
        assert!(error.contains(why), "{text}: {error}");
    }

    #[test]
    fn is_refused_where_no_calls_lead_to_it() {
        let (text, _) = back(&grant());
        for (field, other, why) in [
            (
                r#""claimed":"28""#,
                r#""claimed":"263""#,
                "the claimed amount is 263, above 262",
            ),
            (
                r#""others":"0""#,
                r#""others":"701""#,
                "the amount of other grants is 701, above 700",
            ),
            (
                r#""checkpoint":"0""#,
                r#""checkpoint":"106""#,
                "the amount of the schedule vested by the split is 106, above 105",
            ),
            (
                r#""settled":"0""#,
                r#""settled":"1""#,
                "the amount vested by the split is 1, above 0",
            ),
            (
                r#""slashed":"9""#,
                r#""slashed":"482""#,
                "clawed back and slashed is 701",
            ),
            (
                r#""accelerated":"157""#,
                r#""accelerated":"701""#,
                "the accelerated amount is 701",
            ),
            (
                r#""delay":"5""#,
                r#""delay":"31""#,
                "the delay is 31, above 30",
            ),
            (
                r#""paused_at":"30""#,
                r#""paused_at":"31""#,
                "the time of the pause is 31",
            ),
            (
                r#""revoked_at":"60""#,
                r#""revoked_at":null"#,
                "without a revocation is 219",
            ),
            (
                r#""clock":"30""#,
                r#""clock":"30","funded":"700""#,
                "unknown field `funded`",
            ),
        ] {
            assert!(text.contains(field), "{text}");
            refused::<Grant<Linear>>(&text.replace(field, other), why);
        }
        for (fields, why) in [
            (
                r#""needed":4,"of":3,"reached":"0""#,
                "the number of milestones needed is 4",
            ),
            (
                r#""needed":0,"of":3,"reached":"0""#,
                "the number of milestones needed is 0",
            ),
            (
                r#""needed":1,"of":129,"reached":"0""#,
                "the number of milestones is 129",
            ),
            (
                r#""needed":1,"of":3,"reached":"8""#,
                "the milestones reached is 8, above 7",
            ),
        ] {
            refused::<Milestones>(&format!("{{{fields}}}"), why);
        }
        let (text, _) = back(&price_gate().0);
        assert!(text.contains(r#""2/1""#), "{text}");
        refused::<Terms>(&text.replace("2/1", "3/2"), "index 1 is out of order");
        assert_eq!(
            back(&price_gate().1).0,
            r#"{"freed":"0.000000000000000008"}"#
        );
    }
}

#[cfg(feature = "borsh")]
#[test]
fn borsh_holds_integers_and_is_checked() {
    let all = (grant(), halves(), milestones(), price_gate());
    let bytes = borsh::to_vec(&all).unwrap();
    let back: (Grant<Linear>, Halves, Milestones, (Terms, PriceGate)) =
        borsh::from_slice(&bytes).unwrap();
    assert_eq!(back, all);

    // The schedule's 32, seven amounts, a span, two dates that may be missing, and the clock.
    let length = |grant: &Grant<Linear>| borsh::to_vec(grant).unwrap().len();
    assert_eq!(length(&grant()), 32 + 112 + 8 + 18 + 8);
    let fresh = Grant::new(*grant().schedule());
    assert_eq!(length(&fresh), 32 + 112 + 8 + 2 + 8);

    let state = GrantState {
        claimed: Amount::new(8),
        ..GrantState::NEW
    };
    let bytes = borsh::to_vec(&(Cliff::new(at(1), Amount::new(7)), state)).unwrap();
    assert!(borsh::from_slice::<Grant<Cliff>>(&bytes).is_err());
    assert!(borsh::from_slice::<Milestones>(&[2, 1, 0, 0]).is_err());
}

/// However often it is split, merged, revoked, slashed, accelerated and claimed, an account that holds
/// a grant once holds it for good: but for the two dates, its length is what it was.
#[cfg(all(feature = "borsh", feature = "scale"))]
#[test]
fn no_call_makes_a_grant_longer() {
    use parity_scale_codec::{Encode, MaxEncodedLen};

    let length = |grant: &Grant<Linear>| {
        let dates = [grant.paused_at(), grant.revoked_at()]
            .into_iter()
            .flatten();
        let expected = 162 + 8 * dates.count();
        assert_eq!(borsh::to_vec(grant).unwrap().len(), expected);
        assert_eq!(grant.encode().len(), expected);
        assert!(expected <= Grant::<Linear>::max_encoded_len());
    };
    assert_eq!(Grant::<Linear>::max_encoded_len(), 178);
    let line = Linear::new(at(0), at(1_000), Amount::new(u128::MAX)).unwrap();
    let mut grant = Grant::new(line);
    for now in (0..1_000).step_by(10) {
        let (one, two) = grant.split(Amount::new(grant.kept().get() / 3)).unwrap();
        length(&one);
        length(&two);
        let (mut mine, mut theirs) = two.split(Amount::new(now.into())).unwrap();
        mine.claim(at(now)).unwrap();
        theirs.claim(at(now + 1)).unwrap();
        grant = one.merge(&theirs).unwrap();
        length(&grant);
        let from = tokenomics_vesting::SlashFrom::Unvested;
        mine.slash(at(now), Amount::new(7), from).unwrap();
        mine.accelerate(at(now), Fraction::from_bps(1).unwrap())
            .unwrap();
        mine.pause(at(now)).unwrap();
        length(&mine);
        mine.revoke(at(now)).unwrap();
        length(&mine);
        mine.resume(at(now)).unwrap();
        length(&mine);
    }
}

#[cfg(feature = "scale")]
#[test]
fn scale_holds_integers_and_is_checked() {
    use parity_scale_codec::{Decode, Encode};

    let all = (grant(), halves(), milestones(), price_gate());
    let bytes = all.encode();
    let back = <(Grant<Linear>, Halves, Milestones, (Terms, PriceGate))>::decode(&mut &bytes[..]);
    assert_eq!(back.unwrap(), all);

    let state = GrantState {
        claimed: Amount::new(8),
        ..GrantState::NEW
    };
    let bytes = (Cliff::new(at(1), Amount::new(7)), state).encode();
    assert!(Grant::<Cliff>::decode(&mut &bytes[..]).is_err());
}

#[cfg(feature = "arbitrary")]
#[test]
fn any_bytes_make_a_valid_grant() {
    use arbitrary::{Arbitrary, Unstructured};

    // Every byte alike, so that each kind comes up with its parameters at both ends.
    for byte in 0..=255 {
        let bytes = [byte; 512];
        let mut bytes = Unstructured::new(&bytes);
        let grant = Grant::<AnySchedule>::arbitrary(&mut bytes).unwrap();
        assert!(Grant::restore(grant.schedule().clone(), grant.state()).is_ok());
        let milestones = Milestones::arbitrary(&mut bytes).unwrap();
        assert!(milestones.count() <= milestones.of().into());
    }
}

#[cfg(feature = "proptest")]
mod strategies {
    use proptest::prelude::*;
    use tokenomics_vesting::strategies::{any_schedule, grant};
    use tokenomics_vesting::{AnySchedule, Grant, Schedule};

    proptest! {
        #[test]
        fn a_generated_grant_can_be_written_and_restored(grant in grant(any_schedule())) {
            let restored = Grant::restore(grant.schedule().clone(), grant.state());
            prop_assert_eq!(restored.as_ref(), Ok(&grant));
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
