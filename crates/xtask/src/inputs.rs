//! Everything that a step's verdict depends on, as one hash.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::shell::{program, root, run_quietly};
use crate::step::Inputs;
use crate::workspace::sources;

/// What every step depends on: the compiler's name, cargo's settings, and how programs are run here.
const COMMON: [&str; 4] = [
    "rust-toolchain.toml",
    ".cargo",
    "crates/xtask/src/shell.rs",
    "crates/xtask/src/toolchain.rs",
];
/// The compiler that is in fact there.
const RUSTC: &[&str] = &["rustc", "-vV"];
/// Variables that change what is built.
const VARIABLES: [&str; 2] = ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"];

/// A step's inputs as they are found here.
pub(crate) struct Found {
    root: PathBuf,
    /// Patterns of git's, from the root.
    patterns: Vec<String>,
    versions: Vec<String>,
}

impl Found {
    /// Asks cargo for the path dependencies and every tool for its version; an error is a tool that
    /// isn't there, or no repository.
    pub(crate) fn of(inputs: &Inputs) -> Result<Self, String> {
        let root = root();
        let manifests = listed(&root, &owned(inputs.manifests))?;
        let manifests: Vec<_> = manifests.iter().map(|name| root.join(name)).collect();
        let mut patterns = owned(&[&COMMON, inputs.files].concat());
        for path in sources(&manifests)? {
            let relative = path.strip_prefix(&root);
            let relative = relative.map_err(|error| format!("{}: {error}", path.display()))?;
            patterns.push(relative.to_string_lossy().into_owned());
        }
        let mut versions = Vec::new();
        for line in [&[RUSTC], inputs.versions].concat() {
            let (name, args) = line.split_first().unwrap_or((&"", &[]));
            versions.push(run_quietly(&mut program(name, args))?);
        }
        let set = |name| Some(format!("{name}={}", std::env::var_os(name)?.display()));
        versions.extend(VARIABLES.into_iter().filter_map(set));
        Ok(Self {
            root,
            patterns,
            versions,
        })
    }

    /// Hashes the versions and the name and content of every file, changes that aren't committed and
    /// files that git doesn't know yet included, but none that it ignores.
    pub(crate) fn hash(&self) -> Result<String, String> {
        let mut hash = Sha256::new();
        // With its length before it, no text runs into the next.
        let mut add = |bytes: &[u8]| {
            hash.update(bytes.len().to_string());
            hash.update(":");
            hash.update(bytes);
        };
        for version in &self.versions {
            add(version.as_bytes());
        }
        for name in self.files()? {
            let content = std::fs::read(self.root.join(&name));
            add(name.as_bytes());
            add(&content.map_err(|error| format!("{name}: {error}"))?);
        }
        let mut text = String::new();
        for byte in hash.finalize() {
            write!(text, "{byte:02x}").map_err(|error| error.to_string())?;
        }
        Ok(text)
    }

    /// The names of the files, from the root, in order.
    pub(crate) fn files(&self) -> Result<BTreeSet<String>, String> {
        listed(&self.root, &self.patterns)
    }

    /// The files with changes that aren't committed, a line each.
    pub(crate) fn uncommitted(&self) -> Result<String, String> {
        let mut status = program("git", &["status", "--porcelain", "--"]);
        run_quietly(status.args(&self.patterns).current_dir(&self.root))
    }
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The files that are there, in order; a pattern without one is an error, as it is misspelt.
fn listed(root: &Path, patterns: &[String]) -> Result<BTreeSet<String>, String> {
    let mut all = BTreeSet::new();
    for pattern in patterns {
        let which = ["--cached", "--others", "--exclude-standard", "--", pattern];
        let mut list = program("git", &["ls-files", "-z"]);
        let names = run_quietly(list.args(which).current_dir(root))?;
        let names = names.split_terminator('\0');
        // What is deleted, but not yet for the repository, is not there.
        let mut names = names.filter(|name| root.join(name).is_file()).peekable();
        if names.peek().is_none() {
            return Err(format!("no file is {pattern}"));
        }
        all.extend(names.map(str::to_owned));
    }
    Ok(all)
}

#[cfg(test)]
mod tests;
