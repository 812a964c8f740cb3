//! docs/laws.md, the property tests and the fuzz targets name the same laws.

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

#[test]
fn every_law_has_a_fuzz_target_and_every_fuzz_target_a_law() {
    let targets = std::fs::read_dir(root().join("fuzz/fuzz_targets")).unwrap();
    let targets: BTreeSet<String> = targets
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    let laws: BTreeSet<String> = documented()
        .into_iter()
        .map(|(of, law)| format!("{of}_{law}"))
        .collect();
    assert!(laws.len() > 40, "{laws:?}");
    assert_eq!(targets, laws);
    let manifest = read("fuzz/Cargo.toml");
    for target in targets {
        assert!(
            manifest.contains(&format!("name = \"{target}\"")),
            "{target}"
        );
    }
}

#[test]
fn every_law_is_a_function_that_a_property_test_of_its_name_calls() {
    for (of, law) in documented() {
        let folder = format!("crates/{}/tests", of.replace('_', "-"));
        let files = std::fs::read_dir(root().join(&folder).join("laws")).unwrap();
        let file = |entry: std::io::Result<std::fs::DirEntry>| {
            std::fs::read_to_string(entry.unwrap().path()).unwrap()
        };
        let laws: String = files.map(file).collect();
        assert!(
            laws.contains(&format!("fn {law}(")),
            "{of}: no function {law}"
        );
        let tests = read(&format!("{folder}/properties.rs"));
        assert!(tests.contains(&format!("fn {law}")), "{of}: no test {law}");
        assert!(
            tests.contains(&format!("laws::{law}(")),
            "{of}: nothing calls {law}"
        );
    }
}
