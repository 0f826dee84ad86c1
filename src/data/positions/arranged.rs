//! What `inkfield arrange --json` writes: one object with all x and all y, of each row one.

use super::{Positions, PositionsError, Rows};
use crate::data::file::PlainFile;
use crate::progress::Progress;
use serde::Deserialize;
use std::io::Read;
use std::path::Path;

/// Bytes read at a time.
const BLOCK_BYTES: usize = 1 << 20;

#[derive(Deserialize)]
struct Arranged {
    x: Vec<Option<f64>>,
    y: Vec<Option<f64>>,
    /// The number in the whole set of the row whose place comes first.
    #[serde(default)]
    first_row: u32,
}

/// Whether a file that begins so holds arrays of x and y.
pub(super) fn is_one(start: &[u8]) -> bool {
    let text = String::from_utf8_lossy(start);
    let after = text.split_once("\"x\"").map(|(_, after)| after.trim_start());
    let list = after.and_then(|after| after.strip_prefix(':')).map(str::trim_start);
    text.starts_with('{') && list.is_some_and(|list| list.starts_with('['))
}

/// Reads it. A set may have got further rows since: those have no place.
pub(super) fn read(
    path: &Path,
    file: &PlainFile,
    rows: Rows<'_>,
    progress: Progress<'_>,
) -> Result<Positions, PositionsError> {
    let mut bytes = Bytes { file, offset: 0, progress, failed: None };
    let parsed = serde_json::from_reader(std::io::BufReader::with_capacity(BLOCK_BYTES, &mut bytes));
    if let Some(error) = bytes.failed.take() {
        return Err(error);
    }
    let Arranged { x, y, first_row } =
        parsed.map_err(|error| PositionsError::what(path, format!("it cannot be read: {error}")))?;
    if x.len() != y.len() {
        return Err(PositionsError::what(path, format!("it has {} x and {} y", x.len(), y.len())));
    }
    let [first, total] = rows.slice.unwrap_or([0, rows.count]);
    if first_row as usize + x.len() > total as usize {
        return Err(PositionsError::Count { count: x.len() as u32, rows: total, path: path.to_path_buf() });
    }
    let of = |all: &[Option<f64>], row: u32| {
        let at = (first + row).checked_sub(first_row)?;
        all.get(at as usize).copied().flatten()
    };
    let place = |row: u32| [&x, &y].map(|all| of(all, row).unwrap_or(f64::NAN));
    Ok(Positions { places: (0..rows.count).map(place).collect(), others: 0 })
}

/// The bytes of a file one after the other, as long as they are wanted.
struct Bytes<'a> {
    file: &'a PlainFile,
    offset: u64,
    progress: Progress<'a>,
    /// Why there are no more.
    failed: Option<PositionsError>,
}

impl Read for &mut Bytes<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let part = self.offset as f64 / self.file.len().max(1) as f64;
        let given_up = self.progress.reach(part.min(1.0)).map_err(PositionsError::from);
        let got = given_up.and_then(|()| Ok(self.file.read_up_to_at(out, self.offset)?));
        match got {
            Ok(got) => {
                self.offset += got as u64;
                Ok(got)
            }
            Err(error) => {
                self.failed = Some(error);
                Err(std::io::Error::other("given up"))
            }
        }
    }
}
