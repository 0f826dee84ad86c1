//! Recognises what is no file of records, from its first bytes, and says what to do about it.

/// How many bytes are looked at.
pub(super) const SNIFFED: usize = 4096;

const SIGNATURES: [(&[u8], &str, &str); 14] = [
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
    (b"\xff\xfe", "UTF-16 text", "save it as UTF-8"),
    (b"\xfe\xff", "UTF-16 text", "save it as UTF-8"),
    (b"\x00\x05\x16\x07", "macOS' companion of a file (AppleDouble)", "open the file of the same name without `._`"),
    (b"version https://git-lfs", "a Git LFS pointer", "fetch the file itself: git lfs pull"),
];

/// What a file that begins with `head` is instead of records, and what to do; `None` when it may be records.
pub(super) fn not_records(head: &[u8]) -> Option<(&'static str, &'static str)> {
    if let Some((_, what, advice)) = SIGNATURES.iter().find(|(signature, ..)| head.starts_with(signature)) {
        return Some((*what, *advice));
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    match text {
        [] if head.len() < SNIFFED => Some(("empty", "a file of records has a line for each drawing")),
        [b'<', ..] => Some(("an HTML or XML page", "download the file itself, not the page that shows it")),
        [b'[', rest @ ..] if matches!(rest.trim_ascii_start(), [] | [b'{' | b']', ..]) => {
            Some(("one JSON array", "write each record on a line of its own: jq -c '.[]' FILE > FILE.ndjson"))
        }
        [b'{', rest @ ..] => {
            let first_line = rest.split(|&byte| byte == b'\n').next().unwrap_or_default();
            let spread = first_line.len() < rest.len() && first_line.trim_ascii().is_empty();
            spread.then_some((
                "JSON spread over several lines",
                "write each record on one line: jq -c . FILE > FILE.ndjson",
            ))
        }
        _ if head.contains(&0) => Some(("a binary file", "name an .ndjson file")),
        _ => None,
    }
}
