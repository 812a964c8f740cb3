//! The law `same_bits` of the mechanisms, between a 64-bit host, a 32-bit one and wasm32.

mod machines;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use machines::Program;
use same_bits::{fnv, hash, read, written, Case, Outcome, CASES, OUTCOMES};

/// The least part of a function's calls, in hundredths, that has to give a result, and the least number.
const LEAST: usize = 25;

/// The file, the cases in it, and this machine's outcomes.
struct Here {
    file: PathBuf,
    cases: Vec<Case>,
    outcomes: Vec<Outcome>,
    /// Of each function the number of its calls and of those with a result.
    called: BTreeMap<&'static str, [usize; 2]>,
}

fn here() -> &'static Here {
    static HERE: OnceLock<Here> = OnceLock::new();
    HERE.get_or_init(|| {
        let text = written();
        let seen = fnv(text.bytes());
        assert_eq!(seen, CASES, "the file of cases is another: {seen:#x}");
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cases.csv");
        std::fs::write(&file, &text).unwrap();
        let cases = read(&text);
        let mut called = BTreeMap::<_, [usize; 2]>::new();
        let outcomes = cases.iter().map(|case| {
            let answers = case.here();
            for (name, is_ok) in answers.called() {
                let [calls, results] = called.entry(*name).or_default();
                *calls += 1;
                *results += usize::from(*is_ok);
            }
            answers.outcome()
        });
        Here {
            file,
            outcomes: outcomes.collect(),
            cases,
            called,
        }
    })
}

fn assert_same_bits(outcomes: &[Outcome]) {
    let here = here();
    assert_eq!(outcomes.len(), here.cases.len());
    let pairs = outcomes.iter().zip(&here.outcomes);
    for (case, (other, this)) in here.cases.iter().zip(pairs) {
        assert_eq!(other, this, "{} {case:?}", case.name());
    }
    let hash = hash(outcomes.iter().copied());
    assert_eq!(hash, OUTCOMES, "{hash:#x}");
}

#[test]
fn this_machine_answers_as_it_did() {
    assert!(here().cases.len() >= 100_000);
    assert_same_bits(&here().outcomes);
}

#[test]
fn wasm_answers_with_the_same_bits() {
    assert_same_bits(&Program::load().batch(&here().cases));
}

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
#[test]
fn a_32_bit_machine_answers_with_the_same_bits() {
    assert_same_bits(&machines::narrow(Some(&here().file)));
}

#[test]
fn every_function_has_results() {
    for (name, [calls, results]) in &here().called {
        assert!(
            results * 100 >= calls * LEAST && *results >= LEAST,
            "{name}: {results} of {calls}"
        );
    }
}
