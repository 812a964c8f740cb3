//! A folder that others use too: readers, other runs, and foreign files.

use std::fs::{self, File};
use std::os::unix::fs::{symlink, MetadataExt as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::folder::{code, fine, names, read, stderr, Folder, Set, BINARY, FILES, SHORT};

/// Reads a set as the documentation says: the files are of one run if the summary is still the same
/// file after the others were read. Returns none where it is not, or a name was being switched.
fn read_set(folder: &Path) -> Option<Set> {
    let path = folder.join("summary.json");
    // It stays open, so that its inode is no other file's.
    let summary = File::open(&path).ok()?;
    let opened = summary.metadata().unwrap();
    let set = read(folder);
    let still = fs::metadata(path).ok()?;
    let same = (opened.dev(), opened.ino()) == (still.dev(), still.ino());
    (same && set.len() == FILES.len()).then_some(set)
}

#[test]
fn a_reader_never_finds_files_of_two_runs() {
    let folder = Folder::new();
    fine(&folder.run(0));
    let over = AtomicBool::new(false);
    let (mut read, mut missed) = ([0; 2], 0);
    thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0..60 {
                fine(&folder.run(1 - round % 2));
            }
            over.store(true, Ordering::Relaxed);
        });
        while !over.load(Ordering::Relaxed) {
            let Some(set) = read_set(&folder.out) else {
                missed += 1;
                continue;
            };
            let whose = folder.sets.iter().position(|each| *each == set);
            read[whose.expect("a mix")] += 1;
        }
    });
    println!("read {read:?} sets, {missed} times in the middle of a switch");
    assert!(read.iter().all(|times| *times > 20) && missed < read[0] + read[1]);
}

#[test]
fn a_second_run_into_a_folder_ends_at_once_and_changes_nothing() {
    let folder = Folder::new();
    fine(&folder.run(0));
    let mut first = folder.start_long(0);
    for _ in 0..3 {
        let second = folder.run(1);
        assert_eq!(code(&second), 1);
        let said = stderr(&second);
        assert!(said.contains("another run is writing to o\n"), "{said}");
        assert_eq!(folder.whose(), Some(0));
    }
    // Beside it, one may write.
    let mut beside = Command::new(BINARY);
    beside
        .current_dir(folder.dir.path())
        .args(["run", "Other.toml", "--out", "o/beside"]);
    fine(&beside.args(SHORT).output().unwrap());
    assert!(first.try_wait().unwrap().is_none(), "the run was too short");
    first.kill().unwrap();
    first.wait().unwrap();
    fine(&folder.run(1));
    fs::remove_dir_all(folder.out.join("beside")).unwrap();
    folder.assert_only(1);
}

#[test]
fn runs_at_once_into_one_folder_leave_the_files_of_one() {
    let folder = Folder::new();
    for _ in 0..10 {
        let command = |design| {
            folder
                .command(design, &SHORT)
                .stderr(Stdio::piped())
                .spawn()
        };
        let children = [0, 1, 0, 1].map(|design| command(design).unwrap());
        let ends = children.map(|child| child.wait_with_output().unwrap());
        let busy = |end: &Output| code(end) == 1 && stderr(end).contains("another run");
        assert!(
            ends.iter().all(|end| end.status.success() || busy(end)),
            "{ends:?}"
        );
        assert!(ends.iter().any(|end| end.status.success()));
        folder.assert_only(folder.whose().unwrap());
        fs::remove_dir_all(&folder.out).unwrap();
    }
}

#[test]
fn foreign_files_stay_as_they_are() {
    let folder = Folder::new();
    fs::create_dir_all(folder.out.join("charts/old")).unwrap();
    let foreign = [
        "notes.txt",
        ".hidden",
        "report.html.bak",
        "charts/old/summary.json",
    ];
    for name in foreign {
        fs::write(folder.out.join(name), name).unwrap();
    }
    let inodes = || foreign.map(|name| fs::metadata(folder.out.join(name)).unwrap().ino());
    let (before, at) = (inodes(), fs::metadata(&folder.out).unwrap().ino());
    for design in [0, 1] {
        fine(&folder.run(design));
        let mut killed = folder.start_long(1 - design);
        killed.kill().unwrap();
        killed.wait().unwrap();
        assert_eq!(folder.whose(), Some(design));
    }
    fine(&folder.run(0));
    assert_eq!(
        (inodes(), fs::metadata(&folder.out).unwrap().ino()),
        (before, at)
    );
    let wanted = [
        ".hidden",
        "charts",
        "notes.txt",
        "report.html",
        "report.html.bak",
    ];
    assert_eq!(names(&folder.out)[..5], wanted);
    assert_eq!(names(&folder.out)[5..], ["series.csv", "summary.json"]);
}

#[test]
fn plain_files_of_other_makers_are_replaced_and_kept_on_errors() {
    let folder = Folder::new();
    fs::create_dir(&folder.out).unwrap();
    fs::write(folder.out.join("report.html"), "old").unwrap();
    // One that can't be replaced: nothing is.
    fs::create_dir(folder.out.join("series.csv")).unwrap();
    let refused = folder.run(0);
    assert_eq!(code(&refused), 1);
    let said = stderr(&refused);
    assert!(
        said.contains("cannot write o/series.csv: it is not a file"),
        "{said}"
    );
    assert!(said.contains("as before"), "{said}");
    assert_eq!(names(&folder.out), ["report.html", "series.csv"]);
    assert_eq!(fs::read(folder.out.join("report.html")).unwrap(), b"old");
    fs::remove_dir(folder.out.join("series.csv")).unwrap();
    fine(&folder.run(0));
    folder.assert_only(0);
}

#[test]
fn a_folder_that_leads_elsewhere_is_no_place_for_the_commands_own_files() {
    let folder = Folder::new();
    let elsewhere = folder.dir.path().join("elsewhere");
    fs::create_dir_all(elsewhere.join("new")).unwrap();
    fs::create_dir(&folder.out).unwrap();
    symlink(&elsewhere, folder.out.join(".tokenomics")).unwrap();
    let refused = folder.run(0);
    assert_eq!(code(&refused), 1);
    assert!(stderr(&refused).contains(".tokenomics in it is not a folder"));
    assert_eq!(names(&elsewhere), ["new"]);
    // A link to the whole folder is followed.
    fs::remove_file(folder.out.join(".tokenomics")).unwrap();
    fs::remove_dir(&folder.out).unwrap();
    symlink("elsewhere", &folder.out).unwrap();
    fs::remove_dir(elsewhere.join("new")).unwrap();
    fine(&folder.run(0));
    assert!(folder.out.is_symlink());
    folder.assert_only(0);
}
