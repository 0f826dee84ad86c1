//! winit's events, handed on to what they concern.

use super::Wake;
use super::dialog::Dialog;
use super::session::Session;
use super::shell::Shell;
use super::state::App;
use super::ui::UiAction;
use std::time::{Duration, Instant};
use winit::application::ApplicationHandler;
use winit::event::{DeviceEvent, DeviceId, ElementState, MouseButton, StartCause, WindowEvent};
use winit::event_loop::{ActiveEventLoop, ControlFlow};
use winit::window::WindowId;

impl ApplicationHandler<Wake> for App {
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        if self.shell.is_some() {
            return;
        }
        match Shell::new(event_loop, &self.args, self.screen, self.proxy.clone()) {
            Ok(shell) => {
                self.shell = Some(shell);
                self.hold_scale();
            }
            Err(error) => {
                self.error = Some(error);
                event_loop.exit();
                return;
            }
        }
        let files = self.args.inputs.clone();
        if files.is_empty() {
            self.redraw();
        } else {
            self.open(&files);
        }
    }

    fn new_events(&mut self, _event_loop: &ActiveEventLoop, cause: StartCause) {
        if !matches!(cause, StartCause::ResumeTimeReached { .. }) {
            return;
        }
        let now = Instant::now();
        let due = |at: &mut Option<Instant>| at.take_if(|at| *at <= now).is_some();
        // All are looked at: each has its own time.
        if due(&mut self.wake_at) | due(&mut self.progress_at) | due(&mut self.exact_at) {
            self.redraw();
        }
        if self.session.as_mut().and_then(Session::arranging_due).is_some_and(due) {
            self.redraw();
        }
        if due(&mut self.warm_up_at) {
            self.warm_up();
        }
        // What waited for the hand goes on before the loop sleeps again.
        due(&mut self.zoomed_until);
        if due(self.chooser.due()) {
            self.dialog_is_slow();
        }
    }

    fn user_event(&mut self, event_loop: &ActiveEventLoop, wake: Wake) {
        match wake {
            Wake::Loaded => self.has_arrivals = true,
            Wake::Job => self.on_job(),
            Wake::GpuDone => {
                self.rest_asked = false;
                if self.session.as_mut().is_some_and(Session::collect) && self.answer_is_news() {
                    self.redraw();
                }
                if let Some(session) = &mut self.session {
                    session.warm_up.set_landed();
                }
                self.warm_up();
            }
            Wake::GpuLost => {
                // Word of a device that has been replaced already is no news.
                if self.shell.as_ref().is_some_and(|shell| shell.gpu.is_lost()) {
                    self.redraw();
                }
            }
            Wake::Opened => self.take_opened(),
            Wake::Tagged => self.on_tagged(),
            Wake::Chosen(chosen) => self.on_chosen(chosen),
            Wake::Rested => self.play(None, event_loop),
            Wake::Saved(Ok(path)) => {
                self.tell(format!("saved {}", path.display()));
                self.redraw();
            }
            Wake::Saved(Err(error)) => {
                self.complain(&error);
                self.redraw();
            }
            Wake::Desktop(preferences) => {
                self.desktop = preferences;
                self.follow_theme();
                self.redraw();
            }
            Wake::Accessibility(event) => {
                if let Some(shell) = &mut self.shell {
                    shell.gui.on_accessibility(event);
                }
                self.redraw();
            }
        }
    }

    fn window_event(&mut self, event_loop: &ActiveEventLoop, _id: WindowId, event: WindowEvent) {
        let key = match &event {
            WindowEvent::KeyboardInput { event, .. } if event.state == ElementState::Pressed => Some(event.clone()),
            _ => None,
        };
        // A card may answer a key by opening another one.
        for _ in 0..2 {
            if key.is_some() && self.dialog_unsettled {
                self.draw(event_loop);
            }
        }
        let by_hand = matches!(
            event,
            WindowEvent::CursorMoved { .. }
                | WindowEvent::MouseInput { .. }
                | WindowEvent::MouseWheel { .. }
                | WindowEvent::KeyboardInput { .. }
        );
        if let Some(session) = self.session.as_mut().filter(|_| by_hand) {
            session.warm_up.wake();
        }
        let Some(shell) = &mut self.shell else { return };
        let (consumed, repaint) = shell.gui.on_event(&shell.window, &event);
        if repaint && !matches!(event, WindowEvent::RedrawRequested | WindowEvent::CursorMoved { .. }) {
            self.redraw();
        }
        if let Some(key) = key {
            self.take_key(&key);
        }
        match event {
            WindowEvent::CloseRequested => event_loop.exit(),
            WindowEvent::RedrawRequested => {
                self.redraw_asked.set(false);
                self.draw(event_loop);
            }
            WindowEvent::Resized(size) => {
                if let Some(shell) = &mut self.shell {
                    shell.surface.resize(&shell.gpu, [size.width, size.height]);
                }
                self.redraw();
            }
            WindowEvent::ScaleFactorChanged { .. } => {
                // Under Wayland a window learns its scale only when it is on a screen.
                self.hold_scale();
                self.redraw();
            }
            WindowEvent::ThemeChanged(_) | WindowEvent::Focused(_) => {
                self.follow_theme();
                self.redraw();
            }
            WindowEvent::ModifiersChanged(modifiers) => {
                self.modifiers = modifiers.state();
                self.hold_loupe();
            }
            WindowEvent::Touch(touch) => self.on_touch(&touch),
            // Under X11 the first finger moves the pointer, too.
            WindowEvent::CursorMoved { position, .. } if !self.fingers.are_down() => {
                self.on_move(glam::DVec2::new(position.x, position.y));
            }
            WindowEvent::CursorLeft { .. } => self.on_leave(),
            WindowEvent::MouseInput { state, button: MouseButton::Left, .. } => match state {
                ElementState::Pressed if !self.over_panel => self.on_press(),
                ElementState::Pressed => {}
                ElementState::Released => self.on_release(),
            },
            WindowEvent::MouseWheel { delta, .. } if !self.over_panel => self.on_wheel(delta),
            WindowEvent::PinchGesture { delta, .. } if !consumed => self.on_pinch(delta),
            // What was drawn meanwhile was not shown.
            WindowEvent::Occluded(false) => self.redraw(),
            WindowEvent::DroppedFile(path) => self.dropped.push(path.into()),
            _ => {}
        }
    }

    fn device_event(&mut self, _event_loop: &ActiveEventLoop, _id: DeviceId, event: DeviceEvent) {
        // X servers without smooth scrolling (Xvfb, VNC) report a wheel as buttons 4 to 7, and winit 0.30 makes a scroll
        // of the press and another of the release: the raw event tells them apart.
        if let DeviceEvent::Button { button: 4..=7, state } = event {
            self.wheel_released = state == ElementState::Released;
        }
    }

    fn about_to_wait(&mut self, event_loop: &ActiveEventLoop) {
        // Files that are dropped together arrive one by one: they are opened together.
        if !self.dropped.is_empty() {
            let dropped = std::mem::take(&mut self.dropped);
            self.open(&dropped);
        }
        if std::mem::take(&mut self.has_arrivals) {
            self.take_in();
        }
        self.pause_jobs();
        let arranging = self.session.as_mut().and_then(Session::arranging_due).and_then(|due| *due);
        let tags = self.keep_tags();
        let timers = [self.wake_at, self.progress_at, self.exact_at, self.warm_up_at, self.zoomed_until];
        let arrivals = self.has_arrivals.then(Instant::now);
        let next = timers.into_iter().chain([arranging, tags, *self.chooser.due(), arrivals]);
        let next = next.flatten().min();
        self.tell_of_rest();
        event_loop.set_control_flow(next.map_or(ControlFlow::Wait, ControlFlow::WaitUntil));
    }
}

