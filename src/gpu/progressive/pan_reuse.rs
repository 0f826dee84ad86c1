//! Pan reuse: a picture whose camera has moved by whole pixels shows what it showed before, elsewhere. That is copied (a scroll
//! copy), and only what has come into view is drawn.

use crate::scene::frame::PxRect;
use crate::scene::picture::ScatterPicture;
use crate::scene::view::ScatterView;
use glam::DVec2;
use std::ops::Range;

/// Farthest from whole pixels, in pixels: edges of drawings lie on a lattice of this width anyway.
const PHASE_PX: f64 = 1.0 / 1024.0;

/// How a picture has moved, in pixels to the right and down. Neither is as much as the picture is wide or high.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PanReuse {
    by: [i32; 2],
    size_px: [u32; 2],
}

impl PanReuse {
    /// How `shown` has to move to be `wanted`; `None` where most of it must be redrawn. `phase` is the centre of the last
    /// picture that was drawn as a whole: steps are counted from there, so that many of them add up no error.
    pub fn between(shown: &ScatterPicture, phase: DVec2, wanted: &ScatterPicture) -> Option<Self> {
        let view = &wanted.view;
        let there = ScatterPicture { view: ScatterView { center: view.center, ..shown.view }, ..shown.clone() };
        if there != *wanted || wanted.on_the_way.is_some() {
            return None;
        }
        let px = |from: DVec2| (from - view.center) * DVec2::new(view.px_per_unit, -view.px_per_unit);
        let from_phase = px(phase);
        let by = px(shown.view.center).round();
        let size = DVec2::new(view.size_px[0].into(), view.size_px[1].into());
        let left = size - by.abs();
        let in_step = (from_phase - from_phase.round()).abs().max_element() <= PHASE_PX;
        let mostly_seen = left.min_element() > 0.0 && left.x * left.y * 2.0 >= size.x * size.y;
        (in_step && mostly_seen).then_some(Self { by: [by.x as i32, by.y as i32], size_px: view.size_px })
    }

    /// Where what stays in view lies in the picture before, and in this one.
    pub fn kept(&self) -> [PxRect; 2] {
        let span =
            |axis: usize, by: i32| (by.max(0).unsigned_abs(), self.size_px[axis].saturating_sub(by.unsigned_abs()));
        let rect = |[x, y]: [i32; 2]| {
            let ((left, width), (top, height)) = (span(0, x), span(1, y));
            PxRect { left, top, width, height }
        };
        [rect(self.by.map(|by| -by)), rect(self.by)]
    }

    /// What lines of a picture become that were exact before, given that what comes into view is.
    pub fn exact_lines(&self, lines: &Range<u32>) -> Range<u32> {
        let height = self.size_px[1];
        let moved = |line: u32| line.saturating_add_signed(self.by[1]).min(height);
        // What comes into view next to exact lines belongs to them.
        let start = if lines.start == 0 { 0 } else { moved(lines.start) };
        let end = if lines.end == height { height } else { moved(lines.end) };
        start..end.max(start)
    }

    /// What has come into view: a strip beside and one above or below what has stayed.
    pub fn strips(&self) -> Vec<PxRect> {
        let [_, kept] = self.kept();
        let [width, height] = self.size_px;
        // On an axis all that is new lies before what has stayed, or after it.
        let side = |by: i32, kept: u32| if by > 0 { 0 } else { kept };
        let beside = PxRect { left: side(self.by[0], kept.width), top: 0, width: width - kept.width, height };
        let over = PxRect {
            left: kept.left,
            top: side(self.by[1], kept.height),
            width: kept.width,
            height: height - kept.height,
        };
        [beside, over].into_iter().filter(|strip| !strip.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn what_stays_and_what_comes_are_the_whole_picture_once() {
        for by in [[3, 2], [-3, 2], [3, -2], [-3, -2], [0, 2], [-3, 0], [0, 0]] {
            let reuse = PanReuse { by, size_px: [9, 7] };
            let [from, to] = reuse.kept();
            assert_eq!(from.size(), to.size());
            let there = [to.left as i32 - from.left as i32, to.top as i32 - from.top as i32];
            assert_eq!(there, by);
            let mut times = [[0_u8; 9]; 7];
            for rect in reuse.strips().into_iter().chain([to]) {
                for line in &mut times[rect.top as usize..(rect.top + rect.height) as usize] {
                    for pixel in &mut line[rect.left as usize..(rect.left + rect.width) as usize] {
                        *pixel += 1;
                    }
                }
            }
            assert_eq!(times, [[1; 9]; 7], "{by:?}");
        }
    }

    #[test]
    fn exact_lines_move_along_and_keep_their_edges() {
        let down = PanReuse { by: [4, 2], size_px: [9, 7] };
        let up = PanReuse { by: [-4, -2], ..down };
        assert_eq!([&(0..7), &(2..4), &(0..3), &(5..7)].map(|lines| down.exact_lines(lines)), [0..7, 4..6, 0..5, 7..7]);
        assert_eq!([&(0..7), &(2..4), &(0..3), &(5..7)].map(|lines| up.exact_lines(lines)), [0..7, 0..2, 0..1, 3..7]);
        assert!(down.exact_lines(&(3..3)).is_empty(), "nothing was exact");
    }
}
