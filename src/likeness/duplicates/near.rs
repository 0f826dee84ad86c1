//! Pairs of drawings that are nearly equal: neighbours in the graph, each pair compared by its ink.

use super::blurred::Blurred;
use super::{Drawings, Exact};
use crate::likeness::code::{CodeError, Codes, Resampler};
use crate::likeness::graph::Graph;
use crate::progress::{Cancelled, Progress, sorted_by};
use rayon::prelude::*;
use serde::Serialize;

/// Drawings at most that far apart are near duplicates, unless somebody says otherwise.
///
/// Measured on 28,000 real drawings: of copies moved by up to a pixel each way 96 % are that near, of those turned by up to 2° and
/// scaled by up to 2 % as well 87 %, with noise of 10 values 93 %; of random pairs none (the nearest of 4,000 was .19 apart). Of the
/// drawings by different people 1.7 % have one that near, most of them bare arcs, which the eye cannot tell apart either.
pub const NEAR: f64 = 0.1;

/// How much of the work it is to list the pairs, and to compare them.
const LISTED: f64 = 0.1;
const COMPARED: f64 = 0.98;

/// Which pairs are kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearSearch {
    /// Pairs are compared whose codes are at least that much alike, as a cosine. It saves time; what is near has more, as a rule.
    pub least_cosine: f64,
    /// The greatest distance of a pair that is kept. [`within`] makes it smaller without another search.
    pub most_distance: f64,
}

impl Default for NearSearch {
    /// Room for a slider from 0 to 2.5 times [`NEAR`]: beyond, most pairs of any drawing and its nearest are near.
    fn default() -> Self {
        Self { least_cosine: 0.5, most_distance: 2.5 * NEAR }
    }
}

/// Two drawings that differ, and how much.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct NearPair {
    /// The lower row.
    pub row: u32,
    /// The higher one.
    pub other: u32,
    /// 0 where nothing is left of the difference after a blur of σ 1 pixel (of 28) and a shift of up to a pixel; about 1 for two
    /// drawings that have nothing to do with each other.
    pub distance: f64,
}

/// Compares the drawings of neighbours in a graph, and gives the pairs that are near: by distance, then by row.
///
/// The distance is the sum of the differences of both drawings, blurred, in relation to half the sum of what each of them differs
/// from an even drawing with the same ink, at the best of 25 places (−1, −½, 0, ½, 1 pixel each way); drawings of other sizes are
/// compared as squares of 28 × 28. Pairs that are equal byte for byte are left out.
///
/// A pair that is in no list of the graph is not seen: where more copies of one drawing are in the set than a row has neighbours,
/// they are joined through each other ([`groups`](super::groups)). Takes some 15 µs a pair and thread, 8 bytes for each pair
/// compared (16 while they are sorted) and 16 for each found; drawings are read in blocks of 4 MiB.
///
/// Fails where drawings cannot be read or are of no size that can be compared, or where it is given up.
pub fn near<E: From<Cancelled> + From<CodeError>>(
    drawings: &Drawings<'_, E>,
    graph: &Graph,
    exact: &Exact,
    search: &NearSearch,
    progress: Progress<'_>,
) -> Result<Vec<NearPair>, E> {
    let resampler = Resampler::new(drawings.width, drawings.height)?;
    let candidates = candidates(drawings.rows, graph, exact, search.least_cosine, progress.part(0.0, LISTED))?;
    let comparing = progress.part(LISTED, COMPARED);
    // As many pairs as rows of a block make where no two pairs share a row.
    let at_once = (drawings.at_once() / 2).max(1);
    let (mut found, mut rows, mut ink) = (Vec::new(), Vec::new(), Vec::new());
    for (at, pairs) in candidates.chunks(at_once).enumerate() {
        comparing.reach((at * at_once) as f64 / candidates.len() as f64)?;
        rows.clear();
        rows.extend(pairs.iter().flat_map(|&(row, other)| [row, other]));
        rows.sort_unstable();
        rows.dedup();
        drawings.read_into(&rows, &mut ink)?;
        let blurred: Vec<Blurred> =
            ink.par_chunks(drawings.pixels()).map(|drawing| Blurred::new(&resampler.square(drawing))).collect();
        let of = |row: u32| rows.binary_search(&row).ok().and_then(|place| blurred.get(place));
        let compared = pairs.par_iter().filter_map(|&(row, other)| {
            let distance = of(row)?.distance(of(other)?);
            (distance <= search.most_distance).then_some(NearPair { row, other, distance })
        });
        found.par_extend(compared);
    }
    let by_distance =
        |a: &NearPair, b: &NearPair| a.distance.total_cmp(&b.distance).then((a.row, a.other).cmp(&(b.row, b.other)));
    let found = sorted_by(found, by_distance, progress.part(COMPARED, 1.0))?;
    progress.reach(1.0)?;
    Ok(found)
}

/// Those of sorted pairs that are at most so far apart.
pub fn within(pairs: &[NearPair], distance: f64) -> &[NearPair] {
    let count = pairs.partition_point(|pair| pair.distance <= distance);
    pairs.get(..count).unwrap_or_default()
}

/// Pairs of neighbours that are enough alike and not equal, each once, ascending.
fn candidates(
    rows: u32,
    graph: &Graph,
    exact: &Exact,
    least_cosine: f64,
    progress: Progress<'_>,
) -> Result<Vec<(u32, u32)>, Cancelled> {
    let group_of = exact.group_of(rows);
    let group = |row: u32| group_of.get(row as usize).copied();
    let mut pairs = Vec::new();
    for block in progress.part(0.0, 0.3).blocks(rows) {
        for row in block? {
            let alike = graph.of(row).take_while(|neighbour| Codes::cosine(neighbour.similarity) >= least_cosine);
            for other in alike.map(|neighbour| neighbour.row) {
                let is_equal = group(row) == group(other) && group(row) != Some(Exact::NONE);
                if other < rows && other != row && !is_equal {
                    pairs.push((row.min(other), row.max(other)));
                }
            }
        }
    }
    let mut pairs = sorted_by(pairs, Ord::cmp, progress.part(0.3, 1.0))?;
    pairs.dedup();
    Ok(pairs)
}
