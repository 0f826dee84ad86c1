//! What one takes away of a data set: a pair of files, a table, a contact sheet, a web page. Each is written whole or not at all,
//! block by block, so that memory holds none of them.

mod contact;
mod drawings;
mod error;
mod files;
mod in_step;
mod npy;
mod npz;
mod numbered;
mod page;
mod pair;
mod parquet;
mod rasterized;
mod replay;

pub use contact::{ContactSheet, drawing_rgba};
pub use drawings::{Drawings, measure_ink};
pub use error::ShareError;
pub use files::{Export, OnStep, Outputs, Painted};
pub use in_step::{InStep, usual_columns};
pub use npz::{Archive, LeftOut};
pub use page::Page;
pub use pair::{Pair, Told, write_table_of};
pub use parquet::ParquetSet;
pub use rasterized::rasterize;
pub use replay::{Replay, Replayed};

use std::collections::HashSet;
use std::ops::ControlFlow;

/// Hears how many drawings are done; a break gives the work up.
pub type OnRows<'a> = &'a mut dyn FnMut(u32) -> ControlFlow<()>;

/// A name for one more of several things, with a number where it is taken.
fn free_name(plain: &str, taken: &mut HashSet<String>) -> String {
    let others = (2..).map(|number| format!("{plain}_{number}"));
    let free = std::iter::once(plain.to_owned()).chain(others).find(|name| !taken.contains(name)).unwrap_or_default();
    taken.insert(free.clone());
    free
}
