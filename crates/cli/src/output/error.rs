//! Errors of the files of a run.

use std::io;
use std::path::{Path, PathBuf};

use miette::Diagnostic;
use thiserror::Error;

/// A reason why the files of a run are not in place.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum OutputError {
    /// Nothing was switched, or all of it was taken back.
    #[error("cannot write {}: {cause}", path.display())]
    #[diagnostic(help(
        "name a folder that can be written with --out DIR; the files of earlier runs are as before"
    ))]
    Unwritten { path: PathBuf, cause: io::Error },
    /// The switch began and could be neither finished nor taken back.
    #[error("cannot put the files of {} in place: {cause}", folder.display())]
    #[diagnostic(help(
        "they wait in its folder .tokenomics; the next run that is written there restores them first"
    ))]
    Unfinished { folder: PathBuf, cause: io::Error },
    /// The lock of the folder is held.
    #[error("another run is writing to {}", .0.display())]
    #[diagnostic(help(
        "wait until it is over, or name another folder with --out DIR; nothing was changed"
    ))]
    Busy(PathBuf),
}

impl OutputError {
    /// Returns what makes an error of the system one about a path.
    pub(crate) fn unwritten(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |cause| Self::Unwritten { path, cause }
    }
}
