//! A condition taken apart at its `and`s: parts that say what one column may hold, which a panel shows and writes anew, and all others,
//! which stay as they were typed.

use super::Condition;
use super::bind::Binder;
use super::choice::Choice;
use super::clauses::one_of_many;
use super::parse;
use crate::data::columns::{Column, Columns};
use std::ops::Range;

/// A part of a condition.
#[derive(Clone, Debug, PartialEq)]
struct Part {
    text: String,
    /// The column of which it says what it may hold.
    column: Option<String>,
}

/// A condition as choices of columns and the rest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Faceted {
    parts: Vec<Part>,
    choices: Vec<(String, Choice)>,
}

impl Condition {
    /// What it says of single columns, and the rest. Of two parts about one column that make no single choice the first is one.
    pub fn faceted(&self, columns: &Columns) -> Faceted {
        let parts = match parse::parts(&self.text) {
            Some(parts) => {
                let text = |bytes| self.text.get::<Range<usize>>(bytes).unwrap_or_default().to_owned();
                parts.into_iter().map(|(expr, bytes)| (expr, text(bytes))).collect()
            }
            None => vec![(self.expr.clone(), one_of_many(&self.text))],
        };
        let binder = Binder { columns, condition: &self.text, notes: Vec::new() };
        let mut faceted = Faceted::default();
        for (expr, text) in parts {
            let column = binder.choice(&expr).filter(|(column, choice)| faceted.take(column.name(), choice.clone()));
            faceted.parts.push(Part { text, column: column.map(|(column, _)| column.name().to_owned()) });
        }
        faceted
    }
}

impl Faceted {
    /// Adds a choice where it goes together with what is known of the column.
    fn take(&mut self, column: &str, choice: Choice) -> bool {
        let Some((_, known)) = self.choices.iter_mut().find(|(known, _)| known == column) else {
            self.choices.push((column.to_owned(), choice));
            return true;
        };
        let both = known.clone().both(choice);
        both.is_some_and(|both| {
            *known = both;
            true
        })
    }

    /// What is chosen of a column, if anything.
    pub fn choice(&self, column: &str) -> Option<&Choice> {
        self.choices.iter().find(|(known, _)| known == column).map(|(_, choice)| choice)
    }

    /// How many columns have a choice.
    pub fn len(&self) -> usize {
        self.choices.len()
    }

    /// Whether no column has one.
    pub fn is_empty(&self) -> bool {
        self.choices.is_empty()
    }

    /// The condition with another choice of a column, in the place of the one before; empty where nothing is asked any more.
    pub fn with(&self, column: &Column, choice: &Choice) -> String {
        let is_own = |part: &Part| part.column.as_deref() == Some(column.name());
        let at = self.parts.iter().position(is_own).unwrap_or(self.parts.len());
        let others = |parts: &[Part]| -> Vec<String> {
            parts.iter().filter(|part| !is_own(part)).map(|part| part.text.clone()).collect()
        };
        let (before, behind) = self.parts.split_at(at);
        let mut texts = others(before);
        texts.extend(choice.condition(column));
        texts.extend(others(behind));
        texts.join(" and ")
    }

    /// The condition without any choice; empty where nothing is asked any more.
    pub fn without_choices(&self) -> String {
        self.of(None).unwrap_or_default()
    }

    /// What it says of one column, or besides all of them, as a condition.
    pub(in crate::data::columns) fn of(&self, column: Option<&str>) -> Option<String> {
        let own: Vec<&str> =
            self.parts.iter().filter(|part| part.column.as_deref() == column).map(|part| part.text.as_str()).collect();
        (!own.is_empty()).then(|| own.join(" and "))
    }
}
