//! Pictures of strokes in the inspector, of three drawings of the demo: what egui's triangles cover is held against the rasterizer of
//! bitmaps, and against the distance to the strokes.

use egui::epaint::{Mesh, Primitive, Vertex};
use egui::{Color32, ColorImage, Rect, TextureId, Vec2};
use egui_kittest::kittest::Queryable as _;
use inkfield::app::hand::{Shade, Shown};
use inkfield::app::ui::HandModel;
use inkfield::data::demo::Demo;
use inkfield::data::ndjson::DrawingReader;
use inkfield::data::strokes::{Drawing, Rasterizer, Written};
use std::sync::Arc;

use super::harness::{Window, desk, viewing};

/// Rows of the demo, and samples for each pixel of a bitmap along either side.
const ROWS: [u32; 3] = [2, 11, 17];
const SAMPLES: usize = 8;
const SIDE: usize = 28;
const GRID: usize = SIDE * SAMPLES;
/// The widths of the pen, by the side.
const PEN: f32 = 16.0 / 304.0;
const THIN: f32 = 5.0 / 304.0;
/// No stroke has this colour.
const UNDER: Color32 = Color32::from_rgb(20, 200, 40);

fn written(row: u32) -> &'static Arc<Written> {
    let line = Demo::new(20, 1).record_line(row);
    let mut reader = DrawingReader::default();
    let drawing = reader.read(line.as_bytes()).unwrap().unwrap();
    Box::leak(Box::new(Arc::new(Written::of(drawing))))
}

