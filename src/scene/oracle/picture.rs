//! Which ink every pixel shows: the check on the GPU's scatter pass.

use super::looks::{Look, Looks, Sum};
use super::pyramid::Level;
use super::{Square, centers_near};
use crate::atlas::level_sides;
use crate::scene::index::SpatialIndex;
use crate::scene::layout::Layout;
use crate::scene::view::{ScatterView, level_blend};

use glam::DVec2;

/// The ink of every pixel, 0…1, lines from the top, `width · height` values: before colours, without highlights, every row
/// looking as all others.
///
/// `canvas` is the side of a drawing in texels; `drawing` fills `canvas²` bytes with the ink of a row, lines from the top.
pub fn ink_picture(
    view: &ScatterView,
    layout: &Layout,
    index: &SpatialIndex,
    canvas: u32,
    drawing: &dyn Fn(u32, &mut [u8]),
) -> Vec<f32> {
    let sums = sums(view, layout, index, &Looks::plain(), canvas, drawing);
    sums.iter().map(|sum| sum.ink(view) as f32).collect()
}

/// The encoded colour of every pixel, each channel 0…1, lines from the top, with the looks of the rows; arguments as for
/// [`ink_picture`].
pub fn color_picture(
    view: &ScatterView,
    layout: &Layout,
    index: &SpatialIndex,
    looks: &Looks<'_>,
    canvas: u32,
    drawing: &dyn Fn(u32, &mut [u8]),
) -> Vec<[f64; 3]> {
    let sums = sums(view, layout, index, looks, canvas, drawing);
    sums.iter().map(|sum| looks.color(sum, view)).collect()
}

fn sums(
    view: &ScatterView,
    layout: &Layout,
    index: &SpatialIndex,
    looks: &Looks<'_>,
    canvas: u32,
    drawing: &dyn Fn(u32, &mut [u8]),
) -> Vec<Sum> {
    let rows = rows_in_sight(view, index);
    let canvas = canvas.max(1);
    let mut picture = Picture {
        view,
        sizes: level_sides(canvas),
        sums: vec![Sum::empty(view.overlaps); view.size_px[0] as usize * view.size_px[1] as usize],
    };
    let mut bytes = vec![0; canvas as usize * canvas as usize];
    for row in rows {
        let Some(center) = layout.center(row) else {
            continue;
        };
        let (square, look) = (Square::of(view, center), looks.of(row));
        if square.touched_pixels(view).is_none() || look.weight <= 0.0 {
            continue;
        }
        if view.overlaps && view.shape_mix <= 0.0 {
            picture.lay_over(&square, &look, |_| 1.0);
            continue;
        }
        bytes.fill(0);
        drawing(row, &mut bytes);
        picture.draw(&square, &look, &Level::from_bytes(canvas, &bytes));
    }
    picture.sums
}

/// The rows that the picture may show, ascending: sums are made in one order, whatever the index, so that the picture is the same to
/// the last bit.
pub(super) fn rows_in_sight(view: &ScatterView, index: &SpatialIndex) -> Vec<u32> {
    let size_px = DVec2::new(f64::from(view.size_px[0]), f64::from(view.size_px[1]));
    let mut rows: Vec<u32> = index.candidates(&centers_near(view, DVec2::ZERO, size_px)).collect();
    rows.sort_unstable();
    rows
}

/// What pixels take of a drawing, far contrast apart: whole values of the finest level, or integrals of the two levels that are
/// nearest to its size.
pub(super) enum Sampled {
    /// Drawings are at least as large as their canvas.
    Whole(Level),
    /// They are smaller.
    Filtered { fine: Level, coarse: Level, t: f64 },
}

impl Sampled {
    /// `sizes` are the sides of its levels, finest first.
    pub(super) fn of(view: &ScatterView, sizes: &[u32], finest: &Level) -> Self {
        if view.side_px >= f64::from(sizes[0]) {
            return Self::Whole(finest.clone());
        }
        let blend = level_blend(sizes, view.side_px);
        let level = |at: usize| finest.reduced(sizes[at]);
        Self::Filtered { fine: level(blend.fine), coarse: level(blend.coarse), t: blend.t }
    }

    pub(super) fn is_whole(&self) -> bool {
        matches!(self, Self::Whole(_))
    }

