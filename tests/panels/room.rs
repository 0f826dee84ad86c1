//! Where things lie: viewports, overlaps, what stays transparent.

use egui::accesskit::Role;
use egui::{Pos2, Rect, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use inkfield::app::ui::{BAR_HEIGHT, STATUS_HEIGHT, Theme, UiModel};

use super::harness::{is_covered, is_painted, out, viewing, window};

#[test]
fn the_scatter_viewport_is_what_bar_status_and_inspector_leave() {
    for (w, h, scale) in
        [(1440.0, 900.0, 1.0), (800.0, 600.0, 1.25), (480.0, 360.0, 2.0), (1000.0, 700.0, 0.75), (700.0, 500.0, 4.0)]
    {
        for inspector_open in [true, false] {
            let window = window(&UiModel { inspector_open, ..viewing() }, vec2(w, h), scale);
            let scatter = out(&window).scatter_rect;
            // Below 500 points the inspector would leave the drawings less room than it takes.
            let panel = if inspector_open && w >= 500.0 { 372.0_f32.min(w - 220.0) } else { 0.0 };
            let want = Rect::from_min_max(pos2(0.0, BAR_HEIGHT), pos2(w - panel, h - STATUS_HEIGHT));
            let off = |a: Pos2, b: Pos2| (a - b).abs().max_elem();
            assert!(
                off(scatter.min, want.min).max(off(scatter.max, want.max)) <= 0.5 / scale + 1e-3,
                "{w}×{h} at {scale}: {scatter:?}"
            );
            for edge in [scatter.left(), scatter.right(), scatter.top(), scatter.bottom()] {
                let physical = edge * scale;
                assert!((physical - physical.round()).abs() < 1e-2, "{edge} lies between pixels at {scale}");
            }
        }
    }
}

#[test]
fn nothing_covers_the_viewports() {
    // The second window ends, and its panels begin, between two 32nds of a point, to which egui rounds.
    for (theme, width) in [(Theme::Paper, 1000.0), (Theme::Night, 910.666_7)] {
        let window = window(&UiModel { theme, ..viewing() }, vec2(width, 760.0), 1.5);
        let picture = out(&window).inspector_picture_rect.expect("a drawing is inspected");
        assert!((picture.width() - 336.0).abs() < 1.0 && (picture.height() - 336.0).abs() < 1.0, "{picture:?}");
        for rect in [picture.shrink(3.0), out(&window).scatter_rect.shrink(1.0)] {
            for (u, v) in [(0.5, 0.5), (0.1, 0.1), (0.9, 0.1), (0.1, 0.9), (0.98, 0.5), (0.5, 0.02)] {
                let at = rect.min + vec2(u * rect.width(), v * rect.height());
                assert!(!is_covered(&window, at), "{at:?} of {rect:?} is painted");
            }
        }
        assert!(!is_painted(&window, out(&window).scatter_rect.center()), "nor does a panel reach there");
        assert!(is_covered(&window, picture.min + vec2(0.5, 0.5)), "the picture's corners are covered");
        assert!(is_painted(&window, pos2(500.0, 20.0)) && is_painted(&window, pos2(width - 10.0, 400.0)));
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
    // High enough that nothing has to scroll.
    for width in [500.0, 520.0, 560.0, 620.0, 700.0, 800.0, 960.0, 1440.0] {
        for scale in [0.75, 1.0, 1.5, 4.0] {
            let window = window(&model, vec2(width, 900.0), scale);
            let mut rects: Vec<(String, Rect)> = Vec::new();
            for role in [Role::Label, Role::Button, Role::RadioButton] {
                rects.extend(
                    window.query_all_by_role(role).map(|n| (n.accesskit_node().label().unwrap_or_default(), n.rect())),
                );
            }
            assert!(rects.len() > 10, "the panels are there");
            for (i, (a, ra)) in rects.iter().enumerate() {
                for (b, rb) in &rects[i + 1..] {
                    let both = ra.shrink(0.6).intersect(rb.shrink(0.6));
                    assert!(!both.is_positive(), "{a:?} {ra:?} and {b:?} {rb:?} overlap at {width} × {scale}");
                }
            }
        }
    }
}

#[test]
fn drawings_on_panels_are_seen_in_windows_of_any_size() {
    for scale in [1.25, 1.5, 1.75] {
        for px in 1340..1380 {
            let window = window(&viewing(), vec2(px as f32, (px - 755) as f32) / scale, scale);
            let drawings = &out(&window).drawings;
            assert!(!drawings.is_empty());
            for slot in drawings {
                let at = slot.seen.center();
                assert!(!is_covered(&window, at), "row {} is painted over at {px} px × {scale}", slot.row);
            }
        }
    }
}
