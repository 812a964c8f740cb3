//! The Rust blocks of the libraries' READMEs, each as a program of a fresh project.

use std::path::{Path, PathBuf};

use crate::shell::{cargo, read, root, run_quietly, target_dir};
use crate::step::{Checked, Outcome, Step};
use crate::workspace::LIBRARIES;

pub(crate) const STEP: Step = Step::new(
    "readmes",
    "the libraries' README blocks, in fresh projects",
    check,
);

/// What users never name has no example.
const WITHOUT_EXAMPLES: &str = "internals";

fn check() -> Checked {
    for (package, folder) in LIBRARIES {
        if folder != WITHOUT_EXAMPLES {
            let readme = read(&format!("crates/{folder}/README.md"))?;
            let projects = projects(&readme).map_err(|why| format!("{package}'s README: {why}"))?;
            for (number, project) in (1..).zip(&projects) {
                let name = format!("{folder}-{number}");
                try_out(&name, project).map_err(|why| format!("{package}'s README: {why}"))?;
            }
        }
    }
    Ok(Outcome::Passed)
}

/// What a README says to put into a manifest, and the programs below it.
#[derive(Debug, PartialEq)]
struct Project<'a> {
    dependencies: &'a str,
    programs: Vec<&'a str>,
}

/// Reads the projects of a README: each block of TOML begins one.
fn projects(readme: &str) -> Result<Vec<Project<'_>>, String> {
    let mut projects: Vec<Project<'_>> = Vec::new();
    for (language, text) in blocks(readme) {
        match (language, projects.last_mut()) {
            ("toml", _) => projects.push(Project {
                dependencies: text,
                programs: Vec::new(),
            }),
            ("rust", None) => return Err("a program before any dependencies".to_owned()),
            ("rust", Some(project)) => project.programs.push(shown(text)?),
            // Rustdoc would test it, and this wouldn't.
            ("", _) => return Err(format!("a block without a language:\n{text}")),
            (other, _) if other.starts_with("rust,") => {
                return Err(format!("a block that isn't a program: {other}"));
            }
            _ => {}
        }
    }
    match projects.iter().find(|it| it.programs.is_empty()) {
        _ if projects.is_empty() => Err("no dependencies and no program".to_owned()),
        Some(project) => Err(format!("no program for:\n{}", project.dependencies)),
        None => Ok(projects),
    }
}

/// Refuses lines that rustdoc hides: elsewhere they are shown.
fn shown(program: &str) -> Result<&str, String> {
    let hidden = |line: &&str| line.trim() == "#" || line.trim_start().starts_with("# ");
    match program.lines().find(hidden) {
        Some(line) => Err(format!("a line that only rustdoc hides: {line}")),
        None => Ok(program),
    }
}

/// Returns the fenced blocks, each with its language.
fn blocks(readme: &str) -> Vec<(&str, &str)> {
    let mut parts = readme.split("\n```");
    // Before the first fence is text; then blocks and text take turns.
    parts.next();
    let blocks = parts.step_by(2);
    blocks
        .map(|block| block.split_once('\n').unwrap_or((block, "")))
        .collect()
}

/// Builds and runs the programs of a project that depends on nothing but what the README says.
fn try_out(name: &str, project: &Project<'_>) -> Result<(), String> {
    let target = target_dir().join("readmes");
    let folder = Folder::new(name)?;
    folder.write("Cargo.toml", &manifest(name, project.dependencies))?;
    // The versions that the workspace has, so that nothing is looked up.
    folder.write("Cargo.lock", &read("Cargo.lock")?)?;
    folder.write("rust-toolchain.toml", &read("rust-toolchain.toml")?)?;
    for (number, program) in (1..).zip(&project.programs) {
        folder.write(&format!("src/bin/{name}-{number}.rs"), program)?;
    }
    let cargo_there = |args: &[&str]| {
        let mut command = cargo(args);
        command
            .current_dir(&folder.0)
            .arg("--target-dir")
            .arg(&target);
        run_quietly(&mut command).map(drop)
    };
    cargo_there(&["build", "--quiet", "--bins"])?;
    for number in 1..=project.programs.len() {
        let program = format!("{name}-{number}");
        cargo_there(&["run", "--quiet", "--bin", &program])?;
    }
    println!("{name}: {} built and run", project.programs.len());
    Ok(())
}