fn hand(written: &'static Arc<Written>) -> HandModel<'static> {
    HandModel {
        shown: Shown::Strokes,
        shade: Shade::Plain,
        strokes: Some(Ok(written)),
        pixels: None,
        at_ms: None,
        plays: false,
        loops: false,
    }
}

/// What is painted where the drawing is: [`GRID`] samples along either side, line by line; parts of red, green and blue.
fn painted(hand: HandModel<'static>) -> Vec<[f32; 3]> {
    let mut model = viewing();
    model.inspector.as_mut().unwrap().hand = Some(hand);
    let window = desk(&model);
    let rect = window.get_by_label("Strokes, row 84,213").rect();
    let square = Rect::from_center_size(rect.center(), Vec2::splat(rect.width().min(rect.height())));
    let mut grid = vec![[0.0; 3]; GRID * GRID];
    for mesh in meshes(&window) {
        for [a, b, c] in mesh.triangles().map(|ends| ends.map(|end| mesh.vertices[end as usize])) {
            fill(&mut grid, square, mesh.texture_id, [a, b, c]);
        }
    }
    grid
}

fn meshes(window: &Window) -> Vec<Mesh> {
    let shapes = window.output().shapes.clone();
    let primitives = window.ctx.tessellate(shapes, window.output().pixels_per_point).into_iter();
    let meshes = primitives.filter_map(|clipped| match clipped.primitive {
        Primitive::Mesh(mesh) => Some(mesh),
        Primitive::Callback(_) => None,
    });
    meshes.collect()
}

/// Blends a triangle over the samples within it.
fn fill(grid: &mut [[f32; 3]], square: Rect, texture: TextureId, [a, b, c]: [Vertex; 3]) {
    let across = |p: Vertex, q: Vertex, at: [f32; 2]| {
        (q.pos.x - p.pos.x) * (at[1] - p.pos.y) - (q.pos.y - p.pos.y) * (at[0] - p.pos.x)
    };
    let area = across(a, b, [c.pos.x, c.pos.y]);
    if area == 0.0 {
        return;
    }
    let step = square.width() / GRID as f32;
    let samples = |start: f32, low: f32, high: f32| {
        let of = |at: f32| ((at - start) / step).clamp(0.0, GRID as f32) as usize;
        of(low)..(of(high) + 1).min(GRID)
    };
    let of = |axis: fn(&Vertex) -> f32| {
        let all = [a, b, c].map(|vertex| axis(&vertex));
        (all.into_iter().fold(f32::MAX, f32::min), all.into_iter().fold(f32::MIN, f32::max))
    };
    let ((left, right), (top, bottom)) = (of(|vertex| vertex.pos.x), of(|vertex| vertex.pos.y));
    for y in samples(square.top(), top, bottom) {
        for x in samples(square.left(), left, right) {
            let at = [square.left() + (x as f32 + 0.5) * step, square.top() + (y as f32 + 0.5) * step];
            let weights = [across(b, c, at), across(c, a, at), across(a, b, at)].map(|part| part / area);
            if weights.iter().any(|weight| *weight < 0.0) {
                continue;
            }
            let mut color = [0.0; 4];
            for (vertex, weight) in [a, b, c].iter().zip(weights) {
                color
                    .iter_mut()
                    .zip(vertex.color.to_array())
                    .for_each(|(to, part)| *to += weight * f32::from(part) / 255.0);
            }
            if texture != TextureId::default() {
                // The one picture there is has one colour.
                color.iter_mut().zip(UNDER.to_array()).for_each(|(to, part)| *to *= f32::from(part) / 255.0);
            }
            let to = &mut grid[y * GRID + x];
            *to = [0, 1, 2].map(|channel| color[channel] + to[channel] * (1.0 - color[3]));
        }
    }
}

/// How near a sample is to what is drawn, in sides.
fn distance(drawn: &[Vec<[f32; 2]>], sample: usize) -> f32 {
    let at = [sample % GRID, sample / GRID].map(|part| (part as f32 + 0.5) / GRID as f32);
    let apart = |[ax, ay]: [f32; 2], [bx, by]: [f32; 2]| {
        let (dx, dy) = (bx - ax, by - ay);
        let along = ((at[0] - ax) * dx + (at[1] - ay) * dy) / (dx * dx + dy * dy).max(1e-12);
        let along = along.clamp(0.0, 1.0);
        (at[0] - ax - along * dx).hypot(at[1] - ay - along * dy)
    };
    let of = |points: &Vec<[f32; 2]>| {
        let dots = points.iter().map(|point| apart(*point, *point));
        dots.chain(points.windows(2).map(|ends| apart(ends[0], ends[1]))).fold(f32::MAX, f32::min)
    };
    drawn.iter().map(of).fold(f32::MAX, f32::min)
}

/// Parts of ink, from the paper at the left edge to the darkest that there is.
fn inks(grid: &[[f32; 3]]) -> Vec<f32> {
    let light = |color: &[f32; 3]| color.iter().sum::<f32>();
    let (paper, ink) = (light(&grid[GRID * GRID / 2 + 3]), grid.iter().map(light).fold(f32::MAX, f32::min));
    assert!(paper - ink > 1.5, "{paper} and {ink}");
    grid.iter().map(|color| (paper - light(color)) / (paper - ink)).collect()
}

/// The same as a bitmap.
fn bitmap(inks: &[f32]) -> Vec<f32> {
    let mut pixels = vec![0.0; SIDE * SIDE];
    for (at, ink) in inks.iter().enumerate() {
        pixels[at / GRID / SAMPLES * SIDE + at % GRID / SAMPLES] += ink * 255.0 / (SAMPLES * SAMPLES) as f32;
    }
    pixels
}

fn apart(own: &[f32], theirs: &[u8]) -> f32 {
    own.iter().zip(theirs).map(|(own, theirs)| (own - f32::from(*theirs)).abs()).sum::<f32>() / own.len() as f32
}

fn rendered(written: &Written, at_ms: f64) -> Vec<u8> {
    let mut bitmap = vec![0; SIDE * SIDE];
    Rasterizer::new(SIDE as u32).render_drawn(written, at_ms, &mut bitmap);
    bitmap
}

/// Both sides of the edge, which feathering makes soft.
fn assert_edges(is_drawn: impl Fn(usize) -> bool, drawn: &[Vec<[f32; 2]>], width: f32, softness: f32, what: &str) {
    let mut seen = [0, 0];
    // The picture's corners are round.
    let is_inside = |sample: &usize| [sample % GRID, sample / GRID].iter().all(|part| (8..GRID - 8).contains(part));
    for sample in (0..GRID * GRID).step_by(7).filter(is_inside) {
        let from_edge = distance(drawn, sample) - width / 2.0;
        if from_edge.abs() > softness {
            assert_eq!(is_drawn(sample), from_edge < 0.0, "{what}: sample {sample} at {from_edge} from the edge");
            seen[usize::from(from_edge < 0.0)] += 1;
        }
    }
    assert!(seen[0] > 500 && seen[1] > 20, "{what}: {seen:?}");
}

#[test]
fn ink_covers_what_the_bitmap_of_all_points_has() {
    for row in ROWS {
        let written = written(row);
        let inks = inks(&painted(hand(written)));
        let apart = apart(&bitmap(&inks), &rendered(written, f64::INFINITY));
        assert!(apart < 2.0, "row {row}: {apart}");
        let drawn: Vec<_> = written.drawn(f64::INFINITY).collect();
        assert_edges(|sample| inks[sample] > 0.5, &drawn, PEN, 0.006, "ink");
    }
}

#[test]
fn strokes_lie_thin_over_the_pixels() {
    for row in ROWS {
        let written = written(row);
        let pixels: &Arc<ColorImage> = Box::leak(Box::new(Arc::new(ColorImage::filled([SIDE, SIDE], UNDER))));
        let grid = painted(HandModel { shown: Shown::Both, pixels: Some(pixels), ..hand(written) });
        let under = UNDER.to_array().map(|part| f32::from(part) / 255.0);
        let is_under = |sample: usize| (0..3).all(|channel| (grid[sample][channel] - under[channel]).abs() < 0.05);
        let drawn: Vec<_> = written.drawn(f64::INFINITY).collect();
        assert_edges(|sample| !is_under(sample), &drawn, THIN, 0.006, "over pixels");
    }
}

#[test]
fn half_way_through_a_replay_that_is_ink_which_was_drawn_and_the_rest_is_faint() {
    for row in ROWS {
        let written = written(row);
        let half = written.timeline.length_ms() / 2.0;
        let inks = inks(&painted(HandModel { at_ms: Some(half), plays: true, ..hand(written) }));
        let drawn: Vec<_> = written.drawn(half).filter(|points| !points.is_empty()).collect();
        assert_edges(|sample| inks[sample] > 0.5, &drawn, PEN, 0.006, "half-way");
        let (own, half_drawn, whole) = (bitmap(&inks), rendered(written, half), rendered(written, f64::INFINITY));
        let (near, far) = (apart(&own, &half_drawn), apart(&own, &whole));
        assert!(near < 2.0 && near * 4.0 < far, "row {row}: {near} and {far}");
        // Where the pen has yet to go, its way is seen.
        let all: Vec<_> = written.drawn(f64::INFINITY).collect();
        let to_come = |sample: &usize| distance(&all, *sample) < 0.0008 && distance(&drawn, *sample) > PEN;
        let faint: Vec<f32> = (0..GRID * GRID).filter(to_come).map(|sample| inks[sample]).collect();
        let mean = faint.iter().sum::<f32>() / faint.len() as f32;
        assert!(faint.len() > 20 && mean > 0.02 && faint.iter().all(|ink| *ink < 0.3), "row {row}: {mean}");
    }
}

/// Half the width of the pen on the screen, in points.
fn pen(window: &Window) -> f32 {
    let circles = window.output().shapes.iter().filter_map(|clipped| match &clipped.shape {
        egui::Shape::Circle(circle) => Some(circle.radius),
        _ => None,
    });
    circles.fold(0.0, f32::max)
}

#[test]
fn the_wheel_comes_nearer_to_strokes_and_goes_back() {
    let mut model = viewing();
    model.inspector.as_mut().unwrap().hand = Some(hand(written(ROWS[0])));
    let mut window = desk(&model);
    let middle = window.get_by_label("Strokes, row 84,213").rect().center();
    let whole = pen(&window);
    window.event(egui::Event::PointerMoved(middle));
    window.run_steps(2);
    // The zoom doubles with 120 points of the wheel, smoothly; all of them are the least that is seen.
    for (points, times) in [(240.0, 4.0), (-120.0, 2.0), (-240.0, 1.0)] {
        window.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: Vec2::new(0.0, points),
            phase: egui::TouchPhase::Move,
            modifiers: egui::Modifiers::NONE,
            source: egui::MouseWheelSource::Unknown,
        });
        window.run_steps(60);
        let near = pen(&window);
        assert!((near / whole - times).abs() < 0.05, "{times}: {whole} {near}");
    }
}

