//! Strokes to a bitmap as the published bitmaps were made, in integers but for normals and the pen's corners.
//!
//! The recipe is a cairo surface of 28 × 28 pixels, scaled by 28 / (256 + 48), with a pen 16 wide, round caps and joins, white on
//! black, each stroke painted over those before. Written from how that behaves, with spans on 15 sub-lines a pixel
//! (`edges`), it comes within .05 of 255 of the published bitmaps in the mean, and within .3 for each drawing.

use super::Written;
use super::drawing::{Drawing, Fault};
use super::edges::{Coverage, UNITS};
use super::pen::Pen;
use super::simplify;
use std::ops::RangeInclusive;

/// The canvas of simplified strokes, in its own units.
pub(super) const CANVAS: f64 = 256.0;
/// Border round the canvas.
pub(super) const BORDER: f64 = 24.0;
/// Half the pen's width.
const PEN_RADIUS: f64 = 8.0;
/// The pen's width by the side of the bitmap.
pub const PEN_WIDTH: f64 = 2.0 * PEN_RADIUS / (CANVAS + 2.0 * BORDER);

/// Sides of bitmaps, in pixels.
pub const SIDES: RangeInclusive<u32> = 28..=256;

/// Renders drawings to bitmaps of one size, one after the other.
#[derive(Debug)]
pub struct Rasterizer {
    /// Pixels a unit of the canvas.
    scale: f64,
    pen: Pen,
    coverage: Coverage,
    simplified: Drawing,
}

impl Rasterizer {
    /// For bitmaps of `side` × `side` pixels, brought into [`SIDES`].
    pub fn new(side: u32) -> Self {
        let side = side.clamp(*SIDES.start(), *SIDES.end());
        let scale = f64::from(side) / (CANVAS + 2.0 * BORDER);
        Self {
            scale,
            pen: Pen::new(PEN_RADIUS * scale),
            coverage: Coverage::new(side as usize),
            simplified: Drawing::default(),
        }
    }

    /// Renders a drawing to `out`: side × side bytes, row by row, 0 paper, 255 ink. What is raw is simplified first. The drawing lies in the
    /// middle, whatever part of the canvas it takes; a stroke of one point is a dot.
    pub fn render(&mut self, drawing: &Drawing, out: &mut [u8]) -> Result<(), Fault> {
        self.render_parts(drawing, 1, out)
    }

    /// The same of its first stroke, its second, … by themselves: `out` has room for so many bitmaps, at least one, of which the last has
    /// all later strokes. They lie where the whole drawing has them.
    pub fn render_parts(&mut self, drawing: &Drawing, parts: usize, out: &mut [u8]) -> Result<(), Fault> {
        if drawing.is_empty() {
            return Err(Fault::NoStrokes);
        }
        out.fill(0);
        let mut own = std::mem::take(&mut self.simplified);
        let simplified = if drawing.is_simplified() { Ok(drawing) } else { simplify(drawing, &mut own).map(|()| &own) };
        let rendered = simplified.map(|drawing| self.paint(drawing, parts.max(1), out));
        self.simplified = own;
        rendered
    }

    /// Renders what is drawn by a time, ms, to `out`, as [`Self::render`] does the whole; raw strokes with all their points.
    pub fn render_drawn(&mut self, written: &Written, at_ms: f64, out: &mut [u8]) {
        out.fill(0);
        let units = f64::from(UNITS) * self.scale * (CANVAS + 2.0 * BORDER);
        for stroke in written.drawn(at_ms).filter(|stroke| !stroke.is_empty()) {
            let place = |at: &[f32; 2]| at.map(|part| (f64::from(part) * units).round_ties_even() as i32);
            self.pen.draw(stroke.iter().map(place), &mut self.coverage);
            self.coverage.paint(out);
        }
    }

    fn paint(&mut self, drawing: &Drawing, parts: usize, out: &mut [u8]) {
        let (_, high) = drawing.bounds();
        let offset = high.map(|high| (CANVAS - high) / 2.0);
        let scale = self.scale;
        let place = |at: &[f64; 2]| {
            [0, 1].map(|axis| ((at[axis] + offset[axis] + BORDER) * scale * f64::from(UNITS)).round_ties_even() as i32)
        };
        let bytes = out.len() / parts;
        for (number, stroke) in drawing.strokes().enumerate() {
            let start = number.min(parts - 1) * bytes;
            self.pen.draw(stroke.iter().map(place), &mut self.coverage);
            self.coverage.paint(out.get_mut(start..start + bytes).unwrap_or_default());
        }
    }
}
