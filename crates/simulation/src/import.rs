//! From a spreadsheet of unlocks to a design.
//!
//! The table has a header and these columns, in any order: `recipient`, `kind` (cliff, linear,
//! step), `start`, `end`, `step_seconds`, `steps`, and `amount_micro` in 1e-6 tokens or `amount`
//! in tokens; for a step it is the amount of one step. `protocol` tells apart the tables of several
//! tokens. Other columns are left alone. Dates are Unix seconds or ISO dates. Commas, semicolons
//! or tabs separate.

use std::fmt::Write as _;
use std::ops::Range;

use miette::Diagnostic;
use tokenomics_fixed_math::{Amount, Decimals, Timestamp};

use crate::calendar;
use crate::problem::{Invalid, Problem};
use crate::starter::symbol_of;

/// The largest table that is read.
pub const LARGEST_TABLE: u64 = 64 << 20;

/// The decimals of an imported token: the columns are in 1e-6 tokens.
const DECIMALS: u8 = 6;

/// Why a table can't be imported.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[non_exhaustive]
pub enum ImportError {
    /// It is wrong, in one or more places.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Invalid(#[from] Invalid),
    /// It holds several protocols, and none or another was asked for.
    #[error("{message}")]
    #[diagnostic(help("{help}"))]
    Protocol {
        /// What was asked for.
        message: String,
        /// What there is.
        help: String,
    },
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Cliff,
    Linear { end: Timestamp },
    Step { seconds: u64, count: u32 },
}

/// One row: an unlock.
#[derive(Debug)]
struct Unlock {
    recipient: String,
    kind: Kind,
    start: Timestamp,
    amount: Amount,
}

/// Which column holds what.
struct Columns {
    protocol: Option<usize>,
    recipient: usize,
    kind: usize,
    start: usize,
    end: Option<usize>,
    step_seconds: Option<usize>,
    steps: Option<usize>,
    amount: usize,
    /// Whether `amount` is in 1e-6 tokens.
    micro: bool,
}

/// Turns the text of a table into the text of a design. `file` is what diagnostics call it, and
/// `protocol` chooses one of several.
///
/// # Errors
/// [`ImportError`]: all that is wrong with the table, or which protocols it holds.
///
/// ```
/// use tokenomics_simulation::{import, Design, Overrides};
///
/// let table = "recipient,kind,start,end,amount\nTeam,linear,2026-01-01,2028-01-01,1000.5\n";
/// let design = import("plan.csv", table, None)?;
/// let design = Design::parse("plan.toml", &design, Overrides::default())?;
/// assert_eq!(design.allocations[0].name, "Team");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn import(file: &str, text: &str, protocol: Option<&str>) -> Result<String, ImportError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut problems = Vec::new();
    let invalid = |problems| ImportError::Invalid(Invalid::new(file, text, problems));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header_span = 0..text.find('\n').unwrap_or(text.len());
    let headers = reader.headers().cloned().unwrap_or_default();
    let Some(columns) = Columns::find(&headers, &header_span, &mut problems) else {
        return Err(invalid(problems));
    };
    let records: Vec<_> = reader.records().collect();
    let protocol = choose_protocol(&columns, &records, protocol)?;
    let mut unlocks = Vec::new();
    for record in records {
        match record {
            Ok(record) => {
                if columns
                    .protocol
                    .is_none_or(|at| record.get(at) == protocol.as_deref())
                {
                    let mut row = RowReader {
                        record: &record,
                        text,
                        problems: &mut problems,
                    };
                    unlocks.extend(columns.read(&mut row));
                }
            }
            Err(error) => {
                let at = error
                    .position()
                    .map_or(0, |at| usize::try_from(at.byte()).unwrap_or(0));
                problems.push(Problem::new(
                    line_at(text, at),
                    error.to_string(),
                    "here",
                    "",
                ));
            }
        }
    }
    if problems.is_empty() && unlocks.is_empty() {
        problems.push(Problem::new(
            header_span,
            "the table has no rows",
            "only a header",
            "",
        ));
    }
    if !problems.is_empty() {
        return Err(invalid(problems));
    }
    let name = protocol.unwrap_or_else(|| stem(file));
    design(file, &name, &unlocks).map_err(|problem| invalid(vec![problem]))
}

