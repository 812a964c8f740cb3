//! The functions of a built program that take more than the machine's registers hold.
//!
//! It has five for arguments. What LLVM hands a function beyond them it stores above the caller's frame:
//! that links without a word, and faults when it is called. A frame of more than 4,096 bytes is an error of
//! the linker's already.

/// The registers of arguments.
const REGISTERS: usize = 5;
/// The standard library's formatting, which nothing reaches but the text of a panic, and that of borsh
/// about a tag that is none.
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

/// The registers of arguments, from behind the bracket that opens their list.
fn registers(list: &str) -> usize {
    let mut depth = 0_usize;
    let mut count = 0;
    let mut from = 0;
    for (at, letter) in list.char_indices() {
        match letter {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' if depth == 0 => return count + of_argument(&list[from..at]),
            ')' | ']' | '}' | '>' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                count += of_argument(&list[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    count
}

/// The registers of one: an integer of more than 64 bits takes more than one, as do arrays of them.
fn of_argument(argument: &str) -> usize {
    let Some(kind) = argument.split_whitespace().next() else {
        return 0;
    };
    let limbs = |text: &str| {
        let bits = text.trim_start_matches('i').parse::<usize>();
        bits.map_or(1, |bits| bits.div_ceil(64))
    };
    let Some(count) = kind.strip_prefix('[') else {
        return limbs(kind);
    };
    let of = argument
        .split(']')
        .next()
        .and_then(|text| text.split_once(" x "));
    let (_, of) = of.unwrap_or_default();
    count.parse::<usize>().unwrap_or(1) * limbs(of)
}

#[cfg(test)]
mod tests;
