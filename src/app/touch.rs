//! Fingers over the scatter: one is the pointer's button, two move the picture and zoom about their middle. Pure but for the last lines.

use super::state::App;
use crate::scene::Action;
use glam::DVec2;
use winit::event::{Touch, TouchPhase};

/// A finger that moved less than this is a tap, logical pixels: it trembles more than a mouse.
const TAP_PX: f64 = 12.0;
/// Two taps no farther apart than this are a double tap, logical pixels.
const DOUBLE_TAP_PX: f64 = 32.0;
/// Fingers nearer than this have no distance that could be compared, physical pixels.
const LEAST_SPAN_PX: f64 = 8.0;

/// What fingers ask for; positions are physical pixels of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gesture {
    /// The pointer is here now.
    Move(DVec2),
    /// Its button goes down.
    Press,
    /// Its button goes up: a click, unless it moved.
    Release,
    /// What was pressed means nothing any more.
    Cancel,
    /// The picture follows by so much.
    Pan(DVec2),
    /// The picture becomes so much larger about a place.
    Zoom(DVec2, f64),
    /// No finger is left.
    Leave,
}

/// A finger on the screen.
#[derive(Clone, Copy, Debug)]
struct Finger {
    id: u64,
    at: DVec2,
}

/// The fingers that count, in the order in which they came: at most two, the first of which came down over the scatter.
#[derive(Clone, Debug, Default)]
pub struct Fingers {
    down: Vec<Finger>,
    /// Where the first one came down, until it has moved too far for a tap.
    tap: Option<DVec2>,
    /// There were two: nothing that follows is a click.
    pinched: bool,
}

impl Fingers {
    /// Whether a finger acts as the pointer, or did until now.
    pub fn are_down(&self) -> bool {
        !self.down.is_empty()
    }

    /// What a finger's event asks for. `is_free`: the scatter lies at the place, not a panel; `scale`: physical pixels a logical one.
    pub fn take(&mut self, id: u64, phase: TouchPhase, at: DVec2, is_free: bool, scale: f64) -> Vec<Gesture> {
        if !at.is_finite() {
            return Vec::new();
        }
        match phase {
            TouchPhase::Started => self.start(id, at, is_free),
            TouchPhase::Moved => self.shift(id, at, scale),
            TouchPhase::Ended => self.lift(id, true),
            TouchPhase::Cancelled => self.lift(id, false),
        }
    }

    fn start(&mut self, id: u64, at: DVec2, is_free: bool) -> Vec<Gesture> {
        // An end that was never told would leave the finger down for ever.
        self.down.retain(|finger| finger.id != id);
        match self.down.len() {
            0 if is_free => {
                *self = Self { down: vec![Finger { id, at }], tap: Some(at), pinched: false };
                vec![Gesture::Move(at), Gesture::Press]
            }
            1 => {
                self.down.push(Finger { id, at });
                let first = !std::mem::replace(&mut self.pinched, true);
                self.tap = None;
                Vec::from_iter(first.then_some(Gesture::Cancel))
            }
            _ => Vec::new(),
        }
    }

    fn shift(&mut self, id: u64, at: DVec2, scale: f64) -> Vec<Gesture> {
        let before = self.down.clone();
        let Some(finger) = self.down.iter_mut().find(|finger| finger.id == id) else { return Vec::new() };
        let moved = at - finger.at;
        finger.at = at;
        match (before.as_slice(), self.down.as_slice()) {
            ([a, b], [c, d]) => {
                let (middle, span) =
                    (|a: &Finger, b: &Finger| a.at.midpoint(b.at), |a: &Finger, b: &Finger| a.at.distance(b.at));
                let mut gestures = vec![Gesture::Pan(middle(c, d) - middle(a, b))];
                let (old, new) = (span(a, b), span(c, d));
                if old >= LEAST_SPAN_PX && new >= LEAST_SPAN_PX {
                    gestures.push(Gesture::Zoom(middle(c, d), new / old));
                }
                gestures
            }
            _ if self.pinched => vec![Gesture::Pan(moved)],
            _ if self.tap.is_some_and(|start| start.distance(at) < TAP_PX * scale) => Vec::new(),
            _ => {
                self.tap = None;
                vec![Gesture::Move(at)]
            }
        }
    }

