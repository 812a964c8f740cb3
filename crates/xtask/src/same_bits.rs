//! The law `same_bits`: the same calls through this machine, a 32-bit one and wasm.

use crate::shell::{cargo, root, run};
use crate::step::{Checked, Inputs, Outcome, Step};
use crate::toolchain::{ensure_target, pinned, WASM};

pub(crate) const STEP: Step = Step::new(
    "same-bits",
    "the same calls on this machine, a 32-bit one and wasm",
    check,
)
.with_inputs(Inputs {
    manifests: &["crates/checks/same-bits/Cargo.toml"],
    files: &["crates/xtask/src/same_bits.rs"],
    versions: &[],
});

pub(crate) const FOLDER: &str = "crates/checks/same-bits";
/// It runs where a 64-bit Linux does, and needs no C compiler.
const NARROW: &str = "i686-unknown-linux-musl";
/// The test that builds for it.
const ON_NARROW: &str = "a_32_bit_machine_answers_with_the_same_bits";

fn check() -> Checked {
    let channel = pinned()?;
    if let Err(why) = ensure_target(&channel, WASM) {
        return Ok(Outcome::Skipped(format!("{WASM} not installable: {why}")));
    }
    let mut test = cargo(&["test", "--locked"]);
    test.current_dir(root().join(FOLDER));
    if !cfg!(all(target_arch = "x86_64", target_os = "linux")) {
        run(&mut test)?;
        return Ok(Outcome::Skipped(format!("{NARROW} doesn't run here")));
    }
    if let Err(why) = ensure_target(&channel, NARROW) {
        run(test.args(["--", "--skip", ON_NARROW]))?;
        return Ok(Outcome::Skipped(format!("{NARROW} not installable: {why}")));
    }
    run(&mut test).map(|()| Outcome::Passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_a_test() {
        let tests = crate::shell::read(&format!("{FOLDER}/tests/same_bits.rs")).unwrap();
        assert!(tests.contains(&format!("fn {ON_NARROW}()")));
    }
}
