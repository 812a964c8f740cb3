//! Every function beside its exact results, in all four roundings.

mod draw;

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Mutex;
use std::thread;

use dashu_int::IBig;
use tokenomics_fixed_math::{Error, Rounding};

use crate::functions::{Args, Function, Kind};
use crate::oracle::{Answer, Oracle};
use crate::random::Random;
pub use draw::Style;

/// Where the inputs of every run begin.
pub const SEED: u64 = 0x6d61_7468;
/// As many inputs share one stream of numbers, whichever thread draws them.
const CHUNK: u64 = 2_000;
/// Of so many answers one is checked by the other engine.
const CHECKED: u64 = 500;
/// As many wrong results of a function are shown.
const SHOWN: usize = 5;

/// A result that isn't the exact one rounded.
#[derive(Debug)]
pub struct Wrong {
    name: &'static str,
    arguments: Vec<IBig>,
    rounding: Rounding,
    got: Result<IBig, Error>,
    /// `None` where there is no result.
    want: Option<IBig>,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arguments: Vec<_> = self.arguments.iter().map(IBig::to_string).collect();
        let arguments = arguments.join(", ");
        write!(f, "{}({arguments}), {:?}: ", self.name, self.rounding)?;
        match &self.got {
            Ok(got) => write!(f, "got {got}")?,
            Err(error) => write!(f, "got the error {error:?}")?,
        }
        match &self.want {
            Some(want) => write!(f, ", want {want}"),
            None => write!(f, ", want an error"),
        }
    }
}

/// What came of many inputs to one function.
#[derive(Debug, Default)]
pub struct Tally {
    /// How many there were.
    pub inputs: u64,
    /// How many of them have no result, in some rounding.
    pub errors: u64,
    /// How many answers of the oracle the other engine gave too.
    pub checked: u64,
    /// How many results are wrong, for each of [`Rounding::ALL`].
    pub wrong: [u64; 4],
    /// The first of them.
    pub shown: Vec<Wrong>,
    /// The largest distance of a result rounded to nearest from the exact one, in units.
    pub worst: f64,
    /// How near to a boundary between two roundings an exact result came, in units of 2^-64, floored.
    pub nearest: Option<u64>,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.inputs += other.inputs;
        self.errors += other.errors;
        self.checked += other.checked;
        for (sum, wrong) in self.wrong.iter_mut().zip(other.wrong) {
            *sum += wrong;
        }
        self.shown.extend(other.shown);
        self.shown.truncate(SHOWN);
        self.worst = self.worst.max(other.worst);
        self.nearest = least(self.nearest, other.nearest);
    }

    /// Whether every result was right.
    pub fn is_clean(&self) -> bool {
        self.wrong == [0; 4]
    }
}

fn least(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// Draws so many inputs of each style and compares what comes of them.
pub fn examine(function: &Function, random: u64, hard: u64) -> Tally {
    let half = random / 2;
    let mut chunks = Vec::new();
    for (style, count) in [
        (Style::AnySize, half),
        (Style::AnyValue, random - half),
        (Style::Hard, hard),
    ] {
        for start in (0..count).step_by(CHUNK as usize) {
            chunks.push((style, start, CHUNK.min(count - start)));
        }
    }
    on_all_cores(&chunks, |oracles, (style, start, count)| {
        let stream = stream_of(function.name, *style, *start);
        examine_chunk(function, oracles, *style, Random::new(stream), *count)
    })
}

/// A stream of its own for each function, style and chunk: FNV-1a over the three.
fn stream_of(name: &str, style: Style, start: u64) -> u64 {
    let rest = [style as u64, start];
    let rest = rest.iter().flat_map(|word| word.to_le_bytes());
    name.bytes().chain(rest).fold(SEED, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The two engines of a thread.
struct Oracles {
    answer: Oracle,
    check: Oracle,
}

fn on_all_cores<T: Sync>(chunks: &[T], each: impl Fn(&mut Oracles, &T) -> Tally + Sync) -> Tally {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicU64::new(0);
    let total = Mutex::new(Tally::default());
    let work = || {
        let mut oracles = Oracles {
            answer: Oracle::new(),
            check: Oracle::check(),
        };
        while let Some(chunk) = chunks.get(next.fetch_add(1, Ordering::Relaxed) as usize) {
            let tally = each(&mut oracles, chunk);
            total.lock().expect("no thread panicked").add(tally);
        }
    };
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(work);
        }
    });
    total.into_inner().expect("no thread panicked")
}

