//! Drawings that are like nothing else in the set.

use crate::likeness::code::Codes;
use crate::likeness::graph::Graph;
use crate::progress::{Cancelled, Progress, sorted_by};
use serde::Serialize;

/// Which neighbour a row's distance is taken to, counted from 1: a dozen odd drawings that are alike are not outliers any more,
/// and a single look-alike, or a copy, does not hide one.
pub const NEIGHBOUR: usize = 12;

/// A row, and how far it is from others.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Outlier {
    /// The row.
    pub row: u32,
    /// 1 less the cosine of its code and that of the neighbour: 0 where they are alike, 1 where they have nothing in common, 2 at
    /// most, but for rounding.
    pub distance: f64,
}

/// The rows farthest from their `neighbour`-th neighbour, `most` of them at most, the farthest first; of rows equally far the one
/// with the lower number first. Rows that have fewer neighbours, as blank ones do, are not among them.
///
/// Fails where it is given up.
pub fn outliers(
    graph: &Graph,
    neighbour: usize,
    most: usize,
    progress: Progress<'_>,
) -> Result<Vec<Outlier>, Cancelled> {
    let k = graph.k();
    if neighbour == 0 || neighbour > k {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    let rows = (graph.neighbours().len() / k) as u32;
    for block in progress.part(0.0, 0.3).blocks(rows) {
        for row in block? {
            let place = row as usize * k + neighbour - 1;
            if let (Some(&other), Some(&similarity)) = (graph.neighbours().get(place), graph.similarities().get(place))
                && other != Graph::NOBODY
            {
                found.push((similarity, row));
            }
        }
    }
    let found = sorted_by(found, Ord::cmp, progress.part(0.3, 1.0))?;
    let far = found.into_iter().take(most);
    Ok(far.map(|(similarity, row)| Outlier { row, distance: 1.0 - Codes::cosine(similarity) }).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::likeness::graph::graph;
    use crate::likeness::sorted::random::Random;

    #[test]
    fn they_are_the_rows_whose_third_neighbour_is_farthest_by_a_plain_count() {
        let mut random = Random::new(8, 1);
        let rows = 80_usize;
        let mut values: Vec<i8> = (0..rows * 5).map(|_| random.below(160) as i8).collect();
        values[35..40].fill(0);
        let code = |row: usize| &values[row * 5..row * 5 + 5];
        let mut expected: Vec<(i32, usize)> = Vec::new();
        for row in (0..rows).filter(|&row| row != 7) {
            let others = (0..rows).filter(|&other| other != row && other != 7);
            let dot = |other| code(row).iter().zip(code(other)).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum();
            let mut all: Vec<i32> = others.map(dot).collect();
            all.sort_unstable_by(|a, b| b.cmp(a));
            expected.push((all[2], row));
        }
        expected.sort_unstable();
        let graph = graph(&Codes::new(5, values.clone()).unwrap(), 4, Progress::NONE).unwrap();
        let found = outliers(&graph, 3, 1000, Progress::NONE).unwrap();
        assert!(found.iter().map(|far| far.row as usize).eq(expected.iter().map(|&(_, row)| row)));
        for (far, (similarity, _)) in found.iter().zip(&expected) {
            assert!((far.distance - (1.0 - f64::from(*similarity) / 16_129.0)).abs() < 1e-12);
        }
        assert_eq!(outliers(&graph, 3, 5, Progress::NONE).unwrap(), found[..5]);
        assert!(outliers(&graph, 5, 9, Progress::NONE).unwrap().is_empty(), "the graph does not reach that far");
        assert!(outliers(&graph, 0, 9, Progress::NONE).unwrap().is_empty());
    }
}
