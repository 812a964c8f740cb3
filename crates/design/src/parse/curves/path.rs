//! A path that a curve follows: a list of tables, each with a value and, but for the first, a `from`.

use toml::de::DeValue;

use super::clock::Clock;
use super::keys::{end, list, phase_start};
use crate::problem::Problem;
use crate::section::{Section, Wrong};
use crate::Stage;

/// The path under a key, and the emission's end, if it has one, which comes after the last change.
pub(super) fn path<V>(
    section: &mut Section<'_>,
    clock: Clock,
    from: u64,
    (key, name): (&'static str, &str),
    (value_key, read): (
        &'static str,
        impl Fn(&DeValue<'_>) -> Result<V, Wrong> + Copy,
    ),
) -> Option<(Vec<Stage<V>>, Option<u64>)> {
    let end = end(section, clock, from);
    let list = list(section, key, &format!("a {name} of {}", section.name));
    let mut wrong = list.is_empty();
    let mut path: Vec<Stage<V>> = Vec::new();
    for mut table in list {
        let start = phase_start(&mut table, clock, from, path.last().map(|last| last.from));
        let value = table.required(value_key, read);
        match (start, value) {
            (Some(from), Some(value)) => path.push(Stage {
                from,
                value: value.value,
            }),
            _ => wrong = true,
        }
        table.finish();
    }
    let (last, end) = (path.last().filter(|_| !wrong)?.from, end?);
    if end.is_some_and(|end| end <= last) {
        let message = format!("{} ends before the last change of its {name}", section.name);
        let span = section.key_span("end");
        section
            .problems
            .push(Problem::new(span, message, "too early", ""));
        return None;
    }
    Some((path, end))
}
