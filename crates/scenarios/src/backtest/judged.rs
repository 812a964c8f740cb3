//! A design's holding on a path: from what the design says to the figures.

use tokenomics_design::{CollateralHolding, CollateralPlan, HaircutRule, RuleKind};
use tokenomics_engine::collateral::{haircut_steps, Observed};
use tokenomics_fixed_math::{Amount, Decimals, Fraction, Span};
use tokenomics_haircut_collateral::{DepthBudget, Haircut};

use super::figures::{backtest, default_terms, seen, Backtest, Seen, Setting};
use super::{BacktestError, Liquidators, Listed, Market, PricePath, DAY};

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
    #[error("the depth `{amount}` of {asset} is no amount: {reason}")]
    WrongDepth {
        /// The holding.
        asset: String,
        /// The amount as it was given.
        amount: String,
        /// A sentence on it.
        reason: String,
    },
    /// The walk itself.
    #[error(transparent)]
    Walk(#[from] BacktestError),
}

/// Walks a design's holding through a path.
///
/// # Errors
/// [`JudgeError`]: the design lacks the holding or its depth, or a figure can't be counted.
pub fn judge(plan: &CollateralPlan, case: Case, options: &Options) -> Result<Judged, JudgeError> {
    let holding = holding(plan, &case)?;
    let depth = depth(holding, options)?;
    let windows = windows(holding);
    let seen = seen(&case.path, holding.decimals, plan.decimals, &windows)?;
    let haircuts = seen.iter().map(|seen| haircut(holding, seen));
    let haircuts = haircuts.collect::<Result<Vec<_>, _>>()?;
    let setting = Setting {
        total: holding.all_holders,
        liquidators: Liquidators {
            terms: plan.liquidation.map_or_else(default_terms, Ok)?,
            late: options.late,
            market: Market::new(depth, options.recovers)?,
        },
        listed: case.listed.or_else(|| super::listed(&holding.name)),
    };
    let figures = backtest(&case.path, &seen, &haircuts, &setting)?;
    Ok(Judged {
        name: case.name,
        asset: holding.name.clone(),
        decimals: holding.decimals,
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

/// Returns the holding that a path is of.
fn holding<'p>(plan: &'p CollateralPlan, case: &Case) -> Result<&'p CollateralHolding, JudgeError> {
    let held = names(plan).join(", ");
    match (&case.asset, &plan.holdings[..]) {
        (_, []) => Err(JudgeError::NoCollateral),
        (None, [only]) => Ok(only),
        (None, _) => Err(JudgeError::ManyHoldings {
            name: case.name.clone(),
            held,
        }),
        (Some(asked), holdings) => {
            let is = |holding: &&CollateralHolding| holding.name.eq_ignore_ascii_case(asked);
            holdings
                .iter()
                .find(is)
                .ok_or_else(|| JudgeError::NoHolding {
                    asked: asked.clone(),
                    held,
                })
        }
    }
}

fn names(plan: &CollateralPlan) -> Vec<&str> {
    let holdings = plan.holdings.iter();
    holdings.map(|holding| holding.name.as_str()).collect()
}

/// Returns the windows over which the rules of a holding measure volatility.
fn windows(holding: &CollateralHolding) -> Vec<Span> {
    let window = |rule: &HaircutRule| match &rule.kind {
        RuleKind::Volatility(rule) => Some(rule.window),
        _ => None,
    };
    holding.rules.iter().filter_map(window).collect()
}

/// Returns the haircut of a holding by what is seen at a row.
fn haircut(holding: &CollateralHolding, seen: &Seen) -> Result<Haircut, BacktestError> {
    let observed = Observed {
        price: seen.price,
        deviation: Some((seen.deviation, DAY)),
        ..Observed::declared(holding)
    };
    let steps = haircut_steps(holding, &observed)?;
    Ok(steps.last().map_or(holding.haircut, |step| step.after))
}

/// Returns the depth that is given, or else that of the holding's first rule of one.
fn depth(holding: &CollateralHolding, options: &Options) -> Result<DepthBudget, JudgeError> {
    let asset = || holding.name.clone();
    let Some((amount, cost)) = &options.depth else {
        let depth = holding.rules.iter().find_map(|rule| match &rule.kind {
            RuleKind::Depth(depth) => Some(*depth),
            _ => None,
        });
        return depth.ok_or_else(|| JudgeError::NoDepth { asset: asset() });
    };
    let wrong = |reason: String| JudgeError::WrongDepth {
        asset: asset(),
        amount: amount.clone(),
        reason,
    };
    let depth = Amount::parse_decimal(amount, holding.decimals);
    let depth = depth.map_err(|error| wrong(error.to_string()))?;
    DepthBudget::new(depth, *cost).map_err(|error| wrong(error.to_string()))
}
