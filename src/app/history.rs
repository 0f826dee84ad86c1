//! Undo and redo: what was looked at before and after, so many steps of it.

use super::commands::CommandId;
use super::state::App;
use crate::data::tags::Tags;
use crate::scene::Action;
use crate::scene::palette::Theme;
use crate::scene::snapshot::Snapshot;
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Steps that can be taken back.
const MOST: usize = 100;
/// Bytes that their selections and tags may take, each counted as if no other step had the same.
const MOST_BYTES: usize = 256 << 20;
/// What follows sooner after its like is the same step: notches of a wheel, repeats of a key.
const PAUSE: Duration = Duration::from_millis(600);

/// What a step is made of; several of the same kind in a row are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A command, by key, button or menu.
    Command(CommandId),
    /// A wheel or a pinch.
    Zoom,
    /// A press of the pointer with all that follows until the next one, or something chosen in a panel.
    Single,
}

/// The steps.
#[derive(Debug, Default)]
pub struct History {
    past: VecDeque<Snapshot>,
    present: Option<Snapshot>,
    future: Vec<Snapshot>,
    last: Option<(Deed, Instant)>,
}

impl History {
    /// Before something is done: keeps what is looked at, unless the same goes on.
    pub fn begin(&mut self, deed: Deed, at: Instant, now: impl FnOnce() -> Snapshot) {
        let goes_on = deed != Deed::Single
            && self.last.is_some_and(|(last, when)| last == deed && at.saturating_duration_since(when) < PAUSE);
        self.last = Some((deed, at));
        if !goes_on {
            self.mark(now());
        }
    }

    fn mark(&mut self, now: Snapshot) {
        if self.present.as_ref() == Some(&now) {
            return;
        }
        if let Some(before) = self.present.replace(now) {
            self.past.push_back(before);
            self.future.clear();
        }
        let of_step = |step: &Snapshot| step.selection.bytes() + step.tags.bytes();
        let bytes = |past: &VecDeque<Snapshot>| past.iter().map(of_step).sum::<usize>();
        while self.past.len() > MOST || (self.past.len() > 1 && bytes(&self.past) > MOST_BYTES) {
            self.past.pop_front();
        }
    }

    /// What to go back to from what is looked at `now`.
    pub fn undo(&mut self, now: Snapshot) -> Option<Snapshot> {
        self.mark(now);
        self.last = None;
        let back = self.past.pop_back()?;
        self.future.extend(self.present.replace(back.clone()));
        Some(back)
    }

    /// What was taken back last, unless something was done since.
    pub fn redo(&mut self, now: Snapshot) -> Option<Snapshot> {
        self.mark(now);
        self.last = None;
        let forth = self.future.pop()?;
        self.past.extend(self.present.replace(forth.clone()));
        Some(forth)
    }

    /// What was looked at has become something else without a step of the user's: a viewport of another size has another zoom.
    pub fn follow(&mut self, before: &Snapshot, now: Snapshot) {
        if self.present.as_ref() == Some(before) {
            self.present = Some(now);
        }
    }

    /// The desktop has another theme: no step leads back to the one before.
    pub fn set_theme(&mut self, theme: Theme) {
        let all = self.past.iter_mut().chain(&mut self.present).chain(&mut self.future);
        all.for_each(|snapshot| snapshot.theme = theme);
    }

    /// Tags came from elsewhere, from before or from another window: no step takes them away.
    pub fn join_tags(&mut self, tags: &Tags) {
        let all = self.past.iter_mut().chain(&mut self.present).chain(&mut self.future);
        all.for_each(|snapshot| snapshot.tags = snapshot.tags.merged(tags));
    }

    /// Whether there is something to go back to.
    pub fn can_undo(&self, now: &Snapshot) -> bool {
        !self.past.is_empty() || self.present.as_ref().is_some_and(|present| present != now)
    }

    /// Whether there is something to take up again.
    pub fn can_redo(&self, now: &Snapshot) -> bool {
        !self.future.is_empty() && self.present.as_ref() == Some(now)
    }
}

impl App {
    /// What is looked at, or is about to be where the camera is on its way or a layout of before is being made.
    pub(super) fn now(&self) -> Option<Snapshot> {
        let session = self.session.as_ref()?;
        if let Some(to) = session.restoring() {
            return Some(to.clone());
        }
        let now = session.scene.snapshot();
        Some(match &self.glide {
            Some(glide) => now.seen_by(glide.end()),
            None => now,
        })
    }

