//! Unit tests of the atlas arithmetic and packing.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::*;

const DEFAULT: AtlasLimits = AtlasLimits { texture_px: 8192, layers: 256, chunk_bytes: 1 << 30 };

#[test]
fn octopus_takes_the_29_layers_of_the_design() {
    let plan = AtlasPlan::new(150_152, 28, 28, DEFAULT).unwrap();
    assert_eq!((plan.cells, plan.page_side(0), plan.rows_per_layer()), (73, 2044, 5329));
    assert_eq!((plan.layers(), plan.chunks(), plan.mips), (29, 1, 3));
    assert_eq!(plan.level_sides(), [28, 14, 7, 4, 2, 1]);
    assert_eq!(u64::from(plan.layers()) * 2044 * 2044, 121_160_144, "121 MB without mip levels");
}

#[test]
fn every_row_has_a_place_of_its_own_whatever_the_limits() {
    for layers in [1, 2, 256] {
        let limits = AtlasLimits { texture_px: 128, layers, ..DEFAULT };
        let plan = AtlasPlan::new(300, 28, 28, limits).unwrap();
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
fn pages_cover_the_rows_once() {
    let plan = AtlasPlan::new(12_000, 28, 28, DEFAULT).unwrap();
    let covered: Vec<u32> = (0..plan.layers()).flat_map(|page| plan.page_rows(page)).collect();
    assert!(covered.into_iter().eq(0..12_000));
}

#[test]
fn a_drawing_beyond_the_device_is_refused_with_the_numbers() {
    let limits = AtlasLimits { texture_px: 2048, ..DEFAULT };
    let error = AtlasPlan::new(1, 3000, 10, limits).unwrap_err();
    assert_eq!(error.to_string(), "a drawing of 3000 × 10 needs a texture of 3000 px; this device allows 2048 px");
}

#[test]
fn packing_keeps_bytes_and_area_means() {
    let plan = AtlasPlan::new(3, 28, 28, DEFAULT).unwrap();
    let ink: Vec<u8> = (0..3 * 784_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let page = pack_page(&plan, 0, &ink);
    assert_eq!((plan.cells, page.rows, page.cell_rows(&plan)), (2, 3, 2));
    for row in 0..3_u32 {
        let place = plan.place(row);
        for (level, side) in plan.level_sides().into_iter().enumerate() {
            let texels = if level < 3 { &page.levels[level] } else { &page.small[level - 3] };
            for (y, x) in (0..side).flat_map(|y| (0..side).map(move |x| (y, x))) {
                let at = ((place.y * side + y) * plan.cells * side + place.x * side + x) as usize;
                let mean = area_mean(&ink[row as usize * 784..][..784], side, x, y);
                assert!((f64::from(texels[at]) - mean).abs() <= 0.5 + 1e-9, "row {row} level {side} at {x},{y}");
            }
        }
        let mean = area_mean(&ink[row as usize * 784..][..784], 1, 0, 0);
        assert!((f64::from(page.means[row as usize]) / 257.0 - mean).abs() < 0.003);
    }
}

/// The mean byte of one block, by the definition.
fn area_mean(ink: &[u8], side: u32, x: u32, y: u32) -> f64 {
    let block = 28 / side;
    let mut sum = 0.0;
    for (dy, dx) in (0..block).flat_map(|dy| (0..block).map(move |dx| (dy, dx))) {
        sum += f64::from(ink[((y * block + dy) * 28 + x * block + dx) as usize]);
    }
    sum / f64::from(block * block)
}

#[test]
fn drawings_that_are_not_square_are_centred() {
    let plan = AtlasPlan::new(1, 2, 5, DEFAULT).unwrap();
    assert_eq!((plan.canvas, plan.mips), (8, 1));
    let page = pack_page(&plan, 0, &[255; 10]);
    let inked: Vec<(usize, usize)> = (0..64).filter(|i| page.levels[0][*i] == 255).map(|i| (i % 8, i / 8)).collect();
    let expected: Vec<(usize, usize)> = (1..6).flat_map(|y| [(3, y), (4, y)]).collect();
    assert_eq!(inked, expected);
}
