//! Random use, for as long as is wanted: gestures, and files good and bad; every hover is judged, memory and handles are watched.
//!
//! `INKFIELD_SOAK_MINUTES` says how long (without it: one round), `INKFIELD_SOAK_SEED` which gestures, `INKFIELD_SOAK_OUT` the
//! folder for figures. `scripts/soak.sh` sets them.

#[path = "soak/first_uses.rs"]
mod first_uses;
#[path = "soak/hand.rs"]
mod hand;
#[path = "soak/sets.rs"]
mod sets;
#[path = "soak/watch.rs"]
mod watch;

use super::driver::{Driver, Shown};
use super::hover::Noise;
use super::judge::Judge;
use super::patience::Patience;
use super::xvfb::DEADLINE;
use super::xvfb::keysym::{CONTROL, ENTER, ESCAPE};
use hand::Hand;
pub use sets::uri;
use sets::{Bad, Good, bad_sets, good_sets};
use std::collections::HashMap;
use std::time::Duration;
use watch::{Figures, Watch};

/// Size of the window in which memory is compared, pixels.
const REST_PX: [u32; 2] = [1000, 700];
/// From one look at the window to the next.
const LOOK: Duration = Duration::from_millis(20);

/// What is done and what was seen.
struct Soak {
    driver: Driver,
    hand: Hand,
    noise: Noise,
    sets: Vec<Good>,
    judges: HashMap<u32, Judge>,
    figures: Figures,
}

impl Soak {
    /// Judges what has been shown since, and forgets it.
    fn judge(&mut self) {
        self.driver.read();
        let newest = self.driver.frames.len() - 1;
        for frame in self.driver.frames.drain(..newest) {
            self.figures.frames += 1;
            let Some(row) = frame.hover_row else { continue };
            let Some(judge) = self.judges.get_mut(&frame.rows) else {
                self.figures
                    .wrong(format!("frame {} shows a set of {} rows that nobody opened", frame.serial, frame.rows));
                continue;
            };
            let truth = judge.row_under(&frame);
            if truth.is_none_or(|truth| truth < frame.rows_loaded) {
                self.figures.hovers += 1;
                if truth != Some(row) {
                    self.figures.stale += 1;
                    self.figures.wrong(format!("row {row} is shown, the oracle finds {truth:?}: {frame:?}"));
                }
            } else {
                // The best of all rows is not on the screen yet; the best of those that are only the GPU knows.
                self.figures.unjudged += 1;
            }
        }
    }

    /// A few gestures.
    fn play(&mut self, gestures: u32) {
        for _ in 0..gestures {
            self.hand.gesture(&mut self.driver);
            self.figures.gestures += 1;
            self.judge();
        }
        self.hand.let_go(&mut self.driver);
    }

    /// Opens a set by typing its name, or by dropping its files on the window.
    fn open(&mut self, input: &str) {
        let path = self.driver.path(input);
        if path.exists() && self.noise.below(2) == 0 {
            let [left, top] = self.driver.now().origin_px;
            let uris = sets::uri(&path.canonicalize().unwrap());
            self.driver.screen.drag(self.driver.window(), &uris, [left + 40, top + 40]).drop_here();
        } else {
            self.driver.screen.tap_with(CONTROL, 'o'.into());
            self.driver.wait("the card for a path", |frame| frame.dialog.as_deref() == Some("open"));
            self.driver.screen.write(input);
            self.driver.screen.tap(ENTER);
        }
    }

    fn open_good(&mut self, at: usize) {
        let Good { input, rows } = self.sets[at].clone();
        self.open(&input);
        self.figures.good += 1;
        // Now and then the next file comes while this one is read.
        if self.noise.below(4) == 0 {
            self.driver.wait("its first frame", |frame| frame.rows == rows);
        } else {
            self.driver.wait(&format!("all of {input}"), |frame| frame.rows == rows && frame.is_loaded());
        }
        self.judge();
    }