    fn lift(&mut self, id: u64, ended: bool) -> Vec<Gesture> {
        let before = self.down.len();
        self.down.retain(|finger| finger.id != id);
        if self.down.len() == before || !self.down.is_empty() {
            return Vec::new();
        }
        match (self.pinched, ended) {
            (true, _) => vec![Gesture::Leave],
            (false, true) => vec![Gesture::Release, Gesture::Leave],
            (false, false) => vec![Gesture::Cancel, Gesture::Leave],
        }
    }
}

impl App {
    /// A finger came, moved or went.
    pub(super) fn on_touch(&mut self, touch: &Touch) {
        let at = DVec2::new(touch.location.x, touch.location.y);
        let is_free = self.session.is_some() && self.is_free(at);
        let gestures = self.fingers.take(touch.id, touch.phase, at, is_free, self.scale());
        for gesture in gestures {
            match gesture {
                Gesture::Move(at) => self.on_move(at),
                Gesture::Press => self.on_press(),
                Gesture::Release => {
                    self.forgive_double_tap();
                    self.on_release();
                }
                Gesture::Cancel => self.press = None,
                Gesture::Pan(by) => self.move_picture(Action::Pan(by)),
                Gesture::Zoom(about, factor) => {
                    let corner = DVec2::new(self.scatter_rect.left.into(), self.scatter_rect.top.into());
                    self.move_picture(Action::ZoomAbout { px: about - corner, factor });
                }
                Gesture::Leave => self.on_leave(),
            }
        }
    }

    /// A finger does not come down twice on the same spot: a tap near the last one counts as there.
    fn forgive_double_tap(&mut self) {
        let near = DOUBLE_TAP_PX * self.scale();
        if let (Some(press), Some((_, before))) = (self.press, &mut self.last_click)
            && before.distance(press.start) < near
        {
            *before = press.start;
        }
    }

