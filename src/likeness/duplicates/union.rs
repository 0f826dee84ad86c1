//! Groups of drawings that are near to each other, directly or through others.

use super::{Exact, NearPair};

/// Sets of rows that are joined bit by bit.
struct Union {
    /// The row above each; itself where it is the first of its set.
    above: Vec<u32>,
}

impl Union {
    fn first(&mut self, mut row: u32) -> u32 {
        while let Some(&above) = self.above.get(row as usize)
            && above != row
        {
            // Halves the way for the next time.
            let next = self.above.get(above as usize).copied().unwrap_or(above);
            if let Some(of) = self.above.get_mut(row as usize) {
                *of = next;
            }
            row = next;
        }
        row
    }

    /// The lower row stays the first of its set.
    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.first(a), self.first(b));
        if let Some(of) = self.above.get_mut(a.max(b) as usize) {
            *of = a.min(b);
        }
    }
}

/// Rows of near duplicates, so many rows there being: who is near to one of a group is in it, and so is who is equal to one.
/// Rows ascend in each group, and groups go by their first row. Groups that hold equal drawings alone are not among them.
///
/// With the pairs [`within`](super::within) a distance it takes some ms for 150,000 rows, so that a slider can go by it.
pub fn groups(rows: u32, pairs: &[NearPair], exact: &Exact) -> Vec<Vec<u32>> {
    let mut union = Union { above: (0..rows).collect() };
    for pair in pairs.iter().filter(|pair| pair.row.max(pair.other) < rows) {
        union.join(pair.row, pair.other);
    }
    for group in &exact.groups {
        for pair in group.windows(2).filter(|pair| pair.iter().all(|&row| row < rows)) {
            if let &[row, other] = pair {
                union.join(row, other);
            }
        }
    }
    let mut has_pair = vec![false; rows as usize];
    for pair in pairs {
        if let Some(has) = has_pair.get_mut(union.first(pair.row) as usize) {
            *has = true;
        }
    }
    let mut number = vec![u32::MAX; rows as usize];
    let mut groups: Vec<Vec<u32>> = Vec::new();
    for row in 0..rows {
        let first = union.first(row) as usize;
        if let (Some(true), Some(number)) = (has_pair.get(first), number.get_mut(first)) {
            if *number == u32::MAX {
                *number = groups.len() as u32;
                groups.push(Vec::new());
            }
            if let Some(group) = groups.get_mut(*number as usize) {
                group.push(row);
            }
        }
    }
    groups
}

/// The rows of groups and of pairs, ascending, none twice.
pub fn rows_of(groups: &[Vec<u32>], pairs: &[NearPair]) -> Vec<u32> {
    let mut rows: Vec<u32> = groups.iter().flatten().copied().collect();
    rows.extend(pairs.iter().flat_map(|pair| [pair.row, pair.other]));
    rows.sort_unstable();
    rows.dedup();
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::likeness::sorted::random::Random;

    fn pairs(of: &[(u32, u32)]) -> Vec<NearPair> {
        of.iter().map(|&(row, other)| NearPair { row, other, distance: 0.0 }).collect()
    }

    #[test]
    fn who_is_near_or_equal_to_one_of_a_group_is_in_it() {
        let exact = Exact { groups: vec![vec![0, 7], vec![2, 5, 8]], blank: vec![1] };
        let near = pairs(&[(3, 7), (4, 6)]);
        assert_eq!(groups(9, &near, &exact), [vec![0, 3, 7], vec![4, 6]], "2, 5 and 8 are equal, and near to nobody");
        assert!(groups(9, &[], &exact).is_empty());
        assert!(groups(0, &near, &exact).is_empty(), "rows that do not exist are left out");
    }

    #[test]
    fn groups_are_what_walking_from_row_to_row_reaches() {
        let rows = 300;
        for seed in 0..5 {
            let mut random = Random::new(seed, 0);
            let edges: Vec<(u32, u32)> = (0..180)
                .map(|_| (random.below(rows) as u32, random.below(rows) as u32))
                .filter(|(a, b)| a != b)
                .map(|(a, b)| (a.min(b), a.max(b)))
                .collect();
            let mut expected = Vec::new();
            let mut seen = vec![false; rows];
            for start in 0..rows as u32 {
                let mut reached = vec![start];
                let mut at = 0;
                while at < reached.len() && !seen[start as usize] {
                    for &(a, b) in &edges {
                        for (from, to) in [(a, b), (b, a)] {
                            if from == reached[at] && !reached.contains(&to) {
                                reached.push(to);
                            }
                        }
                    }
                    at += 1;
                }
                if reached.len() > 1 {
                    for &row in &reached {
                        seen[row as usize] = true;
                    }
                    reached.sort_unstable();
                    expected.push(reached);
                }
            }
            assert_eq!(groups(rows as u32, &pairs(&edges), &Exact::default()), expected);
        }
    }
}
