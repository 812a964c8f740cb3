//! A check by its name, what its verdict depends on, and how it may end.

/// How a step that didn't fail ended.
pub(crate) enum Outcome {
    /// All of it was checked.
    Passed,
    /// What the machine doesn't have was left out, and why.
    Skipped(String),
}

/// What a step comes to: an `Err` is a failed check.
pub(crate) type Checked = Result<Outcome, String>;

/// What comes of a command that can't be left out.
pub(crate) fn passed(done: Result<(), String>) -> Checked {
    done.map(|()| Outcome::Passed)
}

/// What comes of a command whose user reads what it says.
pub(crate) fn said(outcome: Checked) -> Result<(), String> {
    if let Outcome::Skipped(why) = outcome? {
        println!("skipped: {why}");
    }
    Ok(())
}

/// A named check.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) run: fn() -> Checked,
    /// None where it runs every time.
    pub(crate) inputs: Option<Inputs>,
}

impl Step {
    pub(crate) const fn new(name: &'static str, about: &'static str, run: fn() -> Checked) -> Self {
        Self {
            name,
            about,
            run,
            inputs: None,
        }
    }

    /// The step, which need not run again on the same inputs.
    pub(crate) const fn with_inputs(self, inputs: Inputs) -> Self {
        Self {
            inputs: Some(inputs),
            ..self
        }
    }
}

/// Everything that a step's verdict depends on, but what is common to all (see `inputs`). Patterns
/// are git's, from the root.
#[derive(Clone, Copy)]
pub(crate) struct Inputs {
    /// The manifests of what it builds: their folders count, their lock files, and the folders of all
    /// path dependencies.
    pub(crate) manifests: &'static [&'static str],
    /// What else it reads, its own sources in this crate among it.
    pub(crate) files: &'static [&'static str],
    /// Command lines that print the versions of what it runs, beside the pinned rustc.
    pub(crate) versions: &'static [&'static [&'static str]],
}
