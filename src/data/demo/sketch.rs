//! A drawing by hand as a bitmap of any size, in the way in which published drawings became theirs: simplified, as large as it can
//! be, in the middle, with a pen that keeps its width whatever the drawing's extent.

use super::raster::{BORDER, CANVAS, PEN_RADIUS, PIXELS, SIDE, render_placed};
use super::simplify::{LARGEST, simplify};

/// Width of the pen, in parts of the canvas's shorter side.
pub const PEN: f32 = 2.0 * PEN_RADIUS / WHOLE;
/// The canvas with its border, in its own units.
const WHOLE: f32 = CANVAS + 2.0 * BORDER;

/// Renders strokes of any scale (x right, y down, finite) to `width` × `height` bytes, row by row; 0 is paper, 255 ink. A stroke of
/// one point is a dot. On 28 × 28 that is the bitmap of the simplified drawing, exactly. Takes some 50 µs for each 28 × 28 pixels.
pub fn sketch(strokes: &[Vec<[f32; 2]>], width: u32, height: u32) -> Vec<u8> {
    // Simplified, the longer extent is 255, unless a corner was left out that stood out a little.
    let mut extents = [0, 1].map(|axis| {
        let along = || strokes.iter().flatten().map(move |point| point[axis]);
        along().fold(f32::MIN, f32::max) - along().fold(f32::MAX, f32::min)
    });
    let longer = extents[0].max(extents[1]);
    extents = extents.map(|extent| if longer > 0.0 { (extent / longer * LARGEST).max(1.0) } else { LARGEST });
    let strokes = simplify(strokes);
    let max = [0, 1].map(|axis| strokes.iter().flatten().map(|point| point[axis]).fold(0.0, f32::max));
    let shorter = width.min(height) as f32;
    // Pixels of a unit, and the canvas within its border, in units: along the shorter side as published.
    let scale = shorter / WHOLE;
    let room = [width, height].map(|side| WHOLE * (side as f32 / shorter) - 2.0 * BORDER);
    // On a square that is 1.
    let fit = |axis: usize| (room[axis] - 1.0) / extents[axis];
    let zoom = fit(0).min(fit(1));
    let place = |point: &[f32; 2]| {
        [0, 1].map(|axis| (point[axis] * zoom + (room[axis] - max[axis] * zoom) / 2.0 + BORDER) * scale)
    };
    let (width, height) = (width as usize, height as usize);
    let mut out = vec![0; width * height];
    for top in (0..height).step_by(SIDE) {
        for left in (0..width).step_by(SIDE) {
            let tile = render_placed(&strokes, PEN_RADIUS * scale, |point| {
                let [x, y] = place(point);
                [x - left as f32, y - top as f32]
            });
            put(&tile, &mut out, width, (left, top));
        }
    }
    out
}

/// Copies a square into a picture of lines of `width` pixels, as far as it lies within.
fn put(tile: &[u8; PIXELS], out: &mut [u8], width: usize, (left, top): (usize, usize)) {
    let right = width.min(left + SIDE);
    for (to, from) in out.chunks_exact_mut(width).skip(top).zip(tile.chunks_exact(SIDE)) {
        if let Some(to) = to.get_mut(left..right) {
            to.iter_mut().zip(from).for_each(|(to, ink)| *to = *ink);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::demo::Demo;

    /// Rows and columns that hold ink: the first and the last of each.
    fn extent(ink: &[u8], width: usize) -> [usize; 4] {
        let at: Vec<[usize; 2]> =
            ink.iter().enumerate().filter(|(_, ink)| **ink > 0).map(|(at, _)| [at % width, at / width]).collect();
        let ends = |axis: usize| {
            let along = || at.iter().map(|at| at[axis]);
            [along().min().unwrap_or(usize::MAX), along().max().unwrap_or(0)]
        };
        let ([left, right], [top, bottom]) = (ends(0), ends(1));
        [left, right, top, bottom]
    }

    #[test]
    fn a_drawing_of_the_demo_gives_its_own_bitmap_wherever_and_however_large_it_is_drawn() {
        let demo = Demo::new(40, 3);
        for row in 0..40 {
            let raw = demo.raw_strokes(row);
            assert_eq!(sketch(&raw, 28, 28), demo.bitmap(row), "row {row}");
            // A quarter as large, elsewhere: exact in binary.
            let small: Vec<Vec<[f32; 2]>> =
                raw.iter().map(|stroke| stroke.iter().map(|point| point.map(|at| at / 4.0)).collect()).collect();
            assert_eq!(sketch(&small, 28, 28), demo.bitmap(row), "row {row}");
        }
    }

    #[test]
    fn larger_bitmaps_hold_the_same_drawing_finer() {
        let demo = Demo::new(20, 8);
        for row in 0..20 {
            let fine = sketch(&demo.raw_strokes(row), 84, 84);
            let bitmap = demo.bitmap(row);
            let mut apart = 0;
            for (at, &ink) in bitmap.iter().enumerate() {
                let (x, y) = (at % 28 * 3, at / 28 * 3);
                let nine: u32 = (0..9).map(|i| u32::from(fine[(y + i / 3) * 84 + x + i % 3])).sum();
                apart += (nine / 9).abs_diff(u32::from(ink));
            }
            // Samples of a pixel are counted: their error is far below a grey step in the mean.
            assert!(apart < 784 * 2, "row {row}: {apart}");
        }
    }

    #[test]
    fn lines_and_dots_lie_in_the_middle_with_the_pen_of_the_recipe() {
        // A level line from edge to edge: 255 units and a pen of 16 of 304 units on 28 pixels, by hand.
        let line = sketch(&[vec![[10.0, 7.0], [30.0, 7.0]]], 28, 28);
        assert_eq!(extent(&line, 28), [1, 26, 13, 14]);
        let ink: u32 = line.iter().map(|&ink| u32::from(ink)).sum();
        let unit = 28.0 / 304.0_f64;
        let area = (255.0 * 16.0 + 64.0 * std::f64::consts::PI) * unit * unit;
        // Level edges are found to a tenth of a pixel, and the pen is 1.5 pixels wide.
        assert!((f64::from(ink) / 255.0 - area).abs() < 0.07 * area, "{ink} for {area}");
        let dot = sketch(&[vec![[3.0, 4.0]]], 28, 28);
        assert_eq!(extent(&dot, 28), [13, 14, 13, 14]);
        assert!(sketch(&[], 28, 28).iter().all(|&ink| ink == 0));
        assert!(sketch(&[vec![]], 5, 9).iter().all(|&ink| ink == 0));
    }

    #[test]
    fn canvases_that_are_not_square_are_filled_as_far_as_the_drawing_goes() {
        // Twice as wide as high on a canvas of this shape: the border is that of the shorter side.
        let wide = vec![vec![[0.0, 0.0], [200.0, 0.0], [200.0, 92.0], [0.0, 92.0], [0.0, 0.0]]];
        let ink = sketch(&wide, 56, 28);
        let [left, right, top, bottom] = extent(&ink, 56);
        assert_eq!((left, right), (1, 54), "{:?}", [left, right, top, bottom]);
        assert!(top + bottom == 27 && top <= 2, "in the middle: {top} to {bottom}");
        // A square one stands in the middle, as high as the canvas allows.
        let square = vec![vec![[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 9.0], [0.0, 0.0]]];
        assert_eq!(extent(&sketch(&square, 56, 28), 56), [15, 40, 1, 26]);
        assert_eq!(extent(&sketch(&square, 28, 56), 28), [1, 26, 15, 40]);
        assert_eq!(sketch(&square, 1, 40).len(), 40);
    }
}
