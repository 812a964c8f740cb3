//! Every public function of `tokenomics-fixed-math`, exported under its path. What the compiler
//! can't prove free of panics calls the panic handler, and the handler calls an import: a module
//! without imports has no panic in it. tests/no_panic.rs builds it and looks.

#![cfg_attr(target_arch = "wasm32", no_std)]

mod abi;

mod amount;
mod error;
mod fraction;
mod growth;
mod ratio;
mod signed_wad;
mod time;
mod u256;
mod wad;

#[cfg(target_arch = "wasm32")]
mod handler {
    #[link(wasm_import_module = "host")]
    extern "C" {
        /// Not to be had from any host.
        fn panicked() -> !;
    }

    #[panic_handler]
    fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
        unsafe { panicked() }
    }
}

#[cfg(feature = "panicking")]
abi::export! {
    "panicking" (a: u32, b: u32) => a / b;
}
