//! What all rows of a map do to each: the sum of a kernel over all pairs, by way of a mesh.
//!
//! The kernel is 1 / (1 + d²), for d the distance of two places. As in FIt-SNE (Linderman et al., 2019) rows are spread over the nodes
//! of a regular mesh, the nodes are convolved with the kernel by Fourier transforms, and what comes of it is read off between the
//! nodes: time in proportion to rows, and to the area of the map. Other than there, rows are spread by cubic splines, which are smooth:
//! the push of all rows, Σ (y − y′) / (1 + d²)², is half the slope of the sum and can be read off it, so that one transform there and
//! one back serve, instead of four (as in smooth particle mesh Ewald; Essmann et al., 1995). Sums are in f64 and in a fixed order.
//!
//! On the t-SNE map of 27,997 real drawings pushes are off by 2.9 % (root mean square) and sums by .07 %; by up to 7 % where rows are
//! few for the area or crowd in a line. Meshes twice as fine make a map that keeps .001 more of the true neighbours.

mod convolve;
mod exact;
mod spline;
#[cfg(test)]
mod tests;

use crate::progress::{Cancelled, Progress};
use convolve::Convolver;
use rayon::prelude::*;
use spline::{REACH, slopes, weights};

/// Rows of a chunk: one thread takes it at once.
const CHUNK: usize = 1 << 10;
/// Rows between two looks: some milliseconds on one thread.
const AT_ONCE: usize = 1 << 16;
/// Lines of the mesh of which a thread writes at once.
const BAND: usize = 8;
/// Most nodes of a side; a map that is still larger has wider meshes, and loses what is finer than these.
const MOST_NODES: f64 = 2_048.0;
/// Least nodes of a side, about.
const LEAST_NODES: f64 = 64.0;
/// Least size of a mesh: slopes between nodes still closer would be errors of rounding.
const LEAST_EXTENT: f64 = 1e-6;
/// Widest distance of nodes while there are not too many: the kernel falls to half at a distance of 1.
const WIDEST: f64 = 0.5;
/// Rows up to which all pairs are summed one by one: as fast, and exact where every row counts.
const FEW: usize = 256;

/// What all rows do to one of them, itself included.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Push {
    /// Σ 1 / (1 + d²).
    pub(super) sum: f64,
    /// Σ (y − y′) / (1 + d²)².
    pub(super) away: [f64; 2],
}

/// A mesh over the places of rows, and what is kept between two sums.
#[derive(Debug, Default)]
pub(super) struct Mesh {
    /// Transforms of the sizes used last, the latest first.
    convolvers: Vec<Convolver>,
    nodes: Vec<f64>,
    /// The rows of each band, and where those of each begin.
    order: Vec<u32>,
    starts: Vec<usize>,
}

/// Where the mesh lies: a square that goes by the places alone, so that the same places have the same sums at any time.
#[derive(Clone, Copy, Debug)]
struct Frame {
    /// The place of the first node.
    origin: [f64; 2],
    /// Distance of two nodes.
    step: f64,
    /// Nodes of a side, a multiple of [`BAND`].
    side: usize,
}

impl Frame {
    fn around(places: &[[f32; 2]]) -> Self {
        let (mut least, mut most) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for place in places {
            for (axis, &at) in place.iter().enumerate() {
                least[axis] = least[axis].min(f64::from(at));
                most[axis] = most[axis].max(f64::from(at));
            }
        }
        let extent = (most[0] - least[0]).max(most[1] - least[1]).clamp(LEAST_EXTENT, 1e30);
        // Steps are powers of two: the transform of the kernel can be kept while the map grows.
        let power = |step: f64| step.log2().ceil().exp2();
        let step = power(extent / LEAST_NODES).min(WIDEST).max(power(extent / MOST_NODES));
        // One node before the first row, as the splines reach so far, and half a step more for what is lost in rounding.
        let origin = least.map(|least| least - 1.5 * step);
        Self { origin, step, side: ((extent / step) as usize + 2 + REACH).next_multiple_of(BAND) }
    }

    /// The node at which the spline of a place begins, and how far behind the next it lies, in steps.
    #[inline]
    fn place(&self, place: [f32; 2]) -> ([usize; 2], [f64; 2]) {
        let along = |axis: usize| {
            let at = (f64::from(place[axis]) - self.origin[axis]) / self.step;
            let node = at.max(1.0).min((self.side - REACH + 1) as f64) as usize;
            (node - 1, at - node as f64)
        };
        let [(x, right), (y, down)] = [along(0), along(1)];
        ([x, y], [right, down])
    }
}

