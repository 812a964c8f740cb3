//! The public types of a crate, as its sources name them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Returns the names of the structs, enums and type aliases that the root of a crate exports.
pub(crate) fn types(krate: &str) -> BTreeSet<String> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let sources = crates.join(krate.replace('_', "-")).join("src");
    let mut names = exported(&sources.join("lib.rs"));
    for folder in [sources, crates.join("internals/src")] {
        for name in traits(&folder) {
            names.remove(&name);
        }
    }
    assert!(names.contains("Error"), "{krate}");
    names
}

/// The names in the `pub use` of a file, and of the module whose whole content it exports.
fn exported(file: &Path) -> BTreeSet<String> {
    let source = fs::read_to_string(file).unwrap();
    let mut names = BTreeSet::new();
    for item in source.split("\npub use ").skip(1) {
        let item = item.split(';').next().unwrap();
        if let Some(module) = item.strip_suffix("::*") {
            let path = file.with_file_name(format!("{module}.rs"));
            names.extend(exported(&path));
            names.extend(declared(
                &fs::read_to_string(path).unwrap(),
                &["enum", "struct"],
            ));
        } else {
            let words = item.split(|c: char| !c.is_alphanumeric() && c != '_');
            let types = words.filter(|word| is_type(word));
            names.extend(types.map(str::to_owned));
        }
    }
    names
}

/// Types begin with a capital letter, and have a small one unless they are a letter and digits.
fn is_type(word: &str) -> bool {
    let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
    capital && !word.contains('_') && (word.len() > 1)
}

/// The names after `pub` and one of the words.
fn declared(source: &str, words: &[&str]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for word in words {
        let begin = format!("pub {word} ");
        let items = source
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix(&begin));
        let plain = |rest: &str| {
            rest.split(|c: char| !c.is_alphanumeric())
                .next()
                .unwrap()
                .to_owned()
        };
        names.extend(items.map(plain));
    }
    names
}

/// The traits that the files of a folder declare.
fn traits(folder: &Path) -> BTreeSet<String> {
    let all = files(folder).into_iter();
    all.flat_map(|file| declared(&fs::read_to_string(file).unwrap(), &["trait"]))
        .collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let below = |path: PathBuf| {
        if path.is_dir() {
            files(&path)
        } else {
            vec![path]
        }
    };
    entries.flat_map(below).collect()
}

#[test]
fn what_a_crate_exports_is_found() {
    let vesting = types("vesting");
    for name in ["Linear", "Grant", "SimpleSchedule", "Node", "Each", "Error"] {
        assert!(vesting.contains(name), "{name}");
    }
    assert!(
        !vesting.contains("Schedule") && !vesting.contains("Store"),
        "a trait"
    );
    assert!(types("fixed_math").contains("U256"));
}
