//! Tables of unlocks: what becomes of them, and how much that takes.

use tokenomics_simulation::{import, is_hidden, Design, ImportError, Invalid, Overrides};

const HEADER: &str = "recipient,kind,start,end,step_seconds,steps,amount_micro\n";

fn design(table: &str) -> Design {
    let text = import("t.csv", table, None).expect(table);
    Design::parse("t.toml", &text, Overrides::default()).expect(&text)
}

fn refused(table: &str) -> Invalid {
    match import("t.csv", table, None) {
        Err(ImportError::Invalid(invalid)) => invalid,
        other => panic!("{other:?}"),
    }
}

/// Asserts that the only problem underlines `place` and says `words`.
#[track_caller]
fn one(table: &str, place: &str, words: &str) {
    let invalid = refused(table);
    assert_eq!(invalid.count(), 1, "{:?}", invalid.problems());
    let problem = &invalid.problems()[0];
    assert_eq!(&table[problem.span.clone()], place);
    assert!(problem.message.contains(words), "{problem}");
}

#[test]
fn a_linear_unlock_ends_after_it_starts() {
    let row = |end: u64| format!("A,linear,200,{end},,,5");
    let table = |end: u64| format!("{HEADER}{}\n", row(end));
    for end in [199, 200] {
        one(
            &table(end),
            &row(end),
            "does not follow the start 1970-01-01T00:03:20Z",
        );
    }
    let design = design(&table(201));
    let plan = &design.allocations[0].schedules[0];
    use tokenomics_vesting::Schedule as _;
    assert_eq!((plan.start().get(), plan.end().get()), (200, 201));
}

#[test]
fn steps_end_by_the_last_second_of_the_calendar() {
    let last = 253_402_300_799_u64;
    let table = |start: u64| format!("{HEADER}A,step,{start},,10,3,5\n");
    let design = design(&table(last - 30));
    use tokenomics_vesting::Schedule as _;
    assert_eq!(design.allocations[0].schedules[0].end().get(), last);
    one(
        &table(last - 29),
        "A,step,253402300770,,10,3,5",
        "3 steps of 10 s end past the year 9999",
    );
}

#[test]
fn recipients_come_in_the_order_of_the_table_with_all_their_rows() {
    let table = format!("{HEADER}B,cliff,3,,,,1\nA,cliff,2,,,,2\nB,cliff,1,,,,4\n");
    let design = design(&table);
    let found: Vec<_> = design
        .allocations
        .iter()
        .map(|one| (one.name.as_str(), one.amount.get(), one.schedules.len()))
        .collect();
    assert_eq!(found, [("B", 5, 2), ("A", 2, 1)]);
    assert_eq!(design.token.genesis.get(), 1);
}

#[test]
fn wrong_rows_beyond_those_that_are_kept_are_counted() {
    let table = HEADER.to_owned() + &"A,clif,1,,,,5\n".repeat(100_000);
    let invalid = refused(&table);
    assert_eq!(invalid.count(), 100_000);
    assert_eq!(invalid.problems().len(), 32_768);
    let last = invalid.problems().last().unwrap();
    assert_eq!(
        last.span.start,
        HEADER.len() + 32_767 * "A,clif,1,,,,5\n".len()
    );
    assert!(invalid
        .to_string()
        .contains("100000 problems, of which these are the first 100"));
}

#[test]
fn names_that_act_on_a_terminal_are_escaped_and_read_back() {
    for name in [
        "a\u{1b}[31m\"b\\",
        "\u{202e}txt",
        "\u{9b}2J",
        "\u{e0041}",
        "\u{7f}'",
        "é 🙂",
    ] {
        let table = format!(
            "recipient,kind,start,amount\n\"{}\",cliff,100,5\n",
            name.replace('"', "\"\"")
        );
        let text = import(&format!("{name}.csv"), &table, None).unwrap();
        assert!(!text.contains(|c| is_hidden(c) && c != '\n'), "{text:?}");
        let design = Design::parse("d", &text, Overrides::default()).expect(&text);
        assert_eq!(design.allocations[0].name, name);
    }
}

#[test]
fn a_protocol_is_one_of_those_in_the_table() {
    let rows: String = (0..30)
        .map(|n| format!("p{n:02},A,cliff,100,{}\n", n + 1))
        .collect();
    let table = format!("protocol,recipient,kind,start,amount\n{rows}");
    let text = import("t.csv", &table, Some("p07")).unwrap();
    assert!(
        text.contains("supply = \"8\"") && text.contains("name = \"p07\""),
        "{text}"
    );
    let Err(ImportError::Refused { message, help }) = import("t.csv", &table, None) else {
        panic!("one of thirty was chosen")
    };
    assert_eq!(message, "the table holds 30 protocols: choose one");
    assert!(
        help.ends_with("p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, …"),
        "{help}"
    );
}

