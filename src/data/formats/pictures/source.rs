//! Encoded pictures as a source of drawings: each is decoded when it is read, and fitted into the cell of the set.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use twox_hash::XxHash3_128;

use super::decode;
use super::deep::{Deep, Depth, are_all_words};
use super::fit::{CHANNELS, Cell};
use super::kept::Cells;
use super::picture::Picture;
use super::place::Fault;
use super::records::Own;
use super::said::listed;
use crate::data::source::{
    DeepEnds, Element, Ends, ImageError, ImageFault, ImageSource, Number, OriginalPicture, OwnRecords, PixelValue,
    ReducedFrom, Reread, Turned, both, refuse_unless_within,
};
use crate::words::counted;

/// Pictures of a set that are kept for the report if they turn out to be odd.
const MOST_ODD: usize = 100_000;

/// Bytes of a picture by which a set is known again.
const KNOWN_BYTES: u64 = 64 << 10;

/// Encoded pictures.
#[derive(Debug)]
pub(super) struct PictureSource {
    pub(super) pictures: Vec<Picture>,
    pub(super) cell: Cell,
    pub(super) own: Own,
    /// What was named, or the first of it.
    pub(super) path: PathBuf,
    /// Some pictures are larger than the cell.
    is_reduced: bool,
    /// The range that was asked for, of pictures with more than 8 bits a value; whether it is for these alone.
    deep: Deep,
    is_by_range: bool,
    /// Whether all pictures are of 16 bits a channel.
    are_all_words: bool,
    /// The ends of their values, as far as they were decoded.
    ends: Mutex<DeepEnds>,
    /// Cells that are kept on the disk, or will be.
    kept: Option<Cells>,
    /// What turned out when pictures were read, by row.
    odd: Mutex<BTreeMap<u32, String>>,
    /// Rows that could not be drawn when they were read, though their headers could.
    broken: Mutex<BTreeSet<u32>>,
}

impl PictureSource {
    /// Pictures, at least one and as many as there are rows at most, in cells.
    pub(super) fn new(pictures: Vec<Picture>, cell: Cell, deep: Deep, kept: Option<Cells>, path: PathBuf) -> Self {
        let own = Own::of(&pictures);
        let sizes = pictures.iter().filter_map(|picture| Some(picture.header.as_ref().ok()?.size()));
        let is_reduced = sizes.into_iter().any(|size| cell.fitted(size) != size);
        let depths = || pictures.iter().filter_map(Picture::depth);
        let (is_by_range, are_all_words) = (deep.is_for(depths()), are_all_words(depths()));
        let (odd, broken, ends) = (Mutex::default(), Mutex::default(), Mutex::default());
        Self { pictures, cell, own, path, is_reduced, deep, is_by_range, are_all_words, ends, kept, odd, broken }
    }

    pub(super) fn picture(&self, row: u32) -> Option<&Picture> {
        self.pictures.get(row as usize)
    }

    /// Keeps what turned out to be wrong with a picture, for the report.
    pub(super) fn odd(&self, row: u32, what: &str) {
        // A thread that panicked has left a whole map behind.
        let mut odd = self.odd.lock().unwrap_or_else(PoisonError::into_inner);
        if odd.len() < MOST_ODD {
            odd.entry(row).or_insert_with(|| what.to_owned());
        }
    }

    /// Takes in the ends of a picture's own values.
    fn note_ends(&self, row: u32, ends: Option<Ends>) {
        let depth = self.picture(row).and_then(Picture::depth);
        if ends.is_some() {
            let mut all = self.ends.lock().unwrap_or_else(PoisonError::into_inner);
            let known = if depth == Some(Depth::Words) { &mut all.words } else { &mut all.numbers };
            *known = both(*known, ends);
        }
    }

