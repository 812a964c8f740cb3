//! The commands.

use std::fmt;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use miette::Diagnostic;
use tokenomics_simulation::{
    printable, read_table, starter, Design, LoadError, Overrides, ReadError,
};

use crate::args::{CheckArgs, ImportArgs, NewArgs, RunArgs};
use crate::diagnostic::escape_hidden;
use crate::output::{self, OutputError, OutputFile, Staged, Stopped};
use crate::{table, Failure};

/// A plain sentence with advice, where no source has to be shown.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) text: String,
    pub(crate) help: String,
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Message {}

impl Diagnostic for Message {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        (!self.help.is_empty()).then(|| Box::new(&self.help) as Box<dyn fmt::Display>)
    }
}

pub(crate) fn other(text: impl Into<String>, help: impl Into<String>) -> Failure {
    Failure::Other(Box::new(Message {
        text: text.into(),
        help: help.into(),
    }))
}

pub(crate) fn unreadable(error: ReadError) -> Failure {
    match &error {
        // The system failed, not the design; a path that leads nowhere is a wrong argument.
        ReadError::Io { cause, .. } if cause.kind() != std::io::ErrorKind::NotFound => {
            Failure::Other(Box::new(error))
        }
        _ => Failure::Invalid(Box::new(error)),
    }
}

impl From<Stopped> for Failure {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Run(error) => Self::Invalid(Box::new(Message {
                text: error.to_string(),
                help: "the run is sound up to this instant; there the design is not".to_owned(),
            })),
            Stopped::Output(error) => error.into(),
        }
    }
}

impl From<OutputError> for Failure {
    fn from(error: OutputError) -> Self {
        Self::Other(Box::new(error))
    }
}

pub(crate) fn load(path: &Path, overrides: Overrides) -> Result<Design, Failure> {
    Design::load(path, overrides).map_err(|error| match error {
        LoadError::Read(error) => unreadable(error),
        LoadError::Invalid(error) => Failure::Invalid(Box::new(error)),
    })
}

pub(crate) fn print(text: &str) -> Result<(), Failure> {
    // A reader that stops early, as in `| head`, is not a fault.
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(other(
            format!("cannot write to standard output: {error}"),
            "",
        )),
        _ => Ok(()),
    }
}

pub(crate) fn run(args: &RunArgs) -> Result<(), Failure> {
    let design = load(&args.design, args.window.overrides())?;
    let symbol = &design.token.symbol;
    let out = args.out.clone();
    let out = out.unwrap_or_else(|| output::default_folder(symbol));
    // Before the run, which may be long.
    let staged = Staged::begin(&out, &OutputFile::RUN)?;
    let bar = progress_bar(args, &design);
    let ran = output::run(&design, staged, |rows| bar.set_position(rows));
    bar.finish_and_clear();
    let (run, summary) = ran?;
    if args.json {
        let json = output::to_json(&summary).map_err(|error| other(error.to_string(), ""))?;
        print(&escape_hidden(&json))
    } else if args.quiet {
        Ok(())
    } else {
        print(&table::render(&run, &out))
    }
}

fn progress_bar(args: &RunArgs, design: &Design) -> ProgressBar {
    if args.quiet || args.json || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let window = design.window;
    let rows = window.step.count_between(window.start, window.end) + 1;
    let bar = ProgressBar::with_draw_target(Some(rows), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} rows, {per_sec}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}

pub(crate) fn check(args: &CheckArgs) -> Result<(), Failure> {
    let design = load(&args.design, Overrides::default())?;
    print(&format!(
        "{}: {} ({}) is a sound design: {} allocations, {} emissions\n",
        printable(&args.design.display().to_string()),
        table::name(&design.token.name),
        table::name(&design.token.symbol),
        design.allocations.len(),
        design.emissions.len(),
    ))
}

pub(crate) fn new(args: &NewArgs) -> Result<(), Failure> {
    let name = args.name.trim();
    if name.is_empty() {
        let message = Message {
            text: "the name is empty".to_owned(),
            help: "give the token a name: tokenomics new \"My Token\"".to_owned(),
        };
        return Err(Failure::Invalid(Box::new(message)));
    }
    let path = output::file_name(name) + ".toml";
    let create = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path);
    let written = create.and_then(|mut file| file.write_all(starter(name).as_bytes()));
    written.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => other(
            format!("{path} exists already, and is left as it is"),
            "remove it, or choose another name",
        ),
        _ => other(format!("cannot write {path}: {error}"), ""),
    })?;
    print(&format!(
        "{path} is written. Run it with: tokenomics run {path}\n"
    ))
}

pub(crate) fn import(args: &ImportArgs) -> Result<(), Failure> {
    let bytes = read_table(&args.file).map_err(unreadable)?;
    let name = args.file.display().to_string();
    let imported = args.options().read(&name, &bytes);
    let imported = imported.map_err(|error| Failure::Invalid(Box::new(error)))?;
    for note in &imported.notes {
        eprintln!("{}: {}", printable(&name), printable(note));
    }
    print(&imported.design)
}
