//! What it takes to compare all drawings of a set, and what comes of that: codes, look-alikes, neighbours, maps, the sorted grid,
//! clusters. They are measured where they are asked for by name: some take minutes.

use super::figure::Figure;
use super::samples::Measured;
use super::stage::ms_since;
use super::{BenchError, BenchOptions, OnProgress, Progress as Told};
use crate::data::dataset::Dataset;
use crate::gpu::context::{Gpu, GpuOptions};
use crate::gpu::nearest::NearestOnGpu;
use crate::headless::HeadlessError;
use crate::likeness::code::Codes;
use crate::likeness::comparison::Comparison;
use crate::likeness::graph::{Graph, graph};
use crate::likeness::maps::measures::{self, fidelity};
use crate::likeness::maps::tsne::{Start, Tsne, TsneOptions};
use crate::likeness::maps::{Forming, MapError, pca};
use crate::likeness::query::{Neighbour, Of, nearest};
use crate::likeness::sorted::{SortError, Task, quality, sort};
use crate::likeness::{LikenessError, SetCodes};
use crate::progress::Progress;
use crate::scene::clusters::{NEIGHBOURS, Resolution, SetClusters};
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

/// Look-alikes that a query finds.
const FOUND: usize = 12;
/// Rows by which a sorted grid is judged.
const JUDGED: usize = 1500;

/// Measures the figures that are wanted.
pub fn measure(dataset: &Dataset, options: &BenchOptions, on: OnProgress<'_>) -> Result<Vec<Measured>, BenchError> {
    let wanted: Vec<Figure> =
        Figure::LIKENESS.into_iter().filter(|&figure| figure != Figure::MovingBusy && options.wants(figure)).collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let (_, values) = dataset.count_values(&mut |_| ())?;
    let begin = Instant::now();
    let set = SetCodes::of(dataset, &values.map.table(), &Comparison::default(), Progress::NONE);
    let codes = set.map_err(HeadlessError::from)?.codes;
    let (codes_s, mut few) = (begin.elapsed().as_secs_f64(), None);
    let mut all = Vec::new();
    for (done, &figure) in (0..).zip(&wanted) {
        on(Told { what: figure.to_string(), done, total: wanted.len() as u32 });
        let mut measured = Measured::new(figure, "");
        let begin = Instant::now();
        match figure {
            Figure::Codes => measured.samples.push(codes_s),
            Figure::SimilarPinned => {
                measured.samples =
                    queries(&codes, options.frames, |row| Ok::<_, BenchError>(nearest(&codes, Of::Row(row), FOUND)))?;
            }
            Figure::SimilarOnGpu => {
                let gpu = Arc::new(Gpu::headless(&GpuOptions::default()).map_err(HeadlessError::from)?);
                let on_gpu = NearestOnGpu::new(&gpu, &codes).map_err(HeadlessError::from)?;
                let uploaded_s = begin.elapsed().as_secs_f64();
                let find = |row| on_gpu.nearest(&codes, Of::Row(row), FOUND);
                measured.samples = queries(&codes, options.frames, find).map_err(HeadlessError::from)?;
                measured.note = format!("{}; codes uploaded in {uploaded_s:.2} s", gpu.info.name);
            }
            Figure::Graph => {
                few = Some(neighbours(&codes, NEIGHBOURS)?);
                measured.samples.push(begin.elapsed().as_secs_f64());
                measured.note = format!("{NEIGHBOURS} neighbours of each");
            }
            Figure::Pca => {
                black_box(pca(&codes));
                measured.samples.push(ms_since(begin));
            }
            Figure::Map => map(&codes, &mut measured).map_err(|error| refused(error.to_string()))?,
            Figure::Sorted => sorted(&codes, &mut measured).map_err(|error| refused(error.to_string()))?,
            _ => {
                let graph = match few.take() {
                    Some(graph) => graph,
                    None => neighbours(&codes, NEIGHBOURS)?,
                };
                let begin = Instant::now();
                let found = SetClusters::of(&codes, &graph, None, Resolution::default(), Progress::NONE);
                measured.samples.push(begin.elapsed().as_secs_f64());
                let count = found.map_err(LikenessError::from).map_err(HeadlessError::from)?.count;
                measured.note = format!("{count} of them, after the graph");
            }
        }
        all.push(measured);
    }
    Ok(all)
}

pub(super) fn refused(why: String) -> BenchError {
    HeadlessError::from(LikenessError::Refused(why)).into()
}

fn neighbours(codes: &Codes, k: usize) -> Result<Graph, BenchError> {
    Ok(graph(codes, k, Progress::NONE).map_err(LikenessError::from).map_err(HeadlessError::from)?)
}

/// What queries take, ms, of rows that are evenly spaced. One that is not counted comes first.
fn queries<E>(codes: &Codes, count: u32, find: impl Fn(u32) -> Result<Vec<Neighbour>, E>) -> Result<Vec<f64>, E> {
    let row = |i: u32| (u64::from(i) * u64::from(codes.rows()) / u64::from(count.max(1))) as u32;
    black_box(find(0)?);
    let one = |i| {
        let begin = Instant::now();
        black_box(find(row(i))?);
        Ok(ms_since(begin))
    };
    (0..count).map(one).collect()
}

/// A map from the neighbours on, with what it is worth.
fn map(codes: &Codes, measured: &mut Measured) -> Result<(), MapError> {
    let (options, begin) = (TsneOptions::default(), Instant::now());
    let graph = graph(codes, options.neighbours(), Progress::NONE)?;
    let (graph_s, mut first) = (begin.elapsed().as_secs_f64(), None);
    let mut map = Tsne::new(codes, &graph, &options, Start::Codes, Progress::NONE)?;
    let places = map.run(
        &mut |_| {
            first.get_or_insert(begin.elapsed().as_secs_f64());
        },
        Progress::NONE,
    )?;
    measured.samples.push(begin.elapsed().as_secs_f64());
    let worth = fidelity(codes, &places, measures::NEIGHBOURS, Progress::NONE)?;
    let (neighbours, first) = (options.neighbours(), first.unwrap_or_default() - graph_s);
    measured.note = format!(
        "{neighbours} neighbours {graph_s:.1} s, first picture {first:.1} s later; trust {:.4}, kept {:.3}",
        worth.trust, worth.kept
    );
    Ok(())
}

/// A sorted grid, with what it is worth.
fn sorted(codes: &Codes, measured: &mut Measured) -> Result<(), SortError> {
    let columns = (1.3 * f64::from(codes.rows())).sqrt().round().max(1.0) as u32;
    let task =
        Task { codes: codes.values(), width: codes.width(), columns, cells: None, kept: &[], map: None, seed: 0 };
    let (begin, mut first) = (Instant::now(), None);
    let cells = sort(
        &task,
        &mut |_, _| {
            first.get_or_insert(begin.elapsed().as_secs_f64());
        },
        Progress::NONE,
    )?;
    measured.samples.push(begin.elapsed().as_secs_f64());
    let worth = quality(codes.values(), codes.width(), &cells, columns, JUDGED, 1, Progress::NONE)?;
    measured.note = format!("first picture {:.2} s; DPQ16 {worth:.3}", first.unwrap_or_default());
    Ok(())
}
