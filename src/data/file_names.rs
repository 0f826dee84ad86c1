//! File names as they are shown, those that are no text included.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::Path;

/// Files and folders that systems make for themselves, besides those that begin with a dot; in any case.
const SYSTEMS_OWN: [&str; 9] = [
    "thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    "__macosx",
    "icon\r",
    "$recycle.bin",
    "system volume information",
    "lost+found",
    "@eadir",
];

/// How the names of inkfield's own files end that lie beside drawings: tags and sessions.
pub const OWN_ENDING: &str = ".inkfield.json";

/// Hidden files, the `._` companions of macOS among them, and what else no user put there.
pub(super) fn is_systems_own(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.') || name.ends_with(OWN_ENDING) || SYSTEMS_OWN.iter().any(|own| name.eq_ignore_ascii_case(own))
}

/// The last part of a path, as it is shown.
pub(super) fn file_name(path: &Path) -> String {
    shown(path.file_name().unwrap_or(path.as_os_str()))
}

/// A name as it is shown: bytes that are no text as `\xE9`, so that two names do not look the same.
pub(super) fn shown(name: &OsStr) -> String {
    text_of(name, "\\x")
}

/// A name as text, the bytes of it that are none by their numbers, each behind `mark`.
pub(super) fn text_of(name: &OsStr, mark: &str) -> String {
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing into a text cannot fail.
            let _ = write!(text, "{mark}{byte:02X}");
        }
    }
    text
}
