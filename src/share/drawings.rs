//! Some drawings of a data set, read block by block on all cores.

use super::OnRows;
use super::error::{Failure, ShareError};
use crate::atlas::{Moments, Pages, canvas_side, mean_ink, moments_of};
use crate::data::dataset::{Dataset, OpenError, luma};
use crate::data::threads;
use crate::data::values::InkTable;
use crate::scene::Scene;
use rayon::prelude::*;

/// Drawings whose means are taken at a time.
const BLOCK_ROWS: usize = 1024;

/// Some drawings of a data set.
#[derive(Clone, Copy, Debug)]
pub struct Drawings<'a> {
    /// Where they lie.
    pub dataset: &'a Dataset,
    /// Which rows of it, ascending.
    pub rows: &'a [u32],
}

impl Drawings<'_> {
    /// Values of one drawing.
    pub(super) fn bytes_each(&self) -> usize {
        self.dataset.drawing_bytes()
    }

    /// The values of some of the rows, one drawing after the other.
    fn read(&self, rows: &[u32]) -> Result<Vec<u8>, OpenError> {
        let mut values = vec![0; rows.len() * self.bytes_each()];
        self.dataset.read_scattered(rows, &mut values)?;
        Ok(values)
    }

    /// Makes something of each block of at most `block` rows and its values, on all cores, and takes what was made in order.
    pub(super) fn in_blocks<T: Send>(
        &self,
        block: usize,
        make: impl Fn(&[u32], Vec<u8>) -> Result<T, Failure> + Sync,
        take: impl FnMut(T) -> Result<(), Failure>,
        on: OnRows<'_>,
    ) -> Result<(), Failure> {
        self.blocks_of(block, |rows| make(rows, self.read(rows)?), take, on)
    }

    /// The same of the rows alone.
    pub(super) fn blocks_of<T: Send>(
        &self,
        block: usize,
        make: impl Fn(&[u32]) -> Result<T, Failure> + Sync,
        mut take: impl FnMut(T) -> Result<(), Failure>,
        on: OnRows<'_>,
    ) -> Result<(), Failure> {
        threads::start().map_err(ShareError::Threads)?;
        let blocks: Vec<&[u32]> = self.rows.chunks(block.max(1)).collect();
        let mut done = 0;
        for some in blocks.chunks(rayon::current_num_threads().max(1)) {
            let made: Vec<Result<T, Failure>> = some.par_iter().map(|rows| make(rows)).collect();
            for (rows, made) in some.iter().zip(made) {
                take(made?)?;
                done += rows.len() as u32;
                if on(done).is_break() {
                    return Err(ShareError::Cancelled.into());
                }
            }
        }
        Ok(())
    }
}

/// Tells a scene the mean ink of every drawing, as loading them for a picture does: far contrast goes by all of them.
pub fn measure_ink(dataset: &Dataset, table: &InkTable, scene: &mut Scene, on: OnRows<'_>) -> Result<(), ShareError> {
    let rows: Vec<u32> = (0..dataset.rows()).collect();
    let all = Drawings { dataset, rows: &rows };
    let canvas = canvas_side(dataset.width(), dataset.height());
    let pixels = all.bytes_each() / dataset.channels() as usize;
    let measure = |_: &[u32], mut values: Vec<u8>| {
        let ink = match Pages::of(dataset.channels()) {
            Pages::Ink => {
                table.apply(&mut values);
                values
            }
            Pages::Color => values.as_chunks().0.iter().map(|&pixel| luma(pixel)).collect(),
        };
        let of_one = |drawing: &[u8]| {
            let total = drawing.iter().map(|&ink| u64::from(ink)).sum();
            (mean_ink(canvas, total), moments_of(drawing, total))
        };
        Ok(ink.chunks_exact(pixels).map(of_one).unzip::<u16, Moments, Vec<u16>, Vec<Moments>>())
    };
    let take = |(means, moments): (Vec<u16>, Vec<Moments>)| {
        scene.rows_arrived(&means, &moments);
        Ok(())
    };
    all.in_blocks(BLOCK_ROWS, measure, take, on).map_err(|failure| match failure {
        Failure::Content(error) => error,
        Failure::File(error) => ShareError::Threads(error),
    })
}
