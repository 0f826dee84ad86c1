//! `file`: places from a file. Drawings without one stand in a strip beside the others.

use glam::DVec2;

use super::index::{ASPECT, POINT_PX, plot_of, splitmix64, unit_interval};
use super::side::{STRIP, Side};
use super::{Layout, LayoutError, LayoutInput, LayoutKind, LayoutSpec, Param, Publish};
use crate::data::positions::{Positions, PositionsError, Rows};
use crate::scene::camera::Bounds;
use crate::words::{counted, shown_text};
use std::ops::RangeInclusive;
use std::path::Path;

/// Proportions of a file that are kept; others would leave nothing to see.
const KEPT: RangeInclusive<f64> = 0.25..=4.0;
/// Makes a row's height in the strip another random number than its place across it.
const UPWARDS: u64 = 1 << 63;

impl LayoutKind {
    /// Places from a file.
    pub const FILE: Self = Self(&LayoutSpec {
        name: "file",
        title: "File",
        about: "places of `--positions`",
        params: &[Param::Positions, Param::Seed, Param::Aspect],
        point_px: POINT_PX,
        check: |input| named(input).map(drop),
        build,
    });
}

fn named(input: LayoutInput<'_>) -> Result<&Path, LayoutError> {
    let text = "cannot place by a file: name one that has a place for each drawing with --positions";
    input.params.positions.as_deref().ok_or_else(|| LayoutError::Refused(text.to_owned()))
}

fn build(input: LayoutInput<'_>, publish: Publish<'_>) -> Result<(), LayoutError> {
    let LayoutInput { rows, columns, params, progress, .. } = input;
    let path = named(input)?;
    let wanted = Rows { count: rows, slice: params.slice, columns };
    let Positions { places, others } =
        Positions::read(path, wanted, progress.part(0.0, 0.4)).map_err(|error| match error {
            PositionsError::Cancelled(cancelled) => cancelled.into(),
            error => LayoutError::Refused(format!("cannot place by a file: {error}")),
        })?;
    let place = |row: u32| {
        places.get(row as usize).copied().filter(|[x, y]| x.is_finite() && y.is_finite()).map(DVec2::from_array)
    };
    let x = Side::of(|row| Some(place(row)?.x), rows, 1.0, progress.part(0.4, 0.5))?;
    let y = Side::of(|row| Some(place(row)?.y), rows, 1.0, progress.part(0.5, 0.6))?;
    if x.missing == rows {
        let text = format!("cannot place by a file: no drawing has a place in it: {}", path.display());
        return Err(LayoutError::Refused(text));
    }
    let own = (x.high / 2.0 - x.low / 2.0) / (y.high / 2.0 - y.low / 2.0);
    let aspect = params.aspect.given().unwrap_or(if KEPT.contains(&own) { own } else { ASPECT });
    let size = plot_of(rows, aspect)?;
    let (x, y, strip) = (x.of_length(size.x), y.of_length(size.y), STRIP * size.x);
    let unit = |i: u64| unit_interval(splitmix64(params.seed ^ i));
    let all = (0..rows).map(|row| {
        let r = u64::from(row);
        let beside = || DVec2::new(-(1.0 + unit(r)) * strip, -unit(r ^ UPWARDS) * size.y);
        place(row).map_or_else(beside, |at| DVec2::new(x.along(at.x), y.along(at.y) - size.y))
    });
    let bounds = Bounds::new(DVec2::new(-x.room(strip), -size.y), DVec2::new(size.x, 0.0));
    let name = shown_text(&path.file_name().unwrap_or_default().to_string_lossy(), 60);
    let without = format!("without a place in {name}: {}, left of the plot", counted(x.missing.into(), "row", "rows"));
    let beyond = format!("{} in {name} of no drawing that is open", counted(others.into(), "place", "places"));
    let notes = [(x.missing, without), (others, beyond)].into_iter().filter(|(count, _)| *count > 0);
    let notes: Vec<String> = notes.map(|(_, note)| note).collect();
    publish(Layout {
        note: (!notes.is_empty()).then(|| notes.join("; ")),
        ..Layout::overlapping(LayoutKind::FILE, all, bounds, progress.part(0.6, 1.0))?
    })
}
