//! The end of a map: rows move by about half the distance to the next one, so that more of those which a row looks most like are those
//! that lie nearest to it.
//!
//! What t-SNE sums over all pairs leaves many neighbours just outside the circle that holds the nearest rows of a row, and others that
//! it does not look like just inside. Here each circle draws those in and pushes these out, the more the nearer they lie to it: uphill
//! on the share of true neighbours kept, with a soft edge in place of the hard one.

use crate::likeness::graph::Graph;
use crate::likeness::maps::tree::{Near, Tree};
use crate::likeness::maps::{MapError, Place};
use crate::progress::Progress;
use rayon::prelude::*;

/// Last iterations of a map, in which rows settle.
pub(super) const SETTLING: u32 = 30;
/// Circles around each row: how many rows each holds, and how much it counts. With one of 15 alone, more of the 15 are kept, and
/// fewer of the 5 most alike than without any.
const CIRCLES: [(usize, f32); 2] = [(5, 0.4), (15, 0.6)];
/// Neighbours that count.
const MOST: usize = 15;
/// Nearest rows on the map that are looked at, so that a circle pushes out to both sides of its edge.
const AROUND: usize = MOST + MOST / 2;
/// Rows that one row moves at most: those drawn in, and those pushed out, of each circle.
const MOVED: usize = AROUND + 7 + MOST + 5;
/// How far a row goes, in radii of its largest circle.
const RATE: f32 = 2.4;
/// Of rows that a circle pushes out, none counts more than so many that it draws in.
const STRONGEST: f32 = 3.0;
/// Rows whose moves are worked out at once, and of which a thread takes at once.
const BLOCK: usize = 1 << 13;
const CHUNK: usize = 64;

/// For each row the most alike ones, up to 15, the most alike first; `Graph::NOBODY` after the last.
#[derive(Debug)]
pub(super) struct Likest(Vec<[u32; MOST]>);

/// How one row moves others, and itself.
#[derive(Clone, Copy, Debug)]
struct Moves {
    others: [(u32, [f32; 2]); MOVED],
    count: usize,
    own: [f32; 2],
    radius: f32,
}

impl Likest {
    /// Of the rows of a graph that are not blank, by their numbers among these.
    pub(super) fn of(graph: &Graph, seen: &[u32]) -> Self {
        let of_row = |&row: &u32| {
            let mut likest = [Graph::NOBODY; MOST];
            for (to, near) in likest.iter_mut().zip(graph.of(row)) {
                *to = seen.binary_search(&near.row).map_or(Graph::NOBODY, |place| place as u32);
            }
            likest
        };
        Self(seen.par_iter().map(of_row).collect())
    }

    /// Takes a step, `part` (0 to 1) as far as the first; places are as they were where it is given up.
    pub(super) fn settle(&self, places: &mut [Place], part: f32, progress: Progress<'_>) -> Result<(), MapError> {
        let tree = Tree::new(places)?;
        let (mut steps, mut radii) = (vec![[0.0_f32; 2]; places.len()], vec![0.0; places.len()]);
        for first in (0..places.len()).step_by(BLOCK) {
            progress.reach(first as f64 / places.len() as f64)?;
            let rows = first..places.len().min(first + BLOCK);
            let seen: &[Place] = places;
            let moves: Vec<Moves> = rows
                .clone()
                .into_par_iter()
                .with_min_len(CHUNK)
                .map_init(Vec::new, |near, row| self.moves(row, seen, &tree, near))
                .collect();
            // One after the other, so that sums are the same for any number of threads.
            for (row, moves) in rows.zip(&moves) {
                radii[row] = moves.radius;
                add(&mut steps, row, moves.own);
                for &(other, by) in moves.others.iter().take(moves.count) {
                    add(&mut steps, other as usize, by);
                }
            }
        }
        let rate = RATE * part / MOST as f32;
        places.par_iter_mut().zip(steps).zip(radii).for_each(|((place, step), radius)| {
            for (at, step) in place.iter_mut().zip(step) {
                *at += (rate * step).clamp(-1.0, 1.0) * radius;
            }
        });
        Ok(())
    }

    /// How a row moves those around it: a unit towards or away from it counts as much as the soft edge of a circle is steep there.
    fn moves(&self, row: usize, places: &[Place], tree: &Tree, near: &mut Vec<Near>) -> Moves {
        let mut moves = Moves { others: [(0, [0.0; 2]); MOVED], count: 0, own: [0.0; 2], radius: 0.0 };
        let (Some(&own), Some(likest)) = (places.get(row), self.0.get(row)) else { return moves };
        tree.nearest(own, row as u32, AROUND, near);
        for (holds, counts) in CIRCLES {
            let (Some(last), Some(next)) = (near.get(holds - 1), near.get(holds)) else { continue };
            let radius = 0.5 * (last.square.sqrt() + next.square.sqrt()) as f32;
            if radius <= 0.0 {
                continue;
            }
            moves.radius = radius;
            let likest = likest.iter().take(holds).copied();
            let edge = |other: u32| {
                let to = places.get(other as usize).copied().unwrap_or(own);
                let away = [to[0] - own[0], to[1] - own[1]];
                let length = (away[0] * away[0] + away[1] * away[1]).sqrt();
                let steep = steepness(length / radius);
                (other, if length > 0.0 { away.map(|away| away / length) } else { [0.0; 2] }, steep)
            };
            let around = near.iter().take(holds + holds / 2).map(|near| near.row);
            let strange = around.filter(|&other| likest.clone().all(|like| like != other));
            let like = likest.clone().filter(|&other| other != Graph::NOBODY);
            let pull: f32 = like.clone().map(|other| edge(other).2).sum();
            let push: f32 = strange.clone().map(|other| edge(other).2).sum();
            let unit = counts * MOST as f32 / holds as f32;
            // As much is pushed out as is drawn in, so that the map keeps its density.
            let back = if push > 0.0 { (pull / push).min(STRONGEST) } else { 0.0 };
            let all = like.map(|other| (other, -unit)).chain(strange.map(|other| (other, unit * back)));
            for (other, strength) in all {
                let (_, towards, steep) = edge(other);
                let by = towards.map(|towards| strength * steep * towards);
                if let Some(to) = moves.others.get_mut(moves.count) {
                    *to = (other, by);
                    moves.count += 1;
                    moves.own = [moves.own[0] - by[0], moves.own[1] - by[1]];
                }
            }
        }
        moves
    }
}

fn add(steps: &mut [[f32; 2]], row: usize, by: [f32; 2]) {
    if let Some(step) = steps.get_mut(row) {
        *step = [step[0] + by[0], step[1] + by[1]];
    }
}

/// How steep the edge of a circle is at so many of its radii from its middle: the slope of 1 / (1 + x⁸) by ln x, but for a factor.
fn steepness(radii: f32) -> f32 {
    let square = (radii * radii).min(1e4);
    let eighth = (square * square) * (square * square);
    eighth / ((1.0 + eighth) * (1.0 + eighth))
}
