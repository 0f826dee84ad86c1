//! Which drawings look alike: codes that say so, the nearest rows of one, the nearest of all, grids and clusters in their order.
//!
//! [`SetCodes`] turns all drawings of a data set into [`code`]s of 64 small integers; the dot product of two says how much these
//! drawings look alike, and everything else here goes by that. It is pure computation, the same on every machine and for any number
//! of threads; what takes long is handed a [`Progress`](crate::progress::Progress).

pub mod apart;
pub mod assortment;
pub mod audit;
pub mod clusters;
pub mod code;
pub mod comparison;
pub mod drawings;
pub mod duplicates;
pub mod graph;
pub mod ink_counts;
pub mod kept;
pub mod maps;
pub mod means;
mod of_set;
pub mod query;
mod rows_of_numbers;
pub mod side_by_side;
pub mod sorted;

pub use of_set::{Alike, LikenessError, MadeFrom, SetCodes};
