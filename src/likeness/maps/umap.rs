//! UMAP (arXiv 1802.03426, 2018): like rows lie together in heaps that stand well apart.
//!
//! What is set follows umap-learn: `min_dist` 0.1, five rows pushed away for each that pulls. Other than there, each row moves itself
//! alone, and rows move in turns, an eighth of them at a time, by what they find before their turn: the same seed gives the same map
//! for any number of threads and however often it was interrupted. Another system may round powers otherwise.

mod fuzzy;
mod layout;
#[cfg(test)]
mod tests;

use super::links::{Links, distances};
use super::{Begun, Forming, MapError, Place, aside, check_places, columns, seen};
use crate::likeness::code::Codes;
use crate::likeness::graph::Graph;
use crate::likeness::sorted::random::Random;
use crate::progress::Progress;
use layout::{Epoch, ROUNDS, move_some};

/// How far the first places reach from the middle.
const START: f32 = 10.0;
/// What is added to each place at the start, at most: rows that are equal must not stay in one place.
const JITTER: f32 = 1e-3;
/// Rows from which on fewer epochs do.
const MANY: usize = 10_000;

/// What can be chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UmapOptions {
    /// Epochs in all; without a number 500, and 200 for more than 10,000 rows.
    pub epochs: Option<u32>,
    /// The same seed gives the same map.
    pub seed: u64,
}

impl UmapOptions {
    /// Neighbours that the graph should have a row.
    pub const NEIGHBOURS: usize = 15;
}

/// What a map starts from.
#[derive(Clone, Debug, PartialEq)]
pub enum Start {
    /// The first two columns of the codes.
    Codes,
    /// Where another run stood.
    State(UmapState),
}

/// Where a run stands: with the same codes, graph and options it goes on from here as if it had never stopped. 8 bytes a row.
#[derive(Clone, Debug, PartialEq)]
pub struct UmapState {
    /// Epochs that are done.
    epoch: u32,
    /// Places of the rows that are not blank.
    places: Vec<Place>,
}

impl UmapState {
    /// Epochs that are done.
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    /// The same as what is kept of it: places.
    pub fn begun(&self) -> Begun {
        Begun { steps: self.epoch, pairs: self.places.clone() }
    }

    /// Back from that; `None` where it is none of the rows of these codes.
    pub fn of_begun(begun: &Begun, codes: &Codes) -> Option<Self> {
        let [places] = begun.lists(seen(codes).len())?;
        Some(Self { epoch: begun.steps, places })
    }

    /// A place for each row of these codes as it stands; blank rows lie together beside the map.
    pub fn of_all(&self, codes: &Codes) -> Vec<Place> {
        aside::places(codes.rows(), &seen(codes), &self.places)
    }

    fn new(mut places: Vec<Place>, seed: u64) -> Self {
        let farthest = places.iter().flatten().fold(0.0_f32, |most, at| most.max(at.abs()));
        let scale = if farthest > 0.0 { START / farthest } else { 0.0 };
        let mut random = Random::new(seed, u64::MAX);
        for at in places.iter_mut().flatten() {
            *at = *at * scale + JITTER * (random.below(1 << 24) as f32 / (1 << 23) as f32 - 1.0);
        }
        Self { epoch: 0, places }
    }
}

/// A map that is being made.
#[derive(Debug)]
pub struct Umap {
    epochs: u32,
    seed: u64,
    /// Rows of codes, blank ones counted.
    rows: u32,
    /// The others.
    seen: Vec<u32>,
    links: Links,
    state: UmapState,
}

impl Umap {
    /// Prepares a map of all rows. `graph` is that of the codes; of each row all its neighbours count, best
    /// [`UmapOptions::NEIGHBOURS`].
    ///
    /// Takes some 5 µs a row and thread, and 24 bytes for each neighbour in the graph, of which about 12 stay. Fails where codes, graph
    /// and start do not belong together, or where it is given up.
    pub fn new(
        codes: &Codes,
        graph: &Graph,
        options: &UmapOptions,
        start: Start,
        progress: Progress<'_>,
    ) -> Result<Self, MapError> {
        let (seen, mut links) = distances(codes, graph, progress.part(0.0, 0.2))?;
        let state = match start {
            Start::State(state) => {
                check_places(&state.places, seen.len())?;
                state
            }
            Start::Codes => UmapState::new(columns(codes, &seen), options.seed),
        };
        let mean = fuzzy::mean(&links);
        links.fill(progress.part(0.2, 0.6), |_, links| fuzzy::memberships(links, mean))?;
        let links = links.joined(|a, b| a + b - a * b, progress.part(0.6, 1.0))?;
        let epochs = options.epochs.unwrap_or(if seen.len() > MANY { 200 } else { 500 });
        Ok(Self { epochs, seed: options.seed, rows: codes.rows(), seen, links, state })
    }

    /// Where it stands: after each [`run`](Forming::run), also one that was given up.
    pub fn state(&self) -> &UmapState {
        &self.state
    }
}

impl Forming for Umap {
    fn steps(&self) -> [u32; 2] {
        [self.state.epoch, self.epochs]
    }

    fn places(&self) -> Vec<Place> {
        aside::places(self.rows, &self.seen, &self.state.places)
    }

    fn begun(&self) -> Begun {
        self.state.begun()
    }

    fn advance(&mut self, progress: Progress<'_>) -> Result<(), MapError> {
        let epoch = Epoch::new(self.state.epoch, self.epochs, self.seed);
        let mut places = self.state.places.clone();
        for round in 0..ROUNDS {
            let at = |round: usize| round as f64 / ROUNDS as f64;
            move_some(&epoch, &self.links, round, &mut places, progress.part(at(round), at(round + 1)))?;
        }
        self.state.places = places;
        self.state.epoch += 1;
        Ok(())
    }
}
