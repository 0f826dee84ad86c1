//! What was odd about a load but not fatal: nothing is skipped silently.

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::file_names::file_name;

/// So many notes of a kind about files are said one by one.
const ONE_BY_ONE: usize = 3;
/// So many files of the others are named.
const NAMED: usize = 3;

/// How much a note matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// A choice that was made for the user, such as records found beside the bitmaps.
    Info,
    /// Something that is probably not as it should be; fatal under `--strict`.
    Warning,
}

impl Severity {
    /// `"info"` or `"warning"`, as the JSON report spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
        }
    }
}

/// One thing that the user should know of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// How much it matters.
    pub severity: Severity,
    /// A short sentence without the path and without a full stop.
    pub text: String,
    /// The file or folder that it is about.
    pub path: Option<PathBuf>,
}

impl Note {
    /// Whether it is fatal under `--strict`.
    pub fn is_warning(&self) -> bool {
        self.severity == Severity::Warning
    }

    /// The sentence with the path last, without "warning".
    pub fn sentence(&self) -> String {
        match &self.path {
            Some(path) => format!("{}: {}", self.text, path.display()),
            None => self.text.clone(),
        }
    }

    /// This note, with files or folders of which the same is to be said.
    fn with_others(&self, others: &[&Path]) -> Self {
        let named: Vec<String> = others.iter().take(NAMED).map(|path| file_name(path)).collect();
        let rest = if others.len() > NAMED { " …" } else { "" };
        let text = format!("{} (alike in {} more: {}{rest})", self.text, others.len(), named.join(", "));
        Self { text, ..self.clone() }
    }

    /// What notes of one kind have in common: the words without numbers, and without what stands in quotation marks. `None`
    /// where no file is meant.
    fn kind(&self) -> Option<(Severity, String)> {
        self.path.as_ref()?;
        let mut kind = String::new();
        for (place, part) in self.text.split('"').enumerate() {
            if place % 2 == 1 {
                kind.push('"');
                continue;
            }
            for c in part.chars() {
                if !c.is_ascii_digit() {
                    kind.push(c);
                } else if !kind.ends_with('0') {
                    kind.push('0');
                }
            }
        }
        Some((self.severity, kind))
    }
}

impl fmt::Display for Note {
    /// `warning: 19 records for 20 drawings: octopus.ndjson`, the path last.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_warning() {
            f.write_str("warning: ")?;
        }
        f.write_str(&self.sentence())
    }
}

/// All notes of one load, in the order in which they came up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoadReport {
    /// The notes.
    pub notes: Vec<Note>,
    /// What could be added to the set: a click away in a window, named with its option on the command line.
    pub offers: Vec<Offer>,
}

/// What lies beside a set, or in its records, and was not opened with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// A table for `--table`.
    Table(PathBuf),
    /// Places of the drawings for `--positions`.
    Places(PathBuf),
    /// What the strokes of its records say, for `--stroke-columns`.
    StrokeColumns,
}

impl Offer {
    /// "Add "x.tsv" as columns".
    pub fn in_words(&self) -> String {
        match self {
            Self::Table(path) => format!("Add \"{}\" as columns", file_name(path)),
            Self::Places(path) => format!("Show the places of \"{}\"", file_name(path)),
            Self::StrokeColumns => "Add columns from strokes".to_owned(),
        }
    }
}

impl LoadReport {
    /// A report without notes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a choice that was made for the user.
    pub fn info(&mut self, text: impl Into<String>, path: Option<&Path>) {
        self.push(Severity::Info, text.into(), path);
    }

    /// Adds a choice that was made for several files or folders: one note for each, one for all of more than three. For what a
    /// folder may hold hundreds of thousands of.
    pub fn info_each(&mut self, text: &str, paths: &[impl AsRef<Path>]) {
        self.push_each(Severity::Info, text, paths);
    }

    /// Adds what is probably not as it should be with several files, as [`Self::info_each`] does.
    pub fn warn_each(&mut self, text: &str, paths: &[impl AsRef<Path>]) {
        self.push_each(Severity::Warning, text, paths);
    }

    fn push_each(&mut self, severity: Severity, text: &str, paths: &[impl AsRef<Path>]) {
        let paths: Vec<&Path> = paths.iter().map(AsRef::as_ref).collect();
        match paths.as_slice() {
            [first, others @ ..] if paths.len() > ONE_BY_ONE => {
                let note = Note { severity, text: text.to_owned(), path: Some(first.to_path_buf()) };
                self.notes.push(note.with_others(others));
            }
            few => few.iter().for_each(|path| self.push(severity, text.to_owned(), Some(path))),
        }
    }

    /// Adds something that is probably not as it should be.
    pub fn warn(&mut self, text: impl Into<String>, path: Option<&Path>) {
        self.push(Severity::Warning, text.into(), path);
    }

    fn push(&mut self, severity: Severity, text: String, path: Option<&Path>) {
        self.notes.push(Note { severity, text, path: path.map(Path::to_path_buf) });
    }

    /// Offers something, once.
    pub fn offer(&mut self, offer: Offer) {
        if !self.offers.contains(&offer) {
            self.offers.push(offer);
        }
    }

    /// Appends the notes of another report.
    pub fn extend(&mut self, other: Self) {
        self.notes.extend(other.notes);
        self.offers.extend(other.offers);
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    /// The notes that `--strict` makes fatal.
    pub fn warnings(&self) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(|note| note.is_warning())
    }

    /// The notes as people are to read them: more than three of a kind about files become one, which names the first files.
    pub fn bundled(&self) -> Vec<Note> {
        let mut kinds: HashMap<(Severity, String), Vec<&Note>> = HashMap::new();
        for note in &self.notes {
            if let Some(kind) = note.kind() {
                kinds.entry(kind).or_default().push(note);
            }
        }
        let one = |note: &Note| {
            let alike = note.kind().and_then(|kind| kinds.get(&kind)).filter(|alike| alike.len() > ONE_BY_ONE);
            match alike.and_then(|alike| alike.split_first()) {
                None => Some(note.clone()),
                Some((first, others)) if std::ptr::eq(*first, note) => {
                    Some(first.with_others(&others.iter().filter_map(|note| note.path.as_deref()).collect::<Vec<_>>()))
                }
                Some(_) => None,
            }
        };
        self.notes.iter().filter_map(one).collect()
    }

    /// Writes the warnings to the log, which standard error shows.
    pub fn log(&self) {
        for note in self.bundled().iter().filter(|note| note.is_warning()) {
            tracing::warn!("{}", note.sentence());
        }
    }

    /// `{"warnings": 1, "notes": [{"severity", "text", "path"}, …]}`; `path` is null where no file is meant.
    pub fn to_json(&self) -> Value {
        let notes: Vec<Value> = self
            .notes
            .iter()
            .map(|note| {
                json!({
                    "severity": note.severity.as_str(),
                    "text": note.text,
                    "path": note.path.as_ref().map(|path| path.to_string_lossy()),
                })
            })
            .collect();
        json!({ "warnings": self.warnings().count(), "notes": notes })
    }
}

impl fmt::Display for LoadReport {
    /// One line per note, without a final line end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, note) in self.notes.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            note.fmt(f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
