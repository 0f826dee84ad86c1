//! What is known of the selected rows: found by a job each time others are selected, shown when it comes.

use super::Session;
use crate::app::ui::MeanDrawing;
use crate::data::Row;
use crate::data::dataset::{Dataset, OpenError, luma};
use crate::data::values::{InkTable, ValueMap};
use crate::jobs::{Job, JobContext, JobError, JobNews};
use crate::likeness::means::{ColorSums, InkSums};
use crate::scene::selection::{ColumnMakeup, Selection};
use std::sync::Arc;

/// Rows whose drawings can be looked through in the panel.
const MOST_LISTED: usize = 1 << 20;
/// Rows whose drawings are read at once, and bytes of them, unless one drawing is more.
const BLOCK_ROWS: usize = 1 << 10;
const BLOCK_BYTES: usize = 4 << 20;
/// So many selected rows are looked at for strokes.
const PROBED: usize = 16;
/// Of larger sets no mean over all drawings is made: it would read the whole file for a picture of a few pixels.
const MOST_AVERAGED: u32 = 2_000_000;

/// What is known of the selected rows.
#[derive(Clone, Debug, Default)]
pub struct Selected {
    /// Of which rows.
    pub selection: Selection,
    /// Records had been read to their end.
    with_columns: bool,
    /// How values became ink.
    values: ValueMap,
    /// These rows in ascending order, the first of them where they are very many.
    pub rows: Arc<[u32]>,
    /// Their values by column.
    pub makeup: Arc<[ColumnMakeup]>,
    /// The first of them have strokes in their records, as far as these have come.
    pub has_strokes: bool,
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

    /// Columns hold something else now: what is known of the selected rows is found again.
    pub(super) fn forget_selected(&mut self) {
        self.selected.with_columns = false;
    }

    /// Begins to find out about the rows that are selected now, unless that is known or under way.
    pub fn follow_selection(&mut self) {
        let (selection, with_columns, values) = (self.scene.selection(), self.columns.is_finished(), self.values);
        let known = &self.selected;
        let is_known = *selection == known.selection && values == known.values;
        if is_known && with_columns == known.with_columns {
            return;
        }
        self.finding = None;
        if is_known {
            // Other columns make no other drawings.
            self.selected.with_columns = with_columns;
        } else {
            let rows: Arc<[u32]> = selection.rows().take(MOST_LISTED).collect();
            self.selected =
                Selected { selection: selection.clone(), with_columns, values, rows, ..Selected::default() };
        }
        if self.selected.selection.is_empty() {
            return;
        }
        self.selected.has_strokes = with_columns && self.have_strokes();
        let (selection, dataset, table) = (selection.clone(), Arc::clone(&self.dataset), self.values.table());
        // That of all is read once, as long as values become ink in the same way.
        let of_all =
            self.mean_of_all.as_ref().filter(|(values, _)| *values == self.values).map(|(_, all)| Arc::clone(all));
        let columns = with_columns.then(|| Arc::clone(&self.columns));
        let (rows, has_mean) = (self.scene.rows(), self.selected.mean.is_some());
        let job = self.jobs.start("selection", move |context| {
            let mut makeup = Vec::new();
            for column in columns.iter().flat_map(|columns| columns.iter()) {
                context.check()?;
                makeup.extend(ColumnMakeup::of(column, &selection, rows));
            }
            context.publish(Part::Makeup(makeup.into()))?;
            if rows > MOST_AVERAGED || has_mean {
                return Ok(());
            }
            let mut colors = colors_of(&dataset);
            let selected = mean_of(context, &dataset, &table, selection.rows(), colors.as_mut())?;
            let all = match of_all {
                Some(all) => all,
                None => mean_of(context, &dataset, &table, 0..rows, None)?.into(),
            };
            let colors = colors.map(|colors| colors.mean());
            let size = InkSums::new(dataset.width(), dataset.height()).size();
            context.publish(Part::Mean(Arc::new(MeanDrawing { size, selected, all, colors })))?;
            Ok(())
        });
        self.finding = Some(Finding { job });
    }

    /// Whether some of the first selected rows have strokes.
    fn have_strokes(&self) -> bool {
        let mut reader = self.stroke_reader();
        self.selected.rows.iter().take(PROBED).any(|&row| reader.drawing(Row(row)).is_ok())
    }

    /// Whether the selected drawings can be played again.
    pub fn can_replay_selection(&self) -> bool {
        self.selected().is_some_and(|selected| selected.has_strokes)
    }

