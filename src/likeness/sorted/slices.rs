//! A first place for every drawing: the cells are halved again and again across their longer side, and the drawings by the same
//! coordinate of a flat map, as many as there are cells.

use crate::progress::{BLOCK, Cancelled, Progress};

/// Assigns items to cells: afterwards `rows[i]` belongs to `cells[i]`, both being put into a new order. `place` gives a row's
/// place on the map, `spot` a cell's column and line. There are as many rows as cells.
pub(super) fn assign(
    rows: &mut [u32],
    cells: &mut [u32],
    place: &dyn Fn(u32) -> [f32; 2],
    spot: &dyn Fn(u32) -> [u32; 2],
    progress: Progress<'_>,
) -> Result<(), Cancelled> {
    let mut left = vec![(0, cells.len().min(rows.len()))];
    let (mut done, mut looked) = (0, 0);
    while let Some((from, to)) = left.pop() {
        if to - from <= 1 {
            done += to - from;
            continue;
        }
        looked += to - from;
        if looked >= BLOCK as usize {
            progress.reach(done as f64 / cells.len() as f64)?;
            looked = 0;
        }
        let own = &mut cells[from..to];
        let (mut lo, mut hi) = ([u32::MAX; 2], [0; 2]);
        for &cell in own.iter() {
            for (axis, at) in spot(cell).into_iter().enumerate() {
                lo[axis] = lo[axis].min(at);
                hi[axis] = hi[axis].max(at);
            }
        }
        let axis = usize::from(hi[1] - lo[1] > hi[0] - lo[0]);
        // Whole columns or lines stay together, so that the parts of a rectangle are rectangles. Cells differ, so none is empty.
        let middle = lo[axis] + (hi[axis] - lo[axis]).div_ceil(2);
        let before = partition(own, |cell| spot(cell)[axis] < middle).clamp(1, to - from - 1);
        rows[from..to]
            .select_nth_unstable_by(before, |&a, &b| place(a)[axis].total_cmp(&place(b)[axis]).then_with(|| a.cmp(&b)));
        left.push((from + before, to));
        left.push((from, from + before));
    }
    Ok(())
}

/// Brings those that are wanted to the front and says how many they are.
fn partition(cells: &mut [u32], is_wanted: impl Fn(u32) -> bool) -> usize {
    let mut front = 0;
    for at in 0..cells.len() {
        if is_wanted(cells[at]) {
            cells.swap(at, front);
            front += 1;
        }
    }
    front
}
