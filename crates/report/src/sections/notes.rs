//! The events that a reader might not expect, and the assumptions.

use maud::{html, Markup};

use crate::notes::Notes;
use crate::section::{Part, Section};
use crate::view::View;

pub(crate) fn section(view: &View<'_>) -> Part {
    let Notes { happened, assumed } = Notes::set(view.run);
    if happened.is_empty() && assumed.is_empty() {
        return Ok(None);
    }
    let body = html! {
        (list("What happened", &happened))
        (list("What is assumed", &assumed))
    };
    Ok(Some(Section::new(
        "notes",
        "Notes",
        "Notes on this run",
        "",
        body,
    )))
}

fn list(title: &str, sentences: &[String]) -> Markup {
    html! {
        @if !sentences.is_empty() {
            h3 { (title) }
            ul.facts { @for sentence in sentences { li { (sentence) } } }
        }
    }
}
