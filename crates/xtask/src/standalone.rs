//! The crates that are workspaces of their own, each with its own lock file.

use crate::shell::{cargo, root, run};
use crate::step::{Checked, Inputs, Outcome, Step};
use crate::{no_panic, onchain, same_bits, size};

pub(crate) const STEP: Step = Step::new(
    "standalone",
    "the crates that are workspaces of their own",
    check,
)
.with_inputs(Inputs {
    manifests: &[
        "crates/benchmarks/*Cargo.toml",
        "crates/checks/*/Cargo.toml",
        "crates/onchain/*/Cargo.toml",
    ],
    files: &[
        "rustfmt.toml",
        "crates/xtask/src/no_panic.rs",
        "crates/xtask/src/onchain.rs",
        "crates/xtask/src/onchain",
        "crates/xtask/src/same_bits.rs",
        "crates/xtask/src/size.rs",
        "crates/xtask/src/size/peers.rs",
        "crates/xtask/src/standalone.rs",
        "crates/xtask/src/workspace.rs",
    ],
    versions: &[],
});

/// Peers side by side: that they compute the same is tested here, how fast is for
/// `cargo xtask bench`.
const BENCHMARKS: &str = "crates/benchmarks";

/// Every folder in these with a manifest is a workspace: what is checked, and programs on chain.
const GROUPS: [&str; 2] = ["crates/checks", "crates/onchain"];

/// Steps of their own check all of it.
const WITH_ANOTHER_STEP: [&str; 7] = [
    onchain::anchor::FOLDER,
    onchain::compute::FOLDER,
    onchain::solana::FOLDER,
    onchain::substrate::FOLDER,
    onchain::soroban::FOLDER,
    onchain::near::FOLDER,
    onchain::stylus::FOLDER,
];

/// Their tests are steps of their own.
const WITH_A_STEP: [&str; 2] = [no_panic::FOLDER, same_bits::FOLDER];

fn check() -> Checked {
    let is_here = |folder: &String| !WITH_ANOTHER_STEP.contains(&folder.as_str());
    for folder in folders()?.into_iter().filter(is_here) {
        println!("in {folder}");
        let cargo_there = |args: &[&str]| {
            let mut command = cargo(args);
            command.current_dir(root().join(&folder));
            run(&mut command)
        };
        cargo_there(&["fmt", "--all", "--", "--check"])?;
        let lint = ["clippy", "--locked", "--all-targets", "--all-features"];
        cargo_there(&[&lint[..], &["--", "-D", "warnings"]].concat())?;
        if folder == BENCHMARKS {
            weighed_peers()?;
            cargo_there(&["test", "--locked", "--all-features", "--lib"])?;
        } else if !WITH_A_STEP.contains(&folder.as_str()) {
            cargo_there(&["test", "--locked"])?;
        }
    }
    Ok(Outcome::Passed)
}

/// The modules whose bytes are those of the peers, one for each: no two have room in one.
fn weighed_peers() -> Result<(), String> {
    let cargo_there = |args: &[&str]| {
        let mut command = cargo(args);
        run(command.current_dir(root().join(size::peers::PROGRAM)))
    };
    cargo_there(&["fmt", "--all", "--", "--check"])?;
    for features in size::peers::programs() {
        let lint = ["clippy", "--locked", "--features", &features];
        cargo_there(&[&lint[..], &["--", "-D", "warnings"]].concat())?;
    }
    Ok(())
}

/// The benchmarks, and every folder of the groups with a manifest.
fn folders() -> Result<Vec<String>, String> {
    let mut folders = vec![BENCHMARKS.to_owned()];
    for group in GROUPS {
        let path = root().join(group);
        let failed = |error: std::io::Error| format!("{group}: {error}");
        for entry in std::fs::read_dir(&path).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            if entry.path().join("Cargo.toml").is_file() {
                folders.push(format!("{group}/{}", entry.file_name().to_string_lossy()));
            }
        }
    }
    folders.sort();
    Ok(folders)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_workspace_is_found_and_steps_are_of_folders_that_are_there() {
        let folders = folders().unwrap();
        assert!(folders.len() >= 6 && folders.iter().any(|folder| folder == BENCHMARKS));
        for folder in WITH_A_STEP.into_iter().chain(WITH_ANOTHER_STEP) {
            assert!(folders.iter().any(|found| found == folder), "{folder}");
        }
    }
}
