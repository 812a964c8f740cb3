//! From a spreadsheet of unlocks to a design.
//!
//! The table has a header and these columns, in any order: `recipient`, `kind` (cliff, linear,
//! step), `start`, `end`, `step_seconds`, `steps`, and `amount_micro` in 1e-6 tokens or `amount`
//! in tokens; for a step it is the amount of one step. `protocol` tells apart the tables of several
//! tokens. Other columns are left alone. Dates are Unix seconds or ISO dates. Commas, semicolons
//! or tabs separate.

mod design;
mod rows;

use miette::Diagnostic;
use tokenomics_fixed_math::{Amount, Timestamp};

use crate::problem::{Invalid, Problem};
use rows::{line_at, Columns, RowReader};

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
    design::text(file, &name, &unlocks).map_err(|problem| invalid(vec![problem]))
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
