//! A law under its name, called with what the fuzzer's bytes say.

use libfuzzer_sys::arbitrary::{Arbitrary, Result, Unstructured};

/// One law.
pub struct Law {
    /// `<crate>_<law>`.
    pub(crate) name: &'static str,
    /// The fewest bytes that its arguments are read from.
    pub(crate) least: usize,
    check: Box<dyn Fn(&[u8]) -> Result<()> + Send + Sync>,
    show: Box<dyn Fn(&[u8]) -> Result<String> + Send + Sync>,
}

impl Law {
    /// Creates it from its name, what calls it, and what writes its arguments.
    pub fn new<A>(name: &'static str, call: fn(A), write: fn(A) -> String) -> Self
    where
        A: for<'a> Arbitrary<'a> + 'static,
    {
        Self {
            name,
            least: <A as Arbitrary>::size_hint(0).0,
            check: Box::new(move |bytes| read(bytes).map(call)),
            show: Box::new(move |bytes| read(bytes).map(write)),
        }
    }

    /// Calls it, which panics where it doesn't hold; an error is bytes that are no arguments.
    pub(crate) fn check(&self, bytes: &[u8]) -> Result<()> {
        (self.check)(bytes)
    }

    /// Writes the arguments, each from a line of its own on.
    pub(crate) fn show(&self, bytes: &[u8]) -> Result<String> {
        (self.show)(bytes)
    }
}

fn read<A: for<'a> Arbitrary<'a>>(bytes: &[u8]) -> Result<A> {
    A::arbitrary_take_rest(Unstructured::new(bytes))
}
