//! The minimap in a corner of the scatter: where it lies, and what a press in it does.

use super::press::{Drag, Press};
use super::state::App;
use crate::scene::Action;
use crate::scene::frame::{Content, PxRect, View};
use glam::DVec2;

/// From the corner of the scatter viewport, logical pixels.
const MARGIN_PX: f64 = 12.0;
/// It is shown where the scatter viewport is so many times as wide and as high.
const LEAST_ROOM: u32 = 3;

impl App {
    /// Where it lies in the window, in its physical pixels; `None` where it is not shown.
    pub(super) fn minimap_rect(&self) -> Option<PxRect> {
        let scene = &self.session.as_ref()?.scene;
        let [width, height] = scene.minimap_px();
        let (scatter, margin) = (self.scatter_rect, (MARGIN_PX * self.scale()).round() as u32);
        let has_room = scatter.width >= LEAST_ROOM * width && scatter.height >= LEAST_ROOM * height;
        let is_shown = self.minimap_open && has_room && scene.rows_ready() > 0 && scene.transition().is_none();
        let top = (scatter.top + scatter.height).saturating_sub(margin + height);
        is_shown.then_some(PxRect { left: scatter.left + margin, top, width, height })
    }

    /// Its view in a frame.
    pub(super) fn minimap_view(&self) -> Option<View> {
        let rect = self.minimap_rect()?;
        let (picture, overlay) = self.session.as_ref()?.scene.minimap()?;
        Some(View { rect, content: Content::Scatter(Box::new(picture), Box::new(overlay)) })
    }

    /// A position of the window in its pixels, where it lies in it.
    pub(super) fn in_minimap(&self, at: DVec2) -> Option<DVec2> {
        let PxRect { left, top, width, height } = self.minimap_rect()?;
        let local = at - DVec2::new(left.into(), top.into());
        let inside = local.cmpge(DVec2::ZERO).all() && local.x < width.into() && local.y < height.into();
        inside.then_some(local)
    }

    /// Begins to move what is looked at, where a press falls into it; answers whether it does.
    pub(super) fn press_minimap(&mut self, at: DVec2) -> bool {
        if self.in_minimap(at).is_none() {
            return false;
        }
        self.press = Some(Press { start: at, last: at, dragged: false, drag: Drag::Minimap });
        self.look_from_minimap(at);
        true
    }

    /// Looks at what it shows at a position of the window; one outside of it is its nearest edge.
    pub(super) fn look_from_minimap(&mut self, at: DVec2) {
        let Some(rect) = self.minimap_rect() else { return };
        self.glide = None;
        let local = at - DVec2::new(rect.left.into(), rect.top.into());
        let local = local.clamp(DVec2::ZERO, DVec2::new(rect.width.into(), rect.height.into()));
        if let Some(session) = &mut self.session {
            let camera = session.scene.camera_from_minimap(local);
            session.scene.apply(Action::SetCamera(camera));
        }
        self.redraw();
    }
}
