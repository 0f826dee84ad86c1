//! What a scene shows: the viewport as numbers, the picture, squares and cards.

use super::Scene;
use crate::atlas::Pages;
use crate::data::Row;
use crate::data::countries::country_name;
use crate::scene::camera::{Bounds, Viewport};
use crate::scene::frame::{Content, Frame, PxRect, View};
use crate::scene::layout::{Axis, Label, Layout};
use crate::scene::overlay::{AxesMarks, AxisMarks, BlockLabel, Card, Overlay};
use crate::scene::palette::Rgb;
use crate::scene::picture::ScatterPicture;
use crate::scene::rows::{OUTLINED_FROM_PX, Styling};
use crate::scene::settings::Contrast;
use crate::scene::transition::{OnTheWay, Rules, Transition};
use crate::scene::view::{ScatterView, Stretch, far_mix, shape_mix};
use crate::words::{EMPTY, MISSING, shown_text};
use glam::DVec2;
use std::collections::BTreeMap;

/// Gaps that are lower, in logical pixels, hold no type that could be read: no texts are made for thousands of blocks from afar.
const LEAST_GAP_PX: f64 = 10.0;

/// Least side of the square around a marked drawing, logical pixels, and most of such squares.
const LEAST_MARK_PX: f64 = 7.0;
const MOST_MARKS: usize = 5000;

impl Scene {
    /// [`Scene::view`] with what changes no pixel left out: without far contrast the percentiles count for nothing, and
    /// neither a picture nor an answer is thrown away for them.
    pub fn picture_view(&self) -> ScatterView {
        without_idle_stretch(self.view())
    }

    /// The viewport resolved to numbers: what the renderer and the oracle read.
    pub fn view(&self) -> ScatterView {
        let (center, px_per_unit) = self.looks_at();
        self.view_of(&self.placed.layout, center, px_per_unit, &self.viewport)
    }

    /// The middle of the view and its scale, on the way to another layout as well.
    fn looks_at(&self) -> (DVec2, f64) {
        let (center, px_per_unit) =
            (self.camera.center, self.camera.px_per_unit(&self.placed.layout.bounds, &self.viewport));
        self.transition.as_ref().map_or((center, px_per_unit), |transition| transition.looks_at(center, px_per_unit))
    }

    fn on_the_way(&self, transition: &Transition) -> OnTheWay {
        let (center, px_per_unit) = self.looks_at();
        let old_view = self.view_of(transition.layout(Rules::Old), center, px_per_unit, &self.viewport);
        OnTheWay { revision: transition.revision(), part: transition.part(), old_view: without_idle_stretch(old_view) }
    }

    fn view_of(&self, layout: &Layout, center: DVec2, px_per_unit: f64, viewport: &Viewport) -> ScatterView {
        let point_size = self.settings.point_size.unwrap_or_else(|| layout.kind.point_px);
        self.view_with_points(layout, center, px_per_unit, viewport, point_size)
    }

    /// `point_size`: the least side of a drawing, logical pixels.
    pub(super) fn view_with_points(
        &self,
        layout: &Layout,
        center: DVec2,
        px_per_unit: f64,
        viewport: &Viewport,
        point_size: f64,
    ) -> ScatterView {
        let settings = &self.settings;
        let point_px = point_size.max(0.0) * viewport.scale;
        let side_px = px_per_unit.max(point_px);
        // Drawings grown to a point size larger than their cells overlap in any layout.
        let overlaps = layout.overlaps || point_px > px_per_unit;
        let drawn = shape_mix(side_px);
        ScatterView {
            size_px: [viewport.width_px, viewport.height_px],
            center,
            px_per_unit,
            side_px,
            overlaps,
            opacity: if overlaps { settings.opacity + (1.0 - settings.opacity) * drawn } else { 1.0 },
            shape_mix: if overlaps { drawn } else { 1.0 },
            far_mix: if overlaps || settings.contrast == Contrast::True { 0.0 } else { far_mix(side_px) },
            stretch: self.ink.stretch(),
        }
    }

    /// The scatter's picture as it should be now.
    pub fn picture(&self) -> ScatterPicture {
        ScatterPicture {
            view: self.picture_view(),
            layout_revision: self.placed.revision,
            on_the_way: self.transition.as_ref().map(|transition| self.on_the_way(transition)),
            rows_revision: self.row_table.revision(),
            rows_ready: self.rows_ready,
            colormap: self.settings.colormap,
            theme: self.settings.theme,
            tile: None,
        }
    }

