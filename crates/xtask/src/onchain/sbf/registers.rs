//! The functions of a built program that take more than the machine's registers hold.
//!
//! It has five for arguments. What LLVM hands a function beyond them it stores above the caller's frame:
//! that links without a word, and faults when it is called. A frame of more than 4,096 bytes is an error of
//! the linker's already.

/// The registers of arguments.
const REGISTERS: usize = 5;
/// The standard library's formatting, which nothing reaches but the text of a panic.
const FORMATTING: &str = "4core3fmt";

/// Returns the functions that LLVM's text of a module defines with more than five registers of arguments.
pub(crate) fn beyond(module: &str) -> Vec<&str> {
    let defined = module.lines().filter(|line| line.starts_with("define "));
    let functions = defined.filter_map(|line| {
        let (_, rest) = line.split_once('@')?;
        let (name, rest) = rest.split_once('(')?;
        Some((name, registers(rest)))
    });
    let beyond =
        functions.filter(|(name, registers)| *registers > REGISTERS && !name.contains(FORMATTING));
    beyond.map(|(name, _)| name).collect()
}

/// The registers of a list of types, from behind the bracket that opens it to the one that closes it.
fn registers(list: &str) -> usize {
    let mut depth = 0_usize;
    let mut count = 0;
    let mut from = 0;
    for (at, letter) in list.char_indices() {
        match letter {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' | '>' if depth == 0 => return count + of_type(&list[from..at]),
            ')' | ']' | '}' | '>' => depth -= 1,
            ',' if depth == 0 => {
                count += of_type(&list[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    count
}

/// The registers of the type that a text begins with: an integer of more than 64 bits takes more than one, and
/// an array, a vector and a struct those of all that is in it.
fn of_type(text: &str) -> usize {
    let text = text.trim_start();
    if let Some(fields) = text.strip_prefix("<{").or_else(|| text.strip_prefix('{')) {
        return registers(fields);
    }
    if let Some(list) = text.strip_prefix(['[', '<']) {
        let (count, of) = list.split_once(" x ").unwrap_or_default();
        return count.parse().unwrap_or(1) * of_type(of);
    }
    if text.is_empty() {
        return 0;
    }
    let digits = text.trim_start_matches('i');
    let end = digits.find(|letter: char| !letter.is_ascii_digit());
    let bits = digits[..end.unwrap_or(digits.len())].parse::<usize>();
    bits.map_or(1, |bits| bits.div_ceil(64))
}

#[cfg(test)]
mod tests;
