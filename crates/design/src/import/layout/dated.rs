//! One row for each date and allocation: what unlocks at the date.

use std::collections::BTreeMap;

use super::super::header::Meaning;
use super::super::plan::Plan;
use super::super::reader::Reader;
use super::super::table::Row;

pub(super) fn read(reader: &Reader<'_>, rows: &[&Row], plan: &mut Plan) {
    let mut first_rows: BTreeMap<&str, &Row> = BTreeMap::new();
    for row in rows {
        let recipient = reader.needed(row, Meaning::Recipient);
        let at = reader.date(row, Meaning::Date);
        let amount = super::amount(reader, row);
        let (Some(recipient), Some(at), Some(amount)) = (recipient, at, amount) else {
            continue;
        };
        first_rows.entry(recipient).or_insert(row);
        plan.push_tranche(recipient, at, amount, reader.table.row_span(row));
    }
    for (recipient, row) in first_rows {
        if !plan.has(recipient) {
            let message = format!("nothing unlocks for `{recipient}`");
            let _: Option<()> = reader.wrong_row(row, message, "leave its rows out");
        }
    }
    plan.notes
        .push("each amount unlocks at its date, and is no running total".to_owned());
}
