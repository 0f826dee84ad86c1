//! What a click on an entry of the legend asks for: a condition that keeps its rows alone, or all but these.

use super::categories::OWN;
use super::filter::Filter;
use crate::data::columns::Column;
use crate::data::columns::query::{self, ConditionError, all_of, bare, clauses};

/// What is asked of an entry of the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// The rows that have it.
    Only,
    /// All but these.
    AllBut,
}

/// The conditions of a legend's entries.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct EntryConditions {
    /// The column, as it stands in a condition.
    column: String,
    /// Values with an entry of their own.
    values: Vec<(u8, String)>,
    /// The entry of rows without a value.
    missing: u8,
    /// There are such rows.
    has_missing: bool,
}

impl EntryConditions {
    /// `entries` are those of all rows.
    pub(super) fn new(column: &Column, values: Vec<(u8, String)>, missing: u8, entries: &[u8]) -> Self {
        Self { column: query::name(column.name()), values, missing, has_missing: entries.contains(&missing) }
    }

    /// The condition of an entry; `None` where nothing has it.
    fn clause(&self, entry: u8, pick: Pick) -> Option<String> {
        let column = &self.column;
        let own = || self.values.iter().map(|(_, value)| query::value(value)).collect::<Vec<_>>().join(", ");
        let is_missing = entry == self.missing;
        let (only, others) = if is_missing {
            (format!("{column} is missing"), format!("{column} is not missing"))
        } else if usize::from(entry) == OWN + 1 && !self.values.is_empty() {
            (format!("{column} not in ({})", own()), format!("{column} in ({})", own()))
        } else {
            let (_, value) = self.values.iter().find(|(known, _)| *known == entry)?;
            let value = query::value(value);
            (format!("{column} = {value}"), format!("{column} != {value}"))
        };
        Some(match pick {
            Pick::Only => only,
            // What is compared with a missing value is neither true nor false.
            Pick::AllBut if self.has_missing && !is_missing => format!("({others} or {column} is missing)"),
            Pick::AllBut => others,
        })
    }

    /// Whether a condition is that of an entry, picked so.
    fn is_of(&self, clause: &str, pick: Pick) -> bool {
        let entries = self.values.iter().map(|(entry, _)| *entry).chain([OWN as u8 + 1, self.missing]);
        entries.filter_map(|entry| self.clause(entry, pick)).any(|own| bare(&own) == bare(clause))
    }

    /// The filter after a click: what was typed stays, the conditions of other entries go as far as this one replaces them, and its own
    /// one goes where it is there already.
    pub(super) fn picked(
        &self,
        filter: Option<&Filter>,
        entry: u8,
        pick: Pick,
    ) -> Result<Option<Filter>, ConditionError> {
        let text = filter.map(ToString::to_string).unwrap_or_default();
        let Some(own) = self.clause(entry, pick) else { return Ok(filter.cloned()) };
        let before = clauses(&text);
        let is_own = |clause: &&str| bare(clause) == bare(&own);
        let is_taken_back = before.iter().any(is_own);
        let stays = |clause: &&str| match pick {
            _ if is_own(clause) => false,
            Pick::Only => !self.is_of(clause, Pick::Only) && !self.is_of(clause, Pick::AllBut),
            Pick::AllBut => !self.is_of(clause, Pick::Only),
        };
        let mut after: Vec<&str> = before.iter().copied().filter(stays).collect();
        if !is_taken_back {
            after.push(&own);
        }
        filter_of(&after)
    }

    /// The filter without the conditions of entries, where it has some.
    pub(super) fn without(&self, filter: &Filter) -> Option<Result<Option<Filter>, ConditionError>> {
        let text = filter.to_string();
        let all = clauses(&text);
        let is_typed = |clause: &&str| !self.is_of(clause, Pick::Only) && !self.is_of(clause, Pick::AllBut);
        let typed: Vec<&str> = all.iter().copied().filter(is_typed).collect();
        (typed.len() < all.len()).then(|| filter_of(&typed))
    }
}

fn filter_of(clauses: &[&str]) -> Result<Option<Filter>, ConditionError> {
    if clauses.is_empty() { Ok(None) } else { all_of(clauses).parse().map(Some) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
mod tests {
    use super::*;

    fn words(has_missing: bool) -> EntryConditions {
        let values = [(1, "cat".to_owned()), (2, "a \"dog\" or so".to_owned())];
        let column = query::name("first word");
        EntryConditions { column, values: values.to_vec(), missing: OWN as u8 + 2, has_missing }
    }

    fn after(conditions: &EntryConditions, filter: &str, entry: u8, pick: Pick) -> String {
        let filter: Option<Filter> = (!filter.is_empty()).then(|| filter.parse().unwrap());
        conditions.picked(filter.as_ref(), entry, pick).unwrap().map(|filter| filter.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_click_asks_for_one_value_and_another_takes_it_back() {
        let words = words(false);
        let only = |filter: &str, entry| after(&words, filter, entry, Pick::Only);
        let cat = "`first word` = \"cat\"";
        assert_eq!(only("", 1), cat);
        assert_eq!(only(cat, 1), "");
        assert_eq!(only(cat, 2), "`first word` = \"a \"\"dog\"\" or so\"");
        assert_eq!(only("seen", 1), format!("seen and {cat}"));
        assert_eq!(only(&format!("seen and {cat}"), 1), "seen");
        assert_eq!(only("seen or n > 3", 1), format!("(seen or n > 3) and {cat}"));
        assert_eq!(only(&format!("(seen or n > 3) and {cat}"), 1), "seen or n > 3");
        assert_eq!(only(cat, OWN as u8 + 1), "`first word` not in (\"cat\", \"a \"\"dog\"\" or so\")");
        assert_eq!(only("", OWN as u8 + 2), "`first word` is missing");
        assert_eq!(only("seen", 7), "seen", "no value has it");
    }

    #[test]
    fn all_but_some_are_kept_by_a_click_each() {
        let words = words(true);
        let but = |filter: &str, entry| after(&words, filter, entry, Pick::AllBut);
        let no_cat = "(`first word` != \"cat\" or `first word` is missing)";
        assert_eq!(but("", 1), no_cat.trim_matches(['(', ')']));
        let both = but(&format!("seen and {no_cat}"), 2);
        assert_eq!(
            both,
            format!("seen and {no_cat} and (`first word` != \"a \"\"dog\"\" or so\" or `first word` is missing)")
        );
        assert_eq!(but(&both, 1), "seen and (`first word` != \"a \"\"dog\"\" or so\" or `first word` is missing)");
        // One alone gives way to all but another.
        assert_eq!(but("seen and `first word` = \"cat\"", OWN as u8 + 2), "seen and `first word` is not missing");
        assert_eq!(after(&words, &both, 1, Pick::Only), "seen and `first word` = \"cat\"");
    }

    #[test]
    fn what_was_typed_is_known_from_what_was_clicked() {
        let words = words(true);
        let without = |filter: &str| {
            words.without(&filter.parse().unwrap()).map(|rest| rest.unwrap().map(|rest| rest.to_string()))
        };
        assert_eq!(without("seen and n > 3"), None);
        assert_eq!(without("seen and `first word` = \"cat\""), Some(Some("seen".to_owned())));
        assert_eq!(without("`first word` is missing"), Some(None));
        assert_eq!(without(&after(&words, "", 1, Pick::AllBut)), Some(None));
    }
}
