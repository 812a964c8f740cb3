//! What the README tells a newcomer to type, typed in a fresh clone.

use std::path::{Path, PathBuf};

use crate::shell::{program, root, run, run_quietly};
use crate::step::{Checked, Outcome, Step};

pub(crate) const STEP: Step = Step::new(
    "newcomer",
    "the README's quick start, in a fresh clone",
    check,
);

/// What the quick start ends in.
const REPORT: &str = "out/CRV/report.html";

fn check() -> Checked {
    let changes = run_quietly(&mut program("git", &["status", "--porcelain"]))?;
    if !changes.is_empty() {
        println!("uncommitted changes are not in the clone");
    }
    let clone = Clone::new()?;
    let readme = std::fs::read_to_string(clone.0.join("README.md"));
    let readme = readme.map_err(|error| format!("README.md of the clone: {error}"))?;
    let commands = quick_start(&readme);
    if commands.len() != 2 {
        return Err(format!(
            "README.md's quick start has {} commands",
            commands.len()
        ));
    }
    for command in &commands {
        type_in(&clone.0, command)?;
    }
    if !clone.0.join(REPORT).is_file() {
        return Err(format!("the quick start left no {REPORT}"));
    }
    println!("{REPORT} is there");
    Ok(Outcome::Passed)
}

/// Runs a line of the README in the clone, which has a target directory of its own: tests know the
/// folder they were built in, and ones built in a clone that is gone would be taken for fresh.
fn type_in(clone: &Path, line: &str) -> Result<(), String> {
    let mut shell = program("sh", &["-euc", line]);
    shell.current_dir(clone).env_remove("CARGO_TARGET_DIR");
    run(&mut shell)
}

/// The lines of the code blocks under "Quick start", without comments.
fn quick_start(readme: &str) -> Vec<&str> {
    let heading = |line: &str| line.starts_with("## ");
    let mut section = readme
        .lines()
        .skip_while(|line| !(heading(line) && line.to_lowercase().contains("quick start")));
    section.next();
    let mut in_block = false;
    section
        .take_while(|line| !heading(line))
        .filter(|line| {
            let fence = line.starts_with("```");
            in_block ^= fence;
            in_block && !fence
        })
        .map(|line| line.split(" # ").next().unwrap_or(line).trim())
        .map(|line| line.strip_prefix("$ ").unwrap_or(line))
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

/// A clone of HEAD in a temporary folder, removed when dropped.
struct Clone(PathBuf);

impl Clone {
    fn new() -> Result<Self, String> {
        let name = format!("tokenomics-newcomer-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let (from, to) = (root(), folder.to_string_lossy().into_owned());
        let args = [
            "clone",
            "--quiet",
            "--no-hardlinks",
            &from.to_string_lossy(),
            &to,
        ];
        run_quietly(&mut program("git", &args))?;
        Ok(Self(folder))
    }
}

impl Drop for Clone {
    fn drop(&mut self) {
        // A folder that stays behind in the temporary directory harms nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_of_the_quick_start_are_read() {
        let readme = "# X\n```sh\nno\n```\n## Quick start\ntext\n\n```sh\n# a comment\n\
            $ cargo test --workspace   # all of it\n```\nmore\n```sh\ncargo run -- x\n```\n\
            ## Then\n```sh\nno\n```\n";
        assert_eq!(
            quick_start(readme),
            ["cargo test --workspace", "cargo run -- x"]
        );
        assert!(quick_start("# X\n").is_empty());
    }

    #[test]
    fn the_bare_machine_types_what_the_readme_says() {
        let read = |name: &str| std::fs::read_to_string(root().join(name)).unwrap();
        let (readme, script) = (read("README.md"), read(".ci/run"));
        for command in quick_start(&readme) {
            assert!(script.lines().any(|line| line == command), "{command}");
        }
    }
}
