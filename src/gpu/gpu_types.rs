//! Mirrors of the WGSL structs: same members, offsets and sizes (a test parses the shaders and compares).

use super::painters::ink_mode::Levels;
use crate::atlas::AtlasPlan;
use crate::scene::frame::PxRect;
use crate::scene::layout::{FIXED_BITS, Layout};
use crate::scene::view::{ScatterView, Stretch};
use bytemuck::{Pod, Zeroable};
use glam::DVec2;
use std::ops::RangeInclusive;

/// Pixels a side of what is drawn: no device draws more.
pub const SIDE_PX: RangeInclusive<u32> = 1..=1 << 15;
/// Pixels per world unit: from the farthest zoom of the widest layout in a viewport of one pixel to one drawing that fills the
/// largest viewport. Sides of squares are no smaller and no larger either.
pub const PX_PER_UNIT: RangeInclusive<f64> = 1.0 / (1_u64 << 34) as f64..=(1_u32 << 17) as f64;
/// Pixels from a target's top-left corner to the origin.
const ORIGIN_PX: RangeInclusive<f64> = -((1_u32 << 17) as f64)..=(1_u32 << 17) as f64;
/// Stretched ink per mean ink: means are told apart in steps of 1/65535.
const RISE: RangeInclusive<f64> = 0.0..=65_535.0;
/// Shares and amounts.
const UNIT: RangeInclusive<f64> = 0.0..=1.0;

/// The nearest number of a range; its lower end for what is no number.
fn within(value: f64, range: &RangeInclusive<f64>) -> f64 {
    value.max(*range.start()).min(*range.end())
}

/// `View` of `view.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
pub struct ViewUniform {
    /// World origin near the camera, fixed-point units, y up.
    pub origin: [i32; 2],
    /// Where the origin lies in the target, pixels, y down.
    pub origin_px: [f32; 2],
    /// Width and height of the target in pixels.
    pub size_px: [f32; 2],
    /// Pixels per fixed-point unit.
    pub px_per_fixed: f32,
    /// Side of a drawing's square in pixels.
    pub side_px: f32,
    /// See [`ScatterView::opacity`].
    pub opacity: f32,
    /// See [`ScatterView::shape_mix`].
    pub shape_mix: f32,
    /// See [`ScatterView::far_mix`].
    pub far_mix: f32,
    /// Low end of far contrast, how steeply ink rises from there …
    pub stretch_low: f32,
    /// … in stretched ink per mean ink.
    pub stretch_rise: f32,
    /// The knee of far contrast …
    pub stretch_knee: f32,
    /// … what it becomes, and how steeply ink rises above it.
    pub stretch_knee_to: f32,
    /// See there.
    pub stretch_rise_above: f32,
    /// Weight of the coarser level.
    pub level_mix: f32,
    /// Values a side of the finer level.
    pub fine_side: u32,
    /// Rows from here on are not drawn.
    pub rows_ready: u32,
    /// Half a world unit in fixed-point units; 0 where squares are larger than their cells.
    pub half_fixed: i32,
    /// Where the target's corner lies in the picture, pixels: a tile of it.
    pub tile_px: [f32; 2],
    /// Padding.
    pub unused: [f32; 2],
}

