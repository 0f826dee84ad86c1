//! A window without a window: panels over a model, with what they answered.

use egui::accesskit::Role;
use egui::epaint::{ClippedShape, Primitive};
use egui::{Pos2, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use inkfield::app::commands::When;
use inkfield::app::damage::Layers;
use inkfield::app::ui::{self, Field, FieldState, InspectorModel, Screen, UiAction, UiModel, UiOutput, UiState};
use inkfield::likeness::comparison::ComparedBy;

/// What a frame is made from, and what came of it.
pub struct Probe {
    pub model: UiModel<'static>,
    pub state: UiState,
    pub actions: Vec<UiAction>,
    pub out: Option<UiOutput>,
}

pub type Window = Harness<'static, Probe>;

pub fn window(model: &UiModel<'static>, size: Vec2, pixels_per_point: f32) -> Window {
    let probe = Probe { model: *model, state: UiState::new(), actions: Vec::new(), out: None };
    Harness::builder()
        .with_size(size)
        .with_pixels_per_point(pixels_per_point)
        .with_context_setup(ui::install)
        .build_ui_state(
            |ui, probe: &mut Probe| {
                let out = ui::show(ui, &probe.model, &mut probe.state);
                probe.actions.extend(out.actions.iter().cloned());
                probe.out = Some(out);
            },
            probe,
        )
}

pub fn desk(model: &UiModel<'static>) -> Window {
    window(model, vec2(1440.0, 900.0), 1.0)
}

pub fn out(window: &Window) -> &UiOutput {
    window.state().out.as_ref().expect("a frame was drawn")
}

pub fn known(label: &'static str, value: &'static str, detail: &'static str) -> Field<'static> {
    Field { label, value, detail, state: FieldState::Known }
}

pub fn viewing() -> UiModel<'static> {
    const FIELDS: &[Field<'static>] = &[
        Field { label: "country", value: "Germany", detail: "DE", state: FieldState::Known },
        Field { label: "recognised", value: "yes", detail: "", state: FieldState::Known },
        Field { label: "key_id", value: "5419213730611200", detail: "", state: FieldState::Known },
    ];
    UiModel {
        title: "octopus",
        rows: 150_152,
        rows_loaded: 150_152,
        records: Some(1.0),
        screen: Screen::Viewing,
        side_px: 44.0,
        zoom: 15.7,
        now: &[When::Open, When::Drawn, When::Inspected],
        hovered: Some(84_213),
        frame_ms: Some(4.1),
        adapter: "llvmpipe (LLVM 15.0.6)",
        inspector: Some(InspectorModel {
            original: None,
            hand: None,
            marks: &[],
            row: 84_213,
            title: "octopus",
            pinned: false,
            fields: FIELDS,
            pixel: None,
            size: [28, 28],
            footnote: None,
            alike: None,
            compared_by: ComparedBy::Direction,
            has_embedding: false,
        }),
        ..UiModel::default()
    }
}

pub fn clicked(window: &mut Window, role: Role, label: &str) -> Vec<UiAction> {
    window.state_mut().actions.clear();
    window.get_by_role_and_label(role, label).click();
    window.run();
    window.state().actions.clone()
}

/// Whether egui paints anything at a point.
pub fn is_painted(window: &Window, at: Pos2) -> bool {
    paints(window, window.output().shapes.clone(), at)
}

/// Whether something that lies over the GPU's pictures is painted there.
pub fn is_covered(window: &Window, at: Pos2) -> bool {
    let answers = out(window);
    let shapes = window.output().shapes.clone();
    paints(window, Layers::divide(shapes, &answers.panels, &answers.pictures()).over, at)
}

fn paints(window: &Window, shapes: Vec<ClippedShape>, at: Pos2) -> bool {
    let meshes = window.ctx.tessellate(shapes, window.output().pixels_per_point);
    let side = |a: Pos2, b: Pos2| (b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x);
    meshes.iter().filter(|m| m.clip_rect.contains(at)).any(|m| {
        let Primitive::Mesh(mesh) = &m.primitive else {
            return false;
        };
        mesh.triangles().any(|t| {
            let [a, b, c] = t.map(|i| mesh.vertices[i as usize]);
            let sides = [side(a.pos, b.pos), side(b.pos, c.pos), side(c.pos, a.pos)];
            let inside = sides.iter().all(|s| *s >= 0.0) || sides.iter().all(|s| *s <= 0.0);
            inside && [a, b, c].iter().any(|v| v.color.a() > 0)
        })
    })
}
