//! Places of a folder: mount points, those of other owners, and full disks.

use std::fs::{self, Permissions};
use std::os::unix::fs::{chown, MetadataExt as _, PermissionsExt as _};
use std::path::Path;
use std::process::{Command, Output};

use crate::folder::{can, code, fine, names, skip, stderr, Folder, BINARY, BROKEN, FILES, SHORT};

const NOBODY: u32 = 65534;

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn is_root(folder: &Folder) -> bool {
    fs::metadata(folder.dir.path()).unwrap().uid() == 0
}

/// Makes the folder's parent one that can't be written, and returns the command that runs a design
/// as a user whom that binds, or none where there is no such user.
fn bound(folder: &Folder, design: usize) -> Option<Command> {
    // Where anyone may run it; copied by another process, since a file that a test of another thread
    // has inherited open for writing can't be run.
    let own = folder.dir.path().join("tokenomics");
    fine(&Command::new("cp").arg(BINARY).arg(&own).output().unwrap());
    set_mode(folder.dir.path(), 0o555);
    let mut command = Command::new(&own);
    if is_root(folder) {
        let user = ["--reuid=65534", "--regid=65534", "--clear-groups"];
        if !can("setpriv", &[&user[..], &["true"]].concat()) {
            return None;
        }
        command = Command::new("setpriv");
        command.args(user).arg(own);
    }
    folder.complete(&mut command, design, &SHORT);
    Some(command)
}

fn set_owner(folder: &Folder, path: &Path) {
    if is_root(folder) {
        chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    }
}

#[test]
fn a_writable_folder_in_a_parent_that_is_not_is_written() {
    let folder = Folder::new();
    fs::create_dir(&folder.out).unwrap();
    set_owner(&folder, &folder.out);
    let Some(mut command) = bound(&folder, 0) else {
        return;
    };
    for _ in 0..2 {
        fine(&command.output().unwrap());
        folder.assert_only(0);
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_told_before_the_run() {
    let folder = Folder::new();
    fs::create_dir(&folder.out).unwrap();
    set_mode(&folder.out, 0o555);
    // Its run would end with 2.
    let Some(mut command) = bound(&folder, BROKEN) else {
        return;
    };
    let refused = command.output().unwrap();
    assert_eq!(code(&refused), 1);
    let said = stderr(&refused);
    assert!(said.contains("cannot write o: Permission denied"), "{said}");
    assert!(said.contains("as before"), "{said}");
    assert!(names(&folder.out).is_empty());
    // Nor can it be created.
    set_mode(folder.dir.path(), 0o755);
    fs::remove_dir(&folder.out).unwrap();
    set_mode(folder.dir.path(), 0o555);
    let refused = command.output().unwrap();
    assert_eq!(code(&refused), 1);
    assert!(!folder.out.exists());
}

#[test]
fn a_file_that_cannot_be_replaced_leaves_all_as_they_were() {
    let folder = Folder::new();
    if !is_root(&folder) {
        skip("only root can give files to others");
        return;
    }
    fine(&folder.run(1));
    // In such a folder only its owner and a file's may replace it; the report is the last to be.
    set_mode(&folder.out, 0o1777);
    for name in &FILES[1..] {
        set_owner(&folder, &folder.out.join(name));
    }
    let Some(mut command) = bound(&folder, 0) else {
        return;
    };
    let refused = command.output().unwrap();
    assert_eq!(code(&refused), 1);
    let said = stderr(&refused);
    assert!(
        said.contains("cannot write o/report.html: Operation not permitted"),
        "{said}"
    );
    assert!(said.contains("as before"), "{said}");
    folder.assert_only(1);
}

/// Runs a script that may mount what no one else sees, with the folder's binary as `$0`, or returns
/// none where that can't be done.
fn with_mounts(folder: &Folder, script: &str) -> Option<Output> {
    let new = match is_root(folder) {
        true => &["--mount"][..],
        false => &["--user", "--map-root-user", "--mount"],
    };
    let trial = ["sh", "-c", "mount -t tmpfs none /mnt"];
    if !can("unshare", &[new, &trial].concat()) {
        return None;
    }
    let mut command = Command::new("unshare");
    command.args(new).args(["sh", "-euc", script, BINARY]);
    Some(command.current_dir(folder.dir.path()).output().unwrap())
}

#[test]
fn a_mount_point_is_written() {
    let folder = Folder::new();
    fs::create_dir(&folder.out).unwrap();
    fs::create_dir(folder.dir.path().join("volume")).unwrap();
    let script =
        "mount --bind volume o; for _ in 1 2; do $0 run Demo.toml --out o -q --step 1y; done";
    let Some(output) = with_mounts(&folder, script) else {
        return;
    };
    fine(&output);
    fs::remove_dir(&folder.out).unwrap();
    fs::rename(folder.dir.path().join("volume"), &folder.out).unwrap();
    folder.assert_only(0);
}

/// Runs the second design into a folder of the first one's files on a file system with little room,
/// and returns whose are there afterwards.
fn left_on_full(folder: &Folder, room: &str) -> Option<usize> {
    let script = format!(
        "rm -rf seen; mkdir -p o; mount -t tmpfs -o {room} none o; cp only-Demo.toml/* o; code=0
        $0 run Other.toml --out o -q --step 1y || code=$?; cp -a o seen; exit $code"
    );
    let output = with_mounts(folder, &script)?;
    let said = stderr(&output);
    assert!(
        code(&output) == 0 || said.contains("No space left on device"),
        "{room}: {said}"
    );
    assert!(
        code(&output) == 0 || said.contains("as before"),
        "{room}: {said}"
    );
    let _ = fs::remove_dir_all(&folder.out);
    fs::rename(folder.dir.path().join("seen"), &folder.out).unwrap();
    folder.assert_only(code(&output).eq(&0).into());
    folder.whose()
}

#[test]
fn a_disk_that_is_full_at_any_moment_leaves_the_files_as_they_were() {
    let folder = Folder::new();
    let bytes: usize = folder.sets[0].values().map(Vec::len).sum();
    let size = |percent: usize| format!("size={}", bytes * percent / 100);
    // The old files, and the new ones in part; then each file, folder and link more.
    let rooms = (110..250).step_by(10).map(size);
    let mut left = [0, 0];
    for room in rooms.chain((5..20).map(|number| format!("nr_inodes={number}"))) {
        let Some(whose) = left_on_full(&folder, &room) else {
            return;
        };
        left[whose] += 1;
    }
    assert!(left[0] > 10 && left[1] > 3, "{left:?}");
}

#[test]
fn a_file_that_grows_too_large_leaves_the_files_as_they_were() {
    let folder = Folder::new();
    fine(&folder.run(0));
    let mut command = Command::new("sh");
    let limited = "trap '' XFSZ; ulimit -f 20; exec \"$0\" \"$@\"";
    folder.complete(command.args(["-c", limited, BINARY]), 1, &SHORT);
    let refused = command.output().unwrap();
    assert_eq!(code(&refused), 1);
    let said = stderr(&refused);
    for words in [
        "cannot write o/report.html: ",
        "File too large",
        "as before",
    ] {
        assert!(said.contains(words), "{said}");
    }
    folder.assert_only(0);
}
