//! What a file may not be, however sound the rest of it is, and what is shown of a large one.

use miette::{Diagnostic as _, GraphicalReportHandler, GraphicalTheme, JSONReportHandler};
use proptest::prelude::*;
use tokenomics_simulation::{
    import, Design, ImportError, Invalid, Overrides, Problem, DEEPEST, EXCERPT_LINES,
    EXCERPT_WIDTH, LONGEST_LINE, LONGEST_MESSAGE,
};

const TOKEN: &str = "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 6\ngenesis = 2026-01-01\n";

fn read(text: &str) -> Result<Design, Invalid> {
    Design::parse("design.toml", text, Overrides::default())
}

/// The one problem of a text.
#[track_caller]
fn only(text: &str) -> Problem {
    let invalid = read(text).expect_err("it is refused");
    assert_eq!(invalid.problems().len(), 1, "{:?}", invalid.problems());
    invalid.problems()[0].clone()
}

fn graphical(invalid: &Invalid) -> String {
    let mut text = String::new();
    GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor())
        .with_width(100)
        .render_report(&mut text, invalid)
        .unwrap();
    text
}

#[test]
fn a_line_may_have_a_mebibyte_and_no_byte_more() {
    let line = |bytes: usize| format!("{TOKEN}# {}\r\n", "x".repeat(bytes - 2));
    assert!(read(&line(LONGEST_LINE)).is_ok());
    let problem = only(&line(LONGEST_LINE + 1));
    assert_eq!(
        problem.message,
        "line 6 has 1048577 bytes, and a line may have 1048576"
    );
    assert_eq!(problem.span, TOKEN.len()..TOKEN.len());
    // The last line has no break.
    let problem = only(line(LONGEST_LINE + 1).trim_end());
    assert!(
        problem.message.starts_with("line 6 has 1048577 bytes"),
        "{problem}"
    );
}

#[test]
fn a_line_of_a_table_may_have_as_much() {
    let table = |bytes: usize| {
        let row = "A,cliff,100,5,";
        format!(
            "recipient,kind,start,amount,note\n{row}{}\n",
            "x".repeat(bytes - row.len())
        )
    };
    assert!(import("t.csv", &table(LONGEST_LINE), None).is_ok());
    let error = import("t.csv", &table(LONGEST_LINE + 1), None).unwrap_err();
    let ImportError::Invalid(invalid) = error else {
        panic!("{error}")
    };
    let message = &invalid.problems()[0].message;
    assert_eq!(
        message,
        "line 2 has 1048577 bytes, and a line may have 1048576"
    );
}

/// Texts that are as deep as is said, each in another way; nothing in them is a design's.
fn deep(depth: usize) -> [String; 6] {
    let dots = |count: usize| "a.".repeat(count);
    let open = |count: usize| format!("{}{}", "[".repeat(count), "]".repeat(count));
    let tables = |count: usize| format!("{}1{}", "{ a = ".repeat(count), " }".repeat(count));
    [
        format!("x = {}\n{TOKEN}", open(depth)),
        format!("x = {}\n{TOKEN}", tables(depth)),
        format!("{}x = 1\n{TOKEN}", dots(depth)),
        format!("{TOKEN}[{}x]\n", dots(depth - 1)),
        format!("{TOKEN}[[{}x]]\n", dots(depth - 2)),
        format!(
            "{TOKEN}[{}x]\nx.y = {{ z = [\n{}] }}\n",
            dots(29),
            open(depth - 33)
        ),
    ]
}

#[test]
fn tables_and_arrays_stand_in_each_other_as_deep_as_is_said() {
    for text in deep(DEEPEST) {
        let message = only(&text).message;
        assert!(message.contains("unknown key"), "{message} in {text}");
    }
    for text in deep(DEEPEST + 1) {
        let message = only(&text).message;
        assert!(
            message.contains("is more than 64 tables and arrays deep"),
            "{message} in {text}"
        );
    }
}

#[test]
fn what_is_too_deep_is_placed() {
    let text = format!("x = [\n{}", "[".repeat(DEEPEST));
    let problem = only(&text);
    assert!(
        problem.message.starts_with("line 2 is more than 64"),
        "{problem}"
    );
    assert_eq!(problem.span, text.len() - 1..text.len());
}

#[test]
fn brackets_that_are_left_open_are_syntax_errors_and_add_up_to_nothing() {
    let header = format!("[token\n{}", "x = 0.5\n".repeat(2 * DEEPEST));
    let array = format!("x = [\n{}", "0.5,\n0.5\n".repeat(2 * DEEPEST));
    for text in [header, array] {
        let invalid = read(&text).unwrap_err();
        let message = &invalid.problems()[0].message;
        assert!(message.contains("not TOML"), "{message}");
    }
}

