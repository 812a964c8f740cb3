//! This machine's outcome of each call in inputs.csv, a line each: the value's bits as an integer, and
//! the status. The first line says how wide its addresses are.

fn main() {
    println!("{}", usize::BITS);
    for call in same_bits::inputs() {
        let outcome = call.here();
        println!("{} {}", outcome.value, outcome.status);
    }
}
