//! Layouts that are made off the UI thread: asked for, shown when they come, given up when something else is asked for.

mod again;
mod making;
mod sorting;
mod status;

use super::Session;
use crate::app::AppError;
use crate::app::glide::{TO_BETTER, TO_LAYOUT};
use crate::app::history::History;
use crate::data::columns::Columns;
use crate::headless::HeadlessError;
use crate::jobs::{Job, JobError, JobNews};
use crate::scene::layout::{Kept, LayoutError, LayoutKind, LayoutParams};
use crate::scene::snapshot::Snapshot;
use crate::scene::{IndexedLayout, Placed, PlacementRequest};
use making::Making;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// So long a layout is waited for at once: of most sets it is there before the next frame.
const AT_ONCE: Duration = Duration::from_millis(15);
/// A layout that takes longer is told of.
const TOLD_AFTER: Duration = Duration::from_millis(200);

/// A layout that is being made.
#[derive(Debug)]
pub(super) struct Arranging {
    job: Job<IndexedLayout, LayoutError>,
    request: PlacementRequest,
    purpose: Purpose,
    glides: bool,
    since: Instant,
    /// When a frame is due that tells of it.
    due: Option<Instant>,
    /// What it has published is shown.
    is_shown: bool,
}

/// What a layout is made for.
#[derive(Clone, Debug)]
enum Purpose {
    /// It was chosen, with these parameters.
    Chosen(Box<LayoutParams>),
    /// The command line asks for it.
    Start,
    /// An earlier state is gone back to.
    Restore(Box<Snapshot>),
    /// What was asked for is there; this placement is a better one.
    Better,
}

/// What has come of a layout that was asked for.
#[derive(Debug, Default)]
pub struct Arrived {
    /// Another placement is shown.
    pub placed: bool,
    /// It is another layout, not a better one of the same.
    pub is_other: bool,
    /// What was chosen for it.
    pub note: Option<String>,
    /// What was gone back to.
    pub restored: Option<Snapshot>,
    /// Why there is no layout.
    pub error: Option<AppError>,
    /// It is what the command line asks for.
    pub starting: bool,
}

impl Session {
    /// Shows another layout, by columns that are named for it or by those that it went by last, gliding there or not: at once where
    /// it was made before or is made quickly, else when it comes.
    pub fn set_layout(&mut self, kind: LayoutKind, by: Option<String>, glides: bool) -> Arrived {
        let is_meant = by.is_some();
        // By its own name the sorted grid is sorted as a whole.
        let params = LayoutParams { kept: Kept::default(), ..self.params_by(kind, by) };
        self.choose(kind, params, is_meant, glides)
    }

    /// Shows the grid in this order, or in that of the file.
    pub fn sort(&mut self, sort: Option<String>, glides: bool) -> Arrived {
        let params = LayoutParams { sort, ..self.params_by(LayoutKind::GRID, None) };
        self.choose(LayoutKind::GRID, params, true, glides)
    }

    pub(super) fn choose(&mut self, kind: LayoutKind, params: LayoutParams, is_meant: bool, glides: bool) -> Arrived {
        self.wanted_layout = None;
        let request = self.request(kind, &params, is_meant);
        let goes_on = |arranging: &Arranging| arranging.request == request && arranging.is_chosen();
        if self.arranging.as_ref().is_some_and(goes_on) {
            // A key that repeats, or impatience.
            return Arrived::default();
        }
        self.arrange(request, Purpose::Chosen(Box::new(params)), glides)
    }

    /// Shows the layout that the command line asks for.
    pub(super) fn start_layout(&mut self, kind: LayoutKind) -> Arrived {
        let request = self.scene.request(kind, self.finished_columns());
        self.arrange(request, Purpose::Start, false)
    }

