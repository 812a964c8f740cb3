//! The command `backtest`.

use std::path::Path;

use tokenomics_simulation::backtest::{
    crash, judge, read_path, Case, Crash, JudgeError, Judged, Listed, Options, CRASHES,
};
use tokenomics_simulation::{
    read_text, BacktestSummary, CollateralPlan, Design, Overrides, LARGEST_TABLE,
};

use crate::args::BacktestArgs;
use crate::commands::{load, other, print, unreadable, Message};
use crate::diagnostic::escape_hidden;
use crate::output::{self, OutputFile, Staged};
use crate::{table, Failure};

pub(crate) fn backtest(args: &BacktestArgs) -> Result<(), Failure> {
    let design = load(&args.design, Overrides::default())?;
    let plan = design
        .collateral
        .as_ref()
        .ok_or_else(|| refused(&JudgeError::NoCollateral))?;
    let cases = cases(args, plan)?;
    let out = args.out.clone();
    let out = out.unwrap_or_else(|| output::default_folder(&design.token.symbol));
    let staged = Staged::begin(&out, &OutputFile::BACKTEST)?;
    let crashes = judge_all(args, plan, cases)?;
    let summary = BacktestSummary::new(&design.token.name, &crashes);
    output::backtest(&design.token.name, &crashes, &summary, staged)?;
    if args.json {
        let json = output::to_json(&summary).map_err(|error| other(error.to_string(), ""))?;
        print(&escape_hidden(&json))
    } else if args.quiet {
        Ok(())
    } else {
        print(&printed(&design, &crashes, &out))
    }
}

fn judge_all(
    args: &BacktestArgs,
    plan: &CollateralPlan,
    cases: Vec<Case>,
) -> Result<Vec<Judged>, Failure> {
    let options = Options {
        late: args.late,
        recovers: args.recovers,
        depth: args.depth.clone(),
    };
    let judged = cases.into_iter().map(|case| judge(plan, case, &options));
    judged
        .map(|judged| judged.map_err(|error| refused(&error)))
        .collect()
}

fn printed(design: &Design, crashes: &[Judged], out: &Path) -> String {
    table::render_backtest(&design.token.name, crashes, out)
}

/// The crashes that are asked for, or those of all holdings.
fn cases(args: &BacktestArgs, plan: &CollateralPlan) -> Result<Vec<Case>, Failure> {
    if !args.crash.is_empty() {
        let cases = args.crash.iter().map(|asked| case(args, plan, asked));
        return cases.collect();
    }
    let holds = |asset: &str| {
        let mut holdings = plan.holdings.iter();
        holdings.any(|holding| holding.name.eq_ignore_ascii_case(asset))
    };
    let asked = |crash: &&Crash| {
        let asset = args.asset.as_deref();
        asset.is_none_or(|asset| asset.eq_ignore_ascii_case(crash.asset))
    };
    let held = |crash: &&Crash| asked(crash) && holds(crash.asset);
    let known: Vec<_> = CRASHES.iter().filter(held).collect();
    if known.is_empty() {
        return Err(invalid(
            "no crash that is known by name is of a holding of the design".to_owned(),
            "--crash FILE.csv, a table of times and prices".to_owned(),
        ));
    }
    known
        .into_iter()
        .map(|crash| of_crash(args, crash))
        .collect()
}

fn case(args: &BacktestArgs, plan: &CollateralPlan, asked: &str) -> Result<Case, Failure> {
    if let Some(crash) = crash(asked) {
        return of_crash(args, crash);
    }
    let path = Path::new(asked);
    if path.extension().is_none() && !path.exists() {
        let names: Vec<_> = CRASHES.iter().map(|crash| crash.name).collect();
        let text = format!("there is no crash `{asked}`, and no such file");
        let help = format!("one of {}, or the path of a table (CSV)", names.join(", "));
        return Err(invalid(text, help));
    }
    let text = read_text(path, LARGEST_TABLE).map_err(unreadable)?;
    let prices = read_path(asked, &text, args.column.as_deref());
    Ok(Case {
        name: asked.to_owned(),
        asset: args.asset.clone().or_else(|| named_by(path, plan)),
        quote: None,
        source: None,
        path: prices.map_err(|error| Failure::Invalid(Box::new(error)))?,
        listed: listed(args),
    })
}

/// Returns the holding whose name a file's name begins with, as that of `eth_2020-03_1h.csv` does.
fn named_by(path: &Path, plan: &CollateralPlan) -> Option<String> {
    let stem = path.file_stem()?.to_str()?;
    let word = stem.split(|c: char| !c.is_alphanumeric()).next()?;
    let mut names = plan.holdings.iter().map(|holding| &holding.name);
    names.find(|name| name.eq_ignore_ascii_case(word)).cloned()
}

fn of_crash(args: &BacktestArgs, crash: &Crash) -> Result<Case, Failure> {
    let path = crash.path();
    Ok(Case {
        name: crash.name.to_owned(),
        asset: Some(args.asset.clone().unwrap_or_else(|| crash.asset.to_owned())),
        quote: Some(crash.quote.to_owned()),
        source: Some(crash.source.to_owned()),
        path: path.map_err(|error| Failure::Other(Box::new(error)))?,
        listed: listed(args),
    })
}

/// The static parameters that were given by hand.
fn listed(args: &BacktestArgs) -> Option<Listed> {
    args.static_parameters.map(|haircut| Listed {
        symbol: None,
        haircut,
        bonus: None,
    })
}

fn invalid(text: String, help: String) -> Failure {
    Failure::Invalid(Box::new(Message { text, help }))
}

fn refused(error: &JudgeError) -> Failure {
    let help = match error {
        JudgeError::NoCollateral => "give it a [[collateral.holding]]",
        JudgeError::NoHolding { .. } | JudgeError::ManyHoldings { .. } => {
            "say which holding falls: --asset NAME"
        }
        JudgeError::NoDepth { .. } => {
            "give the holding a rule of depth, or say one: --depth AMOUNT@COST, such as 1000@0.02"
        }
        _ => "",
    };
    invalid(error.to_string(), help.to_owned())
}
