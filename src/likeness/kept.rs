//! What takes long to compute from the drawings of a set, kept on the disk: when the set is opened again, it is there in
//! milliseconds.
//!
//! A [`Store`] is a folder of entries, a file each. An entry is found by the [`Content`](crate::kept::Content) of the drawings and by a short name that
//! says what it is and what it was computed with, such as `graph-direction-15`. Nothing that lies there is trusted: a file that is
//! not exactly what was asked for, written by this version and undamaged, is removed and computed anew. Nothing that fails here is
//! more than time lost, so callers log errors and go on.

mod entry;
mod payload;
mod sink;
mod source;
mod store;
#[cfg(test)]
mod tests;

pub use store::Store;
