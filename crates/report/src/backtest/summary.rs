//! `backtest.json`: the figures of a backtest, for programs. Amounts, prices and shares are decimal
//! strings, exact where they aren't said to be rounded.

use serde::Serialize;
use tokenomics_design::calendar;
use tokenomics_fixed_math::{Amount, Fraction};
use tokenomics_haircut_collateral::Margin;
use tokenomics_scenarios::backtest::{Fall, Judged, Listed, Outcome, Rule, RuleFigures, Sale};

use super::rule_name;

/// A backtest of a design on one or more crashes.
#[derive(Debug, Serialize)]
pub struct BacktestSummary {
    /// The token's name.
    pub design: String,
    /// The crashes, in the order asked for.
    pub crashes: Vec<CrashSummary>,
}

/// One crash.
#[derive(Debug, Serialize)]
pub struct CrashSummary {
    /// Its name.
    pub name: String,
    /// The holding of the design that falls.
    pub asset: String,
    /// The asset that prices and debts are in.
    pub quote: String,
    /// The origin of the figures, where it is known.
    pub source: Option<String>,
    /// The time of the first row.
    pub start: String,
    /// The time of the last row.
    pub end: String,
    /// The number of rows that have a price.
    pub rows: usize,
    /// The number of rows that have none.
    pub gaps: usize,
    /// The total that is held, and walked.
    pub held: String,
    /// The amount of the depth that was sold into.
    pub depth: String,
    /// The cost of selling it.
    pub depth_cost: String,
    /// The time in which a sale fades from the market, in seconds.
    pub recovers_seconds: u64,
    /// The time from what liquidators see to what they do, in seconds.
    pub late_seconds: u64,
    /// The highest price before the lowest.
    pub top: PointSummary,
    /// The lowest price.
    pub lowest: PointSummary,
    /// The loss of the 24 hours after the top, ceiled.
    pub after_top: LossSummary,
    /// The loss of the worst 24 hours, ceiled.
    pub worst_day: LossSummary,
    /// The static parameters that stand beside the rule; none where none are listed.
    pub static_parameters: Option<StaticSummary>,
    /// The rules.
    pub rules: Vec<BacktestRuleSummary>,
}

/// A row of the path.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct PointSummary {
    pub at: String,
    pub price: String,
}

/// A loss within a day.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct LossSummary {
    pub from: String,
    pub to: String,
    pub loss: String,
}

/// Static parameters.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct StaticSummary {
    pub symbol: Option<String>,
    pub loan_to_value: String,
    pub threshold: String,
    pub bonus: Option<String>,
}

/// The figures of one rule.
#[derive(Debug, Serialize)]
pub struct BacktestRuleSummary {
    /// Its name.
    pub rule: String,
    /// The credit at the top, as a part of the value.
    pub credit_at_top: String,
    /// The part of the loss after the top that the haircut doesn't cover.
    pub loss_above_haircut: String,
    /// The credit before the worst 24 hours.
    pub credit_before_worst_day: String,
    /// The part of their loss that the haircut doesn't cover.
    pub worst_loss_above_haircut: String,
    /// The mean credit over all rows, floored.
    pub mean_credit: String,
    /// The rows from one opening to the next, among which the worst is: 1 but where a path is too long.
    pub opening_step: usize,
    /// The position that was opened at the top.
    pub opened_at_top: PositionSummary,
    /// The position that was opened before the worst 24 hours.
    pub opened_before_worst_day: PositionSummary,
    /// The position that left most bad debt for what it borrowed.
    pub worst_opening: PositionSummary,
}

/// A position from its opening to the end of the path. seized + left = collateral; repaid + written_off + open
/// = borrowed.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct PositionSummary {
    pub at: String,
    pub collateral: String,
    pub borrowed: String,
    pub seized: String,
    pub repaid: String,
    pub written_off: String,
    pub left: String,
    pub open: String,
    /// The part of what is open that selling what is left wouldn't cover.
    pub shortfall: String,
    /// written_off + shortfall.
    pub bad_debt: String,
    /// As a part of what was borrowed, ceiled.
    pub bad_debt_share: String,
    pub sales: Vec<SaleSummary>,
}

/// A liquidation.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct SaleSummary {
    pub at: String,
    pub price: String,
    pub seized: String,
    pub repaid: String,
    pub proceeds: String,
    pub written_off: String,
}

