//! How many of the rows that a group names are its own: as it is, and with the groups dealt out anew again and again.

use super::moments::{Edges, Moments};
use super::{SMALL, Test};
use crate::likeness::sorted::random::Random;
use crate::progress::{Cancelled, Progress};
use rayon::prelude::*;
use std::cmp::Reverse;

/// What is found of each group.
pub(super) struct Counted {
    pub(super) groups: Vec<Found>,
}

/// What is found of a group.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    /// Rows that it names, and those that are its own.
    pub(super) named: u64,
    pub(super) same: u64,
    /// Permutations in which it came to as much.
    pub(super) as_much: u32,
    /// Permutations in which it, or one that is less unusual, came to the same z.
    pub(super) any_as_much: u32,
}

/// Counts for groups with known moments; `of_place` has the group of each row that takes part.
pub(super) fn count(
    edges: &Edges,
    of_place: &[u16],
    moments: &[Moments],
    test: &Test,
    progress: Progress<'_>,
) -> Result<Counted, Cancelled> {
    let mut found = vec![Found::default(); moments.len()];
    for (list, &group) in edges.named.chunks_exact(edges.per_row).zip(of_place) {
        if let Some(found) = found.get_mut(usize::from(group)) {
            found.named += list.iter().filter(|&&other| other != edges.nobody()).count() as u64;
        }
    }
    let as_it_is: Vec<u16> = of_place.iter().copied().chain([SMALL]).collect();
    for (found, same) in found.iter_mut().zip(same(edges, &as_it_is, moments.len())) {
        found.same = same;
    }
    let z: Vec<f64> = found.iter().zip(moments).map(|(found, moments)| moments.z(found.same)).collect();
    let mut order: Vec<usize> = (0..z.len()).collect();
    // The least unusual one first.
    order.sort_by(|&a, &b| z[a].total_cmp(&z[b]).then(Reverse(a).cmp(&Reverse(b))));
    let numbers: Vec<u64> = (0..u64::from(test.permutations)).collect();
    let at_once = 4 * rayon::current_num_threads().max(1);
    for (at, some) in numbers.chunks(at_once).enumerate() {
        progress.reach((at * at_once) as f64 / numbers.len() as f64)?;
        let dealt: Vec<Vec<u64>> = some
            .par_iter()
            .map_init(Vec::new, |labels: &mut Vec<u16>, &number| {
                // Each permutation deals out what is there, by random numbers of its own.
                labels.clear();
                labels.extend_from_slice(of_place);
                Random::new(test.seed, number).shuffle(labels);
                labels.push(SMALL);
                same(edges, labels, moments.len())
            })
            .collect();
        for counts in dealt {
            let mut most = f64::NEG_INFINITY;
            for &group in &order {
                most = most.max(moments[group].z(counts[group]));
                found[group].as_much += u32::from(counts[group] >= found[group].same);
                found[group].any_as_much += u32::from(most >= z[group]);
            }
        }
    }
    progress.reach(1.0)?;
    Ok(Counted { groups: found })
}

/// For each group how many edges join two of its rows; the last of the labels is that of nobody.
fn same(edges: &Edges, labels: &[u16], groups: usize) -> Vec<u64> {
    let mut counts = vec![0; groups];
    for (list, &own) in edges.named.chunks_exact(edges.per_row).zip(labels) {
        if let Some(count) = counts.get_mut(usize::from(own)) {
            *count += list.iter().map(|&other| u64::from(labels[other as usize] == own)).sum::<u64>();
        }
    }
    counts
}
