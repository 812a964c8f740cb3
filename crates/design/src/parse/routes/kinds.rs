//! The kinds of routes, in their assets.

use std::collections::HashMap;

use tokenomics_fixed_math::{Amount, Decimals};
use toml::de::DeValue;
use toml::Spanned;

use super::resolve::Reached;
use super::{Definition, Kind, Shares, Tier, Without, BUILT_IN};
use crate::problem::{Problem, Problems};
use crate::section::Wrong;
use crate::{value, Bought, FeeAsset, FeeRoute, FeeTier, RouteKind, RouteShare, WithoutLockers};

/// Routes of the file, and the places of those that are reached.
pub(super) struct Resolver<'r, 'a> {
    pub(super) all: &'r [Definition<'a>],
    pub(super) assets: &'r [FeeAsset],
    /// Those of the token.
    pub(super) decimals: Decimals,
    pub(super) problems: &'r Problems,
    pub(super) places: &'r HashMap<(usize, usize), usize>,
}

impl Resolver<'_, '_> {
    /// A route in its asset; `None` where it can't be taken.
    pub(super) fn route(&self, one: &Reached<'_>) -> Option<FeeRoute> {
        let definition = self.all.get(one.route)?;
        Some(FeeRoute {
            name: definition.name.clone()?,
            asset: one.asset,
            kind: self.kind(definition, one)?,
        })
    }

    fn kind(&self, definition: &Definition<'_>, one: &Reached<'_>) -> Option<RouteKind> {
        let asset = self.assets.get(one.asset)?;
        let shares = |shares: &Shares| Some(resolved(self.places, shares, one.asset));
        Some(match definition.kind.as_ref()? {
            Kind::Lockers { every, without } => RouteKind::Lockers {
                every: *every,
                without: self.without(without, one.asset)?,
            },
            Kind::Treasury => RouteKind::Treasury,
            Kind::Burn if *asset == FeeAsset::Token => RouteKind::Burn,
            Kind::Burn => self.purchase(Bought::Burned, asset, definition, one)?,
            Kind::Buyback(bought) => self.purchase(*bought, asset, definition, one)?,
            Kind::To(stakeholder) => RouteKind::To(*stakeholder),
            Kind::Vault(vault) => self.vault(*vault, asset, definition, one)?,
            Kind::Split(to) => RouteKind::Split(shares(to)?),
            Kind::Buffer { target, then } => {
                let what = format!("`target` of {}", named(definition));
                let target = self.amount(target, asset, &what)?;
                let then = shares(then)?;
                RouteKind::Buffer { target, then }
            }
            Kind::Waterfall { tiers, then } => {
                let tiers = self.tiers(tiers, asset, definition, one.asset)?;
                let then = shares(then)?;
                RouteKind::Waterfall { tiers, then }
            }
        })
    }

    fn without(&self, without: &Without, asset: usize) -> Option<WithoutLockers> {
        Some(match without {
            Without::Hold => WithoutLockers::Hold,
            Without::Extend => WithoutLockers::Extend,
            Without::Pass(to) => {
                let place = self.places.get(&(to.route, asset))?;
                WithoutLockers::Pass(*place)
            }
        })
    }

    /// A purchase needs a price, and nothing is bought with the token itself.
    fn purchase(
        &self,
        bought: Bought,
        asset: &FeeAsset,
        definition: &Definition<'_>,
        one: &Reached<'_>,
    ) -> Option<RouteKind> {
        let (message, help) = match asset {
            FeeAsset::Other { price: Some(_), .. } => return Some(RouteKind::Buyback(bought)),
            FeeAsset::Other { symbol, .. } => (
                format!("buying the token needs its price in `{symbol}`"),
                format!(
                    "give `price` of `{}`: the asset's units for one token",
                    one.stream
                ),
            ),
            FeeAsset::Token => (
                "revenue in the token itself cannot buy the token".to_owned(),
                format!("`{}` is in the token: use `treasury` or `burn`", one.stream),
            ),
        };
        self.refuse(definition, one, message, &help);
        None
    }

