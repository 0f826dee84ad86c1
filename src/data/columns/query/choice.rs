//! What one column may hold, as a panel lets one choose it: values of a list, ends, a text within. It is written as a condition and
//! read from one.

use super::ast::{Expr, How, Op, Term};
use super::bind::{Binder, Side};
use super::literal::{flag, number, span};
use super::pair::Source;
use super::{name, value};
use crate::data::columns::{Column, ColumnType};

/// An end of a range.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// As it is typed.
    pub text: String,
    /// Where it lies: a number, or microseconds since 1970.
    pub at: f64,
    /// What lies there belongs to the range.
    pub closed: bool,
}

/// What a column may hold; nothing is chosen by default, which keeps every row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// These values; `true` and `false` of flags.
    pub values: Vec<String>,
    /// What lies behind it.
    pub low: Option<End>,
    /// What lies before it.
    pub high: Option<End>,
    /// Texts that hold this one, in any case.
    pub contains: Option<String>,
    /// Rows without a value, besides.
    pub missing: bool,
}

impl Choice {
    /// Whether nothing is chosen.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it says anything of rows that have a value.
    fn is_of_values(&self) -> bool {
        !self.values.is_empty() || self.low.is_some() || self.high.is_some() || self.contains.is_some()
    }

    /// As a condition that can stand beside others; `None` where nothing is chosen.
    pub fn condition(&self, column: &Column) -> Option<String> {
        let name = name(column.name());
        let is_flag = column.kind() == ColumnType::Flag;
        let quoted = |text: &String| if is_flag { text.clone() } else { value(text) };
        let mut parts = Vec::new();
        match self.values.as_slice() {
            [] => {}
            [only] if is_flag => parts.push(if only == "true" { name.clone() } else { format!("not {name}") }),
            [only] => parts.push(format!("{name} = {}", quoted(only))),
            many => parts.push(format!("{name} in ({})", many.iter().map(quoted).collect::<Vec<_>>().join(", "))),
        }
        if let Some(low) = &self.low {
            parts.push(format!("{name} {} {}", if low.closed { ">=" } else { ">" }, low.text));
        }
        if let Some(high) = &self.high {
            parts.push(format!("{name} {} {}", if high.closed { "<=" } else { "<" }, high.text));
        }
        if let Some(text) = &self.contains {
            parts.push(format!("{name} contains {}", value(text)));
        }
        let of_values = (!parts.is_empty()).then(|| parts.join(" and "));
        match (of_values, self.missing) {
            (of_values, false) => of_values,
            (None, true) => Some(format!("{name} is missing")),
            (Some(of_values), true) => Some(format!("({of_values} or {name} is missing)")),
        }
    }

    /// What both let through, where that is a choice.
    pub(super) fn both(self, other: Self) -> Option<Self> {
        let is_range = |choice: &Self| !choice.missing && choice.values.is_empty() && choice.contains.is_none();
        let are_apart = (self.low.is_none() || other.low.is_none()) && (self.high.is_none() || other.high.is_none());
        (is_range(&self) && is_range(&other) && are_apart).then(|| Self {
            low: self.low.or(other.low),
            high: self.high.or(other.high),
            ..Self::default()
        })
    }

    /// What either lets through, where that is a choice.
    fn either(mut self, other: Self) -> Option<Self> {
        let is_list = |choice: &Self| choice.low.is_none() && choice.high.is_none() && choice.contains.is_none();
        if !self.is_of_values() {
            return Some(Self { missing: true, ..other });
        }
        if !other.is_of_values() {
            return Some(Self { missing: true, ..self });
        }
        if !is_list(&self) || !is_list(&other) {
            return None;
        }
        self.missing |= other.missing;
        other.values.into_iter().for_each(|value| self.add(value));
        Some(self)
    }

    /// One more value of the list.
    pub fn add(&mut self, value: String) {
        if !self.values.contains(&value) {
            self.values.push(value);
        }
    }

    /// A value of the list, or no longer.
    pub fn toggle(&mut self, value: &str) {
        let before = self.values.len();
        self.values.retain(|known| known != value);
        if self.values.len() == before {
            self.values.push(value.to_owned());
        }
    }

    /// Whether a panel shows such a choice for a column of this kind.
    fn fits(&self, kind: ColumnType) -> bool {
        let no_ends = self.low.is_none() && self.high.is_none();
        match kind {
            ColumnType::Flag | ColumnType::Category => no_ends && self.contains.is_none(),
            ColumnType::Number | ColumnType::Time => self.values.is_empty() && self.contains.is_none(),
            ColumnType::Id | ColumnType::Text => self.values.is_empty() && no_ends,
        }
    }
}