/// A manifest with the dependencies of a README. Those of this workspace aren't published, so each
/// is told where it is; its version still has to be the one here.
fn manifest(name: &str, dependencies: &str) -> String {
    let head = format!("[package]\nname = \"{name}\"\nedition = \"2021\"\n\n[workspace]\n");
    let profile = "[profile.dev]\ndebug = false\n";
    let mut text = format!("{head}\n{profile}\n");
    for line in dependencies.lines() {
        text += &with_path(line);
        text.push('\n');
    }
    text
}

fn with_path(line: &str) -> String {
    let library = line.split_once(" = ").and_then(|(name, version)| {
        let (_, folder) = LIBRARIES.iter().find(|(package, _)| *package == name)?;
        Some((name, version, root().join("crates").join(folder)))
    });
    let Some((name, version, path)) = library else {
        return line.to_owned();
    };
    match version.strip_prefix('{') {
        Some(rest) => format!("{name} = {{ path = {path:?},{rest}"),
        None => format!("{name} = {{ path = {path:?}, version = {version} }}"),
    }
}

/// A folder outside of the workspace, removed when dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Result<Self, String> {
        // The same every time, or each run would leave programs in the target folder that no other
        // uses; another in each checkout.
        let checkout = root()
            .to_string_lossy()
            .replace(std::path::MAIN_SEPARATOR, "-");
        let name = format!("tokenomics-readmes{checkout}-{name}");
        let folder = Self(std::env::temp_dir().join(name));
        let sources = folder.0.join("src/bin");
        std::fs::create_dir_all(&sources)
            .map_err(|error| format!("{}: {error}", sources.display()))?;
        Ok(folder)
    }

    fn write(&self, path: &str, text: &str) -> Result<(), String> {
        let path: &Path = &self.0.join(path);
        std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that stays behind in the temporary directory harms nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_block_of_toml_begins_a_project_of_the_programs_below_it() {
        let readme =
            "# X\n```toml\na\n```\ntext\n```rust\nb\n```\n\n```rust\nc\n```\n```sh\nd\n```\n\
            ```toml\ne\n```\n```rust\nf\n```\n";
        let project = |dependencies, programs: &[&'static str]| Project {
            dependencies,
            programs: programs.to_vec(),
        };
        let both = vec![project("a", &["b", "c"]), project("e", &["f"])];
        assert_eq!(projects(readme), Ok(both));
    }

    #[test]
    fn what_a_newcomer_could_not_paste_is_refused() {
        for readme in [
            "# X\n",
            "# X\n```rust\nb\n```\n",
            "# X\n```toml\na\n```\n",
            "# X\n```toml\na\n```\n```rust\nb\n# hidden\n```\n",
            "# X\n```toml\na\n```\n```rust\nb\n#\n```\n",
            "# X\n```toml\na\n```\n```rust,no_run\nb\n```\n",
            "# X\n```toml\na\n```\n```rust\nb\n```\n```\nc\n```\n",
        ] {
            assert!(projects(readme).is_err(), "{readme}");
        }
        let attribute = "# X\n```toml\na\n```\n```rust\n#[test]\n```\n";
        assert!(projects(attribute).is_ok());
    }

    #[test]
    fn only_a_library_of_this_workspace_gets_a_path_and_keeps_its_version_and_features() {
        let path = root().join("crates/vesting");
        let plain = with_path("tokenomics-vesting = \"0.1.0\"");
        let expected = format!("tokenomics-vesting = {{ path = {path:?}, version = \"0.1.0\" }}");
        assert_eq!(plain, expected);
        let featured = with_path("tokenomics-vesting = { version = \"0.1.0\", features = [] }");
        let rest = "version = \"0.1.0\", features = [] }";
        assert_eq!(
            featured,
            format!("tokenomics-vesting = {{ path = {path:?}, {rest}")
        );
        for other in ["[dependencies]", "borsh = \"1\"", "tokenomics-x = \"1\""] {
            assert_eq!(with_path(other), other);
        }
    }

    #[test]
    fn a_version_is_the_one_of_the_workspace() {
        let manifest = read("Cargo.toml").unwrap();
        let version = manifest
            .lines()
            .find_map(|line| line.strip_prefix("version = "));
        for (_, folder) in LIBRARIES {
            let readme = read(&format!("crates/{folder}/README.md")).unwrap();
            let named = readme.lines().filter(|line| line.starts_with("tokenomics"));
            for line in named {
                assert!(line.contains(version.unwrap()), "{folder}: {line}");
            }
        }
    }
}