/// The character that the header uses most between words.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |byte: u8| header.bytes().filter(|found| *found == byte).count();
    *[b',', b';', b'\t']
        .iter()
        .max_by_key(|byte| (count(**byte), **byte == b','))
        .unwrap_or(&b',')
}

fn stem(file: &str) -> String {
    let stem = std::path::Path::new(file).file_stem();
    stem.map_or_else(
        || "Imported".to_owned(),
        |stem| stem.to_string_lossy().into_owned(),
    )
}

/// The line that byte `at` stands in.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let mut at = at.min(text.len());
    // A record that follows a line break may be reported as starting on it.
    while text[at..].starts_with(['\n', '\r']) {
        at += 1;
    }
    let end = text[at..]
        .find('\n')
        .map_or(text.len(), |offset| at + offset);
    at..text[at..end].trim_end().len() + at
}

fn choose_protocol(
    columns: &Columns,
    records: &[csv::Result<csv::StringRecord>],
    asked: Option<&str>,
) -> Result<Option<String>, ImportError> {
    let Some(at) = columns.protocol else {
        return Ok(asked.map(str::to_owned));
    };
    let mut names: Vec<&str> = records
        .iter()
        .flatten()
        .filter_map(|record| record.get(at))
        .collect();
    names.sort_unstable();
    names.dedup();
    let refuse = |message: String, help: String| Err(ImportError::Protocol { message, help });
    match (asked, names.as_slice()) {
        (Some(asked), names) if names.contains(&asked) => Ok(Some(asked.to_owned())),
        (Some(asked), names) => {
            let likeness = |name: &str| strsim::jaro_winkler(asked, name);
            let near = names
                .iter()
                .max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
            let near = near.map_or(String::new(), |near| format!("did you mean `{near}`? "));
            let help = format!("{near}The table holds {} protocols", names.len());
            refuse(format!("there is no protocol `{asked}` in the table"), help)
        }
        (None, []) => Ok(None),
        (None, [only]) => Ok(Some((*only).to_owned())),
        (None, names) => {
            let message = format!("the table holds {} protocols: choose one", names.len());
            let some = names
                .iter()
                .take(12)
                .copied()
                .collect::<Vec<_>>()
                .join(", ");
            let more = if names.len() > 12 { ", …" } else { "" };
            refuse(
                message,
                format!("--protocol NAME, with one of: {some}{more}"),
            )
        }
    }
}

impl Columns {
    fn find(
        headers: &csv::StringRecord,
        span: &Range<usize>,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let find = |name: &str| {
            headers
                .iter()
                .position(|header| header.eq_ignore_ascii_case(name))
        };
        let mut need = |name: &str| {
            let found = find(name);
            if found.is_none() {
                let help = "the header names the columns recipient, kind, start, end, step_seconds, steps, and amount_micro or amount";
                let message = format!("the table has no column `{name}`");
                problems.push(Problem::new(span.clone(), message, "the header", help));
            }
            found
        };
        let (recipient, kind, start) = (need("recipient"), need("kind"), need("start"));
        let micro = find("amount_micro");
        let amount = micro
            .or_else(|| find("amount"))
            .or_else(|| need("amount_micro"));
        Some(Self {
            protocol: find("protocol"),
            recipient: recipient?,
            kind: kind?,
            start: start?,
            end: find("end"),
            step_seconds: find("step_seconds"),
            steps: find("steps"),
            amount: amount?,
            micro: micro.is_some(),
        })
    }

