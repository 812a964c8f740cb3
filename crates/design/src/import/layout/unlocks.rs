//! One row an unlock: recipient, kind, start, end, step_seconds, steps, amount.

use super::super::header::Meaning;
use super::super::number::Numeral;
use super::super::plan::{Kind, Plan, Schedule, Size};
use super::super::reader::Reader;
use super::super::table::Row;
use crate::calendar;

pub(super) fn read(reader: &Reader<'_>, rows: &[&Row], plan: &mut Plan) {
    for row in rows {
        // Once anything is wrong, the others are only looked at.
        let read = unlock(reader, row).filter(|_| !reader.problems.any());
        if let Some((recipient, schedule)) = read {
            plan.push(recipient, schedule);
        }
    }
}

/// Reads a row's recipient and unlock; `None`, with the problems noted, if anything is wrong with it.
fn unlock<'r>(reader: &Reader<'_>, row: &'r Row) -> Option<(&'r str, Schedule)> {
    let recipient = reader.needed(row, Meaning::Recipient);
    let kind = kind(reader, row);
    let amount = super::amount(reader, row);
    let (recipient, kind, amount) = (recipient?, kind?, amount?);
    // A step's amount is that of one step.
    let count = match kind {
        Kind::Step { count, .. } => count.into(),
        _ => 1,
    };
    let Some(all) = amount.checked_mul(Numeral::of_integer(count)) else {
        return reader.wrong_row(row, "the steps sum to too much", "fewer or smaller steps");
    };
    let schedule = Schedule {
        size: Size::Tokens(all),
        kind,
        place: reader.table.row_span(row),
    };
    Some((recipient, schedule))
}

fn kind(reader: &Reader<'_>, row: &Row) -> Option<Kind> {
    let kind = reader.needed(row, Meaning::Kind);
    let start = reader.date(row, Meaning::Start);
    let kind = kind?;
    match kind.to_lowercase().as_str() {
        "cliff" => {
            let others = [Meaning::End, Meaning::StepSeconds, Meaning::Steps];
            reader.refuse_unused(row, "cliff", &others);
            Some(Kind::Cliff { at: start? })
        }
        "linear" => {
            reader.refuse_unused(
                row,
                "linear unlock",
                &[Meaning::StepSeconds, Meaning::Steps],
            );
            let end = reader.date(row, Meaning::End)?;
            let start = start?;
            if end <= start {
                let (start, end) = (calendar::rfc3339(start), calendar::rfc3339(end));
                let message = format!("the end {end} does not follow the start {start}");
                return reader.wrong_row(row, message, "a linear unlock ends after it starts");
            }
            Some(Kind::Linear { start, end })
        }
        "step" => {
            reader.refuse_unused(row, "step", &[Meaning::End]);
            steps(reader, row, start)
        }
        _ => {
            let message = format!("`{kind}` is not a kind of unlock");
            reader.wrong_row(row, message, "kind is cliff, linear or step")
        }
    }
}

fn steps(
    reader: &Reader<'_>,
    row: &Row,
    start: Option<tokenomics_fixed_math::Timestamp>,
) -> Option<Kind> {
    let seconds = reader.count(row, Meaning::StepSeconds, u64::MAX);
    let count = reader.count(row, Meaning::Steps, u32::MAX.into());
    let (start, seconds, count) = (start?, seconds?, u32::try_from(count?).ok()?);
    let last = seconds.checked_mul(count.into());
    let last = last.and_then(|all| start.get().checked_add(all));
    if last.is_none_or(|last| last > calendar::LAST.get()) {
        let message = format!("{count} steps of {seconds} s end past the year 9999");
        return reader.wrong_row(row, message, "fewer or shorter steps");
    }
    Some(Kind::Step {
        start,
        seconds,
        count,
    })
}
