//! `metadata.csv`, `metadata.jsonl` and `metadata.parquet` beside pictures, in a folder or an archive: what they say of each is found by its
//! name, `file_name`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::json;
use super::picture::{More, Picture};
use super::place::{Fault, Place};
use crate::data::file::{PlainFile, Spool};
use crate::data::file_names::file_name;
use crate::data::formats::columnar;
use crate::data::joined::{ByName, Sense, Sensing, between};
use crate::data::report::Severity;
use crate::data::source::ImageError;
use crate::words::{counted, shown_text, thousands};

/// The column by which rows of a table are found.
const KEY: &str = "file_name";
/// Names without a picture that are shown.
const NAMED: usize = 3;
/// Characters of a table's path in an archive that are shown.
const MOST_SHOWN: usize = 60;

/// What is to be said of a table.
pub(super) type Said = Vec<(Severity, String)>;

/// What was found in a table.
#[derive(Debug, Default)]
struct Joined {
    rows: usize,
    /// Names of which there is no picture.
    extra: usize,
    first_extra: Vec<String>,
    /// Names that come more than once.
    repeated: usize,
    /// Rows without a name, and lines that are no record.
    nameless: usize,
    /// What is to be said of its lines.
    notes: Said,
}

/// A table about the pictures of its folder, on the disk or in an archive.
#[derive(Debug)]
pub(super) struct Table {
    /// What it is called in messages.
    title: String,
    /// What it would be called as a picture.
    path: String,
    lies: Lies,
}

#[derive(Debug)]
enum Lies {
    OnDisk(PathBuf),
    Within(Place),
}

impl Table {
    /// A file, which would be called `path` as a picture of the set.
    pub(super) fn of_file(file: PathBuf, path: String) -> Self {
        Self { title: file_name(&file), path, lies: Lies::OnDisk(file) }
    }

    /// A file in an archive, `inner` its path there; names of the archive's pictures begin with `prefix`.
    pub(super) fn in_archive(place: Place, archive: &str, prefix: &str, inner: &str) -> Self {
        let title = format!("{} in {archive}", shown_text(inner, MOST_SHOWN));
        Self { title, path: format!("{prefix}{inner}"), lies: Lies::Within(place) }
    }

    /// Joins it to the pictures; `own` are columns that the set has already.
    pub(super) fn join(self, pictures: &mut [Picture], own: &[&str]) -> Result<Said, ImageError> {
        let (name, prefix) = (&*self.title, folder_of(&self.path));
        let bytes = match self.bytes()? {
            Ok(bytes) => bytes,
            Err(what) => return Ok(vec![(Severity::Warning, format!("{name} was not read: {what}"))]),
        };
        let mut joining = Joining::new(prefix, pictures);
        let is = |ending: &str| self.path.to_ascii_lowercase().ends_with(ending);
        let done = match &self.lies {
            _ if is(".csv") => joining.csv(&bytes, own),
            Lies::OnDisk(path) if is(".parquet") => match of_rows(path)? {
                Ok(lines) => joining.json(lines.as_bytes(), own),
                Err(what) => Err(what),
            },
            _ => joining.json(&bytes, own),
        };
        if let Err(what) = done {
            return Ok(vec![(Severity::Warning, format!("{name} was not joined to the pictures: {what}"))]);
        }
        let (joined, fields) = (joining.joined, joining.fields);
        let within = pictures.iter().filter(|picture| picture.name.starts_with(prefix)).count();
        let with = fields.len();
        let first_without = pictures
            .iter()
            .enumerate()
            .find(|(number, picture)| picture.name.starts_with(prefix) && !fields.contains_key(number))
            .map(|(_, picture)| picture.name.get(prefix.len()..).unwrap_or_default().to_owned());
        for (number, fields) in fields {
            if let Some(picture) = pictures.get_mut(number) {
                // Another table may have spoken of it before.
                picture.more = match std::mem::take(&mut picture.more) {
                    More::Fields(before) if !before.is_empty() => More::Fields(format!("{before},{fields}").into()),
                    _ => More::Fields(fields.into()),
                };
            }
        }
        Ok(joined.said(name, [within, with], first_without))
    }

    /// All of it; `Err` within is why it cannot be read, as a clause.
    fn bytes(&self) -> Result<Result<Vec<u8>, String>, ImageError> {
        let all = match &self.lies {
            Lies::Within(place) => place.all(),
            Lies::OnDisk(path) => match PlainFile::open(path, &Spool::default(), &|_| true) {
                Ok(file) => Place::whole(file.into()).all(),
                Err(error) => Err(error.into()),
            },
        };
        match all {
            Ok(bytes) => Ok(Ok(bytes)),
            Err(Fault::Machine(error)) => Err(error.into()),
            Err(Fault::Own(what)) => Ok(Err(what)),
        }
    }
}

/// The folder of a path, with the last `/`.
fn folder_of(path: &str) -> &str {
    path.rfind('/').and_then(|slash| path.get(..=slash)).unwrap_or_default()
}

/// The rows of a Parquet file as lines of JSON; `Err` within is what is wrong with it.
fn of_rows(path: &Path) -> Result<Result<String, String>, ImageError> {
    let mut lines = String::new();
    let done = columnar::lines(PlainFile::open_packed(path)?, &mut |object| {
        lines.push_str(object);
        lines.push('\n');
    });
    match done {
        Ok(Some(_)) => Ok(Ok(lines)),
        Ok(None) => Ok(Err("it is no Parquet file".to_owned())),
        Err(error) if error.is_of_the_machine() => Err(error),
        Err(error) => Ok(Err(error.fault.to_string())),
    }
}

