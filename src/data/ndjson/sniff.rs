//! Recognises what is no file of records, from its first bytes, and says what to do about it.

use super::document;
use std::borrow::Cow;

/// How many bytes are looked at: a line and more of nearly all files.
pub(super) const SNIFFED: usize = 64 << 10;

const UTF_16: &str = "save it as UTF-8: iconv -f UTF-16 -t UTF-8 FILE > FILE.ndjson";
const UTF_32: &str = "save it as UTF-8: iconv -f UTF-32 -t UTF-8 FILE > FILE.ndjson";

const SIGNATURES: [(&[u8], &str, &str); 15] = [
    (b"\x93NUMPY", "a NumPy array (.npy)", "name it as the bitmaps, and an .ndjson file as the records"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", "name an .ndjson file"),
    (b"\xff\xd8\xff", "a JPEG picture", "name an .ndjson file"),
    (b"GIF8", "a GIF picture", "name an .ndjson file"),
    (b"PK\x03\x04", "a ZIP archive (or .npz)", "unpack it first"),
    (b"\x1f\x8b", "gzip data in gzip data", "unpack it first: gunzip FILE"),
    (b"\x28\xb5\x2f\xfd", "Zstandard-compressed", "unpack it first: zstd -d FILE"),
    (b"BZh", "bzip2-compressed", "unpack it first: bunzip2 FILE"),
    (b"PAR1", "a Parquet file", "convert it to one JSON object a line"),
    (b"%PDF", "a PDF document", "name an .ndjson file"),
    (b"\xff\xfe\0\0", "UTF-32 text", UTF_32),
    (b"\xff\xfe", "UTF-16 text", UTF_16),
    (b"\xfe\xff", "UTF-16 text", UTF_16),
    (b"\x00\x05\x16\x07", "macOS' companion of a file (AppleDouble)", "open the file of the same name without `._`"),
    (b"version https://git-lfs", "a Git LFS pointer", "fetch the file itself: git lfs pull"),
];

/// What a file that begins with `head` is instead of records, and what to do; `None` when it may be records.
pub(super) fn not_records(head: &[u8]) -> Option<(&'static str, Cow<'static, str>)> {
    let signature = SIGNATURES.iter().find(|(signature, ..)| head.starts_with(signature));
    if let Some((_, what, advice)) = signature {
        return Some((*what, (*advice).into()));
    }
    // A bracket or brace without a byte order mark before it.
    match head {
        [0, 0, 0, b'{' | b'[', ..] | [b'{' | b'[', 0, 0, 0, ..] => return Some(("UTF-32 text", UTF_32.into())),
        [0, b'{' | b'[', ..] => return Some(("UTF-16 text", UTF_16.replace("UTF-16", "UTF-16BE").into())),
        [b'{' | b'[', 0, ..] => return Some(("UTF-16 text", UTF_16.replace("UTF-16", "UTF-16LE").into())),
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
