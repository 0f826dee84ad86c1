//! Sessions in the window: saved by a command, opened, and the last one of each set kept for whoever asks for it.

use super::beside::{beside, kept, last};
use super::differing::DifferPanel;
use super::history::Deed;
use super::opened_as::OpenedAs;
use super::session::Session;
use super::state::App;
use super::stored::{Fit, NamedSession, Panels, Stored, StoredError};
use super::{AppError, Wake};
use crate::data::Row;
use crate::data::dataset::Dataset;
use crate::scene::snapshot::Snapshot;
use crate::scene::{Action, Settings, ThemeChoice};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What stands before the ending of a session's name.
const MARK: &str = ".session";

impl App {
    /// What is looked at, to be written later; `None` where these drawings cannot be opened again.
    fn session_now(&self) -> Option<(Arc<Dataset>, OpenedAs, (Snapshot, Panels))> {
        let (session, now) = (self.session.as_ref()?, self.now()?);
        Some((Arc::clone(&session.dataset), session.opened.clone()?, (session.as_asked(now), self.chosen_in_panels())))
    }

    /// Writes the session to the file that the command line names, else beside the drawings, else to the data folder; the event
    /// loop hears how it went.
    pub(super) fn save_session(&mut self) {
        let Some((dataset, opened, looked_at)) = self.session_now() else {
            self.complain(
                "no session can open these drawings again: they came through a pipe, or a name among them is no text",
            );
            return;
        };
        let named = self.session.as_ref().is_some_and(|session| session.named);
        let given = self.args.session.as_ref().filter(|_| named).map(|named| named.path.clone());
        let (viewport, wake) = (self.viewport(), self.waker());
        let work = move || {
            let saved = dataset.identity().map_err(|error| error.to_string()).and_then(|set| {
                let stored = Stored::new(opened, &set, looked_at, &viewport);
                let places = match given {
                    Some(path) => vec![path],
                    None => beside(&dataset, MARK).into_iter().chain(kept(&dataset, &set, MARK)).collect(),
                };
                write_first(&stored, &places)
            });
            wake(Wake::Saved(saved));
        };
        if let Err(error) = std::thread::Builder::new().name("save session".to_owned()).spawn(work) {
            self.complain(&format!("no thread to save with: {error}"));
        }
    }

    /// Goes back to the session of this set that was kept last: saved by hand, or when it was closed.
    pub(super) fn restore_session(&mut self) {
        let Some(session) = &self.session else { return };
        let set = match session.dataset.identity() {
            Ok(set) => set,
            Err(error) => return self.complain(&error.to_string()),
        };
        let given = self.args.session.as_ref().filter(|_| session.named).map(|named| named.path.clone());
        let own = [beside(&session.dataset, MARK), kept(&session.dataset, &set, MARK), last(&set)];
        let places: Vec<PathBuf> =
            given.into_iter().chain(own.into_iter().flatten()).filter(|path| path.exists()).collect();
        let (mut newest, mut failed) = (None::<(u64, Fit, &PathBuf)>, None);
        for path in &places {
            match Stored::read(path).and_then(|stored| Ok((stored.saved_at(), stored.fit(&set, path)?, path))) {
                Ok(found) if newest.as_ref().is_none_or(|(at, ..)| *at < found.0) => newest = Some(found),
                Ok(_) => {}
                Err(error) => failed = Some(error),
            }
        }
        match (newest, failed) {
            (Some((_, fit, path)), _) => self.go_back_to(fit, path),
            (None, Some(error)) => self.complain(&error.to_string()),
            (None, None) => self.tell("no session of these drawings has been saved".to_owned()),
        }
    }

    /// Looks at what a session of the open set looks at; undo takes it back.
    fn go_back_to(&mut self, fit: Fit, path: &Path) {
        let (glides, held) = (self.glides(), self.is_held());
        self.begin(Deed::Single);
        let Some(session) = &mut self.session else { return };
        let now = session.scene.snapshot();
        let mut to = Snapshot { tags: now.tags, ..fit.snapshot };
        to.layout_params.slice = now.layout_params.slice;
        if !fit.keeps_camera {
            (to.center, to.zoom) = (now.center, now.zoom);
        }
        let goes_by_columns = to.layout.reads_columns(&to.layout_params) || !to.appearance.is_plain();
        if let Some(why) = session.why_no_columns().filter(|_| goes_by_columns) {
            return self.complain(&format!("the session cannot be shown: {why}"));
        }
        self.glide = None;
        self.jobs.set_paused(held);
        let arrived = session.restore(&to, glides);
        let is_shown = arrived.error.is_none();
        self.on_arrived(arrived);
        self.choose_in_panels(&fit.panels);
        for note in fit.notes {
            self.complain(&note);
        }
        if is_shown {
            self.tell(format!("restored the session of {}", path.display()));
        }
    }

