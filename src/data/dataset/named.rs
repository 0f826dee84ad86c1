//! What a file is that was named itself: its content counts where its ending does not say enough.

use std::path::Path;

use super::content::Content;
use super::error::OpenError;
use super::names::{Kind, kind_of};
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

/// Tables as text look like nothing that the first bytes would tell.
fn table(path: &Path) -> Option<OpenError> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    matches!(ending.as_str(), "csv" | "tsv").then(|| {
        let what = "a table";
        let advice = "tables are not read yet; turn it into one JSON object a line, in pandas by to_json(FILE, orient=\"records\", lines=True)";
        ImageError { fault: ImageFault::Foreign { what, advice }, path: path.to_path_buf() }.into()
    })
}
