//! safetensors, the form of Hugging Face: the length of a JSON header, that header, which names arrays with their places, values.

use std::fmt;
use std::ops::Range;
use std::path::Path;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::BESIDE_RECORDS;
use super::arrays::{self, Arrays, Container, NamedArray, none_drawn};
use super::format::{Format, OpenAs, Reader, Sign};
use super::opened::Opened;
use crate::data::file::PlainFile;
use crate::data::source::{Cells, Element, ImageError, ImageFault, Stored};
use crate::words::shown_text;

pub(super) const FORMAT: Format = Format::opened(
    "safetensors",
    Sign::Is(is_safetensors),
    Reader { endings: &[".safetensors"], is_worth: |_| true, open, holds_arrays: true },
)
.last_in_folders()
.no_records("a safetensors file", BESIDE_RECORDS);

/// Bytes of the header's length.
const LENGTH: usize = 8;
/// The longest header that is read: that of some hundred thousand arrays.
const MOST_HEADER: u64 = 16 << 20;
/// The longest one that the format allows.
const MOST_CLAIMED: u64 = 100_000_000;

/// Whether a file begins with a length that may be one and with the brace of its header.
fn is_safetensors(head: &[u8]) -> bool {
    let brace = head.get(LENGTH..).and_then(|text| text.trim_ascii_start().first());
    header_len(head).is_some_and(|len| (2..=MOST_CLAIMED).contains(&len)) && brace == Some(&b'{')
}

fn header_len(head: &[u8]) -> Option<u64> {
    Some(u64::from_le_bytes(head.get(..LENGTH)?.try_into().ok()?))
}

fn open(file: PlainFile, head: &[u8], how: &OpenAs<'_>) -> Result<Opened, ImageError> {
    let at = |fault: ImageFault| fault.at(file.path());
    let len = header_len(head).unwrap_or_default();
    if len > MOST_HEADER {
        return Err(at(fault(format!("claims to be {len} bytes long; no more than {MOST_HEADER} are accepted"))));
    }
    let data = LENGTH as u64 + len;
    if data > file.len() {
        return Err(at(fault("is cut short: the file ends inside it".to_owned())));
    }
    let mut text = vec![0; len as usize];
    file.read_exact_at(&mut text, LENGTH as u64)?;
    let Header(tensors) = serde_json::from_slice(&text)
        .map_err(|error| at(fault(format!("is not understood ({})", shown_text(&error.to_string(), 120)))))?;
    drop(text);
    let mut arrays = Arrays::default();
    let mut places = Vec::with_capacity(tensors.len());
    for (number, (name, tensor)) in tensors.into_iter().enumerate() {
        let (array, place) = array(number, name, tensor, data..file.len()).map_err(at)?;
        arrays.push(array);
        places.push(place);
    }
    arrays::open(&Tensors { file, places }, &arrays, how)
}

/// An array as the header names it, and where its values lie in the file, of which `data` is what comes behind the header.
fn array(
    number: usize,
    name: String,
    tensor: Tensor,
    data: Range<u64>,
) -> Result<(NamedArray, Range<u64>), ImageFault> {
    let Tensor { dtype, shape, data_offsets: (start, end) } = tensor;
    let shown = || shown_text(&name, 60);
    if start > end || end > data.end - data.start {
        let what = format!("places {} at {start} to {end} of {} bytes of values", shown(), data.end - data.start);
        return Err(fault(format!("{what}: the file was cut short; get it again")));
    }
    let element = element_of(&dtype);
    let values = element.map_or_else(|| meaning(&dtype), |element| element.name().to_owned());
    if let Some(element) = element {
        let size = element.bytes() as u64;
        if shape.iter().try_fold(size, |bytes, len| bytes.checked_mul(*len as u64)) != Some(end - start) {
            let what = format!("gives {} {} bytes, and a shape that does not take as many", shown(), end - start);
            return Err(fault(format!("{what}: it is damaged; get it again")));
        }
    }
    let cells = element.map(|element| Cells::Numbers(Stored { element, big_endian: false }));
    let array = NamedArray { number, name, shape, values, cells, fortran_order: false, data_offset: 0 };
    Ok((array, data.start + start..data.start + end))
}

/// The type that is meant; `None` where it is not drawn.
fn element_of(dtype: &str) -> Option<Element> {
    Some(match dtype {
        "BOOL" => Element::Bool,
        "U8" => Element::U8,
        "I8" => Element::I8,
        "U16" => Element::U16,
        "I16" => Element::I16,
        "U32" => Element::U32,
        "I32" => Element::I32,
        "U64" => Element::U64,
        "I64" => Element::I64,
        "F16" => Element::F16,
        "F32" => Element::F32,
        "F64" => Element::F64,
        _ => return None,
    })
}

/// A type that is not drawn, in words.
fn meaning(dtype: &str) -> String {
    match dtype {
        "BF16" => "16-bit brain floats (BF16)".to_owned(),
        "F8_E4M3" | "F8_E5M2" | "F8_E8M0" => format!("8-bit floats ({dtype})"),
        "C64" => "complex numbers (C64)".to_owned(),
        other => format!("values of type {}", shown_text(other, 20)),
    }
}

fn fault(what: String) -> ImageFault {
    ImageFault::Header { of: "safetensors", what }
}

/// A file and where its arrays lie.
struct Tensors {
    file: PlainFile,
    places: Vec<Range<u64>>,
}

impl Container for Tensors {
    fn what(&self) -> &'static str {
        "a safetensors file"
    }

    fn path(&self) -> &Path {
        self.file.path()
    }

    fn content(&self, array: &NamedArray, _how: &OpenAs<'_>) -> Result<PlainFile, ImageError> {
        Ok(self.file.part_of(self.places.get(array.number).cloned().unwrap_or(0..0)))
    }

    fn fault(&self, arrays: &Arrays) -> ImageFault {
        none_drawn(self, arrays)
    }
}

/// An array as the header has it.
#[derive(serde::Deserialize)]
struct Tensor {
    dtype: String,
    shape: Vec<usize>,
    data_offsets: (u64, u64),
}

/// The header's arrays in its order, what it says of the file as a whole left out.
struct Header(Vec<(String, Tensor)>);

impl<'de> Deserialize<'de> for Header {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Header;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of arrays")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Header, A::Error> {
                let mut tensors = Vec::new();
                while let Some(name) = map.next_key::<String>()? {
                    if name == "__metadata__" {
                        map.next_value::<IgnoredAny>()?;
                    } else {
                        tensors.push((name, map.next_value()?));
                    }
                }
                Ok(Header(tensors))
            }
        }
        from.deserialize_map(Object)
    }
}
