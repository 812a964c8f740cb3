//! Building what is changed, again and again.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::target_dir;

/// A mutant is one changed function: what didn't change is not built again, no one debugs it, and no
/// one needs the smallest input that it fails for.
pub(super) fn build_quickly(command: &mut Command, folder: &Path) {
    command
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .envs([("CARGO_INCREMENTAL", "1"), ("CARGO_PROFILE_DEV_DEBUG", "0")])
        .env("PROPTEST_MAX_SHRINK_ITERS", "0");
}

/// A folder in the target directory, for programs that start elsewhere.
pub(super) fn absolute(folder: &str) -> Result<PathBuf, String> {
    std::path::absolute(target_dir().join(folder)).map_err(|error| format!("{folder}: {error}"))
}
