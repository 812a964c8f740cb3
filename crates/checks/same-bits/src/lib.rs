//! What every machine computes: a call of a function by its number, in and out in plain integers, and a
//! batch of cases of the mechanisms.

#![cfg_attr(any(target_arch = "wasm32", target_arch = "bpf"), no_std)]

extern crate alloc;

mod answers;
#[cfg(any(target_arch = "wasm32", target_arch = "bpf"))]
mod bare;
mod functions;
mod mechanisms;
mod numbers;
#[cfg(target_arch = "bpf")]
mod program;

#[cfg(not(any(target_arch = "wasm32", target_arch = "bpf")))]
mod cases;
#[cfg(not(any(target_arch = "wasm32", target_arch = "bpf")))]
mod inputs;

pub use answers::Answers;
pub use functions::{Arguments, FUNCTIONS, ROUNDINGS};
pub use mechanisms::{mechanisms, run, CASE_BYTES};

/// The bytes of an outcome as one machine hands it to another: the value and the status, little-endian.
pub const OUTCOME_BYTES: usize = 20;
/// Those of a call: the places of its function and its rounding, and its arguments.
pub const CALL_BYTES: usize = 8 + 6 * 16;

#[cfg(not(any(target_arch = "wasm32", target_arch = "bpf")))]
pub use cases::{read, written, Case, CASES, OUTCOMES};
#[cfg(not(any(target_arch = "wasm32", target_arch = "bpf")))]
pub use inputs::{fnv, hash, inputs, Call, ANSWERS};

/// What a call returns.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The bits of the result's raw integer, 0 on an error; of a case, the digest of all its answers.
    pub value: u128,
    /// 0, or 1 where there is no result; of a case, the code of its first error.
    pub status: u32,
}

impl Outcome {
    /// Writes it for another machine.
    pub(crate) fn write(&self, to: &mut [u8]) {
        let (value, status) = to.split_at_mut(16);
        value.copy_from_slice(&self.value.to_le_bytes());
        status.copy_from_slice(&self.status.to_le_bytes());
    }
}

#[cfg(not(any(target_arch = "wasm32", target_arch = "bpf")))]
impl Outcome {
    /// Reads the outcome that a machine has written.
    pub fn read(bytes: &[u8]) -> Self {
        let (value, status) = bytes.split_at(16);
        Self {
            value: u128::from_le_bytes(value.try_into().expect("16 bytes")),
            status: u32::from_le_bytes(status.try_into().expect("4 bytes")),
        }
    }
}

/// What a call is given, as one machine hands it to another.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Given {
    /// The bits of its arguments.
    pub arguments: Arguments,
}

/// Calls a function of [`FUNCTIONS`] in a rounding of [`ROUNDINGS`], both by their place.
///
/// In wasm, what is given is read from the address that comes as the last parameter, 16 bytes an
/// argument, and what is returned is written to the one that comes as the first.
#[cfg(not(target_arch = "bpf"))]
#[no_mangle]
pub extern "C" fn answer(function: u32, rounding: u32, given: Given) -> Outcome {
    answered(function, rounding, given.arguments)
}

fn answered(function: u32, rounding: u32, arguments: Arguments) -> Outcome {
    let result = FUNCTIONS.get(function as usize).and_then(|(_, function)| {
        let (_, rounding) = ROUNDINGS.get(rounding as usize)?;
        function(arguments, *rounding)
    });
    Outcome {
        value: result.unwrap_or(0),
        status: result.is_none().into(),
    }
}

/// Calls a batch of functions, [`CALL_BYTES`] each, and writes [`OUTCOME_BYTES`] for each.
#[cfg(target_arch = "bpf")]
fn answer_calls(calls: &[u8], outcomes: &mut [u8]) {
    let outcomes = outcomes.chunks_exact_mut(OUTCOME_BYTES);
    for (call, to) in calls.chunks_exact(CALL_BYTES).zip(outcomes) {
        let (places, numbers) = call.split_at(8);
        let place = |at: usize| places[at..at + 4].try_into().map_or(0, u32::from_le_bytes);
        let mut arguments = Arguments::default();
        for (argument, bytes) in arguments.iter_mut().zip(numbers.chunks_exact(16)) {
            *argument = bytes.try_into().map_or(0, u128::from_le_bytes);
        }
        answered(place(0), place(4), arguments).write(to);
    }
}

/// Calls a batch of cases of the mechanisms, [`CASE_BYTES`] each, and writes [`OUTCOME_BYTES`] for each.
///
/// # Safety
/// There are `count` cases at the one address, and room for as many outcomes at the other.
#[cfg(target_arch = "wasm32")]
#[no_mangle]
pub unsafe extern "C" fn answer_batch(cases: *const u8, count: usize, outcomes: *mut u8) {
    let cases = core::slice::from_raw_parts(cases, count * CASE_BYTES);
    let outcomes = core::slice::from_raw_parts_mut(outcomes, count * OUTCOME_BYTES);
    run(cases, outcomes);
}

/// Frees what the last case has allocated, where nothing else does.
fn forget() {
    #[cfg(any(target_arch = "wasm32", target_arch = "bpf"))]
    bare::forget();
}
