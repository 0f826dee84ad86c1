//! Who draws differently: groups whose drawings are more like each other than chance would make them.
//!
//! Each row names its nearest rows. Of the rows of a group it is counted how many of the rows that they name are of the same group,
//! and what that count would be if the groups were dealt out anew among the same drawings.

mod count;
mod moments;
#[cfg(test)]
mod tests;

use super::graph::Graph;
use crate::progress::{Cancelled, Progress};
use count::{Counted, count};
use moments::{Edges, Moments};
use serde::Serialize;

/// How a column is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Test {
    /// Neighbours of a row that count, the nearest ones; as many as the graph has where it has fewer.
    pub nearest: usize,
    /// Groups of fewer rows are left out: what they show is chance.
    pub least_rows: u32,
    /// How often groups are dealt out anew; p is never less than 1 by one more than that.
    pub permutations: u32,
    /// The same seed gives the same answer, on any machine and for any number of threads.
    pub seed: u64,
}

impl Default for Test {
    fn default() -> Self {
        Self { nearest: 12, least_rows: 20, permutations: 1_000, seed: 1 }
    }
}

/// Why a column says nothing about who draws differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssortmentError {
    /// The column is of another set.
    #[error("{column} values for {rows} rows")]
    Length {
        /// Values of the column.
        column: usize,
        /// Rows of the graph.
        rows: usize,
    },
    /// More groups than a column of categories has.
    #[error("the column has more than {} groups that are large enough", Test::MOST_GROUPS)]
    Groups,
    /// Nobody wants to know any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

impl Test {
    /// Most groups that are compared.
    pub const MOST_GROUPS: usize = u16::MAX as usize;
}

/// A group, and how much its drawings are like each other.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Group {
    /// Its value of the column.
    pub group: u32,
    /// Its rows.
    pub rows: u32,
    /// Rows that they name, counted as often as they are named; those without a value are not.
    pub named: u64,
    /// Those of them that are of the same group.
    pub same: u64,
    /// What chance makes of `same`: the mean over all ways to deal out the groups, exactly.
    pub expected: f64,
    /// `same` by `expected`: 1 for a group that draws as all do.
    pub ratio: f64,
    /// How many standard deviations `same` is above `expected`; the deviation is that over all ways to deal out the groups,
    /// exactly. 0 where there is but one way.
    pub z: f64,
    /// How often groups that were dealt out anew came to as much: `(1 + how often) / (1 + permutations)`.
    pub p: f64,
    /// That, corrected for the number of groups: the chance that any of them comes to as much while none differs.
    pub p_corrected: f64,
}

/// What a column says about who draws differently.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assortment {
    /// The groups, by z, the most unusual one first; of those with the same z the one with the lower number first.
    pub groups: Vec<Group>,
    /// Rows among which groups are dealt out: those that have a value and whose drawing can be compared.
    pub rows: u32,
    /// Rows without a value.
    pub missing: u32,
    /// Rows with a value whose drawing is blank.
    pub blank: u32,
    /// Groups that are too small to be looked at; their rows are dealt out with the others.
    pub small_groups: u32,
    /// Rows of these.
    pub small_rows: u32,
    /// How often groups were dealt out anew.
    pub permutations: u32,
}

/// What a row without a value has in a column.
const MISSING: u32 = u32::MAX;

/// Compares the groups of a column, which has a number for each row, `u32::MAX` where it has no value.
///
/// p is corrected by the greatest z among the groups in each permutation, step by step from the most unusual group down
/// (Westfall and Young's step-down max-T). Bonferroni, Holm, and Benjamini and Hochberg multiply p by up to the number of groups,
/// and of 1,000 permutations p is at least .001: among 200 groups nothing could ever be significant. This one has the same
/// resolution for any number of groups, and takes into account that groups depend on each other.
///
/// 150,000 rows with 12 neighbours and 200 groups take some 3 s on one thread, for any number of groups; 4 bytes for each
/// neighbour, and 2 a row and thread. Fails where it is given up, in which it looks every few milliseconds.
pub fn assortment(
    column: &[u32],
    graph: &Graph,
    test: &Test,
    progress: Progress<'_>,
) -> Result<Assortment, AssortmentError> {
    let all = graph.neighbours().len().checked_div(graph.k()).unwrap_or(column.len());
    if all != column.len() {
        return Err(AssortmentError::Length { column: column.len(), rows: all });
    }
    let edges = Edges::new(column, graph, test.nearest, progress.part(0.0, 0.05))?;
    let groups = Groups::new(column, &edges, test.least_rows)?;
    let moments: Vec<Moments> = groups.sizes.iter().map(|&size| edges.moments(size)).collect();
    let counted = count(&edges, &groups.of_place, &moments, test, progress.part(0.05, 1.0))?;
    let missing = column.iter().filter(|&&value| value == MISSING).count() as u32;
    let rows = edges.rows.len() as u32;
    Ok(Assortment {
        groups: groups.described(&counted, &moments, test),
        rows,
        missing,
        blank: column.len() as u32 - missing - rows,
        small_groups: groups.small,
        small_rows: groups.of_place.iter().filter(|&&group| group == SMALL).count() as u32,
        permutations: test.permutations,
    })
}

/// The group of rows whose groups are too small.
const SMALL: u16 = u16::MAX;

/// The groups that are large enough, numbered by their value.
struct Groups {
    values: Vec<u32>,
    sizes: Vec<u32>,
    /// The group of each row that takes part, or [`SMALL`].
    of_place: Vec<u16>,
    small: u32,
}

impl Groups {
    fn new(column: &[u32], edges: &Edges, least_rows: u32) -> Result<Self, AssortmentError> {
        let value = |&row: &u32| column.get(row as usize).copied().unwrap_or(MISSING);
        let mut sorted: Vec<u32> = edges.rows.iter().map(value).collect();
        sorted.sort_unstable();
        let (mut values, mut sizes, mut small) = (Vec::new(), Vec::new(), 0);
        for run in sorted.chunk_by(|a, b| a == b) {
            if run.len() >= least_rows as usize {
                values.extend(run.first());
                sizes.push(run.len() as u32);
            } else {
                small += 1;
            }
        }
        if values.len() > Test::MOST_GROUPS {
            return Err(AssortmentError::Groups);
        }
        let group = |row: &u32| values.binary_search(&value(row)).map_or(SMALL, |group| group as u16);
        let of_place = edges.rows.iter().map(group).collect();
        Ok(Self { values, sizes, of_place, small })
    }

    fn described(&self, counted: &Counted, moments: &[Moments], test: &Test) -> Vec<Group> {
        let share = |times: u32| (1.0 + f64::from(times)) / (1.0 + f64::from(test.permutations));
        let all = self.values.iter().zip(&self.sizes).zip(moments).zip(&counted.groups);
        let mut groups: Vec<Group> = all
            .map(|(((&group, &rows), moments), found)| Group {
                group,
                rows,
                named: found.named,
                same: found.same,
                expected: moments.mean,
                ratio: if moments.mean > 0.0 { found.same as f64 / moments.mean } else { 1.0 },
                z: moments.z(found.same),
                p: share(found.as_much),
                p_corrected: share(found.any_as_much),
            })
            .collect();
        groups.sort_by(|a, b| b.z.total_cmp(&a.z).then(a.group.cmp(&b.group)));
        // A group that is less unusual than another one is not more significant.
        let mut least = 0.0_f64;
        for group in &mut groups {
            least = least.max(group.p_corrected);
            group.p_corrected = least;
        }
        groups
    }
}