    /// Goes back to what was looked at, gliding there or not; [`Arrived::restored`] says when that is done.
    pub fn restore(&mut self, snapshot: &Snapshot, glides: bool) -> Arrived {
        if let Some(request) = self.scene.request_of(snapshot, self.finished_columns()) {
            self.wanted_layout = None;
            return self.arrange(request, Purpose::Restore(Box::new(snapshot.clone())), glides);
        }
        // What the command line asks for is no step of the user's, and comes all the same.
        self.arranging =
            self.arranging.take().filter(|arranging| arranging.is_shown || matches!(arranging.purpose, Purpose::Start));
        let mut arrived = Arrived::default();
        self.take_back(snapshot, None, &mut arrived);
        arrived
    }

    pub(super) fn finished_columns(&self) -> Option<&Columns> {
        self.columns.is_finished().then_some(&*self.columns)
    }

    /// Whatever was being made before is given up.
    fn arrange(&mut self, request: PlacementRequest, purpose: Purpose, glides: bool) -> Arrived {
        self.arranging = None;
        if let Some(placed) = self.scene.known_placement(&request) {
            let mut arrived = Arrived::default();
            self.land(placed, &purpose, glides, &mut arrived);
            self.note(&purpose, &mut arrived);
            return arrived;
        }
        self.start_arranging(request, purpose, glides);
        self.take_arranged(AT_ONCE)
    }

    fn start_arranging(&mut self, request: PlacementRequest, purpose: Purpose, glides: bool) {
        let likeness = request.kind.reads_likeness().then(|| Arc::clone(&self.alike.likeness));
        let making = Making {
            request: request.clone(),
            columns: self.columns.is_finished().then(|| Arc::clone(&self.columns)),
            moments: self.scene.ink.moments(self.scene.rows()).cloned(),
            likeness,
            values: self.values,
        };
        let run = move |context: &_| making.run(context);
        let job = if request.kind.reads_likeness() {
            self.jobs.start_long("arranging", run)
        } else {
            self.jobs.start("arranging", run)
        };
        let (since, due) = (Instant::now(), Some(Instant::now() + TOLD_AFTER));
        self.arranging = Some(Arranging { job, request, purpose, glides, since, due, is_shown: false });
    }

    /// Takes in what has come of the layout that is being made, and waits so long for it at most.
    pub fn take_arranged(&mut self, longest: Duration) -> Arrived {
        let (start, mut arrived) = (Instant::now(), Arrived::default());
        while let Some(arranging) = &self.arranging {
            // Drawings on their way to what was shown first arrive there: what is better waits.
            if arranging.is_shown && self.scene.transition().is_some() {
                break;
            }
            let left = longest.saturating_sub(start.elapsed());
            let Some(news) = arranging.job.poll().or_else(|| arranging.job.wait(left)) else { break };
            let (request, purpose, glides) = (arranging.request.clone(), arranging.purpose.clone(), arranging.glides);
            let was_shown = arranging.is_shown;
            match news {
                JobNews::Published(made) => {
                    let placed = self.scene.keep_placement(&request, made);
                    // The first one decides where one looks.
                    let shown_as = if was_shown { &Purpose::Better } else { &purpose };
                    self.land(placed, shown_as, glides, &mut arrived);
                    if let Some(arranging) = &mut self.arranging {
                        arranging.is_shown = true;
                    }
                }
                JobNews::Ended(ended) => {
                    self.arranging = None;
                    arrived.starting = matches!(purpose, Purpose::Start);
                    match ended {
                        Ok(()) if was_shown => {
                            self.scene.settle_placement(&request);
                            self.note(&purpose, &mut arrived);
                        }
                        Ok(()) => arrived.error = Some(HeadlessError::from(LayoutError::NoRows).into()),
                        Err(JobError::Failed(error)) => arrived.error = Some(HeadlessError::from(error).into()),
                        Err(error) => arrived.error = Some(AppError::Arranging(error)),
                    }
                }
            }
        }
        arrived
    }