impl Mesh {
    /// Writes what all rows do to each, places by places. Every place must be finite.
    ///
    /// Fails where it is given up, in which it looks every few milliseconds.
    pub(super) fn push(
        &mut self,
        places: &[[f32; 2]],
        pushes: &mut [Push],
        progress: Progress<'_>,
    ) -> Result<(), Cancelled> {
        if places.len() <= FEW {
            exact::push(places, pushes);
            return Ok(());
        }
        let frame = Frame::around(places);
        self.spread(places, frame, progress.part(0.0, 0.2))?;
        let (size, step) = (Convolver::size(frame.side), frame.step);
        let convolver = match self.convolvers.iter().position(|convolver| convolver.is(size, step)) {
            Some(at) => self.convolvers.remove(at),
            None => Convolver::new(size, step, progress.part(0.2, 0.3))?,
        };
        self.convolvers.insert(0, convolver);
        // A map whose size goes up and down a little may need two in turn.
        self.convolvers.truncate(2);
        if let Some(convolver) = self.convolvers.first_mut() {
            convolver.convolve(&mut self.nodes, frame.side, progress.part(0.3, 0.8))?;
        }
        self.read_off(places, frame, pushes, progress.part(0.8, 1.0))
    }

    /// Spreads rows over the nodes.
    fn spread(&mut self, places: &[[f32; 2]], frame: Frame, progress: Progress<'_>) -> Result<(), Cancelled> {
        let bands = frame.side / BAND;
        self.nodes.clear();
        self.nodes.resize(frame.side * frame.side, 0.0);
        progress.reach(0.0)?;
        self.sort(places, frame, bands);
        let (order, starts) = (&self.order, &self.starts);
        let lines = BAND * frame.side;
        // Rows of a band reach into the next one: every other band at a time, so that no two threads write to the same node.
        for turn in 0..2 {
            progress.reach(0.2 + 0.4 * f64::from(turn))?;
            let first = turn as usize;
            let pairs = self.nodes.get_mut(first * lines..).unwrap_or_default().par_chunks_mut(2 * lines);
            pairs.enumerate().for_each(|(pair, nodes)| {
                let band = first + 2 * pair;
                let bounds = starts.get(band).zip(starts.get(band + 1));
                let rows = bounds.and_then(|(&start, &end)| order.get(start..end)).unwrap_or_default();
                for &row in rows {
                    let place = places.get(row as usize).copied().unwrap_or_default();
                    let ([x, y], [right, down]) = frame.place(place);
                    let (across, down) = (weights(right), weights(down));
                    for (line, down) in (y - band * BAND..).zip(down) {
                        let nodes = nodes.get_mut(line * frame.side + x..).unwrap_or_default();
                        for (node, across) in nodes.iter_mut().zip(across) {
                            *node += across * down;
                        }
                    }
                }
            });
        }
        Ok(())
    }

    /// Brings rows into the order of their bands; those of a band stay in order.
    fn sort(&mut self, places: &[[f32; 2]], frame: Frame, bands: usize) {
        let band = |&place: &[f32; 2]| (frame.place(place).0[1] / BAND) as u32;
        let bands_of: Vec<u32> = places.par_iter().with_min_len(CHUNK).map(band).collect();
        self.starts.clear();
        self.starts.resize(bands + 2, 0);
        // Counted two places further on, bands begin where the next one will begin once all rows have their places.
        for &band in &bands_of {
            self.starts[band as usize + 2] += 1;
        }
        for at in 2..self.starts.len() {
            self.starts[at] += self.starts[at - 1];
        }
        self.order.clear();
        self.order.resize(places.len(), 0);
        for (row, &band) in (0..).zip(&bands_of) {
            let next = &mut self.starts[band as usize + 1];
            self.order[*next] = row;
            *next += 1;
        }
    }

    /// Reads off between the nodes.
    fn read_off(
        &self,
        places: &[[f32; 2]],
        frame: Frame,
        pushes: &mut [Push],
        progress: Progress<'_>,
    ) -> Result<(), Cancelled> {
        let blocks = places.chunks(AT_ONCE).zip(pushes.chunks_mut(AT_ONCE));
        for (at, (places, pushes)) in blocks.enumerate() {
            progress.reach((at * AT_ONCE) as f64 / (at * AT_ONCE + places.len()) as f64)?;
            let chunks = places.par_chunks(CHUNK).zip(pushes.par_chunks_mut(CHUNK));
            chunks.for_each(|(places, pushes)| {
                for (&place, push) in places.iter().zip(pushes) {
                    *push = self.read_one(place, frame);
                }
            });
        }
        Ok(())
    }

    #[inline]
    fn read_one(&self, place: [f32; 2], frame: Frame) -> Push {
        let ([x, y], [right, down]) = frame.place(place);
        let (across, slope_across) = (weights(right), slopes(right));
        let (mut sum, mut slope) = (0.0, [0.0; 2]);
        let lines = self.nodes.chunks_exact(frame.side).skip(y);
        for (line, (down, slope_down)) in lines.zip(weights(down).into_iter().zip(slopes(down))) {
            let (mut own, mut own_slope) = (0.0, 0.0);
            for (node, (across, slope_across)) in
                line.get(x..).unwrap_or_default().iter().zip(across.into_iter().zip(slope_across))
            {
                own += across * node;
                own_slope += slope_across * node;
            }
            sum += down * own;
            slope[0] += down * own_slope;
            slope[1] += slope_down * own;
        }
        // The slope of 1 / (1 + d²) is −2 (y − y′) / (1 + d²)².
        Push { sum, away: slope.map(|slope| -0.5 * slope / frame.step) }
    }
}
