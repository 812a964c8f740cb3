//! The laws that all controllers share, over one small interface to each of them.

use core::fmt::Debug;

use tokenomics_rate_controllers::{AdaptiveRate, BaseFee, BlobFee, Error, Pid, TargetBonded};

/// Raw numbers that a controller's parameters and first state are made of, by names of its own.
pub type Seed = [u128; 6];

/// One call.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Step {
    /// How long after the call before.
    pub gap: u64,
    /// What the response follows, raw.
    pub demand: u128,
    /// What else is passed, raw.
    pub other: u128,
}

#[derive(Debug, Clone, Copy)]
pub enum Kind {
    BaseFee,
    BlobFee,
    ExactBlobFee,
    TargetBonded,
    Npos,
    Sqrt,
    Kinked,
    AdaptiveRate,
    Pid,
    Target,
}

impl Kind {
    /// One of them, of any number.
    pub fn of(number: u8) -> Self {
        match number % 10 {
            0 => Self::BaseFee,
            1 => Self::BlobFee,
            2 => Self::ExactBlobFee,
            3 => Self::TargetBonded,
            4 => Self::Npos,
            5 => Self::Sqrt,
            6 => Self::Kinked,
            7 => Self::AdaptiveRate,
            8 => Self::Pid,
            _ => Self::Target,
        }
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Kind {
    fn arbitrary(bytes: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        u8::arbitrary(bytes).map(Self::of)
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        u8::size_hint(depth)
    }
}

/// What the laws ask of a controller.
pub trait Controller: Clone + PartialEq + Debug {
    /// What a call passes beside the time.
    type Input: Copy + Debug;

    /// Whether a second call at one time is refused; otherwise it changes nothing.
    const REFUSED_TWICE: bool;

    /// A valid controller, of any numbers.
    fn make(seed: Seed) -> Self;

    /// A valid input, of any numbers; larger ones never make a smaller response.
    fn input(&self, demand: u128, other: u128) -> Self::Input;

    /// What holds at a time at which nobody calls, if the next call passes this.
    fn between(input: Self::Input) -> Self::Input {
        input
    }

    /// From when on it takes calls.
    fn clock(&self) -> u64;

    /// A call: what it gives out, is burned or accrues.
    fn step(&mut self, at: u64, input: Self::Input) -> Result<u128, Error>;

    /// What the controller sets.
    fn response(&self) -> u128;

    /// The declared range of it.
    fn range(&self) -> (u128, u128);

    /// Whether a late call, which gave this, and so many timely ones, which gave that in sum over so
    /// many units of the clock, come to the same.
    fn agrees(&self, timely: &Self, given: u128, sum: u128, _units: u64, _calls: u128) -> bool {
        self == timely && given == sum
    }

    /// Whether a larger input still makes no smaller response in the calls after it.
    fn lasting(&self) -> bool {
        true
    }
}

/// Does `$law::<C>` for the controller of that kind.
macro_rules! for_kind {
    ($kind:ident, $law:ident($($argument:expr),*)) => {
        match $kind {
            Kind::BaseFee => $law::<BaseFee>($($argument),*),
            Kind::BlobFee => $law::<BlobFee>($($argument),*),
            Kind::ExactBlobFee => $law::<super::ExactBlobFee>($($argument),*),
            Kind::TargetBonded => $law::<TargetBonded>($($argument),*),
            Kind::Npos => $law::<super::Npos>($($argument),*),
            Kind::Sqrt => $law::<super::Sqrt>($($argument),*),
            Kind::Kinked => $law::<super::Kinked>($($argument),*),
            Kind::AdaptiveRate => $law::<AdaptiveRate>($($argument),*),
            Kind::Pid => $law::<Pid>($($argument),*),
            Kind::Target => $law::<super::Target>($($argument),*),
        }
    };
}

/// Whatever is passed, in whatever order, the response stays in its range, and a refused call
/// changes nothing.
pub fn stays_in_range(kind: Kind, seed: Seed, steps: &[Step]) {
    for_kind!(kind, range_holds(seed, steps));
}

fn range_holds<C: Controller>(seed: Seed, steps: &[Step]) {
    let mut controller = C::make(seed);
    for step in steps {
        let before = controller.clone();
        let input = controller.input(step.demand, step.other);
        let Some(at) = controller.clock().checked_add(step.gap) else {
            continue;
        };
        let (least, most) = controller.range();
        match controller.step(at, input) {
            Ok(_) => assert!(controller.clock() >= before.clock()),
            Err(_) => assert_eq!(controller, before),
        }
        let response = controller.response();
        assert!(
            (least..=most).contains(&response),
            "{response} after {input:?}: {controller:?}"
        );
        assert_eq!(controller.range(), (least, most));
    }
}

/// A call after a gap does what the same call does after calls within the gap.
pub fn late_call_equals_timely_call(kind: Kind, seed: Seed, steps: &[Step], parts: &[u64]) {
    for_kind!(kind, late_is_timely(seed, steps, parts));
}

fn late_is_timely<C: Controller>(seed: Seed, steps: &[Step], parts: &[u64]) {
    let mut late = C::make(seed);
    for step in steps {
        let start = late.clock();
        let Some(at) = start.checked_add(step.gap) else {
            continue;
        };
        let (mut timely, input) = (late.clone(), late.input(step.demand, step.other));
        let Ok(given) = late.step(at, input) else {
            continue;
        };
        let mut times: Vec<u64> = parts
            .iter()
            .filter_map(|part| part.checked_rem(step.gap))
            .map(|part| start + part)
            .collect();
        times.sort_unstable();
        times.dedup();
        let mut sum = 0_u128;
        for &time in &times {
            if time >= timely.clock() && time < at {
                sum += timely.step(time, C::between(input)).unwrap();
            }
        }
        sum += timely.step(at, input).unwrap();
        let calls = times.len() as u128 + 1;
        assert!(
            late.agrees(&timely, given, sum, step.gap, calls),
            "{given} and {late:?}, but {sum} and {timely:?} after calls at {times:?}"
        );
    }
}

/// A second call at the same time changes nothing.
pub fn twice_in_a_second_is_once(kind: Kind, seed: Seed, steps: &[Step]) {
    for_kind!(kind, second_does_nothing(seed, steps));
}

fn second_does_nothing<C: Controller>(seed: Seed, steps: &[Step]) {
    let mut controller = C::make(seed);
    for step in steps {
        let input = controller.input(step.demand, step.other);
        let Some(at) = controller.clock().checked_add(step.gap) else {
            continue;
        };
        if controller.step(at, input).is_err() {
            continue;
        }
        let once = controller.clone();
        let exchanged = controller.input(step.other, step.demand);
        for input in [input, exchanged, controller.input(0, 0)] {
            match controller.step(at, input) {
                Ok(given) => assert!(!C::REFUSED_TWICE && given == 0),
                Err(error) => assert!(C::REFUSED_TWICE, "{error}"),
            }
            assert_eq!(controller, once, "after {input:?}");
        }
    }
}

/// A larger input never makes a smaller response, at once or later.
pub fn monotone_response(kind: Kind, seed: Seed, steps: &[Step], at: usize, more: u128) {
    for_kind!(kind, more_is_not_less(seed, steps, at, more));
}

fn more_is_not_less<C: Controller>(seed: Seed, steps: &[Step], at: usize, more: u128) {
    let (mut low, mut high) = (C::make(seed), C::make(seed));
    for (index, step) in steps.iter().enumerate() {
        let raised = if index == at % steps.len() {
            step.demand.max(more)
        } else {
            step.demand
        };
        let Some(time) = low.clock().checked_add(step.gap) else {
            continue;
        };
        let inputs = (
            low.input(step.demand, step.other),
            high.input(raised, step.other),
        );
        // An error of either leaves both where they were: what they have then isn't comparable.
        if low.step(time, inputs.0).is_err() | high.step(time, inputs.1).is_err() {
            return;
        }
        assert!(
            low.response() <= high.response(),
            "{inputs:?} made {low:?} and {high:?}"
        );
        if index == at % steps.len() && !low.lasting() {
            return;
        }
    }
}
