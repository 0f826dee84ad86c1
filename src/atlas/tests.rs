//! Unit tests of the atlas arithmetic and packing.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::*;
use crate::data::dataset::luma;

const DEFAULT: AtlasLimits = AtlasLimits { texture_px: 8192, layers: 256, chunk_bytes: 1 << 30 };

#[test]
fn octopus_takes_37_layers_of_64_by_64() {
    let plan = AtlasPlan::new(150_152, 28, 28, Pages::Ink, DEFAULT).unwrap();
    assert_eq!((plan.cells, plan.rows_per_layer(), plan.layers(), plan.chunks()), (64, 4096, 37, 1));
    assert_eq!((plan.level_sides(), plan.stored_sides()), (vec![28, 14, 7, 4, 2, 1], vec![28, 14, 7, 4, 2]));
    // Four values a texel; a side of 7 takes four texels.
    assert_eq!([28, 14, 7, 4, 2].map(|side| plan.page_texels(side)), [896, 448, 256, 128, 64]);
    assert_eq!(plan.gpu_bytes(), 37 * 4096 * (784 + 196 + 64 + 16 + 4 + 4));
}

#[test]
fn pages_hold_a_power_of_two_of_cells_in_a_row() {
    for (rows, side, limit, cells) in [(1, 28, 8192, 1), (5, 28, 8192, 4), (1 << 20, 100, 8192, 16), (900, 28, 128, 4)]
    {
        let plan = AtlasPlan::new(rows, side, side, Pages::Ink, AtlasLimits { texture_px: limit, ..DEFAULT }).unwrap();
        assert_eq!(plan.cells, cells, "{rows} drawings of {side} px under {limit} px");
    }
}

#[test]
fn faults_18_every_row_has_a_place_of_its_own_whatever_the_limits() {
    for layers in [1, 2, 256] {
        let limits = AtlasLimits { texture_px: 128, layers, ..DEFAULT };
        let plan = AtlasPlan::new(300, 28, 28, Pages::Ink, limits).unwrap();
        let mut seen = std::collections::HashSet::new();
        for row in 0..300 {
            let place = plan.place(row);
            assert!(
                place.x < plan.cells && place.y < plan.cells && place.layer < plan.layers_in(u32::from(place.chunk))
            );
            assert!(u32::from(place.chunk) < plan.chunks());
            assert!(seen.insert((place.chunk, place.layer, place.x, place.y)), "row {row} shares {place:?}");
        }
    }
}

#[test]
fn pieces_cover_the_rows_once_and_lie_on_one_page_each() {
    for (rows, limit) in [(12_000, 8192), (12_000, 128), (3, 8192)] {
        let plan = AtlasPlan::new(rows, 28, 28, Pages::Ink, AtlasLimits { texture_px: limit, ..DEFAULT }).unwrap();
        let covered: Vec<u32> = (0..plan.pieces()).flat_map(|piece| plan.piece_rows(piece)).collect();
        assert!(covered.into_iter().eq(0..rows));
        for piece in (0..plan.pieces()).map(|piece| plan.piece_rows(piece)) {
            let (first, last) = (plan.place(piece.start), plan.place(piece.end - 1));
            assert_eq!((first.layer, first.x), (last.layer, 0), "{piece:?}");
        }
    }
}

#[test]
fn faults_18_a_drawing_beyond_the_device_is_refused_with_the_numbers() {
    let limits = AtlasLimits { texture_px: 2048, ..DEFAULT };
    let error = AtlasPlan::new(1, 3000, 10, Pages::Ink, limits).unwrap_err();
    assert_eq!(error.to_string(), "a drawing of 3000 × 10 needs a texture of 3000 px; this device allows 2048 px");
}

#[test]
fn packing_keeps_bytes_and_area_means() {
    // Sides that halve to 4, sides that do not, and one whose columns have more than 16 bits of ink.
    for canvas in [4_u32, 8, 12, 28, 32, 36, 64, 1100] {
        packing_keeps_area_means_of(canvas, |i| (i.wrapping_mul(2_654_435_761) >> 24) as u8);
        packing_keeps_area_means_of(canvas, |_| 255);
    }
}

fn packing_keeps_area_means_of(canvas: u32, value: fn(u32) -> u8) {
    let plan = AtlasPlan::new(3, canvas, canvas, Pages::Ink, DEFAULT).unwrap();
    let area = (canvas * canvas) as usize;
    let ink: Vec<u8> = (0..3 * canvas * canvas).map(value).collect();
    let page = pack_piece(&plan, 0, &ink);
    assert_eq!((page.rows, page.cell_rows(&plan)), (3, 3_u32.div_ceil(plan.cells)));
    for row in 0..plan.rows_per_layer().min(3) {
        let place = plan.place(row);
        for (level, side) in page.levels.iter().zip(plan.stored_sides()) {
            for (y, x) in (0..side).flat_map(|y| (0..side).map(move |x| (y, x))) {
                let mean = area_mean(&ink[row as usize * area..][..area], side, x, y);
                let value = value_at(&plan, level, side, place, [x, y]);
                assert!((f64::from(value) - mean).abs() <= 0.5 + 1e-9, "{canvas}: row {row} level {side} at {x},{y}");
            }
        }
        let mean = area_mean(&ink[row as usize * area..][..area], 1, 0, 0);
        assert!((f64::from(page.means[row as usize]) / 257.0 - mean).abs() < 0.003);
    }
}

