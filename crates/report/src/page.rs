//! `report.html`: one page that shows a run to a token's designer, its investors and its DAO.
//!
//! The page needs nothing beside itself: no script, no font, no request. It follows the reader's
//! light or dark theme and the width of the screen, and it prints. What it says in figures is
//! computed with integers; floats only place ink on a drawing.

use std::io::Write;

use maud::{html, Markup, PreEscaped, DOCTYPE};

use crate::format;
use crate::section::{Part, ReportError, Section};
use crate::sections::{
    accounts, collateral, emission, escrow, fees, figures, notes, reading, stakeholders, supply,
    unlocks, yearly,
};
use crate::view::View;
use tokenomics_design::{calendar, printable};
use tokenomics_engine::Run;

/// Writes the report of a run as one self-contained HTML page.
///
/// # Errors
/// [`ReportError`].
///
/// ```
/// use tokenomics_design::{starter, Design, Overrides};
/// use tokenomics_engine::run;
/// use tokenomics_report::write_report;
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
    let parts: [fn(&View<'_>) -> Part; 10] = [
        supply::section,
        unlocks::section,
        emission::section,
        stakeholders::section,
        escrow::section,
        fees::section,
        collateral::section,
        notes::section,
        yearly::section,
        accounts::section,
    ];
    let parts = parts
        .iter()
        .map(|part| part(&view))
        .collect::<Result<Vec<_>, _>>()?;
    let sections: Vec<Section> = parts.into_iter().flatten().collect();
    // The page itself has none of what is escaped: that comes from names only.
    let page = page(&view, &sections).into_string();
    out.write_all(printable(&page).as_bytes())?;
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
                style { (PreEscaped(style())) }
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

/// The style sheet as one line, as all of the page is one.
pub(crate) fn style() -> String {
    include_str!("style.css").replace('\n', "")
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
