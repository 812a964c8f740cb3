//! One run at a time into a folder.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use same_file::Handle;

/// The lock of a folder, which the system takes back however a run ends.
#[derive(Debug)]
pub(crate) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock file, or returns none where another run holds it.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] where a run that ended at this moment removed the file or its
    /// folder: the caller makes the folder anew and tries again.
    pub(crate) fn take(path: &Path) -> io::Result<Option<Self>> {
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        // Locked, but perhaps no longer the file that others find under this name.
        if Handle::from_file(file.try_clone()?)? != Handle::from_path(path)? {
            return Err(ErrorKind::NotFound.into());
        }
        Ok(Some(Self {
            path: path.to_owned(),
            _file: file,
        }))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While it is held, so that it is no other run's. One that stays is taken over by the next.
        let _ = fs::remove_file(&self.path);
    }
}
