//! Values into the texels of pages.

use super::colors::CHANNELS;

/// Bytes of a texel: 2 × 2 values of ink, or one of colour.
pub const TEXEL_BYTES: usize = 4;

/// Interleaves pairs of lines: four values, two of each line, are a texel.
#[inline]
pub(super) fn write_texels<const SIDE: usize>(values: &[u8], side: usize, strip: &mut [u8], pitch: usize, at: usize) {
    let side = if SIDE > 0 { SIDE } else { side };
    let start = at * side / 2 * TEXEL_BYTES;
    for (lines, out) in values.chunks_exact(2 * side).zip(strip.chunks_exact_mut(pitch)) {
        let (upper, lower) = lines.split_at(side);
        let out = &mut out[start..start + 2 * side];
        for ((texel, a), b) in out.chunks_exact_mut(TEXEL_BYTES).zip(upper.chunks_exact(2)).zip(lower.chunks_exact(2)) {
            texel.copy_from_slice(&[a[0], a[1], b[0], b[1]]);
        }
    }
}

/// Writes four channels, each its values and how many there are a line, into a strip of cells of colour, `pitch` bytes a line, as cell
/// number `at`.
pub(super) fn write_colors(planes: [(&[u8], usize); CHANNELS], strip: &mut [u8], pitch: usize, at: usize) {
    let [(red, side), (green, _), (blue, _), (alpha, _)] = planes;
    let start = at * side * TEXEL_BYTES;
    let lines = red.chunks_exact(side).zip(green.chunks_exact(side));
    let lines = lines.zip(blue.chunks_exact(side).zip(alpha.chunks_exact(side)));
    for (((red, green), (blue, alpha)), out) in lines.zip(strip.chunks_exact_mut(pitch)) {
        let texels = out[start..start + side * TEXEL_BYTES].as_chunks_mut::<TEXEL_BYTES>().0;
        let values = red.iter().zip(green).zip(blue.iter().zip(alpha));
        for (texel, ((red, green), (blue, alpha))) in texels.iter_mut().zip(values) {
            *texel = [*red, *green, *blue, *alpha];
        }
    }
}
