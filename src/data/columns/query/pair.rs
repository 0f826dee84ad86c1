//! A column against another, row by row.

use super::ast::Op;
use super::eval::Fill;
use super::fills::{nothing, rowwise};
use super::literal::compare_whole;
use crate::data::columns::column::Column;
use crate::data::columns::kinds::ColumnType;
use crate::data::columns::packed::Times;
use crate::data::columns::store::{NO_FLAG, NO_ID, NO_TIME, Store};
use crate::words::nfc;
use std::cmp::Ordering;
use std::collections::HashMap;

/// What has a value for each row.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    /// The number of the row.
    Row,
    Column(&'a Column),
}

impl<'a> Source<'a> {
    /// What it holds, for people.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Row => "row",
            Self::Column(column) => column.kind().as_str(),
        }
    }

    fn class(self) -> Class<'a> {
        let Self::Column(column) = self else { return Class::Number(Numbers::Row) };
        match &column.store {
            Store::Empty(_) => Class::Nothing,
            Store::Flags(values) => Class::Flag(values),
            Store::Digits(digits) => Class::Number(Numbers::Whole(&digits.values)),
            Store::Numbers(values) => Class::Number(Numbers::Float(values)),
            Store::Times(times) => Class::Time(times),
            store => Class::Text(Strings { store, is_id: column.kind() == ColumnType::Id }),
        }
    }
}

enum Class<'a> {
    Nothing,
    Flag(&'a [u8]),
    Number(Numbers<'a>),
    Time(&'a Times),
    Text(Strings<'a>),
}

/// The comparison of two columns, and about how many nanoseconds it takes for a row; `None` where their values cannot be compared so.
pub(super) fn compare<'a>(left: Source<'a>, op: Op, right: Source<'a>) -> Option<(u32, Fill<'a>)> {
    let fill = match (left.class(), right.class()) {
        (Class::Nothing, _) | (_, Class::Nothing) => (0, nothing()),
        (Class::Flag(left), Class::Flag(right)) if !op.is_order() => (3, flags(left, op, right)),
        (Class::Number(left), Class::Number(right)) => (4, numbers(left, op, right)),
        (Class::Time(left), Class::Time(right)) => (4, times(left, op, right)),
        (Class::Text(left), Class::Text(right)) => texts(left, op, right),
        (Class::Text(texts), Class::Number(numbers)) | (Class::Number(numbers), Class::Text(texts))
            if !op.is_order() =>
        {
            (60, texts_and_numbers(texts, op, numbers))
        }
        _ => return None,
    };
    Some(fill)
}

fn flags<'a>(left: &'a [u8], op: Op, right: &'a [u8]) -> Fill<'a> {
    let flag = |values: &[u8], row: usize| values.get(row).copied().filter(|&flag| flag != NO_FLAG);
    rowwise(move |row| Some(op.holds(flag(left, row)?.cmp(&flag(right, row)?))))
}

#[derive(Clone, Copy)]
enum Numbers<'a> {
    Row,
    Whole(&'a [u64]),
    Float(&'a [f64]),
}

/// A number, exactly.
#[derive(Clone, Copy)]
enum Number {
    Whole(u64),
    Float(f64),
}

impl Numbers<'_> {
    fn get(self, row: usize) -> Option<Number> {
        match self {
            Self::Row => Some(Number::Whole(row as u64)),
            Self::Whole(values) => values.get(row).copied().filter(|&id| id != NO_ID).map(Number::Whole),
            Self::Float(values) => values.get(row).copied().filter(|value| !value.is_nan()).map(Number::Float),
        }
    }
}

impl Number {
    fn of_text(text: &str) -> Option<Self> {
        let float = || text.parse().ok().filter(|number: &f64| !number.is_nan()).map(Self::Float);
        text.parse().ok().map(Self::Whole).or_else(float)
    }

    fn cmp(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Whole(a), Self::Whole(b)) => Some(a.cmp(&b)),
            (Self::Float(a), Self::Float(b)) => a.partial_cmp(&b),
            (Self::Whole(a), Self::Float(b)) => Some(beside(a, b)),
            (Self::Float(a), Self::Whole(b)) => Some(beside(b, a).reverse()),
        }
    }
}

