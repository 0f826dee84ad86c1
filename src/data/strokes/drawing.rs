//! The strokes of one drawing in memory.

use thiserror::Error;

/// The most points of a drawing: more than a hand draws in an hour.
pub const MOST_POINTS: usize = 1 << 20;
/// The largest coordinate, either way, in the units of the file.
const MOST_UNITS: f64 = 1e9;
/// The latest time, either way, in the units of the file: milliseconds.
const MOST_TIME: f64 = 1e15;
/// The largest coordinate of simplified strokes.
pub(super) const LARGEST: f64 = 255.0;

/// What is wrong with strokes, as a clause of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{}", self.what())]
pub enum Fault {
    /// There are none.
    NoStrokes,
    /// A stroke without a point.
    NoPoints,
    /// x and y, or times, are not as many.
    Unequal,
    /// More than [`MOST_POINTS`].
    TooManyPoints,
    /// A coordinate or a time that no drawing has.
    Beyond,
    /// A point earlier than the one before it.
    TimesFall,
    /// Some strokes have times, others have none.
    SomeTimes,
    /// Simplifying them would take longer than anybody waits.
    Entangled,
}

impl Fault {
    /// In words.
    pub fn what(self) -> &'static str {
        match self {
            Self::NoStrokes => "there are no strokes",
            Self::NoPoints => "a stroke has no points",
            Self::Unequal => "the lists of a stroke are not equally long",
            Self::TooManyPoints => "there are more than 1,048,576 points",
            Self::Beyond => "a coordinate is beyond 1,000,000,000 or a time beyond all bounds",
            Self::TimesFall => "a point is earlier than the one before it",
            Self::SomeTimes => "some strokes have times and others have none",
            Self::Entangled => "the strokes are too entangled to be simplified",
        }
    }
}

/// The strokes of one drawing: at least one, each of at least one point. x goes right, y down, in the units of the file: pixels of
/// the screen that was drawn on (raw), or 0 to 255 (simplified). Times are milliseconds, not falling.
///
/// It is filled again and again ([`Self::clear`]): what it has allocated stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    points: Vec<[f64; 2]>,
    /// As many as the points, or none.
    times: Vec<f64>,
    /// For each stroke one past its last point.
    ends: Vec<usize>,
}

impl Drawing {
    /// Forgets all strokes.
    pub fn clear(&mut self) {
        self.points.clear();
        self.times.clear();
        self.ends.clear();
    }

    /// Adds a stroke: as many `x` as `y`, and as many times (milliseconds) where there are some. After a fault the drawing is of no use.
    pub fn push(&mut self, x: &[f64], y: &[f64], times: Option<&[f64]>) -> Result<(), Fault> {
        if x.len() != y.len() || times.is_some_and(|times| times.len() != x.len()) {
            return Err(Fault::Unequal);
        }
        if x.is_empty() {
            return Err(Fault::NoPoints);
        }
        if self.points.len() + x.len() > MOST_POINTS {
            return Err(Fault::TooManyPoints);
        }
        // What is no number is not within either.
        let are_within = |values: &[f64], most: f64| values.iter().all(|value| value.abs() <= most);
        if !are_within(x, MOST_UNITS) || !are_within(y, MOST_UNITS) {
            return Err(Fault::Beyond);
        }
        if !self.ends.is_empty() && self.times.is_empty() == times.is_some() {
            return Err(Fault::SomeTimes);
        }
        if let Some(times) = times {
            if !are_within(times, MOST_TIME) {
                return Err(Fault::Beyond);
            }
            if self.times.last().into_iter().chain(times).is_sorted() {
                self.times.extend(times);
            } else {
                return Err(Fault::TimesFall);
            }
        }
        self.points.extend(x.iter().zip(y).map(|(&x, &y)| [x, y]));
        self.ends.push(self.points.len());
        Ok(())
    }

    /// Adds a point to the stroke that is being drawn.
    pub(super) fn add(&mut self, point: [f64; 2]) {
        self.points.push(point);
    }

    /// Ends the stroke that is being drawn.
    pub(super) fn lift(&mut self) {
        self.ends.push(self.points.len());
    }

    /// How many strokes.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All points in the order of drawing.
    pub fn points(&self) -> &[[f64; 2]] {
        &self.points
    }

    /// When each point was drawn, in milliseconds; empty where that is not known.
    pub fn times(&self) -> &[f64] {
        &self.times
    }

    /// Where the points of each stroke lie among all.
    pub fn ranges(&self) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| start..end)
    }

    /// The points of each stroke.
    pub fn strokes(&self) -> impl Iterator<Item = &[[f64; 2]]> + '_ {
        self.ranges().map(|range| self.points.get(range).unwrap_or_default())
    }

    /// Whether the strokes lie on the canvas of 256 units already: they have no times, and all coordinates are 0 to 255.
    pub fn is_simplified(&self) -> bool {
        self.times.is_empty() && self.points.iter().flatten().all(|at| (0.0..=LARGEST).contains(at))
    }

    /// The least and the largest x and y.
    pub fn bounds(&self) -> ([f64; 2], [f64; 2]) {
        let both = |of: fn(f64, f64) -> f64, from: f64| {
            self.points.iter().fold([from; 2], |found, at| [of(found[0], at[0]), of(found[1], at[1])])
        };
        (both(f64::min, f64::MAX), both(f64::max, f64::MIN))
    }
}
