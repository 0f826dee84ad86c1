//! On the way from one placement to another: where rows are in between, and which of them are in sight.
//!
//! Every drawing moves linearly from its old place to the new one; scale and middle of the view move along. A picture on the way is
//! a mix of two: the drawings where they are now, by the rules of the old placement and by those of the new one.

use super::camera::Camera;
use super::layout::{Lattice, Layout};
use super::rows::SERIAL_ROWS;
use super::view::ScatterView;
use crate::data::Row;
use glam::DVec2;
use rayon::prelude::*;
use std::sync::Arc;

/// Most rows that are looked at for one picture: of larger sets one of a few.
const LOOKED_AT: f64 = 2e6;

/// Rows by which it is estimated how many are in sight.
const ASKED: u32 = 1 << 14;

/// Where one was before something else was shown: what a transition begins with.
#[derive(Clone, Debug)]
pub struct Departure {
    pub(super) layout: Arc<Layout>,
    pub(super) center: DVec2,
    pub(super) px_per_unit: f64,
}

/// Two placements, and how far rows have come from the first to the second.
#[derive(Clone, Debug)]
pub struct Transition {
    from: Departure,
    to: Arc<Layout>,
    part: f64,
    revision: u64,
}

/// One of the two pictures that a picture on the way is mixed of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// By the rules of the placement before.
    Old,
    /// By those of the one that rows are on the way to.
    New,
}

/// A transition as part of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OnTheWay {
    /// Which transition the renderer must hold.
    pub revision: u64,
    /// Part of the way, 0…1.
    pub part: f64,
    /// What the view is by the old rules.
    pub old_view: ScatterView,
}

/// Rows in sight, ascending.
#[derive(Clone, Debug, PartialEq)]
pub struct InSight {
    /// Each with its place in the units of [`Transition::frac_bits`].
    pub points: Vec<(u32, [i32; 2])>,
    /// One of how many drawings a side each one is there for: 1 is all of them.
    pub every: u32,
}

impl Transition {
    pub(super) fn new(from: Departure, to: Arc<Layout>, revision: u64) -> Self {
        Self { from, to, part: 0.0, revision }
    }

    pub(super) fn set_part(&mut self, part: f64) {
        self.part = part.clamp(0.0, 1.0);
    }

    /// Part of the way, 0…1.
    pub fn part(&self) -> f64 {
        self.part
    }

    /// Another number for every transition.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The placement by whose rules one of the two pictures is drawn.
    pub fn layout(&self, rules: Rules) -> &Layout {
        match rules {
            Rules::Old => &self.from.layout,
            Rules::New => &self.to,
        }
    }

    /// Middle and scale of the view, where those at the end are `center` and `px_per_unit`.
    pub(super) fn looks_at(&self, center: DVec2, px_per_unit: f64) -> (DVec2, f64) {
        let from = Camera { center: self.from.center, zoom: self.from.px_per_unit };
        let now = Camera::lerp(from, Camera { center, zoom: px_per_unit }, self.part);
        (now.center, now.zoom)
    }

    /// The middle of a row's drawing.
    pub fn center(&self, row: Row) -> Option<DVec2> {
        let (from, to) = (self.from.layout.center(row.0)?, self.to.center(row.0)?);
        Some(from.lerp(to, self.part))
    }

    /// How many bits of a fixed coordinate lie behind the binary point: what both placements have.
    pub fn frac_bits(&self) -> u32 {
        self.from.layout.frac_bits().min(self.to.frac_bits())
    }

    /// A layout of all rows where they are now, with the rules of the nearer end: what another transition begins with.
    pub(super) fn arrested(&self) -> Layout {
        let rules = if self.part < 0.5 { Rules::Old } else { Rules::New };
        let places = (0..self.to.rows()).into_par_iter().map(|row| self.fixed(row)).collect();
        self.layout(rules).moved(places, self.frac_bits(), self.from.layout.bounds.union(&self.to.bounds))
    }

    /// A layout without rows, in whose units those in sight are.
    pub fn outline(&self) -> Layout {
        self.to.moved(Vec::new(), self.frac_bits(), self.from.layout.bounds.union(&self.to.bounds))
    }

    fn fixed(&self, row: u32) -> [i32; 2] {
        let bits = self.frac_bits();
        let of = |layout: &Layout| {
            let scale = 1.0 / f64::from(1_u32 << (layout.frac_bits() - bits));
            layout.fixed().get(row as usize).map_or(DVec2::ZERO, |&[x, y]| DVec2::new(x.into(), y.into()) * scale)
        };
        of(&self.from.layout).lerp(of(&self.to), self.part).round().as_ivec2().to_array()
    }

