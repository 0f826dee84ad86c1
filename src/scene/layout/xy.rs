//! `xy`: a scatter plot of two columns, with axes. Rows without a value stand in strips beside them.

use glam::DVec2;

use super::index::{POINT_PX, plot_size, splitmix64, unit_interval};
use super::registry::by_names;
use super::side::{STRIP, Side};
use super::{Axes, By, Layout, LayoutError, LayoutInput, LayoutKind, LayoutSpec, Param, Publish, by_frequency};
use crate::data::Row;
use crate::data::columns::{Codes, Column, ColumnType, Columns, log_ticks, quoted};
use crate::progress::{Cancelled, Progress};
use crate::scene::camera::Bounds;
use crate::words::{counted, thousands};

/// Makes a row's place across the lower strip another random number than across the left one, and its jitter along y another one than
/// along x.
const LOWER: u64 = 1 << 63;
/// Makes a row's jitter another random number than its place across a strip.
const JITTER: u64 = 1 << 62;
/// How far from the middle of a category a drawing lies at most; categories are 1 apart.
const MOST_JITTER: f64 = 0.4;
/// Most categories along an axis.
const MOST_CATEGORIES: usize = 1000;

impl LayoutKind {
    /// Numbers, times, flags or categories of two columns to the right and upwards.
    pub const XY: Self = Self(&LayoutSpec {
        name: "xy",
        title: "XY",
        about: "two columns",
        params: &[Param::By(BY), Param::Seed, Param::Aspect, Param::Log],
        point_px: POINT_PX,
        check: |input| chosen(input).map(drop),
        build,
    });
}

/// Whatever lies along an axis.
const BY: By = By {
    count: 2,
    help: "two (`A,B`)",
    kinds: &[ColumnType::Number, ColumnType::Time, ColumnType::Flag, ColumnType::Id, ColumnType::Category],
};

fn refused(text: String) -> LayoutError {
    LayoutError::Refused(text)
}

/// The columns of x and y: those that are named, else the first two whose values differ, numbers and times before flags.
fn chosen(input: LayoutInput<'_>) -> Result<[&Column; 2], LayoutError> {
    let Some(columns) = input.columns.filter(|columns| !columns.is_empty()) else {
        return Err(refused(
            "cannot place by two columns: there are no records; name the .ndjson file, too".to_owned(),
        ));
    };
    let log = input.params.log;
    if let Some(by) = &input.params.by {
        return match by_names(by, Some(columns)).as_slice() {
            [x, y] => Ok([named(columns, x, log.x)?, named(columns, y, log.y)?]),
            names => Err(refused(format!(
                "cannot place by {}: two columns are needed, as in --by A,B",
                counted(names.len() as u64, "column", "columns")
            ))),
        };
    }
    let of = |kinds: &'static [ColumnType]| {
        columns.iter().filter(move |column| kinds.contains(&column.kind()) && column.distinct() > 1)
    };
    let mut usual = of(&[ColumnType::Number, ColumnType::Time]).chain(of(&[ColumnType::Flag]));
    match (usual.next(), usual.next()) {
        (Some(x), Some(y)) => Ok([along_axis(x, log.x)?, along_axis(y, log.y)?]),
        _ => Err(refused(format!(
            "cannot place by two columns: fewer than two hold numbers, times or flags that differ; {}",
            columns.known()
        ))),
    }
}

fn named<'a>(columns: &'a Columns, name: &str, log: bool) -> Result<&'a Column, LayoutError> {
    let column = columns.named(name).ok_or_else(|| {
        refused(format!("cannot place by {}: there is no such column; {}", quoted(name), columns.known()))
    })?;
    along_axis(column, log)
}

/// A column, if it can lie along an axis.
fn along_axis(column: &Column, log: bool) -> Result<&Column, LayoutError> {
    let name = quoted(column.name());
    if log && !matches!(column.kind(), ColumnType::Number | ColumnType::Id) {
        let text = format!("cannot place by {name} on a logarithmic axis: it holds no numbers; leave --log out for it");
        return Err(refused(text));
    }
    if column.has_coordinates() || column.distinct() <= MOST_CATEGORIES {
        return Ok(column);
    }
    let (texts, most) = (thousands(column.distinct() as u64), thousands(MOST_CATEGORIES as u64));
    Err(refused(format!(
        "cannot place by {name}: it has {texts} different texts, and at most {most} fit along an axis"
    )))
}

