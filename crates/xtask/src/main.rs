//! The contributor's commands: `cargo xtask help`.

mod accuracy;
mod bench;
mod campaign;
mod cargo;
mod check;
mod differential;
mod fuzz;
mod inputs;
mod links;
mod miri;
mod msrv;
mod mutants;
mod newcomer;
mod no_panic;
mod onchain;
mod passed;
mod readmes;
mod runner;
mod same_bits;
mod shell;
mod size;
mod standalone;
mod step;
mod toolchain;
mod workspace;

use std::process::ExitCode;

use step::said;

const USAGE: &str = "\
cargo xtask check [STEP…]         all checks that CI runs, or only the steps named
cargo xtask check --skip STEP     all but that one; may be given more than once
cargo xtask check --all           those too that have passed on the same inputs (crates/xtask/passed.txt)
cargo xtask check --record        store there what passes
cargo xtask accuracy [OPTION…]    every function beside exact arithmetic, in all roundings: --samples N
                                  random and --hard N hard inputs, names of FUNCTIONs or parts of them
cargo xtask campaign [NAME…]      the long forms, hours of them, one after the other or those named
cargo xtask bench                 measure beside peers and write docs/benchmarks.md
cargo xtask differential [N]      vesting, a lending rate and pools beside deployed contracts, over N
                                  schedules, curves, pools or swaps of each; NAMEs after it: only these
cargo xtask fuzz --seconds N      every law under the fuzzer for so long, or the LAWs named after it
cargo xtask fuzz --list           the names of the laws
cargo xtask mutants [OPTION…]     change the code here and there and see a test fail: --package P (or
                                  its name without tokenomics-), --tested-by P beside its own tests,
                                  --shard I/N, --file GLOB under src; --listed: every package with a
                                  mutants.md; --planted: known faults instead
cargo xtask onchain [--all]       programs on chain, in the chains' virtual machines, as steps of check
cargo xtask size [--accept]       wasm bytes against their budget; --accept makes them the budget
cargo xtask size --peers          wasm bytes beside the peers'
cargo xtask help                  this text, the steps and the campaigns";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[&str]) -> Result<(), String> {
    match args {
        [] | ["help" | "--help" | "-h"] => {
            help();
            Ok(())
        }
        ["check", rest @ ..] => check::run(rest),
        ["accuracy", rest @ ..] => accuracy::run(rest),
        ["bench"] => bench::run(),
        ["campaign", rest @ ..] => campaign::run(rest),
        ["differential", rest @ ..] => said(differential::run(rest)),
        ["fuzz", rest @ ..] => said(fuzz::run(rest)),
        ["mutants", rest @ ..] => mutants::run(rest),
        ["onchain", rest @ ..] => check::run(&[onchain::STEPS, rest].concat()),
        ["size"] => size::run(false),
        ["size", "--accept"] => size::run(true),
        ["size", "--peers"] => size::peers::table().map(|table| print!("{table}")),
        other => Err(format!("no command `{}`\n{USAGE}", other.join(" "))),
    }
}

fn help() {
    println!("{USAGE}\n\nsteps of check, in this order:");
    for step in check::STEPS {
        println!("  {:<14}{}", step.name, step.about);
    }
    println!("\ncampaigns, in this order:");
    for campaign in campaign::CAMPAIGNS {
        println!("  {:<14}{}", campaign.name, campaign.args.join(" "));
    }
}
