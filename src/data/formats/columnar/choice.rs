//! Which column with drawings is opened, which others become records, and what is said of that.

use std::sync::Arc;

use arrow_schema::{DataType, Field};

use super::candidate::{Candidate, Holds, NAME, candidates, picture_bytes};
use super::container::Columnar;
use crate::data::file_names::file_name;
use crate::data::report::Severity;
use crate::data::source::{ImageError, ImageFault};
use crate::words::{shown_text, thousands};

/// Columns that are named.
const NAMED: usize = 8;

/// What is to be opened of a file, and what is to be said of that.
#[derive(Debug)]
pub(super) struct Choice {
    /// The column with drawings.
    pub(super) image: Candidate,
    /// Columns that are read as records.
    pub(super) others: Vec<usize>,
    pub(super) said: Vec<(Severity, String)>,
}

/// Chooses a column: the one of this name, else the first with pictures (or arrays that lie as such), else the one with most numbers a row, lists of floats last.
pub(super) fn choose(columnar: &Arc<Columnar>, name: Option<&str>) -> Result<Choice, ImageError> {
    let mut candidates = candidates(columnar)?;
    let chosen = match name {
        Some(name) => {
            let named = candidates.iter().position(|candidate| candidate.name == name);
            named.ok_or_else(|| no_such(columnar, &candidates, name))?
        }
        None => best(&candidates).ok_or_else(|| none(columnar))?,
    };
    let image = candidates.remove(chosen);
    if image.holds == Holds::Unknown {
        let what = format!(
            "its column {} is empty in its first rows: nothing says what it holds",
            shown_text(&image.name, NAME)
        );
        return Err(columnar.fault(&what));
    }
    let others = others(columnar, &candidates, Some(image.column));
    let mut said = Vec::new();
    let alike: Vec<&Candidate> = candidates.iter().filter(|candidate| candidate.is_drawing()).collect();
    if let Some(first) = alike.first() {
        let left_out: Vec<String> = alike.iter().take(NAMED).map(|candidate| candidate.told()).collect();
        // Whoever named a column knows of the others.
        let severity = if name.is_some() { Severity::Info } else { Severity::Warning };
        let text = format!(
            "of its columns {} is opened; left out: {}; {}:{} opens that one",
            image.told(),
            left_out.join(", "),
            file_name(columnar.path()),
            shown_text(&first.name, NAME),
        );
        said.push((severity, text));
    } else {
        said.push((Severity::Info, format!("its column {} is opened", image.told())));
    }
    let kind = |column: usize| columnar.schema.fields().get(column).map(|field| field.data_type());
    let is_other = |one: &&Candidate| {
        one.holds == Holds::Unknown && kind(one.column).is_some_and(|kind| picture_bytes(kind).is_some())
    };
    let without: Vec<String> = candidates.iter().filter(is_other).take(NAMED).map(Candidate::told).collect();
    if !without.is_empty() {
        said.push((Severity::Info, format!("left out: {}", without.join(", "))));
    }
    said.extend(unread(columnar, &others, candidates.iter().map(|candidate| candidate.column).chain([image.column])));
    if columnar.is_open_ended() {
        said.push((Severity::Warning, "the stream has no end: it may have been cut short".to_owned()));
    }
    Ok(Choice { image, others, said })
}

/// What a file is as a table.
#[derive(Debug)]
pub(super) struct Table {
    /// By their numbers.
    pub(super) columns: Vec<usize>,
    /// What is to be said of those that are left out.
    pub(super) said: Vec<(Severity, String)>,
    /// Whether one of these holds drawings.
    pub(super) is_drawn: bool,
}

/// The columns that a table has.
pub(super) fn table(columnar: &Arc<Columnar>) -> Result<Table, ImageError> {
    let candidates = candidates(columnar)?;
    let others = others(columnar, &candidates, None);
    let drawn: Vec<String> =
        candidates.iter().filter(|candidate| candidate.is_drawing()).map(Candidate::told).collect();
    let mut said = Vec::new();
    if !drawn.is_empty() {
        said.push((Severity::Info, format!("columns with drawings are left out of the table: {}", drawn.join(", "))));
    }
    said.extend(unread(columnar, &others, candidates.iter().filter(|c| c.is_drawing()).map(|c| c.column)));
    Ok(Table { columns: others, said, is_drawn: !drawn.is_empty() })
}

