//! The file of tags that lies beside drawings: JSON, by what files are known by and by the rows in them.

use super::{Mark, Tag, Tags};
use crate::data::dataset::{Identity, SetIdentity};
use crate::data::runs::{Run, are_runs, rows_in, rows_of, runs_of};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use thiserror::Error;

/// The version of the form that is written here; others are left alone.
const VERSION: u32 = 1;

/// Why a file of tags cannot be read; nothing is ever written over it then.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SidecarError {
    /// It is no JSON of this form.
    #[error("it is damaged, or no file of tags ({0})")]
    Broken(String),
    /// A later version wrote it.
    #[error("it was written by another version of inkfield (form {0}, this one reads 1)")]
    Version(u64),
}

/// A file of tags.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Sidecar {
    inkfield_tags: u32,
    files: Vec<FileTags>,
}

/// The tags of one file of drawings.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct FileTags {
    file: Identity,
    changes: Vec<Change>,
}

/// What was done to some rows at a time.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Change {
    at: u64,
    tag: Option<Tag>,
    rows: Vec<Run>,
}

impl Serialize for Tag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_char(self.letter())
    }
}

impl<'de> Deserialize<'de> for Tag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::of(char::deserialize(deserializer)?)
            .ok_or_else(|| serde::de::Error::custom("a tag is a letter from A to Z"))
    }
}

impl Sidecar {
    /// Reads one.
    pub fn parse(json: &[u8]) -> Result<Self, SidecarError> {
        let broken = |error: serde_json::Error| SidecarError::Broken(error.to_string());
        let value: serde_json::Value = serde_json::from_slice(json).map_err(broken)?;
        match value.get("inkfield_tags").and_then(serde_json::Value::as_u64) {
            Some(version) if version == u64::from(VERSION) => {}
            Some(version) => return Err(SidecarError::Version(version)),
            None => return Err(SidecarError::Broken("\"inkfield_tags\" is missing".to_owned())),
        }
        let sidecar: Self = serde_json::from_value(value).map_err(broken)?;
        for FileTags { file, changes } in &sidecar.files {
            if let Some(change) = changes.iter().find(|change| !are_runs(&change.rows, file.rows)) {
                let rows = &change.rows;
                return Err(SidecarError::Broken(format!("these are no ascending rows of {}: {rows:?}", file.name)));
            }
        }
        Ok(sidecar)
    }

    /// As it is written: a line for each change.
    pub fn to_json(&self) -> String {
        let line = |change: &Change| format!("      {}", serde_json::json!(change));
        let file = |of: &FileTags| {
            let changes: Vec<String> = of.changes.iter().map(line).collect();
            let changes = if changes.is_empty() { String::new() } else { format!("\n{}\n    ", changes.join(",\n")) };
            format!("    {{\"file\": {}, \"changes\": [{changes}]}}", serde_json::json!(of.file))
        };
        let files: Vec<String> = self.files.iter().map(file).collect();
        format!("{{\"inkfield_tags\": {VERSION}, \"files\": [\n{}\n]}}\n", files.join(",\n"))
    }

    /// The tags of a set's open rows, and what is to be said of those of other versions of its files.
    pub fn tags_of(&self, set: &SetIdentity) -> (Tags, Vec<String>) {
        let (mut marks, mut notes) = (Vec::new(), Vec::new());
        for own in &self.files {
            if let Some(number) = set.find(&own.file) {
                let open = |mark: Mark| Some(Mark { row: set.of_file(number, mark.row)?, ..mark });
                marks.extend(own.marks().filter_map(open));
            } else if set.find_version(&own.file).is_some() {
                let rows: u64 =
                    own.changes.iter().filter(|change| change.tag.is_some()).map(|c| rows_in(&c.rows)).sum();
                let rows = crate::words::counted(rows, "drawing is", "drawings are");
                notes.push(format!("the tags of {rows} left out: {} has other drawings now", own.file.name));
            }
        }
        (Tags::of_marks(marks), notes)
    }

    /// Puts a set's tags in: of each row the later change stays, whoever made it. Other files' tags stay as they are.
    pub fn put(&mut self, set: &SetIdentity, tags: &Tags) {
        let mut of_files: BTreeMap<usize, Vec<Mark>> = BTreeMap::new();
        for mark in tags.marks() {
            if let Some((number, row)) = set.in_file(mark.row) {
                of_files.entry(number).or_default().push(Mark { row, ..*mark });
            }
        }
        for (number, marks) in of_files {
            let Some(file) = set.files().nth(number) else { continue };
            // As they are found again: of files that are equal the name decides.
            let known = |of: &&mut FileTags| {
                set.find(&of.file) == Some(number) || (of.file.is_same(file) && of.file.name == file.name)
            };
            let new = Tags::of_marks(marks);
            match self.files.iter_mut().find(known) {
                Some(of) => of.changes = changes_of(&Tags::of_marks(of.marks().collect()).merged(&new)),
                None => self.files.push(FileTags { file: file.clone(), changes: changes_of(&new) }),
            }
        }
    }
}

impl FileTags {
    fn marks(&self) -> impl Iterator<Item = Mark> + '_ {
        let of_change = |change: &Change| {
            let (tag, at) = (change.tag, change.at);
            rows_of(&change.rows).map(move |row| Mark { row, tag, at }).collect::<Vec<_>>()
        };
        self.changes.iter().flat_map(of_change)
    }
}

