//! What files from strangers can't do to a terminal, a script or a log.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;
use tokenomics_simulation::is_hidden;

fn tokenomics(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tokenomics"));
    command.current_dir(folder).args(args).output().unwrap()
}

/// What a command prints on both streams, of which nothing acts on a terminal.
#[track_caller]
fn printed(folder: &Path, args: &[&str], code: i32) -> (String, String) {
    let output = tokenomics(folder, args);
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert_eq!(output.status.code(), Some(code), "{err}");
    for text in [&out, &err] {
        assert!(!text.contains(|c| is_hidden(c) && c != '\n'), "{text:?}");
    }
    (out, err)
}

/// Moves the cursor, sets the window's title, and turns the direction of writing.
const NAME: &str = "N\\u001b[2J\\u001b]0;x\\u0007\\u009b1m\\u202eX";
const SHOWN: &str = "N\\u{1b}[2J\\u{1b}]0;x\\u{7}\\u{9b}1m\\u{202e}X";

fn design(rest: &str) -> String {
    format!("[token]\nname = \"{NAME}\"\nsymbol = \"{NAME}\"\ndecimals = 0\ngenesis = 2026-01-01\n{rest}")
}

fn folder(file: &str, text: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join(file), text).unwrap();
    folder
}

#[test]
fn a_name_with_escapes_is_shown_with_them_written_out() {
    let folder = folder("d.toml", &design("[simulation]\nend = \"1y\"\n"));
    let (checked, _) = printed(folder.path(), &["check", "d.toml"], 0);
    assert!(
        checked.contains(&format!("{SHOWN} ({SHOWN}) is a sound design")),
        "{checked}"
    );
    let (table, _) = printed(folder.path(), &["run", "d.toml", "--out", "o"], 0);
    assert!(
        table.starts_with(&format!("{SHOWN} ({SHOWN}), 2026-01-01")),
        "{table}"
    );
    let (json, _) = printed(folder.path(), &["run", "d.toml", "--json", "--out", "o"], 0);
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let written = fs::read_to_string(folder.path().join("o/summary.json")).unwrap();
    assert_eq!(read(&json), read(&written));
    assert_eq!(
        read(&json)["symbol"].as_str().unwrap().chars().nth(1),
        Some('\u{1b}')
    );
}

#[test]
fn an_error_about_a_name_with_escapes_shows_them_and_is_json_for_a_script() {
    let allocation = format!("[[allocation]]\nname = \"{NAME}\"\n");
    let folder = folder("d.toml", &design(&allocation));
    let (_, shown) = printed(folder.path(), &["check", "d.toml"], 2);
    let wanted = format!("allocation \"{SHOWN}\" needs `stakeholder`");
    assert!(shown.contains(&wanted), "{shown}");
    let (_, json) = printed(folder.path(), &["check", "d.toml", "--json"], 2);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let message = json["related"][1]["message"].as_str().unwrap();
    assert!(
        message.contains("N\u{1b}[2J\u{1b}]0;x\u{7}\u{9b}1m\u{202e}X"),
        "{message}"
    );
}

#[test]
fn a_file_s_own_text_is_shown_with_its_controls_written_out() {
    let folder = folder(
        "d.toml",
        "[token]\nname = \"a\u{7f}b\" \u{1b}[31m\r\nsymbol = 'a\u{9b}b'\r\n",
    );
    let (_, shown) = printed(folder.path(), &["check", "d.toml"], 2);
    assert!(
        shown.contains("name = \"a\\u{7f}b\" \\u{1b}[31m\n"),
        "{shown}"
    );
    assert!(shown.contains("symbol = 'a\\u{9b}b'\n"), "{shown}");
}

#[cfg(unix)]
#[test]
fn a_file_s_name_is_shown_with_its_escapes_written_out() {
    let file = "d\u{1b}[31m.toml";
    let folder = folder(file, &design("[simulation]\nend = \"1y\"\n"));
    let (checked, _) = printed(folder.path(), &["check", file], 0);
    assert!(checked.starts_with("d\\u{1b}[31m.toml: "), "{checked}");
    let (table, _) = printed(folder.path(), &["run", file, "--out", "o\u{1b}[31m"], 0);
    assert!(table.contains("Written to o\\u{1b}[31m: "), "{table}");
    fs::write(folder.path().join(file), "[tokn]\n").unwrap();
    let (_, shown) = printed(folder.path(), &["check", file], 2);
    assert!(shown.contains("[d\\u{1b}[31m.toml:1:2]"), "{shown}");
    let (_, missing) = printed(folder.path(), &["check", "no\u{9b}.toml"], 2);
    assert!(missing.contains("cannot read no\\u{9b}.toml"), "{missing}");
}

#[test]
fn an_imported_name_with_escapes_is_printed_with_them_written_out() {
    let folder = folder(
        "t.csv",
        "recipient,kind,start,amount\n\"a\u{1b}[31m\u{202e}\",cliff,100,5\nb,clif\u{7},1,1\n",
    );
    let (_, shown) = printed(folder.path(), &["import", "t.csv"], 2);
    assert!(
        shown.contains("`clif\\u{7}` is not a kind of unlock"),
        "{shown}"
    );
    fs::write(
        folder.path().join("t.csv"),
        "recipient,kind,start,amount\n\"a\u{1b}[31m\u{202e}\",cliff,100,5\n",
    )
    .unwrap();
    let (text, _) = printed(folder.path(), &["import", "t.csv"], 0);
    assert!(text.contains("name = \"a\\u001b[31m\\u202e\""), "{text}");
    fs::write(folder.path().join("t.toml"), &text).unwrap();
    printed(folder.path(), &["check", "t.toml"], 0);
}

#[test]
fn a_megabyte_on_one_line_is_not_printed_again_for_each_problem() {
    let tables: String = (0..60_000).map(|n| format!("{{ k{n} = 1 }}, ")).collect();
    assert!(tables.len() > 900_000);
    let folder = folder(
        "d.toml",
        &format!("allocation = [{tables}]\n{}", design("")),
    );
    for json in [&["check", "d.toml"][..], &["check", "d.toml", "--json"]] {
        let (_, shown) = printed(folder.path(), json, 2);
        assert!(shown.contains("of which these are the first 100"));
        // A hundred times the excerpt with its gutter, the message, the label and the help.
        assert!(shown.len() < 200_000, "{}", shown.len());
    }
}

#[test]
fn a_megabyte_of_name_is_not_printed_whole() {
    let long = "x".repeat(1_000_000);
    let folder = folder(
        "d.toml",
        &design(&format!("[[allocation]]\nname = \"{long}\"\n")),
    );
    let (_, shown) = printed(folder.path(), &["check", "d.toml"], 2);
    assert!(shown.len() < 20_000, "{}", shown.len());
    let text =
        design("[simulation]\nend = \"1y\"\n").replace("name = \"N", &format!("name = \"{long}"));
    fs::write(folder.path().join("d.toml"), text).unwrap();
    for args in [&["check", "d.toml"][..], &["run", "d.toml", "--out", "o"]] {
        let (shown, _) = printed(folder.path(), args, 0);
        assert!(shown.len() < 5_000, "{}", shown.len());
    }
}
