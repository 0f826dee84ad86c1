//! Placements that were computed before, so that switching back is instant.

use crate::scene::index::SpatialIndex;
use crate::scene::layout::{Layout, LayoutError, LayoutInput, LayoutKind, LayoutParams};
use std::sync::Arc;

/// Bytes that placements besides the one in force may take together. The last one before it stays in any case: switching to and
/// fro is instant whatever its size.
pub const KEPT_BYTES: u64 = 256 << 20;

/// A layout with its index.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Changes whenever positions change.
    pub revision: u64,
    /// Positions.
    pub layout: Arc<Layout>,
    /// Spatial index over them.
    pub index: Arc<SpatialIndex>,
}

impl Placed {
    /// About how many bytes it takes.
    fn bytes(&self) -> u64 {
        self.layout.bytes() + self.index.order().len() as u64 * 4
    }
}

/// Placements by layout and parameters, the last used first.
#[derive(Clone, Debug, Default)]
pub(super) struct Placements {
    all: Vec<(LayoutKind, LayoutParams, Placed)>,
    revisions: u64,
}

impl Placements {
    /// The placement of a layout with the parameters that it reads: one from before, or a new one with an index over chunks of
    /// `rows_per_chunk`.
    pub(super) fn place(
        &mut self,
        kind: LayoutKind,
        input: LayoutInput<'_>,
        rows_per_chunk: u32,
    ) -> Result<Placed, LayoutError> {
        let known = self.all.iter().position(|(of, params, _)| *of == kind && params == input.params);
        if let Some(at) = known {
            // The last used comes first.
            self.all.get_mut(..=at).unwrap_or_default().rotate_right(1);
        } else {
            let mut last = None;
            (kind.build)(input, &mut |layout| last = Some(layout))?;
            let placed = self.index(last.ok_or(LayoutError::NoRows)?, rows_per_chunk);
            self.all.insert(0, (kind, input.params.clone(), placed));
        }
        self.give_up_beyond(KEPT_BYTES);
        self.all.first().map(|(.., placed)| placed.clone()).ok_or(LayoutError::NoRows)
    }

    /// Puts another index, over chunks of another size, on the placement in force and gives up all others.
    pub(super) fn rechunk(&mut self, rows_per_chunk: u32) -> Option<Placed> {
        self.all.truncate(1);
        let (kind, params, placed) = self.all.pop()?;
        let placed = self.index(Layout::clone(&placed.layout), rows_per_chunk);
        self.all.push((kind, params, placed.clone()));
        Some(placed)
    }

    fn index(&mut self, layout: Layout, rows_per_chunk: u32) -> Placed {
        let index = SpatialIndex::build(&layout, &|row| (row / rows_per_chunk.max(1)) as u16);
        self.revisions += 1;
        Placed { revision: self.revisions, layout: Arc::new(layout), index: Arc::new(index) }
    }

    /// Gives up what was used longest ago, but neither the placement in force nor the one before it.
    fn give_up_beyond(&mut self, bytes: u64) {
        let mut taken = 0;
        let mut place = 0;
        self.all.retain(|(.., placed)| {
            place += 1;
            taken += if place > 1 { placed.bytes() } else { 0 };
            place <= 2 || taken <= bytes
        });
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::scene::layout::LayoutSpec;

    /// 12 bytes a drawing: 8 for its place and 4 for its index.
    fn grids(placements: &mut Placements, columns: &[u32]) -> Vec<u64> {
        let revision = |&columns: &u32| {
            let params = LayoutParams { columns: Some(columns), ..LayoutParams::default() };
            let input = LayoutInput { rows: 1000, columns: None, params: &params };
            placements.place(LayoutKind::GRID, input, 100).unwrap().revision
        };
        columns.iter().map(revision).collect()
    }

    #[test]
    fn what_was_computed_before_comes_back_as_it_was() {
        let mut placements = Placements::default();
        assert_eq!(grids(&mut placements, &[1, 2, 3, 1, 2, 2, 3, 4]), [1, 2, 3, 1, 2, 2, 3, 4]);
    }

    #[test]
    fn beyond_the_stated_bytes_the_longest_unused_go_first_and_the_last_two_stay() {
        let mut placements = Placements::default();
        grids(&mut placements, &[1, 2, 3, 1]);
        let kept = |placements: &Placements| -> Vec<u32> {
            placements.all.iter().map(|(_, params, _)| params.columns.unwrap()).collect()
        };
        assert_eq!(kept(&placements), [1, 3, 2]);
        placements.give_up_beyond(24_000);
        assert_eq!(kept(&placements), [1, 3, 2], "two of 12,000 bytes each fit beside the one in force");
        placements.give_up_beyond(23_999);
        assert_eq!(kept(&placements), [1, 3]);
        placements.give_up_beyond(0);
        assert_eq!(kept(&placements), [1, 3], "to and fro is instant whatever it takes");
    }

    #[test]
    fn of_several_placements_that_a_layout_publishes_the_last_one_stays() {
        const TWICE: LayoutKind = LayoutKind(&LayoutSpec {
            name: "twice",
            title: "Twice",
            about: "a quick placement, then a better one",
            params: &[],
            point_px: 0.0,
            check: |_| Ok(()),
            build: |input, publish| {
                publish(Layout::grid(input.rows, Some(1))?);
                publish(Layout::grid(input.rows, Some(2))?);
                Ok(())
            },
        });
        let input = LayoutInput { rows: 10, columns: None, params: &LayoutParams::default() };
        let placed = Placements::default().place(TWICE, input, 100).unwrap();
        assert_eq!(placed.layout.bounds.size().x, 2.0);
    }
}
