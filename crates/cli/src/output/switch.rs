//! The switch of a folder from the files of one run to those of the next.
//!
//! Three files can't be renamed at once, but a link can. So the old files are first kept a second
//! time in `.tokenomics/old`, and each name in the folder is made a link through
//! `.tokenomics/current`, which leads to them: a reader sees no difference. Renaming another link
//! over `current` is the switch. Then each file takes the place of its link, and `.tokenomics` goes.
//! At every moment all names lead to files of one run, whenever it is killed.
//!
//! Where there are no links, `current` is a file that names the set, and the names are removed
//! before the switch: what can be seen is then a part of one set, and the next run completes it.

use std::fs;
use std::io::{self, ErrorKind};
#[cfg(unix)]
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use super::OutputFile;

/// The only name in an output folder that is the command's own beside those of the files.
pub(crate) const HOME: &str = ".tokenomics";
const CURRENT: &str = "current";

/// The files of one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Set {
    Old,
    New,
}

impl Set {
    const fn name(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }
}

/// A part of the switch, between any two of which a run may be killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Keep the old file in its set too.
    Keep(OutputFile),
    /// Let `current` lead to a set.
    Point(Set),
    /// Replace a file by a link that leads through `current`.
    Link(OutputFile),
    /// Replace the link by the file that it leads to.
    Place(OutputFile),
    /// Remove both sets.
    Clean,
}

impl Step {
    /// Returns the file that the step changes in the folder.
    pub(crate) fn file(self) -> Option<OutputFile> {
        match self {
            Self::Keep(file) | Self::Link(file) | Self::Place(file) => Some(file),
            Self::Point(_) | Self::Clean => None,
        }
    }
}

/// The folder of a switch and its sets.
#[derive(Debug)]
pub(crate) struct Switch {
    folder: PathBuf,
    /// False where links are not even tried.
    links: bool,
}

