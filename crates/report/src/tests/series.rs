//! Whole rows of `series.csv`, worked out by hand.

use crate::SeriesWriter;
use tokenomics_design::{Design, Overrides};
use tokenomics_engine::run_with;

const DESIGN: &str = r#"
[token]
name = "By hand"
symbol = "HAND"
decimals = 0
genesis = 2025-01-01
[simulation]
end = "4d"
step = "2d"
[[allocation]]
name = "Team"
stakeholder = "builders"
amount = 1_000
schedule = { kind = "linear", end = "10d" }
[[allocation]]
name = "Reserve"
stakeholder = "builders"
to = "treasury"
amount = 500
schedule = { kind = "cliff", at = "1d" }
[[emission]]
name = "Mint"
stakeholder = "operators"
kind = "constant"
rate = 7
tick = "1d"
end = "100d"
[escrow]
share = 0.5
duration = "8d"
max = "16d"
granule = "1d"
every = "2d"
renew = true
[fees]
revenue = 4
per = "1d"
routes = { burn = 0.75, treasury = 0.25 }
"#;

/// A day brings 107 to holders, and takes 4 from them of which 3 are burned. On day 2 holders have
/// 107 - 4 + 107 = 210 and lock 105 until day 10, which is half of the longest lock; then 4 are taken.
/// On day 4 they have 206 + 103 + 107 = 416 and lock 208 until day 12.
#[test]
fn every_column_holds_its_own_sum() {
    let design = Design::parse("design.toml", DESIGN, Overrides::default()).unwrap();
    let mut csv = Vec::new();
    let mut series = SeriesWriter::new(&design, &mut csv).unwrap();
    run_with(&design, |row| {
        series
            .write(row)
            .map_err(Box::<dyn std::error::Error>::from)
    })
    .unwrap();
    series.finish().unwrap();
    let wanted = "\
time,total_supply,circulating_supply,emitted,burned,locked,vote_weight,treasury,vested:Team,vested:Reserve,locked:locks,vote_weight:locks
2025-01-01T00:00:00Z,1500,0,0,0,0,0,0,0,0,0,0
2025-01-03T00:00:00Z,1508,206,14,6,105,52,502,200,500,105,52
2025-01-05T00:00:00Z,1516,412,28,12,208,104,504,400,500,208,104
";
    assert_eq!(String::from_utf8(csv).unwrap(), wanted);
}
