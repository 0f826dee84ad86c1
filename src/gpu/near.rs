//! Pictures in their own size over the drawings in sight that they were made of.

use super::context::Gpu;
use super::meshes::{Canvas, MeshPainter};
use super::pass::Target;
use crate::data::Row;
use crate::scene::frame::PxRect;
use crate::scene::near::NearPicture;
use crate::scene::palette::Rgb;
use egui::epaint::{ClippedPrimitive, ImageDelta, Mesh, Primitive};
use egui::{Color32, ColorImage, Rect, TextureId, TextureOptions, pos2, vec2};
use std::collections::{HashMap, HashSet};

/// Bytes of all textures, unless what is in sight takes more.
pub const MOST_BYTES: u64 = 128 << 20;
/// A picture with as many times the pixels that are seen is made smaller: of four a pixel is the mean of all, of more it would flicker.
const TOO_FINE: u32 = 2;

/// The ground of pictures that are not opaque.
const GROUND: TextureId = TextureId::User(0);

/// The pictures that are here.
#[derive(Debug, Default)]
pub struct NearPictures {
    painter: Option<MeshPainter>,
    held: HashMap<u32, Held>,
    /// Rows without a picture that could be shown.
    without: HashSet<u32>,
    /// Counts what was in sight, look by look.
    turn: u64,
}

#[derive(Debug)]
struct Held {
    /// Its longer side in pixels.
    longest: u32,
    is_whole: bool,
    is_opaque: bool,
    bytes: u64,
    /// Right and lower end of what it shows in its texture, 0…1.
    end: [f32; 2],
    place: [f32; 4],
    /// When it was in sight last.
    turn: u64,
}

impl NearPictures {
    /// Of the rows in sight, each with its square in pixels of the viewport, those whose pictures are to be decoded, and how long
    /// their longer sides are seen in pixels: those next to the middle first. Lets go of what has been out of sight for longest.
    pub fn wanted(&mut self, in_sight: &[(Row, [f32; 3])], middle: [f32; 2]) -> Vec<(Row, u32)> {
        self.turn += 1;
        let mut wanted = Vec::new();
        let mut bytes = 0;
        for &(row, [left, top, side]) in in_sight.iter().filter(|(row, _)| !self.without.contains(&row.0)) {
            let seen = side.ceil() as u32;
            let held = self.held.get_mut(&row.0);
            if let Some(held) = held {
                (held.turn, bytes) = (self.turn, bytes + held.bytes);
                let is_fine = held.is_whole || held.longest >= seen;
                if is_fine && held.longest < TOO_FINE.saturating_mul(seen) {
                    continue;
                }
            }
            wanted.push(([left, top, side], (row, seen)));
        }
        self.make_room();
        if bytes >= MOST_BYTES {
            return Vec::new();
        }
        middle_first(wanted, middle)
    }

    fn make_room(&mut self) {
        let mut bytes: u64 = self.held.values().map(|held| held.bytes).sum();
        let mut others: Vec<(u64, u32)> =
            self.held.iter().filter(|(_, held)| held.turn < self.turn).map(|(row, held)| (held.turn, *row)).collect();
        others.sort_unstable();
        for (_, row) in others {
            if bytes <= MOST_BYTES {
                break;
            }
            if let Some(held) = self.held.remove(&row) {
                bytes -= held.bytes;
                for texture in [id(Row(row)), in_blocks(Row(row))] {
                    self.painter.iter_mut().for_each(|painter| painter.free_texture(texture));
                }
            }
        }
    }

    /// A row has no picture that could be shown: it is not asked for again.
    pub fn set_none(&mut self, row: Row) {
        self.without.insert(row.0);
    }

    /// How many of the rows in sight have one.
    pub fn shown(&self, in_sight: &[(Row, [f32; 3])]) -> usize {
        in_sight.iter().filter(|(row, _)| self.held.contains_key(&row.0)).count()
    }

