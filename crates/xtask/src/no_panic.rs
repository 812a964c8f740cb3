//! The wasm modules of crates/checks/no-panic, which hold every public function of the numbers.

use crate::check::{Checked, Outcome};
use crate::shell::{cargo, root, run};
use crate::standalone::WASM;
use crate::toolchain::{ensure_target, pinned};

pub(crate) const FOLDER: &str = "crates/checks/no-panic";

pub(crate) fn check() -> Checked {
    if let Err(why) = ensure_target(&pinned()?, WASM) {
        return Ok(Outcome::Skipped(format!("{WASM} not installable: {why}")));
    }
    let mut test = cargo(&["test", "--locked"]);
    run(test.current_dir(root().join(FOLDER))).map(|()| Outcome::Passed)
}