    /// Opens the drawings of a session, and looks at them as it does.
    pub(super) fn open_session(&mut self, path: &Path) {
        let read = Stored::read(path).and_then(|stored| {
            let opened = stored.opened(path);
            let broken = |what| StoredError::Broken { what, path: path.to_owned() };
            Ok((opened.files(), opened.options().map_err(broken)?, stored))
        });
        match read {
            Ok((files, options, stored)) => {
                self.restoring = Some(NamedSession { path: path.to_owned(), stored: Some(Box::new(stored)) });
                self.open_with(&files, options);
            }
            Err(error) => self.complain_of_opening(error.into(), false),
        }
    }

    /// What of the session that is to be restored fits the drawings that were opened.
    pub(super) fn fit_of(&mut self, restoring: Option<NamedSession>, dataset: &Dataset, named: bool) -> Option<Fit> {
        let NamedSession { path, stored: Some(stored) } = restoring? else { return None };
        let fit = dataset.identity().map_err(AppError::from).and_then(|set| Ok(stored.fit(&set, &path)?));
        fit.map_err(|error| self.complain_of_files(error, named, super::arranging::WITHOUT_IT)).ok()
    }

    /// What a set starts with that a session shows; a theme that the command line names comes before the session's.
    pub(super) fn settings_of(&mut self, fit: &Fit, is_first: bool) -> Settings {
        let settings = fit.settings();
        if self.args.theme == ThemeChoice::System || !is_first {
            self.theme_choice = ThemeChoice::Given(settings.theme);
        }
        Settings { theme: self.theme(), ..settings }
    }

    /// What is chosen in panels, to be written.
    fn chosen_in_panels(&self) -> Panels {
        let (differ_by, beside) = self.differing.chosen();
        Panels { across: self.suspecting.across().map(str::to_owned), differ_by, beside }
    }

    /// Goes by what a session says of panels.
    pub(super) fn choose_in_panels(&mut self, Panels { across, differ_by, beside }: &Panels) {
        self.suspecting.go_across(across.clone());
        self.differing = DifferPanel::of(differ_by.clone(), beside.clone());
    }

    /// Before the set goes: tags are written, and what is looked at is kept.
    pub(super) fn close_set(&mut self) {
        self.finish_tags();
        if self.player.is_some() || self.session.as_ref().is_none_or(|session| session.scene.rows_ready() == 0) {
            return;
        }
        let viewport = self.viewport();
        let Some((dataset, opened, looked_at)) = self.session_now() else { return };
        let Ok(set) = dataset.identity() else { return };
        let Some(path) = last(&set) else { return };
        // That it cannot be kept is worth a log line: nobody has asked for it.
        if let Err(error) = write_first(&Stored::new(opened, &set, looked_at, &viewport), &[path]) {
            tracing::debug!("the last session is not kept: {error}");
        }
    }
}

impl Session {
    /// Selects and pins what a session does, and has said what of it was left out.
    pub(super) fn take_fit(&mut self, fit: Fit) {
        self.scene.select(fit.snapshot.selection);
        self.scene.apply(Action::Pin(fit.snapshot.pin.map(Row)));
        self.say(fit.notes);
    }
}

/// Writes a session to the first place that takes it; where that is, or what the last one said.
fn write_first(stored: &Stored, places: &[PathBuf]) -> Result<PathBuf, String> {
    let mut why = "there is no folder to save it in".to_owned();
    for path in places {
        let made =
            path.parent().filter(|folder| !folder.as_os_str().is_empty()).map_or(Ok(()), std::fs::create_dir_all);
        match made
            .map_err(|error| error.to_string())
            .and_then(|()| stored.write(path).map_err(|error| error.to_string()))
        {
            Ok(()) => return Ok(path.clone()),
            Err(error) => why = error,
        }
    }
    Err(why)
}