impl Switch {
    pub(crate) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            links: cfg!(unix),
        }
    }

    /// Returns what makes the new set that of the folder, in order, for the files of a command: those of
    /// another stay as they are.
    pub(crate) fn steps(files: &'static [OutputFile]) -> impl Iterator<Item = Step> {
        let keep = files.iter().copied().map(Step::Keep);
        let link = files.iter().copied().map(Step::Link).rev();
        let before = keep.chain([Step::Point(Set::Old)]).chain(link);
        before.chain([Step::Point(Set::New)])
    }

    /// Returns what takes the links away again, whichever set they lead to.
    fn settling() -> impl Iterator<Item = Step> {
        OutputFile::ALL
            .map(Step::Place)
            .into_iter()
            .chain([Step::Clean])
    }

    /// Creates an empty new set.
    pub(crate) fn prepare(&self) -> io::Result<()> {
        fs::create_dir(self.set(Set::New))
    }

    /// Returns the path of a file in the new set.
    pub(crate) fn staged(&self, file: OutputFile) -> PathBuf {
        self.set(Set::New).join(file.name())
    }

    /// Returns the path that a reader of a file opens.
    pub(crate) fn public(&self, file: OutputFile) -> PathBuf {
        self.folder.join(file.name())
    }

    /// Ends a switch that went as far as it went: the files of the set that `current` leads to are
    /// put in place, or nothing has happened yet. Doing it again changes nothing.
    pub(crate) fn settle(&self) -> io::Result<()> {
        Self::settling().try_for_each(|step| self.apply(step))
    }

    pub(crate) fn apply(&self, step: Step) -> io::Result<()> {
        match step {
            Step::Keep(file) => self.keep(file),
            Step::Point(set) => self.point(set),
            Step::Link(file) => self.link(file),
            Step::Place(file) => self.place(file),
            Step::Clean => self.clean(),
        }
    }

    fn keep(&self, file: OutputFile) -> io::Result<()> {
        let (public, old) = (self.public(file), self.set(Set::Old).join(file.name()));
        let Some(there) = found(fs::metadata(&public))? else {
            return Ok(());
        };
        if !there.is_file() {
            return Err(io::Error::other("it is not a file"));
        }
        fs::create_dir_all(self.set(Set::Old))?;
        // Not every file system has hard links, and a link of the user's is kept as its content.
        if public.is_symlink() || fs::hard_link(&public, &old).is_err() {
            fs::copy(&public, &old)?;
        }
        Ok(())
    }

    fn point(&self, set: Set) -> io::Result<()> {
        let next = self.free_next()?;
        match self.symlink(Path::new(set.name()), &next) {
            // Through a file, names that are links already would lead nowhere.
            Err(error) if has_no_links(&error) && !self.is_linked() => {
                fs::write(&next, set.name())?;
            }
            linked => linked?,
        }
        fs::rename(next, self.home().join(CURRENT))
    }

    fn link(&self, file: OutputFile) -> io::Result<()> {
        if !self.is_linked() {
            return found(fs::remove_file(self.public(file))).map(drop);
        }
        let next = self.free_next()?;
        self.symlink(&through_current(file), &next)?;
        fs::rename(next, self.public(file))
    }

    fn place(&self, file: OutputFile) -> io::Result<()> {
        let (Some(set), public) = (self.current()?, self.public(file)) else {
            return Ok(());
        };
        // A file that is not a link to here was not taken out, or is in place.
        let linked = public.is_symlink() && fs::read_link(&public)? == through_current(file);
        if !linked && found(fs::symlink_metadata(&public))?.is_some() {
            return Ok(());
        }
        let file = self.set(set).join(file.name());
        // Under a second name if there may be one: who has just read the link still finds the first.
        let next = self.free_next()?;
        let linkable = fs::hard_link(&file, &next).is_ok();
        let moved = fs::rename(if linkable { &next } else { &file }, &public);
        if found(moved)?.is_none() && linked {
            fs::remove_file(public)?;
        }
        Ok(())
    }

    /// Removes what `current` leads to last, for readers that are still on their way through it. The
    /// names have no use for either set any more.
    fn clean(&self) -> io::Result<()> {
        for set in [Set::Old, Set::New] {
            found(fs::remove_dir_all(self.set(set)))?;
        }
        found(fs::remove_file(self.home().join(CURRENT)))?;
        self.free_next().map(drop)
    }

    /// Returns the path of what is renamed into its place once it is made.
    fn free_next(&self) -> io::Result<PathBuf> {
        let next = self.home().join("next");
        found(fs::remove_file(&next))?;
        Ok(next)
    }

    /// Returns the set that `current` leads to.
    fn current(&self) -> io::Result<Option<Set>> {
        let path = self.home().join(CURRENT);
        let name = if self.is_linked() {
            fs::read_link(path)?
        } else {
            match found(fs::read_to_string(path))? {
                Some(name) => name.into(),
                None => return Ok(None),
            }
        };
        let named = |set: &Set| name == Path::new(set.name());
        match [Set::Old, Set::New].into_iter().find(named) {
            Some(set) => Ok(Some(set)),
            None => Err(ErrorKind::InvalidData.into()),
        }
    }

    fn is_linked(&self) -> bool {
        self.home().join(CURRENT).is_symlink()
    }

    fn home(&self) -> PathBuf {
        self.folder.join(HOME)
    }

    fn set(&self, set: Set) -> PathBuf {
        self.home().join(set.name())
    }

    fn symlink(&self, target: &Path, link: &Path) -> io::Result<()> {
        match self.links {
            true => symlink(target, link),
            false => Err(ErrorKind::Unsupported.into()),
        }
    }
}

#[cfg(not(unix))]
fn symlink(_: &Path, _: &Path) -> io::Result<()> {
    // On Windows few may create one, and a link to a folder can't be replaced by a rename.
    Err(ErrorKind::Unsupported.into())
}

/// Returns whether it is the file system that refuses a link: FAT, SMB and shared folders of virtual
/// machines answer in these ways, and a full disk in none of them.
fn has_no_links(error: &io::Error) -> bool {
    use ErrorKind::{PermissionDenied, ReadOnlyFilesystem, Unsupported};
    matches!(
        error.kind(),
        PermissionDenied | ReadOnlyFilesystem | Unsupported
    )
}

/// Returns what the name of a file leads to during a switch.
fn through_current(file: OutputFile) -> PathBuf {
    [HOME, CURRENT, file.name()].iter().collect()
}

/// Returns none where there is no such file.
fn found<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests;
