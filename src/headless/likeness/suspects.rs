//! What may be wrong with a set: duplicates, blank drawings, and those that are like nothing else.

use super::Compared;
use crate::likeness::LikenessError;
use crate::likeness::drawings::Drawings;
use crate::likeness::duplicates::{
    Exact, NEIGHBOUR, NearPair, NearSearch, Outlier, exact, groups, near, outliers, within,
};
use crate::progress::Progress;

/// What a drawing may be suspected of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspect {
    /// Equal to another, byte for byte.
    Equal,
    /// Nearly equal to another.
    Near,
    /// Blank.
    Blank,
    /// Like nothing else.
    Odd,
    /// A duplicate of one that has another value in a column.
    Across,
}

impl Suspect {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Equal, Self::Near, Self::Blank, Self::Odd, Self::Across];
}

/// The suspects of a set.
#[derive(Clone, Debug)]
pub struct Suspects {
    rows: u32,
    /// Equal drawings, and blank ones.
    pub exact: Exact,
    /// Pairs of nearly equal ones, the nearest first.
    pub near: Vec<NearPair>,
    /// Drawings far from all others, the farthest first.
    pub outliers: Vec<Outlier>,
}

impl Suspects {
    /// The findings of a kind: rows that belong together, in each the lowest first. Near is what is at most so far apart; `values` has a
    /// number for each row's value in the column across which duplicates count.
    pub fn findings(&self, kind: Suspect, distance: f64, values: Option<&[u32]>) -> Vec<Vec<u32>> {
        let near = || groups(self.rows, within(&self.near, distance), &self.exact);
        match kind {
            Suspect::Equal => self.exact.groups.clone(),
            Suspect::Near => near(),
            Suspect::Blank => self.exact.blank.iter().map(|&row| vec![row]).collect(),
            Suspect::Odd => self.outliers.iter().map(|outlier| vec![outlier.row]).collect(),
            Suspect::Across => {
                let value = |row: u32| values.and_then(|values| values.get(row as usize));
                let differ =
                    |group: &[u32]| group.iter().any(|&row| value(row) != group.first().and_then(|&row| value(row)));
                let mut all = near();
                let mut joined = vec![false; self.rows as usize];
                for &row in all.iter().flatten() {
                    if let Some(joined) = joined.get_mut(row as usize) {
                        *joined = true;
                    }
                }
                // Equal ones that nothing else is near to.
                let alone =
                    |group: &&Vec<u32>| group.first().is_some_and(|&row| joined.get(row as usize) == Some(&false));
                all.extend(self.exact.groups.iter().filter(alone).cloned());
                all.retain(|group| differ(group));
                all.sort_unstable();
                all
            }
        }
    }
}

impl Compared {
    /// Looks for them: pairs at most so far apart, and so many that are like nothing else.
    pub fn suspects(&self, most_distance: f64, most: usize, progress: Progress<'_>) -> Result<Suspects, LikenessError> {
        let (rows, width, height) = (self.dataset.rows(), self.dataset.width(), self.dataset.height());
        let as_they_are = |rows: &[u32], out: &mut [u8]| Ok(self.dataset.read_scattered(rows, out)?);
        let read = |rows: &[u32], out: &mut [u8]| self.read(rows, out);
        let bytes = Drawings { rows, width, height, read: &as_they_are };
        let exact = exact::<LikenessError>(&bytes, progress.part(0.0, 0.1))?;
        let drawings = Drawings { rows, width, height, read: &read };
        // Every pair of neighbours is compared: in a small or uniform set codes differ most where drawings hardly do.
        let search = NearSearch { most_distance, least_cosine: -1.0 };
        let near = near::<LikenessError>(&drawings, &self.graph, &exact, &search, progress.part(0.1, 0.9))?;
        let outliers = outliers(&self.graph, NEIGHBOUR, most, progress.part(0.9, 1.0))?;
        Ok(Suspects { rows, exact, near, outliers })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn across_a_column_are_duplicates_that_have_two_values_there() {
        let pair = |row, other, distance| NearPair { row, other, distance };
        let suspects = Suspects {
            rows: 12,
            exact: Exact { groups: vec![vec![0, 4], vec![2, 3], vec![8, 9]], blank: vec![11] },
            near: vec![pair(1, 5, 0.02), pair(3, 6, 0.05), pair(7, 10, 0.2)],
            outliers: vec![Outlier { row: 7, distance: 0.9 }, Outlier { row: 1, distance: 0.4 }],
        };
        let of = |kind, distance| suspects.findings(kind, distance, Some(&[0, 1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0]));
        assert_eq!(of(Suspect::Equal, 0.1), [[0, 4], [2, 3], [8, 9]]);
        assert_eq!(of(Suspect::Near, 0.1), [vec![1, 5], vec![2, 3, 6]]);
        assert_eq!(of(Suspect::Near, 0.03), [[1, 5]]);
        assert_eq!(of(Suspect::Blank, 0.1), [[11]]);
        assert_eq!(of(Suspect::Odd, 0.1), [[7], [1]]);
        // 2 and 3 are equal and of one value; 6, which is near, has another.
        assert_eq!(of(Suspect::Across, 0.1), [vec![0, 4], vec![2, 3, 6]]);
        assert_eq!(of(Suspect::Across, 0.03), [[0, 4]]);
        assert_eq!(of(Suspect::Across, 0.25), [vec![0, 4], vec![2, 3, 6], vec![7, 10]]);
        assert!(suspects.findings(Suspect::Across, 0.25, None).is_empty());
    }
}
