use std::fs;

use tempfile::TempDir;

use super::*;

/// A repository with files of two folders, all committed, and one that isn't an input.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("a/one.rs", "fn one() {}\n"),
        ("a/two.rs", "fn two() {}\n"),
        ("b/Cargo.lock", "version = 4\n"),
        ("c/other.rs", "fn other() {}\n"),
        (".gitignore", "target/\n"),
    ] {
        fs::create_dir_all(folder.path().join(name).parent().unwrap()).unwrap();
        fs::write(folder.path().join(name), text).unwrap();
    }
    git(&folder, &["init", "--quiet"]);
    git(&folder, &["add", "--all"]);
    let who = ["-c", "user.name=x", "-c", "user.email=x@example.org"];
    let commit = ["commit", "--quiet", "--message", "all"];
    git(&folder, &[&who[..], &commit].concat());
    folder
}

fn git(folder: &TempDir, args: &[&str]) {
    run_quietly(program("git", args).current_dir(folder.path())).unwrap();
}

fn found(folder: &TempDir, patterns: &[&str]) -> Found {
    Found {
        root: folder.path().to_owned(),
        patterns: owned(patterns),
        versions: vec!["rustc 1.95.0\n".to_owned()],
    }
}

fn hash(folder: &TempDir) -> String {
    found(folder, &["a", "b/Cargo.lock"]).hash().unwrap()
}

#[test]
fn one_byte_of_any_input_changes_the_hash_and_of_no_other_file() {
    let folder = repository();
    let before = hash(&folder);
    assert_eq!(before.len(), 64);
    for (name, is_input) in [
        ("a/one.rs", true),
        ("a/two.rs", true),
        ("b/Cargo.lock", true),
        ("c/other.rs", false),
    ] {
        let path = folder.path().join(name);
        let text = fs::read(&path).unwrap();
        for at in 0..text.len() {
            let mut changed = text.clone();
            changed[at] ^= 1;
            fs::write(&path, changed).unwrap();
            assert_eq!(hash(&folder) != before, is_input, "byte {at} of {name}");
        }
        fs::write(&path, text).unwrap();
    }
    assert_eq!(hash(&folder), before);
}

#[test]
fn a_file_that_comes_goes_or_moves_changes_the_hash() {
    let folder = repository();
    let (before, path) = (hash(&folder), |name: &str| folder.path().join(name));
    fs::write(path("a/three.rs"), "").unwrap();
    assert_ne!(hash(&folder), before, "one that git doesn't know");
    fs::remove_file(path("a/three.rs")).unwrap();
    assert_eq!(hash(&folder), before);
    fs::rename(path("a/two.rs"), path("a/zwei.rs")).unwrap();
    assert_ne!(hash(&folder), before, "one that has another name");
    fs::rename(path("a/zwei.rs"), path("a/two.rs")).unwrap();
    let (one, two) = (
        fs::read(path("a/one.rs")).unwrap(),
        fs::read(path("a/two.rs")).unwrap(),
    );
    fs::write(path("a/one.rs"), [one.clone(), two].concat()).unwrap();
    fs::write(path("a/two.rs"), "").unwrap();
    assert_ne!(hash(&folder), before, "the same bytes in other files");
    fs::write(path("a/one.rs"), one).unwrap();
    fs::remove_file(path("a/two.rs")).unwrap();
    assert_ne!(hash(&folder), before, "one that is gone");
}

#[test]
fn two_files_are_not_one_with_the_texts_of_both() {
    let folder = repository();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a/one.rs"), "x").unwrap();
    fs::write(path("a/two.rs"), "y").unwrap();
    let two = hash(&folder);
    fs::write(path("a/one.rs"), "x:a/two.rs:y").unwrap();
    fs::remove_file(path("a/two.rs")).unwrap();
    assert_ne!(hash(&folder), two);
}

#[test]
fn what_git_ignores_is_no_input() {
    let folder = repository();
    let before = hash(&folder);
    fs::create_dir_all(folder.path().join("a/target")).unwrap();
    fs::write(folder.path().join("a/target/one.o"), "object").unwrap();
    assert_eq!(hash(&folder), before);
}

#[test]
fn the_order_of_patterns_and_how_often_a_file_is_named_change_nothing() {
    let folder = repository();
    let other = found(&folder, &["b/Cargo.lock", "a/two.rs", "a", "a/*.rs"]);
    assert_eq!(other.hash().unwrap(), hash(&folder));
}

#[test]
fn another_version_of_a_tool_changes_the_hash() {
    let folder = repository();
    let mut found = found(&folder, &["a", "b/Cargo.lock"]);
    found.versions = vec!["rustc 1.95.1\n".to_owned()];
    assert_ne!(found.hash().unwrap(), hash(&folder));
    found.versions = vec!["rustc 1.95.0\n".to_owned(), "node 24\n".to_owned()];
    assert_ne!(found.hash().unwrap(), hash(&folder));
}

#[test]
fn a_pattern_without_a_file_is_an_error() {
    let folder = repository();
    assert!(found(&folder, &["a", "d"]).hash().is_err());
}

#[test]
fn what_is_not_committed_is_named() {
    let folder = repository();
    let uncommitted = || found(&folder, &["a"]).uncommitted().unwrap();
    fs::write(folder.path().join("c/other.rs"), "").unwrap();
    assert_eq!(uncommitted(), "");
    fs::write(folder.path().join("a/one.rs"), "").unwrap();
    fs::write(folder.path().join("a/three.rs"), "").unwrap();
    let uncommitted = uncommitted();
    assert!(uncommitted.contains("a/one.rs") && uncommitted.contains("a/three.rs"));
}

const NO_PANIC: Inputs = Inputs {
    manifests: &["crates/checks/no-panic/Cargo.toml"],
    files: &["crates/xtask/src/no_panic.rs"],
    versions: &[],
};

#[test]
fn a_steps_inputs_are_its_program_what_it_is_built_from_and_with_and_the_step_itself() {
    let found = Found::of(&NO_PANIC).unwrap();
    let files = found.files().unwrap();
    for name in [
        ".cargo/config.toml",
        "Cargo.toml",
        "crates/checks/no-panic/Cargo.lock",
        "crates/checks/no-panic/src/wad.rs",
        "crates/checks/no-panic/tests/no_panic/main.rs",
        "crates/fixed-math/Cargo.toml",
        "crates/fixed-math/src/wad.rs",
        "crates/xtask/src/no_panic.rs",
        "crates/xtask/src/shell.rs",
        "rust-toolchain.toml",
    ] {
        assert!(files.contains(name), "{name}");
    }
    assert!(!files.iter().any(|name| name.starts_with("crates/vesting/")));
    assert!(found.versions[0].starts_with("rustc "));
}

#[test]
fn a_tool_that_is_not_there_is_an_error() {
    let inputs = Inputs {
        versions: &[&["no-such-tool", "--version"]],
        ..NO_PANIC
    };
    assert!(Found::of(&inputs).is_err());
}
