use std::collections::BTreeMap;

use tempfile::TempDir;

use super::*;

/// The names in a folder with what a reader of each finds, which is nothing behind a link that leads
/// nowhere.
type View = BTreeMap<String, Vec<u8>>;

fn view(folder: &Path) -> View {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let read = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().unwrap();
        found(fs::read(entry.path()))
            .unwrap()
            .map(|read| (name, read))
    };
    let visible = entries.filter(|entry| entry.file_name() != HOME);
    visible.filter_map(read).collect()
}

fn files(content: &str, which: &[OutputFile]) -> View {
    let file = |file: &OutputFile| (file.name().to_owned(), content.as_bytes().to_vec());
    let foreign = ("notes.txt".to_owned(), b"mine".to_vec());
    which.iter().map(file).chain([foreign]).collect()
}

fn write(folder: &Path, files: &View) {
    for (name, content) in files {
        fs::write(folder.join(name), content).unwrap();
    }
}

/// A folder with old files and staged new ones.
struct Case {
    old: &'static [OutputFile],
    new: &'static [OutputFile],
    links: bool,
}

use OutputFile::{Report, Series, Summary};

/// All beside all, none, and a part: a later version may write other files.
fn cases(links: bool) -> Vec<Case> {
    let sets: [&[OutputFile]; 4] = [&[], &OutputFile::RUN, &[Report, Summary], &[Series]];
    let pairs = sets.iter().flat_map(|old| sets.map(|new| (*old, new)));
    pairs.map(|(old, new)| Case { old, new, links }).collect()
}

impl Case {
    fn files(&self, set: Set) -> View {
        match set {
            Set::Old => files("old", self.old),
            Set::New => files("new", self.new),
        }
    }

    fn staged(&self) -> (TempDir, Switch) {
        let folder = TempDir::new().unwrap();
        write(folder.path(), &self.files(Set::Old));
        fs::create_dir(folder.path().join(HOME)).unwrap();
        let mut switch = Switch::new(folder.path());
        switch.links &= self.links;
        switch.prepare().unwrap();
        for file in self.new {
            fs::write(switch.staged(*file), "new").unwrap();
        }
        (folder, switch)
    }
}

fn all_steps() -> Vec<Step> {
    Switch::steps(&OutputFile::RUN)
        .chain(Switch::settling())
        .collect()
}

fn position(step: Step) -> usize {
    all_steps().iter().position(|each| *each == step).unwrap()
}

/// Runs the first steps of a switch, and then what the run after a killed one does, twice.
fn killed_after(case: &Case, done: usize) -> (View, View) {
    let (folder, switch) = case.staged();
    for step in all_steps().into_iter().take(done) {
        switch.apply(step).unwrap();
    }
    let left = view(folder.path());
    for _ in 0..2 {
        Switch::new(folder.path()).settle().unwrap();
    }
    let home = fs::read_dir(folder.path().join(HOME)).unwrap();
    assert_eq!(home.count(), 0, "{done} steps");
    let links = fs::read_dir(folder.path()).unwrap().map(Result::unwrap);
    assert!(links.into_iter().all(|entry| !entry.path().is_symlink()));
    (left, view(folder.path()))
}

#[test]
fn a_run_killed_after_any_step_leaves_the_old_files_or_the_new() {
    let switched = position(Step::Point(Set::New));
    for case in cases(cfg!(unix)) {
        for done in 0..=all_steps().len() {
            let (left, restored) = killed_after(&case, done);
            let right = if done > switched {
                case.files(Set::New)
            } else {
                case.files(Set::Old)
            };
            if case.links {
                assert_eq!(left, right, "{done} steps");
            }
            assert_eq!(restored, right, "{done} steps");
        }
    }
}

#[test]
fn without_links_it_leaves_a_part_of_one_set_that_the_next_run_completes() {
    let switched = position(Step::Point(Set::New));
    for case in cases(false) {
        for done in 0..=all_steps().len() {
            let (left, restored) = killed_after(&case, done);
            let right = if done > switched {
                case.files(Set::New)
            } else {
                case.files(Set::Old)
            };
            assert!(left
                .iter()
                .all(|(name, read)| right.get(name) == Some(read)));
            assert!(
                !left.contains_key(Summary.name()) || left == right,
                "{done} steps"
            );
            assert_eq!(restored, right, "{done} steps");
        }
    }
}

#[test]
fn a_run_killed_within_a_step_is_undone_too() {
    // What a step makes before it renames it.
    for case in cases(cfg!(unix)) {
        for done in 0..=Switch::steps(&OutputFile::RUN).count() {
            let (folder, switch) = case.staged();
            for step in Switch::steps(&OutputFile::RUN).take(done) {
                switch.apply(step).unwrap();
            }
            fs::write(folder.path().join(HOME).join("next"), "ne").unwrap();
            switch.settle().unwrap();
            let all = done == Switch::steps(&OutputFile::RUN).count();
            assert_eq!(
                view(folder.path()),
                if all {
                    case.files(Set::New)
                } else {
                    case.files(Set::Old)
                }
            );
        }
    }
}

#[test]
fn what_is_no_file_is_refused_before_anything_changes() {
    let case = Case {
        old: &[Report],
        new: &OutputFile::RUN,
        links: true,
    };
    let (folder, switch) = case.staged();
    fs::create_dir(folder.path().join(Summary.name())).unwrap();
    let failed = Switch::steps(&OutputFile::RUN).find(|step| switch.apply(*step).is_err());
    assert_eq!(failed, Some(Step::Keep(Summary)));
    switch.settle().unwrap();
    assert_eq!(fs::read(folder.path().join(Report.name())).unwrap(), b"old");
    assert!(folder.path().join(Summary.name()).is_dir());
}

#[cfg(unix)]
#[test]
fn a_link_of_the_users_is_replaced_and_what_it_leads_to_is_kept() {
    let case = Case {
        old: &[],
        new: &OutputFile::RUN,
        links: true,
    };
    for done in 0..=all_steps().len() {
        let (folder, switch) = case.staged();
        let elsewhere = TempDir::new().unwrap();
        let target = elsewhere.path().join("elsewhere.html");
        fs::write(&target, "old").unwrap();
        std::os::unix::fs::symlink(&target, folder.path().join(Report.name())).unwrap();
        for step in all_steps().into_iter().take(done) {
            switch.apply(step).unwrap();
        }
        switch.settle().unwrap();
        let switched = done > position(Step::Point(Set::New));
        let right = if switched {
            case.files(Set::New)
        } else {
            files("old", &[Report])
        };
        assert_eq!(view(folder.path()), right, "{done} steps");
        assert_eq!(fs::read(target).unwrap(), b"old");
    }
}
