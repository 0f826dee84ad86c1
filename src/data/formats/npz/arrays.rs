//! The arrays of an archive, by their headers alone, and what is said of archives without drawings.

use std::io::Read;

use super::{MEMBER, members};
use crate::data::array::ArrayHeader;
use crate::data::file::PlainFile;
use crate::data::formats::arrays::{Arrays, NamedArray};
use crate::data::formats::zip_directory::{self, DEFLATED, Member, STORED};
use crate::data::formats::{HEAD_BYTES, npy};
use crate::data::source::{Cells, ImageFault};
use crate::words::{counted, shown_text};

/// Members that are looked at, besides one that was named.
const MOST: usize = 64;
/// Of others, names that are said.
const NAMED: usize = 3;

/// The name by which a member is asked for; `None` where it is no array by its ending.
pub(super) fn name_of(member: &Member) -> Option<&str> {
    member.name.strip_suffix(".npy")
}

/// What lies in an archive; of many members the first, and the one of number `named`.
pub(super) fn arrays(file: &PlainFile, members: &[Member], named: Option<usize>) -> Arrays {
    let mut found = Arrays::default();
    for (number, member) in members.iter().enumerate().filter(|(number, _)| *number < MOST || named == Some(*number)) {
        match array(file, number, member) {
            Some(array) => found.push(array),
            None => found.push_other(&member.name),
        }
    }
    found
}

/// What is said of arrays that are not looked at, where there are so many.
pub(super) fn beyond(members: &[Member]) -> Option<String> {
    let names: Vec<&str> = members.iter().skip(MOST).filter_map(name_of).collect();
    let first = names.iter().take(NAMED).map(|name| shown_text(name, 40)).collect::<Vec<_>>().join(", ");
    let more = if names.len() > NAMED { " …" } else { "" };
    let are = counted(names.len() as u64, "array is", "arrays are");
    let text = format!("of the archive the first {MOST} arrays are looked at; {are} left out: {first}{more}");
    (!names.is_empty()).then_some(text)
}

/// The array that begins at a member's own header; `None` where it is none.
fn array(file: &PlainFile, number: usize, member: &Member) -> Option<NamedArray> {
    let name = name_of(member)?.to_owned();
    let content = member.content(file)?;
    let packed = zip_directory::read(file, content.start, MEMBER.min(content.end - content.start))?;
    let start = match member.method {
        STORED => packed,
        DEFLATED => inflated_start(&packed),
        _ => return None,
    };
    let numbers = |header: ArrayHeader| {
        let ArrayHeader { stored, shape, fortran_order, data_offset } = header;
        let (values, cells) = (stored.element.name().to_owned(), Some(Cells::Numbers(stored)));
        NamedArray { number, name: name.clone(), shape, values, cells, fortran_order, data_offset }
    };
    match npy::header_of(&start) {
        Ok(header) => Some(numbers(header)),
        Err(ImageFault::Dtype { meaning, lengths: shape, .. }) => {
            let column = npy::column_of(&start);
            let (cells, data_offset) = column.map_or((None, 0), |column| (Some(column.cells), column.data_offset));
            let values = meaning.to_owned();
            Some(NamedArray { number, name, shape, values, cells, fortran_order: false, data_offset })
        }
        Err(_) => None,
    }
}

/// As much of the beginning of deflated data as a header takes.
pub(super) fn inflated_start(packed: &[u8]) -> Vec<u8> {
    let mut start = Vec::new();
    let unpacked = flate2::bufread::DeflateDecoder::new(packed).take(HEAD_BYTES as u64).read_to_end(&mut start);
    // The rest of the member was not given to it: the beginning will do.
    drop(unpacked);
    start
}

/// Why an archive that does not begin with an array is not opened.
pub(super) fn fault_of_zip(file: &PlainFile) -> ImageFault {
    let directory = members(file).map(|members| other_zip(&arrays(file, &members, None).told()));
    directory.unwrap_or_else(|| ImageFault::Archive {
        what: "a zip archive without the directory that stands at its end".to_owned(),
        advice: "it was cut short, or is damaged; get it again".to_owned(),
    })
}

pub(super) fn other_zip(told: &str) -> ImageFault {
    ImageFault::Archive {
        what: format!("a zip archive of {told}"),
        advice: "unpack it with `unzip` and open what was in it".to_owned(),
    }
}
