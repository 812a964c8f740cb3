//! Diagnostics of which nothing acts on a terminal.

use std::error::Error;
use std::fmt;

use miette::{
    Diagnostic, LabeledSpan, MietteError, MietteSpanContents, Severity, SourceCode, SourceSpan,
    SpanContents,
};
use tokenomics_simulation::printable;

/// A diagnostic with every text of it escaped, and an excerpt of the file as its source.
#[derive(Debug)]
pub(super) struct Shown {
    message: String,
    severity: Option<Severity>,
    help: Option<String>,
    cause: Option<Box<Cause>>,
    excerpt: Option<Excerpt>,
    related: Vec<Shown>,
}

#[derive(Debug)]
struct Cause {
    message: String,
    cause: Option<Box<Cause>>,
}

/// The lines around the first label of a diagnostic.
#[derive(Debug)]
struct Excerpt {
    name: String,
    text: String,
    /// The line that the text begins on, from 0.
    first_line: usize,
    label: LabeledSpan,
    /// The line and column of the label in the file, from 0.
    at: (usize, usize),
}

impl Shown {
    /// Escapes a diagnostic, which is about `file` if it has no source of its own.
    pub(super) fn new(diagnostic: &dyn Diagnostic, file: Option<&dyn SourceCode>) -> Self {
        let file = diagnostic.source_code().or(file);
        let label = diagnostic.labels().and_then(|mut labels| labels.next());
        let related = diagnostic.related().into_iter().flatten();
        Self {
            message: escaped(&diagnostic.to_string()),
            severity: diagnostic.severity(),
            help: diagnostic.help().map(|help| escaped(&help.to_string())),
            cause: Cause::of(diagnostic.source()),
            excerpt: file
                .zip(label)
                .and_then(|(file, label)| Excerpt::new(file, &label).ok()),
            related: related.map(|one| Self::new(one, file)).collect(),
        }
    }
}

fn escaped(text: &str) -> String {
    printable(text).into_owned()
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Shown {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

impl Diagnostic for Shown {
    fn severity(&self) -> Option<Severity> {
        self.severity
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.help.as_ref();
        help.map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        let excerpt = self.excerpt.as_ref();
        excerpt.map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = self.excerpt.as_ref().map(|excerpt| excerpt.label.clone())?;
        Some(Box::new(std::iter::once(label)))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.related.iter().map(|one| one as _)))
    }
}

impl Cause {
    fn of(error: Option<&(dyn Error + 'static)>) -> Option<Box<Self>> {
        let error = error?;
        Some(Box::new(Self {
            message: escaped(&error.to_string()),
            cause: Self::of(error.source()),
        }))
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Cause {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

impl Excerpt {
    fn new(file: &dyn SourceCode, label: &LabeledSpan) -> Result<Self, MietteError> {
        let around = file.read_span(label.inner(), 1, 1)?;
        let data = String::from_utf8_lossy(around.data());
        let start = around.span().offset();
        // The label may go on beyond what is shown.
        let place = |at: usize| data.floor_char_boundary(at.saturating_sub(start));
        let (from, to) = (place(label.offset()), place(label.offset() + label.len()));
        let mut text = String::from(if around.column() > 0 { "…" } else { "" });
        text.push_str(&lines(&data[..from]));
        let offset = text.len();
        text.push_str(&lines(&data[from..to]));
        let length = text.len() - offset;
        text.push_str(&lines(&data[to..]));
        if is_cut(file, start + data.len(), &data) {
            text.push('…');
        }
        let at = file.read_span(label.inner(), 0, 0)?;
        Ok(Self {
            name: escaped(around.name().unwrap_or_default()),
            text,
            first_line: around.line(),
            label: LabeledSpan::new(label.label().map(escaped), offset, length),
            at: (at.line(), at.column()),
        })
    }
}

/// Returns `true` if the file goes on, at `end`, on the line that an excerpt ends in.
fn is_cut(file: &dyn SourceCode, end: usize, data: &str) -> bool {
    let next = file.read_span(&SourceSpan::from((end, 1)), 0, 0);
    !data.ends_with('\n') && next.is_ok_and(|next| !next.data().starts_with(b"\n"))
}

/// Lines of a file, escaped but for what makes them lines and indents them.
fn lines(text: &str) -> String {
    let line = |line: &str| {
        let parts: Vec<_> = line.split('\t').map(printable).collect();
        parts.join("\t")
    };
    let lines: Vec<_> = text.replace("\r\n", "\n").split('\n').map(line).collect();
    lines.join("\n")
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        // A renderer asks for the lines around the label, and without any for the label's place.
        let ((line, column), start) = match before {
            0 => (self.at, span.offset()),
            _ => ((self.first_line, 0), 0),
        };
        let data = self.text.as_bytes().get(start..);
        let data = data.ok_or(MietteError::OutOfBounds)?;
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            data,
            SourceSpan::from((start, data.len())),
            line,
            column,
            self.text.matches('\n').count(),
        )))
    }
}