    fn open_bad(&mut self, bad: &Bad) {
        let rows = self.driver.now().rows;
        let before = self.driver.now().serial;
        self.open(bad.name);
        self.figures.bad += 1;
        // What was typed is told of in its field, what was dropped in a notice.
        let is_told = |frame: &Shown| {
            let last = frame.dialog_says.as_ref().or(frame.notices.last());
            frame.serial > before && last.is_some_and(|says| says.contains(bad.name))
        };
        let told = self.driver.wait(&format!("what is wrong with {}", bad.name), is_told).clone();
        if told.dialog.is_some() {
            self.driver.tap(ESCAPE, "no path field", |frame| frame.dialog.is_none());
        }
        assert_eq!(told.rows, rows, "a bad file takes nothing away");
        self.judge();
        Hand::close_notices(&mut self.driver);
    }

    /// Brings the window to a state that it has been in before, and takes its figures there.
    fn rest(&mut self) {
        self.hand.let_go(&mut self.driver);
        self.open_good(0);
        Hand::bring_home(&mut self.driver, REST_PX);
        let rows = self.driver.now().rows;
        self.driver.wait("all drawings and records", |frame| frame.is_loaded() && frame.records_loaded == rows);
        // It lives: the drawing in the middle is found.
        let middle = self.driver.now().middle_px();
        let frame = self.driver.move_to([middle.x as i32, middle.y as i32]);
        let truth = self.judges.get_mut(&rows).and_then(|judge| judge.row_under(&frame));
        self.driver.wait("the hover in the middle", |frame| truth.is_some() && frame.hover_row == truth);
        self.driver.point_away();
        self.driver.wait("no hover", |frame| frame.pointer.is_none() && frame.hover_row.is_none());
        let mut patience = Patience::default();
        while self.driver.rest.is_none() && patience.spent() < DEADLINE {
            std::thread::sleep(LOOK);
            self.driver.read();
        }
        if self.driver.rest.is_none() {
            self.figures.wrong(format!("the window never came to rest within {DEADLINE:?}"));
        }
        self.judge();
    }

    /// Looks around where the window has come to rest: whatever that needs has been made ready.
    fn look_around(&mut self) {
        let ready = self.driver.now().compiled_in_frames;
        for _ in 0..8 {
            self.hand.look_around(&mut self.driver);
            self.judge();
        }
        let compiled = self.driver.now().compiled_in_frames - ready;
        if compiled > 0 {
            self.figures.wrong(format!("{compiled} pipelines were compiled while somebody looked around"));
        }
    }

    /// Every set once, in another order each time, with a bad one after most of them.
    fn round(&mut self, bad: &[Bad], gestures: u32) {
        self.look_around();
        for _ in 0..self.sets.len() {
            let at = self.noise.below(self.sets.len() as u32) as usize;
            self.open_good(at);
            self.play(gestures);
            if !bad.is_empty() && self.noise.below(3) < 2 {
                let which = self.noise.below(bad.len() as u32) as usize;
                self.open_bad(&bad[which]);
                self.play(gestures / 4);
            }
        }
        self.rest();
    }
}

#[test]
fn soak_of_random_use_shows_no_wrong_hover_and_keeps_memory_and_handles() {
    let variable = |name: &str| std::env::var(name).ok();
    let minutes: Option<f64> = variable("INKFIELD_SOAK_MINUTES").map(|text| text.parse().unwrap());
    let seed: u64 = variable("INKFIELD_SOAK_SEED").map_or(1, |text| text.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let (sets, bad) = (good_sets(folder.path()), bad_sets(folder.path()));
    let inputs = [sets[0].input.as_str(), "--size", "700x500", "--motion", "full"];
    let judges = sets.iter().map(|set| (set.rows, Judge::new(&[set.path_in(folder.path())]))).collect();
    let Some(driver) = Driver::open_in(folder, &inputs) else { return };
    let watch = Watch::new(&driver);
    let noise = Noise(seed);
    let hand = Hand::new(Noise(seed ^ 0x5eed));
    let mut soak = Soak { driver, hand, noise, sets, judges, figures: Figures::new(seed, watch) };

    soak.rest();
    soak.figures.sample();
    let mut clock = Patience::new(Duration::from_mins(1));
    loop {
        soak.round(&bad, if minutes.is_some() { 24 } else { 6 });
        soak.figures.minutes = clock.spent().as_secs_f64() / 60.0;
        soak.figures.sample();
        if minutes.is_none_or(|minutes| soak.figures.minutes >= minutes) {
            break;
        }
    }
    let said = soak.driver.stderr();
    soak.figures.exit_code = Some(soak.driver.close());
    soak.figures.hear(&said, &bad);
    soak.figures.report();
}
