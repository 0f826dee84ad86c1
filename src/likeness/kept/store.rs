//! A folder of entries, found by content and name.

use super::entry::{Kind, Label};
use super::payload::{self, Payload};
use super::source::{Fault, Source};
use crate::kept::{Content, Folder, KeptError, note_use, remove, remove_wrong};
use crate::likeness::code::{CodeMaker, Codes};
use crate::likeness::graph::Graph;
use crate::likeness::maps::{Begun, Place};
use std::io::{BufReader, BufWriter, Write};

/// A folder in which results of computations are kept.
///
/// What is read is exactly what was kept, for the same drawings, under the same name, by the same version of the computation. It is
/// `None` where there is nothing, where the system does not give it, and where it is anything else: such a file is removed. Of an
/// entry that is read it is noted, as the time its file was modified, that it was used.
///
/// What is kept replaces what was kept under that name, whole or not at all. Before that, entries that were used longest ago are
/// removed until all fit the bound; an entry larger than the bound is not kept, which is answered by `Ok(false)`. A name is 1 to
/// [`LONGEST_NAME`](crate::kept::LONGEST_NAME) of `a-z`, `0-9`, `.` and `-`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    folder: Folder,
}

impl Store {
    /// A store in a folder; nothing is read or written yet.
    pub fn new(folder: Folder) -> Self {
        Self { folder }
    }

    /// The folder.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// The codes of so many rows, with a maker whose codes can be compared with them.
    pub fn codes(&self, content: Content, name: &str, rows: u32) -> Option<(Codes, CodeMaker)> {
        self.get(&Label { content, name, kind: Kind::Codes }, |from| payload::codes(from, rows))
    }

    /// Keeps codes, and what makes more of them.
    pub fn put_codes(&self, content: Content, name: &str, codes: &Codes, maker: &CodeMaker) -> Result<bool, KeptError> {
        self.put(content, name, &Payload::Codes(codes, maker))
    }

    /// The nearest rows of each of so many rows.
    pub fn graph(&self, content: Content, name: &str, rows: u32) -> Option<Graph> {
        self.get(&Label { content, name, kind: Kind::Graph }, |from| payload::graph(from, rows))
    }

    /// Keeps the nearest rows of each row.
    pub fn put_graph(&self, content: Content, name: &str, graph: &Graph) -> Result<bool, KeptError> {
        self.put(content, name, &Payload::Graph(graph))
    }

    /// The places of so many rows on a map, all finite.
    pub fn places(&self, content: Content, name: &str, rows: u32) -> Option<Vec<Place>> {
        self.get(&Label { content, name, kind: Kind::Places }, |from| payload::places(from, rows))
    }

    /// Keeps the places of a map, one a row.
    pub fn put_places(&self, content: Content, name: &str, places: &[Place]) -> Result<bool, KeptError> {
        self.put(content, name, &Payload::Places(places))
    }

    /// The cells of so many rows in a sorted grid: one a row, no two the same, all below `cells`.
    pub fn cells(&self, content: Content, name: &str, rows: u32, cells: u32) -> Option<Vec<u32>> {
        self.get(&Label { content, name, kind: Kind::Cells }, |from| payload::cells(from, rows, cells))
    }

    /// Keeps the cells of a sorted grid, one a row.
    pub fn put_cells(&self, content: Content, name: &str, cells: &[u32]) -> Result<bool, KeptError> {
        self.put(content, name, &Payload::Cells(cells))
    }

    /// How far a map of so many rows has come.
    pub fn begun(&self, content: Content, name: &str, rows: u32) -> Option<Begun> {
        self.get(&Label { content, name, kind: Kind::Begun }, |from| payload::begun(from, rows))
    }

    /// Keeps how far a map has come.
    pub fn put_begun(&self, content: Content, name: &str, begun: &Begun) -> Result<bool, KeptError> {
        self.put(content, name, &Payload::Begun(begun))
    }

    /// Removes what is kept under a name, if anything is.
    pub fn remove(&self, content: Content, name: &str) -> Result<(), KeptError> {
        remove(&self.folder.file(content, name)?)
    }

    fn get<T>(&self, label: &Label<'_>, payload: impl FnOnce(&mut Source<'_>) -> Result<T, Fault>) -> Option<T> {
        let (file, meta) = self.folder.open(label.content, label.name)?;
        match label.read(meta.len(), &mut BufReader::new(&file), payload) {
            Ok(found) => {
                note_use(&file);
                Some(found)
            }
            Err(Fault::Wrong) => {
                drop(file);
                remove_wrong(&self.folder.file(label.content, label.name).ok()?, &meta);
                None
            }
            Err(Fault::Refused) => None,
        }
    }

    fn put(&self, content: Content, name: &str, payload: &Payload<'_>) -> Result<bool, KeptError> {
        let path = self.folder.file(content, name)?;
        let label = Label { content, name, kind: payload.kind() };
        let bytes = label.length(payload.length().map_err(KeptError::write(&path))?);
        let Some(part) = self.folder.begin(content, name, bytes)? else { return Ok(false) };
        let mut out = BufWriter::new(part.file());
        label.write(payload, &mut out).and_then(|()| out.flush()).map_err(|error| part.failed(error))?;
        drop(out);
        part.keep()?;
        Ok(true)
    }
}
