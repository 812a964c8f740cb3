//! A check by its name, and how it may end.

/// How a step that didn't fail ended.
pub(crate) enum Outcome {
    /// All of it was checked.
    Passed,
    /// What the machine doesn't have was left out, and why.
    Skipped(String),
}

/// What a step comes to: an `Err` is a failed check.
pub(crate) type Checked = Result<Outcome, String>;

/// A named check.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) run: fn() -> Checked,
}

impl Step {
    pub(crate) const fn new(name: &'static str, about: &'static str, run: fn() -> Checked) -> Self {
        Self { name, about, run }
    }
}