    /// Whether a drawing that covers `every` × `every` of them is in sight of a view, by its place.
    fn is_in_sight(&self, view: &ScatterView, every: u32) -> impl Fn([i32; 2]) -> bool + Sync {
        let unit = f64::from(1_u32 << self.frac_bits());
        let side = f64::from(every) * (view.side_px / view.px_per_unit).max(1.0);
        let reach = DVec2::from(view.size_px.map(f64::from)) / (2.0 * view.px_per_unit) + side;
        let center = view.center;
        move |at| {
            let away = (DVec2::new(at[0].into(), at[1].into()) / unit - center).abs();
            away.cmple(reach).all()
        }
    }

    /// About how many rows are in sight of a view, going by some that are evenly spaced: to look at all would take longer than to draw
    /// those that are left.
    pub fn about_in_sight(&self, view: &ScatterView) -> usize {
        let step = self.to.rows().div_ceil(ASKED).max(1);
        let is_in = self.is_in_sight(view, 1);
        let asked = (0..self.to.rows()).step_by(step as usize);
        asked.filter(|&row| is_in(self.fixed(row))).count() * step as usize
    }

    /// The rows in sight of a view of one of the two pictures, or one of `every` × `every` of them: by columns and lines, where there
    /// are such, so that those left lie evenly.
    pub fn in_sight(&self, view: &ScatterView, rules: Rules, every: u32) -> InSight {
        let rows = self.to.rows();
        let unit = f64::from(1_u32 << self.frac_bits());
        let every = every.max((f64::from(rows) / LOOKED_AT).sqrt().ceil() as u32);
        let is_in = self.is_in_sight(view, every);
        let lattice = self.layout(rules).lattice.as_ref();
        let point = |row: u32| {
            let at = self.fixed(row);
            is_in(at).then_some((row, at))
        };
        // Threads that read pictures may take a while: a frame of few rows waits for none of them.
        let mut points: Vec<_> = if let Some(lattice) = lattice.filter(|_| every > 1) {
            lattice_rows(lattice, every).into_par_iter().with_min_len(SERIAL_ROWS).filter_map(point).collect()
        } else {
            let step = every.saturating_mul(every);
            let points = (0..rows.div_ceil(step)).into_par_iter().with_min_len(SERIAL_ROWS);
            points.filter_map(|at| point(at * step)).collect()
        };
        if every > 1 && !view.overlaps {
            // Each stands in the middle of those that it is there for.
            let by = (f64::from(every - 1) / 2.0 * unit) as i32;
            for (_, at) in &mut points {
                *at = [at[0].saturating_add(by), at[1].saturating_sub(by)];
            }
        }
        points.sort_unstable_by_key(|&(row, _)| row);
        InSight { points, every }
    }
}

/// The rows of one in `every` columns, in one in `every` lines.
fn lattice_rows(lattice: &Lattice, every: u32) -> Vec<u32> {
    let row_at = |position: u32| match &lattice.order {
        Some(order) => order.get(position as usize).copied(),
        None => Some(position),
    };
    let of_block = |block: &super::layout::LatticeBlock| {
        let (columns, rows, start) = (block.columns.max(1), block.rows, block.start);
        let lines = (0..rows.div_ceil(columns)).step_by(every as usize);
        let positions =
            lines.flat_map(move |line| (line * columns..((line + 1) * columns).min(rows)).step_by(every as usize));
        positions.map(move |position| start + position).collect::<Vec<_>>()
    };
    lattice.blocks.iter().flat_map(of_block).filter_map(row_at).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::super::camera::{Bounds, Viewport};
    use super::super::layout::LayoutKind;
    use super::super::{Scene, Settings};
    use super::*;
    use crate::scene::Action;

    #[test]
    fn how_many_are_in_sight_is_estimated_within_a_few_percent() {
        let viewport = Viewport::new(1280, 800, 1.0);
        let mut scene = Scene::new(300_000, 300_000, Settings::default(), viewport, None).unwrap();
        let from = scene.departure();
        scene.set_layout(LayoutKind::RANDOM, None, false).unwrap();
        scene.glide_from(from);
        scene.set_glide_part(0.5);
        let Bounds { min, max } = scene.placed().layout.bounds;
        for zoom in [1.0, 2.0, 5.0] {
            scene.apply(Action::SetCamera(Camera { center: (min + max) / 2.0, zoom }));
            let view = scene.view();
            let transition = scene.transition().unwrap();
            let all = transition.in_sight(&view, Rules::New, 1).points.len() as f64;
            let about = transition.about_in_sight(&view) as f64;
            assert!((about / all - 1.0).abs() < 0.05 && all > 5_000.0, "{about} for {all} at {zoom}");
        }
    }
}
