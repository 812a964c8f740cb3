//! The command as it is typed: what it prints, writes and ends with.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// Runs the command in a folder.
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

/// The names in a folder, hidden ones too.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let name = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name();
    let mut names: Vec<_> = entries
        .map(name)
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn started() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let new = tokenomics(folder.path(), &["new", "Demo"]);
    assert_eq!(code(&new), 0, "{}", stderr(&new));
    let path = folder.path().join("Demo.toml");
    (folder, path)
}

const FILES: [&str; 3] = ["report.html", "series.csv", "summary.json"];

#[test]
fn new_writes_a_design_that_check_and_run_accept_unchanged() {
    let (folder, _) = started();
    let check = tokenomics(folder.path(), &["check", "Demo.toml"]);
    assert_eq!(code(&check), 0, "{}", stderr(&check));
    let run = tokenomics(folder.path(), &["run", "Demo.toml"]);
    assert_eq!(code(&run), 0, "{}", stderr(&run));
    assert!(stdout(&run).contains("maximum supply"));
    assert_eq!(stderr(&run), "");
    assert_eq!(names(&folder.path().join("out/DEMO")), FILES);
    assert_eq!(names(&folder.path().join("out")), ["DEMO"]);
}

/// Half of 250,000 USDC a month for six years goes to lockers; there are two buyers of a tenth each.
#[test]
fn the_table_tells_where_revenue_is() {
    let (folder, _) = started();
    let run = tokenomics(folder.path(), &["run", "Demo.toml"]);
    let printed = stdout(&run);
    let rows = printed.lines().filter(|line| line.contains("USDC ┆"));
    let cells = |row: &str| {
        let cells = row.split(['│', '┆']).map(str::trim);
        cells
            .filter(|cell| !cell.is_empty())
            .collect::<Vec<_>>()
            .join(" | ")
    };
    assert_eq!(
        rows.map(cells).collect::<Vec<_>>(),
        [
            "lockers | 9,000,000 USDC | 50.00%",
            "treasury | 5,400,000 USDC | 30.00%",
            "buyback | 1,800,000 USDC | 10.00%",
            "burn | 1,800,000 USDC | 10.00%",
        ]
    );
}

#[test]
fn new_leaves_a_file_that_is_there_as_it_is() {
    let (folder, path) = started();
    fs::write(&path, "mine").unwrap();
    let again = tokenomics(folder.path(), &["new", "Demo"]);
    assert_eq!(code(&again), 1);
    assert!(stderr(&again).contains("exists already"));
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
}

#[test]
fn quiet_prints_nothing_and_json_prints_the_summary() {
    let (folder, _) = started();
    let quiet = tokenomics(
        folder.path(),
        &["run", "Demo.toml", "--quiet", "--out", "a"],
    );
    assert_eq!(
        (
            code(&quiet),
            stdout(&quiet).as_str(),
            stderr(&quiet).as_str()
        ),
        (0, "", "")
    );
    let json = tokenomics(folder.path(), &["run", "Demo.toml", "--json", "--out", "b"]);
    let printed: serde_json::Value = serde_json::from_str(&stdout(&json)).unwrap();
    let written = fs::read_to_string(folder.path().join("b/summary.json")).unwrap();
    assert_eq!(
        printed,
        serde_json::from_str::<serde_json::Value>(&written).unwrap()
    );
    assert_eq!(printed["conservation"]["holds"], true);
    assert_eq!(printed["symbol"], "DEMO");
    // The same design gives the same bytes.
    for file in FILES {
        let read = |run: &str| fs::read(folder.path().join(run).join(file)).unwrap();
        assert!(read("a") == read("b"), "{file}");
    }
}

