//! Writes a demo data set as the two published files, whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use rayon::prelude::*;

use super::raster::{PIXELS, render_strokes};
use super::simplify::simplify;
use super::{Demo, DemoError, record};
use crate::data::Cancel;

/// The files that were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenPaths {
    /// `octopus.npy`: rows × 784 bytes.
    pub bitmaps: PathBuf,
    /// `octopus.ndjson`: a raw record per row.
    pub records: PathBuf,
}

/// Rows made at a time: about 7 MB with their records.
const BLOCK_ROWS: u32 = 1024;

impl Demo {
    /// Writes `octopus.npy` and `octopus.ndjson` into a folder, which is made if it is missing. Files of these names that are
    /// there already are never replaced. Temporary files in the same folder get their names when both are complete, and
    /// are removed on any error. `progress` is called with the drawings done so far.
    pub fn write_dir(
        &self,
        dir: &Path,
        progress: &(dyn Fn(u32) + Sync),
        cancel: &Cancel,
    ) -> Result<WrittenPaths, DemoError> {
        self.write(dir, true, progress, cancel)
    }

    /// Writes `octopus.npy` alone, as [`Self::write_dir`] does.
    pub fn write_bitmaps(
        &self,
        dir: &Path,
        progress: &(dyn Fn(u32) + Sync),
        cancel: &Cancel,
    ) -> Result<PathBuf, DemoError> {
        Ok(self.write(dir, false, progress, cancel)?.bitmaps)
    }

    fn write(
        &self,
        dir: &Path,
        with_records: bool,
        progress: &(dyn Fn(u32) + Sync),
        cancel: &Cancel,
    ) -> Result<WrittenPaths, DemoError> {
        let paths = WrittenPaths { bitmaps: dir.join("octopus.npy"), records: dir.join("octopus.ndjson") };
        if dir.exists() && !dir.is_dir() {
            return Err(DemoError::NotAFolder(dir.to_owned()));
        }
        let check = || match [&paths.bitmaps, &paths.records].into_iter().find(|path| path.symlink_metadata().is_ok()) {
            Some(path) => Err(DemoError::AlreadyThere(path.clone())),
            None => Ok(()),
        };
        check()?;
        crate::data::threads::start().map_err(DemoError::io("start threads to draw with", dir))?;
        let folder = Folder::make(dir)?;
        let mut bitmaps = Partial::create(&paths.bitmaps)?;
        let mut records = if with_records { Some(Partial::create(&paths.records)?) } else { None };
        self.write_blocks(&mut bitmaps, records.as_mut(), progress, cancel)?;
        bitmaps.complete()?;
        records.as_mut().map_or(Ok(()), Partial::complete)?;
        check()?;
        bitmaps.rename()?;
        if let Err(error) = records.as_mut().map_or(Ok(()), Partial::rename) {
            // Half a data set would be mistaken for a whole one.
            let _ = fs::remove_file(&paths.bitmaps);
            return Err(error);
        }
        folder.keep();
        Ok(paths)
    }

    fn write_blocks(
        &self,
        bitmaps: &mut impl Sink,
        mut records: Option<&mut impl Sink>,
        progress: &(dyn Fn(u32) + Sync),
        cancel: &Cancel,
    ) -> Result<(), DemoError> {
        bitmaps.put(&npy_header(self.rows))?;
        let mut first = 0;
        while first < self.rows {
            if cancel.is_cancelled() {
                return Err(DemoError::Cancelled { rows: first });
            }
            let last = self.rows.min(first + BLOCK_ROWS);
            let with_records = records.is_some();
            let block: Vec<_> = (first..last).into_par_iter().map(|row| self.both_forms(row, with_records)).collect();
            for (bitmap, line) in &block {
                bitmaps.put(bitmap)?;
                records.as_mut().map_or(Ok(()), |records| records.put(line.as_bytes()))?;
            }
            first = last;
            progress(first);
        }
        Ok(())
    }

    /// The bitmap and the record of a row, line end included, from one drawing; no record where none is wanted.
    fn both_forms(&self, row: u32, with_record: bool) -> ([u8; PIXELS], String) {
        let strokes = self.raw_strokes(row);
        let mut line = String::new();
        if with_record {
            line = record::line(self.seed, row, &self.meta(row), &strokes);
            line.push('\n');
        }
        (render_strokes(&simplify(&strokes)), line)
    }
}

