//! The dates at which what is locked at the end of a run opens, if nobody locks it again.

use std::collections::BTreeMap;

use maud::{html, Markup};
use tokenomics_design::calendar::{self, Period};
use tokenomics_engine::Expiry;
use tokenomics_fixed_math::{Amount, Timestamp};

use super::escrow::by_programme;
use crate::chart::{Across, Chart, Shape, Unit};
use crate::dates;
use crate::section::ReportError;
use crate::view::View;

/// More bars than this are joined into longer ones.
const MOST_BARS: u64 = 61;

/// The months of a bar, and what it is called.
const BARS: [(u64, &str); 4] = [(1, "month"), (3, "quarter"), (12, "year"), (120, "decade")];

/// Bars for each month, quarter or longer stretch; nothing where all opens in one of them.
pub(crate) fn drawn(view: &View<'_>) -> Result<Markup, ReportError> {
    let Some((chart, noun)) = chart(view) else {
        return Ok(html! {});
    };
    let never = view.run.expiries.iter().filter(|one| one.end.is_none());
    let never = Amount::try_sum(never.map(|one| one.amount))?;
    Ok(html! {
        h3 { "What opens in each " (noun) ", if nobody locks it again" }
        (chart.draw()?)
        @if !never.is_zero() {
            p.note { "Without the " (view.tokens(never)) " that never open." }
        }
    })
}

fn chart(view: &View<'_>) -> Option<(Chart, &'static str)> {
    let opening = || {
        view.run
            .expiries
            .iter()
            .filter_map(|one| Some((one, one.end?)))
    };
    let ends = || opening().map(|(_, end)| dates::months(end));
    let (first, last) = (ends().min()?, ends().max()?);
    let fits = |(each, _): &(u64, &str)| last / each - first / each < MOST_BARS;
    let (each, noun) = BARS.into_iter().find(fits).unwrap_or(BARS[BARS.len() - 1]);
    let mut sums: BTreeMap<(usize, u64), f64> = BTreeMap::new();
    for (one, end) in opening() {
        let Expiry {
            programme, amount, ..
        } = *one;
        let bar = (programme, dates::months(end) / each);
        *sums.entry(bar).or_default() += view.drawn(amount);
    }
    let bars: Vec<u64> = (first / each..=last / each).collect();
    let filled = |bar: &&u64| sums.keys().any(|(_, filled)| *bar == filled);
    if bars.iter().filter(filled).count() < 2 {
        return None;
    }
    let value = |programme: usize| {
        let sum = |bar: &u64| sums.get(&(programme, *bar)).copied().unwrap_or(0.0);
        bars.iter().map(sum).collect()
    };
    let start = |bar: u64| start(bar * each).get() as f64;
    let chart = Chart {
        description: format!("Stacked bars: what is locked at the end and opens in each {noun}."),
        across: Across::Time,
        places: bars.iter().map(|bar| start(*bar)).collect(),
        end: start(last / each + 1),
        unit: Unit::Tokens,
        top: None,
        layers: by_programme(view, Shape::Bar, value),
    };
    Some((chart, noun))
}

/// The first instant of a month, counted from the year 0, as far as it is not before 1970.
fn start(months: u64) -> Timestamp {
    let since_1970 = months.saturating_sub(1_970 * 12);
    let start = Period::Months(1).after(Timestamp::ZERO, since_1970);
    start.unwrap_or(calendar::LAST)
}
