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
    let wanted = "\
time,total_supply,circulating_supply,emitted,burned,locked,vote_weight,treasury,vested:Team,vested:Reserve,locked:locks,vote_weight:locks,revenue:Fees,received:treasury,received:burn
2025-01-01T00:00:00Z,1500,0,0,0,0,0,0,0,0,0,0,0,0,0
2025-01-03T00:00:00Z,1508,206,14,6,105,52,502,200,500,105,52,8,2,6
2025-01-05T00:00:00Z,1516,412,28,12,208,104,504,400,500,208,104,16,4,12
";
    assert_eq!(series(DESIGN), wanted);
}

fn series(text: &str) -> String {
    let design = Design::parse("design.toml", text, Overrides::default());
    let design = design.unwrap_or_else(|problems| panic!("{problems:?}"));
    let mut csv = Vec::new();
    let mut series = SeriesWriter::new(&design, &mut csv).unwrap();
    run_with(&design, |row| {
        series
            .write(row)
            .map_err(Box::<dyn std::error::Error>::from)
    })
    .unwrap();
    series.finish().unwrap();
    String::from_utf8(csv).unwrap()
}

/// Dollars have two decimals and the token none. Half of 20.50 buys 5 for 2 each, and the rest waits for the
/// next period; the vault, which holders brought 100 to, is given them. Its price counts the unit and the
/// share that no one has: 111 for 101.
#[test]
fn each_part_has_the_decimals_of_its_asset() {
    let text = r#"
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
[[vault]]
name = "xHAND"
share = 0.1
every = "1w"
[[fees.stream]]
name = "Swaps"
asset = "USD"
decimals = 2
price = 2
revenue = "20.50"
per = "2d"
routes = { Bought = 0.5, treasury = 0.5 }
[[fees.stream]]
name = "Dues"
revenue = 5
per = "2d"
routes = { treasury = 1 }
[[fees.route]]
name = "Bought"
kind = "buyback"
to = "xHAND"
"#;
    let csv = series(text);
    let mut lines = csv.lines();
    let head = lines.next().unwrap();
    let named = |name: &str| head.split(',').position(|cell| cell == name).unwrap();
    let last: Vec<&str> = lines.last().unwrap().split(',').collect();
    for (name, wanted) in [
        ("revenue:Swaps", "41"),
        ("revenue:Dues", "10"),
        ("received:Bought", "20.5"),
        ("received:treasury (USD)", "20.5"),
        ("received:treasury (HAND)", "10"),
        ("vault_assets:xHAND", "110"),
        ("vault_price:xHAND", "1.099009900990099009"),
    ] {
        assert_eq!(last[named(name)], wanted, "{name}\n{csv}");
    }
}