fn best(candidates: &[Candidate]) -> Option<usize> {
    let pictures =
        candidates.iter().position(|candidate| matches!(candidate.holds, Holds::Pictures | Holds::Packed(_)));
    let largest = || {
        let arrays = candidates.iter().enumerate().filter(|(_, candidate)| candidate.values() > 1);
        // Lists of floats lie as embeddings do. The first of those that are alike.
        let key = |candidate: &Candidate| (!candidate.is_list_of_floats(), candidate.values());
        arrays.rev().max_by_key(|(_, candidate)| key(candidate)).map(|(number, _)| number)
    };
    pictures.or_else(largest)
}

/// The columns that are read as records: all but those that hold drawings, or what has no text.
fn others(columnar: &Columnar, candidates: &[Candidate], image: Option<usize>) -> Vec<usize> {
    let is_left_out = |column: usize| {
        image == Some(column)
            || candidates.iter().any(|candidate| candidate.column == column && !candidate.is_value(columnar))
    };
    let fields = columnar.schema.fields().iter().enumerate();
    fields
        .filter(|(column, field)| !is_left_out(*column) && has_text(field.data_type()))
        .map(|(column, _)| column)
        .collect()
}

/// Whether values of a type can be written.
fn has_text(kind: &DataType) -> bool {
    let inner = |fields: &arrow_schema::Fields| fields.iter().all(|field| has_text(field.data_type()));
    match kind {
        DataType::Null
        | DataType::Interval(_)
        | DataType::Union(..)
        | DataType::RunEndEncoded(..)
        | DataType::ListView(_)
        | DataType::LargeListView(_) => false,
        DataType::Struct(fields) => inner(fields),
        DataType::List(item)
        | DataType::LargeList(item)
        | DataType::FixedSizeList(item, _)
        | DataType::Map(item, _) => has_text(item.data_type()),
        DataType::Dictionary(_, values) => has_text(values),
        _ => true,
    }
}

/// Columns that are neither drawings nor records.
fn unread(columnar: &Columnar, others: &[usize], said: impl Iterator<Item = usize>) -> Option<(Severity, String)> {
    let said: Vec<usize> = said.collect();
    let fields = columnar.schema.fields().iter().enumerate();
    let left: Vec<String> = fields
        .filter(|(column, _)| !others.contains(column) && !said.contains(column))
        .map(|(_, field)| told_of(field))
        .collect();
    let names = left.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    (!left.is_empty()).then(|| (Severity::Info, format!("columns that have no text are left out: {names}")))
}

fn told_of(field: &Field) -> String {
    let kind = match field.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => "text".to_owned(),
        DataType::Struct(_) => "struct".to_owned(),
        DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..) => "list".to_owned(),
        DataType::Dictionary(..) => "dictionary".to_owned(),
        DataType::Map(..) => "map".to_owned(),
        kind => shown_text(&kind.to_string(), NAME).to_lowercase(),
    };
    format!("{} ({kind})", shown_text(field.name(), NAME))
}

fn no_such(columnar: &Columnar, candidates: &[Candidate], name: &str) -> ImageError {
    let arrays = candidates.iter().take(NAMED).map(Candidate::told).collect::<Vec<_>>().join(", ");
    let arrays = if arrays.is_empty() { "none".to_owned() } else { arrays };
    ImageFault::NoSuchArray { name: shown_text(name, NAME), arrays }.at(columnar.path())
}

/// A file without drawings, and what it holds.
fn none(columnar: &Columnar) -> ImageError {
    let fields = columnar.schema.fields();
    let names: Vec<String> = fields.iter().take(NAMED).map(|field| told_of(field)).collect();
    let more = if fields.len() > NAMED { " …" } else { "" };
    let what = format!(
        "{} of {} rows without a column of drawings (its columns are {}{more})",
        columnar.form.called(),
        thousands(columnar.rows),
        names.join(", "),
    );
    ImageFault::NoneDrawn { what, advice: "--table joins it to drawings".to_owned() }.at(columnar.path())
}
