//! Problems of a file: their places, and what would be right.

mod excerpt;

use std::cell::RefCell;
use std::fmt;
use std::io::Read;
use std::ops::Range;
use std::path::Path;

use miette::{Diagnostic, LabeledSpan, SourceSpan};

use crate::text::clipped;
use excerpt::Source;
pub use excerpt::{EXCERPT_LINES, EXCERPT_WIDTH};

/// The most characters of a problem's message, label and help each: what is longer, since the file
/// has a longer value, loses its middle.
pub const LONGEST_MESSAGE: usize = 1_000;

/// One thing that is wrong with a file, with the place underlined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The bytes of the file it is about.
    pub span: Range<usize>,
    /// A sentence on what is wrong, with the offending value.
    pub message: String,
    /// A few words under the place.
    pub label: String,
    /// A sentence on what is allowed.
    pub help: Option<String>,
}

impl Problem {
    /// Creates a problem at `span`, without help where that is empty.
    pub fn new(
        span: Range<usize>,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let help = Some(help.into()).filter(|text| !text.is_empty());
        Self {
            span,
            message: clipped(message.into(), LONGEST_MESSAGE),
            label: clipped(label.into(), LONGEST_MESSAGE),
            help: help.map(|help| clipped(help, LONGEST_MESSAGE)),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

impl Diagnostic for Problem {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help
            .as_ref()
            .map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = SourceSpan::from(self.span.clone());
        let label = LabeledSpan::new_with_span(Some(self.label.clone()), span);
        Some(Box::new(std::iter::once(label)))
    }
}

/// The number of problems of a file that are shown: beyond this it is another kind of file, and showing each
/// in its place would take minutes.
const MOST_SHOWN: usize = 100;

/// The number of problems of a file that are kept: those beyond are only counted, so that a large file of
/// nothing but problems needs no more memory than one that is sound.
const MOST_KEPT: usize = 32_768;

/// The problems of one file, gathered while it is read.
#[derive(Debug, Default)]
pub(crate) struct Problems(RefCell<Gathered>);

#[derive(Debug, Default)]
struct Gathered {
    /// The first ones in the order of the file, and fewer than as many again.
    kept: Vec<Problem>,
    /// The number of those that were dropped.
    dropped: usize,
}

impl Problems {
    pub(crate) fn push(&self, problem: Problem) {
        let mut gathered = self.0.borrow_mut();
        gathered.kept.push(problem);
        if gathered.kept.len() >= 2 * MOST_KEPT {
            gathered.keep_first();
        }
    }

    pub(crate) fn any(&self) -> bool {
        !self.0.borrow().kept.is_empty()
    }
}

impl Gathered {
    fn keep_first(&mut self) {
        self.kept
            .sort_by_key(|problem| (problem.span.start, problem.span.end));
        self.kept.dedup();
        self.dropped += self.kept.len().saturating_sub(MOST_KEPT);
        self.kept.truncate(MOST_KEPT);
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        let problems = Self::default();
        problems.push(problem);
        problems
    }
}

/// Everything that is wrong with a file, in the order of the file.
#[derive(Debug)]
pub struct Invalid {
    source: Source,
    problems: Vec<Problem>,
    count: usize,
}

impl Invalid {
    /// Creates what is wrong with `text`, read from `name`.
    #[must_use]
    pub fn new(name: &str, text: &str, problems: Vec<Problem>) -> Self {
        let gathered = Gathered {
            kept: problems,
            dropped: 0,
        };
        Self::of(name, text, Problems(RefCell::new(gathered)))
    }

    pub(crate) fn of(name: &str, text: &str, problems: Problems) -> Self {
        let mut gathered = problems.0.into_inner();
        gathered.keep_first();
        let (name, text) = (name.to_owned(), text.to_owned());
        Self {
            source: Source { name, text },
            count: gathered.kept.len() + gathered.dropped,
            problems: gathered.kept,
        }
    }

    /// Returns how many problems there are, with those that are not kept.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }

    /// Returns the problems in the order of the file, the first 32,768 where there are more.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.source.name;
        match self.count {
            1 => write!(f, "{name} has a problem"),
            count if count <= MOST_SHOWN => write!(f, "{name} has {count} problems"),
            count => write!(
                f,
                "{name} has {count} problems, of which these are the first {MOST_SHOWN}"
            ),
        }
    }
}

impl std::error::Error for Invalid {}

impl Diagnostic for Invalid {
    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        Some(&self.source)
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(
            self.problems
                .iter()
                .take(MOST_SHOWN)
                .map(|problem| problem as &dyn Diagnostic),
        ))
    }
}

