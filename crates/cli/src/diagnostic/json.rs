//! Diagnostics as JSON, in the shape of miette's own, which leaves control characters as they are.

use miette::{Diagnostic, Severity, SourceCode};
use serde::Serialize;
use tokenomics_simulation::is_hidden;

#[derive(Serialize)]
struct Json {
    message: String,
    severity: &'static str,
    causes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filename: Option<String>,
    labels: Vec<Label>,
    related: Vec<Json>,
}

#[derive(Serialize)]
struct Label {
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    span: Place,
}

#[derive(Serialize)]
struct Place {
    offset: usize,
    length: usize,
}

/// Returns a diagnostic as JSON on one line.
pub(crate) fn to_json(diagnostic: &dyn Diagnostic) -> String {
    let json = serde_json::to_string(&Json::new(diagnostic, None));
    // Strings, numbers and lists can't fail.
    escape_hidden(&json.unwrap_or_default())
}

/// Escapes what JSON allows in its strings but a terminal obeys.
pub(crate) fn escape_hidden(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        // Those of the layout stand between the strings; in them they are escaped already.
        if is_hidden(c) && c != '\n' {
            let units = c.encode_utf16(&mut [0; 2]).to_vec();
            escaped.extend(units.iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

impl Json {
    fn new(diagnostic: &dyn Diagnostic, file: Option<&dyn SourceCode>) -> Self {
        let file = diagnostic.source_code().or(file);
        let causes = std::iter::successors(diagnostic.source(), |cause| cause.source());
        let related = diagnostic.related().into_iter().flatten();
        Self {
            message: diagnostic.to_string(),
            severity: match diagnostic.severity() {
                Some(Severity::Error) | None => "error",
                Some(Severity::Warning) => "warning",
                Some(Severity::Advice) => "advice",
            },
            causes: causes.map(ToString::to_string).collect(),
            help: diagnostic.help().map(|help| help.to_string()),
            filename: file.map(|file| name(diagnostic, file)),
            labels: labels(diagnostic),
            related: related.map(|one| Self::new(one, file)).collect(),
        }
    }
}

/// The name of the file that a diagnostic's first label stands in.
fn name(diagnostic: &dyn Diagnostic, file: &dyn SourceCode) -> String {
    let label = diagnostic.labels().and_then(|mut labels| labels.next());
    let found = label.and_then(|label| {
        let contents = file.read_span(label.inner(), 0, 0).ok()?;
        contents.name().map(str::to_owned)
    });
    found.unwrap_or_default()
}

fn labels(diagnostic: &dyn Diagnostic) -> Vec<Label> {
    let labels = diagnostic.labels().into_iter().flatten();
    let label = |label: miette::LabeledSpan| Label {
        label: label.label().map(str::to_owned),
        span: Place {
            offset: label.offset(),
            length: label.len(),
        },
    };
    labels.map(label).collect()
}
