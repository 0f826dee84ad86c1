//! The mean drawing of each of many groups of rows, such as clusters.

use super::{Basis, Likeness};
use crate::likeness::LikenessError;
use crate::likeness::drawings::Drawings;
use crate::likeness::means::{Means, means};
use crate::progress::Progress;

impl Likeness {
    /// The mean drawings of the first `groups` groups, from the group of each row: of ink as this basis has it,
    /// or of colours. Reads each drawing once.
    pub fn means(
        &self,
        basis: &Basis,
        group_of: &[Option<u32>],
        groups: usize,
        progress: Progress<'_>,
    ) -> Result<Means, LikenessError> {
        let (dataset, table) = (self.dataset(), basis.table());
        let channels = dataset.channels();
        let read = |rows: &[u32], out: &mut [u8]| -> Result<(), LikenessError> {
            if channels == 4 {
                return Ok(dataset.read_scattered(rows, out)?);
            }
            Ok(dataset.read_ink_scattered(rows, out, &table)?)
        };
        let (rows, width, height) = (dataset.rows(), dataset.width(), dataset.height());
        means(&Drawings { rows, width, height, read: &read }, channels, group_of, groups, progress)
    }
}