impl<'a> Binder<'a> {
    /// The column of which a condition says just what it may hold.
    pub(super) fn choice(&self, expr: &Expr) -> Option<(&'a Column, Choice)> {
        let (column, choice) = self.choice_of(expr)?;
        choice.fits(column.kind()).then_some((column, choice))
    }

    fn choice_of(&self, expr: &Expr) -> Option<(&'a Column, Choice)> {
        match expr {
            Expr::Flag(term) => self.flag_choice(term, true),
            Expr::Not(inner) => match &**inner {
                Expr::Flag(term) => self.flag_choice(term, false),
                _ => None,
            },
            Expr::Missing(term) => Some((self.column(term)?, Choice { missing: true, ..Choice::default() })),
            Expr::In { left, list } => {
                let column = self.column(left)?;
                let mut choice = Choice::default();
                for term in list {
                    if term.is_word("null") {
                        choice.missing = true;
                    } else {
                        choice.add(value_of(column, term)?);
                    }
                }
                Some((column, choice))
            }
            Expr::Compare { left, op, right } => {
                let (side, other) = (self.side(left).ok()?, self.side(right).ok()?);
                match (side, other) {
                    (Side::Of(Source::Column(column)), Side::Value) => Some((column, compared(column, *op, right)?)),
                    (Side::Value, Side::Of(Source::Column(column))) => {
                        Some((column, compared(column, op.flipped(), left)?))
                    }
                    _ => None,
                }
            }
            Expr::Look { left, how: How::Contains, pattern } => {
                let contains = Some(pattern.text.clone());
                Some((self.column(left)?, Choice { contains, ..Choice::default() }))
            }
            Expr::Look { .. } => None,
            Expr::All(parts) => self.joined(parts, Choice::both),
            Expr::Any(parts) => self.joined(parts, Choice::either),
        }
    }

    /// Choices of one column as one.
    fn joined(&self, parts: &[Expr], join: fn(Choice, Choice) -> Option<Choice>) -> Option<(&'a Column, Choice)> {
        let mut parts = parts.iter().map(|part| self.choice_of(part));
        let (column, mut choice) = parts.next()??;
        for part in parts {
            let (other, more) = part?;
            choice = join(choice, more).filter(|_| other.name() == column.name())?;
        }
        Some((column, choice))
    }

    fn flag_choice(&self, term: &Term, is: bool) -> Option<(&'a Column, Choice)> {
        let column = self.column(term).filter(|column| column.kind() == ColumnType::Flag)?;
        Some((column, Choice { values: vec![is.to_string()], ..Choice::default() }))
    }

    fn column(&self, term: &Term) -> Option<&'a Column> {
        match self.find(term)? {
            Source::Column(column) => Some(column),
            Source::Row => None,
        }
    }
}

/// A value of a list as the list shows it.
fn value_of(column: &Column, term: &Term) -> Option<String> {
    if column.kind() == ColumnType::Flag {
        flag(&term.text).map(|flag| flag.to_string())
    } else {
        Some(term.text.clone())
    }
}

fn compared(column: &Column, op: Op, term: &Term) -> Option<Choice> {
    if term.is_word("null") {
        return (op == Op::Equal).then(|| Choice { missing: true, ..Choice::default() });
    }
    let end = |closed| {
        let text = term.text.trim();
        let (text, at) = match column.kind() {
            ColumnType::Number => (text.to_owned(), number(text).filter(|number| number.is_finite())?),
            // `<=` a month keeps all of it, and `>` none.
            ColumnType::Time if matches!(op, Op::LessEqual | Op::Greater) => {
                (as_time(text), (span(text)?.to + 1) as f64 / 1000.0)
            }
            ColumnType::Time => (as_time(text), span(text)?.from as f64 / 1000.0),
            _ => return None,
        };
        Some(End { text, at, closed })
    };
    match op {
        Op::Equal => Some(Choice { values: vec![value_of(column, term)?], ..Choice::default() }),
        Op::NotEqual => None,
        Op::Less | Op::LessEqual => Some(Choice { high: Some(end(op == Op::LessEqual)?), ..Choice::default() }),
        Op::Greater | Op::GreaterEqual => Some(Choice { low: Some(end(op == Op::GreaterEqual)?), ..Choice::default() }),
    }
}

/// A time as it can stand behind an operator: one with blanks needs marks.
fn as_time(text: &str) -> String {
    if text.contains(' ') { value(text) } else { text.to_owned() }
}
