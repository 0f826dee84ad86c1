//! The cubic spline that spreads a row over nodes.

/// Nodes that a row reaches along an axis.
pub(super) const REACH: usize = 4;

/// What each node has of a row that lies `at` of a step, 0 to 1, behind the second of them.
#[inline]
pub(super) fn weights(at: f64) -> [f64; REACH] {
    let left = 1.0 - at;
    let (square, left_square) = (at * at, left * left);
    [
        left_square * left / 6.0,
        2.0 / 3.0 - square + 0.5 * square * at,
        2.0 / 3.0 - left_square + 0.5 * left_square * left,
        square * at / 6.0,
    ]
}

/// How fast these change as the row moves on by a step.
#[inline]
pub(super) fn slopes(at: f64) -> [f64; REACH] {
    let left = 1.0 - at;
    let (square, left_square) = (at * at, left * left);
    [-0.5 * left_square, 1.5 * square - 2.0 * at, 2.0 * left - 1.5 * left_square, 0.5 * square]
}

/// What the spline at whole steps does to a wave of so many radians a step: dividing by it, sums on nodes are those of the kernel.
pub(super) fn response(wave: f64) -> f64 {
    (2.0 + wave.cos()) / 3.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_sum_to_one_keep_the_place_and_have_these_slopes() {
        for at in [0.0, 0.2, 0.5, 0.9, 1.0] {
            let weights_here = weights(at);
            assert!((weights_here.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            let place: f64 = weights_here.iter().zip(-1..).map(|(weight, node)| weight * f64::from(node)).sum();
            assert!((place - at).abs() < 1e-12, "{place} for {at}");
            for ((slope, more), less) in slopes(at).into_iter().zip(weights(at + 1e-6)).zip(weights(at - 1e-6)) {
                assert!((slope - (more - less) / 2e-6).abs() < 1e-6);
            }
        }
        for wave in [0.0, 1.0, 3.0_f64] {
            let sum: f64 =
                weights(0.0).iter().zip(-1..).map(|(weight, node)| weight * (wave * f64::from(node)).cos()).sum();
            assert!((response(wave) - sum).abs() < 1e-12);
        }
    }
}
