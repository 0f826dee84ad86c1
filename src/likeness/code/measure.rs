//! What drawings are compared by.
#![allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]

use super::resample::Resampler;
use super::{colors, direction, ink};
use std::fmt;
use std::str::FromStr;

/// What makes two drawings alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Where lines of which direction run: the best of what was tried on real drawings.
    #[default]
    Direction,
    /// The same of pictures in colour, and which colour lies where.
    Colored,
    /// Where ink lies.
    Ink,
}

impl Measure {
    /// Values of a drawing before the reduction.
    pub fn values(self) -> usize {
        match self {
            Self::Direction => direction::VALUES,
            Self::Colored => colors::VALUES,
            Self::Ink => ink::VALUES,
        }
    }

    /// Bytes of a pixel of what it looks at: ink, or red, green, blue and alpha.
    pub fn channels(self) -> usize {
        if self == Self::Colored { colors::CHANNELS } else { 1 }
    }

    /// The measure of a set that is in colour or not, where this one was asked for.
    #[must_use]
    pub fn in_color(self, is_colored: bool) -> Self {
        if self == Self::Direction && is_colored { Self::Colored } else { self }
    }

    /// Writes the values of a drawing, lines in unit length; false, and all 0, where there is nothing to compare.
    #[inline(always)]
    pub(super) fn of(self, resampler: &Resampler, drawing: &[u8], out: &mut [f32]) -> bool {
        match self {
            Self::Direction => match out.try_into() {
                Ok(out) => direction::values(&resampler.square(drawing), out),
                Err(_) => false,
            },
            Self::Colored => match out.try_into() {
                Ok(out) => colors::values(resampler, drawing, out),
                Err(_) => false,
            },
            Self::Ink => match out.try_into() {
                Ok(out) => ink::values(&resampler.square(drawing), out),
                Err(_) => false,
            },
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Direction => "direction",
            Self::Colored => "direction in colour",
            Self::Ink => "ink",
        })
    }
}

/// A name that no measure has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("drawings are compared by `direction` or by `ink`")]
pub struct UnknownMeasure;

impl FromStr for Measure {
    type Err = UnknownMeasure;

    fn from_str(name: &str) -> Result<Self, UnknownMeasure> {
        let known = [Self::Direction, Self::Ink];
        known.into_iter().find(|measure| measure.to_string().eq_ignore_ascii_case(name.trim())).ok_or(UnknownMeasure)
    }
}