#[test]
fn moments_are_those_of_the_drawing_without_its_margin() {
    let plan = AtlasPlan::new(3, 4, 6, Pages::Ink, DEFAULT).unwrap();
    let ink: Vec<u8> = (0..72_u32).map(|i| ((i * i * 31 + 7 * i) % 256) as u8).collect();
    // numpy: v = (i*i*31 + 7*i) % 256 for i in arange(72); v.reshape(3, 24).mean(1) / 255, .std(1) / 255.
    let expected = [[0.466_666_67, 0.330_522_56], [0.592_156_86, 0.268_037_61], [0.466_666_67, 0.266_810_80]];
    for (row, seen) in pack_piece(&plan, 0, &ink).moments.iter().enumerate() {
        for (seen, expected) in seen.iter().zip(expected[row]) {
            assert!((f64::from(*seen) / 65535.0 - expected).abs() < 1e-5, "row {row}: {seen} for {expected}");
        }
    }
    let flat = pack_piece(&plan, 0, &[255; 72]).moments;
    assert_eq!(flat, [[65535, 0]; 3]);
}

/// The value at (x, y) of a drawing: 2 × 2 of them lie in a texel.
fn value_at(plan: &AtlasPlan, level: &[u8], side: u32, place: Place, [x, y]: [u32; 2]) -> u8 {
    let half = side.div_ceil(2);
    let texel = (place.y * half + y / 2) * plan.page_texels(side) + place.x * half + x / 2;
    level[texel as usize * TEXEL_BYTES + (y % 2 * 2 + x % 2) as usize]
}

/// The mean byte of one block, by the definition.
fn area_mean(ink: &[u8], side: u32, x: u32, y: u32) -> f64 {
    let canvas = ink.len().isqrt() as u32;
    let block = canvas / side;
    let mut sum = 0.0;
    for (dy, dx) in (0..block).flat_map(|dy| (0..block).map(move |dx| (dy, dx))) {
        sum += f64::from(ink[((y * block + dy) * canvas + x * block + dx) as usize]);
    }
    sum / f64::from(block * block)
}

#[test]
fn drawings_that_are_not_square_are_centred() {
    let plan = AtlasPlan::new(1, 2, 5, Pages::Ink, DEFAULT).unwrap();
    assert_eq!((plan.canvas, plan.level_sides()), (8, vec![8, 4, 2, 1]));
    let page = pack_piece(&plan, 0, &[255; 10]);
    let ink = |x: u32, y: u32| value_at(&plan, &page.levels[0], 8, plan.place(0), [x, y]);
    let inked: Vec<(u32, u32)> = (0..64).map(|i| (i % 8, i / 8)).filter(|&(x, y)| ink(x, y) == 255).collect();
    let expected: Vec<(u32, u32)> = (1..6).flat_map(|y| [(3, y), (4, y)]).collect();
    assert_eq!(inked, expected);
}

#[test]
fn packing_colour_keeps_each_channels_means_weighed_by_alpha() {
    let plan = AtlasPlan::new(3, 28, 28, Pages::Color, DEFAULT).unwrap();
    assert_eq!([28, 14, 7, 4, 2].map(|side| plan.page_texels(side)), [56, 28, 16, 8, 4], "a texel a value, sides even");
    let texels = 28 * 28 + 14 * 14 + 8 * 8 + 4 * 4 + 2 * 2;
    assert_eq!(plan.gpu_bytes(), 4 * (4 * texels + 4), "four cells");
    for canvas in [4, 8, 28, 32, 36, 64] {
        packing_colour_keeps_area_means_of(canvas);
    }
}

fn packing_colour_keeps_area_means_of(canvas: u32) {
    let plan = AtlasPlan::new(3, canvas, canvas, Pages::Color, DEFAULT).unwrap();
    let mut values: Vec<u8> =
        (0..3 * canvas * canvas * 4).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    // The second one is opaque.
    let opaque = values.chunks_exact_mut(plan.drawing_bytes()).nth(1).unwrap();
    opaque.iter_mut().skip(3).step_by(4).for_each(|alpha| *alpha = 255);
    let page = pack_piece(&plan, 0, &values);
    for row in 0..3_u32 {
        let place = plan.place(row);
        let drawing = &values[row as usize * plan.drawing_bytes()..][..plan.drawing_bytes()];
        for channel in 0..4 {
            let weighed = |pixel: &[u8]| {
                let (value, alpha) = (u32::from(pixel[channel]), u32::from(pixel[3]));
                if channel == 3 { pixel[3] } else { ((value * alpha) as f64 / 255.0).round() as u8 }
            };
            let plane: Vec<u8> = drawing.chunks_exact(4).map(weighed).collect();
            for (level, side) in page.levels.iter().zip(plan.stored_sides()) {
                for (y, x) in (0..side).flat_map(|y| (0..side).map(move |x| (y, x))) {
                    let texels = plan.cell_texels(side);
                    let texel = (place.y * texels + y) * plan.page_texels(side) + place.x * texels + x;
                    let value = f64::from(level[texel as usize * TEXEL_BYTES + channel]);
                    let mean = area_mean(&plane, side, x, y);
                    assert!((value - mean).abs() <= 0.5 + 1e-9, "row {row} channel {channel} level {side} at {x},{y}");
                }
            }
        }
        let ink: Vec<u8> =
            drawing.chunks_exact(4).map(|pixel| luma([pixel[0], pixel[1], pixel[2], pixel[3]])).collect();
        assert!((f64::from(page.means[row as usize]) / 257.0 - area_mean(&ink, 1, 0, 0)).abs() < 0.003);
        assert_eq!(page.moments[row as usize], moments_of(&ink, ink.iter().map(|&ink| u64::from(ink)).sum()));
    }
}
