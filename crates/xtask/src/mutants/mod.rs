//! Changes to the code that some test has to see: those that cargo-mutants makes, operator by operator
//! and function by function, and those that have cost others money.

mod build;
mod planted;
mod survivors;

use std::path::Path;

use crate::shell::{program, read, run as run_program, run_quietly};
use crate::toolchain::ensure_tool;
use build::{absolute, build_quickly};
use survivors::{explained, judge, Report};

const VERSION: &str = "27.1.0";
/// A mutant whose tests take longer than this many seconds is caught: some loop doesn't end.
const TIMEOUT: &str = "60";

/// What is asked for.
struct Options<'a> {
    package: &'a str,
    /// `i/n`: the i-th of n parts, counted from 0.
    shard: Option<&'a str>,
    /// Globs of files under the package's `src`; none means all.
    files: Vec<&'a str>,
}

pub(crate) fn run(args: &[&str]) -> Result<(), String> {
    if args == ["--planted"] {
        return planted::run();
    }
    let options = options(args)?;
    let tool = ensure_tool("cargo-mutants", VERSION)?;
    let folder = folder_of(options.package)?;
    let output = absolute("mutants")?;
    std::fs::create_dir_all(&output).map_err(|e| format!("{}: {e}", output.display()))?;
    let mutate = run_program(&mut command(&tool, &options, &folder, &output));
    let report = report(&output.join("mutants.out")).map_err(|why| match &mutate {
        Err(failed) => format!("{failed}\n{why}"),
        Ok(()) => why,
    })?;
    if report.tested() == 0 {
        return Err(mutate.err().unwrap_or_else(|| "no mutant".to_owned()));
    }
    let list = read(&format!("{folder}/mutants.md")).unwrap_or_default();
    let mut all = program(&tool.to_string_lossy(), &["mutants", "--list"]);
    let all = run_quietly(all.args(["--package", options.package]))?;
    println!(
        "{}",
        judge(&report, &explained(&list)?, all.lines().count())?
    );
    Ok(())
}

fn options<'a>(args: &[&'a str]) -> Result<Options<'a>, String> {
    let mut options = Options {
        package: "tokenomics-fixed-math",
        shard: None,
        files: Vec::new(),
    };
    let mut args = args.iter();
    while let Some(name) = args.next() {
        let value = args.next().ok_or_else(|| format!("{name} of what?"))?;
        match *name {
            "--package" => options.package = value,
            "--shard" => options.shard = Some(value),
            "--file" => options.files.push(value),
            other => return Err(format!("no option `{other}`")),
        }
    }
    Ok(options)
}

/// The folder of a package, from the root.
fn folder_of(package: &str) -> Result<String, String> {
    let known = crate::workspace::LIBRARIES.iter();
    let found = known.clone().find(|(name, _)| *name == package);
    found
        .map(|(_, folder)| format!("crates/{folder}"))
        .ok_or_else(|| {
            let names: Vec<_> = known.map(|(name, _)| *name).collect();
            format!("no library `{package}`; there are: {}", names.join(", "))
        })
}

fn command(
    tool: &Path,
    options: &Options<'_>,
    folder: &str,
    output: &Path,
) -> std::process::Command {
    let mut command = program(&tool.to_string_lossy(), &["mutants"]);
    command
        .args(["--package", options.package, "--all-features"])
        .args(["--timeout", TIMEOUT, "--colors", "never", "--output"])
        .arg(output);
    if let Some(shard) = options.shard {
        command.args(["--shard", shard]);
    }
    for file in &options.files {
        command.arg("--file").arg(format!("{folder}/src/{file}"));
    }
    command.args(["--", "--lib", "--tests"]);
    build_quickly(&mut command, output);
    command
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

    #[test]
    fn a_part_of_one_package_can_be_asked_for() {
        let args = ["--shard", "1/8", "--file", "wad.rs", "--file", "limb/*.rs"];
        let options = options(&args).unwrap();
        assert_eq!(options.package, "tokenomics-fixed-math");
        assert_eq!(options.shard, Some("1/8"));
        assert_eq!(options.files, ["wad.rs", "limb/*.rs"]);
        assert!(super::options(&["--shard"]).is_err());
        assert!(super::options(&["--all", "1"]).is_err());
    }

    #[test]
    fn a_package_has_a_folder() {
        assert_eq!(folder_of("tokenomics-vesting").unwrap(), "crates/vesting");
        assert!(folder_of("tokenomics-tests").is_err());
    }
}