    /// Draws a picture into a cell; one that is broken as such.
    fn draw(&self, row: u32, out: &mut [u8]) -> Result<(), ImageError> {
        if let Some(kept) = self.kept.as_ref().filter(|kept| kept.draw(row, out)) {
            self.note_ends(row, kept.ends(row));
            return Ok(());
        }
        let keep = |cell: Option<(&[u8], Option<Ends>)>| self.kept.iter().for_each(|kept| kept.put(row, cell));
        let drawn = self.picture(row).and_then(|picture| {
            let (place, header) = picture.place.as_ref().zip(picture.header.as_ref().ok())?;
            Some(self.cell.draw(place, header, &self.deep, out))
        });
        match drawn {
            Some(Ok(ends)) => {
                self.note_ends(row, ends);
                keep(Some((out, ends)));
                return Ok(());
            }
            Some(Err(Fault::Machine(error))) => return Err(error.into()),
            Some(Err(Fault::Own(what))) => {
                keep(None);
                self.odd(row, &what);
                self.broken.lock().unwrap_or_else(PoisonError::into_inner).insert(row);
            }
            None => {}
        }
        self.cell.draw_broken(out);
        Ok(())
    }
}

impl ImageSource for PictureSource {
    fn rows(&self) -> u32 {
        self.pictures.len() as u32
    }

    fn height(&self) -> u32 {
        self.cell.height
    }

    fn width(&self) -> u32 {
        self.cell.width
    }

    fn channels(&self) -> u32 {
        CHANNELS as u32
    }

    fn element(&self) -> Element {
        Element::U8
    }

    fn reread(&self) -> Reread {
        Reread::Computed
    }

    fn read_rows(&self, first: u32, out: &mut [u8]) -> Result<(), ImageError> {
        refuse_unless_within(self, first, out.len())?;
        let cells = out.par_chunks_exact_mut(self.cell.bytes());
        cells.enumerate().try_for_each(|(number, cell)| self.draw(first + number as u32, cell))
    }

    fn read_scattered(&self, rows: &[u32], out: &mut [u8]) -> Result<(), ImageError> {
        let drawing = self.cell.bytes();
        if rows.len().checked_mul(drawing) != Some(out.len()) {
            return Err(ImageFault::Buffer { len: out.len(), drawing }.at(&self.path));
        }
        for &row in rows {
            refuse_unless_within(self, row, drawing)?;
        }
        rows.par_iter().zip(out.par_chunks_exact_mut(drawing)).try_for_each(|(&row, cell)| self.draw(row, cell))
    }

    /// Of 16 bits rounded to 8, whatever range they are shown with.
    fn pixel(&self, row: u32, at: usize) -> Result<Option<PixelValue>, ImageError> {
        refuse_unless_within(self, row, self.cell.bytes())?;
        let mut values = vec![0; self.cell.bytes()];
        let picture = self.picture(row).and_then(|picture| picture.place.as_ref().zip(picture.header.as_ref().ok()));
        let words = picture.filter(|(_, header)| header.depth == Depth::Words && self.is_by_range);
        match words.map(|(place, header)| self.cell.draw(place, header, &Deep::default(), &mut values)) {
            Some(Ok(_)) => {}
            Some(Err(Fault::Machine(error))) => return Err(error.into()),
            Some(Err(Fault::Own(_))) | None => self.draw(row, &mut values)?,
        }
        let pixel = values.chunks(CHANNELS).nth(at).unwrap_or_default();
        Ok(PixelValue::of(pixel.iter().map(|&value| Number::Unsigned(value.into()))))
    }

    fn is_by_range(&self) -> bool {
        self.is_by_range
    }

    fn deep_ends(&self) -> DeepEnds {
        let ends = *self.ends.lock().unwrap_or_else(PoisonError::into_inner);
        DeepEnds { are_all_words: self.are_all_words, ..ends }
    }

    fn is_reduced(&self) -> bool {
        self.is_reduced
    }

