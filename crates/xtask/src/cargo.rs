//! The steps that are one call of cargo.

use std::time::SystemTime;

use crate::check::{Checked, Outcome};
use crate::shell::{cargo, program, run, run_quietly, target_dir};

/// The crates that programs on chain embed: no std, rustc 1.84. Package, folder under crates/.
pub(crate) const LIBRARIES: [(&str, &str); 9] = [
    ("tokenomics-fixed-math", "fixed-math"),
    ("tokenomics-internals", "internals"),
    ("tokenomics-vesting", "vesting"),
    ("tokenomics-emission-curves", "emission-curves"),
    ("tokenomics-rate-controllers", "rate-controllers"),
    ("tokenomics-escrow-weighting", "escrow-weighting"),
    ("tokenomics-fee-split", "fee-split"),
    ("tokenomics-haircut-collateral", "haircut-collateral"),
    ("tokenomics", "tokenomics"),
];

fn passed(command: &mut std::process::Command) -> Checked {
    run(command).map(|()| Outcome::Passed)
}

fn of_libraries<'a>(args: &[&'a str]) -> Vec<&'a str> {
    let packages = LIBRARIES
        .iter()
        .flat_map(|(package, _)| ["--package", *package]);
    args.iter().copied().chain(packages).collect()
}

pub(crate) fn fmt() -> Checked {
    passed(&mut cargo(&["fmt", "--all", "--", "--check"]))
}

pub(crate) fn clippy() -> Checked {
    let what = ["--workspace", "--all-targets", "--all-features", "--locked"];
    let args = [&["clippy"], &what[..], &["--", "-D", "warnings"]].concat();
    passed(&mut cargo(&args))
}

pub(crate) fn test() -> Checked {
    passed(&mut cargo(&["test", "--workspace", "--locked"]))
}

pub(crate) fn features() -> Checked {
    let args = ["test", "--locked", "--all-features", "--lib", "--tests"];
    passed(&mut cargo(&of_libraries(&args)))
}

pub(crate) fn doctest() -> Checked {
    let args = ["test", "--locked", "--all-features", "--doc"];
    passed(&mut cargo(&of_libraries(&args)))
}

pub(crate) fn doc() -> Checked {
    // Of libraries: the command and the facade share a name, and would share a page.
    let mut doc = cargo(&["doc", "--workspace", "--lib", "--no-deps", "--locked"]);
    passed(doc.arg("--all-features").env("RUSTDOCFLAGS", "-D warnings"))
}

/// Packages all that is published and builds each crate from its package.
///
/// In a folder of its own, removed afterwards: cargo verifies beside a registry that it makes under
/// the target folder, and keeps what it unpacked from there in its home by that folder's path and
/// the version alone. In the same folder, a second run would build on the first one's sources.
pub(crate) fn package() -> Checked {
    let mut args = vec!["package", "--workspace", "--exclude", "xtask", "--locked"];
    let changes = run_quietly(&mut program("git", &["status", "--porcelain"]))?;
    if !changes.is_empty() {
        println!("uncommitted changes are packaged too");
        args.push("--allow-dirty");
    }
    let folder = target_dir().join(format!("package-{}", unlike_any_before()?));
    let verdict = passed(cargo(&args).env("CARGO_TARGET_DIR", &folder));
    // Only space is lost where it can't be removed, and the verdict stands.
    drop(std::fs::remove_dir_all(&folder));
    verdict
}

/// A name that no other run has had: the time in nanoseconds.
fn unlike_any_before() -> Result<u128, String> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since
        .map(|elapsed| elapsed.as_nanos())
        .map_err(|error| format!("the clock stands before 1970: {error}"))
}
