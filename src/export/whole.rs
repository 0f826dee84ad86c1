//! Files that are whole or absent: written beside their name first, and in place only where a name cannot be given.

use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// Writes a file by `fill`: a temporary file beside the target is renamed when it is complete and on the disk, so that an
/// earlier file stays until then, and leaves its mode and owner to the new one. What is no file (a pipe, a device, `/dev/stdout`)
/// is written to, never replaced; a link is followed. After an error nothing new lies there.
///
/// Where a file can be written but not replaced (it is a mount point, or its folder is read-only), everything is made in memory
/// and then written over it: an error of the disk or a crash during that last step may leave it half old, half new, which the
/// error says. A file that is write-protected is refused, whoever asks.
pub fn write_whole(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    match Target::of(path)? {
        Target::Stream(path) => fill_file(File::options().write(true).open(path)?, fill).map(drop),
        Target::New(part) => {
            fill_file(part.file.try_clone()?, fill)?.sync_all()?;
            part.rename()
        }
        Target::InPlace(path) => {
            let mut bytes = Vec::new();
            fill(&mut bytes)?;
            overwrite(&path, &bytes)
        }
    }
}

/// Whether [`write_whole`] could begin: for work that takes long before there is something to write. Leaves nothing behind.
pub fn check_writable(path: &Path) -> io::Result<()> {
    Target::of(path).map(drop)
}

fn fill_file(file: File, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<File> {
    let mut file = BufWriter::new(file);
    fill(&mut file)?;
    file.flush()?;
    file.into_inner().map_err(io::IntoInnerError::into_error)
}

/// How the bytes get to where they belong, links followed.
enum Target {
    /// A file, there already or not, that takes this one's place.
    New(Part),
    /// A file that cannot be replaced.
    InPlace(PathBuf),
    /// A pipe or a device.
    Stream(PathBuf),
}

impl Target {
    fn of(named: &Path) -> io::Result<Self> {
        let path = fs::canonicalize(named).unwrap_or_else(|_| named.to_owned());
        let found = match fs::metadata(&path) {
            Ok(found) => found,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::New(Part::create(&path)?)),
            // Such as a name that is too long: better said before all the work.
            Err(error) => return Err(error),
        };
        if found.is_dir() {
            return Err(ErrorKind::IsADirectory.into());
        }
        if !found.is_file() {
            return Ok(Self::Stream(path));
        }
        refuse_protected(&path, &found)?;
        match Part::create(&path) {
            Ok(part) => {
                part.take_after(&found);
                Ok(Self::New(part))
            }
            Err(error) if bars_replacing(&error) => Ok(Self::InPlace(path)),
            Err(error) => Err(error),
        }
    }
}

/// A new file could take the place of one that may not be written to: whoever protected it did not mean that.
fn refuse_protected(path: &Path, found: &Metadata) -> io::Result<()> {
    let protected = || io::Error::new(ErrorKind::PermissionDenied, "this file is write-protected; name another one");
    if found.permissions().readonly() {
        return Err(protected());
    }
    match File::options().write(true).open(path) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Err(protected()),
        Err(error) if error.kind() == ErrorKind::ReadOnlyFilesystem => Err(error),
        _ => Ok(()),
    }
}

/// Whether an error says that a name cannot be given here, rather than that nothing can be written.
fn bars_replacing(error: &io::Error) -> bool {
    use ErrorKind::{CrossesDevices, PermissionDenied, ReadOnlyFilesystem, ResourceBusy};
    matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem | ResourceBusy | CrossesDevices)
}

fn overwrite(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::options().write(true).open(path)?;
    let written = file.write_all(bytes).and_then(|()| file.set_len(bytes.len() as u64)).and_then(|()| file.sync_all());
    written.map_err(|error| io::Error::new(error.kind(), format!("{error}; the file is not whole now")))
}

/// A file that is not complete yet; removed unless it is renamed.
struct Part {
    path: PathBuf,
    target: PathBuf,
    file: File,
    renamed: bool,
}

impl Part {
    fn create(target: &Path) -> io::Result<Self> {
        static SERIAL: AtomicU32 = AtomicU32::new(0);
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        // Without the target's name, which may be as long as names can be.
        let path = folder.join(format!(".inkfield-{}-{serial}.part", std::process::id()));
        let create = || File::create_new(&path);
        let file = match create() {
            // Left by a process that was killed; it may be a link, which must not be followed.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                fs::remove_file(&path)?;
                create()?
            }
            created => created?,
        };
        Ok(Self { path, target: target.to_owned(), file, renamed: false })
    }

    /// Takes over who may do what with the file that is replaced, as far as the system permits.
    fn take_after(&self, old: &Metadata) {
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt as _, fchown};
            let mine = self.file.metadata().is_ok_and(|new| (new.uid(), new.gid()) == (old.uid(), old.gid()));
            if !mine {
                // Only an administrator can give files away.
                let _ = fchown(&self.file, Some(old.uid()), Some(old.gid()));
            }
        }
        // File systems without modes refuse; there is nothing to keep there.
        let _ = self.file.set_permissions(old.permissions());
    }

    fn rename(mut self) -> io::Result<()> {
        match fs::rename(&self.path, &self.target) {
            Err(error) if bars_replacing(&error) && self.target.is_file() => {
                overwrite(&self.target, &fs::read(&self.path)?)
            }
            Err(error) => Err(error),
            Ok(()) => {
                self.renamed = true;
                Ok(())
            }
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.renamed {
            // What failed is told; a leftover that cannot be removed either adds nothing.
            let _ = fs::remove_file(&self.path);
        }
    }
}
