//! Weighted links between rows, in compressed lines: those of a row lie side by side.

use super::{MapError, seen};
use crate::likeness::code::Codes;
use crate::likeness::graph::Graph;
use crate::likeness::query::dot;
use crate::progress::{Cancelled, Progress};
use rayon::prelude::*;
use std::ops::Range;

/// Rows that a thread takes at once.
const CHUNK: usize = 256;
/// Links that are worked through between two looks at whether it is still wanted: a millisecond or two.
pub(super) const AT_ONCE: usize = 1 << 20;

/// What a row has to do with another.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Link {
    pub(super) row: u32,
    pub(super) weight: f32,
}

/// The links of so many rows, those of each by ascending rows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Links {
    /// Where the links of each row begin, and where the last ones end.
    starts: Vec<usize>,
    links: Vec<Link>,
}

/// The rows of a graph that are not blank, and for each of them the squared distances of codes to its neighbours. Links name rows by
/// their places among these.
pub(super) fn distances(codes: &Codes, graph: &Graph, progress: Progress<'_>) -> Result<(Vec<u32>, Links), MapError> {
    let (found, rows) = (graph.neighbours().len(), codes.rows());
    if found != rows as usize * graph.k() {
        return Err(MapError::Graph { found, rows, k: graph.k() });
    }
    let seen = seen(codes);
    if graph.k() == 0 && seen.len() > 1 {
        return Err(MapError::NoNeighbours);
    }
    let mut place_of = vec![u32::MAX; rows as usize];
    for (place, &row) in (0..).zip(&seen) {
        place_of[row as usize] = place;
    }
    let square = |row: u32| codes.row(row).map_or(0, |code| i64::from(dot(code, code)));
    let squares: Vec<i64> = seen.iter().map(|&row| square(row)).collect();
    let count = |&row: &u32| graph.of(row).count();
    let mut links = Links::empty(seen.par_iter().map(count).collect());
    links.fill(progress, |place, own| {
        let near = seen.get(place).into_iter().flat_map(|&row| graph.of(row));
        for (link, near) in own.iter_mut().zip(near) {
            let other = place_of.get(near.row as usize).copied().unwrap_or(u32::MAX);
            let both = squares.get(place).copied().unwrap_or(0) + squares.get(other as usize).copied().unwrap_or(0);
            *link = Link { row: other, weight: (both - 2 * i64::from(near.similarity)).max(0) as f32 };
        }
        own.sort_unstable_by_key(|link| link.row);
    })?;
    Ok((seen, links))
}

impl Links {
    /// So many links for each row, all to be written still.
    fn empty(counts: Vec<usize>) -> Self {
        let mut starts = Vec::with_capacity(counts.len() + 1);
        let mut end = 0;
        starts.push(end);
        for count in counts {
            end += count;
            starts.push(end);
        }
        Self { links: vec![Link::default(); end], starts }
    }

