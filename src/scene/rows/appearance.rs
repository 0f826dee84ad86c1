//! From columns to looks: which rows are hidden or faded, and in which colours.

use super::categories;
use super::filter::Filter;
use super::legend::counts;
use super::picked::EntryConditions;
use super::scale::{Scale, sorted_values};
use super::{ColorMeaning, ColorRange, RowColors, RowStyle, SERIAL_ROWS, ScalePalette, Spread, Styling};
use crate::data::columns::query::{ConditionError, Kept};
use crate::data::columns::{Column, ColumnType, Columns, quoted};
use crate::scene::Scene;
use crate::scene::clusters::Resolution;
use crate::scene::palette::Colormap;
use crate::words::thousands;
use rayon::prelude::*;
use std::sync::Arc;
use thiserror::Error;

/// What decides how rows look.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Appearance {
    /// The column that gives colours.
    pub color_by: Option<String>,
    /// What keeps rows.
    pub filter: Option<Filter>,
    /// What is not kept fades; else it is hidden.
    pub fades: bool,
    /// The column whose values stand under drawings that are large enough.
    #[serde(default)]
    pub caption: Option<String>,
    /// The colours of numbers and times.
    #[serde(default)]
    pub palette: ScalePalette,
    /// How these are spread over the colours.
    #[serde(default)]
    pub spread: Spread,
    /// Between which values.
    #[serde(default)]
    pub range: Option<ColorRange>,
    /// How finely drawings are put into clusters, which are a column; none are sought without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clusters: Option<Resolution>,
}

impl Appearance {
    /// Whether all rows look alike, whatever their columns hold.
    pub fn is_plain(&self) -> bool {
        self.color_by.is_none() && self.filter.is_none() && self.caption.is_none()
    }
}

/// Why rows cannot look so.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum AppearanceError {
    /// What keeps rows cannot be applied.
    #[error("cannot filter: {0}")]
    Filter(#[source] Box<ConditionError>),
    /// What selects rows cannot be applied.
    #[error("cannot select: {0}")]
    Select(#[source] Box<ConditionError>),
    /// There is no column of colours.
    #[error("cannot colour: there is nothing to go by: these drawings have no records; name the .ndjson file, too")]
    NoRecords,
    /// The column of colours is not there.
    #[error("cannot colour: there is no column {name}; {known}")]
    Unknown {
        /// As it is typed.
        name: String,
        /// Which columns there are, as a clause.
        known: String,
    },
    /// The column of captions is not there.
    #[error("no captions: there is no column {name}; {known}")]
    Caption {
        /// As it is typed.
        name: String,
        /// Which columns there are, as a clause.
        known: String,
    },
    /// Too many different values.
    #[error("cannot colour by {name}: it has {} different values; choose another column with --color-by", thousands(*values as u64))]
    TooMany {
        /// As it is typed.
        name: String,
        /// How many values differ.
        values: usize,
    },
    /// There are no such ends of a scale.
    #[error("cannot colour by {name} with this --color-range: {why}")]
    Range {
        /// The column as it is typed.
        name: String,
        /// What is wrong.
        why: String,
    },
    /// Two things want to give colours.
    #[error(
        "cannot colour by a column with the colour map {0}: ink keeps the theme's colours then; leave --colormap out"
    )]
    Colormap(Colormap),
}

impl From<ConditionError> for AppearanceError {
    fn from(error: ConditionError) -> Self {
        Self::Filter(Box::new(error))
    }
}

/// What is to be said once rows have their looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restyled {
    /// Rows that the filter keeps; `None` without a filter.
    pub matching: Option<u32>,
    /// What may be meant by the filter instead, a sentence each.
    pub notes: Vec<String>,
}