impl ViewUniform {
    /// The uniform for a crop of a view: a target of `size_px` whose top-left corner is the view's pixel `crop_px`.
    ///
    /// The origin is the fixed-point position of the layout's bounds nearest to `near_px` (view pixels): arithmetic is most
    /// exact there. All numbers are within the ranges above, where no integer of the shaders overflows; what cameras ask for is
    /// so already.
    pub fn new(view: &ScatterView, layout: &Layout, plan: &AtlasPlan, rows_ready: u32, crop: Crop) -> Self {
        let fixed_per_unit = f64::from(1_u32 << layout.frac_bits());
        let near = view.world_from_px(crop.near_px).clamp(layout.bounds.min, layout.bounds.max) * fixed_per_unit;
        let origin = [to_fixed(near.x), to_fixed(near.y)];
        let origin_world = DVec2::new(f64::from(origin[0]), f64::from(origin[1])) / fixed_per_unit;
        let origin_px = view.px_from_world(origin_world) - DVec2::new(crop.left_top[0].into(), crop.left_top[1].into());
        // Without far contrast ink stays as it is: a straight line to 1.
        let stretch = if view.stretch.high > view.stretch.low { view.stretch } else { Stretch::linear(0.0, 1.0) };
        let levels = Levels::of(plan, view.side_px);
        let side_of = |side: u32| side.clamp(*SIDE_PX.start(), *SIDE_PX.end()) as f32;
        Self {
            origin,
            origin_px: origin_px.to_array().map(|at| within(at, &ORIGIN_PX) as f32),
            size_px: crop.size_px.map(side_of),
            px_per_fixed: (within(view.px_per_unit, &PX_PER_UNIT) / fixed_per_unit) as f32,
            side_px: within(view.side_px, &PX_PER_UNIT) as f32,
            opacity: within(view.opacity, &UNIT) as f32,
            shape_mix: within(view.shape_mix, &UNIT) as f32,
            far_mix: within(view.far_mix, &UNIT) as f32,
            stretch_low: within(stretch.low, &UNIT) as f32,
            stretch_rise: within(stretch.knee_to / (stretch.knee - stretch.low), &RISE) as f32,
            stretch_knee: within(stretch.knee, &UNIT) as f32,
            stretch_knee_to: within(stretch.knee_to, &UNIT) as f32,
            stretch_rise_above: within((1.0 - stretch.knee_to) / (stretch.high - stretch.knee), &RISE) as f32,
            level_mix: within(levels.mix, &UNIT) as f32,
            fine_side: levels.fine_side,
            rows_ready,
            half_fixed: if view.side_px == view.px_per_unit { 1 << (layout.frac_bits() - 1) } else { 0 },
            tile_px: [0.0; 2],
            unused: [0.0; 2],
        }
    }

    /// The same for a target that shows a tile of the picture.
    #[must_use]
    pub fn of_tile(self, tile: PxRect) -> Self {
        let size_px = tile.size().map(|side| side.clamp(*SIDE_PX.start(), *SIDE_PX.end()) as f32);
        Self { size_px, tile_px: [tile.left as f32, tile.top as f32], ..self }
    }

    /// A uniform for passes that only need the target's size.
    pub fn target(size_px: [u32; 2]) -> Self {
        Self { size_px: [size_px[0] as f32, size_px[1] as f32], rows_ready: u32::MAX, ..Self::default() }
    }
}

/// Which part of a view a target shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crop {
    /// The view's pixel in the target's top-left corner (may be negative).
    pub left_top: [i32; 2],
    /// Size of the target in pixels.
    pub size_px: [u32; 2],
    /// Where positions must be most exact, view pixels.
    pub near_px: DVec2,
}

/// Nearest fixed-point number, kept to what layouts keep to: sums of three fit 32 bits.
fn to_fixed(units: f64) -> i32 {
    const LIMIT: f64 = (1_u32 << FIXED_BITS) as f64;
    within(units.round(), &(-LIMIT..=LIMIT)) as i32
}

/// `Chunk` of `view.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
pub struct ChunkUniform {
    /// First row of the chunk.
    pub first_row: u32,
    /// One past its last row.
    pub end_row: u32,
    /// Logarithm of the cells in a row of a page.
    pub cell_bits: u32,
    /// Side of a canvas in values of ink.
    pub canvas: u32,
}

