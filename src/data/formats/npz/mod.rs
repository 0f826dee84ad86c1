//! `.npz`, the form of `numpy.savez`: a zip archive of `.npy` files, stored or deflated.
//!
//! A stored array is read where it lies in the archive; a deflated one is unpacked into the spool first, and its length and checksum
//! are checked. Of several arrays the one with most drawings is opened; `FILE.npz:NAME` names another.

mod arrays;
mod columns;
mod directory;

use super::format::{Format, OpenAs, Reader, Sign};
use super::opened::Opened;
use super::{BESIDE_RECORDS, HEAD_BYTES, head, npy};
use crate::data::file::{Deflated, PlainFile};
use crate::data::report::Severity;
use crate::data::source::{ImageError, ImageFault};
use crate::words::shown_text;

use arrays::{Arrays, MemberArray};
use directory::{MAGIC, Member};

pub(super) const FORMAT: Format = Format::opened(
    "npz",
    Sign::Is(is_npz),
    Reader { endings: &[".npz"], is_worth: |_| true, open, holds_arrays: true },
)
.no_records("an .npz archive of NumPy arrays", BESIDE_RECORDS);

/// A zip archive that does not begin with an array.
pub(super) const OTHER_ZIP: Format =
    Format::refused("zip", Sign::Begins(MAGIC), "a zip or .npz archive", "unpack it and open the .npy file inside")
        .looked_into(arrays::fault_of_zip)
        .no_records("a ZIP archive (or .npz)", "unpack it first");

const STORED: u64 = 0;
const DEFLATED: u64 = 8;

/// Whether a zip archive's first member is an array by its name: numpy writes nothing else.
fn is_npz(head: &[u8]) -> bool {
    let name_end = directory::number(head, 26, 2).map_or(0, |len| 30 + len as usize);
    head.starts_with(MAGIC) && head.get(30..name_end).is_some_and(|name| name.ends_with(b".npy"))
}

fn open(file: PlainFile, _head: &[u8], how: &OpenAs<'_>) -> Result<Opened, ImageError> {
    let path = file.path().to_path_buf();
    let members = directory::members(&file).ok_or_else(|| no_directory().at(&path))?;
    let (number, chosen) = choose(&file, &members, how).map_err(|fault| fault.at(&path))?;
    let member = members.get(number).ok_or_else(|| no_member().at(&path))?;
    let whole = file.again();
    let (array, head) = unpacked(file, member, how)?;
    let mut probe = npy::probe(array, &head, how)?;
    let others = members.iter().enumerate().filter(|(other, _)| *other != number).map(|(_, member)| member);
    let columns = columns::beside(&whole, others, probe.most_rows(), how)?;
    probe.take_columns(columns, false);
    Ok(Opened { chosen, ..Opened::array(probe) })
}

/// The array that was named, else the one with most drawings, and what is to be said of that.
fn choose(
    file: &PlainFile,
    members: &[Member],
    how: &OpenAs<'_>,
) -> Result<(usize, Vec<(Severity, String)>), ImageFault> {
    if let Some(name) = how.array {
        let named = members.iter().position(|member| member.name == name || MemberArray::name_of(member) == Some(name));
        let Some(named) = named else {
            let arrays = Arrays::of(file, members).told();
            return Err(ImageFault::NoSuchArray { name: shown_text(name, 60), arrays });
        };
        return Ok((named, Vec::new()));
    }
    let arrays = Arrays::of(file, members);
    let number = arrays.best(how.shape).ok_or_else(|| arrays.fault(file.path()))?;
    let chosen = arrays.told_of_choice(number, how.shape, file.path());
    Ok((arrays.member(number).ok_or_else(no_member)?, chosen))
}

/// The content of a member as a file, and its beginning.
fn unpacked(file: PlainFile, member: &Member, how: &OpenAs<'_>) -> Result<(PlainFile, Vec<u8>), ImageError> {
    let content = member.content(&file);
    let array = match (member.method, content) {
        (STORED, Some(content)) if content.end - content.start == member.len => file.part(content),
        (DEFLATED, Some(content)) => {
            let deflated = Deflated { len: member.len, sum: member.sum };
            file.inflated(content, deflated, how.spool, &|head| {
                npy::header_of(head).is_ok() || npy::column_of(head).is_some()
            })?
        }
        _ => return Err(no_member().at(file.path())),
    };
    let head = head(&array)?;
    Ok((array, head))
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