    /// Shows a placement.
    fn land(&mut self, placed: Placed, purpose: &Purpose, glides: bool, arrived: &mut Arrived) {
        let is_under_way = self.scene.transition().is_some() && self.scene.placed().revision == placed.revision;
        if is_under_way && matches!(purpose, Purpose::Chosen(_)) {
            // A key that repeats: drawings go on to where they are going.
            return;
        }
        let is_better = matches!(purpose, Purpose::Better);
        // A map that forms moves little by little but for a few times; in a better grid drawings change their cells.
        let sets_out = glides && (!is_better || placed.layout.kind == LayoutKind::SORTED || self.scene.is_far(&placed));
        let from = sets_out.then(|| self.scene.departure());
        match purpose {
            Purpose::Better => self.scene.show_better(placed),
            Purpose::Chosen(params) => {
                self.take_params(placed.layout.kind, params);
                self.scene.show(placed, false);
            }
            Purpose::Start => {
                // The layout that was asked for at the start is no step of the user's.
                self.history = History::default();
                self.scene.show(placed, true);
            }
            Purpose::Restore(snapshot) => self.take_back(snapshot, Some(placed), arrived),
        }
        if !self.scene.is_styled() {
            self.restyle_placed(arrived);
        }
        if let Some(from) = from {
            self.scene.glide_from(from);
            self.glide = Some((Instant::now(), if is_better { TO_BETTER } else { TO_LAYOUT }));
        }
        self.hover.clear();
        arrived.placed = true;
        arrived.is_other |= !is_better;
    }

    fn take_back(&mut self, snapshot: &Snapshot, placed: Option<Placed>, arrived: &mut Arrived) {
        let tags = self.scene.tags().clone();
        let restyles = self.scene.restore(snapshot, placed);
        if *self.scene.tags() != tags
            && let Err(error) = self.follow_tags()
        {
            arrived.error = Some(error.into());
        }
        if restyles || !self.scene.is_styled() {
            self.restyle_placed(arrived);
        }
        self.hover.clear();
        arrived.restored = Some(snapshot.clone());
    }

    /// Gives rows the looks that settings and placement ask for.
    fn restyle_placed(&mut self, arrived: &mut Arrived) {
        match self.scene.restyle(self.columns.is_finished().then_some(&self.columns)) {
            Ok(restyled) => self.matching = restyled.matching,
            Err(error) => arrived.error = Some(HeadlessError::from(error).into()),
        }
    }

    /// Shows the layout in force for the rows alone that a condition is true of, or for all, gliding there or not.
    pub fn lay_out(&mut self, only: Option<String>, glides: bool) -> Arrived {
        self.wanted_layout = None;
        let kind = self.arranging().unwrap_or(self.scene.placed().layout.kind);
        let mut params = self.params_by(kind, None);
        // Among other rows cells are others.
        (params.only, params.kept) = (only, Kept::default());
        let request = self.request(kind, &params, false);
        self.arrange(request, Purpose::Chosen(Box::new(params)), glides)
    }

    /// Shows drawings at the places that a file has for them.
    pub fn place_by(&mut self, path: PathBuf, glides: bool) -> Arrived {
        let mut params = self.params_by(LayoutKind::FILE, None);
        params.positions = Some(path);
        self.choose(LayoutKind::FILE, params, false, glides)
    }

    /// Says what was chosen for the layout that is shown.
    fn note(&self, purpose: &Purpose, arrived: &mut Arrived) {
        if matches!(purpose, Purpose::Chosen(_) | Purpose::Start) {
            arrived.note.clone_from(&self.scene.placed().layout.note);
        }
    }

    /// Gives up a layout that was chosen and has not come; answers whether there was one.
    pub fn give_up_chosen(&mut self) -> bool {
        let is_chosen = self.is_choosing();
        if is_chosen {
            self.arranging = None;
        }
        is_chosen
    }
}

impl Arranging {
    fn is_chosen(&self) -> bool {
        matches!(self.purpose, Purpose::Chosen(_))
    }
}