impl Scene {
    /// Gives all rows the looks that the settings ask for. `columns` are the records' where these have been read to their end.
    pub fn restyle(&mut self, columns: Option<&Columns>) -> Result<Restyled, AppearanceError> {
        let appearance = self.settings.appearance.clone();
        if appearance.is_plain() && self.row_table().styling() == Styling::Plain && self.is_styled() {
            return Ok(Restyled::default());
        }
        let rows = self.rows();
        let colormap = self.settings.colormap;
        if appearance.color_by.is_some() && colormap != Colormap::Ink {
            return Err(AppearanceError::Colormap(colormap));
        }
        if let Some(name) =
            appearance.caption.as_ref().filter(|name| columns.is_none_or(|all| all.named(name).is_none()))
        {
            let none = || "these drawings have no records; name the .ndjson file, too".to_owned();
            let known = columns.filter(|columns| !columns.is_empty()).map_or_else(none, Columns::known);
            return Err(AppearanceError::Caption { name: quoted(name), known });
        }
        let filter = appearance.filter.as_ref();
        let kept = filter.map(|filter| filter.kept(columns, rows)).transpose()?;
        let (kept, notes) = kept.map_or((None, Vec::new()), |Kept { rows, notes }| (Some(rows), notes));
        let column = appearance.color_by.as_deref().map(|name| column_named(columns, name)).transpose()?;
        let coloring = column.map(|column| self.coloring(column, &appearance)).transpose()?;
        let coloring = coloring.unwrap_or_default();
        let is_kept = |row: u32| kept.as_ref().is_none_or(|kept| kept.get(row as usize).copied().unwrap_or(false));
        let code = |row: u32| coloring.codes.get(row as usize).copied().unwrap_or(0);
        let meaning = column.map(|column| meaning(column, columns, &coloring, filter, kept.as_deref())).transpose()?;
        let layout = Arc::clone(&self.placed().layout);
        self.set_styles(coloring.colors, |row| RowStyle {
            hidden: (!is_kept(row) && !appearance.fades) || !layout.is_placed(row),
            faded: !is_kept(row) && appearance.fades,
            color: code(row),
            ..RowStyle::default()
        });
        self.set_meaning(meaning);
        let matching = kept.map(|kept| kept.iter().filter(|&&kept| kept).count() as u32);
        Ok(Restyled { matching, notes })
    }
}

/// The column of a name.
fn column_named<'a>(columns: Option<&'a Columns>, name: &str) -> Result<&'a Column, AppearanceError> {
    let columns = columns.filter(|columns| !columns.is_empty()).ok_or(AppearanceError::NoRecords)?;
    columns.named(name).ok_or_else(|| AppearanceError::Unknown { name: quoted(name), known: columns.known() })
}

/// A palette, each row's entry, and what entries are there for.
#[derive(Default)]
pub(super) struct Coloring {
    colors: RowColors,
    codes: Vec<u8>,
    /// Of categories: the values, and the entry of each.
    pub(super) values: Vec<(String, u8)>,
    /// Of numbers and times.
    scale: Option<Scale>,
}

impl Scene {
    fn coloring(&mut self, column: &Column, appearance: &Appearance) -> Result<Coloring, AppearanceError> {
        let rows = self.rows();
        if matches!(column.kind(), ColumnType::Number | ColumnType::Time) {
            let values = self.scale_values(column.name(), || sorted_values(column, rows));
            let scale = Scale::new(column, rows, &values, appearance.spread, appearance.range.as_ref())?;
            let (colors, codes) = (RowColors::Scale(appearance.palette), scale.entries(column));
            return Ok(Coloring { colors, codes, values: Vec::new(), scale: Some(scale) });
        }
        if appearance.range.is_some() {
            let why = format!("it holds {} values, and numbers or times are needed", column.kind());
            return Err(AppearanceError::Range { name: quoted(column.name()), why });
        }
        let too_many = || AppearanceError::TooMany { name: quoted(column.name()), values: column.distinct() };
        let codes = column.codes().ok_or_else(too_many)?;
        let entries = categories::entries(&codes.codes, &codes.labels);
        let rows = codes.codes.par_iter().with_min_len(SERIAL_ROWS);
        let rows = rows.map(|&code| categories::entry(&entries, code)).collect();
        let values = codes.labels.into_iter().zip(entries).collect();
        Ok(Coloring { colors: RowColors::Categories, codes: rows, values, scale: None })
    }
}

/// What colours mean, with how many rows have them: of those that the filter keeps without the conditions that entries of the legend ask for.
fn meaning(
    column: &Column,
    columns: Option<&Columns>,
    coloring: &Coloring,
    filter: Option<&Filter>,
    kept: Option<&[bool]>,
) -> Result<ColorMeaning, AppearanceError> {
    let own = coloring.values.iter().filter(|(_, entry)| usize::from(*entry) <= categories::OWN);
    let mut own: Vec<(u8, String)> = own.map(|(value, entry)| (*entry, value.clone())).collect();
    own.sort_unstable_by_key(|&(entry, _)| entry);
    let missing = if coloring.scale.is_some() { RowColors::SCALE_MISSING } else { categories::OWN as u8 + 2 };
    let codes = &coloring.codes;
    let conditions = EntryConditions::new(column, own, missing, codes);
    let among = |kept: Option<&[bool]>| counts(codes, kept);
    let of_kept = among(kept);
    let counted = match filter.and_then(|filter| conditions.without(filter)).transpose()? {
        Some(Some(rest)) => among(Some(rest.kept(columns, codes.len() as u32)?.rows.as_slice())),
        Some(None) => among(None),
        None => of_kept,
    };
    let is_kept = |row: u32| kept.is_none_or(|kept| kept.get(row as usize).copied().unwrap_or(false));
    Ok(match &coloring.scale {
        Some(scale) => ColorMeaning::of_scale(column, scale, conditions, &counted, &of_kept, is_kept),
        None => ColorMeaning::of_categories(column, coloring, conditions, &counted, &of_kept),
    })
}
