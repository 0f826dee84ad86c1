//! Cards, rings, outlines and hairlines as instances of one pipeline, and the pass that paints them.

mod outlines;

use super::atlas::AtlasTextures;
use super::gpu_types::MarkInstance;
use crate::data::Row;
use crate::scene::frame::{DrawingPicture, PxRect, drawing_fit};
use crate::scene::overlay::{Card, Overlay};
use crate::scene::palette::{Colormap, Palette, Theme, color, mixed};
use crate::scene::strokes::InStrokes;

/// What a mark paints, in `mark.wgsl`, too: one colour; a drawing of which a pixel shows one texel; any drawing.
pub const PAINTS_FILL: u32 = 0;
/// See [`PAINTS_FILL`].
pub const PAINTS_TEXELS: u32 = 1;
/// See [`PAINTS_FILL`].
pub const PAINTS_DRAWING: u32 = 2;

/// Gap between a drawing and its ring, logical pixels.
const RING_GAP: f32 = 2.0;
/// A hairline's thickness, physical pixels at any scale.
const HAIRLINE_PX: f32 = 1.0;
/// How much of the highlight's colour covers a card's ground.
const TINT: f32 = 0.14;
/// Outlines in the colours of rows take so much of a picture: one in this many pixels of its side.
const COLORED_PART: f32 = 16.0;
/// And no more than this many logical pixels.
const MOST_COLORED_PX: f32 = 4.0;

/// Collects marks back to front.
#[derive(Debug)]
pub struct Marks {
    instances: Vec<MarkInstance>,
    palette: Palette,
    ground: [u8; 3],
    /// Full ink.
    ink: [u8; 3],
    /// One logical pixel in whole physical ones, at least 1.
    line_px: f32,
}

impl Marks {
    /// No marks yet.
    pub fn new(theme: Theme, colormap: Colormap, scale: f64) -> Self {
        let line_px = (scale.round() as f32).max(1.0);
        let [ground, ink] = [0.0, 1.0].map(|ink| color(colormap, theme, ink));
        Self { instances: Vec::new(), palette: Palette::of(theme), ground, ink, line_px }
    }

    /// The instances, back to front.
    pub fn instances(&self) -> &[MarkInstance] {
        &self.instances
    }

    /// Adds crosshair, cards and box of a scatter that lies at `rect`, whose drawings have canvases of a side; outlines lie under them,
    /// labels and lasso are painted elsewhere.
    pub fn overlay(&mut self, overlay: &Overlay, rect: PxRect, canvas: u32) {
        let (left, top) = (rect.left as f32, rect.top as f32);
        let (width, height) = (rect.width as f32, rect.height as f32);
        if let Some([x, y]) = overlay.crosshair_px {
            let line = HAIRLINE_PX;
            let (x, y) = (left + x.floor(), top + y.floor());
            let (halo, color) = (with_alpha(self.ground, 0.6), with_alpha(self.palette.secondary, 0.8));
            self.fill([x - line, top, 3.0 * line, height], halo);
            self.fill([left, y - line, width, 3.0 * line], halo);
            self.fill([x, top, line, height], color);
            self.fill([left, y, width, line], color);
        }
        for card in &overlay.cards {
            self.card(card, (left, top), canvas);
        }
        if let Some([a, b]) = overlay.box_px {
            let (x0, y0) = (left + a[0].min(b[0]).floor(), top + a[1].min(b[1]).floor());
            let (x1, y1) = (left + a[0].max(b[0]).ceil(), top + a[1].max(b[1]).ceil());
            let inside = [x0, y0, x1 - x0, y1 - y0];
            self.fill(inside, with_alpha(self.palette.selection, 0.10));
            self.frame(inside, self.line_px, self.palette.selection);
            self.frame(grown(inside, self.line_px), self.line_px, self.ground);
        }
        if overlay.is_framed {
            self.frame(grown([left, top, width, height], -self.line_px), self.line_px, self.palette.hairline);
        }
    }

    /// Adds the outlines of a scatter whose viewport has its corner there: of selected drawings, of marked ones.
    pub fn outlines(&mut self, overlay: &Overlay, [left, top]: [f32; 2]) {
        for (color, squares) in &overlay.colored_px {
            let width = squares.first().map_or(0.0, |[.., side]| (side / COLORED_PART).round());
            for [x, y, width, height] in
                outlines::lines(squares, width.clamp(self.line_px, MOST_COLORED_PX * self.line_px))
            {
                self.fill([left + x, top + y, width, height], with_alpha(*color, 1.0));
            }
        }
        let kinds = [(&overlay.outlines_px, self.palette.selection), (&overlay.found_px, self.palette.hover)];
        for (squares, color) in kinds {
            for [x, y, width, height] in outlines::lines(squares, self.line_px) {
                self.fill([left + x, top + y, width, height], with_alpha(color, 1.0));
            }
        }
    }

    /// Adds one drawing by itself, filling `rect` with ground.
    pub fn drawing(&mut self, drawing: &DrawingPicture, rect: PxRect, canvas: u32) {
        let whole = [rect.left as f32, rect.top as f32, rect.width as f32, rect.height as f32];
        self.fill(whole, with_alpha(self.ground, 1.0));
        let [beyond_left, beyond_top, beyond_right, beyond_bottom] = drawing.hidden_px;
        let (width, height) = (beyond_left + rect.width + beyond_right, beyond_top + rect.height + beyond_bottom);
        let (texel_px, left, top) = drawing_fit(PxRect::of_size([width, height]), canvas);
        let side = (if texel_px == 0 { width.min(height) } else { texel_px * canvas }) as f32;
        let on_target = |edge: u32, at: u32, beyond: u32| edge as f32 + at as f32 - beyond as f32;
        let square = [on_target(rect.left, left, beyond_left), on_target(rect.top, top, beyond_top), side, side];
        let tint = if drawing.ringed { with_alpha(self.palette.hover, TINT) } else { [0.0; 4] };
        let paints = if texel_px > 0 { PAINTS_TEXELS } else { PAINTS_DRAWING };
        self.instances.push(shown(paints, drawing.row, square, tint, texel_px));
        if drawing.ringed {
            self.frame(grown(square, -self.line_px), self.line_px, self.palette.hover);
        }
    }

