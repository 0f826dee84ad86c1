//! What a data set will need of memory and of the GPU, said before anything is loaded, and refused where it does not fit.
//!
//! An allocation that fails ends the process; so what is needed is held against what is left beforehand, and again while
//! something grows whose size no file tells.

pub use crate::room::{Limit, peak_bytes};

use crate::atlas::{AtlasError, AtlasLimits, AtlasPlan};
use crate::data::columns::Columns;
use crate::data::dataset::Dataset;
use crate::room::{self, Room};
use crate::words::{counted, thousands};
use thiserror::Error;

/// What a drawing takes in a layout and its index, bytes (23 were measured).
const LAYOUT_BYTES: u64 = 24;
/// What a drawing's instance takes on the GPU and twice on its way there, bytes: 12, and a third of that in thinned copies.
const INSTANCE_BYTES: u64 = 16;
/// What the columns of a record take while they grow, and where its line lies, bytes (48 were measured on the demo's five).
const RECORD_BYTES: u64 = 64 + 16;
/// What every command needs at least: stacks, blocks on their way, tables that grow.
const SPARE_BYTES: u64 = 24 << 20;
/// What each thread that reads needs: its stack, a block, parsed batches on their way.
const THREAD_BYTES: u64 = 8 << 20;
/// Address space that the C library sets aside for a thread's small allocations; what it takes others lack.
const ARENA_BYTES: u64 = 64 << 20;
/// Batches (of a megabyte of a file) from one look at the machine's memory to the next: the system takes a part of a
/// millisecond to tell. An address space that is limited is looked at before each of them, since beyond it the process ends.
const EVERY: u32 = 16;
/// Most threads that read at once.
const MOST_THREADS: u64 = 16;
/// Address space that a software GPU takes before the first drawing, and for each of its threads. Below 0.9 GiB in all the
/// one of Mesa (two threads) ended the process in its compiler.
const DRIVER_BYTES: u64 = 1 << 30;
const DRIVER_THREAD_BYTES: u64 = 80 << 20;

/// Why something is refused for want of memory.
#[derive(Debug, Error)]
#[error(
    "not enough memory for {what}: about {} MiB are needed, {} MiB are left ({limit}): {advice}",
    thousands(needed.div_ceil(1 << 20)),
    thousands(left >> 20)
)]
pub struct MemoryError {
    /// "60,000,000 drawings", "a GPU driver".
    pub what: String,
    /// Bytes that it needs.
    pub needed: u64,
    /// Bytes that are left.
    pub left: u64,
    /// What sets the limit.
    pub limit: Limit,
    /// What to do.
    pub advice: &'static str,
}

/// Bytes of a row's code, and of all that sorting by codes takes at once.
const CODE_BYTES: u64 = 64;
const SORTED_BYTES: u64 = 400;
/// Bytes of a row's neighbours while they are sought, 15 a row, and of Leiden's networks of them.
const CLUSTERS_BYTES: u64 = 1_100;

/// Bytes of a row for a map: where it lies meanwhile, and each of its neighbours with what it weighs (4.9 and 11.6 kB a row were
/// measured with 90 and 300 of them, 3.6 kB with 90 in a large set).
const MAP_BYTES: u64 = 900;
const MAP_NEIGHBOUR_BYTES: u64 = 45;

/// What is to be done with a data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Its records are read.
    Records,
    /// Its drawings are laid out, not drawn.
    Layout,
    /// Its drawings are laid out and drawn.
    Picture,
    /// Its drawings are compared with each other.
    Likeness,
    /// They are sorted by likeness, too.
    Sorted,
    /// They are compared, and put into clusters.
    Clusters,
    /// They are compared, and laid out on a map by so many neighbours of each.
    Map(usize),
}

/// What a data set needs, bytes, as far as it can be foretold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needs {
    /// Drawings.
    pub rows: u32,
    /// Memory for the layout, its index, and drawings on their way.
    pub layout_bytes: u64,
    /// Memory for the records' columns; long texts come on top.
    pub records_bytes: u64,
    /// All levels of all drawings, and where each lies.
    pub gpu_bytes: u64,
    /// Rows of numbers from a file, by which drawings are compared.
    pub compared_bytes: u64,
    /// Drawings on their way to the GPU: gone when all are loaded.
    pub on_the_way_bytes: u64,
}

impl Needs {
    /// What a data set needs on any GPU: how drawings are divided among textures hardly changes it.
    pub fn of(dataset: &Dataset) -> Result<Self, AtlasError> {
        let plan = AtlasPlan::of(dataset, AtlasLimits::USUAL)?;
        let rows = u64::from(dataset.rows());
        let reads = dataset.has_records() || dataset.parts().len() > 1;
        Ok(Self {
            rows: dataset.rows(),
            layout_bytes: rows * (LAYOUT_BYTES + 2 * INSTANCE_BYTES),
            records_bytes: if reads { rows * RECORD_BYTES } else { 0 },
            gpu_bytes: plan.gpu_bytes() + rows * INSTANCE_BYTES,
            compared_bytes: 0,
            on_the_way_bytes: plan.on_the_way_bytes(threads()),
        })
    }

    /// The same where drawings are compared by something that takes so many bytes for each.
    #[must_use]
    pub fn compared_by(self, row_bytes: u64) -> Self {
        Self { compared_bytes: u64::from(self.rows).saturating_mul(row_bytes), ..self }
    }

