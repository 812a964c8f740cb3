//! The assets that revenue comes in: `asset`, `decimals` and `price` of a stream.

use tokenomics_fixed_math::{Decimals, Ratio};

use crate::problem::Problem;
use crate::section::{At, Section, Wrong};
use crate::{value, FeeAsset};

/// The assets of all streams, each once.
pub(super) struct Assets<'r> {
    decimals: Decimals,
    /// The symbol of the token, which is no other asset's.
    symbol: Option<&'r str>,
    known: Vec<Known>,
}

/// An asset, as the first stream in it says it.
struct Known {
    asset: FeeAsset,
    /// The stream that says its decimals, and the one that says its price, whether or not that can be taken.
    first: String,
    priced: Option<String>,
}

impl<'r> Assets<'r> {
    pub(super) fn new(decimals: Decimals, symbol: Option<&'r str>) -> Self {
        Self {
            decimals,
            symbol,
            known: Vec::new(),
        }
    }

    /// Returns the decimals of an asset.
    pub(super) fn decimals(&self, asset: usize) -> Option<Decimals> {
        let known = self.known.get(asset)?;
        Some(match known.asset {
            FeeAsset::Other { decimals, .. } => decimals,
            FeeAsset::Token => self.decimals,
        })
    }

    /// Returns all assets. One whose price is said and can't be taken has another: that it has none is not
    /// what is wrong.
    pub(super) fn finish(self) -> Vec<FeeAsset> {
        let each = self.known.into_iter().map(|mut known| {
            if let FeeAsset::Other { price, .. } = &mut known.asset {
                *price = price.or(known.priced.map(|_| Ratio::ONE));
            }
            known.asset
        });
        each.collect()
    }

    /// Reads the asset of a stream: its place among all of them.
    pub(super) fn read(&mut self, section: &mut Section<'_>) -> Option<usize> {
        let asset = section.said("asset", value::text);
        let decimals = section.said("decimals", value::decimals);
        let price = section.said("price", value::price);
        let Some(symbol) = asset? else {
            has_no_asset(section);
            return Some(self.place(&FeeAsset::Token, section));
        };
        self.is_another(section, &symbol)?;
        let found = self.known.iter().position(|one| one.is(&symbol.value));
        let place = match found {
            Some(place) => {
                self.agrees(place, section, decimals?)?;
                place
            }
            None => self.add(section, symbol.value, decimals?)?,
        };
        self.price(place, section, price);
        Some(place)
    }

    /// The place of an asset, which is added where it isn't there.
    fn place(&mut self, asset: &FeeAsset, section: &Section<'_>) -> usize {
        let found = self.known.iter().position(|one| one.asset == *asset);
        found.unwrap_or_else(|| {
            self.known.push(Known {
                asset: asset.clone(),
                first: section.name.clone(),
                priced: None,
            });
            self.known.len().saturating_sub(1)
        })
    }

    fn is_another(&self, section: &Section<'_>, symbol: &At<String>) -> Option<()> {
        if self.symbol != Some(symbol.value.as_str()) {
            return Some(());
        }
        let message = format!("`{}` is the token itself", symbol.value);
        let help = "without `asset`, revenue is in the token itself, with its own decimals";
        let problem = Problem::new(symbol.span.clone(), message, "no other asset", help);
        section.problems.push(problem);
        None
    }

    fn add(
        &mut self,
        section: &Section<'_>,
        symbol: String,
        decimals: Option<At<Decimals>>,
    ) -> Option<usize> {
        let Some(decimals) = decimals else {
            let help = "how many decimals the asset has, such as 6 or 18";
            section.missing("decimals", help);
            return None;
        };
        let asset = FeeAsset::Other {
            symbol,
            decimals: decimals.value,
            price: None,
        };
        Some(self.place(&asset, section))
    }

    /// Notes other decimals than those that the asset has.
    fn agrees(
        &self,
        place: usize,
        section: &Section<'_>,
        decimals: Option<At<Decimals>>,
    ) -> Option<()> {
        let known = self.known.get(place)?;
        let (
            FeeAsset::Other {
                symbol,
                decimals: before,
                ..
            },
            Some(here),
        ) = (&known.asset, decimals)
        else {
            return Some(());
        };
        if here.value == *before {
            return Some(());
        }
        let (before, now, first) = (before.get(), here.value.get(), &known.first);
        let message = format!("`{symbol}` has {before} decimals in {first}, and {now} here");
        let help = "an asset has the same decimals in every stream: one that has been said may be left out";
        let problem = Problem::new(here.span, message, "others", help);
        section.problems.push(problem);
        None
    }

    /// The price of the token in an asset, which one stream says, or several alike.
    fn price(&mut self, place: usize, section: &Section<'_>, price: Option<Option<At<Ratio>>>) {
        let token = self.decimals;
        let Some(known) = self.known.get_mut(place) else {
            return;
        };
        let first = known.priced.clone();
        match price {
            Some(Some(price)) => {
                known.priced.get_or_insert_with(|| section.name.clone());
                if let Err(wrong) = known.take_price(price.value, token, first.as_deref()) {
                    let problem = Problem::new(price.span, wrong.message, "here", wrong.help);
                    section.problems.push(problem);
                }
            }
            Some(None) => {}
            // It is wrong, and so not missing.
            None => known.priced = Some(section.name.clone()),
        }
    }
}

impl Known {
    fn is(&self, name: &str) -> bool {
        matches!(&self.asset, FeeAsset::Other { symbol, .. } if symbol == name)
    }

    /// Takes a price of whole units, where it is the one that `first` has said, if any has.
    fn take_price(
        &mut self,
        price: Ratio,
        token: Decimals,
        first: Option<&str>,
    ) -> Result<(), Wrong> {
        let FeeAsset::Other {
            symbol,
            decimals,
            price: before,
        } = &mut self.asset
        else {
            return Ok(());
        };
        let Some(exact) = base_ratio(price, *decimals, token) else {
            let message = "this price has too many digits to be kept exactly";
            return Err(Wrong::new(message, "use fewer digits"));
        };
        if let (Some(first), true) = (first, before.is_some_and(|before| before != exact)) {
            let message = format!("the price in `{symbol}` is another one in {first}");
            let help = "a token has one price in an asset: what has been said may be left out";
            return Err(Wrong::new(message, help));
        }
        *before = Some(exact);
        Ok(())
    }
}

/// Notes what would be of another asset.
fn has_no_asset(section: &Section<'_>) {
    for key in ["decimals", "price"] {
        if section.has(key) {
            let message = format!("{} has `{key}` but no `asset`", section.name);
            let help = "without `asset`, revenue is in the token itself, with its own decimals";
            let span = section.key_span(key);
            let problem = Problem::new(span, message, "of which asset?", help);
            section.problems.push(problem);
        }
    }
}

/// Base units of the asset for one base unit of the token, from whole units for a whole token.
fn base_ratio(price: Ratio, asset: Decimals, token: Decimals) -> Option<Ratio> {
    let price = price.reduced();
    // Only the difference of the decimals matters, and keeps the numbers small.
    let common = asset.get().min(token.get());
    let power = |decimals: Decimals| 10_u128.checked_pow(u32::from(decimals.get() - common));
    let numerator = price.numerator().checked_mul(power(asset)?)?;
    let denominator = price.denominator().checked_mul(power(token)?)?;
    Ratio::new(numerator, denominator).ok().map(Ratio::reduced)
}
