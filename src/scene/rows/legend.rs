//! What the colours of a table's rows mean: values, their entries of the palette, how many rows have them.

use super::appearance::Coloring;
use super::categories::OWN;
use super::filter::Filter;
use super::picked::{EntryConditions, Pick};
use super::scale::{Scale, along};
use super::{RowColors, RowTable};
use crate::data::columns::Column;
use crate::data::columns::query::ConditionError;
use crate::scene::overlay::{Histogram, Legend, LegendEntry};
use crate::scene::palette::Theme;
use crate::words::{EMPTY, MISSING, counted, shown_text, thousands};
use rayon::prelude::*;

/// Rows that a thread counts at once.
const COUNTED_ROWS: usize = 1 << 16;
/// Letters of a value that are shown.
const LETTERS: usize = 40;
/// Bins of a scale's histogram.
const BINS: usize = 80;

/// The meaning of colours, without the colours themselves: these go by the theme.
#[derive(Clone, Debug, PartialEq)]
pub struct ColorMeaning {
    title: String,
    scale: Option<ScaleMeaning>,
    entries: Vec<Meaning>,
    /// What a click on an entry asks for.
    conditions: EntryConditions,
}

/// The meaning of a scale.
#[derive(Clone, Debug, PartialEq)]
struct ScaleMeaning {
    ends: [f64; 2],
    texts: [String; 2],
    histogram: Histogram,
    /// The entries at equal distances from one end to the other.
    steps: Vec<u8>,
}

/// An entry of the palette, what it is there for, and how many rows have it.
#[derive(Clone, Debug, PartialEq)]
struct Meaning {
    entry: u8,
    text: String,
    values: u32,
    count: u32,
    is_kept: bool,
}

/// For each entry of the palette how many rows have it.
pub(super) type EntryCounts = [u32; 256];

impl ColorMeaning {
    /// Of categories: the values with a colour of their own, most frequent first, then all others and missing ones, as far as any
    /// row that counts has them. Those that count are kept by the filter without the conditions of entries; `kept` ones by all of it.
    pub(super) fn of_categories(
        column: &Column,
        coloring: &Coloring,
        conditions: EntryConditions,
        counts: &EntryCounts,
        kept: &EntryCounts,
    ) -> Self {
        let mut named: Vec<(u8, String)> = Vec::new();
        let mut others = 0;
        for (value, entry) in &coloring.values {
            if usize::from(*entry) <= OWN {
                let text = if value.is_empty() { EMPTY.to_owned() } else { shown_text(value, LETTERS) };
                named.push((*entry, text));
            } else {
                others += 1;
            }
        }
        named.sort_unstable_by_key(|&(entry, _)| entry);
        let rest = [
            (others > 0).then(|| (OWN as u8 + 1, counted(others, "other value", "other values"))),
            Some((OWN as u8 + 2, MISSING.to_owned())),
        ];
        let meaning = |(entry, text)| {
            let of = |counts: &EntryCounts| counts.get(usize::from(entry)).copied().unwrap_or(0);
            let values = if usize::from(entry) == OWN + 1 { others as u32 } else { 1 };
            Meaning { entry, text, values, count: of(counts), is_kept: of(kept) > 0 }
        };
        let entries = named.into_iter().chain(rest.into_iter().flatten()).map(meaning);
        Self {
            title: column.name().to_owned(),
            scale: None,
            entries: entries.filter(|entry| entry.count > 0).collect(),
            conditions,
        }
    }

