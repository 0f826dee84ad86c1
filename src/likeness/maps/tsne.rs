//! t-SNE (van der Maaten and Hinton, 2008): rows that look alike lie beside each other, at any size of set.
//!
//! All rows push each other apart, by way of a mesh as in FIt-SNE (Linderman et al., 2019), and like ones pull each other together.
//! What is set follows openTSNE (Poličar et al., 2024) and Belkina et al. (2019): a start from the codes' first two columns, an early
//! exaggeration of 12, steps that grow with the rows. 750 iterations of 28,000 rows take some 13 s of processor time, of 150,000 80 s.
//!
//! The same seed gives the same map, bit by bit, for any number of threads and however often it was interrupted; another kind of
//! processor may round otherwise, and its map differ in details.

mod affinity;
mod descent;
mod settling;
#[cfg(test)]
mod tests;

use super::links::{Links, distances};
use super::mesh::{Mesh, Push};
use super::{Begun, Forming, MapError, Place, aside, check_places, columns, seen};
use crate::likeness::code::Codes;
use crate::likeness::graph::Graph;
use crate::likeness::sorted::random::Random;
use crate::progress::Progress;
pub(super) use affinity::affinities;
use descent::{Phase, descend, pull_all};
use settling::{Likest, SETTLING};

/// Standard deviation of the first axis at the start: so small that rows find their way around each other.
const START: f64 = 1e-4;
/// What is added to each place at the start, at most, as a part of it: rows that are equal must not stay in one place.
const JITTER: f64 = 0.02;

/// What can be chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TsneOptions {
    /// How many neighbours count, about; fewer where a row has less than three times as many.
    pub perplexity: f32,
    /// Iterations in all, in the last 30 of which rows settle among those that they look most like.
    pub iterations: u32,
    /// The same seed gives the same map.
    pub seed: u64,
}

impl Default for TsneOptions {
    fn default() -> Self {
        Self { perplexity: 30.0, iterations: 780, seed: 0 }
    }
}

impl TsneOptions {
    /// Neighbours that the graph should have a row: three times the perplexity.
    pub fn neighbours(&self) -> usize {
        (3.0 * self.perplexity).ceil() as usize
    }
}

/// What a map starts from.
#[derive(Clone, Debug, PartialEq)]
pub enum Start {
    /// The first two columns of the codes.
    Codes,
    /// Another map, one place for each row of codes.
    Places(Vec<Place>),
    /// Where another run stood.
    State(TsneState),
}

/// Where a run stands: with the same codes, graph and options it goes on from here as if it had never stopped. 24 bytes a row.
#[derive(Clone, Debug, PartialEq)]
pub struct TsneState {
    /// Iterations that are done.
    iteration: u32,
    /// Of the rows that are not blank: their places,
    places: Vec<Place>,
    /// their last steps,
    steps: Vec<[f32; 2]>,
    /// and how much of the slope their next steps take.
    gains: Vec<[f32; 2]>,
}

impl TsneState {
    /// Iterations that are done.
    pub fn iteration(&self) -> u32 {
        self.iteration
    }

    /// The same as what is kept of it: places, steps and gains.
    pub fn begun(&self) -> Begun {
        Begun { steps: self.iteration, pairs: [&*self.places, &self.steps, &self.gains].concat() }
    }

    /// Back from that; `None` where it is none of the rows of these codes.
    pub fn of_begun(begun: &Begun, codes: &Codes) -> Option<Self> {
        let [places, steps, gains] = begun.lists(seen(codes).len())?;
        Some(Self { iteration: begun.steps, places, steps, gains })
    }

    /// A place for each row of these codes as it stands; blank rows lie together beside the map.
    pub fn of_all(&self, codes: &Codes) -> Vec<Place> {
        aside::places(codes.rows(), &seen(codes), &self.places)
    }

    /// Whether it is one of so many rows, and only finite numbers.
    fn check(&self, rows: usize) -> Result<(), MapError> {
        for list in [&self.places, &self.steps, &self.gains] {
            check_places(list, rows)?;
        }
        Ok(())
    }

