//! The selected drawings, drawn at once: read from their records by a job, played by one clock.

#[cfg(test)]
mod tests;

use super::{Clock, PlayWish};
use crate::app::dialog::Dialog;
use crate::app::session::StrokeReader;
use crate::app::state::App;
use crate::app::ui::{self, Playing, TogetherModel, UiModel};
use crate::data::Row;
use crate::data::dataset::Dataset;
use crate::data::strokes::Written;
use crate::jobs::{Job, JobContext, JobError, JobNews, Jobs};
use crate::scene::palette::{Colormap, Theme, color};
use crate::share::{InStep, usual_columns};
use egui::{Color32, ColorImage};
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Instant;

/// Drawings at most: so many cells of the published bitmaps' size fit in a window.
const MOST: usize = 400;
/// Points of all of them at most, which bounds what they take of memory to about 50 MiB: later ones stay away.
const MOST_POINTS: usize = 1_600_000;
/// Pixels a side of a cell at most.
const MOST_SIDE: u32 = 160;
/// Records that are read between two news of them.
const AT_ONCE: usize = 16;

/// The strokes of a row, or why there are none.
type Read = (u32, Result<Written, String>);

/// The first of the selected drawings, as far as they have been read.
#[derive(Debug)]
pub struct Together {
    dataset: Arc<Dataset>,
    /// How many are selected, and which of them are shown.
    selected: u32,
    rows: Vec<u32>,
    grid: InStep,
    without: Vec<(u32, String)>,
    job: Option<Job<Vec<Read>, Infallible>>,
    clock: Clock,
    /// The picture, and of what it is: the moment, how many had come, in which colours.
    picture: Arc<ColorImage>,
    of: Option<(f64, usize, Theme, Colormap)>,
}

/// The same, as the state log has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TogetherLine {
    /// How many are shown, how many of these have been read, and how many have no strokes.
    pub counts: [usize; 3],
    /// All have been read.
    pub is_read: bool,
    /// How far they have been played, and how long they play, milliseconds.
    pub played_ms: [f64; 2],
    /// They are being played.
    pub plays: bool,
    /// Width and height of the picture.
    pub size_px: [usize; 2],
    /// Pixels of it that are not paper.
    pub inked: usize,
}

impl Together {
    fn new(jobs: &Jobs, dataset: &Arc<Dataset>, reader: StrokeReader, selected: u32, rows: Vec<u32>) -> Self {
        let wanted = rows.clone();
        let job = jobs.start("drawings played at once", move |context| read(context, reader, &wanted));
        Self {
            dataset: Arc::clone(dataset),
            selected,
            grid: InStep::new(rows.len(), usual_columns(rows.len()), 0),
            rows,
            without: Vec::new(),
            job: Some(job),
            clock: Clock::default(),
            picture: Arc::default(),
            of: None,
        }
    }

    /// Takes in what has been read; they begin to be drawn when all are there. Answers whether there is anything new.
    fn take(&mut self, now: Instant) -> bool {
        let mut is_new = false;
        while let Some(news) = self.job.as_ref().and_then(Job::poll) {
            is_new = true;
            match news {
                JobNews::Published(read) => read.into_iter().for_each(|read| self.push(read)),
                JobNews::Ended(ended) => {
                    self.job = None;
                    let [come, _] = self.grid.counts();
                    // Nothing is left out silently, whatever ended it.
                    let why = match ended {
                        Ok(()) => format!("all before it have more than {MOST_POINTS} points"),
                        Err(error) => error.to_string(),
                    };
                    for row in self.rows.split_off(come) {
                        self.rows.push(row);
                        self.push((row, Err(why.clone())));
                    }
                    self.clock.toggle(self.grid.length_ms(), now);
                }
            }
        }
        is_new
    }

    /// Whether they are being read.
    pub fn is_busy(&self) -> bool {
        self.job.is_some()
    }

    fn push(&mut self, (row, read): Read) {
        match read {
            Ok(written) => self.grid.push(Some(written)),
            Err(why) => {
                self.grid.push(None);
                self.without.push((row, why));
            }
        }
    }

    /// Does what was asked for, once all are there.
    fn play(&mut self, wish: PlayWish, now: Instant) {
        if self.job.is_some() {
            return;
        }
        match wish {
            PlayWish::Toggle => self.clock.toggle(self.grid.length_ms(), now),
            PlayWish::Seek(ms) => self.clock.seek(ms),
            PlayWish::Loop(loops) => self.clock.loops = loops,
        }
    }

