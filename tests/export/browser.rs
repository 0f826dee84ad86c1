//! The page in a real browser: headless Chromium with real events, its picture beside that of `render`.

use super::contact::picture;
use super::pictures::{difference, is_there};
use super::{export, inkfield, outside};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use tempfile::tempdir;

/// All that is in sight has been unpacked, and drawn.
const READY: &str =
    "globalThis.figure && !figure.due && !figure.sheets.busy && !figure.sheets.wanted.length && !!figure.view";
/// Who has drawn, and how near.
const ABOUT: &str = "({painter: figure.painter.constructor.name, zoom: figure.camera.zoom})";
/// The picture as a PNG in base64, drawn now.
const PICTURE: &str = "(figure.draw(), document.getElementById('picture').toDataURL().split(',')[1])";

/// Opens a page in Chromium and goes through steps of `browser.mjs`; what each gave. `None`, said aloud, where there is none.
fn browse(page: &Path, size: &str, steps: &Value) -> Option<Vec<Value>> {
    let chromium = std::env::var("INKFIELD_CHROMIUM").unwrap_or_else(|_| "chromium".to_owned());
    if !is_there("node") || !is_there(&chromium) {
        return None;
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/export/browser.mjs");
    let output =
        Command::new("node").arg(script).arg(chromium).arg(page).arg(size).arg(steps.to_string()).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let lines = String::from_utf8(output.stdout).unwrap();
    let mut results: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    // The page throws nothing and asks nobody for anything.
    assert_eq!(results.pop().unwrap(), json!({"problems": []}));
    Some(results)
}

/// RGBA of a picture in base64.
fn rgba(base64: &Value) -> Vec<u8> {
    let png = STANDARD.decode(base64.as_str().unwrap()).unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    let with_alpha = |rgb: &[u8]| [rgb[0], rgb[1], rgb[2], 255];
    match info.color_type {
        png::ColorType::Rgb => pixels.chunks(3).flat_map(with_alpha).collect(),
        _ => pixels,
    }
}

fn mouse(kind: &str, x: f64, y: f64, more: &Value) -> Value {
    let mut event = json!({"type": kind, "x": x, "y": y, "button": "none"});
    event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!(["Input.dispatchMouseEvent", event])
}

fn key(key: &str) -> [Value; 2] {
    ["keyDown", "keyUp"].map(|kind| json!(["Input.dispatchKeyEvent", {"type": kind, "key": key}]))
}

#[test]
fn chromium_shows_what_render_draws_by_webgl_and_without() {
    let dir = tempdir().unwrap();
    let coloured = super::pictures::coloured(dir.path()).display().to_string();
    let overlapping = format!("{coloured} --layout index --point-size 9 --where good=true --fade");
    let by_column = format!("{coloured} --layout index --point-size 9 --color-by kind --where good=true --fade");
    let other = tempdir().unwrap();
    let plain = super::pictures::plain(other.path()).display().to_string();
    let smaller = format!("{plain} --layout index --point-size 5 --color-by kind");
    let apart = format!("{coloured} --color-by kind");
    for (line, looks) in [
        ("demo:2500", [28.0, 56.0, 12.0, 4.0]),
        ("demo:2500 --layout index --point-size 10", [28.0, 56.0, 9.0, 4.0]),
        ("demo:2500 --layout index --color-by countrycode", [28.0, 56.0, 10.0, 4.0]),
        ("demo:2500 --color-by countrycode --where recognized=true --fade", [28.0, 56.0, 12.0, 2.8]),
        (coloured.as_str(), [28.0, 56.0, 12.0, 2.8]),
        (overlapping.as_str(), [28.0, 56.0, 12.0, 9.0]),
        (by_column.as_str(), [28.0, 56.0, 12.0, 4.0]),
        (smaller.as_str(), [28.0, 8.0, 7.0, 4.0]),
        (apart.as_str(), [28.0, 12.0, 7.0, 4.0]),
    ] {
        // In so small a picture `render` has no room for a legend, which the page has beside it.
        let view = ["--theme", "paper", "--size", "350x210"];
        export(dir.path(), &format!("{line} {} --html out.html", view.join(" ")));
        let look = |px: f64| {
            let zoom = format!("{px} / fitScale(figure.page.bounds, figure.port)");
            let move_to = format!("(figure.camera = {{x: 25, y: -20, zoom: {zoom}}}, figure.draw())");
            [json!(["eval", move_to]), json!(["wait", READY]), json!(["eval", PICTURE]), json!(["eval", ABOUT])]
        };
        let all: Vec<Value> = looks.into_iter().flat_map(look).collect();
        let again =
            // Answered before the page goes.
            [json!(["eval", "setTimeout(() => (location.search = '?software')), 0"]), json!(["wait", format!("location.search && {READY}")])];
        let steps: Vec<Value> =
            [json!(["wait", READY])].into_iter().chain(all.clone()).chain(again).chain(all).collect();
        let Some(results) = browse(&dir.path().join("out.html"), "1000x700", &steps.into()) else { return };
        for (place, px) in looks.into_iter().enumerate() {
            let of = |first: usize| (&results[first + 4 * place + 2], &results[first + 4 * place + 3]);
            let both = [of(1), of(1 + 4 * looks.len() + 2)];
            assert_eq!(both.map(|(_, about)| about["painter"].clone()), ["GlPainter", "SoftPainter"]);
            let out = dir.path().join("render.png");
            let mut render = inkfield();
            render.arg("render").args(line.split(' ')).args(view).args(["--center", "25,-20"]);
            outside::answer(render.args(["--zoom", &both[0].1["zoom"].to_string()]).arg("--out").arg(&out));
            let expected: Vec<u8> = picture(&out).2.chunks(3).flat_map(|rgb| [rgb[0], rgb[1], rgb[2], 255]).collect();
            for (shown, about) in both {
                let (mean, pixels) = difference(&rgba(shown), &expected);
                assert!(mean <= 3.0, "{about}, {line} at {px} px: {mean:.2} of 255");
                assert!(px < 28.0 || line != "demo:2500" || pixels == 0, "{about}, {line} at {px} px: {pixels} pixels");
            }
        }
    }
}

#[test]
fn hands_keys_and_fingers_move_find_and_pin() {
    let dir = tempdir().unwrap();
    let page = dir.path().join("out.html");
    export(
        dir.path(),
        "demo:60 --rows 0:30 --layout index --point-size 10 --opacity 0.5 --size 350x100 --html out.html",
    );
    let state = json!([
        "eval",
        "({...figure.camera, hovered: figure.hovered, pinned: figure.pinned, tip: document.getElementById('tip').hidden ? null : document.getElementById('tip').textContent, row: document.getElementById('row').textContent, fields: document.getElementById('fields').textContent})"
    ]);
    let place = "(() => { const s = squareOf(figure.page, figure.view, 7, []), b = figure.overlay.getBoundingClientRect(); return [b.left + (s[0] + s[2]) / 2, b.top + (s[1] + s[3]) / 2]; })()";
    let Some(found) = browse(&page, "1000x700", &json!([["wait", READY], ["eval", place]])) else { return };
    let [x, y] = [0, 1].map(|axis| found[1][axis].as_f64().unwrap());
    let settled = json!(["wait", READY]);
    let mut steps = vec![settled.clone()];
    let mut then = |events: &[Value]| {
        steps.extend(events.iter().cloned());
        steps.extend([settled.clone(), state.clone()]);
        steps.len() - 1
    };
    let none = json!({});
    let hovered = then(&[mouse("mouseMoved", x, y, &none)]);
    let held = json!({"button": "left", "buttons": 1, "clickCount": 1});
    let pinned = then(&[mouse("mousePressed", x, y, &held), mouse("mouseReleased", x, y, &held)]);
    let zoomed = then(&[mouse("mouseWheel", x, y, &json!({"deltaX": 0, "deltaY": -300}))]);
    let drag = [
        mouse("mousePressed", x, y, &held),
        mouse("mouseMoved", x + 40.0, y, &held),
        mouse("mouseReleased", x + 40.0, y, &held),
    ];
    let dragged = then(&drag);
    let stepped = then(&key("n"));
    let let_go = then(&key("Escape"));
    let fitted = then(&key("0"));
    let finger = |kind: &str, points: Value| json!(["Input.dispatchTouchEvent", {"type": kind, "touchPoints": points}]);
    let two = |apart: f64| json!([{"x": x - apart, "y": y, "id": 1}, {"x": x + apart, "y": y, "id": 2}]);
    let pinched = then(&[
        json!(["Emulation.setTouchEmulationEnabled", {"enabled": true, "maxTouchPoints": 2}]),
        finger("touchStart", two(20.0)),
        finger("touchMove", two(30.0)),
        finger("touchMove", two(40.0)),
        finger("touchEnd", json!([])),
    ]);
    let phone = then(&[
        json!(["Emulation.setDeviceMetricsOverride", {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": true}]),
    ]);
    let is_resized =
        "figure.port.scale === 2 && figure.port.width === Math.round(figure.overlay.getBoundingClientRect().width * 2)";
    steps.push(json!(["wait", is_resized]));
    let wide = steps.len();
    steps.push(json!(["eval", "[document.documentElement.scrollWidth, innerWidth, figure.port.width]"]));
    let Some(results) = browse(&page, "1000x700", &steps.into()) else { return };
    let number = |at: usize, name: &str| results[at][name].as_f64().unwrap();
    let text = |at: usize, name: &str| results[at][name].as_str().unwrap_or_default().to_owned();
    // Row 7 or one that lies over it there.
    let row = number(hovered, "hovered");
    assert!(row >= 7.0, "{}", results[hovered]);
    assert!(text(hovered, "tip").starts_with("country "), "{}", results[hovered]);
    assert_eq!(text(hovered, "row"), format!("row {row}"));
    assert!(text(hovered, "fields").contains("key_id") && text(hovered, "fields").contains("recognised"));
    assert_eq!((number(hovered, "pinned"), number(pinned, "pinned")), (-1.0, row));
    assert!((number(zoomed, "zoom") / number(pinned, "zoom") - 2.0).abs() < 1e-6, "{}", results[zoomed]);
    assert!(number(dragged, "x") < number(zoomed, "x") && number(dragged, "pinned") == row, "{}", results[dragged]);
    assert_eq!((number(stepped, "pinned"), number(let_go, "pinned")), (row + 1.0, -1.0));
    assert_eq!(number(fitted, "zoom"), 1.0);
    assert!((1.5..2.5).contains(&number(pinched, "zoom")), "{}", results[pinched]);
    assert!(number(phone, "zoom") > 0.0);
    let [scroll, inner, width] = [0, 1, 2].map(|at| results[wide][at].as_f64().unwrap());
    assert!(scroll <= inner && inner <= 360.0, "a phone scrolls sideways: {scroll} in {inner}");
    assert!(width > 500.0, "twice as fine on a phone: {width}");
}
