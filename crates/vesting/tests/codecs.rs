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

use tokenomics_fixed_math::{signed_wad, wad, Amount, Fraction, Span, Timestamp};
use tokenomics_vesting::{
    Allocation, AnySchedule, Calendar, CalendarParams, Cliff, Exponential, Gate, Graded, Linear,
    LumpLinear, Min, Piecewise, Point, Power, Scale, Schedule, Shift, SimpleSchedule, Step,
    StepParams, Sum, Tranches, Truncate,
};

fn linear() -> Linear {
    Linear::new(Timestamp::new(10), Timestamp::new(20), Amount::MAX).unwrap()
}

fn step() -> Step {
    let (start, period) = (Timestamp::new(10), Span::new(2));
    Step::new(StepParams {
        start,
        period,
        count: 3,
        total: Amount::new(7),
        allocation: Allocation::BackLoaded,
    })
    .unwrap()
}

fn calendar() -> Calendar {
    let rule = Allocation::FrontLoaded;
    Calendar::new(CalendarParams {
        start: Timestamp::new(10),
        every: 3,
        day: 31,
        count: 8,
        total: Amount::new(100),
        allocation: rule,
    })
    .unwrap()
}

fn power() -> Power {
    let (start, end) = (Timestamp::new(10), Timestamp::new(20));
    Power::new(start, end, wad!("1.5"), Amount::new(7)).unwrap()
}

fn exponential() -> Exponential {
    let (start, end) = (Timestamp::new(10), Timestamp::new(20));
    Exponential::new(start, end, signed_wad!("-2.5"), Amount::new(7)).unwrap()
}

/// One of each kind and one of each combination.
fn every_kind() -> Vec<AnySchedule> {
    let (at, end) = (Timestamp::new(10), Timestamp::MAX);
    let lump_linear = LumpLinear::new(at, end, Amount::new(3), Amount::new(7)).unwrap();
    let small = || SimpleSchedule::from(Cliff::new(at, Amount::new(5)));
    let span = Span::new(4);
    vec![
        small().into(),
        linear().into(),
        step().into(),
        lump_linear.into(),
        calendar().into(),
        power().into(),
        exponential().into(),
        Gate::new(linear(), Timestamp::new(12)).into(),
        Gate::new(step(), Timestamp::new(13)).into(),
        AnySchedule::Sum(Sum::new(small(), step().into()).unwrap()),
        AnySchedule::Min(Min::new(linear().into(), lump_linear.into())),
        AnySchedule::Shift(Shift::later(small(), span).unwrap()),
        AnySchedule::Shift(Shift::earlier(step().into(), span).unwrap()),
        AnySchedule::Scale(Scale::new(small(), Amount::MAX).unwrap()),
        AnySchedule::Truncate(Truncate::new(linear().into(), Timestamp::new(15))),
    ]
}

