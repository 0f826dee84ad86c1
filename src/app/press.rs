//! A pressed button over the scatter, and what comes of it: a drag that pans or leaves a box or a lasso, and what is selected by those.

use super::state::App;
use super::ui::{InspectorPage, Tool};
use crate::data::Row;
use crate::scene::camera::Bounds;
use crate::scene::overlay::Overlay;
use crate::scene::selection::{Combine, Polygon, Region, Selection};
use glam::DVec2;

/// A lasso has a corner as often as this, logical pixels.
const LASSO_STEP_PX: f64 = 2.0;

/// What a drag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drag {
    /// The picture follows.
    Pan,
    /// A box is drawn that will fill the viewport.
    ZoomBox,
    /// A box is drawn, and what lies in it selected.
    SelectBox,
    /// A line is drawn, and what it encloses selected.
    Lasso,
    /// What is looked at follows the pointer in the minimap.
    Minimap,
}

/// A pressed button over the scatter. Positions are physical pixels of the window.
#[derive(Clone, Copy, Debug)]
pub struct Press {
    /// Where it went down.
    pub start: DVec2,
    /// Where it was last.
    pub last: DVec2,
    /// It moved too far for a click.
    pub dragged: bool,
    /// What it does then.
    pub drag: Drag,
}

impl Tool {
    /// What a drag with this tool does.
    pub(super) fn drag(self) -> Drag {
        match self {
            Self::Pan => Drag::Pan,
            Self::BoxZoom => Drag::ZoomBox,
            Self::BoxSelect => Drag::SelectBox,
            Self::Lasso => Drag::Lasso,
        }
    }

    /// Whether drags with this tool select.
    pub(super) fn selects(self) -> bool {
        matches!(self, Self::BoxSelect | Self::Lasso)
    }
}

impl App {
    /// Whether Ctrl (or Cmd) is held: what is meant is selected as well.
    pub(super) fn adds(&self) -> bool {
        self.modifiers.control_key() || self.modifiers.super_key()
    }

    /// A drag that draws goes on.
    pub(super) fn draw_on(&mut self, to: DVec2) {
        let step = LASSO_STEP_PX * self.scale();
        if self.lasso.last().is_none_or(|last| (to - *last).length() >= step) {
            self.lasso.push(to);
        }
    }

    /// The corner of the scatter viewport in the window.
    pub(super) fn scatter_corner(&self) -> DVec2 {
        DVec2::new(self.scatter_rect.left.into(), self.scatter_rect.top.into())
    }

    /// Shows the box or the lasso that is being dragged.
    pub(super) fn show_drag(&self, overlay: &mut Overlay) {
        let Some(press) = self.press.filter(|press| press.dragged) else { return };
        let corner = self.scatter_corner();
        let local = |at: DVec2| (at - corner).as_vec2().to_array();
        match press.drag {
            Drag::Pan | Drag::Minimap => {}
            Drag::ZoomBox | Drag::SelectBox => overlay.box_px = Some([local(press.start), local(press.last)]),
            Drag::Lasso => overlay.lasso_px = self.lasso.iter().map(|&at| local(at)).collect(),
        }
    }

    /// Selects what a finished drag has enclosed: instead of what was selected, with Ctrl besides, with Alt what was selected without it.
    pub(super) fn select_enclosed(&mut self, press: Press) {
        let how = match (self.modifiers.alt_key(), self.adds()) {
            (true, _) => Combine::Remove,
            (false, true) => Combine::Add,
            (false, false) => Combine::Replace,
        };
        let corner = self.scatter_corner();
        let line = std::mem::take(&mut self.lasso);
        let Some(session) = &mut self.session else { return };
        if session.scene.transition().is_some() {
            // Nothing that flies past is selected.
            return;
        }
        let view = session.scene.view();
        let world = |at: DVec2| view.world_from_px(at - corner);
        let region = if press.drag == Drag::Lasso {
            Region::Lasso(Polygon::new(&line.into_iter().map(world).collect::<Vec<_>>()))
        } else {
            let (a, b) = (world(press.start), world(press.last));
            Region::Box(Bounds::new(a.min(b), a.max(b)))
        };
        session.scene.select_region(&region, how);
        self.page = InspectorPage::Selection;
    }

    /// Selects a drawing besides the others, or no longer.
    pub(super) fn toggle_selected(&mut self, row: Row) {
        let Some(session) = &mut self.session else { return };
        let scene = &mut session.scene;
        let one = Selection::of_rows(scene.rows(), [row.0]);
        let how = if scene.selection().contains(row.0) { Combine::Remove } else { Combine::Add };
        scene.select(scene.selection().combined(&one, how));
    }

    /// Selects all drawings that no filter leaves out.
    pub(super) fn select_all(&mut self) {
        if let Some(session) = &mut self.session {
            session.scene.select(session.scene.all_found());
            self.page = InspectorPage::Selection;
        }
    }

    /// Selects nothing.
    pub(super) fn select_none(&mut self) {
        if let Some(session) = &mut self.session {
            session.scene.select(Selection::default());
        }
    }

    /// Selects what is not selected, as far as no filter leaves it out, and nothing else.
    pub(super) fn invert_selection(&mut self) {
        if let Some(session) = &mut self.session {
            let others = session.scene.all_found().combined(session.scene.selection(), Combine::Remove);
            session.scene.select(others);
            self.page = InspectorPage::Selection;
        }
    }
}
