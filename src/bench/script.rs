//! The player of the measured window: phases one after the other, a sample for each thing that a user would wait for.

use super::figure::Figure;
use super::paths::{self, World};
use super::phase::{Phase, Record, Sample};
use crate::app::play::{Move, Player, Seen};
use crate::scene::camera::Camera;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a measured rest is.
const REST: Duration = Duration::from_secs(2);
/// Rests that a window may take to come to rest.
const RESTLESS: u32 = 20;
/// How long a rest is in which other zooms are warmed up, and how many of them there may be.
const WARM_UP: Duration = Duration::from_millis(200);
const PATIENCE: u32 = 100;
/// Frames of the tour between two stops.
const STOP_FRAMES: u32 = 37;

/// Plays phases.
pub struct Script {
    phases: std::vec::IntoIter<Phase>,
    now: Phase,
    /// Moves made in the phase.
    step: u32,
    /// When the last one was made.
    asked: Option<Instant>,
    /// When the phase began.
    begun: Instant,
    /// When what the next frame shows began: the move that asked for it, or the frame before it.
    frame_begun: Instant,
    start: Instant,
    cpu_before: Option<f64>,
    frames_in_rest: u32,
    restless: u32,
    record: Arc<Mutex<Record>>,
}

impl Script {
    /// A script whose process was started `late` ago.
    pub fn new(phases: Vec<Phase>, late: Duration, record: Arc<Mutex<Record>>) -> Self {
        let mut phases = phases.into_iter();
        let now = phases.next().unwrap_or(Phase::Load);
        let instant = Instant::now();
        let start = instant.checked_sub(late).unwrap_or(instant);
        Self {
            phases,
            now,
            step: 0,
            asked: None,
            begun: instant,
            frame_begun: instant,
            start,
            cpu_before: None,
            frames_in_rest: 0,
            restless: 0,
            record,
        }
    }

    fn record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a sample.
    fn note(&self, figure: Figure, case: &str, aside: bool, value: f64, seen: &Seen) {
        let mut record = self.record();
        record.note(figure, case, value);
        if let Some(measured) = record.measured.iter_mut().find(|known| known.is(figure, case)) {
            measured.aside = aside;
            measured.refining += u32::from(!seen.exact && figure != Figure::Settle);
        }
    }

    /// The time since the last move, ms.
    fn waited(&self, seen: &Seen) -> Option<f64> {
        self.asked.map(|asked| seen.at.saturating_duration_since(asked).as_secs_f64() * 1e3)
    }

    /// Makes a move that is waited for.
    fn ask(&mut self, next: Move) -> Move {
        self.step += 1;
        self.asked = Some(Instant::now());
        next
    }

    /// A move of the phase in force; `None` when it is over.
    fn turn(&mut self, phase: Phase, seen: &Seen) -> Option<Move> {
        let world = seen.world.map(|(bounds, viewport)| World { bounds, viewport, rows: seen.rows, crowd: None })?;
        match phase {
            Phase::Timed { seconds, inner } => {
                let next = self.turn(*inner, seen);
                next.filter(|_| self.begun.elapsed().as_secs_f64() < seconds)
            }
            Phase::Load => self.load(seen),
            Phase::Layout(kind) => match self.step {
                0 => Some(self.ask(Move::Layout(kind))),
                // What its zooms need is drawn before anything moves, as while a user looks at it.
                1..=PATIENCE if !seen.warmed_up => Some(self.ask(Move::Rest(WARM_UP))),
                _ => None,
            },
            Phase::Begin(kind) => (self.step == 0).then(|| self.ask(Move::Begin(kind))),
            Phase::Frames { figure, case, count } => {
                if let Some(ms) = self.waited(seen) {
                    self.note(figure, &case, false, ms, seen);
                }
                let at = self.step;
                (at < count).then(|| self.ask(Move::Camera(place(&world, figure, at))))
            }
            Phase::Stops { case, count } => self.stop(seen, &world, &case, count),
            Phase::Hover { case, count, moving } => self.hover(seen, &world, &case, count, moving),
            Phase::Rests { count } => self.rest(seen, count),
        }
    }

    fn load(&mut self, seen: &Seen) -> Option<Move> {
        let ms = seen.at.saturating_duration_since(self.start).as_secs_f64() * 1e3;
        if seen.rows_loaded > 0 && self.step == 0 {
            self.step = 1;
            self.note(Figure::FirstPicture, "", false, ms, seen);
        }
        if seen.rows_loaded == seen.rows && self.step == 1 {
            self.step = 2;
            self.note(Figure::Complete, "", false, ms, seen);
        }
        // The load's last piece brings a frame.
        (self.step < 2 || !seen.records_done).then_some(Move::Wait)
    }

