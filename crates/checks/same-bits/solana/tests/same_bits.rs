//! The law `same_bits` of the mechanisms, in Solana's virtual machine.

use same_bits::{fnv, hash, read, written, CASES, OUTCOMES};
use same_bits_solana::Machine;

/// How many cases an instruction calls.
const BATCH: usize = 100;

#[test]
fn solana_answers_with_the_same_bits() {
    let path = std::env::var_os("SAME_BITS_PROGRAM");
    let path = path.expect("names the program of the parent folder, built for bpfel-unknown-none");
    let machine = Machine::load(&std::fs::read(path).unwrap());
    let text = written();
    assert_eq!(fnv(text.bytes()), CASES, "the file of cases is another");
    let cases = read(&text);
    let mut outcomes = Vec::new();
    for batch in cases.chunks(BATCH) {
        let some = machine.batch(batch);
        let some = some.unwrap_or_else(|why| panic!("{}: {why}", batch[0].name()));
        for (case, outcome) in batch.iter().zip(&some) {
            assert_eq!(*outcome, case.outcome(), "{} {case:?}", case.name());
        }
        outcomes.extend(some);
    }
    let hash = hash(outcomes);
    assert_eq!(hash, OUTCOMES, "{hash:#x}");
}
