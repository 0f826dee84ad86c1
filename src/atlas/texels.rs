//! Values into the texels of pages.

/// Bytes of a texel: 2 × 2 values of ink, or one of colour.
pub const TEXEL_BYTES: usize = 4;

/// Writes a level of ink, its values and how many there are a line, into a strip of cells, `pitch` bytes a line, as cell number `at`:
/// pairs of lines are interleaved, four values, two of each line, are a texel.
pub(super) fn write_texels((values, side): (&[u8], usize), strip: &mut [u8], pitch: usize, at: usize) {
    // The usual size gets code of its own.
    if side == 28 {
        interleave::<28>(values, side, strip, pitch, at);
    } else {
        interleave::<0>(values, side, strip, pitch, at);
    }
}

/// `SIDE` is the side, or 0 where it is known only now.
#[inline]
fn interleave<const SIDE: usize>(values: &[u8], side: usize, strip: &mut [u8], pitch: usize, at: usize) {
    let side = if SIDE > 0 { SIDE } else { side };
    let start = at * side / 2 * TEXEL_BYTES;
    for (lines, out) in values.chunks_exact(2 * side).zip(strip.chunks_exact_mut(pitch)) {
        let (upper, lower) = lines.split_at(side);
        let texels = out[start..start + 2 * side].as_chunks_mut::<TEXEL_BYTES>().0;
        let pairs = upper.as_chunks().0.iter().zip(lower.as_chunks().0);
        for (texel, (&upper, &lower)) in texels.iter_mut().zip(pairs) {
            // As numbers several are interleaved at once.
            let [upper, lower] = [upper, lower].map(|pair| u32::from(u16::from_le_bytes(pair)));
            *texel = (upper | lower << 16).to_le_bytes();
        }
    }
}

/// The same of colour: a pixel is a texel.
pub(super) fn write_colors((pixels, side): (&[[u8; 4]], usize), strip: &mut [u8], pitch: usize, at: usize) {
    let start = at * side * TEXEL_BYTES;
    for (line, out) in pixels.chunks_exact(side).zip(strip.chunks_exact_mut(pitch)) {
        out[start..start + side * TEXEL_BYTES].copy_from_slice(line.as_flattened());
    }
}
