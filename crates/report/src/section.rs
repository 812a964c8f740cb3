//! The parts of the page.

use maud::{html, Markup};

/// A failure to write a report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The writer failed.
    #[error("the report can't be written: {0}")]
    Write(#[from] std::io::Error),
    /// A chart could not be drawn.
    #[error("a chart of the report can't be drawn: {0}")]
    Draw(String),
    /// A sum is more than can be counted, which no run leads to.
    #[error("a sum of the report can't be counted: {0}")]
    Count(#[from] tokenomics_fixed_math::Error),
}

/// A part of the page, with the word by which the head of the page links to it.
pub(crate) struct Section {
    pub(crate) id: &'static str,
    pub(crate) link: &'static str,
    pub(crate) body: Markup,
}

/// A part of the page; none where a design has no such thing.
pub(crate) type Part = Result<Option<Section>, ReportError>;

impl Section {
    /// Creates a part: a heading, a sentence or two on what there is to see, and the thing itself.
    pub(crate) fn new(
        id: &'static str,
        link: &'static str,
        title: &str,
        lead: &str,
        body: Markup,
    ) -> Self {
        let body = html! {
            section id=(id) aria-labelledby={ (id) "-title" } {
                h2 id={ (id) "-title" } { (title) }
                @if !lead.is_empty() { p.lead { (lead) } }
                (body)
            }
        };
        Self { id, link, body }
    }
}