    /// The frame of the scatter alone, nothing highlighted: what `render` draws and the window saves.
    pub fn scatter_frame(&self) -> Frame {
        let target_px = [self.viewport.width_px, self.viewport.height_px];
        let overlay = self.overlay();
        let content = Content::Scatter(Box::new(self.picture()), Box::new(overlay));
        Frame {
            target_px,
            scale: self.viewport.scale,
            theme: self.settings.theme,
            colormap: self.settings.colormap,
            views: vec![View { rect: PxRect::of_size(target_px), content }],
        }
    }

    /// A picture of `size_px` around some drawing, a world unit being just `px_per_unit` wide: what warms up the renderer.
    pub fn picture_at(&self, size_px: u32, px_per_unit: f64) -> ScatterPicture {
        let viewport = Viewport::new(size_px, size_px, self.viewport.scale);
        let layout = &self.placed.layout;
        let center = layout.center(self.rows() / 2).unwrap_or_else(|| layout.bounds.middle());
        let view = self.view_of(layout, center, px_per_unit, &viewport);
        ScatterPicture { view, on_the_way: None, ..self.picture() }
    }

    /// What lies over the picture by itself: axes, headings, a legend, outlines. Where rows are on the way, the legend alone.
    pub fn overlay(&self) -> Overlay {
        Overlay {
            axes: self.axes(),
            labels: self.labels(&country_name),
            legend: self.legend(self.settings.theme),
            outlines_px: self.outlines_px(),
            colored_px: self.colored_px(),
            near_px: self.near_px(),
            in_strokes: self.in_strokes(),
            captions: self.captions_px(),
            ..Overlay::default()
        }
    }

    /// The squares of the selected drawings in sight, as large as they are outlined; none while rows are on the way.
    fn outlines_px(&self) -> Vec<[f32; 3]> {
        if self.selection.is_empty() {
            return Vec::new();
        }
        self.outlined_in_sight(|row| self.selection.contains(row)).map(|(_, square)| square).collect()
    }

    /// The squares of pictures in colour in sight whose rows have a colour, by that: a picture keeps its own.
    fn colored_px(&self) -> Vec<(Rgb, Vec<[f32; 3]>)> {
        if self.pages != Pages::Color || self.row_table.styling() != Styling::Colors {
            return Vec::new();
        }
        let mut by_entry: BTreeMap<u8, Vec<[f32; 3]>> = BTreeMap::new();
        for (row, square) in self.outlined_in_sight(|row| self.row_table.style(row).color > 0) {
            by_entry.entry(self.row_table.style(row).color).or_default().push(square);
        }
        let palette = self.row_table.palette(self.settings.theme);
        by_entry.into_iter().map(|(entry, squares)| (palette[usize::from(entry)], squares)).collect()
    }

    /// The squares of the drawings in sight that are seen larger than their cells, where none lies on another; drawings that are
    /// faded stay as they are.
    pub fn near_px(&self) -> Vec<(Row, [f32; 3])> {
        let view = self.view();
        if view.overlaps || self.near_from_px.is_none_or(|from| view.side_px <= f64::from(from)) {
            return Vec::new();
        }
        let near = self.outlined_in_sight(|row| !self.row_table.style(row).faded);
        near.map(|(row, square)| (Row(row), square)).collect()
    }

    /// The squares of some drawings in sight, where they are large enough to be outlined; none while rows are on the way.
    pub(super) fn outlined_in_sight(&self, wanted: impl Fn(u32) -> bool) -> impl Iterator<Item = (u32, [f32; 3])> {
        let view = self.view();
        let is_large = view.side_px >= OUTLINED_FROM_PX && self.transition.is_none();
        let size = DVec2::new(view.size_px[0].into(), view.size_px[1].into());
        let reach = DVec2::splat(view.side_px);
        let (a, b) = (view.world_from_px(-reach), view.world_from_px(size + reach));
        let world = Bounds::new(a.min(b), a.max(b));
        let in_sight = is_large.then(|| self.placed.index.candidates(&world)).into_iter().flatten();
        let is_drawn = |row: u32| row < self.rows_ready && !self.row_table.style(row).hidden;
        let outlined = in_sight.filter(move |&row| wanted(row) && is_drawn(row));
        outlined.filter_map(|row| Some((row, self.square_px(Row(row))?.map(|edge| edge as f32))))
    }

    /// Squares around some rows in sight, 5,000 of them at most, wide enough to be seen; none while rows are on the way.
    pub fn marks_in_sight(&self, rows: &[u32]) -> Vec<[f32; 3]> {
        if self.transition.is_some() {
            return Vec::new();
        }
        let (view, size) = (self.view(), self.viewport.size_px());
        let side = view.side_px.max(LEAST_MARK_PX * self.viewport.scale);
        let mark = |&row: &u32| {
            let middle = view.px_from_world(self.placed.layout.center(row)?);
            let is_in_sight = middle.cmpgt(DVec2::splat(-side)).all() && middle.cmplt(size + side).all();
            is_in_sight.then(|| [middle.x - side / 2.0, middle.y - side / 2.0, side].map(|edge| edge as f32))
        };
        rows.iter().filter_map(mark).take(MOST_MARKS).collect()
    }