    /// At the start, with places that are brought to the size of a start.
    fn new(mut places: Vec<Place>, seed: u64) -> Self {
        let rows = places.len().max(1) as f64;
        let mean = |axis: usize| places.iter().map(|place| f64::from(place[axis])).sum::<f64>() / rows;
        let means = [mean(0), mean(1)];
        let spread =
            |axis: usize| places.iter().map(|place| (f64::from(place[axis]) - means[axis]).powi(2)).sum::<f64>();
        let deviation = (spread(0) / rows).sqrt();
        // Where all lie in one place, or in a line upwards, the jitter alone tells rows apart.
        let scale = if deviation > 0.0 { START / deviation } else { 0.0 };
        let mut random = Random::new(seed, 0);
        for place in &mut places {
            for (at, mean) in place.iter_mut().zip(means) {
                let jitter = (random.below(1 << 24) as f64 / f64::from(1 << 23) - 1.0) * JITTER * START;
                *at = ((f64::from(*at) - mean) * scale + jitter) as f32;
            }
        }
        let rows = places.len();
        Self { iteration: 0, places, steps: vec![[0.0; 2]; rows], gains: vec![[1.0; 2]; rows] }
    }
}

/// A map that is being made.
#[derive(Debug)]
pub struct Tsne {
    options: TsneOptions,
    /// Rows of codes, blank ones counted.
    rows: u32,
    /// The others.
    seen: Vec<u32>,
    affinities: Links,
    likest: Likest,
    state: TsneState,
    mesh: Mesh,
    pushes: Vec<Push>,
    pulls: Vec<[f32; 2]>,
}

impl Tsne {
    /// Prepares a map of all rows. `graph` is that of the codes, best with [`TsneOptions::neighbours`] neighbours a row.
    ///
    /// Takes some 10 µs a row and thread, and 24 bytes for each neighbour in the graph, of which about 12 stay. Fails where codes,
    /// graph and start do not belong together, or where it is given up.
    pub fn new(
        codes: &Codes,
        graph: &Graph,
        options: &TsneOptions,
        start: Start,
        progress: Progress<'_>,
    ) -> Result<Self, MapError> {
        let (seen, mut links) = distances(codes, graph, progress.part(0.0, 0.1))?;
        let state = match start {
            Start::State(state) => {
                state.check(seen.len())?;
                state
            }
            Start::Places(places) => {
                check_places(&places, codes.rows() as usize)?;
                let place = |&row: &u32| places.get(row as usize).copied().unwrap_or_default();
                TsneState::new(seen.iter().map(place).collect(), options.seed)
            }
            Start::Codes => TsneState::new(columns(codes, &seen), options.seed),
        };
        links.fill(progress.part(0.1, 0.6), |_, links| affinities(links, f64::from(options.perplexity)))?;
        let all = 2.0 * seen.len().max(1) as f32;
        let affinities = links.joined(|a, b| (a + b) / all, progress.part(0.6, 1.0))?;
        let (rows, likest) = (seen.len(), Likest::of(graph, &seen));
        Ok(Self {
            options: *options,
            rows: codes.rows(),
            seen,
            affinities,
            likest,
            state,
            mesh: Mesh::default(),
            pushes: vec![Push::default(); rows],
            pulls: vec![[0.0; 2]; rows],
        })
    }

    /// Where it stands: after each [`run`](Forming::run), also one that was given up.
    pub fn state(&self) -> &TsneState {
        &self.state
    }
}

impl Forming for Tsne {
    fn steps(&self) -> [u32; 2] {
        [self.state.iteration, self.options.iterations]
    }

    fn places(&self) -> Vec<Place> {
        aside::places(self.rows, &self.seen, &self.state.places)
    }

    fn begun(&self) -> Begun {
        self.state.begun()
    }

    fn advance(&mut self, progress: Progress<'_>) -> Result<(), MapError> {
        let left = self.options.iterations.saturating_sub(self.state.iteration);
        if left <= SETTLING {
            self.likest.settle(&mut self.state.places, left as f32 / SETTLING as f32, progress)?;
            self.state.iteration += 1;
            return Ok(());
        }
        self.mesh.push(&self.state.places, &mut self.pushes, progress.part(0.0, 0.5))?;
        pull_all(&self.affinities, &self.state.places, &mut self.pulls, progress.part(0.5, 1.0))?;
        let phase = Phase::of(self.state.iteration, self.state.places.len());
        descend(&mut self.state, &self.pulls, &self.pushes, &phase);
        self.state.iteration += 1;
        Ok(())
    }
}
