//! Clusters of a set's drawings: which one each row is in, and what shows each of them.

use crate::data::columns::{Added, Codes as ColumnCodes, Columns};
use crate::likeness::clusters::{ClusterError, Clusters, Neighbours, Search, Totals, find, medoid, representatives};
use crate::likeness::code::Codes;
use crate::likeness::graph::Graph;
use crate::likeness::means::Mean;
use crate::progress::Progress;
use crate::scene::palette::{Colormap, Rgb, Theme, color, ground, over};
use crate::words::{EMPTY, shown_text};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Neighbours of each row in the graph that clusters are found in.
pub const NEIGHBOURS: usize = 15;
/// Clusters that are shown by drawings and words: the largest.
pub const SHOWN: usize = 256;
/// What is over-represented in a cluster is named, so much of it.
const TRAITS: usize = 3;
/// Rows of a cluster that have something in common, and how many times as often as all, before it is named.
const LEAST_ROWS: u32 = 5;
const LEAST_LIFT: f64 = 1.2;
/// Letters of a value that are shown.
const LETTERS: usize = 40;
/// How much of the work it is to find the clusters, and then what shows them.
const FOUND: f64 = 0.7;
const PORTRAYED: f64 = 0.9;

/// A mean drawing as it is seen, line by line.
pub fn seen(mean: &Mean, theme: Theme) -> Vec<Rgb> {
    match mean {
        Mean::Ink(inks) => inks.iter().map(|&ink| color(Colormap::Ink, theme, ink)).collect(),
        Mean::Color(colors) => colors.iter().map(|&color| over(color, ground(Colormap::Ink, theme))).collect(),
    }
}

/// How finely drawings are divided: the greater, the more clusters and the smaller ones; 1 is usual.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Resolution(f64);

impl Resolution {
    /// Where nothing else is said.
    pub const USUAL: Self = Self(1.0);
    /// What it may be.
    pub const LEAST: f64 = 0.01;
    /// What it may be at most.
    pub const MOST: f64 = 100.0;
}

impl Default for Resolution {
    fn default() -> Self {
        Self::USUAL
    }
}

impl TryFrom<f64> for Resolution {
    type Error = String;

    fn try_from(value: f64) -> Result<Self, String> {
        let range = Self::LEAST..=Self::MOST;
        if range.contains(&value) { Ok(Self(value)) } else { Err("a number from 0.01 to 100 is needed".to_owned()) }
    }
}

impl From<Resolution> for f64 {
    fn from(Resolution(value): Resolution) -> Self {
        value
    }
}

impl FromStr for Resolution {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::try_from(text.trim().parse().unwrap_or(f64::NAN))
    }
}

impl fmt::Display for Resolution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A value that a cluster has more often than the whole set.
#[derive(Clone, Debug, PartialEq)]
pub struct Trait {
    /// The column.
    pub column: String,
    /// The value, as it is shown.
    pub value: String,
    /// Rows of the cluster that have it.
    pub rows: u32,
    /// How many times as frequent it is there as in the whole set.
    pub lift: f64,
}

/// What shows a cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct Portrait {
    /// Drawings in it.
    pub rows: u32,
    /// The drawing in its middle, then others that show how far it reaches: nine at most.
    pub examples: Vec<u32>,
    /// What is over-represented in it, the most telling first.
    pub traits: Vec<Trait>,
}

/// The clusters of a set.
#[derive(Clone, Debug, PartialEq)]
pub struct SetClusters {
    /// How finely it was divided.
    pub resolution: Resolution,
    /// The cluster of each row, the largest being 0; none of drawings that look like nothing.
    pub cluster_of: Vec<Option<u32>>,
    /// How many there are.
    pub count: u32,
    /// Drawings in none.
    pub outside: u32,
    /// What shows the largest of them, [`SHOWN`] at most.
    pub portraits: Vec<Portrait>,
}