    /// Takes a picture, in place of what was there of its row.
    pub fn set(&mut self, gpu: &Gpu, format: wgpu::TextureFormat, near: &NearPicture) {
        let picture = &near.picture;
        let (size, is_opaque) = ([picture.width, picture.height], picture.is_opaque());
        // Most are opaque: they are what they are multiplied by alpha, too.
        let multiplied = (!is_opaque).then(|| {
            let size = size.map(|side| side as usize);
            ColorImage::from_rgba_unmultiplied(size, &picture.rgba)
        });
        let pixels = multiplied.as_ref().map_or(&picture.rgba[..], |image| bytemuck::cast_slice(&image.pixels));
        let painter = self.painter.get_or_insert_with(|| {
            let mut painter = MeshPainter::new(gpu, format);
            let ground = ColorImage::new([1, 1], vec![Color32::WHITE]);
            painter.set_texture(gpu, GROUND, &ImageDelta::full(ground, TextureOptions::NEAREST));
            painter
        });
        painter.set_pixels(gpu, id(near.row), (None, size), pixels, TextureOptions::LINEAR);
        painter.also_as(gpu, id(near.row), in_blocks(near.row), TextureOptions::NEAREST);
        let held = Held {
            longest: picture.width.max(picture.height),
            is_whole: near.is_whole,
            is_opaque,
            bytes: picture.rgba.len() as u64,
            end: [near.extent[0] / picture.width as f32, near.extent[1] / picture.height as f32],
            place: near.place,
            turn: self.turn,
        };
        self.held.insert(near.row.0, held);
    }

    /// Paints the pictures of rows over their squares in a scatter, as far as they are here; the scatter lies in `rect` of the target,
    /// and of its own pixels `from_px` lies there.
    pub(super) fn paint(
        &self,
        gpu: &Gpu,
        squares: &[(Row, [f32; 3])],
        (rect, from_px): (PxRect, [u32; 2]),
        paper: Rgb,
        target: &Target<'_>,
        encoder: &mut wgpu::CommandEncoder,
    ) {
        let Some(painter) = self.painter.as_ref().filter(|_| !squares.is_empty()) else { return };
        let all = Rect::EVERYTHING;
        let mut primitives = Vec::new();
        for (row, [left, top, side]) in squares {
            let Some(held) = self.held.get(&row.0) else { continue };
            let [x, y, width, height] = held.place.map(|edge| edge * side);
            let place = Rect::from_min_size(pos2(left + x, top + y), vec2(width, height));
            if !held.is_opaque {
                let [red, green, blue] = paper;
                primitives.push(quad(GROUND, place, [1.0; 2], Color32::from_rgb(red, green, blue)));
            }
            // From one pixel of the screen a pixel on, whole pixels are shown; until a finer picture comes, a smooth one.
            let is_magnified = held.is_whole && width.max(height) >= held.longest as f32;
            let texture = if is_magnified { in_blocks(*row) } else { id(*row) };
            primitives.push(quad(texture, place, held.end, Color32::WHITE));
        }
        let clipped = |mesh| ClippedPrimitive { clip_rect: all, primitive: Primitive::Mesh(mesh) };
        let primitives: Vec<ClippedPrimitive> = primitives.into_iter().map(clipped).collect();
        let canvas = Canvas {
            view: target.view,
            origin_px: [rect.left, rect.top],
            size_px: rect.size(),
            from_px,
            pixels_per_point: 1.0,
        };
        painter.paint(gpu, &primitives, canvas, encoder);
    }
}

