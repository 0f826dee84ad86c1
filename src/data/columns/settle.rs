//! Settles a column's type once all its values are known, and says what was odd about them.

use super::batch::Seen;
use super::kinds::{ColumnType, EXACT};
use super::store::{NO_CODE, NO_CODE_16, NO_ID, Store};

/// Fewest values of which "nearly all are distinct" says anything.
const ENOUGH: usize = 64;

/// The type of a store whose values have not all arrived.
pub(super) fn provisional(name: &str, store: &Store) -> ColumnType {
    match store {
        Store::Flags(_) => ColumnType::Flag,
        Store::Digits(digits) if digits.strings || named_id(name) => ColumnType::Id,
        Store::Digits(_) | Store::Numbers(_) => ColumnType::Number,
        Store::Times(_) => ColumnType::Time,
        Store::Texts(_) => ColumnType::Text,
        Store::Empty(_) | Store::Words(_) | Store::Settled(..) => ColumnType::Category,
    }
}

/// The final type of a column; turns its store into the form that type keeps.
pub(super) fn settle(name: &str, store: &mut Store) -> ColumnType {
    if let Store::Digits(digits) = store {
        if named_id(name) || nearly_all_distinct(&digits.values) {
            return ColumnType::Id;
        }
        *store = if digits.exact_numbers() {
            Store::Numbers(digits.values.iter().map(|&v| if v == NO_ID { f64::NAN } else { v as f64 }).collect())
        } else {
            store.as_words()
        };
    }
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
    provisional(name, store)
}

fn named_id(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.len().checked_sub(2).and_then(|at| bytes.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(b"id"))
}

/// Whether at least 95 % of 64 or more values differ.
fn nearly_all_distinct(values: &[u64]) -> bool {
    let mut values: Vec<u64> = values.iter().copied().filter(|&value| value != NO_ID).collect();
    let present = values.len();
    values.sort_unstable();
    values.dedup();
    present >= ENOUGH && values.len() as u64 * 100 >= present as u64 * 95
}

/// What is odd about a settled column, as a sentence; `None` when nothing is.
pub(super) fn oddity(name: &str, kind: ColumnType, store: &Store, seen: Seen) -> Option<String> {
    let kinds: Vec<&str> =
        [(seen.has(Seen::FLAG), "booleans"), (seen.has(Seen::NUMBER), "numbers"), (seen.has(Seen::STRING), "strings")]
            .into_iter()
            .filter_map(|(some, kind)| some.then_some(kind))
            .collect();
    let textual = matches!(kind, ColumnType::Category | ColumnType::Text);
    if textual && kinds.len() > 1 {
        return Some(format!("column {name:?} mixes {}: all are shown as text", kinds.join(" and ")));
    }
    if textual && seen.has(Seen::NUMBER) && store.len() > 0 {
        return Some(format!(
            "column {name:?} has numbers beyond ±{EXACT} (2^53): shown as text, so that they stay exact"
        ));
    }
    (seen.nested > 0).then(|| {
        let rows = if seen.nested == 1 { "row".to_owned() } else { format!("{} rows", seen.nested) };
        format!("column {name:?} holds arrays or objects in {rows}: shown as missing there")
    })
}
