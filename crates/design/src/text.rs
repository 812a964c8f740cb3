//! Text from outside, made fit to be shown.

use std::borrow::Cow;

/// Returns `true` if a character acts on the screen, or on the order of what stands beside it, instead of
/// being seen: a control, such as the one that escape sequences begin with, or a format character
/// of Unicode that turns the direction of writing, breaks the line or hides a tag.
///
/// ```
/// use tokenomics_design::is_hidden;
///
/// assert!(is_hidden('\u{1b}') && is_hidden('\u{202e}'));
/// assert!(!is_hidden('é') && !is_hidden(' '));
/// ```
#[must_use]
pub const fn is_hidden(c: char) -> bool {
    matches!(c,
        // Unicode's Cc: C0, DELETE, C1.
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        // Its Bidi_Control, with the deprecated formats that follow it.
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
        // The separators of lines and paragraphs.
        | '\u{2028}' | '\u{2029}'
        // The byte order mark, annotations, and tags.
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Returns text with all that [`is_hidden`] escaped as Rust writes it: `\n`, `\u{1b}`.
///
/// ```
/// assert_eq!(tokenomics_design::printable("T\u{1b}[31m\n"), "T\\u{1b}[31m\\n");
/// assert_eq!(tokenomics_design::printable("naïve 🙂"), "naïve 🙂");
/// ```
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Returns text of at most `most` characters and a mark: what is longer loses its middle, because
/// what is said of a long value stands before it or after it.
///
/// ```
/// assert_eq!(tokenomics_design::clipped("a name".to_owned(), 6), "a name");
/// assert_eq!(tokenomics_design::clipped("a longer name".to_owned(), 6), "a lo … me");
/// ```
#[must_use]
pub fn clipped(text: String, most: usize) -> String {
    // A character has at least one byte.
    if text.len() <= most || text.chars().count() <= most {
        return text;
    }
    let tail = most / 3;
    let at = |index: Option<(usize, char)>| index.map_or(text.len(), |(at, _)| at);
    let head = at(text.char_indices().nth(most - tail));
    let rest = match tail {
        0 => text.len(),
        _ => at(text.char_indices().nth_back(tail - 1)),
    };
    format!("{} … {}", &text[..head], &text[rest..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_short_is_left_and_what_is_long_loses_its_middle() {
        assert_eq!(clipped("éé".to_owned(), 2), "éé");
        assert_eq!(clipped("abcdefg".to_owned(), 7), "abcdefg");
        assert_eq!(clipped("abcdéfgh".to_owned(), 7), "abcdé … gh");
        assert_eq!(clipped("abc".to_owned(), 1), "a … ");
    }

    #[test]
    fn hidden_are_these_ranges_to_both_their_ends() {
        let ranges = [
            '\0'..='\u{1f}',
            '\u{7f}'..='\u{9f}',
            '\u{61c}'..='\u{61c}',
            '\u{200e}'..='\u{200f}',
            '\u{2028}'..='\u{202e}',
            '\u{2066}'..='\u{206f}',
            '\u{feff}'..='\u{feff}',
            '\u{fff9}'..='\u{fffb}',
            '\u{e0000}'..='\u{e007f}',
        ];
        for c in '\0'..=char::MAX {
            let wanted = ranges.iter().any(|range| range.contains(&c));
            assert_eq!(is_hidden(c), wanted, "{c:?}");
        }
    }

    #[test]
    fn every_control_is_escaped_and_nothing_else_of_ascii() {
        for c in '\0'..='\u{7f}' {
            let shown = printable(&c.to_string()).into_owned();
            assert_eq!(shown == c.to_string(), !c.is_control(), "{c:?}");
            assert!(!shown.contains(char::is_control), "{c:?}");
        }
        for c in "\u{9b}\u{61c}\u{200e}\u{202e}\u{2028}\u{2069}\u{feff}\u{e0041}".chars() {
            assert!(printable(&c.to_string()).is_ascii(), "{c:?}");
        }
        // What joins the parts of one sign, or marks a letter, is seen.
        assert_eq!(printable("👩\u{200d}🌾 e\u{301}"), "👩\u{200d}🌾 e\u{301}");
    }
}