/// The 80 bytes before the first row: format 1.0, as the published files have them.
fn npy_header(rows: u32) -> [u8; 80] {
    let text = format!("{{'descr': '|u1', 'fortran_order': False, 'shape': ({rows}, {PIXELS}), }}");
    let mut header = [b' '; 80];
    let parts = b"\x93NUMPY\x01\x00\x46\x00".iter().chain(text.as_bytes());
    for (to, from) in header.iter_mut().zip(parts) {
        *to = *from;
    }
    header[79] = b'\n';
    header
}

/// Where bytes go; a trait so that tests can fill up a disk that does not exist.
trait Sink {
    fn put(&mut self, bytes: &[u8]) -> Result<(), DemoError>;
}

/// A file that is not complete yet; removed unless it is renamed.
struct Partial {
    path: PathBuf,
    target: PathBuf,
    file: BufWriter<File>,
    renamed: bool,
}

impl Partial {
    fn create(target: &Path) -> Result<Self, DemoError> {
        // Two runs into one folder, even of one process, must not write the same file.
        static SERIAL: AtomicU32 = AtomicU32::new(0);
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        let mut name = OsString::from(".");
        name.push(target.file_name().unwrap_or_default());
        name.push(format!(".{}-{serial}.partial", std::process::id()));
        let path = target.with_file_name(name);
        let file = File::create_new(&path).map_err(DemoError::io("make a file", target))?;
        Ok(Self { path, target: target.to_owned(), file: BufWriter::with_capacity(1 << 20, file), renamed: false })
    }

    /// Everything is on the disk, or an error: some disks report that they are full only now.
    fn complete(&mut self) -> Result<(), DemoError> {
        let done = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        done.map_err(DemoError::io("finish writing", &self.target))
    }

    fn rename(&mut self) -> Result<(), DemoError> {
        fs::rename(&self.path, &self.target).map_err(DemoError::io("give the file its name", &self.target))?;
        self.renamed = true;
        Ok(())
    }
}

impl Sink for Partial {
    fn put(&mut self, bytes: &[u8]) -> Result<(), DemoError> {
        self.file.write_all(bytes).map_err(DemoError::io("write", &self.target))
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.renamed {
            // What cannot be removed cannot be reported better than by the error that led here.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// A folder that is removed again if it was made here and nothing was kept in it.
struct Folder {
    made: Option<PathBuf>,
}

impl Folder {
    fn make(dir: &Path) -> Result<Self, DemoError> {
        match fs::create_dir(dir) {
            Ok(()) => Ok(Self { made: Some(dir.to_owned()) }),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(Self { made: None }),
            Err(_) => {
                fs::create_dir_all(dir).map_err(DemoError::io("make the folder", dir))?;
                Ok(Self { made: None })
            }
        }
    }

    fn keep(mut self) {
        self.made = None;
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Some(dir) = &self.made {
            // Only an empty folder is removed; the files in it are gone by now, being dropped first.
            let _ = fs::remove_dir(dir);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    /// A disk with room for so many bytes.
    struct Disk(usize);

    impl Sink for Disk {
        fn put(&mut self, bytes: &[u8]) -> Result<(), DemoError> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or_else(|| {
                DemoError::io("write", Path::new("/full/octopus.npy"))(io::Error::from(io::ErrorKind::StorageFull))
            })?;
            Ok(())
        }
    }

    #[test]
    fn a_full_disk_ends_the_writing_and_says_what_to_do() {
        let demo = Demo::new(5000, 1);
        let last = AtomicU32::new(0);
        let progress = |rows| last.store(rows, Ordering::Relaxed);
        let error =
            demo.write_blocks(&mut Disk(80 + 784 * 1500), Some(&mut Disk(usize::MAX)), &progress, &Cancel::new());
        let message = error.unwrap_err().to_string();
        assert!(message.contains("make room") && message.ends_with("/full/octopus.npy"), "{message}");
        assert_eq!(last.into_inner(), BLOCK_ROWS, "one block was whole before the disk was full");
    }

    #[test]
    fn the_header_is_numpys() {
        // numpy.lib.format.write_array_header_1_0 for (150152, 784), '|u1', as published.
        let expected = b"\x93NUMPY\x01\x00F\x00{'descr': '|u1', 'fortran_order': False, 'shape': (150152, 784), }";
        let header = npy_header(150_152);
        assert_eq!(&header[..expected.len()], expected);
        assert!(header[expected.len()..79].iter().all(|&byte| byte == b' '));
        assert_eq!(header[79], b'\n');
    }
}
