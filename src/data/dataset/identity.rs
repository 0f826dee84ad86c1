//! By what the parts of a data set are known again: by their drawings, wherever they lie and however they are packed.

use serde::{Deserialize, Serialize};

use super::error::OpenError;
use super::{Dataset, Part};
use crate::data::file_names::file_name;
use crate::data::source::ImageSource;

/// Bytes of drawings at either end of a part that are looked at, unless one drawing is more.
const LOOKED_AT: usize = 64 << 10;

/// What a file of drawings is known by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Its name without its folder; `demo` of the built-in set.
    pub name: String,
    /// Its drawings.
    pub rows: u32,
    /// Height and width of a drawing; 0 of pictures, which are drawn in any size.
    pub size: [u32; 2],
    /// FNV-1a (64 bits, hexadecimal) of its first and its last drawings.
    pub hash: String,
}

impl Identity {
    /// Whether it holds the same drawings, under whatever name.
    pub fn is_same(&self, other: &Self) -> bool {
        (self.rows, self.size, &self.hash) == (other.rows, other.size, &other.hash)
    }
}

/// What a data set is known by, and how its rows lie in its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetIdentity {
    /// Its files in row order, each with its first row in the whole set.
    parts: Vec<(Identity, u32)>,
    /// The number in the whole set of the row that is 0 here, and how many are open.
    first_row: u32,
    rows: u32,
}

impl SetIdentity {
    /// Its files in row order.
    pub fn files(&self) -> impl Iterator<Item = &Identity> {
        self.parts.iter().map(|(file, _)| file)
    }

    /// Rows that are open.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// The number of the file that holds the same drawings, the one of the same name first.
    pub fn find(&self, file: &Identity) -> Option<usize> {
        let named = self.files().position(|own| own.is_same(file) && own.name == file.name);
        named.or_else(|| self.files().position(|own| own.is_same(file)))
    }

    /// The number of a file of this name with other drawings.
    pub fn find_version(&self, file: &Identity) -> Option<usize> {
        self.files().position(|own| own.name == file.name && !own.is_same(file))
    }

    /// Where an open row lies: the file's number, and the row in it.
    pub fn in_file(&self, row: u32) -> Option<(usize, u32)> {
        let whole = self.first_row.checked_add(row).filter(|_| row < self.rows)?;
        let number = self.parts.partition_point(|(_, first)| *first <= whole).checked_sub(1)?;
        let (file, first) = self.parts.get(number)?;
        Some((number, whole - first)).filter(|(_, row)| *row < file.rows)
    }

    /// The open row that a row of a file is.
    pub fn of_file(&self, number: usize, row: u32) -> Option<u32> {
        let (file, first) = self.parts.get(number)?;
        let whole = first.checked_add(row).filter(|_| row < file.rows)?;
        whole.checked_sub(self.first_row).filter(|row| *row < self.rows)
    }

    /// A name for files that are kept about this set elsewhere: letters and digits.
    pub fn key(&self) -> String {
        let mut hash = Hash::default();
        self.files().for_each(|file| hash.add(format!("{} {:?} {};", file.rows, file.size, file.hash).as_bytes()));
        hash.in_words()
    }
}

impl Dataset {
    /// What it is known by. Reads the first and last drawings of its files.
    pub fn identity(&self) -> Result<SetIdentity, OpenError> {
        let known = |part: &Part| part.identity().map(|file| (file, part.first));
        let parts: Result<_, OpenError> = self.parts.iter().map(known).collect();
        Ok(SetIdentity { parts: parts?, first_row: self.first_row(), rows: self.rows() })
    }
}

impl Part {
    fn identity(&self) -> Result<Identity, OpenError> {
        let (rows, (mut height, mut width)) = (self.rows(), self.size());
        let mut hash = Hash::default();
        if let Some(known_by) = self.source().map(ImageSource::known_by).transpose()?.flatten() {
            hash.add(&known_by);
            (height, width) = (0, 0);
        } else if let Some(source) = self.source() {
            let drawing = source.drawing_bytes().max(1);
            let many = u32::try_from(LOOKED_AT / drawing).unwrap_or(u32::MAX).clamp(1, rows.max(1));
            for first in [0, rows.saturating_sub(many)] {
                hash.add(&drawings(source, first, many)?);
            }
        }
        let name = self.path().map_or_else(|| self.stem().to_owned(), file_name);
        Ok(Identity { name, rows, size: [height, width], hash: hash.in_words() })
    }
}

/// Of types that need a range the values themselves, as 64-bit floats: what they are shown as depends on other files and on options.
fn drawings(source: &dyn ImageSource, first: u32, many: u32) -> Result<Vec<u8>, OpenError> {
    if source.element().needs_range() {
        let mut values = Vec::new();
        source.own_values(first, many, &mut values)?;
        return Ok(values.into_iter().flat_map(f64::to_le_bytes).collect());
    }
    let mut values = vec![0; source.drawing_bytes() * many as usize];
    source.read_rows(first, &mut values)?;
    Ok(values)
}

/// FNV-1a of 64 bits (Fowler, Noll, Vo): the same on every machine and in every version.
struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    fn add(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn in_words(&self) -> String {
        format!("{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::data::dataset::OpenOptions;

    fn identity(inputs: &[&str], rows: Option<&str>) -> SetIdentity {
        let options = OpenOptions { rows: rows.map(|rows| rows.parse().unwrap()), ..OpenOptions::default() };
        Dataset::open(inputs, &options).unwrap().identity().unwrap()
    }

    #[test]
    fn the_hash_is_the_published_one() {
        // Test vectors of the authors.
        for (text, expected) in [("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("foobar", "85944171f73967e8")] {
            let mut hash = Hash::default();
            hash.add(text.as_bytes());
            assert_eq!(hash.in_words(), expected);
        }
    }

    #[test]
    fn rows_are_those_of_files_and_back_in_a_slice_too() {
        let whole = identity(&["demo:10:1", "demo:20:2"], None);
        assert_eq!(
            [0, 9, 10, 29, 30].map(|row| whole.in_file(row)),
            [Some((0, 0)), Some((0, 9)), Some((1, 0)), Some((1, 19)), None]
        );
        let slice = identity(&["demo:10:1", "demo:20:2"], Some("5:15"));
        assert_eq!(
            [0, 4, 5, 9, 10].map(|row| slice.in_file(row)),
            [Some((0, 5)), Some((0, 9)), Some((1, 0)), Some((1, 4)), None]
        );
        for row in 0..10 {
            let (file, own) = slice.in_file(row).unwrap();
            assert_eq!(slice.of_file(file, own), Some(row));
        }
        assert_eq!([slice.of_file(0, 4), slice.of_file(1, 5), slice.of_file(1, 20), slice.of_file(2, 0)], [None; 4]);
    }

    #[test]
    fn drawings_are_known_again_and_others_are_not() {
        let [set, other] = [identity(&["demo:50:1"], None), identity(&["demo:50:2"], None)];
        let file = |set: &SetIdentity| set.files().next().unwrap().clone();
        assert_eq!(set.find(&file(&set)), Some(0));
        assert_eq!(set.find(&Identity { name: "renamed.npy".to_owned(), ..file(&set) }), Some(0));
        assert_eq!((set.find(&file(&other)), set.find_version(&file(&other))), (None, Some(0)));
        assert_ne!(set.key(), other.key());
        assert_eq!(identity(&["demo:50:1"], Some("3:9")).key(), set.key());
    }
}