fn examine_chunk(
    function: &Function,
    oracles: &mut Oracles,
    style: Style,
    mut random: Random,
    count: u64,
) -> Tally {
    let mut tally = Tally::default();
    while tally.inputs < count {
        let args = draw::draw(function, &mut oracles.answer, &mut random, style);
        let answer = function.answer(&mut oracles.answer, &args);
        if random.rarely(CHECKED) {
            let check = function.answer(&mut oracles.check, &args);
            assert_eq!(
                answer, check,
                "two engines differ: {} {args:?}",
                function.name
            );
            tally.checked += 1;
        }
        compare(function, &args, &answer, &mut tally);
    }
    tally
}

/// Calls the function in each rounding and counts what it got wrong.
fn compare(function: &Function, args: &Args, answer: &Answer, tally: &mut Tally) {
    tally.inputs += 1;
    let mut errors = false;
    for (index, rounding) in Rounding::ALL.into_iter().enumerate() {
        let want = wanted(function.result, answer, rounding);
        let got = (function.call)(args, rounding);
        errors |= want.is_none();
        if !is_right(&got, want.as_ref(), answer) {
            tally.wrong[index] += 1;
            if tally.shown.len() < SHOWN {
                let pairs = function.arguments.iter().zip(args);
                tally.shown.push(Wrong {
                    name: function.name,
                    arguments: pairs.map(|(of, raw)| of.kind.integer(*raw)).collect(),
                    rounding,
                    got: got.clone(),
                    want,
                });
            }
        }
        if let (Ok(got), Answer::Real(real), Rounding::HalfEven) = (&got, answer, rounding) {
            tally.worst = tally.worst.max(real.distance(got));
        }
    }
    tally.errors += u64::from(errors);
    if let Answer::Real(real) = answer {
        tally.nearest = least(tally.nearest, real.clearance());
    }
}

/// The exact result rounded, if the type holds it.
fn wanted(result: Kind, answer: &Answer, rounding: Rounding) -> Option<IBig> {
    let Answer::Real(real) = answer else {
        return None;
    };
    let rounded = real.rounded(rounding);
    result.bits(&rounded).map(|_| rounded)
}

/// An error is right only where there is no result, and one of division or of the domain only where
/// the function has no value.
fn is_right(got: &Result<IBig, Error>, want: Option<&IBig>, answer: &Answer) -> bool {
    match (got, want) {
        (Ok(got), Some(want)) => got == want,
        (Err(Error::DivisionByZero), None) => *answer == Answer::Nothing,
        (Err(_), None) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions;

    fn named(name: &str) -> Function {
        let all = functions::all().into_iter();
        all.into_iter()
            .find(|function| function.name == name)
            .expect("a function of that name")
    }

    #[test]
    fn every_function_holds_on_a_few_inputs() {
        for function in functions::all() {
            let tally = examine(&function, 40, 20);
            assert_eq!(tally.inputs, 60);
            assert!(tally.is_clean(), "{:?}", tally.shown);
        }
    }

    #[test]
    fn a_result_one_unit_off_is_seen_in_its_rounding() {
        let mut function = named("mul_div");
        function.call = |a, r| {
            let right = tokenomics_fixed_math::mul_div(a[0], a[1], a[2], r)?;
            Ok(IBig::from(right) + IBig::from(r == Rounding::Ceil))
        };
        let tally = examine(&function, 100, 0);
        assert!(tally.wrong[1] > 50, "{:?}", tally.wrong);
        assert_eq!([tally.wrong[0], tally.wrong[2], tally.wrong[3]], [0; 3]);
        assert!(tally.shown[0].to_string().starts_with("mul_div("));
    }

    #[test]
    fn an_error_where_there_is_a_result_is_wrong() {
        let mut function = named("Wad::mul");
        function.call = |_, _| Err(Error::DivisionByZero);
        let tally = examine(&function, 100, 0);
        assert_eq!(tally.wrong, [100; 4]);
    }

    #[test]
    fn the_same_inputs_come_every_time() {
        let seen = |random, hard| {
            let tally = examine(&named("Wad::div"), random, hard);
            (tally.errors, tally.worst, tally.nearest)
        };
        assert_eq!(seen(5_000, 100), seen(5_000, 100));
    }
}
