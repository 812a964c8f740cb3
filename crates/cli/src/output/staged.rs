//! The files of a run before they are in place.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::lock::Lock;
use super::switch::{Switch, HOME};
use super::{OutputError, OutputFile};
use crate::signals;

/// The files of a run on their way into a folder. [`commit`](Self::commit) puts all of them in
/// place; an error, a signal and dropping it leave the folder as it was.
#[derive(Debug)]
pub(crate) struct Staged {
    switch: Switch,
    slot: Slot,
}

/// The transaction to be undone, shared with the thread that waits for signals.
type Slot = Arc<Mutex<Option<Transaction>>>;

impl Staged {
    /// Takes a folder for the files of one run, and restores in it first what a killed run left.
    ///
    /// # Errors
    /// [`OutputError`] where the folder can't be written, or another run is writing to it.
    pub(crate) fn begin(folder: &Path, files: &'static [OutputFile]) -> Result<Self, OutputError> {
        let slot = Slot::default();
        // Held until the folder is taken, so that a signal finds nothing half done.
        let mut held = lock(&slot);
        signals::before_exit(undoing(&slot)).map_err(OutputError::unwritten(folder))?;
        *held = Some(Transaction::begin(folder, files)?);
        drop(held);
        let switch = Switch::new(folder);
        Ok(Self { switch, slot })
    }

    /// Creates one of the files. Its writer has to be flushed before the commit: a writer that is
    /// only dropped keeps its last error for itself.
    ///
    /// # Errors
    /// [`OutputError::Unwritten`] with the path of the file.
    pub(crate) fn create(&self, file: OutputFile) -> Result<BufWriter<File>, OutputError> {
        // Not while a signal removes what there is.
        let _held = lock(&self.slot);
        let created = File::create_new(self.switch.staged(file));
        created.map(BufWriter::new).map_err(self.unwritten(file))
    }

    /// Returns what makes an error of one of the writers that of its file.
    pub(crate) fn unwritten(&self, file: OutputFile) -> impl FnOnce(io::Error) -> OutputError {
        OutputError::unwritten(&self.switch.public(file))
    }

    /// Creates one of the files with all of its content.
    ///
    /// # Errors
    /// [`OutputError::Unwritten`] with the path of the file.
    pub(crate) fn write(
        &self,
        file: OutputFile,
        content: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
    ) -> Result<(), OutputError> {
        let mut out = self.create(file)?;
        let written = content(&mut out).and_then(|()| out.flush());
        written.map_err(self.unwritten(file))
    }

    /// Puts all files in place at once.
    ///
    /// # Errors
    /// [`OutputError`], which says what became of the folder.
    pub(crate) fn commit(self) -> Result<(), OutputError> {
        let mut held = lock(&self.slot);
        held.take().map_or(Ok(()), Transaction::commit)
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        drop(lock(&self.slot).take());
    }
}

fn lock(slot: &Slot) -> MutexGuard<'_, Option<Transaction>> {
    // A panic leaves the transaction to be undone like any other.
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns what undoes the transaction and keeps the run from going on: it stops where it would
/// change the folder or report an error, until the process ends.
fn undoing(slot: &Slot) -> impl FnOnce() + Send + 'static {
    let slot = Arc::clone(slot);
    move || {
        let mut held = lock(&slot);
        drop(held.take());
        std::mem::forget(held);
    }
}

/// A folder that belongs to this run until the value is dropped, which undoes what is not committed.
#[derive(Debug)]
pub(crate) struct Transaction {
    switch: Switch,
    folder: PathBuf,
    files: &'static [OutputFile],
    // In this order: the lock goes while it is held, then the folders that are empty without it.
    _lock: Lock,
    _folders: Folders,
}

impl Transaction {
    pub(crate) fn begin(folder: &Path, files: &'static [OutputFile]) -> Result<Self, OutputError> {
        /// Each is spoiled by another run that ends at that moment; so many don't follow closely.
        const ATTEMPTS: usize = 100;
        for _ in 1..ATTEMPTS {
            match Self::attempt(folder, files) {
                Err(OutputError::Unwritten { cause, .. })
                    if cause.kind() == ErrorKind::NotFound => {}
                begun => return begun,
            }
        }
        Self::attempt(folder, files)
    }

