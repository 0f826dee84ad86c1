//! A player in the user's place: told what each frame showed, it says what happens next (the bench's scripted use).

use super::Wake;
use super::pointer::NEXT_NOTCH;
use super::state::App;
use crate::scene::Action;
use crate::scene::camera::{Bounds, Camera, Viewport};
use crate::scene::layout::LayoutKind;
use glam::DVec2;
use std::time::{Duration, Instant};
use winit::event_loop::ActiveEventLoop;

/// What has just been presented, or that a rest is over.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// When.
    pub at: Instant,
    /// A rest is over; no frame was presented.
    pub rested: bool,
    /// Drawings in the set; 0 while nothing is open.
    pub rows: u32,
    /// Drawings on the GPU.
    pub rows_loaded: u32,
    /// No more records are being read, and the layout that waited for them is there.
    pub records_done: bool,
    /// Where the drawings are, and what they are seen through.
    pub world: Option<(Bounds, Viewport)>,
    /// The frame showed the answer to where the pointer was; so it is where nothing was asked.
    pub answered: bool,
    /// The scatter was drawn anew.
    pub redrawn: bool,
    /// The picture is exact; else it is being refined.
    pub exact: bool,
    /// What other zooms of the layout need has been drawn out of sight.
    pub warmed_up: bool,
}

/// What to do next. All but [`Move::Wait`] and [`Move::Quit`] bring another turn.
#[derive(Clone, Copy, Debug)]
pub enum Move {
    /// Nothing; the next turn is that of the next frame.
    Wait,
    /// Draw another frame.
    Draw,
    /// Move the camera.
    Camera(Camera),
    /// Move the pointer to a pixel of the scatter viewport.
    Point([i32; 2]),
    /// Show another layout.
    Layout(LayoutKind),
    /// Ask for another layout, and go on with this one until it is there.
    Begin(LayoutKind),
    /// Do nothing for so long.
    Rest(Duration),
    /// Close the window.
    Quit,
}

/// Plays a user.
pub trait Player {
    /// The next move, after a frame or a rest.
    fn next(&mut self, seen: &Seen) -> Move;
}

impl App {
    /// Gives the player its turn; `redrawn` tells of the frame just presented, and is `None` after a rest.
    pub(super) fn play(&mut self, redrawn: Option<bool>, event_loop: &ActiveEventLoop) {
        let Some(mut player) = self.player.take() else { return };
        let next = player.next(&self.seen(redrawn));
        self.player = Some(player);
        match next {
            Move::Wait => {}
            Move::Draw => self.redraw(),
            Move::Camera(camera) => {
                self.glide = None;
                // As where a hand moves it, jobs leave it the cores.
                self.zoomed_until = Some(Instant::now() + NEXT_NOTCH);
                if let Some(session) = &mut self.session {
                    session.scene.apply(Action::SetCamera(camera));
                }
                self.redraw();
            }
            Move::Point(px) => {
                let corner = DVec2::new(self.scatter_rect.left.into(), self.scatter_rect.top.into());
                self.on_move(corner + DVec2::from(px.map(f64::from)));
            }
            Move::Layout(kind) => {
                // What is measured is the layout, not the way there.
                self.set_layout(kind, None, false);
                self.await_layout();
                self.redraw();
            }
            Move::Begin(kind) => {
                self.set_layout(kind, None, false);
                self.redraw();
            }
            Move::Rest(length) => self.rest(length),
            Move::Quit => event_loop.exit(),
        }
    }

    fn seen(&self, redrawn: Option<bool>) -> Seen {
        let question = self.question();
        let session = self.session.as_ref();
        Seen {
            at: Instant::now(),
            rested: redrawn.is_none(),
            rows: session.map_or(0, |session| session.scene.rows()),
            rows_loaded: session.map_or(0, |session| session.scene.rows_ready()),
            records_done: session.is_some_and(|session| {
                (session.records.is_none() || session.columns.is_finished()) && session.arranging().is_none()
            }),
            world: session.map(|session| (session.scene.placed().layout.bounds, session.scene.viewport())),
            answered: question
                .is_none_or(|question| session.is_some_and(|session| session.hover.is_answered(&question))),
            redrawn: redrawn.unwrap_or_default(),
            exact: session.is_none_or(|session| !session.driver.is_refining()),
            warmed_up: session.is_some_and(|session| !session.warm_up.is_due(&session.scene)),
        }
    }

    /// Sleeps on a thread of its own, so that the event loop rests as it does when nobody touches anything.
    fn rest(&mut self, length: Duration) {
        let proxy = self.proxy.clone();
        let work = move || {
            std::thread::sleep(length);
            let _ = proxy.send_event(Wake::Rested);
        };
        if let Err(error) = std::thread::Builder::new().name("rest".to_owned()).spawn(work) {
            self.complain(&format!("no thread to rest with: {error}"));
        }
    }
}