    /// Three frames of the tour, then the one whose picture must become exact.
    fn stop(&mut self, seen: &Seen, world: &World, case: &str, count: u32) -> Option<Move> {
        let (stop, of_stop) = (self.step / 4, self.step % 4);
        if of_stop == 0 && self.step > 0 {
            if !seen.exact {
                return Some(Move::Draw);
            }
            if let Some(ms) = self.waited(seen) {
                self.note(Figure::Settle, case, false, ms, seen);
            }
        }
        let at = (stop + 1) * STOP_FRAMES + of_stop;
        (stop < count).then(|| self.ask(Move::Camera(paths::tour(world, at))))
    }

    fn hover(&mut self, seen: &Seen, world: &World, case: &str, count: u32, moving: bool) -> Option<Move> {
        if let Some(ms) = self.waited(seen) {
            if !seen.answered {
                return Some(Move::Wait);
            }
            self.note(Figure::HoverFrame, case, moving, ms, seen);
        }
        let at = self.step;
        let next = if moving {
            Move::Camera(paths::tour(world, at))
        } else {
            Move::Point(paths::pointer(&world.viewport, at))
        };
        (at < count).then(|| self.ask(next))
    }

    /// Rests until nothing is drawn any more, then as often as is measured.
    fn rest(&mut self, seen: &Seen, count: u32) -> Option<Move> {
        if !seen.rested && self.asked.is_some() {
            self.frames_in_rest += 1;
            return Some(Move::Wait);
        }
        let calm = self.frames_in_rest == 0;
        if let Some(before) = self.asked.filter(|_| self.step > 0) {
            self.note(Figure::IdleFrames, "", false, f64::from(self.frames_in_rest), seen);
            if let (Some(cpu), Some(cpu_before)) = (cpu_seconds(), self.cpu_before) {
                let part = (cpu - cpu_before).max(0.0) / before.elapsed().as_secs_f64();
                self.note(Figure::IdleCpu, "", false, part * 100.0, seen);
            }
        } else if self.asked.is_some() && !calm && self.restless < RESTLESS {
            // It still comes to rest: not counted yet.
            self.restless += 1;
            return Some(self.fall_asleep());
        }
        if self.asked.is_some() {
            self.step += 1;
        }
        (self.step <= count).then(|| self.fall_asleep())
    }

    fn fall_asleep(&mut self) -> Move {
        self.frames_in_rest = 0;
        self.cpu_before = cpu_seconds();
        self.asked = Some(Instant::now());
        Move::Rest(REST)
    }
}

impl Player for Script {
    fn next(&mut self, seen: &Seen) -> Move {
        if seen.world.is_none() {
            return Move::Wait;
        }
        if !seen.rested {
            let ms = seen.at.saturating_duration_since(self.frame_begun).as_secs_f64() * 1e3;
            let at_s = seen.at.saturating_duration_since(self.start).as_secs_f64();
            self.record().trace.push(Sample { at_s, ms, phase: self.now.name() });
        }
        let next = self.choose(seen);
        self.frame_begun = Instant::now();
        next
    }
}

impl Script {
    fn choose(&mut self, seen: &Seen) -> Move {
        loop {
            if let Some(next) = self.turn(self.now.clone(), seen) {
                return next;
            }
            (self.step, self.asked, self.begun) = (0, None, Instant::now());
            let Some(phase) = self.phases.next() else {
                self.record().finished = true;
                return Move::Quit;
            };
            self.now = phase;
        }
    }
}

/// Where the camera is at a step of a figure's path.
fn place(world: &World, figure: Figure, i: u32) -> Camera {
    match figure {
        Figure::OverviewDots | Figure::OverviewThumbnails | Figure::Overview27997 => paths::overview(world, i),
        _ => figure
            .visible_part()
            .map_or_else(|| paths::tour(world, i), |part| paths::pan(world, part, paths::PAN_PX, i)),
    }
}

/// Processor time that all threads of this process have taken, seconds; `None` where the system does not say.
fn cpu_seconds() -> Option<f64> {
    let threads = std::fs::read_dir("/proc/self/task").ok()?;
    let of_thread = |thread: std::fs::DirEntry| {
        // Nanoseconds on a processor come first; a thread that has just ended takes no more.
        let text = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<u64>().ok()
    };
    let nanos: u64 = threads.filter_map(Result::ok).filter_map(of_thread).sum();
    (nanos > 0).then_some(nanos as f64 / 1e9)
}
