//! Eigenvalues and eigenvectors of a symmetric matrix: Householder's reflections, then implicit QL steps, in f64 and one order.
//!
//! After Bowdler, Martin, Reinsch and Wilkinson, Numerische Mathematik 11 (1968), pages 293–306.
#![allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]

use crate::progress::{Cancelled, Progress};

/// Turns of the QL steps for one eigenvalue after which it is taken as it is; two or three are usual.
const MOST_TURNS: usize = 50;

/// All eigenvalues of `matrix` (n × n, line by line), and the eigenvectors as lines, each in unit length; in no order.
/// Fails where it is given up.
#[inline(always)]
pub(super) fn eigen(matrix: &mut [f64], n: usize, progress: Progress<'_>) -> Result<(Vec<f64>, Vec<f64>), Cancelled> {
    let (mut vectors, mut diagonal, mut beside) = (vec![0.0; n * n], vec![0.0; n], vec![0.0; n]);
    for i in 0..n {
        vectors[i * n + i] = 1.0;
    }
    to_three_diagonals(matrix, n, &mut vectors, &mut beside, progress.part(0.0, 0.5))?;
    for i in 0..n {
        diagonal[i] = matrix[i * n + i];
    }
    to_one_diagonal(&mut diagonal, &mut beside, n, &mut vectors, progress.part(0.5, 1.0))?;
    Ok((diagonal, vectors))
}

/// Reflects the matrix until only its diagonal and what lies beside it is left; `beside[i]` lies between i and i + 1.
#[inline(always)]
fn to_three_diagonals(
    matrix: &mut [f64],
    n: usize,
    vectors: &mut [f64],
    beside: &mut [f64],
    progress: Progress<'_>,
) -> Result<(), Cancelled> {
    let (mut image, mut turned) = (vec![0.0; n], vec![0.0; n]);
    for k in 0..n.saturating_sub(1) {
        progress.reach(k as f64 / n as f64)?;
        let below = k + 1..n;
        let mut mirror = matrix[k * n..][below.clone()].to_vec();
        let length = mirror.iter().map(|v| v * v).sum::<f64>().sqrt();
        let side = if mirror[0] > 0.0 { -length } else { length };
        beside[k] = side;
        mirror[0] -= side;
        let square = mirror.iter().map(|v| v * v).sum::<f64>();
        if square <= f64::MIN_POSITIVE {
            continue;
        }
        let by = 2.0 / square;
        let (image, turned) = (&mut image[..n - k - 1], &mut turned[..n]);
        image.fill(0.0);
        turned.fill(0.0);
        for (row, &v) in below.clone().zip(&mirror) {
            add(image, by * v, &matrix[row * n..][below.clone()]);
            add(turned, by * v, &vectors[row * n..][..n]);
        }
        let half = 0.5 * by * image.iter().zip(&mirror).map(|(p, v)| p * v).sum::<f64>();
        add(image, -half, &mirror);
        for (i, row) in below.clone().enumerate() {
            let line = &mut matrix[row * n..][below.clone()];
            add(line, -mirror[i], image);
            add(line, -image[i], &mirror);
            add(&mut vectors[row * n..][..n], -mirror[i], turned);
        }
    }
    Ok(())
}

/// `to` += `by` · `line`.
#[inline(always)]
fn add(to: &mut [f64], by: f64, line: &[f64]) {
    for (to, value) in to.iter_mut().zip(line) {
        *to += by * value;
    }
}

/// Rotates what lies beside the diagonal away.
#[inline(always)]
fn to_one_diagonal(
    diagonal: &mut [f64],
    beside: &mut [f64],
    n: usize,
    vectors: &mut [f64],
    progress: Progress<'_>,
) -> Result<(), Cancelled> {
    for l in 0..n {
        progress.reach(l as f64 / n as f64)?;
        for _ in 0..MOST_TURNS {
            let is_split = |m: &usize| beside[*m].abs() <= f64::EPSILON * (diagonal[*m].abs() + diagonal[*m + 1].abs());
            let m = (l..n - 1).find(is_split).unwrap_or(n - 1);
            if m == l {
                break;
            }
            ql_step(diagonal, beside, l, m, n, vectors);
        }
    }
    Ok(())
}

/// One implicit step with Wilkinson's shift on lines `l` to `m`.
#[inline(always)]
fn ql_step(diagonal: &mut [f64], beside: &mut [f64], l: usize, m: usize, n: usize, vectors: &mut [f64]) {
    let half = (diagonal[l + 1] - diagonal[l]) / (2.0 * beside[l]);
    let root = (half * half + 1.0).sqrt();
    let mut g = diagonal[m] - diagonal[l] + beside[l] / (half + if half < 0.0 { -root } else { root });
    let (mut sine, mut cosine, mut shift) = (1.0, 1.0, 0.0);
    for i in (l..m).rev() {
        let (f, b) = (sine * beside[i], cosine * beside[i]);
        let length = (f * f + g * g).sqrt();
        beside[i + 1] = length;
        if length == 0.0 {
            diagonal[i + 1] -= shift;
            beside[m] = 0.0;
            return;
        }
        (sine, cosine) = (f / length, g / length);
        let kept = diagonal[i + 1] - shift;
        let sum = (diagonal[i] - kept) * sine + 2.0 * cosine * b;
        shift = sine * sum;
        diagonal[i + 1] = kept + shift;
        g = cosine * sum - b;
        let (upper, lower) = vectors[i * n..(i + 2) * n].split_at_mut(n);
        for (u, v) in upper.iter_mut().zip(lower) {
            let kept = *v;
            *v = sine * *u + cosine * kept;
            *u = cosine * *u - sine * kept;
        }
    }
    diagonal[l] -= shift;
    beside[l] = g;
    beside[m] = 0.0;
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn vectors_are_turned_into_multiples_of_themselves_and_stand_upright_on_each_other() {
        let mut seed = 7_u64;
        let mut random = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 40) as f64 / f64::from(1 << 24) - 0.5
        };
        for n in [1, 2, 3, 17, 60] {
            for kind in 0..4 {
                let mut matrix = vec![0.0; n * n];
                for i in 0..n {
                    for j in 0..=i {
                        let value = match kind {
                            0 => random(),
                            1 => 0.0,
                            2 => 1.0,
                            _ => f64::from(u8::from(i == j)),
                        };
                        (matrix[i * n + j], matrix[j * n + i]) = (value, value);
                    }
                }
                let (values, vectors) = eigen(&mut matrix.clone(), n, Progress::NONE).unwrap();
                let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
                for (i, value) in values.iter().enumerate() {
                    let own = &vectors[i * n..][..n];
                    for j in 0..n {
                        let turned = dot(&matrix[j * n..][..n], own);
                        assert!((turned - value * own[j]).abs() < 1e-12 * n as f64, "kind {kind} of {n}");
                        let expected = f64::from(u8::from(i == j));
                        assert!((dot(own, &vectors[j * n..][..n]) - expected).abs() < 1e-12);
                    }
                }
            }
        }
    }
}
