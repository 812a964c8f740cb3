//! What the virtual machine asks of a program: its entry, a heap and what to do in a panic.

use core::alloc::{GlobalAlloc, Layout};
use core::panic::PanicInfo;

use solana_compiler_builtins as _;

use crate::{calls, Operands};

/// The words of an instruction: the number of the call, its result, and the operands.
#[repr(C)]
pub struct Instruction {
    /// How many accounts there are, which is none.
    accounts: u64,
    /// The bytes of what follows.
    length: u64,
    call: u64,
    result: u64,
    operands: Operands,
}

/// The entry of the program.
///
/// # Safety
/// The loader passes what it read from the instruction, as the runner wrote it.
#[no_mangle]
pub unsafe extern "C" fn entrypoint(input: *const Instruction) -> u64 {
    let instruction = &*input;
    let result = calls::run(instruction.call, &instruction.operands);
    u64::from(result != instruction.result)
}

/// Gives memory away from the heap's end down, and takes none back.
struct Heap;

const HEAP: usize = 0x3_0000_0000;
const HEAP_LENGTH: usize = 32 * 1024;

#[global_allocator]
static ALLOCATOR: Heap = Heap;

// SAFETY: the heap is the program's alone, begins as zeros, and its first word holds how far it is given away.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let position = HEAP as *mut usize;
        let top = match *position {
            0 => HEAP + HEAP_LENGTH,
            top => top,
        };
        let at = top.saturating_sub(layout.size()) & !(layout.align() - 1);
        if at < HEAP + 8 {
            return core::ptr::null_mut();
        }
        *position = at;
        at as *mut u8
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {}
}

/// The signed division of 128 bits that peers use, which solana-compiler-builtins doesn't have.
#[no_mangle]
extern "C" fn __divti3(dividend: i128, divisor: i128) -> i128 {
    let quotient = dividend.unsigned_abs() / divisor.unsigned_abs();
    let quotient = quotient as i128;
    if (dividend < 0) == (divisor < 0) {
        quotient
    } else {
        quotient.wrapping_neg()
    }
}

/// Its rest.
#[no_mangle]
extern "C" fn __modti3(dividend: i128, divisor: i128) -> i128 {
    let rest = (dividend.unsigned_abs() % divisor.unsigned_abs()) as i128;
    if dividend < 0 {
        rest.wrapping_neg()
    } else {
        rest
    }
}
