//! What can be typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use tokenomics_fixed_math::Timestamp;
use tokenomics_simulation::{calendar, Overrides, Period};

/// Runs a token design with exact integer code and shows what it does to each stakeholder.
#[derive(Debug, Parser)]
#[command(name = "tokenomics", version, arg_required_else_help = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run a design and write report.html, series.csv and summary.json.
    Run(RunArgs),
    /// Say what is wrong with a design, all at once, and write nothing.
    Check(CheckArgs),
    /// Write a commented design to begin from, as NAME.toml.
    New(NewArgs),
    /// Turn a spreadsheet of unlocks (CSV) into a design on standard output.
    Import(ImportArgs),
}

impl Command {
    pub(crate) fn wants_json(&self) -> bool {
        match self {
            Self::Run(run) => run.json,
            Self::Check(check) => check.json,
            Self::New(_) | Self::Import(_) => false,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct RunArgs {
    /// The design file.
    pub(crate) design: PathBuf,
    /// Where to write; out/SYMBOL if not said.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) window: WindowArgs,
    /// Print nothing but errors.
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Print the summary as JSON, and errors as JSON on standard error.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct WindowArgs {
    /// The first point: 2026-11-21, 2026-11-21T08:00:00Z or Unix seconds.
    #[arg(long, value_name = "DATE", value_parser = date)]
    start: Option<Timestamp>,
    /// The last point.
    #[arg(long, value_name = "DATE", value_parser = date)]
    end: Option<Timestamp>,
    /// The distance between points: 7d, 4w, 1mo, 1y.
    #[arg(long, value_name = "PERIOD", value_parser = Period::parse)]
    step: Option<Period>,
}

impl WindowArgs {
    pub(crate) fn overrides(&self) -> Overrides {
        Overrides {
            start: self.start,
            end: self.end,
            step: self.step,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// The design file.
    pub(crate) design: PathBuf,
    /// Print errors as JSON on standard error.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct NewArgs {
    /// The token's name.
    pub(crate) name: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ImportArgs {
    /// The table: columns recipient, kind, start, end, step_seconds, steps, amount_micro or amount.
    pub(crate) file: PathBuf,
    /// Which token of the table's column `protocol`.
    #[arg(long, value_name = "NAME")]
    pub(crate) protocol: Option<String>,
}

fn date(text: &str) -> Result<Timestamp, String> {
    match text.parse::<i64>() {
        Ok(seconds) => calendar::in_range(seconds)
            .ok_or_else(|| format!("{seconds} is not a second between 1970 and 9999")),
        Err(_) => calendar::parse_date(text),
    }
}
