//! Drawings in sight as their strokes.

use super::likeness::strokes::spans;
use super::{Headless, HeadlessError};
use crate::data::Row;
use crate::data::dataset::{Dataset, OpenError};
use crate::progress::Progress;
use crate::scene::STROKES_FROM_PX;
use crate::viewer::strokes;
use std::sync::{Mutex, PoisonError};

impl Headless {
    /// Reads the strokes of the drawings in sight that are to be shown by these; warns where none can be.
    pub fn read_strokes(&mut self, dataset: &Dataset) -> Result<(), HeadlessError> {
        let scene = &self.scene;
        if !scene.settings.strokes {
            return Ok(());
        }
        if !dataset.has_records() {
            tracing::warn!("--ink: there are no records whose strokes could be shown");
            return Ok(());
        }
        if !scene.is_near_enough_for_strokes() {
            let side = scene.view().side_px;
            tracing::warn!(
                "--ink: a drawing is {side:.1} px wide, and strokes are shown from {STROKES_FROM_PX} px on: come nearer, with --zoom {:.0}",
                (scene.camera().zoom * STROKES_FROM_PX * scene.viewport().scale / side).ceil()
            );
            return Ok(());
        }
        if scene.in_strokes().is_empty() {
            tracing::warn!("--ink: no drawing is in sight, or too many to show their strokes");
            return Ok(());
        }
        loop {
            let rows = strokes::wanted(&self.scene, &mut self.renderer);
            if rows.is_empty() {
                break;
            }
            self.read_strokes_of(dataset, rows)?;
        }
        if self.renderer.shown_in_strokes(&self.scene.in_strokes()) == 0 {
            tracing::warn!("--ink: {}", strokes::NONE);
        }
        Ok(())
    }

    /// Reads the strokes of some rows, whether these are in sight or not.
    pub fn read_strokes_of(&mut self, dataset: &Dataset, mut rows: Vec<Row>) -> Result<(), HeadlessError> {
        rows.sort_unstable();
        rows.dedup();
        let renderer = &mut self.renderer;
        let numbers: Vec<u32> = rows.iter().map(|row| row.0).collect();
        let spans = spans(dataset, &numbers, Progress::NONE)?;
        let of_rows: Vec<_> = rows.into_iter().zip(spans).collect();
        let read = Mutex::new(Vec::new());
        strokes::read(dataset, renderer.plan().canvas, &of_rows, |one| {
            read.lock().unwrap_or_else(PoisonError::into_inner).push(one?);
            Ok::<(), OpenError>(())
        })?;
        for (row, strokes) in read.into_inner().unwrap_or_else(PoisonError::into_inner) {
            renderer.strokes().set(row, strokes);
        }
        Ok(())
    }
}