/// `Dots` of `dots.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
pub struct DotsUniform {
    /// Words a line of counts.
    pub pitch: u32,
    /// Empty pixels left of and above the viewport.
    pub margin: u32,
    /// Words a line of the viewport …
    pub columns: u32,
    /// … and its lines.
    pub lines: u32,
    /// Logarithm to base 2 of what one dot leaves of the paper …
    pub log_left: f32,
    /// … and one faded dot.
    pub log_left_faded: f32,
    /// Tiles of points in all.
    pub tiles: u32,
    /// 1: some rows are faded.
    pub fades: u32,
}

/// `Resolve` of `resolve.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct ResolveUniform {
    /// 1: the ink target holds 1 − ink.
    pub inverted: u32,
    /// Padding.
    pub unused_a: u32,
    /// Padding.
    pub unused_b: u32,
    /// Padding.
    pub unused_c: u32,
}

/// `Question` of `nearest.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
pub struct NearestUniform {
    /// The first row of a buffer.
    pub first: u32,
    /// How many rows it holds.
    pub rows: u32,
    /// Sixteens of values a code.
    pub sixteens: u32,
    /// The row that is asked about; all ones for none.
    pub own: u32,
}

/// `Present` of `present.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
pub struct PresentUniform {
    /// Top-left corner of the rectangle in the target.
    pub origin_px: [f32; 2],
    /// 1: the target wants linear values.
    pub linear: u32,
    /// Padding.
    pub unused: u32,
}

/// One instance of the scatter: a square's centre and its row, in draw order.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
pub struct PointInstance {
    /// Centre in fixed-point units, y up.
    pub position: [i32; 2],
    /// Row.
    pub row: u32,
}

impl PointInstance {
    /// Vertex attributes, one step an instance.
    pub const ATTRIBUTES: [wgpu::VertexAttribute; 2] = wgpu::vertex_attr_array![0 => Sint32x2, 1 => Uint32];
}

/// One instance of the cell look-up: a block of cells, or what one chunk holds of it.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
pub struct PartInstance {
    /// Left and top edge of the block in fixed-point units, y up.
    pub left_top: [i32; 2],
    /// Drawings a line.
    pub columns: u32,
    /// First position of the part, counted from 0 in the block.
    pub first: u32,
    /// One past its last position.
    pub end: u32,
    /// The block's first position in the whole grid of cells.
    pub start: u32,
}

impl PartInstance {
    /// Vertex attributes, one step an instance.
    pub const ATTRIBUTES: [wgpu::VertexAttribute; 5] =
        wgpu::vertex_attr_array![0 => Sint32x2, 1 => Uint32, 2 => Uint32, 3 => Uint32, 4 => Uint32];
}

/// `Mark` of `mark.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
pub struct MarkInstance {
    /// Left, top, width, height in pixels of the target.
    pub rect: [f32; 4],
    /// Colour, encoded values; for a card only the alpha counts.
    pub color: [f32; 4],
    /// Faint fill of a card: colour and amount.
    pub tint: [f32; 4],
    /// `PAINTS_*`, row, texel side in 1/256 px (0: the drawing fills the rectangle), unused.
    pub kind: [u32; 4],
}

impl MarkInstance {
    /// Vertex attributes, one step an instance.
    pub const ATTRIBUTES: [wgpu::VertexAttribute; 4] =
        wgpu::vertex_attr_array![0 => Float32x4, 1 => Float32x4, 2 => Float32x4, 3 => Uint32x4];
}

/// `Stretch` of `strokes.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
pub struct StretchInstance {
    /// Its ends in pixels of the target, x and y each; of a rectangle two opposite corners.
    pub ends: [f32; 4],
    /// Of the pen in pixels; negative: a filled rectangle.
    pub radius: f32,
    /// Encoded values and alpha.
    pub color: [u8; 4],
}

impl StretchInstance {
    /// Vertex attributes, one step an instance.
    pub const ATTRIBUTES: [wgpu::VertexAttribute; 3] =
        wgpu::vertex_attr_array![0 => Float32x4, 1 => Float32, 2 => Unorm8x4];
}

#[cfg(test)]
mod tests;
