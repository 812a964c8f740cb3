//! The names of routes.

use std::collections::BTreeMap;
use std::ops::Range;

use tokenomics_fixed_math::Fraction;

use super::Share;
use crate::problem::Problem;
use crate::section::Section;

/// The routes that every design has, in the order in which revenue is split.
pub(in crate::parse) const BUILT_IN: [&str; 8] = [
    "lockers",
    "treasury",
    "buyback",
    "burn",
    "users",
    "builders",
    "investors",
    "operators",
];

/// The place of the route for lockers among them.
pub(in crate::parse) const LOCKERS: usize = 0;

/// The names of all routes, by their places.
pub(in crate::parse) struct Names {
    places: BTreeMap<String, usize>,
    /// In the order of the file.
    own: Vec<String>,
    /// True if every route of the file has a name of its own.
    complete: bool,
}

impl Names {
    /// Names those of every design, and then those of the file.
    pub(super) fn new(own: impl Iterator<Item = Option<String>>) -> Self {
        let own: Vec<_> = own.collect();
        let built_in = BUILT_IN.iter().map(|name| Some((*name).to_owned()));
        let all = built_in.chain(own.iter().cloned()).zip(0..);
        Self {
            places: all
                .filter_map(|(name, place)| Some((name?, place)))
                .collect(),
            complete: own.iter().all(Option::is_some),
            own: own.into_iter().flatten().collect(),
        }
    }

    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    /// A share of all, to the route of a name.
    pub(super) fn whole(&self, name: &str, span: Range<usize>) -> Option<Share> {
        let route = self.place(name)?;
        let share = Fraction::ONE;
        Some(Share { route, share, span })
    }

    /// Notes that there is no route of a name. Where the name of one is wrong itself, none is unknown.
    pub(super) fn note_unknown(&self, section: &Section<'_>, name: &str, span: Range<usize>) {
        if !self.complete {
            return;
        }
        let all = || {
            BUILT_IN
                .into_iter()
                .chain(self.own.iter().map(String::as_str))
        };
        let label = match near(name, all()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "a [[fees.route]] would say its kind".to_owned(),
        };
        let help = format!("the routes are: {}", all().collect::<Vec<_>>().join(", "));
        let message = format!("there is no route `{name}`");
        let problem = Problem::new(span, message, label, help);
        section.problems.push(problem);
    }
}

/// The nearest of some names.
pub(super) fn near<'n>(found: &str, all: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    all.map(|known| (strsim::jaro_winkler(found, known), known))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known)
}
