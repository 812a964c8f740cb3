//! Calls of the system that kill the run, fail or take long, by strace.

use std::fs::{self, File};
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::Duration;

use crate::folder::{can, code, fine, names, signal, stderr, Folder, BINARY, BROKEN, LONG, SHORT};

/// The calls that change a folder.
const CALLS: [&str; 6] = ["mkdir", "rename", "symlink", "link", "unlink", "rmdir"];

/// Returns the command that runs a design with a fault in calls, or none where there is no strace.
fn with_fault(folder: &Folder, fault: &str, design: usize, args: &[&str]) -> Option<Command> {
    static CAN: OnceLock<bool> = OnceLock::new();
    let trial = [
        "-D",
        "-f",
        "-e",
        "inject=/^rename:error=EIO:when=1+",
        "true",
    ];
    if !CAN.get_or_init(|| can("strace", &trial)) {
        return None;
    }
    let (calls, _) = fault.split_once(':').unwrap();
    let (trace, inject) = (format!("trace={calls}"), format!("inject={fault}"));
    let mut command = Command::new("strace");
    // The tracer is a grandchild, so that the child is the run itself.
    command.args([
        "-D", "-f", "-qq", "-o", "calls", "-e", &trace, "-e", &inject,
    ]);
    folder.complete(command.arg(BINARY), design, args);
    Some(command)
}

/// Runs the broken design, which restores what was left before it goes on.
fn restore(folder: &Folder) {
    let whose = folder.whose();
    assert_eq!(code(&folder.run(BROKEN)), 2);
    match whose {
        Some(whose) => folder.assert_only(whose),
        None => assert!(!folder.out.exists() || names(&folder.out).is_empty()),
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
        let fault = format!("/^{call}:signal=KILL:when={}", left.len() + 1);
        let Some(mut command) = with_fault(folder, &fault, 1, &SHORT) else {
            return left;
        };
        let ended = command.status().unwrap();
        if ended.success() {
            folder.assert_only(1);
            return left;
        }
        assert_eq!(ended.signal(), Some(9));
        left.push(folder.whose());
        restore(folder);
    }
}

#[test]
fn a_run_killed_at_any_call_leaves_the_old_files_or_the_new() {
    let folder = Folder::new();
    for before in [Some(0), None] {
        let left = CALLS.map(|call| left_by_killed(&folder, call, before));
        let left = left.concat();
        let old = left.iter().filter(|whose| **whose == before).count();
        let new = left.iter().filter(|whose| **whose == Some(1)).count();
        assert_eq!(old + new, left.len(), "{left:?}");
        assert!(left.is_empty() || old > 10 && new > 5, "{left:?}");
    }
}

/// Runs the second design over the first one's files with a fault, and asserts that it says what
/// is there then.
fn assert_said(folder: &Folder, fault: &str) {
    let _ = fs::remove_dir_all(&folder.out);
    fine(&folder.run(0));
    let Some(mut command) = with_fault(folder, fault, 1, &SHORT) else {
        return;
    };
    let output = command.output().unwrap();
    let (said, whose) = (stderr(&output), folder.whose());
    match code(&output) {
        0 => assert_eq!(whose, Some(1), "{fault}"),
        // What can't be removed may stay, but beside the files.
        _ if said.contains("as before") => folder.assert_plain(0),
        _ => assert!(
            said.contains("the files of o in place") && whose.is_some(),
            "{said}"
        ),
    }
    restore(folder);
}

#[test]
fn an_error_of_any_call_says_what_is_there() {
    let folder = Folder::new();
    for call in CALLS {
        for when in 1..=9 {
            assert_said(&folder, &format!("/^{call}:error=ENOSPC:when={when}"));
            // And all that follow.
            assert_said(&folder, &format!("/^{call}:error=EIO:when={when}+"));
        }
    }
}

#[test]
fn a_file_system_without_links_is_written() {
    let folder = Folder::new();
    for design in [0, 1, 0] {
        let fault = "/^(sym)?link(at)?$:error=EPERM";
        let Some(mut command) = with_fault(&folder, fault, design, &SHORT) else {
            return;
        };
        fine(&command.output().unwrap());
        folder.assert_only(design);
    }
}

#[test]
fn a_disk_without_room_for_a_link_is_not_one_without_links() {
    let folder = Folder::new();
    fine(&folder.run(0));
    let Some(mut command) = with_fault(&folder, "/^symlink:error=ENOSPC", 1, &SHORT) else {
        return;
    };
    let refused = command.output().unwrap();
    assert_eq!(code(&refused), 1);
    assert!(stderr(&refused).contains("No space left on device"));
    folder.assert_only(0);
}

#[test]
fn a_lock_that_was_removed_before_it_is_taken_is_nobodys() {
    let folder = Folder::new();
    let lock = folder.out.join(".tokenomics/lock");
    for taken in [false, true] {
        let fault = "flock:delay_enter=1000000";
        let Some(mut command) = with_fault(&folder, fault, 0, &SHORT) else {
            return;
        };
        let child = command.stderr(Stdio::piped()).spawn().unwrap();
        while !lock.exists() {
            sleep(Duration::from_millis(2));
        }
        // The run that had it ends, and perhaps another one takes the folder.
        fs::remove_dir_all(&folder.out).unwrap();
        let other = taken.then(|| {
            fs::create_dir_all(lock.parent().unwrap()).unwrap();
            let other = File::create(&lock).unwrap();
            other.try_lock().unwrap();
            other
        });
        let ended = child.wait_with_output().unwrap();
        assert_eq!(code(&ended), i32::from(taken), "{}", stderr(&ended));
        assert_eq!(stderr(&ended).contains("another run is writing"), taken);
        drop(other);
        fine(&folder.run(0));
        folder.assert_only(0);
        fs::remove_dir_all(&folder.out).unwrap();
    }
}

#[test]
fn a_run_that_was_told_to_stop_says_nothing_more() {
    let folder = Folder::new();
    // It could go on for a while.
    let fault = "exit_group:delay_enter=2000000";
    let Some(mut command) = with_fault(&folder, fault, 0, &LONG[..1]) else {
        return;
    };
    let child = command.stderr(Stdio::piped()).spawn().unwrap();
    while !folder.out.join(".tokenomics/new").exists() {
        sleep(Duration::from_millis(1));
    }
    signal(&child, "TERM");
    let ended = child.wait_with_output().unwrap();
    assert_eq!((code(&ended), stderr(&ended).as_str()), (143, ""));
    assert!(!folder.out.exists());
}
