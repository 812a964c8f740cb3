//! A folder with two designs, and what runs of them leave.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

pub(crate) const FILES: [&str; 3] = ["report.html", "series.csv", "summary.json"];
pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_tokenomics");
/// Yearly points, so that a run is short.
pub(crate) const SHORT: [&str; 3] = ["-q", "--step", "1y"];
/// Points every few minutes, so that a run takes seconds.
pub(crate) const LONG: [&str; 3] = ["-q", "--step", "5min"];

/// The content of the three files, without those that aren't there.
pub(crate) type Set = BTreeMap<&'static str, Vec<u8>>;

/// Reads the three files as any reader does.
pub(crate) fn read(folder: &Path) -> Set {
    let file = |name| match fs::read(folder.join(name)) {
        Ok(content) => Some((name, content)),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => panic!("{name}: {error}"),
    };
    FILES.into_iter().filter_map(file).collect()
}

/// Returns the names in a folder, hidden ones too.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let mut names: Vec<_> = entries
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Asserts that a run ended well.
pub(crate) fn fine(output: &Output) {
    assert!(output.status.success(), "{}", stderr(output));
}

/// Two designs, the sets that short runs of them write, and the output folder `o`.
pub(crate) struct Folder {
    pub(crate) dir: TempDir,
    pub(crate) out: PathBuf,
    pub(crate) sets: [Set; 2],
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Or what a test made unwritable could not be removed.
        let writable = Permissions::from_mode(0o755);
        let _ = fs::set_permissions(self.dir.path(), writable);
    }
}

const DESIGNS: [&str; 3] = ["Demo.toml", "Other.toml", "Broken.toml"];
/// The design whose run ends in an error: each day's revenue can be counted, but not that of all.
pub(crate) const BROKEN: usize = 2;
/// All that can be counted circulates, and a fifth of it is paid a day: in six days, more than that.
const BROKEN_TEXT: &str = "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\n\
    genesis = 2026-01-01\n[simulation]\nend = \"9d\"\n[[allocation]]\nname = \"A\"\n\
    stakeholder = \"users\"\namount = \"340282366920938463463374607431768211455\"\n[fees]\n\
    revenue = \"68056473384187692692674921486353642291\"\nper = \"1d\"\nroutes = { users = 1 }\n";

impl Folder {
    pub(crate) fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let command = |args: &[&str]| {
            let mut command = Command::new(BINARY);
            fine(&command.current_dir(dir.path()).args(args).output().unwrap());
        };
        fs::write(dir.path().join(DESIGNS[BROKEN]), BROKEN_TEXT).unwrap();
        let sets = [DESIGNS[0], DESIGNS[1]].map(|design| {
            command(&["new", design.trim_end_matches(".toml")]);
            if design == DESIGNS[1] {
                let path = dir.path().join(design);
                let text = fs::read_to_string(&path).unwrap();
                fs::write(path, text.replace("supply = 1_", "supply = 2_")).unwrap();
            }
            let out = format!("only-{design}");
            command(&[&["run", design, "--out", &out], &SHORT[..]].concat());
            read(&dir.path().join(out))
        });
        assert!(FILES.iter().all(|name| sets[0][name] != sets[1][name]));
        let out = dir.path().join("o");
        Self { dir, out, sets }
    }

    /// Returns the command that runs a design into `o`.
    pub(crate) fn command(&self, design: usize, args: &[&str]) -> Command {
        let mut command = Command::new(BINARY);
        self.complete(&mut command, design, args);
        command
    }

    /// Adds to a command the arguments of a run into `o`.
    pub(crate) fn complete(&self, command: &mut Command, design: usize, args: &[&str]) {
        command.current_dir(self.dir.path());
        command.args(["run", DESIGNS[design], "--out", "o"]);
        command.args(args).stdout(Stdio::null());
    }

    /// Runs a design into `o`.
    pub(crate) fn run(&self, design: usize) -> Output {
        self.command(design, &SHORT).output().unwrap()
    }

    /// Starts a long run of a design and waits until it has taken `o`.
    pub(crate) fn start_long(&self, design: usize) -> Child {
        let child = self.command(design, &LONG).spawn().unwrap();
        let limit = Instant::now() + Duration::from_secs(20);
        while !self.out.join(".tokenomics/new").exists() {
            assert!(Instant::now() < limit, "the run did not take its folder");
            sleep(Duration::from_millis(2));
        }
        child
    }

    /// Returns which design's run the files of `o` are of, none of them being none.
    pub(crate) fn whose(&self) -> Option<usize> {
        let found = read(&self.out);
        let whose = self.sets.iter().position(|set| *set == found);
        let present: Vec<_> = found.keys().collect();
        assert!(whose.is_some() || found.is_empty(), "a mix of {present:?}");
        whose
    }

    /// Asserts that `o` holds the plain files of one design's run and nothing else.
    pub(crate) fn assert_only(&self, design: usize) {
        assert_eq!(names(&self.out), FILES);
        self.assert_plain(design);
    }

    /// Asserts that the three names are those of plain files of one design's run.
    pub(crate) fn assert_plain(&self, design: usize) {
        assert_eq!(self.whose(), Some(design));
        let is_link = |name: &&str| self.out.join(name).is_symlink();
        assert_eq!(FILES.iter().find(|name| is_link(name)), None);
    }
}

/// Sends a signal by its name.
pub(crate) fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    fine(
        &Command::new("kill")
            .args(["-s", name, &id])
            .output()
            .unwrap(),
    );
}

/// Says that a test is skipped, where it is seen: what is printed by a test that passes is not.
pub(crate) fn skip(why: &str) {
    let line = format!("skipped: {why}\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}

/// Returns whether a program does its work here; the test is skipped otherwise, and says so.
pub(crate) fn can(program: &str, args: &[&str]) -> bool {
    let tried = Command::new(program).args(args).output();
    let can = tried.is_ok_and(|output| output.status.success());
    if !can {
        skip(&format!("`{program} {}` fails here", args.join(" ")));
    }
    can
}
