//! From a file or a text to a [`Design`].

use std::path::Path;

use crate::problem::{self, Invalid, ReadError};
use crate::{parse, Design, Overrides};

/// The largest design file that is read.
pub const LARGEST_FILE: u64 = 16 << 20;

/// A reason why a design could not be loaded.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum LoadError {
    /// The file is no text.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Read(#[from] ReadError),
    /// The text is no design.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Invalid(#[from] Invalid),
}

impl Design {
    /// Reads a design file.
    ///
    /// # Errors
    /// [`LoadError`]: the file can't be read, or all that is wrong with it.
    pub fn load(path: &Path, overrides: Overrides) -> Result<Self, LoadError> {
        let text = problem::read_text(path, LARGEST_FILE)?;
        Ok(Self::parse(&path.display().to_string(), &text, overrides)?)
    }

    /// Reads the text of a design file; `name` is what diagnostics call it.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn parse(name: &str, text: &str, overrides: Overrides) -> Result<Self, Invalid> {
        parse::design(text, overrides).map_err(|problems| Invalid::of(name, text, problems))
    }
}
