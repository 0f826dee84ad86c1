//! The cells of a set: those that are kept, and those that are to be.

use super::keeping::Keeping;
use super::{Entry, Kept, KeptCell};
use crate::data::formats::pictures::decode::Header;
use crate::data::formats::pictures::deep::Deep;
use crate::data::formats::pictures::fit::Cell;
use crate::data::formats::pictures::picture::Picture;
use crate::data::report::Severity;
use crate::data::source::Ends;
use crate::words::{size, thousands};

/// Sets of fewer pictures are not kept: they are there in an instant.
const FEWEST: usize = 16;

/// The cells of a set, kept and to be kept.
#[derive(Debug)]
pub(in super::super) struct Cells {
    before: Option<Kept>,
    /// By row; `None` of a picture that is not known again, or has no header.
    rows: Vec<Option<Row>>,
    keeping: Keeping,
}

/// A picture of the set.
#[derive(Clone, Copy, Debug)]
struct Row {
    /// By what it is known again.
    key: u128,
    header: Header,
    /// Its cell from before.
    kept: Option<KeptCell>,
}

impl Cells {
    /// Those of a set, with what was kept of it before, and what is to be said of it; no cells where there is no room for them.
    pub(in super::super) fn of(
        entry: Entry,
        before: Option<Kept>,
        pictures: &[Picture],
        cell: Cell,
        deep: &Deep,
    ) -> (Option<Self>, Option<(Severity, String)>) {
        if pictures.len() < FEWEST {
            return (None, None);
        }
        let row = |picture: &Picture| {
            let header = *picture.header.as_ref().ok()?;
            let key = picture.place.as_ref()?.known_by(deep.range_for(header.depth))?;
            Some(Row { key, header, kept: before.as_ref().and_then(|before| before.cell(key, cell)) })
        };
        let rows: Vec<Option<Row>> = pictures.iter().map(row).collect();
        let is_odd = |row: &Row| before.as_ref().is_some_and(|before| before.is_odd(row.key));
        let (known, missing) = rows.iter().flatten().fold((0, 0), |(known, missing), row| match row.kept {
            Some(_) => (known + 1, missing),
            None => (known, missing + u32::from(!is_odd(row))),
        });
        let bytes = Entry::bytes(pictures.len(), cell);
        let has_room = missing == 0 || entry.folder.has_room(bytes);
        let kept = (known > 0).then(|| {
            format!("{} of {} cells are known from before", thousands(known), thousands(pictures.len() as u64))
        });
        let room = match (missing, has_room) {
            (0, _) => None,
            (_, true) => Some(format!("they are kept for the next time, in {}", size(bytes))),
            (_, false) => Some(format!(
                "they are not kept for the next time: {} are more than {} or half of the disk's room",
                size(bytes),
                size(entry.folder.most_bytes())
            )),
        };
        let said: Vec<String> = kept.into_iter().chain(room).collect();
        let said = (!said.is_empty()).then(|| (Severity::Info, said.join("; ")));
        let missing = if has_room { missing } else { 0 };
        let keeping = Keeping::new(entry, cell, pictures.len() as u32, missing);
        (Some(Self { before, rows, keeping }), said)
    }

    fn row(&self, row: u32) -> Option<&Row> {
        self.rows.get(row as usize)?.as_ref()
    }

    /// Draws a row's cell as it was kept; false where it was not, or is damaged.
    pub(in super::super) fn draw(&self, row: u32, out: &mut [u8]) -> bool {
        let kept = self.row(row).and_then(|row| row.kept).zip(self.before.as_ref());
        kept.is_some_and(|(kept, before)| before.draw(kept, out))
    }

    /// The ends of a row's own values, where these are kept.
    pub(in super::super) fn ends(&self, row: u32) -> Option<Ends> {
        self.row(row)?.kept?.ends
    }

    /// Takes a row's cell that was drawn, with the ends of its own values; `None` of a picture that cannot be.
    pub(in super::super) fn put(&self, row: u32, cell: Option<(&[u8], Option<Ends>)>) {
        if let Some(Row { key, header, .. }) = self.row(row)
            && self.keeping.put(row, *key, *header, cell)
        {
            self.end();
        }
    }

    fn end(&self) {
        let rows = self.rows.iter().map(|row| row.as_ref().map(|row| (row.key, &row.header, row.kept)));
        self.keeping.end(self.before.as_ref(), rows);
    }
}

impl Drop for Cells {
    fn drop(&mut self) {
        self.end();
    }
}
