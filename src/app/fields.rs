//! Which fields of drawings are shown and in which order: remembered for each kind of data, that is for the names of its columns.

use super::describe::{self, FieldText};
use super::kept;
use super::state::App;
use super::ui::InspectorPage;
use crate::data::columns::Columns;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Kinds of data that are remembered, those last that were changed last.
const KEPT: usize = 100;

/// Fields in their order, each with whether it is shown.
pub(super) type Arranged = Vec<(FieldText, bool)>;

/// What is chosen for a kind of data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Choice {
    /// Names of fields in their order; others follow as they come.
    order: Vec<String>,
    /// Names of those that are not shown.
    hidden: Vec<String>,
    /// None is shown but those in `order`.
    #[serde(skip)]
    only: bool,
}

impl Choice {
    fn shows(&self, name: &str) -> bool {
        let is_among = |names: &[String]| names.iter().any(|known| known == name);
        !is_among(&self.hidden) && (!self.only || is_among(&self.order))
    }

    fn place(&self, name: &str) -> usize {
        self.order.iter().position(|known| known == name).unwrap_or(usize::MAX)
    }
}

/// A kind of data with what is chosen for it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kind {
    /// The names of all columns, in order of the alphabet.
    columns: Vec<String>,
    #[serde(flatten)]
    choice: Choice,
}

/// All that is chosen.
#[derive(Debug, Default)]
pub(super) struct FieldChoices {
    kinds: Vec<Kind>,
    /// What the command line names; in force until something else is chosen.
    given: Option<Choice>,
    /// Names of the command line have been held against the columns of the set that is open.
    pub(super) is_checked: bool,
    file: Option<PathBuf>,
}

impl FieldChoices {
    /// What was chosen before, and the fields that the command line names.
    pub(super) fn load(given: &[String]) -> Self {
        Self::load_from(kept::file("fields.json"), given)
    }

    fn load_from(file: Option<PathBuf>, given: &[String]) -> Self {
        let choice = Choice { order: given.to_vec(), hidden: Vec::new(), only: true };
        let given = (!given.is_empty()).then_some(choice);
        Self { kinds: kept::read(file.as_deref()), given, is_checked: false, file }
    }

    /// What is chosen for data with these columns.
    pub(super) fn choice(&self, columns: &Columns) -> Option<&Choice> {
        if self.given.is_some() {
            return self.given.as_ref();
        }
        // Each frame asks, and most people never choose.
        if self.kinds.is_empty() {
            return None;
        }
        let names = kind_of(columns);
        self.kinds.iter().find(|kind| kind.columns == names).map(|kind| &kind.choice)
    }

    /// Fields in their order, each with whether it is shown.
    pub(super) fn arranged(&self, columns: &Columns, mut fields: Vec<FieldText>) -> Arranged {
        let Some(choice) = self.choice(columns) else { return fields.into_iter().map(|field| (field, true)).collect() };
        fields.sort_by_key(|field| choice.place(&field.name));
        let shown = |field: FieldText| {
            let is_shown = choice.shows(&field.name);
            (field, is_shown)
        };
        fields.into_iter().map(shown).collect()
    }

    /// The fields that are shown, in their order.
    pub(super) fn shown(&self, columns: &Columns, fields: Vec<FieldText>) -> Vec<FieldText> {
        let arranged = self.arranged(columns, fields).into_iter();
        arranged.filter_map(|(field, is_shown)| is_shown.then_some(field)).collect()
    }

    /// Keeps a choice, or none, for data with these columns. Other windows may have chosen for other kinds meanwhile.
    fn keep(&mut self, columns: &Columns, choice: Option<Choice>) {
        let columns = kind_of(columns);
        if self.file.is_some() {
            self.kinds = kept::read(self.file.as_deref());
        }
        self.kinds.retain(|kind| kind.columns != columns);
        self.kinds.extend(choice.map(|choice| Kind { columns, choice }));
        let extra = self.kinds.len().saturating_sub(KEPT);
        self.kinds.drain(..extra);
        self.given = None;
        if let Err(error) = kept::write(self.file.as_deref(), &self.kinds) {
            tracing::debug!("cannot keep the order of fields: {error}");
        }
    }

    /// The names of the command line that no field has.
    fn unknown(&self, columns: &Columns) -> Vec<String> {
        let given = self.given.iter().flat_map(|choice| choice.order.iter());
        given.filter(|name| !name.starts_with('@') && columns.get(name).is_none()).cloned().collect()
    }
}

/// The kind of data: the names of its columns.
fn kind_of(columns: &Columns) -> Vec<String> {
    let mut names: Vec<String> = columns.iter().map(|column| column.name().to_owned()).collect();
    names.sort_unstable();
    names
}

