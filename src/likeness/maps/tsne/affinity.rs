//! How much the neighbours of a row count: a bell curve over distances, as wide as the perplexity asks for.

use crate::likeness::maps::links::Link;

/// Most steps towards the width of the curve; it takes about six.
const STEPS: usize = 60;
/// How near the logarithm of the perplexity must come to what it should be.
const NEAR: f64 = 1e-6;

/// Replaces the squared distances of a row's neighbours by how much they count: 1 together.
///
/// Where there are less than three times as many neighbours as the perplexity, it is a third of them instead, 1 at least.
pub(in crate::likeness::maps) fn affinities(links: &mut [Link], perplexity: f64) {
    let count = links.len() as f64;
    let target = perplexity.min(count / 3.0).max(1.0).ln();
    let least = links.iter().map(|link| f64::from(link.weight)).fold(f64::INFINITY, f64::min);
    let beyond: Vec<f64> = links.iter().map(|link| f64::from(link.weight) - least).collect();
    let mean = beyond.iter().sum::<f64>() / count;
    // The curve is exp(−β d²): as β grows, the entropy falls.
    let (mut beta, mut low, mut high) = (1.0 / mean.max(1e-9), 0.0, f64::INFINITY);
    for _ in 0..STEPS {
        let (mut all, mut first, mut second) = (0.0, 0.0, 0.0);
        for &beyond in &beyond {
            let part = (-beta * beyond).exp();
            all += part;
            first += part * beyond;
            second += part * beyond * beyond;
        }
        let mean = first / all;
        let excess = all.ln() + beta * mean - target;
        let variance = second / all - mean * mean;
        // Equally far neighbours have the same entropy at any width.
        if excess.abs() < NEAR || variance <= 0.0 {
            break;
        }
        if excess > 0.0 {
            low = beta;
        } else {
            high = beta;
        }
        // Newton's step for the logarithm of β, unless it leads out of what is known.
        let next = beta * (excess / (beta * beta * variance)).clamp(-2.0, 2.0).exp();
        beta = match high {
            _ if next > low && next < high => next,
            f64::INFINITY => 2.0 * beta,
            _ => f64::midpoint(low, high),
        };
    }
    let parts: Vec<f64> = beyond.iter().map(|beyond| (-beta * beyond).exp()).collect();
    let all: f64 = parts.iter().sum();
    for (link, part) in links.iter_mut().zip(parts) {
        link.weight = (part / all) as f32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(squares: &[f32], perplexity: f64) -> Vec<f64> {
        let mut links: Vec<Link> = squares.iter().map(|&weight| Link { row: 0, weight }).collect();
        affinities(&mut links, perplexity);
        links.iter().map(|link| f64::from(link.weight)).collect()
    }

    fn perplexity(parts: &[f64]) -> f64 {
        parts.iter().filter(|&&part| part > 0.0).map(|part| -part * part.ln()).sum::<f64>().exp()
    }

    #[test]
    fn the_curve_is_as_wide_as_it_should_be() {
        let squares: Vec<f32> = (0..90_u16).map(|at| 1e4 + f32::from(at * at) * 3.7).collect();
        for wanted in [2.0, 10.0, 30.0] {
            let parts = of(&squares, wanted);
            assert!((parts.iter().sum::<f64>() - 1.0).abs() < 1e-5);
            assert!((perplexity(&parts) - wanted).abs() < 1e-3 * wanted, "{} for {wanted}", perplexity(&parts));
            assert!(parts.is_sorted_by(|a, b| a >= b));
            // A bell curve: logarithms fall with the squares.
            let slope = |at: usize| (parts[at] / parts[0]).ln() / f64::from(squares[at] - squares[0]);
            assert!((slope(3) / slope(9) - 1.0).abs() < 1e-3);
        }
        assert!((perplexity(&of(&squares, 80.0)) - 30.0).abs() < 0.03, "a third of the neighbours at most");
    }

    #[test]
    fn odd_distances_have_parts_too() {
        assert_eq!(of(&[], 30.0), [0.0; 0]);
        assert_eq!(of(&[7.0], 30.0), [1.0]);
        assert_eq!(of(&[5.0; 4], 1.0), [0.25; 4]);
        for squares in
            [[0.0, 0.0, 0.0, 9e9, 9e9, 9e9], [0.0, 1.0, 1.0, 1.0, 1.0, 4e9], [0.0, 0.0, 1e-3, 1.0, 64e3, 64e3]]
        {
            let parts = of(&squares, 2.0);
            assert!(
                (parts.iter().sum::<f64>() - 1.0).abs() < 1e-5 && parts.iter().all(|part| part.is_finite()),
                "{parts:?}"
            );
        }
    }
}
