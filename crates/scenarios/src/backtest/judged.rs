//! A design's holding on a path: from what the design says to the figures.

use tokenomics_design::CollateralPlan;
use tokenomics_fixed_math::{Amount, Decimals, Fraction, Span};
use tokenomics_haircut_collateral::{DepthBudget, Haircut, LiquidationTerms};

use super::figures::{backtest, default_terms, seen, Backtest, Seen, Setting};
use super::{BacktestError, Liquidators, Listed, Market, PricePath};

/// A path with what it is the price of.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// The holding of the design that falls; the only one where it isn't said.
    pub asset: Option<String>,
    /// The asset that its price is in; the design's where it isn't said.
    pub quote: Option<String>,
    /// The origin of the figures, where it is known.
    pub source: Option<String>,
    /// The prices.
    pub path: PricePath,
    /// Static parameters to stand beside the design's rule; those that are listed for the asset where
    /// they aren't given.
    pub listed: Option<Listed>,
}

/// The ways of a walk that neither the design nor the path says.
#[derive(Debug, Clone)]
pub struct Options {
    /// The time from what liquidators see to what they do.
    pub late: Span,
    /// The time in which a sale fades from the market.
    pub recovers: Span,
    /// A depth in place of the design's: an amount in whole tokens, and what selling it costs.
    pub depth: Option<(String, Fraction)>,
}

impl Default for Options {
    /// An hour late, into a market that recovers in a day.
    fn default() -> Self {
        Self {
            late: Span::from_hours(1),
            recovers: Span::from_days(1),
            depth: None,
        }
    }
}

/// A path that a design's holding was walked through.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The name of the path.
    pub name: String,
    /// The holding.
    pub asset: String,
    /// Its decimals.
    pub decimals: Decimals,
    /// The asset that prices and debts are in.
    pub quote: String,
    /// Its decimals.
    pub quote_decimals: Decimals,
    /// The origin of the figures, where it is known.
    pub source: Option<String>,
    /// The prices.
    pub path: PricePath,
    /// The depth that was sold into.
    pub depth: DepthBudget,
    /// The ways of the walk.
    pub options: Options,
    /// The total that was walked, terms, and what stands beside the rule.
    pub setting: Setting,
    /// The figures.
    pub figures: Backtest,
}

/// A reason why a design can't be walked through a path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JudgeError {
    /// The design has no `[collateral]`, or no holding in it.
    #[error("the design holds no collateral")]
    NoCollateral,
    /// No holding is called so.
    #[error("the design holds no {asked}, but {held}")]
    NoHolding {
        /// The name.
        asked: String,
        /// The names that there are.
        held: String,
    },
    /// The holding isn't named, and there are several.
    #[error("{name} may be of several holdings: {held}")]
    ManyHoldings {
        /// The name of the path.
        name: String,
        /// The names that there are.
        held: String,
    },
    /// There is no market to sell in.
    #[error("the design states no depth of {asset}")]
    NoDepth {
        /// The holding.
        asset: String,
    },
    /// An amount of depth is none.
    #[error("the depth of {asset} is no amount: {reason}")]
    WrongDepth {
        /// The holding.
        asset: String,
        /// A sentence on it.
        reason: String,
    },
    /// The walk itself.
    #[error(transparent)]
    Walk(#[from] BacktestError),
}

/// What a design says of a holding.
struct Asset<'d> {
    name: &'d str,
    decimals: Decimals,
    total: Amount,
    /// The windows over which its rules measure volatility.
    windows: Vec<Span>,
    depth: Option<DepthBudget>,
}

/// Walks a design's holding through a path.
///
/// # Errors
/// [`JudgeError`]: the design lacks the holding or its depth, or a figure can't be counted.
pub fn judge(plan: &CollateralPlan, case: Case, options: &Options) -> Result<Judged, JudgeError> {
    let index = holding(plan, &case)?;
    let asset = asset(plan, index);
    let depth = depth(&asset, options)?;
    let seen = seen(&case.path, asset.decimals, plan.decimals, &asset.windows)?;
    let haircuts: Vec<Haircut> = seen
        .iter()
        .map(|seen| haircut(plan, index, seen))
        .collect::<Result<_, _>>()?;
    let setting = Setting {
        total: asset.total,
        liquidators: Liquidators {
            terms: terms(plan)?,
            late: options.late,
            market: Market::new(depth, options.recovers)?,
        },
        listed: case.listed.or_else(|| super::listed(asset.name)),
    };
    let figures = backtest(&case.path, &seen, &haircuts, &setting)?;
    Ok(Judged {
        name: case.name,
        asset: asset.name.to_owned(),
        decimals: asset.decimals,
        quote: case.quote.unwrap_or_else(|| plan.quote.clone()),
        quote_decimals: plan.decimals,
        source: case.source,
        path: case.path,
        depth,
        options: options.clone(),
        setting,
        figures,
    })
}

/// Returns the index of the holding that a path is of.
fn holding(plan: &CollateralPlan, case: &Case) -> Result<usize, JudgeError> {
    let names: Vec<&str> = names(plan);
    let held = names.join(", ");
    match &case.asset {
        _ if names.is_empty() => Err(JudgeError::NoCollateral),
        None if names.len() == 1 => Ok(0),
        None => Err(JudgeError::ManyHoldings {
            name: case.name.clone(),
            held,
        }),
        Some(asked) => {
            let is = |name: &&str| name.eq_ignore_ascii_case(asked);
            names
                .iter()
                .position(is)
                .ok_or_else(|| JudgeError::NoHolding {
                    asked: asked.clone(),
                    held,
                })
        }
    }
}

fn depth(asset: &Asset<'_>, options: &Options) -> Result<DepthBudget, JudgeError> {
    let Some((amount, cost)) = &options.depth else {
        let name = || asset.name.to_owned();
        return asset
            .depth
            .ok_or_else(|| JudgeError::NoDepth { asset: name() });
    };
    let wrong = |reason: String| JudgeError::WrongDepth {
        asset: asset.name.to_owned(),
        reason,
    };
    let amount =
        Amount::parse_decimal(amount, asset.decimals).map_err(|error| wrong(error.to_string()))?;
    DepthBudget::new(amount, *cost).map_err(|error| wrong(error.to_string()))
}

fn names(plan: &CollateralPlan) -> Vec<&str> {
    plan.holding_names
        .iter()
        .map(|(name, _)| name.as_str())
        .collect()
}

fn asset(plan: &CollateralPlan, index: usize) -> Asset<'_> {
    let (name, decimals) = &plan.holding_names[index];
    Asset {
        name,
        decimals: *decimals,
        total: plan.holdings[index].amount(),
        windows: Vec::new(),
        depth: None,
    }
}

fn haircut(plan: &CollateralPlan, index: usize, _seen: &Seen) -> Result<Haircut, BacktestError> {
    Ok(plan.holdings[index].haircut())
}

fn terms(_plan: &CollateralPlan) -> Result<LiquidationTerms, BacktestError> {
    default_terms()
}
