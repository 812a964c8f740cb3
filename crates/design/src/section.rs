//! A table of a design file, read key by key with every problem noted and none final.

use std::ops::Range;

use toml::de::{DeTable, DeValue};
use toml::Spanned;

use crate::problem::{Problem, Problems};

/// A value that can't be taken, without its place: what is wrong and what is allowed.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) message: String,
    pub(super) help: String,
}

impl Wrong {
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: help.into(),
        }
    }

    /// The type is another one than the key takes.
    pub(super) fn kind(found: &DeValue<'_>, allowed: &str) -> Self {
        Self::new(format!("expected {allowed}, found {}", name_of(found)), "")
    }
}

fn name_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

/// One table, and which of its keys were asked for.
pub(super) struct Section<'a> {
    table: &'a DeTable<'a>,
    /// As a person names it, such as `[[allocation]] "Team"`.
    pub(super) name: String,
    /// The text to underline when something is missing from it.
    pub(super) span: Range<usize>,
    pub(super) problems: &'a Problems,
    asked: Vec<&'static str>,
    unjudged: bool,
}

impl<'a> Section<'a> {
    pub(super) fn new(
        table: &'a DeTable<'a>,
        name: impl Into<String>,
        span: Range<usize>,
        problems: &'a Problems,
    ) -> Self {
        Self {
            table,
            name: name.into(),
            span,
            problems,
            asked: Vec::new(),
            unjudged: false,
        }
    }

    /// The raw value of a key, which is thereby known.
    pub(super) fn raw(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.push(key);
        self.table.get(key)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Returns whether a key is a list of nothing.
    pub(super) fn is_empty_list(&self, key: &str) -> bool {
        let value = self.table.get(key).map(Spanned::get_ref);
        matches!(value, Some(DeValue::Array(values)) if values.is_empty())
    }

    /// The place of a key that is there.
    pub(super) fn key_span(&self, key: &str) -> Range<usize> {
        let found = self.table.get_key_value(key).map(|(key, _)| key.span());
        found.unwrap_or_else(|| self.span.clone())
    }

    /// A key that may be left out.
    pub(super) fn optional<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&DeValue<'a>) -> Result<T, Wrong>,
    ) -> Option<At<T>> {
        let value = self.raw(key)?;
        match read(value.get_ref()) {
            Ok(read) => Some(At {
                value: read,
                span: value.span(),
            }),
            Err(wrong) => {
                let label = format!("`{key}` of {}", self.name);
                self.problems
                    .push(Problem::new(value.span(), wrong.message, label, wrong.help));
                None
            }
        }
    }

    /// A key that may be left out: `Some(None)` where it is, and `None` only where what is said is wrong.
    pub(super) fn said<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&DeValue<'a>) -> Result<T, Wrong>,
    ) -> Option<Option<At<T>>> {
        if self.has(key) {
            return self.optional(key, read).map(Some);
        }
        self.asked.push(key);
        Some(None)
    }

    /// A key that must be there.
    pub(super) fn required<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&DeValue<'a>) -> Result<T, Wrong>,
    ) -> Option<At<T>> {
        if !self.has(key) {
            self.asked.push(key);
            self.missing(key, "");
            return None;
        }
        self.optional(key, read)
    }

    pub(super) fn missing(&self, key: &str, help: &str) {
        let message = format!("{} needs `{key}`", self.name);
        self.problems.push(Problem::new(
            self.span.clone(),
            message,
            format!("`{key}` is missing"),
            help,
        ));
    }

    /// A table inside this one.
    pub(super) fn section(&mut self, key: &'static str, name: &str) -> Option<Section<'a>> {
        let value = self.raw(key)?;
        match value.get_ref() {
            DeValue::Table(table) => {
                Some(Section::new(table, name, self.key_span(key), self.problems))
            }
            other => {
                let wrong = Wrong::kind(other, "a table");
                self.problems
                    .push(Problem::new(value.span(), wrong.message, name, wrong.help));
                None
            }
        }
    }

    /// An array of tables inside this one; a single table counts as an array of one.
    pub(super) fn sections(&mut self, key: &'static str, name: &str) -> Vec<Section<'a>> {
        let Some(value) = self.raw(key) else {
            return Vec::new();
        };
        let one = |value: &'a Spanned<DeValue<'a>>| match value.get_ref() {
            DeValue::Table(table) => Some(Section::new(table, name, value.span(), self.problems)),
            other => {
                let wrong = Wrong::kind(other, "a table");
                self.problems
                    .push(Problem::new(value.span(), wrong.message, name, wrong.help));
                None
            }
        };
        match value.get_ref() {
            DeValue::Array(values) => values.iter().filter_map(one).collect(),
            _ => one(value).into_iter().collect(),
        }
    }

    /// If the key that says which others there may be is wrong itself, the others are not judged.
    pub(super) fn leave_unjudged(&mut self) {
        self.unjudged = true;
    }

    /// Notes every key that nothing asked for, with the nearest that exists.
    pub(super) fn finish(self) {
        if self.unjudged {
            return;
        }
        for (key, _) in self.table.iter() {
            let found = key.get_ref().as_ref();
            if self.asked.contains(&found) {
                continue;
            }
            let near = self
                .asked
                .iter()
                .map(|known| (strsim::jaro_winkler(found, known), known))
                .filter(|(likeness, _)| *likeness > 0.75)
                .max_by(|a, b| a.0.total_cmp(&b.0));
            let label = match near {
                Some((_, known)) => format!("did you mean `{known}`?"),
                None => "not a key of this table".to_owned(),
            };
            let mut known = self.asked.clone();
            known.sort_unstable();
            known.dedup();
            let help = format!("{} takes: {}", self.name, known.join(", "));
            let message = format!("unknown key `{found}` in {}", self.name);
            self.problems
                .push(Problem::new(key.span(), message, label, help));
        }
    }
}
