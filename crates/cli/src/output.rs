//! The files of a run: all of them, or none.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use tokenomics_simulation::{write_report, write_series, Run, Summary};

const REPORT: &str = "report.html";
const SERIES: &str = "series.csv";
const SUMMARY: &str = "summary.json";

/// Where a run goes if nothing is said.
pub(crate) fn default_folder(symbol: &str) -> PathBuf {
    Path::new("out").join(file_name(symbol))
}

/// A name that can't leave its folder: letters and digits, and `-` for anything else.
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

/// Writes everything beside the folder first and moves it in once it is whole, so that an error
/// leaves the folder as it was.
pub(crate) fn write(run: &Run<'_>, summary: &Summary, folder: &Path) -> io::Result<()> {
    if folder.exists() && !folder.is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotADirectory, "it is a file"));
    }
    // On the same file system, or a move would be a copy.
    let parent = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent)?;
    let whole = tempfile::Builder::new()
        .prefix(".tokenomics-")
        .tempdir_in(parent)?;
    write_file(&whole.path().join(REPORT), |out| {
        write_report(run, out).map_err(io::Error::other)
    })?;
    write_file(&whole.path().join(SERIES), |out| {
        write_series(run, out).map_err(io::Error::other)
    })?;
    write_file(&whole.path().join(SUMMARY), |out| {
        out.write_all(to_json(summary).map_err(io::Error::other)?.as_bytes())
    })?;
    fs::create_dir_all(folder)?;
    for name in [REPORT, SERIES, SUMMARY] {
        fs::rename(whole.path().join(name), folder.join(name))?;
    }
    Ok(())
}

fn write_file(
    path: &Path,
    content: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    content(&mut out)?;
    out.flush()
}
