//! When a coarse picture may stand in for the exact one: while the camera moves, where an exact one takes too long.

use super::view::{ScatterView, Stretch};
use std::time::{Duration, Instant};

/// What a picture may take while the camera moves: what 16 ms leave beside panels and presentation.
const BUDGET: Duration = Duration::from_millis(11);
/// Most pixels a side that share a colour in a coarse picture.
const COARSEST: u32 = 4;
/// How long the camera must have stood still before the exact picture is drawn.
const REST: Duration = Duration::from_millis(60);
/// Steps of [`SIDES`] over which what is known of one size holds for another.
const NEAR: usize = 1;

/// Sides of drawings that are told apart, in steps of a factor of √2 from 1/16 px on.
const SIDES: usize = 32;

/// Decides, frame by frame, how coarse the scatter's picture may be.
///
/// What an exact picture takes depends on how large drawings are and on whether they overlap: it is remembered for each.
#[derive(Clone, Debug, Default)]
pub struct Refinement {
    known: [[Option<Duration>; SIDES]; 2],
    last: Option<ScatterView>,
    moved_at: Option<Instant>,
    refining: bool,
}

impl Refinement {
    /// Pixels a side that share a colour in the picture of `view` that is drawn now: 1 is exact. `seen` tells that most of the
    /// exact one is there already: then it costs next to nothing.
    pub fn coarseness(&mut self, view: &ScatterView, seen: bool, now: Instant) -> u32 {
        // Far contrast changes with every drawing that arrives: no motion either.
        let view = &ScatterView { stretch: Stretch::default(), ..*view };
        // A first picture, or one of another size, is no motion.
        let same_size = self.last.is_none_or(|last| last.size_px == view.size_px);
        if self.last.is_some_and(|last| last != *view) && same_size {
            self.moved_at = Some(now);
        }
        self.last = Some(*view);
        let moving = self.moved_at.is_some_and(|moved| now.saturating_duration_since(moved) < REST);
        let coarseness = match self.expected(view) {
            Some((distance, exact)) if moving && !seen => {
                let fits = |side: &u32| exact <= BUDGET * exact_from(*side);
                // What other sizes take tells little of this one, unless everything is fast.
                let least = if distance > NEAR && exact > BUDGET / 4 { 2 } else { 1 };
                (least..COARSEST).find(fits).unwrap_or(COARSEST)
            }
            _ => 1,
        };
        self.refining = coarseness > 1;
        coarseness
    }

    /// Takes note of how long the GPU took for a picture of `view`.
    pub fn took(&mut self, view: &ScatterView, coarseness: u32, time: Duration) {
        let Some(known) = self.known.get_mut(usize::from(view.overlaps)).and_then(|of| of.get_mut(bucket(view))) else {
            return;
        };
        *known = match *known {
            // One frame that was held up must not decide alone; a first one has to.
            Some(before) if coarseness == 1 => Some((before + time) / 2),
            None if coarseness == 1 => Some(time),
            // Coarse pictures tell less well what an exact one takes: only where nothing is known.
            None => Some(time * exact_from(coarseness)),
            known => known,
        };
    }

    /// What an exact picture will take, by the nearest size of drawings that is known, and how many steps away that is.
    fn expected(&self, view: &ScatterView) -> Option<(usize, Duration)> {
        let of = self.known.get(usize::from(view.overlaps))?;
        let at = bucket(view);
        let nearest = of.iter().enumerate().filter_map(|(side, time)| time.map(|time| (side.abs_diff(at), time)));
        nearest.min_by_key(|(distance, _)| *distance)
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

fn bucket(view: &ScatterView) -> usize {
    let steps = 2.0 * (view.side_px * 16.0).max(1.0).log2();
    (steps.round() as usize).min(SIDES - 1)
}

/// How many times as long an exact picture takes as one of some coarseness, at the least (as measured with crowds of
/// drawings): it has many times the pixels, but no more drawings.
fn exact_from(coarseness: u32) -> u32 {
    match coarseness {
        0 | 1 => 1,
        coarseness => 2 * (coarseness - 1),
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
        assert_eq!(refinement.coarseness(&view(0.0), false, at(0)), 1, "the first picture is exact");
        refinement.took(&view(0.0), 1, Duration::from_millis(20));
        assert_eq!(refinement.coarseness(&view(0.0), false, at(10)), 1, "nothing moved");
        assert_eq!(refinement.coarseness(&view(1.0), false, at(20)), 2);
        assert_eq!((refinement.is_refining(), refinement.due()), (true, Some(at(80))));
        assert_eq!(refinement.coarseness(&view(1.0), false, at(50)), 2, "it may go on");
        assert_eq!(refinement.coarseness(&view(1.0), false, at(80)), 1, "it stands still");
        assert_eq!((refinement.is_refining(), refinement.due()), (false, None));
    }

    #[test]
    fn what_is_mostly_seen_already_is_exact() {
        let (mut refinement, start) = (Refinement::default(), Instant::now());
        refinement.coarseness(&view(0.0), false, start);
        refinement.took(&view(0.0), 1, Duration::from_millis(40));
        assert_eq!(refinement.coarseness(&view(1.0), true, start), 1);
        assert_eq!((refinement.is_refining(), refinement.moved_at()), (false, Some(start)));
        assert_eq!(refinement.coarseness(&view(2.0), false, start), 3);
    }

    #[test]
    fn the_slower_a_picture_is_the_coarser_it_may_be() {
        let start = Instant::now();
        let seen = [10, 20, 40, 120, 4000].map(|ms| {
            let mut refinement = Refinement::default();
            refinement.coarseness(&view(0.0), false, start);
            refinement.took(&view(0.0), 1, Duration::from_millis(ms));
            refinement.coarseness(&view(1.0), false, start)
        });
        assert_eq!(seen, [1, 2, 3, 4, 4]);
    }

    #[test]
    fn each_size_of_drawings_has_its_own_cost() {
        let (mut refinement, start) = (Refinement::default(), Instant::now());
        let of = |side_px, x| ScatterView { side_px, ..view(x) };
        refinement.took(&of(4.0, 0.0), 1, Duration::from_millis(5));
        refinement.took(&of(10.0, 0.0), 1, Duration::from_millis(20));
        refinement.coarseness(&of(4.0, 0.0), false, start);
        assert_eq!(refinement.coarseness(&of(4.0, 1.0), false, start), 1);
        assert_eq!(refinement.coarseness(&of(10.0, 2.0), false, start), 2);
        assert_eq!(refinement.coarseness(&of(11.5, 3.0), false, start), 2, "the nearest that is known");
        assert_eq!(refinement.coarseness(&of(1.0, 3.5), false, start), 2, "nothing like it is known");
        // What a coarse picture takes changes nothing that an exact one has told.
        refinement.took(&of(10.0, 2.0), 2, Duration::from_millis(1));
        assert_eq!(refinement.coarseness(&of(10.0, 4.0), false, start), 2);
        // Nothing of that holds where drawings do not overlap.
        let apart = ScatterView { overlaps: false, ..of(10.0, 5.0) };
        assert_eq!(refinement.coarseness(&apart, false, start), 1);
    }
}
