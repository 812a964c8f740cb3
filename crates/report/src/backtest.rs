//! Backtests of collateral: a summary for programs, and a page for people.

mod page;
mod summary;

use tokenomics_fixed_math::{Fraction, Rounding};
use tokenomics_scenarios::backtest::{Listed, Rule, RuleFigures};

pub use page::write_backtest;
pub use summary::{
    BacktestRuleSummary, BacktestSummary, CrashSummary, LossSummary, PointSummary, PositionSummary,
    SaleSummary, StaticSummary,
};

/// Returns a share in percent, to a hundredth, rounded in the direction that is worse for a rule: a
/// credit floored, a loss or a bad debt ceiled.
///
/// # Rounding
/// As the caller says; but what isn't all is never called 100%, and what isn't nothing never 0%.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Rounding};
/// use tokenomics_report::percent_rounded;
///
/// assert_eq!(percent_rounded(fraction!("0.72999"), Rounding::Floor), "72.99%");
/// assert_eq!(percent_rounded(fraction!("0.000001"), Rounding::Ceil), "0.01%");
/// assert_eq!(percent_rounded(fraction!("0.999999"), Rounding::Ceil), ">99.99%");
/// ```
#[must_use]
pub fn percent_rounded(share: Fraction, rounding: Rounding) -> String {
    const PART: u64 = Fraction::SCALE / 10_000;
    let up = rounding != Rounding::Floor && !share.raw().is_multiple_of(PART);
    match share.raw() / PART + u64::from(up) {
        0 if !share.is_zero() => "<0.01%".to_owned(),
        10_000 if share < Fraction::ONE => ">99.99%".to_owned(),
        hundredths => format!("{}.{:02}%", hundredths / 100, hundredths % 100),
    }
}

/// Returns the worst bad debt of a rule's openings as tables have it: at least that, where a long path has
/// more rows than were opened at.
#[must_use]
pub fn worst_bad_debt(rule: &RuleFigures) -> String {
    let worst = percent_rounded(rule.bad_debt(&rule.worst), Rounding::Ceil);
    match rule.step {
        0 | 1 => worst,
        _ => format!("≥ {worst}"),
    }
}

/// Returns the name of a rule, as tables have it.
#[must_use]
pub fn rule_name(rule: &Rule) -> String {
    match rule {
        Rule::Design => "the design's rule".to_owned(),
        Rule::NoHaircut => "no haircut".to_owned(),
        Rule::Static(Listed {
            symbol: Some(symbol),
            ..
        }) => {
            format!("static Aave parameters ({symbol})")
        }
        Rule::Static(_) => "static parameters".to_owned(),
        Rule::NoCredit => "no credit at all".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use tokenomics_design::{starter, Design, Overrides};
    use tokenomics_fixed_math::fraction;
    use tokenomics_scenarios::backtest::{crash, judge, Case, Options};

    use super::worst_bad_debt;

    /// 1,000 ether without a haircut, sold where 1,000 cost 2%: of some openings no more is known than that
    /// the worst of all is at least theirs.
    #[test]
    fn the_worst_of_some_openings_is_told_as_at_least_that() {
        let design = Design::parse("d", &starter("Demo"), Overrides::default()).unwrap();
        let ether = crash("eth-2020-03").unwrap();
        let case = Case {
            name: ether.name.to_owned(),
            asset: Some(ether.asset.to_owned()),
            quote: None,
            source: None,
            path: ether.path().unwrap(),
            listed: None,
        };
        let depth = Some(("1000".to_owned(), fraction!("0.02")));
        let options = Options {
            depth,
            ..Options::default()
        };
        let judged = judge(design.collateral.as_ref().unwrap(), case, &options).unwrap();
        let mut rule = judged.figures.rules[1].clone();
        let worst = worst_bad_debt(&rule);
        assert!(worst.ends_with('%') && worst.starts_with(|first: char| first.is_ascii_digit()));
        rule.step = 2;
        assert_eq!(worst_bad_debt(&rule), format!("≥ {worst}"));
    }
}
