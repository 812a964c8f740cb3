//! `series.csv`: the state of the token at each point, as exact decimal amounts, each at its asset's decimals.

use std::io::{self, Write};

use tokenomics_design::calendar;
use tokenomics_design::Design;
use tokenomics_engine::metrics::{Figures, SERIES, SERIES_OF_EACH};
use tokenomics_engine::Row;

/// Writes the series of a run as CSV, row by row.
///
/// ```
/// use tokenomics_design::{starter, Design, Overrides};
/// use tokenomics_engine::run_with;
/// use tokenomics_report::SeriesWriter;
///
/// let design = Design::parse("starter.toml", &starter("Demo"), Overrides::default())?;
/// let mut csv = Vec::new();
/// let mut series = SeriesWriter::new(&design, &mut csv)?;
/// run_with(&design, |row| series.write(row).map_err(Box::<dyn std::error::Error>::from))?;
/// series.finish()?;
/// assert!(csv.starts_with(b"time,total_supply,circulating_supply,"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct SeriesWriter<W> {
    out: W,
    decimals: usize,
    /// The decimals of each part, for each of [`SERIES_OF_EACH`].
    of_each: [Vec<u8>; SERIES_OF_EACH.len()],
    line: Vec<u8>,
}

impl<W: Write> SeriesWriter<W> {
    /// Creates a series and writes its header.
    ///
    /// # Errors
    /// What the writer returns.
    pub fn new(design: &Design, out: W) -> io::Result<Self> {
        let fixed = SERIES.iter().map(|metric| metric.id.to_owned());
        let each = SERIES_OF_EACH.iter().flat_map(|metric| {
            let names = metric.group.names(design).into_iter();
            names.map(|name| format!("{}:{name}", metric.id))
        });
        let time = std::iter::once("time".to_owned());
        let mut header = csv::Writer::from_writer(Vec::new());
        header.write_record(time.chain(fixed).chain(each))?;
        let line = header.into_inner().map_err(|error| error.into_error())?;
        let mut series = Self {
            out,
            decimals: design.token.decimals.get().into(),
            of_each: SERIES_OF_EACH.map(|metric| metric.decimals(design)),
            line,
        };
        series.end_line()?;
        Ok(series)
    }

    /// Writes a row.
    ///
    /// # Errors
    /// What the writer returns.
    pub fn write(&mut self, row: &Row) -> io::Result<()> {
        self.line.clear();
        self.line
            .extend_from_slice(calendar::rfc3339(row.time).as_bytes());
        for metric in &SERIES {
            let amount = (metric.read)(&row.totals);
            self.cell(amount.get(), self.decimals);
        }
        for (place, metric) in SERIES_OF_EACH.iter().enumerate() {
            match (metric.read)(row) {
                Figures::Amounts(each) => self.cells(place, each.iter().map(|one| one.get())),
                Figures::Shares(each) => self.cells(place, each.iter().map(|one| (*one).into())),
                Figures::Numbers(each) => self.cells(place, each.into_iter()),
            }
        }
        self.line.push(b'\n');
        self.end_line()
    }

    /// Hands all that is written on to where it goes, and returns it.
    ///
    /// # Errors
    /// What the writer returns.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }

    fn end_line(&mut self) -> io::Result<()> {
        self.out.write_all(&self.line)
    }

    /// Adds a cell for each part of a group, at the decimals of the part.
    fn cells(&mut self, place: usize, each: impl Iterator<Item = u128>) {
        let decimals = std::mem::take(&mut self.of_each[place]);
        for (units, decimals) in each.zip(&decimals) {
            self.cell(units, usize::from(*decimals));
        }
        self.of_each[place] = decimals;
    }

    /// Adds a cell. Digits, a point and nothing else need no quotes.
    fn cell(&mut self, units: u128, decimals: usize) {
        self.line.push(b',');
        let mut digits = itoa::Buffer::new();
        let digits = digits.format(units).as_bytes();
        let whole = digits.len().saturating_sub(decimals);
        if whole == 0 {
            self.line.push(b'0');
        } else {
            self.line.extend_from_slice(&digits[..whole]);
        }
        // Without the zeros at the end, and without a point where nothing is left.
        let fraction = &digits[whole..];
        let Some(last) = fraction.iter().rposition(|digit| *digit != b'0') else {
            return;
        };
        self.line.push(b'.');
        let zeros = decimals - fraction.len();
        self.line.extend(std::iter::repeat_n(b'0', zeros));
        self.line.extend_from_slice(&fraction[..=last]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokenomics_fixed_math::{Amount, Decimals};

    #[test]
    fn a_cell_is_what_the_amount_displays() {
        for decimals in [0, 1, 2, 6, 18, 38] {
            let decimals = Decimals::new(decimals).unwrap();
            let powers = (0..39).map(|power| 10_u128.pow(power));
            let near = powers.flat_map(|power| [power - 1, power, power.saturating_add(7)]);
            for units in near.chain([0, 120, 1_234_500, u128::MAX]) {
                let amount = Amount::new(units);
                let mut series = SeriesWriter {
                    out: io::sink(),
                    decimals: decimals.get().into(),
                    of_each: Default::default(),
                    line: Vec::new(),
                };
                series.cell(units, decimals.get().into());
                let told = String::from_utf8(series.line).unwrap();
                assert_eq!(told, format!(",{}", amount.display(decimals)));
            }
        }
    }
}
