//! The nodes of a mesh, convolved with the kernel by Fourier transforms.
//!
//! A transform goes along the lines and then along the columns. Lines beyond the mesh are empty and are left out, both ways. What
//! one step writes line by line the next one reads column by column, a few columns at once, so that it uses all of a cache line.

use super::spline::response;
use crate::progress::{Cancelled, Progress};
use rayon::prelude::*;
use rustfft::num_complex::Complex64;
use rustfft::{Fft, FftPlanner};
use std::f64::consts::TAU;
use std::sync::Arc;

/// Lines or columns that a thread takes at once: a cache line holds as many complex numbers.
const LINES: usize = 4;
/// Values that are transformed between two looks at whether it is still wanted: a few milliseconds on one thread.
const AT_ONCE: usize = 1 << 18;
/// Nodes that stay empty between the mesh and its next image: where images meet the kernel has a kink, which rings a few nodes far.
const MARGIN: usize = 16;

/// The transforms of a size, and that of the kernel.
pub(super) struct Convolver {
    /// Values of a line, an even number: the mesh, and as much again that is empty.
    size: usize,
    /// Distance of two nodes.
    step: f64,
    forward: Arc<dyn Fft<f64>>,
    inverse: Arc<dyn Fft<f64>>,
    /// The transform of the kernel, divided by what splines do to it: real, and even both ways, of which this is one quarter.
    kernel: Vec<f64>,
    /// Transforms of lines, and what columns were made of them.
    lines: Vec<Complex64>,
    columns: Vec<Complex64>,
}

impl std::fmt::Debug for Convolver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Convolver").field("size", &self.size).field("step", &self.step).finish_non_exhaustive()
    }
}

impl Convolver {
    /// The size of transforms for a mesh with so many nodes a side. Sizes are few, so that a map that grows keeps its kernel a while.
    pub(super) fn size(side: usize) -> usize {
        let least = 2 * side + MARGIN;
        // Products of small factors, each about a tenth more than the one before.
        let power = 1 << (least / 16).max(1).ilog2();
        let sizes = [16, 18, 20, 22, 24, 27, 30, 32].map(|size| size * power);
        sizes.into_iter().find(|&size| size >= least).unwrap_or(least.next_power_of_two())
    }

    /// Transforms of a size, for nodes that are `step` apart.
    pub(super) fn new(size: usize, step: f64, progress: Progress<'_>) -> Result<Self, Cancelled> {
        let mut planner = FftPlanner::new();
        let (forward, inverse) = (planner.plan_fft_forward(size), planner.plan_fft_inverse(size));
        let half = size / 2 + 1;
        let mut lines = vec![0.0; half * half];
        for (line, values) in (0..).zip(lines.chunks_exact_mut(half)) {
            for (column, value) in (0..).zip(values) {
                let square = |nodes: u32| (f64::from(nodes) * step).powi(2);
                *value = 1.0 / (1.0 + square(line) + square(column));
            }
        }
        // The kernel is the same along both axes: transformed and turned over twice, it lies as it should.
        let mut kernel = vec![0.0; half * half];
        for turn in 0..2 {
            let progress = progress.part(f64::from(turn) / 2.0, f64::from(turn + 1) / 2.0);
            let many = AT_ONCE.div_ceil(size);
            for (at, (lines, kernel)) in lines.chunks(many * half).zip(kernel.chunks_mut(many * half)).enumerate() {
                progress.reach((at * many) as f64 / half as f64)?;
                let each = lines.par_chunks_exact(half).zip(kernel.par_chunks_exact_mut(half));
                each.for_each_init(
                    || (vec![Complex64::default(); size], scratch(&*forward)),
                    |(buffer, scratch), (line, out)| {
                        for (at, to) in buffer.iter_mut().enumerate() {
                            *to = line.get(at.min(size - at)).map_or_else(Complex64::default, |&value| value.into());
                        }
                        forward.process_with_scratch(buffer, scratch);
                        for (at, (to, value)) in out.iter_mut().zip(buffer.iter()).enumerate() {
                            // What goes there and back comes with the size of the transform, once for each axis.
                            let spline = response(TAU * at as f64 / size as f64);
                            *to = value.re / (size as f64 * spline * spline);
                        }
                    },
                );
            }
            for (at, line) in lines.chunks_exact_mut(half).enumerate() {
                for (to, value) in line.iter_mut().zip(kernel.iter().skip(at).step_by(half)) {
                    *to = *value;
                }
            }
        }
        Ok(Self { size, step, forward, inverse, kernel: lines, lines: Vec::new(), columns: Vec::new() })
    }

    /// Whether it is of this size, for nodes that are so far apart.
    pub(super) fn is(&self, size: usize, step: f64) -> bool {
        self.size == size && self.step == step
    }

