//! Whether duplicates have the same strokes: their records are read again, line by line, where that is asked.

use super::{Suspect, Suspects};
use crate::data::dataset::{Dataset, OpenError};
use crate::data::ndjson::LineSpan;
use crate::data::{Cancel, Row};
use crate::likeness::LikenessError;
use crate::likeness::duplicates::{Lines, StrokeKinds, StrokesAre, rows_of, within};
use crate::progress::{Cancelled, Progress};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

/// About how long a record is that lies in no file, bytes.
const USUAL_BYTES: u64 = 8 << 10;

/// What the strokes of a set's duplicates have to do with each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SuspectStrokes {
    kinds: Arc<StrokeKinds>,
    /// How far apart near ones are at most.
    distance: f64,
    /// By the first row of each group of equal drawings, and of near ones.
    equal: HashMap<u32, StrokesAre>,
    near: HashMap<u32, StrokesAre>,
}

impl SuspectStrokes {
    /// Reads the records of all duplicates, near ones at most so far apart. `spans` is where the records lie, by row; `known` is what
    /// was found out before of the same set, which is not read again where it holds all that is asked.
    pub fn of(
        dataset: &Dataset,
        spans: &[LineSpan],
        suspects: &Suspects,
        distance: f64,
        known: Option<&Self>,
        progress: Progress<'_>,
    ) -> Result<Self, LikenessError> {
        let rows = rows_of(&suspects.exact.groups, within(&suspects.near, distance));
        let kinds = if let Some(known) = known.filter(|known| known.kinds.covers(&rows)) {
            Arc::clone(&known.kinds)
        } else {
            let span = |row: u32| spans.get(row as usize).copied();
            Arc::new(kinds(dataset, &rows, &span, progress)?)
        };
        let of = |groups: &[Vec<u32>]| {
            let are = |group: &Vec<u32>| Some((*group.first()?, kinds.of_group(group)?));
            groups.iter().filter_map(are).collect()
        };
        let (equal, near) = (of(&suspects.exact.groups), of(&suspects.near(distance)));
        Ok(Self { kinds, distance, equal, near })
    }

    /// How far apart near ones are at most.
    pub fn distance(&self) -> f64 {
        self.distance
    }

    /// Of a finding of some kind, near drawings being at most so far apart: what its strokes are, and whether all its drawings are
    /// equal. `None` where they are no duplicates, and where that was not asked of near ones of this distance.
    pub fn of_finding(&self, kind: Suspect, distance: f64, finding: &[u32]) -> Option<(StrokesAre, bool)> {
        let first = finding.first()?;
        if kind != Suspect::Equal && distance != self.distance {
            return None;
        }
        let equal = || Some((*self.equal.get(first)?, true));
        let near = || Some((*self.near.get(first)?, false));
        match kind {
            Suspect::Equal => equal(),
            Suspect::Near => near(),
            Suspect::Across => near().or_else(equal),
            Suspect::Blank | Suspect::Odd => None,
        }
    }

    /// Which drawings have the same.
    pub fn kinds(&self) -> &StrokeKinds {
        &self.kinds
    }
}

/// Reads the records of these rows, ascending, to see which have the same strokes; `span` is where the record of each lies.
pub(super) fn kinds(
    dataset: &Dataset,
    rows: &[u32],
    span: &(dyn Fn(u32) -> Option<LineSpan> + Sync),
    progress: Progress<'_>,
) -> Result<StrokeKinds, LikenessError> {
    let place = |row: u32| span(row).filter(|span| span.len > 0);
    let read = |row: u32| Ok(dataset.record_bytes(Row(row), place(row))?);
    let bytes = |row: u32| place(row).map_or(USUAL_BYTES, |span| span.len.into());
    StrokeKinds::of::<LikenessError>(&Lines { rows, bytes: &bytes, read: &read }, progress)
}

/// Where the records of these rows, ascending, lie: reads all records of the set once. 16 bytes for each of these rows.
pub(in crate::headless) fn spans(
    dataset: &Dataset,
    rows: &[u32],
    progress: Progress<'_>,
) -> Result<Vec<LineSpan>, LikenessError> {
    let mut spans = vec![LineSpan::default(); rows.len()];
    let mut wanted = Ok(());
    let read = dataset.read_records(&Cancel::new(), &mut |records| {
        let first = records.first_row;
        let here = rows.partition_point(|&row| row < first);
        let theirs = rows.iter().zip(&mut spans).skip(here);
        for (row, to) in theirs.take_while(|(row, _)| **row - first < records.batch.rows()) {
            *to = records.spans.get((row - first) as usize).copied().unwrap_or_default();
        }
        wanted = progress.reach(records.bytes_done as f64 / records.bytes_total.max(1) as f64);
        if wanted.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    wanted?;
    match read {
        Ok(_) => Ok(spans),
        Err(OpenError::Cancelled) => Err(Cancelled.into()),
        Err(error) => Err(error.into()),
    }
}
