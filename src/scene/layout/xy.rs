//! `xy`: a scatter plot of two columns, with axes. Rows without a value stand in strips beside them.

use glam::DVec2;

use super::index::{POINT_PX, plot_size, splitmix64, unit_interval};
use super::registry::by_names;
use super::{Axes, Axis, Layout, LayoutError, LayoutInput, LayoutKind, LayoutSpec, Param, Publish, Tick};
use crate::data::Row;
use crate::data::columns::{Column, ColumnType, Columns, quoted};
use crate::progress::{Cancelled, Progress};
use crate::scene::camera::Bounds;
use crate::words::counted;

/// Width of the strips, and of the gaps between them and the plot, as a part of the plot's width.
const STRIP: f64 = 0.05;
/// Makes a row's place across the lower strip another random number than across the left one.
const LOWER: u64 = 1 << 63;

impl LayoutKind {
    /// Numbers, times or flags of two columns to the right and upwards.
    pub const XY: Self = Self(&LayoutSpec {
        name: "xy",
        title: "XY",
        about: "two columns",
        params: &[Param::By(2, "two (`A,B`)"), Param::Seed],
        point_px: POINT_PX,
        check: |input| chosen(input).map(drop),
        build,
    });
}

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
    if let Some(by) = &input.params.by {
        return match by_names(by, Some(columns)).as_slice() {
            [x, y] => Ok([named(columns, x)?, named(columns, y)?]),
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
        (Some(x), Some(y)) => Ok([x, y]),
        _ => Err(refused(format!(
            "cannot place by two columns: fewer than two hold numbers, times or flags that differ; {}",
            columns.known()
        ))),
    }
}

fn named<'a>(columns: &'a Columns, name: &str) -> Result<&'a Column, LayoutError> {
    let column = columns.named(name).ok_or_else(|| {
        refused(format!("cannot place by {}: there is no such column; {}", quoted(name), columns.known()))
    })?;
    if column.has_coordinates() {
        return Ok(column);
    }
    let name = quoted(column.name());
    Err(refused(format!("cannot place by {name}: it holds texts, and numbers, times or flags are needed")))
}

/// One side of the plot: which coordinates it shows, and how long it is.
struct Side<'a> {
    column: &'a Column,
    low: f64,
    high: f64,
    length: f64,
    missing: u32,
}

impl<'a> Side<'a> {
    fn of(column: &'a Column, rows: u32, length: f64, progress: Progress<'_>) -> Result<Self, Cancelled> {
        let mut side = Self { column, low: f64::INFINITY, high: f64::NEG_INFINITY, length, missing: 0 };
        for block in progress.blocks(rows) {
            for row in block? {
                match column.coordinate(Row(row)) {
                    Some(value) => (side.low, side.high) = (side.low.min(value), side.high.max(value)),
                    None => side.missing += 1,
                }
            }
        }
        Ok(side)
    }

    /// How far along the side a coordinate lies; where all are equal, in the middle.
    fn along(&self, value: f64) -> f64 {
        // Halves, since the span of two floats may be no float.
        let span = self.high / 2.0 - self.low / 2.0;
        if span > 0.0 { (value / 2.0 - self.low / 2.0) / span * self.length } else { self.length / 2.0 }
    }

    fn axis(&self, from: f64) -> Axis {
        let ticks = if self.low <= self.high { self.column.ticks(self.low, self.high) } else { Vec::new() };
        let tick = |(value, text)| Tick { at: from + self.along(value), text };
        Axis { title: self.column.name().to_owned(), ticks: ticks.into_iter().map(tick).collect() }
    }

    /// "without a value of score: 3 rows, left of the plot".
    fn note(&self, place: &str) -> Option<String> {
        let rows = counted(self.missing.into(), "row", "rows");
        (self.missing > 0).then(|| format!("without a value of {}: {rows}, {place}", quoted(self.column.name())))
    }
}

fn build(input: LayoutInput<'_>, publish: Publish<'_>) -> Result<(), LayoutError> {
    let [x, y] = chosen(input)?;
    let size = plot_size(input.rows)?;
    let x = Side::of(x, input.rows, size.x, input.progress.part(0.0, 0.25))?;
    let y = Side::of(y, input.rows, size.y, input.progress.part(0.25, 0.5))?;
    let strip = STRIP * size.x;
    let beside = |r: u64| -(1.0 + unit_interval(splitmix64(input.params.seed ^ r))) * strip;
    let places = (0..input.rows).map(|row| {
        let r = u64::from(row);
        DVec2::new(
            x.column.coordinate(Row(row)).map_or_else(|| beside(r), |value| x.along(value)),
            y.column.coordinate(Row(row)).map_or_else(|| beside(r ^ LOWER), |value| y.along(value)) - size.y,
        )
    });
    let room = |side: &Side<'_>| if side.missing > 0 { 2.0 * strip } else { 0.0 };
    let bounds = Bounds::new(DVec2::new(-room(&x), -size.y - room(&y)), DVec2::new(size.x, 0.0));
    let notes: Vec<_> = x.note("left of the plot").into_iter().chain(y.note("below it")).collect();
    publish(Layout {
        axes: Some(Axes { x: x.axis(0.0), y: y.axis(-size.y) }),
        note: (!notes.is_empty()).then(|| notes.join("; ")),
        ..Layout::overlapping(LayoutKind::XY, places, bounds, input.progress.part(0.5, 1.0))?
    })
}