    fn card(&mut self, card: &Card, (left, top): (f32, f32), canvas: u32) {
        let accent = if card.pinned { self.palette.selection } else { self.palette.hover };
        let square = [left + card.left_top_px[0], top + card.left_top_px[1], card.side_px, card.side_px];
        let (x0, y0) = (square[0].floor(), square[1].floor());
        let snapped = [x0, y0, (square[0] + square[2]).ceil() - x0, (square[1] + square[3]).ceil() - y0];
        let gap = (RING_GAP * self.line_px).round();
        let paper = grown(snapped, gap);
        self.fill(paper, with_alpha(self.ground, 1.0));
        self.fill(paper, with_alpha(accent, TINT));
        // What may be smaller than its texels is looked at closer.
        let paints = if card.side_px >= canvas as f32 { PAINTS_TEXELS } else { PAINTS_DRAWING };
        self.instances.push(shown(paints, card.row, square, with_alpha(accent, TINT), 0));
        // Two tones: the accent reads on paper, its halo of ground on ink.
        self.frame(paper, self.line_px, accent);
        self.frame(grown(paper, self.line_px), self.line_px, self.ground);
    }

    /// A card whose drawing is shown by its strokes.
    pub fn in_strokes(&self, card: &Card) -> InStrokes {
        let [left, top] = card.left_top_px;
        let accent = if card.pinned { self.palette.selection } else { self.palette.hover };
        let ground = mixed(self.ground, accent, TINT);
        InStrokes { row: card.row, square_px: [left, top, card.side_px], ground, ink: self.ink }
    }

    /// A frame of `line` pixels around the outside of a rectangle.
    fn frame(&mut self, inside: [f32; 4], line: f32, color: [u8; 3]) {
        let [x, y, w, h] = inside;
        let color = with_alpha(color, 1.0);
        self.fill([x - line, y - line, w + 2.0 * line, line], color);
        self.fill([x - line, y + h, w + 2.0 * line, line], color);
        self.fill([x - line, y, line, h], color);
        self.fill([x + w, y, line, h], color);
    }

    fn fill(&mut self, rect: [f32; 4], color: [f32; 4]) {
        self.instances.push(MarkInstance { rect, color, tint: [0.0; 4], kind: [PAINTS_FILL, 0, 0, 0] });
    }
}

/// Draws marks into a pass whose view and colours are set, each with the pipeline of what it paints, each drawing with its chunk.
///
/// `range` are the instances that belong to the rectangle in question; drawings that have not arrived are left out.
pub fn draw<'a>(
    pass: &mut wgpu::RenderPass<'_>,
    atlas: &AtlasTextures,
    instances: &[MarkInstance],
    range: std::ops::Range<usize>,
    pipeline: impl Fn(u32) -> &'a wgpu::RenderPipeline,
) {
    let paints = |at: usize| instances.get(at).map_or(PAINTS_FILL, |instance| instance.kind[0]);
    let (mut bound, mut set) = (None, None);
    let mut at = range.start;
    while at < range.end {
        // Fills in a row are one draw: there may be thousands.
        let is_fill = paints(at) == PAINTS_FILL;
        let next = || (at..range.end).find(|&next| paints(next) != PAINTS_FILL).unwrap_or(range.end);
        let end = if is_fill { next() } else { at + 1 };
        let own = instances.get(at).filter(|_| !is_fill).map(|instance| Row(instance.kind[1]));
        let has_arrived = own.is_none_or(|row| row.0 < atlas.rows_ready());
        // A fill reads no drawing: whatever is bound serves.
        let chunk = own.map_or(bound.unwrap_or(0), |row| atlas.plan().chunk_of(row.0));
        if let Some(bind_group) = atlas.bind_group(chunk, 0).filter(|_| has_arrived) {
            if set != Some(paints(at)) {
                pass.set_pipeline(pipeline(paints(at)));
                set = Some(paints(at));
            }
            if bound != Some(chunk) {
                pass.set_bind_group(1, bind_group, &[]);
                bound = Some(chunk);
            }
            pass.draw(0..6, at as u32..end as u32);
        }
        at = end;
    }
}

/// A drawing in a square; `texel_px` is the side of one of its texels, 0 where it fills the square.
fn shown(paints: u32, row: Row, rect: [f32; 4], tint: [f32; 4], texel_px: u32) -> MarkInstance {
    MarkInstance { rect, color: [0.0, 0.0, 0.0, 1.0], tint, kind: [paints, row.0, texel_px * 256, 0] }
}

fn grown([x, y, w, h]: [f32; 4], by: f32) -> [f32; 4] {
    [x - by, y - by, w + 2.0 * by, h + 2.0 * by]
}

fn with_alpha(color: [u8; 3], alpha: f32) -> [f32; 4] {
    let [r, g, b] = color.map(|byte| f32::from(byte) / 255.0);
    [r, g, b, alpha]
}
