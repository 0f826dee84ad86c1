//! How surely rows belong together: 1 for the nearest, less for those farther out, by the distances that are usual around a row.

use crate::likeness::maps::links::{Link, Links};

/// Steps of the search for what is usual.
const STEPS: usize = 64;
/// What is usual is at least so much of the mean distance.
const LEAST: f64 = 1e-3;

/// The mean distance to neighbours, of squared distances.
pub(super) fn mean(links: &Links) -> f64 {
    let all = links.all();
    all.iter().map(|link| f64::from(link.weight).sqrt()).sum::<f64>() / all.len().max(1) as f64
}

/// Replaces the squared distances of a row's neighbours by how surely they belong to it, 0 to 1; `mean` is the mean distance to
/// neighbours of all rows.
///
/// Sums are log₂ of the neighbours, the row itself counted, as umap-learn has it.
pub(super) fn memberships(links: &mut [Link], mean: f64) {
    let distances: Vec<f64> = links.iter().map(|link| f64::from(link.weight).sqrt()).collect();
    let nearest = distances.iter().copied().filter(|&distance| distance > 0.0).fold(f64::INFINITY, f64::min);
    let nearest = if nearest.is_finite() { nearest } else { 0.0 };
    let target = (distances.len() as f64 + 1.0).log2();
    let membership = |distance: f64, usual: f64| (-((distance - nearest).max(0.0) / usual)).exp();
    let (mut usual, mut low, mut high) = (mean.max(f64::MIN_POSITIVE), 0.0, f64::INFINITY);
    for _ in 0..STEPS {
        let sum: f64 = distances.iter().map(|&distance| membership(distance, usual)).sum();
        if (sum - target).abs() < 1e-5 {
            break;
        }
        if sum > target {
            high = usual;
        } else {
            low = usual;
        }
        usual = if high.is_finite() { f64::midpoint(low, high) } else { 2.0 * usual };
    }
    let own_mean = distances.iter().sum::<f64>() / distances.len().max(1) as f64;
    let least = LEAST * if nearest > 0.0 { own_mean } else { mean };
    let usual = usual.max(least).max(f64::MIN_POSITIVE);
    for (link, distance) in links.iter_mut().zip(distances) {
        link.weight = membership(distance, usual) as f32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(squares: &[f32]) -> Vec<f64> {
        let mut links: Vec<Link> = squares.iter().map(|&weight| Link { row: 0, weight }).collect();
        memberships(&mut links, 10.0);
        links.iter().map(|link| f64::from(link.weight)).collect()
    }

    #[test]
    fn the_nearest_belongs_surely_and_all_together_are_as_many_as_they_should_be() {
        let squares: Vec<f32> = (0..15_u16).map(|at| (20.0 + f32::from(at)).powi(2)).collect();
        let found = of(&squares);
        assert!((found[0] - 1.0).abs() < 1e-6 && found.is_sorted_by(|a, b| a > b));
        assert!((found.iter().sum::<f64>() - 4.0).abs() < 1e-4);
        // Falls by the same factor for the same distance.
        assert!((found[4] / found[3] - found[9] / found[8]).abs() < 1e-4);
    }

    #[test]
    fn odd_distances_have_memberships_too() {
        assert_eq!(of(&[]), [0.0; 0]);
        assert_eq!(of(&[9.0]), [1.0]);
        assert_eq!(of(&[0.0; 5]), [1.0; 5]);
        assert_eq!(of(&[49.0; 5]), [1.0; 5]);
        let found = of(&[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 64e3]);
        assert!(found[..6].iter().all(|&part| part == 1.0) && found[6] <= 1.0);
    }
}
