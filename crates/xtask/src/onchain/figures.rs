//! The tables of docs/onchain.md that are measured: what was accepted, beside what is.

use std::fmt::Write as _;

use crate::shell::{read, write};

/// The page that holds them.
pub(crate) const PAGE: &str = "docs/onchain.md";
/// Growth beyond this many percent is a failure, until it is accepted.
const TOLERANCE: u64 = 5;

/// A table of numbers, a row for each thing that is measured.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// The names of its columns, that of the rows first.
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<(String, Vec<u64>)>,
}

impl Table {
    /// Reads lines of names and numbers that are separated by tabs, the first of them the columns'.
    pub(crate) fn tabbed<'a>(mut lines: impl Iterator<Item = &'a str>) -> Result<Self, String> {
        let columns = lines.next().unwrap_or_default().split('\t');
        let rows = lines.map(|line| {
            let (name, numbers) = line.split_once('\t').unwrap_or((line, ""));
            let numbers = numbers.split('\t').map(number);
            let numbers: Option<Vec<_>> = numbers.collect();
            let row = numbers.map(|numbers| (name.to_owned(), numbers));
            row.ok_or_else(|| format!("no numbers: {line}"))
        });
        Ok(Self {
            columns: columns.map(str::to_owned).collect(),
            rows: rows.collect::<Result<_, _>>()?,
        })
    }

    /// Checks that the page has every row, and none that has grown; or writes it there.
    pub(crate) fn settle(&self, accept: bool) -> Result<(), String> {
        let page = read(PAGE)?;
        let (before, old, after) = self.found(&page)?;
        if accept {
            return write(PAGE, &format!("{before}{}{after}", self.text()));
        }
        let failures = self.failures(&old);
        if failures.is_empty() {
            return Ok(());
        }
        Err(failures.join("\n") + "\n`cargo xtask onchain --accept` accepts these")
    }

    /// Splits the page around the table with these columns.
    fn found<'a>(&self, page: &'a str) -> Result<(&'a str, Self, &'a str), String> {
        let head = format!("| {} |\n", self.columns.join(" | "));
        let missing = || format!("{PAGE} has no table of {}", self.columns.join(", "));
        let from = page.find(&head).ok_or_else(missing)?;
        let (before, rest) = page.split_at(from);
        let len = rest
            .split_inclusive('\n')
            .take_while(|line| line.starts_with('|'))
            .map(str::len)
            .sum();
        let (table, after) = rest.split_at(len);
        // The head, and the line below it, are no rows.
        let rows = table.lines().skip(2).filter_map(row).collect();
        let columns = self.columns.clone();
        Ok((before, Self { columns, rows }, after))
    }

    fn failures(&self, accepted: &Self) -> Vec<String> {
        let mut failures = Vec::new();
        for (name, numbers) in &self.rows {
            let Some((_, old)) = accepted.rows.iter().find(|(row, _)| row == name) else {
                failures.push(format!("{name} is not in {PAGE}"));
                continue;
            };
            let columns = self.columns.iter().skip(1);
            for ((column, now), then) in columns.zip(numbers).zip(old) {
                if now * 100 > then * (100 + TOLERANCE) {
                    failures.push(format!(
                        "{name}: {column} {now}, above {then} by over {TOLERANCE}%"
                    ));
                }
            }
        }
        failures
    }

    fn text(&self) -> String {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let mut text = line(&self.columns);
        let _ = writeln!(text, "|{}", " --- |".repeat(self.columns.len()));
        for (name, numbers) in &self.rows {
            let cells = std::iter::once(name.clone());
            let cells: Vec<_> = cells.chain(numbers.iter().map(|&n| grouped(n))).collect();
            text.push_str(&line(&cells));
        }
        text
    }
}

/// A row such as "| `stake` | 23,900,000 | 4 |".
fn row(line: &str) -> Option<(String, Vec<u64>)> {
    let mut cells = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ");
    let name = cells.next()?.to_owned();
    Some((name, cells.map(number).collect::<Option<_>>()?))
}

fn number(text: &str) -> Option<u64> {
    text.replace(',', "").parse().ok()
}

/// A number with a comma before every three digits.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(lines: &str) -> Table {
        Table::tabbed(lines.lines()).unwrap()
    }

    #[test]
    fn a_table_is_read_as_it_is_written() {
        let measured = table("call\tgas\n`stake`\t23900000\n`a`, b\t7");
        let page = format!("above\n\n{}\nbelow\n", measured.text());
        let (before, read, after) = measured.found(&page).unwrap();
        assert_eq!((before, after), ("above\n\n", "\nbelow\n"));
        assert_eq!(read, measured);
        assert!(page.contains("| `stake` | 23,900,000 |\n"));
        assert!(measured.found("none").is_err());
        assert!(Table::tabbed("call\tgas\na\tmany".lines()).is_err());
    }

    #[test]
    fn what_has_grown_and_what_is_new_is_told() {
        let accepted = table("call\tgas\n`a`\t100\n`b`\t0");
        let failures = |lines| table(lines).failures(&accepted).len();
        assert_eq!(failures("call\tgas\n`a`\t105"), 0);
        assert_eq!(failures("call\tgas\n`a`\t106"), 1);
        assert_eq!(failures("call\tgas\n`a`\t1\n`c`\t1"), 1);
        assert_eq!(failures("call\tgas\n`b`\t1"), 1);
    }
}
