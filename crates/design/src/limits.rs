//! Limits of a file's text, which hold before anything reads it.

use toml_parser::lexer::TokenKind;
use toml_parser::{Source, Span};

use crate::problem::Problem;

/// The most bytes that a line of a design file or of a table may have.
pub const LONGEST_LINE: usize = 1 << 20;

/// The most tables and arrays of a design file that may stand in each other.
///
/// A header counts one for each of its names, and one more if it is in double brackets; a dotted key
/// counts one for each of its points, and every bracket counts one: `c` of `[[a]]` `b.c = [1]`
/// stands in three others, and its elements in four. A point within a number counts like one
/// within a key.
pub const DEEPEST: usize = 64;

/// Returns what is wrong with the first line that is too long.
pub(crate) fn long_line(text: &str) -> Option<Problem> {
    let mut start = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let bytes = line.trim_end_matches(['\r', '\n']).len();
        if bytes > LONGEST_LINE {
            let message = format!(
                "line {} has {bytes} bytes, and a line may have {LONGEST_LINE}",
                index + 1
            );
            let help = "break the line: an array may stand on as many as it likes";
            return Some(Problem::new(start..start, message, "a long line", help));
        }
        start += line.len();
    }
    None
}

/// Returns what is wrong with the first place of a design file that is too deep. It looks at one
/// token after the other, so that it needs no stack however deep the file is.
pub(crate) fn too_deep(text: &str) -> Option<Problem> {
    let mut depth = Depth::default();
    let place = Source::new(text).lex().find_map(|token| {
        depth.pass(token.kind());
        (depth.now > DEEPEST).then(|| token.span())
    });
    place.map(|place| deep(text, place))
}

fn deep(text: &str, place: Span) -> Problem {
    let line = text[..place.start()].matches('\n').count() + 1;
    let message = format!(
        "line {line} is more than {DEEPEST} tables and arrays deep, which is the most there may be"
    );
    let help = "nothing in a design is nearly as deep: is a bracket missing?";
    Problem::new(place.start()..place.end(), message, "too deep", help)
}

/// The number of tables and arrays that the last token stands in, or a few more in a broken file.
#[derive(Default)]
struct Depth {
    now: usize,
    /// That of what stands under the last header.
    header: usize,
    /// That of what stands around each bracket that is open.
    outside: Vec<usize>,
    /// `true` if this expression has an `=`, so that its brackets are no header's.
    valued: bool,
    /// `true` if a value is to come.
    assigned: bool,
}

impl Depth {
    fn pass(&mut self, token: TokenKind) {
        match token {
            TokenKind::Whitespace | TokenKind::Comment => return,
            TokenKind::Newline => return self.break_line(),
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => self.open(),
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => self.close(),
            TokenKind::Dot => self.now += 1,
            TokenKind::Comma => self.now = self.around(),
            _ => {}
        }
        self.assigned = token == TokenKind::Equals;
        self.valued |= self.assigned;
    }

    /// That of an element of the innermost bracket, or of a key under the header.
    fn around(&self) -> usize {
        self.outside
            .last()
            .map_or(self.header, |outside| outside + 1)
    }

    fn open(&mut self) {
        if self.outside.is_empty() && !self.valued {
            (self.now, self.header) = (0, 0);
        }
        self.outside.push(self.now);
        self.now += 1;
    }

    fn close(&mut self) {
        if !self.valued && !self.outside.is_empty() {
            // The inner of two brackets is the deeper.
            self.header = self.header.max(self.now);
        }
        self.now = self.outside.pop().unwrap_or(self.header);
    }

    fn break_line(&mut self) {
        if self.assigned {
            return;
        }
        if !self.valued {
            // A header ends with its line, closed or not.
            self.outside.clear();
        }
        self.now = self.around();
        self.valued &= !self.outside.is_empty();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The depth at the end of a text.
    fn depth(text: &str) -> usize {
        let mut depth = Depth::default();
        for token in Source::new(text).lex() {
            depth.pass(token.kind());
        }
        depth.now
    }

    #[test]
    fn headers_keys_and_brackets_add_up() {
        for (text, wanted) in [
            ("a = 1", 0),
            ("a.b = 1", 1),
            ("a = [", 1),
            ("a.b.c = { d = [{", 5),
            ("a.b.c = { d.e = [1, 2], f", 3),
            ("a = [[1], [2],", 1),
            ("[a.b]\n", 2),
            ("[[a.b]]\n", 3),
            ("[[a]]\nb.c = [", 4),
            ("[a.b.c]\nx = 1\n[d]\n", 1),
            ("[a]\nx = [[1,\n2], 3]\n", 1),
        ] {
            assert_eq!(depth(text), wanted, "{text}");
        }
    }

    #[test]
    fn strings_and_comments_have_no_brackets() {
        assert_eq!(depth("a = \"[[{\"\nb = '[.' # [[\nc = \"\"\"\n[[\"\"\""), 0);
        assert_eq!(depth("\"a.b\" = ["), 1);
    }

    #[test]
    fn a_line_ends_what_is_left_open_but_not_a_value_to_come() {
        assert_eq!(depth("[a.b.c\nx = 1\n"), 0);
        assert_eq!(depth("x = [0.5\n0.5\n"), 1);
        assert_eq!(depth("x = { a.b.c =\n["), 4);
        assert_eq!(depth("x = { a.b.c = # then\n["), 4);
    }
}
