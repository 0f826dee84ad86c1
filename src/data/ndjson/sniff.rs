//! Recognises what is no file of records, from its first bytes, and says what to do about it.

use super::document;
use crate::data::formats;
use std::borrow::Cow;

/// How many bytes are looked at: a line and more of nearly all files.
pub(super) const SNIFFED: usize = 64 << 10;

/// What a file that begins with `head` is instead of records, and what to do; `None` when it may be records.
pub(super) fn not_records(head: &[u8]) -> Option<(&'static str, Cow<'static, str>)> {
    if let Some((what, advice)) = formats::instead_of_records(head) {
        return Some((what, advice.into()));
    }
    // A bracket or brace without a byte order mark before it.
    match head {
        [0, 0, 0, b'{' | b'[', ..] | [b'{' | b'[', 0, 0, 0, ..] => {
            return Some(("UTF-32 text", formats::UTF_32.into()));
        }
        [0, b'{' | b'[', ..] => return Some(("UTF-16 text", formats::UTF_16.replace("UTF-16", "UTF-16BE").into())),
        [b'{' | b'[', 0, ..] => return Some(("UTF-16 text", formats::UTF_16.replace("UTF-16", "UTF-16LE").into())),
        _ => {}
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let is_whole = head.len() < SNIFFED;
    match text {
        [] if is_whole => Some(("empty", "a file of records has a line for each drawing".into())),
        [b'<', ..] => Some(("an HTML or XML page", "download the file itself, not the page that shows it".into())),
        [b'[', ..] => document::array(text),
        [b'{', ..] => document::object(text),
        [0x1e, ..] => None,
        _ if head.contains(&0) => Some(("a binary file", "name an .ndjson file".into())),
        _ => document::table(text),
    }
}
