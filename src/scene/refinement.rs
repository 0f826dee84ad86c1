//! When a coarse picture may stand in for the exact one: while the camera moves, where an exact one takes too long.

use super::view::ScatterView;
use std::time::{Duration, Instant};

/// What a picture may take while the camera moves: what 16 ms leave beside panels and presentation.
const BUDGET: Duration = Duration::from_millis(11);
/// Pixels a side that share a colour in a coarse picture.
const COARSE: u32 = 2;
/// How long the camera must have stood still before the exact picture is drawn.
const REST: Duration = Duration::from_millis(60);
/// How much more an exact picture takes than a coarse one, at the least: it has four times the pixels, but no more drawings.
const EXACT_FROM_COARSE: u32 = 3;

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
        self.refining = moving && self.exact.is_some_and(|exact| exact > BUDGET);
        if self.refining { COARSE } else { 1 }
    }

    /// Takes note of how long the GPU took for a picture.
    pub fn took(&mut self, coarseness: u32, time: Duration) {
        let exact = if coarseness > 1 { time * EXACT_FROM_COARSE } else { time };
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
        refinement.took(1, Duration::from_millis(40));
        assert_eq!(refinement.coarseness(&view(0.0), at(10)), 1, "nothing moved");
        assert_eq!(refinement.coarseness(&view(1.0), at(20)), 2);
        assert_eq!((refinement.is_refining(), refinement.due()), (true, Some(at(80))));
        assert_eq!(refinement.coarseness(&view(1.0), at(50)), 2, "it may go on");
        assert_eq!(refinement.coarseness(&view(1.0), at(80)), 1, "it stands still");
        assert_eq!((refinement.is_refining(), refinement.due()), (false, None));
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