    fn vault(
        &self,
        vault: usize,
        asset: &FeeAsset,
        definition: &Definition<'_>,
        one: &Reached<'_>,
    ) -> Option<RouteKind> {
        if *asset == FeeAsset::Token {
            return Some(RouteKind::Vault { vault });
        }
        let message = format!(
            "a vault takes the token itself, and `{}` is in {}",
            one.stream,
            symbol(self.assets, one.asset)
        );
        let help = "buy the token for it: kind = \"buyback\", with the vault as `to`";
        self.refuse(definition, one, message, help);
        None
    }

    /// Notes a problem at the kind of a route of the file, or at the share that leads to one of every design.
    fn refuse(&self, definition: &Definition<'_>, one: &Reached<'_>, message: String, help: &str) {
        let span = if one.route < BUILT_IN.len() {
            one.span.clone()
        } else {
            definition.kind_at.clone()
        };
        self.problems
            .push(Problem::new(span, message, "here", help));
    }

    fn tiers(
        &self,
        tiers: &[Tier<'_>],
        asset: &FeeAsset,
        definition: &Definition<'_>,
        index: usize,
    ) -> Option<Vec<FeeTier>> {
        let caps = tiers.iter().map(|tier| {
            let what = format!("`cap` of tier `{}` of {}", tier.name, named(definition));
            self.amount(tier.cap, asset, &what)
        });
        // All of them, each for its own problems.
        let caps: Vec<_> = caps.collect();
        let caps: Option<Vec<_>> = caps.into_iter().collect();
        let caps = caps?;
        self.caps_can_be_counted(&caps, tiers)?;
        let each = caps.into_iter().zip(tiers).map(|(cap, tier)| FeeTier {
            name: tier.name.clone(),
            cap,
            shares: resolved(self.places, &tier.to, index),
        });
        Some(each.collect())
    }

    /// Notes the tier by which a waterfall takes more than can be counted.
    fn caps_can_be_counted(&self, caps: &[Amount], tiers: &[Tier<'_>]) -> Option<()> {
        let mut sum = Amount::ZERO;
        for (cap, tier) in caps.iter().zip(tiers) {
            let Ok(next) = sum.checked_add(*cap) else {
                let name = &tier.name;
                let message = format!("the tiers up to `{name}` take more than can be counted");
                let help = "use smaller caps, or fewer decimals";
                let problem = Problem::new(tier.cap.span(), message, "here", help);
                self.problems.push(problem);
                return None;
            };
            sum = next;
        }
        Some(())
    }

    fn amount(&self, value: &Spanned<DeValue<'_>>, asset: &FeeAsset, what: &str) -> Option<Amount> {
        let decimals = match asset {
            FeeAsset::Other { decimals, .. } => *decimals,
            FeeAsset::Token => self.decimals,
        };
        let noted = |wrong: Wrong| {
            let problem = Problem::new(value.span(), wrong.message, what, wrong.help);
            self.problems.push(problem);
        };
        value::amount(value.get_ref(), decimals).map_err(noted).ok()
    }
}

fn named(definition: &Definition<'_>) -> String {
    format!("route `{}`", definition.name.as_deref().unwrap_or(""))
}

/// Shares of something, by the places of routes in an asset.
pub(super) fn resolved(
    places: &HashMap<(usize, usize), usize>,
    shares: &Shares,
    asset: usize,
) -> Vec<RouteShare> {
    let some = shares.list.iter().filter(|it| !it.share.is_zero());
    let each = some.filter_map(|it| {
        let (route, share) = (*places.get(&(it.route, asset))?, it.share);
        Some(RouteShare { route, share })
    });
    each.collect()
}

pub(super) fn symbol(assets: &[FeeAsset], asset: usize) -> String {
    match assets.get(asset) {
        Some(FeeAsset::Other { symbol, .. }) => format!("`{symbol}`"),
        _ => "the token".to_owned(),
    }
}
