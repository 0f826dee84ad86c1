//! What the colours of a table's rows mean: values, their entries of the palette, how many rows have them.

use super::appearance::Coloring;
use super::categories::OWN;
use super::{RowColors, RowTable};
use crate::data::columns::Column;
use crate::scene::overlay::{Legend, LegendEntry};
use crate::scene::palette::Theme;
use crate::words::{EMPTY, MISSING, counted, shown_text, thousands};

/// Letters of a value that are shown.
const LETTERS: usize = 40;

/// The meaning of colours, without the colours themselves: these go by the theme.
#[derive(Clone, Debug, PartialEq)]
pub struct ColorMeaning {
    title: String,
    /// The two ends of a scale.
    ends: Option<[String; 2]>,
    /// Entries of the palette, what they are there for, and how many rows have them.
    entries: Vec<(u8, String, u32)>,
}

impl ColorMeaning {
    /// Of categories: the values with a colour of their own, most frequent first, then all others and missing ones, as far as any
    /// row has them. `rows` are the entries of the rows that are counted.
    pub(super) fn of_categories(column: &Column, coloring: &Coloring, rows: impl Iterator<Item = u8>) -> Self {
        let counts = counts(rows);
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
        let count = |entry: u8| counts.get(usize::from(entry)).copied().unwrap_or(0);
        let entries = named.into_iter().chain(rest.into_iter().flatten());
        Self {
            title: column.name().to_owned(),
            ends: None,
            entries: entries.map(|(entry, text)| (entry, text, count(entry))).filter(|entry| entry.2 > 0).collect(),
        }
    }

    /// Of a scale with two ends.
    pub(super) fn of_scale(column: &Column, ends: [String; 2], rows: impl Iterator<Item = u8>) -> Self {
        let missing = counts(rows).last().copied().unwrap_or(0);
        let entries = (missing > 0).then(|| (RowColors::SCALE_MISSING, MISSING.to_owned(), missing));
        Self { title: column.name().to_owned(), ends: Some(ends), entries: entries.into_iter().collect() }
    }

    /// The legend in the colours of a theme.
    pub fn legend(&self, table: &RowTable, theme: Theme) -> Legend {
        let palette = table.palette(theme);
        let color = |entry: u8| palette[usize::from(entry)];
        let entry = |(entry, text, count): &(u8, String, u32)| LegendEntry {
            color: color(*entry),
            text: text.clone(),
            count: thousands((*count).into()),
        };
        Legend {
            title: shown_text(&self.title, LETTERS),
            scale: self.ends.iter().flat_map(|_| (1..=RowColors::SCALE_STEPS).map(color)).collect(),
            ends: self.ends.clone().unwrap_or_default(),
            entries: self.entries.iter().map(entry).collect(),
        }
    }
}

/// How many rows have each entry of the palette.
fn counts(rows: impl Iterator<Item = u8>) -> Vec<u32> {
    let mut counts = vec![0; 256];
    for entry in rows {
        counts[usize::from(entry)] += 1;
    }
    counts
}
