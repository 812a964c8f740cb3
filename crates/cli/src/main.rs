//! The command `tokenomics`.

mod args;
mod commands;
mod output;
mod signals;
mod table;

use std::process::ExitCode;

use clap::Parser as _;
use miette::{Diagnostic, GraphicalReportHandler, JSONReportHandler};

use args::{Args, Command};

/// What a command that did not work ends with.
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
            report(diagnostic.as_ref(), json);
            ExitCode::from(code)
        }
    }
}

/// Writes what is wrong to standard error: for a person, or as JSON for a script.
fn report(diagnostic: &dyn Diagnostic, json: bool) {
    let mut text = String::new();
    let rendered = if json {
        JSONReportHandler::new().render_report(&mut text, diagnostic)
    } else {
        handler().render_report(&mut text, diagnostic)
    };
    if rendered.is_err() {
        text = diagnostic.to_string();
    }
    eprintln!("{}", text.trim_end());
}

fn handler() -> GraphicalReportHandler {
    use std::io::IsTerminal as _;
    let plain = !std::io::stderr().is_terminal() || std::env::var_os("NO_COLOR").is_some();
    let theme = match plain {
        true => miette::GraphicalTheme::unicode_nocolor(),
        false => miette::GraphicalTheme::unicode(),
    };
    GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_width(100)
}
