//! Runs that are killed or told to stop.

use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Instant;

use crate::folder::{can, code, fine, names, signal, Folder, BINARY, BROKEN, SHORT};

#[test]
fn a_run_killed_at_any_moment_leaves_the_files_of_one_run() {
    let folder = Folder::new();
    let begun = Instant::now();
    fine(&folder.run(0));
    let takes = begun.elapsed();
    for moment in 0..80 {
        let mut child = folder.command(moment % 2, &SHORT).spawn().unwrap();
        // The switch is at the end.
        sleep(takes.mul_f64(0.5 + 0.01 * moment as f64));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(folder.whose().is_some(), "{moment}");
    }
    fine(&folder.run(1));
    folder.assert_only(1);
}

/// The calls of the system that change a folder.
const CALLS: [&str; 6] = ["mkdir", "rename", "symlink", "link", "unlink", "rmdir"];

/// Runs a design and kills it at a call as it is made for the n-th time; returns whether there is
/// such a one.
fn killed_at(folder: &Folder, call: &str, n: usize) -> bool {
    let trace = format!("trace=/^{call}");
    let kill = format!("inject=/^{call}:signal=KILL:when={n}");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &kill]);
    folder.complete(strace.arg(BINARY), 1, &SHORT);
    // It ends as the run does.
    match strace.status().unwrap().code() {
        None => true,
        Some(code) => {
            assert_eq!(code, 0);
            false
        }
    }
}

/// Returns whose files are left by the runs that are killed at each of a kind of call.
fn left_by_killed(folder: &Folder, call: &str, before: Option<usize>) -> Vec<Option<usize>> {
    let mut left = Vec::new();
    loop {
        let _ = fs::remove_dir_all(&folder.out);
        if let Some(design) = before {
            fine(&folder.run(design));
        }
        if !killed_at(folder, call, left.len() + 1) {
            folder.assert_only(1);
            return left;
        }
        left.push(folder.whose());
        // The next run restores them before it goes on, whatever becomes of it.
        assert_eq!(code(&folder.run(BROKEN)), 2);
        match left.last() {
            Some(Some(whose)) => folder.assert_only(*whose),
            _ => assert!(!folder.out.exists() || names(&folder.out).is_empty()),
        }
    }
}

#[test]
fn a_run_killed_between_any_two_calls_leaves_the_old_files_or_the_new() {
    if !can(
        "strace",
        &["-f", "-e", "inject=/^rename:signal=KILL:when=9", "true"],
    ) {
        return;
    }
    let folder = Folder::new();
    for before in [Some(0), None] {
        let left: Vec<_> = CALLS
            .map(|call| left_by_killed(&folder, call, before))
            .concat();
        let old = left.iter().filter(|whose| **whose == before).count();
        let new = left.iter().filter(|whose| **whose == Some(1)).count();
        assert_eq!(old + new, left.len(), "{left:?}");
        assert!(old > 10 && new > 5, "{left:?}");
    }
}

#[test]
fn signals_leave_no_trace_and_end_in_128_and_their_number() {
    let folder = Folder::new();
    for (name, number) in [("TERM", 15), ("INT", 2)] {
        // Into a folder that is there, and into one that is not.
        for there in [true, false] {
            let _ = fs::remove_dir_all(&folder.out);
            if there {
                fine(&folder.run(0));
            }
            let mut child = folder.start_long(1);
            signal(&child, name);
            assert_eq!(child.wait().unwrap().code(), Some(128 + number));
            assert_eq!(folder.out.exists(), there);
            if there {
                folder.assert_only(0);
            }
        }
    }
}

#[test]
fn a_signal_at_any_moment_leaves_the_plain_files_of_one_run() {
    let folder = Folder::new();
    let begun = Instant::now();
    fine(&folder.run(0));
    let takes = begun.elapsed();
    let mut stopped = 0;
    for moment in 0..40 {
        let mut child = folder
            .command(moment % 2, &SHORT)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        sleep(takes.mul_f64(0.4 + 0.02 * moment as f64));
        signal(&child, "TERM");
        // Or none, where it has not begun.
        let end = child.wait().unwrap().code();
        assert!(matches!(end, Some(0 | 143) | None), "{end:?}");
        stopped += usize::from(end != Some(0));
        folder.assert_only(folder.whose().unwrap());
    }
    assert!(stopped > 0);
}

#[test]
fn what_a_killed_run_leaves_is_removed_by_the_next() {
    let folder = Folder::new();
    fine(&folder.run(0));
    let mut child = folder.start_long(1);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(folder.out.join(".tokenomics/new").exists());
    assert_eq!(folder.whose(), Some(0));
    fine(&folder.run(1));
    folder.assert_only(1);
    // Three designs, the runs of two of them, and nothing beside the folder.
    assert_eq!(names(folder.dir.path()).len(), 6);
}
