//! Runs with all their rows, for tests.

use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_simulation::{run_with, Design, Engine, Row, Run, RunError, SeriesWriter};

/// Returns the rows of a run's series.
#[allow(dead_code, reason = "not every test file needs it")]
pub fn rows(design: &Design) -> Vec<Row> {
    let mut rows = Vec::new();
    let run = run_with(design, |row| {
        rows.push(row.clone());
        Ok::<(), RunError>(())
    });
    assert_eq!(run.unwrap().steps, rows.len() as u64);
    rows
}

/// Returns the series as CSV.
#[allow(dead_code, reason = "not every test file needs it")]
pub fn csv(design: &Design) -> Vec<u8> {
    let mut series = SeriesWriter::new(design, Vec::new()).unwrap();
    run_with(design, |row| {
        series.write(row).unwrap();
        Ok::<(), RunError>(())
    })
    .unwrap();
    series.finish().unwrap()
}

/// Returns what an emission has minted by a time, as a run has it.
#[allow(dead_code, reason = "not every test file needs it")]
pub fn minted_by(design: &Design, emission: usize, at: Timestamp) -> Amount {
    let mut engine = Engine::new(design).unwrap();
    engine.advance(at).unwrap();
    engine.row().unwrap().minted[emission]
}

/// Returns when half and when nine tenths of all that will ever exist first circulated.
#[allow(dead_code, reason = "not every test file needs it")]
pub fn circulation_dates(run: &Run<'_>) -> [Option<Timestamp>; 2] {
    [50, 90].map(|percent| run.log.circulating(percent))
}
