//! Which files are pictures: by their first bytes what they are, by their endings which of a folder are looked at.

use std::path::Path;

use image::ImageFormat;

use crate::data::formats;
use crate::words::counted;

/// How names of pictures end, in lower case: which files of a folder are looked at.
pub(super) const ENDINGS: [&str; 9] = [".png", ".jpg", ".jpeg", ".jpe", ".gif", ".webp", ".bmp", ".tif", ".tiff"];

/// How names of archives with pictures end.
pub(super) const ARCHIVES: [&str; 3] = [".tar", ".tar.gz", ".zip"];

/// Endings of pictures that are not decoded.
const NOT_DECODED: [&str; 6] = [".heic", ".heif", ".hif", ".avif", ".jxl", ".jp2"];

/// Formats by the number that is kept of each: new ones come last.
pub(super) const KEPT: [ImageFormat; 6] =
    [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP, ImageFormat::Bmp, ImageFormat::Tiff];

/// What kind of picture begins so; `None` where it is none that is opened.
pub(super) fn of(head: &[u8]) -> Option<ImageFormat> {
    Some(match formats::of(head)?.name {
        "png" => ImageFormat::Png,
        "jpeg" => ImageFormat::Jpeg,
        "gif" => ImageFormat::Gif,
        "webp" => ImageFormat::WebP,
        "bmp" => ImageFormat::Bmp,
        "tiff" => ImageFormat::Tiff,
        _ => return None,
    })
}

/// What begins so, with its article, where it is no picture.
pub(super) fn instead(head: &[u8]) -> &'static str {
    let known = formats::of(head).and_then(|format| format.among_drawings().or(format.among_records()));
    known.map_or("no picture by its first bytes", |instead| instead.what)
}

/// Whether a file's name, which need say nothing of its content, is that of a picture.
pub(in crate::data) fn is_named_like_one(path: &Path) -> bool {
    ends_in_one_of(path, &ENDINGS)
}

/// Whether a file's name is that of an archive that may hold pictures.
pub(in crate::data) fn is_named_like_archive(path: &Path) -> bool {
    ends_in_one_of(path, &ARCHIVES)
}

/// Whether a file's name is that of a picture which is not decoded.
pub(in crate::data) fn is_not_decoded(path: &Path) -> bool {
    ends_in_one_of(path, &NOT_DECODED)
}

/// What such pictures are, and what to do with them.
pub(in crate::data) fn of_not_decoded(number: usize) -> String {
    let are = counted(number as u64, "of its files is", "of its files are");
    format!("{are} HEIC, AVIF, JPEG XL or JPEG 2000, which is not decoded: save as JPEG or PNG")
}

/// Whether a file's name ends in one of these, which are in lower case, and has something in front of that.
pub(in crate::data) fn ends_in_one_of(path: &Path, endings: &[&str]) -> bool {
    let Some(name) = path.file_name() else { return false };
    let name = name.as_encoded_bytes();
    endings.iter().any(|ending| {
        let start = name.len().checked_sub(ending.len()).filter(|start| *start > 0);
        start.and_then(|start| name.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(ending.as_bytes()))
    })
}

/// RIFF, a length, WEBP.
pub(in crate::data::formats) fn is_webp(head: &[u8]) -> bool {
    head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP")
}

/// Two letters say too little: the length of the header behind the one of the file is one of those that there are.
pub(in crate::data::formats) fn is_bmp(head: &[u8]) -> bool {
    head.starts_with(b"BM") && matches!(head.get(14..18), Some([12 | 16 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0]))
}

/// Either byte order; `+` is of files that may be larger than 4 GiB.
pub(in crate::data::formats) fn is_tiff(head: &[u8]) -> bool {
    [b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"].iter().any(|start| head.starts_with(*start))
}
