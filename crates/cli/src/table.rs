//! The short tables that a run and a backtest print.

mod backtest;

use std::path::Path;

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{CellAlignment, ContentArrangement, Table};
use tokenomics_fixed_math::{Amount, Decimals, Timestamp};
use tokenomics_simulation::{
    calendar, clipped, kept_revenue, percent, printable, ratio, FeeAsset, Month, Notes, Run,
    Stakeholder,
};

pub(crate) use backtest::render as render_backtest;

pub(crate) fn render(run: &Run<'_>, out: &Path) -> String {
    let token = &run.design.token;
    let window = run.design.window;
    format!(
        "{} ({}), {} to {} in {} steps of {}\n{}\n{}\n{}{}{}\n",
        name(&token.name),
        name(&token.symbol),
        calendar::date(window.start),
        calendar::date(window.end),
        run.steps,
        window.step,
        headline(run),
        stakeholders(run),
        revenue(run).map_or_else(String::new, |table| format!("{table}\n")),
        notes(run),
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
    whole_units(amount, run.design.token.decimals)
}

/// Whole units of any asset.
fn whole_units(amount: Amount, decimals: Decimals) -> String {
    let tokens = amount.get() / decimals.one_token();
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

fn headline(run: &Run<'_>) -> Table {
    let (totals, max) = (&run.last.totals, run.design.max_supply());
    let mut table = new_table();
    // Where minting has no end, there is nothing that these could be shares of.
    let of = max.map_or("", |_| "of max supply");
    table.set_header(["at the end", "tokens", of]);
    let of_max = |amount| max.map_or_else(String::new, |max| share(amount, max));
    let mut line = |name: &str, amount: Amount| {
        table.add_row([name.to_owned(), whole(run, amount), of_max(amount)]);
    };
    if let Some(max) = max {
        line("maximum supply", max);
    }
    line("total supply", totals.total_supply);
    line("circulating", totals.circulating);
    for (name, amount) in [
        ("locked for votes", totals.locked),
        ("vote weight", totals.vote_weight),
        ("treasury", totals.treasury),
        ("emitted", totals.emitted),
        ("burned", totals.burned),
        ("in vaults", totals.in_vaults),
        ("in buffers", totals.reserves),
        ("revenue not paid", totals.unpaid),
    ] {
        if !amount.is_zero() {
            line(name, amount);
        }
    }
    if let Some(month) = run.peak_unlock() {
        line(&format!("peak unlock, {}", month_name(month)), month.total);
    }
    dates(run, &mut table);
    let conserved = format!("{} audits, every base unit in one account", run.audits);
    table.add_row(["conservation".to_owned(), conserved, String::new()]);
    right_align(table, 1..=2)
}

/// The dates at which half and nine tenths circulate, and the month of the highest inflation.
fn dates(run: &Run<'_>, table: &mut Table) {
    let date =
        |at: Option<Timestamp>| at.map_or_else(|| "not in this run".to_owned(), calendar::date);
    if run.design.max_supply().is_some() {
        for percent in [50, 90] {
            let at = date(run.log.circulating(percent));
            table.add_row([format!("{percent}% circulating"), at, String::new()]);
        }
    }
    if let Some((month, rate)) = run.peak_inflation() {
        let name = format!("peak inflation, {}", month_name(month));
        table.add_row([
            name,
            format!("{} of the supply", percent(rate)),
            String::new(),
        ]);
    }
}

/// Year and month, with the days where the run has only a part of it.
fn month_name(month: &Month) -> String {
    let name = calendar::year_month(month.from);
    if !month.is_clipped() {
        return name;
    }
    let (from, until) = (calendar::date(month.from), calendar::date(month.until));
    if from == until {
        return format!("{name} (on {from})");
    }
    format!("{name} ({from} to {until})")
}

fn stakeholders(run: &Run<'_>) -> Table {
    let mut table = new_table();
    let Some(max) = run.design.max_supply() else {
        table.set_header([
            "for whom",
            "allocated",
            "minted by the end",
            "of genesis supply",
        ]);
        for who in Stakeholder::ALL {
            let totals = run.stakeholder(who);
            table.add_row([
                who.name().to_owned(),
                whole(run, totals.allocated),
                whole(run, totals.minted),
                share(totals.allocated, run.design.token.supply),
            ]);
        }
        return right_align(table, 1..=3);
    };
    table.set_header(["for whom", "allocated", "to be minted", "of max supply"]);
    for who in Stakeholder::ALL {
        let totals = run.stakeholder(who);
        let minted = totals.to_be_minted.unwrap_or_default();
        let all = totals.allocated.checked_add(minted);
        table.add_row([
            who.name().to_owned(),
            whole(run, totals.allocated),
            whole(run, minted),
            all.map_or_else(|_| "–".to_owned(), |all| share(all, max)),
        ]);
    }
    right_align(table, 1..=3)
}

/// Revenue by where it is, as a share of what came in the same asset; nothing where none did.
fn revenue(run: &Run<'_>) -> Option<Table> {
    let plan = run.design.fees.as_ref()?;
    let kept = kept_revenue(run);
    let token = &run.design.token;
    let mut table = new_table();
    table.set_header(["revenue to", "by the end", "of the asset's"]);
    let mut is_empty = true;
    for (route, amount) in plan.routes.iter().zip(&kept) {
        let (symbol, decimals) = match &plan.assets[route.asset] {
            FeeAsset::Token => (&token.symbol, token.decimals),
            FeeAsset::Other {
                symbol, decimals, ..
            } => (symbol, *decimals),
        };
        let same = plan.routes.iter().zip(&kept);
        let same = same.filter(|(other, _)| other.asset == route.asset);
        let all = Amount::try_sum(same.map(|(_, amount)| *amount));
        if !amount.is_zero() {
            is_empty = false;
            table.add_row([
                name(&route.name),
                format!("{} {}", whole_units(*amount, decimals), name(symbol)),
                all.map_or_else(|_| "–".to_owned(), |all| share(*amount, all)),
            ]);
        }
    }
    (!is_empty).then(|| right_align(table, 1..=2))
}

/// The sentences of the page on what happened and on what is assumed.
fn notes(run: &Run<'_>) -> String {
    let Notes { happened, assumed } = Notes::new(run);
    let happened = happened.iter().map(|note| format!("note: {note}\n"));
    let assumed = assumed.iter().map(|note| format!("assumed: {note}\n"));
    happened.chain(assumed).collect()
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