struct Joining<'a> {
    prefix: &'a str,
    places: ByName<'a, usize>,
    /// By the picture's number.
    fields: HashMap<usize, String>,
    joined: Joined,
}

impl<'a> Joining<'a> {
    fn new(prefix: &'a str, pictures: &'a [Picture]) -> Self {
        let mut places = ByName::default();
        for (number, picture) in pictures.iter().enumerate() {
            places.insert(&*picture.name, number);
        }
        Self { prefix, places, fields: HashMap::new(), joined: Joined::default() }
    }

    /// Takes what is said of the picture `name`.
    fn take(&mut self, name: &str, fields: String) {
        let name = name.replace('\\', "/");
        let bare = name.strip_prefix("./").unwrap_or(&name);
        if let Some(number) = self.places.get(&format!("{}{bare}", self.prefix)) {
            self.joined.repeated += usize::from(self.fields.insert(number, fields).is_some());
            return;
        }
        self.joined.extra += 1;
        if self.joined.first_extra.len() < NAMED {
            self.joined.first_extra.push(format!("{bare:?}"));
        }
    }

    fn csv(&mut self, bytes: &[u8], own: &[&str]) -> Result<(), String> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut sense = Sense::default();
        // What all lines have in common is known with the last one alone.
        while let Some(other) = self.csv_once(bytes, own, &sense)? {
            sense = other;
            (self.fields, self.joined) = (HashMap::new(), Joined::default());
        }
        Ok(())
    }

    /// Reads all lines; with what in mind they must be read once more.
    fn csv_once(&mut self, bytes: &[u8], own: &[&str], sense: &Sense) -> Result<Option<Sense>, String> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(between(bytes)).from_reader(bytes);
        let heading = reader.byte_headers().map_err(|error| format!("its heading cannot be read ({error})"))?;
        let named: Vec<String> = heading.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
        let mut sensing = Sensing::new(&named, sense);
        let names = sensing.names();
        let key = names.iter().position(|name| name == KEY).ok_or_else(no_key)?;
        for record in reader.byte_records() {
            // Bytes that lie in memory are records, whatever they hold.
            let Ok(record) = record else { continue };
            self.joined.rows += 1;
            let mut fields = String::new();
            let is_read = sensing.fields(&record, false, &mut |at, value| {
                if let Some(name) = names.get(at).filter(|_| at != key) {
                    json::push_renamed(&mut fields, name, value, own);
                }
            });
            match record.get(key).map(String::from_utf8_lossy).filter(|name| !name.is_empty()) {
                _ if !is_read => {}
                Some(name) => self.take(&name, fields),
                None => self.joined.nameless += 1,
            }
        }
        if let Some(again) = sensing.again(true) {
            return Ok(Some(again));
        }
        self.joined.notes = sensing.notes();
        sensing.refusal().map_or(Ok(None), Err)
    }

    fn json(&mut self, bytes: &[u8], own: &[&str]) -> Result<(), String> {
        for line in bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty()) {
            self.joined.rows += 1;
            let record = json::fields(line).and_then(|mut fields| {
                let key = fields.0.iter().position(|(name, _)| name == KEY)?;
                let (_, name) = fields.0.remove(key);
                Some((serde_json::from_str::<String>(name.get()).ok()?, fields))
            });
            let Some((name, fields)) = record else {
                self.joined.nameless += 1;
                continue;
            };
            let mut text = String::new();
            json::push_fields(&mut text, &fields, own);
            self.take(&name, text);
        }
        if self.joined.rows > 0 && self.joined.nameless == self.joined.rows { Err(no_key()) } else { Ok(()) }
    }
}

fn no_key() -> String {
    format!("it has no column {KEY}")
}

impl Joined {
    /// What is to be said of it, of so many pictures in its folder and those that it speaks of.
    fn said(self, name: &str, [pictures, with]: [usize; 2], first_without: Option<String>) -> Said {
        let mut said = vec![(
            Severity::Info,
            format!("{name} is joined by {KEY}: it speaks of {} of {}", thousands(with as u64), in_all(pictures)),
        )];
        let mut warn = |number: usize, what: String| {
            if number > 0 {
                said.push((Severity::Warning, format!("{name} {what}")));
            }
        };
        let missing = pictures - with.min(pictures);
        let such = first_without.map_or_else(String::new, |first| format!(", such as {first:?}"));
        warn(missing, format!("says nothing of {}{such}", in_all(missing)));
        let names = self.first_extra.join(", ");
        let more = if self.extra > NAMED { " …" } else { "" };
        let lost = counted(self.extra as u64, "picture that is not there", "pictures that are not there");
        warn(self.extra, format!("names {lost}: {names}{more}"));
        warn(self.repeated, format!("names {} more than once: the last line counts", in_all(self.repeated)));
        let lines = counted(self.nameless as u64, "line", "lines");
        warn(self.nameless, format!("has {lines} without a {KEY}, left out"));
        said.extend(self.notes.into_iter().map(|(severity, note)| (severity, format!("{name}: {note}"))));
        said
    }
}

fn in_all(pictures: usize) -> String {
    counted(pictures as u64, "picture", "pictures")
}
