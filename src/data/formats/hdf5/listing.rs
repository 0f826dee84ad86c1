//! The datasets of a file, group by group.

use hdf5_pure::{AttrValue, ChunkIndex, Dataset, Group, Layout};

use super::library::Library;
use super::types::{self, Values};
use crate::data::formats::arrays::{Arrays, NamedArray};
use crate::data::source::{Cells, Element, ImageError, Stored};

/// Datasets and groups that are looked at.
const MOST: usize = 4096;
/// Groups in groups.
const MOST_DEPTH: usize = 16;
/// What is said of arrays that the library cannot go through.
pub(super) const UNREAD: &str = "not read here";
/// What MATLAB keeps for itself.
const MATLABS_OWN: [&str; 2] = ["#refs#", "#subsystem#"];

/// All datasets: those in a group before those in the groups within it, each in the file's order. MATLAB's arrays have their axes in
/// MATLAB's order, which HDF5 has turned round.
pub(super) fn list(library: &Library, is_matlab: bool) -> Result<(Arrays, Vec<Dataset>), ImageError> {
    let file = library.open()?;
    let root = library.ask(|| Ok(file.root()))?;
    let mut listing = Listing { library, is_matlab, arrays: Arrays::default(), datasets: Vec::new(), left: MOST };
    listing.group(&root, "", 0)?;
    Ok((listing.arrays, listing.datasets))
}

struct Listing<'a> {
    library: &'a Library,
    is_matlab: bool,
    arrays: Arrays,
    datasets: Vec<Dataset>,
    left: usize,
}

impl Listing<'_> {
    fn group(&mut self, group: &Group, path: &str, depth: usize) -> Result<(), ImageError> {
        for (name, dataset) in self.library.ask(|| group.iter_datasets())? {
            if self.left == 0 {
                return Ok(());
            }
            self.left -= 1;
            let number = self.datasets.len();
            match self.array(number, format!("{path}{name}"), &dataset) {
                Ok(array) => {
                    self.arrays.push(array);
                    self.datasets.push(dataset);
                }
                Err(error) if error.is_of_the_machine() => return Err(error),
                // What one of many says of itself may be beyond what is read here.
                Err(_) => self.arrays.push_other(&format!("{path}{name} (kept in a way that is {UNREAD})")),
            }
        }
        if depth == MOST_DEPTH {
            return Ok(());
        }
        for (name, within) in self.library.ask(|| group.iter_groups())? {
            if self.left == 0 {
                return Ok(());
            }
            self.left -= 1;
            if !(self.is_matlab && MATLABS_OWN.contains(&name.as_str())) {
                self.group(&within, &format!("{path}{name}/"), depth + 1)?;
            }
        }
        Ok(())
    }

    fn array(&self, number: usize, name: String, dataset: &Dataset) -> Result<NamedArray, ImageError> {
        let shape = self.library.ask(|| dataset.shape())?;
        let shape: Option<Vec<usize>> = shape.into_iter().map(|len| usize::try_from(len).ok()).collect();
        let mut shape = shape.ok_or_else(|| self.library.damaged("an axis is too long"))?;
        let datatype = self.library.ask(|| dataset.datatype())?;
        let layout = self.library.ask(|| dataset.layout())?;
        let (cells, mut values) = match types::values(&datatype) {
            Values::Numbers(stored) => (Some(Cells::Numbers(stored)), stored.element.name().to_owned()),
            Values::AnyTexts => (Some(Cells::Padded), "texts of any length".to_owned()),
            Values::Texts(len) => (Some(Cells::Bytes(len)), "text".to_owned()),
            Values::Other(what) => (None, what.to_owned()),
        };
        let mut cells = match layout {
            Layout::Contiguous { address: None, .. } => {
                values += " that were never written";
                None
            }
            Layout::Virtual => {
                values += " in other files";
                None
            }
            // The library cannot go through these, which h5py makes of several axes that may grow, where it is asked for the newest forms.
            Layout::Chunked { index: ChunkIndex::BTreeV2, .. } => {
                values = format!("{values} in chunks that are {UNREAD}");
                None
            }
            _ => cells,
        };
        if self.is_matlab {
            shape.reverse();
            (cells, values) = self.in_matlab(dataset, cells, values)?;
        }
        Ok(NamedArray { number, name, shape, values, cells, fortran_order: self.is_matlab, data_offset: 0 })
    }

    /// The same as MATLAB means it: flags are kept as bytes, texts as numbers.
    fn in_matlab(
        &self,
        dataset: &Dataset,
        cells: Option<Cells>,
        values: String,
    ) -> Result<(Option<Cells>, String), ImageError> {
        let attributes = self.library.ask(|| dataset.attrs())?;
        let class = match attributes.get("MATLAB_class") {
            Some(AttrValue::String(class) | AttrValue::AsciiString(class)) => class.trim_end_matches('\0'),
            _ => "",
        };
        Ok(match (class, cells) {
            ("logical", Some(Cells::Numbers(Stored { element: Element::U8, big_endian }))) => {
                let stored = Stored { element: Element::Bool, big_endian };
                (Some(Cells::Numbers(stored)), stored.element.name().to_owned())
            }
            ("char", _) => (None, "text".to_owned()),
            ("cell", _) => (None, "cells".to_owned()),
            (_, cells) => (cells, values),
        })
    }
}
