//! Which of several arrays looks most like drawings, and what is said of the others. Headers alone are read.

use std::cmp::Reverse;

use super::{Container, NAME_CHARS, NamedArray};
use crate::data::array::ShapeOptions;
use crate::data::file_names::file_name;
use crate::data::report::Severity;
use crate::words::shown_text;

/// How many are named.
const NAMED: usize = 6;

/// Sides of drawings; smaller ones are as likely to be values.
const SMALLEST_SIDE: u32 = 8;

/// What lies in a file of several arrays.
#[derive(Debug, Default)]
pub(in crate::data::formats) struct Arrays {
    arrays: Vec<NamedArray>,
    /// Names of what is no array.
    others: Vec<String>,
}

/// How much an array looks like drawings, the most last: no side of 1, sides large enough, more than rows of floats, how many there
/// are, bytes.
type Rank = (bool, bool, bool, u32, bool);

impl NamedArray {
    /// How much it looks like drawings; `None` where by itself it would be refused.
    fn rank(&self, options: &ShapeOptions) -> Option<Rank> {
        let (rows, height, width) = self.drawings(options)?;
        // Of as many rows, bytes are more likely drawings than what a model made of these.
        let is_bytes = self.header().is_some_and(|header| !header.stored.element.needs_range());
        // Rows of floats lie as embeddings do.
        let is_flat = self.shape.iter().filter(|len| **len != 1).count() < 3;
        let is_more = !is_flat || !self.header().is_some_and(|header| header.stored.element.is_float());
        Some((height.min(width) > 1, height.min(width) >= SMALLEST_SIDE, is_more, rows, is_bytes))
    }

    /// Whether it may be drawings at all, if something more were known of it.
    fn may_be(&self) -> bool {
        self.holds_numbers() && self.shape.len() > 1
    }
}

impl Arrays {
    /// Adds an array, behind those that were added before.
    pub(in crate::data::formats) fn push(&mut self, array: NamedArray) {
        self.arrays.push(array);
    }

    /// Adds something that is no array.
    pub(in crate::data::formats) fn push_other(&mut self, name: &str) {
        self.others.push(shown_text(name, NAME_CHARS));
    }

    /// Whether there is nothing but arrays.
    pub(in crate::data::formats) fn is_all(&self) -> bool {
        self.others.is_empty()
    }

    /// All arrays, in the file's order.
    pub(in crate::data::formats) fn iter(&self) -> impl Iterator<Item = &NamedArray> {
        self.arrays.iter()
    }

    pub(super) fn get(&self, at: usize) -> Option<&NamedArray> {
        self.arrays.get(at)
    }

    pub(super) fn others_than(&self, at: usize) -> impl Iterator<Item = &NamedArray> {
        self.arrays.iter().enumerate().filter(move |(other, _)| *other != at).map(|(_, array)| array)
    }

    /// The array of this name.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        self.arrays.iter().position(|array| array.name == name)
    }

    /// The array that looks most like drawings, the first of those that are alike; else the largest that may be drawings.
    pub(super) fn best(&self, options: &ShapeOptions) -> Option<usize> {
        let ranked =
            (0..).zip(&self.arrays).filter_map(|(number, array)| Some((array.rank(options)?, Reverse(number))));
        let best = ranked.max().map(|(_, Reverse(number))| number);
        best.or_else(|| {
            let values =
                |array: &NamedArray| array.shape.iter().fold(1_u64, |all, &len| all.saturating_mul(len as u64));
            let may_be = (0..).zip(&self.arrays).filter(|(_, array)| array.may_be());
            may_be.map(|(number, array)| (values(array), Reverse(number))).max().map(|(_, Reverse(number))| number)
        })
    }

    /// What is said of the choice: a warning where others look like drawings as well.
    pub(super) fn told_of_choice(
        &self,
        chosen: usize,
        options: &ShapeOptions,
        container: &dyn Container,
    ) -> Vec<(Severity, String)> {
        let Some(own) = self.arrays.get(chosen) else { return Vec::new() };
        let is_alike = |array: &&NamedArray| array.rank(options).is_some_and(|(is_large, ..)| is_large);
        let (alike, rest): (Vec<&NamedArray>, Vec<&NamedArray>) = self.others_than(chosen).partition(is_alike);
        // What has a value for each drawing becomes a column, and is told of as such.
        let rows = own.rank(options).map(|(_, _, _, rows, _)| u64::from(rows));
        let rest: Vec<&NamedArray> =
            rest.into_iter().filter(|array| array.column_rows().is_none() || array.column_rows() != rows).collect();
        let mut told = Vec::new();
        if let Some(first) = alike.first() {
            let text = format!(
                "of its arrays {} is opened, which looks most like drawings; left out: {}; {}:{} opens that one",
                own.told(),
                listed(alike.iter().map(|array| array.told())),
                file_name(container.path()),
                first.shown_name()
            );
            told.push((Severity::Warning, text));
        }
        if !rest.is_empty() || !self.others.is_empty() {
            let rest = rest.iter().map(|array| array.told()).chain(self.others.iter().cloned());
            let (own, word) = (own.told(), container.word());
            told.push((Severity::Info, format!("{own} is opened; besides, the {word} holds {}", listed(rest))));
        }
        told
    }

    /// All of it in words.
    pub(in crate::data::formats) fn told(&self) -> String {
        listed(self.arrays.iter().map(NamedArray::told).chain(self.others.iter().cloned()))
    }
}

/// The first of some names, and whether there are more.
fn listed(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    let more = if names.len() > NAMED { " and more" } else { "" };
    let first: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    format!("{}{more}", first.join(", "))
}
