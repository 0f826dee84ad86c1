//! A column against values that are typed: one, or those of a list.

use super::ast::{Form, Op, Term};
use super::bind::{Binder, is_text, missing, name_of, shown};
use super::error::{ConditionError, Spot};
use super::eval::{Plan, truth};
use super::fills::{self, TextTest};
use super::literal::{self, compare_whole, number};
use super::pair::Source;
use super::ranges::{Marks, Ranges, floats};
use super::{near, texts};
use crate::data::columns::names::quoted;
use crate::data::columns::settle::is_whole;
use crate::data::columns::store::{NO_ID, NO_TIME, Store};
use crate::data::columns::{Column, ColumnType};
use crate::words::nfc;
use std::cmp::Ordering;
use std::collections::HashSet;

/// Longest list whose values are looked for one by one.
const MOST_NOTED: usize = 10;

impl<'a> Binder<'a> {
    /// Rows whose value compares so with one of the values; `!=` is true where `=` is false.
    pub(super) fn values(&mut self, source: Source<'a>, op: Op, terms: &[&Term]) -> Result<Plan<'a>, ConditionError> {
        let (nulls, terms): (Vec<&Term>, Vec<&Term>) = terms.iter().copied().partition(|term| term.is_word("null"));
        let mut plans = Vec::new();
        if let Some(null) = nulls.first() {
            self.refuse_null(source, op, null)?;
            plans.push(missing(source));
        }
        if !terms.is_empty() {
            plans.push(self.present(source, op, &terms)?);
        }
        Ok(Plan::any(plans).not_if(op == Op::NotEqual))
    }

    fn refuse_null(&self, source: Source<'a>, op: Op, null: &Term) -> Result<(), ConditionError> {
        let column = match source {
            Source::Column(column) if !op.is_order() => column,
            _ => {
                let hint = "; a missing value comes neither before nor behind others".to_owned();
                let (name, kind) = (name_of(source), source.kind());
                return Err(ConditionError::Operator { at: self.spot(null), sign: op.sign(), name, kind, hint });
            }
        };
        if !texts::holds(column, &|text| text.eq_ignore_ascii_case("null")) {
            return Ok(());
        }
        let name = quoted(column.name());
        let other = "may be meant for a missing one: write \"null\" for the text, `is missing` for missing values";
        let word = null.text.clone();
        Err(ConditionError::Ambiguous { at: self.spot(null), word, column: name, other: other.to_owned() })
    }

    fn present(&mut self, source: Source<'a>, op: Op, terms: &[&Term]) -> Result<Plan<'a>, ConditionError> {
        let column = match source {
            Source::Column(column) => column,
            Source::Row => {
                let marks = self.read(source, terms, literal::beside_whole)?;
                return Ok(Plan::test(1, fills::rows(within(&marks, op, (0, u32::MAX)))));
            }
        };
        let fill = match &column.store {
            Store::Empty(_) => fills::nothing(),
            Store::Flags(values) => {
                if op.is_order() {
                    let hint = "; only `=` and `!=` do".to_owned();
                    return Err(self.no_order(column, op, terms, hint));
                }
                let flags = self.read(source, terms, literal::flag)?;
                fills::coded(values, vec![truth(flags.contains(&false)), truth(flags.contains(&true))])
            }
            Store::Numbers(values) => {
                let numbers = self.read(source, terms, number)?;
                let ranges = Ranges::new(numbers.into_iter().map(|number| floats(op, number)).collect());
                fills::ranged(values, f64::is_nan, ranges)
            }
            Store::Digits(digits) => {
                let ranges = within(&self.read(source, terms, literal::beside_whole)?, op, (0, NO_ID - 1));
                fills::ranged(&digits.values, |id| id == NO_ID, ranges)
            }
            Store::Times(times) => {
                let marks = |text: &str| {
                    literal::span(text).map(|span| Marks::of_span(span.from, span.to, times.unit_ns().into()))
                };
                let ranges = within(&self.read(source, terms, marks)?, op, (NO_TIME + 1, i64::MAX));
                fills::ranged(&times.values, |time| time == NO_TIME, ranges)
            }
            store @ (Store::Words(_) | Store::Settled(..) | Store::Texts(_)) => {
                let test = self.text_test(column, op, terms)?;
                let (cost, fill) = fills::text(store, test);
                return Ok(Plan::test(cost, fill));
            }
        };
        Ok(Plan::test(1, fill))
    }

    /// Reads all values as what the column holds.
    fn read<T>(
        &self,
        source: Source<'a>,
        terms: &[&Term],
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<T>, ConditionError> {
        terms.iter().map(|term| read(&term.text).ok_or_else(|| self.no_such_value(source, term))).collect()
    }

    fn no_such_value(&self, source: Source<'a>, term: &Term) -> ConditionError {
        let near = if term.form == Form::Word { near::column(self.columns, &term.text) } else { String::new() };
        let hint = match source {
            Source::Column(column) if column.kind() == ColumnType::Time => {
                "; times are typed as in 2017-03-01 or \"2017-03-08 21:12:07 UTC\"".to_owned()
            }
            _ => near,
        };
        let (name, kind) = (name_of(source), source.kind());
        ConditionError::Kind { at: self.spot(term), name, kind, value: shown(term), hint }
    }

    fn no_order(&self, column: &Column, op: Op, terms: &[&Term], hint: String) -> ConditionError {
        let bytes = terms.first().map_or(0..0, |term| term.start..term.end);
        let at = Spot::new(self.condition, bytes);
        let (name, kind) = (quoted(column.name()), column.kind().as_str());
        ConditionError::Operator { at, sign: op.sign(), name, kind, hint }
    }

    fn text_test(&mut self, column: &'a Column, op: Op, terms: &[&Term]) -> Result<TextTest<'a>, ConditionError> {
        let wanted = terms.first().map(|term| nfc(&term.text).into_owned()).unwrap_or_default();
        if !is_text(column) {
            let whole = self.read(Source::Column(column), terms, |text| {
                Some(text.trim()).filter(|text| is_whole(text)).map(str::to_owned)
            })?;
            let first = whole.first().cloned().unwrap_or_default();
            if op.is_order() {
                return Ok(Box::new(move |text| op.holds(compare_whole(text, &first))));
            }
            let whole: HashSet<String> = whole.into_iter().collect();
            return Ok(Box::new(move |text| whole.contains(text)));
        }
        if !op.is_order() {
            self.note_unknown(column, terms);
            if terms.len() == 1 {
                return Ok(Box::new(move |text| *text == *wanted));
            }
            let all: HashSet<String> = terms.iter().map(|term| nfc(&term.text).into_owned()).collect();
            return Ok(Box::new(move |text| all.contains(text)));
        }
        let bare = terms.first().filter(|term| term.form == Form::Word).and_then(|term| number(&term.text));
        let Some(bare) = bare else {
            return Ok(Box::new(move |text| op.holds(text.cmp(wanted.as_str()))));
        };
        if texts::holds(column, &|text| number(text).is_none()) {
            let name = super::name(column.name());
            let hint = format!("; to compare texts by their characters type `{name} {} \"{wanted}\"`", op.sign());
            return Err(self.no_order(column, op, terms, hint));
        }
        Ok(Box::new(move |text| {
            number(text)
                .and_then(|number| number.partial_cmp(&bare))
                .is_some_and(|ordering: Ordering| op.holds(ordering))
        }))
    }

    /// Mentions values that no row has, of categories and few of them: others take too long to look for.
    fn note_unknown(&mut self, column: &Column, terms: &[&Term]) {
        if column.kind() != ColumnType::Category || terms.len() > MOST_NOTED {
            return;
        }
        for term in terms {
            let text = nfc(&term.text);
            if !texts::holds(column, &|value| *value == *text) {
                self.notes.push(near::unknown_value(column, term));
            }
        }
    }
}

/// The ranges of a column's type that compare so with the values.
fn within<T: TryFrom<i128> + Copy + PartialOrd>(marks: &[Marks], op: Op, all: (T, T)) -> Ranges<T>
where
    i128: From<T>,
{
    Ranges::new(marks.iter().filter_map(|marks| marks.within(op, all)).collect())
}