/// What lies along a side.
enum Values<'a> {
    Linear(&'a Column),
    /// By the logarithm of what is above 0.
    Log(&'a Column),
    Categories {
        column: &'a Column,
        codes: Codes<'a>,
        /// The place of each code along the side.
        places: Vec<u32>,
        seed: u64,
    },
}

impl<'a> Values<'a> {
    /// `seed` is that of its jitter.
    fn of(column: &'a Column, log: bool, seed: u64, progress: Progress<'_>) -> Result<Self, Cancelled> {
        if log {
            return Ok(Self::Log(column));
        }
        if column.has_coordinates() {
            return Ok(Self::Linear(column));
        }
        let Some(codes) = column.codes_within(progress.part(0.0, 0.5))? else { return Ok(Self::Linear(column)) };
        let order = by_frequency(&codes.codes, &codes.labels, progress.part(0.5, 1.0))?;
        let mut places = vec![0; order.len()];
        order.iter().zip(0..).for_each(|(&code, place)| places[code] = place);
        Ok(Self::Categories { column, codes, places, seed })
    }

    fn column(&self) -> &'a Column {
        match self {
            Self::Linear(column) | Self::Log(column) | Self::Categories { column, .. } => column,
        }
    }

    /// What of values counts.
    fn above(&self) -> &'static str {
        if matches!(self, Self::Log(_)) { " above 0" } else { "" }
    }

    fn of_row(&self, row: u32) -> Option<f64> {
        match self {
            Self::Linear(column) => column.coordinate(Row(row)),
            Self::Log(column) => column.coordinate(Row(row)).filter(|&value| value > 0.0).map(f64::ln),
            Self::Categories { codes, places, seed, .. } => {
                let place = *places.get(*codes.codes.get(row as usize)? as usize)?;
                let jitter = MOST_JITTER * (2.0 * unit_interval(splitmix64(seed ^ u64::from(row))) - 1.0);
                Some(f64::from(place) + 0.5 + jitter)
            }
        }
    }

    /// The side along which they lie.
    fn side(&self, rows: u32, length: f64, progress: Progress<'_>) -> Result<Side, Cancelled> {
        let side = Side::of(|row| self.of_row(row), rows, length, progress)?;
        Ok(match self {
            Self::Categories { places, .. } => side.between(0.0, places.len() as f64),
            Self::Linear(_) | Self::Log(_) => side,
        })
    }

    /// Values that name places along the side, by what [`Self::of_row`] makes of them.
    fn ticks(&self, side: &Side) -> Vec<(f64, String)> {
        if side.low > side.high {
            return Vec::new();
        }
        match self {
            Self::Linear(column) => column.ticks(side.low, side.high),
            Self::Log(_) => {
                // Logarithms and back, the ends themselves are off by a rounding.
                let ticks = log_ticks(side.low.exp() * (1.0 - 1e-12), side.high.exp() * (1.0 + 1e-12));
                ticks.into_iter().map(|(at, text)| (at.ln().clamp(side.low, side.high), text)).collect()
            }
            Self::Categories { codes, places, .. } => {
                let tick = |(text, &place): (&String, &u32)| (f64::from(place) + 0.5, text.clone());
                let mut ticks: Vec<_> = codes.labels.iter().zip(places).map(tick).collect();
                ticks.sort_by(|a, b| a.0.total_cmp(&b.0));
                ticks
            }
        }
    }
}

fn build(input: LayoutInput<'_>, publish: Publish<'_>) -> Result<(), LayoutError> {
    let ([x, y], LayoutInput { rows, params, progress, .. }) = (chosen(input)?, input);
    let (size, seed) = (plot_size(input)?, params.seed);
    let x = Values::of(x, params.log.x, seed ^ JITTER, progress.part(0.0, 0.1))?;
    let y = Values::of(y, params.log.y, seed ^ JITTER ^ LOWER, progress.part(0.1, 0.2))?;
    let across = x.side(rows, size.x, progress.part(0.2, 0.4))?;
    let up = y.side(rows, size.y, progress.part(0.4, 0.6))?;
    let strip = STRIP * size.x;
    let beside = |r: u64| -(1.0 + unit_interval(splitmix64(seed ^ r))) * strip;
    let places = (0..rows).map(|row| {
        let r = u64::from(row);
        DVec2::new(
            x.of_row(row).map_or_else(|| beside(r), |value| across.along(value)),
            y.of_row(row).map_or_else(|| beside(r ^ LOWER), |value| up.along(value)) - size.y,
        )
    });
    let bounds = Bounds::new(DVec2::new(-across.room(strip), -size.y - up.room(strip)), DVec2::new(size.x, 0.0));
    let left = across.note(x.column().name(), x.above(), "left of the plot");
    let notes: Vec<_> = left.into_iter().chain(up.note(y.column().name(), y.above(), "below it")).collect();
    publish(Layout {
        axes: Some(Axes {
            x: across.axis(0.0, x.column().name(), x.ticks(&across)),
            y: up.axis(-size.y, y.column().name(), y.ticks(&up)),
        }),
        note: (!notes.is_empty()).then(|| notes.join("; ")),
        ..Layout::overlapping(LayoutKind::XY, places, bounds, progress.part(0.6, 1.0))?
    })
}
