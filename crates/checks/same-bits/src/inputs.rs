//! The calls in inputs.csv, and how their outcomes become one number.

use crate::{answer, Arguments, Given, Outcome, FUNCTIONS, ROUNDINGS};

/// The hash of every outcome of inputs.csv, also when computed with the unbounded integers of Python and
/// mpmath's numbers of 320 digits. It changes when the inputs do, or when an answer does.
pub const ANSWERS: u64 = 0xfb48_308b_b5c0_2a1e;

/// One call.
#[derive(Debug, Clone, Copy)]
pub struct Call {
    /// Its place in [`FUNCTIONS`].
    pub function: u32,
    /// Its place in [`ROUNDINGS`].
    pub rounding: u32,
    /// The bits of its arguments.
    pub arguments: Arguments,
}

impl Call {
    /// Writes it for another machine, in [`CALL_BYTES`](crate::CALL_BYTES).
    pub fn write(&self, to: &mut Vec<u8>) {
        to.extend(self.function.to_le_bytes());
        to.extend(self.rounding.to_le_bytes());
        for argument in self.arguments {
            to.extend(argument.to_le_bytes());
        }
    }

    /// This machine's answer.
    pub fn here(self) -> Outcome {
        let arguments = self.arguments;
        answer(self.function, self.rounding, Given { arguments })
    }
}

/// The calls in inputs.csv.
pub fn inputs() -> Vec<Call> {
    let lines = include_str!("../inputs.csv").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .map(parse)
        .collect()
}

fn parse(line: &str) -> Call {
    let mut parts = line.split(',');
    let mut name = || parts.next().expect("a name");
    let (function, rounding) = (name(), name());
    let mut arguments = Arguments::default();
    for (argument, text) in arguments.iter_mut().zip(parts) {
        *argument = integer(text);
    }
    let place = |place: Option<usize>| place.and_then(|place| u32::try_from(place).ok());
    let function = FUNCTIONS.iter().position(|(name, _)| *name == function);
    let rounding = ROUNDINGS.iter().position(|(name, _)| *name == rounding);
    Call {
        function: place(function).expect("a function"),
        rounding: place(rounding).expect("a rounding"),
        arguments,
    }
}

/// The bits of an integer with or without a sign.
fn integer(text: &str) -> u128 {
    let negative = text.starts_with('-');
    let signed = || text.parse().map(|signed: i128| signed as u128);
    let bits = if negative { signed() } else { text.parse() };
    bits.expect("a decimal integer")
}

/// FNV-1a over all outcomes, 20 bytes each, little-endian.
pub fn hash(outcomes: impl IntoIterator<Item = Outcome>) -> u64 {
    fnv(outcomes.into_iter().flat_map(|outcome| {
        let value = outcome.value.to_le_bytes().into_iter();
        value.chain(outcome.status.to_le_bytes())
    }))
}

/// FNV-1a: not a seal, but one number that any changed bit changes.
pub fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
