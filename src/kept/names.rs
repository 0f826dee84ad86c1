//! What entries are called, and what their files are.

use super::content::{Content, DIGITS};
use super::error::KeptError;
use std::ffi::OsStr;

/// Longest name of an entry, bytes.
pub const LONGEST_NAME: usize = 64;
/// How the file of an entry ends.
const ENDING: &str = ".ink";
/// How a file begins and ends that is not complete yet, and how many letters and digits lie between.
pub(crate) const PART: (&str, usize, &str) = ("kept-", 12, ".part");

/// The file of an entry: 32 hexadecimal digits of the content, `-`, the name, `.ink`.
pub(crate) fn file_name(content: Content, name: &str) -> Result<String, KeptError> {
    if is_name(name) { Ok(format!("{content}-{name}{ENDING}")) } else { Err(KeptError::Name(name.to_owned())) }
}

/// Content and name of the entry that a file is called after; `None` where it is no such file.
pub(crate) fn entry_of(file_name: &OsStr) -> Option<(Content, &str)> {
    let (digits, rest) = file_name.to_str()?.split_at_checked(DIGITS)?;
    let name = rest.strip_prefix('-')?.strip_suffix(ENDING)?;
    let content = Content::from_hex(digits)?;
    is_name(name).then_some((content, name))
}

/// Whether a file is one that was never completed, or is being written now.
pub(crate) fn is_part(file_name: &OsStr) -> bool {
    let (start, letters, end) = PART;
    let between = file_name.to_str().and_then(|name| name.strip_prefix(start)?.strip_suffix(end));
    between.is_some_and(|name| name.len() == letters && name.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Whether an entry can be called so: in a file name of any system, and nowhere outside of the folder.
fn is_name(name: &str) -> bool {
    let are_fit = name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-'));
    are_fit && (1..=LONGEST_NAME).contains(&name.len())
}