    /// Takes the clock on, and draws the picture where that shows something else: in room of so many pixels, if that is enough.
    fn follow(&mut self, room_px: [f32; 2], theme: Theme, colormap: Colormap, now: Instant) {
        let (length, [come, _]) = (self.grid.length_ms(), self.grid.counts());
        self.clock.go_on(length, now);
        let [columns, lines] = self.grid.grid().map(|count| count as f32);
        self.grid.set_side(((room_px[0] / columns).min(room_px[1] / lines).max(0.0) as u32).min(MOST_SIDE));
        // While they are read, they are whole.
        let at_ms = if self.job.is_some() { length } else { self.clock.at_ms().min(length) };
        let (of, size) = (Some((at_ms, come, theme, colormap)), self.grid.size_px());
        if self.of == of && self.picture.size == size {
            return;
        }
        let colors: Vec<Color32> = (0..=u8::MAX)
            .map(|ink| color(colormap, theme, f32::from(ink) / 255.0))
            .map(|[red, green, blue]| Color32::from_rgb(red, green, blue))
            .collect();
        let inks = self.grid.picture(at_ms).iter();
        let pixels = inks.map(|&ink| colors.get(usize::from(ink)).copied().unwrap_or_default()).collect();
        (self.picture, self.of) = (Arc::new(ColorImage::new(size, pixels)), of);
    }

    fn model(&self) -> TogetherModel<'_> {
        let length_ms = self.grid.length_ms();
        TogetherModel {
            selected: self.selected,
            shown: self.rows.len(),
            read: self.job.is_some().then_some(self.grid.counts()[0]),
            without: &self.without,
            playing: Playing {
                at_ms: self.clock.at_ms().min(length_ms),
                length_ms,
                plays: self.clock.is_playing(),
                loops: self.clock.loops,
            },
            picture: Some(&self.picture),
        }
    }

    /// The same for the state log.
    pub fn in_log(&self) -> TogetherLine {
        let (playing, paper) = (self.model().playing, self.picture.pixels.first());
        TogetherLine {
            counts: [self.rows.len(), self.grid.counts()[0], self.without.len()],
            is_read: self.job.is_none(),
            played_ms: [playing.at_ms, playing.length_ms],
            plays: playing.plays,
            size_px: self.picture.size,
            inked: self.picture.pixels.iter().filter(|&pixel| Some(pixel) != paper).count(),
        }
    }
}

/// Reads the strokes of rows, in order, as long as there is room for their points.
fn read(
    context: &JobContext<Vec<Read>, Infallible>,
    mut reader: StrokeReader,
    rows: &[u32],
) -> Result<(), JobError<Infallible>> {
    let mut points = 0;
    for rows in rows.chunks(AT_ONCE) {
        context.check()?;
        let mut read = Vec::new();
        for &row in rows {
            if points > MOST_POINTS {
                break;
            }
            let strokes = reader.drawing(Row(row)).map(Written::of);
            points += strokes.iter().flat_map(Written::strokes).map(|(points, _)| points.len()).sum::<usize>();
            read.push((row, strokes));
        }
        if read.is_empty() {
            break;
        }
        context.publish(read)?;
    }
    Ok(())
}

impl App {
    /// Shows the selected drawings, drawn at once, or closes that.
    pub(super) fn open_together(&mut self) {
        let Some(session) = self.session.as_ref().filter(|session| session.can_replay_selection()) else { return };
        let selection = session.scene.selection();
        let rows: Vec<u32> = selection.rows().take(MOST).collect();
        let (reader, count) = (session.stroke_reader(), selection.count());
        self.hand.together = Some(Box::new(Together::new(&self.jobs, &session.dataset, reader, count, rows)));
        self.dialog = Dialog::Together;
    }

    pub(super) fn play_together(&mut self, wish: PlayWish) {
        if let Some(together) = &mut self.hand.together {
            together.play(wish, Instant::now());
        }
    }

    /// Takes in what has been read of them; answers whether there is anything new.
    pub(in crate::app) fn take_together(&mut self) -> bool {
        self.hand.together.as_mut().is_some_and(|together| together.take(Instant::now()))
    }

    /// Goes on with playing them, as long as they are shown and of the open set.
    pub(in crate::app) fn follow_together(&mut self) {
        if self.hand.together.is_none() {
            return;
        }
        let (theme, scale) = (self.theme(), self.scale() as f32);
        let window = self.shell.as_ref().map_or([0; 2], |shell| shell.surface.size_px());
        let session = self.session.as_ref();
        let is_open = self.dialog == Dialog::Together;
        let of = session.map(|session| (&session.dataset, session.scene.colormap()));
        let of = of.zip(self.hand.together.as_mut()).filter(|((dataset, _), of)| Arc::ptr_eq(dataset, &of.dataset));
        if let Some(((_, colormap), together)) = of.filter(|_| is_open) {
            let room = ui::room_together(window.map(|side| side as f32 / scale)).map(|side| side * scale);
            together.follow(room, theme, colormap, Instant::now());
            return;
        }
        self.hand.together = None;
        if is_open {
            self.dialog = Dialog::None;
        }
    }

    /// Adds what is shown of many hands.
    pub(in crate::app) fn add_hands<'a>(&'a self, model: &mut UiModel<'a>) {
        model.by_stroke = self.by_stroke_model();
        if let (ui::Dialog::Together(shown), Some(together)) = (&mut model.dialog, &self.hand.together) {
            *shown = together.model();
        }
    }
}
