//! From columns to looks: which rows are hidden or faded, and in which colours.

use super::categories;
use super::filter::Filter;
use super::{ColorMeaning, RowColors, RowStyle, Styling};
use crate::data::Row;
use crate::data::columns::query::{ConditionError, Kept};
use crate::data::columns::{Column, ColumnType, Columns, Value, quoted};
use crate::scene::Scene;
use crate::scene::palette::Colormap;
use crate::words::thousands;
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
        let coloring = column.map(|column| Coloring::of(column, rows)).transpose()?;
        let coloring = coloring.unwrap_or_default();
        let is_kept = |row: u32| kept.as_ref().is_none_or(|kept| kept.get(row as usize).copied().unwrap_or(false));
        let code = |row: u32| coloring.codes.get(row as usize).copied().unwrap_or(0);
        let layout = Arc::clone(&self.placed().layout);
        self.set_styles(coloring.colors, |row| RowStyle {
            hidden: (!is_kept(row) && !appearance.fades) || !layout.is_placed(row),
            faded: !is_kept(row) && appearance.fades,
            color: code(row),
            ..RowStyle::default()
        });
        let kept_codes = (0..rows).filter(|&row| is_kept(row)).map(code);
        let meaning = column.map(|column| match &coloring.ends {
            Some(ends) => ColorMeaning::of_scale(column, ends.clone(), kept_codes),
            None => ColorMeaning::of_categories(column, &coloring, kept_codes),
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
    /// Of a scale: its two ends.
    ends: Option<[String; 2]>,
}

impl Coloring {
    fn of(column: &Column, rows: u32) -> Result<Self, AppearanceError> {
        if matches!(column.kind(), ColumnType::Number | ColumnType::Time) {
            let (codes, ends) = along_scale(column, rows);
            let ends = Some(ends.map(|end| column.coordinate_text(end)));
            return Ok(Self { colors: RowColors::Scale, codes, ends, values: Vec::new() });
        }
        let too_many = || AppearanceError::TooMany { name: quoted(column.name()), values: column.distinct() };
        let codes = column.codes().ok_or_else(too_many)?;
        let entries = categories::entries(&codes.codes, &codes.labels);
        let rows = codes.codes.iter().map(|&code| categories::entry(&entries, code)).collect();
        let values = codes.labels.into_iter().zip(entries).collect();
        Ok(Self { colors: RowColors::Categories, codes: rows, values, ends: None })
    }
}

/// Entries of [`RowColors::Scale`]: linear between the 1st and the 99th percentile (nearest rank) of the values that there are; and these two.
fn along_scale(column: &Column, rows: u32) -> (Vec<u8>, [f64; 2]) {
    let value = |row| match column.value(Row(row)) {
        Value::Number(number) if number.is_finite() => Some(number),
        Value::Time(us) => Some(us as f64),
        _ => None,
    };
    let mut present: Vec<f64> = (0..rows).filter_map(value).collect();
    present.sort_unstable_by(f64::total_cmp);
    let percentile = |fraction: f64| {
        let rank = (fraction * present.len() as f64).ceil().max(1.0) as usize;
        present.get(rank - 1).copied().unwrap_or(0.0)
    };
    let (low, high) = (percentile(0.01), percentile(0.99));
    let entry = |value: f64| {
        // Halves, since the span of two floats may be no float.
        let part = if high > low { (value / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0) } else { 0.5 };
        1 + (part.clamp(0.0, 1.0) * f64::from(RowColors::SCALE_STEPS - 1)).round() as u8
    };
    ((0..rows).map(|row| value(row).map_or(RowColors::SCALE_MISSING, entry)).collect(), [low, high])
}
