//! Scales of numbers and times: from values to colours.

use super::RowColors;
use super::appearance::AppearanceError;
use super::choices::{ColorRange, Spread};
use crate::data::Row;
use crate::data::columns::{Column, Value};
use rayon::prelude::*;
use std::sync::Arc;

/// The value of a row along a scale; a number that is not finite has no place there.
pub(super) fn along(column: &Column, row: u32) -> Option<f64> {
    match column.value(Row(row)) {
        Value::Number(number) if number.is_finite() => Some(number),
        Value::Time(us) => Some(us as f64),
        _ => None,
    }
}

/// All values of a column that have a place along a scale, ascending.
pub(super) fn sorted_values(column: &Column, rows: u32) -> Arc<[f64]> {
    let mut values: Vec<f64> = (0..rows).into_par_iter().filter_map(|row| along(column, row)).collect();
    values.par_sort_unstable_by(f64::total_cmp);
    values.into()
}

/// From values to entries of [`RowColors::Scale`].
#[derive(Clone, Debug)]
pub(super) struct Scale {
    /// Of so many rows.
    pub(super) rows: u32,
    /// The values of the first and the last colour.
    pub(super) ends: [f64; 2],
    /// What a legend shows, from its left edge to the right one.
    pub(super) domain: [f64; 2],
    /// By quantile: the least value of each entry that is there, ascending.
    firsts: Option<Vec<(f64, u8)>>,
}

impl Scale {
    /// Between the ends that are given, else between the 1st and the 99th percentile (nearest rank), or by quantile between the least and
    /// the greatest value.
    pub(super) fn new(
        column: &Column,
        rows: u32,
        values: &[f64],
        spread: Spread,
        range: Option<&ColorRange>,
    ) -> Result<Self, AppearanceError> {
        let percentile = |fraction: f64| {
            let rank = (fraction * values.len() as f64).ceil().max(1.0) as usize;
            values.get(rank - 1).copied().unwrap_or(0.0)
        };
        let extremes = [values.first(), values.last()].map(|end| end.copied().unwrap_or(0.0));
        let most = [percentile(0.01), percentile(0.99)];
        let given = range.map(|range| range.ends(column)).transpose()?;
        let usual = if spread == Spread::Linear { most } else { extremes };
        let ends = given.unwrap_or(usual);
        // A quarter more than where most values lie, as far as there are any, and the ends that were given.
        let quarter = most[1] / 4.0 - most[0] / 4.0;
        let [low, high] = [(most[0] - quarter).max(extremes[0]), (most[1] + quarter).min(extremes[1])];
        let domain = given.map_or([low, high], |given| [low.min(given[0]), high.max(given[1])]);
        let firsts = (spread == Spread::Quantile).then(|| firsts(within(values, ends)));
        Ok(Self { rows, ends, domain, firsts })
    }

    /// The entry of a value; beyond the ends it is that of the end.
    pub(super) fn entry(&self, value: f64) -> u8 {
        let [low, high] = self.ends;
        if let Some(firsts) = &self.firsts {
            // Between two values that there are it is that of the lower one.
            let before = firsts.partition_point(|(first, _)| *first <= value).max(1);
            return firsts.get(before - 1).map_or(1, |(_, entry)| *entry);
        }
        // Halves, since the span of two floats may be no float.
        let part = if high > low {
            (value / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0)
        } else {
            // All between two ends that are one is in the middle.
            0.5 + f64::from(u8::from(value > high)) / 2.0 - f64::from(u8::from(value < low)) / 2.0
        };
        entry_of(part)
    }

    /// The entries of all rows.
    pub(super) fn entries(&self, column: &Column) -> Vec<u8> {
        let entry = |row| along(column, row).map_or(RowColors::SCALE_MISSING, |value| self.entry(value));
        (0..self.rows).into_par_iter().map(entry).collect()
    }

    /// Where a value lies in the domain, 0…1.
    pub(super) fn part(&self, value: f64) -> f64 {
        let [low, high] = self.domain.map(|end| end / 2.0);
        if high > low { ((value / 2.0 - low) / (high - low)).clamp(0.0, 1.0) } else { 0.5 }
    }
}

/// The values between two ends, these included.
fn within(values: &[f64], [low, high]: [f64; 2]) -> &[f64] {
    let (from, to) = (values.partition_point(|value| *value < low), values.partition_point(|value| *value <= high));
    values.get(from..to).unwrap_or_default()
}

/// By quantile: a value's part is its mean rank among all, the first being 0 and the last 1.
fn firsts(values: &[f64]) -> Vec<(f64, u8)> {
    let last = values.len().saturating_sub(1).max(1) as f64;
    let mut firsts: Vec<(f64, u8)> = Vec::new();
    let mut below = 0;
    for run in values.chunk_by(|a, b| a == b) {
        let upto = below + run.len();
        let mean_rank = ((below + upto) as f64 - 1.0) / 2.0;
        let entry = entry_of(if values.len() > 1 { mean_rank / last } else { 0.5 });
        if let Some(&value) = run.first()
            && firsts.last().is_none_or(|(_, before)| *before < entry)
        {
            firsts.push((value, entry));
        }
        below = upto;
    }
    firsts
}

fn entry_of(part: f64) -> u8 {
    1 + (part.clamp(0.0, 1.0) * f64::from(RowColors::SCALE_STEPS - 1)).round() as u8
}
