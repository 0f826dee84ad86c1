//! What VIEW on the command line and the window's bar choose: layout, sizes, colours.

use super::layout::{LayoutKind, LayoutParams};
use super::palette::{Colormap, Theme};
use super::rows::appearance::Appearance;
use super::rows::filter::Filter;
use crate::data::dataset::Dataset;
use glam::DVec2;

/// How far-away drawings show their ink.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Contrast {
    /// Stretched between the set's 1st and 99th percentile below 3.5 px.
    #[default]
    Far,
    /// As it is.
    True,
}

impl std::str::FromStr for Contrast {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.to_ascii_lowercase().as_str() {
            "far" => Ok(Self::Far),
            "true" => Ok(Self::True),
            _ => Err(format!("`{text}` is neither `far` (stretched when far away) nor `true` (as it is)")),
        }
    }
}

/// A theme, or the system's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// As the system says; paper where it says nothing.
    #[default]
    System,
    /// This one.
    Given(Theme),
}

impl std::str::FromStr for ThemeChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.eq_ignore_ascii_case("system") {
            Ok(Self::System)
        } else {
            text.parse().map(Self::Given).map_err(|_| format!("`{text}` is none of `paper`, `night`, `system`"))
        }
    }
}

/// Choices that outlive a camera.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Layout to start with.
    pub layout: LayoutKind,
    /// What is chosen of layouts.
    pub layout_params: LayoutParams,
    /// World position in the middle; the middle of the bounds when absent.
    pub center: Option<DVec2>,
    /// 1 fits everything.
    pub zoom: f64,
    /// Least side of a drawing in logical pixels; the layout's own when absent.
    pub point_size: Option<f64>,
    /// Opacity of dots in a crowd, 0…1.
    pub opacity: f64,
    /// Far contrast or none.
    pub contrast: Contrast,
    /// Paper or night.
    pub theme: Theme,
    /// Colours of ink.
    pub colormap: Colormap,
    /// Drawings that are seen large show their strokes in place of their pixels, where their records hold some.
    pub strokes: bool,
    /// How rows look.
    pub appearance: Appearance,
    /// Which rows are selected at first; nothing once they are.
    pub select: Option<Filter>,
}

impl Settings {
    /// The same for a set, of which a slice may be open.
    #[must_use]
    pub fn of_set(mut self, dataset: &Dataset) -> Self {
        let (rows, total) = (dataset.rows(), dataset.total_rows());
        self.layout_params.slice = (rows != total).then(|| [dataset.first_row(), total]);
        self
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            layout: LayoutKind::GRID,
            layout_params: LayoutParams::default(),
            center: None,
            zoom: 1.0,
            point_size: None,
            opacity: 0.5,
            contrast: Contrast::Far,
            theme: Theme::Paper,
            colormap: Colormap::Ink,
            strokes: false,
            appearance: Appearance::default(),
            select: None,
        }
    }
}
