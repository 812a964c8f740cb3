//! `[[fees.route]]`: the uses of revenue, and their names.

mod circles;
mod kinds;
mod names;
mod resolve;
mod shares;

use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::DeValue;
use toml::Spanned;

use super::allocations::unique_name;
use super::at_most;
use crate::calendar::Period;
use crate::problem::Problem;
use crate::section::{Section, Wrong};
use crate::{value, Bought, Stakeholder, MOST_NAMED_ROUTES, MOST_TIERS};
use circles::note_circles;
pub(super) use names::{Names, BUILT_IN, LOCKERS};
pub(super) use resolve::{resolve, Origin};
pub(super) use shares::{shares, Share, Shares};

/// The names that a run has for what is no route, in the books of an asset.
const OF_THE_BOOKS: [&str; 3] = ["outside", "waiting for lockers", "sellers of the token"];

/// A route as the file says it, of no asset yet.
pub(super) struct Definition<'a> {
    /// Its name, where it has one of its own.
    name: Option<String>,
    /// The place of its name, and that of its kind.
    named_at: Range<usize>,
    kind_at: Range<usize>,
    /// `None` where it can't be taken.
    kind: Option<Kind<'a>>,
}

/// The use of revenue by a route. Amounts are read once the asset is known.
enum Kind<'a> {
    Lockers {
        every: Option<Period>,
        without: Without,
    },
    Treasury,
    Buyback(Bought),
    /// Burns the token, and what another asset buys.
    Burn,
    To(Stakeholder),
    Vault(usize),
    Split(Shares),
    Buffer {
        target: &'a Spanned<DeValue<'a>>,
        then: Shares,
    },
    Waterfall {
        tiers: Vec<Tier<'a>>,
        then: Shares,
    },
}

struct Tier<'a> {
    name: String,
    cap: &'a Spanned<DeValue<'a>>,
    to: Shares,
}

/// `without_lockers`.
pub(super) enum Without {
    Hold,
    Extend,
    Pass(Share),
}

impl Kind<'_> {
    /// All shares of what is passed on, also those of nothing.
    fn shares(&self) -> Vec<&Share> {
        match self {
            Self::Lockers {
                without: Without::Pass(share),
                ..
            } => vec![share],
            Self::Split(shares) | Self::Buffer { then: shares, .. } => shares.list.iter().collect(),
            Self::Waterfall { tiers, then } => {
                let tiers = tiers.iter().flat_map(|tier| &tier.to.list);
                tiers.chain(&then.list).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl Definition<'_> {
    /// All shares of what it passes on, as far as they could be read.
    fn shares(&self) -> Vec<&Share> {
        self.kind.as_ref().map_or_else(Vec::new, Kind::shares)
    }

    /// Returns whether all that it passes on to is known.
    fn is_sound(&self) -> bool {
        match &self.kind {
            Some(Kind::Split(shares) | Kind::Buffer { then: shares, .. }) => shares.sound,
            Some(Kind::Waterfall { tiers, then }) => {
                then.sound && tiers.iter().all(|tier| tier.to.sound)
            }
            kind => kind.is_some(),
        }
    }
}

/// All routes, those of every design first.
pub(super) struct Routes<'a> {
    pub(super) names: Names,
    all: Vec<Definition<'a>>,
    /// True if `[fees]` says `without_lockers`.
    says_without: bool,
}

/// Reads the routes that `[fees]` names; `None` if there are too many of them. `without_lockers` of `[fees]`
/// is said of the one for lockers that every design has.
pub(super) fn routes<'a>(fees: &mut Section<'a>, vaults: &[Option<String>]) -> Option<Routes<'a>> {
    let mut tables = fees.sections("route", "[[fees.route]]");
    at_most(&tables, MOST_NAMED_ROUTES, "routes")?;
    let taken = &mut BTreeSet::new();
    let found: Vec<_> = tables.iter_mut().map(|table| name(table, taken)).collect();
    let names = Names::new(found.iter().map(|(name, _)| name.clone()));
    let mut all: Vec<_> = (0..BUILT_IN.len()).map(built_in).collect();
    if let Some(lockers) = all.get_mut(LOCKERS) {
        lockers.named_at = fees.key_span("without_lockers");
        let without = without(fees, &names);
        lockers.kind = without.map(|without| Kind::Lockers {
            every: None,
            without,
        });
    }
    for (mut table, (name, named_at)) in tables.into_iter().zip(found) {
        let kind_at = table.raw("kind").map_or(named_at.clone(), Spanned::span);
        let kind = kind(&mut table, &names, vaults);
        table.finish();
        all.push(Definition {
            name,
            named_at,
            kind_at,
            kind,
        });
    }
    let says_without = fees.has("without_lockers");
    Some(Routes {
        names,
        all,
        says_without,
    })
}

