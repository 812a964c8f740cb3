//! The holdings of a protocol against its debts: what counts of each, and how a position is liquidated.

use tokenomics_fixed_math::{Amount, Decimals, Fraction, Ratio, Span, Wad};
use tokenomics_haircut_collateral::{
    Composition, ConcentrationCap, ConcentrationThreshold, Confidence, DepthBudget, EarlyExit,
    Haircut, LiquidationTerms, LiquidityRange, PriceAge, SquareRootSize, TimeToExit, Volatility,
};

/// The most holdings, and the most debts, that a design with terms of liquidation may have.
pub const MOST_LIQUIDATED: usize = 32;

/// The most rules of one holding or debt.
pub const MOST_RULES: usize = 16;

/// The most groups of assets: as many as a set of them holds.
pub const MOST_GROUPS: usize = 64;

/// The holdings of a protocol against its debts.
#[derive(Debug, Clone)]
pub struct CollateralPlan {
    /// The asset that values are given in.
    pub quote: String,
    /// Its decimals.
    pub decimals: Decimals,
    /// The assets held.
    pub holdings: Vec<CollateralHolding>,
    /// The debts owed.
    pub debts: Vec<CollateralDebt>,
    /// The terms on which the position is liquidated, if the design says them.
    pub liquidation: Option<LiquidationTerms>,
}

impl CollateralPlan {
    /// Returns whether a haircut comes from more than what is said of it: from a rule or a group.
    #[must_use]
    pub fn has_rules(&self) -> bool {
        let held = |one: &CollateralHolding| one.group.is_some() || !one.rules.is_empty();
        self.holdings.iter().any(held) || self.debts.iter().any(|debt| !debt.rules.is_empty())
    }
}

/// An asset that is held.
#[derive(Debug, Clone)]
pub struct CollateralHolding {
    /// Its name.
    pub name: String,
    /// Its decimals.
    pub decimals: Decimals,
    /// The amount held, in its base units.
    pub amount: Amount,
    /// Its price, in base units of the quote for one base unit.
    pub price: Ratio,
    /// The price at which a whole one costs a whole unit of the quote, in the units of `price`.
    pub par: Ratio,
    /// Its static haircut.
    pub haircut: Haircut,
    /// The amount that all accounts hold of it as collateral, in its base units; at least what is held here.
    pub all_holders: Amount,
    /// The group that stands in place of its static haircut, where all of the position is in one.
    pub group: Option<AssetGroup>,
    /// The rules that its haircut comes from beside that, in the order in which they are applied.
    pub rules: Vec<HaircutRule>,
}

/// A group of assets that move together, for a holding in a position that is all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetGroup {
    /// The names of the common groups, as `ether`, or `ether, staked`.
    pub name: String,
    /// For each margin the smallest haircut of the groups and of the asset's own.
    pub haircut: Haircut,
}

/// An asset that is owed.
#[derive(Debug, Clone)]
pub struct CollateralDebt {
    /// Its name.
    pub name: String,
    /// Its decimals.
    pub decimals: Decimals,
    /// The amount owed, in its base units.
    pub amount: Amount,
    /// Its price, in base units of the quote for one base unit; never 0.
    pub price: Ratio,
    /// The price at which a whole one costs a whole unit of the quote, in the units of `price`.
    pub par: Ratio,
    /// Its static add-on.
    pub add_on: Haircut,
    /// The rules that its add-on comes from beside that, in the order in which they are applied.
    pub rules: Vec<AddOnRule>,
}

/// The margins that a rule counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleMargin {
    /// To open a position, to borrow and to withdraw, but not to stay open.
    Initial,
    /// To open a position and to stay open.
    Both,
}

impl RuleMargin {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::Initial, Self::Both];

    /// As a design file writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Initial => "initial",
            Self::Both => "both",
        }
    }
}