#[test]
fn a_table_with_wrong_rows_is_refused_row_by_row() {
    let table = "recipient,kind,start,end,step_seconds,steps,amount_micro\n\
        A,linear,200,100,,,5\n\
        B,clif,100,,,,5\n\
        C,cliff,100,,,,-5\n\
        D,step,100,,0,3,5\n\
        E,cliff,yesterday,,,,5\n";
    let error = import("t.csv", table, None).unwrap_err();
    let tokenomics_simulation::ImportError::Invalid(invalid) = error else {
        panic!("{error}")
    };
    let rows: Vec<_> = invalid
        .problems()
        .iter()
        .map(|p| &table[p.span.clone()])
        .collect();
    assert_eq!(rows.len(), 5, "{rows:?}");
    assert!(rows[0].starts_with("A,") && rows[1].starts_with("B,"));
    assert_eq!(rows[2..], ["-5", "0", "yesterday"]);
}

#[test]
fn a_table_of_many_protocols_asks_which_one() {
    let table = "protocol,recipient,kind,start,amount\nuno,A,cliff,100,5\nduo,A,cliff,100,5\n";
    assert!(import("t.csv", table, None)
        .unwrap_err()
        .to_string()
        .contains("2 protocols"));
    assert!(import("t.csv", table, Some("un"))
        .unwrap_err()
        .to_string()
        .contains("`un`"));
    assert!(import("t.csv", table, Some("uno"))
        .unwrap()
        .contains("name = \"uno\""));
}

#[test]
fn a_spreadsheet_with_semicolons_dates_and_a_byte_order_mark_is_read() {
    let table = "\u{feff}Recipient;Kind;Start;End;Amount\r\n\"Team; core\";linear;2026-01-01;2027-01-01;1_000.5\r\n";
    let design = import("plan.csv", table, None).unwrap();
    let design = Design::parse("d", &design, Overrides::default()).unwrap();
    assert_eq!(design.token.name, "plan");
    assert_eq!(design.allocations[0].name, "Team; core");
    assert_eq!(design.allocations[0].amount.get(), 1_000_500_000);
}

#[test]
fn names_with_quotes_and_line_breaks_survive_an_import() {
    let table = "recipient,kind,start,amount\n\"a \"\"b\"\"\n[token]\",cliff,100,5\n";
    let design = import("x\n[evil].csv", table, None).unwrap();
    let design = Design::parse("d", &design, Overrides::default()).unwrap();
    assert_eq!(design.allocations[0].name, "a \"b\"\n[token]");
}

/// The header has as many semicolons as commas.
#[test]
fn commas_go_before_as_many_semicolons() {
    let table = "recipient,kind,start,amount,a;b;c;d;e\nTeam,cliff,100,5,\n";
    assert_eq!(design(table).allocations[0].name, "Team");
}

#[test]
fn the_one_protocol_of_a_table_need_not_be_asked_for() {
    let table = "protocol,recipient,kind,start,amount\nuno,A,cliff,100,5\n";
    assert_eq!(design(table).token.name, "uno");
}

#[test]
fn a_dozen_protocols_are_all_named() {
    let rows = (0..12).map(|n| format!("p{n:02},A,cliff,100,5\n"));
    let table = "protocol,recipient,kind,start,amount\n".to_owned() + &rows.collect::<String>();
    let Err(ImportError::Refused { help, .. }) = import("t.csv", &table, None) else {
        panic!("one of twelve was chosen")
    };
    assert!(help.ends_with("p09, p10, p11"), "{help}");
}

#[test]
fn a_cell_that_is_needed_and_empty_is_missing() {
    let row = "A,cliff,,,,,5";
    one(&format!("{HEADER}{row}\n"), row, "`start` is missing");
}

#[test]
fn a_wrong_row_is_placed_behind_breaks_of_any_kind() {
    let row = "A,clif,100,,,,5";
    for between in ["\n", "\r\n", "\n\n\n", "\r\n\r\n", "\r"] {
        let header = HEADER.trim_end();
        one(&format!("{header}{between}{row}{between}"), row, "clif");
    }
}

/// The name of the file stands in a comment, which no break in it ends.
#[test]
fn a_design_says_what_it_was_imported_from() {
    let table = format!("{HEADER}A,cliff,1,,,,5\nB,cliff,1,,,,5\n");
    let text = import("plan\u{1b}\n[x].csv", &table, None).unwrap();
    let first = "# Imported from plan  [x].csv: 2 rows.\n";
    assert!(text.starts_with(first), "{text}");
}
