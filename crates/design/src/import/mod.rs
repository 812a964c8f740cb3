//! From a spreadsheet of unlocks to a design.
//!
//! The table has a header and these columns, in any order: `recipient`, `kind` (cliff, linear,
//! step), `start`, `end`, `step_seconds`, `steps`, and `amount_micro` in 1e-6 tokens or `amount`
//! in tokens; for a step it is the amount of one step. `protocol` tells apart the tables of several
//! tokens. Other columns are left alone. Dates are Unix seconds or ISO dates. Commas, semicolons
//! or tabs separate.

mod design;
mod rows;

use std::collections::{BTreeSet, HashMap};

use miette::Diagnostic;
use tokenomics_fixed_math::{Amount, Timestamp};

use crate::limits;
use crate::problem::{Invalid, Problem, Problems, LONGEST_MESSAGE};
use crate::text::clipped;
use rows::{line_at, Columns, RowReader};

/// The largest table that is read.
pub const LARGEST_TABLE: u64 = 64 << 20;

/// The decimals of an imported token: the columns are in 1e-6 tokens.
const DECIMALS: u8 = 6;

/// A reason why a table can't be imported.
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
        /// The protocol that was asked for.
        message: String,
        /// The protocols that there are.
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
    kind: Kind,
    start: Timestamp,
    amount: Amount,
}

/// The unlocks of each recipient, in the order of the table.
#[derive(Debug, Default)]
struct Unlocks {
    recipients: Vec<(String, Vec<Unlock>)>,
    /// The place of each recipient among them.
    places: HashMap<String, usize>,
}

impl Unlocks {
    fn push(&mut self, recipient: &str, unlock: Unlock) {
        let place = match self.places.get(recipient) {
            Some(place) => *place,
            None => {
                let place = self.recipients.len();
                self.places.insert(recipient.to_owned(), place);
                self.recipients.push((recipient.to_owned(), Vec::new()));
                place
            }
        };
        if let Some((_, unlocks)) = self.recipients.get_mut(place) {
            unlocks.push(unlock);
        }
    }

    fn all(&self) -> impl Iterator<Item = &Unlock> {
        self.recipients.iter().flat_map(|(_, unlocks)| unlocks)
    }
}

/// Turns the text of a table into the text of a design. `file` is what diagnostics call it, and
/// `protocol` chooses one of several.
///
/// # Errors
/// [`ImportError`]: all that is wrong with the table, or which protocols it holds.
///
/// ```
/// use tokenomics_design::{import, Design, Overrides};
///
/// let table = "recipient,kind,start,end,amount\nTeam,linear,2026-01-01,2028-01-01,1000.5\n";
/// let design = import("plan.csv", table, None)?;
/// let design = Design::parse("plan.toml", &design, Overrides::default())?;
/// assert_eq!(design.allocations[0].name, "Team");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn import(file: &str, text: &str, protocol: Option<&str>) -> Result<String, ImportError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let invalid = |problems| ImportError::Invalid(Invalid::of(file, text, problems));
    if let Some(problem) = limits::long_line(text) {
        return Err(invalid(problem.into()));
    }
    let problems = Problems::default();
    let headers = reader(text).headers().cloned().unwrap_or_default();
    let header_span = 0..text.find('\n').unwrap_or(text.len());
    let Some(columns) = Columns::find(&headers, &header_span, &problems) else {
        return Err(invalid(problems));
    };
    let protocol = choose_protocol(&columns, text, protocol)?;
    let unlocks = read(&columns, text, protocol.as_deref(), &problems);
    if !problems.any() && unlocks.recipients.is_empty() {
        let message = "the table has no rows";
        problems.push(Problem::new(header_span, message, "only a header", ""));
    }
    if problems.any() {
        return Err(invalid(problems));
    }
    let name = protocol.unwrap_or_else(|| stem(file));
    design::text(file, &name, &unlocks).map_err(|problem| invalid(problem.into()))
}

fn reader(text: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes())
}

/// Reads the rows of one protocol, one after the other.
fn read(columns: &Columns, text: &str, protocol: Option<&str>, problems: &Problems) -> Unlocks {
    let mut unlocks = Unlocks::default();
    let mut reader = reader(text);
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return unlocks,
            Err(error) => {
                problems.push(unreadable(text, &error));
                continue;
            }
        }
        let is_another = |at| record.get(at) != protocol;
        if columns.protocol.is_some_and(is_another) {
            continue;
        }
        let row = RowReader {
            record: &record,
            text,
            problems,
        };
        // Once anything is wrong, the others are only looked at.
        if let Some((recipient, unlock)) = columns.read(&row).filter(|_| !problems.any()) {
            unlocks.push(recipient, unlock);
        }
    }
}

fn unreadable(text: &str, error: &csv::Error) -> Problem {
    let at = error.position().map_or(0, csv::Position::byte);
    let line = line_at(text, usize::try_from(at).unwrap_or(0));
    Problem::new(line, error.to_string(), "here", "")
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
    text: &str,
    asked: Option<&str>,
) -> Result<Option<String>, ImportError> {
    let Some(at) = columns.protocol else {
        return Ok(asked.map(str::to_owned));
    };
    let names = protocols(text, at);
    match asked {
        Some(asked) if names.contains(asked) => Ok(Some(asked.to_owned())),
        Some(asked) => Err(unknown_protocol(asked, &names)),
        None if names.len() > 1 => Err(many_protocols(&names)),
        None => Ok(names.into_iter().next()),
    }
}

fn protocols(text: &str, at: usize) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut reader = reader(text);
    let mut record = csv::StringRecord::new();
    // What can't be read is a problem of the rows.
    while reader.read_record(&mut record).unwrap_or(true) {
        if let Some(name) = record.get(at).filter(|name| !names.contains(*name)) {
            names.insert(name.to_owned());
        }
    }
    names
}

fn unknown_protocol(asked: &str, names: &BTreeSet<String>) -> ImportError {
    let likeness = |name: &str| strsim::jaro_winkler(asked, name);
    let near = names
        .iter()
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    let near = near.map_or(String::new(), |near| format!("did you mean `{near}`? "));
    let help = format!("{near}The table holds {} protocols", names.len());
    refused(format!("there is no protocol `{asked}` in the table"), help)
}

fn many_protocols(names: &BTreeSet<String>) -> ImportError {
    let message = format!("the table holds {} protocols: choose one", names.len());
    let some: Vec<_> = names.iter().take(12).map(String::as_str).collect();
    let more = if names.len() > 12 { ", …" } else { "" };
    let help = format!("--protocol NAME, with one of: {}{more}", some.join(", "));
    refused(message, help)
}

fn refused(message: String, help: String) -> ImportError {
    ImportError::Protocol {
        message: clipped(message, LONGEST_MESSAGE),
        help: clipped(help, LONGEST_MESSAGE),
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn a_recipient_is_not_looked_for_among_all_the_others() {
        let begun = Instant::now();
        let mut unlocks = Unlocks::default();
        for number in 0..100_000_u64 {
            let unlock = Unlock {
                kind: Kind::Cliff,
                start: Timestamp::new(number),
                amount: Amount::ZERO,
            };
            unlocks.push(&format!("Recipient number {number}"), unlock);
        }
        assert_eq!(unlocks.all().count(), 100_000);
        // Tens of milliseconds; compared one by one, more than a minute.
        assert!(begun.elapsed() < Duration::from_secs(20));
    }
}
