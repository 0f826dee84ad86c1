//! What pixels show of pictures in colour: the check on the GPU's scatter pass for those.

use super::Square;
use super::looks::{Looks, Sum};
use super::picture::{Pixel, Sampled, for_pixels, rows_in_sight};
use super::pyramid::Level;
use crate::atlas::level_sides;
use crate::scene::index::SpatialIndex;
use crate::scene::layout::Layout;
use crate::scene::rows::{OUTLINED_FROM_PX, PICTURE_TINT};
use crate::scene::view::ScatterView;

/// What is known of a pixel: red, green, blue multiplied by alpha, and alpha, of the pictures in it; their rows' colours.
#[derive(Clone, Copy)]
struct Known {
    drawn: [f64; 4],
    sum: Sum,
}

/// The encoded colour of every pixel, each channel 0…1, lines from the top, with the looks of the rows.
///
/// `canvas` is the side of a picture in texels; `picture` fills `canvas²` times four bytes with the red, green, blue and alpha of a
/// row's texels, not multiplied, lines from the top. Small pictures take something of the colours of their rows. Where pictures lie apart, means of their colours, weighed by alpha, lie on the
/// ground. Where they overlap the highest row is on top, faded ones below all others, and the ground shows through it.
pub fn pictures_in_color(
    view: &ScatterView,
    layout: &Layout,
    index: &SpatialIndex,
    looks: &Looks<'_>,
    canvas: u32,
    picture: &dyn Fn(u32, &mut [u8]),
) -> Vec<[f64; 3]> {
    let sizes = level_sides(canvas.max(1));
    let nothing = Known { drawn: [0.0; 4], sum: Sum::empty(false) };
    let mut pixels = vec![nothing; view.size_px[0] as usize * view.size_px[1] as usize];
    let mut rows = rows_in_sight(view, index);
    if view.overlaps {
        rows.sort_by_key(|&row| (looks.of(row).weight >= 1.0, row));
    }
    let mut bytes = vec![0; 4 * canvas as usize * canvas as usize];
    for row in rows {
        let Some(center) = layout.center(row) else { continue };
        let (square, look) = (Square::of(view, center), looks.of(row));
        let whole = view.side_px >= f64::from(canvas);
        let seen = if view.overlaps || whole { square.covered_pixels(view) } else { square.touched_pixels(view) };
        let Some(seen) = seen.filter(|_| look.weight > 0.0) else { continue };
        bytes.fill(0);
        picture(row, &mut bytes);
        let planes = [0, 1, 2, 3].map(|channel| Sampled::of(view, &sizes, &plane(canvas, &bytes, channel)));
        let value = |p: Pixel| {
            let drawn = [0, 1, 2, 3].map(|channel: usize| planes[channel].value(p, &square) * look.weight);
            if view.side_px < OUTLINED_FROM_PX { look.tinted(drawn, PICTURE_TINT) } else { drawn }
        };
        for_pixels(&mut pixels, view, seen, |known, p| {
            let drawn = value(p);
            if view.overlaps {
                known.drawn = drawn;
                return;
            }
            for (sum, drawn) in known.drawn.iter_mut().zip(drawn) {
                *sum += drawn;
            }
            known.sum.add(0.0, if whole { 1.0 } else { p.part_of(&square).area_px }, &look);
        });
    }
    pixels.iter().map(|known| looks.over_ground(known.drawn, &known.sum)).collect()
}

/// One channel of a picture, multiplied by alpha.
fn plane(canvas: u32, bytes: &[u8], channel: usize) -> Level {
    let part = |byte: u8| f64::from(byte) / 255.0;
    let value = |texel: &[u8; 4]| if channel == 3 { part(texel[3]) } else { part(texel[channel]) * part(texel[3]) };
    Level::new(canvas, bytes.as_chunks().0.iter().map(value).collect())
}
