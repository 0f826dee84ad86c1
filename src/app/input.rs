//! What gestures mean: pure functions from the window's events to numbers. Keys are in `commands`.

/// Factor of one wheel notch.
pub const NOTCH: f64 = 1.25;
/// Factor of a zoom key or a double click.
pub const KEY_ZOOM: f64 = 2.0;
/// How far an arrow key pans, logical pixels.
pub const ARROW_PX: f64 = 80.0;
/// A press that moved less than this is a click, logical pixels.
pub const CLICK_PX: f64 = 4.0;
/// Pixels of a touch pad's scroll that count as one notch, logical.
const NOTCH_PX: f64 = 40.0;

/// The zoom factor of a wheel event; `scale` is physical pixels per logical one.
pub fn wheel_factor(delta: winit::event::MouseScrollDelta, scale: f64) -> f64 {
    let notches = match delta {
        winit::event::MouseScrollDelta::LineDelta(_, lines) => f64::from(lines),
        winit::event::MouseScrollDelta::PixelDelta(px) => px.y / (NOTCH_PX * scale.max(0.1)),
    };
    // A driver's absurd number must not throw the camera.
    NOTCH.powf(if notches.is_finite() { notches.clamp(-20.0, 20.0) } else { 0.0 })
}

/// The zoom factor of a step of a pinch; `delta` is what winit reports: how much larger the fingers' distance has become.
pub fn pinch_factor(delta: f64) -> f64 {
    if delta.is_finite() { (1.0 + delta).clamp(0.2, 5.0) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use winit::event::MouseScrollDelta;

    #[test]
    fn a_notch_is_a_quarter_more_and_its_inverse_back() {
        let there = wheel_factor(MouseScrollDelta::LineDelta(0.0, 1.0), 1.0);
        let back = wheel_factor(MouseScrollDelta::LineDelta(0.0, -1.0), 1.0);
        assert!((there - 1.25).abs() < 1e-12 && (there * back - 1.0).abs() < 1e-12);
        assert!(wheel_factor(MouseScrollDelta::LineDelta(0.0, f32::NAN), 1.0) == 1.0);
    }

    #[test]
    fn a_pinch_zooms_by_the_fingers_distance() {
        // Opening by a quarter, then closing back to where it was.
        assert!((pinch_factor(0.25) * pinch_factor(-0.2) - 1.0).abs() < 1e-12);
        assert_eq!(pinch_factor(0.0), 1.0);
        // A driver's absurd numbers neither throw the camera nor turn it over.
        assert_eq!([f64::NAN, f64::INFINITY].map(pinch_factor), [1.0, 1.0]);
        assert_eq!([-7.0, 1e9].map(pinch_factor), [0.2, 5.0]);
    }
}
