//! From the tables that teams keep to a design.
//!
//! A file becomes the text of a [table](table::Table), whose columns are told by their headers. The
//! columns make a [layout](layout::Layout), the layout a [plan](plan::Plan), and the plan is written as
//! a design. What can be read in two ways is asked, and what was understood is noted.

mod columns;
mod date;
mod design;
mod header;
mod json;
mod layout;
mod number;
mod plan;
mod reader;
mod source;
mod table;
mod token;
mod totals;
mod workbook;

use std::collections::BTreeSet;

use miette::Diagnostic;
use tokenomics_fixed_math::Timestamp;

use crate::calendar;
use crate::limits;
use crate::problem::{Invalid, Problem, Problems, LONGEST_MESSAGE};
use crate::text::clipped;
use crate::{Design, Overrides};
use columns::Columns;
pub use date::DateOrder;
use design::Head;
use header::Meaning;
use layout::Layout;
pub use number::DecimalMark;
use plan::Plan;
use reader::Reader;
use source::Source;
use table::{Row, Table};
use token::Token;
pub use workbook::LARGEST_WORKBOOK;

/// The largest table that is read.
pub const LARGEST_TABLE: u64 = 64 << 20;

/// A reason why a table can't be imported.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[non_exhaustive]
pub enum ImportError {
    /// It is wrong, or can be read in two ways, in one or more places.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Invalid(#[from] Invalid),
    /// It can't be read at all, or an option doesn't fit it.
    #[error("{message}")]
    #[diagnostic(help("{help}"))]
    Refused {
        /// A sentence on what is wrong.
        message: String,
        /// A sentence on what is allowed.
        help: String,
    },
}

impl ImportError {
    fn refused(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Refused {
            message: clipped(message.into(), LONGEST_MESSAGE),
            help: clipped(help.into(), LONGEST_MESSAGE),
        }
    }
}

/// The way in which a column of shares writes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Percent {
    /// 5 is a twentieth.
    Hundredths,
    /// 0.05 is a twentieth.
    Parts,
}

/// The point from which a time of vesting counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum VestingFrom {
    /// The end of the cliff: a year of cliff and three of vesting end after four.
    #[default]
    Cliff,
    /// The start: what vests until the cliff is held back, and they end after three.
    Start,
}

/// The choices in reading a table, where the table itself doesn't tell, and of which part to read.
///
/// ```
/// use tokenomics_design::{Design, Import, Overrides};
///
/// let table = "Allocation,Tokens,TGE %,Cliff (months),Vesting (months)\n\
///     Team,\"200,000,000\",0%,12,36\n\
///     Community,\"800,000,000\",10%,0,48\n";
/// let options = Import {
///     genesis: Some(tokenomics_design::calendar::parse_date("2026-01-01")?),
///     ..Import::default()
/// };
/// let imported = options.read("plan.csv", table.as_bytes())?;
/// let design = Design::parse("plan.toml", &imported.design, Overrides::default())?;
/// assert_eq!(design.allocations[0].name, "Team");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Import {
    /// The token of the column `protocol`.
    pub protocol: Option<String>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The meanings of columns (`recipient`, `amount`, …), each with the column's header or its number.
    pub columns: Vec<(String, String)>,
    /// The date of genesis; the first date of the table if not said.
    pub genesis: Option<Timestamp>,
    /// The supply in tokens, of a table that has shares alone.
    pub supply: Option<String>,
    /// The token's decimals; 6 or 18, as the amounts need, if not said.
    pub decimals: Option<u8>,
    /// The mark before decimals.
    pub decimal_mark: Option<DecimalMark>,
    /// The order of days and months.
    pub date_order: Option<DateOrder>,
    /// The way in which shares without a sign are written.
    pub percent: Option<Percent>,
    /// The point from which a time of vesting counts.
    pub vesting: VestingFrom,
}

/// A design, and how its table was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The text of the design, whose head holds the notes too.
    pub design: String,
    /// Sentences on what was understood, guessed and left out.
    pub notes: Vec<String>,
}

/// Turns a table into the text of a design, as [`Import::read`] does by default. `file` is what
/// diagnostics call it, and `protocol` chooses one of several.
///
/// # Errors
/// As [`Import::read`].
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
    let options = Import {
        protocol: protocol.map(str::to_owned),
        ..Import::default()
    };
    let imported = options.read(file, text.as_bytes())?;
    Ok(imported.design)
}

impl Import {
    /// Turns a table into the text of a design: CSV, a workbook (.xlsx) or JSON, as its first bytes tell.
    /// `file` is what diagnostics call it.
    ///
    /// # Errors
    /// [`ImportError`]: all that is wrong with the table, what can be read in two ways with both readings,
    /// or which protocols or sheets it holds.
    pub fn read(&self, file: &str, bytes: &[u8]) -> Result<Imported, ImportError> {
        let source = source::read(file, bytes, self)?;
        let text = &source.text;
        let invalid = |problems| ImportError::Invalid(Invalid::of(&source.name, text, problems));
        if let Some(problem) = limits::long_line(text) {
            return Err(invalid(problem.into()));
        }
        let problems = Problems::default();
        let table = Table::read(text, &problems);
        if problems.any() {
            return Err(invalid(problems));
        }
        let columns = Columns::find(&table, &self.columns, &problems)?;
        let Some(layout) = Layout::of(&columns) else {
            problems.push(no_layout(&table, &columns));
            return Err(invalid(problems));
        };
        let protocol = self.choose_protocol(&table, &columns)?;
        let reader = Reader::new(&table, &columns, self, &problems);
        // What is asked about once would be wrong in each row.
        if reader.asks() {
            return Err(invalid(problems));
        }
        let plan = read_plan(&reader, layout, protocol.as_deref());
        let token = (!problems.any()).then(|| Token::of(&reader, &plan));
        let Some(token) = token.flatten().filter(|_| !problems.any()) else {
            return Err(invalid(problems));
        };
        let name = protocol.unwrap_or_else(|| stem(file));
        let notes = self.notes(&reader, layout, &plan, &source);
        let head = Head {
            file,
            name: &name,
            notes: &notes,
        };
        let design = design::text(&head, &token, &plan);
        let design = design.map_err(|problem| invalid(problem.into()))?;
        // What the table can't tell wrong from right is seen in the design: dates past the year 9999.
        let as_design = format!("{}, as a design", source.name);
        Design::parse(&as_design, &design, Overrides::default())?;
        Ok(Imported { design, notes })
    }

