//! A format that writes the names of types reads back what it wrote.

#![cfg(all(feature = "serde", feature = "alloc"))]

use std::fmt::Debug;

use ron::ser::PrettyConfig;
use serde::de::DeserializeOwned;
use serde::Serialize;
use tokenomics_fixed_math::{signed_wad, wad, Amount, Fraction, Span, Timestamp};
use tokenomics_vesting::{
    Allocation, AnySchedule, Calendar, CalendarParams, Cliff, Exponential, Gate, Graded, Grant,
    Linear, Logistic, LumpLinear, Milestones, Min, Piecewise, Point, Power, Scale, Shift,
    SimpleSchedule, Step, StepParams, Sum, Tranches, Truncate,
};

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

/// Writes and reads a value, whose text begins with `name`, and ends the line or opens a bracket.
fn is_read_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, name: &str) {
    let named = PrettyConfig::new().struct_names(true);
    let text = ron::ser::to_string_pretty(value, named).unwrap();
    assert!(text.starts_with(&format!("{name}(")), "{text}");
    assert!(!text.contains("Raw"), "{text}");
    assert_eq!(&ron::from_str::<T>(&text).unwrap(), value, "{text}");
    let text = ron::to_string(value).unwrap();
    assert_eq!(&ron::from_str::<T>(&text).unwrap(), value, "{text}");
}

fn linear() -> Linear {
    Linear::new(at(10), at(20), Amount::MAX).unwrap()
}

#[test]
fn every_kind_is_read_back_from_ron_under_its_own_name() {
    let (end, total) = (Timestamp::MAX, Amount::new(7));
    let step = Step::new(StepParams {
        start: at(10),
        period: Span::new(2),
        count: 3,
        total,
        allocation: Allocation::BackLoaded,
    })
    .unwrap();
    let calendar = Calendar::new(CalendarParams {
        start: at(10),
        every: 3,
        day: 31,
        count: 8,
        total,
        allocation: Allocation::FrontLoaded,
    })
    .unwrap();
    let lump_linear = LumpLinear::new(at(1), end, Amount::new(3), total).unwrap();
    let power = Power::new(at(1), end, wad!("1.5"), total).unwrap();
    let exponential = Exponential::new(at(1), end, signed_wad!("-2.5"), total).unwrap();
    let logistic = Logistic::new(at(1), end, wad!("5"), total).unwrap();
    let points = || vec![Point::new(at(1), Amount::new(5)), Point::new(at(9), total)];
    let tranches = Tranches::new(points()).unwrap();
    let piecewise = Piecewise::new(points()).unwrap();
    let all = Point::new(at(2), Fraction::ONE);
    let graded = Graded::new(total, vec![all]).unwrap();
    is_read_back(&Cliff::new(at(1), total), "Cliff");
    is_read_back(&linear(), "Linear");
    is_read_back(&step, "Step");
    is_read_back(&calendar, "Calendar");
    is_read_back(&lump_linear, "LumpLinear");
    is_read_back(&power, "Power");
    is_read_back(&exponential, "Exponential");
    is_read_back(&logistic, "Logistic");
    is_read_back(&tranches, "Tranches");
    is_read_back(&piecewise, "Piecewise");
    is_read_back(&graded, "Graded");
    is_read_back(&SimpleSchedule::from(graded), "graded");
}

#[test]
fn combinations_and_grants_are_read_back_from_ron_under_their_own_names() {
    let line = linear();
    let cliff = Cliff::new(at(1), Amount::ZERO);
    let shift = Shift::later(line, Span::new(3)).unwrap();
    is_read_back(&Gate::new(line, at(15)), "Gate");
    is_read_back(&Sum::new(line, cliff).unwrap(), "Sum");
    is_read_back(&Min::new(line, cliff), "Min");
    is_read_back(&shift, "Shift");
    is_read_back(&Scale::new(line, Amount::new(9)).unwrap(), "Scale");
    is_read_back(&Truncate::new(line, at(15)), "Truncate");
    let any = Shift::later(SimpleSchedule::from(line), Span::new(3)).unwrap();
    is_read_back(&AnySchedule::Shift(any), "shift");
    let mut grant = Grant::new(line);
    grant.claim(at(15)).unwrap();
    grant.pause(at(16)).unwrap();
    is_read_back(&grant, "Grant");
    is_read_back(&Milestones::new(2, 3).unwrap(), "Milestones");
}