/// The name of a route, where it has one of its own, and its place.
fn name(table: &mut Section<'_>, taken: &mut BTreeSet<String>) -> (Option<String>, Range<usize>) {
    let place = table.raw("name").map(Spanned::span);
    let place = place.unwrap_or_else(|| table.span.clone());
    let name = unique_name(table, "route", taken).filter(|name| {
        let message = if BUILT_IN.contains(&name.as_str()) {
            format!("every design has a route `{name}`")
        } else if OF_THE_BOOKS.contains(&name.as_str()) {
            format!("`{name}` is an account of every asset")
        } else {
            return true;
        };
        let help = "give the route another name";
        let problem = Problem::new(place.clone(), message, "taken", help);
        table.problems.push(problem);
        false
    });
    (name, place)
}

fn built_in(index: usize) -> Definition<'static> {
    let name = BUILT_IN.get(index).map(|name| (*name).to_owned());
    let stakeholder = index.checked_sub(4).and_then(|it| Stakeholder::ALL.get(it));
    let kind = match (index, stakeholder) {
        (_, Some(stakeholder)) => Some(Kind::To(*stakeholder)),
        (1, _) => Some(Kind::Treasury),
        (2, _) => Some(Kind::Buyback(Bought::Kept)),
        (3, _) => Some(Kind::Burn),
        _ => None,
    };
    Definition {
        name,
        named_at: 0..0,
        kind_at: 0..0,
        kind,
    }
}

/// The kinds, as a design file writes them.
const KINDS: [&str; 7] = [
    "split",
    "lockers",
    "buyback",
    "account",
    "vault",
    "buffer",
    "waterfall",
];

fn kind<'a>(table: &mut Section<'a>, names: &Names, vaults: &[Option<String>]) -> Option<Kind<'a>> {
    let kind = table.required("kind", |v| value::one_of(v, &KINDS, |kind| kind));
    let Some(kind) = kind else {
        table.leave_unjudged();
        return None;
    };
    match kind.value {
        "split" => shares(table, "routes", names).map(Kind::Split),
        "lockers" => lockers(table, names),
        "buyback" => buyback(table, vaults).map(Kind::Buyback),
        "account" => table
            .required("stakeholder", value::stakeholder)
            .map(|it| Kind::To(it.value)),
        "vault" => {
            let vault = table.required("vault", |v| vault(v, &[], vaults))?;
            vault.value.map(Kind::Vault)
        }
        "buffer" => {
            let target = amount(table, "target");
            let then = shares(table, "then", names);
            let (target, then) = (target?, then?);
            Some(Kind::Buffer { target, then })
        }
        _ => {
            let tiers = tiers(table, names);
            let then = shares(table, "then", names);
            let (tiers, then) = (tiers?, then?);
            Some(Kind::Waterfall { tiers, then })
        }
    }
}

fn lockers<'a>(table: &mut Section<'_>, names: &Names) -> Option<Kind<'a>> {
    let every = table.said("every", value::period);
    let without = without(table, names);
    let every = every?.map(|every| every.value);
    let without = without?;
    Some(Kind::Lockers { every, without })
}

/// An amount that is read once the asset is known.
fn amount<'a>(table: &mut Section<'a>, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
    if !table.has(key) {
        table.missing(key, "");
    }
    table.raw(key)
}