    /// Rows.
    pub(super) fn rows(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// All links.
    pub(super) fn all(&self) -> &[Link] {
        &self.links
    }

    /// The links of a row; none beyond the last.
    #[inline]
    pub(super) fn of(&self, row: usize) -> &[Link] {
        let bounds = self.starts.get(row).zip(self.starts.get(row + 1));
        bounds.and_then(|(&start, &end)| self.links.get(start..end)).unwrap_or_default()
    }

    /// Where the links of a row begin among all; where all end beyond the last.
    pub(super) fn start(&self, row: usize) -> usize {
        self.starts.get(row).copied().unwrap_or(self.links.len())
    }

    /// Rows in blocks of some [`AT_ONCE`] links: between two of them a computation looks in.
    pub(super) fn blocks(&self) -> Vec<Range<usize>> {
        let (mut blocks, mut first) = (Vec::new(), 0);
        while first < self.rows() {
            let end = self.start(first) + AT_ONCE;
            let last = self.starts.partition_point(|&start| start <= end).saturating_sub(1);
            let next = last.clamp(first + 1, self.rows());
            blocks.push(first..next);
            first = next;
        }
        blocks
    }

    /// Hands each row, by its number, the links that it has, to write them anew: on all threads.
    pub(super) fn fill(
        &mut self,
        progress: Progress<'_>,
        write: impl Fn(usize, &mut [Link]) + Sync,
    ) -> Result<(), Cancelled> {
        let (blocks, all) = (self.blocks(), self.links.len().max(1) as f64);
        let (starts, mut rest) = (&self.starts, self.links.as_mut_slice());
        for block in blocks {
            let before = starts.get(block.start).copied().unwrap_or(0);
            progress.reach(before as f64 / all)?;
            let mut chunks = Vec::new();
            for first in block.clone().step_by(CHUNK) {
                let rows = first..block.end.min(first + CHUNK);
                let ends = starts.get(rows.start..=rows.end).unwrap_or_default();
                let count = ends.last().zip(ends.first()).map_or(0, |(end, start)| end - start);
                let (own, others) = rest.split_at_mut(count.min(rest.len()));
                rest = others;
                chunks.push((first, ends, own));
            }
            chunks.into_par_iter().for_each(|(first, ends, mut own)| {
                for (row, bounds) in (first..).zip(ends.windows(2)) {
                    let (links, others) = own.split_at_mut((bounds[1] - bounds[0]).min(own.len()));
                    own = others;
                    write(row, links);
                }
            });
        }
        Ok(())
    }

    /// The same links the other way round.
    fn reversed(&self, progress: Progress<'_>) -> Result<Self, Cancelled> {
        let (mut counts, all) = (vec![0; self.rows()], self.links.len().max(1) as f64);
        for (at, some) in self.links.chunks(AT_ONCE).enumerate() {
            progress.part(0.0, 0.3).reach((at * AT_ONCE) as f64 / all)?;
            for link in some {
                if let Some(count) = counts.get_mut(link.row as usize) {
                    *count += 1;
                }
            }
        }
        let mut reversed = Self::empty(counts);
        let mut next = reversed.starts.clone();
        for block in self.blocks() {
            progress.part(0.3, 1.0).reach(self.start(block.start) as f64 / all)?;
            for row in block {
                for link in self.of(row) {
                    let Some(next) = next.get_mut(link.row as usize) else { continue };
                    if let Some(to) = reversed.links.get_mut(*next) {
                        *to = Link { row: row as u32, weight: link.weight };
                    }
                    *next += 1;
                }
            }
        }
        Ok(reversed)
    }

    /// Links that are the same both ways: `join` is handed the weight that two rows give each other, 0 where one of them gives none.
    pub(super) fn joined(
        &self,
        join: impl Fn(f32, f32) -> f32 + Sync,
        progress: Progress<'_>,
    ) -> Result<Self, Cancelled> {
        let reversed = self.reversed(progress.part(0.0, 0.5))?;
        let rows = (0..self.rows()).into_par_iter().with_min_len(CHUNK);
        let mut joined =
            Self::empty(rows.map(|row| both(self.of(row), reversed.of(row), |_, _, _| ()).count()).collect());
        joined.fill(progress.part(0.5, 1.0), |row, links| {
            let all = both(self.of(row), reversed.of(row), |row, a, b| Link { row, weight: join(a, b) });
            for (to, link) in links.iter_mut().zip(all) {
                *to = link;
            }
        })?;
        Ok(joined)
    }
}

/// Two ascending lists as one.
fn both<'a, T>(
    mut a: &'a [Link],
    mut b: &'a [Link],
    make: impl Fn(u32, f32, f32) -> T + 'a,
) -> impl Iterator<Item = T> + 'a {
    std::iter::from_fn(move || {
        let row = match (a.first(), b.first()) {
            (Some(a), Some(b)) => a.row.min(b.row),
            (Some(link), None) | (None, Some(link)) => link.row,
            (None, None) => return None,
        };
        let take = |list: &mut &'a [Link]| match list.split_first() {
            Some((first, rest)) if first.row == row => {
                *list = rest;
                first.weight
            }
            _ => 0.0,
        };
        let weights = (take(&mut a), take(&mut b));
        Some(make(row, weights.0, weights.1))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::likeness::graph::graph;
    use crate::likeness::query::tests::some_codes;

    #[test]
    fn weights_are_squared_distances_between_rows_that_are_not_blank() {
        let codes = some_codes(300, 9);
        let graph = graph(&codes, 7, Progress::NONE).unwrap();
        let (rows, links) = distances(&codes, &graph, Progress::NONE).unwrap();
        assert!(rows.len() < 300 && rows.iter().all(|&row| !codes.is_blank(row)));
        assert_eq!(links.rows(), rows.len());
        for (place, &row) in rows.iter().enumerate() {
            let of = |link: &Link| (rows[link.row as usize], link.weight);
            let mut expected: Vec<(u32, f32)> = graph
                .of(row)
                .map(|near| {
                    let pairs = codes.row(row).unwrap().iter().zip(codes.row(near.row).unwrap());
                    (near.row, pairs.map(|(&a, &b)| (f32::from(a) - f32::from(b)).powi(2)).sum())
                })
                .collect();
            expected.sort_by_key(|&(row, _)| row);
            assert!(links.of(place).iter().map(of).eq(expected));
        }
        assert!(links.of(rows.len()).is_empty());
    }

    #[test]
    fn joined_links_are_the_same_both_ways_and_none_is_lost() {
        let codes = some_codes(400, 5);
        let graph = graph(&codes, 4, Progress::NONE).unwrap();
        let (_, links) = distances(&codes, &graph, Progress::NONE).unwrap();
        let joined =
            links.joined(|a, b| 10.0 * a.max(b) + f32::from(u8::from(a > 0.0 && b > 0.0)), Progress::NONE).unwrap();
        let weight = |links: &Links, a: usize, b: usize| {
            links.of(a).iter().find(|link| link.row as usize == b).map(|link| link.weight)
        };
        for a in 0..links.rows() {
            assert!(joined.of(a).is_sorted_by(|a, b| a.row < b.row));
            for b in 0..links.rows() {
                let (one, other) = (weight(&links, a, b), weight(&links, b, a));
                let mutual = one.zip(other).is_some_and(|(a, b)| a > 0.0 && b > 0.0);
                let expected = one.or(other).map(|weight| 10.0 * weight + f32::from(u8::from(mutual)));
                assert_eq!(weight(&joined, a, b), expected);
            }
        }
    }

    #[test]
    fn blocks_hold_every_row_once() {
        let counts = [0, AT_ONCE + 5, 3, AT_ONCE - 4, 0, 7, 0];
        let links = Links::empty(counts.to_vec());
        let blocks = links.blocks();
        assert!(blocks.iter().cloned().flatten().eq(0..7) && blocks.len() > 2);
        for block in blocks {
            assert!(block.len() == 1 || links.start(block.end) - links.start(block.start) <= AT_ONCE);
        }
    }
}
