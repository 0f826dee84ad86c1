//! How much of what is alike a map shows.
#![allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]

use super::tree::{Near, Tree};
use super::{MapError, Place};
use crate::likeness::code::{Codes, wide};
use crate::likeness::query::dot;
use crate::progress::Progress;
use rayon::prelude::*;

/// Neighbours by which maps are compared in the literature, and here.
pub const NEIGHBOURS: usize = 15;
/// Neighbours of which the labels are compared.
pub const LABELLED: usize = 12;
/// Rows up to which all are looked at.
pub const ALL: usize = 30_000;
/// Rows that are looked at where there are more.
pub const SOME: usize = 2_000;
/// Rows that a thread looks at between two looks at whether it is still wanted.
const STEP: usize = 4;

/// How far the neighbours on a map are those of the codes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fidelity {
    /// Trustworthiness (Venna and Kaski, 2001), as scikit-learn defines it: 1 where all neighbours on the map are neighbours in truth;
    /// random maps have about 0.5. Those that are not count by their ranks.
    pub trust: f64,
    /// The share of the true neighbours that are neighbours on the map too, 0 to 1.
    pub kept: f64,
}

/// Compares each row's `k` nearest on a map with those of the codes, as [`nearest`](crate::likeness::query::nearest) orders them.
///
/// Blank rows have no true neighbours and are left out. Sets of more than 30,000 rows are judged by 2,000 of them, evenly spaced,
/// each compared with all others. Where rows are few, `k` is less than half of them. Takes some 17 s of processor time for 28,000
/// rows, and 7 s for 150,000. Fails where there is not one finite place a row, or where it is given up.
pub fn fidelity(codes: &Codes, places: &[Place], k: usize, progress: Progress<'_>) -> Result<Fidelity, MapError> {
    super::check_places(places, codes.rows() as usize)?;
    let seen: Vec<u32> = (0..codes.rows()).filter(|&row| !codes.is_blank(row)).collect();
    let codes = codes.taken(&seen);
    let places: Vec<Place> = seen.iter().filter_map(|&row| places.get(row as usize).copied()).collect();
    let rows = places.len();
    let k = k.min(rows.saturating_sub(1) / 2);
    if k == 0 {
        return Ok(Fidelity { trust: 1.0, kept: 1.0 });
    }
    let tree = Tree::new(&places)?;
    let (mut beyond, mut kept) = (0, 0);
    let looked_at = each(&places, progress, |row, place| {
        let mut near = Vec::new();
        tree.nearest(place, row, k, &mut near);
        let ranks = ranks(&codes, row, &near);
        // Ranks begin at 1.
        let beyond = ranks.iter().map(|rank| rank.saturating_sub(k) as u64).sum::<u64>();
        (beyond, ranks.iter().filter(|&&rank| rank <= k).count() as u64)
    })?;
    for row in &looked_at {
        beyond += row.0;
        kept += row.1;
    }
    let (rows, k, looked_at) = (rows as f64, k as f64, looked_at.len() as f64);
    let trust = 1.0 - beyond as f64 * 2.0 / (looked_at * k * (2.0 * rows - 3.0 * k - 1.0));
    Ok(Fidelity { trust, kept: kept as f64 / (looked_at * k) })
}

/// How often one of a row's `k` nearest on a map has the label that it has itself, 0 to 1; of sets of more than 30,000 rows 2,000 are
/// looked at, evenly spaced.
///
/// Fails where there is not one label and one finite place a row, or where it is given up.
pub fn purity(places: &[Place], labels: &[u32], k: usize, progress: Progress<'_>) -> Result<f64, MapError> {
    super::check_places(places, labels.len())?;
    let tree = Tree::new(places)?;
    let shares = each(places, progress, |row, place| {
        let mut near = Vec::new();
        tree.nearest(place, row, k, &mut near);
        let own = labels.get(row as usize);
        let same = near.iter().filter(|near| labels.get(near.row as usize) == own).count();
        (same as u64, near.len() as u64)
    })?;
    let (same, all) = shares.into_iter().fold((0, 0), |sum, row| (sum.0 + row.0, sum.1 + row.1));
    Ok(if all == 0 { 1.0 } else { same as f64 / all as f64 })
}

/// Looks at all rows, or at some of many.
fn each<T: Send>(
    places: &[Place],
    progress: Progress<'_>,
    look: impl Fn(u32, Place) -> T + Sync,
) -> Result<Vec<T>, MapError> {
    let rows = places.len();
    let count = if rows > ALL { SOME } else { rows };
    let picked: Vec<usize> = (0..count).map(|at| (at as u64 * rows as u64 / count as u64) as usize).collect();
    let mut all = Vec::with_capacity(count);
    for some in picked.chunks(STEP * rayon::current_num_threads().max(1)) {
        progress.reach(all.len() as f64 / count as f64)?;
        let look = |&row: &usize| look(row as u32, places.get(row).copied().unwrap_or_default());
        all.extend(some.par_iter().map(look).collect::<Vec<_>>());
    }
    progress.reach(1.0)?;
    Ok(all)
}

/// The ranks that rows have among all others by how much they look like one, the most alike being the first.
fn ranks(codes: &Codes, own: u32, of: &[Near]) -> Vec<usize> {
    let code = codes.row(own).unwrap_or_default();
    let mut alike = vec![0; codes.rows() as usize];
    wide(
        #[inline(always)]
        || {
            for (alike, other) in alike.iter_mut().zip(codes.values().chunks_exact(codes.width())) {
                *alike = dot(code, other);
            }
        },
    );
    if let Some(itself) = alike.get_mut(own as usize) {
        *itself = i32::MIN;
    }
    let rank = |near: &Near| {
        let (before, after) = alike.split_at((near.row as usize).min(alike.len()));
        let Some(&bar) = after.first() else { return alike.len() };
        let (before_bar, after_bar) = (bar, bar.saturating_add(1));
        // Of rows equally alike the one with the lower number comes first.
        let better = wide(
            #[inline(always)]
            || reaching(before, before_bar) + reaching(after, after_bar),
        );
        better as usize + 1
    };
    of.iter().map(rank).collect()
}

/// How many are at least as great as the bar.
#[inline(always)]
fn reaching(alike: &[i32], bar: i32) -> u32 {
    let (groups, rest) = alike.as_chunks::<32>();
    let mut counts = [0_u32; 32];
    for group in groups {
        for (count, &alike) in counts.iter_mut().zip(group) {
            *count += u32::from(alike >= bar);
        }
    }
    counts.iter().sum::<u32>() + rest.iter().map(|&alike| u32::from(alike >= bar)).sum::<u32>()
}

#[cfg(test)]
mod tests;
