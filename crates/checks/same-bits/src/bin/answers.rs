//! This machine's outcome of each call in inputs.csv, or of each case in the file that is named, a line each:
//! the value's bits as an integer, and the status. The first line says how wide its addresses are.

use std::io::{BufWriter, Write};

use same_bits::{inputs, read, Call, Case, Outcome};

fn main() -> std::io::Result<()> {
    let mut to = BufWriter::new(std::io::stdout().lock());
    writeln!(to, "{}", usize::BITS)?;
    let mut write = |outcome: Outcome| writeln!(to, "{} {}", outcome.value, outcome.status);
    match std::env::args_os().nth(1) {
        Some(path) => {
            let cases = read(&std::fs::read_to_string(path)?);
            cases.iter().map(Case::outcome).try_for_each(&mut write)
        }
        None => inputs()
            .into_iter()
            .map(Call::here)
            .try_for_each(&mut write),
    }
}
