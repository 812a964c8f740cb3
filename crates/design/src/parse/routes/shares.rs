//! Tables of shares of routes, by their names.

use std::ops::Range;

use tokenomics_fixed_math::{Fraction, Wad};
use toml::de::{DeString, DeTable, DeValue};
use toml::Spanned;

use super::{Names, BUILT_IN};
use crate::problem::Problem;
use crate::section::{Section, Wrong};
use crate::value;

/// A share of a route.
pub(in crate::parse) struct Share {
    /// Its place among all routes.
    pub(super) route: usize,
    pub(super) share: Fraction,
    /// The place of its name in the text.
    pub(super) span: Range<usize>,
}

/// A table of shares.
pub(in crate::parse) struct Shares {
    /// Those of every design in their order, then the others in that of the file.
    pub(super) list: Vec<Share>,
    /// True if all routes in it are known, so that none but these gets anything.
    pub(in crate::parse) sound: bool,
}

/// The key that must be there, with the shares of routes, which sum to 1; `None` where it is no table.
pub(in crate::parse) fn shares(
    section: &mut Section<'_>,
    key: &'static str,
    names: &Names,
) -> Option<Shares> {
    let what = match section.name.as_str() {
        "[fees]" => format!("[fees.{key}]"),
        name => format!("`{key}` of {name}"),
    };
    let table = table(section, key, &what)?;
    let (mut sum, mut unread) = (0_u128, false);
    let mut shares = Shares {
        list: Vec::new(),
        sound: true,
    };
    for (name, share) in table.iter() {
        match value::fraction(share.get_ref()) {
            Ok(read) => {
                sum = sum.saturating_add(read.raw().into());
                shares.add(section, names, name, read);
            }
            Err(wrong) => {
                let label = format!("`{}` of {what}", name.get_ref());
                let problem = Problem::new(share.span(), wrong.message, label, wrong.help);
                section.problems.push(problem);
                unread = true;
            }
        }
    }
    shares.sound &= !unread;
    if !unread && sum != Fraction::SCALE.into() {
        let sum = Wad::from_raw(sum);
        let message = format!("the shares of {what} sum to {sum}, not to 1");
        let help = "all revenue goes somewhere: shares must sum to 1";
        let problem = Problem::new(section.key_span(key), message, "these shares", help);
        section.problems.push(problem);
    }
    let others = BUILT_IN.len();
    let place = |it: &Share| (it.route.min(others), it.span.start);
    shares.list.sort_by_key(place);
    Some(shares)
}

/// The table of a key that must be there.
fn table<'a>(section: &mut Section<'a>, key: &'static str, what: &str) -> Option<&'a DeTable<'a>> {
    let Some(value) = section.raw(key) else {
        let help =
            format!("say who gets the revenue, as in {key} = {{ lockers = 0.5, treasury = 0.5 }}");
        section.missing(key, &help);
        return None;
    };
    let DeValue::Table(table) = value.get_ref() else {
        let wrong = Wrong::kind(value.get_ref(), "a table");
        let problem = Problem::new(value.span(), wrong.message, what, wrong.help);
        section.problems.push(problem);
        return None;
    };
    Some(table)
}

impl Shares {
    fn add(
        &mut self,
        section: &Section<'_>,
        names: &Names,
        name: &Spanned<DeString<'_>>,
        share: Fraction,
    ) {
        let (text, span) = (name.get_ref().as_ref(), name.span());
        match names.place(text) {
            Some(route) => self.list.push(Share { route, share, span }),
            None => {
                names.note_unknown(section, text, span);
                self.sound = false;
            }
        }
    }
}
