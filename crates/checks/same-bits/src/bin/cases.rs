//! Writes the file of cases of the mechanisms to standard output, or to the file that is named.

fn main() -> std::io::Result<()> {
    let text = same_bits::written();
    match std::env::args_os().nth(1) {
        Some(path) => std::fs::write(path, text),
        None => std::io::Write::write_all(&mut std::io::stdout(), text.as_bytes()),
    }
}
