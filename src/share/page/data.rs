//! The numbers of a page: where drawings lie, how they look, and the rules by which pixels follow from that.

use super::super::Drawings;
use super::super::error::Failure;
use super::Page;
use super::escape::Json;
use super::fields::Fields;
use super::sheets::Sheets;
use crate::atlas::{canvas_side, level_sides};
use crate::data::countries::country_name;
use crate::scene::layout::{Axis, Layout};
use crate::scene::overlay::Legend;
use crate::scene::palette::{Palette, Rgb, Theme, color};
use crate::scene::rows::Styling;
use crate::scene::view::Stretch;
use crate::scene::{Contrast, ThemeChoice};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use std::io::Write;

/// Colours of a scale that a legend shows.
const SCALE_STEPS: usize = 32;

/// Writes everything but the sheets as one JSON document.
pub(super) fn write(
    page: &Page<'_>,
    (fields, tints): (&Fields<'_>, &[u8]),
    drawings: Drawings<'_>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut out = Json(out);
    out.write_all(b"{")?;
    let parts = head(page, drawings).into_iter().chain(rules(page)).chain(rows(page, drawings));
    for (name, value) in parts {
        writeln!(out, "{}:{value},", Value::from(name))?;
    }
    let tints = if tints.is_empty() { Value::Null } else { STANDARD.encode(tints).into() };
    writeln!(out, "\"tints\":{tints},\n\"tip\":{},", json!(fields.tip()))?;
    out.write_all(b"\"fields\":")?;
    fields.write(drawings.rows, &mut out)?;
    out.write_all(b"}")?;
    Ok(())
}

/// How drawings are stored.
fn head(page: &Page<'_>, drawings: Drawings<'_>) -> Vec<(&'static str, Value)> {
    let dataset = drawings.dataset;
    let (canvas, sheets) = (canvas_side(dataset.width(), dataset.height()), Sheets::of(drawings));
    let inks: Vec<u8> = (0..=u8::MAX).map(|value| page.table.ink(value)).collect();
    let is_plain = (0..=u8::MAX).eq(inks.iter().copied());
    vec![
        ("schema", json!(1)),
        ("title", json!(page.title)),
        ("count", json!(drawings.rows.len())),
        ("size", json!([dataset.height(), dataset.width()])),
        ("canvas", json!(canvas)),
        ("levels", json!(level_sides(canvas))),
        ("columns", json!(sheets.columns)),
        ("perSheet", json!(sheets.drawings)),
        ("inks", if is_plain { Value::Null } else { hex(&inks).into() }),
    ]
}

/// What decides pixels, see `ScatterView`.
fn rules(page: &Page<'_>) -> Vec<(&'static str, Value)> {
    let scene = page.scene;
    let (settings, layout) = (&scene.settings, &scene.placed().layout);
    let bounds = &layout.bounds;
    let Stretch { low, knee, high, knee_to } = scene.ink.stretch();
    let theme = match page.theme {
        ThemeChoice::System => "system",
        ThemeChoice::Given(theme) => theme.name(),
    };
    let themes: Map<String, Value> =
        [Theme::Paper, Theme::Night].map(|theme| (theme.name().to_owned(), colors(page, theme))).into_iter().collect();
    vec![
        ("bounds", json!([bounds.min.x, bounds.min.y, bounds.max.x, bounds.max.y])),
        ("bits", json!(layout.frac_bits())),
        ("overlaps", json!(layout.overlaps)),
        ("pointSize", json!(settings.point_size.unwrap_or(layout.kind.point_px))),
        ("opacity", json!(settings.opacity)),
        ("contrast", json!(if settings.contrast == Contrast::Far { "far" } else { "true" })),
        ("stretch", json!([low, knee, high, knee_to])),
        ("center", json!(settings.center.map(|center| center.to_array()))),
        ("zoom", json!(settings.zoom)),
        ("labels", labels(layout)),
        ("axes", layout.axes.as_ref().map_or(Value::Null, |axes| json!({"x": axis(&axes.x), "y": axis(&axes.y)}))),
        ("theme", json!(theme)),
        ("themes", themes.into()),
    ]
}

/// What differs from row to row.
fn rows(page: &Page<'_>, drawings: Drawings<'_>) -> Vec<(&'static str, Value)> {
    let (scene, rows) = (page.scene, drawings.rows);
    let (layout, table) = (&scene.placed().layout, scene.row_table());
    let of = |row: u32| layout.fixed().get(row as usize).copied().unwrap_or_default();
    let mean = |row: u32| scene.ink.means().get(row as usize).copied().unwrap_or(0);
    let is_all = (0..drawings.dataset.rows()).eq(rows.iter().copied());
    let words = rows.iter().flat_map(|&row| table.word(row).to_le_bytes());
    let packed = |bytes: Vec<u8>| Value::from(STANDARD.encode(bytes));
    let unless = |left_out: bool, bytes: Vec<u8>| if left_out { Value::Null } else { packed(bytes) };
    vec![
        ("places", packed(rows.iter().flat_map(|&row| of(row)).flat_map(i32::to_le_bytes).collect())),
        ("means", packed(rows.iter().flat_map(|&row| mean(row).to_le_bytes()).collect())),
        ("words", unless(table.styling() == Styling::Plain, words.collect())),
        ("rows", unless(is_all, rows.iter().flat_map(|row| row.to_le_bytes()).collect())),
    ]
}

/// Colours of ink, of rows and of what lies around them.
fn colors(page: &Page<'_>, theme: Theme) -> Value {
    let scene = page.scene;
    let colormap = scene.colormap();
    let inks: Vec<u8> = (0..=u8::MAX).flat_map(|ink| color(colormap, theme, f32::from(ink) / 255.0)).collect();
    let table = scene.row_table();
    let palette = (table.styling() == Styling::Colors).then(|| hex(table.palette(theme).as_flattened()));
    let of = Palette::of(theme);
    let ground = color(colormap, theme, 0.0);
    json!({
        "colors": hex(&inks),
        "palette": palette,
        "legend": scene.legend(theme).as_deref().map(legend),
        "ui": {
            "ground": css(ground), "halo": format!("{}d0", css(ground)), "ink": css(of.ink), "secondary": css(of.secondary),
            "hairline": css(of.hairline), "hover": css(of.hover), "selection": css(of.selection),
        },
    })
}

fn legend(legend: &Legend) -> Value {
    let step = legend.scale.len().div_ceil(SCALE_STEPS).max(1);
    // The last colour is the scale's other end.
    let scale: Vec<&Rgb> = legend.scale.iter().step_by(step).chain(legend.scale.last()).collect();
    // A page holds none of the drawings that a filter leaves out.
    let shown = legend.entries.iter().filter(|entry| entry.is_kept);
    let entries: Vec<Value> = shown.map(|entry| json!([entry.color, entry.text, entry.count])).collect();
    json!({"title": legend.title, "scale": scale, "ends": legend.ends, "entries": entries})
}

fn labels(layout: &Layout) -> Value {
    let label = |label: &crate::scene::layout::Label| {
        let [text, detail] = label.heading(&country_name);
        let gap = &label.gap;
        json!({"text": text, "detail": detail, "gap": [gap.min.x, gap.min.y, gap.max.x, gap.max.y]})
    };
    layout.labels.iter().map(label).collect()
}

fn axis(axis: &Axis) -> Value {
    let ticks: Vec<Value> = axis.ticks.iter().map(|tick| json!({"at": tick.at, "text": tick.text})).collect();
    json!({"title": crate::words::shown_text(&axis.title, 60), "ticks": ticks})
}

fn css([r, g, b]: Rgb) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
