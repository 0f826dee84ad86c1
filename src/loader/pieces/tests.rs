//! Unit tests of reading pieces: their order, and what comes before a row that cannot be read.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::*;
use crate::atlas::{AtlasLimits, Pages};
use crate::data::dataset::OpenOptions;
use crate::data::source::{Element, ImageError, ImageFault, ImageSource, Reread};
use crate::data::values::{RangeChoice, ValueOptions};
use std::time::Duration;

/// Enough for several runs at once on many cores.
const ROWS: u32 = 60_000;
const SIDE: u32 = 28;

/// Drawings of one value each, up to the first that cannot be read; reading takes the longer the earlier they are in a run.
#[derive(Debug)]
struct Uneven {
    damaged_from: u32,
}

fn value(row: u32) -> u8 {
    (row % 251) as u8
}

impl ImageSource for Uneven {
    fn rows(&self) -> u32 {
        ROWS
    }

    fn height(&self) -> u32 {
        SIDE
    }

    fn width(&self) -> u32 {
        SIDE
    }

    fn element(&self) -> Element {
        Element::U8
    }

    fn reread(&self) -> Reread {
        Reread::Memory
    }

    fn read_rows(&self, first: u32, out: &mut [u8]) -> Result<(), ImageError> {
        let drawing = self.drawing_bytes();
        // Those that are begun first are not ready first.
        std::thread::sleep(Duration::from_micros(u64::from(ROWS - first) % 1_777));
        for (row, out) in (first..).zip(out.chunks_mut(drawing)) {
            if row >= self.damaged_from {
                return Err(ImageError { path: "uneven".into(), fault: ImageFault::Buffer { len: 0, drawing } });
            }
            out.fill(value(row));
        }
        Ok(())
    }
}

/// First rows of the pieces that arrive, and how the pass ends. Each piece is looked at.
fn pieces(damaged_from: u32) -> (Vec<u32>, Result<Pass, OpenError>, u32) {
    // What cannot be read is not among what ink is guessed from.
    let values = ValueOptions { range: Some(RangeChoice::Raw), ..ValueOptions::default() };
    let options = OpenOptions { values, ..OpenOptions::default() };
    let dataset = Dataset::of_source("set", Box::new(Uneven { damaged_from }), &options).unwrap();
    let limits = AtlasLimits { texture_px: 8192, layers: 256, chunk_bytes: 1 << 30 };
    let plan = AtlasPlan::new(ROWS, SIDE, SIDE, Pages::Ink, limits).unwrap();
    let mut measure = Measure::start(&dataset, &|_| true).unwrap();
    let mut firsts = Vec::new();
    let pass = read_once(&dataset, &mut measure, &plan, &Cancel::new(), &mut |loaded| {
        let Loaded::Piece(piece) = loaded else { return false };
        // The mean of a drawing of one value is this value.
        for (row, mean) in (piece.first_row..).zip(&piece.means) {
            assert_eq!(*mean, u16::from(value(row)) * 257, "row {row}");
        }
        firsts.push(piece.first_row);
        true
    });
    (firsts, pass, plan.piece_rows(0).len() as u32)
}

#[test]
fn pieces_come_in_order_whichever_is_ready_first() {
    let (firsts, pass, rows) = pieces(ROWS);
    assert!(pass.unwrap() == Pass::Complete);
    assert!(firsts.iter().copied().eq((0..ROWS).step_by(rows as usize)), "{firsts:?}");
}

#[test]
fn what_comes_before_a_row_that_cannot_be_read_is_not_lost_with_it() {
    let damaged_from = ROWS * 3 / 4;
    let (firsts, pass, rows) = pieces(damaged_from);
    assert!(pass.is_err());
    let whole = damaged_from / rows * rows;
    assert!(firsts.iter().copied().eq((0..whole).step_by(rows as usize)), "{firsts:?}");
}