#[test]
fn the_series_has_the_promised_columns_and_points() {
    let (folder, _) = started();
    let args = [
        "run",
        "Demo.toml",
        "-q",
        "--out",
        "o",
        "--start",
        "2027-01-01",
        "--end",
        "2027-06-30",
        "--step",
        "1mo",
    ];
    let run = tokenomics(folder.path(), &args);
    assert_eq!(code(&run), 0, "{}", stderr(&run));
    let series = fs::read_to_string(folder.path().join("o/series.csv")).unwrap();
    let mut lines = series.lines();
    assert_eq!(
        lines.next().unwrap(),
        "time,total_supply,circulating_supply,emitted,burned,locked,vote_weight,treasury,\
         vested:Community,vested:Team,vested:Investors,vested:Treasury,vested:Liquidity,\
         locked:locks,vote_weight:locks,\
         revenue:Fees,received:lockers,received:treasury,received:buyback,received:burn,unallocated:lockers"
    );
    let times: Vec<_> = lines.map(|line| line.split(',').next().unwrap()).collect();
    let month = |number| format!("2027-{number:02}-01T00:00:00Z");
    let mut wanted: Vec<_> = (1..=6).map(month).collect();
    wanted.push("2027-06-30T00:00:00Z".to_owned());
    assert_eq!(times, wanted);
}

#[test]
fn an_invalid_design_ends_with_2_and_leaves_what_was_written_before() {
    let (folder, path) = started();
    assert_eq!(
        code(&tokenomics(
            folder.path(),
            &["run", "Demo.toml", "-q", "--out", "o"]
        )),
        0
    );
    let before: Vec<_> = FILES
        .map(|file| fs::read(folder.path().join("o").join(file)).unwrap())
        .into();
    let text = fs::read_to_string(&path)
        .unwrap()
        .replace("share = 0.40", "share = 0.41");
    fs::write(&path, text.replace("decimals = 18", "decimal = 18")).unwrap();
    let run = tokenomics(folder.path(), &["run", "Demo.toml", "--out", "o"]);
    assert_eq!(code(&run), 2);
    let said = stderr(&run);
    for words in ["Demo.toml:", "did you mean `decimals`?", "needs `decimals`"] {
        assert!(said.contains(words), "{words} in: {said}");
    }
    let after: Vec<_> = FILES
        .map(|file| fs::read(folder.path().join("o").join(file)).unwrap())
        .into();
    assert!(before == after);
    assert_eq!(names(&folder.path().join("o")), FILES);
    assert_eq!(names(folder.path()), ["Demo.toml", "o"]);
}

#[test]
fn a_design_that_breaks_while_it_runs_writes_nothing() {
    let folder = TempDir::new().unwrap();
    // All that can be counted circulates, and a fifth of it is paid a day: in six days, more than that.
    let (all, fifth) = (u128::MAX, u128::MAX / 5);
    let text = format!("[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\ngenesis = 2026-01-01\n[simulation]\nend = \"9d\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = \"{all}\"\n[fees]\nrevenue = \"{fifth}\"\nper = \"1d\"\nroutes = {{ users = 1 }}\n");
    fs::write(folder.path().join("d.toml"), text).unwrap();
    let run = tokenomics(folder.path(), &["run", "d.toml"]);
    assert_eq!(code(&run), 2);
    assert!(
        stderr(&run).contains("at 2026-01-07T00:00:00Z, fees: "),
        "{}",
        stderr(&run)
    );
    assert_eq!(names(folder.path()), ["d.toml"]);
}

#[test]
fn a_symbol_cannot_lead_out_of_the_output_folder() {
    let folder = TempDir::new().unwrap();
    let text = "[token]\nname = \"T\"\nsymbol = \"../../x\"\ndecimals = 0\ngenesis = 2026-01-01\n[simulation]\nend = \"1y\"\n";
    fs::write(folder.path().join("d.toml"), text).unwrap();
    let run = tokenomics(folder.path(), &["run", "d.toml", "-q"]);
    assert_eq!(code(&run), 0, "{}", stderr(&run));
    assert_eq!(names(&folder.path().join("out")), ["x"]);
    assert_eq!(names(folder.path()), ["d.toml", "out"]);
}

#[test]
fn files_that_are_no_designs_are_refused_by_name_and_reason() {
    let folder = TempDir::new().unwrap();
    let refuse = |name: &str, content: &[u8], reason: &str| {
        fs::write(folder.path().join(name), content).unwrap();
        let check = tokenomics(folder.path(), &["check", name]);
        assert_eq!(code(&check), 2, "{name}");
        let said = stderr(&check);
        assert!(said.contains(name) && said.contains(reason), "{said}");
    };
    refuse("empty.toml", b"", "is empty");
    refuse("blank.toml", b" \n\t\n", "is empty");
    refuse("latin.toml", b"[token]\nname = \"caf\xe9\"\n", "line 2");
    refuse("zeros.toml", &[0; 4096], "not TOML");
    refuse(
        "binary.toml",
        &[0x7f, b'E', b'L', b'F', 0xff, 0xfe],
        "not UTF-8",
    );
    let large = fs::File::create(folder.path().join("large.toml")).unwrap();
    large.set_len(100_000_000).unwrap();
    let check = tokenomics(folder.path(), &["check", "large.toml"]);
    assert_eq!(code(&check), 2);
    assert!(stderr(&check).contains("larger than"));
    let missing = tokenomics(folder.path(), &["run", "missing.toml"]);
    assert_eq!(code(&missing), 2);
    assert!(stderr(&missing).contains("missing.toml"));
    assert!(!folder.path().join("out").exists());
}

