//! Headers of `.npy` files.

use crate::data::source::Element;

/// The shape of drawings: squares of ink are `(N, k)`, as the published files are: three of them would be taken for one coloured
/// picture.
pub(super) fn shape_of(rows: usize, height: u32, width: u32, channels: u32) -> String {
    match channels {
        1 if height == width => format!("({rows}, {})", u64::from(height) * u64::from(width)),
        1 => format!("({rows}, {height}, {width})"),
        _ => format!("({rows}, {height}, {width}, {channels})"),
    }
}

/// The type of values as `NumPy` writes it.
pub(super) fn descr_of(element: Element) -> &'static str {
    match element {
        Element::Bool => "|b1",
        Element::U8 => "|u1",
        Element::I8 => "|i1",
        Element::U16 => "<u2",
        Element::I16 => "<i2",
        Element::U32 => "<u4",
        Element::I32 => "<i4",
        Element::U64 => "<u8",
        Element::I64 => "<i8",
        Element::F16 | Element::F32 => "<f4",
        Element::F64 => "<f8",
    }
}

/// Format 1.0.
pub(super) fn header(descr: &str, shape: &str) -> Vec<u8> {
    let mut text = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}").into_bytes();
    // Values begin at a multiple of 64 bytes.
    let length = (10 + text.len() + 1).next_multiple_of(64) - 10;
    text.resize(length - 1, b' ');
    text.push(b'\n');
    let mut header = b"\x93NUMPY\x01\x00".to_vec();
    header.extend((length as u16).to_le_bytes());
    header.extend(text);
    header
}
