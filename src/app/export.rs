//! Exports from the window: what is asked for is checked and handed to a job, and what comes of it is told.

mod plan;
mod work;

use super::commands::Taking;
use super::dialog::Dialog;
use super::pace::News;
use super::state::App;
use super::ui::{ExportForm, ExportModel, ExportWish};
use crate::export::{check_writable, refuse_inputs};
use crate::jobs::{Job, JobError, JobNews};
use crate::words::{percent, size};
use plan::{refuse_unless_read, target_of};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use work::{ExportError, Part, Work, Written};

/// So long the end of the program waits for an export to take its unfinished files away.
const FAREWELL: Duration = Duration::from_secs(10);
const GIVEN_UP: &str = "the export was given up: nothing was written";

/// The card, as far as it is no matter of the panels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportCard {
    /// Why the last wish was not fulfilled.
    says: Option<String>,
    /// A path as typed, and which files are there already.
    asks: Option<(String, String)>,
    /// What was chosen in the system's dialog.
    chosen: Option<String>,
    /// As what drawings are taken, where that was said as it opened.
    form: Option<ExportForm>,
}

impl ExportCard {
    /// A card for drawings to be taken so.
    pub fn of(form: ExportForm) -> Self {
        Self { form: Some(form), ..Self::default() }
    }

    /// What it says, for the state log.
    pub fn in_log(&self) -> Option<String> {
        let asks = self.asks.as_ref().map(|(_, there)| format!("{there} there already"));
        asks.or_else(|| self.says.clone()).or_else(|| self.chosen.clone())
    }
}

/// What the card shows besides, in words.
#[derive(Debug, Default)]
pub struct ExportTexts {
    stem: String,
    folder: String,
    selected: u32,
    kept: Option<u32>,
    rows: u32,
    has_records: bool,
    size: [u32; 2],
    running: Option<(&'static str, u32)>,
    going_on: Option<String>,
    can_browse: bool,
}

impl ExportTexts {
    /// The model of the card.
    pub fn model<'a>(&'a self, card: &'a ExportCard) -> ExportModel<'a> {
        ExportModel {
            selected: self.selected,
            kept: self.kept,
            rows: self.rows,
            has_records: self.has_records,
            stem: &self.stem,
            folder: &self.folder,
            size: self.size,
            says: card.says.as_deref(),
            asks: card.asks.as_ref().map(|(path, there)| (path.as_str(), there.as_str())),
            chosen: card.chosen.as_deref(),
            form: card.form,
            running: self.running,
            can_browse: self.can_browse,
        }
    }

    /// The export that is under way.
    pub fn going_on(&self) -> Option<&str> {
        self.going_on.as_deref()
    }
}

/// An export that is under way.
#[derive(Debug)]
pub struct Exporting {
    job: Job<Part, ExportError>,
    step: &'static str,
    written: Option<Written>,
}

impl Exporting {
    fn part(&self) -> f32 {
        self.job.progress().unwrap_or(0.0)
    }

    /// "exporting… records 38 %".
    pub fn in_words(&self) -> String {
        format!("exporting… {} {}", self.step, percent(self.part()))
    }
}

/// Why an export does not begin.
enum Refusal {
    Says(String),
    /// These files are there already.
    Asks(String),
}

impl App {
    /// Does one of the commands that take drawings away.
    pub(super) fn take_away(&mut self, taking: Taking) {
        match taking {
            Taking::Export => self.dialog = self.dialog.toggled(Dialog::Export(ExportCard::default())),
            Taking::StopExport => {
                if let Some(exporting) = &self.exporting {
                    exporting.job.cancel();
                }
            }
            Taking::CopyRows => self.copy_rows(),
            Taking::CopyDrawing => self.copy_drawing(),
        }
    }

    /// What the card shows besides its own.
    pub(super) fn export_texts(&self) -> ExportTexts {
        let mut texts = ExportTexts {
            running: self.exporting.as_ref().map(|running| (running.step, (running.part() * 100.0) as u32)),
            going_on: self.exporting.as_ref().map(Exporting::in_words),
            ..ExportTexts::default()
        };
        let (Some(session), Dialog::Export(_)) = (&self.session, &self.dialog) else { return texts };
        texts.stem = super::save::safe_stem(session.dataset.title());
        texts.folder = std::env::current_dir().unwrap_or_default().display().to_string();
        texts.selected = session.scene.selection().count();
        texts.kept = session.matching();
        texts.rows = session.scene.rows();
        texts.has_records = session.records.is_some();
        let viewport = session.scene.viewport();
        texts.size = [viewport.width_px, viewport.height_px];
        texts.can_browse = super::chooser::can_ask();
        texts
    }

    /// Asks the system where to write.
    pub(super) fn browse_for_export(&mut self, path: &str) {
        let name = Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.choose_place(name);
    }

