//! Folders of pictures: all that lie in a folder and below it, in name order, and what else lies there.

use std::io;
use std::path::{Path, PathBuf};

use super::error::OpenError;
use super::folder::{Listing, report_skipped};
use super::inputs::{Found, Inputs, canonical};
use super::part::Part;
use crate::data::Cancel;
use crate::data::file::{FileFault, PlainFile, is_environment, read_folder};
use crate::data::file_names::{file_name, is_systems_own};
use crate::data::formats::pictures::sprite::{self, Sheet};
use crate::data::formats::pictures::{self, Named};
use crate::data::formats::{self, OpenAs, columnar};
use crate::data::report::LoadReport;
use crate::data::source::{ImageError, ImageFault};

/// Entries that are gone through without a picture among them: a whole disk is none of a set.
const MOST_OTHERS: usize = 1_000_000;

/// What lies in a folder and below it.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// Pictures by their endings.
    pictures: Vec<PathBuf>,
    /// Archives that may hold pictures.
    pub(super) archives: Vec<PathBuf>,
    /// Files of columns that may hold some.
    rows: Vec<PathBuf>,
    /// Tables about pictures.
    tables: Vec<PathBuf>,
    /// Anything else.
    others: Vec<PathBuf>,
    /// Links to folders, which are not followed, and folders that may not be listed.
    links: Vec<PathBuf>,
    closed: Vec<PathBuf>,
}

impl Walk {
    /// Lists a folder and all in it. No file is opened; links to folders are not followed, so that no circle is.
    pub(super) fn through(root: &Path, cancel: &Cancel) -> Result<Self, OpenError> {
        let mut walk = Self::default();
        let mut folders = vec![root.to_path_buf()];
        while let Some(folder) = folders.pop() {
            if walk.others.len() > MOST_OTHERS && walk.is_empty() {
                break;
            }
            if cancel.is_cancelled() {
                return Err(OpenError::Cancelled);
            }
            let io_error = |error| OpenError::Io { doing: "list this folder", error, path: folder.clone() };
            let here = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
            match read_folder(here).and_then(|entries| walk.take(&folder, entries, &mut folders)) {
                Ok(()) => {}
                Err(error) if folder == root || is_environment(&error) => return Err(io_error(error)),
                Err(_) => walk.closed.push(folder),
            }
        }
        let of = |path: &PathBuf| path.strip_prefix(root).unwrap_or(path).as_os_str().as_encoded_bytes().to_vec();
        for paths in [&mut walk.pictures, &mut walk.archives, &mut walk.rows, &mut walk.tables, &mut walk.others] {
            paths.sort_by_cached_key(of);
        }
        Ok(walk)
    }

    fn take(&mut self, folder: &Path, entries: std::fs::ReadDir, folders: &mut Vec<PathBuf>) -> io::Result<()> {
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            if is_systems_own(&name) {
                continue;
            }
            let (kind, path) = (entry.file_type()?, folder.join(name));
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_symlink() && path.is_dir() {
                self.links.push(path);
            } else if pictures::is_named_like_one(&path) {
                self.pictures.push(path);
            } else if pictures::is_named_like_archive(&path) {
                self.archives.push(path);
            } else if pictures::TABLES.iter().any(|table| file_name(&path).eq_ignore_ascii_case(table)) {
                self.tables.push(path);
            } else if columnar::is_named_like_one(&path) {
                self.rows.push(path);
            } else {
                self.others.push(path);
            }
        }
        Ok(())
    }

    fn is_empty(&self) -> bool {
        self.pictures.is_empty() && self.archives.is_empty() && self.rows.is_empty()
    }

    /// Takes zip archives, which may hold anything, for something else.
    fn leave_zips_out(&mut self) {
        let (zips, archives) = std::mem::take(&mut self.archives)
            .into_iter()
            .partition(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip")));
        self.archives = archives;
        self.others.extend::<Vec<_>>(zips);
    }

    /// Says what lies there and is not opened.
    fn report(&self, report: &mut LoadReport) {
        report.info_each("a link to a folder, not followed", &self.links);
        if !self.pictures.is_empty() {
            report
                .info_each("left out: archives are not opened beside pictures; name them to open them", &self.archives);
        }
        if !self.pictures.is_empty() || !self.archives.is_empty() {
            let text = "left out: files of columns are not opened beside pictures; name them to open them";
            report.info_each(text, &self.rows);
        }
        for folder in &self.closed {
            report.warn("this folder may not be listed: what lies in it is left out", Some(folder));
        }
    }
}

impl Inputs {
    /// Takes a file that was named where it is a picture or an archive; what else it is, others say.
    pub(super) fn take_pictures(&mut self, path: &Path, report: &mut LoadReport) -> Result<bool, OpenError> {
        let Ok(file) = PlainFile::open_packed(path) else { return Ok(false) };
        let Ok(named) = pictures::named(file)? else { return Ok(false) };
        if !self.is_new(path, None, report) {
            return Ok(true);
        }
        match (named, self.sheet.take()) {
            (Named::Picture(file), Some(sheet)) => {
                let opened = sprite::open(file, sheet, &self.spool)?;
                self.push(Part::new(opened), path, None);
            }
            (named, sheet) => {
                self.sheet = sheet;
                self.known.insert(canonical(path), usize::MAX);
                self.pictures.push(named);
            }
        }
        Ok(true)
    }

