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

/// A drawing side of the pad's bitmaps.
const SIDE: u32 = crate::data::demo::raster::SIDE as u32;

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
        sketched.finding = Some(self.jobs.start("sketch", move |context| {
            let find = |_: &Codes, of: Of<'_>, k| queries.nearest(&codes, of, k);
            let found = codes.nearest_to_drawing_by(&find, &sketch.ink(), (SIDE, SIDE), SHOWN);
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
