//! MATLAB's files of versions 5 to 7: matrices one after the other, each packed or not, the first axis fastest.
//!
//! MATLAB saves numbers as narrow as they fit (a matrix of doubles that are all whole as bytes): they are read as what they are in
//! MATLAB, so that whole numbers of a `double` get a range as others do. Version 7.3 is HDF5.

mod element;

use std::io::{BufReader, Read};
use std::ops::Range;
use std::path::Path;

use flate2::read::ZlibDecoder;

use super::BESIDE_RECORDS;
use super::arrays::{self, Arrays, Container, NamedArray, none_drawn};
use super::format::{Format, OpenAs, Reader, Sign};
use super::opened::Opened;
use crate::data::file::{FileError, FileFault, Making, PlainFile};
use crate::data::source::{Cells, Element, ImageError, ImageFault, Stored};

use element::{COMPRESSED, MATRIX, Matrix, TAG, Tag};

pub(super) const FORMAT: Format = Format::opened(
    "mat",
    Sign::Is(is_mat),
    Reader { endings: &[".mat"], is_worth: |_| true, open, holds_arrays: true },
)
.last_in_folders()
.no_records("a MATLAB file", BESIDE_RECORDS);

/// Bytes of text and version at the beginning.
const HEADER: u64 = 128;
/// Matrices that are looked at.
const MOST: usize = 1024;
/// Bytes of a matrix that are looked at to know what it is.
const HEAD_BYTES: u64 = 4096;
/// Bytes that are unpacked at a time.
const BLOCK_BYTES: usize = 1 << 20;

fn is_mat(head: &[u8]) -> bool {
    matches!(head.get(124..128), Some([0, 1, b'I', b'M'] | [1, 0, b'M', b'I']))
}

/// Whether a file begins with a matrix as version 4 has them, without a sign of its own: type, rows, columns, whether there are imaginary
/// parts, and a name that ends in a zero.
pub(super) fn is_version_4(head: &[u8]) -> bool {
    let (numbers, _) = head.as_chunks::<4>();
    let read = |big_endian: bool| {
        let number = |at: usize| {
            let bytes = *numbers.get(at)?;
            Some(if big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
        };
        let [kind, rows, columns, imaginary, length] = [number(0)?, number(1)?, number(2)?, number(3)?, number(4)?];
        let (order, precision, text) = (kind / 1000, kind / 10 % 10, kind % 10);
        let is_kind = order == u32::from(big_endian) && kind / 100 % 10 == 0 && precision <= 5 && text <= 2;
        let is_shape = rows > 0 && columns > 0 && imaginary <= 1 && (2..=64).contains(&length);
        let (zero, name) = head.get(20..20 + length as usize)?.split_last()?;
        let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        Some(
            is_kind
                && is_shape
                && *zero == 0
                && name.iter().all(is_letter)
                && name.first().is_some_and(|first| !first.is_ascii_digit()),
        )
    };
    [false, true].into_iter().any(|big_endian| read(big_endian).unwrap_or(false))
}

fn open(file: PlainFile, head: &[u8], how: &OpenAs<'_>) -> Result<Opened, ImageError> {
    let big_endian = head.get(126) == Some(&b'M');
    let mut arrays = Arrays::default();
    let mut places = Vec::new();
    let mut at = HEADER;
    while at + TAG <= file.len() && places.len() < MOST {
        let mut tag = [0; TAG as usize];
        file.read_exact_at(&mut tag, at)?;
        let Some(tag) = Tag::of(&tag, big_endian) else { break };
        let content = at + tag.start..(at + tag.start).saturating_add(tag.len);
        let place = match tag.kind {
            MATRIX => Place { element: at..content.end, packed: false, class: Element::U8, stored: None, values: 0..0 },
            COMPRESSED => {
                Place { element: content.clone(), packed: true, class: Element::U8, stored: None, values: 0..0 }
            }
            _ => break,
        };
        if let Some(matrix) = place.matrix(&file, big_endian)? {
            let (array, place) = place.array(places.len(), matrix);
            arrays.push(array);
            places.push(place);
        }
        at = content.end;
    }
    arrays::open(&Matrices { file, places }, &arrays, how)
}

/// Where a matrix lies.
#[derive(Clone, Debug)]
struct Place {
    /// All of it: with its tag, or the packed data that hold this.
    element: Range<u64>,
    packed: bool,
    class: Element,
    stored: Option<Stored>,
    /// Its values, in bytes from its tag.
    values: Range<u64>,
}

impl Place {
    /// What the matrix says of itself; `None` where it is none, or damaged.
    fn matrix(&self, file: &PlainFile, big_endian: bool) -> Result<Option<Matrix>, ImageError> {
        let mut head = Vec::new();
        let source = file.reader(self.element.start..self.element.end.min(file.len()));
        let read = if self.packed {
            ZlibDecoder::new(source).take(HEAD_BYTES).read_to_end(&mut head)
        } else {
            source.take(HEAD_BYTES).read_to_end(&mut head)
        };
        match read.map_err(std::io::Error::downcast::<FileError>) {
            Err(Ok(error)) => Err(error.into()),
            // What is damaged is so further on, or nothing of it is known.
            _ => Ok(Matrix::of(&head, big_endian)),
        }
    }

    fn array(self, number: usize, matrix: Matrix) -> (NamedArray, Self) {
        let Matrix { name, shape, class, stored, start, len } = matrix;
        let values = class.map_or_else(str::to_owned, |class| class.name().to_owned());
        let element = class.unwrap_or(Element::U8);
        // What is widened is written with the lowest byte first.
        let cells = stored.filter(|_| class.is_ok()).map(|stored| {
            let big_endian = stored.big_endian && element::is_as_stored(element, stored);
            Cells::Numbers(Stored { element, big_endian })
        });
        let array = NamedArray { number, name, shape, values, cells, fortran_order: true, data_offset: 0 };
        (array, Self { class: element, stored, values: start..start.saturating_add(len), ..self })
    }
}

/// A file and where its matrices lie.
struct Matrices {
    file: PlainFile,
    places: Vec<Place>,
}

impl Container for Matrices {
    fn what(&self) -> &'static str {
        "a MATLAB file"
    }

    fn path(&self) -> &Path {
        self.file.path()
    }

    fn content(&self, array: &NamedArray, how: &OpenAs<'_>) -> Result<PlainFile, ImageError> {
        let place = self.places.get(array.number);
        let Some((place, stored)) = place.and_then(|place| Some((place, place.stored?))) else {
            return Err(self.damaged(""));
        };
        let Range { start, end } = place.element;
        if !place.packed && element::is_as_stored(place.class, stored) {
            let values = start.saturating_add(place.values.start)..start.saturating_add(place.values.end);
            return Ok(self.file.part_of(values));
        }
        let source = BufReader::new(self.file.reader(start..end.min(self.file.len())));
        let mut making = Making::begin(&self.file, how.spool)?;
        if place.packed {
            self.copy(ZlibDecoder::new(source), place, stored, &mut making)?;
        } else {
            self.copy(source, place, stored, &mut making)?;
        }
        Ok(making.finish("an array of it")?)
    }

    fn fault(&self, arrays: &Arrays) -> ImageFault {
        none_drawn(self, arrays)
    }
}

