//! The demo data set: octopuses drawn by a procedure, as bitmaps and as raw records, without any file.
//!
//! A row depends on the seed and its number alone, never on how many rows there are, on other rows, on threads or on the
//! platform: random numbers are counted, not drawn from a shared sequence, and the arithmetic is integers and
//! `+ − × ÷ √`, which IEEE 754 rounds alike everywhere. The way is that of the published data:
//! strokes by hand ([`record`]) → simplified ([`simplify`]) → 28 × 28 ([`raster`]).

mod body;
mod countries;
mod error;
mod manner;
mod octopus;
mod pen;
mod random;
pub mod raster;
pub mod record;
mod scribble;
pub mod simplify;
pub mod sketch;
mod source;
mod write;

pub use error::DemoError;
pub use record::DemoMeta;
pub use write::WrittenPaths;

use rayon::prelude::*;

use crate::words::shown_text;
use raster::PIXELS;

/// Rows of the published octopus file, and of the demo where no number is given.
const PUBLISHED_ROWS: u32 = 150_152;
/// More drawings than all published categories hold together (50,426,266).
const MOST_ROWS: u32 = 60_000_000;

/// A demo data set: a number of rows and a seed. Making one costs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demo {
    rows: u32,
    seed: u64,
}

impl Demo {
    /// The built-in set as an input that means nothing else, whatever lies in the current folder.
    pub const WHOLE: &str = "demo:150152";

    /// A demo of `rows` drawings, 28 × 28 bytes each.
    pub fn new(rows: u32, seed: u64) -> Self {
        Self { rows, seed }
    }

    /// Reads `demo`, `demo:N` or `demo:N:SEED`; `None` when the text is no such name (a file, then).
    pub fn parse(spec: &str) -> Option<Result<Self, DemoError>> {
        let rest = spec.strip_prefix("demo")?;
        if rest.is_empty() {
            return Some(Ok(Self::new(PUBLISHED_ROWS, 1)));
        }
        let (rows, seed) = match rest.strip_prefix(':')?.split_once(':') {
            Some((rows, seed)) => (rows, Some(seed)),
            None => (rest.strip_prefix(':')?, None),
        };
        Some(Self::from_parts(rows, seed, spec))
    }

    fn from_parts(rows: &str, seed: Option<&str>, spec: &str) -> Result<Self, DemoError> {
        let wrong = |what| DemoError::Spec { what, spec: shown_text(spec, 60) };
        // What was typed, in a message.
        let told = |text| shown_text(text, 40);
        // `parse` alone would accept a plus sign.
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(rows) {
            return Err(wrong(format!("the number of drawings, \"{}\", is not a whole number", told(rows))));
        }
        let count = rows.parse().ok().filter(|count| (1..=MOST_ROWS).contains(count));
        let count = count.ok_or_else(|| wrong(format!("{} drawings are outside 1 to 60,000,000", told(rows))))?;
        let seed = match seed {
            None => 1,
            Some(text) if !digits(text) => {
                return Err(wrong(format!("the seed, \"{}\", is not a whole number", told(text))));
            }
            Some(text) => {
                text.parse().map_err(|_| wrong(format!("the seed, {}, is above {}", told(text), u64::MAX)))?
            }
        };
        Ok(Self::new(count, seed))
    }

    /// How many drawings.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// The seed.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The drawing of a row: 28 × 28 bytes, 0 paper, 255 ink, rendered from its simplified strokes.
    pub fn bitmap(&self, row: u32) -> [u8; PIXELS] {
        raster::render_strokes(&simplify::simplify(&self.raw_strokes(row)))
    }

    /// The raw strokes of a row: `[x, y]` in canvas pixels, in the order of drawing.
    pub fn raw_strokes(&self, row: u32) -> Vec<Vec<[f32; 2]>> {
        octopus::raw_strokes(self.seed, row, self.meta(row).recognized)
    }

    /// What is known of a row without drawing it.
    pub fn meta(&self, row: u32) -> DemoMeta {
        DemoMeta::new(self.seed, row)
    }

    /// The raw record of a row as one line of JSON, without a line end.
    pub fn record_line(&self, row: u32) -> String {
        record::line(self.seed, row, &self.meta(row), &self.raw_strokes(row))
    }

    /// Draws consecutive rows from `first` into `out` (whole multiples of 784 bytes; a rest is left alone), on all cores.
    pub fn draw_rows(&self, first: u32, out: &mut [u8]) {
        let rows = out.par_chunks_exact_mut(PIXELS).with_min_len(16).enumerate();
        rows.for_each(|(index, bitmap)| {
            bitmap.copy_from_slice(&self.bitmap(first.wrapping_add(index as u32)));
        });
    }
}