fn tiers<'a>(table: &mut Section<'a>, names: &Names) -> Option<Vec<Tier<'a>>> {
    if !table.has("tiers") || table.is_empty_list("tiers") {
        table.missing("tiers", "a list of tables with `name`, `cap` and `to`");
    }
    let key = table.key_span("tiers");
    let tables = table.sections("tiers", "a tier");
    let count = tables.len();
    if count > MOST_TIERS {
        let message = format!("{count} tiers are too many");
        let help = format!("at most {MOST_TIERS}");
        let problem = Problem::new(key, message, "here", help);
        table.problems.push(problem);
        return None;
    }
    let taken = &mut BTreeSet::new();
    let read = tables.into_iter().map(|mut one| {
        let name = unique_name(&mut one, "tier", taken);
        let cap = amount(&mut one, "cap");
        let to = shares(&mut one, "to", names);
        one.finish();
        let (name, cap, to) = (name?, cap?, to?);
        Some(Tier { name, cap, to })
    });
    // All of them, each for its own problems.
    let read: Vec<_> = read.collect();
    let read: Option<Vec<_>> = read.into_iter().collect();
    read.filter(|tiers| !tiers.is_empty())
}

/// `without_lockers`: waits if not said.
fn without(section: &mut Section<'_>, names: &Names) -> Option<Without> {
    if let Some(DeValue::Table(_)) = section.raw("without_lockers").map(Spanned::get_ref) {
        let name = format!("`without_lockers` of {}", section.name);
        let mut table = section.section("without_lockers", &name)?;
        let to = table.required("to", value::text);
        let share = to.and_then(|to| {
            let share = names.whole(&to.value, to.span.clone());
            if share.is_none() {
                names.note_unknown(&table, &to.value, to.span);
            }
            share
        });
        table.finish();
        return share.map(Without::Pass);
    }
    let word = |v: &DeValue<'_>| match v {
        DeValue::String(_) => {
            let word = value::one_of(v, &["hold", "extend"], |word| word);
            word.map_err(|wrong| {
                let help = "allowed is hold, extend, or a route, as in { to = \"treasury\" }";
                Wrong::new(wrong.message, help)
            })
        }
        other => Err(Wrong::kind(
            other,
            "\"hold\", \"extend\", or a table with the route `to` which it goes",
        )),
    };
    let said = section.said("without_lockers", word)?;
    Some(match said.map_or("hold", |said| said.value) {
        "extend" => Without::Extend,
        _ => Without::Hold,
    })
}

/// `to` of a route that buys the token: kept by the treasury if not said.
fn buyback(table: &mut Section<'_>, vaults: &[Option<String>]) -> Option<Bought> {
    let to = table.said("to", |v| match value::text(v)?.as_str() {
        "treasury" => Ok(Some(Bought::Kept)),
        "burn" => Ok(Some(Bought::Burned)),
        _ => Ok(vault(v, &["treasury", "burn"], vaults)?.map(Bought::Vault)),
    })?;
    to.map_or(Some(Bought::Kept), |to| to.value)
}

/// A vault by its name, where `others` may be said too. Where the name of one is wrong itself, none is
/// unknown.
fn vault(
    value: &DeValue<'_>,
    others: &[&'static str],
    vaults: &[Option<String>],
) -> Result<Option<usize>, Wrong> {
    let name = value::text(value)?;
    let place = vaults
        .iter()
        .position(|one| one.as_deref() == Some(name.as_str()));
    if place.is_some() || vaults.iter().any(Option::is_none) {
        return Ok(place);
    }
    let all: Vec<&str> = vaults.iter().flatten().map(String::as_str).collect();
    let mut help = match all.as_slice() {
        [] => "a [[vault]] says its name and its share".to_owned(),
        all => format!("the vaults are: {}", all.join(", ")),
    };
    if !others.is_empty() {
        help = format!("{help}; allowed without one: {}", others.join(", "));
    }
    let hint = names::near(&name, others.iter().copied().chain(all));
    let hint = hint.map_or(String::new(), |near| format!(": did you mean `{near}`?"));
    Err(Wrong::new(
        format!("there is no vault `{name}`{hint}"),
        help,
    ))
}
