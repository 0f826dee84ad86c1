//! A map that fills the grid evenly: sliced optimal transport (Rabin, Peyré, Delon and Bernot, 2011).
//!
//! Maps have heaps and gaps. Halved by medians as they are, what lies together is cut where the halves of one side lie elsewhere than
//! those of the other, and seams run through the grid. Here drawings first move, turn by turn along two perpendicular directions,
//! towards the cells that have the same rank along them: neighbours go the same way, and nothing is cut.

use crate::progress::{Cancelled, Progress};
use rayon::prelude::*;

/// Turns, and how far drawings go in each, of the way to their cells.
const TURNS: usize = 40;
const STEP: f64 = 0.7;
/// Cosine and sine of the angle from one turn to the next, a quarter of a circle by the golden ratio: numbers, so that they are the
/// same on every machine.
const ANGLE: [f64; 2] = [0.564_634_886_417_550_3, 0.825_340_805_389_046_5];

/// The places, as many as there are cells, spread over the cells.
pub(super) fn spread(places: &mut [[f64; 2]], cells: &[[f64; 2]], progress: Progress<'_>) -> Result<(), Cancelled> {
    fit(places, cells);
    let mut direction = [1.0, 0.0];
    let mut ranks = Vec::new();
    for turn in 0..TURNS {
        progress.reach(turn as f64 / TURNS as f64)?;
        let [x, y] = direction;
        let mut moves = vec![[0.0; 2]; places.len()];
        for along in [[x, y], [-y, x]] {
            let at = |place: &[f64; 2]| place[0] * along[0] + place[1] * along[1];
            ranks.clear();
            ranks.par_extend(places.par_iter().enumerate().map(|(row, place)| (at(place), row as u32)));
            ranks.par_sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let mut ends: Vec<f64> = cells.par_iter().map(at).collect();
            ends.par_sort_unstable_by(f64::total_cmp);
            for (&(from, row), to) in ranks.iter().zip(ends) {
                let by = STEP * (to - from);
                if let Some(own) = moves.get_mut(row as usize) {
                    *own = [own[0] + by * along[0], own[1] + by * along[1]];
                }
            }
        }
        places.par_iter_mut().zip(moves).for_each(|(place, by)| *place = [place[0] + by[0], place[1] + by[1]]);
        direction = [x * ANGLE[0] - y * ANGLE[1], x * ANGLE[1] + y * ANGLE[0]];
    }
    progress.reach(1.0)
}

/// Brings places to the middle of the cells, as far apart along each axis in the mean.
fn fit(places: &mut [[f64; 2]], cells: &[[f64; 2]]) {
    for axis in [0, 1] {
        let of = |all: &[[f64; 2]]| {
            let count = all.len().max(1) as f64;
            let mean = all.iter().map(|at| at[axis]).sum::<f64>() / count;
            (mean, (all.iter().map(|at| (at[axis] - mean).powi(2)).sum::<f64>() / count).sqrt())
        };
        let ((mean, deviation), (middle, wide)) = (of(places), of(cells));
        let scale = if deviation > 0.0 { wide / deviation } else { 0.0 };
        for place in places.iter_mut() {
            place[axis] = middle + (place[axis] - mean) * scale;
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
mod tests {
    use super::super::random::Random;
    use super::super::slices;
    use super::*;

    const COLUMNS: u32 = 60;
    const ROWS: u32 = 2_400;

    /// Seven heaps of different sizes, as those of t-SNE: discs that stand apart, of even density.
    fn heaps() -> Vec<[f64; 2]> {
        let mut random = Random::new(5, 0);
        let mut unit = || random.below(1 << 20) as f64 / f64::from(1 << 20);
        let middles = [[0.0, 0.0], [9.0, 2.0], [3.0, 8.0], [-7.0, 5.0], [-6.0, -6.0], [2.0, -9.0], [10.0, -7.0]];
        let place = |row: u32| {
            let middle = middles[(row % 16).min(6) as usize];
            let radius = if row % 16 >= 6 { 4.5 } else { 1.5 } * unit().sqrt();
            let angle = std::f64::consts::TAU * unit();
            [middle[0] + radius * angle.cos(), middle[1] + radius * angle.sin()]
        };
        (0..ROWS).map(place).collect()
    }

    /// The cell of each row, by slices of a map.
    fn cells_of(places: &[[f64; 2]]) -> Vec<[f64; 2]> {
        let (mut rows, mut cells): (Vec<u32>, Vec<u32>) = ((0..ROWS).collect(), (0..ROWS).collect());
        let at = |cell: u32| [cell % COLUMNS, cell / COLUMNS];
        let place = |row: u32| places[row as usize].map(|at| at as f32);
        slices::assign(&mut rows, &mut cells, &place, &at, Progress::NONE).unwrap();
        let mut of = vec![[0.0; 2]; ROWS as usize];
        rows.iter().zip(cells).for_each(|(&row, cell)| of[row as usize] = at(cell).map(f64::from));
        of
    }

    fn apart(a: [f64; 2], b: [f64; 2]) -> f64 {
        (a[0] - b[0]).hypot(a[1] - b[1])
    }

    /// How far apart on the grid any two rows are of which one lies nearest to the other on the map.
    fn torn(map: &[[f64; 2]], cells: &[[f64; 2]]) -> f64 {
        let nearest = |row: usize| {
            let others = (0..map.len()).filter(|&other| other != row);
            others.min_by(|&a, &b| apart(map[row], map[a]).total_cmp(&apart(map[row], map[b]))).unwrap()
        };
        (0..map.len()).map(|row| apart(cells[row], cells[nearest(row)])).fold(0.0, f64::max)
    }

    #[test]
    fn it_fills_the_cells_evenly_and_tears_less_apart() {
        let map = heaps();
        let cells: Vec<[f64; 2]> = (0..ROWS).map(|cell| [cell % COLUMNS, cell / COLUMNS].map(f64::from)).collect();
        let mut places = map.clone();
        spread(&mut places, &cells, Progress::NONE).unwrap();
        let found = cells_of(&places);
        // Where they go is where they are by now.
        let moved = places.iter().zip(&found).map(|(&place, &cell)| apart(place, cell)).sum::<f64>() / f64::from(ROWS);
        assert!(moved < 1.0, "{moved:.2} cells in the mean");
        let [plain, even] = [torn(&map, &cells_of(&map)), torn(&map, &found)];
        assert!(even < 0.7 * plain, "{even:.2} cells, {plain:.2} by slices alone");
    }

    #[test]
    fn no_number_of_threads_changes_it_and_it_takes_any_places() {
        let cells: Vec<[f64; 2]> = (0..ROWS).map(|cell| [cell % COLUMNS, cell / COLUMNS].map(f64::from)).collect();
        let of = |threads: usize| {
            let mut places = heaps();
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| spread(&mut places, &cells, Progress::NONE)).unwrap();
            places
        };
        assert_eq!(of(1), of(3));
        for mut places in [vec![], vec![[3.0, 4.0]], vec![[1.0, 1.0]; 4], vec![[0.0, 1e15], [1e15, -1e15], [0.0, 0.0]]]
        {
            let count = places.len();
            spread(&mut places, &cells[..count], Progress::NONE).unwrap();
            assert!(places.as_flattened().iter().all(|at| at.abs() < f64::from(COLUMNS)), "{places:?}");
        }
    }
}
