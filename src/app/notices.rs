//! News and errors in the window: what is told, and until when.

use super::AppError;
use super::state::App;

/// News or an error, in the window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoticeText {
    /// A sentence.
    pub what: String,
    /// What follows from it or what to do, where the sentence does not say it.
    pub advice: &'static str,
    /// Whether something failed.
    pub is_error: bool,
    /// Whether files could not be opened: over once others are.
    pub is_of_opening: bool,
}

impl App {
    /// Tells an error in the window and on standard error.
    pub(super) fn complain(&mut self, what: &str) {
        tracing::error!("{what}");
        self.notice(NoticeText { what: what.to_owned(), is_error: true, ..NoticeText::default() });
    }

    /// Tells that files could not be opened or read on. Where the command line named them, the exit code will tell, too.
    pub(super) fn complain_of_files(&mut self, error: AppError, named: bool, advice: &'static str) {
        self.complain_with(error, named, NoticeText { advice, is_error: true, ..NoticeText::default() });
    }

    /// Tells that files could not be opened, until others are. What was tried before them is no longer of interest.
    pub(super) fn complain_of_opening(&mut self, error: AppError, named: bool) {
        self.notices.retain(|notice| !notice.is_of_opening);
        self.complain_with(error, named, NoticeText { is_error: true, is_of_opening: true, ..NoticeText::default() });
    }

    fn complain_with(&mut self, error: AppError, named: bool, mut notice: NoticeText) {
        notice.what = error.to_string();
        tracing::error!("{}", notice.what);
        self.notice(notice);
        if named {
            self.unread.get_or_insert(error);
        }
    }

    /// Tells in the window and on standard error what is no error, and yet to be known.
    pub(super) fn warn(&mut self, what: String) {
        tracing::warn!("{what}");
        self.tell(what);
    }

    /// Tells news in the window.
    pub(super) fn tell(&mut self, what: String) {
        self.notice(NoticeText { what, ..NoticeText::default() });
    }

    /// Adds a notice. News takes the place of older news, and what is told again is told once: nobody has to clear up.
    fn notice(&mut self, notice: NoticeText) {
        self.notices.retain(|old| *old != notice && (old.is_error || notice.is_error));
        self.notices.push(notice);
    }
}
