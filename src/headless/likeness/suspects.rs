//! What may be wrong with a set: duplicates, blank drawings, and those that are like nothing else.

use super::Compared;
use crate::data::Row;
use crate::data::columns::Codes;
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
    /// What was found in so many rows.
    pub fn new(rows: u32, exact: Exact, near: Vec<NearPair>, outliers: Vec<Outlier>) -> Self {
        Self { rows, exact, near, outliers }
    }

    /// Rows that are equal or nearly equal, at most so far apart: the findings of [`Suspect::Near`], in each the lowest row first.
    pub fn near(&self, distance: f64) -> Vec<Vec<u32>> {
        groups(self.rows, within(&self.near, distance), &self.exact)
    }

    /// Of these groups of near rows, and of equal rows that are in none of them, those with several values of a column: the findings
    /// of [`Suspect::Across`]. A row without a value is on no side.
    pub fn across(&self, near: &[Vec<u32>], values: &[u32]) -> Vec<Vec<u32>> {
        let value = |row: &u32| values.get(*row as usize).copied().filter(|value| *value != Codes::MISSING);
        let differ = |group: &[u32]| {
            let mut of = group.iter().filter_map(value);
            let first = of.next();
            of.any(|value| Some(value) != first)
        };
        let mut joined = vec![false; self.rows as usize];
        for &row in near.iter().flatten() {
            if let Some(joined) = joined.get_mut(row as usize) {
                *joined = true;
            }
        }
        // Equal ones that nothing else is near to.
        let is_alone = |group: &[u32]| group.first().is_some_and(|&row| joined.get(row as usize) == Some(&false));
        let alone = self.exact.groups.iter().filter(|group| is_alone(group));
        let mut all: Vec<Vec<u32>> = near.iter().chain(alone).filter(|group| differ(group)).cloned().collect();
        all.sort_unstable();
        all
    }
}

impl Compared {
    /// Looks for them: pairs at most so far apart, and so many that are like nothing else.
    pub fn suspects(&self, most_distance: f64, most: usize, progress: Progress<'_>) -> Result<Suspects, LikenessError> {
        let (rows, width, height) = (self.dataset.rows(), self.dataset.width(), self.dataset.height());
        let as_they_are = |rows: &[u32], out: &mut [u8]| {
            let mut own = self.dataset.read_own(rows)?;
            self.dataset.clear_broken(rows.iter().copied(), &mut own);
            out.iter_mut().zip(own).for_each(|(to, byte)| *to = byte);
            Ok(())
        };
        let read = |rows: &[u32], out: &mut [u8]| self.read(rows, out);
        // Equal are those whose files hold the same values, and not those that look so or are as light.
        let (element, channels) = self.dataset.own_form();
        let pixel_bytes = element.bytes() as u32 * channels;
        let bytes = Drawings { rows, width: width * pixel_bytes, height, read: &as_they_are };
        let mut exact = exact::<LikenessError>(&bytes, pixel_bytes, progress.part(0.0, 0.1))?;
        // What is missing is not blank.
        exact.blank.retain(|row| !self.dataset.is_broken(Row(*row)));
        let drawings = Drawings { rows, width, height, read: &read };
        // Every pair of neighbours is compared: in a small or uniform set codes differ most where drawings hardly do.
        let search = NearSearch { most_distance, least_cosine: -1.0 };
        let near = near::<LikenessError>(&drawings, &self.graph, &exact, &search, progress.part(0.1, 0.9))?;
        let outliers = outliers(&self.graph, NEIGHBOUR, most, progress.part(0.9, 1.0))?;
        Ok(Suspects::new(rows, exact, near, outliers))
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
        let none = Codes::MISSING;
        let values = [0, 1, 0, 0, 1, 1, 1, 0, 1, none, 1, 0];
        let across = |distance| suspects.across(&suspects.near(distance), &values);
        assert_eq!(suspects.near(0.1), [vec![1, 5], vec![2, 3, 6]]);
        assert_eq!(suspects.near(0.03), [[1, 5]]);
        // 2 and 3 are equal and of one value; 6, which is near, has another. 9 has none.
        assert_eq!(across(0.1), [vec![0, 4], vec![2, 3, 6]]);
        assert_eq!(across(0.03), [[0, 4]]);
        assert_eq!(across(0.25), [vec![0, 4], vec![2, 3, 6], vec![7, 10]]);
        assert!(suspects.across(&suspects.near(0.25), &[]).is_empty());
    }
}