#[test]
fn of_a_large_file_that_is_not_toml_the_first_error_is_named() {
    let text = |lines: usize| format!("{TOKEN}{}", "=\n".repeat(lines));
    assert!(read(&text(1000)).unwrap_err().count() >= 1000);
    let large = format!("# {}\n{}", "x".repeat(256 << 10), text(1000));
    let problem = only(&large);
    assert!(problem.message.contains("not TOML"), "{problem}");
    assert_eq!(&large[problem.span.start..][..1], "=");
}

#[test]
fn problems_that_are_not_kept_are_counted() {
    let text: String = (0..100_000).map(|n| format!("k{n} = 1\n")).collect();
    let invalid = read(&text).unwrap_err();
    assert_eq!(invalid.count(), 100_001);
    assert_eq!(invalid.problems().len(), 32_768);
    assert!(invalid.to_string().contains("100001 problems"), "{invalid}");
    // That there is no token is noticed before any of the keys, and placed on the first line.
    assert!(invalid.problems()[1].message.contains("needs `token`"));
    assert!(invalid.problems()[32_767].message.contains("`k32766`"));
}

#[test]
fn a_long_value_is_cut_in_the_middle_of_its_message() {
    let name = "x".repeat(100_000);
    let text = TOKEN
        .replace("name = \"T\"", "name = \"T\"\nsupply = \"@\"")
        .replace('@', &name);
    let message = only(&text).message;
    assert_eq!(message.chars().count(), LONGEST_MESSAGE + 3);
    assert!(
        message.starts_with("the amount `xxx") && message.contains("x … x"),
        "{message}"
    );
    assert!(message.contains("is not usable"), "{message}");
}

#[test]
fn a_long_name_is_not_said_again_whole_for_each_problem_in_its_table() {
    let name = "x".repeat(100_000);
    let text = format!("{TOKEN}[[allocation]]\nname = \"{name}\"\n");
    let invalid = read(&text).unwrap_err();
    assert_eq!(invalid.count(), 2);
    for problem in invalid.problems() {
        assert!(problem.message.len() < 200, "{problem}");
    }
}

#[test]
fn a_long_line_is_cut_around_each_of_its_problems() {
    let tables: String = (0..20_000).map(|n| format!("{{ k{n} = 1 }}, ")).collect();
    let text = format!("allocation = [{tables}]\n{TOKEN}");
    let invalid = read(&text).unwrap_err();
    assert!(invalid.count() >= 20_000);
    let shown = graphical(&invalid);
    assert!(shown.contains("{ k10 = 1 }"), "{shown}");
    assert!(
        text.len() > 300_000 && shown.len() < 200_000,
        "{}",
        shown.len()
    );
}

#[test]
fn a_place_of_many_lines_shows_its_first() {
    let lines = "  [],\n".repeat(1000);
    let text = format!("{TOKEN}supply = [\n{lines}]\n");
    let shown = graphical(&read(&text).unwrap_err());
    let excerpt = shown.lines().filter(|line| line.contains("[],")).count();
    assert!(
        (EXCERPT_LINES - 1..=EXCERPT_LINES).contains(&excerpt),
        "{shown}"
    );
}

/// Lines of what makes columns hard to count, of any length.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\n"),
        Just("\r\n"),
        Just("\r"),
        Just("\t"),
        Just("a"),
        Just("表"),
        Just("🙂"),
        Just("e\u{301}"),
        Just("\u{1b}[31m"),
        Just("\u{202e}"),
        Just("\u{200d}"),
        Just("\0"),
        Just("x = [1, 2]"),
    ];
    let run = (
        piece,
        prop_oneof![4 => 1..4_usize, 1 => 0..2 * EXCERPT_WIDTH],
    );
    prop::collection::vec(run.prop_map(|(piece, count)| piece.repeat(count)), 0..24)
        .prop_map(|runs| runs.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_place_in_any_text_is_too_much_for_the_renderers(
        text in any_text(), places in prop::collection::vec(any::<[prop::sample::Index; 2]>(), 1..4),
    ) {
        let place = |[a, b]: &[prop::sample::Index; 2]| {
            let (a, b) = (a.index(text.len() + 1), b.index(text.len() + 1));
            Problem::new(a.min(b)..a.max(b), "wrong", "here", "")
        };
        let problems: Vec<_> = places.iter().map(place).collect();
        let invalid = Invalid::new("any", &text, problems);
        let shown = graphical(&invalid);
        let lines = EXCERPT_LINES + 2;
        prop_assert!(shown.lines().count() <= 3 * (2 * lines + 8), "{shown}");
        // A tab is four columns wide, and beside the line stands its number.
        let widest = shown.lines().map(|line| line.chars().count()).max();
        prop_assert!(widest <= Some(4 * EXCERPT_WIDTH + 20), "{widest:?}");
        prop_assert!(shown.len() <= 3 * lines * (4 * EXCERPT_WIDTH + 400), "{}", shown.len());
        JSONReportHandler::new().render_report(&mut String::new(), &invalid).unwrap();
        prop_assert!(invalid.source_code().is_some());
    }
}