impl SetClusters {
    /// Finds the clusters of drawings from their codes and the graph of their nearest ones, and what shows them: values of
    /// `columns` that can be grouped. The same input gives the same clusters on any machine.
    pub fn of(
        codes: &Codes,
        graph: &Graph,
        columns: Option<&Columns>,
        resolution: Resolution,
        progress: Progress<'_>,
    ) -> Result<Self, ClusterError> {
        let search = Search { resolution: resolution.into(), ..Search::default() };
        let neighbours =
            Neighbours { rows: graph.neighbours(), similarity: graph.similarities(), per_row: graph.k().max(1) };
        let clusters = find(&neighbours, &search, progress.part(0.0, FOUND))?;
        let is_outside = |row: u32| codes.is_blank(row);
        // A row without neighbours is a cluster by itself, and those come last: of one row each, as few others are.
        let mut number = Vec::with_capacity(clusters.count());
        let mut count = 0;
        for cluster in 0..clusters.count() {
            let is_one = matches!(clusters.rows(cluster), [row] if is_outside(*row));
            number.push((!is_one).then_some(count));
            count += u32::from(!is_one);
        }
        let cluster_of: Vec<Option<u32>> =
            clusters.of_row.iter().map(|&cluster| number.get(cluster as usize).copied().flatten()).collect();
        let outside = cluster_of.iter().filter(|cluster| cluster.is_none()).count() as u32;
        let shown: Vec<usize> =
            (0..clusters.count()).filter(|&cluster| number[cluster].is_some()).take(SHOWN).collect();
        let mut portraits = Vec::with_capacity(shown.len());
        let painting = progress.part(FOUND, PORTRAYED);
        for (at, &cluster) in shown.iter().enumerate() {
            let own = painting.part(at as f64 / shown.len() as f64, (at + 1) as f64 / shown.len() as f64);
            portraits.push(Portrait::of(codes, clusters.rows(cluster), own)?);
        }
        let naming = progress.part(PORTRAYED, 1.0);
        let all = columns.map_or(0, Columns::len);
        for (at, column) in columns.into_iter().flat_map(Columns::iter).enumerate() {
            naming.reach(at as f64 / all.max(1) as f64)?;
            let Some(codes) =
                column.codes().filter(|_| !columns.is_some_and(|all| all.is_added(Added::Clusters, column)))
            else {
                continue;
            };
            add_traits(&mut portraits, &clusters, &shown, column.name(), &codes, naming)?;
        }
        for portrait in &mut portraits {
            portrait.traits.sort_by(|a, b| b.weight().total_cmp(&a.weight()));
            portrait.traits.truncate(TRAITS);
        }
        progress.reach(1.0)?;
        Ok(Self { resolution, cluster_of, count, outside, portraits })
    }

    /// The rows of a cluster, ascending.
    pub fn rows_of(&self, cluster: u32) -> impl Iterator<Item = u32> + '_ {
        (0..).zip(&self.cluster_of).filter(move |(_, of)| **of == Some(cluster)).map(|(row, _)| row)
    }
}

impl Portrait {
    fn of(codes: &Codes, rows: &[u32], progress: Progress<'_>) -> Result<Self, ClusterError> {
        let (values, width) = (codes.values(), codes.width());
        let middle = medoid(values, width, rows, progress.part(0.0, 0.3))?;
        let examples = match middle {
            Some(middle) => representatives(values, width, rows, middle, progress.part(0.3, 1.0))?,
            None => Vec::new(),
        };
        Ok(Self { rows: rows.len() as u32, examples, traits: Vec::new() })
    }
}

impl Trait {
    /// How much it says: neither a rare value nor a common one stands first only for that.
    fn weight(&self) -> f64 {
        f64::from(self.rows) * self.lift.ln()
    }
}

