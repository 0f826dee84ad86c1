//! What was odd about a load but not fatal: nothing is skipped silently.

use std::fmt;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// How much a note matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// The sentence with the path last, without "warning".
    pub fn sentence(&self) -> String {
        match &self.path {
            Some(path) => format!("{}: {}", self.text, path.display()),
            None => self.text.clone(),
        }
    }
}

impl fmt::Display for Note {
    /// `warning: 19 records for 20 drawings: octopus.ndjson`, the path last.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.severity == Severity::Warning {
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

    /// Adds something that is probably not as it should be.
    pub fn warn(&mut self, text: impl Into<String>, path: Option<&Path>) {
        self.push(Severity::Warning, text.into(), path);
    }

    fn push(&mut self, severity: Severity, text: String, path: Option<&Path>) {
        self.notes.push(Note { severity, text, path: path.map(Path::to_path_buf) });
    }

    /// Appends the notes of another report.
    pub fn extend(&mut self, other: Self) {
        self.notes.extend(other.notes);
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    /// The notes that `--strict` makes fatal.
    pub fn warnings(&self) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(|note| note.severity == Severity::Warning)
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
mod tests {
    use super::*;

    #[test]
    fn a_note_reads_as_a_sentence_with_the_path_last() {
        let mut report = LoadReport::new();
        report.warn("19 records for 20 drawings", Some(Path::new("a/b.ndjson")));
        report.info("joined by position", None);
        assert_eq!(report.to_string(), "warning: 19 records for 20 drawings: a/b.ndjson\njoined by position");
        assert_eq!(report.warnings().count(), 1);
        assert_eq!(
            report.to_json(),
            json!({"warnings": 1, "notes": [
                {"severity": "warning", "text": "19 records for 20 drawings", "path": "a/b.ndjson"},
                {"severity": "info", "text": "joined by position", "path": null}
            ]})
        );
    }
}
