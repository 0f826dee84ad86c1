//! By what a file is known again when it is opened another time.

use std::time::UNIX_EPOCH;

use twox_hash::XxHash3_128;

use super::{Held, PlainFile};

impl PlainFile {
    /// A hash of its path from the root, its length and its time stamp, and of a copy what of it that is; `None` of parts of copies, and
    /// of pipes.
    pub(in crate::data) fn known_by(&self) -> Option<u128> {
        let (stamp, made) = match &self.content {
            Held::Named { stamp, .. } => (*stamp, None),
            Held::Copied { region, of } => ((*of)?, Some(region.made?)),
            Held::OnDemand(held) => (self.content.stamp()?, Some(held.made?)),
        };
        let modified = stamp.modified?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
        let path = std::path::absolute(&self.path).ok()?;
        let mut hasher = XxHash3_128::new();
        hasher.write(&stamp.len.to_le_bytes());
        hasher.write(&modified.to_le_bytes());
        if let Some(made) = made {
            hasher.write(&made.to_le_bytes());
        }
        hasher.write(path.as_os_str().as_encoded_bytes());
        Some(hasher.finish_128())
    }
}
