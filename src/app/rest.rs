//! When the window has come to rest, so that nothing happens until something comes from outside: said in the state log, since no
//! frame tells it.

use super::session::Session;
use super::state::App;

impl App {
    /// Whether nothing is due: no frame, no load, no step of a glide or a warm-up, no answer, no export.
    fn nothing_is_due(&self) -> bool {
        let times = [self.wake_at, self.progress_at, self.exact_at, self.warm_up_at];
        let lost = self.shell.as_ref().is_some_and(|shell| shell.gpu.is_lost());
        !self.redraw_asked.get()
            && !lost
            && times.iter().all(Option::is_none)
            && !self.is_gliding()
            && self.exporting.is_none()
            && !self.hand.is_busy()
            && self.session.as_ref().is_none_or(Session::is_settled)
    }

    /// Before the event loop sleeps: says so when all that was going on has ended.
    pub(super) fn tell_of_rest(&mut self) {
        if self.log.is_none() || self.serial == 0 {
            return;
        }
        if !self.nothing_is_due() {
            self.rests = None;
            return;
        }
        if self.rests == Some(self.serial) {
            return;
        }
        if let Some(session) = &self.session
            && !session.waiter.is_idle()
        {
            // Nobody is woken when a frame is finished: here somebody wants to be.
            if !std::mem::replace(&mut self.rest_asked, true) {
                session.waiter.watch(session.renderer.gpu().queue.submit([]));
            }
            return;
        }
        self.rests = Some(self.serial);
        if let Some(log) = &mut self.log {
            log.write_rest(self.serial);
        }
    }
}