    fn move_picture(&mut self, action: Action) {
        self.glide = None;
        if let Some(session) = &mut self.session {
            session.scene.apply(action);
        }
        self.redraw();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Gesture::{Cancel, Leave, Move, Pan, Press, Release, Zoom};
    use TouchPhase::{Cancelled, Ended, Moved, Started};

    fn px(x: f64, y: f64) -> DVec2 {
        DVec2::new(x, y)
    }

    /// Events over the free scatter, at a scale of 1.
    fn play(events: &[(u64, TouchPhase, DVec2)]) -> Vec<Vec<Gesture>> {
        let mut fingers = Fingers::default();
        events.iter().map(|&(id, phase, at)| fingers.take(id, phase, at, true, 1.0)).collect()
    }

    #[test]
    fn case_touch_a_tap_is_a_click_where_it_began_however_it_trembles() {
        let start = px(100.0, 80.0);
        let tap = play(&[(7, Started, start), (7, Moved, px(106.0, 75.0)), (7, Ended, px(106.0, 75.0))]);
        assert_eq!(tap, [vec![Move(start), Press], vec![], vec![Release, Leave]]);
    }

    #[test]
    fn case_touch_one_finger_drags_from_where_it_came_down() {
        let (start, far) = (px(100.0, 80.0), px(130.0, 80.0));
        let drag =
            play(&[(7, Started, start), (7, Moved, far), (7, Moved, px(101.0, 80.0)), (7, Ended, px(101.0, 80.0))]);
        // Back near its start it is no tap any more.
        assert_eq!(
            drag,
            [vec![Move(start), Press], vec![Move(far)], vec![Move(px(101.0, 80.0))], vec![Release, Leave]]
        );
    }

    #[test]
    fn case_touch_two_fingers_pan_and_zoom_about_their_middle_and_click_nothing() {
        let moves = play(&[
            (1, Started, px(100.0, 100.0)),
            (2, Started, px(200.0, 100.0)),
            // The distance grows from 100 to 200, the middle goes 50 to the right.
            (2, Moved, px(300.0, 100.0)),
            // The same distance, the middle 20 down: one finger after the other.
            (1, Moved, px(100.0, 100.0)),
            (1, Ended, px(100.0, 100.0)),
            (2, Moved, px(310.0, 90.0)),
            (2, Ended, px(310.0, 90.0)),
        ]);
        assert_eq!(moves[1], [Cancel]);
        assert_eq!(moves[2], [Pan(px(50.0, 0.0)), Zoom(px(200.0, 100.0), 2.0)]);
        assert_eq!(moves[3], [Pan(px(0.0, 0.0)), Zoom(px(200.0, 100.0), 1.0)]);
        assert_eq!(moves[4], []);
        assert_eq!(moves[5], [Pan(px(10.0, -10.0))], "the finger that stays goes on");
        assert_eq!(moves[6], [Leave], "no click ends a pinch");
    }

    #[test]
    fn case_touch_what_two_fingers_hold_stays_under_them() {
        // Following the gestures, the point of the picture under each finger is where that finger is in the end.
        let (a, b, to_a, to_b) = (px(120.0, 90.0), px(260.0, 210.0), px(60.0, 140.0), px(340.0, 380.0));
        let all = play(&[(1, Started, a), (2, Started, b), (1, Moved, to_a), (2, Moved, to_b)]).concat();
        let follow = |start: DVec2| {
            all.iter().fold(start, |at, gesture| match *gesture {
                Pan(by) => at + by,
                Zoom(about, factor) => about + (at - about) * factor,
                _ => at,
            })
        };
        // A picture does not turn: the middle and the distance are what fingers can hold.
        let (from, to) = (follow(a).midpoint(follow(b)), to_a.midpoint(to_b));
        assert!((from - to).length() < 1e-9 && (follow(a).distance(follow(b)) - to_a.distance(to_b)).abs() < 1e-9);
    }

    #[test]
    fn case_touch_panels_keep_their_fingers_and_odd_events_do_no_harm() {
        let mut fingers = Fingers::default();
        assert_eq!(fingers.take(1, Started, px(5.0, 5.0), false, 1.0), []);
        assert_eq!(
            fingers.take(1, Moved, px(50.0, 50.0), true, 1.0),
            [],
            "a finger that came down over a panel stays its"
        );
        assert_eq!(fingers.take(1, Ended, px(50.0, 50.0), true, 1.0), []);
        assert!(!fingers.are_down());

        let third = play(&[
            (1, Started, px(10.0, 10.0)),
            (2, Started, px(12.0, 10.0)),
            (3, Started, px(90.0, 10.0)),
            (3, Moved, px(99.0, 10.0)),
            (2, Moved, px(13.0, 10.0)),
            (9, Ended, px(0.0, 0.0)),
            (1, Moved, px(f64::NAN, 0.0)),
        ]);
        assert_eq!(
            third[2..],
            [vec![], vec![], vec![Pan(px(0.5, 0.0))], vec![], vec![]],
            "no third finger, no factor of next to nothing"
        );

        // An end that got lost: the same number comes down once more.
        let again = play(&[(1, Started, px(1.0, 1.0)), (1, Started, px(9.0, 9.0)), (1, Cancelled, px(9.0, 9.0))]);
        assert_eq!(again[1..], [vec![Move(px(9.0, 9.0)), Press], vec![Cancel, Leave]]);
        // At twice the scale a finger trembles by twice the pixels.
        fingers.take(4, Started, px(0.0, 0.0), true, 2.0);
        assert_eq!(fingers.take(4, Moved, px(20.0, 0.0), true, 2.0), []);
    }
}
