//! What texts are looked through for: patterns, parts, items of a list.

use super::ast::{How, Term};
use super::bind::name_of;
use super::error::{ConditionError, Spot};
use super::fills::TextTest;
use super::pair::Source;
use super::{MAX_PATTERN_BYTES, MAX_PATTERN_DEPTH};
use crate::data::columns::Column;
use crate::data::columns::store::Store;
use crate::words::{nfc, shown_text};
use regex::{Regex, RegexBuilder};

/// Longest reason why a pattern is none, in characters.
const SHOWN: usize = 100;

/// What each text is asked, in composed form.
pub(super) fn test<'a>(
    source: Source<'_>,
    how: How,
    pattern: &Term,
    at: &Spot,
) -> Result<TextTest<'a>, ConditionError> {
    let store = match source {
        Source::Column(column) => Some(&column.store),
        Source::Row => None,
    };
    let is_text = matches!(store, Some(Store::Empty(_) | Store::Words(_) | Store::Settled(..) | Store::Texts(_)));
    let is_written = matches!(store, Some(Store::Digits(_) | Store::Numbers(_) | Store::Times(_)));
    if !is_text && (how == How::Has || !is_written) {
        let (name, kind, hint) = (name_of(source), source.kind(), String::new());
        return Err(ConditionError::Operator { at: at.clone(), sign: how.sign(), name, kind, hint });
    }
    let wanted = nfc(&pattern.text).into_owned();
    match how {
        How::Has => Ok(Box::new(move |text| has(text, &wanted))),
        How::Matches => matching(&wanted, false, at),
        How::Contains => matching(&regex::escape(&wanted), true, at),
    }
}

fn matching<'a>(pattern: &str, any_case: bool, at: &Spot) -> Result<TextTest<'a>, ConditionError> {
    let mut builder = RegexBuilder::new(pattern);
    let builder = builder.case_insensitive(any_case).size_limit(MAX_PATTERN_BYTES).nest_limit(MAX_PATTERN_DEPTH);
    let regex: Regex = builder.build().map_err(|error| ConditionError::Pattern { at: at.clone(), why: why(&error) })?;
    Ok(Box::new(move |text| regex.is_match(text)))
}

/// The end of what the parser says, which tells what is wrong in a line.
fn why(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => "it is too large".to_owned(),
        other => {
            let text = other.to_string();
            let last = text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
            shown_text(last.trim().trim_start_matches("error: "), SHOWN)
        }
    }
}

/// Whether a list written as a text has the item. A JSON array of texts has the items that it has. In others commas, semicolons or bars separate items, blanks where there are none of
/// these; brackets around all and quotation marks around an item are left out.
pub(super) fn has(list: &str, item: &str) -> bool {
    let list = list.trim();
    if let Some(items) = json_items(list) {
        return items.iter().any(|known| known == item);
    }
    let inside = [('[', ']'), ('(', ')'), ('{', '}')]
        .into_iter()
        .find_map(|(open, close)| list.strip_prefix(open)?.strip_suffix(close))
        .unwrap_or(list);
    let separators: &[char] = &[',', ';', '|'];
    let is_item = |part: &str| {
        let part = part.trim();
        let bare = ['"', '\''].into_iter().find_map(|mark| part.strip_prefix(mark)?.strip_suffix(mark));
        bare.unwrap_or(part) == item
    };
    if inside.contains(separators) {
        inside.split(separators).any(is_item)
    } else {
        inside.split_whitespace().any(is_item)
    }
}

/// The items of a JSON array of texts.
fn json_items(list: &str) -> Option<Vec<String>> {
    if list.starts_with('[') { serde_json::from_str(list).ok() } else { None }
}

/// Whether any value of a column of texts, in composed form, is such; of other columns none is.
pub(super) fn holds(column: &Column, is: &dyn Fn(&str) -> bool) -> bool {
    let is = |text: &str| is(&nfc(text));
    match &column.store {
        Store::Words(words) => words.dictionary.iter().any(is),
        Store::Settled(_, dictionary) => dictionary.iter().any(is),
        Store::Texts(texts) => texts.iter().flatten().any(is),
        _ => false,
    }
}
