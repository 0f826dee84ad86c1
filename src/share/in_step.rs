//! Drawings of a grid as far as they have been drawn, all from one moment on: what an animation shows and what the window does.

use crate::data::strokes::{Rasterizer, SIDES, Written};
use rayon::prelude::*;

/// Cells in a line that so many drawings have by themselves: about 1.3 times as many as lines.
pub fn usual_columns(count: usize) -> usize {
    ((1.3 * count.max(1) as f64).sqrt().round() as usize).clamp(1, count.max(1))
}

/// Drawings in a grid, line by line, and the picture of them.
#[derive(Clone, Debug)]
pub struct InStep {
    /// `None` where a record has no strokes that can be read: its cell stays empty.
    cells: Vec<Option<Written>>,
    columns: usize,
    /// Pixels a side of a cell.
    side: usize,
    lines: usize,
    /// Ink, 0 to 255, line by line.
    picture: Vec<u8>,
    /// How far each cell has been drawn there, ms; `None` where it has not.
    drawn_ms: Vec<Option<f64>>,
}

impl InStep {
    /// A grid of room for so many drawings, none of which is there yet; `side` is brought into [`SIDES`].
    pub fn new(count: usize, columns: usize, side: u32) -> Self {
        let columns = columns.clamp(1, count.max(1));
        let side = side.clamp(*SIDES.start(), *SIDES.end()) as usize;
        let lines = count.max(1).div_ceil(columns);
        Self { cells: Vec::new(), columns, side, lines, picture: Vec::new(), drawn_ms: Vec::new() }
    }

    /// Adds the next one.
    pub fn push(&mut self, cell: Option<Written>) {
        self.cells.push(cell);
        self.drawn_ms.push(None);
    }

    /// Gives cells another size, in pixels a side.
    pub fn set_side(&mut self, side: u32) {
        let side = side.clamp(*SIDES.start(), *SIDES.end()) as usize;
        if side != self.side {
            (self.side, self.picture) = (side, Vec::new());
        }
    }

    /// Width and height of the picture, pixels.
    pub fn size_px(&self) -> [usize; 2] {
        [self.columns * self.side, self.lines * self.side]
    }

    /// Cells in a line, and lines.
    pub fn grid(&self) -> [usize; 2] {
        [self.columns, self.lines]
    }

    /// How long the longest of them plays, ms.
    pub fn length_ms(&self) -> f64 {
        self.cells.iter().flatten().map(|written| written.timeline.length_ms()).fold(0.0, f64::max)
    }

    /// How many have come, and how many of these have strokes.
    pub fn counts(&self) -> [usize; 2] {
        [self.cells.len(), self.cells.iter().flatten().count()]
    }

    /// The ink of all pixels after so many ms, line by line. Cells that look as they did in the last picture are not drawn again.
    pub fn picture(&mut self, at_ms: f64) -> &[u8] {
        let (side, [width, height]) = (self.side, self.size_px());
        if self.picture.len() != width * height {
            self.picture = vec![0; width * height];
            self.drawn_ms.fill(None);
        }
        let strips = self.picture.par_chunks_mut(width * side);
        let cells = self.cells.par_chunks(self.columns).zip(self.drawn_ms.par_chunks_mut(self.columns));
        strips.zip(cells).for_each(|(strip, (cells, drawn_ms))| {
            let mut rasterizer = Rasterizer::new(side as u32);
            let mut bitmap = vec![0; side * side];
            for (at, (written, drawn)) in cells.iter().zip(drawn_ms).enumerate() {
                let Some(written) = written else { continue };
                let end = written.timeline.length_ms();
                if drawn.replace(at_ms).is_some_and(|before| before == at_ms || (before >= end && at_ms >= end)) {
                    continue;
                }
                rasterizer.render_drawn(written, at_ms, &mut bitmap);
                for (to, from) in strip.chunks_exact_mut(width).zip(bitmap.chunks_exact(side)) {
                    to.get_mut(at * side..(at + 1) * side).into_iter().for_each(|to| to.copy_from_slice(from));
                }
            }
        });
        &self.picture
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::data::strokes::Drawing;

    fn line(times: &[f64]) -> Written {
        let mut drawing = Drawing::default();
        drawing.push(&[0.0, 255.0], &[0.0, 0.0], Some(times)).unwrap();
        Written::of(&drawing)
    }

    /// How much of each cell is ink, of one line of cells.
    fn inks(grid: &mut InStep, at_ms: f64) -> Vec<u32> {
        let ([width, _], side) = (grid.size_px(), grid.side);
        let mut inks = vec![0; grid.columns];
        for line in grid.picture(at_ms).chunks_exact(width) {
            line.chunks_exact(side)
                .zip(&mut inks)
                .for_each(|(cell, sum)| *sum += cell.iter().map(|&i| u32::from(i)).sum::<u32>());
        }
        inks
    }

    #[test]
    fn all_begin_at_once_and_each_takes_its_time() {
        let mut grid = InStep::new(4, 4, 28);
        for cell in [Some(line(&[0.0, 100.0])), Some(line(&[0.0, 400.0])), None, Some(line(&[5_000.0, 5_200.0]))] {
            grid.push(cell);
        }
        assert_eq!((grid.length_ms(), grid.counts(), grid.size_px()), (400.0, [4, 3], [112, 28]));
        let whole = inks(&mut grid, f64::INFINITY);
        // The same line thrice, and a cell without strokes.
        assert!(whole[0] > 0 && whole[0] == whole[1] && whole[0] == whole[3] && whole[2] == 0, "{whole:?}");
        let early = inks(&mut grid, 100.0);
        assert_eq!((early[0], early[2]), (whole[0], 0));
        // A quarter and half of the way, with caps at both ends.
        assert!(early[1] > whole[1] / 4 && early[1] < whole[1] * 2 / 5, "{early:?}");
        assert!(early[3] > whole[3] / 2 && early[3] < whole[3] * 3 / 5, "{early:?}");
        // Whatever was shown before, and in another size.
        for at_ms in [350.0, 50.0, 1_000.0, 400.0, 0.0] {
            let mut fresh = InStep::new(4, 4, 28);
            grid.cells.iter().for_each(|cell| fresh.push(cell.clone()));
            assert_eq!(grid.picture(at_ms), fresh.picture(at_ms), "{at_ms}");
        }
        grid.set_side(56);
        assert_eq!((grid.picture(0.0).len(), grid.size_px()), (4 * 56 * 56, [224, 56]));
    }

    #[test]
    fn grids_are_a_little_wider_than_high() {
        assert_eq!([0, 1, 4, 50, 400].map(usual_columns), [1, 1, 2, 8, 23]);
    }
}
