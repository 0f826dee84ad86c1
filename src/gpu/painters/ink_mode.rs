//! What a pixel takes of a drawing, as constants of a pipeline: each pipeline holds only the code that its pictures need.

use crate::atlas::{AtlasPlan, Pages};
use crate::scene::rows::{OUTLINED_FROM_PX, Styling};
use crate::scene::view::{ScatterView, level_blend};

/// The two levels of the ink pyramid that a picture reads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Levels {
    /// The finer one as an index into [`AtlasPlan::stored_sides`].
    pub level: usize,
    /// Its values a side.
    pub fine_side: u32,
    /// The coarser one has half as many values a side.
    pub halves: bool,
    /// Weight of the coarser one, 0…1.
    pub mix: f64,
}

impl Levels {
    /// The levels for drawings of `side_px`.
    pub fn of(plan: &AtlasPlan, side_px: f64) -> Self {
        let sides = plan.level_sides();
        let blend = level_blend(&sides, side_px);
        // The last level is stored as the mean of the one before it.
        let level = blend.fine.min(sides.len().saturating_sub(2));
        let side = |at: usize| sides.get(at).copied().unwrap_or(1);
        let mix = if blend.fine > level { 1.0 } else { blend.t };
        Self { level, fine_side: side(level), halves: side(level) == 2 * side(level + 1), mix }
    }
}

/// How much far contrast there is in a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Far {
    /// `FAR` 0: filtered ink alone.
    None,
    /// `FAR` 1: both, mixed.
    Mixed,
    /// `FAR` 2: stretched means alone.
    Only,
}

/// What is shown of the drawings of a crowd.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// `SHAPE` 0: dots.
    Dots,
    /// `SHAPE` 1: dots that turn into drawings.
    Mixed,
    /// `SHAPE` 2: drawings.
    Drawn,
}

impl Shape {
    fn of(view: &ScatterView, pages: Pages) -> Self {
        match view.shape_mix {
            // Pictures in colour are never dots: far away they are their mean colour.
            _ if !view.overlaps || pages == Pages::Color => Self::Drawn,
            mix if mix <= 0.0 => Self::Dots,
            mix if mix >= 1.0 => Self::Drawn,
            _ => Self::Mixed,
        }
    }
}

/// The constants of `shaders/view.wgsl` for a picture. What has no effect in a picture has one value, so that there are as
/// few pipelines as possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InkMode {
    pages: Pages,
    overlaps: bool,
    nearest: bool,
    halves: bool,
    far: Far,
    shape: Shape,
    styling: Styling,
}

/// Whether a picture is of overlapping plain dots.
pub fn is_dots(view: &ScatterView, plan: &AtlasPlan) -> bool {
    Shape::of(view, plan.pages) == Shape::Dots
}

impl InkMode {
    /// The mode of a picture.
    pub fn of(view: &ScatterView, plan: &AtlasPlan, styling: Styling) -> Self {
        let nearest = view.side_px >= f64::from(plan.canvas);
        let pages = plan.pages;
        let far = match view.far_mix {
            _ if view.overlaps || nearest || pages == Pages::Color || view.far_mix <= 0.0 => Far::None,
            mix if mix >= 1.0 => Far::Only,
            _ => Far::Mixed,
        };
        let shape = Shape::of(view, pages);
        let filters = !nearest && far != Far::Only && shape != Shape::Dots;
        let levels = Levels::of(plan, view.side_px);
        let halves = !filters || levels.halves;
        // Where pictures lie on one another there is no ground between them that a row's colour could show on, and large ones are not
        // tinted.
        let hides = pages == Pages::Color && view.overlaps && view.side_px >= OUTLINED_FROM_PX;
        let styling = if hides { styling.min(Styling::Flags) } else { styling };
        Self { pages, overlaps: view.overlaps, nearest: nearest && shape != Shape::Dots, halves, far, shape, styling }
    }

    /// What the values of drawings are.
    pub fn pages(&self) -> Pages {
        self.pages
    }

    /// Whether the drawing on top hides those below it.
    pub fn hides(&self) -> bool {
        self.pages == Pages::Color && self.overlaps
    }

    /// Whether drawings may overlap.
    pub fn overlaps(&self) -> bool {
        self.overlaps
    }

    /// Whether whole values of the finest level are shown.
    pub fn is_nearest(&self) -> bool {
        self.nearest
    }

    /// Whether the coarser level has half as many values a side, or none is read.
    pub fn halves(&self) -> bool {
        self.halves
    }

    /// Whether rows have colours.
    pub fn is_colored(&self) -> bool {
        self.styling == Styling::Colors
    }

    /// The constants of `view.wgsl` and `row_style.wgsl` by name.
    pub fn constants(&self) -> [(&'static str, f64); 6] {
        [
            ("OVERLAPS", f64::from(u8::from(self.overlaps))),
            ("NEAREST", f64::from(u8::from(self.nearest))),
            ("HALVES", f64::from(u8::from(self.halves))),
            ("FAR", self.far as u8 as f64),
            ("SHAPE", self.shape as u8 as f64),
            ("STYLING", self.styling as u8 as f64),
        ]
    }
}
