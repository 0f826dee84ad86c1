//! Drawings in sight as their strokes, over their pixels.

use super::buffers::filled_buffer;
use super::context::Gpu;
use super::gpu_types::{StretchInstance, ViewUniform};
use super::near::middle_first;
use super::painters::first_uses::Used;
use super::pass::{Target, begin, view_bind_group};
use super::pipelines::{Pipelines, Stages, instances, pipeline, target};
use super::shaders::{STROKES, module};
use crate::data::Row;
use crate::scene::frame::PxRect;
use crate::scene::strokes::{InStrokes, Strokes};
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// Bytes of all strokes, unless what is in sight takes more.
const MOST_BYTES: u64 = 64 << 20;

/// The strokes that are here.
#[derive(Debug, Default)]
pub struct StrokePainter {
    pipeline: OnceLock<wgpu::RenderPipeline>,
    held: HashMap<u32, Held>,
    /// Rows without strokes that could be shown.
    without: HashSet<u32>,
    /// Counts what was in sight, look by look.
    turn: u64,
    are_expected: bool,
}

#[derive(Debug)]
struct Held {
    strokes: Strokes,
    bytes: u64,
    /// When it was in sight last.
    turn: u64,
}

impl StrokePainter {
    /// Of the drawings in sight those whose strokes are to be read, those next to the middle first. Lets go of what is out of sight
    /// where there is too much.
    pub fn wanted(&mut self, in_sight: &[InStrokes], middle: [f32; 2]) -> Vec<Row> {
        self.turn += 1;
        let mut wanted = Vec::new();
        for &InStrokes { row, square_px, .. } in in_sight {
            match self.held.get_mut(&row.0) {
                Some(held) => held.turn = self.turn,
                None if self.without.contains(&row.0) => {}
                None => wanted.push((square_px, row)),
            }
        }
        let bytes = |held: &HashMap<u32, Held>| held.values().map(|held| held.bytes).sum::<u64>();
        if bytes(&self.held) > MOST_BYTES {
            self.held.retain(|_, held| held.turn == self.turn);
        }
        if bytes(&self.held) > MOST_BYTES { Vec::new() } else { middle_first(wanted, middle) }
    }

    /// Takes the strokes of a row; `None` where there are none that could be shown: they are not asked for again.
    pub fn set(&mut self, row: Row, strokes: Option<Strokes>) {
        match strokes {
            None => _ = self.without.insert(row.0),
            Some(strokes) => {
                let bytes = strokes.bytes();
                self.held.insert(row.0, Held { strokes, bytes, turn: self.turn });
            }
        }
    }

    /// Whether the strokes of a row are here.
    pub fn holds(&self, row: Row) -> bool {
        self.held.contains_key(&row.0)
    }

    /// Paints drawings in a scatter that lies in `rect` of the target, of whose own pixels `from_px` lies there: where they lie on one
    /// another, once all their strokes are here.
    pub(super) fn paint(
        &self,
        (gpu, pipelines, format): (&Gpu, &Pipelines, wgpu::TextureFormat),
        drawings: &[InStrokes],
        overlaps: bool,
        (rect, from_px, target_px): (PxRect, [u32; 2], [u32; 2]),
        target: &Target<'_>,
        encoder: &mut wgpu::CommandEncoder,
    ) {
        let corner = [rect.left as f32 - from_px[0] as f32, rect.top as f32 - from_px[1] as f32];
        // Those around it are asked for as well, so that they are here when they come into it.
        let is_seen = |drawing: &&InStrokes| {
            let [left, top, side] = drawing.square_px;
            let [left, top] = [corner[0] + left, corner[1] + top];
            meets([left, top, left + side, top + side], rect, 0.0)
        };
        let drawings: Vec<InStrokes> = drawings.iter().filter(is_seen).copied().collect();
        if overlaps && !drawings.iter().all(|drawing| self.holds(drawing.row)) {
            return;
        }
        let list = self.stretches(&drawings, corner, rect);
        if list.is_empty() {
            return;
        }
        self.draw((gpu, pipelines, format), &list, (rect, target_px), target, encoder);
    }

    /// Whether strokes may be shown soon: they are here to be read, and drawings are near, or they were asked for.
    pub fn expect(&mut self, are_expected: bool) {
        self.are_expected = are_expected;
    }

    /// See [`StrokePainter::expect`].
    pub(super) fn are_expected(&self) -> bool {
        self.are_expected
    }

    /// Paints a stroke that nobody sees, so that what others need is ready.
    pub(super) fn warm_up(
        &self,
        by: (&Gpu, &Pipelines, wgpu::TextureFormat),
        size_px: [u32; 2],
        target: &Target<'_>,
        encoder: &mut wgpu::CommandEncoder,
    ) {
        let dot = StretchInstance { ends: [4.0; 4], radius: 2.0, color: [u8::MAX; 4] };
        self.draw(by, &[dot], (PxRect::of_size(size_px), size_px), target, encoder);
    }