/// Sorts what belongs to squares (left, top, side): that next to the middle comes first, of equally near ones the least.
pub(super) fn middle_first<T: Ord>(of_squares: Vec<([f32; 3], T)>, middle: [f32; 2]) -> Vec<T> {
    let apart = |[left, top, side]: [f32; 3]| {
        let apart = [left, top].into_iter().zip(middle).map(|(at, middle)| at + side / 2.0 - middle);
        apart.map(|apart| apart * apart).sum::<f32>()
    };
    let mut sorted: Vec<(f32, T)> = of_squares.into_iter().map(|(square, of)| (apart(square), of)).collect();
    sorted.sort_by(|(a, of_a), (b, of_b)| a.total_cmp(b).then(of_a.cmp(of_b)));
    sorted.into_iter().map(|(_, of)| of).collect()
}

/// The texture of a row, smooth where it is seen smaller.
fn id(row: Row) -> TextureId {
    TextureId::User(2 * u64::from(row.0) + 1)
}

/// The same with whole pixels.
fn in_blocks(row: Row) -> TextureId {
    TextureId::User(2 * u64::from(row.0) + 2)
}

/// A rectangle that shows a texture up to `end`.
fn quad(texture: TextureId, place: Rect, end: [f32; 2], tint: Color32) -> Mesh {
    let mut mesh = Mesh::with_texture(texture);
    mesh.add_rect_with_uv(place, Rect::from_min_max(pos2(0.0, 0.0), pos2(end[0], end[1])), tint);
    mesh
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(row: u32, left: f32) -> (Row, [f32; 3]) {
        (Row(row), [left, 0.0, 200.0])
    }

    #[test]
    fn those_next_to_the_middle_come_first_and_those_that_have_come_to_nothing_no_more() {
        let mut pictures = NearPictures::default();
        let in_sight = [square(1, 0.0), square(2, 400.0), square(3, 210.0), square(4, 800.0)];
        let rows = |wanted: Vec<(Row, u32)>| wanted.into_iter().map(|(row, seen)| (row.0, seen)).collect::<Vec<_>>();
        assert_eq!(rows(pictures.wanted(&in_sight, [300.0, 100.0])), [(3, 200), (1, 200), (2, 200), (4, 200)]);
        pictures.set_none(Row(1));
        assert_eq!(rows(pictures.wanted(&in_sight, [0.0, 0.0])), [(3, 200), (2, 200), (4, 200)]);
    }

    #[test]
    fn what_is_here_is_wanted_again_where_it_is_too_coarse_or_too_fine_and_gives_way_out_of_sight() {
        let held = |longest, is_whole, bytes| Held {
            longest,
            is_whole,
            is_opaque: true,
            bytes,
            end: [1.0; 2],
            place: [0.0, 0.0, 1.0, 1.0],
            turn: 0,
        };
        let mut pictures = NearPictures::default();
        let kinds = [(1, 199, false), (2, 200, false), (3, 150, true), (4, 399, true), (5, 400, true)];
        pictures.held.extend(kinds.map(|(row, longest, is_whole)| (row, held(longest, is_whole, 1 << 10))));
        let in_sight: Vec<_> = (1..6).map(|row| square(row, row as f32)).collect();
        let wanted: Vec<u32> = pictures.wanted(&in_sight, [0.0; 2]).into_iter().map(|(row, _)| row.0).collect();
        assert_eq!(wanted, [1, 5]);
        // Of what is out of sight the oldest go until the rest has room; what is in sight stays.
        let mut pictures = NearPictures::default();
        pictures.held.extend((0..5).map(|row| (row, held(200, false, MOST_BYTES / 3))));
        assert!(pictures.wanted(&[square(0, 0.0)], [0.0; 2]).is_empty());
        assert!(pictures.held.len() == 3 && pictures.held.contains_key(&0));
        // Where all that there is room for is in sight, no more is decoded.
        let mut pictures = NearPictures::default();
        pictures.held.extend((0..3).map(|row| (row, held(200, false, MOST_BYTES / 2))));
        let in_sight: Vec<_> = (0..4).map(|row| square(row, row as f32)).collect();
        assert!(pictures.wanted(&in_sight, [0.0; 2]).is_empty());
        assert_eq!(pictures.held.len(), 3);
    }
}
