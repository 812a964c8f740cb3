//! docs/laws.md, the property tests and the tables of the fuzzer name the same laws.

use std::collections::BTreeSet;
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The texts between backquotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// (crate, law) for each law of the page: the first cell of a table's row, or what a row says after
/// "Also".
fn documented() -> BTreeSet<(String, String)> {
    let page = read("docs/laws.md");
    let mut laws = BTreeSet::new();
    let mut of = None;
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            of = quoted(heading).next().map(str::to_owned);
        } else if let (Some(of), true) = (&of, line.starts_with("| `")) {
            let cell = line.split('|').nth(1).unwrap();
            let also = line.split_once("Also ").map_or("", |(_, also)| also);
            let names = quoted(cell).chain(quoted(also));
            laws.extend(names.map(|name| (of.clone(), name.to_owned())));
        }
    }
    laws
}

/// (crate, law) for each line of a fuzz target's table, `|arguments| law(arguments),`.
fn fuzzed() -> Vec<(String, String)> {
    let mut laws = Vec::new();
    for entry in std::fs::read_dir(root().join("fuzz/fuzz_targets")).unwrap() {
        let path = entry.unwrap().path();
        let of = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let (_, table) = text.split_once("laws! {\n").expect(&of);
        let (table, _) = table.split_once("\n}").expect(&of);
        let calls = table.lines().map(|line| line.rsplit('|').next().unwrap());
        let names = calls.filter_map(|call| call.split_once('('));
        laws.extend(names.map(|(name, _)| (of.clone(), name.trim().to_owned())));
    }
    laws
}

/// The texts of all files of a folder whose names begin so.
fn all_of(folder: &str, beginning: &str) -> String {
    let entries = std::fs::read_dir(root().join(folder)).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let chosen = paths.filter(|path| {
        let name = path.file_name().unwrap().to_string_lossy();
        path.is_file() && name.starts_with(beginning)
    });
    chosen
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect()
}

#[test]
fn every_law_is_called_by_the_fuzzer_and_nothing_else_is() {
    let listed = fuzzed();
    let laws: BTreeSet<_> = listed.iter().cloned().collect();
    assert!(laws.len() > 40, "{laws:?}");
    assert_eq!(laws.len(), listed.len(), "a law stands there twice");
    assert_eq!(laws, documented());
    let manifest = read("fuzz/Cargo.toml");
    for (of, _) in laws {
        assert!(manifest.contains(&format!("name = \"{of}\"")), "{of}");
    }
}

#[test]
fn every_law_is_a_function_that_a_property_test_of_its_name_calls() {
    for (of, law) in documented() {
        let folder = format!("crates/{}/tests", of.replace('_', "-"));
        let laws = all_of(&format!("{folder}/laws"), "");
        assert!(
            laws.contains(&format!("fn {law}(")),
            "{of}: no function {law}"
        );
        let tests = all_of(&folder, "properties");
        assert!(tests.contains(&format!("fn {law}")), "{of}: no test {law}");
        assert!(
            tests.contains(&format!("laws::{law}(")),
            "{of}: nothing calls {law}"
        );
    }
}
