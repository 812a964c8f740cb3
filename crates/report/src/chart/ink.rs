//! Colours by name, so that a drawing follows the reader's light or dark theme.
//!
//! The plotting library writes fixed colours. Each ink is drawn as a colour of its own that means
//! nothing, and is then replaced by a class, whose colour style.css gives for either theme.

use plotters::style::RGBColor;

/// The colour and the pattern that something is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    Text,
    Grid,
    Axis,
    /// The page itself: thin lines that part neighbouring areas.
    Surface,
    Blue,
    Sky,
    Green,
    Orange,
    Vermilion,
    Pink,
    Brown,
    Yellow,
    Gray,
    /// For what isn't there yet.
    Faint,
    /// For what is gone.
    Dark,
}

impl Ink {
    /// The inks that tell categories apart, in the order in which they are used.
    pub(crate) const CATEGORIES: [Self; 8] = [
        Self::Blue,
        Self::Orange,
        Self::Green,
        Self::Pink,
        Self::Sky,
        Self::Vermilion,
        Self::Brown,
        Self::Yellow,
    ];

    const ALL: [Self; 15] = [
        Self::Text,
        Self::Grid,
        Self::Axis,
        Self::Surface,
        Self::Blue,
        Self::Sky,
        Self::Green,
        Self::Orange,
        Self::Vermilion,
        Self::Pink,
        Self::Brown,
        Self::Yellow,
        Self::Gray,
        Self::Faint,
        Self::Dark,
    ];

    /// The end of its class names: `f-blue` fills, `s-blue` strokes, `b-blue` is a background.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Grid => "grid",
            Self::Axis => "axis",
            Self::Surface => "surface",
            Self::Blue => "blue",
            Self::Sky => "sky",
            Self::Green => "green",
            Self::Orange => "orange",
            Self::Vermilion => "vermilion",
            Self::Pink => "pink",
            Self::Brown => "brown",
            Self::Yellow => "yellow",
            Self::Gray => "gray",
            Self::Faint => "faint",
            Self::Dark => "dark",
        }
    }

    /// The form that it is drawn in.
    pub(crate) const fn sentinel(self) -> RGBColor {
        RGBColor(0xF0, 0x0D, self as u8)
    }
}

/// The body of a drawing, with classes for sentinel colours, without the `<svg>` around it.
pub(crate) fn themed(svg: &str) -> String {
    let start = svg.find('>').map_or(0, |end| end + 1);
    let end = svg.rfind("</svg>").unwrap_or(svg.len());
    let body = svg.get(start..end).unwrap_or_default();
    let mut body = body
        .replace(" opacity=\"1\"", "")
        .replace(" stroke=\"none\"", "");
    body = body.replace(" font-family=\"sans-serif\"", "");
    for ink in Ink::ALL {
        let RGBColor(r, g, b) = ink.sentinel();
        for (attribute, prefix) in [("fill", "f"), ("stroke", "s")] {
            let drawn = format!("{attribute}=\"#{r:02X}{g:02X}{b:02X}\"");
            body = body.replace(&drawn, &format!("class=\"{prefix}-{}\"", ink.name()));
        }
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_ink_becomes_a_class_and_has_a_colour_in_both_themes() {
        let style = include_str!("../style.css");
        for ink in Ink::ALL {
            let RGBColor(r, g, b) = ink.sentinel();
            let svg = format!("<svg><rect opacity=\"1\" fill=\"#{r:02X}{g:02X}{b:02X}\"/></svg>");
            assert_eq!(themed(&svg), format!("<rect class=\"f-{}\"/>", ink.name()));
            let svg = format!("<svg><path stroke=\"#{r:02X}{g:02X}{b:02X}\"/></svg>");
            assert_eq!(themed(&svg), format!("<path class=\"s-{}\"/>", ink.name()));
            let variable = format!("--{}:", ink.name());
            assert_eq!(style.matches(&variable).count(), 2, "{variable}");
        }
    }
}