    /// Bytes of memory that the window takes for it, besides its own.
    pub fn cpu_bytes(&self) -> u64 {
        self.layout_bytes + self.records_bytes
    }

    /// "needs about 17 MiB of memory and 155 MiB on the GPU".
    pub fn in_words(&self) -> String {
        let mib = |bytes: u64| thousands(bytes.div_ceil(1 << 20));
        format!("needs about {} MiB of memory and {} MiB on the GPU", mib(self.cpu_bytes()), mib(self.gpu_bytes))
    }

    /// Refuses what does not fit, before anything is loaded. Whether the GPU's memory is this machine's shows only once its
    /// driver is there: see [`Self::refuse_unless_drawn`].
    pub fn refuse_unless_room(&self, purpose: Purpose) -> Result<(), MemoryError> {
        let bytes = match purpose {
            Purpose::Records => self.records_bytes,
            Purpose::Layout | Purpose::Picture => self.layout_bytes,
            Purpose::Likeness => u64::from(self.rows) * CODE_BYTES,
            Purpose::Clusters => u64::from(self.rows) * (CODE_BYTES + CLUSTERS_BYTES),
            Purpose::Map(neighbours) => {
                self.layout_bytes + u64::from(self.rows) * (MAP_BYTES + neighbours as u64 * MAP_NEIGHBOUR_BYTES)
            }
            Purpose::Sorted => self.layout_bytes + u64::from(self.rows) * SORTED_BYTES,
        };
        self.refuse_beyond(bytes + self.compared_bytes + spare_bytes())?;
        if purpose == Purpose::Picture {
            // Where not even the driver fits, fewer drawings are no help.
            refuse_unless_driver_fits()?;
            // What the driver takes counts as address space, whatever GPU it drives.
            let bytes = bytes + self.gpu_bytes + self.on_the_way_bytes + driver_bytes();
            self.refuse(bytes, room::address_space().filter(|room| room.left < bytes))?;
        }
        Ok(())
    }

    /// Refuses drawings that do not fit this machine's memory when a software GPU keeps them there.
    pub fn refuse_unless_drawn(&self, software: bool) -> Result<(), MemoryError> {
        let bytes = self.layout_bytes + self.gpu_bytes + self.on_the_way_bytes + spare_bytes();
        if software { self.refuse_beyond(bytes) } else { Ok(()) }
    }

    fn refuse_beyond(&self, bytes: u64) -> Result<(), MemoryError> {
        self.refuse(bytes, room::short_of(bytes))?;
        let bytes = bytes + arena_bytes();
        self.refuse(bytes, room::address_space().filter(|room| room.left < bytes))
    }

    fn refuse(&self, needed: u64, short: Option<Room>) -> Result<(), MemoryError> {
        short.map_or(Ok(()), |Room { left, limit }| {
            let what = counted(self.rows.into(), "drawing", "drawings");
            Err(MemoryError { what, needed, left, limit, advice: "open fewer of them with `--rows A:B`" })
        })
    }
}

/// What every command needs besides its data.
fn spare_bytes() -> u64 {
    SPARE_BYTES + THREAD_BYTES * threads().min(MOST_THREADS)
}

/// What threads set aside of an address space before they use it.
fn arena_bytes() -> u64 {
    ARENA_BYTES * threads().min(MOST_THREADS)
}

fn driver_bytes() -> u64 {
    DRIVER_BYTES + DRIVER_THREAD_BYTES * threads()
}

fn threads() -> u64 {
    std::thread::available_parallelism().map_or(1, usize::from) as u64
}

/// Refuses work that needs no more than any command does, where not even that is left.
pub fn refuse_unless_spare(what: &str) -> Result<(), MemoryError> {
    refuse(what, spare_bytes(), room::least())?;
    refuse(what, spare_bytes() + arena_bytes(), room::address_space())
}

/// Refuses to load a GPU's driver where the address space is too small: drivers end the process when it runs out.
pub fn refuse_unless_driver_fits() -> Result<(), MemoryError> {
    refuse("a GPU driver", driver_bytes(), room::address_space())
}

fn refuse(what: &str, needed: u64, room: Option<Room>) -> Result<(), MemoryError> {
    match room {
        Some(Room { left, limit }) if left < needed => {
            Err(MemoryError { what: what.to_owned(), needed, left, limit, advice: "raise the limit" })
        }
        _ => Ok(()),
    }
}

/// Watches columns grow, whose size no file tells.
#[derive(Clone, Copy, Debug, Default)]
pub struct Growth {
    batches: u32,
}

impl Growth {
    /// Refuses columns that can grow no further: a table that is full takes twice its size before it gives up the old one,
    /// counting a column's values copies them, and the threads that read go on meanwhile. To be asked before each batch.
    pub fn refuse_unless_room(&mut self, columns: &Columns, rows: u32) -> Result<(), MemoryError> {
        let due = self.batches.is_multiple_of(EVERY) || room::is_address_space_limited();
        self.batches = self.batches.wrapping_add(1);
        if !due {
            return Ok(());
        }
        let needed = 2 * columns.bytes() + spare_bytes();
        match room::least() {
            Some(Room { left, limit }) if left < needed => {
                let what = format!("the records of {}", counted(rows.into(), "drawing", "drawings"));
                Err(MemoryError { what, needed, left, limit, advice: "open fewer of them with `--rows A:B`" })
            }
            _ => Ok(()),
        }
    }
}
