//! Maps as they are shown: what drifts far away from the rest is drawn in.

use crate::likeness::maps::Place;

/// How fast distances grow far outside of a map.
const FAR: f32 = 0.2;

/// The places, those far outside drawn in towards the middle: heaps that nothing joins to the others drift away from them, and the
/// rest would shrink to a few pixels. From one and a half times the distance that 95 of 100 rows keep within on, distances grow by their logarithm
/// alone: directions, order and heaps stay.
pub(super) fn drawn_in(places: &[Place]) -> Vec<Place> {
    let middle = [0, 1].map(|axis| {
        let mut along: Vec<f32> = places.iter().map(|place| place[axis]).collect();
        let half = along.len() / 2;
        if along.is_empty() { 0.0 } else { *along.select_nth_unstable_by(half, f32::total_cmp).1 }
    });
    let away = |place: &Place| (place[0] - middle[0]).hypot(place[1] - middle[1]);
    let mut all: Vec<f32> = places.iter().map(away).collect();
    let most = all.len() * 95 / 100;
    let reach = if all.is_empty() { 0.0 } else { 1.5 * *all.select_nth_unstable_by(most, f32::total_cmp).1 };
    let near = |place: &Place| {
        let away = away(place);
        if reach <= 0.0 || away <= reach {
            return *place;
        }
        let part = reach * (1.0 + (away / reach).ln() * FAR) / away;
        [0, 1].map(|axis| middle[axis] + (place[axis] - middle[axis]) * part)
    };
    places.iter().map(near).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_far_outside_is_drawn_in_and_stays_outermost() {
        // A hundred places around (3, 5), 1 away at most; two far to the right of them, one below.
        let mut places: Vec<Place> =
            (0..100_i16).map(f32::from).map(|i| [3.0 + (i * 0.7).sin(), 5.0 + (i * 1.3).cos() * 0.5]).collect();
        let near = places.clone();
        assert_eq!(drawn_in(&near), near);
        places.extend([[103.0, 5.0], [203.0, 5.0], [3.0, -95.0]]);
        let drawn = drawn_in(&places);
        assert_eq!(drawn[..100], near);
        let [first, second, below] = [drawn[100], drawn[101], drawn[102]];
        assert!(first[0] > 4.5 && first[0] < second[0] && second[0] < 9.0, "{first:?}, {second:?}");
        assert!((first[1] - 5.0).abs() < 0.5 && (below[0] - 3.0).abs() < 0.5 && below[1] < 3.5, "{below:?}");
        assert!(drawn_in(&[]).is_empty());
        assert_eq!(drawn_in(&[[2.0, 2.0]; 3]), [[2.0, 2.0]; 3]);
    }
}
