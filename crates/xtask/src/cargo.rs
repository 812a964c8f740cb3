//! The steps that are one call of cargo.

use std::time::SystemTime;

use crate::shell::{cargo, program, run, run_quietly, target_dir};
use crate::step::{Checked, Outcome, Step};
use crate::workspace::LIBRARIES;

pub(crate) const FMT: Step = Step::new("fmt", "formatting", fmt);
pub(crate) const CLIPPY: Step = Step::new("clippy", "lints of everything, as errors", clippy);
pub(crate) const TEST: Step = Step::new("test", "the tests of the workspace", test);
pub(crate) const FEATURES: Step = Step::new(
    "features",
    "the library crates' tests, with every feature",
    features,
);
pub(crate) const DOCTEST: Step = Step::new(
    "doctest",
    "the library crates' examples, with every feature",
    doctest,
);
pub(crate) const DOC: Step = Step::new("doc", "the documentation, warnings as errors", doc);
pub(crate) const PACKAGE: Step =
    Step::new("package", "what would be published, built from it", package);

fn passed(command: &mut std::process::Command) -> Checked {
    run(command).map(|()| Outcome::Passed)
}

fn of_libraries<'a>(args: &[&'a str]) -> Vec<&'a str> {
    let packages = LIBRARIES
        .iter()
        .flat_map(|(package, _)| ["--package", *package]);
    args.iter().copied().chain(packages).collect()
}

fn fmt() -> Checked {
    passed(&mut cargo(&["fmt", "--all", "--", "--check"]))
}

fn clippy() -> Checked {
    let what = ["--workspace", "--all-targets", "--all-features", "--locked"];
    let args = [&["clippy"], &what[..], &["--", "-D", "warnings"]].concat();
    passed(&mut cargo(&args))
}

fn test() -> Checked {
    passed(&mut cargo(&["test", "--workspace", "--locked"]))
}

fn features() -> Checked {
    let args = ["test", "--locked", "--all-features", "--lib", "--tests"];
    passed(&mut cargo(&of_libraries(&args)))
}

fn doctest() -> Checked {
    let args = ["test", "--locked", "--all-features", "--doc"];
    passed(&mut cargo(&of_libraries(&args)))
}

fn doc() -> Checked {
    // Of libraries: the command and the facade share a name, and would share a page.
    let mut doc = cargo(&["doc", "--workspace", "--lib", "--no-deps", "--locked"]);
    passed(doc.arg("--all-features").env("RUSTDOCFLAGS", "-D warnings"))
}

/// Packages all that is published and builds each crate from its package.
///
/// In a folder of its own, removed afterwards: cargo verifies beside a registry that it makes under
/// the target folder, and keeps what it unpacked from there in its home by that folder's path and
/// the version alone. In the same folder, a second run would build on the first one's sources.
fn package() -> Checked {
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
