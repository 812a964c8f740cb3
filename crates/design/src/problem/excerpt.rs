//! The excerpt of a file that is shown beside a problem: never more than fits on a screen.

use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

/// The most bytes of a line that are shown. A longer line is cut to these around its problem, and
/// left out where it only stands beside one.
pub const EXCERPT_WIDTH: usize = 240;

/// The most lines of a place that are shown.
pub const EXCERPT_LINES: usize = 8;

/// The part of [`EXCERPT_WIDTH`] that comes before the place.
const LEAD: usize = EXCERPT_WIDTH / 3;

/// A file's name and text, of which a renderer is handed excerpts.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) name: String,
    pub(super) text: String,
}

impl SourceCode for Source {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = self.text.as_str();
        let end = span.offset().checked_add(span.len());
        let end = end.filter(|end| *end <= text.len());
        let start = text.floor_char_boundary(span.offset());
        let end = text.ceil_char_boundary(end.ok_or(MietteError::OutOfBounds)?);
        let shown = excerpt(text, start..end, before, after);
        let lines = |range: Range<usize>| text[range].matches('\n').count();
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            &text.as_bytes()[shown.clone()],
            SourceSpan::from(shown.clone()),
            lines(0..shown.start),
            shown.start - line_start(text, shown.start),
            lines(shown),
        )))
    }
}

/// The bytes to show of `text`: the lines of `place`, with so many others before and after it.
fn excerpt(text: &str, place: Range<usize>, before: usize, after: usize) -> Range<usize> {
    // Without lines around it, the place itself is asked for.
    let start = match before {
        0 => place.start,
        _ => beginning(text, place.start),
    };
    let mut shown = start..ending(text, start, &place);
    for _ in 0..before {
        shown.start = line_before(text, shown.start).unwrap_or(shown.start);
    }
    for _ in 0..after {
        let end = line_end(text, shown.end);
        if is_whole(text, shown.end) && end - shown.end <= EXCERPT_WIDTH {
            shown.end = end;
        }
    }
    shown
}

/// The start of the line that ends where one begins at `at`, unless it is too long to be shown.
fn line_before(text: &str, at: usize) -> Option<usize> {
    let end = at.checked_sub(1).filter(|_| is_whole(text, at))?;
    let start = line_start(text, end);
    (end - start <= EXCERPT_WIDTH).then_some(start)
}

/// From where on the line of `at` is shown.
fn beginning(text: &str, at: usize) -> usize {
    let line = line_start(text, at);
    if line_end(text, at) - line <= EXCERPT_WIDTH || at - line <= LEAD {
        line
    } else {
        text.floor_char_boundary(at - LEAD)
    }
}

/// To where the lines of `place` are shown, from `start` on.
fn ending(text: &str, start: usize, place: &Range<usize>) -> usize {
    let mut from = start;
    for _ in 0..EXCERPT_LINES {
        let end = line_end(text, from);
        if end - from > EXCERPT_WIDTH {
            return text.floor_char_boundary(from + EXCERPT_WIDTH);
        }
        from = end;
        if end >= place.end {
            break;
        }
    }
    from
}

/// Returns `true` if a line begins at `at`.
fn is_whole(text: &str, at: usize) -> bool {
    line_start(text, at) == at
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |before| before + 1)
}

/// The end of the line of `at`, behind its break.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |to| at + to + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The part of a text that is shown of a place, with one line before it and one after.
    fn shown(text: &str, place: Range<usize>) -> &str {
        &text[excerpt(text, place, 1, 1)]
    }

    /// Fifty lines of ten bytes, `012345678` with its break, and then a text.
    fn after_fifty(text: &str) -> String {
        "012345678\n".repeat(50) + text
    }

    #[test]
    fn a_place_is_shown_with_its_whole_lines_and_those_around_it() {
        let text = after_fifty("a\nbc\nd\ne\n");
        assert_eq!(shown(&text, 503..504), "a\nbc\nd\n");
        assert_eq!(shown(&text, 502..507), "a\nbc\nd\ne\n");
        assert_eq!(shown(&text, 255..256), "012345678\n".repeat(3));
        assert_eq!(shown(&text, 0..0), "012345678\n".repeat(2));
        assert_eq!(shown(&text, 500..500), "012345678\na\nbc\n");
        assert_eq!(&text[excerpt(&text, 503..504, 0, 0)], "c\n");
    }

    #[test]
    fn a_line_of_the_width_is_shown_whole_and_a_longer_one_from_a_third_before_the_place() {
        let line = |bytes: usize| format!("{}\n", "y".repeat(bytes - 1));
        // Of two lines, with the place in the first from its 200th byte on.
        let text = after_fifty(&(line(240) + "z\nw\n"));
        assert_eq!(shown(&text, 700..741), &text[490..]);
        let text = after_fifty(&(line(241) + "z\n"));
        assert_eq!(shown(&text, 700..741), &text[620..]);
        let text = after_fifty(&line(1_000));
        // Up to 80 bytes into it its beginning is shown, and the line before.
        assert_eq!(shown(&text, 550..551), &text[490..740]);
        assert_eq!(shown(&text, 580..581), &text[490..740]);
        assert_eq!(shown(&text, 581..582), &text[501..741]);
    }

    #[test]
    fn a_line_that_is_too_long_is_not_shown_beside_another() {
        let long = format!("{}\n", "y".repeat(241));
        for (around, all) in [(long.as_str(), false), (&long[2..], true)] {
            let text = format!("{around}x\n{around}");
            let place = around.len()..around.len() + 1;
            let wanted = if all { text.as_str() } else { "x\n" };
            assert_eq!(shown(&text, place), wanted);
        }
    }
}
