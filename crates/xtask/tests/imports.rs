//! Imports point one way: no module of this crate comes to itself through those that it names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

type Graph = BTreeMap<String, BTreeSet<String>>;

/// The modules that a source names after `crate::`, alone or in braces.
fn named(source: &str) -> impl Iterator<Item = String> + '_ {
    let list = |rest: &str| match rest.strip_prefix('{') {
        Some(list) => list.split('}').next().unwrap().to_owned(),
        None => rest.split([':', ';', ' ']).next().unwrap().to_owned(),
    };
    let lists = source.split("crate::").skip(1).map(list);
    lists.flat_map(|list| {
        let names: Vec<_> = list.split(',').map(|name| name.trim().to_owned()).collect();
        names
    })
}

/// Adds what each file of a folder names, to its own name or, below the first folder, to `of`.
fn add(graph: &mut Graph, folder: &Path, of: Option<&str>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let module = of.unwrap_or(stem);
        if path.is_dir() {
            add(graph, &path, Some(module));
        } else {
            let source = fs::read_to_string(&path).unwrap();
            let names = graph.entry(module.to_owned()).or_default();
            names.extend(named(&source).filter(|name| name != module));
        }
    }
}

/// Takes away, again and again, the modules that name none that is left; what stays goes in circles.
fn circles(mut graph: Graph) -> Vec<String> {
    loop {
        let left: BTreeSet<_> = graph.keys().cloned().collect();
        graph.retain(|_, names| names.iter().any(|name| left.contains(name)));
        if graph.len() == left.len() {
            return left.into_iter().collect();
        }
    }
}

#[test]
fn no_module_names_itself_through_others() {
    let mut graph = Graph::new();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    add(&mut graph, &sources, None);
    assert!(graph["check"].contains("miri") && graph["miri"].contains("step"));
    assert_eq!(circles(graph), Vec::<String>::new());
}

#[test]
fn a_circle_is_found() {
    let graph = |sources: &[(&str, &str)]| -> Graph {
        let names = |source| named(source).collect();
        let pairs = sources.iter();
        pairs
            .map(|(name, source)| ((*name).to_owned(), names(source)))
            .collect()
    };
    let list = ("list", "use crate::{a,\n    b};\n");
    let round = [list, ("a", "use crate::b::X;"), ("b", "crate::a::f()")];
    assert_eq!(circles(graph(&round)), ["a", "b", "list"]);
    let open = [list, ("a", "use crate::b::X;"), ("b", "use super::*;")];
    assert!(circles(graph(&open)).is_empty());
}
