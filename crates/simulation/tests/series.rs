//! Whole rows, in which no two columns hold the same: a column that reads another's sum is seen.

use tokenomics_simulation::{run, Design, Overrides, Summary};

#[allow(unreachable_pub)]
mod common;

fn design() -> Design {
    let text = "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\ngenesis = 2025-01-01\n[simulation]\nend = \"20d\"\nstep = \"10d\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 1_000\n[[allocation]]\nname = \"B\"\nstakeholder = \"builders\"\namount = 500\nto = \"treasury\"\nschedule = { kind = \"linear\", end = \"25d\" }\n[[emission]]\nname = \"E\"\nstakeholder = \"operators\"\nkind = \"constant\"\ntick = \"1d\"\nrate = 3\nend = \"30d\"\n[escrow]\nshare = 0.5\nduration = \"40d\"\nmax = \"80d\"\ngranule = \"1d\"\nevery = \"10d\"\n[fees]\nrevenue = 7\nper = \"5d\"\nroutes = { burn = 1 }\n";
    Design::parse("d", text, Overrides::default()).unwrap()
}

/// Holders re-lock before the burn of the same day: half of 1,030 − 7 on day 10, of 1,060 − 21 on day 20.
#[test]
fn each_column_of_the_series_holds_its_own_sum() {
    let series = String::from_utf8(common::csv(&design())).unwrap();
    let rows: Vec<&str> = series.lines().collect();
    assert_eq!(
        rows,
        [
            "time,total_supply,circulating_supply,emitted,burned,locked,vote_weight,treasury,vested:A,vested:B,locked:locks,vote_weight:locks,revenue:Fees,received:burn",
            "2025-01-01T00:00:00Z,1500,1000,0,0,500,250,0,1000,0,500,250,0,0",
            "2025-01-11T00:00:00Z,1516,1016,30,14,511,255,200,1000,200,511,255,14,14",
            "2025-01-21T00:00:00Z,1532,1032,60,28,519,259,400,1000,400,519,259,28,28",
        ]
    );
}

/// Figures of revenue have the decimals of their asset, and the price of a vault's share has 18: 2,025 base
/// units and the virtual one for 2,001 shares.
#[test]
fn each_column_of_revenue_has_the_decimals_of_its_asset() {
    let text = "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 1\ngenesis = 2025-01-01\n[simulation]\nend = \"10d\"\nstep = \"10d\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 1_000\n[[vault]]\nname = \"xT\"\nshare = 0.2\noffset = 0\n[[fees.stream]]\nname = \"S\"\nasset = \"USD\"\ndecimals = 2\nprice = 0.5\nrevenue = 2\nper = \"5d\"\nroutes = { lockers = 0.2, treasury = 0.5, Bought = 0.3 }\n[[fees.route]]\nname = \"Bought\"\nkind = \"buyback\"\nto = \"xT\"\n";
    let design = Design::parse("d", text, Overrides::default()).unwrap();
    let series = String::from_utf8(common::csv(&design)).unwrap();
    let rows: Vec<&str> = series.lines().collect();
    assert_eq!(
        rows,
        [
            "time,total_supply,circulating_supply,emitted,burned,locked,vote_weight,treasury,vested:A,revenue:S,received:lockers,received:treasury,received:Bought,unallocated:lockers,vault_assets:xT,vault_price:xT",
            "2025-01-01T00:00:00Z,1000,1000,0,0,0,0,0,1000,0,0,0,0,0,200,1",
            "2025-01-11T00:00:00Z,1000,1000,0,0,0,0,0,1000,4,0.8,2,1.2,0.8,202.4,1.011994002998500749",
        ]
    );
}

#[test]
fn each_sum_of_the_summary_is_its_own() {
    let design = design();
    let last = serde_json::to_value(Summary::new(&run(&design).unwrap())).unwrap();
    let last = &last["last"];
    for (key, wanted) in [
        ("total_supply", "1532"),
        ("circulating_supply", "1032"),
        ("emitted", "60"),
        ("burned", "28"),
        ("locked", "519"),
        ("vote_weight", "259"),
        ("treasury", "400"),
    ] {
        assert_eq!(last[key], wanted, "{key}: {last}");
    }
}
