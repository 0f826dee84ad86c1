//! What looks like the drawing in the inspector: all drawings are compared once, by a job; then another one finds the nearest.

mod queries;
mod sketched;

use super::Session;
use super::seeking::Seeking;
use crate::app::ui::AlikeModel;
use crate::data::Row;
use crate::data::dataset::Dataset;
use crate::headless::likeness::{Basis, Likeness};
use crate::jobs::{Job, JobNews};
use crate::likeness::comparison::Comparison;
use crate::likeness::{LikenessError, SetCodes};
use crate::progress::Progress;
use queries::Queries;
use sketched::Sketched;
use std::sync::Arc;

/// How many are shown.
const SHOWN: usize = 12;

/// What looks like a drawing, as far as that is known.
#[derive(Debug)]
pub struct Alike {
    pub(super) likeness: Arc<Likeness>,
    /// All drawings are being compared.
    comparing: Option<Seeking<()>>,
    /// Why they cannot be compared, and in which way that was tried.
    failed: Option<(Basis, String)>,
    /// The row whose nearest are known or looked for, and what decides that.
    of: Option<(Row, Basis)>,
    finding: Option<Job<Vec<u32>, LikenessError>>,
    /// A row and its nearest.
    rows: Option<(Row, Vec<u32>)>,
    sketched: Sketched,
    queries: Option<Arc<Queries>>,
}

impl Alike {
    /// Why drawings cannot be compared as they are to be, as far as that shows without reading anything.
    pub(super) fn refusal(dataset: &Dataset, comparison: &Comparison) -> Vec<String> {
        comparison.row_bytes(dataset).err().iter().map(ToString::to_string).collect()
    }

    pub(super) fn new(dataset: &Arc<Dataset>) -> Self {
        let likeness = Arc::new(Likeness::new(dataset));
        Self {
            likeness,
            comparing: None,
            failed: None,
            of: None,
            finding: None,
            rows: None,
            sketched: Sketched::default(),
            queries: None,
        }
    }

    /// Another GPU will be asked: that before goes, with the codes that lie there.
    pub(super) fn forget_gpu(&mut self) {
        self.queries = None;
    }
}

impl Session {
    /// What decides now how much drawings look alike.
    pub(super) fn basis(&self) -> Basis {
        Basis::new(self.values, &self.scene.settings.layout_params.comparison)
    }