    /// Of a scale with two ends. Its histogram counts rows that the filter keeps.
    pub(super) fn of_scale(
        column: &Column,
        scale: &Scale,
        conditions: EntryConditions,
        counts: &EntryCounts,
        kept: &EntryCounts,
        is_kept: impl Fn(u32) -> bool + Sync,
    ) -> Self {
        let bin = |row: u32| {
            let value = along(column, row).filter(|_| is_kept(row))?;
            Some(((scale.part(value) * BINS as f64) as usize).min(BINS - 1))
        };
        let add = |mut bins: Vec<u32>, row: u32| {
            if let Some(count) = bin(row).and_then(|bin| bins.get_mut(bin)) {
                *count += 1;
            }
            bins
        };
        let sum = |a: Vec<u32>, b: Vec<u32>| a.into_iter().zip(b).map(|(a, b)| a + b).collect::<Vec<_>>();
        let none = || vec![0; BINS];
        let bins = (0..scale.rows).into_par_iter().fold(none, add).reduce(none, sum);
        let histogram = Histogram { counts: bins, domain: scale.domain, ends: scale.ends.map(|end| scale.part(end)) };
        let [low, high] = scale.ends;
        let last = f64::from(RowColors::SCALE_STEPS - 1);
        let parts = (0..RowColors::SCALE_STEPS).map(|step| f64::from(step) / last);
        let steps = parts.map(|part| scale.entry(low * (1.0 - part) + high * part)).collect();
        let texts = scale.ends.map(|end| column.coordinate_text(end));
        let [count, some] = [counts, kept].map(|counts| counts[usize::from(RowColors::SCALE_MISSING)]);
        let text = MISSING.to_owned();
        let meaning = Meaning { entry: RowColors::SCALE_MISSING, text, values: 1, count, is_kept: some > 0 };
        Self {
            title: column.name().to_owned(),
            scale: Some(ScaleMeaning { ends: scale.ends, texts, histogram, steps }),
            entries: (count > 0).then_some(meaning).into_iter().collect(),
            conditions,
        }
    }

    /// The legend in the colours of a theme.
    pub fn legend(&self, table: &RowTable, theme: Theme) -> Legend {
        let palette = table.palette(theme);
        let color = |entry: u8| palette[usize::from(entry)];
        let entry = |meaning: &Meaning| LegendEntry {
            entry: meaning.entry,
            color: color(meaning.entry),
            text: meaning.text.clone(),
            values: meaning.values,
            count: thousands(meaning.count.into()),
            is_kept: meaning.is_kept,
        };
        let (ends, histogram, steps) = match &self.scale {
            Some(scale) => (scale.texts.clone(), Some(scale.histogram.clone()), scale.steps.as_slice()),
            None => (<[String; 2]>::default(), None, &[][..]),
        };
        Legend {
            title: shown_text(&self.title, LETTERS),
            scale: steps.iter().map(|&step| color(step)).collect(),
            ends,
            histogram,
            entries: self.entries.iter().map(entry).collect(),
        }
    }

    /// Of a scale: the values of its first and its last colour, and those at the edges of its histogram.
    pub fn ends(&self) -> Option<([f64; 2], [f64; 2])> {
        self.scale.as_ref().map(|scale| (scale.ends, scale.histogram.domain))
    }

    /// The filter after a click on an entry.
    pub fn picked(&self, filter: Option<&Filter>, entry: u8, pick: Pick) -> Result<Option<Filter>, ConditionError> {
        self.conditions.picked(filter, entry, pick)
    }
}

/// How many of the rows, all or those that are kept, have each entry of the palette.
pub(super) fn counts(entries: &[u8], kept: Option<&[bool]>) -> EntryCounts {
    let of_chunk = |(chunk, entries): (usize, &[u8])| {
        let mut counts: EntryCounts = [0; 256];
        let kept = kept.map(|kept| kept.get(chunk * COUNTED_ROWS..).unwrap_or_default());
        for (at, &entry) in entries.iter().enumerate() {
            let counts_too = kept.is_none_or(|kept| kept.get(at) == Some(&true));
            counts[usize::from(entry)] += u32::from(counts_too);
        }
        counts
    };
    let both = |mut a: EntryCounts, b: EntryCounts| {
        a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
        a
    };
    entries.par_chunks(COUNTED_ROWS).enumerate().map(of_chunk).reduce(|| [0; 256], both)
}
