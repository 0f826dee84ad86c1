//! What a load has sent: taken in between frames, and shown now and then.

use super::AppError;
use super::arranging::WITHOUT_IT;
use super::pace::{News, frame_due};
use super::state::App;
use crate::headless::HeadlessError;
use std::time::Instant;

impl App {
    /// Takes in what the load has sent.
    ///
    /// Once a turn of the event loop, for a bounded time: what arrives faster than it is taken in keeps neither input nor frames waiting.
    pub(super) fn take_in(&mut self) {
        let Some(session) = &mut self.session else { return };
        let before = session.scene.placed().revision;
        let (progress, named) = (session.take_in(), session.named);
        if session.scene.placed().revision != before {
            // The camera was on its way over another layout.
            self.glide = None;
        }
        let starved = session.renderer.gpu().check_memory();
        for note in progress.notes {
            self.warn(note);
        }
        for error in progress.errors {
            // What a layout or a look lacks is no matter of reading.
            let is_read = !matches!(
                error,
                AppError::Arranging(_) | AppError::Headless(HeadlessError::Layout(_) | HeadlessError::Appearance(_))
            );
            let advice = if is_read { "What has been read stays." } else { WITHOUT_IT };
            self.complain_of_files(error, named, advice);
        }
        if let Err(error) = starved {
            self.complain_of_gpu(&error);
        }
        self.has_arrivals |= progress.more;
        self.check_fields();
        self.show_news(progress.news);
    }

    /// Draws what somebody waits for at once, and how far something has come now and then.
    pub(super) fn show_news(&mut self, news: News) {
        let now = Instant::now();
        match frame_due(news, self.shown_at, now) {
            Some(at) if at <= now => self.redraw(),
            Some(at) => self.progress_at = Some(at),
            None => {}
        }
    }
}
