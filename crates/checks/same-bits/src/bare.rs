//! What a machine without an operating system lacks: memory to allocate from, and an end for a panic.

use core::alloc::{GlobalAlloc, Layout};

/// Gives memory from one end of a piece to the other, and takes it all back at once.
struct Bump;

#[cfg(target_arch = "wasm32")]
mod place {
    const SIZE: usize = 1 << 20;

    #[repr(C, align(16))]
    struct Room(core::cell::UnsafeCell<[u8; SIZE]>);

    // SAFETY: there is one thread.
    unsafe impl Sync for Room {}

    static ROOM: Room = Room(core::cell::UnsafeCell::new([0; SIZE]));

    /// The first address and the one after the last.
    pub(super) fn ends() -> (usize, usize) {
        let start = ROOM.0.get() as usize;
        (start, start + SIZE)
    }
}

#[cfg(target_arch = "bpf")]
mod place {
    /// Where the virtual machine maps the heap, and the most that it may be.
    pub(super) fn ends() -> (usize, usize) {
        (0x3_0000_0000, 0x3_0004_0000)
    }
}

/// Where the next is allocated is kept in the first 16 bytes: a program of the virtual machine has no
/// variables outside its stack and its heap.
fn next() -> *mut usize {
    place::ends().0 as *mut usize
}

// SAFETY: each piece lies behind the last one, within the room, and at its alignment.
unsafe impl GlobalAlloc for Bump {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let (start, end) = place::ends();
        let next = next();
        let free = (*next).max(start + 16);
        let at = (free + layout.align() - 1) & !(layout.align() - 1);
        if at + layout.size() > end {
            return core::ptr::null_mut();
        }
        *next = at + layout.size();
        at as *mut u8
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static ALLOCATOR: Bump = Bump;

/// Takes all memory back: nothing of the last case is used any more.
pub(crate) fn forget() {
    // SAFETY: the address is within the room and aligned.
    unsafe { *next() = 0 };
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    #[cfg(target_arch = "wasm32")]
    core::arch::wasm32::unreachable();
    #[cfg(target_arch = "bpf")]
    loop {
        // Spends all that the call may compute, which the virtual machine reports.
    }
}
