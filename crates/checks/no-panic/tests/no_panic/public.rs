//! The public functions of the crate, read from its source: what is formatted as rustfmt does
//! needs no parser.

use std::collections::BTreeSet;
use std::path::Path;

/// Their paths: `Wad::exp`, `mul_div`, `<Wad as FromStr>::from_str`.
pub fn public_functions(src: &Path) -> BTreeSet<String> {
    let root = std::fs::read_to_string(src.join("lib.rs")).unwrap();
    let reexported = reexported(&root);
    let mut found = BTreeSet::new();
    for text in sources(src) {
        functions_of(&text, &reexported, &mut found);
    }
    found
}

/// What lib.rs makes public: the names in `pub use module::{A, B};`.
fn reexported(root: &str) -> BTreeSet<String> {
    let uses = root
        .lines()
        .filter_map(|line| line.strip_prefix("pub use "));
    let names = uses.flat_map(|path| {
        let (_, names) = path.trim_end_matches(';').split_once("::").unwrap();
        names.trim_matches(['{', '}']).split(", ")
    });
    names.map(str::to_owned).collect()
}

/// The texts of all files, but of what a feature adds: that reads and writes, and computes nothing.
fn sources(folder: &Path) -> Vec<String> {
    let mut sources = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("support") {
            sources.extend(self::sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.push(std::fs::read_to_string(&path).unwrap());
        }
    }
    sources
}

fn functions_of(text: &str, reexported: &BTreeSet<String>, found: &mut BTreeSet<String>) {
    // The block that the line is in: `Wad`, or `<Wad as FromStr>`.
    let mut block: Option<(String, bool)> = None;
    for line in text.lines().take_while(|line| *line != "#[cfg(test)]") {
        if let Some(head) = line.strip_prefix("impl ") {
            block = head
                .strip_suffix(" {")
                .and_then(|head| of_block(head, reexported));
        } else if line == "}" {
            block = None;
        }
        let (indent, rest) = (line.len() - line.trim_start().len(), line.trim_start());
        match (&block, indent) {
            (Some((path, of_trait)), 4) => {
                if let Some(name) = function(rest, !of_trait) {
                    found.insert(format!("{path}::{name}"));
                }
            }
            (None, 0) => {
                found.extend(function(rest, true).filter(|name| reexported.contains(name)));
            }
            _ => {}
        }
    }
}

/// The path of an impl block of a public type, and whether it is a trait's.
fn of_block(head: &str, reexported: &BTreeSet<String>) -> Option<(String, bool)> {
    let last = |path: &str| path.rsplit("::").next().unwrap_or(path).to_owned();
    match head.split_once(" for ") {
        Some((of_trait, name)) => {
            let concerned = reexported
                .iter()
                .any(|public| public == name || of_trait.contains(&format!("<{public}>")));
            concerned.then(|| (format!("<{name} as {}>", last(of_trait)), true))
        }
        None => reexported.contains(head).then(|| (head.to_owned(), false)),
    }
}

/// The name of the function whose head a line is.
fn function(line: &str, only_public: bool) -> Option<String> {
    let line = match line.strip_prefix("pub ") {
        Some(rest) => rest,
        None if only_public => return None,
        None => line,
    };
    let line = line.strip_prefix("const ").unwrap_or(line);
    let name = line.strip_prefix("fn ")?.split(['(', '<']).next()?;
    Some(name.to_owned())
}
