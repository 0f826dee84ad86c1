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
    let size_px = DVec2::new(f64::from(view.size_px[0]), f64::from(view.size_px[1]));
    let near = centers_near(view, DVec2::ZERO, size_px);
    let mut rows: Vec<u32> = index.candidates(&near).collect();
    // Sums in one order, whatever the index: the picture is the same to the last bit.
    rows.sort_unstable();
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
        if picture.touched(&square).is_none() || look.weight <= 0.0 {
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

/// The picture while drawings are added to it.
struct Picture<'a> {
    view: &'a ScatterView,
    sizes: Vec<u32>,
    sums: Vec<Sum>,
}

impl Picture<'_> {
    fn draw(&mut self, square: &Square, look: &Look, finest: &Level) {
        let view = self.view;
        if view.side_px >= f64::from(self.sizes[0]) {
            let texel = |p: Pixel| {
                let uv = (p.center() - square.min) / (square.max - square.min);
                finest.nearest(uv.x, uv.y)
            };
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
        let blend = level_blend(&self.sizes, view.side_px);
        let fine = finest.reduced(self.sizes[blend.fine]);
        let coarse = finest.reduced(self.sizes[blend.coarse]);
        let filtered = |part: &Part| mix(part.ink(&fine), part.ink(&coarse), blend.t);
        if view.overlaps {
            self.lay_over(square, look, |p| mix(1.0, filtered(&p.part_of(square)), view.shape_mix));
            return;
        }
        self.for_touched(square, |sum, p| {
            let part = p.part_of(square);
            sum.add(mix(filtered(&part), far * part.area_px, view.far_mix), part.area_px, look);
        });
    }

    /// Multiplies what shows of the ground by `1 − opacity · k(pixel)` where the square covers the pixel's centre.
    fn lay_over(&mut self, square: &Square, look: &Look, k: impl Fn(Pixel) -> f64) {
        let opacity = self.view.opacity;
        self.for_covered(square, |sum, p| sum.cover(opacity * k(p), look));
    }

    fn for_covered(&mut self, square: &Square, f: impl FnMut(&mut Sum, Pixel)) {
        if let Some(pixels) = square.covered_pixels(self.view) {
            self.for_pixels(pixels, f);
        }
    }

    fn for_touched(&mut self, square: &Square, f: impl FnMut(&mut Sum, Pixel)) {
        if let Some(pixels) = self.touched(square) {
            self.for_pixels(pixels, f);
        }
    }

    /// The pixels of the viewport that share some area with a square, `[first, last]` per axis.
    fn touched(&self, square: &Square) -> Option<[[i64; 2]; 2]> {
        let axis = |lo: f64, hi: f64, size: u32| {
            let first = (lo.floor() as i64).max(0);
            let last = (hi.ceil() as i64).saturating_sub(1).min(i64::from(size) - 1);
            (first <= last).then_some([first, last])
        };
        Some([
            axis(square.min.x, square.max.x, self.view.size_px[0])?,
            axis(square.min.y, square.max.y, self.view.size_px[1])?,
        ])
    }

    fn for_pixels(&mut self, [xs, ys]: [[i64; 2]; 2], mut f: impl FnMut(&mut Sum, Pixel)) {
        let width = self.view.size_px[0] as usize;
        for y in ys[0]..=ys[1] {
            for x in xs[0]..=xs[1] {
                if let Some(sum) = self.sums.get_mut(y as usize * width + x as usize) {
                    f(sum, Pixel { x, y });
                }
            }
        }
    }
}

/// A pixel of the viewport: the square from `(x, y)` to `(x + 1, y + 1)`.
#[derive(Clone, Copy)]
struct Pixel {
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
    fn part_of(self, square: &Square) -> Part {
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
struct Part {
    u: [f64; 2],
    v: [f64; 2],
    /// Its area and the whole drawing's, square pixels.
    area_px: f64,
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
