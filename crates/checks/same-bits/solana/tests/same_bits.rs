//! The law `same_bits` in Solana's virtual machine: of the functions, and of the mechanisms.

use same_bits::{fnv, hash, inputs, read, written, ANSWERS, CASES, OUTCOMES};
use same_bits_solana::Machine;

/// How many calls or cases a program takes at once.
const BATCH: usize = 100;

fn machine() -> Machine {
    let path = std::env::var_os("SAME_BITS_PROGRAM");
    let path = path.expect("names the program of the parent folder, built for bpfel-unknown-none");
    Machine::load(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn functions_answer_with_the_same_bits() {
    let machine = machine();
    let mut outcomes = Vec::new();
    for batch in inputs().chunks(BATCH) {
        outcomes.extend(machine.batch(batch, &[]).unwrap());
    }
    let hash = hash(outcomes);
    assert_eq!(hash, ANSWERS, "{hash:#x}");
}

#[test]
fn mechanisms_answer_with_the_same_bits() {
    let machine = machine();
    let text = written();
    assert_eq!(fnv(text.bytes()), CASES, "the file of cases is another");
    let mut outcomes = Vec::new();
    for batch in read(&text).chunks(BATCH) {
        let some = machine.batch(&[], batch);
        let some = some.unwrap_or_else(|why| panic!("{}: {why}", batch[0].name()));
        for (case, outcome) in batch.iter().zip(&some) {
            assert_eq!(*outcome, case.outcome(), "{} {case:?}", case.name());
        }
        outcomes.extend(some);
    }
    let hash = hash(outcomes);
    assert_eq!(hash, OUTCOMES, "{hash:#x}");
}