/// A reason why a file could not be turned into text.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[non_exhaustive]
pub enum ReadError {
    /// It isn't there, or can't be read.
    #[error("cannot read {path}: {cause}")]
    #[diagnostic(help(
        "give the path of an existing file; `tokenomics new NAME` writes a starter"
    ))]
    Io {
        /// The path as given.
        path: String,
        /// The system's own words.
        cause: std::io::Error,
    },
    /// It is too large to be what it should be.
    #[error("{path} is larger than {limit} bytes")]
    #[diagnostic(help("this is far above any real file of its kind: is it the right one?"))]
    TooLarge {
        /// The path as given.
        path: String,
        /// The largest size that is read.
        limit: u64,
    },
    /// It isn't UTF-8.
    #[error(
        "{path} is not UTF-8 text: byte {at}, in line {line}, does not belong to any character"
    )]
    #[diagnostic(help("save the file as UTF-8"))]
    NotUtf8 {
        /// The path as given.
        path: String,
        /// Offset of the first byte that isn't UTF-8.
        at: usize,
        /// The line that byte stands in, from 1.
        line: usize,
    },
    /// The file is empty.
    #[error("{path} is empty")]
    #[diagnostic(help("`tokenomics new NAME` writes a starter to begin from"))]
    Empty {
        /// The path as given.
        path: String,
    },
}

/// Reads the file of a table of at most [`LARGEST_TABLE`](crate::LARGEST_TABLE) bytes, or
/// [`LARGEST_WORKBOOK`](crate::LARGEST_WORKBOOK) of a workbook; `-` is standard input.
///
/// # Errors
/// [`ReadError`], which names the path.
pub fn read_table(path: &Path) -> Result<Vec<u8>, ReadError> {
    let shown = path.display().to_string();
    let io = |cause| ReadError::Io {
        path: shown.clone(),
        cause,
    };
    let mut file: Box<dyn Read> = match path.as_os_str() == "-" {
        true => Box::new(std::io::stdin()),
        false => Box::new(std::fs::File::open(path).map_err(io)?),
    };
    let mut bytes = Vec::new();
    // Four bytes tell which limit holds, before the rest is in memory.
    file.by_ref().take(4).read_to_end(&mut bytes).map_err(io)?;
    let limit = match bytes.starts_with(b"PK") {
        true => crate::LARGEST_WORKBOOK,
        false => crate::LARGEST_TABLE,
    };
    read_up_to(&mut file, &mut bytes, &shown, limit)?;
    if bytes.is_empty() {
        return Err(ReadError::Empty { path: shown });
    }
    Ok(bytes)
}

/// Reads what is left of a file, so that there are no more bytes than `limit`.
fn read_up_to(
    file: &mut dyn Read,
    bytes: &mut Vec<u8>,
    path: &str,
    limit: u64,
) -> Result<(), ReadError> {
    // One byte more than is allowed tells a file at the limit from one beyond it, also where the
    // size isn't known beforehand (a pipe), and without holding a huge file in memory.
    let most = limit.saturating_add(1) - bytes.len() as u64;
    let path = path.to_owned();
    match file.take(most).read_to_end(bytes) {
        Err(cause) => Err(ReadError::Io { path, cause }),
        Ok(_) if bytes.len() as u64 > limit => Err(ReadError::TooLarge { path, limit }),
        Ok(_) => Ok(()),
    }
}

/// Reads a text file of at most `limit` bytes.
///
/// # Errors
/// [`ReadError`], which names the path.
pub fn read_text(path: &Path, limit: u64) -> Result<String, ReadError> {
    let shown = path.display().to_string();
    let io = |cause| ReadError::Io {
        path: shown.clone(),
        cause,
    };
    let mut file = std::fs::File::open(path).map_err(io)?;
    let mut bytes = Vec::new();
    read_up_to(&mut file, &mut bytes, &shown, limit)?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let before = &error.as_bytes()[..at];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        ReadError::NotUtf8 {
            path: shown.clone(),
            at,
            line,
        }
    })?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty { path: shown });
    }
    Ok(text)
}
