//! Frames while drawings are being compared: what such work takes of them although it waits while the camera moves.

use super::figure::Figure;
use super::likeness::refused;
use super::samples::Measured;
use super::stage::Stage;
use super::{BenchError, BenchOptions, OnProgress, Progress as Told, paths, refuse_if_faulty};
use crate::data::dataset::Dataset;
use crate::headless::HeadlessError;
use crate::jobs::{Job, JobError, JobNews, Jobs};
use crate::likeness::LikenessError;
use crate::likeness::SetCodes;
use crate::likeness::code::Codes;
use crate::likeness::comparison::Comparison;
use crate::likeness::graph::{Graph, graph};
use crate::likeness::maps::Forming;
use crate::likeness::maps::tsne::{Start, Tsne, TsneOptions};
use crate::likeness::sorted::{Task, sort};
use crate::progress::{Progress, Watcher};
use std::sync::Arc;

/// What a job is at, over and over.
#[derive(Clone, Copy, Debug)]
enum Work {
    Neighbours,
    Map,
    Sorted,
}

impl Work {
    const ALL: [Self; 3] = [Self::Neighbours, Self::Map, Self::Sorted];

    fn name(self) -> &'static str {
        match self {
            Self::Neighbours => "neighbours found",
            Self::Map => "a map made",
            Self::Sorted => "a grid sorted",
        }
    }

    /// Does it once.
    fn once(self, codes: &Codes, known: &Graph, progress: Progress<'_>) -> Result<(), String> {
        let options = TsneOptions::default();
        match self {
            Self::Neighbours => {
                graph(codes, options.neighbours(), progress).map(drop).map_err(|error| error.to_string())
            }
            Self::Map => {
                let map = Tsne::new(codes, known, &options, Start::Codes, progress);
                map.and_then(|mut map| map.run(&mut |_| (), progress)).map(drop).map_err(|error| error.to_string())
            }
            Self::Sorted => {
                let columns = f64::from(codes.rows()).sqrt().ceil() as u32;
                let (values, width) = (codes.values(), codes.width());
                let task = Task { codes: values, width, columns, cells: None, kept: &[], map: None, seed: 0 };
                sort(&task, &mut |_, _| (), progress).map(drop).map_err(|error| error.to_string())
            }
        }
    }
}

/// Measures the tour while jobs work, paused as they are while a hand moves the camera.
pub fn measure(
    options: &BenchOptions,
    dataset: &Arc<Dataset>,
    on: OnProgress<'_>,
) -> Result<Vec<Measured>, BenchError> {
    let figure = Figure::MovingBusy;
    if !options.wants(figure) {
        return Ok(Vec::new());
    }
    let (_, values) = dataset.count_values(&mut |_| ())?;
    let set = SetCodes::of(dataset, &values.map.table(), &Comparison::default(), Progress::NONE);
    let codes = Arc::new(set.map_err(HeadlessError::from)?.codes);
    let known = graph(&codes, TsneOptions::default().neighbours(), Progress::NONE);
    let known = Arc::new(known.map_err(LikenessError::from).map_err(HeadlessError::from)?);
    let mut stage = Stage::open(dataset, options.size_px, false)?;
    stage.warm_up()?;
    stage.set_refining(true);
    let mut all = Vec::new();
    for work in [None].into_iter().chain(Work::ALL.map(Some)) {
        let jobs = Jobs::new(|| ());
        let busy = work.map(|work| start(&jobs, work, &codes, &known));
        jobs.set_paused(true);
        let mut measured = Measured::new(figure, work.map_or("nothing done", Work::name));
        let world = stage.world();
        for i in 0..options.frames {
            let shown = stage.frame(paths::tour(&world, i))?;
            measured.samples.push(shown.ms);
            measured.refining += u32::from(!shown.exact);
            on(Told { what: format!("{figure} {}", measured.case), done: i + 1, total: options.frames });
        }
        if let Some(JobNews::Ended(ended)) = busy.and_then(|job| job.poll()) {
            return Err(refused(format!("what was to be done meanwhile came to an end: {ended:?}")));
        }
        all.push(measured);
    }
    refuse_if_faulty(stage.gpu())?;
    Ok(all)
}

/// Starts work that goes on until it is cancelled.
fn start(jobs: &Jobs, work: Work, codes: &Arc<Codes>, known: &Arc<Graph>) -> Job<(), String> {
    let (codes, known) = (Arc::clone(codes), Arc::clone(known));
    jobs.start_long("busy", move |context| {
        let is_wanted = || context.check().is_ok();
        let watcher = Watcher::new(&is_wanted, &|_| ());
        loop {
            work.once(&codes, &known, watcher.progress()).map_err(JobError::Failed)?;
        }
    })
}
