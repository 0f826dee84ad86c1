//! The codes on a board as seen from afar: at each spot the mean over a square window, by sliding sums (each spot costs the same,
//! however wide the window is). Sums are of whole numbers: exact, so that bands side by side give what one band gives.

use super::board::{Board, NONE, PIECE};
use crate::progress::{Cancelled, Progress};
use pulp::{Arch, NullaryFnOnce};
use rayon::prelude::*;

/// Widest window: its sums of codes fit into 32 bits.
const MOST_RADIUS: usize = 2000;
/// The greatest product of a code and a mean: sums of them fit where they are assigned.
const MOST_PRODUCT: f32 = (1 << 25) as f32;
/// Lines between two looks at whether it is still wanted.
const LINES: usize = 64;

/// Most bands: each has sums of its own.
const MOST_BANDS: usize = 64;

/// Writes into `means` (spots × stride) the mean code of the drawings within `radius` columns and lines of each spot, itself
/// among them, times a scale that depends on the length of a code only.
pub(super) fn low_pass(
    board: &Board,
    radius: usize,
    means: &mut Vec<i16>,
    progress: Progress<'_>,
) -> Result<(), Cancelled> {
    let radius = radius.clamp(1, MOST_RADIUS);
    let scale = (MOST_PRODUCT / (board.stride * 127 * 127) as f32).min(128.0);
    means.resize(board.codes.len(), 0);
    let line = board.width * board.stride;
    // A band begins by adding up the lines that its first window spans: bands much lower than windows would do little else.
    let bands = (board.height / (2 * radius + 1)).clamp(rayon::current_num_threads().min(MOST_BANDS), MOST_BANDS);
    let height = board.height.div_ceil(bands).max(1);
    let mut sums: Vec<Sums> = (0..board.height.div_ceil(height)).map(|_| Sums::new(board)).collect();
    for step in (0..height).step_by(LINES) {
        progress.reach(step as f64 / height as f64)?;
        let bands = means.par_chunks_mut(line * height).zip(&mut sums).enumerate();
        bands.for_each(|(band, (own, sums))| {
            let lines = own.chunks_exact_mut(line).enumerate().skip(step).take(LINES);
            for (y, means) in lines {
                Arch::new().dispatch(Line { board, sums, first: band * height, y, radius, scale, means });
            }
        });
    }
    Ok(())
}

/// One line of means.
struct Line<'a> {
    board: &'a Board,
    sums: &'a mut Sums,
    first: usize,
    y: usize,
    radius: usize,
    scale: f32,
    means: &'a mut [i16],
}

impl NullaryFnOnce for Line<'_> {
    type Output = ();

    #[allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
    #[inline(always)]
    fn call(self) {
        self.sums.slide(self.board, self.first, self.y, self.radius);
        self.sums.means(self.board, self.radius, self.scale, self.means);
    }
}

/// Sums over the lines of a window, for each column.
struct Sums {
    codes: Vec<i32>,
    counts: Vec<i32>,
}

impl Sums {
    fn new(board: &Board) -> Self {
        Self { codes: vec![0; board.width * board.stride], counts: vec![0; board.width] }
    }

    /// Moves the window to line `first + y`; from the line above, unless `y` is 0.
    #[allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
    #[inline(always)]
    fn slide(&mut self, board: &Board, first: usize, y: usize, radius: usize) {
        let at = first + y;
        let from = if y == 0 { at.saturating_sub(radius) } else { at + radius };
        for line in from..(at + radius + 1).min(board.height) {
            self.add::<1>(board, line);
        }
        if y > 0 && at > radius {
            self.add::<-1>(board, at - radius - 1);
        }
    }

    #[allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
    #[inline(always)]
    fn add<const SIGN: i32>(&mut self, board: &Board, line: usize) {
        let spots = line * board.width..(line + 1) * board.width;
        for (sum, &code) in
            self.codes.iter_mut().zip(&board.codes[spots.start * board.stride..spots.end * board.stride])
        {
            *sum += SIGN * i32::from(code);
        }
        for (count, &row) in self.counts.iter_mut().zip(&board.rows[spots]) {
            *count += SIGN * i32::from(row != NONE);
        }
    }

    /// The means of one line.
    #[allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
    #[inline(always)]
    fn means(&self, board: &Board, radius: usize, scale: f32, means: &mut [i16]) {
        let (width, stride) = (board.width, board.stride);
        for piece in 0..stride / PIECE {
            let column = |x: usize| self.codes[x * stride + piece * PIECE..].first_chunk::<PIECE>();
            let (mut sum, mut count) = ([0_i32; PIECE], 0);
            for x in 0..width + radius {
                if x < width {
                    count += self.counts[x];
                    if let Some(codes) = column(x) {
                        for (sum, code) in sum.iter_mut().zip(codes) {
                            *sum += code;
                        }
                    }
                }
                if let Some(old) = x.checked_sub(2 * radius + 1) {
                    count -= self.counts[old];
                    if let Some(codes) = column(old) {
                        for (sum, code) in sum.iter_mut().zip(codes) {
                            *sum -= code;
                        }
                    }
                }
                let Some(at) = x.checked_sub(radius) else { continue };
                let factor = scale / count.max(1) as f32;
                if let Some(own) = means[at * stride + piece * PIECE..].first_chunk_mut::<PIECE>() {
                    for (mean, &sum) in own.iter_mut().zip(&sum) {
                        *mean = (sum as f32 * factor) as i16;
                    }
                }
            }
        }
    }
}
