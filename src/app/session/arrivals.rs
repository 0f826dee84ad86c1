//! What a load sends, taken in turn by turn; and how far it has come.

use super::Session;
use crate::app::AppError;
use crate::app::pace::News;
use crate::data::Row;
use crate::data::dataset::OpenError;
use crate::data::ndjson::LineSpan;
use crate::data::report::LoadReport;
use crate::headless::HeadlessError;
use crate::loader::{LoadError, Loaded, Loader};
use crate::scene::layout::LayoutKind;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Time a turn of the event loop may spend on what a load has sent: the rest waits for the next turn.
const TURN: Duration = Duration::from_millis(8);

/// What a load brought in one turn.
#[derive(Debug, Default)]
pub struct Progress {
    /// What arrived.
    pub news: News,
    /// More is waiting.
    pub more: bool,
    /// What is to be known of the layout that the command line asked for.
    pub notes: Vec<String>,
    /// What went wrong.
    pub errors: Vec<AppError>,
}

impl Session {
    /// Takes in what the load has sent, for a bounded time.
    pub fn take_in(&mut self) -> Progress {
        let start = Instant::now();
        let mut progress = Progress::default();
        while let Some(loaded) = self.loader.as_ref().and_then(Loader::poll) {
            let news = match loaded {
                Loaded::Values(values) => {
                    self.values = values;
                    News::None
                }
                Loaded::Looking => News::Progress,
                Loaded::Piece(piece) => {
                    if piece.first_row == 0 && self.scene.rows_ready() > 0 {
                        // The same rows come again, with other ink; until now the former were better than nothing.
                        self.scene.forget_rows(self.renderer.plan().rows_per_chunk());
                        self.renderer.forget_picture();
                    }
                    let first = self.scene.rows_ready() == 0;
                    self.renderer.upload(&piece);
                    self.scene.rows_arrived(&piece.means, &piece.moments);
                    // Staging memory is given back only by submissions.
                    self.renderer.gpu().queue.submit([]);
                    if first { News::Milestone } else { News::Progress }
                }
                Loaded::Drawings => {
                    self.note_values();
                    self.drawings_ended = true;
                    self.note_fates(self.dataset.fates());
                    let awaits_columns = self.awaits_columns();
                    let is_due = |kind: &mut LayoutKind| kind.reads_drawings() && !awaits_columns(*kind);
                    if let Some(kind) = self.wanted_layout.take_if(is_due) {
                        self.start_wanted(kind, &mut progress);
                    }
                    self.follow_clusters();
                    News::Milestone
                }
                // They were given up below.
                Loaded::Records(_) | Loaded::RecordsEnd(_) if self.records_failed => continue,
                Loaded::Records(records) => {
                    if let Err(error) = self.growth.refuse_unless_room(&self.columns, self.dataset.rows()) {
                        self.records_failed = true;
                        progress.errors.push(HeadlessError::from(error).into());
                        continue;
                    }
                    self.records = Some(records.bytes_done as f32 / records.bytes_total.max(1) as f32);
                    self.keep_spans(records.first_row, &records.spans);
                    Arc::make_mut(&mut self.columns).append(records.first_row, records.batch);
                    News::Progress
                }
                Loaded::RecordsEnd(report) => {
                    self.end_records(report, &mut progress);
                    News::Milestone
                }
                Loaded::DrawingsFailed(error) => {
                    (self.drawings_failed, self.drawings_ended) = (true, true);
                    self.go_without_clusters();
                    progress.errors.push(AppError::Drawings(error));
                    News::Milestone
                }
                Loaded::RecordsFailed(error) => {
                    self.records_failed = true;
                    self.say_plain();
                    progress.errors.push(match error {
                        LoadError::Open(error @ OpenError::Strict { .. }) => AppError::Refused(error),
                        error => AppError::Records(error),
                    });
                    News::Milestone
                }
            };
            progress.news = progress.news.max(news);
            if start.elapsed() > TURN {
                progress.more = true;
                break;
            }
        }
        progress
    }

    /// Puts what the values are shown with into the report, once: drawings are loaded again on another device.
    fn note_values(&mut self) {
        let Some(measured) = self.dataset.measured().filter(|_| !self.values_told) else { return };
        self.values_told = true;
        measured.report.log();
        self.report.extend(measured.notes());
    }

    fn keep_spans(&mut self, first_row: u32, spans: &[LineSpan]) {
        if spans.is_empty() {
            return;
        }
        let all = Arc::make_mut(&mut self.spans);
        all.resize(first_row as usize, LineSpan::default());
        all.extend_from_slice(spans);
    }