    /// What looks like a drawing, as far as it has been followed.
    pub fn alike(&self, row: Row) -> AlikeModel<'_> {
        let Alike { comparing, failed, rows, .. } = &self.alike;
        match (failed, rows, comparing) {
            (Some((_, why)), ..) => AlikeModel::Failed(why),
            (None, Some((of, rows)), _) if *of == row => AlikeModel::Rows(rows),
            (None, _, Some(comparing)) => AlikeModel::Comparing(comparing.progress()),
            _ if self.drawings_failed => AlikeModel::Failed("the drawings could not be read to their end"),
            _ => AlikeModel::Unknown,
        }
    }

    /// Lines over a map from a drawing to those that look most like it, as far as they are known, wherever they lie; none over what is
    /// no map, and while drawings are on their way.
    pub fn links(&self, row: Option<Row>) -> Vec<[[f32; 2]; 2]> {
        let scene = &self.scene;
        let layout = &scene.placed().layout;
        let is_map = layout.kind.is_map() && scene.transition().is_none();
        let Some(row) = row.filter(|_| is_map) else { return Vec::new() };
        // On a map from a file nobody has found the neighbours of all, but those of a drawing that is looked at.
        let others: Vec<u32> = match self.alike.likeness.known_graph(&self.basis()) {
            Some(graph) => graph.of(row.0).take(SHOWN).map(|near| near.row).collect(),
            None => {
                if let AlikeModel::Rows(rows) = self.alike(row) {
                    rows.to_vec()
                } else {
                    Vec::new()
                }
            }
        };
        let view = scene.view();
        let place = |row: u32| {
            let is_shown = row < scene.rows_ready() && !scene.row_table().style(row).hidden;
            let at = view.px_from_world(layout.center(row).filter(|_| is_shown)?);
            Some(at.as_vec2().to_array())
        };
        let Some(from) = place(row.0) else { return Vec::new() };
        others.into_iter().filter_map(|other| Some([from, place(other)?])).collect()
    }

    /// Nobody looks at look-alikes: what is under way is given up, and what went wrong is tried again next time; drawings go on to be
    /// compared where somebody `sketches`.
    pub fn leave_alike(&mut self, sketches: bool) {
        let alike = &mut self.alike;
        (alike.finding, alike.of) = (None, None);
        if !sketches {
            (alike.comparing, alike.failed, alike.sketched) = (None, None, Sketched::default());
        }
    }

    /// The codes of all drawings as they are to be compared; where nobody has made them a job begins to.
    fn compared(&mut self) -> Option<Arc<SetCodes>> {
        if !self.drawings_ended || self.drawings_failed {
            return None;
        }
        let basis = self.basis();
        let alike = &mut self.alike;
        alike.failed.take_if(|(known, _)| *known != basis);
        alike.comparing.take_if(|comparing| comparing.basis != basis);
        let known = alike.likeness.known(&basis);
        if known.is_none() && alike.comparing.is_none() && alike.failed.is_none() {
            let likeness = Arc::clone(&alike.likeness);
            let compare = move |by: &Basis, progress: Progress<'_>| likeness.codes(by, progress).map(drop);
            alike.comparing = Some(Seeking::start(&self.jobs, "comparing", basis, compare));
        }
        known
    }

    /// Who looks for the nearest.
    fn queries(&mut self) -> Arc<Queries> {
        let gpu = self.renderer.gpu();
        Arc::clone(self.alike.queries.get_or_insert_with(|| Arc::new(Queries::new(gpu))))
    }

    /// Begins to find out what looks like a drawing, unless that is known or under way.
    pub fn follow_alike(&mut self, row: Row) {
        let Some(codes) = self.compared() else {
            let alike = &mut self.alike;
            (alike.of, alike.rows, alike.finding) = (None, None, None);
            return;
        };
        let (basis, queries) = (self.basis(), self.queries());
        let alike = &mut self.alike;
        if alike.of.as_ref().is_some_and(|(of, known)| (*of, known) == (row, &basis)) {
            return;
        }
        // What went wrong with another row says nothing of this one.
        alike.failed = None;
        alike.of = Some((row, basis));
        alike.finding = Some(self.jobs.start("look-alikes", move |context| {
            let found = codes.nearest_by(&|_, of, k| queries.nearest(&codes, of, k), row.0, SHOWN);
            Ok(context.publish(found.into_iter().map(|found| found.row).collect())?)
        }));
    }

    /// Takes in what has been found out; answers whether there is anything new.
    pub fn take_alike(&mut self) -> bool {
        let mut is_new = self.take_sketched();
        let alike = &mut self.alike;
        while let Some(comparing) = &mut alike.comparing {
            is_new |= comparing.has_moved();
            let Some(news) = comparing.poll() else { break };
            if let JobNews::Ended(ended) = news {
                alike.failed = ended.err().map(|error| (comparing.basis.clone(), error.to_string()));
                alike.comparing = None;
                is_new = true;
            }
        }
        while let Some(news) = alike.finding.as_ref().and_then(Job::poll) {
            match news {
                JobNews::Published(rows) => alike.rows = alike.of.as_ref().map(|(of, _)| (*of, rows)),
                JobNews::Ended(ended) => {
                    alike.finding = None;
                    if let (Err(error), Some((_, basis))) = (ended, &alike.of) {
                        alike.failed = Some((basis.clone(), error.to_string()));
                    }
                }
            }
            is_new = true;
        }
        is_new
    }
}
