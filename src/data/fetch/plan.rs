//! What a fetch will do, before it does it: every file, its size, and how much of it is already here.

use std::fmt;
use std::path::{Path, PathBuf};

use ureq::http::HeaderMap;
use url::Url;

use super::attempts::with_retries;
use super::client::{Client, Method, header};
use super::content::Kind;
use super::error::{FetchError, quoted};
use super::part::{self, Version};
use super::{CREDIT, FetchOptions, Records, address, categories, nearest};
use crate::data::Cancel;

/// How much of a file is already in the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Present {
    /// Nothing that can be used.
    No,
    /// The first so many bytes: the download goes on from there.
    Part(u64),
    /// All of it, by its size: it is kept.
    Whole,
}

/// One file of a [`Plan`].
#[derive(Clone, Debug)]
pub struct PlannedFile {
    /// The published category.
    pub category: &'static str,
    /// Where it comes from.
    pub url: String,
    /// Where it goes.
    pub path: PathBuf,
    /// Length in bytes; none when the server does not say.
    pub bytes: Option<u64>,
    /// How much of it is already here.
    pub present: Present,
    /// Bitmaps or records.
    pub kind: Kind,
    pub(super) version: Version,
}

impl PlannedFile {
    /// Bytes still to come; none when the server states no length.
    pub fn missing_bytes(&self) -> Option<u64> {
        match self.present {
            Present::Whole => Some(0),
            Present::Part(have) => self.bytes.map(|bytes| bytes.saturating_sub(have)),
            Present::No => self.bytes,
        }
    }
}

/// Every file that a fetch is about; [`Display`](fmt::Display) lists them with their sizes and the credit.
#[derive(Debug)]
pub struct Plan {
    /// The files: for each category the bitmaps, then the records.
    pub files: Vec<PlannedFile>,
    pub(super) options: FetchOptions,
    pub(super) client: Client,
}

/// Asks the server for the size of every file that `options` name and looks at what is already there. Writes nothing.
///
/// Fails on an unknown category, a base address that is not https, a file of another size under the final name, and
/// whatever the server or the network refuse.
pub fn plan(options: &FetchOptions) -> Result<Plan, FetchError> {
    let base = address::parse_base(&options.base_url)?;
    let client = Client::new(&base, options.timeout);
    let kinds: &[Kind] = match options.records {
        Records::Simplified => &[Kind::Bitmaps, Kind::Simplified],
        Records::Raw => &[Kind::Bitmaps, Kind::Raw],
        Records::None => &[Kind::Bitmaps],
    };
    let mut files = Vec::new();
    for category in known(&options.categories)? {
        for &kind in kinds {
            let url = address::file_url(&base, category, kind)?;
            let version = with_retries(options, &Cancel::new(), || ask(&client, &url, kind))?;
            // The name comes from the published list alone, never from what was typed.
            let path = options.dir.join(format!("{category}{}", kind.suffix()));
            let present = present(&path, &version)?;
            files.push(PlannedFile { category, url: url.into(), path, bytes: version.bytes, present, kind, version });
        }
    }
    Ok(Plan { files, options: options.clone(), client })
}

/// The published names of what was typed, each once, in the order typed.
fn known(typed: &[String]) -> Result<Vec<&'static str>, FetchError> {
    let mut found = Vec::new();
    for name in typed {
        let Some(category) = categories::find(name) else {
            return Err(FetchError::UnknownCategory { name: quoted(name), nearest: nearest(name, 3) });
        };
        if !found.contains(&category) {
            found.push(category);
        }
    }
    if found.is_empty() { Err(FetchError::NoCategory) } else { Ok(found) }
}

/// Asks for length and version of a file.
fn ask(client: &Client, url: &Url, kind: Kind) -> Result<Version, FetchError> {
    let response = client.request(Method::Head, url, &[])?;
    let headers = response.headers();
    match response.status().as_u16() {
        200 => {
            check_type(headers, url, kind)?;
            let bytes = header(headers, "content-length").and_then(|text| text.parse().ok());
            Ok(Version::of(url.as_str(), headers, bytes))
        }
        // A server that does not know HEAD may well know GET.
        405 | 501 => Ok(Version { url: url.to_string(), ..Version::default() }),
        status => Err(refusal(status, url)),
    }
}

