//! Which element types are drawn, and names for those that are not.

use super::header::Descr;
use crate::data::source::{Cells, Element, ImageFault, Stored};
use crate::words::shown_text;

/// Accepts any spelling and byte order of numbers and bools; other types are refused by name.
pub(super) fn stored_of(descr: &Descr) -> Result<Stored, ImageFault> {
    let spelling = match descr {
        Descr::Plain(spelling) => spelling,
        Descr::Structured(literal) => {
            return Err(refusal(literal, "records of several fields"));
        }
    };
    let bare = spelling.strip_prefix(['|', '<', '>', '=']).unwrap_or(spelling);
    let element = element_of(bare).ok_or_else(|| refusal(spelling, meaning(bare)))?;
    Ok(Stored { element, big_endian: spelling.starts_with('>') })
}

/// How the values of a column lie: numbers, or texts of one length (`S5`, `<U5`).
pub(super) fn cells_of(descr: &Descr) -> Option<Cells> {
    if let Ok(stored) = stored_of(descr) {
        return Some(Cells::Numbers(stored));
    }
    let Descr::Plain(spelling) = descr else { return None };
    let bare = spelling.strip_prefix(['|', '<', '>', '=']).unwrap_or(spelling);
    let len = bare.get(1..)?.parse().ok()?;
    match bare.get(..1)? {
        "S" | "a" => Some(Cells::Bytes(len)),
        "U" => Some(Cells::Texts { len, big_endian: spelling.starts_with('>') }),
        _ => None,
    }
}

/// The type that a spelling without its byte order means.
fn element_of(bare: &str) -> Option<Element> {
    Some(match bare {
        "u1" | "uint8" | "ubyte" | "B" => Element::U8,
        "b1" | "bool" | "bool_" | "bool8" | "?" => Element::Bool,
        "i1" | "int8" | "b" => Element::I8,
        "u2" | "uint16" | "H" => Element::U16,
        "i2" | "int16" | "h" => Element::I16,
        "u4" | "uint32" | "I" => Element::U32,
        "i4" | "int32" | "i" => Element::I32,
        "u8" | "uint64" | "uint" | "L" | "Q" => Element::U64,
        "i8" | "int64" | "int" | "l" | "q" => Element::I64,
        "f2" | "float16" | "e" => Element::F16,
        "f4" | "float32" | "f" => Element::F32,
        "f8" | "float64" | "float" | "d" => Element::F64,
        _ => return None,
    })
}

/// What a spelling without its byte order means, for a message.
pub(super) fn meaning(bare: &str) -> &'static str {
    match bare {
        "f2" | "float16" | "e" => "16-bit floats",
        "f4" | "float32" | "f" => "32-bit floats",
        "f8" | "float64" | "float" | "d" => "64-bit floats",
        "i1" | "int8" | "b" => "signed 8-bit integers",
        "i2" | "int16" | "h" => "16-bit integers",
        "u2" | "uint16" | "H" => "unsigned 16-bit integers",
        "i4" | "int32" | "i" => "32-bit integers",
        "u4" | "uint32" | "I" => "unsigned 32-bit integers",
        "i8" | "int64" | "int" | "l" | "q" => "64-bit integers",
        "u8" | "uint64" | "uint" | "L" | "Q" => "unsigned 64-bit integers",
        _ => match bare.chars().next() {
            Some('f' | 'g') => "floats",
            Some('i' | 'u') => "integers",
            Some('c' | 'F' | 'D' | 'G') => "complex numbers",
            Some('O' | 'o') => "pickled Python objects",
            Some('S' | 'a' | 'U') => "text",
            Some('M' | 'm') => "times",
            Some('V') => "raw bytes",
            _ => "an unknown type",
        },
    }
}

fn refusal(dtype: &str, meaning: &'static str) -> ImageFault {
    ImageFault::Dtype { dtype: shown_text(dtype, 60), meaning, lengths: Vec::new() }
}