    /// Convolves a square mesh of `side` nodes a side, a multiple of [`LINES`], with the kernel.
    pub(super) fn convolve(&mut self, nodes: &mut [f64], side: usize, progress: Progress<'_>) -> Result<(), Cancelled> {
        let half = self.size / 2 + 1;
        self.lines.resize(half * side, Complex64::default());
        self.columns.resize(half * side, Complex64::default());
        let many = AT_ONCE.div_ceil(self.size).next_multiple_of(LINES);
        let mut lines = std::mem::take(&mut self.lines);
        let blocks = nodes.chunks(many * side).zip(lines.chunks_mut(many * half));
        for (at, (nodes, lines)) in blocks.enumerate() {
            progress.part(0.0, 0.25).reach((at * many) as f64 / side as f64)?;
            let each = nodes.par_chunks(2 * side).zip(lines.par_chunks_mut(2 * half));
            each.for_each_init(|| self.buffers(1), |buffers, (nodes, lines)| self.lines_in(nodes, lines, buffers));
        }
        self.lines = lines;
        let mut columns = std::mem::take(&mut self.columns);
        for (at, columns) in columns.chunks_mut(many * side).enumerate() {
            progress.part(0.25, 0.75).reach((at * many) as f64 / half as f64)?;
            columns.par_chunks_mut(LINES * side).enumerate().for_each_init(
                || self.buffers(LINES),
                |buffers, (group, columns)| self.columns_of(at * many + group * LINES, columns, side, buffers),
            );
        }
        self.columns = columns;
        for (at, nodes) in nodes.chunks_mut(many * side).enumerate() {
            progress.part(0.75, 1.0).reach((at * many) as f64 / side as f64)?;
            nodes.par_chunks_mut(LINES * side).enumerate().for_each_init(
                || self.buffers(LINES / 2),
                |buffers, (group, nodes)| self.lines_out(at * many + group * LINES, nodes, side, buffers),
            );
        }
        Ok(())
    }

    /// Room for so many transforms, and what they need besides.
    fn buffers(&self, count: usize) -> (Vec<Complex64>, Vec<Complex64>) {
        let mut scratch = scratch(&*self.forward);
        scratch.resize(scratch.len().max(self.inverse.get_inplace_scratch_len()), Complex64::default());
        (vec![Complex64::default(); count * self.size], scratch)
    }

    /// Transforms two lines of nodes at once, one as real and the other as imaginary numbers.
    fn lines_in(
        &self,
        nodes: &[f64],
        lines: &mut [Complex64],
        (buffer, scratch): &mut (Vec<Complex64>, Vec<Complex64>),
    ) {
        let (first, second) = nodes.split_at(nodes.len() / 2);
        buffer.fill(Complex64::default());
        for (to, (&first, &second)) in buffer.iter_mut().zip(first.iter().zip(second)) {
            *to = Complex64::new(first, second);
        }
        self.forward.process_with_scratch(buffer, scratch);
        let (first, second) = lines.split_at_mut(lines.len() / 2);
        // Backwards from the last, after the first: what belongs to the negative wave of each.
        let negative = buffer.iter().take(1).chain(buffer.iter().skip(1).rev());
        for ((first, second), (value, negative)) in first.iter_mut().zip(second).zip(buffer.iter().zip(negative)) {
            let other = negative.conj();
            *first = (value + other) * 0.5;
            *second = (value - other) * Complex64::new(0.0, -0.5);
        }
    }

    /// Transforms some columns, from `first` on, multiplies them by the kernel, and transforms them back.
    fn columns_of(
        &self,
        first: usize,
        columns: &mut [Complex64],
        side: usize,
        (buffer, scratch): &mut (Vec<Complex64>, Vec<Complex64>),
    ) {
        let half = self.size / 2 + 1;
        buffer.fill(Complex64::default());
        let count = columns.len() / side;
        for (at, line) in self.lines.chunks_exact(half).enumerate() {
            for (buffer, value) in buffer.chunks_exact_mut(self.size).zip(line.iter().skip(first).take(count)) {
                buffer[at] = *value;
            }
        }
        let kernels = self.kernel.chunks_exact(half).skip(first);
        for ((buffer, kernel), column) in
            buffer.chunks_exact_mut(self.size).zip(kernels).zip(columns.chunks_exact_mut(side))
        {
            self.forward.process_with_scratch(buffer, scratch);
            // Its other half is the same backwards.
            let rest = kernel.iter().skip(1).rev().skip(1);
            for (value, kernel) in buffer.iter_mut().zip(kernel.iter().chain(rest)) {
                *value *= kernel;
            }
            self.inverse.process_with_scratch(buffer, scratch);
            for (to, value) in column.iter_mut().zip(buffer.iter()) {
                *to = *value;
            }
        }
    }

    /// Makes nodes of some lines, from `first` on: two of them at once, one as real and the other as imaginary numbers.
    fn lines_out(
        &self,
        first: usize,
        nodes: &mut [f64],
        side: usize,
        (buffer, scratch): &mut (Vec<Complex64>, Vec<Complex64>),
    ) {
        let turn = Complex64::i();
        for (at, column) in self.columns.chunks_exact(side).enumerate() {
            let pairs = column.get(first..).unwrap_or_default().chunks_exact(2);
            for (buffer, pair) in buffer.chunks_exact_mut(self.size).zip(pairs) {
                buffer[at] = pair[0] + turn * pair[1];
                if at > 0 {
                    buffer[self.size - at] = pair[0].conj() + turn * pair[1].conj();
                }
            }
        }
        for (buffer, nodes) in buffer.chunks_exact_mut(self.size).zip(nodes.chunks_exact_mut(2 * side)) {
            self.inverse.process_with_scratch(buffer, scratch);
            let (first, second) = nodes.split_at_mut(side);
            for ((first, second), value) in first.iter_mut().zip(second).zip(buffer.iter()) {
                (*first, *second) = (value.re, value.im);
            }
        }
    }
}

/// What a transform needs besides its values.
fn scratch(transform: &dyn Fft<f64>) -> Vec<Complex64> {
    vec![Complex64::default(); transform.get_inplace_scratch_len()]
}
