//! Conditions: a small language to ask rows for, as in
//! `countrycode = "DE" and not recognized and time >= 2017-03-01 and word in ("cat", "fish") and key_id ~ "^46"`.
//!
//! `token` takes the text apart, `parse` reads its grammar (with winnow) into an `ast`, which knows no columns; `bind` turns that
//! into a plan for the columns that there are, and `eval` carries it out on all cores. Texts of a category are asked
//! once for each that is distinct. What the language means exactly: `docs/contract.md`, "Conditions".
//!
//! Strangers' conditions are bounded: in length, in parentheses within one another, in comparisons, in the size of a pattern,
//! which is matched in time that grows as the text does.

mod ast;
mod bind;
mod choice;
mod clauses;
mod complete;
mod error;
mod eval;
mod expect;
mod fills;
mod literal;
mod near;
mod pair;
mod parse;
mod parts;
mod ranges;
#[cfg(test)]
mod tests;
mod texts;
mod token;
mod values;

pub use choice::{Choice, End};
pub use clauses::{all_of, bare, clauses};
pub use complete::{Candidate, CandidateKind, Completion, complete};
pub use error::{ConditionError, Spot};
pub use parts::Faceted;

use super::Columns;
use ast::Expr;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Longest condition, in bytes.
const MAX_BYTES: usize = 1 << 20;
/// Most parentheses within one another.
const MAX_DEPTH: usize = 50;
/// Most comparisons; a list of values is one.
const MAX_TESTS: usize = 1000;
/// Largest compiled pattern, in bytes. A Unicode class such as `\w` takes some 50,000.
const MAX_PATTERN_BYTES: usize = 2 << 20;
/// Most groups within one another in a pattern.
const MAX_PATTERN_DEPTH: u32 = 100;

/// What rows are asked for: a text that is a condition. Columns need not be known yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Condition {
    text: String,
    expr: Expr,
}

/// What a condition keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// For each row whether the condition is true of it.
    pub rows: Vec<bool>,
    /// What may be meant otherwise, a sentence each: values that no row has.
    pub notes: Vec<String>,
}

impl Condition {
    /// As it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it may go by a column: something in it is spelt so.
    pub fn mentions(&self, column: &str) -> bool {
        self.expr.mentions(column)
    }

    /// Asks so many rows of these columns. A comparison with a missing value is neither true nor false, and neither is what
    /// follows from it alone: as in SQL.
    pub fn evaluate(&self, columns: &Columns, rows: u32) -> Result<Kept, ConditionError> {
        let mut binder = bind::Binder { columns, condition: &self.text, notes: Vec::new() };
        let plan = binder.plan(&self.expr)?;
        Ok(Kept { rows: plan.kept(rows), notes: binder.notes })
    }
}

impl FromStr for Condition {
    type Err = ConditionError;

    fn from_str(text: &str) -> Result<Self, ConditionError> {
        Ok(Self { text: text.to_owned(), expr: parse::parse(text)? })
    }
}

impl TryFrom<String> for Condition {
    type Error = ConditionError;

    fn try_from(text: String) -> Result<Self, ConditionError> {
        text.parse()
    }
}

impl From<Condition> for String {
    fn from(condition: Condition) -> Self {
        condition.text
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A column's name as it can stand in a condition: in backticks where it could be something else. Behind an operator it needs them
/// also where the column before has a value that is called so.
pub fn name(name: &str) -> String {
    let is_word = token::tokens(name)
        .is_ok_and(|tokens| matches!(*tokens, [token::Token { kind: token::Kind::Word(word), .. }] if word == name));
    let means_more = parse::is_reserved(name) || name.eq_ignore_ascii_case("null") || literal::is_number_or_time(name);
    if is_word && !means_more { name.to_owned() } else { in_backticks(name) }
}

/// The number that is typed, or the first microsecond of the time.
pub(super) fn coordinate(text: &str, is_time: bool) -> Option<f64> {
    if is_time {
        return literal::span(text).map(|span| span.from.div_euclid(1000) as f64);
    }
    literal::number(text).filter(|number| number.is_finite())
}

/// A column's name as it can stand anywhere.
fn in_backticks(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// A value as it stands in a condition: in quotation marks, which make a value of whatever they hold.
pub fn value(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
