//! Which element types are drawn, and names for those that are not.

use super::header::Descr;
use crate::data::source::{Element, ImageFault};
use crate::words::shown_text;

/// Accepts any spelling and byte order of uint8 and bool; the others are refused by name.
pub(super) fn element_of(descr: &Descr) -> Result<Element, ImageFault> {
    let spelling = match descr {
        Descr::Plain(spelling) => spelling,
        Descr::Structured(literal) => {
            return Err(refusal(literal, "records of several fields"));
        }
    };
    let bare = spelling.strip_prefix(['|', '<', '>', '=']).unwrap_or(spelling);
    match bare {
        "u1" | "uint8" | "ubyte" | "B" => Ok(Element::U8),
        "b1" | "bool" | "bool_" | "bool8" | "?" => Ok(Element::Bool),
        _ => Err(refusal(spelling, meaning(bare))),
    }
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
