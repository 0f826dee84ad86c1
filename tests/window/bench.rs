//! `bench --window`: the real window, played to its end. No time is asserted.

use super::driver::BINARY;
use super::xvfb::Xvfb;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

/// The bench on a display of its own; `None` where there is no Xvfb.
fn bench(folder: &Path, args: &[&str]) -> Option<Output> {
    let screen = Xvfb::start()?;
    let mut command = Command::new(BINARY);
    command.arg("bench").args(args).args(["--size", "500x300"]).current_dir(folder);
    command.env("DISPLAY", &screen.name).env("XDG_RUNTIME_DIR", folder).env("XDG_STATE_HOME", folder);
    for name in ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DBUS_SESSION_BUS_ADDRESS", "INKFIELD_LOG"] {
        command.env_remove(name);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(output)
}

#[test]
fn the_window_tells_its_figures_and_rests() {
    let folder = tempfile::tempdir().unwrap();
    let Some(output) = bench(folder.path(), &["demo:2000", "--window", "--frames=4", "--json"]) else { return };
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let results = told["results"].as_array().unwrap();
    assert_eq!(results.len(), 25);
    for figure in results {
        // Five stops would take twenty frames.
        let expected = match figure["name"].as_str().unwrap() {
            "settle" | "layout_switch" | "peak_memory" => 1,
            _ => 4,
        };
        assert_eq!(figure["n"], expected, "{figure}");
    }
    let of = |name: &str| results.iter().find(|figure| figure["name"] == name).unwrap();
    let p50 = |name: &str| of(name)["p50"].as_f64().unwrap();
    assert!(0.0 < p50("first_picture") && p50("first_picture") <= p50("complete"), "{told}");
    // A window at rest draws nothing, however slow the machine is.
    assert_eq!(of("idle_frames")["max"], 0.0, "{told}");
}

#[test]
fn a_trace_shows_every_act() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["demo:2000", "--trace", "trace.svg", "--seconds", "8"];
    let Some(output) = bench(folder.path(), &args) else { return };
    assert!(output.stdout.is_empty());
    let svg = std::fs::read_to_string(folder.path().join("trace.svg")).unwrap();
    for act in ["moving grid", "hover_frame grid", "overview_thumbnails grid", "visible_1pct grid", "moving index"] {
        assert!(svg.contains(&format!(">{act}<")), "{act}");
    }
    assert!(svg.contains("2,000 drawings · ") && svg.contains(">seconds<") && !svg.contains("NaN"));
    // A disc a frame.
    let frames = svg.matches("h0").count();
    assert!(frames >= 8, "{frames} frames in eight acts");
}
