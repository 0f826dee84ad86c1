//! Why a condition cannot be read or applied: what was wrong, at which character, and what to type instead.

use crate::words::{shown_text, thousands};
use std::fmt;
use std::ops::Range;
use thiserror::Error;

/// Most characters of a condition before and behind a place that are shown with it.
const AROUND: usize = 40;

/// A place in a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Bytes of the condition.
    pub bytes: Range<usize>,
    /// The first character there, counted from 1.
    pub character: usize,
}

impl Spot {
    pub(super) fn new(text: &str, bytes: Range<usize>) -> Self {
        let character = text.get(..bytes.start).map_or(0, |before| before.chars().count()) + 1;
        Self { bytes, character }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "character {}", self.character)
    }
}

/// Why a condition cannot be read, or cannot be asked of these columns.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ConditionError {
    /// Nothing was typed.
    #[error("the condition is empty: type one as in `countrycode = \"DE\" and not recognized`")]
    Empty,
    /// A text does not end.
    #[error("the quotation mark at {0} is not closed (a mark inside of a text is written twice)")]
    Unclosed(Spot),
    /// Something stands where nothing of its kind can.
    #[error("`{found}` at {at} does not fit: {expected} is needed{hint}")]
    Unexpected {
        /// Where it stands.
        at: Spot,
        /// What stands there.
        found: String,
        /// What could.
        expected: String,
        /// What may be meant, as the end of the sentence.
        hint: String,
    },
    /// The condition ends before it is one.
    #[error("the condition ends too early: {expected} is needed at {at}")]
    Unfinished {
        /// Its end.
        at: Spot,
        /// What is missing.
        expected: String,
    },
    /// Too many parentheses in one another.
    #[error("too many parentheses are open at {0}: at most {most} may stand in one another", most = super::MAX_DEPTH)]
    TooDeep(Spot),
    /// Too long to be looked at.
    #[error("the condition is too long: {} bytes; at most {} are read", thousands(*bytes as u64), thousands(super::MAX_BYTES as u64))]
    TooLong {
        /// How long.
        bytes: usize,
    },
    /// Too many comparisons.
    #[error(
        "the condition makes {} comparisons, and at most {} are made; many values stand in a list, as in `row in (1, 2, 3)`",
        thousands(*tests as u64),
        thousands(super::MAX_TESTS as u64)
    )]
    TooMany {
        /// How many.
        tests: usize,
    },
    /// There are no records.
    #[error("there is nothing to go by: these drawings have no records; name the .ndjson file, too")]
    NoRecords,
    /// No column of this name.
    #[error("there is no column {name} ({at}){near}; {known}")]
    Unknown {
        /// Where it is named.
        at: Spot,
        /// As it is typed.
        name: String,
        /// Which is meant, as the end of the sentence.
        near: String,
        /// Which columns there are, as a clause.
        known: String,
    },
    /// The column cannot hold such a value.
    #[error("the column {name} holds {kind} values, and `{value}` ({at}) is none{hint}")]
    Kind {
        /// Where the value stands.
        at: Spot,
        /// The column as it is typed.
        name: String,
        /// What it holds.
        kind: &'static str,
        /// What was asked for.
        value: String,
        /// What may be meant, as the end of the sentence.
        hint: String,
    },
    /// Two columns whose values cannot be compared so.
    #[error("{left} holds {right} ({at}): `{sign}` cannot compare these")]
    Pair {
        /// Where they stand.
        at: Spot,
        /// The one column.
        left: String,
        /// What it holds, the other column, and what that holds.
        right: String,
        /// How they were to be compared.
        sign: &'static str,
    },
    /// The values know no such relation.
    #[error("`{sign}` ({at}) does not work on {name}, which holds {kind} values{hint}")]
    Operator {
        /// Where it stands.
        at: Spot,
        /// What was asked for.
        sign: &'static str,
        /// The column as it is typed.
        name: String,
        /// What it holds.
        kind: &'static str,
        /// What to type instead, as the end of the sentence.
        hint: String,
    },
    /// A column that is neither true nor false stands alone.
    #[error("{name} ({at}) holds {kind} values: only flags stand alone; compare it, as in `{example}`")]
    Alone {
        /// Where it stands.
        at: Spot,
        /// The column as it is typed.
        name: String,
        /// What it holds.
        kind: &'static str,
        /// A comparison.
        example: String,
    },
    /// A word may mean two things.
    #[error("`{word}` ({at}) is a value of {column} and {other}")]
    Ambiguous {
        /// Where it stands.
        at: Spot,
        /// The word.
        word: String,
        /// The column that has the value.
        column: String,
        /// What else it is, and how each is typed.
        other: String,
    },
    /// Two values are compared.
    #[error("no column is compared at {0}: one side must be a column (a column's name may stand in `backticks`)")]
    NoColumn(Spot),
    /// A pattern that is none.
    #[error("the pattern at {at} is no regular expression: {why}")]
    Pattern {
        /// Where it stands.
        at: Spot,
        /// What is wrong with it.
        why: String,
    },
}

impl ConditionError {
    /// Where in the condition it lies; `None` where it is about the whole.
    pub fn spot(&self) -> Option<&Spot> {
        match self {
            Self::Empty | Self::TooLong { .. } | Self::TooMany { .. } | Self::NoRecords => None,
            Self::Unclosed(at)
            | Self::TooDeep(at)
            | Self::NoColumn(at)
            | Self::Unexpected { at, .. }
            | Self::Unfinished { at, .. }
            | Self::Unknown { at, .. }
            | Self::Kind { at, .. }
            | Self::Pair { at, .. }
            | Self::Operator { at, .. }
            | Self::Alone { at, .. }
            | Self::Ambiguous { at, .. }
            | Self::Pattern { at, .. } => Some(at),
        }
    }

    /// The condition around the place, and a line of carets below it.
    pub fn pointed(&self, condition: &str) -> Option<[String; 2]> {
        let bytes = &self.spot()?.bytes;
        let before = condition.get(..bytes.start)?;
        let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
        let cut = if from > 0 { "…" } else { "" };
        let before = format!("{cut}{}", shown_text(before.get(from..)?, AROUND));
        let inside = shown_text(condition.get(bytes.clone())?, AROUND);
        let behind = shown_text(condition.get(bytes.end..)?, AROUND);
        let blanks = " ".repeat(before.chars().count());
        let carets = "^".repeat(inside.chars().count().max(1));
        Some([format!("{before}{inside}{behind}"), format!("{blanks}{carets}")])
    }
}
