//! Where files that are kept about drawings lie: beside the first of them, else in the folders that the system has for programs.

use crate::data::dataset::{Dataset, OWN_ENDING, SetIdentity};
use crate::data::file::is_stream;
use directories::ProjectDirs;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// A file beside the first file of drawings, called after it; `None` where there is none that could be opened again. `mark` stands
/// before the ending that all such files have.
pub(crate) fn beside(dataset: &Dataset, mark: &str) -> Option<PathBuf> {
    let path = dataset.parts().first()?.path().filter(|path| !is_stream(path))?;
    let is_packed = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz"));
    let stem = path.file_stem()?;
    let stem = if is_packed { Path::new(stem).file_stem().unwrap_or(stem) } else { stem };
    Some(path.with_file_name(called(stem, mark)))
}

/// A file of this set in the program's data folder.
pub(crate) fn kept(dataset: &Dataset, set: &SetIdentity, mark: &str) -> Option<PathBuf> {
    let dirs = ProjectDirs::from("", "", "inkfield")?;
    let stem = format!("{}-{}", super::save::safe_stem(dataset.title()), set.key());
    Some(dirs.data_local_dir().join("sets").join(called(OsStr::new(&stem), mark)))
}

/// The file of this set's last session.
pub(crate) fn last(set: &SetIdentity) -> Option<PathBuf> {
    Some(super::kept::file("last")?.join(called(OsStr::new(&set.key()), ".session")))
}

fn called(stem: &OsStr, mark: &str) -> std::ffi::OsString {
    let mut name = stem.to_owned();
    name.push(mark);
    name.push(OWN_ENDING);
    name
}