/// A rule that a part of a holding's haircut comes from.
#[derive(Debug, Clone)]
pub struct HaircutRule {
    /// The rule with its parameters.
    pub kind: RuleKind,
    /// The margins that it counts for.
    pub margin: RuleMargin,
    /// The way in which it joins the haircut before it.
    pub combine: Composition,
}

/// A rule of a haircut with its parameters, and what is observed for it.
#[derive(Debug, Clone)]
pub enum RuleKind {
    /// The depth of a market, which all holders share.
    Depth(DepthBudget),
    /// A cap of all holders.
    Cap(ConcentrationCap),
    /// A threshold of all holders, above which the haircut before it grows.
    Threshold(ConcentrationThreshold),
    /// The root of what this account holds.
    Root(SquareRootSize),
    /// The price that a constant-product pool pays for what all holders have.
    Impact(ImpactPool),
    /// The age of a price.
    Age {
        /// The bounds.
        rule: PriceAge,
        /// The age.
        age: Span,
    },
    /// The confidence interval of a price.
    Confidence {
        /// The number of intervals.
        rule: Confidence,
        /// The interval, in whole units of the quote for a whole one.
        interval: Wad,
    },
    /// The volatility of a price over the time that a liquidation takes.
    Volatility(VolatilityRule),
    /// The time until it can be sold.
    Exit {
        /// The rate.
        rule: TimeToExit,
        /// The time that is left.
        left: Span,
        /// The way out before, if there is one.
        early: Option<EarlyExit>,
    },
    /// Liquidity of a range of prices.
    Liquidity {
        /// The range.
        range: LiquidityRange,
        /// The price of the first token in the second.
        price: Ratio,
        /// The fall of it that is borne.
        fall: Fraction,
        /// Its variance over the horizon.
        variance: Wad,
    },
}

impl RuleKind {
    /// As a design file writes it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Depth(_) => "depth",
            Self::Cap(_) => "cap",
            Self::Threshold(_) => "threshold",
            Self::Root(_) => "root",
            Self::Impact(_) => "impact",
            Self::Age { .. } => "age",
            Self::Confidence { .. } => "confidence",
            Self::Volatility(_) => "volatility",
            Self::Exit { .. } => "exit",
            Self::Liquidity { .. } => "liquidity",
        }
    }
}

/// A constant-product pool of the asset and the quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImpactPool {
    /// The asset in it, in its base units; above 0.
    pub asset: Amount,
    /// The quote in it, in its base units; above 0.
    pub quote: Amount,
    /// The fee of a swap; below 1.
    pub fee: Fraction,
}

/// A number of standard deviations over the time that a liquidation takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VolatilityRule {
    /// The number of deviations and the floor, for deviations of a period.
    pub rule: Volatility,
    /// The time that a liquidation takes.
    pub horizon: Span,
    /// The time over which a backtest measures the deviation.
    pub window: Span,
    /// The deviation of the returns of a period; 0 where it is only measured.
    pub deviation: Wad,
}

/// A rule that a part of a debt's add-on comes from.
#[derive(Debug, Clone)]
pub struct AddOnRule {
    /// The rule with its parameters.
    pub kind: AddOnKind,
    /// The margins that it counts for.
    pub margin: RuleMargin,
    /// The way in which it joins the add-on before it.
    pub combine: Composition,
}

/// A rule of an add-on with its parameters, and what is observed for it.
#[derive(Debug, Clone)]
pub enum AddOnKind {
    /// The confidence interval of a price.
    Confidence {
        /// The number of intervals.
        rule: Confidence,
        /// The interval, in whole units of the quote for a whole one.
        interval: Wad,
    },
    /// The root of what this account owes.
    Root(SquareRootSize),
    /// The volatility of a price over the time that a liquidation takes.
    Volatility(VolatilityRule),
}

impl AddOnKind {
    /// As a design file writes it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Confidence { .. } => "confidence",
            Self::Root(_) => "root",
            Self::Volatility(_) => "volatility",
        }
    }
}