    /// One row; `None`, with the problems noted, if anything is wrong with it.
    fn read(&self, row: &mut RowReader<'_>) -> Option<Unlock> {
        let recipient = row.text(Some(self.recipient), "recipient");
        let kind = row.text(Some(self.kind), "kind");
        let start = row.date(Some(self.start), "start");
        let amount = row.amount(self.amount, self.micro);
        let kind = match kind?.as_str() {
            "cliff" => Kind::Cliff,
            "linear" => {
                let end = row.date(self.end, "end")?;
                if end <= start? {
                    let start = calendar::rfc3339(start?);
                    let message = format!(
                        "the end {} does not follow the start {start}",
                        calendar::rfc3339(end)
                    );
                    return row.wrong(message, "a linear unlock ends after it starts");
                }
                Kind::Linear { end }
            }
            "step" => {
                let seconds = row.number(self.step_seconds, "step_seconds", u64::MAX);
                let count = row.number(self.steps, "steps", u64::from(u32::MAX));
                let (seconds, count) = (seconds?, u32::try_from(count?).ok()?);
                let last = seconds.checked_mul(u64::from(count));
                let last = last.and_then(|all| start?.get().checked_add(all));
                if last.is_none_or(|last| last > calendar::LAST.get()) {
                    let message = format!("{count} steps of {seconds} s end past the year 9999");
                    return row.wrong(message, "fewer or shorter steps");
                }
                Kind::Step { seconds, count }
            }
            other => {
                let message = format!("`{other}` is not a kind of unlock");
                return row.wrong(message, "kind is cliff, linear or step");
            }
        };
        let (recipient, start, amount) = (recipient?, start?, amount?);
        // A step's amount is that of one step.
        let amount = match kind {
            Kind::Step { count, .. } => {
                let all = amount.get().checked_mul(u128::from(count));
                match all {
                    Some(all) => Amount::new(all),
                    None => {
                        return row.wrong("the steps sum to too much", "fewer or smaller steps")
                    }
                }
            }
            _ => amount,
        };
        Some(Unlock {
            recipient,
            kind,
            start,
            amount,
        })
    }
}

/// A record, and where to note what is wrong with it.
struct RowReader<'a> {
    record: &'a csv::StringRecord,
    text: &'a str,
    problems: &'a mut Vec<Problem>,
}

impl RowReader<'_> {
    fn wrong<T>(&mut self, message: impl Into<String>, help: &str) -> Option<T> {
        let at = self.record.position().map_or(0, csv::Position::byte);
        let span = line_at(self.text, usize::try_from(at).unwrap_or(usize::MAX));
        self.problems
            .push(Problem::new(span, message, "this row", help));
        None
    }

    fn text(&mut self, column: Option<usize>, name: &str) -> Option<String> {
        match column.and_then(|at| self.record.get(at)) {
            Some(text) if !text.is_empty() => Some(text.to_owned()),
            _ => self.wrong(
                format!("`{name}` is missing"),
                "this kind of unlock needs it",
            ),
        }
    }

    fn date(&mut self, column: Option<usize>, name: &str) -> Option<Timestamp> {
        let text = self.text(column, name)?;
        let date = match text.parse::<i64>() {
            Ok(seconds) => calendar::in_range(seconds)
                .ok_or_else(|| format!("{seconds} is not a second between 1970 and 9999")),
            Err(_) => calendar::parse_date(&text),
        };
        match date {
            Ok(date) => Some(date),
            Err(message) => self.wrong(
                format!("`{name}`: {message}"),
                "Unix seconds or an ISO date",
            ),
        }
    }

    fn number(&mut self, column: Option<usize>, name: &str, max: u64) -> Option<u64> {
        let text = self.text(column, name)?;
        match text.parse::<u64>() {
            Ok(number) if (1..=max).contains(&number) => Some(number),
            _ => self.wrong(
                format!("`{name}` is `{text}`"),
                &format!("a whole number from 1 to {max}"),
            ),
        }
    }

    fn amount(&mut self, column: usize, micro: bool) -> Option<Amount> {
        let name = if micro { "amount_micro" } else { "amount" };
        let text = self.text(Some(column), name)?;
        let decimals = if micro {
            Decimals::new(0)
        } else {
            Decimals::new(DECIMALS)
        }
        .ok()?;
        match Amount::parse_decimal(&text, decimals) {
            Ok(amount) => Some(amount),
            Err(error) => {
                let help = if micro {
                    "a whole number of 1e-6 tokens"
                } else {
                    "tokens, with at most 6 decimals"
                };
                self.wrong(format!("`{name}` is `{text}`: {error}"), help)
            }
        }
    }
}