    fn choose_protocol(
        &self,
        table: &Table<'_>,
        columns: &Columns,
    ) -> Result<Option<String>, ImportError> {
        let asked = self.protocol.as_deref();
        let Some(at) = columns.of(Meaning::Protocol) else {
            return Ok(asked.map(str::to_owned));
        };
        let names: BTreeSet<&str> = table.rows.iter().map(|row| row.cell(at)).collect();
        match asked {
            Some(asked) if names.contains(asked) => Ok(Some(asked.to_owned())),
            Some(asked) => Err(unknown_protocol(asked, &names)),
            None if names.len() > 1 => Err(many_protocols(&names)),
            None => Ok(names.into_iter().next().map(str::to_owned)),
        }
    }

    /// Sentences on how the table was read, the plan's own last.
    fn notes(
        &self,
        reader: &Reader<'_>,
        layout: Layout,
        plan: &Plan,
        source: &Source,
    ) -> Vec<String> {
        let mut notes = source.notes.clone();
        notes.push(format!("the table has {}", layout.name()));
        if self.genesis.is_none() {
            if let Some(first) = plan.first_date() {
                let date = calendar::rfc3339(first);
                notes.push(format!(
                    "genesis is taken to be its first date, {date} (--genesis DATE says another)"
                ));
            }
        }
        if self.decimals.is_none() {
            notes.push("decimals are taken to be 6, or 18 where an amount has more (--decimals N says others)".to_owned());
        }
        let rows = &reader.table.rows;
        let unused = reader.columns.unused(rows, |meaning| layout.uses(meaning));
        if !unused.is_empty() {
            notes.push(format!("columns that aren't used: {}", unused.join(", ")));
        }
        if reader.table.comments > 0 {
            notes.push(format!(
                "comments are passed over: {}",
                counted(reader.table.comments)
            ));
        }
        notes.extend(reader.taken());
        notes.extend(plan.notes.iter().cloned());
        notes
    }
}

/// Reads the rows of one protocol, and checks those that hold sums.
fn read_plan(reader: &Reader<'_>, layout: Layout, protocol: Option<&str>) -> Plan {
    let own = |row: &&Row| {
        let column = reader.columns.of(Meaning::Protocol);
        column.is_none_or(|at| Some(row.cell(at)) == protocol)
    };
    let (totals, rows): (Vec<&Row>, Vec<&Row>) = reader
        .table
        .rows
        .iter()
        .filter(own)
        .partition(|row| totals::is_total(reader.columns, row));
    if rows.is_empty() {
        let span = reader.table.header_span();
        let message = "the table has no rows";
        reader
            .problems
            .push(Problem::new(span, message, "only a header", ""));
    }
    let mut plan = layout.read(reader, &rows);
    for total in totals {
        totals::check(reader, total, &rows, &mut plan);
    }
    plan
}

fn no_layout(table: &Table<'_>, columns: &Columns) -> Problem {
    let known: Vec<_> = columns.all().map(|(_, meaning)| meaning.name()).collect();
    let known = match &known[..] {
        [] => "no column is known by its header".to_owned(),
        known => format!("of its columns these are known: {}", known.join(", ")),
    };
    let (message, label) = match table.header.is_empty() {
        true => ("the table has no header".to_owned(), "the first row"),
        false => (
            format!("the columns make no table that is known: {known}"),
            "the header",
        ),
    };
    let help = "a table has recipient, kind, start, end, step_seconds, steps and amount; or recipient, amount or share, tge, cliff and vesting; or recipient and months; or date, recipient and amount. Name columns with --columns recipient=HEADER,amount=HEADER, or by their numbers";
    Problem::new(table.header_span(), message, label, help)
}

/// Returns a number of rows, in words.
fn counted(rows: usize) -> String {
    match rows {
        1 => "1 row".to_owned(),
        rows => format!("{rows} rows"),
    }
}

fn stem(file: &str) -> String {
    let stem = std::path::Path::new(file).file_stem();
    let stem = stem.map(|stem| stem.to_string_lossy().into_owned());
    stem.filter(|stem| stem != "-")
        .unwrap_or_else(|| "Imported".to_owned())
}

fn unknown_protocol(asked: &str, names: &BTreeSet<&str>) -> ImportError {
    let likeness = |name: &str| strsim::jaro_winkler(asked, name);
    let near = names
        .iter()
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    let near = near.map_or(String::new(), |near| format!("did you mean `{near}`? "));
    let help = format!("{near}The table holds {} protocols", names.len());
    ImportError::refused(format!("there is no protocol `{asked}` in the table"), help)
}

fn many_protocols(names: &BTreeSet<&str>) -> ImportError {
    let message = format!("the table holds {} protocols: choose one", names.len());
    let some: Vec<_> = names.iter().take(12).copied().collect();
    let more = if names.len() > 12 { ", …" } else { "" };
    let help = format!("--protocol NAME, with one of: {}{more}", some.join(", "));
    ImportError::refused(message, help)
}
