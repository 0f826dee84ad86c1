//! How many pieces are on their way to the GPU at once, by the bytes that they take packed: of a thin drawing that is many times its own.

use super::{AtlasPlan, cell_bytes};

/// Bytes of pieces that one thread packs one after the other, and of those that may wait for the GPU.
const RUN_BYTES: u64 = 4 << 20;
const WAITING_BYTES: u64 = 32 << 20;

impl AtlasPlan {
    /// Pieces that one thread reads and packs one after the other, so that of a file in which many rows are packed together few packs are
    /// unpacked by two; one of large pictures, which are to be seen soon.
    pub fn run_pieces(&self) -> u32 {
        if self.piece_cell_rows == 1 { 1 } else { (RUN_BYTES / self.piece_bytes()).max(1) as u32 }
    }

    /// Packed pieces that may wait for the GPU: as many as keep the cores busy while it is set up, few enough to bound memory.
    pub fn waiting_pieces(&self) -> u32 {
        (WAITING_BYTES / self.piece_bytes()).clamp(3, 32) as u32
    }

    /// Bytes that drawings on their way take at most: those that wait, and of each thread, and one more, a run with the values of a piece.
    pub fn on_the_way_bytes(&self, threads: u64) -> u64 {
        let values = u64::from(self.rows_per_piece()) * self.drawing_bytes() as u64;
        let run = u64::from(self.run_pieces()) * self.piece_bytes() + values;
        let most = u64::from(self.waiting_pieces()) * self.piece_bytes() + (threads + 1) * run;
        most.min(self.gpu_bytes() + u64::from(self.rows) * self.drawing_bytes() as u64)
    }

    /// Bytes of a packed piece.
    fn piece_bytes(&self) -> u64 {
        u64::from(self.rows_per_piece()) * cell_bytes(self.canvas, self.pages)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;
    use crate::atlas::{AtlasLimits, Pages, pack_piece};

    #[test]
    fn pieces_on_their_way_are_bounded_whatever_the_drawings_are() {
        let limits = AtlasLimits { texture_px: 8192, layers: 256, chunk_bytes: 1 << 30 };
        for (width, height, pages) in [
            (28, 28, Pages::Ink),
            (32, 512, Pages::Ink),
            (2048, 1, Pages::Ink),
            (32, 32, Pages::Color),
            (256, 256, Pages::Color),
        ] {
            let plan = AtlasPlan::new(100_000, width, height, pages, limits).unwrap();
            let values = vec![1; plan.piece_rows(0).len() * plan.drawing_bytes()];
            let packed = pack_piece(&plan, 0, &values).levels.iter().map(Vec::len).sum::<usize>() as u64;
            let words = plan.piece_rows(0).len() as u64 * 4;
            assert_eq!(plan.piece_bytes(), packed + words, "{width} × {height}");
            let run = u64::from(plan.run_pieces()) * packed;
            assert!(run <= RUN_BYTES.max(packed), "{width} × {height}: {run}");
            let waiting = u64::from(plan.waiting_pieces()) * packed;
            assert!(waiting <= WAITING_BYTES.max(3 * packed), "{width} × {height}: {waiting}");
            assert!(plan.on_the_way_bytes(2) >= waiting + 3 * run, "{width} × {height}");
        }
        // A small set takes no more than itself.
        let plan = AtlasPlan::new(10, 28, 28, Pages::Ink, limits).unwrap();
        assert!(plan.on_the_way_bytes(16) <= plan.gpu_bytes() + 7840);
    }
}