/// The design, as a person would write it.
fn design(file: &str, name: &str, unlocks: &[Unlock]) -> Result<String, Problem> {
    let decimals =
        Decimals::new(DECIMALS).map_err(|error| Problem::new(0..0, error.to_string(), "", ""))?;
    let too_large = |_| {
        Problem::new(
            0..0,
            "the amounts sum to more than can be counted",
            "",
            "are they in 1e-6 tokens?",
        )
    };
    let supply = Amount::try_sum(unlocks.iter().map(|unlock| unlock.amount)).map_err(too_large)?;
    let genesis = unlocks
        .iter()
        .map(|unlock| unlock.start)
        .min()
        .unwrap_or_default();
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = write!(
        text,
        "# Imported from {}: {} unlocks.\n\
         # `stakeholder` is guessed from each name, and everything unlocked counts as circulating:\n\
         # check both, and give treasuries `to = \"treasury\"`.\n\n\
         [token]\nname = {}\nsymbol = {}\ndecimals = {DECIMALS}\ngenesis = {}\nsupply = \"{}\"\n",
        comment(file),
        unlocks.len(),
        quoted(name),
        quoted(&symbol_of(name)),
        calendar::rfc3339(genesis),
        supply.display(decimals),
    );
    let mut recipients: Vec<&str> = Vec::new();
    for unlock in unlocks {
        if !recipients.contains(&unlock.recipient.as_str()) {
            recipients.push(&unlock.recipient);
        }
    }
    for recipient in recipients {
        let _ = write!(
            text,
            "\n[[allocation]]\nname = {}\nstakeholder = \"{}\"\nschedule = [\n",
            quoted(recipient),
            guess_stakeholder(recipient)
        );
        for unlock in unlocks
            .iter()
            .filter(|unlock| unlock.recipient == recipient)
        {
            let _ = writeln!(text, "    {},", unlock.to_toml(decimals));
        }
        text.push_str("]\n");
    }
    Ok(text)
}

impl Unlock {
    fn to_toml(&self, decimals: Decimals) -> String {
        let (amount, start) = (self.amount.display(decimals), calendar::rfc3339(self.start));
        match self.kind {
            Kind::Cliff => format!("{{ amount = \"{amount}\", kind = \"cliff\", at = {start} }}"),
            Kind::Linear { end } => format!(
                "{{ amount = \"{amount}\", kind = \"linear\", start = {start}, end = {} }}",
                calendar::rfc3339(end)
            ),
            Kind::Step { seconds, count } => format!(
                "{{ amount = \"{amount}\", kind = \"step\", start = {start}, period = \"{seconds}s\", count = {count} }}"
            ),
        }
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A name that can't end the comment it stands in.
fn comment(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// Whom a recipient's name sounds like.
fn guess_stakeholder(recipient: &str) -> &'static str {
    let name = recipient.to_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if any(&[
        "investor",
        "seed",
        "private",
        "sale",
        "backer",
        "strategic",
        "series",
        "presale",
    ]) {
        "investors"
    } else if any(&[
        "team",
        "core",
        "founder",
        "advisor",
        "employee",
        "contributor",
        "dev",
        "foundation",
        "treasury",
        "labs",
    ]) {
        "builders"
    } else if any(&[
        "validator",
        "market mak",
        "marketmak",
        "liquidity",
        "node",
        "operator",
        "miner",
        "staking",
        "exchange",
    ]) {
        "operators"
    } else {
        "users"
    }
}
