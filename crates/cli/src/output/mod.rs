//! The files of a run: all of them, or none.

mod error;
mod lock;
mod staged;
mod switch;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tokenomics_simulation::{write_report, write_series, Run, Summary};

pub(crate) use error::OutputError;
pub(crate) use staged::Staged;

/// A file that a run leaves in its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OutputFile {
    Report,
    Series,
    Summary,
}

impl OutputFile {
    /// The summary is last: where files can only be put in place one after another, it tells a
    /// reader that the others are there.
    pub(crate) const ALL: [Self; 3] = [Self::Report, Self::Series, Self::Summary];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Report => "report.html",
            Self::Series => "series.csv",
            Self::Summary => "summary.json",
        }
    }
}

/// Returns the folder of a run that was not told one.
pub(crate) fn default_folder(symbol: &str) -> PathBuf {
    Path::new("out").join(file_name(symbol))
}

/// Returns a name that can't leave its folder: letters and digits, and `-` for anything else.
pub(crate) fn file_name(name: &str) -> String {
    let safe = |c: char| {
        if c.is_alphanumeric() || c == '_' {
            c
        } else {
            '-'
        }
    };
    let name: String = name.chars().map(safe).collect();
    let name = name.trim_matches('-');
    if name.is_empty() {
        "token".to_owned()
    } else {
        name.to_owned()
    }
}

pub(crate) fn to_json(summary: &Summary) -> serde_json::Result<String> {
    serde_json::to_string_pretty(summary).map(|text| text + "\n")
}

/// Writes the files of a run and puts them in place.
pub(crate) fn write(run: &Run<'_>, summary: &Summary, staged: Staged) -> Result<(), OutputError> {
    staged.write(OutputFile::Report, |out| {
        write_report(run, out).map_err(io::Error::other)
    })?;
    staged.write(OutputFile::Series, |out| {
        write_series(run, out).map_err(io::Error::other)
    })?;
    staged.write(OutputFile::Summary, |out| {
        out.write_all(to_json(summary).map_err(io::Error::other)?.as_bytes())
    })?;
    staged.commit()
}
