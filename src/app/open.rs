//! Showing data sets that were opened (see `opening`), the Open dialog, and what follows a lost device.

use super::comparing::Comparing;
use super::completing::Completer;
use super::dialog::Dialog;
use super::opened_as::OpenedAs;
use super::opening::OpenedSet;
use super::state::App;
use super::stored::NamedSession;
use super::{AppError, Wake};
use crate::data::dataset::{OpenError, OpenOptions};
use crate::data::file::is_stream;
use crate::scene::palette::Theme;
use crate::scene::{Settings, ThemeChoice};
use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use winit::event_loop::ActiveEventLoop;

use super::session::Session;

/// A device lost again this soon will be lost for ever.
const LOST_AGAIN: Duration = Duration::from_secs(5);

impl App {
    /// Opens a path that was typed.
    pub(super) fn submit_path(&mut self, text: &str) {
        let path = text.trim();
        if path.is_empty() {
            self.dialog = Dialog::OpenPath(Some("type the path of a .npy file or a folder, or `demo`".to_owned()));
            return;
        }
        self.open(&[path.into()]);
    }

    /// Takes in a data set that was opened; what goes wrong is told in the window and on standard error, and what was open
    /// stays.
    pub(super) fn show_opened(
        &mut self,
        inputs: &[OsString],
        options: &OpenOptions,
        opened: Result<OpenedSet, OpenError>,
    ) {
        let (named, restoring) = (inputs == self.args.inputs, self.restoring.take());
        let opened = opened.map(|opened| self.with_latest_tags(opened)).map_err(AppError::from);
        match opened.and_then(|opened| self.start_session(opened, restoring, named)) {
            Ok(mut session) => {
                session.named = named;
                session.opened = OpenedAs::of(inputs, options);
                let title = session.dataset.title().to_owned();
                if let Some(shell) = &self.shell {
                    shell.window.set_title(&format!("{} – inkfield", crate::words::shown_text(&title, 200)));
                }
                // What a bench opens nobody has chosen, and a pipe cannot be opened again.
                if self.player.is_none() && !inputs.iter().any(|input| is_stream(Path::new(input))) {
                    self.recent.add(&title, inputs, &options.shape_options());
                }
                self.notices.retain(|notice| !notice.is_of_opening);
                if matches!(self.dialog, Dialog::OpenPath(_)) {
                    self.dialog = Dialog::None;
                }
                self.close_set();
                self.session = Some(session);
                self.last_hovered = None;
                (self.comparing, self.completer) = (Comparing::default(), Completer::default());
                self.fields.is_checked = false;
                self.glide = None;
            }
            // What was typed wrongly is told beside it, where it can be put right.
            Err(error) if matches!(self.dialog, Dialog::OpenPath(_)) && !named => {
                let told = error.to_string();
                tracing::error!("{told}");
                self.dialog = Dialog::OpenPath(Some(told));
            }
            Err(error) => self.complain_of_opening(error, named),
        }
        self.redraw();
    }

    fn start_session(
        &mut self,
        opened: OpenedSet,
        restoring: Option<NamedSession>,
        named: bool,
    ) -> Result<Session, AppError> {
        opened.dataset.report().log();
        let fit = self.fit_of(restoring, &opened.dataset, named);
        let first = self.session.is_none() && !self.opened_before;
        self.opened_before = true;
        let mut settings = self.args.settings.clone();
        settings.theme = self.theme();
        if !first {
            settings = Settings { center: None, zoom: 1.0, ..settings };
        }
        if let Some(fit) = &fit {
            settings = self.settings_of(fit, first);
        }
        let shell = self.shell.as_ref().ok_or_else(|| AppError::Window("it is not there yet".to_owned()))?;
        let wake = self.waker();
        let format = super::shell::drawn_format(&shell.surface);
        let viewport = self.viewport();
        let gpu = Arc::clone(&shell.gpu);
        let mut session = Session::new(self.jobs.clone(), gpu, opened, settings, viewport, format, wake)?;
        if let Some(fit) = fit {
            self.choose_in_panels(&fit.panels);
            session.take_fit(fit);
        }
        Ok(session)
    }

    /// After the device was lost: builds everything on a new one. Lost again within 5 s, the application ends.
    pub(super) fn recover(&mut self, event_loop: &ActiveEventLoop) {
        let again = is_lost_again(self.lost_at, Instant::now());
        let result = if again {
            Err(AppError::LostAgain)
        } else {
            tracing::warn!("the GPU device was lost; everything on it is built anew");
            self.rebuild(event_loop)
        };
        // Counted from here: a slow machine takes seconds to build everything.
        self.lost_at = Some(Instant::now());
        match result {
            Ok(()) => self.redraw(),
            Err(error) => {
                self.error = Some(error);
                event_loop.exit();
            }
        }
    }

    fn rebuild(&mut self, event_loop: &ActiveEventLoop) -> Result<(), AppError> {
        let Some(shell) = &mut self.shell else { return Ok(()) };
        shell.reconnect(event_loop, self.proxy.clone())?;
        let (gpu, format) = (Arc::clone(&shell.gpu), super::shell::drawn_format(&shell.surface));
        let wake = self.waker();
        match &mut self.session {
            Some(session) => session.rebuild(gpu, format, wake),
            None => Ok(()),
        }
    }

    /// Turns the event loop from another thread.
    pub(super) fn waker(&self) -> impl Fn(Wake) + Send + Sync + Clone + 'static + use<> {
        let proxy = self.proxy.clone();
        move |wake| {
            // The loop may have ended: then nobody needs waking.
            let _ = proxy.send_event(wake);
        }
    }

    /// The theme in force.
    pub(super) fn theme(&self) -> Theme {
        match self.theme_choice {
            ThemeChoice::Given(theme) => theme,
            ThemeChoice::System => match self.shell.as_ref().and_then(|shell| shell.window.theme()) {
                Some(winit::window::Theme::Dark) => Theme::Night,
                Some(winit::window::Theme::Light) => Theme::Paper,
                None => self.desktop.theme.unwrap_or_default(),
            },
        }
    }
}

/// Whether a device lost now was built only because another one was lost shortly before.
fn is_lost_again(before: Option<Instant>, now: Instant) -> bool {
    before.is_some_and(|before| now.saturating_duration_since(before) < LOST_AGAIN)
}

#[cfg(test)]
mod tests {
    use super::{LOST_AGAIN, is_lost_again};
    use std::time::{Duration, Instant};

    #[test]
    fn faults_21_only_losses_within_five_seconds_end_the_program() {
        let now = Instant::now();
        let later = |ms| now + LOST_AGAIN + Duration::from_millis(ms);
        assert!(!is_lost_again(None, now), "the first one");
        assert!(is_lost_again(Some(now), now));
        assert!(is_lost_again(Some(now), now + Duration::from_millis(4999)));
        assert!(!is_lost_again(Some(now), later(0)));
        assert_eq!(LOST_AGAIN, Duration::from_secs(5));
    }
}
