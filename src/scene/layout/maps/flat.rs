//! Maps that have come no further than a line.

use super::Shown;
use crate::likeness::maps::{Place, pca};

/// So many times wider one way than the other.
const FLAT: f64 = 8.0;

impl Shown<'_> {
    /// Shows what a map that forms has come to. One that is a line as yet shows nothing: the plain one stays until then, or comes first.
    pub(super) fn go_on(&mut self, places: &[Place]) {
        if !is_flat(places) {
            self.show(places);
        } else if !self.is_begun {
            self.show(&pca(self.codes));
        }
    }
}

/// Whether places lie along a line, whichever way that runs.
fn is_flat(places: &[Place]) -> bool {
    let count = places.len().max(1) as f64;
    let mean = |of: &dyn Fn(f64, f64) -> f64| {
        places.iter().map(|place| of(place[0].into(), place[1].into())).sum::<f64>() / count
    };
    let (x, y) = (mean(&|x, _| x), mean(&|_, y| y));
    let (xx, yy) = (mean(&|at, _| (at - x).powi(2)), mean(&|_, at| (at - y).powi(2)));
    let xy = mean(&|at_x, at_y| (at_x - x) * (at_y - y));
    // The variances along and across the line that fits best.
    let (half, apart) = (f64::midpoint(xx, yy), ((xx - yy) / 2.0).hypot(xy));
    half + apart > FLAT * FLAT * (half - apart).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_flat_whichever_way_it_runs_and_a_cloud_is_not() {
        let turned = |wide: f32, high: f32, angle: f32| -> Vec<Place> {
            let at = |i: u32| [(i % 17) as f32 / 16.0 - 0.5, (i / 17) as f32 / 16.0 - 0.5];
            let (sin, cos) = angle.sin_cos();
            let place = |[x, y]: [f32; 2]| [x * wide * cos - y * high * sin, x * wide * sin + y * high * cos];
            (0..289).map(at).map(place).collect()
        };
        for angle in [0.0, 0.7, 1.5, 2.4] {
            assert!(is_flat(&turned(3.0, 0.3, angle)), "{angle}");
            assert!(is_flat(&turned(3.0, 0.0, angle)), "{angle}");
            assert!(!is_flat(&turned(3.0, 0.5, angle)), "{angle}");
            assert!(!is_flat(&turned(1.0, 1.0, angle)), "{angle}");
        }
        assert!(!is_flat(&[]) && !is_flat(&[[1.0, 2.0]; 5]), "there is no line in one place");
    }
}
