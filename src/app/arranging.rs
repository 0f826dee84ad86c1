//! Layouts in the window: chosen, and taken in when they come.

use super::pace::News;
use super::session::{Arrived, Session};
use super::state::App;
use crate::likeness::comparison::ComparedBy;
use crate::scene::ThemeChoice;
use crate::scene::layout::LayoutKind;
use std::time::Duration;

/// What follows where a layout or a look that was asked for at the start cannot be.
pub(super) const WITHOUT_IT: &str = "The drawings are shown without it.";

impl App {
    /// Shows another layout, by columns that are named for it or by those that it went by last; drawings glide to it, or are there at
    /// once. Until it is made the present one stays.
    pub(super) fn set_layout(&mut self, kind: LayoutKind, by: Option<String>, glides: bool) {
        self.glide = None;
        // It is waited for: no glide holds it up.
        let held = self.is_held();
        let Some(session) = &mut self.session else { return };
        let why_not = if by.is_some() { session.why_no_columns() } else { session.why_unavailable(kind) };
        if let Some(reason) = why_not {
            self.complain(&format!("{kind} cannot be shown: {reason}"));
            return;
        }
        self.jobs.set_paused(held);
        let arrived = session.set_layout(kind, by, glides);
        self.on_arrived(arrived);
    }

    /// Compares drawings by something else: look-alikes and clusters follow, and the layout on screen where it goes by that.
    pub(super) fn compare_by(&mut self, by: ComparedBy) {
        let (held, glides) = (self.is_held(), self.glides());
        let Some(session) = &mut self.session else { return };
        self.jobs.set_paused(held);
        if let Some(arrived) = session.compare_by(by, glides) {
            self.on_arrived(arrived);
        }
    }

    /// Whether something is moved by hand.
    pub(super) fn is_held(&self) -> bool {
        self.press.is_some_and(|press| press.dragged) || self.fingers.are_down() || self.zoomed_until.is_some()
    }

    /// Takes in what has come of a layout.
    pub(super) fn on_job(&mut self) {
        self.take_arranged(Duration::ZERO);
        self.take_clusters();
        let is_new = |take: fn(&mut Session) -> bool, session: &mut Option<Session>| session.as_mut().is_some_and(take);
        if self.take_completion()
            | self.take_together()
            | self.take_by_stroke()
            | is_new(Session::take_selected, &mut self.session)
            | is_new(Session::take_facets, &mut self.session)
            | is_new(Session::take_alike, &mut self.session)
            | is_new(Session::take_suspects, &mut self.session)
            | is_new(Session::take_means, &mut self.session)
            | is_new(Session::take_differing, &mut self.session)
            | is_new(Session::take_original, &mut self.session)
            | is_new(Session::take_nearby, &mut self.session)
            | is_new(Session::take_ink, &mut self.session)
        {
            self.show_news(News::Milestone);
        }
        let news = self.take_exported();
        self.show_news(news);
    }

    /// Waits for the layout that is being made (the bench measures layouts, not the way there).
    pub(super) fn await_layout(&mut self) {
        self.take_arranged(Duration::from_hours(1));
    }

    pub(super) fn take_arranged(&mut self, longest: Duration) {
        let Some(session) = self.session.as_mut().filter(|session| session.arranging().is_some()) else { return };
        let arrived = session.take_arranged(longest);
        let is_over = arrived.placed || session.arranging().is_none();
        let is_told = session.arranging_in_words().is_some();
        if arrived.is_other {
            // The camera was on its way over another layout.
            self.glide = None;
        }
        self.on_arrived(arrived);
        self.show_news(match (is_over, is_told) {
            (true, _) => News::Milestone,
            (false, true) => News::Progress,
            (false, false) => News::None,
        });
    }

    /// Says what became of a layout that was asked for.
    pub(super) fn on_arrived(&mut self, arrived: Arrived) {
        let Arrived { note, restored, error, starting, .. } = arrived;
        let named = self.session.as_ref().is_some_and(|session| session.named);
        match error {
            Some(error) if starting => self.complain_of_files(error, named, WITHOUT_IT),
            Some(error) => self.complain(&error.to_string()),
            None => {}
        }
        match note {
            Some(note) if starting => self.warn(note),
            Some(note) => self.tell(note),
            None => {}
        }
        if let Some(theme) = restored.map(|snapshot| snapshot.theme).filter(|&theme| theme != self.theme()) {
            self.theme_choice = ThemeChoice::Given(theme);
        }
    }

    /// Before the event loop sleeps: while something moves on screen, jobs leave it the cores.
    pub(super) fn pause_jobs(&self) {
        // A layout that is waited for comes first.
        let is_awaited =
            self.session.as_ref().is_some_and(|session| session.is_choosing() || session.restoring().is_some());
        let is_moving = self.is_held() || self.is_gliding();
        self.jobs.set_paused(self.is_held() || (self.is_gliding() && !is_awaited));
        self.export_jobs.set_paused(is_moving);
    }
}