    fn reduced_from(&self, row: u32) -> Option<ReducedFrom> {
        let original = self.picture(row)?.header.as_ref().ok()?.size();
        let shown = self.cell.fitted(original);
        (shown != original).then_some(ReducedFrom { original, shown })
    }

    fn own_size(&self, row: u32) -> Option<(u32, u32)> {
        let header = self.picture(row)?.header.as_ref().ok()?;
        let is_other = header.size() != (self.height(), self.width()) || header.depth != Depth::Bytes;
        is_other.then(|| header.size())
    }

    fn is_broken(&self, row: u32) -> bool {
        let has_none = |picture: &Picture| picture.place.is_none() || picture.header.is_err();
        self.picture(row).is_none_or(has_none)
            || self.broken.lock().unwrap_or_else(PoisonError::into_inner).contains(&row)
    }

    fn turned(&self, row: u32) -> Option<Turned> {
        self.picture(row)?.header.as_ref().ok()?.turned()
    }

    fn names(&self) -> Option<Box<dyn Iterator<Item = &str> + '_>> {
        Some(Box::new(self.pictures.iter().map(|picture| &*picture.name)))
    }

    fn original(&self, row: u32, with_values: bool) -> Result<Option<OriginalPicture>, ImageError> {
        refuse_unless_within(self, row, self.cell.bytes())?;
        let picture = self.picture(row).and_then(|picture| picture.place.as_ref().zip(picture.header.as_ref().ok()));
        match picture.map(|(place, header)| decode::seen(place, header, &self.deep, with_values)) {
            None => Ok(None),
            Some(Ok((pixels, own))) => {
                let (width, height) = pixels.dimensions();
                Ok(Some(OriginalPicture { width, height, rgba: pixels.into_raw(), own }))
            }
            Some(Err(Fault::Machine(error))) => Err(error.into()),
            Some(Err(Fault::Own(what))) => {
                self.odd(row, &what);
                Ok(None)
            }
        }
    }

    fn path(&self) -> Option<&Path> {
        Some(&self.path)
    }

    fn files(&self) -> Box<dyn Iterator<Item = &Path> + '_> {
        let mut last = None;
        let files = self.pictures.iter().filter_map(|picture| Some(picture.place.as_ref()?.file().path()));
        // Those of an archive follow one another.
        Box::new(files.filter(move |path| last.replace(*path) != Some(*path)))
    }

    fn own_records(&self) -> Option<&dyn OwnRecords> {
        Some(self)
    }

    /// The names and lengths of all, and the first and the last picture as they are encoded: the cell depends on the memory that is left.
    fn known_by(&self) -> Result<Option<Vec<u8>>, ImageError> {
        let mut all = XxHash3_128::with_seed(0);
        for picture in &self.pictures {
            all.write(picture.name.as_bytes());
            all.write(&picture.bytes().unwrap_or(0).to_le_bytes());
        }
        let mut known = all.finish_128().to_le_bytes().to_vec();
        for picture in [self.pictures.first(), self.pictures.last()].into_iter().flatten() {
            known.extend(picture.name.as_bytes());
            match picture.place.as_ref().map(|place| place.read(0..KNOWN_BYTES)) {
                Some(Ok(bytes)) => known.extend(bytes),
                Some(Err(Fault::Machine(error))) => return Err(error.into()),
                Some(Err(Fault::Own(_))) | None => {}
            }
        }
        Ok(Some(known))
    }

    fn fate(&self) -> Option<String> {
        let odd = self.odd.lock().unwrap_or_else(PoisonError::into_inner);
        let all = odd.iter().filter_map(|(row, what)| Some((&*self.picture(*row)?.name, what.as_str())));
        let said = listed(odd.len(), all);
        let pictures = counted(odd.len() as u64, "picture turned out to be odd", "pictures turned out to be odd");
        (!odd.is_empty()).then(|| format!("{pictures} when read; such as cannot be drawn are crossed squares: {said}"))
    }
}
