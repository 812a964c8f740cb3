//! The fuzzer's bytes, as the arguments of the chosen law.

use std::cell::RefCell;
use std::fmt;
use std::panic;

use libfuzzer_sys::arbitrary::{Arbitrary, Result, Unstructured};
use libfuzzer_sys::Corpus;

use crate::choice::law;

thread_local! {
    /// What the law is being called with, for the hook of a panic.
    static CURRENT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Bytes that the chosen law reads its arguments from. `Debug` writes those.
pub struct Arguments<'a>(&'a [u8]);

impl Arguments<'_> {
    /// Calls the law, which panics where it doesn't hold.
    pub fn check(&self) -> Corpus {
        CURRENT.with_borrow_mut(|current| {
            current.clear();
            current.extend_from_slice(self.0);
        });
        law()
            .check(self.0)
            .map_or(Corpus::Reject, |()| Corpus::Keep)
    }
}

impl<'a> Arbitrary<'a> for Arguments<'a> {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        bytes.bytes(bytes.len()).map(Self)
    }

    fn size_hint(_: usize) -> (usize, Option<usize>) {
        (law().least, None)
    }
}

impl fmt::Debug for Arguments<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match law().show(self.0) {
            Ok(text) => f.write_str(&text),
            Err(error) => write!(f, "no arguments of {}: {error}", law().name),
        }
    }
}

/// Has a panic write the arguments first. The hook that is there ends the target.
pub(crate) fn show_at_a_panic() {
    let end = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        CURRENT.with_borrow(|bytes| {
            eprintln!("\n{} is broken by\n{:?}\n", law().name, Arguments(bytes));
        });
        end(panic);
    }));
}
