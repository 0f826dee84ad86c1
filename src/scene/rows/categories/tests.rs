//! The palette is told apart with any colour vision, and values come by count.

use super::*;
use crate::scene::layout::MISSING;

/// How deficiencies see linear light (Machado, Oliveira, Fernandes 2009, severity 1): protan, deutan, tritan.
const DEFICIENCIES: [[[f64; 3]; 3]; 3] = [
    [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
    [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
];

fn linear(color: Rgb) -> [f64; 3] {
    color.map(|byte| {
        let encoded = f64::from(byte) / 255.0;
        if encoded <= 0.040_45 { encoded / 12.92 } else { ((encoded + 0.055) / 1.055).powf(2.4) }
    })
}

fn seen(color: [f64; 3], by: &[[f64; 3]; 3]) -> [f64; 3] {
    by.map(|line| line.iter().zip(color).map(|(a, b)| a * b).sum::<f64>().clamp(0.0, 1.0))
}

/// CIELAB under D65.
fn lab([r, g, b]: [f64; 3]) -> [f64; 3] {
    let f = |t: f64| if t > 216.0 / 24_389.0 { t.cbrt() } else { (24_389.0 / 27.0 * t + 16.0) / 116.0 };
    let x = f((0.412_456_4 * r + 0.357_576_1 * g + 0.180_437_5 * b) / 0.950_47);
    let y = f(0.212_672_9 * r + 0.715_152_2 * g + 0.072_175_0 * b);
    let z = f((0.019_333_9 * r + 0.119_192_0 * g + 0.950_304_1 * b) / 1.088_83);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn difference(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (lab(a), lab(b));
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

#[test]
fn the_first_eight_are_told_apart_with_any_colour_vision() {
    for theme in [Theme::Paper, Theme::Night] {
        let first: Vec<[f64; 3]> = palette(theme).into_iter().take(8).map(linear).collect();
        for (i, &a) in first.iter().enumerate() {
            for &b in first.iter().skip(i + 1) {
                assert!(difference(a, b) >= 10.0, "{theme}: {a:?} {b:?}");
                for deficiency in &DEFICIENCIES {
                    let seen = difference(seen(a, deficiency), seen(b, deficiency));
                    assert!(seen >= 10.0, "{theme}: {a:?} {b:?}: {seen}");
                }
            }
        }
    }
}

#[test]
fn every_colour_differs_from_all_others() {
    let all: Vec<[f64; 3]> = palette(Theme::Paper).into_iter().map(linear).collect();
    assert_eq!(all.len(), OWN + 2);
    for (i, &a) in all.iter().enumerate() {
        for &b in all.iter().skip(i + 1) {
            assert!(difference(a, b) >= 10.0, "{a:?} {b:?}");
        }
    }
}

#[test]
fn values_get_colours_by_count_then_value_and_missing_ones_the_last() {
    let values: Vec<String> = ["few", "b", "a", "never"].map(str::to_owned).into();
    let codes = [1, 2, 0, 1, 2, MISSING];
    let entries = entries(&codes, &values);
    let of = |code| entry(&entries, code);
    // `a` and `b` come twice each, `few` once, `never` not at all.
    assert_eq!([of(2), of(1), of(0), of(3)], [1, 2, 3, 4]);
    assert_eq!(of(MISSING), OWN as u8 + 2);
    assert_eq!(palette(Theme::Night).get(usize::from(of(MISSING)) - 1), Some(&NO_VALUE));
    let many: Vec<String> = (100..140).map(|number| number.to_string()).collect();
    let codes: Vec<u32> = (0..40).collect();
    let entries = super::entries(&codes, &many);
    assert_eq!(entries[..OWN], (1..=OWN as u8).collect::<Vec<_>>());
    assert!(entries[OWN..40].iter().all(|&entry| entry == OWN as u8 + 1), "{entries:?}");
    assert_eq!(super::entries(&[MISSING], &[]), [OWN as u8 + 2]);
}