impl App {
    /// The fields of the drawing in the inspector as they are arranged: names, and whether each is shown.
    fn field_lines(&mut self) -> Vec<(String, bool)> {
        let row = self.inspected();
        let (Some(row), Some(session)) = (row, &mut self.session) else { return Vec::new() };
        let fields = describe::fields(session, row);
        let arranged = self.fields.arranged(&session.columns, fields).into_iter();
        arranged.map(|(field, is_shown)| (field.name, is_shown)).collect()
    }

    /// Shows the list in which fields are ordered in the inspector, or no longer.
    pub(super) fn order_fields(&mut self) {
        self.orders_fields = !self.orders_fields;
        if self.orders_fields {
            (self.page, self.inspector_open) = (InspectorPage::Drawing, true);
            self.comparing.end();
        }
    }

    /// Puts a field at another place among all of them.
    pub(super) fn move_field(&mut self, name: &str, to: usize) {
        let mut lines = self.field_lines();
        if let Some(from) = lines.iter().position(|(known, _)| known == name) {
            let line = lines.remove(from);
            lines.insert(to.min(lines.len()), line);
            self.keep_fields(lines);
        }
    }

    /// Shows a field, or hides it.
    pub(super) fn show_field(&mut self, name: &str, shows: bool) {
        let mut lines = self.field_lines();
        for line in lines.iter_mut().filter(|(known, _)| known == name) {
            line.1 = shows;
        }
        self.keep_fields(lines);
    }

    /// Shows all fields in the order of the records.
    pub(super) fn reset_fields(&mut self) {
        if let Some(session) = &self.session {
            self.fields.keep(&session.columns, None);
        }
    }

    fn keep_fields(&mut self, lines: Vec<(String, bool)>) {
        let Some(session) = self.session.as_ref().filter(|_| !lines.is_empty()) else { return };
        let hidden = lines.iter().filter(|(_, is_shown)| !is_shown).map(|(name, _)| name.clone()).collect();
        let order = lines.into_iter().map(|(name, _)| name).collect();
        self.fields.keep(&session.columns, Some(Choice { order, hidden, only: false }));
    }

    /// Says which of the fields that the command line names there are not, once all columns are known.
    pub(super) fn check_fields(&mut self) {
        let Some(session) = self.session.as_ref().filter(|session| session.columns.is_finished()) else { return };
        if std::mem::replace(&mut self.fields.is_checked, true) {
            return;
        }
        if let Some(name) = self.fields.unknown(&session.columns).first() {
            let (name, known) = (crate::data::columns::quoted(name), session.columns.known());
            self.complain(&format!("--fields: there is no column {name}; {known}"));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::app::describe::Knowledge;
    use crate::data::ndjson::parse_block;

    fn columns(line: &str) -> Columns {
        let mut columns = Columns::new();
        columns.append(0, parse_block(line.as_bytes(), 0, 0, 1 << 20).batch);
        columns.finish(1);
        columns
    }

    fn shown(choices: &FieldChoices, columns: &Columns, names: &[&str]) -> Vec<String> {
        let field = |name: &&str| FieldText {
            name: (*name).to_owned(),
            label: String::new(),
            value: String::new(),
            detail: String::new(),
            state: Knowledge::Known,
        };
        choices.shown(columns, names.iter().map(field).collect()).into_iter().map(|field| field.name).collect()
    }

    #[test]
    fn a_choice_is_remembered_for_data_with_the_same_columns() {
        let folder = tempfile::tempdir().unwrap();
        let file = Some(folder.path().join("deep/fields.json"));
        let (cats, same, dogs) =
            (columns(r#"{"a": 1, "b": 2, "c": 3}"#), columns(r#"{"c": 7, "a": 8, "b": 9}"#), columns(r#"{"a": 1}"#));
        let names = ["a", "b", "c", "@ink"];
        let mut choices = FieldChoices::load_from(file.clone(), &[]);
        assert_eq!(shown(&choices, &cats, &names), names);
        let order = ["c", "@ink", "a", "b"].map(str::to_owned).to_vec();
        choices.keep(&cats, Some(Choice { order, hidden: vec!["a".to_owned()], only: false }));
        // Another window chose for other data before it is closed.
        let mut other = FieldChoices::load_from(file.clone(), &[]);
        other.keep(&dogs, Some(Choice { order: vec!["@ink".to_owned()], ..Choice::default() }));
        let again = FieldChoices::load_from(file.clone(), &[]);
        assert_eq!(shown(&again, &same, &names), ["c", "@ink", "b"]);
        assert_eq!(shown(&again, &dogs, &["a", "@ink", "@row"]), ["@ink", "a", "@row"]);
        // What the command line names comes first, and goes with the next choice.
        let mut given = FieldChoices::load_from(file.clone(), &["b".to_owned(), "nope".to_owned()]);
        assert_eq!(shown(&given, &same, &names), ["b"]);
        assert_eq!(given.unknown(&same), ["nope"]);
        given.keep(&same, None);
        assert_eq!(shown(&given, &same, &names), names);
        assert_eq!(shown(&FieldChoices::load_from(file, &[]), &cats, &names), names);
    }
}
