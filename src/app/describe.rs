//! Says what is known of a drawing, for the inspector and the tooltip.

use super::session::Session;
use crate::data::Row;
use crate::data::columns::{ColumnType, Value, label, short_time};
use crate::data::countries::country_name;

/// One line of the inspector's table, owned.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldText {
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

/// The title of a drawing: its word, its category, or the set's name.
pub fn title(session: &Session, row: Row) -> String {
    let known = ["word", "category"].into_iter().find_map(|name| {
        let text = session.columns.get(name)?.text(row);
        (!text.is_empty()).then_some(text)
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

/// All fields of a drawing.
pub fn fields(session: &mut Session, row: Row) -> Vec<FieldText> {
    let mut fields = Vec::new();
    let arrived = session.record_arrived(row);
    let reading = session.records.filter(|_| !arrived);
    let line =
        |label: &str, value: String, detail: String, state| FieldText { label: label.to_owned(), value, detail, state };
    for column in session.columns.iter() {
        // The word is the title already.
        if column.name() == "word" {
            continue;
        }
        let text = column.text(row);
        let missing = column.value(row) == Value::Missing;
        let (value, detail) = match (column.name(), column.kind()) {
            ("countrycode", _) => match country_name(&text) {
                Some(name) => (name.to_owned(), text),
                None => (text, String::new()),
            },
            (_, ColumnType::Flag) if !text.is_empty() => {
                let yes = column.value(row) == Value::Flag(true);
                ((if yes { "yes" } else { "no" }).to_owned(), String::new())
            }
            _ => (text, String::new()),
        };
        let state = match reading {
            Some(part) => Knowledge::Reading(part),
            None if missing => Knowledge::Unknown,
            None => Knowledge::Known,
        };
        fields.push(line(label(column.name()), value, detail, state));
    }
    if let Some(part) = reading.filter(|_| fields.is_empty()) {
        for name in ["country", "recognised", "time"] {
            fields.push(line(name, String::new(), String::new(), Knowledge::Reading(part)));
        }
    }
    if arrived && let Some(strokes) = session.stroke_count(row) {
        fields.push(line(
            "strokes",
            crate::words::thousands(strokes as u64),
            "(in the record)".to_owned(),
            Knowledge::Known,
        ));
    }
    if let Some(mean) = session.scene.ink.mean(row.0) {
        fields.push(line("ink", crate::words::percent(mean as f32), String::new(), Knowledge::Known));
    }
    let first = session.dataset.first_row();
    if first > 0 {
        let number = crate::words::thousands(u64::from(first) + u64::from(row.0));
        fields.push(line("row in the file", number, String::new(), Knowledge::Known));
    }
    fields
}
