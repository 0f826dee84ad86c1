//! Which rows a condition keeps.

use crate::data::columns::Columns;
use crate::data::columns::query::{Condition, ConditionError, Kept};
use std::fmt;
use std::str::FromStr;

/// A condition that keeps rows. As text in settings and snapshots.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Filter(Condition);

impl Filter {
    /// The condition.
    pub fn condition(&self) -> &Condition {
        &self.0
    }

    /// Which rows the condition is true of. Without columns it can only ask for rows by their numbers.
    pub fn kept(&self, columns: Option<&Columns>, rows: u32) -> Result<Kept, ConditionError> {
        match columns {
            Some(columns) => self.0.evaluate(columns, rows),
            None => self.0.evaluate(&Columns::new(), rows),
        }
    }
}

impl FromStr for Filter {
    type Err = ConditionError;

    fn from_str(text: &str) -> Result<Self, ConditionError> {
        text.parse().map(Self)
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // A test may fail by panicking.
mod tests {
    use super::*;

    #[test]
    fn snapshots_hold_a_condition_as_it_was_typed() {
        let filter: Filter = "word = 'cat' and  not seen".parse().unwrap();
        let text = serde_json::to_string(&filter).unwrap();
        assert_eq!(text, "\"word = 'cat' and  not seen\"");
        assert_eq!(serde_json::from_str::<Filter>(&text).unwrap(), filter);
        assert!(serde_json::from_str::<Filter>("\"word =\"").is_err());
    }

    #[test]
    fn rows_are_kept_by_their_numbers_without_records() {
        let kept = |condition: &str| condition.parse::<Filter>().unwrap().kept(None, 4);
        assert_eq!(kept("row >= 1 and row != 2").unwrap().rows, [false, true, false, true]);
        assert_eq!(kept("word = cat"), Err(ConditionError::NoRecords));
    }
}