/// One of each kind that is a list.
#[cfg(feature = "alloc")]
fn every_list() -> Vec<AnySchedule> {
    let point = |time, vested| Point::new(Timestamp::new(time), Amount::new(vested));
    let points = || vec![point(1, 5), point(1, 6), point(9, 6)];
    let share = |time, bps| Point::new(Timestamp::new(time), Fraction::from_bps(bps).unwrap());
    let shares = vec![share(1, 2_500), share(2, 10_000)];
    let graded = Graded::new(Amount::new(10), shares).unwrap();
    let tranches = SimpleSchedule::from(Tranches::new(points()).unwrap());
    vec![
        tranches.clone().into(),
        Piecewise::new(points()).unwrap().into(),
        graded.into(),
        AnySchedule::Shift(Shift::later(tranches, Span::new(3)).unwrap()),
    ]
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
    let simple = |kind: &str, fields: &str| format!(r#"{{"simple":{{"{kind}":{{{fields}}}}}}}"#);
    let step = |start: u64, period: u64, count: u32, rule: &str| {
        let fields = format!(
            r#""start":"{start}","period":"{period}","count":{count},"total":"7","allocation":"{rule}""#
        );
        simple("step", &fields)
    };
    let on_cliff = |kind: &str, total: u128, rest: &str| {
        let cliff = format!(r#"{{"cliff":{{"at":"1","total":"{total}"}}}}"#);
        let first = if kind == "sum" { "left" } else { "inner" };
        format!(r#"{{"{kind}":{{"{first}":{cliff},{rest}}}}}"#)
    };
    for (text, why) in [
        (
            simple("linear", r#""start":"20","end":"20","total":"1""#),
            "the end, 20, is not after the start, 20",
        ),
        (step(0, 0, 3, "fractional"), "the period is 0"),
        (
            step(0, 1, 0, "fractional"),
            "the number of instalments is 0",
        ),
        (step(0, 1, 3, "fair"), "unknown variant `fair`"),
        (
            step(1, u64::MAX, 1, "fractional"),
            "a result of 65 bits is above",
        ),
        (
            simple(
                "lump_linear",
                r#""cliff":"1","end":"2","lump":"8","total":"7""#,
            ),
            "the lump is 8, above 7",
        ),
        (
            simple("cliff", r#""at":"1","total":"7","start":"0""#),
            "unknown field `start`",
        ),
        (
            simple(
                "calendar",
                r#""start":"0","every":1,"day":32,"count":1,"total":"1","allocation":"fractional""#,
            ),
            "the day of the month is 32, above 31",
        ),
        (
            simple(
                "power",
                r#""start":"1","end":"2","exponent":"0","total":"1""#,
            ),
            "the exponent in 1e-18 is 0, below 1",
        ),
        (
            simple(
                "exponential",
                r#""start":"2","end":"2","steepness":"-1.5","total":"1""#,
            ),
            "the end, 2, is not after the start, 2",
        ),
        (
            on_cliff("gate", 1, r#""until":"5","at":"5""#),
            "unknown field `at`",
        ),
        (
            on_cliff(
                "sum",
                u128::MAX,
                r#""right":{"cliff":{"at":"1","total":"1"}}"#,
            ),
            "a result of 129 bits is above",
        ),
        (
            on_cliff("shift", 7, r#""by":"2","earlier":true"#),
            "the shift to earlier is 2, above 1",
        ),
        (
            on_cliff("shift", 7, r#""by":"18446744073709551615","earlier":false"#),
            "a result of 65 bits is above",
        ),
        (
            on_cliff("scale", 0, r#""total":"1""#),
            "the total that nothing is scaled to is 1",
        ),
        (
            on_cliff("shift", 7, r#""by":"1","earlier":true,"later":false"#),
            "unknown field `later`",
        ),
    ] {
        let error = serde_json::from_str::<AnySchedule>(&text).unwrap_err();
        assert!(error.to_string().contains(why), "{text}: {error}");
    }
}

#[cfg(all(feature = "serde", feature = "alloc"))]
#[test]
fn json_holds_lists_as_points_and_is_checked() {
    let text = serde_json::to_string(&every_list()).unwrap();
    assert_eq!(
        serde_json::from_str::<Vec<AnySchedule>>(&text).unwrap(),
        every_list()
    );
    assert!(text.contains(concat!(
        r#"{"simple":{"graded":{"total":"10","points":"#,
        r#"[{"at":"1","vested":"0.25"},{"at":"2","vested":"1"}]}}}"#
    )));
    for (kind, points, why) in [
        ("tranches", "", "the number of points is 0"),
        ("piecewise", "", "the number of points is 0"),
        (
            "tranches",
            r#"{"at":"2","vested":"1"},{"at":"1","vested":"1"}"#,
            "the time of a point is 1, below 2",
        ),
        (
            "piecewise",
            r#"{"at":"2","vested":"2"},{"at":"2","vested":"1"}"#,
            "the amount vested by a point is 1, below 2",
        ),
        (
            "graded",
            r#"{"at":"2","vested":"0.5"},{"at":"3","vested":"0.4"}"#,
            "the amount vested by a point is 400000000000000000, below 500000000000000000",
        ),
        (
            "graded",
            r#"{"at":"2","vested":"0.5"}"#,
            "the sum of the shares in 1e-18 is 500000000000000000",
        ),
    ] {
        let total = if kind == "graded" {
            r#""total":"1","#
        } else {
            ""
        };
        let text = format!(r#"{{"{kind}":{{{total}"points":[{points}]}}}}"#);
        let error = serde_json::from_str::<SimpleSchedule>(&text).unwrap_err();
        assert!(error.to_string().contains(why), "{text}: {error}");
    }
}

#[cfg(all(feature = "borsh", feature = "alloc"))]
#[test]
fn borsh_holds_lists_as_points_and_is_checked() {
    let bytes = borsh::to_vec(&every_list()).unwrap();
    assert_eq!(
        borsh::from_slice::<Vec<AnySchedule>>(&bytes).unwrap(),
        every_list()
    );
    // The numbers of the kinds, which don't depend on the features.
    let kinds = every_list()
        .into_iter()
        .map(|one| borsh::to_vec(&one).unwrap()[1]);
    let kinds: Vec<u8> = kinds.collect();
    assert_eq!(kinds, [4, 6, 5, 4]);
    let bytes = borsh::to_vec(&vec![(2_u64, 1_u128), (1_u64, 1_u128)]).unwrap();
    assert!(borsh::from_slice::<Tranches<Vec<Point>>>(&bytes).is_err());
    assert!(borsh::from_slice::<Piecewise<Vec<Point>>>(&bytes).is_err());
    let bytes = borsh::to_vec(&(7_u128, vec![(2_u64, 1_u64)])).unwrap();
    assert!(borsh::from_slice::<Graded<Vec<Point<Fraction>>>>(&bytes).is_err());
}

#[cfg(all(feature = "scale", feature = "alloc"))]
#[test]
fn scale_holds_lists_as_points_and_is_checked() {
    use parity_scale_codec::{Decode, Encode};

    let bytes = every_list().encode();
    let back = Vec::<AnySchedule>::decode(&mut &bytes[..]).unwrap();
    assert_eq!(back, every_list());
    let kinds: Vec<u8> = every_list().iter().map(|one| one.encode()[1]).collect();
    assert_eq!(kinds, [4, 6, 5, 4]);
    let bytes = vec![(2_u64, 1_u128), (1_u64, 1_u128)].encode();
    assert!(Tranches::<Vec<Point>>::decode(&mut &bytes[..]).is_err());
    assert!(Piecewise::<Vec<Point>>::decode(&mut &bytes[..]).is_err());
    let bytes = (7_u128, vec![(2_u64, 1_u64)]).encode();
    assert!(Graded::<Vec<Point<Fraction>>>::decode(&mut &bytes[..]).is_err());
}

#[cfg(feature = "borsh")]
#[test]
fn borsh_holds_the_parameters_as_integers_and_is_checked() {
    let schedules = every_kind();
    let bytes = borsh::to_vec(&schedules).unwrap();
    let lengths = schedules
        .iter()
        .map(|one| borsh::to_vec(one).unwrap().len());
    // The parameters, and a byte for each kind and each combination.
    let kinds = [24, 32, 37, 48, 32, 48, 48].map(|length| length + 2);
    let combined = [
        8 + 33,
        8 + 38,
        25 + 38,
        33 + 49,
        25 + 9,
        38 + 9,
        25 + 16,
        33 + 8,
    ];
    let expected = kinds.into_iter().chain(combined.map(|length| length + 1));
    assert!(lengths.eq(expected));
    let back: Vec<AnySchedule> = borsh::from_slice(&bytes).unwrap();
    assert_eq!(back, schedules);

    let bytes = borsh::to_vec(&(20_u64, 20_u64, 1_u128)).unwrap();
    assert!(borsh::from_slice::<Linear>(&bytes).is_err());
    let bytes = borsh::to_vec(&(1_u64, u64::MAX, 1_u32, 1_u128, 0_u8)).unwrap();
    assert!(borsh::from_slice::<Step>(&bytes).is_err());
    let bytes = borsh::to_vec(&(1_u64, 1_u64, 1_u32, 1_u128, 7_u8)).unwrap();
    assert!(borsh::from_slice::<Step>(&bytes).is_err());
    let bytes = borsh::to_vec(&(1_u64, 0_u16, 1_u8, 1_u32, 1_u128, 0_u8)).unwrap();
    assert!(borsh::from_slice::<Calendar>(&bytes).is_err());
    let bytes = borsh::to_vec(&(1_u64, 2_u64, 0_u128, 1_u128)).unwrap();
    assert!(borsh::from_slice::<Power>(&bytes).is_err());
    let bytes = borsh::to_vec(&(2_u64, 1_u64, 1_i128, 1_u128)).unwrap();
    assert!(borsh::from_slice::<Exponential>(&bytes).is_err());
    let bytes = borsh::to_vec(&((1_u64, u128::MAX), (1_u64, 1_u128))).unwrap();
    assert!(borsh::from_slice::<Sum<Cliff, Cliff>>(&bytes).is_err());
    let bytes = borsh::to_vec(&((1_u64, 1_u128), u64::MAX, false)).unwrap();
    assert!(borsh::from_slice::<Shift<Cliff>>(&bytes).is_err());
    let bytes = borsh::to_vec(&((1_u64, 0_u128), 1_u128)).unwrap();
    assert!(borsh::from_slice::<Scale<Cliff>>(&bytes).is_err());
    let bytes = borsh::to_vec(&(1_u64, 2_u64, 8_u128, 7_u128)).unwrap();
    assert!(borsh::from_slice::<LumpLinear>(&bytes).is_err());
}

#[cfg(feature = "scale")]
#[test]
fn scale_holds_the_parameters_as_integers_and_is_checked() {
    use parity_scale_codec::{Decode, Encode};

    let schedules = every_kind();
    let bytes = schedules.encode();
    let back = Vec::<AnySchedule>::decode(&mut &bytes[..]).unwrap();
    assert_eq!(back, schedules);

    let bytes = (20_u64, 20_u64, 1_u128).encode();
    assert!(Linear::decode(&mut &bytes[..]).is_err());
    let bytes = (1_u64, u64::MAX, 1_u32, 1_u128, 0_u8).encode();
    assert!(Step::decode(&mut &bytes[..]).is_err());
    let bytes = (1_u64, 0_u16, 1_u8, 1_u32, 1_u128, 0_u8).encode();
    assert!(Calendar::decode(&mut &bytes[..]).is_err());
    let bytes = (1_u64, 2_u64, 0_u128, 1_u128).encode();
    assert!(Power::decode(&mut &bytes[..]).is_err());
    let bytes = (2_u64, 1_u64, 1_i128, 1_u128).encode();
    assert!(Exponential::decode(&mut &bytes[..]).is_err());
    let bytes = ((1_u64, u128::MAX), (1_u64, 1_u128)).encode();
    assert!(Sum::<Cliff, Cliff>::decode(&mut &bytes[..]).is_err());
    let bytes = ((1_u64, 1_u128), u64::MAX, false).encode();
    assert!(Shift::<Cliff>::decode(&mut &bytes[..]).is_err());
    let bytes = ((1_u64, 0_u128), 1_u128).encode();
    assert!(Scale::<Cliff>::decode(&mut &bytes[..]).is_err());
    let bytes = (1_u64, 2_u64, 8_u128, 7_u128).encode();
    assert!(LumpLinear::decode(&mut &bytes[..]).is_err());
}

#[cfg(feature = "arbitrary")]
#[test]
fn any_bytes_make_a_valid_schedule() {
    use arbitrary::{Arbitrary, Unstructured};

    // Every byte alike, so that each kind comes up with its parameters at both ends.
    for byte in 0..=255 {
        let bytes = [byte; 256];
        let schedule = AnySchedule::<SimpleSchedule>::arbitrary(&mut Unstructured::new(&bytes));
        let schedule = schedule.unwrap();
        assert!(schedule.start() <= schedule.end());
        assert_eq!(schedule.vested_at(schedule.end()), schedule.total());
    }
}
