//! The calls of the machine that move memory, which the program's own `memcpy` and its kin are.

use solana_sbpf::declare_builtin_function;
use solana_sbpf::memory_region::MemoryMapping;

use crate::Meter;

/// The outcome of a call.
type Done = Result<u64, Box<dyn std::error::Error>>;

/// Reads so many bytes.
fn read(
    memory: &mut MemoryMapping,
    from: u64,
    count: u64,
) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut byte = |at| Result::from(memory.load::<u8>(from + at)).map(|byte: u64| byte as u8);
    (0..count).map(|at| Ok(byte(at)?)).collect()
}

/// Writes bytes.
fn write(memory: &mut MemoryMapping, to: u64, bytes: &[u8]) -> Done {
    for (at, byte) in (0..).zip(bytes) {
        Result::from(memory.store(*byte, to + at))?;
    }
    Ok(0)
}

declare_builtin_function!(
    /// Copies bytes to where others are, or the same.
    Move,
    fn rust(
        _meter: &mut Meter,
        to: u64,
        from: u64,
        count: u64,
        _fourth: u64,
        _fifth: u64,
        memory: &mut MemoryMapping,
    ) -> Done {
        let bytes = read(memory, from, count)?;
        write(memory, to, &bytes)
    }
);

declare_builtin_function!(
    /// Sets bytes.
    Set,
    fn rust(
        _meter: &mut Meter,
        to: u64,
        byte: u64,
        count: u64,
        _fourth: u64,
        _fifth: u64,
        memory: &mut MemoryMapping,
    ) -> Done {
        write(memory, to, &vec![byte as u8; count as usize])
    }
);

declare_builtin_function!(
    /// Compares bytes: writes the difference of the first two that differ, or 0.
    Compare,
    fn rust(
        _meter: &mut Meter,
        one: u64,
        other: u64,
        count: u64,
        to: u64,
        _fifth: u64,
        memory: &mut MemoryMapping,
    ) -> Done {
        let (one, other) = (read(memory, one, count)?, read(memory, other, count)?);
        let mut pairs = one.iter().zip(&other);
        let differ = pairs.find(|(one, other)| one != other);
        let difference = differ.map_or(0, |(one, other)| i32::from(*one) - i32::from(*other));
        write(memory, to, &difference.to_le_bytes())
    }
);
