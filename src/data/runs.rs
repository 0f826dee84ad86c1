//! Many rows in few numbers: runs of neighbours, each by its first row and one past its last.

/// A first row, and one past the last.
pub type Run = [u32; 2];

/// Ascending rows as runs.
pub fn runs_of(rows: impl Iterator<Item = u32>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for row in rows {
        match runs.last_mut() {
            Some([_, end]) if *end == row => *end += 1,
            _ => runs.push([row, row + 1]),
        }
    }
    runs
}

/// Whether runs ascend, are not empty, and end at `most` at the latest.
pub fn are_runs(runs: &[Run], most: u32) -> bool {
    runs.iter().all(|[start, end]| start < end && *end <= most) && runs.is_sorted_by(|a, b| a[1] <= b[0])
}

/// How many rows runs hold.
pub fn rows_in(runs: &[Run]) -> u64 {
    runs.iter().map(|[start, end]| u64::from(end.saturating_sub(*start))).sum()
}

/// The rows of runs.
pub fn rows_of(runs: &[Run]) -> impl Iterator<Item = u32> {
    runs.iter().flat_map(|[start, end]| *start..*end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_runs_and_rows_again() {
        let rows = [0, 1, 2, 70, 998, 999];
        let runs = runs_of(rows.into_iter());
        assert_eq!(runs, [[0, 3], [70, 71], [998, 1000]]);
        assert_eq!((rows_of(&runs).collect::<Vec<_>>(), rows_in(&runs)), (rows.to_vec(), 6));
        assert!(are_runs(&runs, 1000) && are_runs(&[], 0) && !are_runs(&runs, 999));
        for bad in [[[3, 3], [4, 5]], [[5, 2], [6, 7]], [[0, 4], [2, 6]]] {
            assert!(!are_runs(&bad, 1000), "{bad:?}");
        }
    }
}
