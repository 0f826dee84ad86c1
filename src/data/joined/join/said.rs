//! What is said of a join: by what lines were found, and which belong to nothing.

use super::{By, Joining, ROW};
use crate::data::Row;
use crate::data::columns::{quoted, quoted_names};
use crate::data::joined::JoinError;
use crate::data::joined::NAMED as MOST_NAMED;
use crate::data::report::{LoadReport, Severity};
use crate::words::counted;

impl Joining<'_> {
    /// Says by what the table was joined and what did not match; an error where nothing did.
    pub(super) fn say(&self, report: &mut LoadReport) -> Result<(), JoinError> {
        let (path, name) = (Some(self.table.path.as_path()), self.table.name());
        for (severity, note) in self.table.notes.iter().chain(&self.why) {
            let text = format!("{name}: {note}");
            match severity {
                Severity::Warning => report.warn(text, path),
                Severity::Info => report.info(text, path),
            }
        }
        let by = match &self.by {
            Some(By::Position { .. }) => "by position: line i belongs to row i".to_owned(),
            Some(By::Row(_)) => format!("by its column {ROW}"),
            Some(By::Key(key, _)) => format!("by {}", quoted(key)),
            None => return Ok(()),
        };
        report.info(format!("{name} is joined {by}"), path);
        if let Some(first) = &self.first_so {
            let drawings = counted(self.so_found, "drawing", "drawings");
            let text = format!("{name}: {drawings} by the end of the path alone, as {first:?}: no line has the whole");
            report.info(text, path);
        }
        let lines = self.met.iter().filter(|met| !**met).count() as u64;
        let are_none = lines == u64::from(self.table.rows);
        // Of a slice nobody knows which of the others are missing.
        let is_whole = self.open == (0..self.total);
        if is_whole && are_none {
            return Err(JoinError::no_table(&self.table.path, &self.nothing_met(&by)));
        }
        if self.without > 0 {
            let drawings = counted(self.without, "drawing has", "drawings have");
            let is_foreign = are_none && matches!(self.by, Some(By::Key(..)));
            let other = if is_foreign { format!("; its first line is {}", self.first_unmet()) } else { String::new() };
            report.warn(format!("{drawings} no line in {name}: {} …{other}", self.first_without.join(", ")), path);
        }
        if is_whole && lines > 0 {
            let these = counted(lines, "line", "lines");
            report.warn(format!("{name}: {these} of no drawing, the first is {}", self.first_unmet()), path);
        }
        Ok(())
    }

    /// Why no line is a drawing's: a key of each side shows how they differ.
    fn nothing_met(&self, by: &str) -> String {
        let advice = "name the column that both have with --join";
        let none = format!("none of its lines is a drawing's, {by}");
        if let Some(By::Key(..)) = &self.by
            && !self.has_key
        {
            let known = quoted_names(self.own.iter().take(MOST_NAMED).map(String::as_str));
            let more = if self.own.len() > MOST_NAMED { " …" } else { "" };
            let none_at_all = || "no columns at all".to_owned();
            let have = if known.is_empty() { none_at_all() } else { format!("no such column, but {known}{more}") };
            return format!("{none}: the drawings have {have}; {advice}, or as OURS=THEIRS");
        }
        match self.first_without.first() {
            Some(ours) => format!("{none}: {ours} of the drawings, {} of the table; {advice}", self.first_unmet()),
            None => format!("{none}: {advice}"),
        }
    }

    /// The key of the first line that is no drawing's, or its number.
    fn first_unmet(&self) -> String {
        let first = self.met.iter().position(|met| !met).unwrap_or(0) as u32;
        let column = self.column.as_ref().and_then(|name| self.table.column(name));
        let key = column.map(|column| match &self.by {
            Some(By::Row(_)) => format!("row {}", column.text(Row(first))),
            _ => format!("{:?}", column.text(Row(first))),
        });
        key.filter(|key| key != "\"\"" && key != "row ").unwrap_or_else(|| format!("number {}", first + 1))
    }
}
