//! The command `tokenomics`.

mod args;
mod backtest;
mod commands;
mod diagnostic;
mod output;
mod signals;
mod table;

use std::process::ExitCode;

use clap::Parser as _;
use miette::Diagnostic;

use args::{Args, Command};

/// The end of a command that did not work.
enum Failure {
    /// The design or an argument is wrong: exit code 2.
    Invalid(Box<dyn Diagnostic>),
    /// Anything else: exit code 1.
    Other(Box<dyn Diagnostic>),
}

fn main() -> ExitCode {
    // Clap answers `--help` with 0 and a wrong argument with 2 by itself.
    let args = Args::parse();
    let json = args.command.wants_json();
    let done = match args.command {
        Command::Run(run) => commands::run(&run),
        Command::Backtest(args) => backtest::backtest(&args),
        Command::Check(check) => commands::check(&check),
        Command::New(new) => commands::new(&new),
        Command::Import(import) => commands::import(&import),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let (diagnostic, code) = match failure {
                Failure::Invalid(diagnostic) => (diagnostic, 2),
                Failure::Other(diagnostic) => (diagnostic, 1),
            };
            diagnostic::report(diagnostic.as_ref(), json);
            ExitCode::from(code)
        }
    }
}
