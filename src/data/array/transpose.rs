//! From planes, one a pixel with a value for each drawing, to drawings: in tiles that stay near the processor.

/// Rows of a tile: with the pixels of a cache line each, as much as the nearest cache holds.
const TILE_ROWS: usize = 64;

/// Values that are turned at a time, in both directions.
const SIDE: usize = 8;

/// A pixel of the drawings and its values, row after row.
pub(super) type Plane<'a> = (usize, &'a [u8]);

/// Puts planes, sorted by pixel, to their places in drawings of `drawing` bytes.
pub(super) fn transpose(planes: &[Plane<'_>], drawing: usize, out: &mut [u8]) {
    for (tile, target) in (0..).zip(out.chunks_mut(TILE_ROWS * drawing)) {
        for some in planes.chunks(SIDE) {
            let neighbours = <&[Plane<'_>; SIDE]>::try_from(some).ok().filter(|planes| are_neighbours(planes));
            for (eight, rows) in (0..).zip(target.chunks_mut(SIDE * drawing)) {
                let row = tile * TILE_ROWS + eight * SIDE;
                match neighbours.filter(|_| rows.len() == SIDE * drawing).and_then(|planes| square(planes, row)) {
                    Some((pixel, values)) => put(pixel, turned(values), drawing, rows),
                    None => one_by_one(some, row, drawing, rows),
                }
            }
        }
    }
}

fn are_neighbours(planes: &[Plane<'_>; SIDE]) -> bool {
    planes.windows(2).all(|pair| matches!(pair, [(a, _), (b, _)] if a + 1 == *b))
}

/// The first pixel, and eight values of each plane from `row` on.
fn square(planes: &[Plane<'_>; SIDE], row: usize) -> Option<(usize, [u64; SIDE])> {
    let mut square = [0; SIDE];
    for (to, (_, values)) in square.iter_mut().zip(planes) {
        *to = u64::from_le_bytes(*values.get(row..)?.first_chunk()?);
    }
    let [(pixel, _), ..] = planes;
    Some((*pixel, square))
}

/// Byte i of number k becomes byte k of number i: halves are swapped, then quarters, then eighths.
fn turned(square: [u64; SIDE]) -> [u64; SIDE] {
    let [a, b, c, d, e, f, g, h] = square;
    let by_four = |x, y| swapped(x, y, 32, 0x0000_0000_ffff_ffff);
    let ((a, e), (b, f), (c, g), (d, h)) = (by_four(a, e), by_four(b, f), by_four(c, g), by_four(d, h));
    let by_two = |x, y| swapped(x, y, 16, 0x0000_ffff_0000_ffff);
    let ((a, c), (b, d), (e, g), (f, h)) = (by_two(a, c), by_two(b, d), by_two(e, g), by_two(f, h));
    let by_one = |x, y| swapped(x, y, 8, 0x00ff_00ff_00ff_00ff);
    let ((a, b), (c, d), (e, f), (g, h)) = (by_one(a, b), by_one(c, d), by_one(e, f), by_one(g, h));
    [a, b, c, d, e, f, g, h]
}

/// The upper bits of `x` in exchange for the lower ones of `y`.
fn swapped(x: u64, y: u64, shift: u32, mask: u64) -> (u64, u64) {
    let differ = ((x >> shift) ^ y) & mask;
    (x ^ (differ << shift), y ^ differ)
}

fn put(pixel: usize, square: [u64; SIDE], drawing: usize, rows: &mut [u8]) {
    for (target, values) in rows.chunks_mut(drawing).zip(square) {
        if let Some(target) = target.get_mut(pixel..).and_then(<[u8]>::first_chunk_mut) {
            *target = values.to_le_bytes();
        }
    }
}

/// What makes no square: pixels that are no neighbours, the last rows.
fn one_by_one(planes: &[Plane<'_>], row: usize, drawing: usize, rows: &mut [u8]) {
    for (pixel, values) in planes {
        let values = values.get(row..).unwrap_or_default();
        for (target, value) in rows.chunks_mut(drawing).zip(values) {
            if let Some(target) = target.get_mut(*pixel) {
                *target = *value;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_comes_to_its_drawing_whatever_is_missing_and_however_many_there_are() {
        for (rows, drawing) in [(1, 1), (7, 9), (8, 8), (9, 17), (64, 16), (65, 24), (200, 30)] {
            for left_out in [usize::MAX, 0, 11] {
                let value = |row: usize, pixel: usize| (row * 31 + pixel * 7 + row * pixel) as u8;
                let pixels: Vec<usize> = (0..drawing).filter(|pixel| *pixel != left_out).collect();
                let planes: Vec<Vec<u8>> =
                    pixels.iter().map(|&pixel| (0..rows).map(|row| value(row, pixel)).collect()).collect();
                let planes: Vec<Plane<'_>> = pixels.iter().copied().zip(planes.iter().map(Vec::as_slice)).collect();
                let mut out = vec![0; rows * drawing];
                transpose(&planes, drawing, &mut out);
                let expected: Vec<u8> = (0..rows * drawing)
                    .map(|at| if at % drawing == left_out { 0 } else { value(at / drawing, at % drawing) })
                    .collect();
                assert_eq!(out, expected, "{rows} × {drawing} without {left_out}");
            }
        }
    }
}
