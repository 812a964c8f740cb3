//! The report of what is wrong, as it goes to standard error: for a person, or as JSON for a script.

mod json;
mod shown;

use std::io::IsTerminal as _;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme};

pub(crate) use json::{escape_hidden, to_json};
use shown::Shown;

/// Writes what is wrong to standard error.
pub(crate) fn report(diagnostic: &dyn Diagnostic, json: bool) {
    let text = if json {
        to_json(diagnostic)
    } else {
        render(diagnostic, theme())
    };
    eprintln!("{}", text.trim_end());
}

/// Renders a diagnostic for a person; nothing of it acts on the terminal but the theme.
fn render(diagnostic: &dyn Diagnostic, theme: GraphicalTheme) -> String {
    let shown = Shown::new(diagnostic, None);
    let mut text = String::new();
    let rendered = GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_width(100)
        .render_report(&mut text, &shown);
    match rendered {
        Ok(()) => text,
        Err(_) => shown.to_string(),
    }
}

fn theme() -> GraphicalTheme {
    let plain = !std::io::stderr().is_terminal() || std::env::var_os("NO_COLOR").is_some();
    match plain {
        true => GraphicalTheme::unicode_nocolor(),
        false => GraphicalTheme::unicode(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokenomics_simulation::{is_hidden, Design, Invalid, Overrides, Problem};

    /// All that [`is_hidden`], and what isn't but is hard to place.
    fn characters() -> impl Iterator<Item = char> {
        let hidden = ('\0'..=char::MAX).filter(|c| is_hidden(*c));
        hidden.chain("\"\\'<é表🙂\u{301}\u{200d}".chars())
    }

    /// A problem at a character, which its message, label and help name, as does the file's name.
    fn about(c: char) -> Invalid {
        let text = format!("first = 1\nname = \"a{c}b\"\nlast = 2\n");
        let span = 19..19 + c.len_utf8();
        let [message, label, help] = ["is", "here", "not"].map(|word| format!("{word} a{c}b"));
        let problem = Problem::new(span, message, label, help);
        Invalid::new(&format!("d{c}.toml"), &text, vec![problem])
    }

    #[test]
    fn json_is_json_whatever_is_shown() {
        for c in characters() {
            let text = to_json(&about(c));
            assert!(!text.contains(is_hidden), "{text:?}");
            let read: serde_json::Value = serde_json::from_str(&text).expect(&text);
            assert_eq!(read["message"], format!("d{c}.toml has a problem"));
            let related = &read["related"][0];
            assert_eq!(related["message"], format!("is a{c}b"));
            assert_eq!(related["help"], format!("not a{c}b"));
            assert_eq!(related["filename"], format!("d{c}.toml"));
            assert_eq!(related["labels"][0]["label"], format!("here a{c}b"));
            assert_eq!(related["labels"][0]["span"]["length"], c.len_utf8());
        }
    }

    #[test]
    fn nothing_hidden_reaches_a_terminal() {
        for c in characters() {
            let text = render(&about(c), GraphicalTheme::unicode_nocolor());
            assert!(!text.contains(|c| is_hidden(c) && c != '\n'), "{text:?}");
            if is_hidden(c) {
                let escaped = c.escape_default().to_string();
                let places = text.matches(&format!("a{escaped}b")).count();
                // A tab of the file indents, and its breaks are those of lines.
                let in_file = usize::from(!matches!(c, '\t' | '\n'));
                assert_eq!(places, 3 + in_file, "{text}");
            }
        }
    }

    #[test]
    fn what_is_escaped_is_still_underlined() {
        let text = render(&about('\u{1b}'), GraphicalTheme::unicode_nocolor());
        let wanted = "\n 2 │ name = \"a\\u{1b}b\"\n   ·          ───┬──\n";
        assert!(text.contains(wanted), "{text}");
        assert!(text.contains("[d\\u{1b}.toml:2:10]"), "{text}");
    }

    #[test]
    fn json_has_the_shape_of_the_library_s_own() {
        let designs = [
            "[tokn]\n",
            "[token\n",
            "a = \"é\" 1\n",
            "[token]\nname = 1\nsymbl = 2\n",
        ];
        for design in designs {
            let invalid = Design::parse("d.toml", design, Overrides::default()).unwrap_err();
            let mut theirs = String::new();
            let handler = miette::JSONReportHandler::new();
            handler.render_report(&mut theirs, &invalid).unwrap();
            let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
            assert_eq!(read(&to_json(&invalid)), read(&theirs));
        }
    }

    #[test]
    fn text_without_anything_hidden_is_rendered_as_the_library_does() {
        let designs = [
            "[tokn]\n",
            "[token\r\nname = 1\r\n",
            "\n\n[token]\n\tname = 表é\n",
            "[token]\nname = [\n1,\n\n2,\n]\nsymbol = 1",
        ];
        for design in designs {
            let invalid = Design::parse("d.toml", design, Overrides::default()).unwrap_err();
            let mut theirs = String::new();
            GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor())
                .with_links(false)
                .with_width(100)
                .render_report(&mut theirs, &invalid)
                .unwrap();
            assert_eq!(render(&invalid, GraphicalTheme::unicode_nocolor()), theirs);
        }
    }

    #[test]
    fn a_cut_line_says_that_it_is_cut() {
        let text = format!("x = \"{}@{}\"\n", "a".repeat(500), "b".repeat(500));
        let problem = Problem::new(505..506, "wrong", "here", "");
        let invalid = Invalid::new("d", &text, vec![problem]);
        let shown = render(&invalid, GraphicalTheme::unicode_nocolor());
        let line = format!("\n 1 │ …{}@{}…\n", "a".repeat(80), "b".repeat(159));
        assert!(shown.contains(&line), "{shown}");
        assert!(shown.contains("[d:1:506]"), "{shown}");
    }
}