    fn end_records(&mut self, mut report: LoadReport, progress: &mut Progress) {
        let columns = Arc::make_mut(&mut self.columns);
        columns.finish(self.dataset.rows());
        columns.tell(&mut report);
        if let Err(error) = self.dataset.refuse_if_strict(&report) {
            self.records_failed = true;
            self.say_plain();
            progress.errors.push(AppError::Refused(error));
            return;
        }
        self.records = Some(1.0);
        self.show_tags();
        self.refused = self.scene.refusals(Some(&self.columns));
        self.report.extend(report);
        if self.awaits_clusters() {
            self.await_clusters();
            self.follow_clusters();
        } else {
            self.use_columns(progress);
        }
    }

    /// Gives drawings the layout and the looks that wait for columns.
    pub(super) fn use_columns(&mut self, progress: &mut Progress) {
        let drawings_ended = self.drawings_ended;
        if let Some(kind) = self.wanted_layout.take_if(|kind| drawings_ended || !kind.reads_drawings()) {
            self.start_wanted(kind, progress);
        }
        self.restyle(progress);
    }

    /// Begins to make the layout that the command line asks for, now that all that it goes by is known.
    fn start_wanted(&mut self, kind: LayoutKind, progress: &mut Progress) {
        let arrived = self.start_layout(kind);
        progress.notes.extend(arrived.note);
        progress.errors.extend(arrived.error);
    }

    /// Says that rows look alike although something else was asked for: without all records nothing decides it.
    fn say_plain(&mut self) {
        if !self.scene.settings.appearance.is_plain() {
            let what =
                "every drawing is shown alike: --color-by and --where need all records, and these could not be read";
            self.untold.push(what.to_owned());
        }
        if self.scene.settings.select.take().is_some() {
            let what = "nothing is selected: --select needs all records, and these could not be read";
            self.untold.push(what.to_owned());
        }
    }

    /// Gives rows the looks that are asked for, which their records decide.
    pub(super) fn restyle(&mut self, progress: &mut Progress) {
        match self.scene.restyle(Some(&self.columns)) {
            Ok(restyled) => {
                self.matching = restyled.matching;
                self.untold.extend(restyled.notes);
            }
            Err(error) => progress.errors.push(HeadlessError::from(error).into()),
        }
        match self.scene.select_first(Some(&self.columns)) {
            Ok(notes) => self.untold.extend(notes),
            Err(error) => progress.errors.push(HeadlessError::from(error).into()),
        }
    }

    /// Stops reading; what is there stays.
    pub fn cancel(&mut self) {
        self.ending = self.loader.take().map(|loader| loader.threads());
        if !self.drawings_ended {
            self.go_without_clusters();
        }
    }

    /// Which layouts go by columns that are still to come.
    fn awaits_columns(&self) -> impl Fn(LayoutKind) -> bool + use<> {
        let is_read = self.columns.is_finished() && !self.are_clusters_awaited();
        let awaits = self.are_clusters_awaited() || (self.records.is_some() && !self.records_failed && !is_read);
        let params = self.scene.settings.layout_params.clone();
        move |kind| awaits && (kind.reads_columns(&params) || kind.is_map())
    }

    /// Whether nothing more comes although not everything is there: the load was stopped, or could not go on.
    pub fn is_stopped(&self) -> bool {
        let drawings_end = self.drawings_failed || self.scene.rows_ready() == self.scene.rows();
        self.loader.is_none() || (self.records_failed && drawings_end) || (self.drawings_failed && self.records_end())
    }

    /// Whether drawings or records are still being read.
    pub fn is_loading(&self) -> bool {
        !self.is_stopped() && (self.scene.rows_ready() < self.scene.rows() || !self.records_end())
    }

    /// Whether nothing is read, asked or made ready any more.
    pub fn is_settled(&self) -> bool {
        let read = self.loader.is_none() || (self.drawings_ended && self.records_end());
        let is_stopped = self.ending.as_ref().is_none_or(|threads| threads.strong_count() == 0);
        read && is_stopped
            && self.arranging.is_none()
            && !self.nearby.is_busy()
            && self.clustering.progress().is_none()
            && !self.hover.is_waiting()
            && !self.warm_up.is_due(&self.scene)
            && !self.warm_up.is_in_flight()
    }

    /// Whether no more records will come.
    fn records_end(&self) -> bool {
        self.records.is_none() || self.records_failed || self.columns.is_finished()
    }

    /// Whether all that will be known of a row is known.
    pub fn record_arrived(&self, row: Row) -> bool {
        self.records_end() || row.0 < self.columns.rows_loaded()
    }
}