    /// Takes in what has been found out; answers whether there is anything new.
    pub fn take_selected(&mut self) -> bool {
        let mut is_new = false;
        while let Some(news) = self.finding.as_ref().and_then(|finding| finding.job.poll()) {
            match news {
                JobNews::Published(Part::Makeup(makeup)) => self.selected.makeup = makeup,
                JobNews::Published(Part::Mean(mean)) => {
                    self.mean_of_all = Some((self.selected.values, Arc::clone(&mean.all)));
                    self.selected.mean = Some(mean);
                }
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

/// Sums for the colours of drawings that are in colour.
fn colors_of(dataset: &Dataset) -> Option<ColorSums> {
    (dataset.channels() == 4).then(|| ColorSums::new(dataset.width(), dataset.height()))
}

/// The mean ink of some drawings, 0…1, of whole sums. Where these are in colour it is added up in `colors`, if that is wanted, too.
fn mean_of(
    context: &JobContext<Part, OpenError>,
    dataset: &Dataset,
    table: &InkTable,
    rows: impl Iterator<Item = u32>,
    mut colors: Option<&mut ColorSums>,
) -> Result<Vec<f32>, JobError<OpenError>> {
    let mut sums = InkSums::new(dataset.width(), dataset.height());
    let pixels = dataset.width() as usize * dataset.height() as usize;
    let block_rows = (BLOCK_BYTES / pixels.max(1)).clamp(1, BLOCK_ROWS);
    let mut rows = rows.peekable();
    while rows.peek().is_some() {
        context.check()?;
        let block: Vec<u32> = rows.by_ref().take(block_rows).collect();
        let mut ink = vec![0; pixels * block.len()];
        if let Some(colors) = &mut colors {
            let mut rgba = vec![0; 4 * ink.len()];
            dataset.read_scattered(&block, &mut rgba).map_err(JobError::Failed)?;
            rgba.chunks_exact(4 * pixels.max(1)).for_each(|drawing| colors.add(drawing));
            ink.iter_mut().zip(rgba.as_chunks::<4>().0).for_each(|(ink, pixel)| *ink = luma(*pixel));
        } else {
            dataset.read_ink_scattered(&block, &mut ink, table).map_err(JobError::Failed)?;
        }
        ink.chunks_exact(pixels.max(1)).for_each(|drawing| sums.add(drawing));
    }
    Ok(sums.mean())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test panics")]
    use super::*;
    use crate::data::dataset::OpenOptions;
    use crate::jobs::Jobs;
    use std::time::Duration;

    /// The mean of some rows, as a job makes it.
    fn mean(dataset: &Arc<Dataset>, rows: &[u32]) -> MeanDrawing {
        let (dataset, rows) = (Arc::clone(dataset), rows.to_vec());
        let job = Jobs::new(|| ()).start("mean", move |context| {
            let mut colors = colors_of(&dataset);
            let table = ValueMap::default().table();
            let selected = mean_of(context, &dataset, &table, rows.into_iter(), colors.as_mut())?;
            let colors = colors.map(|colors| colors.mean());
            let mean = MeanDrawing { size: [28, 28], selected, all: Arc::default(), colors };
            Ok(context.publish(Part::Mean(Arc::new(mean)))?)
        });
        match job.wait(Duration::from_mins(1)) {
            Some(JobNews::Published(Part::Mean(mean))) => (*mean).clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_mean_drawing_is_that_of_its_rows_pixel_by_pixel() {
        let dataset = Arc::new(Dataset::open(&["demo:2500:1"], &OpenOptions::default()).unwrap());
        // More than are read at once, in no order by itself.
        let rows: Vec<u32> = (0..2500).filter(|row| row % 7 != 3 || row % 2 == 0).collect();
        assert!(rows.len() > BLOCK_ROWS);
        let mut sums = [0_u64; 784];
        for &row in &rows {
            let mut drawing = [0; 784];
            dataset.read_rows(row, &mut drawing).unwrap();
            sums.iter_mut().zip(drawing).for_each(|(sum, ink)| *sum += u64::from(ink));
        }
        let expected: Vec<f32> = sums.iter().map(|&sum| (sum as f64 / (255.0 * rows.len() as f64)) as f32).collect();
        let MeanDrawing { selected: seen, colors, .. } = mean(&dataset, &rows);
        assert_eq!(colors, None);
        assert!(seen.iter().zip(&expected).all(|(seen, expected)| (seen - expected).abs() < 1e-6));
        assert!(seen.iter().any(|&ink| ink > 0.1), "nothing is drawn");
        assert_ne!(mean(&dataset, &rows[..10]).selected, seen);
    }

    #[test]
    fn selected_pictures_in_colour_have_a_mean_in_colour() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("colours.npy");
        // Of row r each pixel is (r, 2 r, 255 - r).
        let of = |(row, _, _, channel): (usize, usize, usize, usize)| [row, 2 * row, 255 - row][channel] as u8;
        ndarray_npy::write_npy(&path, &ndarray::Array4::from_shape_fn((100, 3, 4, 3), of)).unwrap();
        let dataset = Arc::new(Dataset::open(&[path], &OpenOptions::default()).unwrap());
        let mean = mean(&dataset, &[10, 20, 60]);
        for (pixel, ink) in mean.colors.as_deref().unwrap().iter().zip(&mean.selected) {
            for (seen, expected) in pixel.iter().zip([30.0, 60.0, 225.0, 255.0]) {
                assert!((seen - expected / 255.0).abs() < 1e-6, "{pixel:?}");
            }
            // Luma, of whole numbers.
            assert!((ink - (0.299 * 30.0 + 0.587 * 60.0 + 0.114 * 225.0) / 255.0).abs() < 0.5 / 255.0);
        }
        assert_eq!(mean.selected.len(), 12);
    }
}
