//! Colours as bytes: red, green, blue, alpha of a pixel, encoded values.

/// Values of a pixel.
pub(super) const CHANNELS: usize = 4;

/// A value multiplied by alpha, to the nearest: means of such values weigh each colour by how much there is of it.
pub fn premultiplied(value: u8, alpha: u8) -> u8 {
    ((u32::from(value) * u32::from(alpha) + 127) / 255) as u8
}

/// The channels of a drawing as a page holds them: red, green and blue multiplied by alpha, and alpha. What the planes held is lost.
pub(super) fn split(drawing: &[u8], planes: &mut [Vec<u8>; CHANNELS]) {
    let (pixels, _) = drawing.as_chunks::<CHANNELS>();
    for (channel, plane) in planes.iter_mut().enumerate() {
        plane.clear();
        plane.extend(pixels.iter().map(|pixel| match pixel[CHANNELS - 1] {
            255 => pixel[channel],
            alpha if channel == CHANNELS - 1 => alpha,
            alpha => premultiplied(pixel[channel], alpha),
        }));
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
    fn planes_are_multiplied_by_alpha() {
        let drawing = [200, 100, 50, 255, 200, 100, 50, 51];
        let mut planes = <[Vec<u8>; CHANNELS]>::default();
        split(&[0; 12], &mut planes);
        split(&drawing, &mut planes);
        assert_eq!(planes, [[200, 40], [100, 20], [50, 10], [255, 51]]);
    }
}
