//! The rows that look most like each row: exact on the codes, every pair compared once.
//!
//! Rows are taken in blocks that fit the processor's cache. A pair of blocks is compared at a time, by one thread, and what is found
//! goes into the lists of both; pairs follow each other as in a tournament, so that threads seldom wait for the same block. Which
//! keys are the best does not depend on the order in which they come: the result is the same for any number of threads.

mod best;
mod panels;
mod tile;

use super::LikenessError;
use super::code::Codes;
use super::maps::{Begun, Place};
use super::query::{Neighbour, key, of_key};
use crate::progress::{Cancelled, Progress};
use best::Best;
use panels::{GROUP, Panels};
use rayon::prelude::*;
use std::fmt::Debug;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tile::compare;

/// Groups of a block: 1,024 rows, 128 kB for codes of 64 values; a pair of blocks takes about a millisecond.
const GROUPS: usize = 64;
const BLOCK: usize = GROUPS * GROUP;

/// Who finds the nearest of all rows of a set, or knows them already, and keeps what was made of them.
pub trait Graphs: Debug + Send + Sync {
    /// The `k` nearest of each row.
    fn graph(&self, k: usize, progress: Progress<'_>) -> Result<Arc<Graph>, LikenessError>;

    /// The places of all rows that were kept under a name.
    fn kept_places(&self, name: &str) -> Option<Vec<Place>>;

    /// Keeps places for the next time.
    fn keep_places(&self, name: &str, places: &[Place]);

    /// How far the map of a name had come that was given up, where that is known.
    fn begun(&self, name: &str) -> Option<Arc<Begun>>;

    /// Keeps how far the map of a name has come, for when it is given up or the program ends; each step may be told. `begun` makes
    /// what is kept, if it is time to.
    fn keep_begun(&self, name: &str, when: When, begun: &dyn Fn() -> Begun);

    /// The cells that were kept under a name, all below `cells`.
    fn kept_cells(&self, name: &str, cells: u32) -> Option<Vec<u32>>;

    /// Keeps cells for the next time.
    fn keep_cells(&self, name: &str, cells: &[u32]);
}

/// When it is told how far a map has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// It goes on.
    OnTheWay,
    /// It was given up.
    GivenUp,
}

/// The nearest rows of each row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graph {
    k: usize,
    neighbours: Vec<u32>,
    similarities: Vec<i32>,
}

impl Graph {
    /// Stands where a row has fewer neighbours than others.
    pub const NOBODY: u32 = u32::MAX;

    /// The graph of so many rows that consists of these lists, each as long and in such an order as those that [`graph`] finds;
    /// `None` where they are something else.
    pub(in crate::likeness) fn of_lists(
        rows: u32,
        k: usize,
        neighbours: Vec<u32>,
        similarities: Vec<i32>,
    ) -> Option<Self> {
        let places = (rows as usize).checked_mul(k)?;
        if (neighbours.len(), similarities.len()) != (places, places) {
            return None;
        }
        let lists = neighbours.chunks_exact(k.max(1)).zip(similarities.chunks_exact(k.max(1)));
        let are_lists = (0..rows).zip(lists).all(|(row, (of_row, similar))| is_list(row, rows, of_row, similar));
        are_lists.then_some(Self { k, neighbours, similarities })
    }

    /// Most neighbours of a row.
    pub fn k(&self) -> usize {
        self.k
    }

    /// All neighbours, `k` a row, the most alike first; [`NOBODY`](Self::NOBODY) after the last of a row that has fewer.
    pub fn neighbours(&self) -> &[u32] {
        &self.neighbours
    }

    /// How alike they are, in the same places: dot products of codes; `i32::MIN` where there is nobody.
    pub fn similarities(&self) -> &[i32] {
        &self.similarities
    }

    /// The same with the first `k` neighbours of each row alone, or as many as there are.
    #[must_use]
    pub fn first(&self, k: usize) -> Self {
        let kept = k.min(self.k);
        let neighbours = self.neighbours.chunks_exact(self.k.max(1)).flat_map(|of_row| &of_row[..kept]).copied();
        let similarities = self.similarities.chunks_exact(self.k.max(1)).flat_map(|of_row| &of_row[..kept]).copied();
        Self { k: kept, neighbours: neighbours.collect(), similarities: similarities.collect() }
    }

    /// Rows that there are; none of a graph without neighbours.
    pub fn rows(&self) -> u32 {
        self.neighbours.len().checked_div(self.k).unwrap_or(0) as u32
    }

