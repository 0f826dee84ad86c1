//! Settles a column's type once all its values are known, and says what was odd about them.

use super::kinds::{ColumnType, EXACT};
use super::seen::Seen;
use super::store::{NO_CODE, NO_CODE_16, NO_ID, Store};
use super::texts::Texts;
use crate::words::counted;
use std::collections::HashSet;

/// Fewest small numbers of which "nearly all are different" says anything.
const ENOUGH: usize = 64;

/// The type of a store whose values have not all arrived.
pub(super) fn provisional(store: &Store) -> ColumnType {
    match store {
        Store::Flags(_) => ColumnType::Flag,
        Store::Digits(digits) if !digits.exact_numbers() => ColumnType::Id,
        Store::Digits(_) | Store::Numbers(_) => ColumnType::Number,
        Store::Times(_) => ColumnType::Time,
        Store::Texts(_) => ColumnType::Text,
        Store::Empty(_) | Store::Words(_) | Store::Settled(..) => ColumnType::Category,
    }
}

/// The final type of a column, by its values alone; turns its store into the form that type keeps.
pub(super) fn settle(store: &mut Store) -> ColumnType {
    if let Store::Digits(digits) = store {
        let present = digits.values.iter().filter(|&&value| value != NO_ID).count();
        let telling = !digits.exact_numbers() || present >= ENOUGH;
        if telling && nearly_all(present, different(&digits.values)) {
            return ColumnType::Id;
        }
        *store = if digits.exact_numbers() {
            Store::Numbers(digits.values.iter().map(|&v| if v == NO_ID { f64::NAN } else { v as f64 }).collect())
        } else {
            store.as_words()
        };
    }
    let names = names_something(store);
    match store {
        Store::Times(times) => times.settle(),
        Store::Texts(texts) => texts.shrink(),
        Store::Words(words) => {
            let narrow = |&code: &u32| {
                if code == NO_CODE { NO_CODE_16 } else { code as u16 }
            };
            let codes = words.codes.iter().map(narrow).collect();
            let mut dictionary = std::mem::take(&mut words.dictionary);
            dictionary.freeze();
            *store = Store::Settled(codes, dictionary);
        }
        _ => {}
    }
    if names { ColumnType::Id } else { provisional(store) }
}

/// Whether strings are identifiers: whole numbers in digits, nearly all different.
fn names_something(store: &Store) -> bool {
    match store {
        Store::Words(words) => {
            let present = words.codes.iter().filter(|&&code| code != NO_CODE).count();
            present > 0 && nearly_all(present, words.dictionary.len()) && words.dictionary.iter().all(is_whole)
        }
        Store::Texts(texts) => {
            let all = || texts.iter().flatten();
            all().all(is_whole) && nearly_all(all().count(), distinct(texts))
        }
        _ => false,
    }
}

/// Digits alone, or behind a minus.
pub(super) fn is_whole(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// How many different texts there are.
pub(super) fn distinct(texts: &Texts) -> usize {
    texts.iter().flatten().collect::<HashSet<_>>().len()
}

fn different(values: &[u64]) -> usize {
    let mut values: Vec<u64> = values.iter().copied().filter(|&value| value != NO_ID).collect();
    values.sort_unstable();
    values.dedup();
    values.len()
}

/// At least 95 %.
fn nearly_all(present: usize, different: usize) -> bool {
    different as u64 * 100 >= present as u64 * 95
}

/// What is odd about a settled column, a sentence for each thing.
pub(super) fn oddities(name: &str, kind: ColumnType, store: &Store, seen: Seen) -> Vec<String> {
    let kinds: Vec<&str> =
        [(seen.has(Seen::FLAG), "booleans"), (seen.has(Seen::NUMBER), "numbers"), (seen.has(Seen::STRING), "strings")]
            .into_iter()
            .filter_map(|(some, kind)| some.then_some(kind))
            .collect();
    let textual = matches!(kind, ColumnType::Category | ColumnType::Text);
    let mut odd = Vec::new();
    if textual && kinds.len() > 1 {
        odd.push(format!("column {name:?} mixes {}: all are shown as text", kinds.join(" and ")));
    } else if textual && seen.has(Seen::NUMBER) && store.len() > 0 {
        odd.push(format!("column {name:?} has numbers beyond ±{EXACT} (2^53): shown as text, so that they stay exact"));
    }
    if seen.nested > 0 {
        let rows = counted(seen.nested.into(), "row", "rows");
        odd.push(format!("column {name:?} holds arrays or objects in {rows}: shown as missing there"));
    }
    odd
}

/// What is said of a key whose values are all arrays or objects: there is nothing to make a column of.
pub(super) fn only_nested(name: &str, nested: u32) -> String {
    let records = counted(nested.into(), "record", "records");
    format!(
        "the key {name:?} holds arrays or objects in {records} and makes no column: flatten it, e.g. with `jq` or \
         pandas.json_normalize"
    )
}

/// What was chosen for a column, as a sentence.
pub(super) fn hint(name: &str, seen: Seen) -> Option<String> {
    seen.has(Seen::ROUNDED).then(|| {
        format!("column {name:?} has numbers with more digits than a 64-bit float holds: the nearest float is shown")
    })
}
