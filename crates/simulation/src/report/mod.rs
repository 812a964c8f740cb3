//! `report.html`: one page that shows a run to a token's designer, its investors and its DAO.
//!
//! The page needs nothing beside itself: no script, no font, no request. It follows the reader's
//! light or dark theme and the width of the screen, and it prints. What it says in figures is
//! computed with integers; floats only place ink on a drawing.

mod accounts;
mod axis;
mod chart;
mod collateral;
mod dates;
mod draw;
mod emission;
mod escrow;
mod fees;
mod figures;
mod format;
mod hover;
mod ink;
mod rates;
mod reading;
mod sample;
mod stakeholders;
mod supply;
#[cfg(test)]
mod tests;
mod unlock_tables;
mod unlocks;
mod view;
mod yearly;

pub use format::percent_fine as percent;

use std::io::Write;

use maud::{html, Markup, PreEscaped, DOCTYPE};

use crate::calendar;
use crate::run::Run;
use view::View;

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The writer failed.
    #[error("the report can't be written: {0}")]
    Write(#[from] std::io::Error),
    /// A chart could not be drawn.
    #[error("a chart of the report can't be drawn: {0}")]
    Draw(String),
}

/// A part of the page, with the word by which the head of the page links to it.
struct Section {
    id: &'static str,
    link: &'static str,
    body: Markup,
}

/// What a part of the page comes to: nothing where a design has no such thing.
type Part = Result<Option<Section>, ReportError>;

impl Section {
    /// A heading, what there is to see in a sentence or two, and the thing itself.
    fn new(id: &'static str, link: &'static str, title: &str, lead: &str, body: Markup) -> Self {
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

/// Writes the report of a run as one self-contained HTML page.
///
/// # Errors
/// [`ReportError`].
///
/// ```
/// use tokenomics_simulation::{run, starter, write_report, Design, Overrides};
///
/// let design = Design::parse("starter.toml", &starter("Demo"), Overrides::default())?;
/// let run = run(&design)?;
/// let mut page = Vec::new();
/// write_report(&run, &mut page)?;
/// assert!(page.starts_with(b"<!DOCTYPE html>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_report(run: &Run<'_>, mut out: impl Write) -> Result<(), ReportError> {
    let view = View::new(run);
    let parts: [fn(&View<'_>) -> Part; 9] = [
        supply::section,
        unlocks::section,
        emission::section,
        stakeholders::section,
        escrow::section,
        fees::section,
        collateral::section,
        yearly::section,
        accounts::section,
    ];
    let parts = parts
        .iter()
        .map(|part| part(&view))
        .collect::<Result<Vec<_>, _>>()?;
    let sections: Vec<Section> = parts.into_iter().flatten().collect();
    out.write_all(page(&view, &sections).into_string().as_bytes())?;
    out.flush()?;
    Ok(())
}

fn page(view: &View<'_>, sections: &[Section]) -> Markup {
    let token = &view.run.design.token;
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (token.name) " (" (token.symbol) "): what the token design does" }
                style { (PreEscaped(include_str!("style.css"))) }
            }
            body {
                main {
                    (header(view))
                    (figures::cards(view))
                    nav aria-label="Sections" {
                        @for section in sections { a href={ "#" (section.id) } { (section.link) } }
                    }
                    @for section in sections { (section.body) }
                }
                (footer(view))
            }
        }
    }
}

fn header(view: &View<'_>) -> Markup {
    let (token, window) = (&view.run.design.token, view.run.design.window);
    html! {
        header {
            p.kicker { "Token design, simulated" }
            h1 { (token.name) " " span.symbol { (token.symbol) } }
            p.reading { (reading::of(view)) }
            p.window {
                "From " time { (calendar::date(window.start)) }
                " to " time { (calendar::date(window.end)) }
                ", a row of the series every " (reading::every(window.step)) ", in UTC"
            }
        }
    }
}

fn footer(view: &View<'_>) -> Markup {
    html! {
        footer {
            h2 { "How this was computed" }
            p {
                "Every amount comes from the integer code of the tokenomics libraries, the same that "
                "runs inside a program on chain, and moves on a double-entry ledger in base units ("
                (view.run.design.token.decimals.get()) " decimals). What is paid out or vested is "
                "rounded down, what is owed is rounded up, and remainders are carried. The run goes from event "
                "to event; after each, in all " (format::grouped(view.run.audits)) " times, the accounts "
                "that changed were added up and compared with the supply."
            }
            p {
                "Figures with a unit letter (K, M, B, T) are rounded to three digits, and charts to a "
                "pixel. " code { "series.csv" } " and " code { "summary.json" } ", beside this page, hold "
                "every digit. A design is a plan: what people will really claim, lock, sell or pay in "
                "fees is an assumption of its author, not a result."
            }
        }
    }
}
