//! Colours as bytes: red, green, blue, alpha of a pixel, encoded values.

/// A value multiplied by alpha, to the nearest: means of such values weigh each colour by how much there is of it.
pub fn premultiplied(value: u8, alpha: u8) -> u8 {
    ((u32::from(value) * u32::from(alpha) + 127) / 255) as u8
}

/// Pixels as a page holds them: red, green and blue multiplied by alpha, and alpha.
pub(super) fn multiply(out: &mut [[u8; 4]], pixels: &[[u8; 4]]) {
    if pixels.iter().all(|[.., alpha]| *alpha == 255) {
        return out.copy_from_slice(pixels);
    }
    for (out, &[red, green, blue, alpha]) in out.iter_mut().zip(pixels) {
        let [red, green, blue] = [red, green, blue].map(|value| premultiplied(value, alpha));
        *out = [red, green, blue, alpha];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::dataset::luma;

    #[test]
    fn luma_and_alpha_are_rounded_to_the_nearest() {
        for r in (0..=255_u8).step_by(5) {
            for (g, b, a) in [(0, 0, 255), (r, r, 255), (255 - r, 7, 128), (13, r, 1), (r, 99, 0)] {
                let exact = (0.299 * f64::from(r) + 0.587 * f64::from(g) + 0.114 * f64::from(b)) * f64::from(a) / 255.0;
                assert!((f64::from(luma([r, g, b, a])) - exact).abs() <= 0.5 + 1e-9, "{r} {g} {b} {a}");
                let part = f64::from(r) * f64::from(a) / 255.0;
                assert!((f64::from(premultiplied(r, a)) - part).abs() <= 0.5, "{r} {a}");
            }
        }
        assert_eq!((luma([255; 4]), luma([0, 0, 0, 255]), luma([9, 9, 9, 0])), (255, 0, 0));
    }

    #[test]
    fn pixels_are_multiplied_by_alpha() {
        let mut out = [[9; 4]; 2];
        multiply(&mut out, &[[200, 100, 50, 255], [200, 100, 50, 51]]);
        assert_eq!(out, [[200, 100, 50, 255], [40, 20, 10, 51]]);
        multiply(&mut out, &[[200, 100, 50, 255], [1, 2, 3, 255]]);
        assert_eq!(out, [[200, 100, 50, 255], [1, 2, 3, 255]]);
    }
}
