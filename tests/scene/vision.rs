//! Colours as colour-vision deficiencies see them, against distances that a script computed (`expected/vision.py`).

use inkfield::scene::palette::{Rgb, Theme};
use inkfield::scene::rows::{RowColors, RowStyle, RowTable, ScalePalette};
use serde_json::Value;

/// How linear light is seen (Machado, Oliveira, Fernandes 2009, severity 1).
const VISIONS: [(&str, [[f64; 3]; 3]); 4] = [
    ("normal", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    ),
    (
        "deuteranopia",
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
    ),
    (
        "tritanopia",
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
    ),
];

/// CIELAB (D65) of a colour as it is seen.
fn lab(color: Rgb, vision: &[[f64; 3]; 3]) -> [f64; 3] {
    let light = color.map(|byte| {
        let v = f64::from(byte) / 255.0;
        if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    });
    let [r, g, b] = vision.map(|row| row.iter().zip(light).map(|(a, b)| a * b).sum::<f64>().clamp(0.0, 1.0));
    let f = |t: f64| if t > 216.0 / 24_389.0 { t.cbrt() } else { (24_389.0 / 27.0 * t + 16.0) / 116.0 };
    let x = f((0.412_456_4 * r + 0.357_576_1 * g + 0.180_437_5 * b) / 0.950_47);
    let y = f(0.212_672_9 * r + 0.715_152_2 * g + 0.072_175_0 * b);
    let z = f((0.019_333_9 * r + 0.119_192_0 * g + 0.950_304_1 * b) / 1.088_83);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// CIEDE2000 (Sharma, Wu, Dalal 2005).
fn distance([l1, a1, b1]: [f64; 3], [l2, a2, b2]: [f64; 3]) -> f64 {
    let seventh = |c: f64| (c.powi(7) / (c.powi(7) + 25_f64.powi(7))).sqrt();
    let g = 1.5 - 0.5 * seventh(f64::midpoint(a1.hypot(b1), a2.hypot(b2)));
    let (c1, c2) = ((g * a1).hypot(b1), (g * a2).hypot(b2));
    let hue = |a: f64, b: f64| b.atan2(g * a).to_degrees().rem_euclid(360.0);
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let is_gray = c1 * c2 == 0.0;
    let dh = if is_gray { 0.0 } else { (h2 - h1 + 180.0).rem_euclid(360.0) - 180.0 };
    let dh = 2.0 * (c1 * c2).sqrt() * (dh / 2.0).to_radians().sin();
    let (l, c) = (f64::midpoint(l1, l2), f64::midpoint(c1, c2));
    let h = match (h1 + h2, (h1 - h2).abs() <= 180.0) {
        (sum, _) if is_gray => sum,
        (sum, true) => sum / 2.0,
        (sum, false) if sum < 360.0 => f64::midpoint(sum, 360.0),
        (sum, false) => f64::midpoint(sum, -360.0),
    };
    let cos = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cos(h - 30.0) + 0.24 * cos(2.0 * h) + 0.32 * cos(3.0 * h + 6.0) - 0.2 * cos(4.0 * h - 63.0);
    let dl = (l2 - l1) / (1.0 + 0.015 * (l - 50.0).powi(2) / (20.0 + (l - 50.0).powi(2)).sqrt());
    let dc = (c2 - c1) / (1.0 + 0.045 * c);
    let dh = dh / (1.0 + 0.015 * c * t);
    let turn = 60.0 * (-((h - 275.0) / 25.0).powi(2)).exp();
    let rotated = -2.0 * seventh(c) * turn.to_radians().sin() * dc * dh;
    (dl.powi(2) + dc.powi(2) + dh.powi(2) + rotated).sqrt()
}

/// The colours of a palette, entries from 1 on.
fn palette(colors: RowColors, theme: Theme) -> Vec<Rgb> {
    RowTable::new(1, 1, colors, |_| RowStyle::default()).palette(theme)[1..].to_vec()
}

#[test]
fn the_first_eight_categories_are_told_apart_with_any_colour_vision() {
    let expected: Value = serde_json::from_str(include_str!("expected/vision.json")).unwrap();
    for theme in [Theme::Paper, Theme::Night] {
        let first = &palette(RowColors::Categories, theme)[..8];
        for (name, vision) in &VISIONS {
            let labs: Vec<[f64; 3]> = first.iter().map(|&color| lab(color, vision)).collect();
            let mut expected = expected[theme.name()][name].as_array().unwrap().iter();
            for (i, &a) in labs.iter().enumerate() {
                for (j, &b) in labs.iter().enumerate().skip(i + 1) {
                    let (seen, expected) = (distance(a, b), expected.next().unwrap().as_f64().unwrap());
                    assert!((seen - expected).abs() < 1e-3, "{theme}, {name}: {i} {j}: {seen} for {expected}");
                    assert!(expected >= 10.0, "{theme}, {name}: {i} and {j} are {expected} apart");
                }
            }
            assert!(expected.next().is_none());
        }
    }
}

#[test]
fn rows_without_a_value_stand_out_of_scales_with_greys() {
    for scale in [ScalePalette::Cividis, ScalePalette::Gray] {
        for theme in [Theme::Paper, Theme::Night] {
            let colors = palette(RowColors::Scale(scale), theme);
            let (steps, missing) = (&colors[..254], colors[254]);
            for (name, vision) in &VISIONS {
                let missing = lab(missing, vision);
                let nearest = steps.iter().map(|&step| distance(lab(step, vision), missing)).reduce(f64::min).unwrap();
                assert!(nearest >= 10.0, "{scale}, {theme}, {name}: {nearest}");
            }
        }
    }
}
