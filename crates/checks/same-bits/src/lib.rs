//! What every machine computes: a call of a function by its number, in and out in plain integers.

#![cfg_attr(target_arch = "wasm32", no_std)]

mod functions;
#[cfg(not(target_arch = "wasm32"))]
mod inputs;

pub use functions::{Arguments, FUNCTIONS, ROUNDINGS};
#[cfg(not(target_arch = "wasm32"))]
pub use inputs::{hash, inputs, Call};

/// What a call returns.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The bits of the result's raw integer; 0 on an error.
    pub value: u128,
    /// 0, or 1 where there is no result.
    pub status: u32,
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
#[no_mangle]
pub extern "C" fn answer(function: u32, rounding: u32, given: Given) -> Outcome {
    let result = FUNCTIONS.get(function as usize).and_then(|(_, function)| {
        let (_, rounding) = ROUNDINGS.get(rounding as usize)?;
        function(given.arguments, *rounding)
    });
    Outcome {
        value: result.unwrap_or(0),
        status: result.is_none().into(),
    }
}

#[cfg(target_arch = "wasm32")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
