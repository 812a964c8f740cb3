//! Tables of prices as others write them, and what is wrong with some.

use tokenomics_fixed_math::{wad, Wad};
use tokenomics_scenarios::backtest::{read_path, PricePath};

fn read(text: &str, column: Option<&str>) -> PricePath {
    read_path("t.csv", text, column).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

fn prices(path: &PricePath) -> Vec<Wad> {
    path.points().iter().map(|point| point.price).collect()
}

/// The messages of what is wrong, each with the text that it is about.
fn wrong(text: &str, column: Option<&str>) -> Vec<(String, String)> {
    let invalid = read_path("t.csv", text, column).unwrap_err();
    let problems = invalid.problems().iter();
    problems
        .map(|problem| {
            (
                problem.message.clone(),
                text[problem.span.clone()].to_owned(),
            )
        })
        .collect()
}

#[test]
fn headers_of_every_kind() {
    let wanted = [wad!("2"), wad!("0.00005")];
    for text in [
        "time,close_usd\n2022-05-12,2\n2022-05-13,5e-05\n",
        "Date,Close\n2022-05-12,2\n2022-05-13,5e-05",
        "timestamp;price\n1652313600;2\n1652400000;0.00005\n",
        "Open time\tClose\n1652313600000\t2\n1652400000000\t5E-5\n",
        "date,open,high,low,close,volume\n2022-05-12,9,9,9,2,7\n2022-05-13,9,9,9,5e-5,7\n",
        "open_time,open,close,close_time\n2022-05-12,9,2,2022-05-13\n2022-05-13,9,5e-5,2022-05-14\n",
        "\"time\",\"close\"\r\n\"2022-05-12\",\"2\"\r\n\"2022-05-13\",\"5e-05\"\r\n",
        "\u{feff}time,close\n2022-05-12,2\n2022-05-13,5e-05\n",
        "# a source\n\ntime,close\n# a remark\n2022-05-12 , 2\n\n2022-05-13, 5e-05 \n",
        "price,time\n2,2022-05-12\n5e-05,2022-05-13\n",
        "2022-05-12,2\n2022-05-13,5e-05\n",
        "close,date,\n2,2022-05-12,\n5e-05,2022-05-13,\n",
        "snapped_at,price,market_cap,total_volume\n2022-05-12 00:00:00 UTC,2,1,1\n2022-05-13 00:00:00 UTC,5e-5,1,1\n",
        "Date,Open,Close,Adj Close,Volume\n2022-05-12,9,2,1,7\n2022-05-13,9,5e-5,1,7\n",
        "Date(UTC),Price\n2022-05-12 00:00:00+0000,2\n2022-05-13 00:00:00+0000,5e-5\n",
        "block_time,price_usd\n2022-05-12 00:00:00.000 UTC,2\n2022-05-13 00:00:00.000 UTC,5e-5\n",
        "open_time,open,close,close_time\n1652313600000000,9,2,1652399999999999\n1652400000000000,9,5e-5,1652486399999999\n",
    ] {
        let path = read(text, None);
        assert_eq!(prices(&path), wanted, "{text}");
        assert_eq!(path.points()[0].at.get(), 1_652_313_600, "{text}");
        assert_eq!(path.points()[1].at.get(), 1_652_400_000, "{text}");
    }
}

#[test]
fn columns_by_name_and_quotients() {
    let text = "time,steth_usd,eth_usd\n2022-06-12,1,3\n2022-06-13,0.9,1\n2022-06-14,,1\n2022-06-15,1,nan\n";
    assert_eq!(
        prices(&read(text, Some("ETH_usd")))[..2],
        [wad!("3"), wad!("1")]
    );
    let quotient = read(text, Some("steth_usd/eth_usd"));
    // Floored to 18 decimals; rows without one of both have none.
    assert_eq!(
        prices(&quotient),
        [wad!("0.333333333333333333"), wad!("0.9")]
    );
    assert_eq!(quotient.gaps(), 2);
    // A name may have a slash itself, and places name columns without names.
    assert_eq!(
        prices(&read("time,ETH/USD,x\n2022-06-12,4,1\n", Some("eth/usd"))),
        [wad!("4")]
    );
    assert_eq!(prices(&read("2022-06-12,8,2\n", Some("2/3"))), [wad!("4")]);
    let (message, at) = &wrong(text, None)[0];
    assert_eq!(message, "2 columns may be the price: choose one");
    assert_eq!(at, "time,steth_usd,eth_usd");
    assert_eq!(
        wrong(text, Some("btc"))[0].0,
        "there is no one column `btc`"
    );
    assert_eq!(
        wrong("time,a,a\n2022-06-12,1,1\n", Some("a"))[0].0,
        "there is no one column `a`"
    );
    let by_nothing = "time,a,b\n2022-06-12,1,1\n2022-06-13,1,0\n";
    let told = &wrong(by_nothing, Some("a/b"))[0];
    assert!(
        told.0.starts_with("the quotient of this row is no price"),
        "{told:?}"
    );
    assert_eq!(told.1, "2022-06-13,1,0");
}

#[test]
fn times_that_do_not_rise_are_told_with_their_line() {
    for (rows, at) in [
        ("2022-05-12,1\n2022-05-12,2\n", "2022-05-12,2"),
        (
            "2022-05-12,1\n2022-05-13,1\n2022-05-11T23:00:00Z,2\n",
            "2022-05-11T23:00:00Z,2",
        ),
    ] {
        let told = wrong(&format!("time,close\n{rows}"), None);
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].1, at);
        assert!(told[0].0.contains("doesn't follow 2022-05-1"), "{told:?}");
    }
}

#[test]
fn every_problem_is_told_with_its_line() {
    let told = wrong(
        "time,close\nyesterday,1\n2022-05-12,-1\n2022-05-13,1,5\n2022-05-14,$2\n",
        None,
    );
    let lines: Vec<&str> = told.iter().map(|(_, line)| line.as_str()).collect();
    assert_eq!(lines, ["yesterday,1", "2022-05-12,-1", "2022-05-14,$2"]);
    assert!(told[1].0.contains("`-1` is not a price"), "{told:?}");
    // Many are cut.
    let many = "x,y\n".repeat(5_000);
    assert!(wrong(&format!("time,close\n{many}"), None).len() <= 100);
}

#[test]
fn tables_that_hold_no_prices_say_so() {
    for (text, message) in [
        ("", "the table is empty"),
        ("# nothing\n\n", "the table is empty"),
        ("time,close\n", "the table has no rows"),
        ("time,close\n2022-05-12,\n", "the table has no rows"),
        ("time,close\n2022-05-12,0\n", "no row has a price above 0"),
        (
            "time\n2022-05-12\n",
            "there is no column of prices beside the time",
        ),
        (
            "when,close\n2022-05-12,1\n",
            "no column is called a time: there are `when`, `close`",
        ),
    ] {
        assert_eq!(wrong(text, None)[0].0, message, "{text}");
    }
    let long = format!("time,close\n2022-05-12,{}\n", "1".repeat(2 << 20));
    assert!(wrong(&long, None)[0].0.starts_with("a line may have"));
}

#[test]
fn a_price_of_nothing_is_one() {
    let path = read(
        "time,close\n2022-05-12,3\n2022-05-13,0\n2022-05-14,0.0\n",
        None,
    );
    assert_eq!((path.points().len(), path.gaps(), path.lowest()), (3, 0, 1));
}