impl App {
    /// Makes ready what other zooms will need, a step at a time, while nobody is busy.
    pub(super) fn warm_up(&mut self) {
        let now = Instant::now();
        let busy = self.press.is_some() || self.is_gliding();
        let Some(session) = &mut self.session else { return };
        let moved_at = if busy { Some(now) } else { session.driver.moved_at() };
        self.warm_up_at = session.take_warm_up_step(moved_at, now);
    }

    /// The theme may have changed with the system's.
    fn follow_theme(&mut self) {
        let theme = self.theme();
        if let Some(session) = &mut self.session
            && session.scene.apply(crate::scene::Action::SetTheme(theme))
        {
            session.history.set_theme(theme);
        }
    }

    /// Remembers when egui wants to be drawn again.
    pub(super) fn wake_after(&mut self, delay: Duration) {
        if delay.is_zero() {
            self.redraw();
        } else if let Some(at) = Instant::now().checked_add(delay).filter(|_| delay < Duration::from_hours(1)) {
            self.wake_at = Some(self.wake_at.map_or(at, |earlier| earlier.min(at)));
        }
    }

    /// Does what the panels asked for.
    pub(super) fn on_actions(&mut self, actions: Vec<UiAction>) {
        let any = !actions.is_empty();
        let before = self.dialog.clone();
        for action in actions {
            self.on_action(action);
        }
        if let Some(shell) = self.shell.as_mut().filter(|_| self.dialog == Dialog::None) {
            shell.gui.close_dialog();
        }
        if self.dialog != before {
            self.keyboard_taken = self.dialog != Dialog::None;
            self.dialog_unsettled = self.keyboard_taken;
        }
        if any {
            self.redraw();
        }
    }
}
