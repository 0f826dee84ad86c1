//! Keeps cells as they are drawn.

use std::sync::{Mutex, PoisonError};

use twox_hash::XxHash3_64;

use super::record::{RECORD_BYTES, Record};
use super::{Entry, Kept, KeptCell, NAME, cells_at, head, table_sum};
use crate::data::file::write_all_at;
use crate::data::formats::pictures::decode::Header;
use crate::data::formats::pictures::fit::Cell;
use crate::data::source::Ends;
use crate::kept::{KeptError, Part};

/// Keeps the cells of a set as they are drawn, for the next time.
///
/// The entry has its name once all cells are there that could be drawn, or when the set is closed before.
#[derive(Debug)]
pub(super) struct Keeping {
    entry: Entry,
    cell: Cell,
    pictures: u32,
    state: Mutex<State>,
}

#[derive(Debug)]
enum State {
    /// No cell was drawn yet; so many are to come.
    Waiting(u32),
    Writing(Writing),
    /// All is kept, or it cannot be.
    Ended,
}

#[derive(Debug)]
struct Writing {
    part: Part,
    records: Vec<Option<[u8; RECORD_BYTES]>>,
    left: u32,
}

impl Keeping {
    /// For a set of so many pictures, of which `missing` are not kept yet.
    pub(super) fn new(entry: Entry, cell: Cell, pictures: u32, missing: u32) -> Self {
        let state = if missing == 0 { State::Ended } else { State::Waiting(missing) };
        Self { entry, cell, pictures, state: Mutex::new(state) }
    }

    /// Takes the cell of a picture that was drawn; `None` of one that cannot be. True where this was the last.
    pub(super) fn put(&self, row: u32, key: u128, header: Header, cell: Option<(&[u8], Option<Ends>)>) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut writing = match std::mem::replace(&mut *state, State::Ended) {
            State::Ended => return false,
            State::Writing(writing) => writing,
            State::Waiting(left) => match self.begin(left) {
                Some(writing) => writing,
                None => return false,
            },
        };
        let is_last = match self.write(&mut writing, row, key, header, cell) {
            Ok(()) => writing.left == 0,
            Err(error) => {
                tracing::warn!("cells of pictures are not kept: {error}");
                return false;
            }
        };
        *state = State::Writing(writing);
        is_last
    }

    fn begin(&self, left: u32) -> Option<Writing> {
        let bytes = Entry::bytes(self.pictures as usize, self.cell);
        let begun = self.entry.folder.begin(self.entry.content, NAME, bytes);
        match begun {
            Ok(part) => Some(Writing { part: part?, records: vec![None; self.pictures as usize], left }),
            Err(error) => {
                tracing::warn!("cells of pictures are not kept: {error}");
                None
            }
        }
    }

    fn write(
        &self,
        writing: &mut Writing,
        row: u32,
        key: u128,
        header: Header,
        cell: Option<(&[u8], Option<Ends>)>,
    ) -> Result<(), KeptError> {
        let Some(record) = writing.records.get_mut(row as usize).filter(|record| record.is_none()) else {
            return Ok(());
        };
        if let Some((cell, _)) = cell {
            let offset = cells_at(self.pictures.into()) + u64::from(row) * self.cell.bytes() as u64;
            write_all_at(writing.part.file(), cell, offset).map_err(|error| writing.part.failed(error))?;
        }
        let (sum, ends) = (cell.map(|(cell, _)| XxHash3_64::oneshot(cell)), cell.and_then(|(_, ends)| ends));
        *record = Record { header, sum, ends }.bytes(key);
        writing.left = writing.left.saturating_sub(1);
        Ok(())
    }

    /// Gives the entry its name, with what was kept before of pictures that were not drawn since. `pictures` are all, by row: by what
    /// each is known again, its header, and its cell from before.
    pub(super) fn end<'a>(
        &self,
        before: Option<&Kept>,
        pictures: impl Iterator<Item = Option<(u128, &'a Header, Option<KeptCell>)>>,
    ) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let State::Writing(mut writing) = std::mem::replace(&mut *state, State::Ended) else { return };
        let mut cell = vec![0; self.cell.bytes()];
        let written = pictures.zip(0..).try_for_each(|(picture, row)| {
            let Some((key, header, kept)) = picture else { return Ok(()) };
            match kept.filter(|kept| before.is_some_and(|before| before.draw(*kept, &mut cell))) {
                Some(kept) => self.write(&mut writing, row, key, *header, Some((&cell, kept.ends))),
                _ if before.is_some_and(|kept| kept.is_odd(key)) => self.write(&mut writing, row, key, *header, None),
                _ => Ok(()),
            }
        });
        if let Err(error) = written.and_then(|()| self.finish(writing)) {
            tracing::warn!("cells of pictures are not kept: {error}");
        }
    }

    fn finish(&self, writing: Writing) -> Result<(), KeptError> {
        let Writing { part, records, .. } = writing;
        let head = head(self.cell, self.pictures);
        // Pictures that were not drawn have no record: zeros are none.
        let records: Vec<u8> = records.into_iter().flat_map(|record| record.unwrap_or([0; RECORD_BYTES])).collect();
        let sum = table_sum(&head, &records).to_le_bytes();
        let all = [&head, records.as_slice(), &sum].concat();
        let length = Entry::bytes(self.pictures as usize, self.cell);
        let file = part.file();
        let written = write_all_at(file, &all, 0).and_then(|()| file.set_len(length));
        written.map_err(|error| part.failed(error))?;
        part.keep()
    }
}