    /// Ticks and titles of the axes, as far as they are in sight.
    fn axes(&self) -> Option<AxesMarks> {
        let axes = self.placed.layout.axes.as_ref().filter(|_| self.transition.is_none())?;
        let view = self.view();
        let [width, height] = view.size_px.map(|side| side as f32);
        let place = |axis: usize, at: f64| {
            let mut world = DVec2::ZERO;
            world[axis] = at;
            view.px_from_world(world)[axis] as f32
        };
        let marks = |axis: usize, shown: &Axis, size: f32| AxisMarks {
            title: shown_text(&shown.title, 60),
            ticks: shown
                .ticks
                .iter()
                .map(|tick| (place(axis, tick.at), tick.text.clone()))
                .filter(|(px, _)| (0.0..=size).contains(px))
                .collect(),
        };
        let bounds = &self.placed.layout.bounds;
        let (low, high) = (view.px_from_world(bounds.min).as_vec2(), view.px_from_world(bounds.max).as_vec2());
        let plot_px = [low.x, high.y, high.x, low.y];
        Some(AxesMarks { x: marks(0, &axes.x, width), y: marks(1, &axes.y, height), plot_px })
    }

    /// The headings of the blocks in sight, none while rows are on the way to them. `name_of` gives the plain name of a group's value, where there is one.
    pub fn labels(&self, name_of: &dyn Fn(&str) -> Option<&'static str>) -> Vec<BlockLabel> {
        if self.transition.is_some() {
            return Vec::new();
        }
        let view = self.view();
        let size = DVec2::new(view.size_px[0].into(), view.size_px[1].into());
        let in_sight = |label: &&Label| {
            let (a, b) = (view.px_from_world(label.gap.min), view.px_from_world(label.gap.max));
            let is_readable = (a.y - b.y).abs() >= LEAST_GAP_PX * self.viewport.scale;
            is_readable && a.x.max(b.x) > 0.0 && a.x.min(b.x) < size.x && a.y.max(b.y) > 0.0 && a.y.min(b.y) < size.y
        };
        let labels = self.placed.layout.labels.iter().filter(in_sight).map(|label| {
            let (a, b) = (view.px_from_world(label.gap.min), view.px_from_world(label.gap.max));
            let [text, detail] = label.heading(name_of);
            BlockLabel {
                text,
                detail,
                // A block that begins left of the window keeps its heading in sight.
                left_px: a.x.min(b.x).max(0.0).min(a.x.max(b.x)) as f32,
                top_px: a.y.min(b.y) as f32,
                width_px: (a.x.max(b.x) - a.x.min(b.x).max(0.0)) as f32,
                height_px: (a.y - b.y).abs() as f32,
            }
        });
        labels.collect()
    }

    /// A drawing's square in pixels of the viewport: (left, top, side).
    pub fn square_px(&self, row: Row) -> Option<[f64; 3]> {
        let view = self.view();
        let middle = view.px_from_world(self.center_of(row)?);
        Some([middle.x - view.side_px / 2.0, middle.y - view.side_px / 2.0, view.side_px])
    }

    /// The card that paints a drawing over all others.
    pub fn card(&self, row: Row, pinned: bool) -> Option<Card> {
        let [left, top, side] = self.square_px(row)?;
        Some(Card { row, left_top_px: [left as f32, top as f32], side_px: side as f32, pinned })
    }
}

impl Label {
    /// What the heading says: the value, and its plain name (where `name_of` knows one) with the number of drawings.
    pub fn heading(&self, name_of: &dyn Fn(&str) -> Option<&'static str>) -> [String; 2] {
        let count = crate::words::thousands(self.rows.into());
        let name = name_of(&self.text_value);
        let detail = name.map_or_else(|| count.clone(), |name| format!("{name} · {count}"));
        let text = match self.code {
            None => MISSING.to_owned(),
            Some(_) if self.text_value.is_empty() => EMPTY.to_owned(),
            Some(_) => shown_text(&self.text_value, 60),
        };
        [text, detail]
    }
}

/// Without far contrast it does not matter how ink is stretched.
fn without_idle_stretch(view: ScatterView) -> ScatterView {
    ScatterView { stretch: if view.far_mix > 0.0 { view.stretch } else { Stretch::default() }, ..view }
}
