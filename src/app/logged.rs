//! What a frame has shown, for the state log.

use super::export::Exporting;
use super::gui::GuiFrame;
use super::hand::Together;
use super::session::Session;
use super::state::App;
use super::state_log::{DrawingPlace, FacetLine, FieldLog, FrameState};
use super::suspecting::LeftPanel;
use super::ui::{DrawingSlot, FacetPlace, FieldPlace};
use crate::data::Row;

impl App {
    /// Writes what a frame has shown, where a log is wanted.
    pub(super) fn log_frame(&mut self, hovered: Option<(u32, u64)>, redrawn: bool, gui: &GuiFrame) {
        let Some(mut log) = self.log.take() else { return };
        let (dialog, dialog_says) = self.dialog.in_log();
        let rect = self.scatter_rect;
        let window_px = self.shell.as_ref().map_or([0; 2], |shell| shell.surface.size_px());
        let in_px = |rect: egui::Rect| {
            let scaled = |at: f32| f64::from(at * gui.pixels_per_point);
            [rect.left(), rect.top(), rect.width(), rect.height()].map(scaled)
        };
        let mut state = FrameState {
            serial: self.serial,
            size_px: rect.size(),
            origin_px: [rect.left, rect.top],
            scale: self.scale(),
            loupe: drawing_places(gui, true),
            thumbnails: drawing_places(gui, false),
            facets: facet_lines(gui),
            loupe_held: self.held_pointer.is_some(),
            pointer: self.scatter_pointer().map(|at| at.to_array()),
            theme: self.theme().to_string(),
            inspector: rect.left + rect.width < window_px[0],
            minimap: self.minimap_rect().map(|map| [map.left - rect.left, map.top - rect.top, map.width, map.height]),
            inspector_row: self.inspected().map(|row| row.0),
            dialog,
            dialog_says,
            offered: self.offered(),
            fields: gui.output.field_places.iter().map(|place| field_log(place, gui.pixels_per_point)).collect(),
            ruler: gui.output.ruler.map(in_px),
            left_slider: gui.output.left_slider.map(in_px),
            pad: gui.output.pad.map(in_px),
            hand: self.inspected().and_then(|row| self.log_hand(row)),
            together: self.hand.together.as_deref().map(Together::in_log),
            by_stroke: self.log_by_stroke(),
            means: gui.output.means.iter().copied().map(in_px).collect(),
            across: gui.output.across.map(|rect| rect.map(in_px)),
            compared: self.compared().map(|(first, second)| (first.0, second.map(|row| row.0))),
            exporting: self.exporting.as_ref().map(Exporting::in_words),
            notices: self.notices.iter().map(|notice| notice.what.clone()).collect(),
            gpu_errors: self.shell.as_ref().map_or(0, |shell| shell.gpu.errors()),
            redrawn,
            refining: self.session.as_ref().is_some_and(Session::is_refining),
            ..FrameState::default()
        };
        if let Some(session) = &self.session {
            let scene = &session.scene;
            state.center = scene.camera().center.to_array();
            state.zoom = scene.camera().zoom;
            state.side_px = scene.view().side_px;
            state.in_strokes = session.renderer.shown_in_strokes(&scene.in_strokes());
            state.gliding = scene.transition().is_some();
            state.hover_row = hovered.map(|(row, _)| row);
            state.findings = self.walked();
            (state.groups, state.beside) = self.log_differing(gui);
            state.finding_strokes = state.findings.and_then(|_| self.strokes_of_finding()).map(str::to_owned);
            state.compared_by = scene.settings.layout_params.comparison.by.to_string();
            state.quality.clone_from(&scene.placed().layout.quality);
            state.links = session.links(hovered.map(|(row, _)| Row(row)).or(session.scene.pin()));
            state.asked_frame = hovered.map(|(_, frame)| frame);
            state.pin_row = scene.pin().map(|row| row.0);
            state.selected = scene.selection().count();
            state.tagged = scene.tags().count();
            state.tags_written = session.tag_file.has(scene.tags());
            state.rows_loaded = scene.rows_ready();
            state.records_loaded = session.columns.rows_loaded();
            state.rows = scene.rows();
            state.range = Some([session.values.range.low, session.values.range.high]);
            session.dataset.title().clone_into(&mut state.title);
            state.arranging = session.arranging().map(|kind| kind.to_string());
            state.layout = scene.placed().layout.kind.to_string();
            state.by = session.by();
            let looks = &scene.settings.appearance;
            state.sort.clone_from(&scene.settings.layout_params.sort);
            state.color_by.clone_from(&looks.color_by);
            state.filter = looks.filter.as_ref().map(ToString::to_string);
            state.fades = looks.fades;
            state.matching = session.matching();
            let uses = session.renderer.first_uses();
            state.compiled_in_frames = uses.iter().filter(|first| !first.warming_up).count() as u32;
            state.facets_counted = self.left == Some(LeftPanel::Facets) && session.are_facets_counted();
            state.only.clone_from(&scene.settings.layout_params.only);
        }
        self.log_legend(gui.output.legend.as_ref(), &mut state);
        log.write(state);
        self.log = Some(log);
    }
}

fn field_log(place: &FieldPlace, pixels_per_point: f32) -> FieldLog {
    let middle = |rect: egui::Rect| [rect.center().x, rect.center().y].map(|at| f64::from(at * pixels_per_point));
    let (name, shown) = (place.name.clone(), place.is_shown);
    FieldLog { name, shown, drag_px: middle(place.drag), eye_px: middle(place.eye) }
}

/// What can be chosen in facets.
fn facet_lines(gui: &GuiFrame) -> Vec<FacetLine> {
    let px = |at: f32| f64::from(at * gui.pixels_per_point);
    let line = |place: &FacetPlace| FacetLine {
        column: place.column.clone(),
        value: place.value.clone(),
        rect_px: [place.rect.left(), place.rect.top(), place.rect.width(), place.rect.height()].map(px),
    };
    gui.output.facets.iter().map(line).collect()
}

/// Where the drawings on cards lie in the window, or those on panels besides the inspector's picture.
fn drawing_places(gui: &GuiFrame, on_card: bool) -> Vec<DrawingPlace> {
    let picture = gui.output.inspector_picture_rect;
    let slots = gui.output.drawings.iter().filter(|slot| slot.on_card == on_card && Some(slot.rect) != picture);
    let place = |slot: &DrawingSlot| {
        let [middle_px, size_px] = [slot.rect.center().to_vec2(), slot.rect.size()]
            .map(|at| [at.x, at.y].map(|at| f64::from(at * gui.pixels_per_point)));
        DrawingPlace { row: slot.row, middle_px, size_px }
    };
    slots.map(place).collect()
}
