//! `[[collateral.group]]`: the assets that move together.

use std::collections::BTreeSet;

use tokenomics_fixed_math::Amount;
use tokenomics_haircut_collateral::{CorrelationGroups, GroupSet, Haircut};
use toml::de::DeValue;
use toml::Spanned;

use super::haircut;
use crate::parse::allocations::unique_name;
use crate::parse::at_most;
use crate::problem::Problem;
use crate::section::{Section, Wrong};
use crate::{value, AssetGroup, MOST_GROUPS};

/// The groups of a design, by the order of the file.
pub(super) struct Groups {
    /// The name of each; `None` where it has none of its own.
    names: Vec<Option<String>>,
    haircuts: Vec<Haircut>,
}

/// The groups that an asset of the position is in.
pub(super) struct Member {
    groups: GroupSet,
    /// False for what there is nothing of.
    counts: bool,
}

impl Groups {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        let tables = section.sections("group", "[[collateral.group]]");
        let (mut names, mut haircuts) = (Vec::new(), Vec::new());
        if at_most(&tables, MOST_GROUPS, "groups").is_none() {
            names.push(None);
            return Self { names, haircuts };
        }
        let taken = &mut BTreeSet::new();
        for mut table in tables {
            names.push(unique_name(&mut table, "group", taken));
            haircuts.push(haircut(&mut table).unwrap_or(Haircut::FULL));
            table.finish();
        }
        Self { names, haircuts }
    }

    /// Reads the groups that an asset is in; `None` if they can't be taken, or its amount can't.
    pub(super) fn member(&self, asset: &mut Section<'_>, amount: Option<Amount>) -> Option<Member> {
        let mut set = Some(GroupSet::NONE);
        for name in names(asset)? {
            let group = self.place(asset, name);
            let with = |set: GroupSet, group| GroupSet::from_bits(set.bits() | group);
            set = set.zip(group).map(|(set, group)| with(set, group));
        }
        Some(Member {
            groups: set?,
            counts: !amount?.is_zero(),
        })
    }

    /// The bit of a group by its name, and none where the name of one is wrong itself.
    fn place(&self, asset: &Section<'_>, name: &Spanned<DeValue<'_>>) -> Option<u64> {
        let refuse = |wrong: Wrong| {
            let label = format!("`groups` of {}", asset.name);
            let problem = Problem::new(name.span(), wrong.message, label, wrong.help);
            asset.problems.push(problem);
        };
        let found = value::text(name.get_ref()).map_err(refuse).ok()?;
        let at = self
            .names
            .iter()
            .position(|one| one.as_deref() == Some(&found));
        if let Some(at) = at {
            return u32::try_from(at).ok().map(|at| GroupSet::of(at).bits());
        }
        if !self.names.iter().any(Option::is_none) {
            let known: Vec<_> = self.names.iter().flatten().map(String::as_str).collect();
            refuse(unknown(&found, &known));
        }
        None
    }

    /// Returns the group that stands in place of an asset's own haircut, if all of the position is in one.
    pub(super) fn common(&self, own: Haircut, members: &[Member]) -> Option<AssetGroup> {
        let counted = members.iter().filter(|member| member.counts);
        let common = GroupSet::common(counted.map(|member| member.groups));
        let named = (0..).zip(self.names.iter().flatten());
        let names = named.filter(|(group, _)| common.contains(*group));
        let names: Vec<_> = names.map(|(_, name)| name.as_str()).collect();
        let haircut = CorrelationGroups::new(&self.haircuts).haircut(own, common);
        (!names.is_empty()).then(|| AssetGroup {
            name: names.join(", "),
            haircut,
        })
    }
}

/// The names that `groups` lists, none if it isn't said.
fn names<'a>(asset: &mut Section<'a>) -> Option<&'a [Spanned<DeValue<'a>>]> {
    let Some(found) = asset.raw("groups") else {
        return Some(&[]);
    };
    if let DeValue::Array(names) = found.get_ref() {
        return Some(names);
    }
    let wrong = Wrong::kind(found.get_ref(), "a list of groups, such as [\"ether\"]");
    let label = format!("`groups` of {}", asset.name);
    let problem = Problem::new(found.span(), wrong.message, label, wrong.help);
    asset.problems.push(problem);
    None
}

fn unknown(found: &str, known: &[&str]) -> Wrong {
    let likeness = |name: &&&str| strsim::jaro_winkler(found, name);
    let near = known.iter().filter(|name| likeness(name) > 0.75);
    let near = near.max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    let hint = near.map_or(String::new(), |near| format!(": did you mean `{near}`?"));
    let help = match known {
        [] => "a [[collateral.group]] says its name and its haircuts".to_owned(),
        known => format!("the groups are: {}", known.join(", ")),
    };
    Wrong::new(format!("there is no group `{found}`{hint}"), help)
}
