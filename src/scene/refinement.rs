//! When a coarse picture may stand in for the exact one: while the camera moves, where an exact one takes too long.

use super::view::ScatterView;
use std::time::{Duration, Instant};

/// What a picture may take while the camera moves: what 16 ms leave beside panels and presentation.
const BUDGET: Duration = Duration::from_millis(11);
/// Most pixels a side that share a colour in a coarse picture.
const COARSEST: u32 = 4;
/// How long the camera must have stood still before the exact picture is drawn.
const REST: Duration = Duration::from_millis(60);

/// Decides, frame by frame, how coarse the scatter's picture may be.
#[derive(Clone, Debug, Default)]
pub struct Refinement {
    /// What an exact picture takes, as far as is known.
    exact: Option<Duration>,
    last: Option<ScatterView>,
    moved_at: Option<Instant>,
    refining: bool,
}

impl Refinement {
    /// Pixels a side that share a colour in the picture of `view` that is drawn now: 1 is exact.
    pub fn coarseness(&mut self, view: &ScatterView, now: Instant) -> u32 {
        // A first picture, or one of another size, is no motion.
        let same_size = self.last.is_none_or(|last| last.size_px == view.size_px);
        if self.last.is_some_and(|last| last != *view) && same_size {
            self.moved_at = Some(now);
        }
        self.last = Some(*view);
        let moving = self.moved_at.is_some_and(|moved| now.saturating_duration_since(moved) < REST);
        let coarseness = match self.exact {
            Some(exact) if moving => (1..COARSEST).find(|&side| exact <= BUDGET * exact_from(side)).unwrap_or(COARSEST),
            _ => 1,
        };
        self.refining = coarseness > 1;
        coarseness
    }

    /// Takes note of how long the GPU took for a picture.
    pub fn took(&mut self, coarseness: u32, time: Duration) {
        let exact = time * exact_from(coarseness);
        // One frame that was held up must not decide alone; a first one has to.
        self.exact = Some(self.exact.map_or(exact, |before| (before + exact) / 2));
    }

    /// When the camera moved last.
    pub fn moved_at(&self) -> Option<Instant> {
        self.moved_at
    }

    /// Whether the picture drawn last was coarse.
    pub fn is_refining(&self) -> bool {
        self.refining
    }

    /// When the exact picture is due, while a coarse one is shown.
    pub fn due(&self) -> Option<Instant> {
        self.moved_at.filter(|_| self.refining).map(|moved| moved + REST)
    }
}

/// How many times as long an exact picture takes as one of some coarseness: it has as many times the pixels, but no more
/// drawings.
fn exact_from(coarseness: u32) -> u32 {
    (coarseness * coarseness * 3 / 4).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use glam::DVec2;

    fn view(x: f64) -> ScatterView {
        ScatterView {
            size_px: [100, 100],
            center: DVec2::new(x, 0.0),
            px_per_unit: 10.0,
            side_px: 10.0,
            overlaps: true,
            opacity: 1.0,
            shape_mix: 1.0,
            far_mix: 0.0,
            stretch: crate::scene::view::Stretch::default(),
        }
    }

    #[test]
    fn slow_pictures_are_coarse_while_the_camera_moves_and_exact_soon_after() {
        let (mut refinement, start) = (Refinement::default(), Instant::now());
        let at = |ms| start + Duration::from_millis(ms);
        assert_eq!(refinement.coarseness(&view(0.0), at(0)), 1, "the first picture is exact");
        refinement.took(1, Duration::from_millis(30));
        assert_eq!(refinement.coarseness(&view(0.0), at(10)), 1, "nothing moved");
        assert_eq!(refinement.coarseness(&view(1.0), at(20)), 2);
        assert_eq!((refinement.is_refining(), refinement.due()), (true, Some(at(80))));
        assert_eq!(refinement.coarseness(&view(1.0), at(50)), 2, "it may go on");
        assert_eq!(refinement.coarseness(&view(1.0), at(80)), 1, "it stands still");
        assert_eq!((refinement.is_refining(), refinement.due()), (false, None));
    }

    #[test]
    fn the_slower_a_picture_is_the_coarser_it_may_be() {
        let mut refinement = Refinement::default();
        let start = Instant::now();
        let mut seen = Vec::new();
        for (step, ms) in [10, 30, 60, 120, 4000].into_iter().enumerate() {
            refinement.exact = Some(Duration::from_millis(ms));
            seen.push(refinement.coarseness(&view(step as f64), start));
        }
        // The first call is the first picture; 12 times the budget of the coarsest one is the end of it.
        assert_eq!(seen, [1, 2, 3, 4, 4]);
    }

    #[test]
    fn quick_pictures_are_always_exact() {
        let (mut refinement, start) = (Refinement::default(), Instant::now());
        for step in 0..20 {
            assert_eq!(refinement.coarseness(&view(f64::from(step)), start), 1);
            refinement.took(1, Duration::from_millis(5));
        }
        // Slow ones become quick when coarse ones tell that exact ones would be.
        refinement.took(1, Duration::from_millis(60));
        assert_eq!(refinement.coarseness(&view(30.0), start), 2);
        for step in 0..4 {
            refinement.took(2, Duration::from_millis(2));
            refinement.coarseness(&view(40.0 + f64::from(step)), start);
        }
        assert!(!refinement.is_refining());
    }
}
