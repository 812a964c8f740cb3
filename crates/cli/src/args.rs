//! What can be typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use tokenomics_fixed_math::{Fraction, Rounding, Span, Timestamp, Wad};
use tokenomics_haircut_collateral::Haircut;
use tokenomics_simulation::{
    calendar, DateOrder, DecimalMark, Import, Overrides, Percent, Period, VestingFrom,
};

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
    /// Walk crashes of prices under a design's haircuts, and write backtest.html and backtest.json.
    Backtest(BacktestArgs),
    /// Say what is wrong with a design, all at once, and write nothing.
    Check(CheckArgs),
    /// Write a commented design to begin from, as NAME.toml.
    New(NewArgs),
    /// Turn a table of unlocks (CSV, XLSX, JSON) into a design on standard output.
    Import(ImportArgs),
}

impl Command {
    pub(crate) fn wants_json(&self) -> bool {
        match self {
            Self::Run(run) => run.json,
            Self::Backtest(backtest) => backtest.json,
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
pub(crate) struct BacktestArgs {
    /// The design file.
    pub(crate) design: PathBuf,
    /// A crash: eth-2020-03, luna-2022-05, steth-2022-06, steth-eth-2022-06, usdc-2023-03, or a table of times
    /// and prices (CSV). Repeat it for several; those of all holdings if not said.
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) crash: Vec<String>,
    /// The holding of the design that falls.
    #[arg(long, value_name = "NAME")]
    pub(crate) asset: Option<String>,
    /// The column of prices of a file that has several, or A/B for a quotient.
    #[arg(long, value_name = "NAME")]
    pub(crate) column: Option<String>,
    /// Static parameters to stand beside the rule, such as 0.8,0.83; Aave's of 2026-08-22 if not said.
    #[arg(long = "static", value_name = "LTV,THRESHOLD", value_parser = static_parameters)]
    pub(crate) static_parameters: Option<Haircut>,
    /// The time from what liquidators see to what they do.
    #[arg(long, value_name = "TIME", default_value = "1h", value_parser = span)]
    pub(crate) late: Span,
    /// The market that they sell in: an amount, and the part of the price that selling it costs, such as
    /// 1000@0.02; the design's depth if not said.
    #[arg(long, value_name = "AMOUNT@COST", value_parser = depth)]
    pub(crate) depth: Option<(String, Fraction)>,
    /// The time in which a sale fades from that market.
    #[arg(long, value_name = "TIME", default_value = "1d", value_parser = span)]
    pub(crate) recovers: Span,
    /// Where to write; out/SYMBOL if not said.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Print nothing but errors.
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Print the figures as JSON, and errors as JSON on standard error.
    #[arg(long)]
    pub(crate) json: bool,
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
    /// The table: CSV, a workbook (.xlsx) or JSON; - for standard input.
    pub(crate) file: PathBuf,
    /// Which token of the table's column `protocol`.
    #[arg(long, value_name = "NAME")]
    pub(crate) protocol: Option<String>,
    /// Which sheet of a workbook.
    #[arg(long, value_name = "NAME")]
    pub(crate) sheet: Option<String>,
    /// What columns hold, by their headers or numbers: recipient=Wallet,amount=3. Repeat it, or use commas.
    #[arg(long, value_name = "NAME=HEADER", value_delimiter = ',', value_parser = column)]
    pub(crate) columns: Vec<(String, String)>,
    /// The date of genesis; the first date of the table if not said.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) genesis: Option<Timestamp>,
    /// The supply in tokens, of a table that has shares alone.
    #[arg(long, value_name = "TOKENS")]
    pub(crate) supply: Option<String>,
    /// The token's decimals; 6, or 18 where an amount has more, if not said.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(..=38))]
    pub(crate) decimals: Option<u8>,
    /// The mark before decimals, where the numbers don't tell.
    #[arg(long, value_name = ".|,", value_parser = decimal_mark)]
    pub(crate) decimal_mark: Option<DecimalMark>,
    /// The order of days and months, where the dates don't tell.
    #[arg(long, value_name = "dmy|mdy", value_parser = date_order)]
    pub(crate) date_order: Option<DateOrder>,
    /// How shares without a sign are written: percent if 5 is a twentieth, parts if 0.05 is.
    #[arg(long, value_name = "percent|parts", value_parser = percent)]
    pub(crate) shares: Option<Percent>,
    /// How vesting counts: after-cliff, or with-cliff if its time includes the cliff.
    #[arg(long, value_name = "after-cliff|with-cliff", default_value = "after-cliff", value_parser = vesting)]
    pub(crate) vesting: VestingFrom,
}

impl ImportArgs {
    pub(crate) fn options(&self) -> Import {
        Import {
            protocol: self.protocol.clone(),
            sheet: self.sheet.clone(),
            columns: self.columns.clone(),
            genesis: self.genesis,
            supply: self.supply.clone(),
            decimals: self.decimals,
            decimal_mark: self.decimal_mark,
            date_order: self.date_order,
            percent: self.shares,
            vesting: self.vesting,
        }
    }
}

fn column(text: &str) -> Result<(String, String), String> {
    let (name, header) = text
        .split_once('=')
        .ok_or("write what a column holds and its header, such as recipient=Wallet")?;
    Ok((name.to_owned(), header.to_owned()))
}

/// One of a few words.
fn one_of<T: Copy>(text: &str, words: &[(&str, T)]) -> Result<T, String> {
    let found = words.iter().find(|(word, _)| *word == text);
    let names: Vec<_> = words.iter().map(|(word, _)| *word).collect();
    found
        .map(|(_, value)| *value)
        .ok_or_else(|| format!("`{text}` is none of {}", names.join(" and ")))
}

fn decimal_mark(text: &str) -> Result<DecimalMark, String> {
    one_of(
        text,
        &[(".", DecimalMark::Point), (",", DecimalMark::Comma)],
    )
}

fn date_order(text: &str) -> Result<DateOrder, String> {
    let orders = [("dmy", DateOrder::DayFirst), ("mdy", DateOrder::MonthFirst)];
    one_of(text, &orders)
}

fn percent(text: &str) -> Result<Percent, String> {
    let ways = [("percent", Percent::Hundredths), ("parts", Percent::Parts)];
    one_of(text, &ways)
}

fn vesting(text: &str) -> Result<VestingFrom, String> {
    let ways = [
        ("after-cliff", VestingFrom::Cliff),
        ("with-cliff", VestingFrom::Start),
    ];
    one_of(text, &ways)
}

fn date(text: &str) -> Result<Timestamp, String> {
    match text.parse::<i64>() {
        Ok(seconds) => calendar::in_range(seconds)
            .ok_or_else(|| format!("{seconds} is not a second between 1970 and 9999")),
        Err(_) => calendar::parse_date(text),
    }
}

/// A fixed length of time; 0 too.
fn span(text: &str) -> Result<Span, String> {
    if text == "0" {
        return Ok(Span::ZERO);
    }
    match Period::parse(text)? {
        Period::Seconds(seconds) => Ok(Span::new(seconds)),
        Period::Months(_) => Err("months differ in length: write days, such as 30d".to_owned()),
    }
}

fn static_parameters(text: &str) -> Result<Haircut, String> {
    let allowed = "write a loan-to-value and a threshold of at least that, such as 0.8,0.83";
    let (initial, maintenance) = text.split_once(',').ok_or(allowed)?;
    let (initial, maintenance) = (fraction(initial)?, fraction(maintenance)?);
    Haircut::from_weights(initial, maintenance).map_err(|_| allowed.to_owned())
}

fn depth(text: &str) -> Result<(String, Fraction), String> {
    let allowed = "write an amount and a cost, such as 1000@0.02";
    let (amount, cost) = text.split_once('@').ok_or(allowed)?;
    let cost = fraction(cost)?;
    if cost.is_zero() || cost == Fraction::ONE {
        return Err("a cost is above 0 and below 1".to_owned());
    }
    Ok((amount.replace('_', ""), cost))
}

/// A fraction, such as 0.02 or 2%.
fn fraction(text: &str) -> Result<Fraction, String> {
    let text = text.trim();
    let read = match text.strip_suffix('%') {
        None => text.parse::<Fraction>().ok(),
        Some(percent) => percent.parse::<Wad>().ok().and_then(|percent| {
            let hundredth = percent.div(Wad::from_integer(100).ok()?, Rounding::Floor);
            Fraction::try_from(hundredth.ok()?).ok()
        }),
    };
    read.ok_or_else(|| format!("`{text}` is not a part of 1: write 0.02 or 2%"))
}