    /// The neighbours of a row, the most alike first; none beyond the last row.
    pub fn of(&self, row: u32) -> impl Iterator<Item = Neighbour> + '_ {
        let places = (row as usize).saturating_mul(self.k)..(row as usize).saturating_add(1).saturating_mul(self.k);
        let neighbours = self.neighbours.get(places.clone()).unwrap_or_default();
        let similarities = self.similarities.get(places).unwrap_or_default();
        let all = neighbours.iter().zip(similarities).map(|(&row, &similarity)| Neighbour { row, similarity });
        all.take_while(|neighbour| neighbour.row != Self::NOBODY)
    }
}

/// Whether these may be the neighbours of a row: other rows that exist, the most alike first, each once, and nobody after the last.
fn is_list(row: u32, rows: u32, neighbours: &[u32], similarities: &[i32]) -> bool {
    let count = neighbours.iter().take_while(|&&other| other != Graph::NOBODY).count();
    let known = neighbours.iter().zip(similarities).take(count);
    neighbours.iter().zip(similarities).skip(count).all(|place| place == (&Graph::NOBODY, &i32::MIN))
        && known.clone().all(|(&other, _)| other < rows && other != row)
        && known.map(|(&other, &similarity)| key(similarity, other)).is_sorted_by(|better, worse| better > worse)
}

/// For each row what [`nearest`](super::query::nearest) finds, `k` neighbours at most.
///
/// Takes time with the square of the rows: about 8 s for 150,000 of 64 values on two free cores with AVX2. Memory: 2 bytes for each
/// value of a code, and 16 for each neighbour, of which 8 stay. Fails where it is given up, in which it looks every few milliseconds.
pub fn graph(codes: &Codes, k: usize, progress: Progress<'_>) -> Result<Graph, Cancelled> {
    // What is blank is nobody's neighbour, and has none.
    let rows: Vec<u32> = (0..codes.rows()).filter(|&row| !codes.is_blank(row)).collect();
    let panels = Panels::new(codes, &rows, progress.part(0.0, 0.01))?;
    let starts: Vec<usize> = (0..rows.len()).step_by(BLOCK).collect();
    let list = k.min(rows.len());
    let best: Vec<Mutex<Best>> =
        starts.iter().map(|&start| Mutex::new(Best::new(list, BLOCK.min(rows.len() - start)))).collect();
    let comparing = progress.part(0.01, 0.98);
    let pairs = if k == 0 { Vec::new() } else { tournament(starts.len()) };
    let mut done = 0;
    for some in pairs.chunks(4 * rayon::current_num_threads().max(1)) {
        comparing.reach(done as f64 / pairs.len() as f64)?;
        some.par_iter().for_each(|&(a, b)| {
            // The lower block is always locked first: nobody waits for each other.
            let mut first = locked(&best[a]);
            let mut second = (a != b).then(|| locked(&best[b]));
            compare(&panels, (a * GROUPS, b * GROUPS), &mut first, second.as_deref_mut());
        });
        done += some.len();
    }
    drop(panels);
    let places = codes.rows() as usize * k;
    let mut graph = Graph { k, neighbours: vec![Graph::NOBODY; places], similarities: vec![i32::MIN; places] };
    for (best, start) in best.into_iter().zip(starts) {
        progress.part(0.98, 1.0).reach(start as f64 / rows.len() as f64)?;
        graph.note(&best.into_inner().unwrap_or_else(PoisonError::into_inner), &rows, start);
    }
    progress.reach(1.0)?;
    Ok(graph)
}

impl Graph {
    /// Writes the lists of a block whose first row is the one at `start` of those compared.
    fn note(&mut self, best: &Best, rows: &[u32], start: usize) {
        for (list, &row) in best.lists().zip(rows.get(start..).unwrap_or_default()) {
            let at = row as usize * self.k;
            for (place, neighbour) in (at..).zip(list.map(of_key)) {
                self.neighbours[place] = rows[neighbour.row as usize];
                self.similarities[place] = neighbour.similarity;
            }
        }
    }
}

fn locked(best: &Mutex<Best>) -> MutexGuard<'_, Best> {
    best.lock().unwrap_or_else(PoisonError::into_inner)
}

/// All pairs of so many blocks, each once, the lower one first: each block with itself, then rounds in which each meets one other.
fn tournament(blocks: usize) -> Vec<(usize, usize)> {
    let mut pairs: Vec<_> = (0..blocks).map(|block| (block, block)).collect();
    // All but the last go round in a circle; where their number is odd, whoever meets the last rests.
    let circle = blocks.next_multiple_of(2).saturating_sub(1);
    for round in 0..circle {
        let last = (round, circle);
        let others = (1..=circle / 2).map(|i| ((round + i) % circle, (round + circle - i) % circle));
        let met = std::iter::once(last).chain(others).map(|(a, b)| (a.min(b), a.max(b)));
        pairs.extend(met.filter(|&(_, higher)| higher < blocks));
    }
    pairs
}

#[cfg(test)]
mod tests;
