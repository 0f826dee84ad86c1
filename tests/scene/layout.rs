//! `grid` and `index` against the contract's formulas; numbers computed with Python.

use glam::DVec2;
use inkfield::progress::Progress;
use inkfield::scene::layout::{LAYOUTS, Layout, LayoutError, LayoutKind, splitmix64};

#[test]
fn grid_follows_the_formula_exactly() {
    // Columns of round(sqrt(1.3 N)).
    for (rows, columns) in [(1, 1), (2, 2), (3, 2), (30, 6), (2000, 51), (150_152, 442)] {
        let layout = Layout::grid(rows, None, Progress::NONE).unwrap();
        assert_eq!(layout.rows(), rows);
        assert_eq!(layout.bounds.min, DVec2::new(0.0, -f64::from(rows.div_ceil(columns))));
        assert_eq!(layout.bounds.max, DVec2::new(f64::from(columns), 0.0));
        for row in 0..rows {
            let expected = DVec2::new(f64::from(row % columns) + 0.5, -f64::from(row / columns) - 0.5);
            assert_eq!(layout.center(row), Some(expected), "row {row} of {rows}");
        }
        assert_eq!(layout.center(rows), None);
        assert!(!layout.overlaps && layout.labels.is_empty());
    }
    // 84,213 = 190 * 442 + 233.
    assert_eq!(Layout::grid(150_152, None, Progress::NONE).unwrap().center(84_213), Some(DVec2::new(233.5, -190.5)));
    assert_eq!(Layout::grid(10, Some(4), Progress::NONE).unwrap().center(9), Some(DVec2::new(1.5, -2.5)));
}

#[test]
fn fixed_positions_stay_below_two_to_the_29th() {
    for (rows, columns, bits) in [
        (10, None, 16),
        // 8191 · 2^16 is just below 2^29, 8192 · 2^16 is 2^29.
        (10, Some(8191), 16),
        (10, Some(8192), 15),
        (10, Some((1 << 28) - 1), 1),
        (10_000, Some(1), 15),
    ] {
        let layout = Layout::grid(rows, columns, Progress::NONE).unwrap();
        assert_eq!(layout.frac_bits(), bits, "{columns:?}");
        assert!(layout.fixed().iter().flatten().all(|v| v.unsigned_abs() < 1 << 29));
    }
}

#[test]
fn impossible_grids_are_refused() {
    assert_eq!(Layout::grid(0, None, Progress::NONE), Err(LayoutError::NoRows));
    assert_eq!(Layout::grid(5, Some(0), Progress::NONE), Err(LayoutError::NoColumns));
    for columns in [1 << 28, u32::MAX] {
        let error = Layout::grid(5, Some(columns), Progress::NONE).unwrap_err();
        assert!(error.to_string().contains(&columns.to_string()), "{error}");
    }
    assert_eq!(Layout::index(0, 1, Progress::NONE), Err(LayoutError::NoRows));
}

#[test]
fn splitmix64_gives_the_published_sequence() {
    // Seed 1234567: the test vector that implementations of the generator share.
    let expected: [u64; 5] = [
        6_457_827_717_110_365_317,
        3_203_168_211_198_807_973,
        9_817_491_932_198_370_423,
        4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
    ];
    let step = 0x9E37_79B9_7F4A_7C15_u64;
    for (i, &value) in (0..).zip(&expected) {
        assert_eq!(splitmix64(1_234_567_u64.wrapping_add(step.wrapping_mul(i))), value);
    }
}

#[test]
fn index_follows_the_formula() {
    for (rows, seed, row, x, y) in [
        (30, 0, 0, 0.115_470_053_837_925_15, -3.824_847_996_751_893_6),
        (30, 0, 29, 6.812_733_176_437_584, -3.171_168_401_633_497),
        (150_152, 0, 84_213, 274.900_891_420_698_6, -153.953_337_208_467_73),
        (150_152, 7, 84_213, 274.900_891_420_698_6, -229.572_325_615_482_53),
        (2000, u64::MAX, 5, 0.155_563_491_861_040_46, -32.175_226_344_868_5),
    ] {
        let layout = Layout::index(rows, seed, Progress::NONE).unwrap();
        assert_eq!((layout.frac_bits(), layout.overlaps), (16, true));
        let center = layout.center(row).unwrap();
        // The nearest multiple of 2^-16.
        let half_step = 0.5 / 65_536.0 + 1e-12;
        assert!((center.x - x).abs() <= half_step && (center.y - y).abs() <= half_step, "{center} for {x}, {y}");
    }
    let layout = Layout::index(150_152, 0, Progress::NONE).unwrap();
    let size = layout.bounds.size();
    assert!((size.x - 490.146_100_667_953_93).abs() < 1e-9 && (size.y - 306.341_312_917_471_16).abs() < 1e-9);
    assert!((0..150_152).all(|row| layout.bounds.contains(layout.center(row).unwrap())));
}

#[test]
fn only_index_has_points_of_a_least_size() {
    assert_eq!([LayoutKind::INDEX, LayoutKind::GRID, LayoutKind::GROUPS].map(|kind| kind.point_px), [4.0, 0.0, 0.0]);
}

#[test]
fn names_parse_back() {
    for kind in LAYOUTS {
        assert_eq!(kind.to_string().parse(), Ok(*kind));
    }
    let error = "spiral".parse::<LayoutKind>().unwrap_err().to_string();
    assert!(error.contains("'spiral'") && error.contains("groups"), "{error}");
}
