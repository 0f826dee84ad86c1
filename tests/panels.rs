//! The panels driven without a window: by role and label as a screen reader sees them, and by where they paint.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test that cannot go on should stop.

use egui::accesskit::Role;
use egui::epaint::Primitive;
use egui::{Key, Pos2, Rect, Vec2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use inkfield::app::ui::{
    self, BAR_HEIGHT, Dialog, Field, FieldState, GroupLabel, InspectorModel, LOUPE_CELLS,
    LayoutTab, Loupe, Notice, ReportLine, STATUS_HEIGHT, Screen, Theme, Tool, TooltipModel,
    UiAction, UiModel, UiOutput, UiState,
};

/// What a frame is made from, and what came of it.
struct Probe {
    model: UiModel<'static>,
    state: UiState,
    actions: Vec<UiAction>,
    out: Option<UiOutput>,
}

type Window = Harness<'static, Probe>;

fn window(model: &UiModel<'static>, size: Vec2, pixels_per_point: f32) -> Window {
    let probe = Probe {
        model: *model,
        state: UiState::new(),
        actions: Vec::new(),
        out: None,
    };
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

fn desk(model: &UiModel<'static>) -> Window {
    window(model, vec2(1440.0, 900.0), 1.0)
}

fn out(window: &Window) -> &UiOutput {
    window.state().out.as_ref().expect("a frame was drawn")
}

fn known(label: &'static str, value: &'static str, detail: &'static str) -> Field<'static> {
    Field {
        label,
        value,
        detail,
        state: FieldState::Known,
    }
}

fn viewing() -> UiModel<'static> {
    const FIELDS: &[Field<'static>] = &[
        Field {
            label: "country",
            value: "Germany",
            detail: "DE",
            state: FieldState::Known,
        },
        Field {
            label: "recognised",
            value: "yes",
            detail: "",
            state: FieldState::Known,
        },
        Field {
            label: "key_id",
            value: "5419213730611200",
            detail: "",
            state: FieldState::Known,
        },
    ];
    UiModel {
        title: "octopus",
        rows: 150_152,
        rows_loaded: 150_152,
        records: Some(1.0),
        screen: Screen::Viewing,
        side_px: 44.0,
        zoom: 15.7,
        hovered: Some(84_213),
        frame_ms: Some(4.1),
        adapter: "llvmpipe (LLVM 15.0.6)",
        inspector: Some(InspectorModel {
            row: 84_213,
            title: "octopus",
            pinned: false,
            fields: FIELDS,
            pixel: None,
            size: [28, 28],
            footnote: None,
        }),
        ..UiModel::default()
    }
}

fn clicked(window: &mut Window, role: Role, label: &str) -> Vec<UiAction> {
    window.state_mut().actions.clear();
    window.get_by_role_and_label(role, label).click();
    window.run();
    window.state().actions.clone()
}

#[test]
fn layouts_and_tools_are_chosen_in_the_bar() {
    let mut window = desk(&viewing());
    assert_eq!(
        clicked(&mut window, Role::RadioButton, "Groups"),
        [UiAction::SetLayout(LayoutTab::Groups)]
    );
    assert_eq!(
        clicked(&mut window, Role::RadioButton, "Index"),
        [UiAction::SetLayout(LayoutTab::Index)]
    );
    assert_eq!(
        clicked(&mut window, Role::RadioButton, "Box zoom"),
        [UiAction::SetTool(Tool::BoxZoom)]
    );
    assert_eq!(
        clicked(&mut window, Role::RadioButton, "Grid"),
        [],
        "the one that is shown already"
    );
    assert_eq!(clicked(&mut window, Role::Button, "Fit"), [UiAction::Fit]);
    assert_eq!(clicked(&mut window, Role::Button, "Save"), [UiAction::Save]);
    assert_eq!(
        clicked(&mut window, Role::Button, "Keys"),
        [UiAction::ToggleHelp]
    );
}

#[test]
fn groups_cannot_be_chosen_until_the_column_is_read() {
    let mut window = desk(&UiModel {
        groups_unavailable: Some("reading countries… 38 %"),
        records: Some(0.38),
        ..viewing()
    });
    assert!(
        window
            .get_by_role_and_label(Role::RadioButton, "Groups")
            .accesskit_node()
            .is_disabled()
    );
    assert_eq!(clicked(&mut window, Role::RadioButton, "Groups"), []);
    assert!(
        !window
            .get_by_role_and_label(Role::RadioButton, "Index")
            .accesskit_node()
            .is_disabled()
    );
}

#[test]
fn the_inspector_pins_steps_copies_and_hides() {
    let mut window = desk(&viewing());
    assert_eq!(clicked(&mut window, Role::Button, "Pin"), [UiAction::Pin]);
    assert_eq!(
        clicked(&mut window, Role::Button, "Previous row"),
        [UiAction::StepRow(-1)]
    );
    assert_eq!(
        clicked(&mut window, Role::Button, "Next row"),
        [UiAction::StepRow(1)]
    );
    assert_eq!(
        clicked(&mut window, Role::Button, "Go to row"),
        [UiAction::OpenGoto]
    );
    assert_eq!(
        clicked(&mut window, Role::Button, "Copy record"),
        [UiAction::CopyRecord]
    );
    assert_eq!(
        clicked(&mut window, Role::Button, "Hide inspector"),
        [UiAction::ToggleInspector]
    );
    window.get_by_label("row 84,213 · 150,152 drawings");

    window.state_mut().model.inspector.as_mut().unwrap().pinned = true;
    window.run();
    assert_eq!(
        clicked(&mut window, Role::Button, "Unpin"),
        [UiAction::Unpin]
    );
    window.get_by_label("row 84,213 · 150,152 drawings · pinned");
}

#[test]
fn a_field_says_reading_until_its_record_is_there_and_unknown_after() {
    const FIELDS: &[Field<'static>] = &[
        Field {
            label: "country",
            value: "",
            detail: "",
            state: FieldState::Reading(0.38),
        },
        Field {
            label: "time",
            value: "",
            detail: "",
            state: FieldState::Unknown,
        },
    ];
    let mut model = viewing();
    model.inspector.as_mut().unwrap().fields = FIELDS;
    let window = desk(&model);
    window.get_by_label("reading… 38 %");
    window.get_by_label("unknown");
    assert!(
        window.query_by_label("Copy country").is_none(),
        "there is nothing to copy"
    );
}

#[test]
fn a_hostile_value_is_shown_escaped_and_copied_whole() {
    const HOSTILE: &str = "safe\u{202e}gnp.exe\nnext";
    let long: &'static str = Box::leak("long ".repeat(200_000).into_boxed_str());
    let fields: &'static [Field<'static>] = Box::leak(Box::new([
        known("word", HOSTILE, ""),
        known("note", long, ""),
    ]));
    let mut model = viewing();
    model.inspector.as_mut().unwrap().fields = fields;
    let mut window = desk(&model);
    let shown = window.get_by_label("safe\\u{202e}gnp.exe\\nnext").rect();
    assert!(shown.height() < 40.0);
    let copied =
        |window: &mut Window, label: &str| {
            window.get_by_label(label).click();
            let mut texts: Vec<String> = Vec::new();
            for _ in 0..4 {
                window.step();
                texts.extend(window.output().platform_output.commands.iter().filter_map(
                    |c| match c {
                        egui::OutputCommand::CopyText(text) => Some(text.clone()),
                        _ => None,
                    },
                ));
            }
            texts
        };
    assert_eq!(copied(&mut window, "Copy word"), [HOSTILE]);
    assert_eq!(copied(&mut window, "Copy note"), [long]);
}

#[test]
fn a_row_typed_into_the_goto_card_is_submitted_by_enter() {
    let mut window = desk(&UiModel {
        dialog: Dialog::Goto {
            text: "",
            error: None,
        },
        ..viewing()
    });
    window.run();
    assert!(
        window.get_by_role(Role::TextInput).is_focused(),
        "the field has the focus at once"
    );
    assert!(out(&window).wants_keyboard);
    window.get_by_role(Role::TextInput).type_text("-1");
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(
        window.state().actions,
        [UiAction::GotoSubmit("-1".to_owned())]
    );

    window.state_mut().model.dialog = Dialog::Goto {
        text: "",
        error: Some("There is no row 200,000: the last one is 150,151."),
    };
    window.run();
    window.get_by_label("There is no row 200,000: the last one is 150,151.");
    assert!(
        window.get_by_role(Role::TextInput).is_focused(),
        "ready for a second try"
    );
    window.state_mut().actions.clear();
    window.key_press(Key::Escape);
    window.run();
    assert!(window.state().actions.contains(&UiAction::CloseDialog));
}

#[test]
fn help_names_the_keys_and_closes() {
    let mut window = desk(&UiModel {
        dialog: Dialog::Help,
        ..viewing()
    });
    for key in [
        "Shift+drag",
        "hold Alt",
        "Ctrl+O",
        "Home  End",
        "go to a row or key_id",
    ] {
        window.get_by_label(key);
    }
    assert_eq!(
        clicked(&mut window, Role::Button, "Switch to night"),
        [UiAction::ToggleTheme]
    );
    assert_eq!(
        clicked(&mut window, Role::Button, "Close keys"),
        [UiAction::CloseDialog]
    );
}

#[test]
fn a_notice_says_what_to_do_and_closes_wherever_it_lies() {
    const NOTICES: &[Notice<'static>] = &[
        Notice {
            what: "saved octopus.png",
            advice: "",
            is_error: false,
        },
        Notice {
            what: "cat.npy is an HTML page, not a bitmap file.",
            advice: "Download it again.",
            is_error: true,
        },
    ];
    let open = UiModel {
        notices: NOTICES,
        ..viewing()
    };
    let hidden = UiModel {
        inspector_open: false,
        ..open
    };
    let welcome = UiModel {
        notices: NOTICES,
        ..UiModel::default()
    };
    for model in [open, hidden, welcome] {
        let mut window = desk(&model);
        window.run();
        window.get_by_label("Download it again.");
        let crosses: Vec<_> = window
            .get_all_by_role_and_label(Role::Button, "Close notice")
            .collect();
        assert_eq!(crosses.len(), 2);
        crosses[0].click();
        drop(crosses);
        window.run();
        assert_eq!(
            window.state().actions,
            [UiAction::CloseNotice(1)],
            "the newest is on top"
        );
    }
}

#[test]
fn the_report_opens_from_its_badge() {
    const REPORT: &[ReportLine<'static>] = &[
        ReportLine {
            text: "octopus.ndjson: line 12 is no record",
            is_warning: true,
        },
        ReportLine {
            text: "skipped a.txt",
            is_warning: false,
        },
    ];
    let mut window = desk(&UiModel {
        report: REPORT,
        ..viewing()
    });
    assert!(window.query_by_label("skipped a.txt").is_none());
    clicked(&mut window, Role::Button, "Load report: 1 warning");
    window.get_by_label("octopus.ndjson: line 12 is no record");
    window.get_by_label("skipped a.txt");
}

#[test]
fn loading_is_told_and_can_be_cancelled() {
    let mut window = desk(&UiModel {
        rows_loaded: 61_440,
        records: Some(0.38),
        ..viewing()
    });
    window.get_by_label("61,440 of 150,152 drawings · 38 % of records");
    assert_eq!(
        clicked(&mut window, Role::Button, "Cancel"),
        [UiAction::CancelLoad]
    );
    window.state_mut().model = viewing();
    window.run();
    assert!(window.query_by_label("Cancel").is_none());
    window.get_by_label("150,152 of 150,152 drawings");
    window.get_by_label("44 px a drawing · ×15.7");
}

#[test]
fn progress_never_runs_backwards() {
    let at = |rows_loaded, records| {
        ui::progress(&UiModel {
            rows_loaded,
            records,
            ..viewing()
        })
    };
    assert_eq!(at(0, Some(0.0)), 0.0);
    assert_eq!(at(150_152, Some(1.0)), 1.0);
    assert_eq!(at(150_152, None), 1.0);
    assert!(at(61_440, Some(0.1)) < at(150_152, Some(0.1)));
    assert!(at(61_440, Some(0.1)) < at(61_440, Some(0.2)));
}

#[test]
fn the_welcome_page_opens_files_paths_the_demo_and_recent_sets() {
    const RECENT: &[ui::Recent<'static>] = &[
        ui::Recent {
            title: "cat",
            path: "/data/cat.npy",
        },
        ui::Recent {
            title: "dog",
            path: "/data/dog.npy",
        },
    ];
    let mut window = desk(&UiModel {
        screen: Screen::Welcome {
            recent: RECENT,
            can_drop: true,
        },
        ..UiModel::default()
    });
    assert_eq!(
        clicked(&mut window, Role::Button, "Open files"),
        [UiAction::OpenDialogFile]
    );
    assert_eq!(
        clicked(&mut window, Role::Button, "See the demo"),
        [UiAction::OpenDemo]
    );
    assert_eq!(
        clicked(&mut window, Role::Button, "Open dog"),
        [UiAction::OpenRecent(1)]
    );
    window.get_by_role(Role::TextInput).focus();
    window.run();
    window.get_by_role(Role::TextInput).type_text("demo:30:1");
    window.run();
    assert_eq!(
        clicked(&mut window, Role::Button, "Open this path"),
        [UiAction::OpenPathSubmit("demo:30:1".to_owned())]
    );
    assert!(
        window.query_by_label("Grid").is_none(),
        "there is nothing to lay out"
    );
}

#[test]
fn the_scatter_viewport_is_what_bar_status_and_inspector_leave() {
    for (w, h, scale) in [
        (1440.0, 900.0, 1.0),
        (800.0, 600.0, 1.25),
        (480.0, 360.0, 2.0),
        (1000.0, 700.0, 0.75),
        (700.0, 500.0, 4.0),
    ] {
        for inspector_open in [true, false] {
            let window = window(
                &UiModel {
                    inspector_open,
                    ..viewing()
                },
                vec2(w, h),
                scale,
            );
            let scatter = out(&window).scatter_rect;
            let panel = if inspector_open {
                372.0_f32.min(w - 160.0)
            } else {
                0.0
            };
            let want =
                Rect::from_min_max(pos2(0.0, BAR_HEIGHT), pos2(w - panel, h - STATUS_HEIGHT));
            let off = |a: Pos2, b: Pos2| (a - b).abs().max_elem();
            assert!(
                off(scatter.min, want.min).max(off(scatter.max, want.max)) <= 0.5 / scale + 1e-3,
                "{w}×{h} at {scale}: {scatter:?}"
            );
            for edge in [
                scatter.left(),
                scatter.right(),
                scatter.top(),
                scatter.bottom(),
            ] {
                let physical = edge * scale;
                assert!(
                    (physical - physical.round()).abs() < 1e-2,
                    "{edge} lies between pixels at {scale}"
                );
            }
        }
    }
}

/// Whether egui paints anything at a point.
fn is_painted(window: &Window, at: Pos2) -> bool {
    let output = window.output();
    let meshes = window
        .ctx
        .tessellate(output.shapes.clone(), output.pixels_per_point);
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

#[test]
fn the_viewports_stay_transparent() {
    for theme in [Theme::Paper, Theme::Night] {
        let window = window(&UiModel { theme, ..viewing() }, vec2(1000.0, 760.0), 1.5);
        let picture = out(&window)
            .inspector_picture_rect
            .expect("a drawing is inspected");
        assert!(
            (picture.width() - 336.0).abs() < 1.0 && (picture.height() - 336.0).abs() < 1.0,
            "{picture:?}"
        );
        for rect in [picture.shrink(3.0), out(&window).scatter_rect.shrink(1.0)] {
            for (u, v) in [
                (0.5, 0.5),
                (0.1, 0.1),
                (0.9, 0.1),
                (0.1, 0.9),
                (0.98, 0.5),
                (0.5, 0.02),
            ] {
                let at = rect.min + vec2(u * rect.width(), v * rect.height());
                assert!(!is_painted(&window, at), "{at:?} of {rect:?} is painted");
            }
        }
        assert!(
            is_painted(&window, picture.min + vec2(0.5, 0.5)),
            "the picture's corners are covered"
        );
        assert!(is_painted(&window, pos2(500.0, 20.0)) && is_painted(&window, pos2(990.0, 400.0)));
    }
}

#[test]
fn nothing_overlaps_in_narrow_windows() {
    let model = UiModel {
        title: "quickdraw / 13 categories of a very long name",
        rows_loaded: 61_440,
        records: Some(0.4),
        ..viewing()
    };
    for width in [480.0, 520.0, 560.0, 620.0, 700.0, 800.0, 960.0, 1440.0] {
        for scale in [0.75, 1.0, 1.5, 4.0] {
            let window = window(&model, vec2(width, 560.0), scale);
            let mut rects: Vec<(String, Rect)> = Vec::new();
            for role in [Role::Label, Role::Button, Role::RadioButton] {
                rects.extend(
                    window
                        .query_all_by_role(role)
                        .map(|n| (n.accesskit_node().label().unwrap_or_default(), n.rect())),
                );
            }
            assert!(rects.len() > 10, "the panels are there");
            // What the inspector scrolls ends at its edge.
            let edge = 560.0 - STATUS_HEIGHT - 8.0;
            rects.retain(|(_, r)| r.top() < edge || r.top() > edge + 8.0 && r.bottom() <= 560.0);
            for (_, r) in rects.iter_mut().filter(|(_, r)| r.top() < edge) {
                r.max.y = r.max.y.min(edge);
            }
            for (i, (a, ra)) in rects.iter().enumerate() {
                for (b, rb) in &rects[i + 1..] {
                    let both = ra.shrink(0.6).intersect(rb.shrink(0.6));
                    assert!(
                        !both.is_positive(),
                        "{a:?} {ra:?} and {b:?} {rb:?} overlap at {width} × {scale}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_pointer_belongs_to_panels_and_cards_only() {
    let wants = |model: UiModel<'static>, at: Pos2| {
        let mut window = desk(&model);
        window.hover_at(at);
        window.run();
        out(&window).wants_pointer
    };
    assert!(!wants(viewing(), pos2(500.0, 400.0)));
    assert!(wants(viewing(), pos2(500.0, 20.0)), "bar");
    assert!(wants(viewing(), pos2(1200.0, 400.0)), "inspector");
    assert!(wants(viewing(), pos2(500.0, 890.0)), "status line");
    assert!(
        wants(
            UiModel {
                dialog: Dialog::Help,
                ..viewing()
            },
            pos2(500.0, 400.0)
        ),
        "page of keys"
    );
}

#[test]
fn dragging_the_edge_asks_for_a_width_within_limits() {
    let mut window = desk(&viewing());
    window.drag_at(pos2(1068.0, 500.0));
    window.step();
    window.hover_at(pos2(940.0, 500.0));
    window.step();
    window.step();
    assert_eq!(
        window.state().actions.last(),
        Some(&UiAction::InspectorWidth(500.0))
    );
    window.hover_at(pos2(1430.0, 500.0));
    window.step();
    window.step();
    assert_eq!(
        window.state().actions.last(),
        Some(&UiAction::InspectorWidth(280.0))
    );
}

#[test]
fn the_loupe_answers_its_cells_and_can_be_clicked_when_held() {
    let mut rows = [None; LOUPE_CELLS];
    rows[LOUPE_CELLS / 2] = Some(84_213);
    rows[LOUPE_CELLS / 2 + 1] = Some(84_214);
    let tooltip = TooltipModel {
        anchor: pos2(500.0, 400.0),
        drawing: Rect::from_center_size(pos2(500.0, 400.0), vec2(2.4, 2.4)),
        row: 84_213,
        title: "octopus",
        country: Some("Germany"),
        code: Some("DE"),
        recognised: Some(true),
        time: Some("20 Mar 2017 10:26"),
        reading: None,
        loupe: Some(Loupe {
            rows,
            cell: 28.0,
            held: false,
        }),
    };
    let mut window = desk(&UiModel {
        tooltip: Some(tooltip),
        ..viewing()
    });
    window.run();
    window.get_by_label("recognised · 20 Mar 2017 10:26 · row 84,213");
    let cells = out(&window).loupe_cells.clone();
    assert_eq!(cells.len(), LOUPE_CELLS);
    assert!(
        cells
            .iter()
            .all(|c| (c.width() - 28.0).abs() < 0.01 && !c.contains(tooltip.anchor))
    );
    assert!(
        window.query_by_label("row 84,214").is_none(),
        "not held, not clickable"
    );

    window.state_mut().model.tooltip.as_mut().unwrap().loupe = Some(Loupe {
        rows,
        cell: 28.0,
        held: true,
    });
    window.run();
    assert_eq!(
        clicked(&mut window, Role::Button, "row 84,214"),
        [UiAction::PinRow(84_214)]
    );
    assert!(out(&window).wants_pointer);
}

#[test]
fn group_labels_and_the_zoom_box_stay_inside_the_viewport() {
    const LABELS: &[GroupLabel<'static>] = &[
        GroupLabel {
            gap: Rect {
                min: Pos2 { x: 900.0, y: 200.0 },
                max: Pos2 {
                    x: 1400.0,
                    y: 220.0,
                },
            },
            value: "US",
            name: "United States",
            count: 65_031,
        },
        GroupLabel {
            gap: Rect {
                min: Pos2 { x: 100.0, y: 200.0 },
                max: Pos2 { x: 400.0, y: 205.0 },
            },
            value: "too small to read",
            name: "",
            count: 1,
        },
    ];
    let plain = viewing();
    let labelled = UiModel {
        group_labels: LABELS,
        ..plain
    };
    let boxed = UiModel {
        zoom_box: Some(Rect::from_min_max(pos2(600.0, 500.0), pos2(1300.0, 700.0))),
        ..plain
    };
    let over = |model: &UiModel<'static>, rect: Rect| {
        let window = desk(model);
        let steps = |a: f32, b: f32| (0..40).map(move |i| a + (b - a) * (i as f32 + 0.5) / 40.0);
        steps(rect.top(), rect.bottom())
            .any(|y| steps(rect.left(), rect.right()).any(|x| is_painted(&window, pos2(x, y))))
    };
    let text = Rect::from_min_max(pos2(900.0, 200.0), pos2(1000.0, 220.0));
    assert!(!over(&plain, text) && over(&labelled, text));
    assert!(!over(
        &labelled,
        Rect::from_min_max(pos2(100.0, 190.0), pos2(400.0, 215.0))
    ));
    assert!(over(
        &boxed,
        Rect::from_min_max(pos2(700.0, 550.0), pos2(800.0, 600.0))
    ));
    let picture = Rect::from_min_max(pos2(1100.0, 200.0), pos2(1400.0, 430.0));
    assert!(!over(&labelled, picture) && !over(&boxed, picture));
}

#[test]
fn a_chosen_segment_takes_no_keys() {
    let mut window = desk(&viewing());
    clicked(&mut window, Role::RadioButton, "Index");
    window.key_press(Key::Space);
    window.run();
    assert!(!out(&window).wants_keyboard);
}

#[test]
fn the_page_of_keys_closes_by_the_key_that_opened_it() {
    let mut window = desk(&UiModel {
        dialog: Dialog::Help,
        ..viewing()
    });
    window.event(egui::Event::Text("?".to_owned()));
    window.run();
    assert_eq!(window.state().actions, [UiAction::CloseDialog]);
}