    /// `--sprite` was meant for a picture.
    pub(super) fn refuse_unless_cut(&self) -> Result<(), OpenError> {
        let Some(Sheet { size: (height, width), .. }) = self.sheet else { return Ok(()) };
        let path = self.parts.first().map(|found| found.part.named()).unwrap_or_default();
        let what = "a set without a sprite sheet".to_owned();
        let advice = format!("--sprite {height}x{width} cuts one picture into drawings: name that (a PNG file)");
        Err(ImageFault::Archive { what, advice }.at(&path).into())
    }

    /// Takes a folder where it holds pictures, or else archives, and `is_worth` is true of the number of pictures.
    pub(super) fn take_folder_of_pictures(
        &mut self,
        path: &Path,
        listing: &Listing,
        is_worth: &dyn Fn(usize) -> bool,
        report: &mut LoadReport,
    ) -> Result<bool, OpenError> {
        let mut walk = Walk::through(path, &self.of_pictures.cancel)?;
        if !walk.rows.is_empty() {
            walk.leave_zips_out();
        }
        let is_table =
            |path: &&PathBuf| pictures::TABLES.iter().any(|table| file_name(path).eq_ignore_ascii_case(table));
        let records = listing.records.iter().filter(|path| !is_table(path)).count();
        // Records with a picture or two among them belong to arrays elsewhere.
        if walk.is_empty()
            || !is_worth(walk.pictures.len())
            || walk.pictures.len() + walk.archives.len() + walk.rows.len() <= records
        {
            return Ok(false);
        }
        walk.report(report);
        let Walk { pictures, archives, rows, tables, others, .. } = walk;
        self.pass_over(others, report);
        if !pictures.is_empty() {
            self.pictures.push(Named::Folder { root: path.to_path_buf(), pictures, tables });
            return Ok(true);
        }
        if archives.is_empty() {
            return self.take_rows(&rows, report);
        }
        report.info_each("not joined: archives are opened without tables beside them; name it by --table", &tables);
        for archive in archives {
            match pictures::named(PlainFile::open(&archive, &self.spool, &pictures::may_be)?)? {
                Ok(Named::Archive { file, zip, .. }) => {
                    self.pictures.push(Named::Archive { file, zip, is_found: true });
                }
                _ => report.warn("no archive with pictures, left out", Some(&archive)),
            }
        }
        Ok(!self.pictures.is_empty())
    }

    /// Takes the files of columns of a folder: those with pictures, else those with arrays. Others are said; false where there is none.
    fn take_rows(&mut self, paths: &[PathBuf], report: &mut LoadReport) -> Result<bool, OpenError> {
        let (mut rows, mut arrays) = (Vec::new(), Vec::new());
        for path in paths {
            if !self.is_new(path, None, report) {
                continue;
            }
            match pictures::named(PlainFile::open_packed(path)?) {
                Ok(Ok(named)) => rows.push((path, named)),
                Ok(Err(_)) => arrays.push(path),
                Err(error) if error.is_of_the_machine() => return Err(error.into()),
                Err(error) => report_skipped(&error, report),
            }
        }
        let mut is_any = !rows.is_empty();
        if is_any {
            report.info_each("left out: files of columns without pictures beside such with them", &arrays);
            arrays.clear();
        }
        for (path, named) in rows {
            self.known.insert(canonical(path), usize::MAX);
            self.pictures.push(named);
        }
        for path in arrays {
            match formats::open(PlainFile::open_packed(path)?, &self.open_as()) {
                Ok(opened) => {
                    self.push(Part::new(opened), path, None);
                    is_any = true;
                }
                Err(error) if error.is_of_the_machine() => return Err(error.into()),
                Err(error) => report_skipped(&error, report),
            }
        }
        Ok(is_any)
    }

    /// Takes the array, or the column of pictures, that is called `name` in a file and was named as `path`.
    pub(super) fn take_within(&mut self, file: &Path, name: &str, path: &Path) -> Result<(), OpenError> {
        let file = PlainFile::open(file, &self.spool, &formats::may_be)?;
        match pictures::named_within(file, name)? {
            Ok(named) => {
                self.known.insert(canonical(path), usize::MAX);
                self.pictures.push(named);
            }
            Err(file) => {
                let opened = formats::open(file, &OpenAs { array: Some(name), ..self.open_as() })?;
                self.push(Part::new(opened), path, None);
            }
        }
        Ok(())
    }

    /// Opens all pictures that were named as one part.
    pub(super) fn open_pictures(&mut self) -> Result<(), OpenError> {
        let named = std::mem::take(&mut self.pictures);
        let Some(path) = named.first().map(|named| named.path().to_path_buf()) else { return Ok(()) };
        if let Some(found) = self.parts.first() {
            return Err(OpenError::ArraysAndPictures { first: found.part.named(), path });
        }
        let title = pictures::title_of(&path);
        let more = named.len() - 1;
        let opened = pictures::open(named, &self.of_pictures).map_err(|error| match error {
            ImageError { fault: ImageFault::File(FileFault::Cancelled), .. } => OpenError::Cancelled,
            error => error.into(),
        })?;
        let mut part = Part::new(opened);
        if path.is_dir() {
            part.stem = title;
        }
        if more > 0 {
            part.stem = format!("{} + {more} more", part.stem);
        }
        self.parts.push(Found { part, folder: None });
        Ok(())
    }
}
