//! Colours against LOOK.md's values and published ones.

use inkfield::scene::palette::{Colormap, Palette, Theme, color, ground};

#[test]
fn ink_runs_from_ground_to_ink_in_encoded_values() {
    assert_eq!(ground(Colormap::Ink, Theme::Paper), [0xFA, 0xF9, 0xF6]);
    assert_eq!(color(Colormap::Ink, Theme::Paper, 1.0), [0x1B, 0x1B, 0x1F]);
    assert_eq!(ground(Colormap::Ink, Theme::Night), [0x11, 0x12, 0x16]);
    // (250 + 27) / 2 = 138.5, (249 + 27) / 2 = 138, (246 + 31) / 2 = 138.5; halves round up.
    assert_eq!(color(Colormap::Ink, Theme::Paper, 0.5), [139, 138, 139]);
}

#[test]
fn gray_shows_the_byte() {
    for byte in 0..=255_u8 {
        assert_eq!(color(Colormap::Gray, Theme::Night, f32::from(byte) / 255.0), [byte; 3]);
    }
    assert_eq!(color(Colormap::Gray, Theme::Paper, f32::NAN), [0; 3]);
    assert_eq!(color(Colormap::Gray, Theme::Paper, 7.0), [255; 3]);
}

#[test]
fn viridis_is_the_published_map() {
    // #440154 … #21918c … #fde725, as every plotting library quotes it.
    assert_eq!(ground(Colormap::Viridis, Theme::Paper), [0x44, 0x01, 0x54]);
    assert_eq!(color(Colormap::Viridis, Theme::Paper, 128.0 / 255.0), [0x21, 0x91, 0x8C]);
    assert_eq!(color(Colormap::Viridis, Theme::Paper, 1.0), [0xFD, 0xE7, 0x25]);
    // Lightness rises all the way (Rec. 709 weights on the encoded values; rounding may cost one step).
    let light = |i: u16| {
        let [r, g, b] = color(Colormap::Viridis, Theme::Paper, f32::from(i) / 255.0).map(f32::from);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    assert!((0..255).all(|i| light(i + 1) > light(i) - 0.5));
}

/// WCAG 2 contrast of two encoded colours.
fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let luminance = |c: [u8; 3]| {
        let [r, g, b] = c.map(|v| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn text_has_enough_contrast() {
    for theme in [Theme::Paper, Theme::Night] {
        let p = Palette::of(theme);
        for text in [p.ink, p.secondary] {
            for behind in [p.ground, p.panel, p.field] {
                assert!(contrast(text, behind) >= 4.5, "{theme}: {text:?} on {behind:?}: {}", contrast(text, behind));
            }
        }
    }
}

#[test]
fn names_parse_back() {
    for map in [Colormap::Ink, Colormap::Gray, Colormap::Viridis] {
        assert_eq!(map.to_string().parse(), Ok(map));
    }
    for theme in [Theme::Paper, Theme::Night] {
        assert_eq!(theme.to_string().parse(), Ok(theme));
    }
    assert!("jet".parse::<Colormap>().unwrap_err().to_string().contains("'jet'"));
}