    /// A place was chosen in the system's dialog.
    pub(super) fn take_place(&mut self, path: Option<PathBuf>) {
        if let (Dialog::Export(card), Some(path)) = (&mut self.dialog, path) {
            *card = ExportCard { chosen: Some(path.display().to_string()), ..ExportCard::default() };
        }
    }

    /// There is no dialog for a place.
    pub(super) fn no_place(&mut self, why: String) {
        if let Dialog::Export(card) = &mut self.dialog {
            card.says = Some(why);
            self.redraw();
        }
    }

    /// Begins an export, or says on the card why not.
    pub(super) fn export(&mut self, wish: &ExportWish) {
        let begun = self.begin_export(wish);
        let Dialog::Export(card) = &mut self.dialog else { return };
        (card.says, card.asks) = match begun {
            Ok(()) => (None, None),
            Err(Refusal::Says(why)) => (Some(why), None),
            Err(Refusal::Asks(there)) => (None, Some((wish.path.clone(), there))),
        };
    }

    fn begin_export(&mut self, wish: &ExportWish) -> Result<(), Refusal> {
        let Some(session) = self.session.as_ref().filter(|_| self.exporting.is_none()) else { return Ok(()) };
        refuse_unless_read(session, wish).map_err(Refusal::Says)?;
        let target = target_of(session, wish).map_err(Refusal::Says)?;
        let params = &session.scene.settings.layout_params;
        for (what, path) in target.named() {
            let read = session.dataset.files().chain(params.files());
            refuse_inputs(what, path, read).map_err(|error| Refusal::Says(error.to_string()))?;
            let refused = |error| Refusal::Says(format!("cannot write the {what}: {error}: {}", path.display()));
            check_writable(path).map_err(refused)?;
        }
        let agreed = match &self.dialog {
            Dialog::Export(card) => card.chosen.as_deref(),
            _ => None,
        };
        let is_asked = |path: &Path| path.is_file() && agreed.is_none_or(|agreed| Path::new(agreed) != path);
        let there: Vec<String> = target
            .named()
            .into_iter()
            .filter(|(_, path)| is_asked(path))
            .map(|(_, path)| path.file_name().unwrap_or_default().to_string_lossy().into_owned())
            .collect();
        if !there.is_empty() && !wish.replaces {
            let verb = if there.len() == 1 { "is" } else { "are" };
            return Err(Refusal::Asks(format!("{} {verb}", there.join(" and "))));
        }
        let mut scene = session.scene.clone();
        // What the pointer makes flash is not what is written.
        scene.flash(None);
        let work = Work {
            dataset: Arc::clone(&session.dataset),
            columns: Arc::clone(&session.columns),
            scene,
            values: session.values,
            of: wish.of,
            theme: self.theme_choice,
            target,
        };
        let job = self.export_jobs.start("export", move |context| work.run(context));
        self.exporting = Some(Exporting { job, step: "drawings", written: None });
        Ok(())
    }

    /// Takes in what has come of an export.
    pub(super) fn take_exported(&mut self) -> News {
        let mut news = if self.exporting.is_some() { News::Progress } else { News::None };
        while let Some(exporting) = &mut self.exporting {
            match exporting.job.poll() {
                None => break,
                Some(JobNews::Published(Part::Step(step))) => exporting.step = step,
                Some(JobNews::Published(Part::Written(written))) => exporting.written = Some(written),
                Some(JobNews::Ended(ended)) => {
                    let written = exporting.written.take();
                    self.exporting = None;
                    self.tell_of_export(ended, written);
                    news = News::Milestone;
                }
            }
        }
        news
    }

    fn tell_of_export(&mut self, ended: Result<(), JobError<ExportError>>, written: Option<Written>) {
        let is_open = matches!(self.dialog, Dialog::Export(_));
        match ended {
            Ok(()) => {
                if is_open {
                    self.dialog = Dialog::None;
                }
                if let Some(written) = written {
                    self.tell(written.in_words());
                }
            }
            Err(JobError::Cancelled) => self.tell(GIVEN_UP.to_owned()),
            Err(error) => match &mut self.dialog {
                Dialog::Export(card) => {
                    tracing::error!("{error}");
                    card.says = Some(error.to_string());
                }
                _ => self.complain(&error.to_string()),
            },
        }
    }

    /// At the end: an export takes away what it has not finished.
    pub(super) fn end_export(&mut self) {
        let Some(Exporting { job, .. }) = self.exporting.take() else { return };
        job.cancel();
        while let Some(news) = job.wait(FAREWELL) {
            if matches!(news, JobNews::Ended(_)) {
                break;
            }
        }
    }
}

/// "bitmaps (967 kB)".
fn sized((what, path): (&'static str, &Path)) -> String {
    let bytes = path.metadata().map_or(0, |found| found.len());
    format!("{what} ({})", size(bytes))
}
