//! Tables in JSON: a list of objects, of which each is a row.

use std::collections::{HashMap, HashSet};
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::source::{Grid, Source};
use super::ImportError;

/// An object, with its names in their order and each value as it is written.
struct Row<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Row<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object, which is a row of the table")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = map.next_entry()? {
                    values.push(value);
                }
                Ok(values)
            }
        }
        deserializer.deserialize_map(Names).map(Row)
    }
}

/// Reads the text of a table from JSON.
pub(super) fn read(file: &str, text: &str) -> Result<Source, ImportError> {
    let rows: Vec<Row<'_>> = serde_json::from_str(text).map_err(|error| {
        let message = format!("{file}: {error}");
        ImportError::refused(
            message,
            "a table in JSON is a list of objects, one for each row",
        )
    })?;
    if rows.is_empty() {
        return Err(ImportError::refused(
            format!("{file} holds no rows"),
            "an object for each",
        ));
    }
    let mut grid = Grid::default();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let refused = |number: usize, message: String, help| {
        ImportError::refused(format!("{file}, row {number}: {message}"), help)
    };
    for (number, Row(values)) in (1..).zip(&rows) {
        let mut seen = HashSet::new();
        for (name, value) in values {
            let next = places.len();
            let place = *places.entry(name).or_insert(next);
            if !seen.insert(place) {
                let message = format!("`{name}` stands there twice");
                return Err(refused(number, message, "each name once in a row"));
            }
            let Some(cell) = cell(value) else {
                let message = format!("`{name}` is a list or an object");
                return Err(refused(number, message, "a cell is text, a number or null"));
            };
            let header = if place == next {
                grid.put(0, place, name.clone())
            } else {
                Ok(())
            };
            let put = header.and_then(|()| grid.put(number, place, cell));
            put.map_err(|message| refused(number, message, "split the table"))?;
        }
    }
    Ok(Source {
        name: file.to_owned(),
        text: grid.into_text(),
        notes: Vec::new(),
    })
}

/// The text of a value, with numbers digit by digit; `None` for one that holds others.
fn cell(value: &RawValue) -> Option<String> {
    let raw = value.get();
    match raw.as_bytes().first()? {
        b'"' => serde_json::from_str(raw).ok(),
        b'[' | b'{' => None,
        b'n' => Some(String::new()),
        _ => Some(raw.to_owned()),
    }
}
