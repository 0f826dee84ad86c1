//! What a window's script is made of, and what it records.

use super::figure::Figure;
use super::samples::Measured;
use crate::scene::layout::LayoutKind;

/// A part of the script.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// Until everything has been read.
    Load,
    /// Another layout.
    Layout(LayoutKind),
    /// A frame each at the places of a path.
    Frames {
        /// The figure whose path it is.
        figure: Figure,
        /// The case it is noted under.
        case: String,
        /// How many.
        count: u32,
    },
    /// A few frames of the tour, and the picture that comes to rest.
    Stops {
        /// The case it is noted under.
        case: String,
        /// How many.
        count: u32,
    },
    /// The pointer comes to a place, or the picture moves under it, until the answer is shown.
    Hover {
        /// The case it is noted under.
        case: String,
        /// How many.
        count: u32,
        /// The camera moves, not the pointer.
        moving: bool,
    },
    /// Another phase for so long, instead of so many times.
    Timed {
        /// How long.
        seconds: f64,
        /// What.
        inner: Box<Phase>,
    },
    /// Nothing happens.
    Rests {
        /// How many times two seconds.
        count: u32,
    },
}

impl Phase {
    /// Frames of a figure's path.
    pub fn frames(figure: Figure, case: String, count: u32) -> Self {
        Self::Frames { figure, case, count }
    }
}

/// What a script has recorded.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The samples, by figure and case.
    pub measured: Vec<Measured>,
    /// When each sample was complete, in seconds since the start, and how long it took, ms.
    pub trace: Vec<Sample>,
    /// The script came to its end.
    pub finished: bool,
}

impl Record {
    /// Notes a sample of a figure's case, complete `at_s` seconds after the start.
    pub fn note(&mut self, figure: Figure, case: &str, value: f64, at_s: f64) {
        match self.measured.iter_mut().find(|known| known.is(figure, case)) {
            Some(known) => known.samples.push(value),
            None => self.measured.push(Measured { samples: vec![value], ..Measured::new(figure, case) }),
        }
        let phase = if case.is_empty() { figure.to_string() } else { format!("{figure} {case}") };
        self.trace.push(Sample { at_s, ms: value, phase });
    }
}

/// One sample on the time axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Seconds since the start.
    pub at_s: f64,
    /// How long it took, ms.
    pub ms: f64,
    /// What was going on.
    pub phase: String,
}