/// The colours of the stretches of strokes, in the order in which they were drawn.
fn stretches(window: &Window) -> Vec<Color32> {
    let lines = window.output().shapes.iter().filter_map(|clipped| match &clipped.shape {
        egui::Shape::LineSegment { stroke, .. } if stroke.width > 1.5 => Some(stroke.color),
        _ => None,
    });
    lines.collect()
}

#[test]
fn order_speed_and_direction_colour_strokes() {
    // Fast to the right, on slowly, and slowly back on a line of its own.
    let mut drawing = Drawing::default();
    drawing.push(&[0.0, 100.0, 200.0], &[0.0; 3], Some(&[0.0, 100.0, 1_100.0])).unwrap();
    drawing.push(&[200.0, 100.0], &[90.0; 2], Some(&[2_000.0, 3_000.0])).unwrap();
    let written: &'static Arc<Written> = Box::leak(Box::new(Arc::new(Written::of(&drawing))));
    let colors = |shade| {
        let mut model = viewing();
        model.inspector.as_mut().unwrap().hand = Some(HandModel { shade, ..hand(written) });
        let colors = stretches(&desk(&model));
        <[Color32; 3]>::try_from(colors).unwrap_or_else(|colors| panic!("{shade:?}: {colors:?}"))
    };
    let [fast, slow, back] = colors(Shade::Plain);
    assert!(fast == slow && slow == back);
    let [fast, slow, back] = colors(Shade::Order);
    assert!(fast == slow && slow != back, "one colour a stroke");
    let [fast, slow, back] = colors(Shade::Speed);
    assert!(fast != slow && slow == back, "one colour for a speed");
    let [fast, slow, back] = colors(Shade::Direction);
    assert!(fast == slow && slow != back, "one colour for a direction");
}
