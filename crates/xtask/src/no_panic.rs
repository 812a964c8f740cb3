//! The wasm modules of crates/checks/no-panic, which hold every public function of the numbers.

use crate::shell::{cargo, root, run};
use crate::step::{Checked, Inputs, Outcome, Step};
use crate::toolchain::{ensure_target, pinned, WASM};

pub(crate) const STEP: Step = Step::new(
    "no-panic",
    "every public function of the numbers, as wasm at three opt-levels",
    check,
)
.with_inputs(Inputs {
    manifests: &["crates/checks/no-panic/Cargo.toml"],
    files: &["crates/xtask/src/no_panic.rs"],
    versions: &[],
});

pub(crate) const FOLDER: &str = "crates/checks/no-panic";

fn check() -> Checked {
    if let Err(why) = ensure_target(&pinned()?, WASM) {
        return Ok(Outcome::Skipped(format!("{WASM} not installable: {why}")));
    }
    let mut test = cargo(&["test", "--locked"]);
    run(test.current_dir(root().join(FOLDER))).map(|()| Outcome::Passed)
}
