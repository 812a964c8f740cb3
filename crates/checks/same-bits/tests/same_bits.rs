//! The law `same_bits` of the functions, between a 64-bit host, a 32-bit one and wasm32.

mod machines;

use machines::Program;
use same_bits::{hash, inputs, Call, Outcome, ANSWERS, FUNCTIONS, ROUNDINGS};

fn assert_same_bits(answers: &[Outcome]) {
    let calls = inputs();
    assert_eq!(answers.len(), calls.len());
    for (call, answer) in calls.iter().zip(answers) {
        let (name, _) = FUNCTIONS[call.function as usize];
        assert_eq!(*answer, call.here(), "{name} {call:?}");
    }
    let hash = hash(answers.iter().copied());
    assert_eq!(hash, ANSWERS, "{hash:#x}");
}

#[test]
fn this_machine_answers_with_the_bits_of_unbounded_integers() {
    let answers: Vec<_> = inputs().into_iter().map(Call::here).collect();
    assert_same_bits(&answers);
}

#[test]
fn wasm_answers_with_the_same_bits() {
    let mut program = Program::load();
    let answers: Vec<_> = inputs().into_iter().map(|it| program.call(it)).collect();
    assert_same_bits(&answers);
}

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
#[test]
fn a_32_bit_machine_answers_with_the_same_bits() {
    assert_same_bits(&machines::narrow(None));
}

#[test]
fn every_function_has_answers_in_every_rounding_and_what_can_fail_does() {
    let mut answers = [[0; ROUNDINGS.len()]; FUNCTIONS.len()];
    let mut errors = [0; FUNCTIONS.len()];
    for call in inputs() {
        let (function, rounding) = (call.function as usize, call.rounding as usize);
        match call.here().status {
            0 => answers[function][rounding] += 1,
            _ => errors[function] += 1,
        }
    }
    for (place, (name, _)) in FUNCTIONS.iter().enumerate() {
        let answers = answers[place];
        assert!(
            answers.iter().all(|count| *count >= 15),
            "{name} {answers:?}"
        );
        let fails = !["cbrt", "icbrt", "isqrt", "sqrt"].contains(name);
        assert_eq!(errors[place] > 0, fails, "{name}");
    }
}
