//! What a condition asks of these columns: finds them, reads values as what the columns hold, and refuses what makes no sense.

use super::ast::{Expr, Form, Op, Term};
use super::error::{ConditionError, Spot};
use super::eval::{FALSE, Plan, TRUE};
use super::literal::is_number_or_time;
use super::pair::{self, Source};
use super::ranges::Ranges;
use super::{fills, near, texts};
use crate::data::columns::names::quoted;
use crate::data::columns::set::{Columns, ROW};
use crate::data::columns::store::Store;
use crate::data::columns::{Column, ColumnType};
use crate::words::{nfc, shown_text};

/// The row number where a column is called `row`.
const ROW_NUMBER: &str = "@row";
/// Longest piece of a condition that a message repeats, in characters.
const SHOWN: usize = 60;

/// One side of a comparison.
pub(super) enum Side<'a> {
    Of(Source<'a>),
    Value,
}

/// Turns what a condition says into what is to be done for each row.
pub(super) struct Binder<'a> {
    pub(super) columns: &'a Columns,
    pub(super) condition: &'a str,
    /// What may be meant otherwise, a sentence each.
    pub(super) notes: Vec<String>,
}

impl<'a> Binder<'a> {
    pub(super) fn plan(&mut self, expr: &Expr) -> Result<Plan<'a>, ConditionError> {
        match expr {
            Expr::All(parts) => Ok(Plan::all(self.plans(parts)?)),
            Expr::Any(parts) => Ok(Plan::any(self.plans(parts)?)),
            Expr::Not(inner) => Ok(self.plan(inner)?.not()),
            Expr::Flag(term) => self.flag(term),
            Expr::Missing(term) => Ok(missing(self.source(term)?)),
            Expr::In { left, list } => {
                let source = self.source(left)?;
                self.values(source, Op::Equal, &list.iter().collect::<Vec<_>>())
            }
            Expr::Look { left, how, pattern } => {
                let source = self.source(left)?;
                let test = texts::test(source, *how, pattern, &self.spot(pattern))?;
                let Source::Column(column) = source else { return Ok(Plan::test(0, fills::nothing())) };
                let (cost, fill) = fills::text(&column.store, test);
                Ok(Plan::test(cost, fill))
            }
            Expr::Compare { left, op, right } => match (self.side(left)?, self.side(right)?) {
                (Side::Of(a), Side::Of(b)) => {
                    self.refuse_ambiguous(a, right)?;
                    self.refuse_ambiguous(b, left)?;
                    let (cost, fill) = pair::compare(a, *op, b).ok_or_else(|| ConditionError::Pair {
                        at: Spot::new(self.condition, left.start..right.end),
                        left: name_of(a),
                        right: format!("{} values and {} {} values", a.kind(), name_of(b), b.kind()),
                        sign: op.sign(),
                    })?;
                    Ok(Plan::test(cost, fill))
                }
                (Side::Of(source), Side::Value) => self.values(source, *op, &[right]),
                (Side::Value, Side::Of(source)) => self.values(source, op.flipped(), &[left]),
                (Side::Value, Side::Value) => {
                    Err(ConditionError::NoColumn(Spot::new(self.condition, left.start..right.end)))
                }
            },
        }
    }

    fn plans(&mut self, parts: &[Expr]) -> Result<Vec<Plan<'a>>, ConditionError> {
        parts.iter().map(|part| self.plan(part)).collect()
    }

    pub(super) fn spot(&self, term: &Term) -> Spot {
        Spot::new(self.condition, term.start..term.end)
    }

    /// What has the name; the names under which columns are exported do, too.
    pub(super) fn find(&self, term: &Term) -> Option<Source<'a>> {
        let columns = self.columns;
        let name = term.text.as_str();
        let alike = || columns.iter().find(|column| nfc(column.name()) == nfc(name));
        let exported = || columns.iter().find(|column| columns.export_name(column) == name);
        let column = columns.named(name).or_else(alike).or_else(exported).map(Source::Column);
        column.or_else(|| [ROW, ROW_NUMBER].contains(&name).then_some(Source::Row))
    }

    /// What a term names that can be nothing but a column.
    fn source(&self, term: &Term) -> Result<Source<'a>, ConditionError> {
        self.find(term).ok_or_else(|| {
            if self.columns.is_empty() && !self.columns.has_records() {
                return ConditionError::NoRecords;
            }
            ConditionError::Unknown {
                at: self.spot(term),
                name: quoted(&term.text),
                near: near::column(self.columns, &term.text),
                known: self.columns.known(),
            }
        })
    }

    pub(super) fn side(&self, term: &Term) -> Result<Side<'a>, ConditionError> {
        match term.form {
            Form::Text if !term.first => Ok(Side::Value),
            Form::Word if term.first => match self.find(term) {
                None if is_number_or_time(&term.text) => Ok(Side::Value),
                Some(source) => Ok(Side::Of(source)),
                None => self.source(term).map(Side::Of),
            },
            Form::Word => {
                let is_value = is_number_or_time(&term.text) || term.is_word("null");
                Ok(self.find(term).filter(|_| !is_value).map_or(Side::Value, Side::Of))
            }
            Form::Text | Form::Name => self.source(term).map(Side::Of),
        }
    }

    /// Refuses a word that names a column where the other column has it for a value.
    fn refuse_ambiguous(&self, other: Source<'a>, word: &Term) -> Result<(), ConditionError> {
        let Source::Column(column) = other else { return Ok(()) };
        if word.form != Form::Word || word.first || !texts::holds(column, &|text| *text == *nfc(&word.text)) {
            return Ok(());
        }
        let text = shown_text(&word.text, SHOWN);
        let other =
            format!("the name of a column: write \"{text}\" for the value, `{text}` in backticks for the column");
        Err(ConditionError::Ambiguous { at: self.spot(word), word: text, column: quoted(column.name()), other })
    }

    fn flag(&self, term: &Term) -> Result<Plan<'a>, ConditionError> {
        let source = self.source(term)?;
        if let Source::Column(column) = source {
            match &column.store {
                Store::Flags(values) => return Ok(Plan::test(1, fills::coded(values, vec![FALSE, TRUE]))),
                Store::Empty(_) => return Ok(Plan::test(0, fills::nothing())),
                _ => {}
            }
        }
        let name = name_of(source);
        let value = match source {
            Source::Row => "< 100",
            Source::Column(column) => match column.kind() {
                ColumnType::Number => "> 0",
                ColumnType::Time => ">= 2017-03-01",
                ColumnType::Id => "= 42",
                ColumnType::Flag | ColumnType::Category | ColumnType::Text => "= \"text\"",
            },
        };
        let example = format!("{} {value}", super::name(&term.text));
        Err(ConditionError::Alone { at: self.spot(term), name, kind: source.kind(), example })
    }
}

/// Whether values are missing.
pub(super) fn missing(source: Source<'_>) -> Plan<'_> {
    match source {
        Source::Row => Plan::test(0, fills::rows(Ranges::new(Vec::new()))),
        Source::Column(column) => Plan::test(1, fills::missing(&column.store)),
    }
}

/// A source's name for messages.
pub(super) fn name_of(source: Source<'_>) -> String {
    match source {
        Source::Row => ROW.to_owned(),
        Source::Column(column) => quoted(column.name()),
    }
}

/// What a column is compared with, as a message repeats it.
pub(super) fn shown(term: &Term) -> String {
    shown_text(&term.text, SHOWN)
}

/// Whether the column holds texts that are no identifiers.
pub(super) fn is_text(column: &Column) -> bool {
    matches!(column.kind(), ColumnType::Category | ColumnType::Text)
}
