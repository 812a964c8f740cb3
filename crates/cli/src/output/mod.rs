//! The files of a run: all of them, or none.

mod error;
mod lock;
mod staged;
mod switch;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;
use tokenomics_simulation::backtest::Judged;
use tokenomics_simulation::{
    run_with, write_backtest, write_report, BacktestSummary, Design, Run, RunError, SeriesWriter,
    Summary,
};

pub(crate) use error::OutputError;
pub(crate) use staged::Staged;

/// A file that a run leaves in its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OutputFile {
    Report,
    Series,
    Summary,
    Backtest,
    BacktestSummary,
}

impl OutputFile {
    /// Those of a run. The summary is last: where files can only be put in place one after another, it tells a
    /// reader that the others are there.
    pub(crate) const RUN: [Self; 3] = [Self::Report, Self::Series, Self::Summary];

    /// Those of a backtest.
    pub(crate) const BACKTEST: [Self; 2] = [Self::Backtest, Self::BacktestSummary];

    /// Those that any command leaves, so that each can end what another was killed in.
    pub(crate) const ALL: [Self; 5] = [
        Self::Report,
        Self::Series,
        Self::Summary,
        Self::Backtest,
        Self::BacktestSummary,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Report => "report.html",
            Self::Series => "series.csv",
            Self::Summary => "summary.json",
            Self::Backtest => "backtest.html",
            Self::BacktestSummary => "backtest.json",
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

pub(crate) fn to_json(summary: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string_pretty(summary).map(|text| text + "\n")
}

/// An end of a run that has no files: the run or the folder refused.
#[derive(Debug)]
pub(crate) enum Stopped {
    Run(RunError),
    Output(OutputError),
}

impl From<RunError> for Stopped {
    fn from(error: RunError) -> Self {
        Self::Run(error)
    }
}

impl From<OutputError> for Stopped {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}

/// Runs a design, writes its files, of which the series as the run goes, and puts them in place.
/// `progress` is told how many rows are there.
pub(crate) fn run<'d>(
    design: &'d Design,
    staged: Staged,
    mut progress: impl FnMut(u64),
) -> Result<(Run<'d>, Summary), Stopped> {
    let file = OutputFile::Series;
    let unwritten = |error| staged.unwritten(file)(error);
    let out = staged.create(file)?;
    let mut series = SeriesWriter::new(design, out).map_err(unwritten)?;
    let mut rows = 0;
    let run = run_with(design, |row| {
        rows += 1;
        progress(rows);
        series
            .write(row)
            .map_err(|error| Stopped::from(unwritten(error)))
    })?;
    series.finish().map_err(unwritten)?;
    let summary = Summary::new(&run);
    staged.write(OutputFile::Report, |out| {
        write_report(&run, out).map_err(io::Error::other)
    })?;
    staged.write(OutputFile::Summary, |out| {
        out.write_all(to_json(&summary).map_err(io::Error::other)?.as_bytes())
    })?;
    staged.commit()?;
    Ok((run, summary))
}

/// Writes the files of a backtest and puts them in place.
pub(crate) fn backtest(
    design: &str,
    crashes: &[Judged],
    summary: &BacktestSummary,
    staged: Staged,
) -> Result<(), OutputError> {
    staged.write(OutputFile::Backtest, |out| {
        write_backtest(design, crashes, out).map_err(io::Error::other)
    })?;
    staged.write(OutputFile::BacktestSummary, |out| {
        out.write_all(to_json(summary).map_err(io::Error::other)?.as_bytes())
    })?;
    staged.commit()
}
