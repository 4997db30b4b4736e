//! A folder of its own for each browser, gone when the test is.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use std::{env, fs, io, process, thread};

/// A new folder in the system's place for temporary files; dropping it removes it with all that is in it.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> io::Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("release-annotator-{}-{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = env::temp_dir().join(name);
        fs::create_dir_all(path.join("downloads"))?;
        Ok(Self(path))
    }

    /// The user data of the browser.
    pub(crate) fn profile(&self) -> PathBuf {
        self.0.join("profile")
    }

    /// Where the browser saves what is downloaded.
    pub(crate) fn downloads(&self) -> PathBuf {
        self.0.join("downloads")
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A browser that has just been told to end still writes for a moment.
        for _ in 0..20 {
            if fs::remove_dir_all(&self.0).is_ok() || !self.0.exists() {
                return;
            }
            thread::sleep(Duration::from_millis(100));
        }
    }
}
