//! Paths as people have them: quoted, with `~`, as `file://` addresses, with a slash too many; and what is no path at all.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::error::OpenError;
use super::near::near_name;
use crate::data::demo::Demo;
use crate::data::formats::array_within;
use crate::data::report::LoadReport;

/// The path that was meant. What lies at the very name that was written is always that; only where nothing does, these are tried,
/// each with what was tried before it: without blanks around it, without a pair of quotation marks, `file://` with
/// its percent signs decoded or `~` as the home folder, backslashes taken as a shell takes them, without slashes at its end.
/// Where none of these is there either, nor one that names an array of a file, it is what was written.
pub fn named_path(written: &OsStr) -> PathBuf {
    let literal = PathBuf::from(written);
    if is_there(&literal) {
        return literal;
    }
    let meant = || {
        let paths = readings(written.to_str()?);
        paths
            .iter()
            .find(|path| is_there(path))
            .or_else(|| paths.iter().find(|path| array_within(path).is_some()))
            .cloned()
    };
    meant().unwrap_or(literal)
}

/// A link that leads nowhere is there, too: it is what was meant.
fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// All that a text may mean besides itself, in the order in which that is tried.
fn readings(text: &str) -> Vec<PathBuf> {
    let bare = text.trim();
    let mut paths = Vec::new();
    for text in [Some(bare), unquoted(bare)].into_iter().flatten() {
        if let Some(path) = of_file_address(text) {
            paths.extend(without_slashes(&path));
            paths.push(path);
            continue;
        }
        // On Windows a backslash is what a slash is elsewhere.
        let unescaped = (!cfg!(windows)).then(|| unescaped(text));
        for text in [Some(text.to_owned()), unescaped].into_iter().flatten() {
            let path = typed_path(&text);
            paths.extend(without_slashes(&path));
            paths.push(path);
        }
    }
    paths
}

fn unquoted(text: &str) -> Option<&str> {
    let within = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    within('\'').or_else(|| within('"')).map(str::trim)
}

/// The path of a `file:` address on this machine.
fn of_file_address(text: &str) -> Option<PathBuf> {
    let (scheme, _) = text.split_once(":/")?;
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    // In a name these are characters as any other, though an address would have to spell them.
    let spelt = text.replace('#', "%23").replace('?', "%3F");
    url::Url::parse(&spelt).ok()?.to_file_path().ok()
}

/// A path to write to, as it was typed: `~` is the home folder.
pub fn typed_path(text: &str) -> PathBuf {
    at_home(text).unwrap_or_else(|| PathBuf::from(text))
}

fn at_home(text: &str) -> Option<PathBuf> {
    let below = text.strip_prefix('~')?;
    if !below.is_empty() && !below.starts_with(std::path::is_separator) {
        return None;
    }
    let home = directories::BaseDirs::new()?.home_dir().to_owned();
    Some(home.join(below.trim_start_matches(std::path::is_separator)))
}

/// `\ ` is a blank, as a shell reads it.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        out.push(if letter == '\\' { letters.next().unwrap_or(letter) } else { letter });
    }
    out
}

/// A file's name with slashes at its end, which say that it is a folder.
fn without_slashes(path: &Path) -> Option<PathBuf> {
    let text = path.to_str()?;
    let bare = text.trim_end_matches(std::path::is_separator);
    (bare.len() < text.len() && !bare.is_empty()).then(|| bare.into())
}

/// Why nothing lies at a path.
pub(super) fn missing(path: PathBuf) -> OpenError {
    // What is no text is no address, and is not typed in another way either.
    let text = path.to_str().unwrap_or_default().trim().trim_matches(['"', '\'']);
    let scheme = text.split_once("://").map(|(scheme, _)| scheme).filter(|scheme| is_scheme(scheme));
    if let Some(scheme) = scheme.filter(|scheme| !scheme.eq_ignore_ascii_case("file")) {
        let is_web = ["http", "https", "ftp"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
        return OpenError::Address { is_web, path };
    }
    if path.file_name().is_some_and(|name| name.as_encoded_bytes().iter().any(|byte| matches!(byte, b'*' | b'?'))) {
        return OpenError::Pattern(path);
    }
    let near = near_name(&path).or_else(|| readings(text).iter().find_map(|path| near_name(path)));
    OpenError::NotFound { path, near }
}

/// Longer than a drive's letter, and made of what schemes are made of.
fn is_scheme(text: &str) -> bool {
    text.len() > 1
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// Whether `demo` names something that lies in the current folder, which then is what is meant; `demo:N` never does.
pub(super) fn names_file(input: &OsStr, report: &mut LoadReport) -> bool {
    let path = Path::new(input);
    let is_there = input == "demo" && path.exists();
    if is_there {
        let kind = if path.is_dir() { "folder" } else { "file" };
        report.info(format!("the {kind} of this name was opened; the built-in set is {}", Demo::WHOLE), Some(path));
    }
    is_there
}
