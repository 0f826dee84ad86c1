//! What may be meant by a name or a value that is not there.

use super::ast::Term;
use super::bind::shown;
use crate::data::columns::names::quoted;
use crate::data::columns::store::Store;
use crate::data::columns::{Column, Columns};
use crate::words::shown_text;

/// Most values among which the nearest is looked for.
const MOST: usize = 5000;
/// Longest text for which one is, in bytes.
const LONGEST: usize = 64;

/// The column that is meant, as the end of a sentence; empty where none is near.
pub(super) fn column(columns: &Columns, name: &str) -> String {
    if columns.holds_arrays(name) {
        let key = shown_text(name, LONGEST);
        return format!(
            ": its values are arrays or objects, which make no column; arrays of texts do, e.g. by `jq -c '.{key} |= map(tostring)'`"
        );
    }
    let near = nearest(name, columns.iter().map(Column::name));
    near.map_or_else(String::new, |near| format!("; the nearest is {}", quoted(near)))
}

/// That no row has a value, and which is near.
pub(super) fn unknown_value(column: &Column, term: &Term) -> String {
    let near = match &column.store {
        Store::Words(words) if words.dictionary.len() <= MOST => nearest(&term.text, words.dictionary.iter()),
        Store::Settled(_, dictionary) if dictionary.len() <= MOST => nearest(&term.text, dictionary.iter()),
        _ => None,
    };
    let near =
        near.map_or_else(String::new, |near| format!("; the nearest value is \"{}\"", shown_text(near, LONGEST)));
    format!("no drawing has the value \"{}\" in the column {}{near}", shown(term), quoted(column.name()))
}

/// The nearest of some texts: the same in another case, or a few letters apart.
fn nearest<'t>(text: &str, others: impl Iterator<Item = &'t str>) -> Option<&'t str> {
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let wanted = text.to_lowercase();
    let most = (text.chars().count() / 3).max(1);
    let near = others.filter(|other| !other.is_empty() && other.len() <= LONGEST).filter_map(|other| {
        let lower = other.to_lowercase();
        let apart = strsim::osa_distance(&wanted, &lower);
        (apart <= most && apart < lower.chars().count()).then_some((apart, other))
    });
    near.min_by_key(|(apart, _)| *apart).map(|(_, other)| other)
}