#[test]
fn wrong_arguments_end_with_2_and_say_what_is_allowed() {
    let (folder, _) = started();
    for (args, words) in [
        (vec!["run", "Demo.toml", "--step", "fortnight"], "7d"),
        (
            vec!["run", "Demo.toml", "--start", "tomorrow"],
            "2026-11-21",
        ),
        (
            vec![
                "run",
                "Demo.toml",
                "--start",
                "2030-01-01",
                "--end",
                "2029-01-01",
            ],
            "does not follow",
        ),
        (vec!["run", "Demo.toml", "--step", "1s"], "too many"),
        (vec!["rum", "Demo.toml"], "run"),
        (vec!["run"], "DESIGN"),
        (vec!["new", "  "], "name"),
    ] {
        let output = tokenomics(folder.path(), &args);
        assert_eq!(code(&output), 2, "{args:?}: {}", stderr(&output));
        assert!(
            stderr(&output).contains(words),
            "{args:?}: {}",
            stderr(&output)
        );
        assert!(!folder.path().join("out").exists(), "{args:?}");
    }
}

#[test]
fn an_output_folder_that_cannot_be_written_ends_with_1() {
    let (folder, _) = started();
    fs::write(folder.path().join("taken"), "a file").unwrap();
    let run = tokenomics(folder.path(), &["run", "Demo.toml", "--out", "taken"]);
    assert_eq!(code(&run), 1);
    assert!(stderr(&run).contains("taken"));
    assert_eq!(
        fs::read_to_string(folder.path().join("taken")).unwrap(),
        "a file"
    );
    assert_eq!(names(folder.path()), ["Demo.toml", "taken"]);
}

#[test]
fn errors_are_json_where_json_is_asked_for() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("d.toml"), "[tokn]\n").unwrap();
    let run = tokenomics(folder.path(), &["check", "d.toml", "--json"]);
    assert_eq!(code(&run), 2);
    let said: serde_json::Value = serde_json::from_str(&stderr(&run)).unwrap();
    assert!(said["related"].as_array().unwrap().len() >= 2, "{said}");
}

#[test]
fn an_imported_spreadsheet_runs() {
    let folder = TempDir::new().unwrap();
    let table =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../simulation/tests/data/unlock_schedules.csv");
    let table = table.to_str().unwrap();
    let import = tokenomics(folder.path(), &["import", table, "--protocol", "optimism"]);
    assert_eq!(code(&import), 0, "{}", stderr(&import));
    fs::write(folder.path().join("op.toml"), stdout(&import)).unwrap();
    let run = tokenomics(folder.path(), &["run", "op.toml", "--out", "o"]);
    assert_eq!(code(&run), 0, "{}", stderr(&run));
    let which = tokenomics(folder.path(), &["import", table]);
    assert_eq!(code(&which), 2);
    assert!(stderr(&which).contains("optimism"), "{}", stderr(&which));
    let wrong = tokenomics(folder.path(), &["import", table, "--protocol", "optimsm"]);
    assert!(
        stderr(&wrong).contains("did you mean `optimism`?"),
        "{}",
        stderr(&wrong)
    );
}

