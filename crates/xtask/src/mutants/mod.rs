//! Changes to the code that some test has to see: those that cargo-mutants makes, operator by operator
//! and function by function, and those that have cost others money.

mod build;
mod planted;
mod survivors;

use std::path::Path;
use std::process::Command;

use crate::shell::{program, read, root, run as run_program, run_quietly};
use crate::toolchain::ensure_tool;
use crate::workspace::{member, members, Member, LIBRARIES};
use build::{absolute, build_quickly};
use survivors::{explained, judge, Report};

const VERSION: &str = "27.1.0";
/// A mutant whose tests take so many times as long as without it, and more than so many seconds, is
/// caught: some loop doesn't end.
const TIMES_AS_LONG: &str = "3";
const SECONDS: &str = "60";
/// Of a hundred mutants of a package, how many may survive, each explained: of the libraries, and of
/// what reads for people.
const MOST_OF_A_LIBRARY: usize = 2;
const MOST: usize = 10;

/// What is asked for.
struct Options<'a> {
    package: &'a str,
    /// Packages whose tests are run beside the package's own.
    tested_by: Vec<&'a str>,
    /// `i/n`: the i-th of n parts, counted from 0.
    shard: Option<&'a str>,
    /// Globs of files under the package's `src`; none means all.
    files: Vec<&'a str>,
}

pub(crate) fn run(args: &[&str]) -> Result<(), String> {
    match args {
        ["--planted"] => planted::run(),
        ["--listed"] => every_listed(),
        args => mutate(&options(args)?),
    }
}

/// All mutants of every package that has a list of survivors, by the command that the list gives.
fn every_listed() -> Result<(), String> {
    let mut failures = Vec::new();
    for Member { folder, .. } in members()? {
        if root().join(list_of(&folder)).is_file() {
            let list = read(&list_of(&folder))?;
            failures.extend(mutate(&options(&command_of(&list)?)?).err());
        }
    }
    if failures.is_empty() {
        return Ok(());
    }
    Err(failures.join("\n"))
}

/// The survivors of the package in a folder, and why no test can see them.
fn list_of(folder: &str) -> String {
    format!("{folder}/mutants.md")
}

/// The arguments of the command by which a list came about.
fn command_of(list: &str) -> Result<Vec<&str>, String> {
    let mut lines = list.lines();
    let arguments = lines.find_map(|line| line.strip_prefix("cargo xtask mutants"));
    let arguments = arguments.ok_or("a list of survivors without its command")?;
    Ok(arguments.split_whitespace().collect())
}

fn mutate(options: &Options<'_>) -> Result<(), String> {
    // Before the tool, which takes minutes to build.
    let package = member(options.package)?;
    let tool = ensure_tool("cargo-mutants", VERSION)?;
    let output = absolute("mutants")?;
    std::fs::create_dir_all(&output).map_err(|e| format!("{}: {e}", output.display()))?;
    let mutate = run_program(&mut command(&tool, options, &package, &output)?);
    let report = report(&output.join("mutants.out")).map_err(|why| match &mutate {
        Err(failed) => format!("{failed}\n{why}"),
        Ok(()) => why,
    })?;
    if report.tested() == 0 {
        return Err(mutate.err().unwrap_or_else(|| "no mutant".to_owned()));
    }
    let list = list_of(&package.folder);
    let entries = explained(&read(&list).unwrap_or_default())?;
    let mut all = program(&tool.to_string_lossy(), &["mutants", "--list"]);
    let all = run_quietly(all.args(["--package", &package.name]))?;
    let (of, most) = (all.lines().count(), most_percent(&package.name));
    let verdict = judge(&report, &entries, of, most).map_err(|why| format!("{list}:\n{why}"))?;
    println!("{}: {verdict}", package.name);
    Ok(())
}

fn most_percent(package: &str) -> usize {
    let is_library = LIBRARIES.iter().any(|(library, _)| *library == package);
    if is_library {
        MOST_OF_A_LIBRARY
    } else {
        MOST
    }
}

fn options<'a>(args: &[&'a str]) -> Result<Options<'a>, String> {
    let mut options = Options {
        package: "tokenomics-fixed-math",
        tested_by: Vec::new(),
        shard: None,
        files: Vec::new(),
    };
    let mut args = args.iter();
    while let Some(name) = args.next() {
        let value = args.next().ok_or_else(|| format!("{name} of what?"))?;
        match *name {
            "--package" => options.package = value,
            "--tested-by" => options.tested_by.push(value),
            "--shard" => options.shard = Some(value),
            "--file" => options.files.push(value),
            other => return Err(format!("no option `{other}`")),
        }
    }
    Ok(options)
}

