//! What the tooltip says where that is more or other than country, recognition and time: the fields that are chosen, the category.

use super::describe::{self, FieldText, Knowledge};
use super::fields::FieldChoices;
use super::session::Session;
use crate::data::Row;
use crate::data::columns::{Column, ColumnType, Value, short_time};

/// Fields in the tooltip at most.
const MOST: usize = 3;
/// What it shows where nothing is chosen and the records have it.
const USUAL: [&str; 3] = ["countrycode", "recognized", "timestamp"];
/// What is known of a picture as a file: it is shown where it is chosen.
const OF_FILES: [&str; 3] = ["width_px", "height_px", "bytes"];

/// The heading, and what stands below it; `None` where these are the usual ones.
pub(super) fn chosen(choices: &FieldChoices, session: &Session, row: Row) -> Option<(String, String)> {
    if !session.record_arrived(row) {
        return None;
    }
    let columns = &session.columns;
    let (choice, several) = (choices.choice(columns), describe::has_several_categories(session));
    let has_usual = USUAL.iter().any(|name| columns.get(name).is_some());
    if choice.is_none() && has_usual && !several {
        return None;
    }
    let title = describe::title(session, row);
    let fields = choices.shown(columns, describe::column_fields(session, row));
    let is_meant = |field: &FieldText| {
        let kind = columns.get(&field.name).map(Column::kind);
        let is_short = !matches!(kind, None | Some(ColumnType::Id | ColumnType::Text));
        let name = field.name.as_str();
        choice.is_some() || if has_usual { USUAL.contains(&name) } else { is_short && !OF_FILES.contains(&name) }
    };
    // The title says it already.
    let says = |field: &FieldText| field.state == Knowledge::Known && field.value != title;
    let meant = fields.iter().filter(|field| is_meant(field) && says(field)).take(MOST);
    let mut parts: Vec<String> = meant.map(|field| in_short(session, field, row)).collect();
    if parts.is_empty() {
        return None;
    }
    // What is true of all drawings heads none of them.
    let heading = if choice.is_some() && !several { parts.remove(0) } else { title };
    Some((heading, parts.join(" · ")))
}

/// A field in few words.
fn in_short(session: &Session, field: &FieldText, row: Row) -> String {
    let value = session.columns.get(&field.name).map_or(Value::Missing, |column| column.value(row));
    match value {
        Value::Flag(true) => field.label.clone(),
        Value::Flag(false) => format!("not {}", field.label),
        Value::Time(us) => short_time(us),
        Value::Number(_) | Value::Id(_) => format!("{} {}", field.label, field.value),
        // A cluster, a digit's label: a number says nothing without its name.
        Value::Text(text) if text.parse::<f64>().is_ok() => format!("{} {}", field.label, field.value),
        Value::Missing | Value::Text(_) => field.value.clone(),
    }
}