    /// Something is about to be done that can be taken back.
    pub(super) fn begin(&mut self, deed: Deed) {
        let Some(now) = self.now() else { return };
        if let Some(session) = &mut self.session {
            session.history.begin(deed, Instant::now(), || now);
        }
    }

    /// Goes to what the history says, back or forth.
    pub(super) fn travel(&mut self, way: fn(&mut History, Snapshot) -> Option<Snapshot>) {
        let (Some(now), glides, held) = (self.now(), self.glides(), self.is_held()) else { return };
        let Some(session) = &mut self.session else { return };
        let camera = session.scene.camera();
        let Some(to) = way(&mut session.history, now) else { return };
        self.glide = None;
        self.jobs.set_paused(held);
        let arrived = session.restore(&to, glides);
        if arrived.restored.is_some() && !arrived.placed {
            let end = session.scene.camera();
            session.scene.apply(Action::SetCamera(camera));
            self.glide_to(end);
        }
        self.on_arrived(arrived);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, reason = "a failed test panics")]
    use super::*;
    use crate::scene::camera::Viewport;
    use crate::scene::{Scene, Settings};

    fn pinned(row: u32) -> Snapshot {
        let scene = Scene::new(1000, 1000, Settings::default(), Viewport::new(100, 100, 1.0), None);
        let start = scene.map(|scene| scene.snapshot());
        start.map_or_else(|error| panic!("{error}"), |start| Snapshot { pin: Some(row), ..start })
    }

    /// Looks at one row after the other, a step each.
    fn stepped(rows: impl Iterator<Item = u32>) -> History {
        let mut history = History::default();
        rows.for_each(|row| history.begin(Deed::Single, Instant::now(), || pinned(row)));
        history
    }

    #[test]
    fn steps_are_taken_back_and_up_again_until_something_else_is_done() {
        let mut history = stepped(0..3);
        assert!(history.can_undo(&pinned(3)) && !history.can_redo(&pinned(3)));
        assert_eq!(history.undo(pinned(3)), Some(pinned(2)));
        assert_eq!(history.undo(pinned(2)), Some(pinned(1)));
        assert_eq!(history.redo(pinned(1)), Some(pinned(2)));
        assert_eq!(history.redo(pinned(2)), Some(pinned(3)));
        assert_eq!(history.redo(pinned(3)), None);
        assert_eq!(history.undo(pinned(3)), Some(pinned(2)));
        assert!(history.can_redo(&pinned(2)) && !history.can_redo(&pinned(9)));
        assert_eq!(history.redo(pinned(9)), None, "something else was done");
        assert_eq!(history.undo(pinned(9)), Some(pinned(2)));
    }

    #[test]
    fn a_turning_wheel_is_one_step_and_a_pause_begins_another() {
        let mut history = History::default();
        let start = Instant::now();
        let mut at = |ms: u64, row| history.begin(Deed::Zoom, start + Duration::from_millis(ms), || pinned(row));
        at(0, 0);
        at(500, 1);
        at(1000, 2);
        at(1700, 3);
        assert_eq!(history.undo(pinned(4)), Some(pinned(3)));
        assert_eq!(history.undo(pinned(3)), Some(pinned(0)));
        assert_eq!(history.undo(pinned(0)), None);
    }

    #[test]
    fn what_changes_by_itself_is_no_step() {
        let mut history = stepped(0..3);
        assert_eq!(history.undo(pinned(3)), Some(pinned(2)));
        // The window is resized, then the desktop turns to night.
        let resized = Snapshot { zoom: 1.25, ..pinned(2) };
        history.follow(&pinned(2), resized.clone());
        assert!(history.can_redo(&resized));
        history.set_theme(Theme::Night);
        let at_night = |snapshot: Snapshot| Snapshot { theme: Theme::Night, ..snapshot };
        assert!(history.can_redo(&at_night(resized.clone())));
        assert_eq!(history.undo(at_night(resized.clone())), Some(at_night(pinned(1))));
        assert_eq!(history.redo(at_night(pinned(1))), Some(at_night(resized.clone())));
        assert_eq!(history.redo(at_night(resized)), Some(at_night(pinned(3))));
    }

    #[test]
    fn so_many_steps_are_kept_and_no_more() {
        let mut history = stepped(0..500);
        let mut at = pinned(500);
        let mut steps = 0;
        while let Some(back) = history.undo(at.clone()) {
            at = back;
            steps += 1;
        }
        assert_eq!((steps, at.pin), (MOST, Some(400)));
    }
}
