//! `.npz`, the form of `numpy.savez`: a zip archive of `.npy` files, stored or deflated.
//!
//! A stored array is read where it lies in the archive; a deflated one is unpacked into the spool first, and its length and checksum
//! are checked. Of several arrays the one with most drawings is opened; `FILE.npz:NAME` names another.

mod arrays;
mod sketch_rnn;

use std::path::Path;

use super::arrays::{Arrays, Container, NamedArray, none_drawn};
use super::format::{Format, OpenAs, Reader, Sign};
use super::opened::Opened;
use super::zip_directory::{self, DEFLATED, MAGIC, Member, STORED};
use super::{BESIDE_RECORDS, HEAD_BYTES, head, npy};
use crate::data::file::{Deflated, PlainFile, Spool};
use crate::data::formats;
use crate::data::report::Severity;
use crate::data::source::{ImageError, ImageFault};

pub(in crate::data) use sketch_rnn::sketches;

pub(super) const FORMAT: Format = Format::opened(
    "npz",
    Sign::Is(is_npz),
    Reader { endings: &[".npz"], is_worth: |_| true, open, holds_arrays: true },
)
.no_records("an .npz archive of NumPy arrays", BESIDE_RECORDS);

/// A zip archive that does not begin with an array.
pub(super) const OTHER_ZIP: Format =
    Format::refused("zip", Sign::Begins(MAGIC), "a zip or .npz archive", "unpack it and open the .npy file inside")
        .looked_into(|file| Some(arrays::fault_of_zip(file)))
        .no_records("a ZIP archive (or .npz)", "unpack it first");

/// The most bytes of a directory that are looked at: some ten thousand members.
const DIRECTORY: u64 = 1 << 20;

/// The files in the archive; `None` where there is no directory, or nothing in it.
fn members(file: &PlainFile) -> Option<Vec<Member>> {
    let members = zip_directory::directory(file, DIRECTORY)?.members;
    (!members.is_empty()).then_some(members)
}

/// Whether a zip archive's first member is an array by its name: numpy writes nothing else.
fn is_npz(head: &[u8]) -> bool {
    let name_end = zip_directory::number(head, 26, 2).map_or(0, |len| 30 + len as usize);
    head.starts_with(MAGIC) && head.get(30..name_end).is_some_and(|name| name.ends_with(b".npy"))
}

fn open(file: PlainFile, _head: &[u8], how: &OpenAs<'_>) -> Result<Opened, ImageError> {
    let members = members(&file).ok_or_else(|| no_directory().at(file.path()))?;
    let has_name = |member: &Member, name| member.name == name || arrays::name_of(member) == Some(name);
    let named = how.array.and_then(|name| members.iter().position(|member| has_name(member, name)));
    let arrays = arrays::arrays(&file, &members, named);
    let archive = Archive { file, members };
    let Some(number) = named else {
        let mut opened = formats::arrays::open(&archive, &arrays, how)?;
        opened.chosen.extend(arrays::beyond(&archive.members).map(|text| (Severity::Warning, text)));
        return Ok(opened);
    };
    if let Some(array) = arrays.iter().find(|array| array.number == number && array.holds_numbers()) {
        return formats::arrays::open(&archive, &arrays, &OpenAs { array: Some(&array.name), ..*how });
    }
    // Its header says why not.
    let (array, head) = archive.unpacked(number, how.spool, is_array)?;
    npy::open(array, &head, how)
}

/// An archive and its directory.
struct Archive {
    file: PlainFile,
    members: Vec<Member>,
}

impl Container for Archive {
    fn what(&self) -> &'static str {
        "an .npz archive"
    }

    fn word(&self) -> &'static str {
        "archive"
    }

    fn path(&self) -> &Path {
        self.file.path()
    }

    fn content(&self, array: &NamedArray, how: &OpenAs<'_>) -> Result<PlainFile, ImageError> {
        Ok(self.unpacked(array.number, how.spool, is_array)?.0)
    }

    fn fault(&self, arrays: &Arrays) -> ImageFault {
        if arrays.is_all() { none_drawn(self, arrays) } else { arrays::other_zip(&arrays.told()) }
    }
}

impl Archive {
    /// The content of a member as a file, and its beginning; `wanted` as in [`PlainFile::open`].
    fn unpacked(
        &self,
        number: usize,
        spool: &Spool,
        wanted: fn(&[u8]) -> bool,
    ) -> Result<(PlainFile, Vec<u8>), ImageError> {
        let member = self.members.get(number).ok_or_else(|| no_member().at(self.path()))?;
        let array = match (member.method, member.content(&self.file)) {
            (STORED, Some(content)) if content.end - content.start == member.len => self.file.part_of(content),
            (DEFLATED, Some(content)) => {
                let deflated = Deflated { len: member.len, sum: member.sum };
                self.file.inflated(content, deflated, spool, &wanted)?
            }
            _ => return Err(no_member().at(self.path())),
        };
        let head = head(&array)?;
        Ok((array, head))
    }
}

/// Whether what begins so can be drawn, or be a column.
fn is_array(head: &[u8]) -> bool {
    npy::header_of(head).is_ok() || npy::column_of(head).is_some()
}

fn no_directory() -> ImageFault {
    ImageFault::Archive {
        what: "an .npz archive without the directory that stands at its end".to_owned(),
        advice: "it was cut short; get it again".to_owned(),
    }
}

fn no_member() -> ImageFault {
    ImageFault::Archive {
        what: "an .npz archive with an array that cannot be found in it".to_owned(),
        advice: "it is damaged, or packed as numpy packs nothing; get it again".to_owned(),
    }
}

/// The most bytes of a member that are looked at: packed, a header may be a little longer than it is.
const MEMBER: u64 = HEAD_BYTES as u64 + 1024;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use std::io::{Cursor, Write};

    use ndarray::{Array1, Array3};
    use ndarray_npy::WriteNpyExt;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use crate::data::dataset::{Dataset, OpenOptions};

    #[test]
    fn arrays_that_are_not_looked_at_are_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wide.npz");
        let mut zip = ZipWriter::new(std::fs::File::create(&path).unwrap());
        let mut add = |name: &str, array: &dyn Fn(&mut Cursor<Vec<u8>>)| {
            let mut bytes = Cursor::new(Vec::new());
            array(&mut bytes);
            zip.start_file(format!("{name}.npy"), SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes.get_ref()).unwrap();
        };
        add("images", &|out| Array3::<u8>::zeros((3, 8, 8)).write_npy(out).unwrap());
        for at in 0..64 {
            add(&format!("c{at}"), &|out| Array1::from_elem(3, at as u8).write_npy(out).unwrap());
        }
        add("label", &|out| Array1::from_elem(3, 7_u8).write_npy(out).unwrap());
        zip.finish().unwrap();
        let dataset = Dataset::open(&[&path], &OpenOptions::default()).unwrap();
        let said = dataset.report().to_string();
        // The images and 63 columns are the first 64.
        let expected = "of the archive the first 64 arrays are looked at; 2 arrays are left out: c63, label";
        assert!(said.contains(expected), "{said}");
        assert_eq!(dataset.rows(), 3);
    }
}