/// The error for a status that brings no file.
pub(super) fn refusal(status: u16, url: &Url) -> FetchError {
    let url = url.to_string();
    match status {
        404 | 410 => FetchError::Missing { status, url },
        _ => FetchError::Status { status, url },
    }
}

/// Refuses an answer whose headers say that it cannot be the file.
pub(super) fn check_type(headers: &HeaderMap, url: &Url, wanted: Kind) -> Result<(), FetchError> {
    let content = |what: &str| FetchError::Content { what: what.to_owned(), wanted, url: url.to_string() };
    if let Some(what) = header(headers, "content-type").and_then(Kind::refuse_type) {
        return Err(content(what));
    }
    match header(headers, "content-encoding") {
        None | Some("" | "identity") => Ok(()),
        Some(_) => Err(content("a compressed transfer that was not asked for")),
    }
}

fn present(path: &Path, version: &Version) -> Result<Present, FetchError> {
    // A link at the final name is the user's own: its target's size counts, and it is never written to.
    if let (Ok(meta), published) = (path.metadata(), version.bytes)
        && meta.is_file()
    {
        let have = meta.len();
        return match published {
            Some(published) if published != have => Err(FetchError::Exists { have, published, path: path.to_owned() }),
            _ => Ok(Present::Whole),
        };
    }
    part::plain_length(path)?;
    Ok(match part::resumable(path, version)? {
        0 => Present::No,
        have => Present::Part(have),
    })
}

impl Plan {
    /// The command that opens the files, quoted for the shell where needed: `inkfield octopus.npy …`.
    pub fn open_command(&self) -> String {
        let mut command = "inkfield".to_owned();
        for file in &self.files {
            let path = file.path.strip_prefix(".").unwrap_or(&file.path);
            command.push(' ');
            command.push_str(&shell_word(&path.to_string_lossy()));
        }
        command
    }
}

/// A path as one word of a command line.
fn shell_word(path: &str) -> String {
    // A leading dash would read as an option.
    let path = if path.starts_with('-') { format!("./{path}") } else { path.to_owned() };
    let plain = |c: char| c.is_alphanumeric() || "_-./+,:@%".contains(c) || (cfg!(windows) && c == '\\');
    if path.chars().all(plain) {
        path
    } else if cfg!(windows) {
        format!("\"{path}\"")
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |file: &PlannedFile| file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let width = self.files.iter().map(|file| name(file).chars().count()).max().unwrap_or(0);
        for file in &self.files {
            let size = file.bytes.map_or_else(|| "size unknown".to_owned(), size_words);
            write!(f, "{:width$}  {size:>12}", name(file))?;
            match file.present {
                Present::No => writeln!(f)?,
                Present::Part(have) => writeln!(f, "  goes on after {}", size_words(have))?,
                Present::Whole if file.bytes.is_some() => writeln!(f, "  already here, kept")?,
                Present::Whole => writeln!(f, "  already here, kept (size not compared)")?,
            }
        }
        let missing: Option<u64> = self.files.iter().map(PlannedFile::missing_bytes).sum();
        match missing {
            Some(0) => writeln!(f, "nothing to download: all is in {}", self.options.dir.display())?,
            Some(missing) => writeln!(f, "{} to download into {}", size_words(missing), self.options.dir.display())?,
            None => writeln!(f, "to be downloaded into {}", self.options.dir.display())?,
        }
        write!(f, "{CREDIT}")
    }
}

/// Bytes for people: decimal units with one place.
fn size_words(bytes: u64) -> String {
    const UNITS: [&str; 3] = ["kB", "MB", "GB"];
    if bytes < 1000 {
        return format!("{bytes} bytes");
    }
    let mut value = bytes as f64 / 1e3;
    let mut units = UNITS.iter().peekable();
    while let Some(unit) = units.next() {
        // 999.95 would print as 1000.0.
        if value < 999.95 || units.peek().is_none() {
            return format!("{value:.1} {unit}");
        }
        value /= 1e3;
    }
    format!("{bytes} bytes")
}
