//! What a pixel's colour follows from: sums over its drawings, each with the look of its row.

use crate::scene::palette::{self, Colormap, Rgb, Theme};
use crate::scene::rows::{Paint, RowTable, Styling, WASH};
use crate::scene::view::ScatterView;

/// How rows look, and in which colours ink is shown.
#[derive(Clone, Debug)]
pub struct Looks<'a> {
    /// `None` where all look alike.
    rows: Option<&'a RowTable>,
    paints: Vec<Paint>,
    colormap: Colormap,
    theme: Theme,
}

impl<'a> Looks<'a> {
    /// Those of a table in the colours of a theme, where a drawing is `side_px` wide.
    pub fn new(rows: &'a RowTable, colormap: Colormap, theme: Theme, side_px: f64) -> Self {
        Self { rows: Some(rows), paints: rows.paints(theme, side_px), colormap, theme }
    }

    pub(super) fn plain() -> Self {
        Self { rows: None, paints: Vec::new(), colormap: Colormap::default(), theme: Theme::default() }
    }

    pub(super) fn of(&self, row: u32) -> Look {
        let style = self.rows.map_or_else(Default::default, |rows| rows.style(row));
        let paint = self.paints.get(style.paint()).copied().unwrap_or(Paint { color: [0; 3], washes: false });
        Look { weight: style.weight(), color: encoded(paint.color), is_colored: paint.washes }
    }

    /// The colour of a pixel in which pictures have left `drawn` (red, green, blue multiplied by alpha, alpha), on a ground that takes
    /// some of the colours of their rows where these lie apart.
    pub(super) fn over_ground(&self, drawn: [f64; 4], sum: &Sum) -> [f64; 3] {
        let ground = encoded(palette::ground(self.colormap, self.theme));
        let (area, alpha) = (sum.area.max(1.0), drawn[3].max(1.0));
        [0, 1, 2].map(|i| {
            let washed = ground[i] + WASH * (sum.wash[i] - sum.area * ground[i]) / area;
            washed * (1.0 - drawn[3] / alpha) + drawn[i] / alpha
        })
    }

    pub(super) fn color(&self, sum: &Sum, view: &ScatterView) -> [f64; 3] {
        if self.rows.is_none_or(|rows| rows.styling() != Styling::Colors) {
            return encoded(palette::color(self.colormap, self.theme, sum.ink(view) as f32));
        }
        let ground = encoded(palette::ground(self.colormap, self.theme));
        [0, 1, 2].map(|i| {
            if view.overlaps {
                let mean = if sum.colored_ink > 0.0 { sum.color[i] / sum.colored_ink } else { 0.0 };
                ground[i] * sum.value + (1.0 - sum.value) * mean
            } else {
                // Drawings that have left their cells may lie on one another: together they take no more than a pixel has.
                let (area, ink) = (sum.area.max(1.0), sum.value.max(1.0));
                let washed = ground[i] + WASH * (sum.wash[i] - sum.area * ground[i]) / area;
                washed * (1.0 - sum.value / ink) + sum.color[i] / ink
            }
        })
    }
}

/// How one drawing looks.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub(super) weight: f64,
    color: [f64; 3],
    is_colored: bool,
}

impl Look {
    /// A colour multiplied by its alpha, with so much of the row's.
    pub(super) fn tinted(&self, [r, g, b, alpha]: [f64; 4], part: f64) -> [f64; 4] {
        let part = if self.is_colored { part } else { 0.0 };
        let mixed = |own: f64, row: f64| own * (1.0 - part) + row * alpha * part;
        let [red, green, blue] = self.color;
        [mixed(r, red), mixed(g, green), mixed(b, blue), alpha]
    }
}

/// What is known of a pixel once all drawings were added.
#[derive(Clone, Copy, Default)]
pub(super) struct Sum {
    /// Overlapping: the part of the ground that still shows. Otherwise: the ink.
    value: f64,
    /// Σ k·c and Σ k, with the opacity where drawings overlap.
    color: [f64; 3],
    colored_ink: f64,
    /// Σ area·c and Σ area of coloured drawings.
    wash: [f64; 3],
    area: f64,
}

impl Sum {
    /// A pixel without drawings.
    pub(super) fn empty(overlaps: bool) -> Self {
        Self { value: if overlaps { 1.0 } else { 0.0 }, ..Self::default() }
    }

    pub(super) fn ink(&self, view: &ScatterView) -> f64 {
        (if view.overlaps { 1.0 - self.value } else { self.value }).clamp(0.0, 1.0)
    }

    /// Adds the ink of a drawing that overlaps no other and has `area` of the pixel.
    pub(super) fn add(&mut self, ink: f64, area: f64, look: &Look) {
        let ink = ink * look.weight;
        self.value += ink;
        self.count(ink, look);
        if look.is_colored {
            let area = area * look.weight;
            self.area += area;
            self.wash = [0, 1, 2].map(|i| self.wash[i] + area * look.color[i]);
        }
    }

    /// Lays ink over what is there.
    pub(super) fn cover(&mut self, ink: f64, look: &Look) {
        let ink = ink * look.weight;
        self.value *= 1.0 - ink;
        self.count(ink, look);
    }

    fn count(&mut self, ink: f64, look: &Look) {
        self.colored_ink += ink;
        self.color = [0, 1, 2].map(|i| self.color[i] + ink * look.color[i]);
    }
}

fn encoded(color: Rgb) -> [f64; 3] {
    color.map(|byte| f64::from(byte) / 255.0)
}