#[test]
fn a_table_comes_from_standard_input_and_how_it_was_read_is_said_beside_the_design() {
    let folder = TempDir::new().unwrap();
    let mut import = Command::new(env!("CARGO_BIN_EXE_tokenomics"))
        .args([
            "import",
            "-",
            "--genesis",
            "2027-01-01",
            "--columns",
            "recipient=Who,amount=2",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let table = b"Who,What,Vesting (months),Note\nTeam,\"1,000,000\",12,x\n";
    import.stdin.take().unwrap().write_all(table).unwrap();
    let import = import.wait_with_output().unwrap();
    assert_eq!(code(&import), 0, "{}", stderr(&import));
    let (said, text) = (stderr(&import), stdout(&import));
    assert!(
        said.contains("-: columns that aren't used: `Note`"),
        "{said}"
    );
    assert!(
        text.contains("# - columns that aren't used: `Note`."),
        "{text}"
    );
    fs::write(folder.path().join("t.toml"), text).unwrap();
    let check = tokenomics(folder.path(), &["check", "t.toml"]);
    assert_eq!(code(&check), 0, "{}", stderr(&check));
}

#[test]
fn options_of_an_import_name_what_they_allow() {
    let folder = TempDir::new().unwrap();
    for (option, words) in [
        ("--decimal-mark=;", "`;` is none of . and ,"),
        ("--date-order=ymd", "`ymd` is none of dmy and mdy"),
        ("--shares=half", "`half` is none of percent and parts"),
        (
            "--vesting=never",
            "`never` is none of after-cliff and with-cliff",
        ),
        ("--columns=Wallet", "such as recipient=Wallet"),
        ("--decimals=39", "39 is not in 0..=38"),
    ] {
        let run = tokenomics(folder.path(), &["import", "t.csv", option]);
        assert_eq!(code(&run), 2);
        assert!(stderr(&run).contains(words), "{}", stderr(&run));
    }
}

/// 100 a day are burned out of 1,000 that come at a cliff on the 11th day, from the first day on.
const UNPAID: &str = "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\ngenesis = 2026-01-01\n\
    [simulation]\nend = 2026-01-20\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 5_000\n\
    schedule = { kind = \"cliff\", at = \"10d\" }\n[fees]\nrevenue = 100\nper = \"1d\"\nroutes = { burn = 1 }\n";

#[test]
fn a_run_tells_what_happened_and_what_it_assumes_in_the_same_words_everywhere() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("d.toml"), UNPAID).unwrap();
    let told = |step: &str| {
        let args = ["run", "d.toml", "--step", step, "--out", step];
        let run = tokenomics(folder.path(), &args);
        assert_eq!(code(&run), 0, "{}", stderr(&run));
        let lines: Vec<String> = stdout(&run)
            .lines()
            .filter(|line| line.starts_with("note: ") || line.starts_with("assumed: "))
            .map(str::to_owned)
            .collect();
        lines
    };
    let wanted = [
        "note: 900 T of revenue could not be paid, for 9 periods that ended from 2 Jan 2026 to 10 Jan \
         2026: holders had nothing left to pay with, and it lapses.",
        "note: Figures of Jan 2026 (1 Jan to 20 Jan 2026) are of a part of the month: no more of it \
         lies in the run.",
        "assumed: All claim what has vested at once.",
        "assumed: Revenue is the same in each period: 100 T every day.",
    ];
    for step in ["1h", "7d", "1y"] {
        assert_eq!(told(step), wanted, "{step}");
        let read = |file: &str| fs::read_to_string(folder.path().join(step).join(file)).unwrap();
        let summary: serde_json::Value = serde_json::from_str(&read("summary.json")).unwrap();
        let notes = &summary["notes"];
        let all = ["happened", "assumed"].map(|kind| notes[kind].as_array().unwrap().clone());
        let all: Vec<_> = all.concat();
        let page = read("report.html").replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(all.len(), wanted.len());
        for (note, line) in all.iter().zip(wanted) {
            let note = note.as_str().unwrap();
            assert!(line.ends_with(note), "{note}");
            assert!(page.contains(note), "{note}");
        }
    }
}

#[test]
fn an_endless_supply_has_no_maximum_in_the_table() {
    let folder = TempDir::new().unwrap();
    let design = UNPAID.replace("[fees]", "[[emission]]\nname = \"E\"\nstakeholder = \"users\"\nkind = \"constant\"\nrate = 1\n[fees]");
    fs::write(folder.path().join("d.toml"), design).unwrap();
    let run = tokenomics(folder.path(), &["run", "d.toml"]);
    let told = stdout(&run);
    assert!(
        !told.contains("of max") && !told.contains("maximum supply  "),
        "{told}"
    );
    assert!(
        told.contains("“E” is minted without an end: there is no maximum supply"),
        "{told}"
    );
}
