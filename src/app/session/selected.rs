//! What is known of the selected rows: found by a job each time others are selected, shown when it comes.

use super::Session;
use crate::app::ui::MeanDrawing;
use crate::data::dataset::{Dataset, OpenError};
use crate::jobs::{Job, JobContext, JobError, JobNews};
use crate::scene::selection::{ColumnMakeup, Selection};
use std::sync::Arc;

/// Rows whose drawings can be looked through in the panel.
const MOST_LISTED: usize = 1 << 20;
/// Rows whose drawings are read at once.
const BLOCK_ROWS: u32 = 1 << 10;
/// Of larger sets no mean over all drawings is made: it would read the whole file for a picture of a few pixels.
const MOST_AVERAGED: u32 = 2_000_000;

/// What is known of the selected rows.
#[derive(Clone, Debug, Default)]
pub struct Selected {
    /// Of which rows.
    pub selection: Selection,
    /// Records had been read to their end.
    with_columns: bool,
    /// These rows in ascending order, the first of them where they are very many.
    pub rows: Arc<[u32]>,
    /// Their values by column.
    pub makeup: Arc<[ColumnMakeup]>,
    /// Their mean drawing.
    pub mean: Option<Arc<MeanDrawing>>,
}

/// A part of it that has come.
#[derive(Debug)]
enum Part {
    Makeup(Arc<[ColumnMakeup]>),
    Mean(Arc<MeanDrawing>),
}

/// The job that finds it.
#[derive(Debug)]
pub(super) struct Finding {
    job: Job<Part, OpenError>,
}

impl Session {
    /// What is known of the selected rows; `None` where none is selected.
    pub fn selected(&self) -> Option<&Selected> {
        Some(&self.selected).filter(|selected| !selected.selection.is_empty())
    }

    /// Begins to find out about the rows that are selected now, unless that is known or under way.
    pub fn follow_selection(&mut self) {
        let (selection, with_columns) = (self.scene.selection(), self.columns.is_finished());
        if *selection == self.selected.selection && with_columns == self.selected.with_columns {
            return;
        }
        self.finding = None;
        let rows: Arc<[u32]> = selection.rows().take(MOST_LISTED).collect();
        self.selected = Selected { selection: selection.clone(), with_columns, rows, ..Selected::default() };
        if self.selected.selection.is_empty() {
            return;
        }
        let (selection, dataset, values) = (selection.clone(), Arc::clone(&self.dataset), self.values.table());
        let columns = with_columns.then(|| Arc::clone(&self.columns));
        let rows = self.scene.rows();
        let job = self.jobs.start("selection", move |context| {
            let mut makeup = Vec::new();
            for column in columns.iter().flat_map(|columns| columns.iter()) {
                context.check()?;
                makeup.extend(ColumnMakeup::of(column, &selection, rows));
            }
            context.publish(Part::Makeup(makeup.into()))?;
            if rows <= MOST_AVERAGED {
                let mean = mean_drawing(context, &dataset, &selection, |ink| values.apply(ink))?;
                context.publish(Part::Mean(Arc::new(mean)))?;
            }
            Ok(())
        });
        self.finding = Some(Finding { job });
    }

    /// Takes in what has been found out; answers whether there is anything new.
    pub fn take_selected(&mut self) -> bool {
        let mut is_new = false;
        while let Some(news) = self.finding.as_ref().and_then(|finding| finding.job.poll()) {
            match news {
                JobNews::Published(Part::Makeup(makeup)) => self.selected.makeup = makeup,
                JobNews::Published(Part::Mean(mean)) => self.selected.mean = Some(mean),
                JobNews::Ended(ended) => {
                    if let Err(JobError::Failed(error)) = ended {
                        self.untold.push(format!("there is no mean of the selected drawings: {error}"));
                    }
                    self.finding = None;
                }
            }
            is_new = true;
        }
        is_new
    }
}

/// Reads all drawings once and adds them up, exactly: the means are of whole sums.
fn mean_drawing(
    context: &JobContext<Part, OpenError>,
    dataset: &Dataset,
    selection: &Selection,
    ink: impl Fn(&mut [u8]),
) -> Result<MeanDrawing, JobError<OpenError>> {
    let (size, rows) = ([dataset.width(), dataset.height()], dataset.rows());
    let pixels = size[0] as usize * size[1] as usize;
    let [mut selected, mut all] = [vec![0_u64; pixels], vec![0_u64; pixels]];
    for first in (0..rows).step_by(BLOCK_ROWS as usize) {
        context.check()?;
        let block = BLOCK_ROWS.min(rows - first);
        let mut values = vec![0; pixels * block as usize];
        dataset.read_rows(first, &mut values).map_err(JobError::Failed)?;
        ink(&mut values);
        for (row, drawing) in (first..).zip(values.chunks_exact(pixels)) {
            add(&mut all, drawing);
            if selection.contains(row) {
                add(&mut selected, drawing);
            }
        }
        context.set_progress((first + block) as f32 / rows as f32);
    }
    let mean = |sums: Vec<u64>, of: u32| {
        sums.into_iter().map(|sum| (sum as f64 / (255.0 * f64::from(of.max(1)))) as f32).collect()
    };
    Ok(MeanDrawing { size, selected: mean(selected, selection.count()), all: mean(all, rows) })
}

fn add(sums: &mut [u64], drawing: &[u8]) {
    for (sum, &ink) in sums.iter_mut().zip(drawing) {
        *sum += u64::from(ink);
    }
}