impl Matrices {
    /// Copies the values of a matrix, which `source` is from front to back.
    fn copy(
        &self,
        mut source: impl Read,
        place: &Place,
        stored: Stored,
        making: &mut Making<'_>,
    ) -> Result<(), ImageError> {
        self.pass(&mut source, place.values.start)?;
        let mut left = place.values.end - place.values.start;
        let mut widened = Vec::new();
        let mut block = vec![0; BLOCK_BYTES.min(usize::try_from(left).unwrap_or(BLOCK_BYTES))];
        while left > 0 {
            let some = block.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            let block = block.get_mut(..some).unwrap_or_default();
            source.read_exact(block).map_err(|error| self.unreadable(error))?;
            if element::is_as_stored(place.class, stored) {
                making.write(block)?;
            } else {
                widened.clear();
                element::widen(place.class, stored, block, &mut widened);
                making.write(&widened)?;
            }
            left -= some as u64;
        }
        // What is packed has a checksum at its end; padding is all that comes before.
        if place.packed { self.pass(&mut source, TAG) } else { Ok(()) }
    }

    /// Passes over up to so many bytes.
    fn pass(&self, source: &mut impl Read, len: u64) -> Result<(), ImageError> {
        std::io::copy(&mut source.take(len), &mut std::io::sink()).map(drop).map_err(|error| self.unreadable(error))
    }

    fn unreadable(&self, error: std::io::Error) -> ImageError {
        match error.downcast::<FileError>() {
            Ok(error) => error.into(),
            Err(error) if error.raw_os_error().is_some() => {
                FileFault::Io { doing: "read", error }.at(self.path()).into()
            }
            Err(error) => self.damaged(&format!(" ({error})")),
        }
    }

    fn damaged(&self, why: &str) -> ImageError {
        let advice = "it was cut short or damaged; get it again".to_owned();
        ImageFault::Archive { what: format!("a MATLAB file with an array that cannot be unpacked{why}"), advice }
            .at(self.path())
    }
}
