//! The functions beside exact arithmetic: crates/benchmarks has the oracle and the inputs.

use crate::shell::{cargo, root, run as run_program, target_dir};
use crate::step::{Checked, Inputs, Outcome, Step};

pub(crate) const STEP: Step = Step::new(
    "accuracy",
    "the functions beside exact arithmetic, some inputs each",
    check,
)
.with_inputs(Inputs {
    manifests: &["crates/benchmarks/Cargo.toml"],
    files: &["crates/xtask/src/accuracy.rs"],
    versions: &[],
});

/// As many inputs as a check of every change can afford; campaigns say their own.
const QUICK: [&str; 4] = ["--samples", "20000", "--hard", "2000"];

fn check() -> Checked {
    run(&QUICK).map(|()| Outcome::Passed)
}

pub(crate) fn run(args: &[&str]) -> Result<(), String> {
    let mut accuracy = cargo(&["run", "--release", "--locked", "--bin", "accuracy"]);
    accuracy
        .arg("--target-dir")
        .arg(target_dir().join("benchmarks"));
    accuracy.arg("--").args(args);
    run_program(accuracy.current_dir(root().join("crates/benchmarks")))
}
