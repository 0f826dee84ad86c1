//! The strokes of all drawings, each a bitmap by itself, kept small enough to add up those of any rows at once.

#[cfg(test)]
mod tests;

use crate::data::strokes::{Drawing, Rasterizer};
use rayon::prelude::*;

/// So many strokes are kept apart from each other; later ones together.
pub const APART: usize = 6;
/// With these.
pub const PARTS: usize = APART + 1;
/// Rows whose sums are made by one thread in one go.
const AT_ONCE: usize = 2_048;
/// Longest stretch of paper or of ink that has one byte.
const LONGEST: usize = u8::MAX as usize;

/// What is kept of one drawing: for each of its parts two bytes of length, then ever again how many pixels are paper, how many are not,
/// and the ink of these, line by line.
#[derive(Debug)]
pub struct Packer {
    rasterizer: Rasterizer,
    bitmaps: Vec<u8>,
}

impl Packer {
    /// For bitmaps of `side` × `side` pixels: at most 64, so that a length is that of two bytes.
    pub fn new(side: u32) -> Self {
        let side = side.clamp(28, 64);
        Self { rasterizer: Rasterizer::new(side), bitmaps: vec![0; PARTS * (side * side) as usize] }
    }

    /// The strokes of a drawing, packed; nothing where they cannot be rendered.
    pub fn pack(&mut self, drawing: &Drawing) -> Vec<u8> {
        let mut packed = Vec::new();
        if self.rasterizer.render_parts(drawing, PARTS, &mut self.bitmaps).is_err() {
            return packed;
        }
        let bitmaps = self.bitmaps.chunks_exact(self.bitmaps.len() / PARTS);
        for bitmap in bitmaps.take(drawing.len()) {
            let start = packed.len();
            packed.extend([0; 2]);
            let mut rest = bitmap;
            while let Some(paper) = rest.iter().position(|&ink| ink != 0) {
                let skipped = paper.min(LONGEST);
                let inks = &rest.get(skipped..).unwrap_or_default();
                let count = inks.iter().take(LONGEST).take_while(|&&ink| ink != 0).count();
                packed.extend([skipped as u8, count as u8]);
                packed.extend_from_slice(inks.get(..count).unwrap_or_default());
                rest = inks.get(count..).unwrap_or_default();
            }
            let length = ((packed.len() - start - 2) as u16).to_le_bytes();
            packed.get_mut(start..start + 2).into_iter().for_each(|to| to.copy_from_slice(&length));
        }
        packed
    }
}

/// The strokes of all drawings.
#[derive(Clone, Debug)]
pub struct StrokesApart {
    side: u32,
    /// Where each row's end.
    ends: Vec<u32>,
    packed: Vec<u8>,
}

/// Sums of the ink of one part of drawings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartSums {
    /// Drawings that have it.
    pub rows: u32,
    /// By pixel, line by line.
    pub sums: Vec<u64>,
}

impl PartSums {
    /// Its mean ink in the drawings that have it, 0 to 1, line by line.
    pub fn mean(&self) -> Vec<f32> {
        let full = 255.0 * f64::from(self.rows.max(1));
        self.sums.iter().map(|&sum| (sum as f64 / full) as f32).collect()
    }
}

impl StrokesApart {
    /// Of no rows yet.
    pub fn new(side: u32) -> Self {
        Self { side: side.clamp(28, 64), ends: Vec::new(), packed: Vec::new() }
    }

    /// Adds the next row's, as a [`Packer`] of this side packed them. `false` where there are 4 GiB of them already.
    pub fn push(&mut self, packed: &[u8]) -> bool {
        let Ok(end) = u32::try_from(self.packed.len() + packed.len()) else { return false };
        self.packed.extend_from_slice(packed);
        self.ends.push(end);
        true
    }

    /// Pixels a side.
    pub fn side(&self) -> u32 {
        self.side
    }

    /// What it takes of memory.
    pub fn bytes(&self) -> usize {
        self.packed.len() + self.ends.len() * size_of::<u32>()
    }

    /// The sums of the strokes of some rows, by the number of the stroke, and how many of the rows have none.
    pub fn sums(&self, rows: &[u32]) -> (Vec<PartSums>, u32) {
        let pixels = (self.side * self.side) as usize;
        let empty = || (vec![PartSums { rows: 0, sums: vec![0; pixels] }; PARTS], 0);
        let some = rows.par_chunks(AT_ONCE).map(|rows| {
            let (mut sums, mut without) = empty();
            for &row in rows {
                let packed = self.of(row);
                without += u32::from(packed.is_empty());
                add(packed, &mut sums);
            }
            (sums, without)
        });
        some.reduce(empty, |(mut sums, without), (more, without_more)| {
            for (to, from) in sums.iter_mut().zip(&more) {
                to.rows += from.rows;
                to.sums.iter_mut().zip(&from.sums).for_each(|(to, from)| *to += from);
            }
            (sums, without + without_more)
        })
    }

    fn of(&self, row: u32) -> &[u8] {
        let row = row as usize;
        let end = |row: usize| self.ends.get(row).map_or(0, |&end| end as usize);
        let start = row.checked_sub(1).map_or(0, end);
        self.packed.get(start..end(row)).unwrap_or_default()
    }
}

fn add(mut packed: &[u8], sums: &mut [PartSums]) {
    for part in sums {
        let Some((length, rest)) = packed.split_first_chunk::<2>() else { return };
        let Some((mut runs, rest)) = rest.split_at_checked(u16::from_le_bytes(*length).into()) else { return };
        packed = rest;
        part.rows += 1;
        let mut to = part.sums.as_mut_slice();
        while let Some(([skipped, count], rest)) = runs.split_first_chunk::<2>() {
            let (inks, rest) = rest.split_at_checked((*count).into()).unwrap_or_default();
            to = to.get_mut(usize::from(*skipped)..).unwrap_or_default();
            to.iter_mut().zip(inks).for_each(|(sum, &ink)| *sum += u64::from(ink));
            to = to.get_mut(inks.len()..).unwrap_or_default();
            runs = rest;
        }
    }
}
