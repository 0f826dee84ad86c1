//! `ink`: how much ink drawings have, against how much it varies within each.

use glam::DVec2;

use super::index::{POINT_PX, bounds_of, plot_size};
use super::side::Side;
use super::{Axes, Layout, LayoutError, LayoutInput, LayoutKind, LayoutSpec, Param, Publish};
use crate::atlas::Moments;
use crate::data::columns::number_ticks;

impl LayoutKind {
    /// Mean ink to the right, its standard deviation over the drawing upwards.
    pub const INK: Self = Self(&LayoutSpec {
        name: "ink",
        title: "Ink",
        about: "amount against spread",
        params: &[Param::Ink, Param::Aspect],
        point_px: POINT_PX,
        check: |input| moments(input).map(drop),
        build,
    });
}

fn moments(input: LayoutInput<'_>) -> Result<&[Moments], LayoutError> {
    let text = "cannot place by ink: the drawings have not all been read";
    input.moments.ok_or_else(|| LayoutError::Refused(text.to_owned()))
}

fn build(input: LayoutInput<'_>, publish: Publish<'_>) -> Result<(), LayoutError> {
    let (all, LayoutInput { rows, progress, .. }) = (moments(input)?, input);
    let size = plot_size(input)?;
    let of = |row: u32, which: usize| Some(f64::from(all.get(row as usize)?[which]) / 65535.0);
    let x = Side::of(|row| of(row, 0), rows, size.x, progress.part(0.0, 0.2))?;
    let y = Side::of(|row| of(row, 1), rows, size.y, progress.part(0.2, 0.4))?;
    let at = |row: u32| DVec2::new(x.along(of(row, 0).unwrap_or(0.0)), y.along(of(row, 1).unwrap_or(0.0)) - size.y);
    let places = (0..rows).map(at);
    publish(Layout {
        axes: Some(Axes {
            x: x.axis(0.0, "mean ink", number_ticks(x.low, x.high)),
            y: y.axis(-size.y, "standard deviation of ink", number_ticks(y.low, y.high)),
        }),
        ..Layout::overlapping(LayoutKind::INK, places, bounds_of(size), progress.part(0.4, 1.0))?
    })
}
