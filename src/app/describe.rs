//! Says what is known of a drawing, for the inspector and the tooltip.

use super::session::Session;
use crate::data::Row;
use crate::data::columns::{Value, label, short_time};
use crate::data::countries::country_name;

/// One line of the inspector's table, owned.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldText {
    /// The column, or `@` and what else it is.
    pub name: String,
    /// Plain, lower-case label.
    pub label: String,
    /// Value.
    pub value: String,
    /// Beside the value, quieter.
    pub detail: String,
    /// Known, being read (with the fraction), or missing.
    pub state: Knowledge,
}

/// How much is known of a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Knowledge {
    /// It is there.
    Known,
    /// Its record has not been read yet.
    Reading(f32),
    /// The record has no such value.
    Unknown,
}

/// What the tooltip says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TipText {
    /// Name of the country.
    pub country: Option<&'static str>,
    /// Its two letters.
    pub code: Option<String>,
    /// Whether the drawing was recognised.
    pub recognised: Option<bool>,
    /// Short time.
    pub time: Option<String>,
    /// Fraction of the records read, while this one is not there.
    pub reading: Option<f32>,
}

/// The title of a drawing: its word, its category, its label where that is a name, or the set's name.
pub fn title(session: &Session, row: Row) -> String {
    let known = ["word", "category", "label"].into_iter().find_map(|name| {
        let text = session.columns.get(name)?.text(row);
        // A number says nothing without its name.
        let is_bare = name == "label" && text.parse::<f64>().is_ok();
        (!text.is_empty() && !is_bare).then_some(text)
    });
    known.unwrap_or_else(|| session.dataset.title().to_owned())
}

/// The tooltip of a drawing.
pub fn tip(session: &Session, row: Row) -> TipText {
    let Some(part) = session.records else { return TipText::default() };
    if !session.record_arrived(row) {
        return TipText { reading: Some(part), ..TipText::default() };
    }
    let text = |name: &str| session.columns.get(name).map(|column| column.text(row)).filter(|text| !text.is_empty());
    let code = text("countrycode");
    TipText {
        country: code.as_deref().and_then(country_name),
        recognised: session.columns.get("recognized").and_then(|column| match column.value(row) {
            Value::Flag(flag) => Some(flag),
            _ => None,
        }),
        time: session.columns.get("timestamp").and_then(|column| match column.value(row) {
            Value::Time(us) => Some(short_time(us)),
            _ => None,
        }),
        code,
        reading: None,
    }
}

/// All fields of a drawing, in the order of the records; with several categories theirs comes first.
pub fn fields(session: &mut Session, row: Row) -> Vec<FieldText> {
    let arrived = session.record_arrived(row);
    let reading = session.records.filter(|_| !arrived);
    let mut fields = column_fields(session, row);
    let other = |name: &str, label: &str, value: String, detail: &str, state| FieldText {
        name: name.to_owned(),
        label: label.to_owned(),
        value,
        detail: detail.to_owned(),
        state,
    };
    if let Some(part) = reading.filter(|_| fields.is_empty()) {
        for label in ["country", "recognised", "time"] {
            fields.push(other(label, label, String::new(), "", Knowledge::Reading(part)));
        }
    }
    if arrived && let Some(strokes) = session.stroke_count(row) {
        let strokes = crate::words::thousands(strokes as u64);
        fields.push(other("@strokes", "strokes", strokes, "(in the record)", Knowledge::Known));
    }
    if let Some(mean) = session.scene.ink.mean(row.0) {
        fields.push(other("@ink", "ink", crate::words::percent(mean as f32), "", Knowledge::Known));
    }
    let first = session.dataset.first_row();
    if first > 0 {
        let number = crate::words::thousands(u64::from(first) + u64::from(row.0));
        fields.push(other("@row", "row in the file", number, "", Knowledge::Known));
    }
    fields
}

/// What the columns hold of a drawing.
pub fn column_fields(session: &Session, row: Row) -> Vec<FieldText> {
    let reading = session.records.filter(|_| !session.record_arrived(row));
    let has_several = has_several_categories(session);
    let mut fields = Vec::new();
    for column in session.columns.iter() {
        // The word is the title already, and the same of all drawings or the category.
        if column.name() == "word" {
            continue;
        }
        let text = column.text(row);
        let value = column.value(row);
        let missing = value == Value::Missing;
        let (value, detail) = match (column.name(), value) {
            ("countrycode", _) => match country_name(&text) {
                Some(name) => (name.to_owned(), text),
                None => (text, String::new()),
            },
            (_, Value::Flag(yes)) => ((if yes { "yes" } else { "no" }).to_owned(), String::new()),
            _ => (text, String::new()),
        };
        let state = match reading {
            Some(part) => Knowledge::Reading(part),
            None if missing => Knowledge::Unknown,
            None => Knowledge::Known,
        };
        let name = column.name();
        let field = FieldText { name: name.to_owned(), label: label(name).to_owned(), value, detail, state };
        if has_several && name == "category" {
            fields.insert(0, field);
        } else {
            fields.push(field);
        }
    }
    fields
}

/// Whether the drawings are of several categories.
pub fn has_several_categories(session: &Session) -> bool {
    let columns = &session.columns;
    let is_told = |name: &str| columns.get(name).is_some_and(|column| column.distinct() > 1);
    session.dataset.parts().len() > 1 || (columns.is_finished() && ["category", "word"].into_iter().any(is_told))
}
