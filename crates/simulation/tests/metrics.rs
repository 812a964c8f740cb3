//! docs/metrics.md is the registry.

use std::collections::BTreeSet;
use std::path::Path;

use tokenomics_simulation::metrics::{METRICS, SERIES, SERIES_OF_EACH};

#[test]
fn the_page_lists_the_registry_word_for_word() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/metrics.md");
    let page = std::fs::read_to_string(path).unwrap();
    let rows: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("| `"))
        .collect();
    let told = METRICS.iter().map(|metric| {
        let (id, unit, definition) = (metric.id, metric.unit.name(), metric.definition);
        format!("| `{id}` | {} | {unit} | {definition} |", metric.title)
    });
    let each = SERIES_OF_EACH.iter().map(|metric| {
        let (id, unit, definition) = (metric.id, metric.unit.name(), metric.definition);
        format!("| `{id}:NAME` | {} | {unit} | {definition} |", metric.title)
    });
    assert_eq!(rows, told.chain(each).collect::<Vec<_>>());
}

#[test]
fn names_are_unique_and_the_series_is_of_the_registry() {
    let ids: BTreeSet<&str> = METRICS.iter().map(|metric| metric.id).collect();
    assert_eq!(ids.len(), METRICS.len());
    assert!(SERIES.iter().all(|metric| ids.contains(metric.id)));
}