/// What was done at one time with one tag is one change.
fn changes_of(tags: &Tags) -> Vec<Change> {
    let mut changes: BTreeMap<(u64, Option<Tag>), Vec<u32>> = BTreeMap::new();
    for mark in tags.marks() {
        changes.entry((mark.at, mark.tag)).or_default().push(mark.row);
    }
    let change =
        |((at, tag), rows): ((u64, Option<Tag>), Vec<u32>)| Change { at, tag, rows: runs_of(rows.into_iter()) };
    changes.into_iter().map(change).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::data::dataset::{Dataset, OpenOptions};

    fn set(input: &str, rows: Option<&str>) -> SetIdentity {
        let options = OpenOptions { rows: rows.map(|rows| rows.parse().unwrap()), ..OpenOptions::default() };
        Dataset::open(&[input], &options).unwrap().identity().unwrap()
    }

    #[test]
    fn tags_come_back_from_their_file_in_slices_too() {
        let whole = set("demo:50:1", None);
        let tags = Tags::default().with(0..40, Tag::of('A'), 7).with([3, 5].into_iter(), None, 9);
        let mut sidecar = Sidecar::default();
        sidecar.put(&whole, &tags);
        let json = sidecar.to_json();
        assert!(json.contains("[[0,3],[4,5],[6,40]]"), "rows are written as runs: {json}");
        let read = Sidecar::parse(json.as_bytes()).unwrap();
        assert_eq!(read.tags_of(&whole), (tags.clone(), vec![]));
        assert_eq!(read.to_json(), json);
        let slice = set("demo:50:1", Some("2:8"));
        let rows: Vec<u32> = read.tags_of(&slice).0.iter().map(|(row, _)| row).collect();
        assert_eq!(rows, [0, 2, 4, 5], "rows 2, 4, 6 and 7 of the file");
        // What a slice changes leaves the rest as it is.
        let mut changed = read.clone();
        changed.put(&slice, &Tags::default().with([0].into_iter(), Tag::of('Z'), 20));
        let after = changed.tags_of(&whole).0;
        assert_eq!((after.get(2), after.get(39), after.count()), (Tag::of('Z'), Tag::of('A'), 38));
    }

    #[test]
    fn of_files_that_are_equal_each_has_its_own_tags() {
        let folder = tempfile::tempdir().unwrap();
        let paths = ["a.npy", "b.npy"].map(|name| folder.path().join(name));
        for path in &paths {
            ndarray_npy::write_npy(path, &ndarray::Array3::<u8>::from_elem((4, 3, 3), 9)).unwrap();
        }
        let both = Dataset::open(&paths, &OpenOptions::default()).unwrap().identity().unwrap();
        let mut sidecar = Sidecar::default();
        // First one of the second file, then the same row of the first.
        let second = Tags::default().with([5].into_iter(), Tag::of('B'), 1);
        sidecar.put(&both, &second);
        let all = second.with([1].into_iter(), Tag::of('A'), 2);
        sidecar.put(&both, &all);
        assert_eq!(sidecar.tags_of(&both).0, all);
        // Written once more there is no other entry.
        let json = sidecar.to_json();
        sidecar.put(&both, &all);
        assert_eq!(sidecar.to_json(), json);
    }

    #[test]
    fn tags_of_other_drawings_are_kept_and_not_shown() {
        let (mut sidecar, own, other) = (Sidecar::default(), set("demo:50:1", None), set("demo:50:2", None));
        sidecar.put(&own, &Tags::default().with([1, 2].into_iter(), Tag::of('A'), 1));
        let (tags, notes) = sidecar.tags_of(&other);
        assert!(tags.is_empty());
        assert_eq!(notes, ["the tags of 2 drawings are left out: demo has other drawings now"]);
        sidecar.put(&other, &Tags::default().with([1].into_iter(), Tag::of('B'), 2));
        assert_eq!(sidecar.tags_of(&own).0.count(), 2);
    }

    #[test]
    fn what_is_damaged_or_newer_is_refused() {
        let broken = |json: &str| matches!(Sidecar::parse(json.as_bytes()), Err(SidecarError::Broken(_)));
        let file = r#"{"name": "a.npy", "rows": 10, "size": [8, 8], "hash": "0"}"#;
        let with =
            |changes: &str| format!(r#"{{"inkfield_tags": 1, "files": [{{"file": {file}, "changes": [{changes}]}}]}}"#);
        assert!(Sidecar::parse(with(r#"{"at": 1, "tag": "A", "rows": [[0, 10]]}"#).as_bytes()).is_ok());
        for bad in [
            r#"{"at": 1, "tag": "A", "rows": [[0, 11]]}"#,
            r#"{"at": 1, "tag": "A", "rows": [[4, 4]]}"#,
            r#"{"at": 1, "tag": "A", "rows": [[4, 6], [5, 7]]}"#,
            r#"{"at": 1, "tag": "AB", "rows": []}"#,
            r#"{"at": 1, "tag": "ä", "rows": []}"#,
            r#"{"at": -1, "tag": "A", "rows": []}"#,
        ] {
            assert!(broken(&with(bad)), "{bad}");
        }
        for bad in ["", "{", "[]", "7", r#"{"files": []}"#, r#"{"inkfield_tags": 1}"#] {
            assert!(broken(bad), "{bad}");
        }
        assert_eq!(Sidecar::parse(br#"{"inkfield_tags": 2, "of": "old"}"#).unwrap_err(), SidecarError::Version(2));
    }
}
