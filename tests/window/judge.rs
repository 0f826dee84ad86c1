//! Judges the program's hovers: what lies under a frame's pointer, from a scene and an oracle of the test's own.

use super::driver::Shown;
use glam::DVec2;
use inkfield::data::columns::Columns;
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::headless::read_columns;
use inkfield::scene::camera::{Camera, Viewport};
use inkfield::scene::{Action, Scene, Settings, oracle};
use std::collections::HashMap;
use std::ffi::OsStr;

/// The window's radius, pixels.
const RADIUS_PX: f64 = 6.0;

/// Answers for the program's frames from a scene of its own.
pub struct Judge {
    rows: u32,
    columns: Columns,
    scenes: HashMap<String, Scene>,
}

impl Judge {
    /// Opens what the program has opened.
    pub fn new<S: AsRef<OsStr>>(inputs: &[S]) -> Self {
        let dataset = Dataset::open(inputs, &OpenOptions::default()).unwrap();
        let (columns, _) = read_columns(&dataset, &mut |_, _| ()).unwrap();
        Self { rows: dataset.rows(), columns, scenes: HashMap::new() }
    }

    /// The row that is under a frame's pointer once everything is loaded.
    pub fn row_under(&mut self, frame: &Shown) -> Option<u32> {
        if frame.gliding {
            // Nothing is picked on the way.
            return None;
        }
        let pointer = DVec2::from(frame.pointer?);
        let [width, height] = frame.size_px;
        let viewport = Viewport::new(width, height, frame.scale);
        let scene = self.scenes.entry(frame.layout.clone()).or_insert_with(|| {
            let settings = Settings { layout: frame.layout.parse().unwrap(), ..Settings::default() };
            Scene::new(self.rows, 5329, settings, viewport, Some(&self.columns)).unwrap()
        });
        scene.apply(Action::Resize(viewport));
        scene.apply(Action::SetCamera(Camera { center: frame.center.into(), zoom: frame.zoom }));
        let view = scene.view();
        assert_eq!(view.side_px, frame.side_px, "frame {}: the same camera in the same world", frame.serial);
        let placed = scene.placed();
        oracle::pick(&view, &placed.layout, &placed.index, pointer.floor(), RADIUS_PX).map(|answer| answer.row.0)
    }
}
