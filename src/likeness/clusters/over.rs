//! What a cluster has more of than the whole set: categories, countries, anything that rows have one of.

use crate::progress::{Cancelled, Progress};
use std::collections::HashMap;

/// How many rows of the whole set there are of each category.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    counts: HashMap<u32, u32>,
    rows: u64,
}

/// A category in some rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The category.
    pub category: u32,
    /// How many of the rows are of it.
    pub count: u32,
    /// How many rows of the whole set are of it.
    pub total: u32,
    /// How many times as frequent it is among the rows as in the whole set; 1 is as frequent.
    pub lift: f64,
}

impl Totals {
    /// Counts the categories of all rows, one a row.
    pub fn new<T: Copy + Into<u32>>(category_of: &[T], progress: Progress<'_>) -> Result<Self, Cancelled> {
        let mut counts = HashMap::new();
        for block in progress.blocks(category_of.len() as u32) {
            let block = block?;
            for &category in &category_of[block.start as usize..block.end as usize] {
                *counts.entry(category.into()).or_insert(0) += 1;
            }
        }
        Ok(Self { counts, rows: category_of.len() as u64 })
    }

    /// The categories that some of the rows have more often than the whole set, in at least `least` rows; the most telling first:
    /// by falling count × ln(lift), so that neither a rare nor a common category stands first only for that. Rows that do not
    /// exist count for nothing.
    pub fn over_represented<T: Copy + Into<u32>>(
        &self,
        category_of: &[T],
        rows: &[u32],
        least: u32,
        progress: Progress<'_>,
    ) -> Result<Vec<Share>, Cancelled> {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        let mut all = 0_u32;
        for block in progress.blocks(rows.len() as u32) {
            let block = block?;
            let own = rows[block.start as usize..block.end as usize].iter();
            for &category in own.filter_map(|&row| category_of.get(row as usize)) {
                *counts.entry(category.into()).or_insert(0) += 1;
                all += 1;
            }
        }
        let shares = counts.into_iter().filter(|&(_, count)| count >= least).map(|(category, count)| {
            let total = self.counts.get(&category).copied().unwrap_or(0);
            let lift = f64::from(count) * self.rows as f64 / (f64::from(all) * f64::from(total.max(1)));
            Share { category, count, total, lift }
        });
        let mut shares: Vec<Share> = shares.filter(|share| share.lift > 1.0).collect();
        let telling = |share: &Share| f64::from(share.count) * share.lift.ln();
        shares.sort_unstable_by(|a, b| telling(b).total_cmp(&telling(a)).then(a.category.cmp(&b.category)));
        Ok(shares)
    }
}
