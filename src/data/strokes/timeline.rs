//! When each point of a drawing was drawn, to play it again: in the time that it took, long pauses cut short; at an even pace where no
//! times are known.

/// The longest pause that is waited for, ms: between two strokes, and where the pen rested.
pub const MOST_PAUSE_MS: f64 = 500.0;
/// Without times a line across the whole bitmap takes so long, ms.
const ACROSS_MS: f64 = 1_200.0;
/// And so long the pen is up between two strokes, ms.
const UP_MS: f64 = 200.0;

/// The points of a stroke, 0 to 1 across the bitmap, and when each was drawn, ms, where that is known.
pub type Timed<'a> = (&'a [[f32; 2]], Option<&'a [f64]>);

/// When each point is drawn, ms from the first one.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    strokes: Vec<Vec<f64>>,
    length_ms: f64,
    /// How long it took, pauses and all; `None` where that is not known.
    took_ms: Option<f64>,
}

/// How far a stroke has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reached {
    /// Points that are drawn.
    pub points: usize,
    /// How much of the way to the next one, 0…1.
    pub part: f32,
}

impl Timeline {
    /// Of strokes in the order in which they were drawn. They have times only if all of them do.
    pub fn of<'a>(strokes: impl IntoIterator<Item = Timed<'a>>) -> Self {
        let strokes: Vec<Timed<'_>> = strokes.into_iter().filter(|(points, _)| !points.is_empty()).collect();
        let known: Option<Vec<&[f64]>> =
            strokes.iter().map(|(points, times)| times.filter(|times| times.len() == points.len())).collect();
        match known {
            Some(times) if !times.is_empty() => Self::in_time(&times),
            _ => Self::at_even_pace(strokes.iter().map(|(points, _)| *points)),
        }
    }

    fn in_time(times: &[&[f64]]) -> Self {
        let mut before: Option<f64> = None;
        let (mut at, mut took) = (0.0, 0.0);
        let mut one = |time: &f64| {
            let passed = before.map_or(0.0, |before| (time - before).max(0.0));
            before = Some(*time);
            took += passed;
            at += passed.min(MOST_PAUSE_MS);
            at
        };
        let strokes: Vec<Vec<f64>> = times.iter().map(|times| times.iter().map(&mut one).collect()).collect();
        Self { strokes, length_ms: at, took_ms: Some(took) }
    }

    fn at_even_pace<'a>(strokes: impl Iterator<Item = &'a [[f32; 2]]>) -> Self {
        let mut at = 0.0;
        let one = |(number, points): (usize, &[[f32; 2]])| {
            at += if number == 0 { 0.0 } else { UP_MS };
            let mut before = None;
            let times = points.iter().map(|&[x, y]| {
                let [from_x, from_y] = before.replace([x, y]).unwrap_or([x, y]);
                at += f64::from((x - from_x).hypot(y - from_y)) * ACROSS_MS;
                at
            });
            times.collect::<Vec<f64>>()
        };
        let strokes = strokes.enumerate().map(one).collect();
        Self { strokes, length_ms: at, took_ms: None }
    }

    /// How long it plays, ms.
    pub fn length_ms(&self) -> f64 {
        self.length_ms
    }

    /// How long it took to draw, pauses and all, ms; `None` where no times are known.
    pub fn took_ms(&self) -> Option<f64> {
        self.took_ms
    }

    /// How far each stroke has come by a time, ms, in order.
    pub fn reached(&self, at_ms: f64) -> impl Iterator<Item = Reached> + '_ {
        self.strokes.iter().map(move |times| {
            let points = times.partition_point(|time| *time <= at_ms);
            let around = points.checked_sub(1).and_then(|last| Some((times.get(last)?, times.get(points)?)));
            let part = around.map_or(0.0, |(from, to)| ((at_ms - from) / (to - from).max(1e-9)).clamp(0.0, 1.0) as f32);
            Reached { points, part }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &[[f32; 2]] = &[[0.0, 0.0], [0.375, 0.5], [0.375, 0.75]];
    const DOT: &[[f32; 2]] = &[[0.5, 0.5]];

    fn reached(timeline: &Timeline, at_ms: f64) -> Vec<(usize, f32)> {
        timeline.reached(at_ms).map(|reached| (reached.points, reached.part)).collect()
    }

    #[test]
    fn strokes_take_the_time_that_they_took_and_long_pauses_are_cut_short() {
        // 100 ms, a rest of 700 ms with the pen down, 2 s with the pen up.
        let timeline = Timeline::of([(LINE, Some(&[50.0, 150.0, 850.0][..])), (DOT, Some(&[2_850.0][..]))]);
        assert_eq!((timeline.length_ms(), timeline.took_ms()), (1_100.0, Some(2_800.0)));
        assert_eq!(reached(&timeline, 0.0), [(1, 0.0), (0, 0.0)]);
        assert_eq!(reached(&timeline, 25.0), [(1, 0.25), (0, 0.0)]);
        assert_eq!(reached(&timeline, 350.0), [(2, 0.5), (0, 0.0)]);
        assert_eq!(reached(&timeline, 1_099.0), [(3, 0.0), (0, 0.0)]);
        assert_eq!(reached(&timeline, 1_100.0), [(3, 0.0), (1, 0.0)]);
    }

    #[test]
    fn without_times_the_pen_moves_at_an_even_pace() {
        // Ten sixteenths, four more, then the pen is up.
        let timeline = Timeline::of([(LINE, None), (DOT, Some(&[0.0][..]))]);
        assert_eq!((timeline.length_ms(), timeline.took_ms()), (0.875 * ACROSS_MS + UP_MS, None));
        assert_eq!(reached(&timeline, 0.625 * ACROSS_MS), [(2, 0.0), (0, 0.0)]);
        assert_eq!(reached(&timeline, 0.75 * ACROSS_MS), [(2, 0.5), (0, 0.0)]);
        assert_eq!(reached(&timeline, 1e9), [(3, 0.0), (1, 0.0)]);
    }

    #[test]
    fn odd_times_go_no_way_back_and_nothing_at_all_is_no_drawing() {
        let falling = Timeline::of([(LINE, Some(&[100.0, 40.0, 60.0][..]))]);
        assert_eq!((falling.length_ms(), falling.took_ms()), (20.0, Some(20.0)));
        let uneven = Timeline::of([(LINE, Some(&[1.0][..]))]);
        assert_eq!(uneven.took_ms(), None);
        let nothing = Timeline::of([(&[][..], None)]);
        assert_eq!((nothing.length_ms(), nothing.reached(5.0).count()), (0.0, 0));
    }
}
