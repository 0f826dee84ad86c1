//! Recently opened sets, kept where the system keeps a program's state.

use super::kept;
use crate::data::array::ShapeOptions;
use crate::data::dataset::named_path;
use crate::data::demo::Demo;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Entries kept.
const KEPT: usize = 8;

/// A set that was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What it was called.
    pub title: String,
    /// What was opened: paths (absolute) and demos.
    pub inputs: Vec<String>,
    /// `--shape` and `--axes` that it was opened with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    size: Option<(u32, u32)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    axes: Option<String>,
}

impl Entry {
    /// How its arrays are to be read; what cannot be understood is left to what the files say.
    pub fn shape(&self) -> ShapeOptions {
        ShapeOptions { size: self.size, axes: self.axes.as_deref().and_then(|axes| axes.parse().ok()) }
    }
}

/// The list and its file.
#[derive(Clone, Debug, Default)]
pub struct RecentSets {
    entries: Vec<Entry>,
    file: Option<PathBuf>,
}

impl RecentSets {
    /// Reads the list; an unreadable or absent file is an empty list.
    pub fn load() -> Self {
        Self::load_from(kept::file("recent.json"))
    }

    fn load_from(file: Option<PathBuf>) -> Self {
        let mut entries: Vec<Entry> = kept::read(file.as_deref());
        entries.truncate(KEPT);
        Self { entries, file }
    }

    /// The entries, newest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Puts a set first. That the list cannot be written is worth a log line, not a complaint.
    pub fn add(&mut self, title: &str, inputs: &[std::ffi::OsString], shape: &ShapeOptions) {
        let Some(inputs) = inputs.iter().map(|input| absolute(input)).collect::<Option<Vec<String>>>() else { return };
        let axes = shape.axes.as_ref().map(ToString::to_string);
        let entry = Entry { title: title.to_owned(), inputs, size: shape.size, axes };
        self.entries.retain(|known| known.inputs != entry.inputs);
        self.entries.insert(0, entry);
        self.entries.truncate(KEPT);
        if let Err(error) = kept::write(self.file.as_deref(), &self.entries) {
            tracing::debug!("cannot keep the list of recent sets: {error}");
        }
    }
}

/// An input that means the same from any folder; `None` where a path is no text.
pub(super) fn absolute(input: &std::ffi::OsStr) -> Option<String> {
    let text = input.to_str()?;
    if text == "demo" && !Path::new(text).exists() {
        return Some(Demo::WHOLE.to_owned());
    }
    if text.starts_with("demo:") {
        return Some(text.to_owned());
    }
    std::path::absolute(named_path(input)).ok()?.to_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::{RecentSets, ShapeOptions};

    #[test]
    fn the_newest_set_is_first_and_none_is_listed_twice() {
        let folder = tempfile::tempdir().unwrap();
        let file = Some(folder.path().join("deep/recent.json"));
        let mut recent = RecentSets::load_from(file.clone());
        let shape = ShapeOptions { size: Some((2, 3)), axes: Some("FN".parse().unwrap()) };
        recent.add("one", &["demo:1".into()], &ShapeOptions::default());
        recent.add("two", &["demo:2".into()], &ShapeOptions::default());
        recent.add("one", &["demo:1".into()], &shape);
        let read = RecentSets::load_from(file.clone());
        let titles: Vec<&str> = read.entries().iter().map(|entry| entry.title.as_str()).collect();
        assert_eq!(titles, ["one", "two"]);
        let shapes: Vec<ShapeOptions> = read.entries().iter().map(super::Entry::shape).collect();
        assert_eq!(shapes, [shape, ShapeOptions::default()]);
        std::fs::write(file.clone().unwrap(), "{ broken").unwrap();
        assert!(RecentSets::load_from(file).entries().is_empty());
    }
}
