//! Flat maps: a place for each row, beside the rows that it looks like.
//!
//! [`tsne`] and [`umap`] start from the graph of neighbours; [`pca`] shows the codes as they are. [`place`] puts further rows on a map
//! that exists, and [`measures`] say how much of what is alike a map shows. Rows with nothing to compare lie together beside the map.
//!
//! On 27,997 real drawings (trustworthiness · true neighbours kept, of 15 each · how often 12 neighbours are of the same category):
//! t-SNE .986 · .320 · .902, UMAP .960 · .140 · .881.

mod aside;
mod begun;
mod forming;
mod links;
pub mod measures;
mod mesh;
mod placing;
mod tree;
pub mod tsne;
pub mod umap;

use super::code::Codes;
use crate::progress::Cancelled;
pub use begun::Begun;
pub use forming::Forming;
pub use placing::place;
use std::time::Duration;

/// Where a row lies on a map: to the right, and up.
pub type Place = [f32; 2];

/// Time between two maps that are published on the way.
const BETWEEN: Duration = Duration::from_millis(300);
/// Farther out no place may lie: squares of distances stay finite.
const FARTHEST: f32 = 1e15;

/// Why there is no map.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MapError {
    /// Nobody wants it any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// The graph is that of other rows.
    #[error("a graph with {found} neighbours for {rows} drawings with {k} each")]
    Graph {
        /// Neighbours that there are.
        found: usize,
        /// Rows of codes.
        rows: u32,
        /// Neighbours of a row.
        k: usize,
    },
    /// The graph says nothing about which rows are alike.
    #[error("a graph without neighbours makes no map")]
    NoNeighbours,
    /// Not one place a row.
    #[error("{found} places for {rows} drawings")]
    Places {
        /// Places that there are.
        found: usize,
        /// Rows that need one.
        rows: usize,
    },
    /// A place that is nowhere.
    #[error("a place on the map is not a finite number")]
    NotFinite,
}

/// The first two columns of the codes, which are principal components: the map that costs nothing. Blank rows lie beside it.
pub fn pca(codes: &Codes) -> Vec<Place> {
    let seen = seen(codes);
    aside::places(codes.rows(), &seen, &columns(codes, &seen))
}

/// The rows that have something to compare.
fn seen(codes: &Codes) -> Vec<u32> {
    (0..codes.rows()).filter(|&row| !codes.is_blank(row)).collect()
}

/// The first two columns of the codes of some rows.
fn columns(codes: &Codes, rows: &[u32]) -> Vec<Place> {
    let column =
        |row: u32, axis: usize| codes.row(row).and_then(|code| code.get(axis)).map_or(0.0, |&at| f32::from(at));
    rows.iter().map(|&row| [0, 1].map(|axis| column(row, axis))).collect()
}

/// Whether there are so many places, all of them finite.
fn check_places(places: &[Place], rows: usize) -> Result<(), MapError> {
    if places.len() != rows {
        return Err(MapError::Places { found: places.len(), rows });
    }
    let is_finite = |place: &Place| place.iter().all(|at| at.abs() < FARTHEST);
    if places.iter().all(is_finite) { Ok(()) } else { Err(MapError::NotFinite) }
}

#[cfg(test)]
mod tests;
