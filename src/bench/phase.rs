//! What a window's script is made of, and what it records.

use super::figure::Figure;
use super::samples::Measured;
use crate::scene::layout::LayoutKind;

/// How the name of a change of layouts begins.
pub const LAYOUT: &str = "layout";

/// A part of the script.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// Until everything has been read.
    Load,
    /// Another layout.
    Layout(LayoutKind),
    /// Another layout asked for, and not waited for.
    Begin(LayoutKind),
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
    /// What is seen in it, in a few words.
    pub fn name(&self) -> String {
        match self {
            Self::Load => "loading".to_owned(),
            Self::Layout(kind) | Self::Begin(kind) => format!("{LAYOUT} {kind}"),
            Self::Frames { figure, case, .. } => format!("{figure} {case}"),
            Self::Stops { case, .. } => format!("{} {case}", Figure::Settle),
            Self::Hover { case, moving: false, .. } => format!("{} {case}", Figure::HoverFrame),
            Self::Hover { case, moving: true, .. } => format!("{} {case}, moving", Figure::HoverFrame),
            Self::Timed { inner, .. } => inner.name(),
            Self::Rests { .. } => "rest".to_owned(),
        }
    }

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
    /// Every frame that was presented.
    pub trace: Vec<Sample>,
    /// The script came to its end.
    pub finished: bool,
}

impl Record {
    /// Notes a sample of a figure's case.
    pub fn note(&mut self, figure: Figure, case: &str, value: f64) {
        match self.measured.iter_mut().find(|known| known.is(figure, case)) {
            Some(known) => known.samples.push(value),
            None => self.measured.push(Measured { samples: vec![value], ..Measured::new(figure, case) }),
        }
    }
}

/// One frame on the time axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Seconds since the start.
    pub at_s: f64,
    /// From the move that asked for it, or from the frame before it, until it was presented, ms.
    pub ms: f64,
    /// What was going on.
    pub phase: String,
}
