//! Runs that are killed or told to stop.

use std::fs;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Instant;

use crate::folder::{fine, names, signal, Folder, SHORT};

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
