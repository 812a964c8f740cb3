//! `series.csv`: the state of the token at each point, as exact decimal token amounts.

use std::io::Write;

use crate::calendar;
use crate::run::Run;

/// Writes the series as CSV with a header.
///
/// # Errors
/// What the writer says.
pub fn write_series(run: &Run<'_>, out: impl Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let fixed = [
        "time",
        "total_supply",
        "circulating_supply",
        "emitted",
        "burned",
        "locked",
        "vote_weight",
        "treasury",
    ];
    let vested = run
        .design
        .allocations
        .iter()
        .map(|a| format!("vested:{}", a.name));
    writer.write_record(fixed.into_iter().map(str::to_owned).chain(vested))?;
    let decimals = run.design.token.decimals;
    for row in &run.rows {
        let fixed = [
            row.total_supply,
            row.circulating,
            row.emitted,
            row.burned,
            row.locked,
            row.vote_weight,
            row.treasury,
        ];
        let amounts = fixed.into_iter().chain(row.vested.iter().copied());
        let amounts = amounts.map(|amount| amount.display(decimals).to_string());
        writer.write_record(std::iter::once(calendar::rfc3339(row.time)).chain(amounts))?;
    }
    writer.flush()?;
    Ok(())
}
