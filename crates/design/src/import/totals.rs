//! Rows that hold the sums of the others.

use super::columns::Columns;
use super::header::{words, Meaning};
use super::number::Numeral;
use super::plan::Plan;
use super::reader::Reader;
use super::table::Row;

/// Returns `true` of a row of sums, such as one that is called Total.
pub(super) fn is_total(columns: &Columns, row: &Row) -> bool {
    let Some(name) = columns.of(Meaning::Recipient).map(|at| row.cell(at)) else {
        return false;
    };
    let words = words(name);
    let is_sum = |word: &String| ["total", "totals", "sum"].contains(&word.as_str());
    let is_beside = |word: &String| ["grand", "supply", "tokens"].contains(&word.as_str());
    words.iter().any(is_sum) && words.iter().all(|word| is_sum(word) || is_beside(word))
}

/// Notes cells of a row of sums that aren't the sums of the rows.
pub(super) fn check(reader: &Reader<'_>, total: &Row, rows: &[&Row], plan: &mut Plan) {
    let sums = reader.columns.all().filter(|(at, meaning)| {
        let is_summed = meaning.is_number() && *meaning != Meaning::Tge;
        is_summed && !total.cell(*at).is_empty()
    });
    let mut agreeing = Vec::new();
    for (column, meaning) in sums.collect::<Vec<_>>() {
        let cells = rows.iter().filter(|row| !row.cell(column).is_empty());
        let numbers: Option<Vec<_>> = cells.map(|row| reader.number_at(row, column)).collect();
        let (Some(numbers), Some(said)) = (numbers, reader.number_at(total, column)) else {
            continue;
        };
        let sum = numbers
            .iter()
            .try_fold(Numeral::ZERO, |all, one| all.checked_add(*one));
        if sum.is_some_and(|sum| is_sum_of(meaning, said, sum, &numbers)) {
            agreeing.push(reader.columns.name(column));
            continue;
        }
        let sum = sum.map_or_else(
            || "more than can be counted".to_owned(),
            |sum| sum.to_string(),
        );
        let message = format!("the total is {said}, and the rows sum to {sum}");
        let _: Option<()> = reader.wrong(
            total,
            column,
            &message,
            "is a row missing, or one of them wrong?",
        );
    }
    if !agreeing.is_empty() {
        let (number, of) = (total.number, agreeing.join(", "));
        plan.notes
            .push(format!("row {number} holds sums, which agree: {of}"));
    }
}

/// Returns `true` of the sum, and of one that differs by no more than the digits that shares lack.
fn is_sum_of(meaning: Meaning, said: Numeral, sum: Numeral, numbers: &[Numeral]) -> bool {
    if said == sum {
        return true;
    }
    let finest = numbers
        .iter()
        .map(|number| number.decimals())
        .max()
        .unwrap_or(0);
    // Half of the last digit for each row.
    let half = Numeral::of_integer(5).shifted(finest.saturating_add(1));
    let count = u128::try_from(numbers.len()).unwrap_or(u128::MAX);
    let most = half.checked_mul(Numeral::of_integer(count));
    let is_near = || Some(said.apart(sum)?.is_at_most(most?));
    meaning == Meaning::Share && is_near().unwrap_or(false)
}
