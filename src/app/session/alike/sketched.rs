//! What looks like the drawing on the pad: looked for by a job as one draws, the newest strokes as soon as the last search has ended.

use super::{SHOWN, Session};
use crate::app::ui::AlikeModel;
use crate::headless::likeness::Basis;
use crate::jobs::{Job, JobError, JobNews};
use crate::likeness::LikenessError;
use crate::likeness::code::Codes;
use crate::likeness::comparison::ComparedBy;
use crate::likeness::query::Of;
use crate::scene::sketch::Sketch;

/// Drawings are compared as 28 × 28 pixels: a larger canvas is drawn at most so large, in its own shape.
const LONGEST: u32 = 224;

/// What looks like a sketch, as far as that is known.
#[derive(Debug, Default)]
pub struct Sketched {
    /// The sketch whose nearest are known or looked for, and what decides that.
    of: Option<(u64, Basis)>,
    finding: Option<Job<Vec<u32>, LikenessError>>,
    /// The nearest of that one, or of the one before while they are looked for.
    rows: Option<Vec<u32>>,
    failed: Option<String>,
}

impl Session {
    /// What looks like the sketch that was followed last.
    pub fn sketched(&self) -> AlikeModel<'_> {
        let (sketched, alike) = (&self.alike.sketched, &self.alike);
        let failed = sketched.failed.as_deref().or_else(|| alike.failed.as_ref().map(|(_, why)| why.as_str()));
        match (failed, &sketched.rows, &alike.comparing) {
            (Some(why), ..) => AlikeModel::Failed(why),
            (None, Some(rows), _) => AlikeModel::Rows(rows),
            (None, None, Some(comparing)) => AlikeModel::Comparing(comparing.progress()),
            _ if self.drawings_failed => AlikeModel::Failed("the drawings could not be read to their end"),
            _ => AlikeModel::Unknown,
        }
    }

    /// Begins to find out what looks like a sketch, unless that is known or another search is under way: that one is soon over.
    pub fn follow_sketch(&mut self, sketch: &Sketch) {
        if self.scene.settings.layout_params.comparison.by == ComparedBy::File {
            let failed = Some("what is drawn has no row of numbers: compare by direction or by ink".to_owned());
            self.alike.sketched = Sketched { failed, ..Sketched::default() };
            return;
        }
        let Some(codes) = self.compared() else {
            self.alike.sketched = Sketched::default();
            return;
        };
        let (now, queries) = ((sketch.revision(), self.basis()), self.queries());
        let sketched = &mut self.alike.sketched;
        if sketched.of.as_ref() == Some(&now) || sketched.finding.is_some() {
            return;
        }
        (sketched.of, sketched.failed) = (Some(now), None);
        if sketch.is_empty() {
            sketched.rows = None;
            return;
        }
        let sketch = sketch.clone();
        let canvas = canvas([self.dataset.width(), self.dataset.height()]);
        sketched.finding = Some(self.jobs.start("sketch", move |context| {
            let find = |_: &Codes, of: Of<'_>, k| queries.nearest(&codes, of, k);
            let found = codes.nearest_to_drawing_by(&find, &sketch.ink(canvas), canvas.into(), SHOWN);
            let found = found.map_err(JobError::Failed)?;
            Ok(context.publish(found.into_iter().map(|found| found.row).collect())?)
        }));
    }

    /// Takes in what has been found; answers whether there is anything new.
    pub(super) fn take_sketched(&mut self) -> bool {
        let sketched = &mut self.alike.sketched;
        let mut is_new = false;
        while let Some(news) = sketched.finding.as_ref().and_then(Job::poll) {
            match news {
                JobNews::Published(rows) => sketched.rows = Some(rows),
                JobNews::Ended(ended) => {
                    sketched.finding = None;
                    sketched.failed = ended.err().map(|error| error.to_string());
                }
            }
            is_new = true;
        }
        is_new
    }
}

/// The pixels across and down of the canvas on which a sketch is drawn for a set whose drawings have so many.
fn canvas(size: [u32; 2]) -> [u32; 2] {
    let longer = size[0].max(size[1]);
    if longer <= LONGEST {
        return size;
    }
    size.map(|side| (u64::from(side) * u64::from(LONGEST)).div_ceil(longer.into()) as u32)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::data::dataset::{Dataset, OpenOptions};
    use crate::data::demo::Demo;
    use crate::data::values::ValueMap;
    use crate::likeness::SetCodes;
    use crate::likeness::comparison::Comparison;
    use crate::progress::Progress;

    /// A sketch as a hand would leave it on a pad of 244 points: whole points, somewhere, smaller than the pad.
    fn drawn_on_pad(raw: &[Vec<[f32; 2]>]) -> Sketch {
        let all = || raw.iter().flatten();
        let low = [0, 1].map(|axis| all().map(|point| point[axis]).fold(f32::MAX, f32::min));
        let extent = all().flat_map(|point| [0, 1].map(|axis| point[axis] - low[axis])).fold(0.0, f32::max);
        let place =
            |point: &[f32; 2]| [0, 1].map(|axis| ((point[axis] - low[axis]) / extent * 180.0 + 20.0).round() / 244.0);
        let mut sketch = Sketch::default();
        for stroke in raw {
            sketch.begin(place(&stroke[0]));
            for point in stroke {
                sketch.go(place(point));
            }
        }
        sketch
    }

    #[test]
    fn what_is_drawn_as_a_drawing_of_the_set_finds_that_drawing_first_on_a_canvas_of_any_size() {
        let dataset = Dataset::open(&["demo:600:2"], &OpenOptions::default()).unwrap();
        let (table, demo) = (ValueMap::default().table(), Demo::new(600, 2));
        for by in [ComparedBy::Direction, ComparedBy::Ink] {
            let codes = SetCodes::of(&dataset, &table, &Comparison::of(by), Progress::NONE).unwrap();
            for row in (0..600).step_by(13) {
                let sketch = drawn_on_pad(&demo.raw_strokes(row));
                for side in [28, 112] {
                    let ink = sketch.ink([side, side]);
                    let found = codes.nearest_to_drawing(&ink, (side, side), SHOWN).unwrap();
                    assert_eq!((found.len(), found[0].row), (SHOWN, row), "by {by}, {side} pixels: {found:?}");
                }
            }
        }
    }

    #[test]
    fn a_large_canvas_is_drawn_smaller_in_its_own_shape() {
        assert_eq!([[28, 28], [224, 7], [1, 224]].map(canvas), [[28, 28], [224, 7], [1, 224]]);
        assert_eq!([[448, 224], [4096, 1]].map(canvas), [[224, 112], [224, 1]]);
    }
}
