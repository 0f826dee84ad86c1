//! What a file is that was named itself: its content counts where its ending does not say enough.

use std::path::Path;

use super::content::Content;
use super::error::OpenError;
use super::names::{Kind, kind_of};
use crate::data::file::PlainFile;
use crate::data::formats::{self, columnar};
use crate::data::joined::may_be_coco;
use crate::data::ndjson::{RecordError, RecordFile};
use crate::data::source::{ImageError, ImageFault};

/// Whether a file holds records; if not it is taken for bitmaps. What is neither by its content, and was not meant for bitmaps by its
/// name, is refused by what it is.
pub(super) fn is_records(path: &Path) -> Result<bool, OpenError> {
    let kind = kind_of(path);
    if kind == Kind::Bitmaps {
        return Ok(false);
    }
    match (kind, Content::of(path)?) {
        (_, Content::Bitmaps(..)) => Ok(false),
        (Kind::Records, _) | (_, Content::Lines | Content::OneObject) => Ok(true),
        (_, content @ (Content::Array | Content::Spread)) => Err(not_records(path, content).into()),
        (Kind::MaybeRecords, content) => {
            // What is known by its first bytes is called by its name.
            RecordFile::open(path)?;
            Err(not_records(path, content).into())
        }
        (Kind::Bitmaps | Kind::Other, _) => table(path).map_or(Ok(false), Err),
    }
}

/// The error for a file of another content than one JSON object a line.
pub(super) fn not_records(path: &Path, content: Content) -> RecordError {
    let (what, advice) = content.instead_of_lines();
    RecordError::NotRecords { path: path.to_path_buf(), what, advice }
}

/// Whether a file that is named beside drawings is a table of these: by its name, as annotations of pictures, or as a file of columns of
/// which none holds drawings.
pub(super) fn is_table(path: &Path) -> bool {
    is_table_as_text(path) || is_annotations(path) || (columnar::is_named_like_one(path) && columnar::is_table(path))
}

/// Whether a file holds COCO annotations of pictures, as its beginning says.
pub(super) fn is_annotations(path: &Path) -> bool {
    let is_json = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let head = || formats::head(&PlainFile::open_packed(path).ok()?).ok();
    is_json && head().is_some_and(|head| may_be_coco(&head))
}

/// Whether a file is text, as far as its first bytes say.
pub(super) fn is_text(path: &Path) -> bool {
    let head = PlainFile::open_packed(path).ok().and_then(|file| formats::head(&file).ok());
    head.is_some_and(|head| !head.is_empty() && !head.contains(&0))
}

/// Tables as text look like nothing that the first bytes would tell: whether a name ends as theirs do.
fn is_table_as_text(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    matches!(ending.as_deref(), Some("csv" | "tsv"))
}

/// Whether a file is opened for its drawings by its content.
pub(super) fn holds_drawings(path: &Path) -> bool {
    PlainFile::open_packed(path).ok().and_then(|file| formats::is_opened(&file).ok()).unwrap_or(false)
}

fn table(path: &Path) -> Option<OpenError> {
    is_table_as_text(path).then(|| {
        let what = "a table";
        let advice = "name the drawings that it belongs to, and it by --table";
        ImageError { fault: ImageFault::Foreign { what, advice }, path: path.to_path_buf() }.into()
    })
}
