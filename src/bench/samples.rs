//! Samples of a figure and what is said of them: quantiles by nearest rank, so that each is a sample that was taken.

use super::figure::Figure;
use serde::{Deserialize, Serialize};

/// Fewest samples that a 99th percentile says something of.
pub const P99_SAMPLES: usize = 1000;

/// What was measured of a figure in one case (a layout, for example).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Which figure.
    pub figure: Figure,
    /// The case; empty where there is only one.
    pub case: String,
    /// Told beside the figure, but never the figure itself.
    pub aside: bool,
    /// In the figure's unit, in the order they were taken.
    pub samples: Vec<f64>,
    /// How many samples were of pictures that were still being refined.
    pub refining: u32,
    /// What else there is to say; may be empty.
    pub note: String,
}

impl Measured {
    /// No samples yet.
    pub fn new(figure: Figure, case: &str) -> Self {
        Self { figure, case: case.to_owned(), aside: false, samples: Vec::new(), refining: 0, note: String::new() }
    }

    /// Whether it is of a figure and case.
    pub fn is(&self, figure: Figure, case: &str) -> bool {
        self.figure == figure && self.case == case
    }

    /// What is said of the samples; `None` where there are none.
    pub fn summary(&self) -> Option<Summary> {
        Summary::of(&self.samples)
    }
}

/// Quantiles of samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// The median.
    pub p50: f64,
    /// 95 % are not above it.
    pub p95: f64,
    /// 99 % are not above it.
    pub p99: f64,
    /// The largest.
    pub max: f64,
    /// How many.
    pub n: usize,
}

impl Summary {
    /// `None` without samples.
    pub fn of(samples: &[f64]) -> Option<Self> {
        let mut sorted = samples.to_vec();
        sorted.sort_by(f64::total_cmp);
        let rank = |percent: usize| {
            let at = (sorted.len() * percent).div_ceil(100).max(1) - 1;
            sorted.get(at).copied()
        };
        Some(Self { p50: rank(50)?, p95: rank(95)?, p99: rank(99)?, max: rank(100)?, n: sorted.len() })
    }
}

/// The case that a figure is judged by: the slowest by median that is not told aside.
pub fn judged(cases: &[Measured]) -> Option<&Measured> {
    let median = |measured: &Measured| measured.summary().map_or(0.0, |summary| summary.p50);
    let counted = cases.iter().filter(|measured| !measured.aside && !measured.samples.is_empty());
    counted.max_by(|a, b| median(a).total_cmp(&median(b)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn quantiles_are_samples_by_nearest_rank() {
        let thousand: Vec<f64> = (1..=1000).rev().map(f64::from).collect();
        let summary = Summary::of(&thousand).unwrap();
        assert_eq!([summary.p50, summary.p95, summary.p99, summary.max], [500.0, 950.0, 990.0, 1000.0]);
        assert_eq!(Summary::of(&[3.0]).unwrap(), Summary { p50: 3.0, p95: 3.0, p99: 3.0, max: 3.0, n: 1 });
        let three = Summary::of(&[5.0, 1.0, 2.0]).unwrap();
        assert_eq!([three.p50, three.p95], [2.0, 5.0]);
        assert_eq!(Summary::of(&[]), None);
    }

    #[test]
    fn the_slowest_case_counts_unless_it_is_told_aside() {
        let case = |name: &str, samples: &[f64], aside| Measured {
            samples: samples.to_vec(),
            aside,
            ..Measured::new(Figure::HoverFrame, name)
        };
        let cases = [case("grid", &[1.0, 9.0], false), case("index", &[2.0], false), case("moving", &[7.0], true)];
        assert_eq!(judged(&cases).unwrap().case, "index");
        assert!(judged(&[case("moving", &[7.0], true), case("grid", &[], false)]).is_none());
    }
}