    fn draw(
        &self,
        (gpu, pipelines, format): (&Gpu, &Pipelines, wgpu::TextureFormat),
        list: &[StretchInstance],
        (rect, target_px): (PxRect, [u32; 2]),
        target: &Target<'_>,
        encoder: &mut wgpu::CommandEncoder,
    ) {
        let buffer = filled_buffer(&gpu.device, "strokes", bytemuck::cast_slice(list), wgpu::BufferUsages::VERTEX);
        let view_group = view_bind_group(gpu, pipelines, &ViewUniform::target(target_px));
        pipelines.painters.first_uses.note(Used::Strokes);
        let mut pass = begin(encoder, "strokes", target.view, wgpu::LoadOp::Load);
        pass.set_scissor_rect(rect.left, rect.top, rect.width, rect.height);
        pass.set_pipeline(self.pipeline.get_or_init(|| new_pipeline(&gpu.device, pipelines, format)));
        pass.set_bind_group(0, &view_group, &[]);
        pass.set_vertex_buffer(0, buffer.slice(..));
        pass.draw(0..6, 0..list.len() as u32);
    }

    /// All grounds, then all strokes: a ground hides no stroke.
    fn stretches(&self, drawings: &[InStrokes], corner: [f32; 2], rect: PxRect) -> Vec<StretchInstance> {
        let shown = || drawings.iter().filter_map(|drawing| Some((drawing, &self.held.get(&drawing.row.0)?.strokes)));
        let opaque = |[red, green, blue]: [u8; 3]| [red, green, blue, u8::MAX];
        let at = |drawing: &InStrokes| {
            let [left, top, side] = drawing.square_px;
            ([corner[0] + left, corner[1] + top], side)
        };
        let grounds = shown().map(|(drawing, _)| {
            let ([left, top], side) = at(drawing);
            // Whole pixels, as their neighbours cover the rest of those between them.
            let ends = [left, top, left + side, top + side].map(f32::round);
            StretchInstance { ends, radius: -1.0, color: opaque(drawing.ground) }
        });
        let mut list: Vec<StretchInstance> = grounds.collect();
        for (drawing, strokes) in shown() {
            let ([x, y], side) = at(drawing);
            let (radius, color) = (side * strokes.pen / 2.0, opaque(drawing.ink));
            for points in strokes.seen(side) {
                let places: Vec<[f32; 2]> = points.iter().map(|[px, py]| [x + px * side, y + py * side]).collect();
                let dot = if let [[x, y]] = places[..] { Some([x, y, x, y]) } else { None };
                let stretches = places.array_windows().map(|[[a, b], [c, d]]| [*a, *b, *c, *d]).chain(dot);
                list.extend(stretches.filter(|ends| meets(*ends, rect, radius + 1.0)).map(|ends| StretchInstance {
                    ends,
                    radius,
                    color,
                }));
            }
        }
        list
    }
}

/// Whether what lies between two corners comes as near to a rectangle as `reach`.
fn meets([a, b, c, d]: [f32; 4], rect: PxRect, reach: f32) -> bool {
    let [left, top] = [rect.left as f32 - reach, rect.top as f32 - reach];
    let [right, bottom] = [rect.left + rect.width, rect.top + rect.height].map(|edge| edge as f32 + reach);
    a.max(c) > left && a.min(c) < right && b.max(d) > top && b.min(d) < bottom
}

fn new_pipeline(device: &wgpu::Device, pipelines: &Pipelines, format: wgpu::TextureFormat) -> wgpu::RenderPipeline {
    let module = module(device, STROKES);
    let stages = Stages::new("strokes", &module, "vs_stroke", "fs_stroke");
    let buffers = [Some(instances(size_of::<StretchInstance>(), &StretchInstance::ATTRIBUTES))];
    let targets = [target(format, Some(wgpu::BlendState::ALPHA_BLENDING))];
    pipeline(device, &stages, &[Some(&pipelines.layouts.view)], &buffers, &targets, false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::strokes::{Drawing, Written};

    fn seen(row: u32, left: f32) -> InStrokes {
        InStrokes { row: Row(row), square_px: [left, 0.0, 100.0], ground: [255; 3], ink: [0; 3] }
    }

    fn held(painter: &mut StrokePainter, rows: std::ops::Range<u32>, bytes: u64) {
        for row in rows {
            let strokes = Strokes::of(&Written::of(&Drawing::default()), [28, 28], 28);
            painter.held.insert(row, Held { strokes, bytes, turn: painter.turn });
        }
    }

    #[test]
    fn those_next_to_the_middle_are_read_first_and_each_is_asked_for_once() {
        let mut painter = StrokePainter::default();
        let in_sight = [seen(1, 0.0), seen(2, 500.0), seen(3, 210.0)];
        let rows = |painter: &mut StrokePainter| {
            painter.wanted(&in_sight, [250.0, 50.0]).into_iter().map(|row| row.0).collect::<Vec<_>>()
        };
        assert_eq!(rows(&mut painter), [3, 1, 2]);
        painter.set(Row(3), None);
        held(&mut painter, 1..2, 10);
        assert_eq!(rows(&mut painter), [2]);
        assert!(painter.holds(Row(1)) && !painter.holds(Row(3)));
    }

    #[test]
    fn what_is_out_of_sight_goes_where_there_is_too_much_and_no_more_is_read_than_there_is_room_for() {
        let mut painter = StrokePainter::default();
        held(&mut painter, 0..4, MOST_BYTES / 3);
        assert!(painter.wanted(&[seen(0, 0.0)], [0.0; 2]).is_empty());
        assert_eq!(painter.held.keys().collect::<Vec<_>>(), [&0]);
        held(&mut painter, 1..4, MOST_BYTES / 2);
        let in_sight: Vec<InStrokes> = (0..6).map(|row| seen(row, row as f32)).collect();
        assert!(painter.wanted(&in_sight, [0.0; 2]).is_empty(), "what is in sight stays, and fills the room");
        assert_eq!(painter.held.len(), 4);
    }
}
