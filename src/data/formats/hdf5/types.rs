//! Types of HDF5 as those of values that are drawn or become columns.

use hdf5_pure::{Datatype, DatatypeByteOrder, FixedPointLayout, FloatingPointLayout};

use crate::data::source::{Element, Stored};

/// What the values of a dataset are.
#[derive(Debug, PartialEq)]
pub(super) enum Values {
    Numbers(Stored),
    /// Texts of so many bytes, filled up with zeros.
    Texts(usize),
    /// Texts of any length.
    AnyTexts,
    /// In words.
    Other(&'static str),
}

/// What values of a type are.
pub(super) fn values(datatype: &Datatype) -> Values {
    match datatype {
        Datatype::FixedPoint { size, byte_order, layout } => numbers(integer(*size, *layout), *byte_order),
        Datatype::FloatingPoint { size, byte_order, layout } => numbers(float(*size, *layout), *byte_order),
        Datatype::Enumeration { base_type, members, .. } => {
            let is_flag = members.len() == 2
                && members.iter().any(|member| member.name == "FALSE" && member.value == [0])
                && members.iter().any(|member| member.name == "TRUE" && member.value == [1]);
            match values(base_type) {
                // As h5py writes bools.
                Values::Numbers(stored) if is_flag => Values::Numbers(Stored { element: Element::Bool, ..stored }),
                values => values,
            }
        }
        Datatype::String { size, .. } => Values::Texts(*size as usize),
        Datatype::VariableLength { is_string: true, .. } => Values::AnyTexts,
        Datatype::VariableLength { .. } => Values::Other("lists of any length"),
        Datatype::Compound { .. } => Values::Other("records of several fields"),
        Datatype::Reference { .. } => Values::Other("references"),
        Datatype::Array { .. } => Values::Other("arrays in an array"),
        Datatype::BitField { .. } => Values::Other("bits"),
        Datatype::Time { .. } => Values::Other("times"),
        Datatype::Opaque { .. } => Values::Other("raw bytes"),
        _ => Values::Other("values of an unknown type"),
    }
}

fn numbers(element: Option<Element>, order: DatatypeByteOrder) -> Values {
    let big_endian = match order {
        DatatypeByteOrder::LittleEndian => false,
        DatatypeByteOrder::BigEndian => true,
        DatatypeByteOrder::Vax => return Values::Other("numbers of a VAX"),
    };
    element
        .map_or(Values::Other("numbers of an unusual form"), |element| Values::Numbers(Stored { element, big_endian }))
}

/// The integer type of so many bytes of which none is left out.
fn integer(size: u32, layout: FixedPointLayout) -> Option<Element> {
    if layout.bit_offset != 0 || u32::from(layout.bit_precision) != size.checked_mul(8)? {
        return None;
    }
    Some(match (size, layout.signed) {
        (1, false) => Element::U8,
        (1, true) => Element::I8,
        (2, false) => Element::U16,
        (2, true) => Element::I16,
        (4, false) => Element::U32,
        (4, true) => Element::I32,
        (8, false) => Element::U64,
        (8, true) => Element::I64,
        _ => return None,
    })
}

/// The float type of IEEE 754 of this form.
fn float(size: u32, layout: FloatingPointLayout) -> Option<Element> {
    let (exponent, bias) = (layout.exponent_size, layout.exponent_bias);
    match (size, exponent, bias) {
        (2, 5, 15) => Some(Element::F16),
        (4, 8, 127) => Some(Element::F32),
        (8, 11, 1023) => Some(Element::F64),
        _ => None,
    }
}
