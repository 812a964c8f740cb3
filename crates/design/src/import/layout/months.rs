//! One row an allocation, with a column for each month: what unlocks on its first day.

use tokenomics_fixed_math::Timestamp;

use super::super::header::Meaning;
use super::super::number::Numeral;
use super::super::plan::Plan;
use super::super::reader::Reader;
use super::super::table::Row;
use crate::calendar;

pub(super) fn read(reader: &Reader<'_>, rows: &[&Row], plan: &mut Plan) {
    let columns = columns(reader);
    for row in rows {
        let Some(recipient) = reader.needed(row, Meaning::Recipient) else {
            continue;
        };
        if plan.has(recipient) {
            let message = format!("`{recipient}` has two rows");
            let _: Option<()> = reader.wrong_row(row, message, "one row an allocation");
            continue;
        }
        let Some(sum) = read_row(reader, row, recipient, &columns, plan) else {
            continue;
        };
        check_amount(reader, row, sum);
    }
    if let Some(column) = reader.columns.of(Meaning::Tge) {
        let name = reader.columns.name(column);
        plan.notes
            .push(format!("what {name} holds unlocks at genesis, in tokens"));
    }
    plan.notes.push(
        "what a month's column holds unlocks on the month's first day, or on the day it names"
            .to_owned(),
    );
}

/// The columns of months and, as the first of them, that of genesis, in the order of time.
fn columns(reader: &Reader<'_>) -> Vec<(usize, Timestamp)> {
    let months = reader
        .columns
        .all()
        .filter_map(|(at, meaning)| match meaning {
            Meaning::Month(month) => Some((at, month)),
            _ => None,
        });
    let mut columns: Vec<_> = months.collect();
    let first = columns.iter().map(|(_, month)| *month).min();
    let genesis = reader.options.genesis.or(first);
    if let Some(tge) = reader.columns.of(Meaning::Tge).zip(genesis) {
        columns.push(tge);
    }
    columns.sort_by_key(|(_, month)| *month);
    columns
}

/// Reads what unlocks in each month; returns the sum.
fn read_row(
    reader: &Reader<'_>,
    row: &Row,
    recipient: &str,
    columns: &[(usize, Timestamp)],
    plan: &mut Plan,
) -> Option<Numeral> {
    let mut sum = Numeral::ZERO;
    for (column, at) in columns {
        let cell = row.cell(*column);
        if cell.is_empty() {
            continue;
        }
        if cell.ends_with('%') {
            let message = format!("`{cell}` is a share, and the columns of months hold tokens");
            return reader.wrong(row, *column, &message, "write what unlocks in tokens");
        }
        let amount = reader.number_at(row, *column)?;
        let Some(more) = sum.checked_add(amount) else {
            return reader.wrong_row(row, "the amounts sum to more than can be counted", "");
        };
        sum = more;
        plan.push_tranche(recipient, *at, amount, reader.place(row, *column));
    }
    if sum.is_zero() {
        let message = format!("nothing unlocks for `{recipient}`");
        let last = columns
            .last()
            .map_or(String::new(), |(_, at)| calendar::year_month(*at));
        return reader.wrong_row(
            row,
            message,
            &format!("fill in a month up to {last}, or leave the row out"),
        );
    }
    Some(sum)
}

/// Notes an amount that isn't the sum of its months.
fn check_amount(reader: &Reader<'_>, row: &Row, sum: Numeral) {
    let has_amount = [Meaning::Amount, Meaning::AmountMicro]
        .into_iter()
        .any(|meaning| reader.text(row, meaning).is_some());
    if !has_amount {
        return;
    }
    if let Some(amount) = super::amount(reader, row).filter(|amount| *amount != sum) {
        let message = format!("the months sum to {sum}, and the amount is {amount}");
        let _: Option<()> = reader.wrong_row(row, message, "one of them is wrong");
    }
}
