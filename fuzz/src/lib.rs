//! What the fuzz targets, one a crate, have in common: a table of laws, of which the variable `LAW`
//! names the one to be called.

mod arguments;
mod choice;
mod law;

pub use arguments::Arguments;
pub use choice::choose;
pub use law::Law;

/// Makes a target of the laws of a crate, which are functions in `laws` beside it. Each is a line
/// that says what it is called with: `|shape, calls: Vec<_>| conservation(shape, &calls)`. Its name
/// is the target's and the function's, as `vesting_conservation`.
///
/// What stands between the bars is read from the fuzzer's bytes one after the other, as a tuple: in
/// another order, or of other types, the inputs of a corpus would be others.
#[macro_export]
macro_rules! laws {
    ($(|$($argument:ident $(: $type:ty)?),+| $law:ident($($passed:expr),+)),+ $(,)?) => {
        fn table() -> Vec<$crate::Law> {
            vec![$($crate::Law::new(
                concat!(env!("CARGO_BIN_NAME"), "_", stringify!($law)),
                |($($argument,)+)| {
                    $(let $argument $(: $type)? = $argument;)+
                    laws::$law($($passed),+);
                },
                |($($argument,)+)| {
                    [$(format!("{}: {:#?}", stringify!($argument), $argument)),+].join("\n")
                },
            )),+]
        }

        libfuzzer_sys::fuzz_target!(
            init: $crate::choose(table()),
            |arguments: $crate::Arguments| -> libfuzzer_sys::Corpus { arguments.check() }
        );
    };
}