/// Adds the values of a column that clusters have more often than all drawings; missing ones say nothing.
fn add_traits(
    portraits: &mut [Portrait],
    clusters: &Clusters,
    shown: &[usize],
    column: &str,
    codes: &ColumnCodes<'_>,
    progress: Progress<'_>,
) -> Result<(), ClusterError> {
    let totals = Totals::new(&codes.codes, progress)?;
    for (portrait, &cluster) in portraits.iter_mut().zip(shown) {
        let shares = totals.over_represented(&codes.codes, clusters.rows(cluster), LEAST_ROWS, progress)?;
        let telling = shares.into_iter().filter(|share| share.lift >= LEAST_LIFT);
        let named = telling.filter_map(|share| {
            let text = codes.labels.get(share.category as usize)?;
            let value = if text.is_empty() { EMPTY.to_owned() } else { shown_text(text, LETTERS) };
            Some(Trait { column: shown_text(column, LETTERS), value, rows: share.count, lift: share.lift })
        });
        portrait.traits.extend(named.take(TRAITS));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::data::columns::{BatchBuilder, Value};
    use crate::likeness::graph::graph;

    /// Three kinds of rows, `each` of each in turn, and a blank one at last; and their columns.
    fn set(each: u32) -> (Codes, Columns) {
        let (mut values, mut builder) = (Vec::new(), BatchBuilder::new());
        for row in 0..3 * each {
            let kind = (row % 3) as usize;
            let mut code = [0_i8; 8];
            (code[kind], code[3 + (row / 3 % 5) as usize]) = (120, 20);
            values.extend(code);
            builder.push_row();
            builder.set("kind", Value::Text(["round", "flat", "long"][kind]));
            builder.set("same", Value::Flag(true));
        }
        values.extend([0; 8]);
        builder.push_row();
        builder.set("kind", Value::Text("round"));
        let mut columns = Columns::new();
        columns.append(0, builder.finish());
        columns.finish(3 * each + 1);
        (Codes::new(8, values).unwrap(), columns)
    }

    #[test]
    fn clusters_are_numbered_from_the_largest_and_blank_drawings_are_in_none() {
        let (codes, columns) = set(40);
        let graph = graph(&codes, 10, Progress::NONE).unwrap();
        let found = SetClusters::of(&codes, &graph, Some(&columns), Resolution(0.2), Progress::NONE).unwrap();
        assert_eq!((found.count, found.outside), (3, 1));
        assert_eq!(found.cluster_of[120], None);
        for (cluster, portrait) in (0..).zip(&found.portraits) {
            let rows: Vec<u32> = found.rows_of(cluster).collect();
            assert_eq!((portrait.rows, rows.len()), (40, 40));
            assert!(rows.iter().all(|row| row % 3 == rows[0] % 3), "{rows:?}");
            assert!(portrait.examples.iter().all(|row| rows.contains(row)) && portrait.examples.len() >= 5);
            // 40 of 40, where 41 or 40 of 121 are so; what all have says nothing.
            let kind = &portrait.traits[..];
            assert_eq!(kind.len(), 1);
            assert_eq!((kind[0].column.as_str(), kind[0].rows), ("kind", 40));
            let of_all = if kind[0].value == "round" { 41.0 } else { 40.0 };
            assert!((kind[0].lift - 121.0 / of_all).abs() < 1e-9);
            assert_eq!(kind[0].value, ["round", "flat", "long"][rows[0] as usize % 3]);
        }
    }

    #[test]
    fn a_resolution_is_a_number_within_bounds() {
        assert_eq!("1.5".parse(), Ok(Resolution(1.5)));
        assert_eq!(Resolution(1.5).to_string(), "1.5");
        for wrong in ["", "x", "0", "-1", "nan", "inf", "101"] {
            assert!(wrong.parse::<Resolution>().is_err(), "{wrong}");
        }
        assert!(serde_json::from_str::<Resolution>("0").is_err());
        assert_eq!(serde_json::from_str::<Resolution>("2").ok(), Some(Resolution(2.0)));
    }
}
