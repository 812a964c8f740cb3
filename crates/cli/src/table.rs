//! The short table that a run prints.

use std::path::Path;

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{CellAlignment, ContentArrangement, Table};
use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_simulation::{calendar, clipped, percent, printable, ratio, Run, Stakeholder};

pub(crate) fn render(run: &Run<'_>, out: &Path) -> String {
    let token = &run.design.token;
    let window = run.design.window;
    format!(
        "{} ({}), {} to {} in {} steps of {}\n{}\n{}\n{}\n",
        name(&token.name),
        name(&token.symbol),
        calendar::date(window.start),
        calendar::date(window.end),
        run.rows.len(),
        window.step,
        headline(run),
        stakeholders(run),
        written(out),
    )
}

/// A token's name or symbol, fit to be printed: no longer than a line or two, and with nothing that
/// acts on a terminal.
pub(crate) fn name(text: &str) -> String {
    printable(&clipped(text.to_owned(), 100)).into_owned()
}

/// Whole tokens with grouped digits, and what is cut off left out: the files have it all.
fn whole(run: &Run<'_>, amount: Amount) -> String {
    let tokens = amount.get() / run.design.token.decimals.one_token();
    let digits = tokens.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A part in percent of all, rounded as in the report.
fn share(part: Amount, all: Amount) -> String {
    ratio(part, all).map_or_else(|| "–".to_owned(), percent)
}

/// As wide as what is in it: figures broken over lines can't be read, and a pipe has no width.
fn new_table() -> Table {
    let mut table = Table::new();
    table
        .load_preset(UTF8_FULL_CONDENSED)
        .set_content_arrangement(ContentArrangement::Disabled);
    table
}

/// What shares are of: where minting has no end, of what there is in the run.
fn of_all(run: &Run<'_>) -> &'static str {
    if run.design.is_endless() {
        "of all in the run"
    } else {
        "of max supply"
    }
}

fn headline(run: &Run<'_>) -> Table {
    let (row, max) = (run.last(), run.design.max_supply());
    let mut table = new_table();
    table.set_header(["at the end", "tokens", of_all(run)]);
    let mut line = |name: &str, amount: Amount| {
        table.add_row([name.to_owned(), whole(run, amount), share(amount, max)]);
    };
    if !run.design.is_endless() {
        line("maximum supply", max);
    }
    line("total supply", row.total_supply);
    line("circulating", row.circulating);
    for (name, amount) in [
        ("locked for votes", row.locked),
        ("vote weight", row.vote_weight),
        ("treasury", row.treasury),
        ("emitted", row.emitted),
        ("burned", row.burned),
    ] {
        if !amount.is_zero() {
            line(name, amount);
        }
    }
    let date =
        |at: Option<Timestamp>| at.map_or_else(|| "not in this run".to_owned(), calendar::date);
    table.add_row([
        "50% circulating".to_owned(),
        date(run.date_circulating(50)),
        String::new(),
    ]);
    table.add_row([
        "90% circulating".to_owned(),
        date(run.date_circulating(90)),
        String::new(),
    ]);
    if let Some((month, amount)) = run.peak_unlock() {
        let name = format!("peak unlock, {}", calendar::year_month(month));
        table.add_row([name, whole(run, amount), share(amount, max)]);
    }
    if let Some((month, rate)) = run.peak_inflation() {
        let name = format!("peak inflation, {}", calendar::year_month(month));
        table.add_row([name, format!("{} a month", percent(rate)), String::new()]);
    }
    let conserved = format!("{} audits, every base unit in one account", run.audits);
    table.add_row(["conservation".to_owned(), conserved, String::new()]);
    right_align(table, 1..=2)
}

fn stakeholders(run: &Run<'_>) -> Table {
    let max = run.design.max_supply();
    let mut table = new_table();
    table.set_header(["for whom", "allocated", "to be minted", of_all(run)]);
    for who in Stakeholder::ALL {
        let totals = run.stakeholder(who);
        // Both are parts of the maximum supply.
        let all = totals
            .allocated
            .checked_add(totals.to_be_minted)
            .unwrap_or(max);
        table.add_row([
            who.name().to_owned(),
            whole(run, totals.allocated),
            whole(run, totals.to_be_minted),
            share(all, max),
        ]);
    }
    right_align(table, 1..=3)
}

fn right_align(mut table: Table, columns: std::ops::RangeInclusive<usize>) -> Table {
    for index in columns {
        if let Some(column) = table.column_mut(index) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

fn written(out: &Path) -> String {
    format!(
        "Written to {0}: report.html (open it in a browser), series.csv, summary.json",
        printable(&out.display().to_string())
    )
}
