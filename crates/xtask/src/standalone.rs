//! The crates that are workspaces of their own, each with its own lock file.

use crate::check::{Checked, Outcome};
use crate::shell::{cargo, root, run};
use crate::{differential, no_panic, same_bits, size};

/// Peers side by side: that they compute the same is tested here, how fast is for
/// `cargo xtask bench`.
const BENCHMARKS: &str = "crates/benchmarks";

/// The fee markets beside alloy's.
const BESIDE_ALLOY: &str = "crates/beside-alloy";

/// What the tests on chain build for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Their tests are steps of their own.
const WITH_A_STEP: [&str; 2] = [no_panic::FOLDER, same_bits::FOLDER];

pub(crate) fn check() -> Checked {
    for folder in folders()? {
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

/// The benchmarks, what is run beside others' code, and every folder of crates/onchain with a manifest.
fn folders() -> Result<Vec<String>, String> {
    let onchain = root().join("crates/onchain");
    let entries = std::fs::read_dir(&onchain).map_err(|e| format!("{}: {e}", onchain.display()))?;
    let mut folders = [BENCHMARKS, BESIDE_ALLOY, differential::FOLDER]
        .map(str::to_owned)
        .to_vec();
    for entry in entries {
        let entry = entry.map_err(|e| format!("{}: {e}", onchain.display()))?;
        if entry.path().join("Cargo.toml").is_file() {
            folders.push(format!(
                "crates/onchain/{}",
                entry.file_name().to_string_lossy()
            ));
        }
    }
    folders.sort();
    Ok(folders)
}
