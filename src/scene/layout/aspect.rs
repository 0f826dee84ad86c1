//! Width over height of plots.

use crate::scene::camera::Viewport;
use serde::{Deserialize, Serialize};
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// Width over height of a plot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Aspect {
    /// As each layout has it by itself.
    #[default]
    Own,
    /// This one.
    Given(Ratio),
    /// That of the viewport at the start, less the margins.
    Fit,
}

/// A width over a height, from 1/100 to 100.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(from = "f64")]
pub struct Ratio(f64);

impl From<f64> for Ratio {
    fn from(ratio: f64) -> Self {
        Self::new(ratio)
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl Eq for Ratio {}

impl Hash for Ratio {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

impl Ratio {
    /// The nearest that is permitted; of no number 1.
    pub fn new(ratio: f64) -> Self {
        Self(if ratio.is_nan() { 1.0 } else { ratio.clamp(0.01, 100.0) })
    }
}

impl Aspect {
    /// The ratio that was chosen, if one was.
    pub fn given(self) -> Option<f64> {
        if let Self::Given(Ratio(ratio)) = self { Some(ratio) } else { None }
    }

    /// The same with the ratio of the viewport in place of `fit`.
    pub fn at_start(self, viewport: &Viewport) -> Self {
        let free_px = viewport.free_px();
        if self == Self::Fit { Self::Given(Ratio::new(free_px.x / free_px.y)) } else { self }
    }
}

impl FromStr for Aspect {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim().eq_ignore_ascii_case("fit") {
            return Ok(Self::Fit);
        }
        let length = |text: &str| text.trim().parse().ok().filter(|length: &f64| length.is_finite() && *length > 0.0);
        let ratio = text.split_once(':').and_then(|(width, height)| Some(length(width)? / length(height)?));
        let ratio = ratio.filter(|ratio| (0.01..=100.0).contains(ratio));
        ratio.map(|ratio| Self::Given(Ratio::new(ratio))).ok_or_else(|| {
            "width and height are needed with a colon between them, as in `16:10`, or `fit`; from 1:100 to 100:1"
                .to_owned()
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn a_ratio_is_two_lengths() {
        assert_eq!("16:10".parse::<Aspect>().unwrap().given(), Some(1.6));
        assert_eq!(" 350 : 100".parse::<Aspect>().unwrap().given(), Some(3.5));
        assert_eq!("Fit".parse(), Ok(Aspect::Fit));
        for bad in ["", "1.6", "0:1", "-1:2", "1:nan", "1:inf", "1:101", "1:2:3", "fits"] {
            assert!(bad.parse::<Aspect>().unwrap_err().contains("as in `16:10`"), "{bad}");
        }
        // 350 x 100 pixels less 12 on each side.
        let fit = Aspect::Fit.at_start(&Viewport::new(350, 100, 1.0));
        assert_eq!(fit.given(), Some(326.0 / 76.0));
        assert_eq!(Aspect::Own.at_start(&Viewport::new(350, 100, 1.0)), Aspect::Own);
    }
}