impl BacktestSummary {
    /// Creates the summary of a design's crashes.
    #[must_use]
    pub fn new(design: &str, crashes: &[Judged]) -> Self {
        Self {
            design: design.to_owned(),
            crashes: crashes.iter().map(of_crash).collect(),
        }
    }
}

fn of_crash(judged: &Judged) -> CrashSummary {
    let (points, figures) = (judged.path.points(), &judged.figures);
    let at = |row: usize| calendar::rfc3339(points[row].at);
    let point = |row: usize| PointSummary {
        at: at(row),
        price: points[row].price.to_string(),
    };
    let fall = |fall: Fall| LossSummary {
        from: at(fall.from),
        to: at(fall.to),
        loss: fall.loss.to_string(),
    };
    let rules = figures.rules.iter();
    CrashSummary {
        name: judged.name.clone(),
        asset: judged.asset.clone(),
        quote: judged.quote.clone(),
        source: judged.source.clone(),
        start: at(0),
        end: at(points.len() - 1),
        rows: points.len(),
        gaps: judged.path.gaps(),
        held: judged.setting.total.display(judged.decimals).to_string(),
        depth: judged.depth.depth().display(judged.decimals).to_string(),
        depth_cost: judged.depth.cost().to_string(),
        recovers_seconds: judged.options.recovers.get(),
        late_seconds: judged.options.late.get(),
        top: point(figures.top),
        lowest: point(figures.lowest),
        after_top: fall(figures.after_top),
        worst_day: fall(figures.worst_day),
        static_parameters: rules.clone().find_map(|rule| parameters(&rule.rule)),
        rules: rules.map(|rule| of_rule(judged, rule)).collect(),
    }
}

fn parameters(rule: &Rule) -> Option<StaticSummary> {
    let Rule::Static(Listed {
        symbol,
        haircut,
        bonus,
    }) = rule
    else {
        return None;
    };
    Some(StaticSummary {
        symbol: symbol.clone(),
        loan_to_value: haircut.weight(Margin::Initial).to_string(),
        threshold: haircut.weight(Margin::Maintenance).to_string(),
        bonus: bonus.map(|bonus: Fraction| bonus.to_string()),
    })
}

fn of_rule(judged: &Judged, figures: &RuleFigures) -> BacktestRuleSummary {
    let all = &judged.figures;
    let position = |outcome: &Outcome| position(judged, figures, outcome);
    BacktestRuleSummary {
        rule: rule_name(&figures.rule),
        credit_at_top: figures.credits[all.top].to_string(),
        loss_above_haircut: figures.uncovered(all.after_top).to_string(),
        credit_before_worst_day: figures.credits[all.worst_day.from].to_string(),
        worst_loss_above_haircut: figures.uncovered(all.worst_day).to_string(),
        mean_credit: figures.mean_credit.to_string(),
        opening_step: figures.step,
        opened_at_top: position(&figures.at_top),
        opened_before_worst_day: position(&figures.before_worst_day),
        worst_opening: position(&figures.worst),
    }
}

fn position(judged: &Judged, figures: &RuleFigures, outcome: &Outcome) -> PositionSummary {
    let points = judged.path.points();
    let asset = |amount: Amount| amount.display(judged.decimals).to_string();
    let quote = |amount: Amount| amount.display(judged.quote_decimals).to_string();
    let sale = |sale: &Sale| SaleSummary {
        at: calendar::rfc3339(points[sale.row].at),
        price: points[sale.row].price.to_string(),
        seized: asset(sale.seized),
        repaid: quote(sale.repaid),
        proceeds: quote(sale.proceeds),
        written_off: quote(sale.written_off),
    };
    PositionSummary {
        at: calendar::rfc3339(points[outcome.row].at),
        collateral: asset(outcome.opened),
        borrowed: quote(outcome.borrowed),
        seized: asset(outcome.seized),
        repaid: quote(outcome.repaid),
        written_off: quote(outcome.written_off),
        left: asset(outcome.left),
        open: quote(outcome.open),
        shortfall: quote(outcome.shortfall),
        bad_debt: quote(outcome.bad_debt()),
        bad_debt_share: figures.bad_debt(outcome).to_string(),
        sales: outcome.sales.iter().map(sale).collect(),
    }
}
