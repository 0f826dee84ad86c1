//! How far drawings have been played again.

use std::time::{Duration, Instant};

use crate::data::Row;

/// How long the whole drawing stays before it is played once more.
const STAYS: Duration = Duration::from_millis(900);

/// How far something has been played.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Clock {
    /// Of its time.
    at_ms: f64,
    /// When the hand was there, while it moves.
    since: Option<Instant>,
    /// Play it again and again.
    pub loops: bool,
}

impl Clock {
    /// Plays what takes so long, from its beginning where it is whole; or stops.
    pub fn toggle(&mut self, length_ms: f64, now: Instant) {
        if self.since.is_some() {
            self.go_on(length_ms, now);
            self.since = None;
            return;
        }
        if self.at_ms >= length_ms {
            self.at_ms = 0.0;
        }
        self.since = Some(now);
    }

    /// Stops where it was after so many ms.
    pub fn seek(&mut self, ms: f64) {
        (self.at_ms, self.since) = (ms.max(0.0), None);
    }

    /// Takes it on to where it is by now.
    pub fn go_on(&mut self, length_ms: f64, now: Instant) {
        let Some(since) = self.since else { return };
        let at_ms = self.at_ms + now.saturating_duration_since(since).as_secs_f64() * 1e3;
        if at_ms < length_ms {
            (self.at_ms, self.since) = (at_ms, Some(now));
        } else if !self.loops {
            (self.at_ms, self.since) = (length_ms, None);
        } else if at_ms >= length_ms + STAYS.as_secs_f64() * 1e3 {
            (self.at_ms, self.since) = (0.0, Some(now));
        } else {
            (self.at_ms, self.since) = (at_ms, Some(now));
        }
    }

    /// How far it has come, ms.
    pub fn at_ms(&self) -> f64 {
        self.at_ms
    }

    /// Whether the hand moves.
    pub fn is_playing(&self) -> bool {
        self.since.is_some()
    }
}

/// The drawing of one row on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Replay {
    /// Which drawing; `None` where none was played: it is shown whole.
    row: Option<Row>,
    clock: Clock,
}

impl Replay {
    /// Plays a drawing that takes so long, from its beginning where it is whole; or stops.
    pub fn toggle(&mut self, row: Row, length_ms: f64, now: Instant) {
        if self.row != Some(row) {
            self.seek(row, 0.0);
        }
        self.clock.toggle(length_ms, now);
    }

    /// Stops a drawing where it was after so many ms.
    pub fn seek(&mut self, row: Row, ms: f64) {
        self.row = Some(row);
        self.clock.seek(ms);
    }

    /// Takes the drawing on to where it is by now. Another one begins while one is played, and is whole where none is.
    pub fn go_on(&mut self, row: Row, length_ms: f64, now: Instant) {
        if self.row != Some(row) {
            let since = self.clock.since.map(|_| now);
            self.row = since.map(|_| row);
            (self.clock.at_ms, self.clock.since) = (0.0, since);
        }
        self.clock.go_on(length_ms, now);
    }

    /// How far a drawing has come, ms; `None` where it is whole.
    pub fn at_ms(&self, row: Row) -> Option<f64> {
        (self.row == Some(row)).then_some(self.clock.at_ms)
    }

    /// Whether the hand moves.
    pub fn is_playing(&self) -> bool {
        self.clock.is_playing()
    }

    /// Whether it is played again and again.
    pub fn loops(&self) -> bool {
        self.clock.loops
    }

    /// Plays it again and again, or once.
    pub fn set_loops(&mut self, loops: bool) {
        self.clock.loops = loops;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: Row = Row(7);

    #[test]
    fn a_drawing_is_played_once_in_its_time_and_stays_whole() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut replay = Replay::default();
        replay.go_on(ROW, 1_000.0, start);
        assert_eq!((replay.at_ms(ROW), replay.is_playing()), (None, false));
        replay.toggle(ROW, 1_000.0, start);
        for (now, ms, plays) in [(0, 0.0, true), (250, 250.0, true), (999, 999.0, true), (1_400, 1_000.0, false)] {
            replay.go_on(ROW, 1_000.0, at(now));
            let shown = replay.at_ms(ROW).unwrap_or(-1.0);
            assert!((shown - ms).abs() < 1e-6, "{now}: {shown}");
            assert_eq!(replay.is_playing(), plays, "{now}");
        }
        // Once more from its beginning.
        replay.toggle(ROW, 1_000.0, at(2_000));
        assert_eq!(replay.at_ms(ROW), Some(0.0));
    }

    #[test]
    fn it_stops_where_it_is_and_goes_on_from_there() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut replay = Replay::default();
        replay.toggle(ROW, 1_000.0, start);
        replay.toggle(ROW, 1_000.0, at(400));
        replay.go_on(ROW, 1_000.0, at(5_000));
        assert_eq!((replay.at_ms(ROW), replay.is_playing()), (Some(400.0), false));
        replay.toggle(ROW, 1_000.0, at(6_000));
        replay.go_on(ROW, 1_000.0, at(6_100));
        assert_eq!(replay.at_ms(ROW), Some(500.0));
        replay.seek(ROW, 120.0);
        replay.go_on(ROW, 1_000.0, at(9_000));
        assert_eq!((replay.at_ms(ROW), replay.is_playing()), (Some(120.0), false));
    }

    #[test]
    fn again_and_again_it_stays_whole_for_a_while_and_begins_once_more() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut replay = Replay::default();
        replay.set_loops(true);
        replay.toggle(ROW, 1_000.0, start);
        replay.go_on(ROW, 1_000.0, at(1_500));
        assert_eq!((replay.at_ms(ROW), replay.is_playing()), (Some(1_500.0), true));
        replay.go_on(ROW, 1_000.0, at(1_900));
        replay.go_on(ROW, 1_000.0, at(2_000));
        assert_eq!(replay.at_ms(ROW), Some(100.0));
    }

    #[test]
    fn another_drawing_begins_while_one_is_played_and_is_whole_while_none_is() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut replay = Replay::default();
        replay.toggle(ROW, 1_000.0, start);
        replay.go_on(Row(8), 500.0, at(600));
        assert_eq!((replay.at_ms(Row(8)), replay.at_ms(ROW), replay.is_playing()), (Some(0.0), None, true));
        replay.seek(Row(8), 20.0);
        replay.go_on(Row(9), 500.0, at(700));
        assert_eq!((replay.at_ms(Row(9)), replay.is_playing()), (None, false));
    }
}
