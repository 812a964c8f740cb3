//! What the two sides share: the inputs, and how their results become one number.

pub use wasm_vesting::Outcome;

/// One call.
#[derive(Debug, Clone, Copy)]
pub enum Call {
    /// a, b, c, and whether to ceil.
    MulDiv(u128, u128, u128, u32),
    /// Start, end, total, and when.
    VestedAt(u64, u64, u128, u64),
}

impl Call {
    /// The host's answer.
    pub fn on_host(self) -> Outcome {
        match self {
            Self::MulDiv(a, b, c, ceil) => wasm_vesting::mul_div(a, b, c, ceil),
            Self::VestedAt(start, end, total, at) => wasm_vesting::vested_at(start, end, total, at),
        }
    }
}

/// The calls in inputs.csv.
pub fn inputs() -> Vec<Call> {
    let lines = include_str!("../inputs.csv").lines();
    let calls = lines.filter(|line| !line.starts_with('#'));
    calls.map(parse).collect()
}

fn parse(line: &str) -> Call {
    let (name, numbers) = line.split_once(',').expect("a name and numbers");
    let numbers: Vec<u128> = numbers
        .split(',')
        .map(|n| n.parse().expect("a decimal integer"))
        .collect();
    let short = |at: usize| u64::try_from(numbers[at]).expect("64 bits");
    match name {
        "mul_div" => Call::MulDiv(numbers[0], numbers[1], numbers[2], short(3) as u32),
        "vested_at" => Call::VestedAt(short(0), short(1), numbers[2], short(3)),
        other => panic!("no export `{other}`"),
    }
}

/// FNV-1a over all outcomes, 20 bytes each, little-endian: not a seal, but one number that any
/// changed bit changes.
pub fn hash(outcomes: impl IntoIterator<Item = Outcome>) -> u64 {
    let bytes = outcomes.into_iter().flat_map(|outcome| {
        let value = outcome.value.to_le_bytes().into_iter();
        value.chain(outcome.status.to_le_bytes())
    });
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
