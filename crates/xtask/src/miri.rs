//! The tests of the numbers in an interpreter of Rust's own, which sees undefined behaviour: in the
//! crate, which forbids unsafe code, it can only come from the compiler or from what the crate uses.

use crate::shell::{run, with_toolchain};
use crate::step::{Checked, Inputs, Outcome, Step};
use crate::toolchain::{ensure, ensure_component, NIGHTLY, NIGHTLY_RUSTC};

pub(crate) const STEP: Step = Step::new(
    "miri",
    "the numbers' tests in an interpreter that sees undefined behaviour",
    check,
)
.with_inputs(Inputs {
    manifests: &["crates/fixed-math/Cargo.toml"],
    files: &["crates/xtask/src/miri.rs"],
    versions: &[NIGHTLY_RUSTC],
});

/// What takes a second natively takes minutes there. Of the laws these are drawn once, by parts of
/// their names: with the other two files of tests, every type and every kernel is reached.
const LAWS: [&str; 4] = ["bracket_of_wads", "checked_", "ratio_hash", "parse"];
/// Minutes too: growth to its last bit, and texts at every number of decimals.
const LONG: [&str; 2] = ["growth_to_the_last_unit", "at_every_number"];

fn check() -> Checked {
    for (component, ensured) in [
        ("toolchain", ensure(NIGHTLY)),
        ("miri", ensure_component(NIGHTLY, "miri")),
        ("rust-src", ensure_component(NIGHTLY, "rust-src")),
    ] {
        if let Err(why) = ensured {
            return Ok(Outcome::Skipped(format!("{NIGHTLY} {component}: {why}")));
        }
    }
    miri(&["golden", "regressions"], &[])?;
    miri(&["properties"], &LAWS)?;
    Ok(Outcome::Passed)
}

fn miri(tests: &[&str], names: &[&str]) -> Result<(), String> {
    let mut miri = with_toolchain(NIGHTLY, &["cargo", "miri", "test", "--locked"]);
    miri.args(["--package", "tokenomics-fixed-math"]);
    miri.args(tests.iter().flat_map(|test| ["--test", test]));
    miri.arg("--").args(names);
    miri.args(LONG.iter().flat_map(|name| ["--skip", name]));
    // The property tests read the cases that failed before from a file.
    miri.env("MIRIFLAGS", "-Zmiri-disable-isolation");
    run(&mut miri)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::read;

    #[test]
    fn what_is_named_is_there() {
        let file = |name: &str| read(&format!("crates/fixed-math/tests/{name}.rs")).unwrap();
        let (golden, properties) = (file("golden"), file("properties"));
        for law in LAWS {
            assert!(properties.contains(&format!("fn {law}")), "{law}");
        }
        for long in LONG {
            assert!(golden.contains(long) || properties.contains(long), "{long}");
        }
    }
}