/// A whole number beside a float that is not NaN: neither is rounded.
fn beside(whole: u64, float: f64) -> Ordering {
    let floor = float.floor();
    i128::from(whole).cmp(&(floor as i128)).then(if float > floor { Ordering::Less } else { Ordering::Equal })
}

fn numbers<'a>(left: Numbers<'a>, op: Op, right: Numbers<'a>) -> Fill<'a> {
    if let (Numbers::Float(left), Numbers::Float(right)) = (left, right) {
        return rowwise(move |row| Some(op.holds(left.get(row)?.partial_cmp(right.get(row)?)?)));
    }
    rowwise(move |row| Some(op.holds(left.get(row)?.cmp(right.get(row)?)?)))
}

fn times<'a>(left: &'a Times, op: Op, right: &'a Times) -> Fill<'a> {
    let ns = |times: &Times, row: usize| {
        let value = times.values.get(row).copied().filter(|&value| value != NO_TIME)?;
        Some(i128::from(value) * i128::from(times.unit_ns()))
    };
    rowwise(move |row| Some(op.holds(ns(left, row)?.cmp(&ns(right, row)?))))
}

#[derive(Clone, Copy)]
struct Strings<'a> {
    store: &'a Store,
    /// Whole numbers, longer than other types hold or with zeros in front.
    is_id: bool,
}

impl<'a> Strings<'a> {
    fn get(self, row: usize) -> Option<&'a str> {
        match self.store {
            Store::Texts(texts) => texts.get(row),
            Store::Words(words) => words.dictionary.get(*words.codes.get(row)?),
            Store::Settled(codes, dictionary) => dictionary.get(u32::from(*codes.get(row)?)),
            _ => None,
        }
    }

    /// The distinct values by code; `None` where it has no codes.
    fn dictionary(self) -> Option<Vec<&'a str>> {
        match self.store {
            Store::Words(words) => Some(words.dictionary.iter().collect()),
            Store::Settled(_, dictionary) => Some(dictionary.iter().collect()),
            _ => None,
        }
    }

    /// The code of a row's value; one behind all of them where it is missing.
    fn code(self, row: usize) -> usize {
        match self.store {
            Store::Words(words) => words.codes.get(row).map_or(usize::MAX, |&code| code as usize),
            Store::Settled(codes, _) => codes.get(row).map_or(usize::MAX, |&code| code.into()),
            _ => usize::MAX,
        }
    }
}

fn texts<'a>(left: Strings<'a>, op: Op, right: Strings<'a>) -> (u32, Fill<'a>) {
    if let (false, Some(ours), Some(theirs)) = (op.is_order(), left.dictionary(), right.dictionary()) {
        // Each distinct text once: what is the same has the same number on both sides.
        let mut known = HashMap::new();
        let mut number = |text: &&str| {
            let next = known.len();
            *known.entry(nfc(text).into_owned()).or_insert(next)
        };
        let ours: Vec<usize> = ours.iter().map(&mut number).collect();
        let theirs: Vec<usize> = theirs.iter().map(&mut number).collect();
        let test = move |row| {
            let (a, b) = (ours.get(left.code(row))?, theirs.get(right.code(row))?);
            Some(op.holds(a.cmp(b)))
        };
        return (3, rowwise(test));
    }
    if op.is_order() && left.is_id && right.is_id {
        return (80, rowwise(move |row| Some(op.holds(compare_whole(left.get(row)?, right.get(row)?)))));
    }
    (40, rowwise(move |row| Some(op.holds(nfc(left.get(row)?).cmp(&nfc(right.get(row)?))))))
}

/// Texts that are numbers are compared as such; others differ from every number.
fn texts_and_numbers<'a>(texts: Strings<'a>, op: Op, numbers: Numbers<'a>) -> Fill<'a> {
    let differs = move |text: Option<Number>, number: Number| {
        let ordering = text.and_then(|text| text.cmp(number)).unwrap_or(Ordering::Less);
        op.holds(if ordering.is_eq() { Ordering::Equal } else { Ordering::Less })
    };
    if let Some(dictionary) = texts.dictionary() {
        let known: Vec<Option<Number>> = dictionary.into_iter().map(Number::of_text).collect();
        return rowwise(move |row| Some(differs(*known.get(texts.code(row))?, numbers.get(row)?)));
    }
    rowwise(move |row| Some(differs(Number::of_text(texts.get(row)?), numbers.get(row)?)))
}
