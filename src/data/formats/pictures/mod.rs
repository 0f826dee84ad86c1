//! Sets of encoded pictures: folders of PNG, JPEG, GIF, WebP, TIFF and BMP files, and archives of them, zip and tar (`WebDataset`).
//!
//! A set keeps where each picture's bytes lie and what its header says; pixels are decoded when they are read, fitted into one cell
//! for all, as red, green, blue and alpha. A picture that cannot be drawn keeps its row. What is known of pictures (their names,
//! folders and sizes, a table beside them, the files of the same key in an archive) becomes their records.

mod archive;
mod decode;
mod deep;
mod exif;
mod fit;
mod folders;
mod joining;
mod jpeg;
mod json;
mod kept;
mod kinds;
mod open;
mod picture;
mod place;
pub(in crate::data) mod projector;
mod records;
mod said;
mod shrink;
mod sizes;
mod source;
pub(in crate::data) mod sprite;
mod table;
mod tar;
#[cfg(test)]
mod tests;
mod thumbnail;
mod tiff;
mod titles;
mod unpacked;
mod whole;
mod zipped;

use std::path::{Path, PathBuf};

pub(in crate::data) use kinds::{
    ends_in_one_of, is_named_like_archive, is_named_like_one, is_not_decoded, of_not_decoded,
};
pub(super) use kinds::{is_bmp, is_tiff, is_webp};
pub(in crate::data) use open::open;
pub use sprite::SheetRows;
pub(super) use tar::is_tar;
pub(in crate::data) use titles::title_of;

use super::columnar::{self, Encoded};
use super::head;
use super::zip_directory::Directory;
use crate::data::Cancel;
use crate::data::file::{PlainFile, Spool};
use crate::data::source::ImageError;
use crate::data::values::ValueRange;
use crate::kept::Folder;

/// The least and the largest side of a cell that can be asked for, in pixels.
pub const CELLS: std::ops::RangeInclusive<u32> = 28..=256;

/// How tables beside pictures are called that say more of them: the convention of Hugging Face's `imagefolder`.
pub(in crate::data) const TABLES: [&str; 3] = ["metadata.csv", "metadata.jsonl", "metadata.parquet"];

/// Pictures that were named.
#[derive(Debug)]
pub(in crate::data) enum Named {
    /// A folder.
    Folder {
        /// The folder.
        root: PathBuf,
        /// Its pictures, in order, as paths that begin with it.
        pictures: Vec<PathBuf>,
        /// Tables of [`TABLES`] in it.
        tables: Vec<PathBuf>,
    },
    /// A picture.
    Picture(PlainFile),
    /// A tar or zip archive.
    Archive {
        /// The archive.
        file: PlainFile,
        /// What lies in a zip archive; `None` of a tar archive.
        zip: Option<Directory>,
        /// Whether it was found in a folder: what holds no picture is left out then.
        is_found: bool,
    },
    /// A column of a file of columns.
    Rows(Encoded),
}

impl Named {
    /// Its path, as it was named.
    pub(in crate::data) fn path(&self) -> &Path {
        match self {
            Self::Folder { root, .. } => root,
            Self::Picture(file) | Self::Archive { file, .. } => file.path(),
            Self::Rows(rows) => rows.path(),
        }
    }
}

/// How pictures are opened.
#[derive(Clone, Debug, Default)]
pub(in crate::data) struct Options {
    /// The side of a cell in pixels; `None` chooses one by the memory that is left.
    pub(in crate::data) cell: Option<u32>,
    /// Where cells are kept for the next time; `None` keeps none.
    pub(in crate::data) kept: Option<Folder>,
    /// The range that was asked for.
    pub(in crate::data) range: Option<ValueRange>,
    /// Gives up.
    pub(in crate::data) cancel: Cancel,
    /// Where pictures are kept that lie in compressed rows.
    pub(in crate::data) spool: Spool,
    /// Joins tables that lie in folders and archives of pictures.
    pub(in crate::data) tables: bool,
    /// Decodes every picture once before it is believed that it can be drawn.
    pub(in crate::data) strict: bool,
}

/// What an open file holds for a set of pictures; `Err` gives it back where that is something else.
pub(in crate::data) fn named(file: PlainFile) -> Result<Result<Named, PlainFile>, ImageError> {
    let head = head(&file)?;
    Ok(if kinds::of(&head).is_some() {
        Ok(Named::Picture(file))
    } else if is_tar(&head) {
        Ok(Named::Archive { file, zip: None, is_found: false })
    } else if let Some(directory) = zipped::of_pictures(&file, &head) {
        Ok(Named::Archive { file, zip: Some(directory), is_found: false })
    } else {
        columnar::encoded(file, None)?.map(Named::Rows)
    })
}

/// The pictures in a column of an open file, which is named; `Err` gives it back where it holds something else.
pub(in crate::data) fn named_within(file: PlainFile, column: &str) -> Result<Result<Named, PlainFile>, ImageError> {
    Ok(columnar::encoded(file, Some(column))?.map(Named::Rows))
}

/// Whether bytes are those of a picture, as far as the first of them say.
pub(super) fn is_picture(bytes: &[u8]) -> bool {
    kinds::of(bytes).is_some()
}

/// Whether what begins so is a picture, or an archive that may hold some.
pub(in crate::data) fn may_be(head: &[u8]) -> bool {
    kinds::of(head).is_some() || is_tar(head) || zipped::may_be(head) || columnar::may_be(head)
}

/// How names of pictures and of archives end.
pub(super) fn endings() -> impl Iterator<Item = &'static str> {
    kinds::ENDINGS.into_iter().chain(kinds::ARCHIVES)
}