fn command(
    tool: &Path,
    options: &Options<'_>,
    package: &Member,
    output: &Path,
) -> Result<Command, String> {
    let mut command = program(&tool.to_string_lossy(), &["mutants", "--all-features"]);
    command
        .args(["--timeout-multiplier", TIMES_AS_LONG])
        .args(["--minimum-test-timeout", SECONDS])
        .args(["--colors", "never", "--output"])
        .arg(output)
        .args(which(options, package)?);
    // Of the library, the command and the files of tests: examples have none.
    command.args(["--", "--tests"]);
    build_quickly(&mut command, output);
    Ok(command)
}

/// The arguments that say which mutants, and which tests are to see them.
fn which(options: &Options<'_>, package: &Member) -> Result<Vec<String>, String> {
    let mut args = vec!["--package".to_owned(), package.name.clone()];
    if let Some(shard) = options.shard {
        args.extend(["--shard".to_owned(), shard.to_owned()]);
    }
    for file in &options.files {
        let glob = format!("{}/src/{file}", package.folder);
        args.extend(["--file".to_owned(), glob]);
    }
    if !options.tested_by.is_empty() {
        args.extend(["--test-package".to_owned(), package.name.clone()]);
    }
    for name in &options.tested_by {
        args.extend(["--test-package".to_owned(), member(name)?.name]);
    }
    Ok(args)
}

/// What cargo-mutants left behind.
fn report(folder: &Path) -> Result<Report, String> {
    let lines = |file: &str| {
        let path = folder.join(file);
        let text = std::fs::read_to_string(&path);
        let text = text.map_err(|error| format!("{}: {error}", path.display()))?;
        Ok::<_, String>(text.lines().map(str::to_owned).collect())
    };
    Ok(Report {
        caught: lines("caught.txt")?,
        missed: lines("missed.txt")?,
        timeout: lines("timeout.txt")?,
        unviable: lines("unviable.txt")?,
    })
}

#[cfg(test)]
mod command_line {
    use super::*;

    fn line(args: &[&str]) -> String {
        let options = options(args).unwrap();
        let package = member(options.package).unwrap();
        let output = Path::new("out");
        let command = command(Path::new("tool"), &options, &package, output).unwrap();
        let words = command.get_args().map(|word| word.to_string_lossy());
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_part_of_one_package_can_be_asked_for() {
        let args = ["--shard", "1/8", "--file", "wad.rs", "--file", "limb/*.rs"];
        let line = line(&args);
        assert!(line.contains("--package tokenomics-fixed-math "), "{line}");
        let part = "--shard 1/8 --file crates/fixed-math/src/wad.rs \
                    --file crates/fixed-math/src/limb/*.rs -- --tests";
        assert!(line.ends_with(part), "{line}");
    }

    #[test]
    fn any_package_can_be_asked_for_and_be_tested_by_others() {
        let line = line(&[
            "--package",
            "cli",
            "--tested-by",
            "simulation",
            "--file",
            "*.rs",
        ]);
        assert!(line.contains("--package tokenomics-cli "), "{line}");
        let part = "--file crates/cli/src/*.rs --test-package tokenomics-cli \
                    --test-package tokenomics-simulation -- --tests";
        assert!(line.ends_with(part), "{line}");
    }

    #[test]
    fn each_list_gives_the_command_for_its_own_package() {
        let mut seen = 0;
        for Member { name, folder } in members().unwrap() {
            let Ok(list) = read(&list_of(&folder)) else {
                continue;
            };
            let arguments = command_of(&list).unwrap();
            let package = member(options(&arguments).unwrap().package).unwrap();
            assert_eq!(package.name, name);
            seen += 1;
        }
        assert!(seen >= 2);
        assert!(command_of("# Survivors\n").is_err());
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        assert!(options(&["--shard"]).is_err());
        assert!(options(&["--all", "1"]).is_err());
        assert!(run(&["--package", "tokenomics-tests"]).is_err());
    }

    #[test]
    fn of_a_library_fewer_may_survive() {
        assert_eq!(most_percent("tokenomics-vesting"), 2);
        assert_eq!(most_percent("tokenomics-simulation"), 10);
    }
}