    fn attempt(folder: &Path, files: &'static [OutputFile]) -> Result<Self, OutputError> {
        let unwritten = || OutputError::unwritten(folder);
        let folders = Folders::create(folder).map_err(unwritten())?;
        let taken = Lock::take(&folder.join(HOME).join("lock")).map_err(unwritten())?;
        let transaction = Self {
            switch: Switch::new(folder),
            folder: folder.to_owned(),
            files,
            _lock: taken.ok_or_else(|| OutputError::Busy(folder.to_owned()))?,
            _folders: folders,
        };
        let switch = &transaction.switch;
        let begun = switch.settle().and_then(|()| switch.prepare());
        begun.map_err(unwritten())?;
        Ok(transaction)
    }

    pub(crate) fn commit(self) -> Result<(), OutputError> {
        for step in Switch::steps(self.files) {
            if let Err(cause) = self.switch.apply(step) {
                self.settle()?;
                let path = step.file().map(|file| self.switch.public(file));
                let path = path.unwrap_or_else(|| self.folder.clone());
                return Err(OutputError::Unwritten { path, cause });
            }
        }
        self.settle()
    }

    fn settle(&self) -> Result<(), OutputError> {
        let unfinished = |cause| OutputError::Unfinished {
            folder: self.folder.clone(),
            cause,
        };
        self.switch.settle().map_err(unfinished)
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        // What can't be undone now is undone by the next run into the folder.
        let _ = self.switch.settle();
    }
}

/// The folders that a run may have created, each removed again if it is left empty.
#[derive(Debug)]
struct Folders(Vec<PathBuf>);

impl Folders {
    fn create(folder: &Path) -> io::Result<Self> {
        if folder.exists() && !folder.is_dir() {
            return Err(io::Error::new(ErrorKind::NotADirectory, "it is a file"));
        }
        let home = folder.join(HOME);
        let missing = folder.ancestors().take_while(|folder| !folder.exists());
        let folders = [home.as_path()].into_iter().chain(missing);
        // Before any is created, so that an error removes those before it.
        let folders = Self(folders.map(Path::to_owned).collect());
        fs::create_dir_all(folder)?;
        match fs::create_dir(&home) {
            // A link would lead the removal of what was left to another place.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                if !fs::symlink_metadata(&home)?.is_dir() {
                    return Err(io::Error::other(format!("{HOME} in it is not a folder")));
                }
            }
            created => created?,
        }
        Ok(folders)
    }
}

impl Drop for Folders {
    fn drop(&mut self) {
        for folder in &self.0 {
            // It stays if it is not empty.
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    fn write(transaction: &Transaction, content: &str) {
        for file in OutputFile::ALL {
            fs::write(transaction.switch.staged(file), content).unwrap();
        }
    }

    #[test]
    fn a_transaction_keeps_others_out_until_it_is_over() {
        let folder = TempDir::new().unwrap();
        let out = folder.path().join("a/b");
        let transaction = Transaction::begin(&out, &OutputFile::ALL).unwrap();
        for _ in 0..2 {
            let second = Transaction::begin(&out, &OutputFile::ALL).map(drop);
            assert!(matches!(second, Err(OutputError::Busy(path)) if path == out));
        }
        drop(transaction);
        assert!(!folder.path().join("a").exists());
        let transaction = Transaction::begin(&out, &OutputFile::ALL).unwrap();
        write(&transaction, "new");
        transaction.commit().unwrap();
        assert_eq!(fs::read(out.join("series.csv")).unwrap(), b"new");
        assert!(!out.join(HOME).exists());
    }

    #[test]
    fn what_cannot_be_finished_is_said_and_finished_by_the_next() {
        let folder = TempDir::new().unwrap();
        let transaction = Transaction::begin(folder.path(), &OutputFile::ALL).unwrap();
        write(&transaction, "new");
        let staged = transaction.switch.staged(OutputFile::Series);
        // A folder can't take the place of a link.
        fs::remove_file(&staged).unwrap();
        fs::create_dir(&staged).unwrap();
        let unfinished = transaction.commit().unwrap_err();
        assert!(matches!(unfinished, OutputError::Unfinished { .. }));
        fs::remove_dir(&staged).unwrap();
        fs::write(&staged, "new").unwrap();
        drop(Transaction::begin(folder.path(), &OutputFile::ALL).unwrap());
        for file in OutputFile::ALL {
            assert_eq!(fs::read(folder.path().join(file.name())).unwrap(), b"new");
        }
        assert!(!folder.path().join(HOME).exists());
    }
}
