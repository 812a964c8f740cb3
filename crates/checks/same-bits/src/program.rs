//! The entry of the program in Solana's virtual machine: a batch comes as the input, and the outcomes go behind it.
//! What a chain hands over, accounts and an instruction, is the business of programs for one.

use solana_compiler_builtins as _;

use crate::{answer_calls, run, CALL_BYTES, CASE_BYTES, OUTCOME_BYTES};

/// What the input begins with: how many calls of functions there are, and how many cases of mechanisms.
const HEAD: usize = 16;

/// Makes the calls of a batch, and those of its cases.
///
/// # Safety
/// The input is two numbers, as many calls and cases, and room for as many outcomes.
#[no_mangle]
pub unsafe extern "C" fn entrypoint(input: *mut u8) -> u64 {
    let head = input.cast::<u64>();
    let [calls, cases] = [head.read(), head.add(1).read()].map(|count| count as usize);
    let of_calls = core::slice::from_raw_parts(input.add(HEAD), calls * CALL_BYTES);
    let behind = HEAD + calls * CALL_BYTES;
    let of_cases = core::slice::from_raw_parts(input.add(behind), cases * CASE_BYTES);
    let behind = input.add(behind + cases * CASE_BYTES);
    let room = core::slice::from_raw_parts_mut(behind, (calls + cases) * OUTCOME_BYTES);
    let (to_calls, to_cases) = room.split_at_mut(calls * OUTCOME_BYTES);
    answer_calls(of_calls, to_calls);
    run(of_cases, to_cases);
    0
}
