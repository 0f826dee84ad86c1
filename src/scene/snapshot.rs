//! What is looked at, as plain data: what undo goes back to, and what a session file can hold.

use super::Scene;
use super::camera::Camera;
use super::layout::{LayoutKind, LayoutParams};
use super::palette::{Colormap, Theme};
use super::rows::appearance::Appearance;
use super::selection::Selection;
use super::settings::{Contrast, Settings};
use super::state::{Action, Placed};
use crate::data::Row;
use crate::data::tags::{Tags, now_ms};
use glam::DVec2;
use serde::{Deserialize, Serialize};

/// All of a scene that its user chooses. What comes from files, and the viewport, are no part of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The layout that is shown.
    pub layout: LayoutKind,
    /// What is chosen of layouts.
    pub layout_params: LayoutParams,
    /// World position in the middle.
    pub center: [f64; 2],
    /// 1 fits everything.
    pub zoom: f64,
    /// The pinned row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<u32>,
    /// Least side of a drawing in logical pixels; the layout's own when absent.
    pub point_size: Option<f64>,
    /// Opacity of dots in a crowd.
    pub opacity: f64,
    /// Far contrast or none.
    pub contrast: Contrast,
    /// Paper or night.
    pub theme: Theme,
    /// Colours of ink.
    pub colormap: Colormap,
    /// Strokes in place of pixels.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub strokes: bool,
    /// How rows look.
    pub appearance: Appearance,
    /// The selected rows.
    #[serde(default, skip_serializing_if = "Selection::is_empty")]
    pub selection: Selection,
    /// The tags of rows, which have a file of their own.
    #[serde(skip)]
    pub tags: Tags,
}

impl Snapshot {
    /// What a scene starts with that shows it; what is selected and pinned comes later.
    pub fn settings(&self) -> Settings {
        Settings {
            layout: self.layout,
            layout_params: self.layout_params.clone(),
            center: Some(DVec2::from(self.center)),
            zoom: self.zoom,
            point_size: self.point_size,
            opacity: self.opacity,
            contrast: self.contrast,
            theme: self.theme,
            colormap: self.colormap,
            strokes: self.strokes,
            appearance: self.appearance.clone(),
            select: None,
        }
    }

    /// The same with another camera.
    #[must_use]
    pub fn seen_by(self, camera: Camera) -> Self {
        Self { center: camera.center.to_array(), zoom: camera.zoom, ..self }
    }
}

impl Scene {
    /// What is looked at now.
    pub fn snapshot(&self) -> Snapshot {
        let settings = &self.settings;
        let camera = self.camera();
        Snapshot {
            layout: self.placed().layout.kind,
            layout_params: settings.layout_params.clone(),
            center: camera.center.to_array(),
            zoom: camera.zoom,
            pin: self.pin().map(|row| row.0),
            point_size: settings.point_size,
            opacity: settings.opacity,
            contrast: settings.contrast,
            theme: settings.theme,
            colormap: settings.colormap,
            strokes: settings.strokes,
            appearance: settings.appearance.clone(),
            selection: self.selection().clone(),
            tags: self.tags().clone(),
        }
    }

    /// Goes back to what was looked at, over its placement where that is another one; answers whether rows look otherwise, so that
    /// [`Scene::restyle`] is due.
    pub fn restore(&mut self, snapshot: &Snapshot, placed: Option<Placed>) -> bool {
        let restyles = snapshot.appearance != self.settings.appearance;
        self.settings.layout_params = snapshot.layout_params.clone();
        if let Some(placed) = placed {
            self.show(placed, false);
        }
        self.settings.point_size = snapshot.point_size;
        self.settings.opacity = snapshot.opacity;
        self.settings.contrast = snapshot.contrast;
        self.settings.theme = snapshot.theme;
        self.settings.colormap = snapshot.colormap;
        self.settings.strokes = snapshot.strokes;
        self.settings.appearance = snapshot.appearance.clone();
        self.select(snapshot.selection.clone());
        let tags = self.tags().turned_to(&snapshot.tags, now_ms());
        self.set_tags(tags);
        self.apply(Action::Pin(snapshot.pin.map(Row)));
        self.apply(Action::SetCamera(Camera { center: DVec2::from(snapshot.center), zoom: snapshot.zoom }));
        restyles
    }
}
