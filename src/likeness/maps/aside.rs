//! Rows with nothing to compare: together beside the map, not mixed in.

use super::Place;

/// The turn from one to the next at which rows on a spiral lie evenly, radians.
const GOLDEN: f64 = 2.399_963_229_728_653;

/// A place for each of so many rows: for those that are `seen` the one that they have, and for the others one beside the map, to the
/// right of its lower edge, in a disc as dense as the map is.
pub(super) fn places(rows: u32, seen: &[u32], places: &[Place]) -> Vec<Place> {
    let (mut least, mut most) = ([f32::INFINITY; 2], [f32::NEG_INFINITY; 2]);
    for place in places {
        for (axis, &at) in place.iter().enumerate() {
            least[axis] = least[axis].min(at);
            most[axis] = most[axis].max(at);
        }
    }
    if places.is_empty() {
        (least, most) = ([0.0; 2], [0.0; 2]);
    }
    let [width, height] = [0, 1].map(|axis| f64::from(most[axis]) - f64::from(least[axis]));
    let extent = width.max(height);
    let spacing = if extent > 0.0 {
        (width.max(0.01 * extent) * height.max(0.01 * extent) / places.len() as f64).sqrt()
    } else {
        1.0
    };
    let others = (rows as usize).saturating_sub(places.len());
    let radius = spacing * (others as f64 / std::f64::consts::PI).sqrt();
    let corner = [f64::from(most[0]) + 0.05 * extent + spacing, f64::from(least[1])].map(|at| at + radius);
    let mut all = Vec::with_capacity(rows as usize);
    let mut known = seen.iter().zip(places).peekable();
    let mut number = 0_u32;
    for row in 0..rows {
        if let Some((_, &place)) = known.next_if(|&(&seen, _)| seen == row) {
            all.push(place);
        } else {
            let (away, angle) =
                (spacing * (f64::from(number) / std::f64::consts::PI).sqrt(), GOLDEN * f64::from(number));
            all.push([(corner[0] + away * angle.cos()) as f32, (corner[1] + away * angle.sin()) as f32]);
            number += 1;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_are_seen_stay_and_the_others_lie_together_outside() {
        let map: Vec<Place> = (0..400_u16).map(|at| [f32::from(at % 20), f32::from(at / 20)]).collect();
        let seen: Vec<u32> = (0..500).filter(|row| row % 5 != 3).collect();
        let all = places(500, &seen, &map);
        assert_eq!(all.len(), 500);
        assert!(seen.iter().zip(&map).all(|(&row, place)| all[row as usize] == *place));
        let aside: Vec<Place> = all.iter().skip(3).step_by(5).copied().collect();
        assert_eq!(aside.len(), 100);
        assert!(
            aside.iter().all(|place| place[0] > 19.5 && place[0] < 35.0 && place[1] > -2.0 && place[1] < 14.0),
            "{aside:?}"
        );
        for (at, a) in aside.iter().enumerate() {
            assert!(aside.iter().skip(at + 1).all(|b| (a[0] - b[0]).hypot(a[1] - b[1]) > 0.3));
        }
    }

    #[test]
    fn sets_of_blank_rows_and_of_none_have_finite_places() {
        assert!(places(0, &[], &[]).is_empty());
        assert!(places(9, &[], &[]).iter().flatten().all(|at| at.is_finite()));
        assert_eq!(places(1, &[0], &[[3.0, 4.0]]), [[3.0, 4.0]]);
        let two = places(2, &[1], &[[3.0, 4.0]]);
        assert!(two[0][0] > 3.0 && two[0][1].is_finite());
    }
}
