//! The layouts of tables, each read in a file of its own.

mod dated;
mod months;
mod terms;
mod unlocks;

use super::columns::Columns;
use super::header::Meaning;
use super::plan::Plan;
use super::reader::Reader;
use super::table::Row;

/// The layout of a table: what each of its rows is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// An unlock with its kind and dates.
    Unlocks,
    /// An allocation with a share at genesis, a cliff and a time of vesting.
    Terms,
    /// An allocation, with a column for each month.
    Months,
    /// A date, an allocation and what unlocks.
    Dated,
}

impl Layout {
    /// Returns the layout that the columns make.
    pub(super) fn of(columns: &Columns) -> Option<Self> {
        let has = |meaning| columns.has(meaning);
        let has_terms = [Meaning::Tge, Meaning::Cliff, Meaning::Vesting];
        let has_months = columns
            .all()
            .any(|(_, meaning)| matches!(meaning, Meaning::Month(_)));
        let has_amount = has(Meaning::Amount) || has(Meaning::AmountMicro);
        if !has(Meaning::Recipient) {
            return None;
        }
        if has_months {
            return Some(Self::Months);
        }
        if has_terms.into_iter().any(has) && (has_amount || has(Meaning::Share)) {
            return Some(Self::Terms);
        }
        if has(Meaning::Kind) && has(Meaning::Start) && has_amount {
            return Some(Self::Unlocks);
        }
        (has(Meaning::Date) && has_amount).then_some(Self::Dated)
    }

    /// Returns the name of the layout, as a note says it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Unlocks => "one row an unlock, with its kind and dates",
            Self::Terms => "one row an allocation, with its terms",
            Self::Months => "one row an allocation, with a column for each month",
            Self::Dated => "one row for each date and allocation",
        }
    }

    /// Returns `true` if the layout uses a column of such a meaning.
    pub(super) const fn uses(self, meaning: Meaning) -> bool {
        let is_amount = matches!(meaning, Meaning::Amount | Meaning::AmountMicro);
        match (self, meaning) {
            (_, Meaning::Protocol | Meaning::Recipient) => true,
            (Self::Unlocks, Meaning::Kind | Meaning::Start | Meaning::End) => true,
            (Self::Unlocks, Meaning::StepSeconds | Meaning::Steps) => true,
            (Self::Terms, Meaning::Kind | Meaning::Start | Meaning::End | Meaning::Share) => true,
            (Self::Terms, Meaning::Tge | Meaning::Cliff | Meaning::Vesting) => true,
            (Self::Months, Meaning::Month(_) | Meaning::Tge) => true,
            (Self::Dated, Meaning::Date) => true,
            _ => is_amount,
        }
    }

    /// Reads the rows.
    pub(super) fn read(self, reader: &Reader<'_>, rows: &[&Row]) -> Plan {
        let mut plan = Plan::default();
        match self {
            Self::Unlocks => unlocks::read(reader, rows, &mut plan),
            Self::Terms => terms::read(reader, rows, &mut plan),
            Self::Months => months::read(reader, rows, &mut plan),
            Self::Dated => dated::read(reader, rows, &mut plan),
        }
        plan.rows = rows.len();
        plan
    }
}

/// Returns the amount of a row in tokens, of whichever column holds it.
fn amount(reader: &Reader<'_>, row: &Row) -> Option<super::number::Numeral> {
    if !reader.columns.has(Meaning::AmountMicro) {
        return reader.number(row, Meaning::Amount);
    }
    let micro = reader.number(row, Meaning::AmountMicro)?;
    if micro.whole().is_none() {
        let column = reader.columns.of(Meaning::AmountMicro)?;
        let message = format!("`{micro}` is no whole number of 1e-6 tokens");
        return reader.wrong(
            row,
            column,
            &message,
            "amounts in tokens stand in a column `amount`",
        );
    }
    Some(micro.shifted(6))
}
