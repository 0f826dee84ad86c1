//! The same sums, pair by pair.

use super::Push;

/// Writes what all rows do to each: time with the square of the rows.
pub(super) fn push(places: &[[f32; 2]], pushes: &mut [Push]) {
    for (own, push) in places.iter().zip(pushes) {
        *push = Push::default();
        for other in places {
            let [x, y] = [0, 1].map(|axis| f64::from(own[axis]) - f64::from(other[axis]));
            let near = 1.0 / (1.0 + x * x + y * y);
            push.sum += near;
            push.away[0] += x * near * near;
            push.away[1] += y * near * near;
        }
    }
}
