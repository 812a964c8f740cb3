//! The command `backtest`, from outside.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const FILES: [&str; 2] = ["backtest.html", "backtest.json"];

const DESIGN: &str = include_str!("../../scenarios/tests/designs/markets.toml");

fn tokenomics(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tokenomics"));
    command.current_dir(folder).args(args).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("d.toml"), DESIGN).unwrap();
    folder
}

/// The cells of the rows of the printed tables.
fn cells(printed: &str) -> Vec<Vec<String>> {
    let rows = printed.lines().filter(|line| line.starts_with('│'));
    let cell = |cell: &str| cell.trim().to_owned();
    let row = |row: &str| {
        let inner = row.trim_matches('│');
        inner.split('┆').map(cell).collect::<Vec<_>>()
    };
    rows.map(row).collect()
}

#[test]
fn a_crash_by_name_is_told_in_a_table_and_two_files() {
    let folder = folder();
    let run = tokenomics(
        folder.path(),
        &["backtest", "--crash", "eth-2020-03", "d.toml"],
    );
    assert_eq!((code(&run), stderr(&run).as_str()), (0, ""));
    let printed = stdout(&run);
    assert!(
        printed.contains("top 286.47 at 2020-02-15T00:00:00Z, lowest 97.01"),
        "{printed}"
    );
    let rows = cells(&printed);
    let design = [
        "the design's rule",
        "70.81%",
        "8.45%",
        "0.00%",
        "70.81%",
        "0.00%",
        "0.00%",
        "0.00%",
        "–",
        "70.81%",
    ];
    assert_eq!(rows[2], design, "{printed}");
    let names_of: Vec<_> = rows[2..].iter().map(|row| row[0].as_str()).collect();
    let rules = [
        "the design's rule",
        "no haircut",
        "static Aave parameters (WETH)",
        "no credit at all",
    ];
    assert_eq!(names_of, rules);
    assert_eq!(names(&folder.path().join("out/MKT")), FILES);
    let page = fs::read_to_string(folder.path().join("out/MKT/backtest.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("static Aave parameters (WETH)"));
}

#[test]
fn without_a_crash_all_of_the_design_s_holdings_are_walked() {
    let folder = folder();
    let run = tokenomics(
        folder.path(),
        &["backtest", "d.toml", "--json", "--out", "o"],
    );
    assert_eq!(code(&run), 0, "{}", stderr(&run));
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let printed = read(&stdout(&run));
    let written = fs::read_to_string(folder.path().join("o/backtest.json")).unwrap();
    assert_eq!(printed, read(&written));
    let crashes = printed["crashes"].as_array().unwrap();
    assert_eq!(crashes.len(), 5);
    let credits: Vec<_> = crashes
        .iter()
        .map(|crash| crash["rules"][0]["credit_at_top"].as_str().unwrap())
        .collect();
    assert_eq!(credits, ["0.7081", "0.7081", "0.7081", "0.7081", "0.873"]);
    // LUNA isn't listed, and that is said instead of a row.
    assert_eq!(crashes[1]["rules"].as_array().unwrap().len(), 3);
    let table = stdout(&tokenomics(
        folder.path(),
        &["backtest", "--crash", "luna-2022-05", "d.toml"],
    ));
    assert!(
        table.contains("static Aave parameters: LUNA is not listed"),
        "{table}"
    );
    // The same design gives the same bytes.
    assert_eq!(
        code(&tokenomics(
            folder.path(),
            &["backtest", "d.toml", "-q", "--out", "p"]
        )),
        0
    );
    for file in FILES {
        let read = |run: &str| fs::read(folder.path().join(run).join(file)).unwrap();
        assert!(read("o") == read("p"), "{file}");
    }
}

#[test]
fn a_file_is_walked_with_what_is_said_of_it() {
    let folder = folder();
    let table = "time,steth,eth\n2022-06-10,0.99,1\n2022-06-11,0.98,1\n2022-06-12,0.5,1\n2022-06-13,0.4,1\n";
    fs::write(folder.path().join("x.csv"), table).unwrap();
    let args = [
        "backtest",
        "d.toml",
        "--crash",
        "x.csv",
        "--asset",
        "steth",
        "--column",
        "steth/eth",
        "--static",
        "80%,0.83",
        "--depth",
        "1_000@2%",
        "--late",
        "0",
        "--recovers",
        "12h",
    ];
    let run = tokenomics(folder.path(), &args);
    assert_eq!(code(&run), 0, "{}", stderr(&run));
    let printed = stdout(&run);
    assert!(
        printed.contains("liquidators 0s late, into a depth of 1000 at 2.00% that recovers in 12h"),
        "{printed}"
    );
    assert!(
        printed.contains("x.csv: stETH in USD, 4 rows from 2022-06-10T00:00:00Z"),
        "{printed}"
    );
    let rows = cells(&printed);
    assert_eq!(rows[4][..2], ["static parameters", "80.00%"]);
    // The name of a file may be enough, and a file of one column needs no word on it.
    fs::write(
        folder.path().join("ETH_crash.csv"),
        "time,close_usd\n2022-06-10,2\n2022-06-11,1\n",
    )
    .unwrap();
    let run = tokenomics(
        folder.path(),
        &["backtest", "d.toml", "--crash", "ETH_crash.csv"],
    );
    assert_eq!(code(&run), 0, "{}", stderr(&run));
    assert!(stdout(&run).contains("ETH in USD, 2 rows"));
}

#[test]
fn what_is_wrong_ends_with_2_and_writes_nothing() {
    let folder = folder();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("two.csv", "time,a,b\n2022-06-10,1,1\n");
    write("back.csv", "time,close\n2022-06-10,1\n2022-06-10,1\n");
    write("bare.toml", &DESIGN[..DESIGN.find("[collateral]").unwrap()]);
    let ruled = DESIGN.find("[[collateral.holding.rule]]").unwrap();
    write("flat.toml", &DESIGN[..ruled]);
    for (args, words) in [
        (vec!["--crash", "eth-2020-3"], "steth-eth-2022-06"),
        (vec!["--crash", "none.csv"], "none.csv"),
        (vec!["--crash", "two.csv"], "--column NAME"),
        (
            vec!["--crash", "back.csv", "--asset", "ETH"],
            "back.csv:3:1",
        ),
        (vec!["--crash", "two.csv", "--column", "a"], "--asset NAME"),
        (
            vec!["--crash", "eth-2020-03", "--asset", "DOGE"],
            "no DOGE, but ETH, stETH, USDC, LUNA",
        ),
        (vec!["--late", "1mo"], "30d"),
        (vec!["--static", "0.9,0.8"], "0.8,0.83"),
        (vec!["--depth", "5@1"], "below 1"),
        (vec!["--depth", "much@1%"], "depth `much` of ETH"),
    ] {
        let args = [&["backtest", "d.toml"], &args[..]].concat();
        let run = tokenomics(folder.path(), &args);
        assert_eq!(code(&run), 2, "{args:?}: {}", stdout(&run));
        assert!(stderr(&run).contains(words), "{args:?}: {}", stderr(&run));
    }
    for (design, words) in [
        ("bare.toml", "[[collateral.holding]]"),
        ("flat.toml", "--depth AMOUNT@COST"),
    ] {
        let run = tokenomics(
            folder.path(),
            &["backtest", "--crash", "eth-2020-03", design],
        );
        assert_eq!(code(&run), 2);
        assert!(stderr(&run).contains(words), "{}", stderr(&run));
    }
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_run_and_a_backtest_leave_each_other_s_files() {
    let folder = folder();
    let with_run = format!("{DESIGN}\n[simulation]\nend = \"1y\"\n");
    fs::write(folder.path().join("d.toml"), with_run).unwrap();
    let all = [
        "backtest.html",
        "backtest.json",
        "report.html",
        "series.csv",
        "summary.json",
    ];
    let (run, backtest) = (
        ["run", "d.toml", "-q"],
        ["backtest", "d.toml", "-q", "--crash", "usdc-2023-03"],
    );
    for args in [&run[..], &backtest, &run] {
        let done = tokenomics(folder.path(), args);
        assert_eq!(code(&done), 0, "{}", stderr(&done));
        assert_eq!(stdout(&done), "");
    }
    assert_eq!(names(&folder.path().join("out/MKT")), all);
}

#[test]
fn paths_without_a_crash_have_a_page_too() {
    let folder = folder();
    let rows = |rows: &str| format!("time,close\n{rows}");
    for (name, table, words) in [
        ("one.csv", rows("2022-06-10,5\n"), "ETH in USD, 1 rows"),
        (
            "rise.csv",
            rows("2022-06-10,5\n2022-06-11,6\n"),
            "ETH in USD, 2 rows",
        ),
        (
            "zero.csv",
            rows("2022-06-10,5\n2022-06-11,0\n2022-06-12,\n2022-06-13,0\n"),
            "1 without a price",
        ),
        (
            "tiny.csv",
            rows("2022-06-10,2e-18\n2022-06-11,1e-18\n"),
            "top 0.000000000000000002",
        ),
        (
            "large.csv",
            rows("1970-01-01,3e15\n9999-12-31,1\n"),
            "to 9999-12-31T00:00:00Z",
        ),
    ] {
        fs::write(folder.path().join(name), table).unwrap();
        let args = ["backtest", "d.toml", "--asset", "ETH", "--crash", name];
        let run = tokenomics(folder.path(), &args);
        assert_eq!(code(&run), 0, "{name}: {}", stderr(&run));
        assert!(stdout(&run).contains(words), "{}", stdout(&run));
    }
    // A debt that can't be counted is an error of the path, not a figure.
    fs::write(
        folder.path().join("huge.csv"),
        rows("2022-06-10,3e20\n2022-06-11,1\n"),
    )
    .unwrap();
    let run = tokenomics(
        folder.path(),
        &[
            "backtest", "d.toml", "--asset", "ETH", "--crash", "huge.csv",
        ],
    );
    assert_eq!(code(&run), 2, "{}", stdout(&run));
}

#[test]
#[cfg(unix)]
fn names_of_files_act_on_nothing() {
    let folder = folder();
    let name = "a\u{1b}[31m<b>&.csv";
    fs::write(
        folder.path().join(name),
        "time,close\n2022-06-10,5\n2022-06-11,1\n",
    )
    .unwrap();
    let run = tokenomics(
        folder.path(),
        &["backtest", "d.toml", "--asset", "ETH", "--crash", name],
    );
    assert_eq!(code(&run), 0, "{}", stderr(&run));
    assert!(!stdout(&run).contains('\u{1b}'), "{}", stdout(&run));
    let page = fs::read_to_string(folder.path().join("out/MKT/backtest.html")).unwrap();
    assert!(
        !page.contains('\u{1b}') && !page.contains("<b>&"),
        "escaped"
    );
}
