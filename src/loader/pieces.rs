//! Pieces of pages, read and packed on all cores, handed on in their order.
//!
//! There is always one run of pieces more than there are cores: no core is idle until those beside it are done, too.

use super::Loaded;
use crate::atlas::{AtlasPlan, PackedPiece, pack_piece};
use crate::data::Cancel;
use crate::data::dataset::{Counts, Dataset, Measure, OpenError};
use crate::data::values::InkTable;
use std::collections::VecDeque;
use std::ops::Range;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError, RwLock};

/// How a pass over all drawings ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    /// Everything was sent.
    Complete,
    /// What was sent has the wrong ink: the values call for another range than was guessed.
    OtherInk,
    /// Nobody wants it any more.
    Unwanted,
}

/// A piece with what its values are counted as.
type Counted = Result<(PackedPiece, Counts), OpenError>;

/// Sends all drawings once. Values become ink before any mean of them is taken.
pub(super) fn read_once(
    dataset: &Dataset,
    measure: &mut Measure<'_>,
    plan: &AtlasPlan,
    cancel: &Cancel,
    send: &mut dyn FnMut(Loaded) -> bool,
) -> Result<Pass, OpenError> {
    let table = measure.map().table();
    let (measure, buffers) = (RwLock::new(measure), Mutex::default());
    let reading = Reading { dataset, measure, table, plan, cancel, buffers };
    rayon::in_place_scope(|scope| {
        // Dropped when the pass ends: runs that are under way find nobody to send to.
        let (mut ahead, mut next) = (VecDeque::new(), 0);
        loop {
            // The first piece by itself, so that it is seen soonest.
            let (runs, pieces) = if next == 0 { (1, 1) } else { (rayon::current_num_threads() + 1, plan.run_pieces()) };
            while ahead.len() < runs && next < plan.pieces() {
                let run = next..plan.pieces().min(next.saturating_add(pieces));
                next = run.end;
                // Room for all of it: a thread that reads waits for nobody.
                let (sender, receiver) = sync_channel(run.len());
                ahead.push_back((run.clone(), receiver));
                let reading = &reading;
                scope.spawn(move |_| reading.run(run, &sender));
            }
            let Some((run, receiver)) = ahead.pop_front() else { break };
            for _ in run {
                // One that has given up or panicked sends no more; a panic goes on from the scope.
                let Ok(piece) = receiver.recv() else { return Ok(Pass::Unwanted) };
                let (piece, counts) = piece?;
                if reading.add(piece.first_row, counts) {
                    return Ok(Pass::OtherInk);
                }
                if !send(Loaded::Piece(piece)) {
                    return Ok(Pass::Unwanted);
                }
            }
        }
        Ok(if reading.end() { Pass::OtherInk } else { Pass::Complete })
    })
}

/// What all threads have before them.
struct Reading<'a, 'd> {
    dataset: &'a Dataset,
    measure: RwLock<&'a mut Measure<'d>>,
    table: InkTable,
    plan: &'a AtlasPlan,
    cancel: &'a Cancel,
    /// For values, used again and again.
    buffers: Mutex<Vec<Vec<u8>>>,
}

impl Reading<'_, '_> {
    /// Reads and packs some pieces, one by one: the values of one are packed while they lie in the processor's cache. Ends with the first
    /// that cannot be read.
    fn run(&self, pieces: Range<u32>, out: &SyncSender<Counted>) {
        let mut values = self.buffers.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        for piece in pieces {
            if self.cancel.is_cancelled() {
                break;
            }
            let piece = self.piece(piece, &mut values);
            let is_odd = piece.is_err();
            if out.send(piece).is_err() || is_odd {
                break;
            }
        }
        self.buffers.lock().unwrap_or_else(PoisonError::into_inner).push(values);
    }

    fn piece(&self, piece: u32, values: &mut Vec<u8>) -> Counted {
        let rows = self.plan.piece_rows(piece);
        values.resize(rows.len() * self.plan.drawing_bytes(), 0);
        self.dataset.read_rows(rows.start, values)?;
        let counts = self.measure.read().unwrap_or_else(PoisonError::into_inner).count(rows.start, values);
        self.table.apply(values);
        Ok((pack_piece(self.plan, rows.start, values), counts))
    }

    /// Adds what was counted, in order; true when from now on another range is right.
    fn add(&self, first_row: u32, counts: Counts) -> bool {
        self.measure.write().unwrap_or_else(PoisonError::into_inner).add(first_row, counts)
    }

    /// Ends the counting; true when another range would have been right.
    fn end(&self) -> bool {
        self.measure.write().unwrap_or_else(PoisonError::into_inner).end()
    }
}

#[cfg(test)]
mod tests;
