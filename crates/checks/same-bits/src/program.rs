//! The entry of the program in Solana's virtual machine: a batch of cases comes as the instruction's data, and
//! the outcomes go to the data of the only account.

use solana_compiler_builtins as _;

use crate::{run, CASE_BYTES, OUTCOME_BYTES};

/// Where the account's data begins: behind the number of accounts, its flags, its two keys, its lamports and
/// the length of its data.
const DATA: usize = 8 + 8 + 32 + 32 + 8 + 8;
/// The room that each account has to grow, before its rent epoch.
const SPARE: usize = 10_240;

/// Calls the cases of an instruction.
///
/// # Safety
/// The input is what the virtual machine maps: one account that can be written to, and the instruction.
#[no_mangle]
pub unsafe extern "C" fn entrypoint(input: *mut u8) -> u64 {
    let length = |at: usize| input.add(at).cast::<u64>().read() as usize;
    let room = length(DATA - 8);
    let instruction = (DATA + room + SPARE).next_multiple_of(8) + 8;
    let count = length(instruction) / CASE_BYTES;
    if count * OUTCOME_BYTES > room {
        return 1;
    }
    let cases = core::slice::from_raw_parts(input.add(instruction + 8), count * CASE_BYTES);
    let outcomes = core::slice::from_raw_parts_mut(input.add(DATA), count * OUTCOME_BYTES);
    run(cases, outcomes);
    0
}