    /// What a pixel takes of the drawing in a square.
    pub(super) fn value(&self, p: Pixel, square: &Square) -> f64 {
        match self {
            Self::Whole(finest) => {
                let uv = (p.center() - square.min) / (square.max - square.min);
                finest.nearest(uv.x, uv.y)
            }
            Self::Filtered { fine, coarse, t } => {
                let part = p.part_of(square);
                mix(part.ink(fine), part.ink(coarse), *t)
            }
        }
    }
}

/// The picture while drawings are added to it.
struct Picture<'a> {
    view: &'a ScatterView,
    sizes: Vec<u32>,
    sums: Vec<Sum>,
}

impl Picture<'_> {
    fn draw(&mut self, square: &Square, look: &Look, finest: &Level) {
        let view = self.view;
        let sampled = Sampled::of(view, &self.sizes, finest);
        if sampled.is_whole() {
            let texel = |p: Pixel| sampled.value(p, square);
            if view.overlaps {
                self.lay_over(square, look, |p| mix(1.0, texel(p), view.shape_mix));
            } else {
                self.for_covered(square, |sum, p| sum.add(texel(p), 1.0, look));
            }
            return;
        }
        let far = view.stretch.apply(finest.mean());
        if !view.overlaps && view.far_mix >= 1.0 {
            self.for_touched(square, |sum, p| {
                let area = p.part_of(square).area_px;
                sum.add(far * area, area, look);
            });
            return;
        }
        if view.overlaps {
            self.lay_over(square, look, |p| mix(1.0, sampled.value(p, square), view.shape_mix));
            return;
        }
        self.for_touched(square, |sum, p| {
            let area = p.part_of(square).area_px;
            sum.add(mix(sampled.value(p, square), far * area, view.far_mix), area, look);
        });
    }

    /// Multiplies what shows of the ground by `1 − opacity · k(pixel)` where the square covers the pixel's centre.
    fn lay_over(&mut self, square: &Square, look: &Look, k: impl Fn(Pixel) -> f64) {
        let opacity = self.view.opacity;
        self.for_covered(square, |sum, p| sum.cover(opacity * k(p), look));
    }

    fn for_covered(&mut self, square: &Square, f: impl FnMut(&mut Sum, Pixel)) {
        if let Some(pixels) = square.covered_pixels(self.view) {
            for_pixels(&mut self.sums, self.view, pixels, f);
        }
    }

    fn for_touched(&mut self, square: &Square, f: impl FnMut(&mut Sum, Pixel)) {
        if let Some(pixels) = square.touched_pixels(self.view) {
            for_pixels(&mut self.sums, self.view, pixels, f);
        }
    }
}

/// Goes over some pixels of a viewport with what is known of each.
pub(super) fn for_pixels<T>(
    known: &mut [T],
    view: &ScatterView,
    [xs, ys]: [[i64; 2]; 2],
    mut f: impl FnMut(&mut T, Pixel),
) {
    let width = view.size_px[0] as usize;
    for y in ys[0]..=ys[1] {
        for x in xs[0]..=xs[1] {
            if let Some(known) = known.get_mut(y as usize * width + x as usize) {
                f(known, Pixel { x, y });
            }
        }
    }
}

/// A pixel of the viewport: the square from `(x, y)` to `(x + 1, y + 1)`.
#[derive(Clone, Copy)]
pub(super) struct Pixel {
    x: i64,
    y: i64,
}

impl Pixel {
    fn min(self) -> DVec2 {
        DVec2::new(self.x as f64, self.y as f64)
    }

    fn center(self) -> DVec2 {
        self.min() + 0.5
    }

    /// The part of a drawing that lies in this pixel.
    pub(super) fn part_of(self, square: &Square) -> Part {
        let lo = self.min().max(square.min);
        let hi = (self.min() + 1.0).min(square.max).max(lo);
        let size = square.max - square.min;
        let (from, to) = ((lo - square.min) / size, (hi - square.min) / size);
        Part {
            u: [from.x, to.x],
            v: [from.y, to.y],
            area_px: (hi - lo).element_product(),
            drawing_px: size.element_product(),
        }
    }
}

/// A rectangle of a drawing.
pub(super) struct Part {
    u: [f64; 2],
    v: [f64; 2],
    /// Its area and the whole drawing's, square pixels.
    pub(super) area_px: f64,
    drawing_px: f64,
}

impl Part {
    /// The integral of a level's ink over the part, square pixels.
    fn ink(&self, level: &Level) -> f64 {
        level.integral(self.u, self.v) * self.drawing_px
    }
}

fn mix(a: f64, b: f64, t: f64) -> f64 {
    a * (1.0 - t) + b * t
}
